//! What changed since an earlier round that the clerk chooses.

use super::parts::{Choice, said};
use super::results::Rounds;
use super::table::shown_table;
use crate::plan::Plan;
use crate::report::{changes_note, changes_table};
use crate::scores::changes;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use std::rc::Rc;

/// Nothing where no other round has a record.
#[component]
pub fn ChangeSince(
    rounds: RwSignal<Rc<Rounds>, LocalStorage>,
    plan: Signal<Option<Rc<Plan>>, LocalStorage>,
    round: RwSignal<String>,
    published: RwSignal<bool>,
    desk: super::desk::Desk,
) -> impl IntoView {
    let shell = use_shell();
    let since = RwSignal::new(String::new());
    let earlier = Signal::derive_local(move || {
        let Some(plan) = plan.get() else { return Vec::new() };
        let (now, language) = (round.get(), shell.language.get());
        let with_records = rounds.get();
        let has = |id: &str| with_records.iter().any(|(known, made, _)| known == id && made.results.is_graded());
        let before = plan.rounds.iter().take_while(|known| known.id != now).filter(|known| has(&known.id));
        before.map(|known| (known.id.clone(), said(&known.label, language, &plan))).collect::<Vec<_>>()
    });
    let options = Signal::derive_local(move || {
        let none = (String::new(), words::SINCE_NONE.of(shell.language.get()).to_owned());
        std::iter::once(none).chain(earlier.get()).collect::<Vec<_>>()
    });
    // Another round, or another plan, has other rounds before it.
    Effect::new(move |_| {
        let there = earlier.with(|earlier| since.with_untracked(|since| earlier.iter().any(|(id, _)| id == since)));
        if !there {
            since.set(String::new());
        }
    });
    view! {
        <Show when=move || earlier.with(|earlier| !earlier.is_empty())>
            <section class="stack changes">
                <h2>{t(words::CHANGES)}</h2>
                <div class="grid-fields no-print"><Choice label=words::SINCE options value=since/></div>
                {move || {
                    let (rounds, language) = (rounds.get(), shell.language.get());
                    let find = |id: &str| rounds.iter().find(|(known, ..)| known == id).map(|(_, made, _)| made);
                    let (Some(plan), Some(before), Some(after)) = (plan.get(), find(&since.get()), find(&round.get())) else {
                        return ().into_any();
                    };
                    let smallest = plan.privacy.smallest_cell;
                    let found = match published.get() {
                        true => changes(&before.published(smallest), &after.published(smallest)),
                        false => changes(before, after),
                    };
                    let table = changes_table(&plan, &found, 2, true, language);
                    let name = [&plan.id, "-", &found.after, "-since-", &found.before, ".csv"].concat();
                    let file = changes_table(&plan, &found, 2, false, language).to_csv();
                    view! {
                        <p class="hint">{changes_note(&plan, &found, language)}</p>
                        {shown_table(table, words::CHANGES.of(language), Some("unit_label"), "changes-table", language)}
                        <div class="row no-print">
                            <button type="button" class="button" on:click=move |_| desk.save(&name, &file, "text/csv")>{t(words::CHANGES_SAVE)}</button>
                        </div>
                    }
                    .into_any()
                }}
            </section>
        </Show>
    }
}
