//! A list that is searched by typing (`appearance: autocomplete`): an editable combobox with a listbox as the WAI-ARIA
//! Authoring Practices have it, made for tens of thousands of choices. Only the rows that are in view are in the page; what
//! is typed is found anywhere in a label, whatever its case and width, and in the name of the choice. What is typed is
//! never an answer by itself.

use super::frame::{Asked, anchor};
use super::offer::toggled;
use super::search::Index;
use crate::plan::{ChoiceList, ItemType, OTHER, Plan};
use crate::session::{Answer, Event, Session};
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, follow, group, next_frame, when_idle};
use crate::ui::shell::{Shell, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};

/// Rows by which the page keys move.
const PAGE: usize = 6;

struct Combo {
    asked: Asked,
    /// Any of the list, not one.
    several: bool,
    plan: Rc<Plan>,
    shell: Shell,
    input: HtmlInputElement,
    list: HtmlElement,
    /// As high as all rows together; holds the rows in view.
    space: HtmlElement,
    state: RefCell<State>,
    open: Cell<bool>,
    /// How many were found, for those who hear it.
    found: RwSignal<Option<usize>>,
}

#[derive(Default)]
struct State {
    /// What is offered, by place in the choice list; `other` is the place after its last.
    places: Vec<usize>,
    index: Option<Index>,
    /// Places in `places`, in order.
    hits: Vec<u32>,
    /// The hit that the keys are on.
    active: Option<usize>,
    /// Of a row, in pixels.
    height: f64,
}

pub fn combobox(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let (several, plan) =
        live.with(|session| (session.item(index).kind == ItemType::SelectMultiple, session.plan().clone()));
    let list_id = anchor(index, "-list");
    let input = el("input", "input combo-input")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .attr("aria-autocomplete", "list")
        .attr("aria-expanded", "false")
        .attr("aria-controls", &list_id)
        .attr("placeholder", words::LIST_SEARCH.of(asked.language));
    let input = asked.typed_into(input);
    let space = el("div", "combo-space").attr("role", "presentation");
    let list = el("div", "combo-list").attr("role", "listbox").attr("id", &list_id).attr("tabindex", "-1");
    let list = list.attr("aria-label", &asked.label).flag("hidden", true);
    let list = if several { list.attr("aria-multiselectable", "true") } else { list };
    let list = list.child(space.clone());
    let combo = Rc::new(Combo {
        several,
        plan,
        shell: use_shell(),
        input: input.node().clone().unchecked_into(),
        list: list.node().clone().unchecked_into(),
        space: space.node().clone().unchecked_into(),
        state: RefCell::default(),
        open: Cell::new(false),
        found: RwSignal::new(None),
        asked,
    });
    let idle = combo.clone();
    // So that the first letter finds it made.
    when_idle(move || idle.prepare());
    let typed = combo.clone();
    let struck = combo.clone();
    let clicked = combo.clone();
    let input = input
        .on("input", move |_| typed.search())
        .on("click", move |_| clicked.show())
        .on("keydown", move |event| struck.key(event.unchecked_ref()));
    let (picked, scrolled) = (combo.clone(), combo.clone());
    let list = list
        // The focus stays where it is typed.
        .on("mousedown", |event| event.prevent_default())
        .on("click", move |event| _ = picked.picked(&event))
        .on("scroll", move |_| scrolled.draw());
    let left = combo.clone();
    let (shown, language) = (combo.clone(), combo.asked.language);
    let status = el("p", "hint small").attr("role", "status").live_text(move || match shown.found.get() {
        None => String::new(),
        Some(0) => words::LIST_NONE.of(language).to_owned(),
        Some(count) => words::LIST_FOUND.count(language, &[count]),
    });
    let box_ = el("div", "combo").child(input).child(list);
    let (changed, follows) = (live.value(index), combo.clone());
    follow(move || {
        changed.track();
        if !follows.open.get() {
            follows.settle();
        }
        follows.draw();
    });
    let chosen = combo.clone();
    let changed = live.value(index);
    let body = el("div", "stack tight").on("focusout", move |event| {
        let next = event.unchecked_ref::<web_sys::FocusEvent>().related_target();
        let inside = next.and_then(|next| next.dyn_into::<web_sys::Node>().ok());
        if !inside.is_some_and(|node| left.input.parent_element().is_some_and(|combo| combo.contains(Some(&node)))) {
            left.hide();
        }
    });
    let body = if several {
        body.live(move || {
            changed.track();
            Combo::chips(&chosen)
        })
    } else {
        body
    };
    let body = body.child(box_).child(status);
    let asked = &combo.asked;
    let foot = el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view());
    asked.field(body, foot.child(asked.clear_view()))
}

impl Combo {
    fn choice_list(&self) -> Option<&ChoiceList> {
        let live = self.asked.live;
        let id = live.with(|session| session.item(self.asked.index).choices.clone())?;
        self.plan.choice_list(&id)
    }

    /// Label of what is offered at a place of the choice list.
    fn label_at(&self, list: &ChoiceList, place: usize) -> String {
        let index = self.asked.index;
        self.asked.live.with(|session| match list.choices.get(place) {
            Some(choice) => session.say(index, &choice.label),
            None => label(session, index, OTHER),
        })
    }

    /// Names of what is chosen.
    fn chosen(&self) -> Vec<String> {
        self.asked.live.with(|session| match session.answer(self.asked.index) {
            Some(Answer::Text(choice)) => vec![choice.clone()],
            Some(Answer::Choices(choices)) => choices.clone(),
            _ => Vec::new(),
        })
    }

    /// Looks up what is offered, and makes what is searched in where that changed.
    fn prepare(&self) {
        let live = self.asked.live;
        let (Some(list), Some((mut places, other))) = (
            self.choice_list(),
            // The screen may be gone by the time that the page is idle.
            live.attempted.try_get_untracked().map(|_| {
                live.with(|session| (session.choices(self.asked.index), session.item(self.asked.index).other.is_some()))
            }),
        ) else {
            return;
        };
        if other {
            places.push(list.choices.len());
        }
        let mut state = self.state.borrow_mut();
        if state.index.is_some() && state.places == places {
            return;
        }
        let index = live.with(|session| {
            Index::of(places.iter().map(|&place| match list.choices.get(place) {
                Some(choice) => (crate::ui::answer::say(session, &choice.label), choice.name.as_str()),
                None => ("", ""),
            }))
        });
        (state.places, state.index) = (places, Some(index));
    }

    /// Puts what is chosen into the input.
    fn settle(&self) {
        let label = match self.several {
            true => String::new(),
            false => self.chosen().first().map_or(String::new(), |name| self.label_of(name)),
        };
        if self.input.value() != label {
            self.input.set_value(&label);
        }
    }

    fn label_of(&self, name: &str) -> String {
        self.asked.live.with(|session| label(session, self.asked.index, name))
    }

    fn show(&self) {
        if self.open.get() || self.asked.live.locked.get_untracked() {
            return;
        }
        self.prepare();
        if !self.several {
            // All of them are looked through from the one that is chosen.
            self.input.select();
        }
        self.set_open(true);
        self.filter("");
        let chosen = self.chosen();
        let at = {
            let (state, list) = (self.state.borrow(), self.choice_list());
            let chosen = chosen.first().filter(|_| !self.several);
            list.zip(chosen).and_then(|(list, chosen)| state.places.iter().position(|&at| name(list, at) == chosen))
        };
        self.go(at);
    }

    fn hide(&self) {
        if !self.open.get() {
            return;
        }
        self.set_open(false);
        self.found.set(None);
        self.settle();
    }

    fn set_open(&self, open: bool) {
        self.open.set(open);
        let _ = self.list.toggle_attribute_with_force("hidden", !open);
        let _ = self.input.set_attribute("aria-expanded", if open { "true" } else { "false" });
        if !open {
            self.state.borrow_mut().active = None;
            let _ = self.input.remove_attribute("aria-activedescendant");
        }
    }

    fn search(&self) {
        if self.asked.live.locked.get_untracked() {
            return;
        }
        if !self.open.get() {
            self.prepare();
            self.set_open(true);
        }
        let wanted = self.input.value();
        let wanted = wanted.trim();
        self.filter(wanted);
        // What is found first is what Enter takes; nothing is where nothing was typed.
        let first = !wanted.is_empty() && !self.state.borrow().hits.is_empty();
        self.go(first.then_some(0));
    }

    fn filter(&self, wanted: &str) {
        let count = {
            let state = &mut *self.state.borrow_mut();
            let Some(index) = &state.index else { return };
            state.hits = index.find(wanted);
            let last = state.places.len().saturating_sub(1) as u32;
            let other = self.choice_list().is_some_and(|list| state.places.last() == Some(&list.choices.len()));
            // Whatever is typed, "other" can be chosen.
            if other && state.hits.last() != Some(&last) {
                state.hits.push(last);
            }
            state.active = None;
            state.hits.len()
        };
        self.list.set_scroll_top(0);
        self.draw();
        self.found.set(Some(count));
    }

    /// Puts the keys on a hit and brings it into view.
    fn go(&self, to: Option<usize>) {
        let height = {
            let mut state = self.state.borrow_mut();
            state.active = to.filter(|at| *at < state.hits.len());
            state.height
        };
        if let Some(at) = to {
            let (top, room) = (at as f64 * height, f64::from(self.list.client_height()));
            let from = f64::from(self.list.scroll_top());
            if top < from {
                self.list.set_scroll_top(top as i32);
            } else if top + height > from + room {
                self.list.set_scroll_top((top + height - room).ceil() as i32);
            }
        }
        self.draw();
    }

    /// Builds the rows that are in view.
    fn draw(&self) {
        if !self.open.get() {
            return;
        }
        let Some(list) = self.choice_list() else { return };
        let chosen = self.chosen();
        let mut state = self.state.borrow_mut();
        let count = state.hits.len();
        if state.height < 1.0 {
            // Measured once: rows are as high as the text size has them.
            self.space.set_text_content(None);
            if let Some(&first) = state.hits.first() {
                let row = self.row(list, &state, 0, first, &chosen);
                let _ = self.space.append_child(row.node());
                state.height = row.node().get_bounding_client_rect().height();
            }
        }
        let height = state.height.max(1.0);
        let _ = self.space.style().set_property("block-size", &pixels(count as f64 * height));
        let from = (f64::from(self.list.scroll_top()) / height) as usize;
        let room = (f64::from(self.list.client_height()) / height) as usize + 3;
        let from = from.saturating_sub(1);
        self.space.set_text_content(None);
        for at in from..(from + room).min(count) {
            let row = self.row(list, &state, at, state.hits[at], &chosen);
            let style = row.node().unchecked_ref::<HtmlElement>().style();
            let _ = style.set_property("inset-block-start", &pixels(at as f64 * height));
            let _ = self.space.append_child(row.node());
        }
        match state.active {
            Some(at) => _ = self.input.set_attribute("aria-activedescendant", &self.row_id(at)),
            None => _ = self.input.remove_attribute("aria-activedescendant"),
        }
    }

    fn row_id(&self, at: usize) -> String {
        let mut id = anchor(self.asked.index, "-o");
        id.push_str(&at.to_string());
        id
    }

    fn row(&self, list: &ChoiceList, state: &State, at: usize, hit: u32, chosen: &[String]) -> Element {
        let place = state.places.get(hit as usize).copied().unwrap_or(usize::MAX);
        let is_chosen = chosen.iter().any(|chosen| chosen == name(list, place));
        let active = if state.active == Some(at) { "combo-row active" } else { "combo-row" };
        el("div", active)
            .attr("role", "option")
            .attr("id", &self.row_id(at))
            .attr("data-hit", &at.to_string())
            .attr("aria-selected", if is_chosen { "true" } else { "false" })
            .attr("aria-posinset", &(at + 1).to_string())
            .attr("aria-setsize", &state.hits.len().to_string())
            .child(el("span", "").text(&self.label_at(list, place)))
    }

    fn key(&self, event: &KeyboardEvent) {
        // Keys that an input method takes are not ours.
        if event.is_composing() {
            return;
        }
        let (count, active) = {
            let state = self.state.borrow();
            (state.hits.len(), state.active)
        };
        let open = self.open.get();
        let to = match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open => {
                event.prevent_default();
                self.show();
                let (count, active) = {
                    let state = self.state.borrow();
                    (state.hits.len(), state.active)
                };
                if active.is_none() && count > 0 && !event.alt_key() {
                    self.go(Some(if event.key() == "ArrowUp" { count - 1 } else { 0 }));
                }
                return;
            }
            "ArrowDown" => active.map_or(0, |at| if at + 1 < count { at + 1 } else { 0 }),
            "ArrowUp" => {
                active.map_or(count.saturating_sub(1), |at| at.checked_sub(1).unwrap_or(count.saturating_sub(1)))
            }
            "PageDown" if open => active.map_or(0, |at| (at + PAGE).min(count.saturating_sub(1))),
            "PageUp" if open => active.map_or(0, |at| at.saturating_sub(PAGE)),
            "Enter" if open => {
                event.prevent_default();
                if let Some(at) = active {
                    self.choose(at);
                }
                return;
            }
            "Escape" if open => {
                event.prevent_default();
                event.stop_propagation();
                return self.hide();
            }
            _ => return,
        };
        event.prevent_default();
        if count > 0 {
            self.go(Some(to));
        }
    }

    fn picked(&self, event: &web_sys::Event) -> Option<()> {
        let target: web_sys::Element = event.target()?.dyn_into().ok()?;
        let at = target.closest("[data-hit]").ok()??.get_attribute("data-hit")?.parse().ok()?;
        self.choose(at);
        Some(())
    }

    fn choose(&self, at: usize) {
        let name = {
            let (state, list) = (self.state.borrow(), self.choice_list());
            let place = state.hits.get(at).and_then(|&hit| state.places.get(hit as usize));
            let (Some(&place), Some(list)) = (place, list) else { return };
            name(list, place).to_owned()
        };
        if self.several {
            let chosen = !self.chosen().contains(&name);
            self.tell(Answer::Choices(toggled(&self.asked, self.shell, name, chosen)));
            self.state.borrow_mut().active = Some(at);
            self.draw();
        } else {
            self.set_open(false);
            self.found.set(None);
            self.tell(Answer::Text(name));
            self.settle();
        }
    }

    fn tell(&self, value: Answer) {
        let _ = self.asked.live.tell(Event::Answered { item: self.asked.name.clone(), value });
    }

    /// What is chosen of several, each with a button that takes it back.
    fn chips(combo: &Rc<Combo>) -> Element {
        let chosen = combo.chosen();
        if chosen.is_empty() {
            return group();
        }
        let list = el("ul", "chips");
        for name in chosen {
            let label = combo.label_of(&name);
            let mut told = String::from(words::CLEAR.of(combo.asked.language));
            told.push_str(words::COLON.of(combo.asked.language));
            told.push_str(&label);
            let this = combo.clone();
            let take = move |_| {
                this.tell(Answer::Choices(toggled(&this.asked, this.shell, name.clone(), false)));
                let input = this.input.clone();
                next_frame(move || _ = input.focus());
            };
            let sign = el("span", "").attr("aria-hidden", "true").text("×");
            let chip = button("button chip").attr("aria-label", &told).on("click", take);
            list.add(&el("li", "").child(chip.child(el("span", "").text(&label)).child(sign)));
        }
        list
    }
}

/// Name of what is offered at a place of the choice list.
fn name(list: &ChoiceList, place: usize) -> &str {
    list.choices.get(place).map_or(OTHER, |choice| choice.name.as_str())
}

/// Label of a choice, in words alone. A name that the list has not is shown as it is.
fn label(session: &Session, index: usize, name: &str) -> String {
    let item = session.item(index);
    let list = item.choices.as_deref().and_then(|id| session.plan().choice_list(id));
    match list.and_then(|list| list.choices.iter().find(|choice| choice.name == name)) {
        Some(choice) => session.say(index, &choice.label),
        None => item.other.as_ref().map_or_else(|| name.to_owned(), |label| session.say(index, label)),
    }
}

fn pixels(length: f64) -> String {
    let mut text = (length as i64).to_string();
    text.push_str("px");
    text
}
