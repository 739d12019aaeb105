//! What the controls of attachments share: how far keeping one is, and the way back to the one before.

use super::frame::Asked;
use crate::batch::Crypto;
use crate::browser::crypto::Web;
use crate::session::{Answer, Attachment, AttachmentType, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, follow, group};
use crate::ui::words::{Language, Words, attached as words};
use base64ct::{Base64, Encoding};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    Idle,
    Working,
    Failed(Words),
}

/// The attachment of one item. Copy: a handle that lives as long as the control.
#[derive(Clone, Copy)]
pub struct Holder {
    pub live: Live,
    pub index: usize,
    pub language: Language,
    name: StoredValue<String>,
    pub state: RwSignal<State>,
    /// What was the answer before: it is still on the device.
    before: RwSignal<Option<String>>,
}

/// The answer that it is, by a name of its own kind.
fn current(live: Live, index: usize) -> Option<String> {
    live.with(|session| match session.answer(index) {
        Some(Answer::Text(name)) => Some(name.clone()),
        _ => None,
    })
}

thread_local! {
    /// The interview that was tidied last.
    static TIDIED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Once for each interview that is opened, before anything can be added to it.
fn tidy(live: Live) {
    let id = live.with(|session| session.id().to_owned());
    let first = TIDIED.with_borrow_mut(|tidied| {
        let first = *tidied != id;
        *tidied = id;
        first
    });
    if first && !live.locked.get_untracked() {
        spawn_local(live.tidy_attached());
    }
}

impl Holder {
    /// `each`: whether one that another takes the place of can be brought back too, not only one that was cleared.
    pub fn new(asked: &Asked, each: bool) -> Holder {
        let (live, index) = (asked.live, asked.index);
        tidy(live);
        let holder = Holder {
            live,
            index,
            language: asked.language,
            name: StoredValue::new(asked.name.clone()),
            state: RwSignal::new(State::Idle),
            before: RwSignal::new(None),
        };
        let value = live.value(index);
        let mut last = current(live, index);
        follow(move || {
            value.track();
            let now = holder.current();
            if now != last {
                let offered = each || now.is_none();
                let gone = std::mem::replace(&mut last, now);
                // After it was cleared, the one before stays until there is another, or it is back.
                if gone.is_some() || last == holder.before.get_untracked() {
                    holder.before.set(gone.filter(|name| offered && live.attached(name).is_some()));
                }
            }
        });
        holder
    }

    pub fn current(self) -> Option<String> {
        current(self.live, self.index)
    }

    /// How many bytes a new file may have.
    pub fn room(self) -> u64 {
        self.live.with(|session| session.room(self.index))
    }

    pub fn fail(self, why: Words) {
        let _ = self.state.try_set(State::Failed(why));
    }

    /// The item's key: to be taken before any wait, since the control may be gone after it.
    pub fn key(self) -> String {
        self.name.get_value()
    }

    /// Keeps a file for the item of this key, and then makes it the answer.
    pub async fn put(self, key: String, file: Vec<u8>) {
        if let Some(name) = self.keep(&key, file).await {
            self.answer(key, name);
        }
    }

    /// Keeps a file. Its name, if it may now be made the answer.
    pub async fn keep(self, key: &str, file: Vec<u8>) -> Option<String> {
        let live = self.live;
        let (bytes, kind) = (file.len() as u64, AttachmentType::of(&file));
        let laid = live.is_open().then(|| live.with(|session| session.draft().repeats.clone()))?;
        let kept = match (kind, Web.sha256(&file).await) {
            (Some(kind), Ok(digest)) => Attachment { kind, bytes }.name(&digest),
            _ => {
                self.fail(words::NOT_MADE);
                return None;
            }
        };
        if live.is_open() && live.with(|session| session.index(key).is_some_and(|at| bytes > session.room(at))) {
            self.fail(words::FULL);
            return None;
        }
        if live.attach(&kept, Base64::encode_string(&file)).await.is_err() {
            self.fail(words::NOT_KEPT);
            return None;
        }
        // Where instances came or went in the meantime, the key may be another one's.
        let same = live.is_open() && (!key.contains('[') || live.with(|session| session.draft().repeats == laid));
        same.then_some(kept)
    }

    /// Makes what was kept the answer.
    pub fn answer(self, key: String, name: String) {
        match self.live.tell(Event::Answered { item: key, value: Answer::Text(name) }) {
            Ok(()) => drop(self.state.try_set(State::Idle)),
            Err(_) => self.fail(words::FULL),
        }
    }

    /// What is there and how far it is, as a status that is read out.
    pub fn status(self, none: Words) -> Element {
        let value = self.live.value(self.index);
        let told = move || {
            value.track();
            let words = match (self.state.get(), self.current()) {
                (State::Working, _) => words::WORKING,
                (State::Failed(why), _) => why,
                (State::Idle, None) => none,
                (State::Idle, Some(name)) if self.live.attached(&name).is_none() => words::NOT_HERE,
                (State::Idle, Some(_)) => words::KEPT,
            };
            words.of(self.language).to_owned()
        };
        let class = move || Some(if let State::Failed(_) = self.state.get() { "error" } else { "hint" }.to_owned());
        el("p", "").attr("role", "status").live_attr("class", class).live_text(told)
    }

    /// The button that brings the one before back, while there is one.
    pub fn undo_view(self) -> Element {
        let back = move |_| {
            if let Some(name) = self.before.get_untracked() {
                self.answer(self.key(), name);
            }
        };
        let shown = move || usize::from(self.before.with(Option::is_some));
        let language = self.language;
        group().switch(shown, move |shown| match shown {
            0 => group(),
            _ => button("button quiet").on("click", back).text(words::UNDO.of(language)),
        })
    }

    /// Legend, picture and hint of the question, what `inside` is, and its foot.
    pub fn frame(self, asked: &Asked, class: &str, inside: Element) -> Element {
        el("fieldset", class)
            .attr("id", &asked.id)
            .child(asked.labelled(el("legend", "field-label")))
            .maybe(asked.image_view())
            .maybe(asked.hint_view())
            .child(inside)
            .child(
                el("div", "question-foot")
                    .child(asked.error_view(None))
                    .maybe(asked.reasons_view())
                    .child(self.undo_view())
                    .child(asked.clear_view()),
            )
    }
}
