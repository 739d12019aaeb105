use super::frame::{Asked, anchor};
use super::note;
use crate::session::{Event, Part, Session};
use crate::ui::answer::{Live, Wanted};
use crate::ui::element::{Element, button, el, group, next_frame};
use crate::ui::shell::focus_on;
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// A part of a repeat: its heading, the heading of an instance, or what adds another one.
pub fn repeat(live: Live, index: usize) -> Element {
    match live.with(|session| session.part(index)) {
        Part::Instance => instance(live, index),
        Part::End => end(live, index),
        _ => note::heading(live, index),
    }
}

/// What an instance is called: `Household 2`.
fn called(session: &Session, index: usize, number: usize) -> String {
    let mut name = session.say(index, &session.item(index).label);
    name.push(' ');
    name.push_str(&number.to_string());
    name
}

fn instance(live: Live, index: usize) -> Element {
    let (name, open, level) = live.with(|session| {
        let name = called(session, index, session.instance(index).unwrap_or(1));
        // Where the repeat is the section, its name is the heading of the page.
        let section = session.sections().get(session.section_of(index)).and_then(|section| section.group);
        let level = if session.parent(index) == section { "h2" } else { "h3" };
        (name, session.is_open(index), level)
    });
    let heading = el(level, "instance-name").attr("tabindex", "-1").text(&name);
    let head = el("div", "instance").attr("id", &anchor(index, "")).child(heading);
    if !open {
        return head;
    }
    let asked = RwSignal::new(false);
    let ways = move |asking: usize| {
        if asking == 1 { ask(live, index, &name, asked) } else { offer(live, index, &name, asked) }
    };
    head.switch(move || usize::from(asked.get()), ways)
}

/// The button that removes an instance; one in which something was answered only after a question.
fn offer(live: Live, index: usize, name: &str, asked: RwSignal<bool>) -> Element {
    let language = live.language();
    let told = words::REPEAT_REMOVE_NAMED.fill(language, &[name]);
    let called = name.to_owned();
    let press = move |_| {
        if live.with(|session| is_filled(session, index)) {
            asked.set(true);
            let mut keep = String::from("#");
            keep.push_str(&anchor(index, "-keep"));
            next_frame(move || focus_on(&keep));
        } else {
            remove(live, index, &called);
        }
    };
    button("button quiet")
        .attr("id", &anchor(index, "-remove"))
        .attr("aria-label", &told)
        .live_flag("disabled", move || live.locked.get())
        .on("click", press)
        .text(words::REPEAT_REMOVE.of(language))
}

fn ask(live: Live, index: usize, name: &str, asked: RwSignal<bool>) -> Element {
    let language = live.language();
    let question = words::REPEAT_REMOVE_ASK.fill(language, &[name]);
    let called = name.to_owned();
    let keep = move |_| {
        asked.set(false);
        let mut offer = String::from("#");
        offer.push_str(&anchor(index, "-remove"));
        next_frame(move || focus_on(&offer));
    };
    let keep = button("button").attr("id", &anchor(index, "-keep")).on("click", keep);
    let yes = button("button primary").on("click", move |_| remove(live, index, &called));
    el("div", "banner instance-ask")
        .attr("role", "group")
        .attr("aria-label", &question)
        .child(el("p", "").text(&question))
        .child(
            el("div", "dialog-actions")
                .child(keep.text(words::REPEAT_KEEP.of(language)))
                .child(yes.text(words::REPEAT_REMOVE.of(language))),
        )
}

/// Whether people answered something in the instance.
fn is_filled(session: &Session, index: usize) -> bool {
    let parent = session.parent(index);
    (index + 1..session.len())
        .take_while(|&at| session.parent(at) != parent)
        .any(|at| session.missing(at).is_some() || (session.is_answered(at) && session.item(at).calculation.is_none()))
}

fn remove(live: Live, index: usize, name: &str) {
    let (instance, number, of) =
        live.with(|session| (session.key(index), session.instance(index).unwrap_or(1), session.instances(index)));
    // The one that moves up, or else what adds another one.
    let wanted = match number < of {
        true => Wanted::At(instance.clone(), " .instance-name"),
        false => Wanted::Add(instance.rsplit_once('[').map_or(String::new(), |(repeat, _)| repeat.to_owned())),
    };
    if live.tell_and_go(Event::Removed { instance }, wanted).is_ok() {
        live.shell.announce(words::REPEAT_REMOVED.fill(live.language(), &[name]));
    }
}

fn end(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let language = asked.language;
    let (open, count) = live.with(|session| (session.is_open(index), session.instances(index)));
    if !open {
        return group();
    }
    let none = (count == 0).then(|| el("p", "hint").text(words::REPEAT_NONE.of(language)));
    let full = RwSignal::new(false);
    let press = move |_| {
        let (repeat, name) = live.with(|session| (session.key(index), called(session, index, count + 1)));
        let mut instance = repeat.clone();
        instance.push('[');
        instance.push_str(&(count + 1).to_string());
        instance.push(']');
        match live.tell_and_go(Event::Added { repeat }, Wanted::First(instance)) {
            Ok(()) => live.shell.announce(words::REPEAT_ADDED.fill(language, &[&name])),
            Err(_) => full.set(true),
        }
    };
    let told = move || if full.get() { words::REPEAT_FULL.of(language) } else { "" }.to_owned();
    let add = button("button")
        .attr("id", &anchor(index, "-add"))
        .live_flag("disabled", move || live.locked.get())
        .on("click", press)
        .text(&words::REPEAT_ADD.fill(language, &[&asked.label]));
    el("div", "instance-end")
        .attr("id", &asked.id)
        .maybe(none)
        .child(add)
        .child(el("p", "error").attr("role", "status").live_text(told))
}
