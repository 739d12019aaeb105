use super::migrate::{is_about_the_same, reads_otherwise};
use super::validity::asks;
use crate::plan::{Item, Plan};

/// A question in two versions of a plan, and what may be said of both together.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapped<'a> {
    pub questionnaire: &'a str,
    pub name: &'a str,
    /// As the old version has it, and as the new one does.
    pub old: Option<&'a Item>,
    pub new: Option<&'a Item>,
    pub how: How,
}

/// How a question of one version answers to that of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The same type, about the same unit and indicator, and people read the same: results may be set beside each other.
    Same,
    /// The same question in other words, or with another scale or list: with care.
    Reworded,
    /// Of this name, and it asks something else: not together.
    AsksElse,
    /// Only in the old version.
    Gone,
    /// Only in the new one.
    Added,
}

impl How {
    /// A short name that programs can match on.
    pub fn name(self) -> &'static str {
        match self {
            How::Same => "same",
            How::Reworded => "reworded",
            How::AsksElse => "asks_else",
            How::Gone => "gone",
            How::Added => "added",
        }
    }
}

/// Every question of both versions, in the order of the new one; those that are gone come last. By the rule by which an open
/// interview is taken over.
pub fn map_items<'a>(old: &'a Plan, new: &'a Plan) -> Vec<Mapped<'a>> {
    let (before, after) = (questions(old), questions(new));
    let mut out: Vec<Mapped> = Vec::new();
    for &(questionnaire, item) in &after {
        let was = before.iter().find(|(of, was)| *of == questionnaire && was.name == item.name).map(|(_, was)| *was);
        let how = match was {
            None => How::Added,
            Some(was) if !is_about_the_same(was, item) => How::AsksElse,
            Some(was) if reads_otherwise(old, was, new, item) => How::Reworded,
            Some(_) => How::Same,
        };
        out.push(Mapped { questionnaire, name: &item.name, old: was, new: Some(item), how });
    }
    for &(questionnaire, item) in &before {
        if !after.iter().any(|(of, now)| *of == questionnaire && now.name == item.name) {
            out.push(Mapped { questionnaire, name: &item.name, old: Some(item), new: None, how: How::Gone });
        }
    }
    out
}

fn questions(plan: &Plan) -> Vec<(&str, &Item)> {
    fn walk<'a>(questionnaire: &'a str, items: &'a [Item], out: &mut Vec<(&'a str, &'a Item)>) {
        for item in items {
            if asks(item.kind) {
                out.push((questionnaire, item));
            }
            walk(questionnaire, &item.items, out);
        }
    }
    let mut out = Vec::new();
    for questionnaire in &plan.questionnaires {
        walk(&questionnaire.id, &questionnaire.items, &mut out);
    }
    out
}
