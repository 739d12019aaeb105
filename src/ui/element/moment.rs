//! Work for another moment, one shape for all of it.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Runs before the browser draws next: what signals changed is in the page by then.
pub fn next_frame(work: impl FnOnce() + 'static) {
    let _ = window().request_animation_frame(once(Box::new(work)).unchecked_ref());
}

/// Runs before the browser takes the next key or touch: what signals changed so far is in the page by then, but has not
/// been laid out.
pub fn at_once(work: impl FnOnce() + 'static) {
    window().queue_microtask(once(Box::new(work)).unchecked_ref());
}

/// Runs as soon as the browser has done what is waiting.
pub fn later(work: impl FnOnce() + 'static) {
    let _ = window().set_timeout_with_callback(once(Box::new(work)).unchecked_ref());
}

/// So many milliseconds it may take until a busy browser has nothing better to do: then it is done all the same.
const IDLE: f64 = 300.0;

/// Runs when the browser has nothing better to do; Safari has no such call, so there after the next frame.
pub fn when_idle(work: impl FnOnce() + 'static) {
    let idle = js_sys::Reflect::get(&window(), &"requestIdleCallback".into()).ok();
    match idle.and_then(|idle| idle.dyn_into::<js_sys::Function>().ok()) {
        Some(idle) => {
            let options = js_sys::Object::new();
            let _ = js_sys::Reflect::set(&options, &"timeout".into(), &IDLE.into());
            let _ = idle.call2(&window(), &once(Box::new(work)), &options);
        }
        None => next_frame(move || later(work)),
    }
}

fn once(work: Box<dyn FnOnce()>) -> JsValue {
    Closure::once_into_js(work)
}
