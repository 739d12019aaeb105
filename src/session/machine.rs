mod grading;

use super::fit::fit;
use super::graph::Graph;
use super::instrument::{Instrument, Part};
use super::layout::{Layout, Section, Spot, count_at_first};
use super::progress::Standing;
use super::settle::{Settled, Settling, scene};
use super::state::State;
use super::validity::{asks, takes_answer, takes_attachment};
use super::{
    Answer, Attachment, BeginError, Change, Draft, DraftError, Event, MOST_ATTACHED, MissingReason, Opening, Refusal,
};
use super::{ends, known, order};
use crate::expression::{Expression, Host, Moment};
use crate::named::Named;
use crate::plan::{End, Item, ItemType, Plan};
use std::rc::Rc;

/// Most characters of a note about an item.
pub const LONGEST_NOTE: usize = 500;

/// One interview in progress. Its state is its [`Draft`]; what is relevant and offered is derived from it.
pub struct Session {
    pub(super) plan: Rc<Plan>,
    pub(super) instrument: Instrument,
    pub(super) graph: Graph,
    pub(super) draft: Draft,
    pub(super) state: State,
    pub(super) standing: Standing,
    /// Where it ends early.
    ends: Vec<End>,
}

impl Session {
    /// `id`: 22 characters of base64url, random; what expressions call random follows from it. `host`: what the edge lends
    /// to expressions.
    pub fn begin(
        plan: Rc<Plan>,
        opening: Opening,
        id: String,
        language: &str,
        host: &'static dyn Host,
    ) -> Result<Session, BeginError> {
        let draft = Draft {
            v: 1,
            id,
            opening,
            language: language.to_owned(),
            section: 0,
            review: false,
            clock: None,
            repeats: Named::new(),
            answers: Named::new(),
            missing: Named::new(),
            notes: Named::new(),
            locked: false,
        };
        let mut session = Session::lay_out(plan, draft, host, false)?;
        session.give_defaults(false, |_| true);
        session.stand();
        let first = (0..session.sections().len()).find(|&section| session.section_applies(section));
        session.draft.section = first.unwrap_or(0);
        Ok(session)
    }

    /// Goes on with a draft on the plan that it was begun on: the caller has found it by its digest.
    pub fn resume(plan: Rc<Plan>, draft: Draft, host: &'static dyn Host) -> Result<Session, DraftError> {
        if draft.v != 1 {
            return Err(DraftError::NewerVersion(draft.v));
        }
        if draft.locked {
            return Err(DraftError::Locked);
        }
        if draft.opening.plan.id != plan.id || draft.opening.plan.version != plan.version {
            return Err(DraftError::OtherPlan(draft.opening.plan.clone()));
        }
        let mut session = Session::lay_out(plan, draft, host, true).map_err(|error| match error {
            BeginError::BadId => DraftError::Malformed,
            BeginError::UnknownReference { value, .. } => DraftError::UnknownReference(value),
            other => DraftError::Plan(other),
        })?;
        // The instance may be one that is not counted now.
        let instrument = &session.instrument;
        let of = |key: &String| {
            let item = instrument.of_key(key).filter(|&item| instrument.parts[item] != Part::Instance);
            item.ok_or_else(|| DraftError::UnknownReference(key.clone()))
        };
        for (key, answer) in &session.draft.answers {
            match fit(&session.plan, instrument, of(key)?, answer.clone()) {
                Ok(Some(kept)) if kept == *answer => {}
                _ => return Err(DraftError::Unfit(key.clone())),
            }
        }
        for key in session.draft.missing.keys() {
            if session.draft.answers.contains_key(key) || !takes_answer(instrument.items[of(key)?].kind) {
                return Err(DraftError::Unfit(key.clone()));
            }
        }
        for (key, note) in &session.draft.notes {
            let is_one = session.draft.opening.link.is_none() && note.chars().count() <= LONGEST_NOTE;
            if !is_one || !asks(instrument.items[of(key)?].kind) {
                return Err(DraftError::Unfit(key.clone()));
            }
        }
        for key in session.draft.repeats.keys() {
            if instrument.parts[of(key)?] != Part::Repeat {
                return Err(DraftError::Unfit(key.clone()));
            }
        }
        if session.draft.section >= session.sections().len().max(1) {
            return Err(DraftError::UnknownReference("section".to_owned()));
        }
        session.stand();
        Ok(session)
    }

    pub(super) fn lay_out(
        plan: Rc<Plan>,
        draft: Draft,
        host: &'static dyn Host,
        again: bool,
    ) -> Result<Session, BeginError> {
        let opening = &draft.opening;
        let base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if draft.id.len() != 22 || !draft.id.bytes().all(base64url) {
            return Err(BeginError::BadId);
        }
        let questionnaire = plan.questionnaire(&opening.questionnaire);
        let group = opening.rater_group.as_deref();
        let stratum = opening.stratum.as_deref();
        let asks = |found: &crate::plan::Questionnaire| plan.modes_of(found, stratum).contains(&opening.mode);
        let now = |found: &crate::plan::Questionnaire| found.is_for_round(&opening.round);
        let names: [(&'static str, &str, bool); 7] = [
            ("plan", &opening.plan.id, opening.plan.id == plan.id && opening.plan.version == plan.version),
            ("round", &opening.round, plan.round(&opening.round).is_some() && questionnaire.is_none_or(now)),
            ("questionnaire", &opening.questionnaire, questionnaire.is_some()),
            ("mode", opening.mode.name(), questionnaire.is_none_or(asks)),
            ("rater group", group.unwrap_or(""), group.is_none_or(|id| plan.rater_group(id).is_some())),
            ("stratum", stratum.unwrap_or(""), stratum.is_none_or(|id| plan.stratum(id).is_some())),
            ("language", &draft.language, plan.languages.contains(&draft.language)),
        ];
        for (member, value, known) in names {
            if !known {
                return Err(BeginError::UnknownReference { member, value: value.to_owned() });
            }
        }
        let Some(questionnaire) = questionnaire else {
            return Err(BeginError::UnknownReference { member: "questionnaire", value: String::new() });
        };
        let ends = ends::all(&plan, questionnaire, &draft.opening.full);
        let mut arranged = order::arrange(&plan, questionnaire, &ends, &draft.id);
        known::fill(&mut arranged, opening);
        let instrument = Instrument::lay_out(&plan, &arranged)?;
        let graph = Graph::compile(plan.clone(), &instrument, host)?;
        let mut draft = draft;
        let mut state = State::new(&instrument, Layout::build(&instrument, &draft.id, &draft.repeats, &count_at_first));
        Settling::new(&graph, &instrument, &mut draft, &mut state).everything(again);
        Ok(Session { plan, instrument, graph, draft, state, standing: Standing::default(), ends })
    }

    pub fn plan(&self) -> &Rc<Plan> {
        &self.plan
    }
    pub fn id(&self) -> &str {
        &self.draft.id
    }
    pub fn opening(&self) -> &Opening {
        &self.draft.opening
    }
    pub fn language(&self) -> &str {
        &self.draft.language
    }
    /// How many items the interview has, nested ones flattened in order: each is known by its place among them. A group
    /// stands before what is in it; a repeat before its instances, each instance before what is in it, and after the last of
    /// them the repeat's end ([`Session::part`]). Places change when [`Change::layout`] says so, and only then.
    pub fn len(&self) -> usize {
        self.state.layout.places.len()
    }
    pub fn is_empty(&self) -> bool {
        self.state.layout.places.is_empty()
    }
    /// What the plan says of the item at this place, below [`Session::len`]; a group comes without its `items`.
    pub fn item(&self, index: usize) -> &Item {
        &self.instrument.items[self.spot(index).0]
    }
    /// The item with this key.
    pub fn index(&self, key: &str) -> Option<usize> {
        self.state.layout.find(&self.instrument, key).map(|spot| self.state.layout.index(spot))
    }
    /// The key of the item at this place: its name, in a repeat with the instances around it as XPath counts them,
    /// `household[2]/age`. An instance is `household[2]`. Events and records name items by it.
    pub fn key(&self, index: usize) -> String {
        self.state.layout.key(&self.instrument, self.spot(index))
    }
    /// The group, repeat or instance around the item, if it is in one.
    pub fn parent(&self, item: usize) -> Option<usize> {
        let (item, instance) = self.spot(item);
        let parent = self.instrument.parents[item]?;
        let (inner, outer) = (self.instrument.frame_of[item], self.instrument.frame_of[parent]);
        Some(self.state.layout.index((parent, self.state.layout.ancestor(&self.instrument, inner, instance, outer))))
    }
    pub fn sections(&self) -> &[Section] {
        &self.state.layout.sections
    }
    /// The section that the item is in.
    pub fn section_of(&self, item: usize) -> usize {
        self.state.layout.section_of.get(item).copied().unwrap_or(0)
    }
    /// How many expressions the session has evaluated: what a change costs, on any machine.
    pub fn evaluations(&self) -> u64 {
        self.graph.evaluated.get()
    }
    pub(super) fn spot(&self, index: usize) -> Spot {
        // A place that is no more: what still shows it is about to be drawn anew.
        self.state.layout.places.get(index).copied().unwrap_or((0, 0))
    }
    /// The section shown now.
    pub fn section(&self) -> usize {
        self.draft.section
    }
    pub fn in_review(&self) -> bool {
        self.draft.review
    }
    /// The next and the one before with anything relevant in them.
    pub fn next_section(&self) -> Option<usize> {
        (self.draft.section + 1..self.sections().len()).find(|&section| self.section_applies(section))
    }
    pub fn previous_section(&self) -> Option<usize> {
        (0..self.draft.section.min(self.sections().len())).rev().find(|&section| self.section_applies(section))
    }
    /// Whether the item applies now, the groups around it included.
    pub fn is_relevant(&self, item: usize) -> bool {
        self.state.layout.places.get(item).is_some_and(|&(item, instance)| self.state.shown[item][instance])
    }
    /// The value, kept also while the item is not relevant. Choices that are not offered now are not in it; they come back
    /// with what offers them.
    pub fn answer(&self, item: usize) -> Option<&Answer> {
        let spot = *self.state.layout.places.get(item)?;
        self.state.answer(&self.instrument, &self.draft.answers, spot)
    }
    /// Whether the item has a value that says something: blanks do not.
    pub fn is_answered(&self, item: usize) -> bool {
        match self.answer(item) {
            Some(Answer::Text(text)) => !text.trim().is_empty(),
            Some(_) => true,
            None => false,
        }
    }
    pub fn missing(&self, item: usize) -> Option<MissingReason> {
        let spot = *self.state.layout.places.get(item)?;
        self.state.layout.get(&self.instrument, &self.draft.missing, spot).copied()
    }
    /// What the interviewer wrote for the office about the item.
    pub fn note(&self, item: usize) -> Option<&str> {
        let spot = *self.state.layout.places.get(item)?;
        self.state.layout.get(&self.instrument, &self.draft.notes, spot).map(String::as_str)
    }
    /// One cell of a matrix.
    pub fn grade(&self, item: usize, unit: &str, indicator: &str) -> Option<&str> {
        match self.answer(item)? {
            Answer::Grid(grid) => grid.get(unit)?.get(indicator).map(String::as_str),
            _ => None,
        }
    }
    /// Unit ids (rows) and indicator ids (columns) of a matrix, defaults filled in, in the order of the plan.
    pub fn matrix(&self, item: usize) -> (&[String], &[String]) {
        self.instrument.matrix(self.spot(item).0).map_or((&[], &[]), |matrix| (&matrix.units, &matrix.indicators))
    }
    /// The early end that the answers have led to, if they have: of several, the one that comes first.
    pub fn ended(&self) -> Option<&End> {
        self.ends.get(self.end_reached()?)
    }

    /// Whether that end is a full quota, and not one of the questionnaire's own.
    pub fn ended_by_quota(&self) -> bool {
        let questionnaire = self.plan.questionnaire(&self.draft.opening.questionnaire);
        let own = questionnaire.map_or(0, |questionnaire| questionnaire.ends.len());
        self.end_reached().is_some_and(|end| end >= own)
    }

    fn end_reached(&self) -> Option<usize> {
        let questionnaire = self.plan.questionnaire(&self.draft.opening.questionnaire)?;
        if self.ends.is_empty() {
            return None;
        }
        let (count, _) = order::sections(&questionnaire.items);
        let needs = ends::needs(&questionnaire.items, self.ends.iter().map(|end| &*end.when));
        let reached = self.ends.iter().zip(needs).enumerate().filter(|(_, (end, _))| self.says(&end.when));
        // An end that depends on what another one cut off sees no answers there.
        let first = reached.min_by_key(|(_, (_, needs))| ends::cut(questionnaire, needs, count, &self.draft.id));
        first.map(|(end, _)| end)
    }

    /// Whether a condition that belongs to no item holds now.
    pub(super) fn says(&self, condition: &str) -> bool {
        self.graph.holds(&self.instrument, &self.draft, &self.state, condition)
    }

    /// Places in its list of the choices that the item offers now, in the order in which they are shown; empty for an item
    /// without a list.
    pub fn choices(&self, item: usize) -> Vec<usize> {
        let found = self.item(item);
        let list = found.choices.as_deref().and_then(|id| self.plan.choice_list(id));
        let Some(list) = list else { return Vec::new() };
        let spot = self.spot(item);
        let count = list.choices.len();
        let offered = match self.state.offer(spot) {
            Some(offer) => offer.rows.clone(),
            None => (0..count).collect(),
        };
        let seed = self.graph.rules[spot.0].seed.as_ref().map(|seed| {
            seed.shuffling_seed(&scene(&self.graph, &self.instrument, &self.draft, &self.state, spot, false))
        });
        let key = self.state.layout.key(&self.instrument, spot);
        order::choices(found, offered, count, (&self.draft.id, &key), seed, &|at| list.choices[at].exclusive)
    }
    /// How many cells of a matrix row have a grade.
    pub fn row_filled(&self, item: usize, row: usize) -> usize {
        let unit = self.matrix(item).0.get(row);
        match (unit, self.answer(item)) {
            (Some(unit), Some(Answer::Grid(grid))) => grid.get(unit).map_or(0, Named::len),
            _ => 0,
        }
    }
    /// How many bytes an attachment of this item may have: what those of the other items leave of [`MOST_ATTACHED`], also of
    /// those that are not asked now.
    pub fn room(&self, item: usize) -> u64 {
        let own = self.key(item);
        let others = self.draft.answers.iter().filter(|(key, _)| **key != own);
        let taken = others.filter_map(|(key, answer)| match answer {
            Answer::Text(name) if self.instrument.of_key(key).is_some_and(|of| self.attaches(of)) => {
                Attachment::parse(name).map(|attachment| attachment.bytes)
            }
            _ => None,
        });
        MOST_ATTACHED.saturating_sub(taken.sum())
    }
    fn attaches(&self, of: usize) -> bool {
        takes_attachment(self.instrument.items[of].kind)
    }
    pub(super) fn accepts(&self, item: usize) -> bool {
        self.graph.accepts(&self.instrument, &self.draft, &self.state, self.spot(item))
    }

    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Takes what the person did. A refused event leaves everything as it was.
    pub fn apply(&mut self, event: Event) -> Result<Change, Refusal> {
        match event {
            Event::Answered { item, value } => {
                let index = self.find(&item)?;
                if self.item(index).kind == ItemType::GradeMatrix || !self.takes(index) {
                    return Err(self.unfit(index));
                }
                let spot = self.spot(index);
                let value = fit(&self.plan, &self.instrument, spot.0, value).map_err(|_| self.unfit(index))?;
                if let (Some(offer), Some(value), Some(list)) =
                    (self.state.offer(spot), &value, self.instrument.lists[spot.0])
                    && super::choices::left(
                        &self.plan.choice_lists[list].choices,
                        &offer.rows,
                        self.instrument.items[spot.0].other.is_some(),
                        value,
                    )
                    .is_some()
                {
                    return Err(self.unfit(index));
                }
                if let Some(Answer::Text(name)) = &value
                    && takes_attachment(self.item(index).kind)
                    && Attachment::parse(name).is_some_and(|attachment| attachment.bytes > self.room(index))
                {
                    return Err(Refusal::Full(item));
                }
                Ok(self.set(index, value, None))
            }
            Event::Cleared { item } => {
                let index = self.find(&item)?;
                if !self.takes(index) {
                    return Err(self.unfit(index));
                }
                Ok(self.set(index, None, None))
            }
            Event::Graded { item, unit, indicator, grade } => self.grade_cell(item, unit, indicator, grade),
            Event::RowGraded { item, unit, grade } => self.grade_row(item, unit, grade),
            Event::Missing { item, reason } => {
                let index = self.find(&item)?;
                if !asks(self.item(index).kind) || !self.takes(index) {
                    return Err(self.unfit(index));
                }
                Ok(self.set(index, None, Some(reason)))
            }
            Event::Noted { item, text } => self.note_down(item, text),
            Event::Added { repeat } => self.add(repeat),
            Event::Removed { instance } => self.remove(instance),
            Event::Moved { section } => {
                if !self.section_applies(section) {
                    return Err(Refusal::UnknownSection(section));
                }
                let navigation = self.draft.section != section || self.draft.review;
                self.draft.section = section;
                self.draft.review = false;
                Ok(Change { navigation, ..Change::default() })
            }
            Event::Reviewed(review) => {
                let navigation = self.draft.review != review;
                self.draft.review = review;
                Ok(Change { navigation, ..Change::default() })
            }
            Event::Language(language) => {
                if !self.plan.languages.contains(&language) {
                    return Err(Refusal::UnknownLanguage(language));
                }
                let changed = self.draft.language != language;
                self.draft.language = language;
                Ok(Change { language: changed, ..Change::default() })
            }
            Event::Clock(moment) => Ok(self.tell_time(moment)),
        }
    }

    fn note_down(&mut self, item: String, text: String) -> Result<Change, Refusal> {
        let index = self.find(&item)?;
        let fits = self.opening().link.is_none() && text.chars().count() <= LONGEST_NOTE;
        if !fits || !asks(self.item(index).kind) {
            return Err(Refusal::Unfit(item));
        }
        let text = text.trim();
        if self.draft.notes.get(&item).map_or("", String::as_str) == text {
            return Ok(Change::default());
        }
        match text {
            "" => self.draft.notes.remove(&item),
            text => self.draft.notes.insert(item, text.to_owned()),
        };
        Ok(Change { noted: true, ..Change::default() })
    }

    fn tell_time(&mut self, moment: Moment) -> Change {
        // Where nothing asks the clock, the draft does not say when the interview was.
        if !self.graph.asks_clock() || self.draft.clock == Some(moment) {
            return Change::default();
        }
        let first = self.draft.clock.replace(moment).is_none();
        let mut settled = if first { self.give_defaults(true, |_| true) } else { Settled::default() };
        let settling = Settling::new(&self.graph, &self.instrument, &mut self.draft, &mut self.state);
        settled.extend(settling.after_clock());
        Change { clock: true, ..self.finish(settled) }
    }

    /// Gives items without a value that of their default: those that ask the clock when it is told first, the others at the
    /// beginning. What does not fit its item is no default.
    pub(super) fn give_defaults(&mut self, clock: bool, wanted: impl Fn(&Item) -> bool) -> Settled {
        let mut settled = Settled::default();
        for item in 0..self.instrument.items.len() {
            let default = self.graph.rules[item].default.as_ref();
            if default.is_none_or(|default| default.uses_clock() != clock) || !wanted(&self.instrument.items[item]) {
                continue;
            }
            for instance in 0..self.state.layout.count(self.instrument.frame_of[item]) {
                self.give_default((item, instance), clock, &mut settled);
            }
        }
        self.bring_up(&mut settled);
        settled
    }

    /// Works out what has no value and waits for a trigger, where the trigger has a value by now.
    pub(super) fn set_off(&mut self, wanted: impl Fn(&Item) -> bool) -> Settled {
        let mut settled =
            Settling::new(&self.graph, &self.instrument, &mut self.draft, &mut self.state).after_triggers(&wanted);
        self.bring_up(&mut settled);
        settled
    }

    /// Gives one item its default; one that asks the clock if that was told.
    pub(super) fn give_default(&mut self, spot: Spot, clock: bool, settled: &mut Settled) {
        let told = self.draft.clock.is_some();
        let asks = |default: &Expression| !default.uses_clock() || (clock && told);
        let value = self.graph.default(&self.instrument, &self.draft, &self.state, spot, asks);
        let Some(value) = value else { return };
        let key = self.state.layout.key(&self.instrument, spot);
        if !self.draft.answers.contains_key(&key) && !self.draft.missing.contains_key(&key) {
            self.draft.answers.insert(key, value);
            settled.values.push(spot);
            settled.extend(self.settle(spot));
        }
    }

    pub(super) fn find(&self, key: &str) -> Result<usize, Refusal> {
        self.index(key).ok_or_else(|| Refusal::UnknownItem(key.to_owned()))
    }
    fn unfit(&self, index: usize) -> Refusal {
        Refusal::Unfit(self.key(index))
    }
    /// Whether people may give the item a value.
    fn takes(&self, index: usize) -> bool {
        let item = self.item(index);
        item.kind.is_shown() && !item.read_only
    }

    fn set(&mut self, index: usize, value: Option<Answer>, reason: Option<MissingReason>) -> Change {
        let name = self.key(index);
        let same = self.draft.answers.get(&name) == value.as_ref() && self.draft.missing.get(&name) == reason.as_ref();
        if same {
            return Change::default();
        }
        match value {
            Some(value) => self.draft.answers.insert(name.clone(), value),
            None => self.draft.answers.remove(&name),
        };
        match reason {
            Some(reason) => self.draft.missing.insert(name, reason),
            None => self.draft.missing.remove(&name),
        };
        self.changed(index)
    }

    fn changed(&mut self, index: usize) -> Change {
        let spot = self.spot(index);
        let mut settled = self.settle(spot);
        settled.values.push(spot);
        self.finish(settled)
    }

    fn settle(&mut self, spot: Spot) -> Settled {
        Settling::new(&self.graph, &self.instrument, &mut self.draft, &mut self.state).after(spot)
    }

    /// Gives new instances their defaults, counts what changed, and says what did.
    pub(super) fn finish(&mut self, mut settled: Settled) -> Change {
        self.bring_up(&mut settled);
        let layout = &self.state.layout;
        let change = Change {
            values: layout.indices(&settled.values),
            relevance: layout.indices(&settled.relevance),
            validity: layout.indices(&settled.validity),
            choices: layout.indices(&settled.choices),
            layout: settled.layout,
            ..Change::default()
        };
        if change.layout.is_some() {
            self.stand();
        } else {
            change.values.iter().chain(&change.relevance).for_each(|&index| self.count_again(index));
        }
        change
    }
}

impl Settled {
    pub(super) fn extend(&mut self, more: Settled) {
        self.values.extend(more.values);
        self.relevance.extend(more.relevance);
        self.validity.extend(more.validity);
        self.choices.extend(more.choices);
        self.born.extend(more.born);
        if let Some(from) = more.layout {
            self.moved(from);
        }
    }
}
