use super::Settings;
use super::clock::{Span, span};
use crate::ledger::{Account, BLANK, Codebook, DONT_KNOW, FIRST_GRADE, Ledger, NOT_ASKED, REFUSED, Row};
use crate::named::Named;
use crate::plan::{Item, ItemType, Questionnaire};
use crate::session::{Answer, Disposition, MissingReason};
use std::collections::{BTreeMap, BTreeSet};

/// One record, as the checks read it.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    pub id: &'a str,
    pub row: &'a Row,
    /// Place in [`Sheet::holders`] of the device or interviewer; `None` for a resident who answered alone.
    pub holder: Option<u32>,
    /// When and how long, where the plan asks for it.
    pub span: Span,
}

/// The records of one questionnaire in one round that are counted, in order of their ids.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    pub codebook: &'a Codebook,
    /// Places in the plan.
    pub round: usize,
    pub questionnaire: usize,
    pub cases: Vec<Case<'a>>,
    /// Who held the interviews: thumbprints of devices, or names that an item gives, in order.
    pub holders: Vec<String>,
    /// Answers that can be compared over records, row by row: 0 for none.
    pub values: Vec<u16>,
    pub columns: Vec<Column>,
    /// Records that were screened out: not among the cases.
    pub screened_out: usize,
}

/// Answers to one question that can be compared over records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Place of a graded question in the instrument.
    Grade(usize),
    /// Item with a closed answer, and whether every interview asks it.
    Item { name: String, always: bool },
}

/// A record: id, contents, and the device that held the interview, if any did.
type Held<'a> = (&'a str, &'a Row, Option<&'a str>);

/// The value in [`Sheet::values`] for "would not say" and "don't know".
pub(super) const REFUSAL: u16 = 1;
pub(super) const IGNORANCE: u16 = 2;

impl<'a> Sheet<'a> {
    /// One sheet for each round and questionnaire that has records.
    pub fn all(ledger: &'a Ledger, account: &Account<'a>, settings: &Settings) -> Vec<Sheet<'a>> {
        let sources = ledger.sources();
        let records = account.counted.iter().map(|(id, row)| {
            let batch = sources.get(id).copied();
            let device = batch.filter(|batch| batch.link.is_none()).map(|batch| batch.device.as_str());
            (*id, *row, device)
        });
        Sheet::of(ledger.codebook(), records, settings)
    }

    /// Sheets of records that come with the device that held the interview, if any did.
    pub fn of(
        codebook: &'a Codebook,
        records: impl IntoIterator<Item = (&'a str, &'a Row, Option<&'a str>)>,
        settings: &Settings,
    ) -> Vec<Sheet<'a>> {
        let mut by_place: BTreeMap<(u16, u16), Vec<Held>> = BTreeMap::new();
        for record in records {
            let domain = &record.1.domain;
            by_place.entry((domain.round, domain.questionnaire)).or_default().push(record);
        }
        let sheets = by_place.into_iter().map(|((round, questionnaire), mut records)| {
            let all = records.len();
            records.retain(|(_, row, _)| row.disposition != Disposition::ScreenedOut);
            records.sort_unstable_by_key(|(id, ..)| *id);
            let screened_out = all - records.len();
            let place = (round as usize, questionnaire as usize);
            Sheet { screened_out, ..Sheet::one(codebook, place, records, settings) }
        });
        sheets.filter(|sheet| !sheet.cases.is_empty()).collect()
    }

    fn one(
        codebook: &'a Codebook,
        (round, questionnaire): (usize, usize),
        records: Vec<Held<'a>>,
        settings: &Settings,
    ) -> Sheet<'a> {
        let asked = &codebook.plan().questionnaires[questionnaire];
        let mut columns: Vec<Column> = Vec::new();
        place(asked, &asked.items, codebook, questionnaire, true, &mut columns);
        let mut texts: Vec<BTreeMap<Vec<u8>, u16>> = vec![BTreeMap::new(); columns.len()];
        let mut values = Vec::with_capacity(records.len() * columns.len());
        let others: Vec<Named<Answer>> = records
            .iter()
            .map(|(_, row, _)| {
                let (answers, missing) = row.others();
                for (column, texts) in columns.iter().zip(&mut texts) {
                    values.push(match column {
                        Column::Grade(question) => match row.codes[*question] {
                            NOT_ASKED | BLANK => 0,
                            REFUSED => REFUSAL,
                            DONT_KNOW => IGNORANCE,
                            code => u16::from(code - FIRST_GRADE) + IGNORANCE + 1,
                        },
                        Column::Item { name, .. } => match (answers.get(name), missing.get(name)) {
                            (Some(answer), _) => number(answer, texts),
                            (None, Some(MissingReason::Refused)) => REFUSAL,
                            (None, Some(MissingReason::DontKnow)) => IGNORANCE,
                            (None, None) => 0,
                        },
                    });
                }
                answers
            })
            .collect();
        let holder = |device: Option<&str>, answers: &Named<Answer>| match &settings.interviewer {
            Some(item) => answers.get(item).map(said),
            None => device.map(str::to_owned),
        };
        let named: Vec<Option<String>> =
            records.iter().zip(&others).map(|((.., device), answers)| holder(*device, answers)).collect();
        let holders: Vec<String> = named.iter().flatten().collect::<BTreeSet<_>>().into_iter().cloned().collect();
        let cases = records.into_iter().zip(&others).zip(named).map(|(((id, row, _), answers), name)| Case {
            id,
            row,
            holder: name.and_then(|name| holders.binary_search(&name).ok()).map(|at| at as u32),
            span: span(answers, &settings.times),
        });
        let cases = cases.collect();
        Sheet { codebook, round, questionnaire, cases, holders, values, columns, screened_out: 0 }
    }

    /// The answers of a case, one for each column.
    pub fn row(&self, case: usize) -> &[u16] {
        &self.values[case * self.columns.len()..][..self.columns.len()]
    }

    pub(super) fn asked(&self) -> &'a Questionnaire {
        &self.codebook.plan().questionnaires[self.questionnaire]
    }
}

/// The columns of a questionnaire. Words, what is worked out, places and what is in repeats are left out: nobody would
/// expect them to be equal, or their questions are not the same in all records.
fn place(
    asked: &Questionnaire,
    items: &[Item],
    codebook: &Codebook,
    questionnaire: usize,
    always: bool,
    columns: &mut Vec<Column>,
) {
    for item in items {
        let always = always && item.relevant.is_none() && asked.ends.is_empty();
        match item.kind {
            ItemType::Group => place(asked, &item.items, codebook, questionnaire, always, columns),
            ItemType::Grade | ItemType::GradeMatrix => {
                let questions = &codebook.instruments()[questionnaire].questions;
                let own = questions.iter().enumerate().filter(|(_, question)| question.item == item.name);
                columns.extend(own.map(|(at, _)| Column::Grade(at)));
            }
            ItemType::SelectOne
            | ItemType::SelectMultiple
            | ItemType::Rank
            | ItemType::Range
            | ItemType::Integer
            | ItemType::Decimal
            | ItemType::Date
                if item.calculation.is_none() && !item.read_only =>
            {
                columns.push(Column::Item { name: item.name.clone(), always });
            }
            _ => {}
        }
    }
}

/// A number for each answer that occurs, in order of occurrence. An answer beyond the 65,000th is none: no closed question
/// has so many.
fn number(answer: &Answer, known: &mut BTreeMap<Vec<u8>, u16>) -> u16 {
    let next = known.len() + IGNORANCE as usize + 1;
    if next > 65_000 {
        return known.get(said(answer).as_bytes()).copied().unwrap_or(0);
    }
    *known.entry(said(answer).into_bytes()).or_insert(next as u16)
}

/// The answer as one text.
pub(super) fn said(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Integer(number) => number.to_string(),
        Answer::Choices(choices) => choices.join(" "),
        Answer::Grid(_) => String::new(),
    }
}
