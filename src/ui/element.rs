//! The page's elements as the resident's screens make them: one small builder, so that a screen costs the bundle its
//! texts and attributes and not a type and its code for each view.
//!
//! It owns how an element is made, how a part follows the signals that it reads, and when listeners end. All that moves
//! is boxed at once: there is one shape of effect, one of listener. What belongs to an owner ends with it.
//!
//! It refuses HTML: a text becomes a text node or an attribute's value, whoever wrote it. It knows no screen, no word
//! of the interface and no session. Screens in `view!` (canvasser, office) and screens made here hold each other
//! through `of_view` and `in_view`.

mod bridge;
mod chunk;
mod moment;
mod rows;

pub use bridge::{in_view, of_view};
pub use chunk::{NotLoaded, chunk, on_demand};
pub use moment::{at_once, later, next_frame, when_idle};
pub use rows::Rows;

use js_sys::Function;
use leptos::prelude::{Owner, StoredValue, document, on_cleanup, untrack};
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget, Node};

/// An element, a text, or several of them that have no element around them. Cloning clones the handle.
#[derive(Clone)]
pub struct Element(Node);

/// An element. `class` may be empty.
pub fn el(tag: &str, class: &str) -> Element {
    let element = document().create_element(tag).expect("tags are written in this program");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Element(element.into())
}

/// A button that does what it is told and nothing else.
pub fn button(class: &str) -> Element {
    el("button", class).attr("type", "button")
}

/// Several things beside each other; also nothing at all.
pub fn group() -> Element {
    Element(document().create_document_fragment().into())
}

/// A text by itself.
pub fn text(text: &str) -> Element {
    Element(document().create_text_node(text).into())
}

/// Runs at once, and again after a signal that it read has changed, until the owner around the call is cleaned. What
/// the run itself made (effects, listeners, clean-ups) ends before the next run.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

fn follow_boxed(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    on_cleanup(move || drop(effect));
}

/// Listens until the owner around the call is cleaned.
pub fn listen(target: &EventTarget, kind: &'static str, heard: impl Fn(Event) + 'static) {
    listen_boxed(target.clone(), kind, Box::new(heard));
}

fn listen_boxed(target: EventTarget, kind: &'static str, heard: Box<dyn Fn(Event)>) {
    // Shared, not exclusive: the browser may call a listener inside itself.
    let closure: Closure<dyn Fn(Event)> = Closure::wrap(heard);
    let function: Function = closure.as_ref().unchecked_ref::<Function>().clone();
    let _ = target.add_event_listener_with_callback(kind, &function);
    // No longer called when it is gone: an element that is removed with the focus in it still tells of that.
    on_cleanup(move || {
        let _ = target.remove_event_listener_with_callback(kind, &function);
    });
    // Ends with the owner.
    StoredValue::new_local(closure);
}

/// Puts an app into the page: what `build` makes lasts as long as the page.
pub fn run(build: impl FnOnce() -> Element + 'static) {
    leptos::mount::mount_to_body(move || bridge::made(build()));
}

impl Element {
    /// The browser's own element.
    pub fn node(&self) -> &web_sys::Element {
        self.0.unchecked_ref()
    }

    /// Puts something at its end.
    pub fn add(&self, child: &Element) {
        let _ = self.0.append_child(&child.0);
    }

    pub fn child(self, child: Element) -> Element {
        self.add(&child);
        self
    }

    pub fn maybe(self, child: Option<Element>) -> Element {
        if let Some(child) = child {
            self.add(&child);
        }
        self
    }

    pub fn children(self, children: Vec<Element>) -> Element {
        for child in children {
            self.add(&child);
        }
        self
    }

    pub fn text(self, words: &str) -> Element {
        self.child(text(words))
    }

    /// A text that follows the signals that `read` reads.
    pub fn live_text(self, read: impl Fn() -> String + 'static) -> Element {
        self.follow_text(Box::new(read));
        self
    }

    fn follow_text(&self, read: Box<dyn Fn() -> String>) {
        let node = document().create_text_node("");
        let _ = self.0.append_child(&node);
        let mut shown = String::new();
        follow(move || {
            let now = read();
            if now != shown {
                node.set_data(&now);
                shown = now;
            }
        });
    }

    /// What `build` makes, made anew when a signal that it read changes.
    pub fn live(self, build: impl Fn() -> Element + 'static) -> Element {
        self.follow_part(Box::new(build));
        self
    }

    fn follow_part(&self, build: Box<dyn Fn() -> Element>) {
        let space = Space::at_end_of(self);
        follow(move || space.fill(&build()));
    }

    /// One of several parts: what `build` makes for the number that `choose` answers, made anew only when that number
    /// is another. What `build` reads is not followed.
    pub fn switch(self, choose: impl Fn() -> usize + 'static, build: impl Fn(usize) -> Element + 'static) -> Element {
        self.follow_switch(Box::new(choose), Box::new(build));
        self
    }

    fn follow_switch(&self, choose: Box<dyn Fn() -> usize>, build: Box<dyn Fn(usize) -> Element>) {
        let space = Space::at_end_of(self);
        // Not below the effect, which ends what is below it each time that it runs.
        let owner = Owner::new();
        let mut shown = None;
        follow(move || {
            let chosen = choose();
            if shown.replace(chosen) != Some(chosen) {
                space.fill(&owner.with_cleanup(|| untrack(|| build(chosen))));
            }
        });
    }

    pub fn attr(self, name: &str, value: &str) -> Element {
        let _ = self.node().set_attribute(name, value);
        self
    }

    /// An attribute without a value, such as `checked`.
    pub fn flag(self, name: &str, set: bool) -> Element {
        if set { self.attr(name, "") } else { self }
    }

    pub fn set_flag(&self, name: &str, set: bool) {
        let _ = if set { self.node().set_attribute(name, "") } else { self.node().remove_attribute(name) };
    }

    /// An attribute that follows the signals that `read` reads; `None` takes it away.
    pub fn live_attr(self, name: &'static str, read: impl Fn() -> Option<String> + 'static) -> Element {
        self.follow_attr(name, Box::new(read));
        self
    }

    fn follow_attr(&self, name: &'static str, read: Box<dyn Fn() -> Option<String>>) {
        let element = self.clone();
        let mut shown = None;
        follow(move || {
            let now = read();
            if now != shown {
                let _ = match &now {
                    Some(value) => element.node().set_attribute(name, value),
                    None => element.node().remove_attribute(name),
                };
                shown = now;
            }
        });
    }

    /// An attribute without a value that comes and goes.
    pub fn live_flag(self, name: &'static str, read: impl Fn() -> bool + 'static) -> Element {
        self.live_attr(name, move || read().then(String::new))
    }

    pub fn on(self, kind: &'static str, heard: impl Fn(Event) + 'static) -> Element {
        listen_boxed(self.0.clone().into(), kind, Box::new(heard));
        self
    }
}

/// A place between two marks, since what is in it may come and go by itself.
struct Space {
    start: Node,
    end: Node,
}

impl Space {
    fn at_end_of(parent: &Element) -> Space {
        let (start, end) = (mark(), mark());
        parent.add(&start);
        parent.add(&end);
        Space { start: start.0, end: end.0 }
    }

    /// Puts something in the place of what is there.
    fn fill(&self, built: &Element) {
        if let Some(first) = self.start.next_sibling() {
            self.clear_from(first);
        }
        self.append(built);
    }

    /// Puts something behind what is there.
    fn append(&self, built: &Element) {
        if let Some(parent) = self.end.parent_node() {
            let _ = parent.insert_before(&built.0, Some(&self.end));
        }
    }

    /// Takes away a node and all behind it: to the end of this place, or of the element that the node is in.
    fn clear_from(&self, first: Node) {
        let Some(parent) = first.parent_node() else { return };
        let mut at = Some(first);
        while let Some(old) = at.filter(|old| *old != self.end) {
            at = old.next_sibling();
            let _ = parent.remove_child(&old);
        }
    }
}

fn mark() -> Element {
    Element(document().create_comment("").into())
}
