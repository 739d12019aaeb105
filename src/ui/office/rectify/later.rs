//! Before and after, where a later round has the same number.

use super::work::Work;
use crate::language::Language;
use crate::rectification::Case;
use crate::report::{Later, figure_told, verdict};
use crate::tally::{Tally, results};
use crate::ui::words::rectify as words;
use leptos::prelude::*;

pub fn later(work: Work, case: &Case<'_>, language: Language) -> Option<AnyView> {
    let before = case.opening.figure.as_ref()?;
    let plan = work.plan()?;
    work.desk.turned.track();
    let found = work.desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref().filter(|ledger| !ledger.sources().is_empty())?;
        let tally = Tally::of(ledger);
        let rounds = plan.rounds.iter().rev().filter_map(|round| results(&tally, &round.id));
        { rounds }.find_map(|results| Later::of(&plan, case, &results).after)
    });
    let (round, after, change) = found?;
    let told = change.map(|change| {
        let number = |value: f64| format!("{value:.2}");
        match change.interval {
            Some((low, high)) => {
                words::INTERVAL.fill(language, &[&number(change.difference), &number(low), &number(high)])
            }
            None => number(change.difference),
        }
    });
    let shown = verdict(true, change, true, language);
    let before_round = case.opening.round.clone().unwrap_or_default();
    let row = |label: crate::language::Words, text: String| {
        view! { <div><dt>{label.of(language)}</dt><dd>{text}</dd></div> }
    };
    Some(
        view! {
            <section class="card stack before-after">
                <h2>{words::BEFORE_AFTER.of(language)}</h2>
                <dl class="facts">
                    {row(words::BEFORE, [&before_round, " · ", &figure_told(before, language)].concat())}
                    {row(words::AFTER, [&round, " · ", &figure_told(&after, language)].concat())}
                    {told.map(|told| row(words::CHANGE, told))}
                </dl>
                <p><strong>{shown}</strong></p>
                <p class="hint small">{words::CHANGE_HINT.of(language)}</p>
            </section>
        }
        .into_any(),
    )
}
