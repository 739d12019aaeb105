use super::{dialog, use_shell};
use crate::language::is_rtl;
use crate::ui::element::{Element, button, el, group};
use crate::ui::words::{Language, shell as words};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, tag: &str) -> Result<JsValue, JsValue>;
}

/// What speakers of the language call it, as far as the browser knows; else its tag.
pub fn tongue_name(tag: &str) -> String {
    if let Some(known) = Language::read(tag).filter(|known| tag == known.tag()) {
        return known.name().to_owned();
    }
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"type".into(), &"language".into());
    let names = DisplayNames::new(tag, &options).ok();
    names.and_then(|names| names.of(tag).ok()?.as_string()).unwrap_or_else(|| tag.to_owned())
}

fn named(element: Element, tag: &str) -> Element {
    let element = element.attr("lang", tag).text(&tongue_name(tag));
    if is_rtl(tag) { element.attr("dir", "rtl") } else { element }
}

fn offered() -> Vec<String> {
    use_shell().offered.get().split(' ').map(str::to_owned).collect()
}

/// The button that says in which language the plan is shown, and opens the list of them.
pub(super) fn opener(open: RwSignal<bool>) -> Element {
    let shell = use_shell();
    let sign = move || {
        let languages = offered();
        let shown = shell.tongue_of(&languages).or(languages.first());
        let told = el("span", "visually-hidden").say(words::LANGUAGE).text(" ");
        group().child(told).child(named(el("bdi", ""), shown.map_or("", String::as_str)))
    };
    button("header-button").attr("aria-haspopup", "dialog").on("click", move |_| open.set(true)).live(sign)
}

/// The languages of the plan by their own names.
pub(super) fn chooser(open: RwSignal<bool>) -> Element {
    let shell = use_shell();
    let content = move || {
        let list = el("div", "stack tight");
        for tag in offered() {
            let wanted = tag.clone();
            let choose = move |_| {
                if let Some(language) = Language::read(&wanted) {
                    shell.language.set(language);
                }
                shell.tongue.set(wanted.clone());
                open.set(false);
            };
            list.add(&named(button("button wide").on("click", choose), &tag));
        }
        list
    };
    dialog(open, move || words::LANGUAGE.of(shell.language.get()).to_owned(), content)
}
