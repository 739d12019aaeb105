use super::workbook::{Filled, Grid};
use std::collections::BTreeMap;

/// A sheet with its header understood.
pub(super) struct Sheet<'a> {
    /// As it is written.
    pub name: &'a str,
    pub columns: Vec<Column>,
    rows: &'a [(u32, Vec<Filled>)],
    /// Runs of spaces count as one, as pyxform has it for the sheet of questions.
    collapse: bool,
}

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The meaning, such as `label`; for what is not known, the header as it is written.
    pub key: String,
    /// The language as it is written after `::`.
    pub language: Option<String>,
    /// As it is written.
    pub header: String,
    at: u32,
    /// Whether any row has something in it.
    pub filled: bool,
    /// Whether a column before has the same meaning.
    pub repeated: bool,
}

/// One row below the header.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub sheet: &'a Sheet<'a>,
    /// As spreadsheets number it.
    pub number: u32,
    cells: &'a [Filled],
}

/// Members that have a text in every language.
const TRANSLATED: [&str; 11] = [
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "image",
    "big_image",
    "audio",
    "video",
    "text",
    "description",
];

/// Old and other names of columns.
const ALIASES: [(&str, &str); 34] = [
    ("caption", "label"),
    ("command", "type"),
    ("tag", "name"),
    ("value", "name"),
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("readonly", "read_only"),
    ("count", "repeat_count"),
    ("jr:count", "repeat_count"),
    ("constraining_message", "constraint_message"),
    ("requiredmsg", "required_message"),
    ("noapperrorstring", "no_app_error_string"),
    ("big-image", "big_image"),
    ("media::image", "image"),
    ("media::big-image", "big_image"),
    ("media::audio", "audio"),
    ("media::video", "video"),
    ("bind::relevant", "relevant"),
    ("bind::required", "required"),
    ("bind::constraint", "constraint"),
    ("bind::calculate", "calculation"),
    ("bind::readonly", "read_only"),
    ("bind::jr:constraintmsg", "constraint_message"),
    ("bind::jr:requiredmsg", "required_message"),
    ("control::appearance", "appearance"),
    ("control::jr:count", "repeat_count"),
    ("control::rows", "rows"),
    ("body::appearance", "appearance"),
    ("body::rows", "rows"),
    ("form_title", "title"),
    ("set_form_title", "title"),
    ("form_id", "id_string"),
    ("set_form_id", "id_string"),
    ("list", "list_name"),
];

impl<'a> Sheet<'a> {
    /// `settings` names its columns as ODK's programs do inside: `value` is no alias there.
    pub fn of(grid: &'a Grid, aliases: bool) -> Sheet<'a> {
        let (header, rows) = match grid.rows.split_first() {
            Some(((_, cells), rows)) => (cells.as_slice(), rows),
            None => (&[] as &[Filled], &[] as &[_]),
        };
        let double = header.iter().any(|cell| cell.text.contains("::"));
        let mut columns: Vec<Column> = Vec::new();
        for cell in header {
            let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() {
                continue;
            }
            let (key, language) = meaning(&text, double, aliases);
            let repeated = columns.iter().any(|known| known.key == key && known.language == language);
            let filled = rows.iter().any(|(_, cells)| cells.iter().any(|c| c.column == cell.column));
            columns.push(Column { key, language, header: text, at: cell.column, filled, repeated });
        }
        Sheet { name: &grid.name, columns, rows, collapse: false }
    }

    pub fn collapsing(mut self, collapse: bool) -> Sheet<'a> {
        self.collapse = collapse;
        self
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(number, cells)| Row { sheet: self, number: *number, cells })
    }

    /// The header of a meaning as it is written, or the meaning.
    pub fn header<'b>(&'b self, key: &'b str) -> &'b str {
        self.columns.iter().find(|column| column.key == key).map_or(key, |column| &column.header)
    }
}

impl<'a> Row<'a> {
    /// What stands under a column, cleaned; none where that is nothing.
    pub fn cell(&self, column: &Column) -> Option<String> {
        let filled = self.filled(column)?;
        let text = if filled.error { return None } else { clean(&filled.text, self.sheet.collapse) };
        (!text.is_empty()).then_some(text)
    }

    /// The error that the spreadsheet shows under a column.
    pub fn error(&self, column: &Column) -> Option<&'a str> {
        self.filled(column).filter(|filled| filled.error).map(|filled| filled.text.as_str())
    }

    fn filled(&self, column: &Column) -> Option<&'a Filled> {
        self.cells.iter().find(|cell| cell.column == column.at)
    }

    /// What stands under the column of a meaning.
    pub fn get(&self, key: &str) -> Option<String> {
        self.of(key).next().map(|(_, text)| text)
    }

    /// What stands there with its quotes straight, as expressions and names want them.
    pub fn code(&self, key: &str) -> Option<String> {
        self.get(key).map(|text| straight(&text))
    }

    /// What stands under each column of a meaning, in whatever language.
    pub fn of<'b>(&'b self, key: &'b str) -> impl Iterator<Item = (&'b Column, String)> {
        self.sheet
            .columns
            .iter()
            .filter(move |column| column.key == key && !column.repeated)
            .filter_map(|column| Some((column, self.cell(column)?)))
    }

    /// Pieces of a text that several columns of one meaning hold in turn.
    pub fn joined(&self, key: &str) -> Option<String> {
        let columns = self.sheet.columns.iter().filter(|column| column.key == key);
        let text: String =
            columns.filter_map(|column| self.filled(column)).map(|filled| filled.text.as_str()).collect();
        (!text.trim().is_empty()).then_some(text)
    }

    pub fn is_empty(&self) -> bool {
        self.sheet.columns.iter().all(|column| self.cell(column).is_none())
    }

    /// A text in languages: the tag of each column comes from `tags`, in which no language stands for the default one.
    pub fn text(&self, key: &str, tags: &BTreeMap<Option<String>, String>) -> BTreeMap<String, String> {
        let mut text = BTreeMap::new();
        // What names its language comes before what does not.
        for tagged in [true, false] {
            for (column, words) in self.of(key).filter(|(column, _)| column.language.is_some() == tagged) {
                if let Some(tag) = tags.get(&column.language) {
                    text.entry(tag.clone()).or_insert(words);
                }
            }
        }
        text
    }
}

/// A cell as pyxform cleans it: no space around it, and non-breaking spaces (word processors leave them) as plain ones.
pub(super) fn clean(text: &str, collapse: bool) -> String {
    let text = text.replace('\u{a0}', " ");
    let text = text.trim();
    if !collapse || !text.contains("  ") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter({
        let mut space = false;
        move |c| {
            let again = space && *c == ' ';
            space = *c == ' ';
            !again
        }
    }) {
        out.push(c);
    }
    out
}

/// Straight quotes for typographic ones.
pub(super) fn straight(text: &str) -> String {
    text.replace(['\u{2018}', '\u{2019}'], "'").replace(['\u{201c}', '\u{201d}'], "\"")
}

/// The meaning of a header and its language.
pub(super) fn meaning(header: &str, double: bool, aliases: bool) -> (String, Option<String>) {
    let mut tokens: Vec<&str> = match double || header.contains("::") {
        true => header.split("::").map(str::trim).collect(),
        // `jr:count` is one word.
        false if header.starts_with("jr:") => vec![header],
        false => header.split(':').map(str::trim).collect(),
    };
    let snake = |token: &str| token.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase();
    let mut key = snake(tokens[0]);
    if matches!(key.as_str(), "media" | "bind" | "control" | "body" | "instance") && tokens.len() > 1 {
        let rest = if tokens[1] == "jr" && tokens.len() > 2 {
            let joined = ["jr:", tokens[2]].concat();
            tokens.drain(..3);
            joined
        } else {
            let second = tokens[1].to_owned();
            tokens.drain(..2);
            second
        };
        key = [&key, "::", &rest.to_lowercase()].concat();
    } else {
        tokens.drain(..1);
    }
    if aliases && let Some((_, known)) = ALIASES.iter().find(|(alias, _)| *alias == key) {
        key = (*known).to_owned();
    }
    // Pieces of one text: `minping`, `minping::2` …
    if tokens.is_empty() || key == "minping" {
        return (key, None);
    }
    if TRANSLATED.contains(&key.as_str()) || key == "title" {
        return (key, Some(tokens.join("::")));
    }
    (header.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_have_their_meaning() {
        for (header, key, language) in [
            ("label", "label", None),
            ("Label::English (en)", "label", Some("English (en)")),
            ("label:English", "label", Some("English")),
            ("media::image::fr", "image", Some("fr")),
            ("image", "image", None),
            ("List Name", "list_name", None),
            ("jr:count", "repeat_count", None),
            ("bind:jr:constraintMsg", "constraint_message", None),
            ("bind::jr:requiredMsg::fr", "required_message", Some("fr")),
            ("bind::odk:length", "bind::odk:length", None),
            ("relevance", "relevant", None),
            ("Province::x", "Province::x", None),
        ] {
            let double = header.contains("::");
            assert_eq!(meaning(header, double, true), (key.to_owned(), language.map(str::to_owned)), "{header}");
        }
    }

    #[test]
    fn cells_are_cleaned_as_pyxform_does() {
        assert_eq!(clean("\u{a0} a  b ", true), "a b");
        assert_eq!(clean(" a  b ", false), "a  b");
        assert_eq!(straight("selected(${q}, ‘a’)"), "selected(${q}, 'a')");
    }
}
