//! Giving the device back: what is in no other hands yet and what to do about it; and only then the clearing.

use super::super::contacts::list_route;
use super::super::health::HealthLine;
use super::super::when::this_minute;
use super::super::{href, plan_route, save_words};
use super::{list, stray, title};
use crate::browser::clock;
use crate::browser::device::{Device as Key, DeviceError};
use crate::clearance::{self, Left, Standing};
use crate::plan::Digest;
use crate::ui::device::{CARD, Device, LEAVING, use_device};
use crate::ui::shell::{Dialog, focus_heading, t, use_shell};
use crate::ui::words::{Language, Words, field as field_words, shell as shell_words, stock as words};
use leptos::{prelude::*, task::spawn_local};

pub fn page() -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    Effect::new(move |_| shell.title(words::LEAVE.of(shell.language.get())));
    request_animation_frame(focus_heading);
    let id = RwSignal::new(None::<Digest>);
    spawn_local(async move {
        let _ = id.try_set(list::own_id(device).await);
    });
    let standing = Memo::new(move |_| {
        device.track();
        look(device, id.get().as_ref())
    });
    let cleared = RwSignal::new(None::<bool>);
    view! {
        <div class="page stack leave">
            <p class="back"><a class="button quiet" href="#/stock">"← " {t(words::TITLE)}</a></p>
            <h1>{t(words::LEAVE)}</h1>
            {move || match cleared.get() {
                Some(whole) => view! {
                    <div class="banner good stack tight" role="status">
                        <p><strong>{t(words::CLEARED)}</strong></p>
                        <p>{t(words::CLEARED_TEXT)}</p>
                    </div>
                    {(!whole).then(|| view! { <p class="banner warn">{t(words::CLEARED_BYTES)}</p> })}
                    <p><a class="button" href="#/">{t(shell_words::HOME)}</a></p>
                }.into_any(),
                None => view! {
                    <p class="hint">{t(words::LEAVE_TEXT)}</p>
                    {found(device, standing)}
                    {stray::part(device)}
                    {clearing(device, standing, id, cleared)}
                }.into_any(),
            }}
            <HealthLine/>
        </div>
    }
    .into_any()
}

fn look(device: Device, id: Option<&Digest>) -> Standing {
    let now = u64::try_from(clock::now()).unwrap_or(0);
    let retention = |digest: &Digest| device.kept_plan(digest).map(|plan| plan.privacy.retention_days);
    clearance::look(&device.keeper(), id, (now, &this_minute()), &retention)
}

fn found(device: Device, standing: Memo<Standing>) -> AnyView {
    let shell = use_shell();
    (move || {
        let language = shell.language.get();
        let standing = standing.get();
        let count = standing.left.len();
        let head = match count {
            0 => view! { <p class="banner good">{words::LEAVE_MAY.of(language)}</p> }.into_any(),
            some => view! { <p class="banner warn">{words::LEAVE_NOT_YET.count(language, &[some])}</p> }.into_any(),
        };
        let notes = [
            (words::NOTE_RECEIVED, standing.received),
            (words::NOTE_EXPORTED, standing.exported),
            (words::NOTE_EARLY, standing.early),
            (words::NOTE_UNKNOWN, standing.unknown),
        ];
        let notes = notes.into_iter().filter(|(_, count)| *count > 0);
        view! {
            <section class="stack" aria-labelledby="leave-found">
                <h2 id="leave-found">{words::LEAVE_LOOK.of(language)}</h2>
                <div role="status">{head}</div>
                <ul class="list">{standing.left.iter().map(|left| row(device, left, language)).collect_view()}</ul>
                <ul class="plain">{notes.map(|(text, count)| view! { <li>{text.count(language, &[count])}</li> }).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
    .into_any()
}

fn row(device: Device, left: &Left, language: Language) -> AnyView {
    let number = |count: usize| count.to_string();
    let (what, to_do, route, go) = match left {
        Left::Drafts { plan, count } => (
            words::LEFT_DRAFTS.fill(language, &[&title(device, plan, language), &number(*count)]),
            words::LEFT_DRAFTS_DO,
            plan_route(&plan.digest),
            words::GO_PLAN,
        ),
        Left::DamagedDrafts { count } => {
            (words::LEFT_DAMAGED.count(language, &[*count]), words::LEFT_DAMAGED_DO, String::new(), words::GO_DEVICE)
        }
        Left::Sealed { plan, count, by_link } => (
            words::LEFT_SEALED.fill(language, &[&title(device, plan, language), &number(*count)]),
            if *by_link { words::LEFT_LINK_DO } else { words::LEFT_SEALED_DO },
            plan_route(&plan.digest),
            words::GO_PLAN,
        ),
        Left::Waiting { plan, batches, records } => (
            words::LEFT_WAITING
                .fill(language, &[&title(device, plan, language), &number(*batches), &records.to_string()]),
            words::LEFT_WAITING_DO,
            "/stock".to_owned(),
            words::GO_STOCK,
        ),
        Left::Refused { plan, batches, records } => (
            words::LEFT_REFUSED
                .fill(language, &[&title(device, plan, language), &number(*batches), &records.to_string()]),
            words::LEFT_REFUSED_DO,
            "/stock".to_owned(),
            words::GO_STOCK,
        ),
        Left::Contacts { plan, round } => {
            let kept = device.kept_plans().into_iter().filter_map(|digest| Some((device.kept_plan(&digest)?, digest)));
            let of = kept.filter(|(kept, _)| kept.id == *plan).last();
            let name = of.as_ref().map_or_else(
                || words::PLAN_NOT_HERE.fill(language, &[plan]),
                |(kept, _)| super::super::say(kept, &kept.title, language).to_owned(),
            );
            let route = of.map_or("/".to_owned(), |(_, digest)| list_route(&digest));
            (words::LEFT_CONTACTS.fill(language, &[&name, round]), words::LEFT_CONTACTS_DO, route, words::GO_LIST)
        }
        Left::Unreadable { count } => {
            (words::LEFT_UNREADABLE.count(language, &[*count]), words::LEFT_DAMAGED_DO, String::new(), words::GO_DEVICE)
        }
    };
    let label = [go.of(language), ": ", &what].concat();
    view! {
        <li class="list-row">
            <div class="grow"><p>{what}</p><p class="hint small">{to_do.of(language)}</p></div>
            {(!route.is_empty()).then(|| view! { <a class="button" href=href(&route) aria-label=label>{go.of(language)}</a> })}
        </li>
    }
    .into_any()
}

fn clearing(
    device: Device,
    standing: Memo<Standing>,
    id: RwSignal<Option<Digest>>,
    cleared: RwSignal<Option<bool>>,
) -> AnyView {
    let shell = use_shell();
    let asking = RwSignal::new(false);
    let saved = RwSignal::new(false);
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let may = move || standing.with(|standing| standing.left.is_empty());
    // Without any batch there is no list to lose.
    let listed = move || standing.with(|standing| standing.received + standing.exported == 0) || saved.get();
    let save = move |_| {
        spawn_local(async move {
            let done = list::save(&list::sent_list(device).await);
            let _ = saved.try_set(done);
            let _ = failure.try_set((!done).then_some(field_words::FILE_FAILED));
        });
    };
    let yes = move |_| {
        asking.set(false);
        spawn_local(async move {
            match clear(device, id.get_untracked().as_ref()).await {
                Ok(whole) => {
                    cleared.set(Some(whole));
                    shell.say(words::CLEARED);
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    view! {
        <Show when=may>
            <section class="card stack">
                <p>{t(words::STEP_LIST)}</p>
                <div class="row">
                    <button type="button" class="button save-list" on:click=save>{t(words::LIST_SAVE)}</button>
                    <button type="button" class="button danger clear" disabled=move || !listed()
                        on:click=move |_| asking.set(true)>{t(words::CLEAR)}</button>
                </div>
            </section>
        </Show>
        <div role="alert">{move || failure.get().map(|why| {
            let language = shell.language.get();
            view! { <p class="banner bad">{words::CLEAR_FAILED.fill(language, &[why.of(language)])}</p> }
        })}</div>
        <Dialog open=asking title=Signal::derive(move || words::CLEAR_TITLE.of(shell.language.get()).to_owned())>
            <p>{t(words::CLEAR_ASK)}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| asking.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=yes>{t(words::CLEAR_YES)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The key goes first: one whose chain is gone would begin it anew, as a copied device does. Whose device it was is kept until all the
/// rest is gone, so that a clearing that was cut short can be gone on with. False: bytes of what was removed may still be in the log.
async fn clear(device: Device, id: Option<&Digest>) -> Result<bool, Words> {
    // From what is here now, not from what the screen showed.
    let standing = look(device, id);
    if clearance::clear(&device.keeper(), &standing).is_none() {
        return Err(words::CLEAR_CHANGED);
    }
    if let Some((id, card)) = id.zip(device.keeper().get(CARD)) {
        let leaving = [id.as_str(), "\n", &card].concat();
        device.commit(vec![(LEAVING.to_owned(), Some(leaving))]).await.map_err(|error| save_words(&error))?;
    }
    Key::forget().await.map_err(|error| match error {
        DeviceError::Unreadable => field_words::KEY_LOST,
        DeviceError::Crypto(_) => field_words::CRYPTO_FAILED,
        DeviceError::Storage(error) => save_words(&error),
    })?;
    let changes = clearance::clear(&device.keeper(), &look(device, id)).ok_or(words::CLEAR_HALF)?;
    device.commit(changes).await.map_err(|_| words::CLEAR_HALF)?;
    Ok(device.keeper().purge().await)
}
