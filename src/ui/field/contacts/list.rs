//! The screen of the list: found, filtered, sorted; a file taken in; what is handed over.

use super::near::{Near, find, metres};
use super::{Work, hand, nothing, rates, row, to_desk};
use crate::batch::AssignmentError;
use crate::browser::files::{self, Pick};
use crate::contact::{self, List, OnList, State};
use crate::ui::device::TakeListError;
use crate::ui::element::{Element, Rows, button, el, follow, group, next_frame};
use crate::ui::field::{Opened, href, plan_route};
use crate::ui::shell::{focus_heading, use_shell};
use crate::ui::words::{Language, Words, contacts as words};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};

/// Names and texts of the filters, and the states that each shows.
const FILTERS: [(&str, Words, &[State]); 6] = [
    ("todo", words::TO_DO, &[State::Interviewing, State::Due, State::Open]),
    ("due", words::DUE, &[State::Due]),
    ("later", words::LATER, &[State::Later]),
    ("done", words::DONE, &[State::Done]),
    ("spent", words::SPENT, &[State::Spent]),
    (
        "all",
        words::ALL,
        &[State::Interviewing, State::Due, State::Open, State::Later, State::Spent, State::Done, State::Locked],
    ),
];

const ORDERS: [(&str, Words); 4] = [
    ("listed", words::AS_LISTED),
    ("agreed", words::BY_APPOINTMENT),
    ("label", words::BY_LABEL),
    ("near", words::NEAREST),
];

/// What the list is looked at by; lasts as long as the screen.
#[derive(Clone, Copy)]
struct View {
    round: RwSignal<String>,
    filter: RwSignal<usize>,
    search: RwSignal<String>,
    order: RwSignal<&'static str>,
    near: RwSignal<Near>,
    list: Memo<List>,
}

pub fn screen(opened: Opened) -> Element {
    let (work, shell) = (Work::new(opened), use_shell());
    follow(move || shell.title(words::TITLE.of(shell.language.get())));
    next_frame(focus_heading);
    let rounds = move || contact::lists(&work.device.track(), &opened.plan().id);
    let first = untrack(rounds).last().cloned().unwrap_or_default();
    let round = RwSignal::new(first);
    let view = View {
        round,
        list: Memo::new(move |_| work.list(&round.get())),
        filter: RwSignal::new(0),
        search: RwSignal::new(String::new()),
        order: RwSignal::new("listed"),
        near: RwSignal::new(Near::Off),
    };
    let back = el("a", "button quiet").attr("href", &href(&plan_route(&opened.digest())));
    let back = back.live_text(move || ["← ", &opened.say(|plan| &plan.title, shell.language.get())].concat());
    let known = Memo::new(move |_| rounds());
    let body = move || {
        let known = known.get();
        if known.is_empty() {
            return el("div", "empty stack")
                .child(el("h2", "").say(words::EMPTY))
                .child(el("p", "").say(words::EMPTY_TEXT));
        }
        if !view.round.with_untracked(|round| known.contains(round)) {
            view.round.set(known.last().cloned().unwrap_or_default());
        }
        group()
            .maybe((known.len() > 1).then(|| rounds_choice(work, view, known.clone())))
            .child(to_desk(work.opened))
            .child(nothing().live(move || unreadable(view)))
            .child(tools(view))
            .child(nothing().live(move || cases(work, view)))
            .child(nothing().live(move || view.list.with(|list| rates::tiles(list, shell.language.get()))))
            .child(nothing().live(move || hand::part(work, view.round.get())))
    };
    el("div", "page stack contacts")
        .child(el("p", "back").child(back))
        .child(el("h1", "").attr("tabindex", "-1").say(words::TITLE))
        .live(body)
        .child(taking(work, view))
}

fn unreadable(view: View) -> Element {
    let count = view.list.with(|list| list.unreadable);
    match count {
        0 => group(),
        _ => el("p", "banner warn").text(&words::UNREADABLE.count(use_shell().language.get(), &[count])),
    }
}

fn rounds_choice(work: Work, view: View, known: Vec<String>) -> Element {
    let language = use_shell().language.get();
    let plan = work.opened.plan();
    let options = known.into_iter().map(|id| {
        let name =
            plan.round(&id).map_or(id.clone(), |round| crate::ui::field::say(&plan, &round.label, language).to_owned());
        let chosen = view.round.with_untracked(|round| *round == id);
        el("option", "").attr("value", &id).flag("selected", chosen).text(&name)
    });
    let select = el("select", "input").children(options.collect()).on("change", move |event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            view.round.set(select.value());
        }
    });
    el("label", "field").child(el("span", "field-label").say(words::ROUND)).child(select)
}

fn value(event: &web_sys::Event) -> String {
    let target = event.target();
    let input = target.clone().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
    input.or_else(|| Some(target?.dyn_into::<HtmlSelectElement>().ok()?.value())).unwrap_or_default()
}

/// Search, filter and order.
fn tools(view: View) -> Element {
    let shell = use_shell();
    let search = el("input", "input")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("value", &view.search.get_untracked())
        .on("input", move |event| view.search.set(value(&event)));
    let search = el("label", "field grow").child(el("span", "field-label").say(words::SEARCH)).child(search);
    let options = ORDERS.into_iter().map(|(name, words)| {
        el("option", "").attr("value", name).flag("selected", view.order.get_untracked() == name).say(words)
    });
    let order = el("select", "input").children(options.collect()).on("change", move |event| {
        let wanted = value(&event);
        let Some((order, _)) = ORDERS.into_iter().find(|(name, _)| *name == wanted) else { return };
        view.order.set(order);
        if order == "near" && !matches!(view.near.get_untracked(), Near::At(..)) {
            find(view.near);
        }
    });
    let order = el("label", "field").child(el("span", "field-label").say(words::SORT)).child(order);
    let near = move || match (view.order.get() == "near", view.near.get()) {
        (false, _) | (true, Near::Off) => String::new(),
        (true, Near::Searching) => words::NEAREST_WAIT.of(shell.language.get()).to_owned(),
        (true, Near::Failed) => words::NEAREST_FAILED.of(shell.language.get()).to_owned(),
        (true, Near::At(..)) => words::NEAREST_NOTE.of(shell.language.get()).to_owned(),
    };
    let filters = FILTERS.iter().enumerate().map(|(at, (name, said, states))| {
        let input = el("input", "option-input")
            .attr("type", "radio")
            .attr("name", "filter")
            .attr("value", name)
            .flag("checked", view.filter.get_untracked() == at)
            .on("change", move |_| view.filter.set(at));
        let count = move || {
            let count = view.list.with(|list| list.cases.iter().filter(|one| states.contains(&one.state)).count());
            [said.of(shell.language.get()), " ", &count.to_string()].concat()
        };
        el("label", "option").child(input).child(el("span", "option-body").live_text(count))
    });
    let filters = el("fieldset", "field")
        .child(el("legend", "field-label").say(words::FILTER))
        .child(el("div", "options filters").children(filters.collect()));
    group()
        .child(el("div", "row list-tools").child(search).child(order))
        .child(el("p", "hint small").attr("role", "status").live_text(near))
        .child(filters)
}

/// The cases that fit, in the order that is wanted.
fn cases(work: Work, view: View) -> Element {
    let language = use_shell().language.get();
    let round = view.round.get();
    let list = view.list.get();
    let states = FILTERS[view.filter.get()].2;
    let wanted = view.search.get().to_lowercase();
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let fits = |one: &OnList| {
        let texts = [Some(&one.case.label), Some(&one.case.id), one.case.phone.as_ref(), one.case.stratum.as_ref()];
        let text = texts.into_iter().flatten().map(|text| text.to_lowercase()).collect::<Vec<_>>().join(" ");
        wanted.iter().all(|part| text.contains(part))
    };
    let here = match (view.order.get(), view.near.get()) {
        ("near", Near::At(latitude, longitude)) => Some((latitude, longitude)),
        _ => None,
    };
    let mut found: Vec<(OnList, Option<f64>)> = list
        .cases
        .into_iter()
        .filter(|one| states.contains(&one.state) && fits(one))
        .map(|one| {
            let far = here.zip(one.case.position()).map(|(here, there)| metres(here, there));
            (one, far)
        })
        .collect();
    match view.order.get() {
        "agreed" => found.sort_by_key(|(one, _)| one.call_back().map_or_else(|| "~".to_owned(), str::to_owned)),
        "label" => found.sort_by(|a, b| a.0.case.label.cmp(&b.0.case.label)),
        "near" => found.sort_by(|a, b| a.1.unwrap_or(f64::MAX).total_cmp(&b.1.unwrap_or(f64::MAX))),
        // What is under way or due does not get lost far down.
        _ => found.sort_by_key(|(one, _)| (one.state > State::Due, one.state == State::Locked)),
    }
    if found.is_empty() {
        return el("p", "empty").text(words::NOTHING_FITS.of(language));
    }
    let count = found.len();
    let (rows, _) = Rows::new(count, None, move |at| {
        let (one, metres) = &found[at];
        row::row(work, &round, one, *metres, language)
    });
    el("ul", "list cases").child(rows)
}

/// The office's file.
fn taking(work: Work, view: View) -> Element {
    let told: RwSignal<Option<(bool, Told)>> = RwSignal::new(None);
    let take = move |_| {
        spawn_local(async move {
            let Some(picked) = files::pick(Pick::One, ".minping-assignment").await.into_iter().next() else { return };
            let result = match picked.text {
                Some(text) => match work.device.take_list(&work.opened.plan(), &text).await {
                    Ok(Some(round)) => {
                        let _ = view.round.try_set(round);
                        (true, Told::Said(words::TAKEN))
                    }
                    Ok(None) => (true, Told::Said(words::TAKEN_SAME)),
                    Err(error) => (false, take_words(error)),
                },
                None => (false, Told::Said(words::TAKEN_NO_TEXT)),
            };
            let _ = told.try_set(Some(result));
            // Firefox asks the person, who may not answer.
            work.device.keeper().persist().await;
        });
    };
    let shown = move || match told.get() {
        None => group(),
        Some((well, told)) => {
            el("p", if well { "banner good" } else { "banner bad" }).text(&told.of(use_shell().language.get()))
        }
    };
    el("div", "stack tight")
        .child(el("div", "row").child(button("button").on("click", take).say(words::TAKE)))
        .child(el("div", "").attr("role", "status").live(shown))
}

#[derive(Clone)]
enum Told {
    Said(Words),
    /// The list is for this device, and this is that one.
    Device(String, String),
}

impl Told {
    fn of(&self, language: Language) -> String {
        match self {
            Told::Said(words) => words.of(language).to_owned(),
            Told::Device(theirs, ours) => words::TAKEN_DEVICE.fill(language, &[theirs, ours]),
        }
    }
}

fn take_words(error: TakeListError) -> Told {
    match error {
        TakeListError::Bad(AssignmentError::OtherDevice(theirs), ours) => Told::Device(theirs, ours),
        TakeListError::Bad(AssignmentError::OtherPlan(_), _) => Told::Said(words::TAKEN_OTHER),
        TakeListError::Bad(..) => Told::Said(words::TAKEN_BAD),
        TakeListError::Key(_) => Told::Said(words::TAKEN_KEY),
        TakeListError::Save(_) => Told::Said(words::TAKEN_UNSAVED),
    }
}
