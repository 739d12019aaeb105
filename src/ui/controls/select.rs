use super::frame::Asked;
use super::inputs::{align, option, options_class, source};
use super::offer::{Offer, offers, toggled};
use super::search::Index;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, follow, group};
use crate::ui::shell::{Shell, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;
use std::cell::OnceCell;
use std::rc::Rc;
use web_sys::HtmlInputElement;

/// One of a list.
pub fn one(live: Live, index: usize) -> Element {
    choose_one(Asked::read(live, index), offers(live, index))
}

/// Any of a list.
pub fn many(live: Live, index: usize) -> Element {
    choose(Asked::read(live, index), offers(live, index), "checkbox", as_it_is)
}

/// Any of a list that is folded up (`appearance: minimal`).
pub fn folded(live: Live, index: usize) -> Element {
    choose(Asked::read(live, index), offers(live, index), "checkbox", fold)
}

/// Radios.
pub fn choose_one(asked: Asked, options: Vec<Offer>) -> Element {
    choose(asked, options, "radio", as_it_is)
}

/// Lists longer than this are searched, and only what is found is built.
const LONG: usize = 40;

/// What the parts of one list share.
struct Choices {
    asked: Asked,
    options: Vec<Offer>,
    /// Made with the first search.
    searched: OnceCell<Index>,
    /// Of the inputs: `radio` or `checkbox`.
    kind: &'static str,
    shell: Shell,
}

impl Choices {
    fn is_chosen(&self, value: &String) -> bool {
        self.asked.live.with(|session| match session.answer(self.asked.index) {
            Some(Answer::Text(text)) => text == value,
            Some(Answer::Choices(choices)) => choices.contains(value),
            _ => false,
        })
    }

    fn value_of(&self, input: &HtmlInputElement) -> Option<&String> {
        // What is typed into the search field is no option.
        let at = input.value().parse::<usize>().ok().filter(|_| input.type_() == self.kind)?;
        self.options.get(at).map(|offer| &offer.name)
    }

    fn build(&self, at: usize) -> Element {
        let offer = &self.options[at];
        option(self.kind, &self.asked.id, at, offer.body(&self.asked), self.is_chosen(&offer.name))
    }

    fn picked(&self, event: &web_sys::Event) {
        let Some(input) = source(event) else { return };
        let Some(value) = self.value_of(&input).cloned() else { return };
        let live = self.asked.live;
        let value = if self.kind == "radio" {
            Answer::Text(value)
        } else {
            Answer::Choices(toggled(&self.asked, self.shell, value, input.checked()))
        };
        let _ = live.tell(Event::Answered { item: self.asked.name.clone(), value });
    }
}

/// What is around a list that is not searched.
type Around = fn(&Rc<Choices>, Element) -> Element;

fn as_it_is(_: &Rc<Choices>, list: Element) -> Element {
    list
}

fn choose(asked: Asked, options: Vec<Offer>, kind: &'static str, around: Around) -> Element {
    let live = asked.live;
    let changed = live.value(asked.index);
    let choices = Rc::new(Choices { asked, options, searched: OnceCell::new(), kind, shell: use_shell() });
    let asked = &choices.asked;
    let mut root = el("fieldset", "field question").attr("id", &asked.id);
    if kind == "radio" {
        root = root.attr("role", "radiogroup");
        if asked.required {
            root = root.attr("aria-required", "true");
        }
    }
    let picked = choices.clone();
    let root = root
        .attr("aria-describedby", &asked.described_by())
        .live_flag("disabled", move || live.locked.get())
        .on("change", move |event| picked.picked(&event))
        .child(asked.labelled(el("legend", "field-label")))
        .maybe(asked.image_view())
        .maybe(asked.hint_view());
    let root = if choices.options.len() > LONG {
        searched(root, &choices)
    } else {
        let appearance = live.with(|session| session.item(asked.index).appearance.clone());
        let list = el("div", options_class(&choices.options, appearance.as_deref()));
        (0..choices.options.len()).for_each(|at| list.add(&choices.build(at)));
        let list = if appearance.as_deref() == Some("likert") { el("div", "likert-frame").child(list) } else { list };
        let none = choices.options.is_empty();
        root.child(around(&choices, list))
            .maybe(none.then(|| el("p", "hint").text(words::CHOICES_NONE.of(asked.language))))
    };
    let (node, shown) = (root.node().clone(), choices.clone());
    follow(move || {
        changed.track();
        align(&node, &|input| match shown.value_of(input) {
            Some(value) => shown.is_chosen(value),
            None => input.checked(),
        });
    });
    let foot = el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view());
    root.child(foot.child(asked.clear_view()))
}

/// A list that is opened by what is chosen of it.
fn fold(choices: &Rc<Choices>, list: Element) -> Element {
    let (live, language) = (choices.asked.live, choices.asked.language);
    let (changed, shown) = (live.value(choices.asked.index), choices.clone());
    let summary = el("summary", "input").live_text(move || {
        changed.track();
        let mut text = String::new();
        for offer in shown.options.iter().filter(|offer| shown.is_chosen(&offer.name)) {
            text.push_str(if text.is_empty() { "" } else { words::LIST_COMMA.of(language) });
            text.push_str(&offer.label);
        }
        if text.is_empty() { words::CHOOSE.of(language).to_owned() } else { text }
    });
    el("details", "folded").child(summary).child(list)
}

/// A search field and what it finds; what is chosen is always there.
fn searched(root: Element, choices: &Rc<Choices>) -> Element {
    let wanted = RwSignal::new(String::new());
    let told = words::LIST_SEARCH.of(choices.asked.language);
    let input = el("input", "input").attr("type", "search").attr("autocomplete", "off");
    let input = input.attr("aria-label", told).attr("placeholder", told);
    let typed = move |event: web_sys::Event| {
        if let Some(input) = source(&event) {
            wanted.set(input.value());
        }
    };
    let choices = choices.clone();
    root.child(input.on("input", typed)).live(move || found(&choices, wanted.get().trim()))
}

fn found(choices: &Choices, wanted: &str) -> Element {
    let (language, options) = (choices.asked.language, &choices.options);
    let labels = || Index::of_labels(options.iter().map(|offer| offer.label.as_str()));
    let hits = match wanted {
        "" => (0..options.len() as u32).collect(),
        _ => choices.searched.get_or_init(labels).find(wanted),
    };
    let mut found: Vec<usize> = (0..options.len()).filter(|&at| choices.is_chosen(&options[at].name)).collect();
    let first = found.len();
    let mut left_out = false;
    for at in hits.into_iter().map(|at| at as usize) {
        if found[..first].contains(&at) {
            continue;
        }
        if found.len() >= first + LONG {
            left_out = true;
            break;
        }
        found.push(at);
    }
    let hint = if left_out {
        words::LIST_MORE.count(language, &[LONG, options.len()])
    } else if found.is_empty() {
        words::LIST_NONE.of(language).to_owned()
    } else {
        String::new()
    };
    let list = el("div", "options");
    found.into_iter().for_each(|at| list.add(&choices.build(at)));
    group().child(el("p", "hint small").attr("role", "status").text(&hint)).child(list)
}
