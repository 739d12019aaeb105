use crate::ui::element::{Element, group, when_idle};
use leptos::prelude::*;
use std::rc::Rc;

/// Built before anything else happens: more than a screen shows.
const FIRST: usize = 8;
/// Built in one go later on: a slow phone stays responsive.
const MOST: usize = 16;

/// Builds `count` things, the first at once, the others step by step while the page is idle, or at once when `wanted` is
/// beyond them. In the end all are there, for searching in the page and for screen readers.
pub fn in_steps(count: usize, wanted: RwSignal<usize>, build: impl Fn(usize) -> Element + 'static) -> Element {
    step(count, wanted, Rc::new(build), 0, FIRST)
}

fn step(
    count: usize,
    wanted: RwSignal<usize>,
    build: Rc<dyn Fn(usize) -> Element>,
    from: usize,
    size: usize,
) -> Element {
    let to = (from + size).min(count);
    let built = group();
    for at in from..to {
        built.add(&build(at));
    }
    if to == count {
        return built;
    }
    let due = RwSignal::new(false);
    when_idle(move || {
        // The screen may be gone by then.
        let _ = due.try_set(true);
    });
    let ready = move || usize::from(due.get() || wanted.get() > to);
    built.switch(ready, move |ready| match ready {
        0 => group(),
        _ => step(count, wanted, build.clone(), to, (size * 2).min(MOST)),
    })
}
