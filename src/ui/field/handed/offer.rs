//! The canvasser hands the tablet over: one touch, and at the first time a PIN.

use super::hand_over;
use super::pin::digits;
use crate::browser::crypto::Web;
use crate::outbox::{InHands, PIN, Pin, Stage, is_pin};
use crate::plan::Digest;
use crate::ui::device::{Device, use_device};
use crate::ui::field::{lock, save_words};
use crate::ui::shell::{Dialog, Shell, t, use_shell};
use crate::ui::words::{Words, handed as words, lock as lock_words, shell as shell_words};
use leptos::{prelude::*, task::spawn_local};

/// What is handed over, and where the canvasser goes on.
#[derive(Clone)]
struct Offered {
    plan: Digest,
    draft: String,
    back: String,
}

#[derive(Clone, Copy)]
struct Hand {
    device: Device,
    shell: Shell,
    offered: StoredValue<Offered>,
    /// Whether a PIN is to be set before.
    sets: RwSignal<bool>,
    first: RwSignal<String>,
    second: RwSignal<String>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<String>>,
}

pub fn offer(plan: Digest, draft: String, back: String) -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let hand = Hand {
        device,
        shell,
        offered: StoredValue::new(Offered { plan, draft, back }),
        sets: RwSignal::new(false),
        first: RwSignal::new(String::new()),
        second: RwSignal::new(String::new()),
        busy: RwSignal::new(false),
        failure: RwSignal::new(None),
    };
    let lock = lock::use_lock();
    let open = RwSignal::new(false);
    let begin = move |_| {
        let kept = device.keeper().get(PIN).and_then(|text| Pin::parse(&text));
        hand.sets.set(kept.is_none() && !lock.is_open());
        hand.failure.set(None);
        hand.first.set(String::new());
        hand.second.set(String::new());
        open.set(true);
    };
    let title =
        move || if hand.sets.get() { words::SET_TITLE } else { words::TITLE }.of(shell.language.get()).to_owned();
    view! {
        <div class="page hand-over-bar">
            <div class="row spread">
                <span class="hint small grow">{t(words::OFFER_HINT)}</span>
                <button type="button" class="button hand-to-resident" on:click=begin>{t(words::OFFER)}</button>
            </div>
        </div>
        <Dialog open title=Signal::derive(title)>
            <form class="stack" on:submit=move |event| { event.prevent_default(); hand.confirm(); }>
                <p>{t(words::TEXT)}</p>
                {lock.is_open().then(|| view! { <p class="hint">{t(lock_words::HAND_TEXT)}</p> })}
                {move || hand.sets.get().then(|| view! {
                    <p class="hint">{t(words::SET_TEXT)}</p>
                    {digits(words::PIN, hand.first)}
                    {digits(words::AGAIN, hand.second)}
                })}
                <div role="alert">{move || hand.failure.get().map(|why| view! { <p class="error">{why}</p> })}</div>
                <div class="dialog-actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                    {move || (!hand.sets.get() && !lock.is_open()).then(|| view! {
                        <button type="button" class="button quiet" on:click=move |_| hand.sets.set(true)>{t(words::CHANGE)}</button>
                    })}
                    <button type="submit" class="button primary" disabled=move || hand.busy.get()>
                        {move || if hand.sets.get() { words::SET } else { words::NOW }.of(shell.language.get())}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

impl Hand {
    fn fail(self, words: Words) {
        let _ = self.failure.try_set(Some(words.of(self.shell.language.get_untracked()).to_owned()));
    }

    fn confirm(self) {
        let sets = self.sets.get_untracked();
        let pin = self.first.get_untracked();
        if sets && !is_pin(&pin) {
            return self.fail(words::BAD);
        }
        if sets && pin != self.second.get_untracked() {
            return self.fail(words::DIFFERENT);
        }
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            self.go(sets.then_some(pin)).await;
            let _ = self.busy.try_set(false);
        });
    }

    async fn go(self, pin: Option<String>) {
        let Hand { device, shell, .. } = self;
        let said = |error| {
            words::UNSAVED
                .fill(shell.language.get_untracked(), &[save_words(&error).of(shell.language.get_untracked())])
        };
        if let Some(pin) = pin {
            let Ok(pin) = Pin::make(&Web, &pin).await else { return self.fail(words::CRYPTO) };
            if let Err(error) = device.commit(vec![(PIN.to_owned(), Some(pin.encode()))]).await {
                let _ = self.failure.try_set(Some(said(error)));
                return;
            }
        }
        let Offered { plan, draft, back } = self.offered.get_value();
        let hands = InHands {
            plan,
            draft,
            stage: Stage::Open,
            back,
            text_size: shell.text_size.get_untracked() as u64,
            aloud: shell.aloud.get_untracked(),
            language: Some(shell.language.get_untracked().tag().to_owned()),
            tongue: Some(shell.tongue.get_untracked()),
        };
        if let Err(error) = hand_over(device, hands).await {
            let _ = self.failure.try_set(Some(said(error)));
        }
    }
}
