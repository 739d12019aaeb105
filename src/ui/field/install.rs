//! Putting the app on the home screen: the browser's own offer where it makes one, or else how to do it.

use crate::ui::shell::t;
use crate::ui::words::field as words;
use js_sys::{Function, Reflect};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

/// How the app stands on this device.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Installed {
    Yes,
    No,
    /// On an iPhone or iPad, in the browser: it will be emptied after seven days without use.
    NoOnApple,
}

/// The browser's offer to install, once it has made one.
#[derive(Clone, Copy)]
pub struct Offer(RwSignal<Option<JsValue>, LocalStorage>);

/// Keeps the browser's offer for the page that shows it. Call it once.
pub fn watch_offer() {
    let offer = RwSignal::new_local(None);
    provide_context(Offer(offer));
    let handle = window_event_listener(ev::Custom::<ev::Event>::new("beforeinstallprompt"), move |event| {
        event.prevent_default();
        offer.set(Some(event.into()));
    });
    // It listens as long as the page lives.
    std::mem::forget(handle);
}

pub fn installed() -> Installed {
    let standalone =
        window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|list| list.matches());
    // Only Safari on iPhones and iPads has this member.
    let apple = Reflect::get(&window().navigator(), &"standalone".into()).ok().and_then(|value| value.as_bool());
    match (standalone, apple) {
        (true, _) | (_, Some(true)) => Installed::Yes,
        (false, Some(false)) => Installed::NoOnApple,
        (false, None) => Installed::No,
    }
}

#[component]
pub fn Install() -> impl IntoView {
    let offer = expect_context::<Offer>().0;
    let ask = move |_| {
        let Some(event) = offer.get_untracked() else { return };
        if let Ok(prompt) = Reflect::get(&event, &"prompt".into())
            && let Ok(prompt) = prompt.dyn_into::<Function>()
        {
            let _ = prompt.call0(&event);
        }
        // An offer can be used once.
        offer.set(None);
    };
    view! {
        <section class="card stack tight">
            <h2>{t(words::INSTALL)}</h2>
            {match installed() {
                Installed::Yes => view! { <p>{t(words::INSTALLED)}</p> }.into_any(),
                Installed::NoOnApple => view! { <p>{t(words::INSTALL_IOS)}</p> }.into_any(),
                Installed::No => (move || match offer.with(Option::is_some) {
                    true => view! {
                        <p><button type="button" class="button" on:click=ask>{t(words::INSTALL_BUTTON)}</button></p>
                    }.into_any(),
                    false => view! { <p>{t(words::INSTALL_OTHER)}</p> }.into_any(),
                }).into_any(),
            }}
        </section>
    }
}
