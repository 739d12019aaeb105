//! The answers, worked out from a ledger: on the other thread, or on the page where there is none.

use super::question::{Failed, Page, Question};
use crate::browser::clock;
use crate::browser::helper::Told;
use crate::carry::carried;
use crate::language::Language;
use crate::ledger::Ledger;
use crate::report::{Asked, Part, Plot, document_with, notes, plots, suggestions};
use crate::scores::{Counted, Earlier, Scored, rounds_before, scored};
use crate::tally::{combined, results};
use crate::ui::element::{NotLoaded, chunk};
use crate::ui::office::beside::Beside;
use crate::ui::office::comments::Written;
use crate::ui::office::exports;
use crate::ui::office::knowledge::counted_knowledge;
use crate::ui::office::quality;
use crate::ui::office::results::Rounds;
use std::rc::Rc;

/// What whoever asked holds on to: he hears how far the work is, and may stop it.
pub struct Reins(pub Option<Told>);

/// A work without a pause is looked at after so many milliseconds.
const STRETCH: i64 = 40;

impl Reins {
    /// To be called often. After a stretch of work it says how far it is, and lets messages in.
    pub async fn pull(&self, since: &mut i64, done: usize, total: usize) -> Result<(), Failed> {
        if clock::now() - *since < STRETCH {
            return Ok(());
        }
        let goes_on = self.0.as_ref().is_none_or(|told| told(done, total));
        clock::sleep(0).await;
        *since = clock::now();
        if goes_on { Ok(()) } else { Err(Failed::Stopped) }
    }
}

/// The answer as bytes, of the type that the question names.
///
/// # Errors
/// [`Failed`].
pub async fn answer(ledger: Rc<Ledger>, question: Question, reins: Reins) -> Result<Vec<u8>, Failed> {
    match question {
        Question::Rounds => Ok(carried(&rounds(&ledger))),
        Question::Plots { round, published, language, imported } => {
            Ok(carried(&draw(ledger, (round, published), language, imported).await.map_err(not_loaded)?))
        }
        Question::Parts { round } => {
            let account = ledger.account();
            let rows = account.counted.iter().map(|(id, row)| (*id, *row));
            let counted = Counted::of_rows(ledger.codebook().clone(), account.counted.iter().map(|(_, row)| *row));
            let made = results(counted.tally(), &round);
            Ok(carried(&made.and_then(|made| combined(ledger.codebook(), rows, &made))))
        }
        Question::Comments { round, most } => {
            let account = ledger.account();
            let both = [suggestions(&ledger, &account, &round), notes(&ledger, &account, &round)];
            let [said, noted] =
                both.map(|found| found.into_iter().map(|one| Written::of(one, most)).collect::<Vec<_>>());
            Ok(carried(&(said, noted)))
        }
        Question::Report { round, published, page, day, language, beside } => {
            let asked = Report { round, published, page, day, language, beside };
            Ok(carried(&write(ledger, asked).await.map_err(not_loaded)?))
        }
        Question::Quality { settings, names } => Ok(carried(&quality::inspect(ledger, settings, names, reins).await?)),
        Question::Drawn { settings, share, seed, names } => {
            Ok(carried(&quality::draw_again(ledger, settings, (share, seed), names).await.map_err(not_loaded)?))
        }
        Question::Export { wanted } => Ok(carried(&exports::write(ledger, wanted).await.map_err(not_loaded)?)),
    }
}

fn not_loaded(_: NotLoaded) -> Failed {
    Failed::NotLoaded
}

fn rounds(ledger: &Ledger) -> Rounds {
    let counted = Counted::of(ledger);
    let rounds = ledger.codebook().plan().rounds.iter();
    // The rounds are the plan's own: each has results, if only empty ones.
    let made = rounds.filter_map(|round| {
        Some((round.id.clone(), scored(&counted, &round.id)?, counted_knowledge(ledger, &round.id)))
    });
    made.collect()
}

/// Of a round and the rounds before it that have a record.
#[chunk(report, fallible)]
fn draw(
    ledger: Rc<Ledger>,
    (round, published): (String, bool),
    language: Language,
    imported: Vec<Earlier>,
) -> Result<Vec<Plot>, NotLoaded> {
    let plan = ledger.codebook().plan();
    let counted = Counted::of(&ledger);
    let smallest = plan.privacy.smallest_cell;
    let made = |id: &str| scored(&counted, id).map(|made| if published { made.published(smallest) } else { made });
    let before = plan.rounds.iter().take_while(|known| known.id != round).filter_map(|known| made(&known.id));
    let before: Vec<Scored> = before.filter(|made| made.results.records != Some(0)).collect();
    Ok(made(&round).map_or_else(Vec::new, |made| {
        let before = rounds_before(plan, before, &imported, &made);
        plots(plan, &made, &before, language)
    }))
}

struct Report {
    round: String,
    published: bool,
    page: Page,
    day: String,
    language: Language,
    beside: Beside,
}

/// None where no record counts.
#[chunk(report, fallible)]
fn write(ledger: Rc<Ledger>, report: Report) -> Result<Option<String>, NotLoaded> {
    let Report { round, published, page, day, language, beside } = report;
    let beside = beside.read();
    let part = match &page {
        Page::Whole => Part::Whole,
        Page::Unit(id) => Part::Unit(id),
        Page::Public => Part::Page,
    };
    let asked = Asked { round: Some(&round), published, part, remarks: beside.remarks(), day: &day, language };
    Ok(document_with(&ledger, &ledger.account(), asked, beside.of_report()).ok())
}
