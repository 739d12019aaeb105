use crate::expression::{Expression, Values};
use crate::plan::{Item, Questionnaire};
use crate::session::{ends, order};
use std::collections::BTreeMap;

/// Where a questionnaire ends early, for telling what a record's interview asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ends {
    /// Conditions, each with the sections that it depends on.
    rules: Vec<(Expression, Vec<usize>)>,
    sections: usize,
    section_of: BTreeMap<String, usize>,
}

impl Ends {
    pub fn of(questionnaire: &Questionnaire) -> Result<Ends, crate::expression::ExpressionError> {
        let mut made = Ends::default();
        if questionnaire.ends.is_empty() {
            return Ok(made);
        }
        for (end, needs) in questionnaire.ends.iter().zip(ends::needs(questionnaire)) {
            made.rules.push((Expression::parse(&end.when)?, needs));
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

    /// The place of the last section that the interview of this id asked about; `None`: it did not end early.
    pub fn reached(&self, questionnaire: &Questionnaire, said: &dyn Values, id: &str) -> Option<usize> {
        let held = self.rules.iter().filter(|(when, _)| when.holds(said));
        held.map(|(_, needs)| ends::cut(questionnaire, needs, self.sections, id)).min()
    }

    /// Whether an item stands after that section.
    pub fn cuts(&self, questionnaire: &Questionnaire, item: &str, reached: usize, id: &str) -> bool {
        let section = self.section_of.get(item).copied().unwrap_or(0);
        order::place_of(questionnaire, section, self.sections, id) > reached
    }
}
