//! Batches to another tablet and from it, and the receipts back.

use super::super::batches::{KIND, file_name};
use super::super::save_words;
use super::super::when::today;
use crate::batch::{Admission, BatchError, ReceiptError, Trust, verify_batch, verify_receipt};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::browser::files::{self, Pick, Shared};
use crate::browser::keeper::SaveError;
use crate::outbox;
use crate::plan::{Digest, PublicKey};
use crate::session::PlanRef;
use crate::ui::courier::use_courier;
use crate::ui::device::{Device, use_device};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, field as field_words, stock as words, version as version_words};
use leptos::{prelude::*, task::spawn_local};

/// Browsers drop downloads that come all at once.
const BETWEEN: i32 = 250;

pub fn part() -> AnyView {
    let (device, shell, courier) = (use_device(), use_shell(), use_courier());
    // What happened, and whether it went well.
    let told: RwSignal<Option<(bool, String)>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let waiting = Memo::new(move |_| waiting(device).len());
    let settle = move |well: bool, text: String| {
        let _ = told.try_set(Some((well, text)));
        let _ = busy.try_set(false);
    };
    let save = move |_| {
        busy.set(true);
        spawn_local(async move {
            let language = shell.language.get_untracked();
            let (mut saved, mut failed) = (0, false);
            for (name, text) in waiting_files(device) {
                if saved > 0 {
                    clock::sleep(BETWEEN).await;
                }
                match files::download(&name, &text, KIND) {
                    true => saved += 1,
                    false => failed = true,
                }
            }
            match failed {
                true => settle(false, field_words::FILE_FAILED.of(language).to_owned()),
                false => settle(true, words::FILES_SAVED.count(language, &[saved])),
            }
        });
    };
    let can_share = files::can_share("minping-1.minping", KIND);
    let share = move |_| {
        let files = waiting_files(device);
        spawn_local(async move {
            if files::share_all(&files, KIND, "Minping").await == Shared::Impossible {
                settle(false, field_words::FILE_FAILED.of(shell.language.get_untracked()).to_owned());
            }
        });
    };
    let take = move |_| {
        spawn_local(async move {
            let picked = files::pick(Pick::Several, ".minping").await;
            if picked.is_empty() {
                return;
            }
            let _ = busy.try_set(true);
            let (well, text) = take_in(device, picked, shell.language.get_untracked()).await;
            settle(well, text);
            courier.wake();
        });
    };
    let receipts = Memo::new(move |_| outbox::receipts(&device.track()));
    let give = move |_| {
        let name = ["minping-", &today(), ".minping-receipts"].concat();
        let language = shell.language.get_untracked();
        if files::download(&name, &receipts.get_untracked(), KIND) {
            settle(true, words::FILES_SAVED.count(language, &[1]));
        } else {
            settle(false, field_words::FILE_FAILED.of(language).to_owned());
        }
    };
    let take_receipts = move |_| {
        spawn_local(async move {
            let Some(picked) = files::pick(Pick::One, ".minping-receipts").await.into_iter().next() else { return };
            let _ = busy.try_set(true);
            let text = picked.text.unwrap_or_default();
            let (well, text) = take_in_receipts(device, &text, shell.language.get_untracked()).await;
            settle(well, text);
        });
    };
    let number = move |text: Words| move || text.count(shell.language.get(), &[waiting.get()]);
    view! {
        <section class="card stack no-print carry" aria-labelledby="carry">
            <h2 id="carry">{t(words::CARRY)}</h2>
            <p class="hint">{t(words::CARRY_TEXT)}</p>
            <Show when=move || { waiting.get() > 0 } fallback=|| view! { <p class="hint">{t(words::CARRY_NONE)}</p> }>
                <div class="row">
                    <button type="button" class="button" disabled=move || busy.get() on:click=save>{number(words::CARRY_OUT)}</button>
                    {can_share.then(|| view! {
                        <button type="button" class="button" on:click=share>{number(words::CARRY_SHARE)}</button>
                    })}
                </div>
            </Show>
            <div class="row">
                <button type="button" class="button" disabled=move || busy.get() on:click=take>{t(words::CARRY_IN)}"…"</button>
                <Show when=move || receipts.with(|text| !text.is_empty())>
                    <button type="button" class="button" on:click=give>{t(words::RECEIPTS_OUT)}</button>
                </Show>
                <Show when=move || { waiting.get() > 0 }>
                    <button type="button" class="button quiet" disabled=move || busy.get() on:click=take_receipts>
                        {t(words::RECEIPTS_IN)}"…"
                    </button>
                </Show>
            </div>
            <div role="status">{move || told.get().map(|(well, text)| view! {
                <p class=if well { "banner good" } else { "banner warn" }>{text}</p>
            })}</div>
        </section>
    }
    .into_any()
}

/// Batches that are here and have no receipt.
fn waiting(device: Device) -> Vec<outbox::Handed> {
    let mut list = outbox::handed(&device.track());
    list.retain(outbox::Handed::still_waits);
    list
}

fn waiting_files(device: Device) -> Vec<(String, String)> {
    let keeper = device.keeper();
    let files = untrack(|| waiting(device)).into_iter();
    files.filter_map(|one| Some((file_name(&one), outbox::read_batch(&keeper, &one.digest)?))).collect()
}

/// Takes in what is a whole batch, signed by whoever: only the office knows its devices. Nothing in it is changed.
async fn take_in(device: Device, picked: Vec<files::Picked>, language: Language) -> (bool, String) {
    let nobody = PlanRef { id: String::new(), version: String::new(), digest: Digest(String::new()) };
    let trust = Trust { plan: &nobody, rounds: Vec::new(), office: &[], roster: None };
    let (mut taken, mut known, mut others) = (0, 0, 0);
    let mut told = Vec::new();
    let mut plans: Vec<Digest> = Vec::new();
    for file in picked {
        let text = file.text.unwrap_or_default();
        let batch = match verify_batch(&Web, &text, &trust).await {
            Ok(Admission::Admitted(batch)) => batch.into_inner(),
            Ok(Admission::Quarantined(batch, _)) => *batch,
            // One of ours by its name was cut off on its way.
            Err(BatchError::NotABatch) if !file.name.ends_with(".minping") => {
                others += 1;
                continue;
            }
            Err(_) => {
                told.push(words::CARRIED_CHANGED.fill(language, &[&file.name]));
                continue;
            }
        };
        match outbox::carry(&device.keeper(), &batch, &text) {
            None => known += 1,
            Some(changes) => match device.commit(changes).await {
                Ok(_) => {
                    taken += 1;
                    if !plans.contains(&batch.plan.digest) {
                        plans.push(batch.plan.digest.clone());
                    }
                }
                Err(error) => told.push(not_kept(&error, language)),
            },
        }
    }
    told.insert(0, words::CARRIED.count(language, &[taken, known, others]));
    fetch(device, plans).await;
    (told.len() == 1 && others == 0, told.join(" "))
}

fn not_kept(error: &SaveError, language: Language) -> String {
    version_words::NOT_KEPT.fill(language, &[save_words(error).of(language)])
}

/// Where a batch goes stands in its plan: those that are not here are fetched, if the site has them.
async fn fetch(device: Device, mut plans: Vec<Digest>) {
    plans.retain(|digest| !device.has_plan(digest));
    if plans.is_empty() {
        return;
    }
    let list = match device.fetch_list().await {
        Ok(list) => list,
        Err(_) => device.kept_list().unwrap_or_default(),
    };
    for plan in list.iter().filter(|plan| plans.contains(&plan.digest)) {
        let _ = device.fetch_plan(&plan.file, &plan.digest).await;
    }
}

/// Verifies each receipt with the keys that the batch's own plan names, and keeps it.
async fn take_in_receipts(device: Device, text: &str, language: Language) -> (bool, String) {
    let now = u64::try_from(clock::now()).unwrap_or(0);
    let keys_of = |plan: &Digest| -> Vec<PublicKey> {
        let plan = device.kept_plan(plan);
        plan.map_or(Vec::new(), |plan| plan.receivers.iter().map(|receiver| receiver.key.clone()).collect())
    };
    let all: Vec<PublicKey> = device.kept_plans().iter().flat_map(keys_of).collect();
    let (mut taken, mut known, mut foreign) = (0, 0, 0);
    for line in outbox::receipt_lines(text) {
        // Which batch it is for is only known when its signature holds.
        let Err(ReceiptError::OtherBatch(digest)) = verify_receipt(&Web, line, &all, &Digest(String::new())).await
        else {
            foreign += 1;
            continue;
        };
        let Some(one) = outbox::waits_for(&device.keeper(), &digest) else {
            let here = outbox::handed(&device.keeper()).iter().any(|one| one.digest == digest);
            *(if here { &mut known } else { &mut foreign }) += 1;
            continue;
        };
        if verify_receipt(&Web, line, &keys_of(&one.plan.digest), &digest).await.is_err() {
            foreign += 1;
            continue;
        }
        match device.commit(outbox::keep_receipt(&one, line, now)).await {
            Ok(_) => taken += 1,
            Err(error) => return (false, not_kept(&error, language)),
        }
    }
    (taken > 0 && foreign == 0, words::RECEIPTS_TAKEN.count(language, &[taken, known, foreign]))
}
