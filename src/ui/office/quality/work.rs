//! Running the checks on the other thread: it says how far it is, and the clerk can stop it.

use crate::carry::carry;
use crate::language::Language;
use crate::ledger::Ledger;
use crate::quality::{Findings, Inspection, Matcher, Matches, Settings, Sheet, Size, draw_backcheck, quotas};
use crate::report::{Drawn, QualityReport, Table, View, drawn_table};
use crate::ui::office::backroom::{Failed, Question, Reins, telling};
use crate::ui::office::desk::{Desk, Work};
use crate::ui::office::intake::Turn;
use crate::ui::words::{Words, quality as words};
use leptos::prelude::*;

/// All that a check made, as tables: what they are of may change meanwhile.
#[derive(Default)]
pub struct Made {
    /// Each in the order of [`VIEWS`].
    chinese: Vec<Table>,
    english: Vec<Table>,
    /// Chinese, and English.
    notes: (Vec<String>, Vec<String>),
    pub records: usize,
    pub flagged: usize,
}

carry!(struct Made { chinese, english, notes, records, flagged });

/// Why there is nothing to show.
#[derive(Clone, Copy, PartialEq)]
pub enum Ended {
    Stopped,
    Changed,
    NotLoaded,
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
    pub fn table(&self, view: usize, language: Language) -> Option<&Table> {
        match language {
            Language::Zh => self.chinese.get(view),
            Language::En => self.english.get(view),
        }
    }

    pub fn notes(&self, language: Language) -> &[String] {
        match language {
            Language::Zh => &self.notes.0,
            Language::En => &self.notes.1,
        }
    }
}

/// Has all checks run over the records on the desk. With the state of the ledger that was checked.
pub async fn inspect_desk(desk: Desk, settings: Settings) -> Result<(Made, u32), Ended> {
    let _turn = Turn::take(desk).await;
    desk.work.set(Some(Work { words: words::READING, done: 0, total: 100 }));
    let turned = desk.turned.get_untracked();
    let question = Question::Quality { settings, names: holder_names(desk) };
    let made = desk.backroom.ask::<Made>(desk, question, Some(telling(desk, words::COMPARING))).await;
    // Also where all was done before the word came.
    if desk.stop.get_untracked() {
        return Err(Ended::Stopped);
    }
    match made {
        Ok(made) if desk.turned.get_untracked() == turned => Ok((made, turned)),
        Ok(_) | Err(Failed::NothingHere) => Err(Ended::Changed),
        Err(Failed::Stopped) => Err(Ended::Stopped),
        Err(Failed::NotLoaded) => Err(Ended::NotLoaded),
    }
}

/// What a clerk calls the holders of devices: thumbprint, and the name on the roster.
pub fn holder_names(desk: Desk) -> Vec<(String, String)> {
    let roster = desk.roster.get_untracked();
    let devices = roster.iter().flat_map(|enrolled| &enrolled.roster.devices);
    devices.map(|entry| (entry.device.0.clone(), entry.name.clone())).collect()
}

/// One who is not among them is called by the thumbprint.
fn naming(names: &[(String, String)]) -> impl Fn(&str) -> String {
    move |holder| names.iter().find(|(known, _)| known == holder).map_or(holder, |(_, name)| name).to_owned()
}

/// All checks over the records of a ledger.
///
/// # Errors
/// [`Failed::Stopped`].
pub async fn inspect(
    ledger: &Ledger,
    settings: &Settings,
    names: &[(String, String)],
    reins: &Reins,
) -> Result<Made, Failed> {
    let account = ledger.account();
    let sheets = Sheet::all(ledger, &account, settings);
    let inspections: Vec<Inspection<'_>> =
        sheets.into_iter().map(|sheet| Inspection::new(sheet, settings.clone())).collect();
    let matchers: Vec<Option<Matcher>> = inspections.iter().map(Inspection::matcher).collect();
    let total: u64 = matchers.iter().flatten().map(Matcher::pairs).sum();
    let (mut done, mut since) = (0, 0);
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
            reins.pull(&mut since, share, 100).await?;
        }
        found.push(Some(matches));
    }
    let findings: Vec<Findings<'_>> =
        inspections.into_iter().zip(found).map(|(inspection, found)| inspection.finish(found)).collect();
    Ok(report(&findings, settings, names))
}

fn report(findings: &[Findings<'_>], settings: &Settings, names: &[(String, String)]) -> Made {
    let name = naming(names);
    let Some(codebook) = findings.first().map(|found| found.sheet.codebook) else { return Made::default() };
    let records = findings.iter().flat_map(|found| found.sheet.cases.iter().map(|case| (case.id, case.row)));
    let quotas = quotas(codebook, records);
    let report = QualityReport {
        plan: codebook.plan(),
        settings,
        findings,
        quotas: &quotas,
        holder_name: &name,
        for_people: false,
    };
    let tables = |language| VIEWS.iter().map(|(view, ..)| report.table(*view, language)).collect();
    Made {
        chinese: tables(Language::Zh),
        english: tables(Language::En),
        notes: (report.notes(Language::Zh), report.notes(Language::En)),
        records: findings.iter().map(|found| found.sheet.cases.len()).sum(),
        flagged: findings.iter().map(|found| report.flagged_records(found)).sum(),
    }
}

/// What is drawn to be asked again: the file's text, how many, and of how many.
pub type Sample = (String, usize, usize);

pub fn sample(ledger: &Ledger, settings: &Settings, size: Size, seed: u64, names: &[(String, String)]) -> Sample {
    let name = naming(names);
    let account = ledger.account();
    let sheets = Sheet::all(ledger, &account, settings);
    let cases: Vec<Vec<u32>> = sheets.iter().map(|sheet| draw_backcheck(sheet, size, seed)).collect();
    let all = sheets.iter().map(|sheet| sheet.cases.len()).sum();
    let lists: Vec<Drawn<'_>> = sheets.iter().zip(&cases).map(|(sheet, cases)| Drawn { sheet, cases }).collect();
    let table = drawn_table(ledger.codebook().plan(), &lists, &[], &[], &name);
    (table.to_csv(), cases.iter().map(Vec::len).sum(), all)
}
