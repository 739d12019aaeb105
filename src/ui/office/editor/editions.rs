//! What is kept of drafts beside their text: versions by name, and how a draft begins and ends.

use super::pen::draft_key;
use crate::browser::clock;
use crate::design::{Draft, Value};
use crate::json::{self, Writer};
use crate::ui::office::desk::Desk;
use crate::ui::shell::go;
use crate::ui::words::{Language, design as words};

/// Where the one draft of earlier releases was.
pub const EARLIER: &str = "draft/editor";
const DRAFTS: &str = "draft/plan/";

/// A text that was kept.
#[derive(Clone)]
pub struct Edition {
    pub name: String,
    /// Day and time, as the clerk's computer writes them.
    pub when: String,
    pub text: String,
}

fn prefix(id: &str) -> String {
    ["edition/", id, "/"].concat()
}

fn write(name: &str, text: &str) -> (i64, String) {
    let now = clock::now();
    let mut out = Writer::new();
    out.open('{');
    out.number("v", 1);
    out.text("name", name);
    out.number("time", u64::try_from(now).unwrap_or(0));
    out.text("text", text);
    out.close('}');
    (now, out.finish())
}

/// A moment as the clerk's computer writes it.
pub fn shown_time(milliseconds: u64) -> String {
    let date = js_sys::Date::new(&(milliseconds as f64).into());
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

/// Keeps a version; false: it could not be.
pub async fn keep(desk: Desk, id: &str, name: &str, text: String) -> bool {
    let number = (of_draft(desk, id).len() + 1).to_string();
    let name = if name.is_empty() { number.as_str() } else { name };
    let (now, body) = write(name, &text);
    let key = [&prefix(id), format!("{now:015}").as_str()].concat();
    desk.keep(vec![(key, Some(body))]).await
}

/// The versions of a draft, the oldest first.
pub fn of_draft(desk: Desk, id: &str) -> Vec<Edition> {
    let read = |(_, body): (String, String)| {
        json::read(&body, |node| Edition {
            name: node.text("name"),
            when: shown_time(node.whole("time", u64::MAX)),
            text: node.text("text"),
        })
        .ok()
    };
    desk.keeper().list(&prefix(id)).into_iter().filter_map(read).collect()
}

/// Plans that this computer has worked with.
pub fn used(desk: Desk, language: Language) -> Vec<Edition> {
    let read = |(_, text): (String, String)| {
        let value = Value::parse(&text).ok()?;
        let title = title_of(&value, language);
        let version = value.said("version").unwrap_or_default().to_owned();
        Some(Edition { name: words::IN_USE_BEFORE.fill(language, &[&title]), when: version, text })
    };
    desk.keeper().list("plan/").into_iter().filter_map(read).collect()
}

/// What a plan is called.
pub fn title_of(plan: &Value, language: Language) -> String {
    let title = plan.get("title");
    let own = title.and_then(|title| title.said(language.tag())).filter(|words| !words.is_empty());
    let any = || title.and_then(|title| title.members().iter().find_map(|(_, words)| words.as_text()));
    own.or_else(any).filter(|words| !words.is_empty()).unwrap_or(words::UNTITLED.of(language)).to_owned()
}

/// Begins a draft and goes to it; false: it could not be kept.
pub async fn begin(desk: Desk, language: Language, name: &str, text: String) -> bool {
    let random = (js_sys::Math::random() * 1e6) as u32;
    let id = format!("{:x}-{random:05x}", clock::now());
    let (now, first) = write(words::VERSION_FIRST.of(language), &text);
    let edition = [&prefix(&id), format!("{now:015}").as_str()].concat();
    let draft = Draft::new(name, text).write();
    let kept = desk.keep(vec![(draft_key(&id), Some(draft)), (edition, Some(first))]).await;
    if kept {
        go(&["/edit/", &id].concat());
    }
    kept
}

/// A draft that is kept: `None` where it cannot be read.
pub fn drafts(desk: Desk) -> Vec<(String, Option<Draft>, String)> {
    let keeper = desk.keeper();
    let read = |(key, body): (String, String)| {
        let id = key.strip_prefix(DRAFTS).unwrap_or_default().to_owned();
        (id, Draft::read(&body), body)
    };
    keeper.list(DRAFTS).into_iter().map(read).collect()
}

/// Takes the one draft of earlier releases over as a draft with a name.
pub async fn take_over_earlier(desk: Desk) {
    let keeper = desk.keeper();
    let Some(text) = keeper.get(EARLIER).filter(|text| !text.is_empty()) else { return };
    // Another window may still be writing it.
    let Some(lock) = keeper.lock(EARLIER).await else { return };
    let draft = Draft::new("", text).write();
    desk.keep(vec![(draft_key("earlier"), Some(draft)), (EARLIER.to_owned(), None)]).await;
    drop(lock);
}

/// Removes a draft with its versions.
pub async fn remove(desk: Desk, id: &str) -> bool {
    let mut changes = vec![(draft_key(id), None)];
    changes.extend(desk.keeper().list(&prefix(id)).into_iter().map(|(key, _)| (key, None)));
    desk.keep(changes).await
}
