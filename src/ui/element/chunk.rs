//! Parts of the screen whose code is in a chunk: a file of its own, which is loaded when it is first needed.
//!
//! ```ignore
//! #[chunk(drawing, fallible)]                        // the chunk's name; several functions may share one
//! pub fn drawing(live: Live, index: usize) -> Result<Element, NotLoaded> { Ok(el("canvas", "")) }
//!
//! on_demand(move || drawing(live, index))            // where it is shown: the function is now async
//! ```
//!
//! The build cuts the chunk out of the bundle with all that only it needs, and the service worker keeps it with the rest
//! of the release.

use super::{Element, Space, button, el, group, next_frame};
use crate::ui::shell::{focus_heading, use_shell};
use crate::ui::words::shell as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Why a chunk is not there: the network is away and the service worker has not kept it yet.
pub use wasm_split_helpers::SplitLoaderError as NotLoaded;
/// Puts a function, with all that only it needs, into a chunk.
pub use wasm_split_helpers::wasm_split as chunk;

type Making = Pin<Box<dyn Future<Output = Result<Element, NotLoaded>>>>;

/// What a function of a chunk makes. Its place says that it is being opened until it is there, and offers to try again
/// when it cannot be had. Where the chunk is loaded already, it is there at once. What is read while it is made is not
/// followed.
pub fn on_demand<F>(make: impl Fn() -> F + 'static) -> Element
where
    F: Future<Output = Result<Element, NotLoaded>> + 'static,
{
    let part = group();
    let place = Place {
        space: Space::at_end_of(&part),
        // Not below an effect that is ended while the chunk is on its way.
        owner: Owner::new(),
        make: Box::new(move || Box::pin(make())),
    };
    demand(StoredValue::new_local(Rc::new(place)));
    part
}

/// Where something of a chunk is shown; gone with the owner around it.
struct Place {
    space: Space,
    owner: Owner,
    make: Box<dyn Fn() -> Making>,
}

type Kept = StoredValue<Rc<Place>, LocalStorage>;

fn demand(kept: Kept) {
    let Some(place) = kept.try_get_value() else { return };
    let mut making = (place.make)();
    let mut early = Context::from_waker(Waker::noop());
    if let Poll::Ready(made) = place.turn(&mut making, &mut early) {
        return place.show(kept, made);
    }
    place.space.fill(&place.owner.with_cleanup(|| el("p", "hint").attr("role", "status").say(words::LOADING)));
    drop(place);
    spawn_local(async move {
        let made = std::future::poll_fn(|turn| match kept.try_get_value() {
            Some(place) => place.turn(&mut making, turn).map(Some),
            // The person has left: what it reads may be gone.
            None => Poll::Ready(None),
        });
        if let (Some(made), Some(place)) = (made.await, kept.try_get_value()) {
            place.show(kept, made);
            next_frame(focus_if_lost);
        }
    });
}

/// A screen that came late was not there when its heading was to be read out.
fn focus_if_lost() {
    if document().active_element().is_none_or(|focused| focused.tag_name() == "BODY") {
        focus_heading();
    }
}

impl Place {
    fn turn(&self, making: &mut Making, context: &mut Context) -> Poll<Result<Element, NotLoaded>> {
        self.owner.with(|| untrack(|| making.as_mut().poll(context)))
    }

    fn show(&self, kept: Kept, made: Result<Element, NotLoaded>) {
        match made {
            Ok(made) => self.space.fill(&made),
            Err(_) => self.space.fill(&self.owner.with(|| missing(kept))),
        }
    }
}

fn missing(kept: Kept) -> Element {
    use_shell().say(words::NOT_LOADED);
    let retry = button("button").on("click", move |_| demand(kept)).say(words::RETRY);
    el("div", "banner warn stack tight").child(el("p", "").say(words::NOT_LOADED)).child(el("p", "").child(retry))
}
