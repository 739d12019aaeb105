//! Versions of a draft that were kept, and what changed since in words.

use super::editions::{self, Edition};
use super::field::value_of;
use super::pen::Pen;
use crate::browser::files;
use crate::design::{Change, Value, differences};
use crate::ui::element::{Element, button, el, group};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::file_words;
use crate::ui::words::design as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Changes that are listed on the screen.
const MOST: usize = 300;

/// What the draft is compared with.
#[derive(Clone)]
pub enum Shown {
    Nothing,
    Bad(&'static str),
    Compared { with: String, text: String },
}

pub fn versions(pen: Pen) -> Element {
    let shown = pen.compared;
    let name = RwSignal::new(String::new());
    let told = RwSignal::new(None::<bool>);
    let turned = RwSignal::new(0u32);
    let keep = move |_| {
        spawn_local(async move {
            let kept = editions::keep(pen.desk, &pen.id(), name.get_untracked().trim(), pen.text()).await;
            told.try_set(Some(kept));
            if kept {
                name.try_set(String::new());
                pen.shell.say(words::VERSION_KEPT);
                turned.try_update(|turned| *turned += 1);
            }
        });
    };
    let field = el("input", "input")
        .attr("id", "version-name")
        .attr("type", "text")
        .attr("maxlength", "80")
        .attr("autocomplete", "off")
        .on("input", move |event| name.set(value_of(&event)));
    let keeping = el("div", "field")
        .child(el("label", "field-label").attr("for", "version-name").say(words::VERSION_NAME))
        .child(
            el("div", "row")
                .child(el("div", "grow").child(field))
                .child(button("button primary").on("click", keep).say(words::VERSION_KEEP)),
        );
    let outcome = el("div", "").attr("role", "status").live(move || match told.get() {
        Some(true) => el("p", "banner good").say(words::VERSION_KEPT),
        Some(false) => el("p", "banner bad").say(words::VERSION_NOT_KEPT),
        None => group(),
    });
    let listed = el("div", "").live(move || {
        turned.track();
        let list = el("ul", "list").attr("id", "versions");
        for edition in editions::of_draft(pen.desk, &pen.id()).into_iter().rev() {
            list.add(&one(pen, edition, shown));
        }
        for edition in editions::used(pen.desk, pen.language()) {
            list.add(&one(pen, edition, shown));
        }
        list
    });
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".json").await;
            let Some(file) = picked.into_iter().next() else { return };
            shown.try_set(match file.read(LONGEST).await {
                Ok(text) => Shown::Compared { with: file.name, text },
                Err(why) => Shown::Bad(file_words(why).of(pen.language())),
            });
        });
    };
    el("div", "stack")
        .child(el("p", "hint").say(words::VERSIONS_TEXT))
        .child(keeping)
        .child(outcome)
        .child(listed)
        .child(el("div", "row").child(button("button").on("click", from_file).say(words::COMPARE_FILE).text("…")))
        .child(el("div", "").attr("id", "compared").attr("role", "status").live(move || {
            pen.turned.track();
            match shown.get() {
                Shown::Nothing => group(),
                Shown::Bad(why) => el("p", "banner bad").text(why),
                Shown::Compared { with, text } => compared(pen, &with, &text),
            }
        }))
}

fn one(pen: Pen, edition: Edition, shown: RwSignal<Shown>) -> Element {
    let name = edition.name.clone();
    let (compared, begun) = (edition.clone(), edition);
    let label =
        |action: crate::language::Words| words::OF_ROW.fill(pen.language(), &[action.of(pen.language()), &name]);
    let compare = move |_| shown.set(Shown::Compared { with: compared.name.clone(), text: compared.text.clone() });
    let when = begun.when.clone();
    let begin = move |_| {
        let edition = begun.clone();
        spawn_local(async move {
            if !editions::begin(pen.desk, pen.language(), &edition.name, edition.text.clone()).await {
                pen.told.set(Some(words::NOT_BEGUN.of(pen.language()).to_owned()));
            }
        });
    };
    el("li", "list-row")
        .child(
            el("span", "grow")
                .child(el("strong", "").text(&name))
                .child(el("span", "hint small").text(" ").text(&when)),
        )
        .child(button("button").attr("aria-label", &label(words::COMPARE)).on("click", compare).say(words::COMPARE))
        .child(
            button("button quiet")
                .attr("aria-label", &label(words::BEGIN_FROM))
                .on("click", begin)
                .say(words::BEGIN_FROM),
        )
}

fn compared(pen: Pen, with: &str, text: &str) -> Element {
    let language = pen.shell.language.get();
    let (Ok(old), Some(new)) = (Value::parse(text), pen.tree()) else {
        return el("p", "banner bad").say(words::COMPARE_NOT_JSON);
    };
    let changes = differences(&old, &new);
    if changes.is_empty() {
        return el("p", "banner").text(&words::ALIKE.fill(language, &[with]));
    }
    let heading = words::COMPARED.fill(language, &[with, &changes.len().to_string()]);
    let list = el("ul", "list changes-list");
    for change in changes.iter().take(MOST) {
        let sign = el("span", &["tag ", class_of(change)].concat()).say(change.kind.words());
        list.add(&el("li", "list-row").child(sign).child(el("span", "grow").text(&change.told(language))));
    }
    let more = changes.len().saturating_sub(MOST);
    let lines: Vec<String> =
        changes.iter().map(|change| change.told(language).replace(char::is_control, " ")).collect();
    let file = [&heading, "\n\n", &lines.join("\n"), "\n"].concat();
    let save = move |_| pen.desk.save("changes.txt", &file, "text/plain");
    el("section", "stack tight")
        .child(el("h2", "").text(&heading))
        .child(list)
        .maybe((more > 0).then(|| el("p", "").text(&words::COMPARE_MORE.count(language, &[more]))))
        .child(el("div", "row").child(button("button").on("click", save).say(words::COMPARE_SAVE)))
}

fn class_of(change: &Change) -> &'static str {
    match change.kind {
        crate::design::Kind::Added => "good",
        crate::design::Kind::Removed => "bad",
        crate::design::Kind::Changed => "warn",
        crate::design::Kind::Moved => "",
    }
}
