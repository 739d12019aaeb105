//! The combined score of a round: votes, experts' scores and figures, where the plan has parts.

use super::backroom::Question;
use super::desk::use_desk;
use super::results::Rounds;
use super::table::shown_table;
use crate::language::Language;
use crate::plan::Plan;
use crate::report::{combined_note, combined_table};
use crate::scores::Scored;
use crate::tally::Combined;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Nothing where the plan has no parts.
#[component]
pub fn CombinedPart(
    rounds: RwSignal<Rc<Rounds>, LocalStorage>,
    round: RwSignal<String>,
    published: RwSignal<bool>,
) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    // With the round that it is of.
    let combined = RwSignal::new_local(None::<(String, Combined)>);
    Effect::new(move |_| {
        rounds.track();
        let of = round.get();
        let has_parts = desk.chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| !chosen.plan.parts.is_empty()));
        if !has_parts {
            return combined.set(None);
        }
        spawn_local(async move {
            let made = desk.backroom.ask::<Option<Combined>>(desk, Question::Parts { round: of.clone() }, None).await;
            if let Ok(made) = made {
                _ = combined.try_set(made.map(|made| (of, made)));
            }
        });
    });
    move || {
        let chosen = desk.chosen.get()?;
        let (of, made) = combined.get().filter(|(of, _)| *of == round.get())?;
        let all = rounds.with(|rounds| rounds.iter().find(|(id, ..)| *id == of).map(|(_, made, _)| made.clone()))?;
        let smallest = chosen.plan.privacy.smallest_cell;
        let (made, shown) = match published.get() {
            true => {
                let shown = all.published(smallest);
                (made.published(&chosen.plan.parts, &shown.results, smallest), shown)
            }
            false => (made, all),
        };
        let language = shell.language.get();
        let section = parts_section(&chosen.plan, &made, &shown, language);
        let save = move |_| {
            let text = parts_file(&chosen.plan, &made, &shown, language);
            desk.save(&[&chosen.plan.id, "-", &of, "-combined.csv"].concat(), &text, "text/csv");
        };
        Some(view! {
            <section class="stack combined">
                {section}
                <div class="row no-print">
                    <button type="button" class="button" on:click=save>{t(words::COMBINED_SAVE)}</button>
                </div>
            </section>
        })
    }
}

/// The file that `minping tally --by part --format csv` writes.
fn parts_file(plan: &Plan, made: &Combined, shown: &Scored, language: Language) -> String {
    combined_table(plan, &[(made, shown)], 2, false, language).to_csv()
}

/// Heading, how it is made, and the table.
fn parts_section(plan: &Plan, made: &Combined, shown: &Scored, language: Language) -> AnyView {
    let table = combined_table(plan, &[(made, shown)], 2, true, language);
    let title = words::COMBINED.of(language);
    view! {
        <h2>{title}</h2>
        <p class="hint">{combined_note(plan, language)}</p>
        {shown_table(table, title, Some("unit"), "combined-table", language)}
    }
    .into_any()
}
