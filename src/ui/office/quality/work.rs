//! Running the checks: in small portions with the browser in between, so that the page stays alive and the clerk can stop.

use crate::language::Language;
use crate::plan::Digest;
use crate::quality::{Findings, Inspection, Matcher, Matches, Settings, Sheet, quotas};
use crate::report::{QualityReport, Table, View};
use crate::ui::office::desk::{Desk, Work};
use crate::ui::office::intake::{Breath, Turn};
use crate::ui::words::{Words, quality as words};
use leptos::prelude::*;

/// All that a check made, as tables: what they are of may change meanwhile.
pub struct Made {
    /// Chinese and English, each in the order of [`VIEWS`].
    tables: [Vec<Table>; 2],
    notes: [Vec<String>; 2],
    pub records: usize,
    pub flagged: usize,
    /// State of the ledger that was checked.
    pub turned: u32,
}

/// Why there is nothing to show.
#[derive(Clone, Copy, PartialEq)]
pub enum Ended {
    Stopped,
    Changed,
}

pub const VIEWS: [(View, &str, Words); 9] = [
    (View::Summary, "summary", words::VIEW_SUMMARY),
    (View::Flags, "flags", words::VIEW_FLAGS),
    (View::Records, "records", words::VIEW_RECORDS),
    (View::Interviewers, "interviewers", words::VIEW_INTERVIEWERS),
    (View::Effects, "effects", words::VIEW_EFFECTS),
    (View::Matches, "matches", words::VIEW_MATCHES),
    (View::Pairs, "pairs", words::VIEW_PAIRS),
    (View::Units, "units", words::VIEW_UNITS),
    (View::Quotas, "quotas", words::VIEW_QUOTAS),
];

impl Made {
    pub fn table(&self, view: usize, language: Language) -> &Table {
        &self.tables[usize::from(language == Language::En)][view]
    }

    pub fn notes(&self, language: Language) -> &[String] {
        &self.notes[usize::from(language == Language::En)]
    }
}

/// Runs all checks over the records on the desk.
pub async fn inspect(desk: Desk, settings: Settings) -> Result<Made, Ended> {
    let _turn = Turn::take(desk).await;
    let mut breath = Breath::new();
    desk.work.set(Some(Work { words: words::READING, done: 0, total: 100 }));
    breath.rest().await;
    if desk.stop.get_untracked() {
        return Err(Ended::Stopped);
    }
    let turned = desk.turned.get_untracked();
    let matchers: Vec<Option<Matcher>> = with_sheets(desk, &settings, |sheets| {
        sheets.into_iter().map(|sheet| Inspection::new(sheet, settings.clone()).matcher()).collect()
    })
    .unwrap_or_default();
    let total: u64 = matchers.iter().flatten().map(Matcher::pairs).sum();
    let mut done = 0;
    let mut found: Vec<Option<Matches>> = Vec::new();
    for matcher in &matchers {
        let Some(matcher) = matcher else {
            found.push(None);
            continue;
        };
        let mut matches = matcher.begin();
        for row in 0..matcher.rows() {
            matcher.compare(row..row + 1, &mut matches);
            done += (matcher.rows() - 1 - row) as u64;
            let share = (done * 100).checked_div(total).unwrap_or(100) as usize;
            breath.draw(desk, words::COMPARING, share, 100).await;
            if desk.stop.get_untracked() {
                return Err(Ended::Stopped);
            }
        }
        found.push(Some(matches));
    }
    desk.work.set(Some(Work { words: words::COMPARING, done: 100, total: 100 }));
    breath.rest().await;
    if desk.turned.get_untracked() != turned {
        return Err(Ended::Changed);
    }
    let mut found = found.into_iter();
    let made = with_sheets(desk, &settings, |sheets| {
        let findings: Vec<Findings> = sheets
            .into_iter()
            .map(|sheet| Inspection::new(sheet, settings.clone()).finish(found.next().flatten()))
            .collect();
        report(desk, &findings, &settings, turned)
    });
    made.ok_or(Ended::Changed)
}

/// What a clerk calls a holder: the name on the roster, or else the thumbprint.
pub fn holder_name(desk: Desk) -> impl Fn(&str) -> String {
    let roster = desk.roster.get_untracked();
    move |holder: &str| {
        let entry = roster.as_ref().and_then(|enrolled| enrolled.roster.entry(&Digest(holder.to_owned())));
        entry.map_or_else(|| holder.to_owned(), |entry| entry.name.clone())
    }
}

/// The sheets of the ledger on the desk.
pub fn with_sheets<T>(desk: Desk, settings: &Settings, with: impl FnOnce(Vec<Sheet<'_>>) -> T) -> Option<T> {
    desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        let account = ledger.account();
        Some(with(Sheet::all(ledger, &account, settings)))
    })
}

fn report(desk: Desk, findings: &[Findings<'_>], settings: &Settings, turned: u32) -> Made {
    let name = holder_name(desk);
    let plan = findings.first().map(|found| found.sheet.codebook.plan());
    let records = findings.iter().flat_map(|found| found.sheet.cases.iter().map(|case| (case.id, case.row)));
    let quotas = findings.first().map_or(Vec::new(), |found| quotas(found.sheet.codebook, records));
    let mut made = Made { tables: Default::default(), notes: Default::default(), records: 0, flagged: 0, turned };
    let Some(plan) = plan else { return made };
    let report = QualityReport { plan, settings, findings, quotas: &quotas, holder_name: &name, for_people: false };
    for (at, language) in [Language::Zh, Language::En].into_iter().enumerate() {
        made.tables[at] = VIEWS.iter().map(|(view, ..)| report.table(*view, language)).collect();
        made.notes[at] = report.notes(language);
    }
    made.records = findings.iter().map(|found| found.sheet.cases.len()).sum();
    made.flagged = findings.iter().map(|found| report.flagged_records(found)).sum();
    made
}
