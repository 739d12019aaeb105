use super::{Answer, Session};
use crate::plan::ItemType;
use std::fmt;

/// One thing to put right before the questionnaire can be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Index in [`super::Session::item`].
    pub item: usize,
    pub section: usize,
    /// The matrix row, where it is one row's fault.
    pub unit: Option<String>,
    pub kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Required and not answered.
    Required,
    /// A matrix row was begun and not finished.
    RowIncomplete,
    /// Only some of the choices are in order.
    RankIncomplete,
    /// The item's constraint refuses the value: show the item's `constraint_message`.
    Constraint,
}

/// Why an interview cannot begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeginError {
    /// The id is not 22 characters of base64url.
    BadId,
    /// The plan does not have what the opening or an item names: the member and its value.
    UnknownReference { member: &'static str, value: String },
    /// Two items of the questionnaire have this name.
    DuplicateName(String),
    /// An expression of the item does not parse.
    BadExpression { item: String, error: crate::expression::ExpressionError },
    /// An expression of the item names an item that the questionnaire does not have.
    UnknownItem { item: String, reference: String },
    /// Each of these items applies only depending on the one before it, and the first on the last.
    Cycle(Vec<String>),
}

impl fmt::Display for BeginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let say = |f: &mut fmt::Formatter<'_>, parts: &[&str]| parts.iter().try_for_each(|part| f.write_str(part));
        match self {
            BeginError::BadId => f.write_str("the session id is not 22 characters of base64url; make a new one"),
            BeginError::UnknownReference { member, value } => {
                say(f, &["the plan does not have the ", member, " `", value, "`; use an id that the plan defines"])
            }
            BeginError::DuplicateName(name) => {
                say(f, &["item `", name, "`: two items have this name; give one of them another"])
            }
            BeginError::BadExpression { item, error } => {
                say(f, &["item `", item, "`: "])?;
                fmt::Display::fmt(error, f)
            }
            BeginError::UnknownItem { item, reference } => {
                say(f, &["item `", item, "`: an expression refers to unknown item `", reference, "`"])
            }
            BeginError::Cycle(names) => {
                say(f, &["whether these items apply depends on one another in a circle: ", &names.join(", ")])
            }
        }
    }
}

impl std::error::Error for BeginError {}

impl Session {
    /// What stands in the way of finishing: in one section, or (`None`) in the whole questionnaire, in the order of the
    /// items. An item that was not answered for a stated reason is no fault.
    pub fn faults(&self, section: Option<usize>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let items = match section {
            None => 0..self.len(),
            Some(section) => self.sections().get(section).map_or(0..0, |section| section.items.clone()),
        };
        items.for_each(|index| self.find_faults(index, &mut faults));
        faults
    }

    /// What stands in the way in one item.
    pub fn faults_of(&self, item: usize) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.find_faults(item, &mut faults);
        faults
    }

    /// Whether the item's constraint refuses the value that it has.
    pub fn is_refused(&self, item: usize) -> bool {
        self.is_relevant(item) && !self.accepts(item)
    }

    fn find_faults(&self, index: usize, faults: &mut Vec<Fault>) {
        if !self.is_relevant(index) {
            return;
        }
        let item = self.item(index);
        let mut fault = |unit: Option<String>, kind| {
            faults.push(Fault { item: index, section: self.section_of(index), unit, kind });
        };
        if item.required && !item.read_only && self.missing(index).is_none() {
            let mut begun = self.is_answered(index);
            if item.kind == ItemType::GradeMatrix {
                let (units, indicators) = self.matrix(index);
                for (row, unit) in units.iter().enumerate() {
                    let filled = self.row_filled(index, row);
                    if filled > 0 && filled < indicators.len() {
                        fault(Some(unit.clone()), FaultKind::RowIncomplete);
                    }
                    begun |= filled > 0;
                }
            }
            let ranked = match self.answer(index) {
                Some(Answer::Choices(ranked)) if item.kind == ItemType::Rank => Some(ranked.len()),
                _ => None,
            };
            if ranked.is_some_and(|ranked| ranked < self.choices(index).len()) {
                fault(None, FaultKind::RankIncomplete);
            }
            if !begun && asks(item.kind) {
                fault(None, FaultKind::Required);
            }
        }
        if !self.accepts(index) {
            fault(None, FaultKind::Constraint);
        }
    }
}

/// Whether the item has a value.
pub(super) fn takes_answer(kind: ItemType) -> bool {
    !kind.is_group() && kind != ItemType::Note
}

/// Whether the value is the name of an attachment.
pub(super) fn takes_attachment(kind: ItemType) -> bool {
    matches!(kind, ItemType::Image | ItemType::Audio)
}

/// Whether the item asks a person for something.
pub(super) fn asks(kind: ItemType) -> bool {
    takes_answer(kind) && kind.is_shown()
}
