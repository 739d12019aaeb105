//! A list put in order. What is in order stands above with its numbers and can be moved by buttons or dragged; the rest stands
//! below and goes to the end of the order when it is chosen. Nothing is in order before it was chosen.

use super::frame::Asked;
use super::offer::{Offer, offers};
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, group, next_frame};
use crate::ui::shell::{Shell, focus_on, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

/// What the parts of one list share.
struct Order {
    asked: Asked,
    offers: Vec<Offer>,
    /// The place in the order of what is being dragged.
    dragged: Cell<Option<usize>>,
    /// Puts the rows back where they belong.
    redraw: Trigger,
    shell: Shell,
}

/// What a button of a row does.
const UP: &str = "up";
const DOWN: &str = "down";
const OUT: &str = "out";

pub fn rank(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let (offers, dragged) = (offers(live, index), Cell::new(None));
    let order = Rc::new(Order { asked, offers, dragged, redraw: Trigger::new(), shell: use_shell() });
    let asked = &order.asked;
    let changed = live.value(index);
    let (clicking, building) = (order.clone(), order.clone());
    let (down, moving, up, cancel) = (order.clone(), order.clone(), order.clone(), order.clone());
    let root = el("fieldset", "field question rank")
        .attr("id", &asked.id)
        .attr("aria-describedby", &asked.described_by())
        .live_flag("disabled", move || live.locked.get())
        .child(asked.labelled(el("legend", "field-label")))
        .maybe(asked.image_view())
        .maybe(asked.hint_view())
        .child(el("p", "hint small").text(words::RANK_HOW.of(asked.language)));
    let lists = el("div", "rank-lists")
        .on("click", move |event| _ = clicking.clicked(&event))
        .on("pointerdown", move |event| _ = down.grip(&event))
        .on("pointermove", move |event| _ = moving.drag(&event))
        .on("pointerup", move |event| _ = up.drop_at(&event))
        .on("pointercancel", move |_| {
            cancel.dragged.set(None);
            cancel.redraw.notify();
        })
        .live(move || {
            changed.track();
            building.redraw.track();
            building.lists()
        });
    let foot = el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view());
    root.child(lists).child(foot.child(asked.clear_view()))
}

impl Order {
    /// Places in `offers`, first things first.
    fn ranked(&self) -> Vec<usize> {
        self.asked.live.with(|session| match session.answer(self.asked.index) {
            Some(Answer::Choices(names)) => {
                let place = |name: &String| self.offers.iter().position(|offer| offer.name == *name);
                names.iter().filter_map(place).collect()
            }
            _ => Vec::new(),
        })
    }

    fn lists(&self) -> Element {
        let ranked = self.ranked();
        let first = el("ol", "ranked");
        for (place, &at) in ranked.iter().enumerate() {
            first.add(&self.row(place, at, ranked.len()));
        }
        let rest = el("ul", "unranked");
        for at in (0..self.offers.len()).filter(|at| !ranked.contains(at)) {
            let offer = &self.offers[at];
            let put = button("option rank-put").attr("data-put", &at.to_string());
            rest.add(&el("li", "").child(put.child(offer.body(&self.asked))));
        }
        group().child(first).child(rest)
    }

    fn row(&self, place: usize, at: usize, count: usize) -> Element {
        let language = self.asked.language;
        let offer = &self.offers[at];
        let act = |does: &str, sign: &str, told: crate::ui::words::Words, off: bool| {
            let mut label = String::from(told.of(language));
            label.push_str(words::COLON.of(language));
            label.push_str(&offer.label);
            button("button rank-move")
                .attr("data-does", does)
                .attr("data-at", &place.to_string())
                .attr("aria-label", &label)
                .flag("disabled", off)
                .text(sign)
        };
        let grip = el("span", "rank-grip").attr("aria-hidden", "true").attr("data-grip", &place.to_string()).text("⠿");
        let number = el("span", "rank-number").text(&(place + 1).to_string());
        el("li", "rank-row")
            .child(grip)
            .child(number)
            .child(el("span", "grow").child(offer.body(&self.asked)))
            .child(act(UP, "↑", words::RANK_UP, place == 0))
            .child(act(DOWN, "↓", words::RANK_DOWN, place + 1 == count))
            .child(act(OUT, "×", words::RANK_OUT, false))
    }

    fn clicked(&self, event: &web_sys::Event) -> Option<()> {
        let target: web_sys::Element = event.target()?.dyn_into().ok()?;
        let button = target.closest("button").ok()??;
        let mut ranked = self.ranked();
        if let Some(at) = button.get_attribute("data-put") {
            let at = at.parse::<usize>().ok().filter(|at| *at < self.offers.len() && !ranked.contains(at))?;
            ranked.push(at);
            self.tell(&ranked);
            self.placed(at, ranked.len() - 1);
            // On to the next one, or to what was placed last.
            return Some(self.focus(if ranked.len() < self.offers.len() {
                "[data-put]"
            } else {
                ".rank-row:last-child [data-does='up']"
            }));
        }
        let place = button.get_attribute("data-at")?.parse::<usize>().ok()?;
        let at = *ranked.get(place)?;
        match button.get_attribute("data-does")?.as_str() {
            OUT => {
                ranked.remove(place);
                self.tell(&ranked);
                self.shell.announce(&words::RANK_TAKEN.fill(self.asked.language, &[&self.offers[at].label]));
                self.focus("[data-put]");
            }
            does => {
                let to = if does == UP { place.checked_sub(1)? } else { place + 1 };
                if to >= ranked.len() {
                    return None;
                }
                ranked.swap(place, to);
                self.tell(&ranked);
                self.placed(at, to);
                // At an end the button that led there does nothing more.
                let does = match to {
                    0 => DOWN,
                    to if to + 1 == ranked.len() => UP,
                    _ => does,
                };
                let mut selector = String::from("[data-at='");
                for part in [&to.to_string(), "'][data-does='", does, "']"] {
                    selector.push_str(part);
                }
                self.focus(&selector);
            }
        }
        Some(())
    }

    fn tell(&self, ranked: &[usize]) {
        let names = ranked.iter().map(|&at| self.offers[at].name.clone()).collect();
        let (item, live) = (self.asked.name.clone(), self.asked.live);
        let _ = live.tell(Event::Answered { item, value: Answer::Choices(names) });
    }

    fn placed(&self, at: usize, place: usize) {
        let (place, count) = ((place + 1).to_string(), self.offers.len().to_string());
        self.shell.announce(&words::RANK_PLACED.fill(self.asked.language, &[&self.offers[at].label, &place, &count]));
    }

    fn focus(&self, part: &str) {
        let mut selector = String::from("#");
        for part in [&self.asked.id, " ", part] {
            selector.push_str(part);
        }
        next_frame(move || focus_on(&selector));
    }

    /// The pointer takes hold of a row.
    fn grip(&self, event: &web_sys::Event) -> Option<()> {
        let pointer: &PointerEvent = event.unchecked_ref();
        let grip: web_sys::Element = event.target()?.dyn_into().ok()?;
        let place = grip.get_attribute("data-grip")?.parse::<usize>().ok()?;
        if self.asked.live.locked.get_untracked() || pointer.button() != 0 {
            return None;
        }
        event.prevent_default();
        grip.set_pointer_capture(pointer.pointer_id()).ok()?;
        grip.closest(".rank-row").ok()??.class_list().add_1("dragged").ok()?;
        self.dragged.set(Some(place));
        Some(())
    }

    /// The row follows the pointer from place to place; the order is told when it is let go.
    fn drag(&self, event: &web_sys::Event) -> Option<()> {
        self.dragged.get()?;
        let pointer: &PointerEvent = event.unchecked_ref();
        let row = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest(".rank-row").ok()??;
        let list = row.parent_element()?;
        let y = f64::from(pointer.client_y());
        let middle = |row: &web_sys::Element| {
            let place = row.get_bounding_client_rect();
            place.top() + place.height() / 2.0
        };
        if let Some(before) = row.previous_element_sibling().filter(|before| y < middle(before)) {
            // The row itself stays in the page, or it would lose hold of the pointer.
            list.insert_before(&before, row.next_sibling().as_ref()).ok()?;
        } else if let Some(after) = row.next_element_sibling().filter(|after| y > middle(after)) {
            list.insert_before(&after, Some(&row)).ok()?;
        }
        Some(())
    }

    fn drop_at(&self, event: &web_sys::Event) -> Option<()> {
        let from = self.dragged.take()?;
        let row = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest(".rank-row").ok()??;
        let _ = row.class_list().remove_1("dragged");
        let mut to = 0;
        let mut before = row.previous_element_sibling();
        while let Some(row) = before {
            to += 1;
            before = row.previous_element_sibling();
        }
        let mut ranked = self.ranked();
        if to != from && to < ranked.len() && from < ranked.len() {
            let at = ranked.remove(from);
            ranked.insert(to, at);
            self.tell(&ranked);
            self.placed(at, to);
        }
        Some(())
    }
}
