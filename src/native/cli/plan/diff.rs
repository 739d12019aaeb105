use crate::design::{Change, Value, differences};
use crate::json::JsonError;
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Table, Told, Words, read_text};
use clap::Args;
use std::fmt;
use std::path::{Path, PathBuf};

/// What differs between two versions of a plan, in words: what was added, removed, changed or moved, part by part.
///
/// Units, questions and the like are followed by their ids. How a file is laid out makes no difference. Neither plan has to be
/// one that can be run. Ends with 0 whether or not they differ.
#[derive(Args)]
pub struct Diff {
    /// The earlier plan (JSON)
    old: PathBuf,
    /// The later plan (JSON)
    new: PathBuf,
    /// How differences are shown: `table` for reading, a sentence each
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: [Column; 5] = [
    Column::new("kind", "变化", "kind"),
    Column::new("place", "位置", "place"),
    Column::new("before", "原来", "before"),
    Column::new("after", "现在", "after"),
    Column::new("path", "路径", "path"),
];

const ALIKE: Words = Words { zh: "没有差别", en: "no difference" };

/// A file that is no JSON.
#[derive(Debug)]
struct NoJson(PathBuf, JsonError);

impl fmt::Display for NoJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; put the text right, `minping plan check` says where", self.0.display(), self.1)
    }
}

impl std::error::Error for NoJson {}

impl Told for NoJson {
    fn zh(&self) -> String {
        format!("{}：不是 JSON（{}）；请改正，`minping plan check` 会指出位置", self.0.display(), self.1)
    }
}

fn read(path: &Path) -> Result<Value, Failure> {
    let text = read_text(path)?;
    Value::parse(&text).map_err(|error| Failure::told(Exit::Refused, NoJson(path.to_owned(), error)))
}

impl Diff {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (old, new) = (read(&self.old)?, read(&self.new)?);
        let changes = differences(&old, &new);
        if self.format == Format::Table {
            if changes.is_empty() {
                context.say(ALIKE.of(context.lang))?;
            }
            for change in &changes {
                // A line break in a text must not look like another difference.
                context.say(&change.told(context.lang).replace(char::is_control, " "))?;
            }
            return Ok(Exit::Done);
        }
        let mut table = Table::new(&COLUMNS);
        changes.iter().for_each(|change| table.push(row(change, context)));
        context.show(&table, self.format)?;
        Ok(Exit::Done)
    }
}

fn row(change: &Change, context: &Context) -> Vec<Cell> {
    let cell = |value: Option<String>| value.map_or(Cell::None, Cell::Text);
    vec![
        Cell::text(change.kind.name()),
        Cell::text(change.place(context.lang)),
        cell(change.before(context.lang)),
        cell(change.after(context.lang)),
        Cell::text(&change.path),
    ]
}
