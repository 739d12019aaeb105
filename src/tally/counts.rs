use crate::ledger::{Codebook, Domain, FIRST_GRADE, Ledger, OtherPlan, Question, Row};
use crate::session::Disposition;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many records gave which answer: round × questionnaire × mode × rater group × stratum × question × code.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    codebook: Arc<Codebook>,
    domains: BTreeMap<Domain, Counts>,
}

/// The counts of one domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    pub records: u64,
    /// Of these, interviews that were broken off.
    pub partial: u64,
    /// Beside these: screened out. They are in no other count.
    pub screened_out: u64,
    /// All codes of all questions; see [`Question::offset`].
    codes: Vec<u64>,
}

/// One question in one domain.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    pub domain: &'a Domain,
    pub question: &'a Question,
    /// Records in the domain: the sum of `codes`.
    pub records: u64,
    /// Counts by code: [`crate::ledger::NOT_ASKED`] and its like, then grades, then the scale's missing answers.
    pub codes: &'a [u64],
}

impl Tally {
    pub fn new(codebook: Arc<Codebook>) -> Tally {
        Tally { codebook, domains: BTreeMap::new() }
    }

    /// The tally of all records that count.
    pub fn of(ledger: &Ledger) -> Tally {
        Tally::of_rows(ledger.codebook().clone(), ledger.account().counted.iter().map(|(_, row)| *row))
    }
    pub fn of_rows<'a>(codebook: Arc<Codebook>, rows: impl IntoIterator<Item = &'a Row>) -> Tally {
        let mut tally = Tally::new(codebook);
        rows.into_iter().for_each(|row| tally.count(row));
        tally
    }

    /// Counts one record. The row has to come from this tally's codebook.
    pub fn count(&mut self, row: &Row) {
        let instrument = &self.codebook.instruments()[row.domain.questionnaire as usize];
        let counts = self.domains.entry(row.domain).or_insert_with(|| Counts {
            records: 0,
            partial: 0,
            screened_out: 0,
            codes: vec![0; instrument.width],
        });
        if row.disposition == Disposition::ScreenedOut {
            counts.screened_out += 1;
            return;
        }
        counts.records += 1;
        counts.partial += u64::from(row.disposition == Disposition::Partial);
        for (code, question) in row.codes.iter().zip(&instrument.questions) {
            counts.codes[question.offset + *code as usize] += 1;
        }
    }

    /// Adds the counts of records that are in no other tally.
    pub fn add(&mut self, other: &Tally) -> Result<(), OtherPlan> {
        if self.codebook != other.codebook {
            return Err(OtherPlan::of(&self.codebook, &other.codebook));
        }
        for (domain, theirs) in &other.domains {
            match self.domains.get_mut(domain) {
                None => drop(self.domains.insert(*domain, theirs.clone())),
                Some(ours) => {
                    ours.records += theirs.records;
                    ours.partial += theirs.partial;
                    ours.screened_out += theirs.screened_out;
                    ours.codes.iter_mut().zip(&theirs.codes).for_each(|(ours, theirs)| *ours += theirs);
                }
            }
        }
        Ok(())
    }

    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }
    pub fn domains(&self) -> &BTreeMap<Domain, Counts> {
        &self.domains
    }
    /// Every question in every domain that has a record.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.domains.iter().flat_map(|(domain, counts)| {
            let questions = &self.codebook.instruments()[domain.questionnaire as usize].questions;
            questions.iter().map(move |question| Cell {
                domain,
                question,
                records: counts.records,
                codes: &counts.codes[question.offset..question.offset + question.codes as usize],
            })
        })
    }
}

impl Cell<'_> {
    /// Counts of grades and then of the scale's missing answers.
    pub fn answers(&self) -> &[u64] {
        &self.codes[FIRST_GRADE as usize..]
    }
}
