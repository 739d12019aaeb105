use super::frame::Asked;
use super::inputs::{align, option, options_class, source};
use crate::session::{Answer, Event};
use crate::ui::answer::{Live, say};
use crate::ui::words::answer as words;
use leptos::{html, prelude::*};
use web_sys::HtmlInputElement;

/// One of a list.
pub fn one(live: Live, index: usize) -> AnyView {
    choose_one(Asked::read(live, index), read_choices(live, index))
}

/// Any of a list.
pub fn many(live: Live, index: usize) -> AnyView {
    choose(Asked::read(live, index), read_choices(live, index), "checkbox")
}

/// Radios: value and label of each.
pub fn choose_one(asked: Asked, options: Vec<(String, String)>) -> AnyView {
    choose(asked, options, "radio")
}

fn read_choices(live: Live, index: usize) -> Vec<(String, String)> {
    live.with(|session| {
        let list = session.items()[index].choices.as_deref().and_then(|id| session.plan().choice_list(id));
        list.into_iter()
            .flat_map(|list| &list.choices)
            .map(|choice| (choice.name.clone(), say(session, &choice.label).to_owned()))
            .collect()
    })
}

/// Lists longer than this are searched, and only what is found is built.
const LONG: usize = 40;

fn choose(asked: Asked, options: Vec<(String, String)>, kind: &'static str) -> AnyView {
    let (live, index) = (asked.live, asked.index);
    let long = options.len() > LONG;
    let options = StoredValue::new(options);
    let chosen = move |value: &String| {
        live.with(|session| match session.answer(index) {
            Some(Answer::Text(text)) => text == value,
            Some(Answer::Choices(choices)) => choices.contains(value),
            _ => false,
        })
    };
    let value_of = move |input: &HtmlInputElement| {
        // What is typed into the search field is no option.
        let at = input.value().parse::<usize>().ok().filter(|_| input.type_() == kind)?;
        options.with_value(|options| options.get(at).map(|(value, _)| value.clone()))
    };
    let root = NodeRef::<html::Fieldset>::new();
    let changed = live.value(index);
    Effect::new(move |_| {
        changed.track();
        if let Some(root) = root.get() {
            align(&root, |input| match value_of(input) {
                Some(value) => chosen(&value),
                None => input.checked(),
            });
        }
    });
    let name = asked.name.clone();
    let pick = move |event: leptos::ev::Event| {
        let Some(input) = source(&event) else { return };
        let Some(value) = value_of(&input) else { return };
        let value = if kind == "radio" {
            Answer::Text(value)
        } else {
            let mut choices = live.with(|session| match session.answer(index) {
                Some(Answer::Choices(choices)) => choices.clone(),
                _ => Vec::new(),
            });
            choices.retain(|choice| *choice != value);
            if input.checked() {
                choices.push(value);
            }
            Answer::Choices(choices)
        };
        let _ = live.tell(Event::Answered { item: name.clone(), value });
    };
    let id = asked.id.clone();
    let build = move |at: usize| {
        options.with_value(|options| {
            let (value, label) = &options[at];
            option(kind, &id, at, label.clone(), chosen(value), "option")
        })
    };
    let list = if long {
        searched(&asked, options, chosen, build)
    } else {
        let labels: Vec<String> =
            options.with_value(|options| options.iter().map(|(_, label)| label.clone()).collect());
        let views: Vec<AnyView> = (0..labels.len()).map(build).collect();
        view! { <div class=options_class(&labels)>{views}</div> }.into_any()
    };
    let role = (kind == "radio").then_some("radiogroup");
    let required = (kind == "radio" && asked.required).then_some("true");
    view! {
        <fieldset
            class="field question"
            id=asked.id.clone()
            role=role
            aria-required=required
            aria-describedby=asked.described_by()
            node_ref=root
            on:change=pick
            disabled=move || live.locked.get()
        >
            <legend class="field-label">{asked.label.clone()}{asked.mark()}</legend>
            {asked.hint_view()}
            {list}
            <div class="question-foot">
                {asked.error_view(|| true)}
                {asked.reasons_view()}
                {asked.clear_view()}
            </div>
        </fieldset>
    }
    .into_any()
}

/// A search field and what it finds; what is chosen is always there.
fn searched(
    asked: &Asked,
    options: StoredValue<Vec<(String, String)>>,
    chosen: impl Fn(&String) -> bool + Copy + Send + 'static,
    build: impl Fn(usize) -> AnyView + Send + 'static,
) -> AnyView {
    let language = asked.language;
    let wanted = RwSignal::new(String::new());
    let found = move || {
        let wanted = wanted.with(|wanted| wanted.trim().to_lowercase());
        options.with_value(|options| {
            let mut found: Vec<usize> = (0..options.len()).filter(|&at| chosen(&options[at].0)).collect();
            let first = found.len();
            let mut left_out = false;
            for (at, (_, label)) in options.iter().enumerate() {
                let matches = wanted.is_empty() || label.to_lowercase().contains(&wanted);
                if !matches || found[..first].contains(&at) {
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
            let views: Vec<AnyView> = found.into_iter().map(&build).collect();
            view! {
                <p class="hint small" role="status">{hint}</p>
                <div class="options">{views}</div>
            }
            .into_any()
        })
    };
    view! {
        <input type="search" class="input" autocomplete="off" aria-label=words::LIST_SEARCH.of(language)
            placeholder=words::LIST_SEARCH.of(language) on:input=move |event| wanted.set(event_target_value(&event))/>
        {found}
    }
    .into_any()
}
