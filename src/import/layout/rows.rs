use super::*;

/// Rows by the names of columns.
#[derive(Default)]
pub(super) struct Rows {
    pub columns: Vec<String>,
    pub rows: Vec<BTreeMap<usize, String>>,
}

impl Rows {
    pub fn row(&mut self) -> usize {
        self.rows.push(BTreeMap::new());
        self.rows.len() - 1
    }

    pub fn set(&mut self, row: usize, column: &str, text: String) {
        if text.is_empty() {
            return;
        }
        let place = self.columns.iter().position(|known| known == column).unwrap_or_else(|| {
            self.columns.push(column.to_owned());
            self.columns.len() - 1
        });
        self.rows[row].insert(place, text);
    }

    /// Puts something else into the cells of a column.
    pub fn change(&mut self, column: &str, change: impl Fn(&str) -> String) {
        let Some(place) = self.columns.iter().position(|known| known == column) else { return };
        for cell in self.rows.iter_mut().filter_map(|row| row.get_mut(&place)) {
            let changed = change(cell);
            if fits(&changed) {
                *cell = changed;
            }
        }
    }

    /// As JSON, in as many columns as it needs.
    pub fn set_json(&mut self, row: usize, members: &Members) {
        if members.is_empty() {
            return;
        }
        // ODK's converter looks for the names after `${` in every column.
        let text = json(&Value::Object(members.clone())).replace("${", "\\u0024{");
        for (number, piece) in pieces(&text).into_iter().enumerate() {
            let column = if number == 0 { "minping".to_owned() } else { format!("minping::{}", number + 1) };
            self.set(row, &column, piece);
        }
    }

    /// The header is row 1.
    pub fn grid(&self, name: &str) -> Grid {
        let filled = |column: usize, text: &String| Filled { column: column as u32, text: text.clone(), error: false };
        let header = self.columns.iter().enumerate().map(|(column, text)| filled(column, text)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|(column, text)| filled(*column, text)).collect());
        let numbered = std::iter::once(header).chain(rows).zip(1..).map(|(cells, number)| (number, cells));
        Grid { name: name.to_owned(), rows: numbered.collect() }
    }
}

/// JSON for a cell: spreadsheets read `_x…_` as a character.
pub(super) fn json(value: &Value) -> String {
    value.to_string().replace("_x", "\\u005fx")
}

pub(super) fn pieces(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(CELL / 2).map(|piece| piece.iter().collect()).collect()
}

/// Whether a cell gives a text back as it was.
pub(super) fn fits(text: &str) -> bool {
    text.len() <= CELL
        && clean(text, true) == text
        && !text.contains("_x")
        && !text.chars().any(|c| c.is_control() && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

impl Rows {
    pub fn without_empty_columns(self) -> Rows {
        let used = |column: &usize| self.rows.iter().any(|row| row.contains_key(column));
        let kept: Vec<usize> = (0..self.columns.len()).filter(used).collect();
        let columns = kept.iter().map(|column| self.columns[*column].clone()).collect();
        let place = |column: usize| kept.binary_search(&column).ok();
        let rows = self
            .rows
            .into_iter()
            .map(|row| row.into_iter().filter_map(|(column, text)| Some((place(column)?, text))).collect())
            .collect();
        Rows { columns, rows }
    }
}
