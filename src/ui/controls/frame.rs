//! What is around every control: label, required mark, hint, error, and how to clear the answer.

use crate::session::{Event, Fault, FaultKind, MissingReason, Session};
use crate::ui::answer::{Live, say};
use crate::ui::words::{Language, answer as words};
use leptos::prelude::*;

/// An item as it is shown.
#[derive(Clone)]
pub struct Asked {
    pub live: Live,
    pub index: usize,
    pub id: String,
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
    pub language: Language,
}

impl Asked {
    pub fn read(live: Live, index: usize) -> Asked {
        let language = live.language();
        live.with(|session| {
            let item = &session.items()[index];
            Asked {
                live,
                index,
                id: anchor(index, ""),
                name: item.name.clone(),
                label: say(session, &item.label).to_owned(),
                hint: item.hint.as_ref().map(|hint| say(session, hint).to_owned()),
                required: item.required,
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

    pub fn mark(&self) -> Option<AnyView> {
        let text = words::REQUIRED.of(self.language);
        self.required.then(|| view! { " " <span class="required">{text}</span> }.into_any())
    }

    pub fn hint_view(&self) -> Option<AnyView> {
        let id = anchor(self.index, "-hint");
        self.hint.clone().map(|hint| view! { <p class="hint prose" id=id>{hint}</p> }.into_any())
    }

    /// The error, empty while there is none. `ready`: whether a constraint may already speak.
    pub fn error_view(&self, ready: impl Fn() -> bool + Send + 'static) -> AnyView {
        let (live, index) = (self.live, self.index);
        let value = live.value(index);
        let text = move || {
            value.track();
            let attempted = live.attempted.get();
            let ready = ready();
            live.with(|session| {
                let fault = session
                    .faults_of(index)
                    .into_iter()
                    .find(|fault| attempted || (ready && fault.kind == FaultKind::Constraint))?;
                Some(describe_fault(session, &fault))
            })
        };
        view! { <p class="error" id=anchor(index, "-error")>{text}</p> }.into_any()
    }

    /// For an interviewer: why there is no answer. A resident leaves the item out instead.
    pub fn reasons_view(&self) -> Option<AnyView> {
        let (live, index) = (self.live, self.index);
        if live.with(|session| session.opening().link.is_some()) {
            return None;
        }
        let mut label = String::from(words::REASON_LABEL.of(self.language));
        label.push_str(words::COLON.of(self.language));
        label.push_str(&self.label);
        let reasons =
            [(MissingReason::Refused, words::REASON_REFUSED), (MissingReason::DontKnow, words::REASON_DONT_KNOW)];
        // Where the scale has an answer such as "don't know", that is the one to give.
        let own = live.with(|session| {
            let scale = session.items()[index].scale.as_deref().and_then(|id| session.plan().scale(id));
            scale.is_some_and(|scale| !scale.missing.is_empty())
        });
        let buttons: Vec<AnyView> = reasons
            .into_iter()
            .filter(|(reason, _)| !own || *reason != MissingReason::DontKnow)
            .map(|(reason, text)| {
                let changed = live.value(index);
                let given = move || live.with(|session| session.missing(index) == Some(reason));
                let pressed = move || {
                    changed.track();
                    if given() { "true" } else { "false" }
                };
                let item = self.name.clone();
                let press = move |_| {
                    let item = item.clone();
                    let _ = live.tell(if given() { Event::Cleared { item } } else { Event::Missing { item, reason } });
                };
                view! {
                    <button type="button" class="button" aria-pressed=pressed on:click=press>{text.of(self.language)}</button>
                }
                .into_any()
            })
            .collect();
        Some(view! { <div class="reasons" role="group" aria-label=label>{buttons}</div> }.into_any())
    }

    /// The button that takes the answer back, while there is one.
    pub fn clear_view(&self) -> AnyView {
        let (live, index) = (self.live, self.index);
        let (text, name, id) = (words::CLEAR.of(self.language), self.name.clone(), self.id.clone());
        let mut label = String::from(text);
        label.push_str(words::COLON.of(self.language));
        label.push_str(&self.label);
        let value = live.value(index);
        let answered = Memo::new(move |_| {
            value.track();
            live.with(|session| session.answer(index).is_some())
        });
        let clear = move |_| {
            let _ = live.tell(Event::Cleared { item: name.clone() });
            // The button goes away with the answer, so the focus moves to what it was about.
            crate::ui::shell::focus_on(&selector(&id));
        };
        view! {
            <button
                type="button"
                class="button quiet clear"
                class:away=move || !answered.get()
                disabled=move || !answered.get()
                aria-label=label
                on:click=clear
            >{text}</button>
        }
        .into_any()
    }
}

fn selector(id: &str) -> String {
    let mut selector = String::from("#");
    selector.push_str(id);
    selector.push_str(" input");
    selector
}

/// Id of an item's element, or of a part of it.
pub fn anchor(index: usize, part: &str) -> String {
    let mut id = String::from("i");
    id.push_str(&index.to_string());
    id.push_str(part);
    id
}

/// What is wrong and what to do, in the language of the interview.
pub fn describe_fault(session: &Session, fault: &Fault) -> String {
    let language = Language::read(session.language()).unwrap_or(Language::En);
    let item = &session.items()[fault.item];
    match fault.kind {
        FaultKind::Required if session.matrix(fault.item).0.is_empty() => words::FAULT_REQUIRED.of(language).to_owned(),
        FaultKind::Required => words::FAULT_NO_ROW.of(language).to_owned(),
        FaultKind::RowIncomplete => {
            let unit = fault.unit.as_deref().and_then(|id| session.plan().unit(id));
            words::FAULT_ROW.fill(language, &[unit.map_or("", |unit| say(session, &unit.label))])
        }
        FaultKind::Constraint => match &item.constraint_message {
            Some(message) => say(session, message).to_owned(),
            None => words::FAULT_CONSTRAINT.of(language).to_owned(),
        },
    }
}
