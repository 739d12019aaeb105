//! What is handed over: sessions that wait for a batch, and the batches on their way.

use super::batches::batches;
use super::{Opened, save_words};
use crate::browser::device::DeviceError;
use crate::browser::net;
use crate::outbox::{self as core, State};
use crate::plan::Digest;
use crate::ui::courier::{Courier, PackError, Sending, use_courier};
use crate::ui::device::{CARD, Device, use_device};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, field as words, stock as stock_words};
use leptos::{prelude::*, task::spawn_local};

pub fn outbox(opened: Opened) -> AnyView {
    let digest = opened.digest();
    let (device, courier, shell) = (use_device(), use_courier(), use_shell());
    let packing = RwSignal::new(false);
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let ready = {
        let digest = digest.clone();
        Memo::new(move |_| {
            let groups = core::pending(&device.track()).into_iter().filter(|group| group.plan.digest == digest);
            groups.fold((0, 0), |(records, voided), group| (records + group.records, voided + group.voided))
        })
    };
    let pack = {
        let digest = digest.clone();
        Callback::new(move |()| {
            let digest = digest.clone();
            packing.set(true);
            failure.set(None);
            spawn_local(async move {
                let failed = match super::card::fits(device).await {
                    true => courier.hand_over(&digest).await.err().map(|error| pack_words(&error)),
                    false => Some(words::CARD_STALE_SHORT),
                };
                if failed.is_none() {
                    shell.say(words::HANDED_OVER);
                }
                let _ = failure.try_set(failed);
                let _ = packing.try_set(false);
            });
        })
    };
    let top = move || {
        let (records, voided) = ready.get();
        let language = shell.language.get();
        if records + voided == 0 {
            return None;
        }
        if device.keeper().get(CARD).is_none() {
            return Some(
                view! {
                    <div class="card stack">
                        <p>{words::READY.count(language, &[records, voided])}</p>
                        <p class="hint">{words::NEED_CARD.of(language)}</p>
                        <a class="button primary" href="#/device">{words::MAKE_CARD.of(language)}</a>
                    </div>
                }
                .into_any(),
            );
        }
        Some(
            view! {
                <div class="card stack">
                    <p>{words::READY.count(language, &[records, voided])}</p>
                    <button type="button" class="button primary wide hand-over" disabled=move || packing.get() on:click=move |_| pack.run(())>
                        {move || if packing.get() { words::HANDING_OVER } else { words::HAND_OVER }.of(language)}
                    </button>
                </div>
            }
            .into_any(),
        )
    };
    let sends = !opened.plan().receivers.is_empty();
    let failed = move || {
        let text = failure.get()?;
        let language = shell.language.get();
        Some(view! { <p class="banner bad">{words::HAND_OVER_FAILED.fill(language, &[text.of(language)])}</p> })
    };
    let counted = digest.clone();
    let nothing = move || {
        let none = ready.get() == (0, 0) && !core::handed(&device.track()).iter().any(|one| one.plan.digest == counted);
        none.then(|| view! { <p class="empty">{t(words::OUTBOX_NONE)}</p> })
    };
    let sent = digest.clone();
    view! {
        <section class="stack">
            <h2>{t(words::OUTBOX)}</h2>
            {top}
            <div role="alert">{failed}</div>
            {nothing}
            {sends.then(|| move || progress(device, courier, &sent, shell.language.get()))}
            {batches(digest, sends)}
            <p><a class="button quiet wide" href="#/stock">{t(stock_words::LINK)}</a></p>
        </section>
    }
    .into_any()
}

/// How the sending goes, while anything is to be sent.
fn progress(device: Device, courier: Courier, digest: &Digest, language: Language) -> Option<AnyView> {
    let state = courier.state.get();
    let ours: Vec<_> = core::handed(&device.track()).into_iter().filter(|one| one.plan.digest == *digest).collect();
    if ours.is_empty() {
        return None;
    }
    let waiting =
        ours.iter().any(|one| one.held && one.refusal.is_none() && !matches!(one.state, State::Received { .. }));
    let (class, text) = match state {
        _ if !waiting && ours.iter().all(|one| one.refusal.is_none()) => ("hint", words::SEND_DONE),
        _ if !waiting => return None,
        Sending::Busy => ("banner", words::SENDING),
        _ if !net::online() => ("banner warn", words::SEND_OFFLINE),
        _ => ("banner warn", words::SEND_WAITING),
    };
    let now = (waiting && state != Sending::Busy).then(|| {
        view! {
            <button type="button" class="button" on:click=move |_| courier.wake()>{words::SEND_NOW.of(language)}</button>
        }
    });
    Some(
        view! {
            <div class=class role="status">
                <div class="row"><span class="grow">{text.of(language)}</span> {now}</div>
            </div>
        }
        .into_any(),
    )
}

fn pack_words(error: &PackError) -> Words {
    match error {
        PackError::Outbox(_) => words::CHAIN_UNREADABLE,
        PackError::Key(DeviceError::Unreadable) => words::KEY_LOST,
        PackError::Key(DeviceError::Crypto(_)) | PackError::Crypto(_) => words::CRYPTO_FAILED,
        PackError::Key(DeviceError::Storage(error)) | PackError::Save(error) => save_words(error),
    }
}
