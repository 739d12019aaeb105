//! The way out for the canvasser: the PIN, which ends the interview as broken off.

use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::outbox::{PIN, Pin};
use crate::ui::device::{Device, use_device};
use crate::ui::field::lock::{self, Entered, Lock};
use crate::ui::field::save_words;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Words, handed as words, shell as shell_words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// A field for a PIN.
pub fn digits(label: Words, value: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input class="input number-input" type="password" inputmode="numeric" autocomplete="off" maxlength="8"
                prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value())/>
        </label>
    }
    .into_any()
}

/// A field for a canvasser's own PIN, which may have letters.
fn secret(label: Words, value: RwSignal<String>) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{t(label)}</span>
            <input class="input" type="password" autocomplete="off" maxlength="64"
                prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value())/>
        </label>
    }
    .into_any()
}

/// What came of a PIN that was entered.
enum Tried {
    Right,
    Wrong(Option<u64>),
    Failed(Words),
}

pub fn footer(end: Rc<dyn Fn()>) -> AnyView {
    let (device, shell, lock) = (use_device(), use_shell(), lock::use_lock());
    let open = RwSignal::new(false);
    let entered = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let end = StoredValue::new_local(end);
    let ask = move |_| {
        entered.set(String::new());
        failure.set(None);
        open.set(true);
    };
    let check = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let tried = try_pin(device, lock, &entered.get_untracked()).await;
            let language = shell.language.get_untracked();
            let _ = busy.try_set(false);
            let _ = entered.try_set(String::new());
            let why = match tried {
                Tried::Right => {
                    let _ = open.try_set(false);
                    if let Some(end) = end.try_get_value() {
                        end();
                    }
                    return;
                }
                Tried::Wrong(None) => words::WRONG.of(language).to_owned(),
                Tried::Wrong(Some(seconds)) => words::PAUSE.fill(language, &[&seconds.to_string()]),
                Tried::Failed(why) => why.of(language).to_owned(),
            };
            let _ = failure.try_set(Some(why));
        });
    };
    view! {
        <div class="page handed-foot no-print">
            <button type="button" class="button quiet handed-out" on:click=ask>{t(words::CANVASSER)}</button>
        </div>
        <Dialog open title=Signal::derive(move || words::END_TITLE.of(shell.language.get()).to_owned())>
            <form class="stack" on:submit=move |event| { event.prevent_default(); check(); }>
                <p>{t(words::END_TEXT)}</p>
                {if lock.is_open() { secret(words::PIN, entered) } else { digits(words::PIN, entered) }}
                <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{why}</p> })}</div>
                <div class="dialog-actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                    <button type="submit" class="button danger" disabled=move || busy.get()>
                        {move || if busy.get() { words::CHECKING } else { words::END }.of(shell.language.get())}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

async fn try_pin(device: Device, lock: Lock, entered: &str) -> Tried {
    // Who has a PIN of their own needs no other.
    if lock.is_open() {
        return match lock::check(lock, entered).await {
            Entered::Right(_) => Tried::Right,
            Entered::Wrong(seconds) => Tried::Wrong(seconds),
            Entered::Failed(why) => Tried::Failed(why),
        };
    }
    let now = || u64::try_from(clock::now()).unwrap_or(0);
    let seconds = |pause: u64| (pause > 0).then(|| pause.div_ceil(1000));
    let Some(pin) = device.keeper().get(PIN).and_then(|text| Pin::parse(&text)) else {
        // It cannot be read: nobody could ever give it. The interview still ends where the resident ends it.
        return Tried::Failed(words::CRYPTO);
    };
    let pause = pin.pause(now());
    if pause > 0 {
        return Tried::Wrong(seconds(pause));
    }
    let (tried, kept) = match pin.fits(&Web, entered).await {
        Ok(true) => (Tried::Right, pin.after_right()),
        Ok(false) => {
            let pin = pin.after_wrong(now());
            (Tried::Wrong(seconds(pin.pause(now()))), Some(pin))
        }
        Err(_) => return Tried::Failed(words::CRYPTO),
    };
    if let Some(pin) = kept
        && let Err(error) = device.commit(vec![(PIN.to_owned(), Some(pin.encode()))]).await
        && !matches!(tried, Tried::Right)
    {
        return Tried::Failed(save_words(&error));
    }
    tried
}
