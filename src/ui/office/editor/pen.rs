//! The draft that is being written, as signals: every change goes through here, is kept at once and checked after a pause.

use super::checked::Checked;
use super::paste::Pasting;
use super::sections::Section;
use super::versions::Shown;
use super::{drawing, sample};
use crate::design::{Draft, Edit, EditError, Value};
use crate::plan::{Place, Problem};
use crate::ui::element::next_frame;
use crate::ui::office::desk::Desk;
use crate::ui::shell::{Shell, go, use_shell};
use crate::ui::words::{Language, Words, design as words};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Bytes up to which a text is checked while it is typed.
const CHECKED_WHILE_TYPED: usize = 400_000;
const PAUSE: Duration = Duration::from_millis(400);
/// Frames for which a field that is to be shown is waited for.
const FRAMES: u32 = 90;

/// Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct Pen {
    pub desk: Desk,
    pub shell: Shell,
    id: StoredValue<String>,
    draft: StoredValue<Draft, LocalStorage>,
    tree: StoredValue<Option<Rc<Value>>, LocalStorage>,
    /// Counts up with every change.
    pub turned: RwSignal<u32>,
    /// Counts up when what is on the screen has to be made anew: not while a field is typed into.
    pub shaped: RwSignal<u32>,
    /// A screen that is made anew is made whole at once, or the page would be shorter for a moment and lose its place.
    whole: StoredValue<bool>,
    pub checked: RwSignal<Option<Rc<Checked>>, LocalStorage>,
    /// The last one without an error.
    pub sound: RwSignal<Option<Rc<Checked>>, LocalStorage>,
    /// The text has changed since it was checked.
    pub pending: RwSignal<bool>,
    turn: StoredValue<u32>,
    /// Cards that are open, by what they are of.
    pub open: RwSignal<BTreeSet<String>>,
    /// The place in the text that is to be shown.
    pub visiting: RwSignal<Option<Place>>,
    /// What is pasted, and asked of the sample and of the draw; no part of the plan.
    pub pasted_units: Pasting,
    pub pasted_strata: Pasting,
    pub compared: RwSignal<Shown>,
    pub sample: sample::Asked,
    pub drawing: drawing::Asked,
    /// The last thing that is to be told.
    pub told: RwSignal<Option<String>>,
}

/// Where the keeper has a draft.
pub fn draft_key(id: &str) -> String {
    ["draft/plan/", id].concat()
}

/// The id of the control for what stands at a JSON Pointer.
pub fn control_id(at: &str) -> String {
    ["at:", at].concat()
}

impl Pen {
    pub fn new(desk: Desk, id: &str, draft: Draft) -> Pen {
        let pen = Pen {
            desk,
            shell: use_shell(),
            id: StoredValue::new(id.to_owned()),
            tree: StoredValue::new_local(Value::parse(draft.text()).ok().map(Rc::new)),
            draft: StoredValue::new_local(draft),
            turned: RwSignal::new(0),
            shaped: RwSignal::new(0),
            whole: StoredValue::new(false),
            checked: RwSignal::new_local(None),
            sound: RwSignal::new_local(None),
            pending: RwSignal::new(true),
            turn: StoredValue::new(0),
            open: RwSignal::new(BTreeSet::new()),
            visiting: RwSignal::new(None),
            pasted_units: Pasting::new(),
            pasted_strata: Pasting::new(),
            compared: RwSignal::new(Shown::Nothing),
            sample: sample::Asked::new(),
            drawing: drawing::Asked::new(),
            told: RwSignal::new(None),
        };
        pen.settle(true);
        pen
    }

    pub fn id(self) -> String {
        self.id.get_value()
    }

    pub fn language(self) -> Language {
        self.shell.language.get_untracked()
    }

    pub fn text(self) -> String {
        self.draft.with_value(|draft| draft.text().to_owned())
    }

    pub fn name(self) -> String {
        self.draft.with_value(|draft| draft.name().to_owned())
    }

    /// `None` while the text is no JSON.
    pub fn tree(self) -> Option<Rc<Value>> {
        self.tree.get_value()
    }

    /// What stands at a JSON Pointer.
    pub fn at(self, at: &str) -> Option<Value> {
        self.tree.with_value(|tree| tree.as_ref()?.at(at).cloned())
    }

    /// The words or digits there, as a field shows them.
    pub fn shown(self, at: &str) -> String {
        self.tree.with_value(|tree| {
            let value = tree.as_ref().and_then(|tree| tree.at(at));
            value.and_then(|value| value.as_text().or_else(|| value.digits())).unwrap_or_default().to_owned()
        })
    }

    pub fn list(self, at: &str) -> Vec<Value> {
        self.tree.with_value(|tree| {
            tree.as_ref().and_then(|tree| tree.at(at)).map_or(Vec::new(), |value| value.list().to_vec())
        })
    }

    /// Tags of the plan's languages.
    pub fn languages(self) -> Vec<String> {
        let tags: Vec<String> =
            self.list("/languages").iter().filter_map(|tag| tag.as_text().map(str::to_owned)).collect();
        if tags.is_empty() { vec!["zh".to_owned()] } else { tags }
    }

    /// A text of the plan in the language of the interface, or the first that it has.
    pub fn said(self, text: Option<&Value>) -> String {
        let Some(text) = text else { return String::new() };
        let members = text.members();
        let own = text.said(self.language().tag()).filter(|words| !words.is_empty());
        own.or_else(|| members.iter().find_map(|(_, words)| words.as_text().filter(|words| !words.is_empty())))
            .unwrap_or_default()
            .to_owned()
    }

    /// Ids of a list, each with what it is called.
    pub fn named(self, list: &str) -> Vec<(String, String)> {
        let name = |one: &Value| {
            let id = one.said("id")?.to_owned();
            let label = self.said(one.get("label").or_else(|| one.get("title")));
            Some((id.clone(), if label.is_empty() { id } else { label }))
        };
        self.list(list).iter().filter_map(name).collect()
    }

    /// Makes changes that are typed into the field of a place.
    pub fn type_in(self, edits: &[Edit], place: &str) {
        if let Some(text) = self.made(edits) {
            self.take(text, place);
        }
    }

    /// Makes changes after which the screen is made anew, as one step.
    pub fn change(self, edits: &[Edit]) {
        if let Some(text) = self.made(edits) {
            self.replace(text);
        }
    }

    /// Another text, as one step; the screen is made anew.
    pub fn replace(self, text: String) {
        self.draft.update_value(Draft::close_step);
        self.take(text, "");
        self.draft.update_value(Draft::close_step);
        self.reshape();
    }

    /// Another text where it could be made; where not, why is told.
    pub fn replace_made(self, made: Result<String, EditError>) -> bool {
        match made {
            Ok(text) => self.replace(text),
            Err(why) => {
                self.tell(&why);
                return false;
            }
        }
        true
    }

    fn tell(self, why: &EditError) {
        let language = self.language();
        self.told.set(Some(match why {
            EditError::NotJson(_) => words::NOT_JSON.of(language).to_owned(),
            EditError::NotThere(at) => words::NOT_THERE.fill(language, &[at]),
        }));
    }

    fn made(self, edits: &[Edit]) -> Option<String> {
        let mut text = self.text();
        for edit in edits {
            match edit.apply(&text) {
                Ok(next) => text = next,
                // The screen shows what the text has, so this is a text that is just being mended in another part.
                Err(why) => {
                    self.tell(&why);
                    return None;
                }
            }
        }
        Some(text)
    }

    /// Another text, typed at a place.
    pub fn take(self, text: String, place: &str) {
        let mut changed = false;
        self.draft.update_value(|draft| changed = draft.change(text, place));
        if changed {
            self.told.set(None);
            self.moved();
        }
    }

    fn moved(self) {
        self.tree.set_value(self.draft.with_value(|draft| Value::parse(draft.text()).ok().map(Rc::new)));
        self.keep();
        self.turned.update(|turned| *turned += 1);
        self.settle(false);
    }

    fn keep(self) {
        let body = self.draft.with_value(Draft::write);
        self.desk.keeper().put_draft_soon(&draft_key(&self.id()), body);
    }

    pub fn rename(self, name: &str) {
        self.draft.update_value(|draft| draft.rename(name));
        self.keep();
        self.turned.update(|turned| *turned += 1);
    }

    pub fn can_undo(self) -> bool {
        self.turned.track();
        self.draft.with_value(Draft::can_undo)
    }

    pub fn can_redo(self) -> bool {
        self.turned.track();
        self.draft.with_value(Draft::can_redo)
    }

    pub fn undo(self) {
        self.step(Draft::undo, words::UNDONE);
    }

    pub fn redo(self) {
        self.step(Draft::redo, words::REDONE);
    }

    fn step(self, step: fn(&mut Draft) -> bool, done: Words) {
        let mut changed = false;
        self.draft.update_value(|draft| changed = step(draft));
        if changed {
            self.moved();
            self.reshape();
            self.shell.say(done);
        }
    }

    /// Whether long lists are to be made at once and not step by step.
    pub fn at_once(self) -> bool {
        self.whole.get_value()
    }

    /// Makes the screen anew; the focus stays where it was.
    pub fn reshape(self) {
        let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
        self.whole.set_value(true);
        self.shaped.update(|shaped| *shaped += 1);
        next_frame(move || {
            self.whole.try_set_value(false);
        });
        if let Some(id) = focused {
            focus_soon(id);
        }
    }

    /// Whether the text is checked only when that is asked for.
    pub fn is_large(self) -> bool {
        self.turned.track();
        self.draft.with_value(|draft| draft.text().len() > CHECKED_WHILE_TYPED)
    }

    /// Checks now.
    pub fn check(self) {
        let result = Rc::new(Checked::of(self.text()));
        if result.is_sound() {
            self.sound.set(Some(result.clone()));
        }
        self.checked.set(Some(result));
        self.pending.set(false);
    }

    fn settle(self, at_once: bool) {
        self.turn.update_value(|turn| *turn += 1);
        let own = self.turn.get_value();
        self.pending.set(true);
        set_timeout(
            move || {
                let due = self.turn.try_get_value() == Some(own);
                if !due {
                    return;
                }
                // What is typed after a pause is a step of its own.
                self.draft.update_value(Draft::close_step);
                if at_once || !untrack(|| self.is_large()) {
                    self.check();
                }
            },
            if at_once { Duration::ZERO } else { PAUSE },
        );
    }

    /// Whether the text as it is has no errors.
    pub fn is_ready(self) -> bool {
        !self.pending.get() && self.checked.with(|checked| checked.as_ref().is_some_and(|checked| checked.is_sound()))
    }

    /// Goes to the field that a problem is about.
    pub fn visit(self, problem: &Problem) {
        let path = problem.path.clone();
        let section = match self.tree.with_value(Option::is_some) {
            true => Section::of(&path),
            false => Section::Text,
        };
        self.open_around(&path);
        let route = ["/edit/", &self.id(), "/", section.name()].concat();
        go(&route);
        if section == Section::Text {
            let place = problem.place.unwrap_or(Place { line: 1, column: 1 });
            // Also where it is shown already.
            return set_timeout(move || self.visiting.set(Some(place)), Duration::from_millis(100));
        }
        self.shaped.update(|shaped| *shaped += 1);
        // The page moves the focus to its heading when the address changes; the field comes after that.
        set_timeout(move || seek(path, FRAMES), Duration::from_millis(100));
    }

    /// Opens the cards of the questions in which a place is.
    fn open_around(self, path: &str) {
        let Some(tree) = self.tree() else { return };
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        for end in 1..=parts.len() {
            let at = ["/", &parts[..end].join("/")].concat();
            if let Some(name) = tree.at(&at).and_then(|item| item.said("name")).filter(|_| at.contains("/items/")) {
                let key = card_key(&at, name);
                self.open.update(|open| {
                    open.insert(key);
                });
            }
        }
    }
}

/// What the card of a question is known by: its name in its questionnaire, for its place may change.
pub fn card_key(at: &str, name: &str) -> String {
    let questionnaire = at.split('/').nth(2).unwrap_or_default();
    [questionnaire, "/", name].concat()
}

/// Focuses a control by its id.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Focuses a control by its id as soon as it is there: a long list is made step by step.
pub fn focus_soon(id: String) {
    fn wait(id: String, frames: u32) {
        next_frame(move || match document().get_element_by_id(&id) {
            Some(_) => focus(&id),
            None if frames > 0 => wait(id, frames - 1),
            None => {}
        });
    }
    next_frame(move || wait(id, FRAMES));
}

/// Focuses the control of a place, or of the nearest place around it that has one, as soon as it is there.
fn seek(path: String, frames: u32) {
    next_frame(move || {
        // The frame in which the section is made.
        let mut at = path.as_str();
        while !at.is_empty() {
            let id = control_id(at);
            let near = document().get_element_by_id(&id).is_some();
            if near && (at.len() == path.len() || frames < FRAMES * 2 / 3) {
                return focus(&id);
            }
            at = at.rsplit_once('/').map_or("", |(around, _)| around);
        }
        if frames > 0 {
            seek(path, frames - 1);
        }
    });
}
