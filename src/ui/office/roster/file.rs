//! The signed list as a file: in and out.

use crate::batch::verify_roster;
use crate::browser::crypto::Web;
use crate::browser::files;
use crate::ui::office::desk::{Desk, use_desk};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::{file_words, roster_words};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const FILE_KIND: &str = "application/jose";

/// What became of a roster file, and its issue.
#[derive(Clone, Copy)]
enum Told {
    Taken(usize),
    Refused(Words, usize),
}

#[component]
pub fn RosterFile() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let told = RwSignal::new(None::<Told>);
    let load = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".minping-roster,.minping").await;
            let Some(file) = picked.into_iter().next() else { return };
            told.try_set(None);
            let found = match file.read(LONGEST).await {
                Ok(text) => take(desk, text.trim()).await,
                Err(why) => Told::Refused(file_words(why), 0),
            };
            told.try_set(Some(found));
        });
    };
    let save = move |_| {
        if let Some(here) = desk.roster.get_untracked() {
            desk.save(&[here.roster.plan.as_str(), ".minping-roster"].concat(), &here.text, FILE_KIND);
        }
    };
    view! {
        <div class="row">
            <button type="button" class="button" on:click=load>{t(words::ROSTER_LOAD)}"…"</button>
            <Show when=move || desk.roster.with(Option::is_some)>
                <button type="button" class="button primary" on:click=save>{t(words::ROSTER_SAVE)}</button>
            </Show>
        </div>
        {move || told.get().map(|told| match told {
            Told::Taken(issue) => view! {
                <p class="banner good" role="status">{move || words::ROSTER_TAKEN.count(shell.language.get(), &[issue])}</p>
            }.into_any(),
            Told::Refused(why, issue) => view! {
                <p class="banner bad" role="alert">{move || why.count(shell.language.get(), &[issue])}</p>
            }.into_any(),
        })}
    }
}

async fn take(desk: Desk, text: &str) -> Told {
    // The page shows this only with a plan.
    let Some(chosen) = desk.chosen.get_untracked() else { return Told::Refused(words::PLAN_NONE, 0) };
    let office = chosen.plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
    if office.is_empty() {
        return Told::Refused(words::PLAN_UNPUBLISHED, 0);
    }
    let roster = match verify_roster(&Web, text, office, &chosen.plan.id).await {
        Ok(roster) => roster,
        Err(error) => return Told::Refused(roster_words(&error), 0),
    };
    let issue = roster.issue as usize;
    if let Some(here) = desk.roster.get_untracked() {
        if roster.issue < here.roster.issue {
            return Told::Refused(words::ROSTER_OLDER, issue);
        }
        // Two clerks signed the same issue: which is right, people have to say.
        if roster.issue == here.roster.issue && roster != here.roster {
            return Told::Refused(words::ROSTER_TWIN, issue);
        }
    }
    desk.enrol(roster, text.to_owned()).await;
    Told::Taken(issue)
}
