use super::super::batches::batches;
use super::super::health::HealthLine;
use super::super::{href, plan_route};
use super::{carry, list, title};
use crate::browser::net;
use crate::outbox::{self, Handed, State};
use crate::plan::Digest;
use crate::session::{Draft, PlanRef};
use crate::store::DRAFT;
use crate::ui::courier::{Sending, Tried, use_courier};
use crate::ui::device::{Device, use_device};
use crate::ui::shell::{focus_heading, t, use_shell};
use crate::ui::words::{Language, Words, field as field_words, shell as shell_words, stock as words};
use leptos::{prelude::*, task::spawn_local};

pub fn page() -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    Effect::new(move |_| shell.title(words::TITLE.of(shell.language.get())));
    request_animation_frame(focus_heading);
    // Made anew when plans come or go, and not with each batch: what somebody is pressing stays where it is.
    let plans = Memo::new(move |_| plans(device));
    view! {
        <div class="page stack loose stock">
            <div class="stack tight no-print">
                <p class="back"><a class="button quiet" href="#/">"← " {t(shell_words::HOME)}</a></p>
                <h1>{t(words::TITLE)}</h1>
                <p class="hint">{t(words::TEXT)}</p>
            </div>
            {move || tiles(device, shell.language.get())}
            {sending(device)}
            {move || {
                let language = shell.language.get();
                let list = plans.get();
                if list.is_empty() {
                    return view! { <p class="empty no-print">{words::NOTHING.of(language)}</p> }.into_any();
                }
                list.into_iter().map(|(plan, here)| of_plan(device, plan, here, language)).collect_view().into_any()
            }}
            {carry::part()}
            {list::part()}
            <p class="no-print"><a class="button wide" href="#/leave">{t(words::LEAVE)}</a></p>
            <div class="no-print"><HealthLine/></div>
        </div>
    }
    .into_any()
}

/// Every plan of which something is here, or was handed over; and whether the plan itself is here.
fn plans(device: Device) -> Vec<(PlanRef, bool)> {
    let list = outbox::sent_list(&device.track(), None);
    list.plans.into_iter().map(|plan| (plan.plan.clone(), device.has_plan(&plan.plan.digest))).collect()
}

/// Whether there is anybody to send a plan's batches to.
fn sends(device: Device, plan: &Digest) -> bool {
    device.kept_plan(plan).is_some_and(|plan| !plan.receivers.is_empty())
}

fn tiles(device: Device, language: Language) -> AnyView {
    let keeper = device.track();
    let handed = outbox::handed(&keeper);
    let courier = use_courier();
    let unfinished = keeper.list(DRAFT).len();
    let sum = outbox::summarize(&keeper, None);
    let unconfirmed = courier.tried.with(|tried| {
        handed
            .iter()
            .filter(|one| one.still_waits() && tried.get(one.digest.as_str()) == Some(&Tried::NoReceipt))
            .count()
    });
    let batches = |of: &dyn Fn(&Handed) -> bool| {
        let found: Vec<&Handed> = handed.iter().filter(|one| of(one)).collect();
        let records: u64 = found.iter().map(|one| one.records).sum();
        (found.len(), usize::try_from(records).unwrap_or(usize::MAX))
    };
    let received = |one: &Handed| matches!(one.state, State::Received { .. });
    let waiting = batches(&|one| one.state == State::Waiting && one.refusal.is_none());
    let exported = batches(&|one| matches!(one.state, State::Exported { .. }));
    let refused = batches(&|one| one.refusal.is_some() && !received(one));
    let done = batches(&received);
    let tile = |name: Words, value: String, class: &'static str| {
        view! { <div class=class><dt>{name.of(language)}</dt><dd>{value}</dd></div> }
    };
    let of_batches = |name: Words, (batches, records): (usize, usize), class: &'static str| {
        let class = if batches == 0 { "tile" } else { class };
        tile(name, words::BATCHES_RECORDS.count(language, &[batches, records]), class)
    };
    let plain =
        |name: Words, count: usize| tile(name, count.to_string(), if count == 0 { "tile" } else { "tile warn" });
    view! {
        <dl class="tiles no-print">
            {plain(words::UNFINISHED, unfinished)}
            {plain(words::READY, sum.sealed + sum.voided)}
            {of_batches(words::IN_BATCH, waiting, "tile warn")}
            {(unconfirmed > 0).then(|| plain(words::UNCONFIRMED, unconfirmed))}
            {(exported.0 > 0).then(|| of_batches(words::EXPORTED, exported, "tile good"))}
            {(refused.0 > 0).then(|| of_batches(words::REFUSED, refused, "tile bad"))}
            {of_batches(words::RECEIVED, done, "tile good")}
        </dl>
    }
    .into_any()
}

/// How the sending goes, and all of it again.
fn sending(device: Device) -> AnyView {
    let (courier, shell) = (use_courier(), use_shell());
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let waiting = Memo::new(move |_| {
        let handed = outbox::handed(&device.track());
        let open = |one: &&Handed| one.still_waits();
        let open: Vec<Handed> =
            handed.iter().filter(open).filter(|one| sends(device, &one.plan.digest)).cloned().collect();
        (open.len(), open.iter().filter(|one| one.refusal.is_some()).count())
    });
    let all = move |_| {
        spawn_local(async move {
            // What was refused is tried again as well: that is what "all" says.
            let handed = outbox::handed(&device.keeper());
            let again: outbox::Changes = handed.iter().flat_map(outbox::try_again).collect();
            if !again.is_empty()
                && let Err(error) = device.commit(again).await
            {
                let _ = failure.try_set(Some(super::super::save_words(&error)));
                return;
            }
            let _ = failure.try_set(None);
            courier.wake();
        });
    };
    let told = move || {
        let language = shell.language.get();
        let (open, refused) = waiting.get();
        let (class, text) = match courier.state.get() {
            _ if open == 0 => return view! { <p class="hint">{words::ALL_DONE.of(language)}</p> }.into_any(),
            Sending::Busy => {
                let (at, of) = courier.progress.get();
                ("banner", words::PROGRESS.count(language, &[at, of]))
            }
            _ if open == refused => ("banner bad", field_words::STATE_REFUSED.of(language).to_owned()),
            _ if !net::online() => ("banner warn", field_words::SEND_OFFLINE.of(language).to_owned()),
            _ => ("banner warn", field_words::SEND_WAITING.of(language).to_owned()),
        };
        view! { <p class=class>{text}</p> }.into_any()
    };
    view! {
        <section class="stack no-print">
            <div role="status">{told}</div>
            <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{t(why)}</p> })}</div>
            <Show when=move || { waiting.get().0 > 0 }>
                <p><button type="button" class="button primary send-all" on:click=all
                    disabled=move || courier.state.get() == Sending::Busy>{t(words::SEND_ALL)}</button></p>
            </Show>
        </section>
    }
    .into_any()
}

fn of_plan(device: Device, plan: PlanRef, here: bool, language: Language) -> AnyView {
    let name = title(device, &plan, language);
    let digest = plan.digest.clone();
    let route = href(&plan_route(&digest));
    let left = {
        let digest = digest.clone();
        move || {
            let keeper = device.track();
            let sum = outbox::summarize(&keeper, Some(&digest));
            let mut open = 0;
            for (_, body) in keeper.list(DRAFT) {
                open += usize::from(Draft::parse(&body).is_ok_and(|draft| draft.opening.plan.digest == digest));
            }
            let ready = sum.sealed + sum.voided;
            let lines = [(words::PACK_HERE, ready), (words::OPEN_HERE, open)];
            let lines = lines.into_iter().filter(|(_, count)| *count > 0);
            lines
                .map(|(text, count)| {
                    view! { <p><a href=route.clone()>{text.count(language, &[count])}</a></p> }
                })
                .collect_view()
                .into_any()
        }
    };
    let sends = sends(device, &digest);
    view! {
        <section class="card stack no-print">
            <h2>{name}</h2>
            {(!here).then(|| view! { <p class="banner warn">{words::NO_PLAN.of(language)}</p> })}
            {left}
            {batches(digest, sends)}
        </section>
    }
    .into_any()
}
