//! A plan that came as a file: for tablets that the site does not reach.

use super::{by_hand_key, listed};
use crate::batch::{fingerprint, plan_digest};
use crate::browser::crypto::Web;
use crate::browser::files::{self, Pick};
use crate::plan::{Digest, read};
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
    /// Nothing of this office is here yet: the digits to compare, and the plan's text.
    Ask(String, String),
}

/// The button by which a plan file is opened, and what became of it.
pub fn open_file() -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let found = RwSignal::new(None::<Found>);
    let asking = RwSignal::new(false);
    Effect::new(move |_| {
        if found.with(|found| matches!(found, Some(Found::Ask(..)))) {
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
    let digits = move || {
        found.with(|found| match found {
            Some(Found::Ask(digits, _)) => digits.clone(),
            _ => String::new(),
        })
    };
    let yes = move |_| {
        asking.set(false);
        if let Some(Found::Ask(_, text)) = found.get_untracked() {
            look(text, true);
        }
    };
    view! {
        <div class="stack tight plan-file">
            <p><button type="button" class="button quiet" on:click=pick>{t(words::OPEN_FILE)}"…"</button></p>
            <div role="status">{move || match found.get() {
                Some(Found::Taken(text)) => Some(view! { <p class="banner good">{text}</p> }),
                Some(Found::Bad(text)) => Some(view! { <p class="banner bad">{text}</p> }),
                Some(Found::Ask(..)) | None => None,
            }}</div>
            <Dialog open=asking title=Signal::derive(move || words::FILE_ASK_TITLE.of(shell.language.get()).to_owned())>
                <p>{t(words::FILE_ASK)}</p>
                <p class="mono lead">{digits}</p>
                <div class="dialog-actions">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{t(shell_words::CANCEL)}</button>
                    <button type="button" class="button primary" on:click=yes>{t(words::FILE_YES)}</button>
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

/// A file is taken when it names the keys of the office that is known here by the plan's other versions; of an office that is not, when
/// somebody has compared its fingerprint.
async fn taken(device: Device, text: String, agreed: bool, language: Language) -> Found {
    let bad = || Found::Bad(words::FILE_BAD.of(language).to_owned());
    let Ok(plan) = read(&text) else { return bad() };
    let Some(keys) = plan.keys.as_ref().filter(|keys| !keys.sign.is_empty()) else { return bad() };
    let Ok(digest) = plan_digest(&Web, text.as_bytes()).await else {
        return Found::Bad(field_words::CRYPTO_FAILED.of(language).to_owned());
    };
    let versions = device.kept_plans().into_iter().filter_map(|digest| device.kept_plan(&digest));
    let others: Vec<_> = versions.filter(|kept| kept.id == plan.id).collect();
    // A version that is here was taken once: its keys hold.
    if !device.has_plan(&digest) {
        match others.iter().find(|kept| kept.keys.as_ref() != Some(keys)) {
            Some(other) => {
                return Found::Bad(words::FILE_KEYS.fill(language, &[say(other, &other.title, language)]));
            }
            None if others.is_empty() && !agreed => {
                return match fingerprint(&Web, keys).await {
                    Ok(digits) => Found::Ask(digits, text),
                    Err(_) => Found::Bad(field_words::CRYPTO_FAILED.of(language).to_owned()),
                };
            }
            None => {}
        }
    }
    let told = words::FILE_TAKEN.fill(language, &[say(&plan, &plan.title, language), &plan.version]);
    let then = listed(device, &plan.id).map_or_else(String::new, |digest: Digest| digest.0);
    let hand = (by_hand_key(&plan.id), Some([digest.as_str(), "\n", &then].concat()));
    match device.commit(vec![(["plan/", digest.as_str()].concat(), Some(text)), hand]).await {
        Ok(_) => Found::Taken(told),
        Err(error) => Found::Bad(words::NOT_KEPT.fill(language, &[save_words(&error).of(language)])),
    }
}
