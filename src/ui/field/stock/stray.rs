//! What cannot be read, out as it is and confirmed: otherwise a device with one damaged entry could never be given back.

use super::super::save_words;
use super::super::when::today;
use crate::browser::files;
use crate::clearance::{self, Stray};
use crate::outbox::View;
use crate::store::Entries;
use crate::store::rescue::encode_rescue;
use crate::ui::device::Device;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Words, field as field_words, shell as shell_words, stock as words};
use leptos::{prelude::*, task::spawn_local};

const KIND: &str = "application/json";

/// Nothing while everything can be read.
pub fn part(device: Device) -> AnyView {
    let shell = use_shell();
    let found = Memo::new(move |_| strays(device));
    let saved: RwSignal<Vec<Stray>> = RwSignal::new(Vec::new());
    let asking = RwSignal::new(false);
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let save = move |_| {
        let strays = found.get_untracked();
        let unreadable: Vec<_> = strays.iter().map(Stray::unreadable).collect();
        let text = encode_rescue(&Entries::new(), &unreadable, |_| None);
        let done = files::download(&["minping-rescue-unreadable-", &today(), ".json"].concat(), &text, KIND);
        failure.set((!done).then_some(field_words::FILE_FAILED));
        if done {
            saved.set(strays);
        }
    };
    let yes = move |_| {
        asking.set(false);
        spawn_local(async move {
            // What was in the file, and not what came since.
            match device.commit(clearance::give_out(&saved.get_untracked())).await {
                Ok(_) => shell.say(words::STRAY_DONE),
                Err(error) => {
                    let _ = failure.try_set(Some(save_words(&error)));
                }
            }
        });
    };
    let some = move || found.with(|found| !found.is_empty());
    let in_file = move || {
        found.with(|found| saved.with(|saved| !saved.is_empty() && found.iter().all(|one| saved.contains(one))))
    };
    view! {
        <Show when=some>
            <section class="card stack strays" aria-labelledby="strays">
                <h2 id="strays">{t(words::STRAY)}</h2>
                <p class="hint">{move || words::STRAY_TEXT.count(shell.language.get(), &[found.with(Vec::len)])}</p>
                <div class="row">
                    <button type="button" class="button save-strays" on:click=save>{t(words::STRAY_SAVE)}</button>
                    <button type="button" class="button danger confirm-strays" disabled=move || !in_file()
                        on:click=move |_| asking.set(true)>{t(field_words::CONFIRM_EXPORT)}</button>
                </div>
            </section>
        </Show>
        <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{t(why)}</p> })}</div>
        <Dialog open=asking title=Signal::derive(move || field_words::CONFIRM_TITLE.of(shell.language.get()).to_owned())>
            <p>{t(words::STRAY_ASK)}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| asking.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=yes>{t(field_words::CONFIRM_EXPORT)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Another canvasser's that is damaged goes out as it lies here, wrapped.
fn strays(device: Device) -> Vec<Stray> {
    let keeper = device.track();
    let at_rest = keeper.at_rest();
    let whole = |stray: Stray| match stray.raw.is_empty() {
        true => {
            let raw = at_rest.body(&stray.key).unwrap_or_default();
            stray.with(raw)
        }
        false => stray,
    };
    clearance::strays(&keeper).into_iter().map(whole).collect()
}
