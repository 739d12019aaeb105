use super::{INVALID, NONE, Sheet};
use crate::json::{self, JsonError};
use serde::Serialize;
use std::collections::BTreeMap;

/// One reading of one paper ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slip {
    /// Version of the format: 1.
    pub v: u32,
    /// Who read it.
    pub by: String,
    /// Not valid as a whole: its marks say nothing.
    pub spoiled: bool,
    /// One character for each field of the [`Sheet`].
    pub marks: String,
    /// Read to the end.
    pub done: bool,
}

/// What a paper ballot was when it became a record: it counts so, whatever is entered afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With so many marks that could not be read as one answer.
    Valid(u64),
    Spoiled,
}

impl Outcome {
    pub fn of(slip: &Slip) -> Outcome {
        if slip.spoiled { Outcome::Spoiled } else { Outcome::Valid(slip.invalid_marks()) }
    }

    /// `valid 2`, `spoiled`.
    pub fn encode(self) -> String {
        match self {
            Outcome::Valid(marks) => format!("valid {marks}"),
            Outcome::Spoiled => "spoiled".to_owned(),
        }
    }

    pub fn parse(text: &str) -> Option<Outcome> {
        match text.strip_prefix("valid ") {
            Some(marks) => marks.parse().ok().map(Outcome::Valid),
            None => (text == "spoiled").then_some(Outcome::Spoiled),
        }
    }
}

/// A paper ballot: its rater group (empty: none) and the number written on it, from 1 in each group.
pub type Place = (String, u32);

/// How far a paper ballot is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    Open,
    /// Read by one person.
    Once,
    /// Both read the same, or the third decided.
    Settled(&'a Slip),
    /// They did not: the fields, by place; none where one found the whole ballot spoiled.
    Differs(Vec<usize>),
}

/// Why this person may not read this ballot now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    NoName,
    /// Another reading is by the same person.
    SamePerson,
    /// The third look is for ballots that differ.
    NothingToDecide,
}

/// All readings of all paper ballots: passes 1 and 2 by two people, and the third look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers(BTreeMap<Place, [Option<Slip>; 3]>);

impl Slip {
    /// Nothing entered yet.
    pub fn empty(by: &str, sheet: &Sheet) -> Slip {
        let marks = std::iter::repeat_n(NONE, sheet.fields.len()).collect();
        Slip { v: 1, by: by.trim().to_owned(), spoiled: false, marks, done: false }
    }

    pub fn mark(&self, field: usize) -> char {
        self.marks.chars().nth(field).unwrap_or(NONE)
    }

    pub fn set(&mut self, field: usize, mark: char) {
        let changed = self.marks.chars().enumerate().map(|(at, old)| if at == field { mark } else { old });
        self.marks = changed.collect();
    }

    /// The first field that nothing was entered in.
    pub fn next_empty(&self) -> Option<usize> {
        self.marks.chars().position(|mark| mark == NONE)
    }

    /// Marks that could not be read as one answer.
    pub fn invalid_marks(&self) -> u64 {
        if self.spoiled { 0 } else { self.marks.chars().filter(|mark| *mark == INVALID).count() as u64 }
    }

    pub fn encode(&self) -> String {
        serde_json::to_string(self).expect("a slip always has a JSON form")
    }

    /// # Errors
    /// The first thing that a slip has not there.
    pub fn parse(text: &str) -> Result<Slip, JsonError> {
        json::read(text, |node| {
            let node = node.only(&["v", "by", "spoiled", "marks", "done"]);
            Slip {
                v: node.whole("v", 1) as u32,
                by: node.text("by"),
                spoiled: node.flag("spoiled", None),
                marks: node.text("marks"),
                done: node.flag("done", None),
            }
        })
    }
}

/// Where two readings differ; nothing where one of them found the whole ballot spoiled.
pub fn differences(first: &Slip, second: &Slip) -> Vec<usize> {
    if first.spoiled || second.spoiled {
        return Vec::new();
    }
    let (a, b): (Vec<char>, Vec<char>) = (first.marks.chars().collect(), second.marks.chars().collect());
    (0..a.len().max(b.len())).filter(|at| a.get(*at) != b.get(*at)).collect()
}

fn is_same(first: &Slip, second: &Slip) -> bool {
    first.spoiled == second.spoiled && (first.spoiled || differences(first, second).is_empty())
}

/// Whether the third look is one at these two readings: where they agree, it says the same.
fn decides(first: &Slip, second: &Slip, third: &Slip) -> bool {
    let spoiled = first.spoiled || second.spoiled || third.spoiled;
    spoiled || differences(first, third).iter().all(|at| first.mark(*at) != second.mark(*at))
}

fn is_same_person(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

impl Papers {
    /// Puts a reading in its place; `pass` is 1, 2 or 3.
    pub fn put(&mut self, place: Place, pass: usize, slip: Slip) {
        let readings = self.0.entry(place).or_default();
        if let Some(reading) = pass.checked_sub(1).and_then(|at| readings.get_mut(at)) {
            *reading = Some(slip);
        }
    }

    pub fn reading(&self, place: &Place, pass: usize) -> Option<&Slip> {
        self.0.get(place)?.get(pass.checked_sub(1)?)?.as_ref()
    }

    pub fn standing(&self, place: &Place) -> Standing<'_> {
        let done = |pass| self.reading(place, pass).filter(|slip| slip.done);
        match (done(1), done(2), done(3)) {
            (Some(first), Some(second), _) if is_same(first, second) => Standing::Settled(first),
            (Some(first), Some(second), Some(third)) if decides(first, second, third) => Standing::Settled(third),
            (Some(first), Some(second), _) => Standing::Differs(differences(first, second)),
            (None, None, _) => Standing::Open,
            _ => Standing::Once,
        }
    }

    /// Whether this person may read this ballot in this pass.
    pub fn may_read(&self, place: &Place, pass: usize, by: &str) -> Result<(), Refused> {
        if by.trim().is_empty() {
            return Err(Refused::NoName);
        }
        let done = |pass| self.reading(place, pass).filter(|slip| slip.done);
        let differ = || matches!((done(1), done(2)), (Some(first), Some(second)) if !is_same(first, second));
        if pass == 3 && !differ() {
            return Err(Refused::NothingToDecide);
        }
        let others: &[usize] = match pass {
            1 => &[2, 3],
            2 => &[1, 3],
            _ => &[1, 2],
        };
        let same = |pass: &usize| self.reading(place, *pass).is_some_and(|slip| is_same_person(&slip.by, by));
        if others.iter().any(same) { Err(Refused::SamePerson) } else { Ok(()) }
    }

    /// Ballots of a group that somebody has read, by number.
    pub fn numbers(&self, group: &str) -> Vec<u32> {
        self.0.keys().filter(|(of, _)| of == group).map(|(_, number)| *number).collect()
    }

    /// Ballots that can be counted, in order.
    pub fn settled(&self) -> impl Iterator<Item = (&Place, &Slip)> {
        self.0.keys().filter_map(|place| match self.standing(place) {
            Standing::Settled(slip) => Some((place, slip)),
            _ => None,
        })
    }

    /// Ballots that differ, in order.
    pub fn differing(&self) -> Vec<Place> {
        let differ = |place: &&Place| matches!(self.standing(place), Standing::Differs(_));
        self.0.keys().filter(differ).cloned().collect()
    }

    /// The ballot to be read next in a pass: the lowest number that is not read to the end.
    pub fn next(&self, group: &str, pass: usize) -> u32 {
        let read = |number: &u32| self.reading(&(group.to_owned(), *number), pass).is_some_and(|slip| slip.done);
        (1..).find(|number| !read(number)).unwrap_or(1)
    }

    /// Settled ballots of a group that are valid, and that are spoiled.
    pub fn balance(&self, group: &str) -> (u64, u64) {
        let own = self.settled().filter(|((of, _), _)| of == group);
        own.fold((0, 0), |(valid, spoiled), (_, slip)| match slip.spoiled {
            true => (valid, spoiled + 1),
            false => (valid + 1, spoiled),
        })
    }
}
