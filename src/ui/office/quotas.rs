//! How full the quotas of the plan are, and the signed standing for devices.

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::faults::Fault;
use super::parts::{Choice, Heading, said};
use super::shown::table;
use super::standing::WithKeys;
use crate::batch::{quotas_file, sign_quotas};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::ledger::Filled;
use crate::report::{Table, quotas_table};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, quota as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const FILE_KIND: &str = "application/jose";

#[component]
pub fn QuotasPage() -> impl IntoView {
    let desk = use_desk();
    let has = Memo::new(move |_| {
        desk.chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| !chosen.plan.cells().is_empty()))
    });
    view! {
        <section class="stack">
            <Heading title=words::PAGE_TITLE text=words::PAGE_TEXT/>
            <WithPlan>
                <Show when=move || has.get() fallback=|| view! {
                    <div class="empty stack">
                        <h2>{t(words::NO_QUOTAS)}</h2>
                        <p>{t(words::NO_QUOTAS_TEXT)}</p>
                    </div>
                }>
                    <Progress/>
                    <WithKeys><Sign/></WithKeys>
                </Show>
            </WithPlan>
        </section>
    }
}

/// The table of one round.
#[component]
fn Progress() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let rounds = Signal::derive_local(move || {
        let language = shell.language.get();
        desk.chosen.with(|chosen| {
            let Some(chosen) = chosen else { return Vec::new() };
            let named = |round: &crate::plan::Round| (round.id.clone(), said(&round.label, language, &chosen.plan));
            chosen.plan.rounds.iter().map(named).collect()
        })
    });
    let newest = desk.chosen.with_untracked(|chosen| {
        chosen.as_ref().and_then(|chosen| chosen.plan.rounds.last()).map_or(String::new(), |round| round.id.clone())
    });
    let round = RwSignal::new(newest);
    let waiting = move || {
        desk.turned.track();
        desk.ledger.with_value(|ledger| ledger.as_ref().map_or(0, crate::ledger::Ledger::waiting))
    };
    let save = move |_| {
        if let Some(made) = round.with_untracked(|round| made(desk, round, shell.language.get_untracked())) {
            let plan = desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.id.clone()));
            desk.save(&[&plan.unwrap_or_default(), "-quotas.csv"].concat(), &made.to_csv(), "text/csv");
        }
    };
    view! {
        <Show when=move || rounds.with(|rounds| rounds.len() > 1)>
            <Choice label=words::ROUND options=rounds value=round/>
        </Show>
        {move || (waiting() > 0).then(|| view! {
            <p class="banner warn">{words::SEALED.count(shell.language.get(), &[waiting()])}</p>
        })}
        {move || {
            desk.turned.track();
            let language = shell.language.get();
            let made = round.with(|round| made(desk, round, language));
            made.map(|made| table(&made, words::PAGE_TITLE.of(language), language))
        }}
        <div class="row no-print">
            <button type="button" class="button" on:click=save>{t(words::SAVE_CSV)}</button>
        </div>
    }
}

fn made(desk: Desk, round: &str, language: Language) -> Option<Table> {
    desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        let plan = ledger.codebook().plan();
        let at = plan.rounds.iter().position(|known| known.id == round)?;
        let filled = Filled::of(ledger.codebook(), ledger.account().counted.iter().copied());
        Some(quotas_table(plan, &filled, &[at], language))
    })
}

/// The standing as devices are told it.
#[component]
fn Sign() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let signed = RwSignal::new(None::<String>);
    let about = desk.chosen.with_untracked(|chosen| {
        chosen.as_ref().map(|chosen| (quotas_file(&chosen.reference), chosen.plan.privacy.smallest_cell))
    });
    let hint = move || {
        let (file, smallest) = about.as_ref()?;
        Some(words::SIGN_HINT.fill(shell.language.get(), &[file, &smallest.to_string()]))
    };
    let sign = move |_| {
        let (Some(keys), Some(chosen)) = (desk.keys.get_untracked(), desk.chosen.get_untracked()) else { return };
        let now = u64::try_from(clock::now()).unwrap_or(0) / 1000;
        let quotas =
            desk.ledger.with_value(|ledger| ledger.as_ref().map(|ledger| ledger.quotas(&ledger.account(), now)));
        let Some(quotas) = quotas else { return };
        spawn_local(async move {
            let secrets = &keys.secrets;
            let Ok(text) = sign_quotas(&Web, &secrets.sign, &secrets.sign_public, &quotas).await else {
                return desk.faults.tell(Fault::Crypto);
            };
            let file = quotas_file(&chosen.reference);
            let name = file.strip_prefix("plans/").unwrap_or(&file);
            desk.save(name, &text, FILE_KIND);
            signed.try_set(Some(name.to_owned()));
        });
    };
    view! {
        <div class="card stack no-print">
            <p>{hint}</p>
            <div class="row">
                <button type="button" class="button primary" on:click=sign>{t(words::SIGN)}</button>
            </div>
            <div role="status">{move || signed.get().map(|name| view! {
                <p class="banner good">{words::SIGNED.fill(shell.language.get(), &[&name])}</p>
            })}</div>
        </div>
    }
}
