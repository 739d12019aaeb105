//! The round's report as a file: the same that `minping report` writes.

use super::backroom::{Page, Question};
use super::beside::beside;
use super::desk::use_desk;
use super::parts::today;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{office as words, shell as shell_words, suggestions};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button that saves the report of a round, as it is shown: for the office or for publication.
#[component]
pub fn SaveReport(round: RwSignal<String>, published: RwSignal<bool>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let without = RwSignal::new(false);
    let save = move |_| {
        let language = shell.language.get_untracked();
        let (id, published) = (round.get_untracked(), published.get_untracked());
        busy.set(true);
        failed.set(false);
        without.set(false);
        spawn_local(async move {
            let beside = beside(desk, &id);
            let whole = beside.notes.is_some() || !published;
            let question =
                Question::Report { round: id.clone(), published, page: Page::Whole, day: today(), language, beside };
            let made = desk.backroom.ask::<Option<String>>(desk, question, None).await;
            let _ = busy.try_set(false);
            let Some(chosen) = desk.chosen.get_untracked() else { return };
            match made {
                Ok(Some(html)) => {
                    let _ = without.try_set(!whole);
                    let kind = if published { "published" } else { "internal" };
                    desk.save(&[&chosen.plan.id, "-", &id, "-", kind, ".html"].concat(), &html, "text/html");
                }
                Ok(None) => {}
                Err(_) => {
                    let _ = failed.try_set(true);
                }
            }
        });
    };
    view! {
        <button type="button" class="button" disabled=move || busy.get() on:click=save>{t(words::SAVE_REPORT)}</button>
        <Show when=move || without.get()>
            <p class="banner warn" role="status">{t(suggestions::REPORT_WITHOUT)}</p>
        </Show>
        <Show when=move || failed.get()>
            <p class="banner bad" role="alert">{t(shell_words::NOT_LOADED)}</p>
        </Show>
    }
}
