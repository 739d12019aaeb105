/// Whether a plan can be run in spite of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The plan is not run.
    Error,
    /// The plan runs; someone should look.
    Warning,
}
