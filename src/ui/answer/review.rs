use super::interview::Ending;
use super::live::{Live, Wanted, say};
use super::saved::{HowFar, saved_line};
use super::section::{FIRST_CONTROL, fault_list, go, instance_title, questionnaire_title, title};
use super::told::told_apart;
use crate::plan::{ItemType, OTHER};
use crate::session::{Answer, Disposition, Event, MissingReason, Part, Session};
use crate::ui::element::{Element, NotLoaded, button, chunk, el, group, next_frame, text};
use crate::ui::shell::{focus_on, use_shell};
use crate::ui::words::{answer as words, attached as attached_words};
use leptos::prelude::*;
use std::rc::Rc;

/// All answers before they are sent.
#[chunk(later, fallible)]
pub fn review(live: Live, ending: Ending, saved: HowFar) -> Result<Element, NotLoaded> {
    Ok(whole(live, ending, saved))
}

fn whole(live: Live, ending: Ending, saved: HowFar) -> Element {
    let language = live.language();
    let shell = use_shell();
    let (resident, sections) = live.with(|session| {
        let sections = group();
        for at in (0..session.sections().len()).filter(|&at| session.section_applies(at)) {
            sections.add(&part(live, session, at));
        }
        (session.opening().link.is_some(), sections)
    });
    let finish = move |_| {
        let faults = live.with(|session| session.faults(None));
        if faults.is_empty() {
            ending.ask(Disposition::Complete);
            return;
        }
        live.attempted.set(true);
        shell.announce(words::FAULTS.count(language, &[faults.len()]));
        next_frame(|| focus_on(".faults"));
    };
    let faults = live.with(|session| session.faults(None));
    let ended = live.with(|session| session.ended().map(|end| say(session, &end.message).to_owned()));
    let ended = ended.map(|message| told_apart(live, 0, "banner ended", &message));
    let back = move |_| go(live, Event::Moved { section: live.with(|session| session.section()) });
    let finish_words = if resident { words::SEND } else { words::FINISH };
    let last = button("button primary")
        .on("click", finish)
        .live_flag("disabled", move || live.closing.get() || live.locked.get())
        .live_text(move || if live.closing.get() { words::CLOSING } else { finish_words }.of(language).to_owned());
    let actions = el("div", "actions")
        .child(saved_line(saved))
        .child(button("button").on("click", back).text(words::BACK.of(language)))
        .child(last);
    group()
        .child(el("h1", "").attr("tabindex", "-1").text(words::REVIEW.of(language)))
        .maybe(ended)
        .child(el("p", "hint").text(words::REVIEW_TEXT.of(language)))
        .child(fault_list(live, faults, Rc::new(move |section, item| visit(live, section, item))))
        .child(sections)
        .child(actions)
}

fn visit(live: Live, section: usize, item: usize) {
    let shown = live.attempted.get_untracked();
    let wanted = Wanted::At(live.with(|session| session.key(item)), FIRST_CONTROL);
    if live.tell_and_go(Event::Moved { section }, wanted).is_ok() {
        // Who comes from a list of faults sees them marked.
        live.attempted.set(shown);
    }
}

fn part(live: Live, session: &Session, number: usize) -> Element {
    let language = live.language();
    let section = &session.sections()[number];
    let heading = match section.group {
        Some(group) => session.say(group, &session.item(group).label),
        None if session.sections().len() < 2 => questionnaire_title(session),
        None => {
            let applying = (0..=number).filter(|&at| session.section_applies(at)).count();
            words::SECTION.count(language, &[applying])
        }
    };
    let rows = el("ul", "list");
    for index in section.items.clone() {
        let item = session.item(index);
        if session.is_relevant(index) && session.part(index) == Part::Instance {
            rows.add(&el("li", "list-row instance-row").child(el("h3", "").text(&instance_title(session, index))));
        }
        if !session.is_relevant(index) || item.kind.is_group() || item.kind == ItemType::Note || !item.kind.is_shown() {
            continue;
        }
        let label = session.say(index, &item.label);
        let whole = title(session, index);
        let mut change = String::from(words::CHANGE.of(language));
        change.push_str(words::COLON.of(language));
        change.push_str(&whole);
        let change = button("button quiet")
            .attr("aria-label", &change)
            .on("click", move |_| visit(live, number, index))
            .text(words::CHANGE.of(language));
        let told = el("div", "grow stack tight")
            .child(el("p", "hint small").text(&label))
            .child(el("div", "").child(answer(live, session, index)))
            .maybe(session.note(index).filter(|_| !live.alone.get_value()).map(|note| {
                let named = el("strong", "").text(words::NOTE.of(language)).text(words::COLON.of(language));
                el("p", "small prose").child(named).text(note)
            }));
        rows.add(&el("li", "list-row answered").child(told).maybe((!item.read_only).then_some(change)));
    }
    el("section", "stack tight").child(el("h2", "").text(&heading)).child(rows)
}

/// What was answered, in words.
fn answer(live: Live, session: &Session, index: usize) -> Element {
    let language = live.language();
    if let Some(reason) = session.missing(index) {
        let reason = match reason {
            MissingReason::Refused => words::REASON_REFUSED,
            MissingReason::DontKnow => words::REASON_DONT_KNOW,
        };
        return text(reason.of(language));
    }
    let item = session.item(index);
    let choice = |name: &str| {
        let list = item.choices.as_deref().and_then(|id| session.plan().choice_list(id));
        let found = list.and_then(|list| list.choices.iter().find(|choice| choice.name == name));
        match (&item.other, found) {
            (Some(label), None) if name == OTHER => session.say(index, label),
            _ => found.map_or_else(|| name.to_owned(), |choice| session.say(index, &choice.label)),
        }
    };
    match session.answer(index).filter(|_| session.is_answered(index)) {
        None => el("span", "hint").text(words::NO_ANSWER.of(language)),
        Some(Answer::Integer(_)) => el("bdi", "").text(&session.reads(index)),
        Some(Answer::Text(name)) => match item.kind {
            ItemType::Grade => text(&grade(session, item.scale.as_deref(), name)),
            ItemType::SelectOne => text(&choice(name)),
            ItemType::Acknowledge => text(words::ACKNOWLEDGED.of(language)),
            ItemType::Geopoint => text(&coordinates(name)),
            ItemType::Decimal | ItemType::Range | ItemType::Date | ItemType::Time | ItemType::Datetime => {
                el("bdi", "").text(&session.reads(index))
            }
            ItemType::Image | ItemType::Audio => attached(live, item.kind, name),
            _ => el("span", "prose").text(name),
        },
        Some(Answer::Choices(choices)) => {
            let list = el(if item.kind == ItemType::Rank { "ol" } else { "ul" }, "plain");
            choices.iter().for_each(|name| list.add(&el("li", "").text(&choice(name))));
            list
        }
        Some(Answer::Grid(_)) => grid(live, session, index),
    }
}

/// A picture to look at, a recording to listen to.
fn attached(live: Live, kind: ItemType, name: &str) -> Element {
    match live.attached_url(name) {
        Some(url) if kind == ItemType::Image => el("img", "photo-view").attr("src", &url).attr("alt", ""),
        Some(url) => el("audio", "").attr("controls", "").attr("src", &url),
        None => el("span", "error").text(attached_words::NOT_HERE.of(live.language())),
    }
}

/// A place as people read it.
pub fn coordinates(kept: &str) -> String {
    let parts: Vec<&str> = kept.split(' ').collect();
    let mut text = parts[..parts.len().min(2)].join(", ");
    if let Some(accuracy) = parts.get(3) {
        text.push_str(" (±");
        text.push_str(accuracy);
        text.push_str(" m)");
    }
    text
}

fn grade(session: &Session, scale: Option<&str>, name: &str) -> String {
    let Some(scale) = scale.and_then(|id| session.plan().scale(id)) else { return name.to_owned() };
    let grades = scale.grades.iter().map(|grade| (&grade.name, &grade.label));
    let mut all = grades.chain(scale.missing.iter().map(|answer| (&answer.name, &answer.label)));
    all.find(|(known, _)| *known == name).map_or(name, |(_, label)| say(session, label)).to_owned()
}

/// A matrix: how many units, and each of them on demand.
fn grid(live: Live, session: &Session, index: usize) -> Element {
    let language = live.language();
    let (units, indicators) = session.matrix(index);
    let complete = (0..units.len()).filter(|&row| session.row_filled(index, row) == indicators.len()).count();
    let open = RwSignal::new(false);
    let rows = move |open| {
        let rows = group();
        if open == 1 {
            live.with(|session| {
                let (units, _) = session.matrix(index);
                let begun = (0..units.len()).filter(|&row| session.row_filled(index, row) > 0);
                begun.for_each(|row| rows.add(&el("li", "").text(&row_text(session, index, row, language))));
            });
        }
        rows
    };
    let details = el("details", "")
        .on("toggle", move |_| open.set(true))
        .child(el("summary", "reveal").text(words::MATRIX_SHOW.of(language)))
        .child(el("ul", "plain").switch(move || usize::from(open.get()), rows));
    group().child(el("p", "").text(&words::MATRIX_SUMMARY.count(language, &[complete, units.len()]))).child(details)
}

fn row_text(session: &Session, index: usize, row: usize, language: crate::ui::words::Language) -> String {
    let (units, indicators) = session.matrix(index);
    let unit = &units[row];
    let label = session.plan().unit(unit).map_or(unit.as_str(), |known| say(session, &known.label));
    let mut text = String::from(label);
    text.push_str(words::COLON.of(language));
    let leaves = session.plan().leaf_indicators();
    let scale = session.item(index).scale.as_deref();
    let mut separator = "";
    for indicator in indicators {
        let Some(name) = session.grade(index, unit, indicator) else { continue };
        text.push_str(separator);
        separator = " · ";
        if indicators.len() > 1 {
            let leaf = leaves.iter().find(|(leaf, _)| leaf.id == *indicator);
            text.push_str(leaf.map_or(indicator.as_str(), |(leaf, _)| say(session, &leaf.label)));
            text.push(' ');
        }
        text.push_str(&grade(session, scale, name));
    }
    text
}
