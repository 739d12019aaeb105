//! The round's report as a file: the same that `minping report` writes.

use super::desk::{Desk, use_desk};
use super::earlier::kept_earlier;
use super::parts::today;
use super::rectify::kept_book;
use super::suggestions::kept_notes;
use crate::report::{Asked, Beside, Part, document_with};
use crate::ui::element::{NotLoaded, chunk};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, office as words, shell as shell_words, suggestions};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// None where no record counts. False: without suggestions, since a note cannot be read.
#[chunk(report, fallible)]
fn write(desk: Desk, round: String, published: bool, language: Language) -> Result<Option<(String, bool)>, NotLoaded> {
    let day = today();
    let asked = Asked { round: Some(&round), published, part: Part::Whole, day: &day, language };
    Ok(desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        let notes = kept_notes(desk);
        let roster = desk.roster.get_untracked();
        let html = desk.arrivals.with_value(|arrivals| {
            let roster = roster.as_ref().map(|enrolled| &enrolled.roster);
            let imported = kept_earlier(desk);
            let book = kept_book(desk, ledger.codebook().plan()).0;
            let beside = Beside {
                notes: notes.as_ref(),
                arrivals: Some(arrivals),
                roster,
                book: Some(&book),
                imported: &imported,
            };
            document_with(ledger, &ledger.account(), asked, beside).ok()
        })?;
        Some((html, notes.is_some() || !published))
    }))
}

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
            let made = write(desk, id.clone(), published, language).await;
            let _ = busy.try_set(false);
            let Some(chosen) = desk.chosen.get_untracked() else { return };
            match made {
                Ok(Some((html, whole))) => {
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
