//! Versions of a plan in the field: a new one is announced, new interviews start on it, and open ones finish on their own or are taken
//! over. What is said about the two versions comes in a chunk: most days have none.

mod changes;
mod file;
mod moving;

pub use file::open_file;

use super::{Opened, href, plan_route, save_words};
use crate::outbox;
use crate::plan::Digest;
use crate::session::Draft;
use crate::store::DRAFT;
use crate::ui::device::{Device, use_device};
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::shell::{Dialog, go, t, use_shell};
use crate::ui::words::{Language, Words, shell as shell_words, version as words};
use leptos::{prelude::*, task::spawn_local};

/// Before the id of a plan: the digest of the version that was taken in by hand, and that of the one which the site listed then.
const BY_HAND: &str = "setting/current/";

fn by_hand_key(plan: &str) -> String {
    [BY_HAND, plan].concat()
}

/// The version of a plan on which interviews start now: the site's, or a later one that was taken in as a file. `None`: nobody says.
pub fn current(device: Device, plan: &str) -> Option<Digest> {
    let listed = listed(device, plan);
    let kept = device.keeper().get(&by_hand_key(plan));
    let by_hand = kept.as_deref().and_then(|kept| {
        let (digest, then) = kept.split_once('\n')?;
        // A list that changed since is newer than the file.
        (then == listed.as_ref().map_or("", Digest::as_str)).then(|| Digest::parse(digest)).flatten()
    });
    by_hand.or(listed)
}

/// The entry by which interviews of a plan start on this version, until the site's list changes.
fn by_hand(device: Device, plan: &str, digest: &Digest) -> (String, Option<String>) {
    let then = listed(device, plan);
    let is_listed = then.as_ref() == Some(digest);
    let body = [digest.as_str(), "\n", then.as_ref().map_or("", Digest::as_str)].concat();
    (by_hand_key(plan), (!is_listed).then_some(body))
}

fn listed(device: Device, plan: &str) -> Option<Digest> {
    let list = device.kept_list().unwrap_or_default();
    list.into_iter().find(|listed| listed.id == plan).map(|listed| listed.digest)
}

/// Another version than the one on the screen, and what it is called.
#[derive(Clone, Debug, PartialEq)]
struct Newer {
    digest: Digest,
    version: String,
    /// It is on this device, and can be used.
    here: bool,
    /// It came as a file: nobody says that it is the later one.
    by_hand: bool,
}

fn newer(device: Device, plan: &str, own: &Digest) -> Option<Newer> {
    device.keep.track();
    let digest = current(device, plan).filter(|digest| digest != own)?;
    let list = device.kept_list().unwrap_or_default();
    // Where the site lists several, each is one of its own.
    if list.iter().any(|listed| listed.digest == *own) && list.iter().any(|listed| listed.digest == digest) {
        return None;
    }
    let kept = device.kept_plan(&digest);
    let here = kept.is_some();
    let version = kept.map(|plan| plan.version.clone());
    let version = version.or_else(|| list.into_iter().find(|listed| listed.digest == digest).map(|one| one.version))?;
    let by_hand = listed(device, plan).as_ref() != Some(&digest);
    Some(Newer { digest, version, here, by_hand })
}

/// The version on which a new interview starts, where it is another one and can be used.
pub fn successor(device: Device, opened: Opened) -> Option<Digest> {
    let found = untrack(|| newer(device, &opened.plan().id, &opened.digest()))?;
    found.here.then_some(found.digest)
}

/// Lists are of every version: where there is a newer one, they are worked through on it.
pub fn onward(opened: Opened, route: impl Fn(&Digest) -> String) {
    if let Some(newer) = successor(use_device(), opened) {
        go(&route(&newer));
    }
}

/// On the screen of a plan: the new version, where there is one, or else `begin`, by which an interview is begun.
pub fn announce(opened: Opened, begin: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let device = use_device();
    let found = Memo::new(move |_| newer(device, &opened.plan().id, &opened.digest()));
    let fetch = move || {
        spawn_local(async move {
            let Some(digest) = found.get_untracked().filter(|found| !found.here).map(|found| found.digest) else {
                return;
            };
            let list = device.fetch_list().await.unwrap_or_default();
            if let Some(one) = list.iter().find(|one| one.digest == digest) {
                let _ = device.fetch_plan(&one.file, &digest).await;
                device.keep.changed();
            }
        });
    };
    fetch();
    (move || match found.get() {
        None => begin(),
        Some(newer) => {
            let here = newer.here;
            view! {
                <div class="stack">
                    {banner(opened, newer, fetch)}
                    {(!here).then(&begin)}
                </div>
            }
            .into_any()
        }
    })
    .into_any()
}

fn banner(opened: Opened, newer: Newer, fetch: impl Fn() + Copy + 'static) -> AnyView {
    let shell = use_shell();
    let open = RwSignal::new(false);
    let Newer { digest, version, here, by_hand: came_by_hand } = newer;
    let device = use_device();
    let failure = RwSignal::new(None::<Words>);
    // Whoever took a file in can go on with this version instead.
    let stay = move |_| {
        let step = by_hand(device, &opened.plan().id, &opened.digest());
        spawn_local(async move {
            if let Err(error) = device.commit(vec![step]).await {
                let _ = failure.try_set(Some(save_words(&error)));
            }
        });
    };
    let own = opened.plan().version.clone();
    let stay = came_by_hand.then(|| view! {
        <button type="button" class="button stay-version" on:click=stay>{move || words::STAY.fill(shell.language.get(), &[&own])}</button>
    });
    let heading = if came_by_hand { words::NEW_BY_HAND } else { words::NEW };
    let route = href(&plan_route(&digest));
    let other = StoredValue::new(digest);
    let part = move || {
        let changes = in_view(on_demand(move || changes_part(opened, other.get_value())));
        open.get().then(|| view! { <div class="stack tight">{changes}</div> })
    };
    let buttons = match here {
        true => view! {
            <a class="button primary" href=route>{t(words::GO)}</a>
            <button type="button" class="button" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                {t(words::CHANGES)}
            </button>
        }
        .into_any(),
        false => view! {
            <button type="button" class="button" on:click=move |_| fetch()>{t(words::FETCH_AGAIN)}</button>
        }
        .into_any(),
    };
    let text = if here { words::NEW_TEXT } else { words::NEW_NOT_HERE };
    view! {
        <section class="banner warn stack tight new-version">
            <h2>{move || heading.fill(shell.language.get(), &[&version])}</h2>
            <p>{t(text)}</p>
            <div class="row">{buttons}{stay}</div>
            <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{t(why)}</p> })}</div>
            {part}
        </section>
    }
    .into_any()
}

#[chunk(version, fallible)]
fn changes_part(opened: Opened, other: Digest) -> Result<Element, NotLoaded> {
    Ok(of_view(changes::changes(opened, &other)))
}

#[chunk(version, fallible)]
fn moving_part(id: String, other: Digest, open: RwSignal<bool>) -> Result<Element, NotLoaded> {
    Ok(of_view(moving::moving(id, other, open)))
}

/// Beside an open interview of this version: to take it over, or back. Those by link finish on their own, which their token names.
pub fn of_draft(opened: Opened, draft: &Draft, moving: Moving, language: Language) -> Option<AnyView> {
    if draft.opening.link.is_some() {
        return None;
    }
    let device = use_device();
    let id = StoredValue::new(draft.id.clone());
    if let Some(before) = outbox::before(&device.keeper(), &draft.id) {
        return Some(back(device, id, before, language));
    }
    let newer = newer(device, &opened.plan().id, &opened.digest()).filter(|newer| newer.here)?;
    let label = words::MOVE.fill(language, &[&newer.version]);
    let press = move |_| moving.set(Some((id.get_value(), newer.digest.clone(), newer.version.clone())));
    Some(view! { <button type="button" class="button move-version" on:click=press>{label}</button> }.into_any())
}

/// The open interview that is asked about: its id, and digest and name of the version that it would go to.
pub type Moving = RwSignal<Option<(String, Digest, String)>>;

/// The question about the interview that `moving` names. Beside the list and not in it: the list is made anew when another window goes on
/// with an interview, and what somebody reads stays where it is.
pub fn moving_dialog(moving: Moving) -> AnyView {
    let language = use_shell().language;
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if moving.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && moving.with_untracked(Option::is_some) {
            moving.set(None);
        }
    });
    let title = Signal::derive(move || {
        let version = moving.get().map_or(String::new(), |(_, _, version)| version);
        words::MOVE_TITLE.fill(language.get(), &[&version])
    });
    let part = move || {
        let (id, other, _) = moving.get()?;
        Some(in_view(on_demand(move || moving_part(id.clone(), other.clone(), open))))
    };
    view! { <Dialog open title>{part}</Dialog> }.into_any()
}

fn back(device: Device, id: StoredValue<String>, before: Draft, language: Language) -> AnyView {
    let shell = use_shell();
    let open = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let plan = StoredValue::new(before.opening.plan);
    let version = plan.with_value(|plan| plan.version.clone());
    let (named, tag, label) =
        (version.clone(), words::FROM.fill(language, &[&version]), words::BACK.fill(language, &[&version]));
    let title = Signal::derive(move || words::BACK_TITLE.fill(shell.language.get(), &[&named]));
    let yes = move |_| {
        spawn_local(async move {
            let id = id.get_value();
            let keeper = device.keeper();
            let language = shell.language.get_untracked();
            let Some(_alone) = keeper.lock(&[DRAFT, &id].concat()).await else {
                return failure.set(Some(words::BUSY.of(language).to_owned()));
            };
            let Some(step) = outbox::take_back(&keeper, &id) else { return open.set(false) };
            match device.commit(step).await {
                Ok(_) => {
                    open.set(false);
                    shell.say(words::TAKEN_BACK);
                    go(&plan_route(&plan.with_value(|plan| plan.digest.clone())));
                }
                Err(error) => failure.set(Some(words::NOT_KEPT.fill(language, &[save_words(&error).of(language)]))),
            }
        });
    };
    view! {
        <span class="tag">{tag}</span>
        <button type="button" class="button quiet back-version" on:click=move |_| open.set(true)>{label}</button>
        <Dialog open title>
            <p>{t(words::BACK_TEXT)}</p>
            <div role="alert">{move || failure.get().map(|text| view! { <p class="error">{text}</p> })}</div>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=yes>{t(words::BACK_YES)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Open interviews on other versions of this plan: the way to them.
pub fn elsewhere(opened: Opened) -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let found = Memo::new(move |_| {
        let (id, own) = (opened.plan().id.clone(), opened.digest());
        let mut found: Vec<(crate::session::PlanRef, usize)> = Vec::new();
        for (_, body) in device.track().list(DRAFT) {
            let Ok(draft) = Draft::parse(&body) else { continue };
            let plan = draft.opening.plan;
            if plan.id != id || plan.digest == own {
                continue;
            }
            match found.iter_mut().find(|(known, _)| *known == plan) {
                Some((_, count)) => *count += 1,
                None => found.push((plan, 1)),
            }
        }
        found
    });
    (move || {
        let language = shell.language.get();
        found
            .get()
            .into_iter()
            .map(move |(plan, count)| {
                let text = words::ELSEWHERE.fill(language, &[&plan.version, &count.to_string()]);
                view! { <p><a class="button quiet wide" href=href(&plan_route(&plan.digest))>{text}</a></p> }
            })
            .collect_view()
    })
    .into_any()
}
