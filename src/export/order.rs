use super::{
    Book, DataSet, Keep, RoundTold, SavError, SavNotes, Study, WorkbookError, codebook, ddi, publish, workbook,
    write_csv, write_sav,
};
use crate::language::Language;
use crate::ledger::{Account, Ledger};
use crate::plan::{pick, prose};
use crate::report::{Table, suggestions};
use crate::scores::{Counted, Scored, scored};
use crate::tally::{KnowledgeQuestion, combined, knowledge};
use std::io::{self, Write};

/// A round to be written for other programs, and how: what the program's `export` and the office's page have in common.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    pub ledger: &'a Ledger,
    /// The ledger's own.
    pub account: &'a Account<'a>,
    /// Id of the round; None: all, and in a workbook the last that has a record.
    pub round: Option<&'a str>,
    pub keep: Keep,
    /// In a workbook: without records and people's words, and with small counts withheld.
    pub published: bool,
    /// Decimal places, halves rounded up.
    pub places: u32,
    /// `YYYY-MM-DD`
    pub day: &'a str,
    pub language: Language,
}

/// Writes the content of a file.
pub type Content<'c> = &'c mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// Which table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Which {
    /// One row for each record
    #[default]
    Records,
    /// One row for each grade
    Grades,
}

/// Why nothing is written.
#[derive(Debug)]
pub enum NotMade {
    /// No record counts in any of the wanted rounds.
    NoRecord,
    Sav(SavError),
    Workbook(WorkbookError),
}

impl NotMade {
    /// For people, in their language.
    pub fn told(&self, language: Language) -> String {
        match (self, language) {
            (NotMade::NoRecord, Language::Zh) => "这些轮次都没有计入的答卷，无可导出".to_owned(),
            (NotMade::NoRecord, Language::En) => {
                "no record counts in any of these rounds, so there is nothing to write".to_owned()
            }
            (NotMade::Sav(error), Language::Zh) => error.zh(),
            (NotMade::Sav(error), Language::En) => error.to_string(),
            (NotMade::Workbook(error), Language::Zh) => error.zh(),
            (NotMade::Workbook(error), Language::En) => error.to_string(),
        }
    }
}

impl<'a> Order<'a> {
    pub fn data(&self, which: Which) -> DataSet<'a> {
        let codebook = self.ledger.codebook();
        let data = match which {
            Which::Records => DataSet::records(codebook, self.account, self.keep),
            Which::Grades => DataSet::grades(codebook, self.account, self.keep),
        };
        data.of_round(codebook, self.round)
    }

    /// What the columns and codes of these tables mean.
    pub fn codebook(&self, sets: &[&DataSet<'_>]) -> Table {
        codebook(self.ledger.codebook().plan(), sets, self.language)
    }

    /// Both tables and their codebook. `file` makes each: it gets a name, and what writes the content.
    ///
    /// # Errors
    /// Those of `file`.
    pub fn csv(&self, mut file: impl FnMut(&str, Content<'_>) -> io::Result<()>) -> io::Result<()> {
        let (records, grades) = (self.data(Which::Records), self.data(Which::Grades));
        for data in [&records, &grades] {
            file(&[data.name, ".csv"].concat(), &mut |out| write_csv(data, out))?;
        }
        let codebook = self.codebook(&[&records, &grades]).to_csv();
        file("codebook.csv", &mut |out| out.write_all(codebook.as_bytes()))
    }

    /// # Errors
    /// [`SavError`].
    pub fn sav(&self, which: Which, out: impl Write) -> Result<SavNotes, SavError> {
        let plan = self.ledger.codebook().plan();
        let title = prose::plain(pick(&plan.title, self.language.tag(), ""));
        write_sav(plan, &self.data(which), &title, self.day, self.language, out)
    }

    pub fn ddi(&self, which: Which) -> String {
        let software = concat!("minping ", env!("CARGO_PKG_VERSION"));
        ddi(self.ledger.codebook(), &self.data(which), Study { day: self.day, software })
    }

    /// The wanted rounds that have a record, as published or as they are.
    fn rounds(&self, published: bool) -> Result<Vec<RoundTold>, NotMade> {
        let codebook = self.ledger.codebook();
        let plan = codebook.plan();
        let counted = self.account.counted.iter();
        let all = Counted::of_rows(codebook.clone(), counted.clone().map(|(_, row)| *row));
        let wanted = plan.rounds.iter().filter(|round| self.round.is_none_or(|id| *id == round.id));
        let made = wanted.filter_map(|round| scored(&all, &round.id));
        let has_records = |made: &Scored| made.results.records != Some(0) || made.results.screened_out != Some(0);
        let made = made.filter(has_records);
        let smallest = plan.privacy.smallest_cell;
        let made: Vec<RoundTold> = made
            .map(|found| {
                let known = knowledge(codebook, counted.clone().map(|(id, row)| (*id, *row)), &found.results.round);
                let known = known.filter(|known| known.questions.iter().any(KnowledgeQuestion::is_asked));
                let rows = counted.clone().map(|(id, row)| (*id, *row));
                let whole = combined(codebook, rows, &found.results);
                if !published {
                    return RoundTold { scored: found, known, combined: whole };
                }
                let scored = found.published(smallest);
                let combined = whole.map(|whole| whole.published(&plan.parts, &scored.results, smallest));
                RoundTold { scored, known: known.map(|known| known.published(smallest)), combined }
            })
            .collect();
        if made.is_empty() { Err(NotMade::NoRecord) } else { Ok(made) }
    }

    /// The published numbers, for `minping recompute`.
    ///
    /// # Errors
    /// [`NotMade::NoRecord`].
    pub fn published(&self) -> Result<String, NotMade> {
        Ok(publish(self.ledger.codebook(), &self.rounds(true)?, self.places, self.language))
    }

    /// # Errors
    /// [`NotMade`].
    pub fn workbook(&self) -> Result<Vec<u8>, NotMade> {
        let codebook_of = self.ledger.codebook();
        let plan = codebook_of.plan();
        let RoundTold { scored: found, known, .. } = self.rounds(self.published)?.pop().ok_or(NotMade::NoRecord)?;
        let round = &found.results.round;
        let data = self.data(Which::Records).of_round(codebook_of, Some(round));
        let said = if self.published { Vec::new() } else { suggestions(self.ledger, self.account, round) };
        let book = Book {
            plan,
            scored: &found,
            knowledge: known.as_ref(),
            suggestions: &said,
            codebook: &self.codebook(&[&data]),
            data: (!self.published).then_some(&data),
            published: self.published,
            places: self.places,
            day: self.day,
            language: self.language,
        };
        workbook(&book).map_err(NotMade::Workbook)
    }
}
