//! The batches of one plan: to be sent, carried as files, or received.

use super::save_words;
use super::when::on_day;
use crate::browser::clock;
use crate::browser::files::{self, Shared};
use crate::outbox::{self, Changes, Handed, State};
use crate::plan::Digest;
use crate::ui::courier::{Tried, use_courier};
use crate::ui::device::{Device, use_device};
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Language, Words, field as words, shell as shell_words, stock as stock_words};
use leptos::{prelude::*, task::spawn_local};

pub const KIND: &str = "application/jose";

type Failure = RwSignal<Option<Words>>;

pub fn batches(digest: Digest, sends: bool) -> AnyView {
    let (device, shell, courier) = (use_device(), use_shell(), use_courier());
    let confirming: RwSignal<Option<Digest>> = RwSignal::new(None);
    let open = RwSignal::new(false);
    // What could not be saved, handed on or written down, until the next thing that can.
    let failure: Failure = RwSignal::new(None);
    Effect::new(move |_| {
        if confirming.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        // Only a change is written: the two effects would wake each other for ever.
        if !open.get() && confirming.with_untracked(Option::is_some) {
            confirming.set(None);
        }
    });
    let list = move || {
        let language = shell.language.get();
        let ours = outbox::handed(&device.track()).into_iter().filter(|one| one.plan.digest == digest);
        let (done, mut under_way): (Vec<Handed>, Vec<Handed>) = ours.partition(is_done);
        under_way.sort_by_key(|one| one.seq);
        let count = done.len();
        let show = |list: Vec<Handed>| -> Vec<AnyView> {
            list.into_iter().map(|one| row(one, sends, confirming, failure, language)).collect()
        };
        let mut done = done;
        done.sort_by_key(|one| std::cmp::Reverse(one.seq));
        let (under_way, done) = (show(under_way), show(done));
        view! {
            {(!under_way.is_empty()).then(|| view! { <ul class="list">{under_way}</ul> })}
            {(count > 0).then(|| view! {
                <details class="stack">
                    <summary class="reveal">{words::STATE_RECEIVED.of(language)} " · " {count}</summary>
                    <ul class="list">{done}</ul>
                </details>
            })}
        }
        .into_any()
    };
    let yes = move |_| {
        let Some(digest) = confirming.get_untracked() else { return };
        open.set(false);
        change(device, failure, &digest, |one| outbox::keep_export(one, u64::try_from(clock::now()).unwrap_or(0)));
        courier.wake();
    };
    view! {
        {list}
        <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{t(why)}</p> })}</div>
        <Dialog open title=Signal::derive(move || words::CONFIRM_TITLE.of(shell.language.get()).to_owned())>
            <p>{t(words::CONFIRM_TEXT)}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button primary" on:click=yes>{t(words::CONFIRM_YES)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// In the office's hands for certain.
fn is_done(one: &Handed) -> bool {
    matches!(one.state, State::Received { .. })
}

/// One step about a batch, from what the store holds now.
fn change(device: Device, failure: Failure, digest: &Digest, step: impl Fn(&Handed) -> Changes) {
    let handed = outbox::handed(&device.keeper());
    // Gone: it was received or discarded meanwhile, in this tab or another.
    let Some(one) = handed.iter().find(|one| one.digest == *digest) else { return };
    let changes = step(one);
    spawn_local(async move {
        let failed = device.commit(changes).await.err().map(|error| save_words(&error));
        let _ = failure.try_set(failed);
    });
}

fn row(
    one: Handed,
    sends: bool,
    confirming: RwSignal<Option<Digest>>,
    failure: Failure,
    language: Language,
) -> AnyView {
    let (device, courier) = (use_device(), use_courier());
    let name = match one.seq {
        0 => words::BATCH_BY_LINK.of(language).to_owned(),
        seq => words::BATCH.fill(language, &[&seq.to_string()]),
    };
    let counts = words::BATCH_RECORDS.fill(language, &[&one.records.to_string(), &one.voided.to_string()]);
    let (class, state) = match &one.state {
        _ if one.refusal.is_some() && !is_done(&one) => ("tag bad", words::STATE_REFUSED),
        State::Waiting if sends => ("tag warn", words::STATE_WAITING),
        State::Waiting => ("tag warn", words::STATE_WAITING_FILE),
        State::Exported { .. } => ("tag good", words::STATE_EXPORTED),
        State::Received { .. } => ("tag good", words::STATE_RECEIVED),
    };
    let refused = one.refusal.as_ref().filter(|_| !is_done(&one)).map(|refusal| {
        let mut why = refusal.status.to_string();
        if !refusal.code.is_empty() {
            why.push_str(", ");
            why.push_str(&refusal.code);
        }
        words::REFUSED_WHY.fill(language, &[&why])
    });
    let again = refused.is_some().then(|| {
        let digest = one.digest.clone();
        let again = move |_| {
            change(device, failure, &digest, outbox::try_again);
            courier.wake();
        };
        view! { <button type="button" class="button" on:click=again>{words::TRY_AGAIN.of(language)}</button> }
    });
    // Sending again clears a refusal; what only waits is put before the others.
    let now = (sends && one.held && one.refusal.is_none() && !is_done(&one)).then(|| {
        let digest = one.digest.clone();
        let send = move |_| courier.send_first(&digest);
        view! { <button type="button" class="button send-one" on:click=send>{stock_words::SEND_ONE.of(language)}</button> }
    });
    let said = {
        let digest = one.digest.clone();
        // The receipt may have come another way meanwhile.
        let open = one.still_waits();
        move || {
            let tried = courier.tried.with(|known| known.get(digest.as_str()).copied()).filter(|_| open)?;
            let text = match tried {
                Tried::NoAnswer => stock_words::SAID_NOTHING.of(language).to_owned(),
                Tried::Status(status) => stock_words::SAID_STATUS.fill(language, &[&status.to_string()]),
                Tried::NoReceipt => stock_words::SAID_NO_RECEIPT.of(language).to_owned(),
            };
            Some(view! { <p class="hint small said">{text}</p> })
        }
    };
    // The day, and no more: whoever looks over a shoulder need not learn when somebody answered.
    let day = match one.state {
        State::Exported { at } | State::Received { at } => [" · ", &on_day(at, language)].concat(),
        State::Waiting => String::new(),
    };
    let carried = one.carried.then(|| view! { " " <span class="tag">{stock_words::FOR_ANOTHER.of(language)}</span> });
    let freed = (!one.held).then(|| view! { <span class="hint small">{words::FREED.of(language)}</span> });
    let file = one.held.then(|| file_buttons(&one, confirming, failure, language));
    view! {
        <li class="list-row">
            <div class="grow">
                <p>{name} " " <span class=class>{state.of(language)}</span> {carried}</p>
                <p class="hint small">{counts} " · " <span class="mono">{one.digest.short().to_owned()}</span> {day}</p>
                {said}
                {refused.map(|text| view! { <p class="error">{text}</p> })}
                {freed}
            </div>
            <div class="row no-print">{again} {now} {file}</div>
        </li>
    }
    .into_any()
}

/// What a batch is called as a file.
pub fn file_name(one: &Handed) -> String {
    ["minping-", &one.plan.id, "-", &one.seq.to_string(), "-", one.digest.short(), ".minping"].concat()
}

/// The batch as a file; a resident's or a canvasser's, it is carried in the same way.
fn file_buttons(one: &Handed, confirming: RwSignal<Option<Digest>>, failure: Failure, language: Language) -> AnyView {
    let device = use_device();
    let name = file_name(one);
    let digest = one.digest.clone();
    let text = move || outbox::read_batch(&device.keeper(), &digest);
    let save = {
        let (name, text) = (name.clone(), text.clone());
        move |_| {
            let done = text().is_some_and(|text| files::download(&name, &text, KIND));
            failure.set((!done).then_some(words::FILE_FAILED));
        }
    };
    let share = files::can_share(&name, KIND).then(|| {
        let share = move |_| {
            let (name, text) = (name.clone(), text());
            spawn_local(async move {
                let done = match text {
                    Some(text) => files::share(&name, &text, KIND, &name).await != Shared::Impossible,
                    None => false,
                };
                let _ = failure.try_set((!done).then_some(words::FILE_FAILED));
            });
        };
        view! { <button type="button" class="button" on:click=share>{words::SHARE_FILE.of(language)}</button> }
    });
    let confirm = matches!(one.state, State::Waiting).then(|| {
        let digest = one.digest.clone();
        view! {
            <button type="button" class="button quiet" on:click=move |_| confirming.set(Some(digest.clone()))>
                {words::CONFIRM_EXPORT.of(language)}
            </button>
        }
    });
    view! {
        <button type="button" class="button" on:click=save>{words::SAVE_FILE.of(language)}</button>
        {share}
        {confirm}
    }
    .into_any()
}
