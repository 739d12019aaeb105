use crate::browser::keeper::{Copies, SaveError, Saved};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// How far the newest change has come. `None`: nothing is kept here. Silent for screen readers until it fails.
#[component]
pub fn SavedLine(saved: Signal<Option<Saved>>) -> impl IntoView {
    let shell = use_shell();
    let failed = Memo::new(move |_| match saved.get() {
        Some(Saved::Failed(SaveError::Full)) => Some(words::SAVE_FULL),
        Some(Saved::Failed(_)) => Some(words::SAVE_FAILED),
        _ => None,
    });
    let line = move || {
        let (class, text) = match saved.get() {
            None => ("saved small open", words::NOT_KEPT),
            Some(Saved::Saving) => ("saved small", words::SAVING),
            Some(Saved::Saved(Copies::Two)) => ("saved small done", words::SAVED),
            Some(Saved::Saved(Copies::One)) => ("saved small done", words::SAVED_ONCE),
            Some(Saved::Failed(_)) => return None,
        };
        Some(view! { <p class=class>{t(text)}</p> })
    };
    let alarm = move || failed.get().map(|text| view! { <p class="banner bad">{text.of(shell.language.get())}</p> });
    view! {
        <div class="saved-line">
            {line}
            <div role="alert">{alarm}</div>
        </div>
    }
}
