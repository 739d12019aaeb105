//! What happened at an attempt, written down.

use super::{Work, list_route, mark};
use crate::contact::{self, Attempt, by_hand, outcome};
use crate::plan::Mode;
use crate::ui::element::{Element, button, el, group, next_frame};
use crate::ui::field::save_words;
use crate::ui::field::when::{said_moment, this_minute};
use crate::ui::shell::{dialog, focus_on, go, use_shell};
use crate::ui::words::{contacts as words, shell as shell_words};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// More is no note.
const NOTE: &str = "300";

pub fn form(work: Work, round: String, id: String, mode: RwSignal<String>) -> Element {
    let shell = use_shell();
    let chosen: RwSignal<Option<&'static str>> = RwSignal::new(None);
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let saving = RwSignal::new(false);
    // Where the plan has several, none may be chosen yet.
    let mode_now =
        move || mode.with(|mode| Mode::ALL.into_iter().find(|known| known.name() == mode)).unwrap_or(Mode::Face);
    let options = move || {
        let language = shell.language.get();
        let options = by_hand(mode_now()).map(|one| {
            let input = el("input", "option-input")
                .attr("type", "radio")
                .attr("name", "outcome")
                .attr("value", one.code)
                .flag("checked", chosen.get_untracked() == Some(one.code))
                .on("change", move |_| chosen.set(Some(one.code)));
            let code = el("span", "code").text(one.code);
            let said = el("span", "option-body").text(one.words.of(language)).text(" ").child(code);
            el("label", "option").child(input).child(said)
        });
        el("div", "options outcomes").children(options.collect())
    };
    let call_back = el("input", "input").attr("type", "datetime-local");
    let note = el("textarea", "input").attr("rows", "2").attr("maxlength", NOTE);
    let (at, said): (HtmlInputElement, HtmlTextAreaElement) =
        (call_back.node().clone().unchecked_into(), note.node().clone().unchecked_into());
    let save = move |event: web_sys::Event| {
        event.prevent_default();
        let language = shell.language.get_untracked();
        let mode = untrack(mode_now);
        // What was chosen before the mode was changed may be none of what this one offers.
        let offered = chosen.get_untracked().filter(|code| by_hand(mode).any(|one| one.code == *code));
        let Some(code) = offered else {
            failure.set(Some(words::NEEDS_OUTCOME.of(language).to_owned()));
            return next_frame(|| focus_on(".attempt input"));
        };
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        failure.set(None);
        let text = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let changes = work.change(&round, &id, |list, case| {
            let attempt = Attempt {
                at: this_minute(),
                outcome: code.to_owned(),
                mode: mode.name().to_owned(),
                stratum: case.case.stratum.clone(),
                group: case.case.group.clone(),
                // Without seconds, which some browsers add.
                call_back: text(at.value()).map(|at| at.chars().take(16).collect()),
                note: text(said.value()),
                withdraws: None,
            };
            work.written(list, case, &attempt)
        });
        let route = list_route(&work.opened.digest());
        spawn_local(async move {
            match work.device.commit(changes).await {
                Ok(_) => {
                    shell.say(words::SAVED);
                    go(&route);
                }
                Err(error) => {
                    let why = save_words(&error).of(language);
                    let _ = failure.try_set(Some(words::UNSAVED.fill(language, &[why])));
                }
            }
            let _ = saving.try_set(false);
        });
    };
    let outcomes = el("fieldset", "field").child(el("legend", "field-label").say(words::OUTCOME)).live(options);
    let submit = el("button", "button primary wide")
        .attr("type", "submit")
        .live_flag("disabled", move || saving.get())
        .say(words::SAVE);
    let failed = move || failure.get().map_or_else(group, |why| el("p", "error").text(&why));
    el("section", "card stack attempt")
        .attr("aria-labelledby", "attempt")
        .child(el("h2", "").attr("id", "attempt").say(words::ATTEMPT))
        .child(
            el("form", "stack")
                .on("submit", save)
                .child(outcomes)
                .child(el("label", "field").child(el("span", "field-label").say(words::CALL_BACK)).child(call_back))
                .child(el("label", "field").child(el("span", "field-label").say(words::NOTE)).child(note))
                .child(el("div", "").attr("role", "alert").live(failed))
                .child(submit),
        )
}

/// What happened so far; an entry can be withdrawn.
pub fn history(work: Work, round: String, id: String) -> Element {
    let shell = use_shell();
    let open = RwSignal::new(false);
    let wrong: RwSignal<Option<String>> = RwSignal::new(None);
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let (shown_round, shown_id) = (round.clone(), id.clone());
    let rows = move || {
        let language = shell.language.get();
        let list = work.list(&shown_round);
        let attempts = list.case(&shown_id).map(|case| case.attempts.clone()).unwrap_or_default();
        if attempts.is_empty() {
            return el("p", "empty").text(words::NONE_YET.of(language));
        }
        let rows = attempts.into_iter().rev().map(|(name, attempt)| {
            let what = outcome(&attempt.outcome).map_or(attempt.outcome.as_str(), |known| known.words.of(language));
            let mut about = vec![said_moment(&attempt.at, language)];
            about.extend(attempt.call_back.map(|at| words::AGREED.fill(language, &[&said_moment(&at, language)])));
            about.extend(attempt.note);
            let mistake = button("button quiet").on("click", move |_| {
                wrong.set(Some(name.clone()));
                open.set(true);
            });
            let told = el("div", "grow stack tight")
                .child(el("p", "").text(what))
                .child(el("p", "hint small").text(&about.join(" · ")));
            // What an interview left is no mistake of the pen.
            let interview = ["1.1", "1.2"].contains(&attempt.outcome.as_str());
            el("li", "list-row").child(told).maybe((!interview).then(|| mistake.text(words::MISTAKE.of(language))))
        });
        el("ul", "list").children(rows.collect())
    };
    let withdraw = move || {
        let Some(name) = wrong.get_untracked() else { return };
        open.set(false);
        let language = shell.language.get_untracked();
        let entry = Attempt { at: this_minute(), withdraws: Some(name), ..Attempt::default() };
        let changes = work.change(&round, &id, |list, case| contact::record(list, case, &entry, &mark()));
        spawn_local(async move {
            match work.device.commit(changes).await {
                Ok(_) => {
                    shell.say(words::WITHDRAWN);
                    // The button that opened the dialog is gone.
                    next_frame(|| focus_on("#history"));
                }
                Err(error) => {
                    let why = save_words(&error).of(language);
                    let _ = failure.try_set(Some(words::UNSAVED.fill(language, &[why])));
                }
            }
        });
    };
    let withdraw = std::rc::Rc::new(withdraw);
    let content = move || {
        let withdraw = withdraw.clone();
        let back = button("button").on("click", move |_| open.set(false)).say(shell_words::CANCEL);
        let yes = button("button danger").on("click", move |_| withdraw()).say(words::WITHDRAW);
        group().child(el("p", "").say(words::MISTAKE_TEXT)).child(el("div", "dialog-actions").child(back).child(yes))
    };
    el("section", "stack tight")
        .attr("aria-labelledby", "history")
        .child(el("h2", "").attr("id", "history").attr("tabindex", "-1").say(words::HISTORY))
        .live(rows)
        .child(
            el("div", "")
                .attr("role", "alert")
                .live(move || failure.get().map_or_else(group, |why| el("p", "error").text(&why))),
        )
        .child(dialog(open, move || words::MISTAKE_TITLE.of(shell.language.get()).to_owned(), content))
}
