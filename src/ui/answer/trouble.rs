use super::invitation::Trouble;
use crate::ui::device::PlanError;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, answer as words};
use leptos::prelude::*;

/// Why there is nothing to answer, and what to do.
pub fn trouble(what: Trouble) -> AnyView {
    let (title, text, detail) = match what {
        Trouble::BadLink => (words::BAD_LINK, words::BAD_LINK_TEXT, String::new()),
        Trouble::Forged => (words::FORGED, words::FORGED_TEXT, String::new()),
        Trouble::Plan(PlanError::Offline) => (words::PLAN_OFFLINE, words::PLAN_OFFLINE_TEXT, String::new()),
        Trouble::Plan(PlanError::Missing(_) | PlanError::Changed) => {
            (words::PLAN_MISSING, words::PLAN_MISSING_TEXT, String::new())
        }
        Trouble::Plan(PlanError::Unreadable(detail)) | Trouble::Unfit(detail) => {
            (words::PLAN_UNFIT, words::PLAN_UNFIT_TEXT, detail)
        }
        Trouble::NotYet(day) => (words::NOT_YET, words::NOT_YET_TEXT, day),
        Trouble::Closed(day) => (words::CLOSED, words::CLOSED_TEXT, day),
        Trouble::Insecure => (words::INSECURE, words::INSECURE_TEXT, String::new()),
    };
    explain(title, text, detail, true)
}

/// The link's single use was on this device.
pub fn already() -> AnyView {
    explain(words::ALREADY, words::ALREADY_TEXT, String::new(), false)
}

fn explain(title: Words, text: Words, detail: String, again: bool) -> AnyView {
    let shell = use_shell();
    view! {
        <div class="page stack">
            <h1 tabindex="-1">{t(title)}</h1>
            <p class="lead">{move || text.fill(shell.language.get(), &[&detail])}</p>
            {again.then(|| view! {
                <p>
                    <button type="button" class="button primary" on:click=move |_| {
                        let _ = window().location().reload();
                    }>{t(words::RETRY)}</button>
                </p>
            })}
        </div>
    }
    .into_any()
}
