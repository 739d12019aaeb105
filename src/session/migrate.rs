use super::draft::{Draft, DraftError, Opening};
use super::fit::{fit, is_cell};
use super::instrument::Part;
use super::validity::{asks, takes_answer};
use super::{Answer, BeginError, PlanRef, Session};
use crate::expression::{Expression, Host};
use crate::named::Named;
use crate::plan::{Item, ItemType, Plan};
use std::rc::Rc;

/// An open interview as it is on another version of its plan, and what that means for each answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    pub draft: Draft,
    /// Keys of answers that carry over as they are, those without a value for a reason included.
    pub kept: Vec<String>,
    /// Of those, the ones whose question reads otherwise now: somebody has to look whether the answer still holds.
    pub reworded: Vec<String>,
    /// What does not carry over. It is nowhere in the new draft.
    pub fallen: Vec<Fallen>,
    /// Keys of questions that are asked now and were not in the old version.
    pub added: Vec<String>,
}

/// An answer that does not carry over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallen {
    /// The old key.
    pub key: String,
    /// Of a matrix: unit and indicator.
    pub cell: Option<(String, String)>,
    /// None: it had no value, for a reason.
    pub value: Option<Answer>,
    pub why: Fell,
}

/// Why an answer does not carry over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fell {
    /// The new version does not have the question, or not this cell of it.
    Gone,
    /// It has one of this name that asks something else: of another type, or about another unit or indicator.
    AsksElse,
    /// The question is there, and this answer is no longer one of its own.
    Unfit,
}

/// Takes an open interview over to another version of its plan. The old one stays as it is. Nothing is guessed: an answer carries
/// over when the new version has an item with its key, of the same type, about the same thing, that takes this very value.
///
/// # Errors
/// The new version has no such round, questionnaire, mode, group or stratum, or cannot run: the interview finishes on its own. So does
/// one that was opened by a link, whose token names the version.
pub fn migrate(old: &Session, plan: Rc<Plan>, to: PlanRef, host: &'static dyn Host) -> Result<Migrated, DraftError> {
    let before = old.draft();
    if before.opening.link.is_some() {
        return Err(DraftError::UnknownReference("link".to_owned()));
    }
    let language = match plan.languages.contains(&before.language) {
        true => before.language.clone(),
        false => plan.languages.first().cloned().unwrap_or_default(),
    };
    let mut draft = Draft {
        // What was full when it began were cells of the old version; what is full now does not cut off what goes on.
        opening: Opening { plan: to, full: Vec::new(), ..before.opening.clone() },
        language,
        section: 0,
        review: false,
        repeats: Named::new(),
        answers: Named::new(),
        missing: Named::new(),
        notes: Named::new(),
        ..before.clone()
    };
    let blank = Session::lay_out(plan.clone(), draft.clone(), host, true).map_err(|error| match error {
        BeginError::BadId => DraftError::Malformed,
        BeginError::UnknownReference { value, .. } => DraftError::UnknownReference(value),
        other => DraftError::Plan(other),
    })?;
    let find = |key: &str| blank.instrument.of_key(key).filter(|&item| blank.instrument.parts[item] != Part::Instance);
    let (mut kept, mut reworded, mut fallen) = (Vec::new(), Vec::new(), Vec::new());
    for (key, count) in &before.repeats {
        if find(key).is_some_and(|item| blank.instrument.parts[item] == Part::Repeat) {
            draft.repeats.insert(key.clone(), *count);
        }
    }
    for (key, answer) in &before.answers {
        let Some(was) = old.instrument.of_key(key).map(|item| &old.instrument.items[item]) else { continue };
        // What nobody answered is worked out anew, or given anew. Where that is not possible any more, it goes along.
        if !asks(was.kind) {
            let now = find(key).map(|item| (item, &blank.instrument.items[item]));
            let Some((at, now)) = now.filter(|(_, now)| is_about_the_same(was, now)) else { continue };
            let fits =
                || matches!(fit(&plan, &blank.instrument, at, answer.clone()), Ok(Some(kept)) if kept == *answer);
            if is_made_alike(was, now) && fits() {
                draft.answers.insert(key.clone(), answer.clone());
            } else if is_of_its_moment(now) {
                let (key, value) = (key.clone(), Some(answer.clone()));
                fallen.push(Fallen { key, cell: None, value, why: Fell::AsksElse });
            }
            continue;
        }
        let mut fell = |cell, value, why| fallen.push(Fallen { key: key.clone(), cell, value: Some(value), why });
        let Some(at) = find(key) else {
            fell(None, answer.clone(), Fell::Gone);
            continue;
        };
        let now = &blank.instrument.items[at];
        if !is_about_the_same(was, now) {
            fell(None, answer.clone(), Fell::AsksElse);
            continue;
        }
        let mut wanted = answer.clone();
        if let Answer::Grid(grid) = answer {
            let mut left: Named<Named<String>> = Named::new();
            for (unit, row) in grid {
                for (indicator, grade) in row {
                    if is_cell(&plan, &blank.instrument, at, unit, indicator, grade) {
                        left.get_or_insert_with(unit, Named::new).insert(indicator.clone(), grade.clone());
                        continue;
                    }
                    let asked = blank
                        .instrument
                        .matrix(at)
                        .is_some_and(|matrix| matrix.units.contains(unit) && matrix.indicators.contains(indicator));
                    let why = if asked { Fell::Unfit } else { Fell::Gone };
                    fell(Some((unit.clone(), indicator.clone())), Answer::Text(grade.clone()), why);
                }
            }
            if left.is_empty() {
                continue;
            }
            wanted = Answer::Grid(left);
        }
        match fit(&plan, &blank.instrument, at, wanted.clone()) {
            Ok(Some(value)) if is_the_same(&value, &wanted) => {
                if reads_otherwise(&old.plan, was, &plan, now) {
                    reworded.push(key.clone());
                }
                kept.push(key.clone());
                draft.answers.insert(key.clone(), value);
            }
            _ => fell(None, answer.clone(), Fell::Unfit),
        }
    }
    for (key, reason) in &before.missing {
        let was = old.instrument.of_key(key).map(|item| &old.instrument.items[item]);
        let now = find(key).map(|at| &blank.instrument.items[at]).filter(|now| takes_answer(now.kind));
        let why = match (was, now) {
            (_, None) => Fell::Gone,
            (Some(was), Some(now)) if !is_about_the_same(was, now) => Fell::AsksElse,
            (was, Some(now)) => {
                if was.is_some_and(|was| reads_otherwise(&old.plan, was, &plan, now)) {
                    reworded.push(key.clone());
                }
                kept.push(key.clone());
                draft.missing.insert(key.clone(), *reason);
                continue;
            }
        };
        fallen.push(Fallen { key: key.clone(), cell: None, value: None, why });
    }
    for (key, note) in &before.notes {
        let now = find(key).map(|at| blank.instrument.items[at].kind);
        if now.is_some_and(asks) {
            draft.notes.insert(key.clone(), note.clone());
            continue;
        }
        let why = if now.is_some() { Fell::AsksElse } else { Fell::Gone };
        fallen.push(Fallen { key: key.clone(), cell: None, value: Some(Answer::Text(note.clone())), why });
    }
    let mut session = Session::resume(plan, draft, host)?;
    // What nobody answers, and what was not asked before, begins as in a new interview. That its clock was told counts for these too.
    let begins = |item: &Item| {
        item.kind == ItemType::Hidden || !old.instrument.items.iter().any(|known| known.name == item.name)
    };
    session.give_defaults(false, begins);
    session.give_defaults(true, begins);
    session.set_off(|item| (!asks(item.kind) || begins(item)) && !is_of_its_moment(item));
    let first = (0..session.sections().len()).find(|&section| session.section_applies(section));
    session.draft.section = first.unwrap_or(0);
    let asked = (0..session.len()).filter(|&item| session.is_relevant(item) && asks(session.item(item).kind));
    let added = asked.map(|item| session.key(item)).filter(|key| old.instrument.of_key(key).is_none()).collect();
    Ok(Migrated { draft: session.draft, kept, reworded, fallen, added })
}

/// Whether both ask for the same kind of thing about the same unit and indicator.
pub(super) fn is_about_the_same(was: &Item, now: &Item) -> bool {
    was.kind == now.kind && was.unit == now.unit && was.indicator == now.indicator
}

/// Whether both get their value in the same way, where nobody answers.
fn is_made_alike(was: &Item, now: &Item) -> bool {
    let expressions = was.calculation == now.calculation && was.default == now.default;
    expressions && was.trigger == now.trigger && was.from.is_none() && now.from.is_none()
}

/// Whether its value is of the moment in which something was answered: it cannot be worked out later.
fn is_of_its_moment(item: &Item) -> bool {
    let asks_clock = |text: &String| Expression::parse(text).is_ok_and(|rule| rule.uses_clock());
    !item.trigger.is_empty() && item.calculation.as_ref().is_some_and(asks_clock)
}

/// The order of choices that were made is the list's.
fn is_the_same(value: &Answer, wanted: &Answer) -> bool {
    match (value, wanted) {
        (Answer::Choices(a), Answer::Choices(b)) => a.len() == b.len() && a.iter().all(|one| b.contains(one)),
        _ => value == wanted,
    }
}

/// Whether what people read at the question is another text: its own, or that of its scale or its choices.
pub(super) fn reads_otherwise(old: &Plan, was: &Item, new: &Plan, now: &Item) -> bool {
    let scale = |plan: &Plan, item: &Item| {
        let scale = item.scale.as_deref().and_then(|id| plan.scale(id));
        scale.map(|scale| (scale.grades.clone(), scale.missing.clone()))
    };
    let list = |plan: &Plan, item: &Item| {
        let list = item.choices.as_deref().and_then(|id| plan.choice_list(id));
        list.map(|list| {
            list.choices.iter().map(|choice| (choice.name.clone(), choice.label.clone())).collect::<Vec<_>>()
        })
    };
    was.label != now.label
        || was.hint != now.hint
        || scale(old, was) != scale(new, now)
        || (was.kind != ItemType::Text && list(old, was) != list(new, now))
}

#[cfg(test)]
mod tests;
