use super::live::{Live, Wanted, say};
use super::saved::{HowFar, saved_line};
use super::told::{told, told_apart};
use crate::plan::ItemType;
use crate::session::{Event, Fault, FaultKind, Part};
use crate::ui::controls;
use crate::ui::element::{Element, Rows, at_once, button, el, follow, group, next_frame};
use crate::ui::shell::{focus_heading, focus_on, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// One section: heading, what stands in the way, items, and the way on.
pub fn section(live: Live, saved: HowFar) -> Element {
    let language = live.language();
    let (at, heading, hint, items, first) = live.with(|session| {
        let number = session.section();
        let section = session.sections().get(number);
        let at = section.and_then(|section| section.group);
        let group = at.map(|group| session.item(group));
        let heading = match group {
            Some(group) => say(session, &group.label).to_owned(),
            None if session.sections().len() < 2 => questionnaire_title(session),
            None => words::SECTION.count(language, &[place(session).0]),
        };
        let hint = group.and_then(|group| group.hint.as_ref()).map(|hint| say(session, hint).to_owned());
        let items = section.map_or(0..0, |section| section.items.clone());
        (at.unwrap_or(0), heading, hint, items, session.previous_section().is_none())
    });
    let start = items.start;
    let list = el("div", items_class(items.len()));
    let (items, rows) = Rows::new(items.len(), Some(run), move |at| controls::item(live, start + at));
    let list = list.child(items);
    let around = list.clone();
    follow(move || {
        if let Some((from, count)) = live.moved(start) {
            around.node().set_class_name(items_class(count));
            rows.renew(from, count);
        }
        if let Some(wanted) = live.take_wanted() {
            let at = live.with(|session| take_focus(session, wanted));
            rows.reach(at.map_or(0, |at| (at + 1).saturating_sub(start) + AROUND));
        }
    });
    let shell = use_shell();
    let next = move |_| {
        let (faults, next) = live.with(|session| (session.faults(Some(session.section())), session.next_section()));
        if !faults.is_empty() {
            live.attempted.set(true);
            shell.announce(words::FAULTS.count(language, &[faults.len()]));
            next_frame(|| focus_on(".faults"));
            return;
        }
        go(live, next.map_or(Event::Reviewed(true), |section| Event::Moved { section }));
    };
    let back = move |_| {
        if let Some(section) = live.with(|session| session.previous_section()) {
            go(live, Event::Moved { section });
        }
    };
    let last = move || {
        live.answers.track();
        live.with(|session| session.next_section().is_none())
    };
    let faults = move || {
        live.answers.track();
        if !live.attempted.get() {
            return group();
        }
        let faults = live.with(|session| session.faults(Some(session.section())));
        let visit = move |_, item| {
            rows.reach(item + 1 - start);
            next_frame(move || focus_item(item));
        };
        fault_list(live, faults, Rc::new(visit))
    };
    let onward = move || if last() { words::TO_REVIEW } else { words::NEXT }.of(language).to_owned();
    let back = (!first).then(|| button("button").on("click", back).text(words::BACK.of(language)));
    let actions = el("div", "actions")
        .child(saved_line(saved))
        .maybe(back)
        .child(button("button primary").on("click", next).live_text(onward));
    group()
        .child(el("h1", "").attr("tabindex", "-1").child(told(live, at, &heading)))
        .maybe(hint.map(|hint| told_apart(live, at, "hint prose", &hint)))
        .live(faults)
        .child(list)
        .child(actions)
}

fn run() -> Element {
    el("div", "run")
}

/// From so many items on, those that are far from the screen are not laid out.
const LONG: usize = 40;

fn items_class(count: usize) -> &'static str {
    if count < LONG { "items" } else { "items long" }
}

/// So much is there at once after an item that is wanted.
const AROUND: usize = 8;

/// Takes the focus where it is wanted once the section is drawn; answers to which item.
fn take_focus(session: &crate::session::Session, wanted: Wanted) -> Option<usize> {
    let (index, part) = match wanted {
        Wanted::At(key, part) => (session.index(&key)?, part.to_owned()),
        Wanted::Back(key, part) => {
            let index = session.index(&key)?;
            let mut selector = String::from("#");
            selector.push_str(&controls::anchor(index, &part));
            if part.is_empty() {
                selector.push_str(" :is(input:checked, input, select, button)");
            }
            // A frame later the next key would go nowhere.
            at_once(move || focus_back(&selector));
            return Some(index);
        }
        Wanted::First(key) => {
            let instance = session.index(&key)?;
            let parent = session.parent(instance);
            let inside = (instance + 1..session.len()).take_while(|&at| session.parent(at) != parent);
            let asked = |at: &usize| {
                let item = session.item(*at);
                let told = item.kind.is_group() || item.kind == ItemType::Note || item.read_only;
                session.is_relevant(*at) && item.kind.is_shown() && !told
            };
            match { inside }.find(asked) {
                Some(at) => (at, FIRST_CONTROL.to_owned()),
                None => (instance, " .instance-name".to_owned()),
            }
        }
        Wanted::Add(key) => {
            let repeat = session.index(&key)?;
            let end = |at: &usize| session.part(*at) == Part::End && session.parent(*at) == Some(repeat);
            ((repeat..session.len()).find(end)?, "-add".to_owned())
        }
    };
    let mut selector = String::from("#");
    selector.push_str(&controls::anchor(index, &part));
    next_frame(move || focus_on(&selector));
    Some(index)
}

/// Focuses an input that was being typed into, behind what is typed.
fn focus_back(selector: &str) {
    focus_on(selector);
    if let Some(Ok(input)) = document().active_element().map(|element| element.dyn_into::<HtmlInputElement>()) {
        // Not every type of input has a place for the cursor.
        let end = input.value().encode_utf16().count() as u32;
        let _ = input.set_selection_range(end, end);
    }
}

/// What an item is called where it does not stand among others: with the instances that it is in.
pub fn title(session: &crate::session::Session, index: usize) -> String {
    within(session, session.parent(index), session.say(index, &session.item(index).label))
}

/// What an instance is called, likewise: `Household 2 · Child 1`.
pub fn instance_title(session: &crate::session::Session, index: usize) -> String {
    within(session, Some(index), String::new())
}

fn within(session: &crate::session::Session, mut up: Option<usize>, mut title: String) -> String {
    while let Some(at) = up {
        if session.part(at) == Part::Instance {
            let mut outer = session.say(at, &session.item(at).label);
            outer.push(' ');
            outer.push_str(&session.instance(at).unwrap_or(1).to_string());
            if !title.is_empty() {
                outer.push_str(" · ");
                outer.push_str(&title);
            }
            title = outer;
        }
        up = session.parent(at);
    }
    title
}

/// Goes somewhere, with the heading read out there.
pub fn go(live: Live, event: Event) {
    live.attempted.set(false);
    if live.tell(event).is_ok() {
        next_frame(focus_heading);
    }
}

/// What stands in the way, as buttons that lead there: `visit` is called with the section and the item.
pub fn fault_list(live: Live, faults: Vec<Fault>, visit: Rc<dyn Fn(usize, usize)>) -> Element {
    if faults.is_empty() {
        return group();
    }
    let count = words::FAULTS.count(live.language(), &[faults.len()]);
    let list = el("ul", "");
    for fault in faults {
        let (label, told) = live.with(|session| {
            let label = title(session, fault.item);
            // That an answer is missing is said once, above the list.
            let told =
                (fault.kind != FaultKind::Required).then(|| controls::describe_fault(session, &fault, live.language()));
            (label, told)
        });
        let visit = visit.clone();
        let told = told.map(|told| el("span", "error small").text(&told));
        let entry = button("fault").on("click", move |_| visit(fault.section, fault.item));
        list.add(&el("li", "").child(entry.child(el("span", "fault-name").text(&label)).maybe(told)));
    }
    let banner = el("div", "banner bad faults").attr("tabindex", "-1").attr("role", "group");
    let banner = banner.attr("aria-label", &count);
    banner.child(el("p", "").child(el("strong", "").text(&count))).child(list)
}

/// An item's first control, as its anchor's selector goes on.
pub const FIRST_CONTROL: &str = " :is(input, textarea, select, button)";

/// Focuses an item's first control.
fn focus_item(item: usize) {
    let mut selector = String::from("#");
    selector.push_str(&controls::anchor(item, FIRST_CONTROL));
    focus_on(&selector);
}

/// Which of the sections that apply is shown, from 1, and how many there are.
pub fn place(session: &crate::session::Session) -> (usize, usize) {
    let applying: Vec<usize> = (0..session.sections().len()).filter(|&at| session.section_applies(at)).collect();
    (applying.iter().filter(|&&at| at <= session.section()).count(), applying.len())
}

pub fn questionnaire_title(session: &crate::session::Session) -> String {
    let questionnaire = session.plan().questionnaire(&session.opening().questionnaire);
    questionnaire.map_or("", |questionnaire| say(session, &questionnaire.title)).to_owned()
}
