//! What is around every control: label, required mark, hint, error, and how to clear the answer.

use super::offer::{picture, picture_url};
use crate::session::{Answer, Event, Fault, FaultKind, MissingReason, Session};
use crate::ui::answer::{Live, say, told, told_apart};
use crate::ui::element::{Element, button, el, follow};
use crate::ui::words::{Language, Words, answer as words};
use leptos::prelude::*;
use std::cell::RefCell;

/// An item as it is shown.
#[derive(Clone)]
pub struct Asked {
    pub live: Live,
    pub index: usize,
    pub id: String,
    /// The item's key, by which events name it.
    pub name: String,
    /// In words alone, for those who hear it: as it was when the item was shown.
    pub label: String,
    /// The label as it is written in the plan.
    pub written: String,
    /// As it is written in the plan.
    pub hint: Option<String>,
    pub required: bool,
    /// Address of the picture that belongs to it.
    pub image: Option<String>,
    pub language: Language,
}

impl Asked {
    pub fn read(live: Live, index: usize) -> Asked {
        let language = live.language();
        live.with(|session| {
            let item = session.item(index);
            Asked {
                live,
                index,
                id: anchor(index, ""),
                name: session.key(index),
                label: session.say(index, &item.label),
                written: say(session, &item.label).to_owned(),
                hint: item.hint.as_ref().map(|hint| say(session, hint).to_owned()),
                required: item.required,
                image: picture_url(session, item.image.as_ref()),
                language,
            }
        })
    }

    /// Ids of hint and error, for `aria-describedby`.
    pub fn described_by(&self) -> String {
        let mut ids = anchor(self.index, "-error");
        if self.hint.is_some() {
            ids.push(' ');
            ids.push_str(&anchor(self.index, "-hint"));
        }
        ids
    }

    /// The label's text, with the mark of what must be answered.
    pub fn labelled(&self, element: Element) -> Element {
        let element = element.child(told(self.live, self.index, &self.written));
        if !self.required {
            return element;
        }
        element.text(" ").child(self.required_mark())
    }

    pub fn required_mark(&self) -> Element {
        el("span", "required").text(words::REQUIRED.of(self.language))
    }

    pub fn image_view(&self) -> Option<Element> {
        self.image.as_ref().map(|image| picture(image, "item-image"))
    }

    pub fn hint_view(&self) -> Option<Element> {
        let hint = self.hint.as_ref()?;
        Some(told_apart(self.live, self.index, "hint prose", hint).attr("id", &anchor(self.index, "-hint")))
    }

    /// The error, empty while there is none. `ready`: from when on a constraint may speak;
    /// at once where there is no such moment.
    pub fn error_view(&self, ready: Option<RwSignal<bool>>) -> Element {
        let (live, index) = (self.live, self.index);
        let value = live.value(index);
        let text = move || {
            value.track();
            let attempted = live.attempted.get();
            let ready = ready.is_none_or(|ready| ready.get());
            live.with(|session| {
                let faults = session.faults_of(index);
                let mut faults = faults.iter();
                let fault = faults.find(|fault| attempted || (ready && fault.kind == FaultKind::Constraint));
                fault.map_or(String::new(), |fault| describe_fault(session, fault, live.language()))
            })
        };
        el("p", "error").attr("id", &anchor(index, "-error")).live_text(text)
    }

    /// What an input has that something is typed into.
    pub fn typed_into(&self, input: Element) -> Element {
        let live = self.live;
        let input = input.attr("id", &anchor(self.index, "-input")).attr("aria-describedby", &self.described_by());
        let input = if self.required { input.attr("aria-required", "true") } else { input };
        input.live_flag("readonly", move || live.locked.get())
    }

    /// Label, hint, such an input, and what stands below it.
    pub fn field(&self, input: Element, foot: Element) -> Element {
        let label = el("label", "field-label").attr("for", &anchor(self.index, "-input"));
        let field = el("div", "field question").attr("id", &self.id).child(self.labelled(label));
        field.maybe(self.image_view()).maybe(self.hint_view()).child(input).child(foot)
    }

    /// For an interviewer: why there is no answer. A resident leaves the item out instead.
    pub fn reasons_view(&self) -> Option<Element> {
        let (live, index) = (self.live, self.index);
        if live.with(|session| session.opening().link.is_some()) {
            return None;
        }
        let group = el("div", "reasons").attr("role", "group").attr("aria-label", &self.about(words::REASON_LABEL));
        // Where the scale has an answer such as "don't know", that is the one to give.
        let own = live.with(|session| {
            let scale = session.item(index).scale.as_deref().and_then(|id| session.plan().scale(id));
            scale.is_some_and(|scale| !scale.missing.is_empty())
        });
        let (refused, unknown) = match live.alone.get_value() {
            true => (words::REASON_OWN_REFUSED, words::REASON_OWN_DONT_KNOW),
            false => (words::REASON_REFUSED, words::REASON_DONT_KNOW),
        };
        group.add(&self.reason(MissingReason::Refused, refused));
        if !own {
            group.add(&self.reason(MissingReason::DontKnow, unknown));
        }
        if let Some(beside) = live.beside.get_value() {
            group.add(&beside(live, index));
        }
        Some(group)
    }

    fn reason(&self, reason: MissingReason, text: Words) -> Element {
        let (live, index, item) = (self.live, self.index, self.name.clone());
        let changed = live.value(index);
        let given = move || live.with(|session| session.missing(index) == Some(reason));
        let pressed = move || {
            changed.track();
            Some(if given() { "true" } else { "false" }.to_owned())
        };
        // The grades of a matrix of which it took the place: one press too many does not cost them.
        let before: RefCell<Option<Answer>> = RefCell::new(None);
        let press = move |_| {
            let item = item.clone();
            if !given() {
                let grades = live.with(|session| session.answer(index).cloned());
                before.replace(grades.filter(|answer| matches!(answer, Answer::Grid(_))));
                let _ = live.tell(Event::Missing { item, reason });
                return;
            }
            let _ = live.tell(Event::Cleared { item: item.clone() });
            let Some(Answer::Grid(grid)) = before.take() else { return };
            for (unit, row) in &grid {
                for (indicator, grade) in row {
                    let (unit, indicator) = (unit.clone(), indicator.clone());
                    let _ =
                        live.tell(Event::Graded { item: item.clone(), unit, indicator, grade: Some(grade.clone()) });
                }
            }
        };
        button("button").live_attr("aria-pressed", pressed).on("click", press).text(text.of(self.language))
    }

    /// Some words and what they are about, for those who do not see where they stand.
    pub fn about(&self, words: Words) -> String {
        let mut text = String::from(words.of(self.language));
        text.push_str(words::COLON.of(self.language));
        text.push_str(&self.label);
        text
    }

    /// The button that takes the answer back, while there is one.
    pub fn clear_view(&self) -> Element {
        let (live, index) = (self.live, self.index);
        let (name, id) = (self.name.clone(), self.id.clone());
        let value = live.value(index);
        let clear = move |_| {
            let _ = live.tell(Event::Cleared { item: name.clone() });
            // The button goes away with the answer, so the focus moves to what it was about.
            crate::ui::shell::focus_on(&selector(&id));
        };
        let button = button("").attr("aria-label", &self.about(words::CLEAR)).on("click", clear);
        let shown = button.clone();
        let mut before = None;
        follow(move || {
            value.track();
            let answered = live.with(|session| session.answer(index).is_some());
            if before.replace(answered) != Some(answered) {
                shown.node().set_class_name(if answered { "button quiet clear" } else { "button quiet clear away" });
                shown.set_flag("disabled", !answered);
            }
        });
        button.text(words::CLEAR.of(self.language))
    }
}

fn selector(id: &str) -> String {
    let mut selector = String::from("#");
    selector.push_str(id);
    selector.push_str(" :is(input, select, button:not(.clear, [aria-pressed]))");
    selector
}

/// Id of an item's element, or of a part of it.
pub fn anchor(index: usize, part: &str) -> String {
    let mut id = String::from("i");
    id.push_str(&index.to_string());
    id.push_str(part);
    id
}

/// The item that has the focus, by its place, and which part of it, as in [`anchor`].
pub fn focused() -> Option<(usize, String)> {
    let element = document().active_element()?;
    let read = |id: &str| {
        let rest = id.strip_prefix('i')?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Some((rest[..end].parse().ok()?, rest[end..].to_owned()))
    };
    read(&element.id()).or_else(|| read(&element.closest(".question").ok()??.id()))
}

/// What is wrong and what to do, in the language of the interview.
pub fn describe_fault(session: &Session, fault: &Fault, language: Language) -> String {
    let item = session.item(fault.item);
    match fault.kind {
        FaultKind::Required if session.matrix(fault.item).0.is_empty() => words::FAULT_REQUIRED.of(language).to_owned(),
        FaultKind::Required => words::FAULT_NO_ROW.of(language).to_owned(),
        FaultKind::RowIncomplete => {
            let unit = fault.unit.as_deref().and_then(|id| session.plan().unit(id));
            words::FAULT_ROW.fill(language, &[unit.map_or("", |unit| say(session, &unit.label))])
        }
        FaultKind::RankIncomplete => words::FAULT_RANK.of(language).to_owned(),
        FaultKind::Constraint => match &item.constraint_message {
            Some(message) => session.say(fault.item, message),
            None => words::FAULT_CONSTRAINT.of(language).to_owned(),
        },
    }
}
