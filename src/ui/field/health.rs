//! The health line: whether what is typed is kept, and whether anything still waits on this device.

use crate::browser::keeper::{Copies, Health};
use crate::outbox::{self, State};
use crate::ui::device::{Device, use_device};
use crate::ui::field::when::when;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, field as words};
use leptos::prelude::*;

/// Less than this is too little for a day of interviews and the app's next version.
const LITTLE_SPACE: u64 = 50 << 20;

/// How many copies, in words, and how it looks.
pub fn copies(health: &Health) -> (Words, &'static str) {
    match health.copies {
        Some(Copies::Two) => (words::HEALTH_TWO, "tag good"),
        Some(Copies::One) => (words::HEALTH_ONE, "tag warn"),
        None => (words::HEALTH_NONE, "tag bad"),
    }
}

pub fn is_space_low(health: &Health) -> bool {
    matches!((health.usage, health.quota), (Some(used), Some(all)) if all.saturating_sub(used) < LITTLE_SPACE)
}

/// Interviews and discarded ones that are in no other hands yet; follows the store.
pub fn unsent(device: Device) -> usize {
    let sum = outbox::summarize(&device.track(), None);
    sum.sealed + sum.voided + usize::try_from(sum.unsent_records).unwrap_or(usize::MAX)
}

/// When something was last handed over, in words; follows the store.
pub fn last(device: Device, language: Language) -> String {
    let handed = outbox::handed(&device.track());
    let at = handed.iter().filter_map(|one| match one.state {
        State::Exported { at } | State::Received { at } => Some(at),
        State::Waiting => None,
    });
    match at.max() {
        Some(at) => words::HEALTH_LAST.fill(language, &[&when(at, language)]),
        None => words::HEALTH_NEVER.of(language).to_owned(),
    }
}

/// On every screen of the canvasser; leads to the device's page.
#[component]
pub fn HealthLine() -> impl IntoView {
    let (device, shell) = (use_device(), use_shell());
    let tags = move || {
        let language = shell.language.get();
        let health = device.keep.health()?;
        let (text, class) = copies(&health);
        let space = is_space_low(&health)
            .then(|| view! { <span class="tag warn">{words::HEALTH_SPACE_LOW.of(language)}</span> });
        Some(view! { <span class=class>{text.of(language)}</span> {space} }.into_any())
    };
    let waiting = Memo::new(move |_| unsent(device));
    let waiting = move || match waiting.get() {
        0 => words::HEALTH_ALL_SENT.of(shell.language.get()).to_owned(),
        some => words::HEALTH_UNSENT.count(shell.language.get(), &[some]),
    };
    view! {
        <nav class="health" aria-label=t(words::HEALTH_LABEL)>
            <a class="row" href="#/device">
                {tags}
                <span>{waiting}</span>
                <span class="hint">{move || last(device, shell.language.get())}</span>
                <span class="health-more">{t(words::DEVICE)}</span>
            </a>
        </nav>
    }
}
