use super::contacts::{self, Ended};
use super::{begin, save_words};
use crate::outbox::Changes;
use crate::session::Draft;
use crate::ui::device::{Device, use_device};
use crate::ui::element::NotLoaded;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Words, contacts as contact_words, field as words, shell as shell_words};
use leptos::{prelude::*, task::spawn_local};

/// Codes that go to the office with the next batch, and how they read.
const REASONS: [(&str, Words); 4] = [
    ("refused", words::WHY_REFUSED),
    ("broken_off", words::WHY_BROKEN_OFF),
    ("ineligible", words::WHY_INELIGIBLE),
    ("mistake", words::WHY_MISTAKE),
];

/// Asks for a reason and discards the interview that `discarding` names. It is counted, not erased.
pub fn discard(discarding: RwSignal<Option<Draft>>) -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let open = RwSignal::new(false);
    let reason: RwSignal<Option<&'static str>> = RwSignal::new(None);
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    Effect::new(move |_| {
        if discarding.with(Option::is_some) {
            reason.set(None);
            failure.set(None);
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && discarding.with_untracked(Option::is_some) {
            discarding.set(None);
        }
    });
    let yes = move |_| {
        let (Some(draft), Some(reason)) = (discarding.get_untracked(), reason.get_untracked()) else { return };
        spawn_local(async move {
            let also = match ended(device, &draft, reason).await {
                Ok(also) => also,
                Err(_) => return failure.set(Some(contact_words::NOT_LOADED)),
            };
            let of_case = !also.is_empty();
            match device.discard(&draft, reason, also).await {
                Ok(_) => {
                    begin::forget(&draft.id);
                    if of_case {
                        let _ = contacts::let_go().await;
                    }
                    open.set(false);
                    shell.say(words::DISCARDED);
                }
                Err(error) => failure.set(Some(save_words(&error))),
            }
        });
    };
    view! {
        <Dialog open title=Signal::derive(move || words::DISCARD_TITLE.of(shell.language.get()).to_owned())>
            <p>{t(words::DISCARD_TEXT)}</p>
            <fieldset class="field">
                <legend class="field-label">{t(words::DISCARD_WHY)}</legend>
                <div class="options">
                    {REASONS.into_iter().map(|(code, text)| view! {
                        <label class="option">
                            <input type="radio" class="option-input" name="reason" prop:checked=move || reason.get() == Some(code)
                                on:change=move |_| reason.set(Some(code))/>
                            <span class="option-body">{t(text)}</span>
                        </label>
                    }).collect_view()}
                </div>
            </fieldset>
            <div role="alert">{move || failure.get().map(|text| view! { <p class="error">{t(text)}</p> })}</div>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" disabled=move || reason.get().is_none() on:click=yes>
                    {t(words::DISCARD)}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// What it means for the case of which it was the interview, if it was of one.
async fn ended(device: Device, draft: &Draft, reason: &'static str) -> Result<Changes, NotLoaded> {
    let Some(plan) = device.kept_plan(&draft.opening.plan.digest) else { return Ok(Changes::new()) };
    if !contacts::is_of_case(device, &plan, &draft.id) {
        return Ok(Changes::new());
    }
    let mode = draft.opening.mode.name();
    contacts::ended(device, plan.id.clone(), draft.id.clone(), mode, Ended::Discarded(reason)).await
}
