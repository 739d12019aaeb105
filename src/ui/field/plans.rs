//! The first screen: the plans that this device knows, also without a network.

use super::health::HealthLine;
use super::update::UpdateBanner;
use super::{course, href, plan_route, version};
use crate::outbox;
use crate::plan::{Digest, Listed, pick};
use crate::session::Draft;
use crate::store::DRAFT;
use crate::ui::device::{Device, ListError, use_device};
use crate::ui::element::in_view;
use crate::ui::shell::{focus_heading, guide, t, use_shell};
use crate::ui::words::{Language, course as course_words, field as words, shell as shell_words};
use leptos::{prelude::*, task::spawn_local};

/// More plans than these are fetched when they are opened, not ahead.
const AHEAD: usize = 24;

type Answer = RwSignal<Option<Result<Vec<Listed>, ListError>>>;

pub fn plans() -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let answer: Answer = RwSignal::new(None);
    let load = move || {
        answer.set(None);
        spawn_local(async move {
            let list = device.fetch_list().await;
            if answer.try_set(Some(list.clone())).is_some() {
                return;
            }
            for plan in list.iter().flatten().take(AHEAD).filter(|plan| !device.has_plan(&plan.digest)) {
                // A plan that cannot be had now says so when it is opened.
                let _ = device.fetch_plan(&plan.file, &plan.digest).await;
            }
        });
    };
    load();
    Effect::new(move |_| shell.title(words::PLANS.of(shell.language.get())));
    request_animation_frame(focus_heading);
    view! {
        <div class="page stack">
            <h1>{t(words::PLANS)}</h1>
            <p class="hint">{t(words::PLANS_LEAD)}</p>
            <UpdateBanner/>
            {move || state(answer, device, load)}
            {move || {
                let listed = match answer.get() {
                    Some(Ok(list)) => Some(list),
                    _ => device.kept_list(),
                };
                rows(device, listed, shell.language.get())
            }}
            {version::open_file()}
            <HealthLine/>
            <p><a class="button quiet" href=href(course::ROUTE)>{t(course_words::LINK)}</a></p>
            {in_view(guide("canvasser"))}
        </div>
    }
    .into_any()
}

fn state(answer: Answer, device: Device, load: impl Fn() + Copy + 'static) -> AnyView {
    let nothing = device.kept_plans().is_empty();
    let (class, text) = match answer.get() {
        None if nothing => return view! { <p class="empty" role="status">{t(words::PLANS_LOADING)}</p> }.into_any(),
        None => return ().into_any(),
        Some(Ok(list)) if list.is_empty() && nothing => {
            return view! {
                <div class="empty stack tight">
                    <p>{t(words::PLANS_NONE)}</p>
                    <p>{t(words::PLANS_NONE_TEXT)}</p>
                </div>
            }
            .into_any();
        }
        Some(Ok(_)) => return ().into_any(),
        Some(Err(ListError::NoAnswer)) if nothing => ("banner warn stack tight", words::PLANS_OFFLINE_NONE),
        Some(Err(ListError::NoAnswer)) => ("banner stack tight", words::PLANS_OFFLINE),
        Some(Err(ListError::Unreadable)) => ("banner bad stack tight", words::PLANS_BAD),
    };
    view! {
        <div class=class role="status">
            <p>{t(text)}</p>
            <p><button type="button" class="button" on:click=move |_| load()>{t(shell_words::RETRY)}</button></p>
        </div>
    }
    .into_any()
}

/// What is to be seen of one plan.
struct Row {
    digest: Digest,
    title: String,
    asker: String,
    version: String,
    kept: bool,
    listed: bool,
    drafts: usize,
    unsent: usize,
}

fn rows(device: Device, listed: Option<Vec<Listed>>, language: Language) -> AnyView {
    let keeper = device.track();
    let drafts: Vec<Digest> =
        keeper.list(DRAFT).iter().filter_map(|(_, body)| Some(Draft::parse(body).ok()?.opening.plan.digest)).collect();
    let row = |digest: &Digest, title: String, asker: String, version: String, listed: bool| {
        let sum = outbox::summarize(&keeper, Some(digest));
        Row {
            digest: digest.clone(),
            title,
            asker,
            version,
            kept: device.has_plan(digest),
            listed,
            drafts: drafts.iter().filter(|draft| *draft == digest).count(),
            unsent: sum.sealed + sum.voided + usize::try_from(sum.unsent_records).unwrap_or(usize::MAX),
        }
    };
    let known = listed.is_some();
    let listed = listed.unwrap_or_default();
    let mut all: Vec<Row> = Vec::new();
    for plan in &listed {
        let first = plan.languages.first().map_or("", String::as_str);
        let words = |text| pick(text, language.tag(), first).to_owned();
        all.push(row(&plan.digest, words(&plan.title), words(&plan.asker), plan.version.clone(), true));
    }
    // Plans that the site no longer lists are shown while something of theirs is here.
    for digest in device.kept_plans().iter().filter(|digest| !listed.iter().any(|plan| plan.digest == **digest)) {
        let Some(plan) = device.kept_plan(digest) else { continue };
        let words = |text| super::say(&plan, text, language).to_owned();
        // One that was taken in as a file is the one to use.
        let by_hand = version::current(device, &plan.id).as_ref() == Some(digest);
        let row = row(digest, words(&plan.title), words(&plan.asker), plan.version.clone(), !known || by_hand);
        if !known || by_hand || row.drafts + row.unsent > 0 {
            all.push(row);
        }
    }
    let all: Vec<AnyView> = all.into_iter().map(|row| show(row, language)).collect();
    view! { <ul class="stack">{all}</ul> }.into_any()
}

fn show(row: Row, language: Language) -> AnyView {
    let tag = |class: &'static str, text: String| view! { <span class=class>{text}</span> }.into_any();
    let mut tags = Vec::new();
    if row.drafts > 0 {
        tags.push(tag("tag warn", words::WAITING_DRAFTS.count(language, &[row.drafts])));
    }
    if row.unsent > 0 {
        tags.push(tag("tag warn", words::WAITING_UNSENT.count(language, &[row.unsent])));
    }
    tags.push(match row.kept {
        true => tag("tag good", words::READY_OFFLINE.of(language).to_owned()),
        false => tag("tag", words::NOT_YET_OFFLINE.of(language).to_owned()),
    });
    if !row.listed {
        tags.push(tag("tag warn", words::EARLIER_VERSION.of(language).to_owned()));
    }
    view! {
        <li>
            <a class="card plan-card stack tight" href=href(&plan_route(&row.digest))>
                <span class="plan-title">{row.title}</span>
                <span class="hint">{row.asker}</span>
                <span class="row">
                    <span class="hint small">{words::VERSION.fill(language, &[&row.version])}</span>
                    {tags}
                </span>
            </a>
        </li>
    }
    .into_any()
}
