use clap::ValueEnum;

/// How data is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns for people
    #[default]
    Table,
    /// For spreadsheets: RFC 4180, UTF-8 with a byte order mark
    Csv,
    /// For programs: an array of objects
    Json,
}
