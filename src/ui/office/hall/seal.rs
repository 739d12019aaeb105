//! Settled paper ballots become records: through the engine, sealed for the office, in batches of this computer's named
//! device, and sent to the receiver like any other.

use super::work::{Work, key, sealed_key};
use crate::batch::{Crypto, seal_record, sign_batch};
use crate::browser::crypto::Web;
use crate::browser::device::Device;
use crate::browser::net;
use crate::hall::{From, Place, SPOILED, Sheet, Slip, Way, paper_record};
use crate::outbox::{self, Closed, Verdict};
use crate::plan::Digest;
use crate::ui::office::intake;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, hall as words, office};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the batches of this computer are said to come from.
pub const ORIGIN: &str = "paper entry";

pub fn sealing(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let id = StoredValue::new(id);
    let fault = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    let counts = move || {
        let kept = work.kept(&id.get_value());
        let papers = work.papers(&id.get_value());
        let sealed = kept.as_ref().map_or(0, |kept| kept.sealed.len());
        let fresh = papers
            .settled()
            .filter(|(place, _)| kept.as_ref().is_some_and(|kept| !kept.sealed.contains(*place)))
            .count();
        [fresh, sealed, papers.differing().len(), kept.map_or(0, |kept| kept.unsent.len())]
    };
    let counts = Memo::new(move |_| {
        work.desk.stirred.track();
        counts()
    });
    let run = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            let made = seal_all(work, &id.get_value()).await;
            let _ = busy.try_set(false);
            if let Err(why) = made {
                let _ = fault.try_set(why);
            }
        });
    };
    view! {
        <section class="card stack no-print">
            <h2>{t(words::PAPER)}</h2>
            <p role="status">{move || words::PAPER_STANDS.count(shell.language.get(), &counts.get()[..3])}</p>
            {move || (counts.get()[3] > 0).then(|| view! {
                <p class="banner warn">{words::UNSENT.count(shell.language.get(), &[counts.get()[3]])}</p>
            })}
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <div class="row">
                <button type="button" class="button primary" on:click=run
                    disabled=move || busy.get() || (counts.get()[0] == 0 && counts.get()[3] == 0)>{t(words::SEAL)}</button>
                <button type="button" class="button" disabled=move || counts.get()[1] == 0
                    on:click=move |_| save_batches(work, &id.get_value())>{t(words::SAVE_BATCHES)}</button>
            </div>
            <p class="hint small">{t(words::SEAL_HINT)}</p>
        </section>
    }
    .into_any()
}

/// The batches of the paper as files, for an office that carries them.
fn save_batches(work: Work, id: &str) {
    let Some(kept) = work.kept_now(id) else { return };
    let ways = untrack(|| work.ways(&kept.ballot));
    for digest in ways.iter().filter(|(_, way)| **way == Way::Paper).map(|(digest, _)| digest) {
        if let Some(text) = intake::kept(work.desk, digest) {
            work.desk.save(&["paper-", digest.short(), ".minping"].concat(), &text, "application/jose");
        }
    }
}

/// Seals what is settled, hands it over in batches, and sends what was not sent. `Err(None)`: the desk says why.
async fn seal_all(work: Work, id: &str) -> Result<(), Option<Words>> {
    let desk = work.desk;
    let Some(chosen) = desk.chosen.get_untracked() else { return Err(Some(office::PLAN_NONE)) };
    let Some(kept) = work.kept_now(id) else { return Err(None) };
    let ballot = &kept.ballot;
    let device = Device::open_paper(id).await.map_err(|_| Some(words::NO_DEVICE))?;
    if ballot.paper.as_ref() != Some(&device.id) {
        return Err(Some(words::OTHER_COMPUTER));
    }
    let sheet = Sheet::of(&chosen.plan, &ballot.questionnaire).map_err(|_| Some(words::NO_SHEET))?;
    let settled: Vec<(Place, Slip)> = work
        .papers(id)
        .settled()
        .filter(|(place, _)| !kept.sealed.contains(*place))
        .map(|(place, slip)| (place.clone(), slip.clone()))
        .collect();
    for (place, slip) in settled {
        let mut random = [0; 16];
        Web.random(&mut random).map_err(|_| Some(office::CRYPTO_FAILED))?;
        let record_id = {
            use base64ct::{Base64UrlUnpadded, Encoding};
            Base64UrlUnpadded::encode_string(&random)
        };
        let closed = Closed { id: &record_id, plan: &chosen.reference, round: &ballot.round, link: None };
        let mut changes = if slip.spoiled {
            outbox::void(&desk.keeper(), closed, SPOILED)
        } else {
            let from = From {
                plan: &chosen.plan,
                reference: &chosen.reference,
                round: &ballot.round,
                questionnaire: &ballot.questionnaire,
                rater_group: &place.0,
            };
            let record = paper_record(from, &sheet, &slip, record_id.clone(), &crate::browser::host::FULL)
                .map_err(|_| Some(words::NO_RECORD))?;
            let text = if chosen.plan.privacy.seal {
                let keys = chosen.plan.keys.as_ref().map_or(&[][..], |keys| &keys.seal);
                seal_record(&Web, keys, &record).await.map_err(|_| Some(office::CRYPTO_FAILED))?
            } else {
                record.encode()
            };
            outbox::seal(&desk.keeper(), closed, &text)
        };
        // In one step: a ballot is sealed once. Which record it became is not written down.
        changes.push((sealed_key(id, &place), Some("1".to_owned())));
        if !desk.keep(changes).await {
            return Err(None);
        }
    }
    hand_over(work, id, &ballot.round, &chosen.reference.digest, &device).await?;
    work.read();
    send(work, id).await
}

/// Batches of everything that is sealed and in no batch, also of what a killed browser left.
async fn hand_over(work: Work, id: &str, round: &str, plan: &Digest, device: &Device) -> Result<(), Option<Words>> {
    let desk = work.desk;
    loop {
        let parcel = outbox::hand_over(&desk.keeper(), plan, round, &device.id);
        let Some(parcel) = parcel.map_err(|_| Some(words::CHAIN_UNREADABLE))? else { return Ok(()) };
        let signed = sign_batch(&Web, &device.key, &device.public, parcel.draft.clone())
            .await
            .map_err(|_| Some(office::CRYPTO_FAILED))?;
        // The office keeps its batches in a form of its own.
        let batch = [outbox::BATCH, signed.digest.as_str()].concat();
        let changes = outbox::store_batch(&parcel, &signed).into_iter().map(|(key, body)| match key == batch {
            true => (key, Some([ORIGIN, "\n", &signed.text].concat())),
            false => (key, body),
        });
        let mut changes: Vec<_> = changes.collect();
        changes.push((key(id, &["unsent/", signed.digest.as_str()].concat()), Some("1".to_owned())));
        if !work.keep(changes).await {
            return Err(None);
        }
        intake::take_made(desk, ORIGIN, &signed.text).await;
    }
}

/// Sends to the plan's receivers what none has acknowledged. A plan without receivers has nobody to send to.
async fn send(work: Work, id: &str) -> Result<(), Option<Words>> {
    let desk = work.desk;
    let Some(chosen) = desk.chosen.get_untracked() else { return Ok(()) };
    let Some(kept) = work.kept_now(id) else { return Ok(()) };
    let keys: Vec<_> = chosen.plan.receivers.iter().map(|receiver| receiver.key.clone()).collect();
    for digest in kept.unsent {
        let Some(text) = intake::kept(desk, &digest) else { continue };
        let mut received = chosen.plan.receivers.is_empty();
        for receiver in &chosen.plan.receivers {
            let answer = net::upload(&receiver.url, &digest, &text).await;
            if matches!(outbox::judge(&Web, net::reply(&answer), &keys, &digest).await, Verdict::Received { .. }) {
                received = true;
                break;
            }
        }
        if !received {
            return Err(Some(words::NOT_SENT));
        }
        if !work.keep(vec![(key(id, &["unsent/", digest.as_str()].concat()), None)]).await {
            return Err(None);
        }
    }
    Ok(())
}
