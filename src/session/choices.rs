//! Which choices are offered, found by the columns of the list where the filter lets them be looked up.

use super::Answer;
use crate::plan::{Choice, OTHER};
use std::cell::RefCell;
use std::rc::Rc;

/// The rows of lists sorted by a column, each made when it is first asked for: a list of 50,000 places is not gone through
/// for every choice that is made above it.
#[derive(Default)]
pub(super) struct Columns(RefCell<Vec<Sorted>>);

struct Sorted {
    list: usize,
    column: String,
    rows: Rc<Vec<u32>>,
}

impl Columns {
    /// The rows of a list whose column has one of these texts, in the order of the list.
    pub fn find(&self, choices: &[Choice], list: usize, column: &str, texts: &[String]) -> Vec<usize> {
        let rows = self.sorted(choices, list, column);
        let value = |row: u32| cell(&choices[row as usize], column);
        let mut found: Vec<usize> = Vec::new();
        for text in texts {
            let start = rows.partition_point(|&row| value(row) < text.as_str());
            found.extend(rows[start..].iter().take_while(|&&row| value(row) == text).map(|&row| row as usize));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn sorted(&self, choices: &[Choice], list: usize, column: &str) -> Rc<Vec<u32>> {
        let mut known = self.0.borrow_mut();
        if let Some(sorted) = known.iter().find(|sorted| sorted.list == list && sorted.column == column) {
            return sorted.rows.clone();
        }
        let mut rows: Vec<u32> = (0..choices.len() as u32).collect();
        rows.sort_by(|&one, &two| cell(&choices[one as usize], column).cmp(cell(&choices[two as usize], column)));
        let rows = Rc::new(rows);
        known.push(Sorted { list, column: column.to_owned(), rows: rows.clone() });
        rows
    }
}

/// As an expression reads it. A label has several languages and is not looked up.
fn cell<'a>(choice: &'a Choice, column: &str) -> &'a str {
    match column {
        "name" => &choice.name,
        _ => choice.columns.get(column).map_or("", String::as_str),
    }
}

/// Where a value is not, or not wholly, among the rows that are offered: what is left of it. `other` is offered always,
/// where the item has it.
pub(super) fn left(choices: &[Choice], rows: &[usize], other: bool, answer: &Answer) -> Option<Option<Answer>> {
    let offered = |name: &str| (other && name == OTHER) || rows.iter().any(|&row| choices[row].name == name);
    match answer {
        Answer::Text(name) => (!offered(name)).then_some(None),
        Answer::Choices(names) => {
            let left: Vec<String> = names.iter().filter(|name| offered(name)).cloned().collect();
            (left.len() < names.len()).then(|| (!left.is_empty()).then_some(Answer::Choices(left)))
        }
        _ => None,
    }
}
