//! Settled paper ballots become records: through the engine, sealed for the office, in batches of this computer's named
//! device, and sent to the receiver like any other.

use super::opening::group_name;
use super::work::{Work, key, sealed_key};
use crate::batch::{Crypto, seal_record, sign_batch};
use crate::browser::crypto::Web;
use crate::browser::device::Device;
use crate::browser::keeper::Keeper;
use crate::browser::locks::{self, Ask, Lock};
use crate::browser::net;
use crate::hall::{From, Outcome, Place, SPOILED, Sheet, Way, paper_record};
use crate::outbox::{self, Changes, Closed, Verdict, View};
use crate::plan::Digest;
use crate::ui::office::intake;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, hall as words, office};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// What the batches of this computer are said to come from.
pub const ORIGIN: &str = "paper entry";

/// What went wrong, and with which paper.
#[derive(Clone)]
enum Trouble {
    Said(Words),
    Paper(Words, Place),
}

/// `Err(None)`: the desk says why.
type Done = Result<(), Option<Trouble>>;

fn said(words: Words) -> Option<Trouble> {
    Some(Trouble::Said(words))
}

/// Who seals paper of a ballot, or closes it: one at a time, in whatever window, and also after the page was left. None where
/// the browser has no locks.
pub async fn alone(id: &str) -> Option<Lock> {
    locks::acquire(&["minping-paper-", id].concat(), Ask::Wait).await
}

pub fn sealing(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let id = StoredValue::new(id);
    let fault = RwSignal::new(None::<Trouble>);
    let receivers = work.plan().is_some_and(|plan| !plan.receivers.is_empty());
    let busy = RwSignal::new(false);
    let counts = move || {
        let kept = work.kept(&id.get_value());
        let papers = work.papers(&id.get_value());
        let sealed = kept.as_ref().map_or(0, |kept| kept.sealed.len());
        let fresh = papers
            .settled()
            .filter(|(place, _)| kept.as_ref().is_some_and(|kept| !kept.sealed.contains_key(*place)))
            .count();
        let (unsent, waiting) = kept.map_or((0, 0), |kept| (kept.unsent.len(), kept.waiting.len()));
        [fresh, sealed, papers.differing().len(), unsent, waiting]
    };
    let counts = Memo::new(move |_| {
        work.desk.stirred.track();
        counts()
    });
    // What is sealed and in no batch, or not sent, is work too.
    let idle =
        move |[fresh, _, _, unsent, waiting]: [usize; 5]| fresh == 0 && waiting == 0 && (unsent == 0 || !receivers);
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
                <p class="banner warn">{
                    let told = if receivers { words::UNSENT } else { words::UNSENT_NOBODY };
                    told.count(shell.language.get(), &[counts.get()[3]])
                }</p>
            })}
            {move || (counts.get()[4] > 0).then(|| view! {
                <p class="banner warn">{words::WAITING.count(shell.language.get(), &[counts.get()[4]])}</p>
            })}
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{told(work, &fault, shell.language.get())}</p> })}
            <div class="row">
                <button type="button" class="button primary" on:click=run
                    disabled=move || busy.get() || idle(counts.get())>{t(words::SEAL)}</button>
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

fn told(work: Work, trouble: &Trouble, language: Language) -> String {
    match trouble {
        Trouble::Said(words) => words.of(language).to_owned(),
        Trouble::Paper(words, (group, number)) => {
            let group = work.plan().map_or_else(|| group.clone(), |plan| group_name(&plan, group, language));
            words.fill(language, &[&group, &number.to_string()])
        }
    }
}

/// Seals what is settled, hands it over in batches, and sends what was not sent.
async fn seal_all(work: Work, id: &str) -> Done {
    let _alone = alone(id).await;
    let desk = work.desk;
    let keeper = desk.keeper();
    let Some(chosen) = desk.chosen.get_untracked() else { return Err(said(office::PLAN_NONE)) };
    // As it is now: another window may have sealed since this one looked.
    let Some(kept) = work.fresh(id) else { return Err(None) };
    if kept.protocol.is_some() {
        return Err(said(words::SEAL_CLOSED));
    }
    let ballot = &kept.ballot;
    let device = Device::open_paper(id).await.map_err(|_| said(words::NO_DEVICE))?;
    if ballot.paper.as_ref() != Some(&device.id) {
        return Err(said(words::OTHER_COMPUTER));
    }
    let sheet = Sheet::of(&chosen.plan, &ballot.questionnaire).map_err(|_| said(words::NO_SHEET))?;
    let mut trouble = None;
    let places: Vec<Place> = work.papers(id).settled().map(|(place, _)| place.clone()).collect();
    for place in places {
        let sealed = sealed_key(id, &place);
        let now = || work.settled(id, &place).filter(|_| keeper.get(&sealed).is_none());
        let Some(slip) = now() else { continue };
        let mut random = [0; 16];
        Web.random(&mut random).map_err(|_| said(office::CRYPTO_FAILED))?;
        let record_id = {
            use base64ct::{Base64UrlUnpadded, Encoding};
            Base64UrlUnpadded::encode_string(&random)
        };
        let closed = Closed { id: &record_id, plan: &chosen.reference, round: &ballot.round, link: None };
        let mut changes = if slip.spoiled {
            outbox::void(&keeper, closed, SPOILED)
        } else {
            let from = From {
                plan: &chosen.plan,
                reference: &chosen.reference,
                round: &ballot.round,
                questionnaire: &ballot.questionnaire,
                rater_group: &place.0,
            };
            let host = &crate::browser::host::FULL;
            let Ok(record) = paper_record(from, &sheet, &slip, record_id.clone(), host) else {
                // The others are no worse for it.
                trouble = Some(Trouble::Paper(words::NO_RECORD, place));
                continue;
            };
            let text = if chosen.plan.privacy.seal {
                let keys = chosen.plan.keys.as_ref().map_or(&[][..], |keys| &keys.seal);
                seal_record(&Web, keys, &record).await.map_err(|_| said(office::CRYPTO_FAILED))?
            } else {
                record.encode()
            };
            outbox::seal(&keeper, closed, &text)
        };
        // Somebody reads it again meanwhile: it is settled anew before it is sealed.
        if now().as_ref() != Some(&slip) {
            continue;
        }
        // In one step: a ballot is sealed once. Which record it became is not written down; only that the record is this
        // ballot's, until it is in a batch.
        changes.push((sealed, Some(Outcome::of(&slip).encode())));
        changes.push((record_key(id, &record_id), Some("1".to_owned())));
        if !desk.keep(changes).await {
            return Err(None);
        }
    }
    hand_over(work, id, &ballot.round, &chosen.reference.digest, &device).await?;
    work.read();
    send(work, id).await?;
    trouble.map_or(Ok(()), |trouble| Err(Some(trouble)))
}

fn record_key(id: &str, record: &str) -> String {
    key(id, &["record/", record].concat())
}

/// What is kept, without sealed records of other ballots: each ballot's paper is signed by a key of its own.
struct Own<'a> {
    keeper: &'a Keeper,
    records: &'a BTreeSet<String>,
}

impl View for Own<'_> {
    fn body(&self, key: &str) -> Option<String> {
        self.keeper.body(key)
    }

    fn each(&self, prefix: &str, f: &mut dyn FnMut(&str, &str)) {
        self.keeper.each(prefix, &mut |key, body| {
            if key.strip_prefix(outbox::SEALED).is_none_or(|record| self.records.contains(record)) {
                f(key, body);
            }
        });
    }
}

/// Batches of everything of this ballot that is sealed and in no batch, also of what a killed browser left.
async fn hand_over(work: Work, id: &str, round: &str, plan: &Digest, device: &Device) -> Done {
    let desk = work.desk;
    loop {
        let Some(kept) = work.fresh(id) else { return Err(None) };
        let own = Own { keeper: &desk.keeper(), records: &kept.waiting };
        let parcel = outbox::hand_over(&own, plan, round, &device.id);
        let Some(parcel) = parcel.map_err(|_| said(words::CHAIN_UNREADABLE))? else { return Ok(()) };
        let signed = sign_batch(&Web, &device.key, &device.public, parcel.draft.clone())
            .await
            .map_err(|_| said(office::CRYPTO_FAILED))?;
        let mut changes = Changes::new();
        // The office keeps its batches in a form of its own.
        let batch = [outbox::BATCH, signed.digest.as_str()].concat();
        for (name, body) in outbox::store_batch(&parcel, &signed) {
            if let Some(record) = name.strip_prefix(outbox::SEALED) {
                changes.push((record_key(id, record), None));
            }
            let body = if name == batch { Some([ORIGIN, "\n", &signed.text].concat()) } else { body };
            changes.push((name, body));
        }
        changes.push((key(id, &["unsent/", signed.digest.as_str()].concat()), Some("1".to_owned())));
        if !work.keep(changes).await {
            return Err(None);
        }
        intake::take_made(desk, ORIGIN, &signed.text).await;
    }
}

/// Sends to the plan's receivers what none has acknowledged. Where the plan has none, the batches stay what they are: on this
/// computer only.
async fn send(work: Work, id: &str) -> Done {
    let desk = work.desk;
    let (Some(chosen), Some(kept)) = (desk.chosen.get_untracked(), work.fresh(id)) else { return Ok(()) };
    if chosen.plan.receivers.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> = chosen.plan.receivers.iter().map(|receiver| receiver.key.clone()).collect();
    let mut missing = false;
    for digest in kept.unsent {
        let Some(text) = intake::kept(desk, &digest) else {
            missing = true;
            continue;
        };
        let mut received = false;
        for receiver in &chosen.plan.receivers {
            let answer = net::upload(&receiver.url, &digest, &text).await;
            if matches!(outbox::judge(&Web, net::reply(&answer), &keys, &digest).await, Verdict::Received { .. }) {
                received = true;
                break;
            }
        }
        if !received {
            return Err(said(words::NOT_SENT));
        }
        if !work.keep(vec![(key(id, &["unsent/", digest.as_str()].concat()), None)]).await {
            return Err(None);
        }
    }
    if missing { Err(said(words::UNSENT_MISSING)) } else { Ok(()) }
}
