//! The service worker seen from a page. The page's boot script registers it; a new version waits until the user takes it.

use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::clock::within;
use super::object::{self, Deferred};

/// How taking an update ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    /// The page loads again by itself.
    Taken,
    /// Another page of the app is open; close it first.
    OtherPageOpen,
    NoneWaiting,
}

/// `None` on an insecure origin and in some private windows.
fn container() -> Option<ServiceWorkerContainer> {
    let container = object::get(&web_sys::window()?.navigator(), "serviceWorker");
    object::present(&container).then(|| container.unchecked_into())
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let found = container()?.get_registration().await.ok()?;
    object::present(&found).then(|| found.unchecked_into())
}

async fn waiting() -> Option<ServiceWorker> {
    registration().await?.waiting()
}

/// Whether a new version is on the device and waits.
pub async fn update_waiting() -> bool {
    waiting().await.is_some()
}

/// Calls `f` when a new version has come and waits, now or later.
pub fn on_update(f: impl Fn() + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        let Some(container) = container() else { return };
        // Fulfilled after the boot script has registered it.
        let Ok(ready) = container.ready() else { return };
        let Ok(registration) = ready.await else { return };
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        if registration.waiting().is_some() {
            f();
        }
        let f = std::rc::Rc::new(f);
        let found = registration.clone();
        let listener = Closure::<dyn FnMut()>::new(move || {
            let Some(installing) = found.installing() else { return };
            let (f, worker) = (f.clone(), installing.clone());
            let changed = Closure::<dyn FnMut()>::new(move || {
                if worker.state() == web_sys::ServiceWorkerState::Installed {
                    f();
                }
            })
            .into_js_value();
            let _ = installing.add_event_listener_with_callback("statechange", changed.unchecked_ref());
        })
        .into_js_value();
        let _ = registration.add_event_listener_with_callback("updatefound", listener.unchecked_ref());
    });
}

/// Looks for a new version now.
pub async fn check_for_update() {
    if let Some(registration) = registration().await
        && let Ok(update) = registration.update()
    {
        // Without a network there is none.
        let _ = update.await;
    }
}

/// Takes the waiting version and loads the page again. Only when no interview is open here; the caller knows.
pub async fn apply_update() -> Update {
    let (Some(container), Some(waiting)) = (container(), waiting().await) else { return Update::NoneWaiting };
    let Ok(channel) = MessageChannel::new() else { return Update::NoneWaiting };
    let reload = Closure::once_into_js(|| {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    });
    let _ = container.add_event_listener_with_callback("controllerchange", reload.unchecked_ref());
    let answer = Deferred::new();
    let promise = answer.promise.clone();
    let hear = Closure::once_into_js(move |event: MessageEvent| answer.resolve(&event.data()));
    channel.port1().set_onmessage(Some(hear.unchecked_ref()));
    let message = object::make(&[("type", "activate".into())]);
    let ports = js_sys::Array::of1(&channel.port2());
    if waiting.post_message_with_transferable(&message, &ports).is_err() {
        return Update::NoneWaiting;
    }
    match within(5000, async { promise.await }).await {
        Some(Ok(answer)) if object::text(&answer, "type").as_deref() == Some("activating") => Update::Taken,
        _ => {
            let _ = container.remove_event_listener_with_callback("controllerchange", reload.unchecked_ref());
            Update::OtherPageOpen
        }
    }
}
