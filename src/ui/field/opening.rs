use crate::ui::shell::t;
use crate::ui::words::shell as words;
use leptos::prelude::*;

/// Shown until it is known what the device keeps.
pub fn opening() -> AnyView {
    view! { <div class="page"><p class="empty" role="status">{t(words::LOADING)}</p></div> }.into_any()
}
