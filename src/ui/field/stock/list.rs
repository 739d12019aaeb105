//! The list of what was sent: on the screen, on paper, and as a file.

use super::super::batches::KIND;
use super::super::when::today;
use super::title;
use crate::batch::{SentBatch, SentList, SentPlan, SentState};
use crate::browser::device::Device as Key;
use crate::browser::files;
use crate::outbox;
use crate::plan::Digest;
use crate::ui::device::{CARD, Device, LEAVING, use_device};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, field as field_words, stock as words};
use leptos::prelude::*;

/// As it stands now.
pub async fn sent_list(device: Device) -> SentList {
    let keeper = device.keeper();
    outbox::sent_list(&keeper, own_id(device).await)
}

/// This device as the office knows it, also where its key is gone since the clearing began.
pub async fn own_id(device: Device) -> Option<Digest> {
    let keeper = device.keeper();
    // Asking for the key makes one: only where there is a card is there a device that the office knows.
    let card = keeper.get(CARD)?;
    let leaving = keeper.get(LEAVING);
    if let Some((id, of)) = leaving.as_deref().and_then(|leaving| leaving.split_once('\n'))
        && of == card
    {
        return Digest::parse(id);
    }
    Key::open().await.ok().map(|key| key.id)
}

/// Lets the browser save it. False: it could not be offered.
pub fn save(list: &SentList) -> bool {
    let code = list.device.as_ref().map_or("device", |device| device.short());
    files::download(&["minping-", code, "-", &today(), ".minping-sent"].concat(), &list.encode(), KIND)
}

pub fn part() -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let list = Memo::new(move |_| outbox::sent_list(&device.track(), None));
    let save = move |_| {
        leptos::task::spawn_local(async move {
            let done = save(&sent_list(device).await);
            let _ = failure.try_set((!done).then_some(field_words::FILE_FAILED));
            if done {
                shell.say(words::LIST_SAVED);
            }
        });
    };
    let card = move || {
        let language = shell.language.get();
        let card = device.track().get(CARD)?;
        let mut parts = card.split('\n');
        Some(words::LIST_DEVICE.fill(language, &[parts.next()?, parts.next()?]))
    };
    view! {
        <section class="stack sent-list" aria-labelledby="sent-list">
            <h2 id="sent-list">{t(words::LIST)}</h2>
            <p class="hint no-print">{t(words::LIST_TEXT)}</p>
            <p>{move || card().unwrap_or_else(|| words::LIST_NO_CARD.of(shell.language.get()).to_owned())}</p>
            {move || {
                let language = shell.language.get();
                list.get().plans.iter().map(|plan| table(device, plan, language)).collect_view().into_any()
            }}
            <div class="row no-print">
                <button type="button" class="button save-list" on:click=save>{t(words::LIST_SAVE)}</button>
                <button type="button" class="button" on:click=move |_| { let _ = window().print(); }>{t(words::LIST_PRINT)}</button>
            </div>
            <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{t(why)}</p> })}</div>
        </section>
    }
    .into_any()
}

fn table(device: Device, plan: &SentPlan, language: Language) -> AnyView {
    let name = title(device, &plan.plan, language);
    let left = [plan.unfinished, plan.finished, plan.discarded, plan.by_link, plan.by_link_waiting];
    let left = left.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    let any = left.iter().any(|count| *count > 0);
    let heads = [
        words::COL_NUMBER,
        words::COL_ROUND,
        words::COL_RECORDS,
        words::COL_VOIDED,
        words::COL_STATE,
        words::COL_DIGEST,
    ];
    view! {
        <h3>{name.clone()}</h3>
        {(!plan.batches.is_empty()).then(|| view! {
            <div class="table-frame" tabindex="0" role="region" aria-label=name>
                <table class="table">
                    <thead><tr>{heads.into_iter().map(|head| view! { <th scope="col">{head.of(language)}</th> }).collect_view()}</tr></thead>
                    <tbody>{plan.batches.iter().map(|batch| row(batch, language)).collect_view()}</tbody>
                </table>
            </div>
        })}
        {any.then(|| view! { <p class="hint small">{words::LIST_LEFT.count(language, &left)}</p> })}
    }
    .into_any()
}

fn row(batch: &SentBatch, language: Language) -> AnyView {
    let state = match batch.state {
        SentState::Waiting => words::IN_BATCH,
        SentState::Exported => words::EXPORTED,
        SentState::Received => words::RECEIVED,
        SentState::Refused => words::REFUSED,
    };
    let carried = batch.carried.then(|| [" · ", words::FOR_ANOTHER.of(language)].concat());
    view! {
        <tr>
            <td class="number">{batch.seq.to_string()}</td>
            <td>{batch.round.clone()}</td>
            <td class="number">{batch.records.to_string()}</td>
            <td class="number">{batch.voided.to_string()}</td>
            <td>{state.of(language)}{carried}</td>
            <td class="mono digest">{batch.digest.as_str().to_owned()}</td>
        </tr>
    }
    .into_any()
}
