//! The receiver that the page looks at while the ballot is open.

use super::work::{Look, Work};
use crate::ui::office::parts::value_of;
use crate::ui::office::reasons::fetch_words;
use crate::ui::shell::t;
use crate::ui::words::{hall as words, office};
use leptos::prelude::*;

pub fn looking(work: Work) -> AnyView {
    let missing = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let empty = |value: RwSignal<String>| value.with_untracked(|value| value.trim().is_empty());
        missing.set(empty(work.receiver) || empty(work.token));
        if !missing.get_untracked() {
            work.look_on();
        }
    };
    let class = move || match work.look.get() {
        Look::Done => "tag good",
        Look::Failed(_) => "tag bad",
        Look::Off => "tag",
    };
    let state = move || match work.look.get() {
        Look::Done => t(words::LOOK_DONE)(),
        Look::Failed(why) => t(fetch_words(why))(),
        Look::Off => t(words::LOOK_OFF)(),
    };
    view! {
        <details class="card no-print" open=move || work.look.with_untracked(|look| *look != Look::Done)>
            <summary class="summary">{t(words::RECEIVER)}" "<span class=class role="status">{state}</span></summary>
            <form class="stack" on:submit=submit>
                <p class="hint small">{t(words::RECEIVER_HINT)}</p>
                <div class="grid-fields">
                    <label class="field">
                        <span class="field-label">{t(office::RECEIVER_URL)}</span>
                        <input class="input mono" inputmode="url" autocomplete="off" prop:value=move || work.receiver.get()
                            on:input=move |event| work.receiver.set(value_of(&event.into()))/>
                    </label>
                    <label class="field">
                        <span class="field-label">{t(office::RECEIVER_TOKEN)}</span>
                        <input class="input mono" type="password" autocomplete="off" prop:value=move || work.token.get()
                            on:input=move |event| work.token.set(value_of(&event.into()))/>
                    </label>
                </div>
                {move || missing.get().then(|| view! { <p class="error" role="alert">{t(office::RECEIVER_MISSING)}</p> })}
                <div class="row"><button type="submit" class="button primary">{t(words::LOOK_ON)}</button></div>
            </form>
        </details>
    }
    .into_any()
}
