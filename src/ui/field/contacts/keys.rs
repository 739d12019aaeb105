//! Answers by keys: a caller's hand is on the number pad, not on a mouse. Whoever uses a keyboard otherwise switches it off.

use crate::ui::element::{Element, el, follow, group, listen, next_frame};
use crate::ui::shell::{read_setting, remove_setting, use_shell, write_setting};
use crate::ui::words::{Words, phone as words};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

const OFF: &str = "minping.keys.off";
/// Marks the page while keys answer: the style sheet then shows them.
const MARK: &str = "data-keys";
/// What is answered by one key: a question, or a cell of a matrix, which in a table is a row.
const ASKED: &str = ".interview .question:not(.matrix), .interview .matrix .cell, .interview .matrix .grade-line";
/// Of those, the cells.
const CELL: &str = ".matrix .cell, .matrix .grade-line";
/// What concerns a whole row of a matrix stands in its first line, and is no cell.
const WHOLE_ROW: &str = ".unit-foot";
/// Where something is typed.
const TYPED: &str = "input:not([type=radio], [type=checkbox], [type=range], [type=file]), textarea";

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
    let shell = use_shell();
    let language = shell.language;
    // What was not done, and why: where it is seen however far the page was scrolled, until the next key.
    let told: RwSignal<Option<Words>> = RwSignal::new(None);
    listen(&window(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|_| keys.get_untracked()) else { return };
        if told.with_untracked(Option::is_some) {
            told.set(None);
        }
        match strike(event) {
            Struck::Nothing => {}
            Struck::Done => event.prevent_default(),
            Struck::Told(why) => {
                event.prevent_default();
                told.set(Some(why));
                shell.say(why);
            }
        }
    });
    // Whoever goes on by hand has read it.
    listen(&window(), "pointerdown", move |_| told.set(None));
    let hint = move || if keys.get() { words::KEYS_HINT.of(language.get()).to_owned() } else { String::new() };
    let bar = el("div", "row keys-bar").child(tick(keys)).child(el("p", "hint small grow").live_text(hint));
    let told = move || match told.get() {
        Some(why) => el("p", "banner warn keys-told").text(why.of(language.get())),
        None => group(),
    };
    el("div", "page keys-page").child(bar).child(el("div", "").live(told))
}

/// What a key did.
enum Struck {
    /// It means nothing here, and the browser does what it does.
    Nothing,
    Done,
    /// It does nothing here, for this reason.
    Told(Words),
}

/// Where a key would act.
enum At {
    /// On this question or cell.
    Asked(web_sys::Element),
    /// In a matrix, or on what else belongs to a question, and on no cell: on nothing.
    Beside(web_sys::Element),
    /// Nothing has the focus: the first that is open.
    Nowhere,
    /// On a button or a link below the questions.
    Elsewhere,
}

fn at() -> At {
    let Some(focused) = document().active_element() else { return At::Nowhere };
    let inside = |selector| focused.closest(selector).ok().flatten();
    if inside(WHOLE_ROW).is_none()
        && let Some(asked) = inside(ASKED)
    {
        return At::Asked(asked);
    }
    match inside(".question").is_some() {
        true => At::Beside(focused),
        false if matches!(focused.tag_name().as_str(), "BODY" | "MAIN" | "H1" | "H2") => At::Nowhere,
        false => At::Elsewhere,
    }
}

/// Answers, or goes on.
fn strike(event: &KeyboardEvent) -> Struck {
    match event.key() == "Enter" {
        true if enter(event).is_some() => Struck::Done,
        true => Struck::Nothing,
        false if is_other(event) => Struck::Nothing,
        false => answer(&event.key()),
    }
}

fn enter(event: &KeyboardEvent) -> Option<()> {
    // A line that is typed into ends with Enter; what Enter does on buttons, links and in longer texts stays.
    let focused = document().active_element();
    let in_line = focused.as_ref().is_some_and(|at| at.tag_name() == "INPUT");
    let at = at();
    let tag = focused.map(|at| at.tag_name()).unwrap_or_default();
    let heading = matches!(tag.as_str(), "SPAN" | "LEGEND" | "H2" | "H3");
    let stays = match &at {
        At::Nowhere => false,
        At::Asked(_) | At::Beside(_) => !(in_line || heading),
        At::Elsewhere => !in_line,
    };
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
    let dialog = document().query_selector("dialog[open]").ok()?.is_some();
    if stays || dialog || modified || event.is_composing() {
        return None;
    }
    // Held down it would run through all that may be left out.
    if !event.repeat() {
        match at {
            // Its heading: to itself.
            At::Asked(here) if heading => focus(control(&here)),
            At::Asked(here) | At::Beside(here) => go_on(Some(&here)),
            At::Nowhere | At::Elsewhere => go_on(None),
        }
    }
    Some(())
}

fn answer(key: &str) -> Struck {
    let digit = Some(key).filter(|key| key.len() == 1).and_then(|key| key.parse::<usize>().ok());
    let reason = matches!(key, "-" | "+");
    if digit.is_none() && !reason {
        return Struck::Nothing;
    }
    let here = match at() {
        At::Asked(here) => here,
        At::Beside(_) => return Struck::Told(words::KEYS_BESIDE),
        At::Elsewhere => return Struck::Nothing,
        At::Nowhere => match first_open() {
            Some(here) => here,
            None => return Struck::Nothing,
        },
    };
    let found = |selector: &str| here.query_selector(selector).ok().flatten();
    match digit {
        Some(digit) => {
            let Ok(inputs) = here.query_selector_all("input.option-input:not(:disabled)") else {
                return Struck::Nothing;
            };
            if inputs.length() == 0 {
                // The figure is the first of what is typed there.
                return match found(TYPED).or_else(|| control(&here)).and_then(|found| found.dyn_into().ok()) {
                    Some(input) => into(&input),
                    None => Struck::Nothing,
                };
            }
            let at = if digit == 0 { 9 } else { digit - 1 };
            let Some(input) = inputs.item(at as u32).and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) else {
                return Struck::Nothing;
            };
            let _ = input.focus();
            let one = input.type_() == "radio";
            if !(one && input.checked()) {
                input.click();
            }
            if one {
                next_frame(move || go_on(Some(&here)));
            }
        }
        None => {
            let is_cell = here.matches(CELL).unwrap_or(false);
            let reasons = here.query_selector_all(".reasons > .button");
            let given = match (is_cell, key) {
                // A reason is the whole matrix's: it would take the other grades with it.
                (true, "-") => {
                    let other = found(".missing input:not(:disabled)").is_some();
                    return Struck::Told(if other { words::KEYS_CELL } else { words::KEYS_CELL_ALONE });
                }
                (true, _) => found(".missing input:not(:disabled)"),
                (false, _) => {
                    let reason = reasons.ok().and_then(|found| found.item(u32::from(key == "+"))?.dyn_into().ok());
                    reason.or_else(|| found(".missing input:not(:disabled)").filter(|_| key == "+"))
                }
            };
            let Some(given) = given.and_then(|given| given.dyn_into::<HtmlElement>().ok()) else {
                return if is_cell { Struck::Told(words::KEYS_NO_MISSING) } else { Struck::Nothing };
            };
            let already = given.get_attribute("aria-pressed").as_deref() == Some("true")
                || given.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
            // Pressed again it would be taken back.
            if !already {
                given.click();
            }
            next_frame(move || go_on(Some(&here)));
        }
    }
    Struck::Done
}

/// Where a figure is typed the key goes on to where it belongs.
fn into(input: &HtmlElement) -> Struck {
    let _ = input.focus();
    if input.matches(TYPED).unwrap_or(false) { Struck::Nothing } else { Struck::Done }
}

fn all_asked() -> Vec<web_sys::Element> {
    let Ok(found) = document().query_selector_all(ASKED) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// The first question with nothing given yet, whatever it asks for.
fn first_open() -> Option<web_sys::Element> {
    all_asked().into_iter().find(|asked| control(asked).is_some() && !is_given(asked))
}

fn is_given(asked: &web_sys::Element) -> bool {
    let has = |selector| asked.query_selector(selector).ok().flatten().is_some();
    if has("input:checked, .reasons [aria-pressed=true]") {
        return true;
    }
    // Whoever can take an answer back has given one.
    if has("button.clear:not([data-clear])") {
        return has("button.clear:not([data-clear], .away)");
    }
    let Ok(fields) = asked.query_selector_all(&[TYPED, ", select"].concat()) else { return false };
    let fields = (0..fields.length()).filter_map(|at| fields.item(at)?.dyn_into::<web_sys::Element>().ok());
    // A note is no answer.
    fields.filter(|field| field.closest(".beside").ok().flatten().is_none()).any(|field| {
        let value = js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string());
        value.is_some_and(|value| !value.is_empty())
    })
}

/// What has the focus when it is a question's turn.
fn control(asked: &web_sys::Element) -> Option<web_sys::Element> {
    let all = "input:not(:disabled), textarea, select, button:not(.clear)";
    let chosen = asked.query_selector("input.option-input:checked").ok().flatten();
    let first = || asked.query_selector("input.option-input:not(:disabled)").ok().flatten();
    chosen.or_else(first).or_else(|| asked.query_selector(all).ok().flatten())
}

fn focus(control: Option<web_sys::Element>) {
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        let _ = control.focus();
    }
}

/// To the question after this one or after what stands beside it (from nowhere: the first), or to the way on.
fn go_on(here: Option<&web_sys::Element>) {
    let all = all_asked();
    let after = |here: &web_sys::Element| {
        let follows = |asked: &&web_sys::Element| {
            here.compare_document_position(asked) & web_sys::Node::DOCUMENT_POSITION_FOLLOWING != 0
                && !here.contains(Some(asked))
        };
        all.iter().find(follows).cloned()
    };
    let next = match here {
        Some(here) if here.is_connected() => after(here),
        // After a change that drew the list anew: from the first that is open.
        Some(_) => first_open(),
        None => all.first().cloned(),
    };
    let onward = || document().query_selector(".interview .actions .primary").ok().flatten();
    let control =
        next.as_ref().and_then(control).or_else(onward).and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let Some(control) = control else { return };
    // Nothing is asked here, as on the review: Enter goes on at once.
    if all.is_empty() && here.is_none() {
        return control.click();
    }
    let _ = control.focus();
}
