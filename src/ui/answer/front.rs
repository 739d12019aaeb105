use crate::ui::shell::{t, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// The page without a link: says how to answer, and where canvassers and the office go.
#[component]
pub fn Front() -> impl IntoView {
    let shell = use_shell();
    Effect::new(move |_| shell.title(words::FRONT_TITLE.of(shell.language.get())));
    view! {
        <div class="page stack loose">
            <h1>{t(words::FRONT_TITLE)}</h1>
            <p class="lead">{t(words::FRONT_TEXT)}</p>
            <p><a class="button wide" href="field.html">{t(words::FRONT_FIELD)}</a></p>
            <p><a class="button wide" href="office.html">{t(words::FRONT_OFFICE)}</a></p>
        </div>
    }
}
