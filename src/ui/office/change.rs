//! What changed since an earlier round that the clerk chooses.

use super::earlier::{follow_earlier, kept_earlier};
use super::parts::{Choice, said};
use super::results::Rounds;
use super::table::shown_table;
use crate::plan::Plan;
use crate::report::{changes_note, changes_table};
use crate::scores::{Scored, changes, rounds_before};
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
    // The round as it is shown, and those before it: counted, or imported.
    let compared = move || {
        let plan = plan.get()?;
        follow_earlier(desk);
        let (now, all, smallest) = (round.get(), rounds.get(), plan.privacy.smallest_cell);
        let shown = |made: &Scored| if published.get() { made.published(smallest) } else { made.clone() };
        let after = all.iter().find(|(known, ..)| *known == now).map(|(_, made, _)| shown(made))?;
        let before = all.iter().take_while(|(known, ..)| *known != now);
        let before = before.filter(|(_, made, _)| made.results.is_graded()).map(|(_, made, _)| shown(made));
        let before = rounds_before(&plan, before.collect(), &kept_earlier(desk), &after);
        Some((plan, before, after))
    };
    let earlier = Signal::derive_local(move || {
        let language = shell.language.get();
        let Some((plan, before, _)) = compared() else { return Vec::new() };
        let label =
            |id: &str| plan.round(id).map_or_else(|| id.to_owned(), |known| said(&known.label, language, &plan));
        before.into_iter().map(|made| (made.results.round.clone(), label(&made.results.round))).collect::<Vec<_>>()
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
                    let language = shell.language.get();
                    let Some((plan, before, after)) = compared() else { return ().into_any() };
                    let chosen = since.with(|since| before.into_iter().find(|made| made.results.round == *since));
                    let Some(before) = chosen else { return ().into_any() };
                    let found = changes(&before, &after);
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
