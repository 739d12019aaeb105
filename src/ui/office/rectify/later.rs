//! Before and after, where a later round has the same number.

use super::work::Work;
use crate::language::Language;
use crate::plan::Plan;
use crate::rectification::Case;
use crate::report::{After, figure_told, later as follow, later_note, verdict};
use crate::scores::{Counted, Scored, scored};
use crate::ui::office::parts::said;
use crate::ui::words::rectify as words;
use leptos::prelude::*;

/// The next round that has the number; judged together with all cases of the ledger.
pub fn later(work: Work, case: &Case<'_>, language: Language) -> Option<AnyView> {
    let before = case.opening.figure.as_ref()?;
    let plan = work.plan()?;
    work.desk.turned.track();
    let rounds: Vec<Scored> = work.desk.ledger.with_value(|ledger| {
        let counted = ledger.as_ref().map(Counted::of)?;
        let made = plan.rounds.iter().filter_map(|round| scored(&counted, &round.id));
        Some(made.filter(|made| made.results.records != Some(0)).collect())
    })?;
    let (after, note) = work.book.with(|book| {
        let cases = book.cases();
        rounds.iter().find_map(|round| {
            let found = follow(&plan, &cases, &rounds, &round.results.round);
            let own = found.iter().find(|one| one.case.id == case.id)?.after.clone()?;
            Some((own, later_note(&found, language)))
        })
    })?;
    let After { round, figure, change } = &after;
    let told = change.as_ref().ok().map(|change| {
        let number = |value: f64| format!("{value:.2}");
        match change.interval {
            Some((low, high)) => {
                words::INTERVAL.fill(language, &[&number(change.difference), &number(low), &number(high)])
            }
            None => number(change.difference),
        }
    });
    let together =
        change.as_ref().ok().and_then(|change| change.p).map(|(alone, together)| {
            words::P_HOLM.fill(language, &[&format!("{alone:.4}"), &format!("{together:.4}")])
        });
    let shown = verdict(&plan, Some(&after), true, language);
    let name = |id: &str| label(&plan, id, language);
    let before_round = case.opening.round.as_deref().map(name).unwrap_or_default();
    let row = |label: crate::language::Words, text: String| {
        view! { <div><dt>{label.of(language)}</dt><dd>{text}</dd></div> }
    };
    Some(
        view! {
            <section class="card stack before-after">
                <h2>{words::BEFORE_AFTER.of(language)}</h2>
                <dl class="facts">
                    {row(words::BEFORE, [&before_round, " · ", &figure_told(before, language)].concat())}
                    {row(words::AFTER, [&name(round), " · ", &figure_told(figure, language)].concat())}
                    {told.map(|told| row(words::CHANGE, told))}
                    {together.map(|together| row(words::TESTED, together))}
                </dl>
                <p><strong>{shown}</strong></p>
                <p class="hint small">{note}" "{words::CHANGE_HINT.of(language)}</p>
            </section>
        }
        .into_any(),
    )
}

fn label(plan: &Plan, id: &str, language: Language) -> String {
    plan.round(id).map_or_else(|| id.to_owned(), |round| said(&round.label, language, plan))
}
