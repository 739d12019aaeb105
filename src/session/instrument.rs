use super::BeginError;
use crate::named::Named;
use crate::plan::{Item, ItemType, Plan, Questionnaire};
use std::ops::Range;

/// Items shown together: a top-level group, or a run of top-level items outside groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index in [`super::Session::item`] of the group that makes the section, if one does.
    pub group: Option<usize>,
    /// Indices in [`super::Session::item`] of what is in it, nested groups included, the section's own group not.
    pub items: Range<usize>,
}

/// Rows and columns of one matrix, defaults filled in.
pub(super) struct Matrix {
    pub units: Vec<String>,
    pub indicators: Vec<String>,
}

/// A questionnaire laid out for one interview: what does not change while it runs.
pub(super) struct Instrument {
    pub items: Vec<Item>,
    /// The group around each item.
    pub parents: Vec<Option<usize>>,
    pub sections: Vec<Section>,
    /// The section of each item; a section's own group belongs to it.
    pub section_of: Vec<usize>,
    /// Of each item that is a matrix.
    pub matrices: Vec<Option<Matrix>>,
    names: Named<usize>,
}

impl Instrument {
    pub fn lay_out(plan: &Plan, questionnaire: &Questionnaire) -> Result<Instrument, BeginError> {
        let mut out = Instrument {
            items: Vec::new(),
            parents: Vec::new(),
            sections: Vec::new(),
            section_of: Vec::new(),
            matrices: Vec::new(),
            names: Named::new(),
        };
        let mut loose = false;
        for item in &questionnaire.items {
            let start = out.items.len();
            let group = item.kind == ItemType::Group;
            if group || !loose {
                out.sections.push(Section { group: group.then_some(start), items: start..start });
            }
            loose = !group;
            out.flatten(plan, item, None)?;
            let end = out.items.len();
            let number = out.sections.len() - 1;
            let section = &mut out.sections[number];
            section.items = if group { start + 1 } else { section.items.start }..end;
            out.section_of.resize(end, number);
        }
        Ok(out)
    }

    pub fn matrix(&self, index: usize) -> Option<&Matrix> {
        self.matrices.get(index)?.as_ref()
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    fn flatten(&mut self, plan: &Plan, item: &Item, parent: Option<usize>) -> Result<(), BeginError> {
        let index = self.items.len();
        require("scale", &item.scale, takes_grades(item.kind), |id| plan.scale(id).is_some())?;
        require("choices", &item.choices, takes_choices(item.kind), |id| plan.choice_list(id).is_some())?;
        let matrix = (item.kind == ItemType::GradeMatrix).then(|| {
            let units = match item.units.is_empty() {
                true => plan.units.iter().map(|unit| unit.id.clone()).collect(),
                false => item.units.clone(),
            };
            let indicators = match item.indicators.is_empty() {
                true => plan.leaf_indicators().iter().map(|(indicator, _)| indicator.id.clone()).collect(),
                false => item.indicators.clone(),
            };
            Matrix { units, indicators }
        });
        self.matrices.push(matrix);
        if self.names.insert(item.name.clone(), index).is_some() {
            return Err(BeginError::DuplicateName(item.name.clone()));
        }
        // The children are entries of their own, so the copy of a group goes without them.
        let mut own = item.clone();
        own.items = Vec::new();
        self.items.push(own);
        self.parents.push(parent);
        for child in &item.items {
            self.flatten(plan, child, Some(index))?;
        }
        match item.other_item() {
            Some(words) => self.flatten(plan, &words, parent),
            None => Ok(()),
        }
    }
}

fn takes_grades(kind: ItemType) -> bool {
    matches!(kind, ItemType::Grade | ItemType::GradeMatrix)
}

fn takes_choices(kind: ItemType) -> bool {
    matches!(kind, ItemType::SelectOne | ItemType::SelectMultiple | ItemType::Rank)
}

fn require(
    member: &'static str,
    id: &Option<String>,
    needed: bool,
    known: impl Fn(&str) -> bool,
) -> Result<(), BeginError> {
    match id {
        Some(id) if needed && !known(id) => Err(BeginError::UnknownReference { member, value: id.clone() }),
        None if needed => Err(BeginError::UnknownReference { member, value: String::new() }),
        _ => Ok(()),
    }
}
