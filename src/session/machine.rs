use super::fit::{fit, is_cell, is_grade};
use super::graph::Graph;
use super::instrument::Instrument;
use super::validity::{asks, takes_answer};
use super::{Answer, BeginError, Change, Draft, DraftError, Event, MissingReason, Opening, Refusal, Section};
use super::{ends, order};
use crate::expression::{Host, Moment};
use crate::named::Named;
use crate::plan::{End, Item, ItemType, Plan};
use std::rc::Rc;

/// How far the interview is, over relevant items that take answers. A matrix counts each of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub answered: usize,
    pub asked: usize,
}

/// One interview in progress. Its state is its [`Draft`]; relevance is derived from it.
pub struct Session {
    plan: Rc<Plan>,
    instrument: Instrument,
    graph: Graph,
    draft: Draft,
    shown: Vec<bool>,
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
            answers: Named::new(),
            missing: Named::new(),
        };
        let mut session = Session::lay_out(plan, draft, host)?;
        session.give_defaults(false);
        let first = (0..session.sections().len()).find(|&section| session.section_applies(section));
        session.draft.section = first.unwrap_or(0);
        Ok(session)
    }

    /// Goes on with a draft on the plan that it was begun on: the caller has found it by its digest.
    pub fn resume(plan: Rc<Plan>, draft: Draft, host: &'static dyn Host) -> Result<Session, DraftError> {
        if draft.v != 1 {
            return Err(DraftError::NewerVersion(draft.v));
        }
        if draft.opening.plan.id != plan.id || draft.opening.plan.version != plan.version {
            return Err(DraftError::OtherPlan(draft.opening.plan.clone()));
        }
        let session = Session::lay_out(plan, draft, host).map_err(|error| match error {
            BeginError::BadId => DraftError::Malformed,
            BeginError::UnknownReference { value, .. } => DraftError::UnknownReference(value),
            other => DraftError::Plan(other),
        })?;
        for (name, answer) in &session.draft.answers {
            let index = session.index(name).ok_or_else(|| DraftError::UnknownReference(name.clone()))?;
            match fit(&session.plan, &session.instrument, index, answer.clone()) {
                Ok(Some(kept)) if kept == *answer => {}
                _ => return Err(DraftError::Unfit(name.clone())),
            }
        }
        for name in session.draft.missing.keys() {
            let index = session.index(name).ok_or_else(|| DraftError::UnknownReference(name.clone()))?;
            if session.draft.answers.contains_key(name) || !takes_answer(session.item(index).kind) {
                return Err(DraftError::Unfit(name.clone()));
            }
        }
        if session.draft.section >= session.sections().len().max(1) {
            return Err(DraftError::UnknownReference("section".to_owned()));
        }
        Ok(session)
    }

    fn lay_out(plan: Rc<Plan>, draft: Draft, host: &'static dyn Host) -> Result<Session, BeginError> {
        let opening = &draft.opening;
        let base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if draft.id.len() != 22 || !draft.id.bytes().all(base64url) {
            return Err(BeginError::BadId);
        }
        let questionnaire = plan.questionnaire(&opening.questionnaire);
        let group = opening.rater_group.as_deref();
        let stratum = opening.stratum.as_deref();
        let asks = |found: &crate::plan::Questionnaire| {
            let modes = if found.modes.is_empty() { &plan.modes } else { &found.modes };
            modes.contains(&opening.mode)
        };
        let names: [(&'static str, &str, bool); 7] = [
            ("plan", &opening.plan.id, opening.plan.id == plan.id && opening.plan.version == plan.version),
            ("round", &opening.round, plan.round(&opening.round).is_some()),
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
        let instrument = Instrument::lay_out(&plan, &order::arrange(&plan, questionnaire, &draft.id))?;
        let graph = Graph::compile(plan.clone(), &instrument, host)?;
        let mut draft = draft;
        let shown = graph.settle_all(&instrument, &mut draft);
        Ok(Session { plan, instrument, graph, draft, shown })
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
    /// stands before what is in it.
    pub fn len(&self) -> usize {
        self.instrument.items.len()
    }
    pub fn is_empty(&self) -> bool {
        self.instrument.items.is_empty()
    }
    /// What the plan says of the item at this place, below [`Session::len`]; a group comes without its `items`.
    pub fn item(&self, index: usize) -> &Item {
        &self.instrument.items[index]
    }
    pub fn index(&self, name: &str) -> Option<usize> {
        self.instrument.index(name)
    }
    /// The group around the item, if it is in one.
    pub fn parent(&self, item: usize) -> Option<usize> {
        self.instrument.parents.get(item).copied().flatten()
    }
    pub fn sections(&self) -> &[Section] {
        &self.instrument.sections
    }
    /// The section that the item is in.
    pub fn section_of(&self, item: usize) -> usize {
        self.instrument.section_of.get(item).copied().unwrap_or(0)
    }
    /// The section shown now.
    pub fn section(&self) -> usize {
        self.draft.section
    }
    pub fn in_review(&self) -> bool {
        self.draft.review
    }
    /// Whether anything in the section is relevant.
    pub fn section_applies(&self, section: usize) -> bool {
        self.sections().get(section).is_some_and(|section| {
            section.items.clone().any(|item| {
                self.shown[item] && {
                    let kind = self.item(item).kind;
                    !kind.is_group() && kind.is_shown()
                }
            })
        })
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
        self.shown.get(item).copied().unwrap_or(false)
    }
    /// The value, kept also while the item is not relevant.
    pub fn answer(&self, item: usize) -> Option<&Answer> {
        self.draft.answers.get(&self.instrument.items.get(item)?.name)
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
        self.draft.missing.get(&self.instrument.items.get(item)?.name).copied()
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
        self.instrument.matrix(item).map_or((&[], &[]), |matrix| (&matrix.units, &matrix.indicators))
    }
    /// The early end that the answers have led to, if they have: of several, the one that comes first.
    pub fn ended(&self) -> Option<&End> {
        let questionnaire = self.plan.questionnaire(&self.draft.opening.questionnaire)?;
        if questionnaire.ends.is_empty() {
            return None;
        }
        let (count, _) = order::sections(&questionnaire.items);
        let needs = ends::needs(questionnaire);
        let all = questionnaire.ends.iter().zip(needs);
        let reached = all.filter(|(end, _)| self.graph.holds(&self.instrument, &self.draft, &self.shown, &end.when));
        // An end that depends on what another one cut off sees no answers there.
        let first = reached.min_by_key(|(_, needs)| ends::cut(questionnaire, needs, count, &self.draft.id));
        first.map(|(end, _)| end)
    }

    /// Places in its list of the choices that the item offers now, in the order in which they are shown; empty for an item
    /// without a list.
    pub fn choices(&self, item: usize) -> Vec<usize> {
        let found = self.item(item);
        let list = found.choices.as_deref().and_then(|id| self.plan.choice_list(id));
        let Some(list) = list else { return Vec::new() };
        let seed = self.graph.seed(&self.instrument, &self.draft, &self.shown, item);
        let count = list.choices.len();
        order::choices(found, (0..count).collect(), count, &self.draft.id, seed, &|at| list.choices[at].exclusive)
    }
    /// How many cells of a matrix row have a grade.
    pub fn row_filled(&self, item: usize, row: usize) -> usize {
        let unit = self.matrix(item).0.get(row);
        match (unit, self.answer(item)) {
            (Some(unit), Some(Answer::Grid(grid))) => grid.get(unit).map_or(0, Named::len),
            _ => 0,
        }
    }
    pub(super) fn accepts(&self, item: usize) -> bool {
        self.graph.accepts(&self.instrument, &self.draft, &self.shown, item)
    }

    pub fn progress(&self) -> Progress {
        let mut progress = Progress { answered: 0, asked: 0 };
        for (index, item) in self.instrument.items.iter().enumerate() {
            if !self.is_relevant(index) || !asks(item.kind) {
                continue;
            }
            let (units, indicators) = self.matrix(index);
            let settled = self.missing(index).is_some();
            if item.kind == ItemType::GradeMatrix {
                let full = |row: &usize| settled || self.row_filled(index, *row) == indicators.len();
                progress.asked += units.len();
                progress.answered += (0..units.len()).filter(full).count();
            } else {
                progress.asked += 1;
                progress.answered += usize::from(settled || self.is_answered(index));
            }
        }
        progress
    }

    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Takes what the person did. A refused event leaves everything as it was.
    pub fn apply(&mut self, event: Event) -> Result<Change, Refusal> {
        match event {
            Event::Answered { item, value } => {
                let index = self.find(item)?;
                let kind = self.item(index).kind;
                if kind == ItemType::GradeMatrix || !kind.is_shown() {
                    return Err(self.unfit(index));
                }
                let value = fit(&self.plan, &self.instrument, index, value)?;
                Ok(self.set(index, value, None))
            }
            Event::Cleared { item } => {
                let index = self.find(item)?;
                if !self.item(index).kind.is_shown() {
                    return Err(self.unfit(index));
                }
                Ok(self.set(index, None, None))
            }
            Event::Graded { item, unit, indicator, grade } => self.grade_cell(item, unit, indicator, grade),
            Event::RowGraded { item, unit, grade } => self.grade_row(item, unit, grade),
            Event::Missing { item, reason } => {
                let index = self.find(item)?;
                if !asks(self.item(index).kind) {
                    return Err(self.unfit(index));
                }
                Ok(self.set(index, None, Some(reason)))
            }
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

    fn tell_time(&mut self, moment: Moment) -> Change {
        // Where nothing asks the clock, the draft does not say when the interview was.
        if !self.graph.asks_clock() || self.draft.clock == Some(moment) {
            return Change::default();
        }
        let first = self.draft.clock.replace(moment).is_none();
        let mut values = if first { self.give_defaults(true) } else { Vec::new() };
        let settled = self.graph.settle_clock(&self.instrument, &mut self.draft, &mut self.shown);
        values.extend(settled.values);
        Change { values, relevance: settled.relevance, validity: settled.validity, clock: true, ..Change::default() }
    }

    /// Gives items without a value that of their default: those that ask the clock when it is told first, the others at the
    /// beginning. What does not fit its item is no default.
    fn give_defaults(&mut self, clock: bool) -> Vec<usize> {
        let mut given = Vec::new();
        for index in 0..self.len() {
            let item = self.item(index);
            if self.draft.answers.contains_key(&item.name) || self.draft.missing.contains_key(&item.name) {
                continue;
            }
            let value = self.graph.default(&self.instrument, &self.draft, &self.shown, index, clock);
            if let Some(value) = value {
                self.set(index, Some(value), None);
                given.push(index);
            }
        }
        given
    }

    fn find(&self, item: String) -> Result<usize, Refusal> {
        self.index(&item).ok_or(Refusal::UnknownItem(item))
    }
    fn unfit(&self, index: usize) -> Refusal {
        Refusal::Unfit(self.item(index).name.clone())
    }

    fn grade_cell(
        &mut self,
        item: String,
        unit: String,
        indicator: String,
        grade: Option<String>,
    ) -> Result<Change, Refusal> {
        let index = self.find(item)?;
        let fits = match &grade {
            Some(grade) => is_cell(&self.plan, &self.instrument, index, &unit, &indicator, grade),
            None => self.matrix(index).1.contains(&indicator),
        };
        let row = self.matrix(index).0.iter().position(|id| *id == unit);
        let (true, Some(row)) = (fits, row) else { return Err(self.unfit(index)) };
        self.change_row(index, row, |cells| match grade {
            Some(grade) => {
                cells.insert(indicator, grade);
            }
            None => {
                cells.remove(&indicator);
            }
        })
    }

    fn grade_row(&mut self, item: String, unit: String, grade: Option<String>) -> Result<Change, Refusal> {
        let index = self.find(item)?;
        let (units, indicators) = self.matrix(index);
        let row = units.iter().position(|id| *id == unit);
        let fits = grade.as_deref().is_none_or(|grade| is_grade(&self.plan, self.item(index).scale.as_deref(), grade));
        let (true, Some(row)) = (fits, row) else { return Err(self.unfit(index)) };
        let indicators = indicators.to_vec();
        self.change_row(index, row, |cells| match grade {
            Some(grade) => cells.extend(indicators.into_iter().map(|indicator| (indicator, grade.clone()))),
            None => cells.clear(),
        })
    }

    fn change_row(
        &mut self,
        index: usize,
        row: usize,
        change: impl FnOnce(&mut Named<String>),
    ) -> Result<Change, Refusal> {
        let unit = self.matrix(index).0[row].clone();
        let name = self.item(index).name.clone();
        // The grid is changed where it lies: a matrix of a whole city is not copied for one choice.
        let grid = self.draft.answers.get_or_insert_with(&name, || Answer::Grid(Named::new()));
        let Answer::Grid(grid) = grid else { return Err(Refusal::Unfit(name)) };
        let excused = self.draft.missing.remove(&name).is_some();
        let cells = grid.get_or_insert_with(&unit, Named::new);
        let before = cells.clone();
        change(cells);
        let changed = *cells != before || excused;
        if cells.is_empty() {
            grid.remove(&unit);
        }
        if grid.is_empty() {
            self.draft.answers.remove(&name);
        }
        Ok(match changed {
            true => Change { row: (!excused).then_some(row), ..self.changed(index) },
            false => Change::default(),
        })
    }

    fn set(&mut self, index: usize, value: Option<Answer>, reason: Option<MissingReason>) -> Change {
        let name = self.item(index).name.clone();
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
        let settled = self.graph.settle(&self.instrument, &mut self.draft, &mut self.shown, index);
        let mut values = vec![index];
        values.extend(settled.values);
        Change { values, relevance: settled.relevance, validity: settled.validity, ..Change::default() }
    }
}
