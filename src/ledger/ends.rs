use crate::expression::{Expression, Values};
use crate::plan::{Item, Plan, Questionnaire, WhenFull};
use crate::session::{ends, order};
use std::collections::BTreeMap;

/// Where a questionnaire ends early, for telling what a record's interview asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ends {
    /// Conditions, each with the sections that it depends on.
    rules: Vec<(Expression, Vec<usize>)>,
    /// Likewise those of cells of quotas that screen out. Which of them were full no record says.
    quotas: Vec<(Expression, Vec<usize>)>,
    sections: usize,
    section_of: BTreeMap<String, usize>,
}

impl Ends {
    pub fn of(plan: &Plan, questionnaire: &Questionnaire) -> Result<Ends, crate::expression::ExpressionError> {
        let mut made = Ends::default();
        let cells = plan.cells().into_iter().filter(|cell| cell.when_full == WhenFull::ScreenOut);
        let cells = cells.filter_map(|cell| cell.when.and_then(|when| ends::end(when, None, questionnaire)));
        let cells: Vec<_> = cells.collect();
        if questionnaire.ends.is_empty() && cells.is_empty() {
            return Ok(made);
        }
        for (ends, rules) in [(&questionnaire.ends, &mut made.rules), (&cells, &mut made.quotas)] {
            let needs = ends::needs(&questionnaire.items, ends.iter().map(|end| &*end.when));
            for (end, needs) in ends.iter().zip(needs) {
                rules.push((Expression::parse(&end.when)?, needs));
            }
        }
        let (sections, places) = order::sections(&questionnaire.items);
        made.sections = sections;
        questionnaire.items.iter().zip(places).for_each(|(item, section)| made.enter(item, section));
        Ok(made)
    }

    fn enter(&mut self, item: &Item, section: usize) {
        self.section_of.insert(item.name.clone(), section);
        item.items.iter().for_each(|item| self.enter(item, section));
    }

    /// The place of the last section that the interview of this id asked about; `None`: it did not end early. One that was
    /// `screened` out, and by no end of the questionnaire, was so by a quota.
    pub fn reached(&self, questionnaire: &Questionnaire, said: &dyn Values, id: &str, screened: bool) -> Option<usize> {
        let quotas = self.quotas.iter().filter(|_| screened);
        let held = self.rules.iter().chain(quotas).filter(|(when, _)| when.holds(said));
        held.map(|(_, needs)| ends::cut(questionnaire, needs, self.sections, id)).min()
    }

    /// Whether an item stands after that section.
    pub fn cuts(&self, questionnaire: &Questionnaire, item: &str, reached: usize, id: &str) -> bool {
        let section = self.section_of.get(item).copied().unwrap_or(0);
        order::place_of(questionnaire, section, self.sections, id) > reached
    }
}
