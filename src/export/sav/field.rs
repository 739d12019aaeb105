use super::SavNotes;
use crate::export::{Kind, Variable};
use std::collections::HashSet;
use std::ops::Range;

/// A variable of the file.
pub struct Field<'a> {
    pub variable: &'a Variable,
    /// Its place in the data set.
    pub column: usize,
    /// Why a text is missing, and not the text.
    pub why: bool,
    /// The long name.
    pub name: String,
    /// Short names, one for each segment.
    pub short: Vec<String>,
    /// Bytes of a string; 0: a number.
    pub width: usize,
}

impl Field<'_> {
    /// Which bytes of a string each segment holds, and the width that it has in the file.
    pub fn segments(&self) -> impl Iterator<Item = (Range<usize>, usize)> {
        let (width, count) = (self.width, count(self.width));
        (0..count).map(move |at| {
            let last = at + 1 == count;
            let held = if last { width - at * 252 } else { 255 };
            let start = at * 255;
            (start..if last { width.max(start) } else { start + 255 }, held)
        })
    }
}

/// Segments of a string: each but the last is declared 255 bytes wide and counts for 252.
fn count(width: usize) -> usize {
    if width <= 255 { 1 } else { width.div_ceil(252) }
}

pub fn lay_out<'a>(variables: &'a [Variable], widths: &[usize], notes: &mut SavNotes) -> Vec<Field<'a>> {
    let (mut taken, mut shorts, mut fields) = (HashSet::new(), 0usize, Vec::new());
    for (column, variable) in variables.iter().enumerate() {
        let is_text = variable.kind == Kind::Text;
        let why = is_text && variable.reasons;
        for why in [Some(false), why.then_some(true)].into_iter().flatten() {
            let wanted = if why { [&variable.name, "_why"].concat() } else { variable.name.clone() };
            let name = own_name(&wanted, &mut taken);
            if name != wanted {
                notes.renamed.push((wanted, name.clone()));
            }
            let width = if is_text && !why { widths[column] } else { 0 };
            let short = (0..count(width)).map(|_| {
                shorts += 1;
                format!("V{shorts:07}")
            });
            let short = short.collect();
            fields.push(Field { variable, column, why, name, short, width });
        }
    }
    fields
}

const RESERVED: [&str; 13] = ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"];

/// A name that SPSS takes and that no other variable has, whatever the case of its letters.
fn own_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let fits = |c: char| c.is_alphanumeric() || c == '.' || c == '_';
    let mut name: String = wanted.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if !name.starts_with(char::is_alphabetic) || RESERVED.contains(&name.to_uppercase().as_str()) {
        name.insert(0, 'v');
    }
    let end = |name: &str, bytes| super::cut(name, bytes).trim_end_matches(['.', '_']).to_owned();
    name = end(&name, 64);
    let mut found = name.clone();
    let mut number = 1;
    while !taken.insert(found.to_lowercase()) {
        number += 1;
        let tail = format!("_{number}");
        found = [end(&name, 64 - tail.len()), tail].concat();
    }
    found
}
