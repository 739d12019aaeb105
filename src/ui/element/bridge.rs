//! Between elements made here and screens in `view!`.

use super::{Element, group, mark};
use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Mountable, Position, PositionState};
use wasm_bindgen::JsCast;
use web_sys::Node;

/// A view as an element; it ends with the owner around the call.
pub fn of_view(view: AnyView) -> Element {
    let group = group();
    let mut state = view.build();
    state.mount(group.node(), None);
    StoredValue::new_local(state);
    group
}

/// An element in a view; it ends with the owner around its making.
pub fn in_view(element: Element) -> AnyView {
    made(element).into_any()
}

pub(super) fn made(element: Element) -> impl IntoView {
    Made(element)
}

struct Made(Element);

/// What was made lies between two marks, and is moved with them.
struct Place {
    start: Node,
    end: Node,
    away: Element,
}

impl Place {
    fn nodes(&self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut at = Some(self.start.clone());
        while let Some(node) = at {
            at = node.next_sibling().filter(|_| node != self.end);
            nodes.push(node);
        }
        nodes
    }
}

impl Mountable for Place {
    fn unmount(&mut self) {
        for node in self.nodes() {
            let _ = self.away.0.append_child(&node);
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        for node in self.nodes() {
            let _ = parent.insert_before(&node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.start.parent_node() {
            Some(parent) => {
                child.mount(parent.unchecked_ref(), Some(&self.start));
                true
            }
            None => false,
        }
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        self.nodes().into_iter().filter_map(|node| node.dyn_into().ok()).collect()
    }
}

impl Render for Made {
    type State = Place;

    fn build(self) -> Place {
        let (start, end) = (mark(), mark());
        let away = group().child(start.clone()).child(self.0).child(end.clone());
        Place { start: start.0, end: end.0, away }
    }

    fn rebuild(self, state: &mut Place) {
        let mut new = self.build();
        if let Some(parent) = state.start.parent_node() {
            new.mount(parent.unchecked_ref(), Some(&state.start));
        }
        state.unmount();
        *state = new;
    }
}

impl AddAnyAttr for Made {
    type Output<SomeNewAttr: Attribute> = Made;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Made
    where
        Made: RenderHtml,
    {
        self
    }
}

/// The app is made in the browser alone: there is no HTML to write or to take over.
impl RenderHtml for Made {
    type AsyncOutput = Made;
    type Owned = Made;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Made {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Place {
        self.build()
    }

    fn into_owned(self) -> Made {
        self
    }
}
