//! The list of drafts, and what a new one can begin with.

use super::editions::{self, title_of};
use super::field::value_of;
use super::pen::draft_key;
use super::ready::{Ready, hear};
use crate::browser::files;
use crate::design::{Skeleton, Value, fresh};
use crate::ui::element::{Element, button, el, group, of_view};
use crate::ui::office::desk::Desk;
use crate::ui::office::intake::LONGEST;
use crate::ui::office::parts::today;
use crate::ui::office::plans::Import;
use crate::ui::office::reasons::file_words;
use crate::ui::shell::{dialog, use_shell};
use crate::ui::words::{design as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub fn drafts(desk: Desk) -> Element {
    let shell = use_shell();
    let turned = RwSignal::new(0u32);
    let told = RwSignal::new(String::new());
    Effect::new(move |_| shell.title(words::TITLE.of(shell.language.get())));
    spawn_local(async move {
        editions::take_over_earlier(desk).await;
        turned.try_update(|turned| *turned += 1);
    });
    let begin = move |name: String, text: String| {
        spawn_local(async move {
            let language = shell.language.get_untracked();
            if !editions::begin(desk, language, &name, text).await {
                told.try_set(words::NOT_BEGUN.of(language).to_owned());
            }
        });
    };
    let listed = el("div", "stack").live(move || {
        turned.track();
        desk.stirred.track();
        let all = editions::drafts(desk);
        if all.is_empty() {
            return el("div", "empty")
                .child(el("h3", "").say(words::NO_DRAFTS))
                .child(el("p", "").say(words::NO_DRAFTS_TEXT));
        }
        let list = el("ul", "list").attr("id", "drafts");
        for (id, draft, body) in all {
            list.add(&one(desk, id, draft, body, turned));
        }
        list
    });
    el("section", "stack editor")
        .child(el("h1", "").say(words::TITLE))
        .child(el("p", "hint").say(words::TEXT))
        .child(el("h2", "").say(words::DRAFTS))
        .child(listed)
        .child(el("h2", "").say(words::BEGIN))
        .child(el("div", "").attr("role", "alert").live(move || {
            let said = told.get();
            if said.is_empty() { group() } else { el("p", "banner bad").text(&said) }
        }))
        .child(from_ready(begin))
        .child(from_nothing(begin))
        .child(from_elsewhere(desk, told, begin))
}

fn one(desk: Desk, id: String, draft: Option<crate::design::Draft>, body: String, turned: RwSignal<u32>) -> Element {
    let shell = use_shell();
    let language = shell.language.get();
    let Some(draft) = draft else {
        let save = move |_| desk.save("draft.txt", &body, "text/plain");
        return el("li", "list-row")
            .child(el("span", "grow error").say(words::UNREADABLE))
            .child(button("button").on("click", save).say(words::SAVE_FILE));
    };
    let value = Value::parse(draft.text()).ok();
    let title = value.as_ref().map_or_else(|| words::UNTITLED.of(language).to_owned(), |plan| title_of(plan, language));
    let name = if draft.name().is_empty() { title.clone() } else { draft.name().to_owned() };
    let about = value.as_ref().map_or(String::new(), |plan| {
        [plan.said("id").unwrap_or_default(), " ", plan.said("version").unwrap_or_default()].concat()
    });
    let open = RwSignal::new(false);
    let href = ["#/edit/", &id].concat();
    let asked = name.clone();
    let remove = {
        let id = id.clone();
        move |_| {
            open.set(false);
            let id = id.clone();
            spawn_local(async move {
                let lock = desk.keeper().take_over(&draft_key(&id)).await;
                editions::remove(desk, &id).await;
                drop(lock);
                turned.try_update(|turned| *turned += 1);
            });
        }
    };
    let remove = std::rc::Rc::new(remove);
    let question = dialog(
        open,
        move || words::DELETE_TITLE.fill(shell.language.get(), &[&asked]),
        move || {
            let remove = remove.clone();
            el("div", "stack").child(el("p", "").say(words::DELETE_TEXT)).child(
                el("div", "row")
                    .child(button("button").on("click", move |_| open.set(false)).say(shell_words::CANCEL))
                    .child(button("button danger").on("click", move |event| remove(event)).say(words::DELETE_DRAFT)),
            )
        },
    );
    let label = |words: crate::language::Words| words::OF_ROW.fill(language, &[words.of(language), &name]);
    el("li", "list-row")
        .child(
            el("span", "grow")
                .child(el("strong", "").text(&name))
                .child(el("br", ""))
                .child(el("span", "hint small").text(&title).text(" · ").text(&about)),
        )
        .child(
            el("a", "button primary")
                .attr("href", &href)
                .attr("aria-label", &label(words::CONTINUE))
                .say(words::CONTINUE),
        )
        .child(
            button("button quiet")
                .attr("aria-label", &label(words::DELETE_DRAFT))
                .on("click", move |_| open.set(true))
                .say(words::DELETE_DRAFT),
        )
        .child(question)
}

/// One of the plans that come with the app.
fn from_ready(begin: impl Fn(String, String) + Copy + 'static) -> Element {
    let shell = use_shell();
    let heard = RwSignal::new_local(None::<Result<Vec<Ready>, ()>>);
    let chosen = RwSignal::new(0usize);
    let listen = move || {
        heard.set(None);
        spawn_local(async move {
            heard.try_set(Some(hear().await));
        });
    };
    listen();
    let body =
        el("div", "stack tight").live(move || match heard.get() {
            None => el("p", "hint").attr("role", "status").say(shell_words::LOADING),
            Some(Err(())) => el("div", "row")
                .child(el("span", "error").attr("role", "alert").say(words::READY_NOT_LOADED))
                .child(button("button").on("click", move |_| listen()).say(shell_words::RETRY)),
            Some(Ok(ready)) => {
                let language = shell.language.get();
                let select = el("select", "select input").attr("id", "ready-plan").on("change", move |event| {
                    chosen.set(value_of(&event).parse().unwrap_or(0));
                });
                for (at, one) in ready.iter().enumerate() {
                    let selected = at == chosen.get_untracked();
                    select.add(
                        &el("option", "")
                            .attr("value", &at.to_string())
                            .flag("selected", selected)
                            .text(&one.listed(language)),
                    );
                }
                let failed = RwSignal::new(false);
                let start = move |_| {
                    let Some(one) = ready.get(chosen.get_untracked()).cloned() else { return };
                    spawn_local(async move {
                        match one.fetch().await {
                            Some(text) => begin(one.title(language).to_owned(), text),
                            None => drop(failed.try_set(true)),
                        }
                    });
                };
                el("div", "stack tight")
                    .child(
                        el("div", "field")
                            .child(el("label", "field-label").attr("for", "ready-plan").say(words::READY_PLAN))
                            .child(select),
                    )
                    .child(el("div", "row").child(
                        button("button primary").attr("id", "begin-ready").on("click", start).say(words::BEGIN_DO),
                    ))
                    .live(move || match failed.get() {
                        true => el("p", "error").attr("role", "alert").say(words::READY_NOT_LOADED),
                        false => group(),
                    })
            }
        });
    el("section", "card stack tight")
        .child(el("h3", "").say(words::BEGIN_READY))
        .child(el("p", "hint small").say(words::BEGIN_READY_HINT))
        .child(body)
}

fn from_nothing(begin: impl Fn(String, String) + Copy + 'static) -> Element {
    let shell = use_shell();
    let title = RwSignal::new(String::new());
    let field = el("input", "input").attr("id", "new-title").attr("type", "text").attr("maxlength", "120").on(
        "input",
        move |event| {
            title.set(value_of(&event));
        },
    );
    let start = move |_| {
        let language = shell.language.get_untracked();
        let typed = title.get_untracked().trim().to_owned();
        let title = if typed.is_empty() { words::UNTITLED.of(language).to_owned() } else { typed };
        let id = fresh(&title, "plan-", &[]);
        let year = today().get(..4).unwrap_or("2026").to_owned();
        begin(title.clone(), Skeleton { id: &id, title: &title, year: &year }.write());
    };
    el("section", "card stack tight")
        .child(el("h3", "").say(words::BEGIN_EMPTY))
        .child(el("p", "hint small").say(words::BEGIN_EMPTY_HINT))
        .child(
            el("div", "field")
                .child(el("label", "field-label").attr("for", "new-title").say(words::NEW_TITLE))
                .child(field),
        )
        .child(
            el("div", "row")
                .child(button("button primary").attr("id", "begin-empty").on("click", start).say(words::BEGIN_DO)),
        )
}

/// The plan in use, a file, a workbook, or what this computer worked with before.
fn from_elsewhere(
    desk: Desk,
    told: RwSignal<String>,
    begin: impl Fn(String, String) + Copy + Send + Sync + 'static,
) -> Element {
    let shell = use_shell();
    let from_desk = move |_| {
        if let Some(text) = desk.text_to_edit() {
            begin(String::new(), text);
        }
    };
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".json").await;
            let Some(file) = picked.into_iter().next() else { return };
            match file.read(LONGEST).await {
                Ok(text) => begin(file.name.trim_end_matches(".json").to_owned(), text),
                Err(why) => drop(told.try_set(file_words(why).of(shell.language.get_untracked()).to_owned())),
            }
        });
    };
    let take = Callback::new(move |text: String| begin(String::new(), text));
    let earlier = el("div", "").live(move || {
        desk.stirred.track();
        let language = shell.language.get();
        let used = editions::used(desk, language);
        if used.is_empty() {
            return group();
        }
        let list = el("ul", "list");
        for edition in used {
            let (name, text) = (edition.name.clone(), edition.text.clone());
            let label = words::OF_ROW.fill(language, &[words::BEGIN_DO.of(language), &edition.name]);
            list.add(
                &el("li", "list-row")
                    .child(
                        el("span", "grow")
                            .text(&edition.name)
                            .text(" ")
                            .child(el("span", "hint small").text(&edition.when)),
                    )
                    .child(
                        button("button")
                            .attr("aria-label", &label)
                            .on("click", move |_| begin(name.clone(), text.clone()))
                            .say(words::BEGIN_DO),
                    ),
            );
        }
        el("details", "more").child(el("summary", "summary").say(words::BEGIN_EARLIER)).child(list)
    });
    el("section", "card stack")
        .child(
            el("div", "row")
                .live(move || match desk.chosen.with(Option::is_some) {
                    true => button("button").on("click", from_desk).say(words::BEGIN_DESK),
                    false => group(),
                })
                .child(button("button").on("click", from_file).say(words::BEGIN_FILE).text("…")),
        )
        .child(of_view(view! { <Import take/> }.into_any()))
        .child(earlier)
}
