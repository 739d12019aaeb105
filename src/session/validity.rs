/// One thing to put right before the questionnaire can be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Index in [`super::Session::items`].
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
    /// The item's constraint refuses the value: show the item's `constraint_message`.
    Constraint,
}
