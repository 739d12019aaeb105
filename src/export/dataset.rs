use super::{Value, Variable};
use crate::ledger::{Account, Codebook, Row as Packed};

/// What leaves the office beside answers that were chosen or counted. None of it by default: each can point to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// The records' ids, to put quality flags or second answers beside them. Who knows the id of an interview finds its
    /// answers. Rows are then in the order of ids.
    pub ids: bool,
    /// What people wrote or said in their own words, and what barcodes say.
    pub words: bool,
    /// Places on the Earth.
    pub places: bool,
    /// Names of photos, drawings and recordings.
    pub attachments: bool,
}

/// A table whose rows are made when they are asked for, in an order that says nothing.
pub struct DataSet<'a> {
    pub name: &'static str,
    pub variables: Vec<Variable>,
    /// Places of the variables by which it is divided into folders.
    pub parts: [usize; 2],
    pub(super) sorted: Vec<Row<'a>>,
    pub(super) rows: Box<dyn Rows + 'a>,
}

/// A record, and its number in this data set.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub number: u64,
    pub id: &'a str,
    pub packed: &'a Packed,
}

/// Makes the rows of one record.
pub trait Rows {
    fn rows(&self, record: &Row<'_>) -> Vec<Vec<Value>>;
}

/// The records that count, in the order of ids where they are shown, else of what the records say: from an id that is known
/// nothing then follows about where its record stands.
pub(super) fn sorted<'a>(account: &Account<'a>, keep: Keep) -> Vec<Row<'a>> {
    let mut found: Vec<(&'a str, &'a Packed)> = account.counted.clone();
    if !keep.ids {
        found.sort_by(|a, b| a.1.cmp(b.1));
    }
    let numbered = found.into_iter().zip(1..);
    numbered.map(|((id, packed), number)| Row { number, id, packed }).collect()
}

impl<'a> DataSet<'a> {
    /// All rows, one record after the other.
    pub fn iter(&self) -> impl Iterator<Item = Vec<Value>> {
        self.sorted.iter().flat_map(|record| self.rows.rows(record))
    }

    /// Records in it.
    pub fn packed(&self) -> &[Row<'a>] {
        &self.sorted
    }

    /// The rows of one record.
    pub fn of(&self, record: &Row<'_>) -> Vec<Vec<Value>> {
        self.rows.rows(record)
    }

    /// The same of one round.
    pub fn of_round(mut self, codebook: &Codebook, round: Option<&str>) -> DataSet<'a> {
        let at = round.map(|id| codebook.plan().rounds.iter().position(|known| known.id == id));
        if let Some(at) = at {
            self.sorted.retain(|row| Some(row.packed.domain.round as usize) == at);
            self.sorted.iter_mut().zip(1..).for_each(|(row, number)| row.number = number);
        }
        self
    }
}
