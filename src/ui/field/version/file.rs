//! A plan that came as a file: for tablets that the site does not reach.

use super::{by_hand, current};
use crate::batch::{plan_digest, plan_digits};
use crate::browser::crypto::Web;
use crate::browser::files::{self, Pick};
use crate::plan::read;
use crate::ui::device::{Device, use_device};
use crate::ui::element::{NotLoaded, chunk};
use crate::ui::field::{save_words, say};
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Language, field as field_words, shell as shell_words, version as words};
use leptos::{prelude::*, task::spawn_local};

/// What became of the file.
#[derive(Clone)]
enum Found {
    Taken(String),
    Bad(String),
    Ask(Question),
}

/// What somebody has to look at before a file is taken.
#[derive(Clone)]
struct Question {
    text: String,
    /// To compare with the office; none where the file is known to be its own.
    digits: Option<String>,
    lines: Vec<String>,
    /// That answers would go elsewhere.
    receivers: Option<String>,
}

/// The button by which a plan file is opened, and what became of it.
pub fn open_file() -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let found = RwSignal::new(None::<Found>);
    let asking = RwSignal::new(false);
    Effect::new(move |_| {
        if found.with(|found| matches!(found, Some(Found::Ask(_)))) {
            asking.set(true);
        }
    });
    let look = move |text: String, agreed: bool| {
        spawn_local(async move {
            let language = shell.language.get_untracked();
            if take(device, text, agreed, language, found).await.is_err() {
                let _ = found.try_set(Some(Found::Bad(shell_words::NOT_LOADED.of(language).to_owned())));
            }
        });
    };
    let pick = move |_| {
        found.set(None);
        spawn_local(async move {
            if let Some(picked) = files::pick(Pick::One, ".json").await.into_iter().next() {
                look(picked.text.unwrap_or_default(), false);
            }
        });
    };
    let asked = move || {
        found.with(|found| match found {
            Some(Found::Ask(question)) => Some(question.clone()),
            _ => None,
        })
    };
    let question =
        move || {
            asked().map(|Question { digits, lines, receivers, .. }| view! {
            {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            {receivers.map(|line| view! { <p class="banner bad">{line}</p> })}
            {digits.map(|digits| view! { <p>{t(words::FILE_ASK)}</p> <p class="mono lead digits">{digits}</p> })}
        })
        };
    let yes_text = move || match asked().is_some_and(|asked| asked.digits.is_some()) {
        true => words::FILE_YES.of(shell.language.get()),
        false => words::FILE_USE.of(shell.language.get()),
    };
    let yes = move |_| {
        asking.set(false);
        if let Some(Found::Ask(question)) = found.get_untracked() {
            look(question.text, true);
        }
    };
    view! {
        <div class="stack tight plan-file">
            <p><button type="button" class="button quiet" on:click=pick>{t(words::OPEN_FILE)}"…"</button></p>
            <div role="status">{move || match found.get() {
                Some(Found::Taken(text)) => Some(view! { <p class="banner good">{text}</p> }),
                Some(Found::Bad(text)) => Some(view! { <p class="banner bad">{text}</p> }),
                Some(Found::Ask(_)) | None => None,
            }}</div>
            <Dialog open=asking title=Signal::derive(move || words::FILE_ASK_TITLE.of(shell.language.get()).to_owned())>
                {question}
                <div class="dialog-actions">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{t(shell_words::CANCEL)}</button>
                    <button type="button" class="button primary" on:click=yes>{yes_text}</button>
                </div>
            </Dialog>
        </div>
    }
    .into_any()
}

#[chunk(version, fallible)]
fn take(
    device: Device,
    text: String,
    agreed: bool,
    language: Language,
    found: RwSignal<Option<Found>>,
) -> Result<(), NotLoaded> {
    spawn_local(async move {
        let now = taken(device, text, agreed, language).await;
        let _ = found.try_set(Some(now));
    });
    Ok(())
}

/// A file that the site's list names, or that is here, is the office's. Of any other one somebody compares the digits with the office
/// first: that it names the office's public keys proves nothing. A version in another one's place is asked about always.
async fn taken(device: Device, text: String, agreed: bool, language: Language) -> Found {
    let bad = || Found::Bad(words::FILE_BAD.of(language).to_owned());
    let Ok(plan) = read(&text) else { return bad() };
    let Some(keys) = plan.keys.as_ref().filter(|keys| !keys.sign.is_empty()) else { return bad() };
    let Ok(digest) = plan_digest(&Web, text.as_bytes()).await else {
        return Found::Bad(field_words::CRYPTO_FAILED.of(language).to_owned());
    };
    let list = device.kept_list().unwrap_or_default();
    let known = device.has_plan(&digest) || list.iter().any(|listed| listed.digest == digest);
    let versions = device.kept_plans().into_iter().filter(|kept| *kept != digest);
    let others: Vec<_> = versions.filter_map(|one| Some((device.kept_plan(&one)?, one))).collect();
    let others: Vec<_> = others.into_iter().filter(|(kept, _)| kept.id == plan.id).collect();
    if !known && let Some((other, _)) = others.iter().find(|(kept, _)| kept.keys.as_ref() != Some(keys)) {
        return Found::Bad(words::FILE_KEYS.fill(language, &[say(other, &other.title, language)]));
    }
    let title = say(&plan, &plan.title, language);
    let now = current(device, &plan.id);
    let own = now.as_ref() == Some(&digest);
    let used = others.iter().find(|(_, one)| Some(one) == now.as_ref()).or(others.last()).map(|(kept, _)| kept);
    let used = used.filter(|_| !own);
    if !agreed && (!known || used.is_some()) {
        let mut lines = vec![words::FILE_IS.fill(language, &[title, &plan.version])];
        if let Some(used) = used {
            lines.push(words::FILE_INSTEAD.fill(language, &[&used.version, &plan.version]));
        }
        // What is known is what the office published.
        let other = used.filter(|used| !known && used.receivers != plan.receivers);
        let receivers = other.map(|used| words::FILE_RECEIVERS.fill(language, &[&used.version]));
        let digits = if known { None } else { plan_digits(&digest) };
        return Found::Ask(Question { text, digits, lines, receivers });
    }
    let told = words::FILE_TAKEN.fill(language, &[title, &plan.version]);
    let hand = by_hand(device, &plan.id, &digest);
    match device.commit(vec![(["plan/", digest.as_str()].concat(), Some(text)), hand]).await {
        Ok(_) => Found::Taken(told),
        Err(error) => Found::Bad(words::NOT_KEPT.fill(language, &[save_words(&error).of(language)])),
    }
}
