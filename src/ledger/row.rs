use super::codebook::{BLANK, DONT_KNOW, Domain, FIRST_GRADE, Field, NOT_ASKED, REFUSED};
use super::{Codebook, Unfit};
use crate::carry::carry;
use crate::expression::is_place;
use crate::json::{self, Node, Writer};
use crate::named::Named;
use crate::plan::{ACKNOWLEDGED, ChoiceList, Decimal, Item, OTHER, Scale};
use crate::session::reading::Instances;
use crate::session::record::{read_count, write_counts, write_notes};
use crate::session::{Answer, Attachment, Disposition, LONGEST_NOTE, MissingReason, Record, key, order};
use std::collections::BTreeMap;

/// A record that fits its plan, packed: one byte for a grade. Holds all that the record held but its id and the bytes of
/// attachments, whose names say which bytes they are, so that equal rows are equal contents, and [`Codebook::unpack`] gives
/// the record back without them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    pub domain: Domain,
    pub disposition: Disposition,
    /// One code for each question of the instrument.
    pub codes: Box<[u8]>,
    /// JSON of the `repeats`, of the `answers` and `missing` reasons that are no grades, and of the `notes`; empty when there are
    /// none.
    rest: Box<str>,
}

carry!(struct Row { domain, disposition, codes, rest });

type Rest = (Named<u32>, Named<Answer>, Named<MissingReason>, Named<String>);

fn read_rest(node: Node) -> Rest {
    (
        node.map_or_empty("repeats", read_count),
        node.map("answers", Answer::read),
        node.map_or_empty("missing", MissingReason::read),
        node.map_or_empty("notes", Node::as_text),
    )
}

fn write_rest(
    repeats: &Named<u32>,
    answers: &BTreeMap<&str, &Answer>,
    missing: &BTreeMap<&str, MissingReason>,
    notes: &Named<String>,
) -> String {
    if repeats.is_empty() && answers.is_empty() && missing.is_empty() && notes.is_empty() {
        return String::new();
    }
    let mut out = Writer::new();
    out.open('{');
    write_counts(repeats, &mut out);
    out.name("answers");
    out.open('{');
    for (item, answer) in answers {
        out.name(item);
        answer.write(&mut out);
    }
    out.close('}');
    out.name("missing");
    out.open('{');
    missing.iter().for_each(|(item, reason)| out.text(item, reason.name()));
    out.close('}');
    write_notes(notes, &mut out);
    out.close('}');
    out.finish()
}

impl Row {
    /// The answers that are no grades, and why others have none. Repeats are in it by their keys.
    pub fn others(&self) -> (Named<Answer>, Named<MissingReason>) {
        let (_, answers, missing, _): Rest = json::read(&self.rest, read_rest).unwrap_or_default();
        (answers, missing)
    }

    /// Whether there may be any.
    pub fn has_others(&self) -> bool {
        !self.rest.is_empty()
    }

    /// What the interviewer wrote about items.
    pub fn notes(&self) -> Named<String> {
        let (_, _, _, notes): Rest = json::read(&self.rest, read_rest).unwrap_or_default();
        notes
    }
}

/// An interview, looked at for what it asked.
pub(crate) struct Asked<'a> {
    codebook: &'a Codebook,
    questionnaire: usize,
    record: &'a Record,
    instances: Instances,
    reached: Option<usize>,
}

impl Asked<'_> {
    /// Whether the item with this key was asked. A condition that asks the clock or the language of the interview does not
    /// hold, since no record says.
    pub fn holds(&self, key: &str) -> bool {
        let (codebook, record, item) = (self.codebook, self.record, key::name(key));
        let instrument = &codebook.instruments()[self.questionnaire];
        let asked = &codebook.plan().questionnaires[self.questionnaire];
        if self.reached.is_some_and(|reached| instrument.ends.cuts(asked, item, reached, &record.id)) {
            return false;
        }
        let conditions = instrument.conditions.get(item).map_or(&[][..], Vec::as_slice);
        let reading = &instrument.reading.0;
        let holds = |condition| reading.holds(codebook.plan(), record, &self.instances, key, condition) == Some(true);
        conditions.iter().all(holds)
    }
}

impl Codebook {
    /// Packs a record, or says what in it the plan does not know.
    pub fn pack(&self, record: &Record) -> Result<Row, Unfit> {
        let plan = self.plan();
        if record.plan != *self.reference() {
            return Err(Unfit::OtherPlan(record.plan.clone()));
        }
        let round = position(plan.rounds.iter().map(|round| &round.id), &record.round);
        let round = round.ok_or_else(|| Unfit::UnknownRound(record.round.clone()))?;
        let questionnaire = position(plan.questionnaires.iter().map(|q| &q.id), &record.questionnaire);
        let questionnaire = questionnaire.ok_or_else(|| Unfit::UnknownQuestionnaire(record.questionnaire.clone()))?;
        let asked = &plan.questionnaires[questionnaire as usize];
        if !plan.modes_of(asked, record.stratum.as_deref()).contains(&record.mode) {
            return Err(Unfit::ModeNotPlanned(record.mode));
        }
        if !asked.is_for_round(&record.round) {
            return Err(Unfit::NotInRound(record.questionnaire.clone()));
        }
        let rater_group = match &record.rater_group {
            None if plan.rater_groups.iter().any(|group| group.weight.is_some()) => return Err(Unfit::NoRaterGroup),
            None => None,
            Some(id) => {
                let at = position(plan.rater_groups.iter().map(|group| &group.id), id);
                if !asked.is_for_group(id) {
                    return Err(Unfit::UnknownRaterGroup(id.clone()));
                }
                Some(at.ok_or_else(|| Unfit::UnknownRaterGroup(id.clone()))?)
            }
        };
        let stratum = match &record.stratum {
            None => None,
            Some(id) => {
                let at = position(plan.strata.iter().map(|stratum| &stratum.id), id);
                Some(at.ok_or_else(|| Unfit::UnknownStratum(id.clone()))?)
            }
        };
        let domain = Domain { round, questionnaire, mode: record.mode, rater_group, stratum };
        let (codes, rest) = self.codes(record, questionnaire as usize)?;
        Ok(Row { domain, disposition: record.disposition, codes, rest })
    }

    /// The choice among these that the item's filter does not offer to who gave the record's other answers.
    fn unoffered<'c>(
        &self,
        record: &Record,
        (questionnaire, instances): (usize, &Instances),
        (key, list): (&str, usize),
        chosen: &'c [String],
    ) -> Option<&'c String> {
        let instrument = &self.instruments()[questionnaire];
        let filter = instrument.filters.get(key::name(key))?;
        // What was broken off, or cut off by an end, may have left out what the filter looked at.
        let whole =
            record.disposition == Disposition::Complete && self.plan().questionnaires[questionnaire].ends.is_empty();
        let around = &key[..key.len() - key::name(key).len()];
        let is_there =
            |name: &str| [around, ""].iter().any(|around| record.answers.contains_key(&[around, name].concat()));
        if !whole && !filter.references().into_iter().all(is_there) {
            return None;
        }
        let reading = &instrument.reading.0;
        chosen.iter().find(|choice| {
            // `other` is offered always.
            let row = self.plan().choice_lists[list].choices.iter().position(|known| known.name == **choice);
            row.is_some_and(|row| {
                reading.admits(self.plan(), record, instances, key, filter, (list, row)) == Some(false)
            })
        })
    }

    fn codes(&self, record: &Record, questionnaire: usize) -> Result<(Box<[u8]>, Box<str>), Unfit> {
        let instrument = &self.instruments()[questionnaire];
        let lists = &self.plan().choice_lists;
        let mut codes = vec![NOT_ASKED; instrument.questions.len()].into_boxed_slice();
        let mut rest: (BTreeMap<&str, &Answer>, BTreeMap<&str, MissingReason>) = Default::default();
        let reading = &instrument.reading.0;
        let instances = reading.instances(record).map_err(Unfit::UnknownItem)?;
        let field_of = |key: &String| {
            let field = reading.name(&instances, key).and_then(|name| instrument.fields.get(name));
            field.ok_or_else(|| Unfit::UnknownItem(key.clone()))
        };
        for (item, answer) in &record.answers {
            let field = field_of(item)?;
            if record.missing.contains_key(item) {
                return Err(Unfit::AnsweredAndMissing(item.clone()));
            }
            let unknown = |value: &str| Unfit::UnknownAnswer { item: item.clone(), value: value.to_owned() };
            let offered = |list: usize, chosen: &[String]| {
                let found = self.unoffered(record, (questionnaire, &instances), (item, list), chosen);
                found.map_or(Ok(()), |value| Err(Unfit::NotOffered { item: item.clone(), value: value.clone() }))
            };
            match (field, answer) {
                (Field::Grade { question }, Answer::Text(grade)) => {
                    let scale = self.scale_of(questionnaire, *question);
                    codes[*question] = grade_code(scale, grade).ok_or_else(|| unknown(grade))?;
                }
                (Field::Matrix { first, units, indicators, .. }, Answer::Grid(grid)) => {
                    let offered = self.offered(field, &record.id);
                    for (unit, row) in grid {
                        let at = units.get(unit).ok_or_else(|| unknown(unit))?;
                        if !is_in(&offered, *at) {
                            return Err(unknown(unit));
                        }
                        for (indicator, grade) in row {
                            let column = indicators.get(indicator).ok_or_else(|| unknown(indicator))?;
                            let question = first + at * indicators.len() + column;
                            let scale = self.scale_of(questionnaire, question);
                            codes[question] = grade_code(scale, grade).ok_or_else(|| unknown(grade))?;
                        }
                    }
                }
                (Field::SelectOne { list, other }, Answer::Text(choice)) => {
                    if !is_choice(&lists[*list], *other, choice) {
                        return Err(unknown(choice));
                    }
                    offered(*list, std::slice::from_ref(choice))?;
                    rest.0.insert(item, answer);
                }
                (Field::SelectMultiple { list, other }, Answer::Choices(chosen)) => {
                    let at = *list;
                    let list = &lists[*list];
                    if let Some(choice) = chosen.iter().find(|choice| !is_choice(list, *other, choice)) {
                        return Err(unknown(choice));
                    }
                    let mut alone = list.choices.iter().filter(|choice| choice.exclusive && chosen.len() > 1);
                    if let Some(choice) = alone.find(|choice| chosen.contains(&choice.name)) {
                        return Err(Unfit::NotAlone { item: item.clone(), value: choice.name.clone() });
                    }
                    offered(at, chosen)?;
                    rest.0.insert(item, answer);
                }
                (Field::Rank { list }, Answer::Choices(ranked)) => {
                    let wrong = |(at, choice): &(usize, &String)| {
                        !is_choice(&lists[*list], false, choice) || ranked[..*at].contains(choice)
                    };
                    if let Some((_, choice)) = ranked.iter().enumerate().find(wrong) {
                        return Err(unknown(choice));
                    }
                    offered(*list, ranked)?;
                    rest.0.insert(item, answer);
                }
                (Field::Range(steps), Answer::Integer(number)) if steps.are_whole() => {
                    let held = number.checked_mul(Decimal::SCALE).map(Decimal::from_millionths);
                    if !held.is_some_and(|number| steps.holds(number)) {
                        return Err(unknown(&number.to_string()));
                    }
                    rest.0.insert(item, answer);
                }
                (Field::Range(steps), Answer::Text(number)) if !steps.are_whole() => {
                    if !Decimal::parse(number).is_ok_and(|number| steps.holds(number)) {
                        return Err(unknown(number));
                    }
                    rest.0.insert(item, answer);
                }
                (Field::Acknowledge, Answer::Text(text)) => {
                    if text != ACKNOWLEDGED {
                        return Err(unknown(text));
                    }
                    rest.0.insert(item, answer);
                }
                (Field::Place, Answer::Text(place)) => {
                    if !is_place(place) {
                        return Err(unknown(place));
                    }
                    rest.0.insert(item, answer);
                }
                (Field::Attachment(kind), Answer::Text(name)) => {
                    if !Attachment::parse(name).is_some_and(|attachment| attachment.kind.answers(*kind)) {
                        return Err(unknown(name));
                    }
                    rest.0.insert(item, answer);
                }
                (Field::Text, Answer::Text(_)) | (Field::Integer, Answer::Integer(_)) => {
                    rest.0.insert(item, answer);
                }
                _ => return Err(Unfit::WrongKind(item.clone())),
            }
        }
        for (item, reason) in &record.missing {
            let code = match reason {
                MissingReason::Refused => REFUSED,
                MissingReason::DontKnow => DONT_KNOW,
            };
            match field_of(item)? {
                Field::Grade { question } => codes[*question] = code,
                field @ Field::Matrix { first, units, indicators, .. } => {
                    let offered = self.offered(field, &record.id);
                    for row in (0..units.len()).filter(|row| is_in(&offered, *row)) {
                        codes[first + row * indicators.len()..][..indicators.len()].fill(code);
                    }
                }
                _ => drop(rest.1.insert(item, *reason)),
            }
        }
        for (item, note) in &record.notes {
            field_of(item)?;
            if note.chars().count() > LONGEST_NOTE {
                return Err(Unfit::NoteTooLong(item.clone()));
            }
        }
        let asked = &self.plan().questionnaires[questionnaire];
        let said = reading.values(self.plan(), record, &instances);
        let screened = record.disposition == Disposition::ScreenedOut;
        let reached = instrument.ends.reached(asked, &said, &record.id, screened);
        for (item, field) in &instrument.fields {
            let (first, rows, width) = match field {
                Field::Grade { question } => (*question, 1, 1),
                Field::Matrix { first, units, indicators, .. } => (*first, units.len(), indicators.len()),
                _ => continue,
            };
            if reached.is_some_and(|reached| instrument.ends.cuts(asked, item, reached, &record.id)) {
                continue;
            }
            let conditions = instrument.conditions.get(item).map_or(&[][..], Vec::as_slice);
            // What was answered was asked. Of the rest, a condition on what no record holds leaves open whether it was.
            let answered = codes[first..first + rows * width].iter().any(|code| *code != NOT_ASKED);
            let holds = |condition| reading.holds(self.plan(), record, &instances, item, condition) == Some(true);
            if answered || conditions.iter().all(holds) {
                let offered = self.offered(field, &record.id);
                for row in (0..rows).filter(|row| is_in(&offered, *row)) {
                    let cells = codes[first + row * width..][..width].iter_mut();
                    cells.filter(|code| **code == NOT_ASKED).for_each(|code| *code = BLANK);
                }
            }
        }
        Ok((codes, write_rest(&record.repeats, &rest.0, &rest.1, &record.notes).into_boxed_str()))
    }

    /// The rows of a graded item that the interview of this id asked about; `None`: all.
    fn offered(&self, field: &Field, id: &str) -> Option<Vec<usize>> {
        let Field::Matrix { units, subset: Some(item), .. } = field else { return None };
        Some(order::units(self.plan(), item, id).iter().filter_map(|unit| units.get(unit).copied()).collect())
    }

    /// The questions of a matrix that the interview of this id asked, in the order in which it showed them; of a
    /// single grade, itself. Empty for what is no graded item.
    pub(crate) fn shown(&self, questionnaire: usize, item: &Item, id: &str) -> Vec<usize> {
        let instrument = &self.instruments()[questionnaire];
        match instrument.fields.get(&item.name) {
            Some(Field::Grade { question }) => vec![*question],
            Some(Field::Matrix { first, units, indicators, .. }) => {
                let rows = order::units(self.plan(), item, id);
                let rows = rows.iter().filter_map(|unit| units.get(unit));
                let width = indicators.len();
                rows.flat_map(|at| (0..width).map(move |column| first + at * width + column)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether an item was asked in this interview, as far as its record can tell.
    pub(crate) fn is_asked(&self, questionnaire: usize, item: &str, record: &Record) -> bool {
        self.asked(questionnaire, record).is_some_and(|asked| asked.holds(item))
    }

    /// What an interview asked, as far as its record can tell. None: it has instances that its plan does not.
    pub(crate) fn asked<'a>(&'a self, questionnaire: usize, record: &'a Record) -> Option<Asked<'a>> {
        let instrument = &self.instruments()[questionnaire];
        let (asked, reading) = (&self.plan().questionnaires[questionnaire], &*instrument.reading.0);
        let instances = reading.instances(record).ok()?;
        let said = reading.values(self.plan(), record, &instances);
        let screened = record.disposition == Disposition::ScreenedOut;
        let reached = instrument.ends.reached(asked, &said, &record.id, screened);
        drop(said);
        Some(Asked { codebook: self, questionnaire, record, instances, reached })
    }

    /// The record that was packed. A matrix with no cell answered and one that is absent are the same.
    pub fn unpack(&self, id: &str, row: &Row) -> Record {
        let plan = self.plan();
        let domain = &row.domain;
        let instrument = &self.instruments()[domain.questionnaire as usize];
        let (repeats, mut answers, mut missing, notes): Rest = json::read(&row.rest, read_rest).unwrap_or_default();
        for (item, field) in &instrument.fields {
            match field {
                Field::Grade { question } => {
                    let code = row.codes[*question];
                    if let Some(name) = code_name(self.scale_of(domain.questionnaire as usize, *question), code) {
                        answers.insert(item.clone(), Answer::Text(name.to_owned()));
                    } else if let Some(reason) = missing_reason(code) {
                        missing.insert(item.clone(), reason);
                    }
                }
                Field::Matrix { first, units, indicators, .. } => {
                    let mut grid: Named<Named<String>> = Named::new();
                    for (unit, at) in units {
                        for (indicator, column) in indicators {
                            let question = first + at * indicators.len() + column;
                            let code = row.codes[question];
                            let scale = self.scale_of(domain.questionnaire as usize, question);
                            if let Some(name) = code_name(scale, code) {
                                grid.get_or_insert_with(unit, Named::new).insert(indicator.clone(), name.to_owned());
                            } else if let Some(reason) = missing_reason(code) {
                                missing.insert(item.clone(), reason);
                            }
                        }
                    }
                    if !grid.is_empty() {
                        answers.insert(item.clone(), Answer::Grid(grid));
                    }
                }
                _ => {}
            }
        }
        Record {
            v: 1,
            id: id.to_owned(),
            plan: self.reference().clone(),
            round: plan.rounds[domain.round as usize].id.clone(),
            questionnaire: plan.questionnaires[domain.questionnaire as usize].id.clone(),
            mode: domain.mode,
            rater_group: domain.rater_group.map(|at| plan.rater_groups[at as usize].id.clone()),
            stratum: domain.stratum.map(|at| plan.strata[at as usize].id.clone()),
            disposition: row.disposition,
            repeats,
            answers,
            missing,
            notes,
            attachments: Named::new(),
        }
    }

    fn scale_of(&self, questionnaire: usize, question: usize) -> &Scale {
        &self.plan().scales[self.instruments()[questionnaire].questions[question].scale as usize]
    }
}

fn is_in(offered: &Option<Vec<usize>>, row: usize) -> bool {
    offered.as_ref().is_none_or(|rows| rows.contains(&row))
}

fn position<'a>(ids: impl Iterator<Item = &'a String>, id: &str) -> Option<u16> {
    ids.enumerate().find(|(_, known)| *known == id).map(|(at, _)| at as u16)
}

fn is_choice(list: &ChoiceList, other: bool, name: &str) -> bool {
    (other && name == OTHER) || list.choices.iter().any(|known| known.name == name)
}

fn grade_code(scale: &Scale, name: &str) -> Option<u8> {
    let names = scale.grades.iter().map(|grade| &grade.name).chain(scale.missing.iter().map(|answer| &answer.name));
    position(names, name).map(|at| FIRST_GRADE + at as u8)
}

fn code_name(scale: &Scale, code: u8) -> Option<&str> {
    let at = code.checked_sub(FIRST_GRADE)? as usize;
    match scale.grades.get(at) {
        Some(grade) => Some(&grade.name),
        None => scale.missing.get(at - scale.grades.len()).map(|answer| answer.name.as_str()),
    }
}

fn missing_reason(code: u8) -> Option<MissingReason> {
    match code {
        REFUSED => Some(MissingReason::Refused),
        DONT_KNOW => Some(MissingReason::DontKnow),
        _ => None,
    }
}
