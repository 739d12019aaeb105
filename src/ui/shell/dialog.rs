use super::super::element::{Element, el, follow, group, in_view, of_view};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// A modal dialog on the browser's own `<dialog>`: focus is kept inside, Escape closes it, and focus returns. What is in
/// it is built when it opens.
pub fn dialog(
    open: RwSignal<bool>,
    title: impl Fn() -> String + 'static,
    content: impl Fn() -> Element + 'static,
) -> Element {
    make(open, Rc::new(title), Rc::new(content))
}

fn make(open: RwSignal<bool>, title: Rc<dyn Fn() -> String>, content: Rc<dyn Fn() -> Element>) -> Element {
    let (named, headed) = (title.clone(), title);
    let content = move || {
        if !open.get() {
            return group();
        }
        let headed = headed.clone();
        el("div", "stack").child(el("h2", "").live_text(move || headed())).child(content())
    };
    let element = el("dialog", "")
        .live_attr("aria-label", move || Some(named()))
        // Told late, when it may be open again already.
        .on("close", move |event| {
            let dialog = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
            if dialog.is_none_or(|dialog| !dialog.open()) {
                open.set(false);
            }
        })
        .live(content);
    let dialog: HtmlDialogElement = element.node().clone().unchecked_into();
    // After its content, of which the first control gets the focus.
    follow(move || {
        if !open.get() {
            dialog.close();
        } else if !dialog.open() && dialog.show_modal().is_err() {
            // A browser without modal dialogs still shows it, in its place.
            dialog.set_open(true);
        }
    });
    element
}

/// The same for screens in `view!`.
#[component]
pub fn Dialog(open: RwSignal<bool>, #[prop(into)] title: Signal<String>, children: ChildrenFn) -> impl IntoView {
    in_view(dialog(open, move || title.get(), move || of_view(children())))
}
