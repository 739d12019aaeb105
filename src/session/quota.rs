//! Which cells of the plan's quotas an interview is in. A cell whose condition names what the questionnaire does not ask has
//! nobody in it. Cells are named by their places in [`Plan::cells`].

use super::{Record, Session, ends, order};
use crate::expression::{Expression, Values};
use crate::plan::{Cell, Item, Plan, WhenFull};

/// Whether these items are all that a condition names.
pub(crate) fn asks(items: &[Item], condition: &str) -> bool {
    fn has(items: &[Item], name: &str) -> bool {
        items.iter().any(|item| {
            let words = || item.other.is_some() && name.strip_suffix("_other") == Some(&item.name);
            item.name == name || words() || has(&item.items, name)
        })
    }
    Expression::parse(condition).is_ok_and(|condition| condition.references().into_iter().all(|name| has(items, name)))
}

/// The cells that a record is in. `said`: what a condition sees of its answers.
pub(crate) fn of_record(plan: &Plan, cells: &[Cell], record: &Record, said: &dyn Values) -> Vec<usize> {
    let (group, stratum) = (record.rater_group.as_deref(), record.stratum.as_deref());
    let items = plan.questionnaire(&record.questionnaire).map_or(&[][..], |questionnaire| &questionnaire.items);
    let holds = |when: &str| asks(items, when) && Expression::parse(when).is_ok_and(|when| when.holds(said));
    let is_in = |cell: &Cell| cell.admits(record.mode, group, stratum) && cell.when.is_none_or(holds);
    places(cells, is_in)
}

/// The cells that an interview of this opening can be in: those with a condition as well as those without.
pub(crate) fn places(cells: &[Cell], is_in: impl Fn(&Cell) -> bool) -> Vec<usize> {
    cells.iter().enumerate().filter(|(_, cell)| is_in(cell)).map(|(at, _)| at).collect()
}

impl Session {
    /// The cells that the interview is in, by what is answered now.
    pub fn cells(&self) -> Vec<usize> {
        let opening = self.opening();
        let (group, stratum) = (opening.rater_group.as_deref(), opening.stratum.as_deref());
        let Some(questionnaire) = self.plan().questionnaire(&opening.questionnaire) else { return Vec::new() };
        places(&self.plan().cells(), |cell| {
            cell.admits(opening.mode, group, stratum)
                && cell.when.is_none_or(|when| asks(&questionnaire.items, when) && self.says(when))
        })
    }

    /// Cells that were full when the interview began, that only warn, and that it turned out to be in: what their conditions
    /// depend on has been gone through.
    pub fn crowded(&self) -> Vec<usize> {
        let opening = self.opening();
        if opening.full.is_empty() {
            return Vec::new();
        }
        let (plan, mut found) = (self.plan(), self.cells());
        let (Some(questionnaire), cells) = (plan.questionnaire(&opening.questionnaire), plan.cells()) else {
            return Vec::new();
        };
        let (sections, _) = order::sections(&questionnaire.items);
        found.retain(|at| {
            let warns = opening.full.contains(at) && cells[*at].when_full == WhenFull::Warn;
            warns
                && cells[*at].when.is_some_and(|when| {
                    let needs = ends::needs(&questionnaire.items, std::iter::once(when));
                    let last = needs.first().map_or(0, |needs| ends::cut(questionnaire, needs, sections, self.id()));
                    self.in_review() || self.section() > last
                })
        });
        found
    }
}
