use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

/// Built before anything else happens: more than a screen shows.
const FIRST: usize = 8;
/// Built in one go later on: a slow phone stays responsive.
const MOST: usize = 16;

/// Builds `count` things, the first at once, the others step by step while the page is idle, or at once when `wanted` is
/// beyond them. In the end all are there, for searching in the page and for screen readers.
pub fn in_steps(
    count: usize,
    wanted: RwSignal<usize>,
    build: impl Fn(usize) -> AnyView + Copy + Send + 'static,
) -> AnyView {
    step(count, wanted, build, 0, FIRST)
}

fn step(
    count: usize,
    wanted: RwSignal<usize>,
    build: impl Fn(usize) -> AnyView + Copy + Send + 'static,
    from: usize,
    size: usize,
) -> AnyView {
    let to = (from + size).min(count);
    let built: Vec<AnyView> = (from..to).map(build).collect();
    if to == count {
        return built.into_any();
    }
    let due = RwSignal::new(false);
    when_idle(move || {
        // The screen may be gone by then.
        let _ = due.try_set(true);
    });
    let ready = Memo::new(move |_| due.get() || wanted.get() > to);
    let rest = move || ready.get().then(|| step(count, wanted, build, to, (size * 2).min(MOST)));
    (built, rest).into_any()
}

/// Calls back when the browser has nothing better to do; Safari has no such call, so there after the next frame.
fn when_idle(work: impl FnOnce() + 'static) {
    let idle = js_sys::Reflect::get(&window(), &"requestIdleCallback".into()).ok();
    match idle.and_then(|idle| idle.dyn_into::<js_sys::Function>().ok()) {
        Some(idle) => {
            let _ = idle.call1(&window(), &Closure::once_into_js(work));
        }
        None => request_animation_frame(move || set_timeout(work, std::time::Duration::ZERO)),
    }
}
