//! Answers by keys: a caller's hand is on the number pad, not on a mouse. Whoever uses a keyboard otherwise switches it off.

use crate::ui::element::{Element, el, follow, listen, next_frame};
use crate::ui::shell::{read_setting, remove_setting, use_shell, write_setting};
use crate::ui::words::phone as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

const OFF: &str = "minping.keys.off";
/// Marks the page while keys answer: the style sheet then shows them.
const MARK: &str = "data-keys";
/// What is answered by one key: a question with choices, or a cell of a matrix.
const ASKED: &str = ".interview .question:not(.matrix), .interview .matrix .cell";

/// Whether keys answer, as it was left.
pub fn setting() -> RwSignal<bool> {
    RwSignal::new(read_setting(OFF).is_none())
}

/// Switches it on and off, and the page shows keys or not.
pub fn tick(keys: RwSignal<bool>) -> Element {
    let input = el("input", "").attr("type", "checkbox").flag("checked", keys.get_untracked());
    let input = input.on("change", move |event| {
        let on = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        keys.set(on.is_some_and(|input| input.checked()));
    });
    follow(move || {
        let body = document().body();
        match keys.get() {
            true => {
                remove_setting(OFF);
                let _ = body.map(|body| body.set_attribute(MARK, ""));
            }
            false => {
                write_setting(OFF, "1");
                let _ = body.map(|body| body.remove_attribute(MARK));
            }
        }
    });
    on_cleanup(|| {
        let _ = document().body().map(|body| body.remove_attribute(MARK));
    });
    el("label", "keys-tick").child(input).child(el("span", "").say(words::KEYS))
}

/// Whether a key is none of ours: with a modifier, in a dialog, or typed into something.
pub fn is_other(event: &KeyboardEvent) -> bool {
    let typed = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).is_some_and(|target| {
        let choice = matches!(target.get_attribute("type").as_deref(), Some("radio" | "checkbox"));
        matches!(target.tag_name().as_str(), "TEXTAREA" | "SELECT") || target.tag_name() == "INPUT" && !choice
    });
    let dialog = || document().query_selector("dialog[open]").ok().flatten().is_some();
    typed
        || event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.repeat()
        || event.is_composing()
        || dialog()
}

/// Above an interview on the telephone: what the keys do.
pub fn part() -> Element {
    let keys = setting();
    let language = use_shell().language;
    listen(&window(), "keydown", move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|_| keys.get_untracked())
            && strike(event).is_some()
        {
            event.prevent_default();
        }
    });
    let hint = move || if keys.get() { words::KEYS_HINT.of(language.get()).to_owned() } else { String::new() };
    let bar = el("div", "row keys-bar").child(tick(keys)).child(el("p", "hint small grow").live_text(hint));
    el("div", "page keys-page").child(bar)
}

/// Answers, or goes on. None: the key means nothing here, and the browser does what it does.
fn strike(event: &KeyboardEvent) -> Option<()> {
    let key = event.key();
    let focused = document().active_element();
    if key == "Enter" {
        // A line that is typed into ends with Enter; what Enter does on buttons, links and in longer texts stays.
        let in_line = focused.as_ref().is_some_and(|at| at.tag_name() == "INPUT");
        let nowhere = focused.as_ref().is_none_or(|at| matches!(at.tag_name().as_str(), "BODY" | "MAIN" | "H1" | "H2"));
        let dialog = document().query_selector("dialog[open]").ok()?.is_some();
        if dialog || !(in_line || nowhere) || event.is_composing() {
            return None;
        }
        go_on(focused.as_ref().and_then(asked_around).as_ref());
        return Some(());
    }
    if is_other(event) {
        return None;
    }
    let here = focused.as_ref().and_then(asked_around).or_else(first_open)?;
    match key.as_str() {
        "-" | "+" => {
            let at = usize::from(key == "+");
            let question = here.closest(".question").ok()??;
            let reasons = question.query_selector_all(".reasons > .button").ok()?;
            let button: HtmlElement = reasons.item(at as u32)?.dyn_into().ok()?;
            button.click();
            next_frame(move || go_on(Some(&here)));
        }
        digit if digit.len() == 1 => {
            let digit = digit.parse::<usize>().ok()?;
            let inputs = here.query_selector_all("input.option-input:not(:disabled)").ok()?;
            let at = if digit == 0 { 9 } else { digit - 1 };
            let input: HtmlInputElement = inputs.item(at as u32)?.dyn_into().ok()?;
            let _ = input.focus();
            let one = input.type_() == "radio";
            if !(one && input.checked()) {
                input.click();
            }
            if one {
                next_frame(move || go_on(Some(&here)));
            }
        }
        _ => return None,
    }
    Some(())
}

fn asked_around(element: &web_sys::Element) -> Option<web_sys::Element> {
    element.closest(ASKED).ok()?
}

fn all_asked() -> Vec<web_sys::Element> {
    let Ok(found) = document().query_selector_all(ASKED) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// The first question with nothing given yet.
fn first_open() -> Option<web_sys::Element> {
    let open = |asked: &web_sys::Element| {
        let given = asked.query_selector("input:checked, [aria-pressed=true]").ok().flatten();
        given.is_none() && asked.query_selector("input.option-input").ok().flatten().is_some()
    };
    all_asked().into_iter().find(open)
}

/// To the question after this one (from nowhere: the first), or to the way on.
fn go_on(here: Option<&web_sys::Element>) {
    let all = all_asked();
    // After a change that drew the list anew it may be gone: then from the first that is open.
    let at = here.and_then(|here| all.iter().position(|asked| asked == here));
    let next = match (here, at) {
        (Some(_), Some(at)) => all.get(at + 1).cloned(),
        (Some(_), None) => first_open(),
        (None, _) => all.first().cloned(),
    };
    let control = next.as_ref().and_then(|next| {
        let all = "input:checked, input:not(:disabled), textarea, select, button:not(.clear)";
        let chosen = next.query_selector("input:checked").ok().flatten();
        chosen.or_else(|| next.query_selector(all).ok().flatten())
    });
    let onward = || document().query_selector(".interview .actions .primary").ok().flatten();
    let Some(control) = control.or_else(onward).and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return };
    // Nothing is asked here, as on the review: Enter goes on at once.
    if all.is_empty() && here.is_none() {
        return control.click();
    }
    let _ = control.focus();
}
