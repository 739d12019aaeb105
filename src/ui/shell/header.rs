use super::{TEXT_SIZES, Theme, dialog, use_shell};
use crate::ui::element::{Element, button, el, follow, group};
use crate::ui::words::{Language, shell as words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

fn other(language: Language) -> Language {
    if language == Language::Zh { Language::En } else { Language::Zh }
}

/// The bar on top: name, language switch, display settings.
pub fn header() -> Element {
    let shell = use_shell();
    let language = shell.language;
    let open = RwSignal::new(false);
    let home = move || !shell.busy.get() && !shell.route.with(|route| route.starts_with("/a/"));
    let name = move || {
        let name = if home() { el("a", "header-name").attr("href", "#/") } else { el("span", "header-name") };
        name.say(words::APP)
    };
    let switch = button("header-button")
        .live_attr("lang", move || Some(if language.get() == Language::Zh { "en" } else { "zh-CN" }.to_owned()))
        .on("click", move |_| language.update(|language| *language = other(*language)))
        .live_text(move || other(language.get()).name().to_owned());
    let settings = button("header-button")
        .attr("aria-haspopup", "dialog")
        .live_attr("aria-label", move || Some(words::DISPLAY.of(language.get()).to_owned()))
        .live_attr("title", move || Some(words::DISPLAY.of(language.get()).to_owned()))
        .on("click", move |_| open.set(true))
        .child(el("span", "").attr("aria-hidden", "true").text("Aa"));
    let inner = el("div", "header-inner").live(name).child(el("div", "header-buttons").child(switch).child(settings));
    let title = move || words::DISPLAY.of(language.get()).to_owned();
    let close = move || button("button primary").on("click", move |_| open.set(false)).say(words::CLOSE);
    group()
        .child(el("header", "header no-print").child(inner))
        .child(dialog(open, title, move || display().child(close())))
}

fn display() -> Element {
    let shell = use_shell();
    let themes = Theme::ALL.map(|theme| {
        let chosen = move || shell.theme.get() == theme;
        choice("theme", el("span", "option-body").say(theme.words()), chosen, move || shell.theme.set(theme))
    });
    let sizes = TEXT_SIZES.map(|size| {
        let mut label = size.to_string();
        label.push_str(" %");
        let chosen = move || shell.text_size.get() == size;
        choice("text-size", el("span", "option-body").text(&label), chosen, move || shell.text_size.set(size))
    });
    let legend = || el("legend", "field-label");
    let options = |choices: Vec<Element>| el("div", "options columns").children(choices);
    group()
        .child(el("fieldset", "field").child(legend().say(words::THEME)).child(options(themes.into())))
        .child(el("fieldset", "field").child(legend().say(words::TEXT_SIZE)).child(options(sizes.into())))
}

fn choice(name: &str, label: Element, chosen: impl Fn() -> bool + 'static, choose: impl Fn() + 'static) -> Element {
    let input = el("input", "option-input").attr("type", "radio").attr("name", name);
    let node: HtmlInputElement = input.node().clone().unchecked_into();
    follow(move || node.set_checked(chosen()));
    el("label", "option").child(input.on("change", move |_| choose())).child(label)
}
