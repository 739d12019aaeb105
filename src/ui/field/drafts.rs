//! Unfinished interviews of one plan: to go on with, or to discard.

use super::begin::touched;
use super::discard::discard;
use super::interview::{draft_words, finished_today};
use super::when::when;
use super::{Opened, href, interview_route, lock, say, version};
use crate::browser::host::FULL;
use crate::plan::{Digest, Plan};
use crate::session::{Draft, DraftError, Session};
use crate::store::DRAFT;
use crate::ui::device::use_device;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, field as words, lock as lock_words};
use leptos::prelude::*;
use std::rc::Rc;

pub fn drafts(opened: Opened) -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let discarding: RwSignal<Option<Draft>> = RwSignal::new(None);
    let moving: version::Moving = RwSignal::new(None);
    let today = move || {
        let count = finished_today(device, &opened.digest());
        (count > 0)
            .then(|| view! { <span class="tag good">{words::TODAY.count(shell.language.get(), &[count])}</span> })
    };
    let list = move || {
        let language = shell.language.get();
        let (plan, digest) = (opened.plan(), opened.digest());
        let mut rows: Vec<(u64, AnyView)> = Vec::new();
        for (key, body) in device.track().list(DRAFT) {
            let id = &key[DRAFT.len()..];
            match Draft::parse(&body) {
                Ok(draft) if draft.opening.plan.digest != digest => {}
                Ok(draft) if draft.locked => rows.push((0, of_another(&key, id, language))),
                Ok(draft) => {
                    let at = touched(id).unwrap_or(0);
                    rows.push((at, row(opened, &plan, &digest, draft, (discarding, moving), language)));
                }
                // Whose it is cannot be known: it is told in every plan.
                Err(error) => rows.push((0, damaged(id, &error, language))),
            }
        }
        if rows.is_empty() {
            return view! { <p class="empty">{words::DRAFTS_NONE.of(language)}</p> }.into_any();
        }
        rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let rows: Vec<AnyView> = rows.into_iter().map(|(_, row)| row).collect();
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <div class="row spread">
                <h2>{t(words::DRAFTS)}</h2>
                {today}
            </div>
            {list}
        </section>
        {discard(discarding)}
        {version::moving_dialog(moving)}
    }
    .into_any()
}

fn neutral_name(id: &str, language: Language) -> String {
    words::DRAFT_NAME.fill(language, &[id.get(..4).unwrap_or(id)])
}

/// Who and where, as far as the plan says; never a person.
fn name(plan: &Plan, draft: &Draft, language: Language) -> String {
    let opening = &draft.opening;
    let group = opening.rater_group.as_deref().and_then(|id| plan.rater_group(id)).map(|group| &group.label);
    let stratum = opening.stratum.as_deref().and_then(|id| plan.stratum(id)).map(|stratum| &stratum.label);
    let mut name = String::new();
    for label in [group, stratum].into_iter().flatten() {
        if !name.is_empty() {
            name.push_str(" · ");
        }
        name.push_str(say(plan, label, language));
    }
    if name.is_empty() { neutral_name(&draft.id, language) } else { name }
}

fn row(
    opened: Opened,
    plan: &Rc<Plan>,
    digest: &Digest,
    draft: Draft,
    (discarding, moving): (RwSignal<Option<Draft>>, version::Moving),
    language: Language,
) -> AnyView {
    let name = name(plan, &draft, language);
    let route = match &draft.opening.link {
        Some(token) => {
            let mut route = String::from("/a/");
            route.push_str(token);
            route
        }
        None => interview_route(digest, &draft.id),
    };
    let progress = match Session::resume(plan.clone(), draft.clone(), &FULL) {
        Ok(session) => session.progress(),
        Err(error) => return damaged(&draft.id, &error, language),
    };
    let mut about = words::DRAFT_PROGRESS.count(language, &[progress.answered, progress.asked]);
    let since = touched(&draft.id).map(|at| words::DRAFT_CHANGED.fill(language, &[&when(at, language)]));
    let by_link = draft.opening.link.as_ref().map(|_| words::DRAFT_BY_LINK.of(language).to_owned());
    let tongue = (Language::read(&draft.language) != Some(language)).then(|| {
        Language::read(&draft.language).map_or_else(|| draft.language.clone(), |known| known.name().to_owned())
    });
    for more in [tongue, by_link, since].into_iter().flatten() {
        about.push_str(" · ");
        about.push_str(&more);
    }
    let label = |words: &str| {
        let mut label = String::from(words);
        label.push_str(": ");
        label.push_str(&name);
        label
    };
    let versions = version::of_draft(opened, &draft, moving, language);
    let (resume, drop) = (label(words::RESUME.of(language)), label(words::DISCARD.of(language)));
    view! {
        <li class="list-row">
            <div class="grow">
                <p>{name.clone()}</p>
                <p class="hint small">{about}</p>
            </div>
            {versions}
            <button type="button" class="button quiet" aria-label=drop on:click=move |_| discarding.set(Some(draft.clone()))>
                {words::DISCARD.of(language)}
            </button>
            <a class="button" href=href(&route) aria-label=resume>{words::RESUME.of(language)}</a>
        </li>
    }
    .into_any()
}

/// It is another canvasser's: it waits for them.
fn of_another(key: &str, id: &str, language: Language) -> AnyView {
    let whose = lock::owner(lock::use_lock(), key);
    let told = match whose {
        Some(whose) => lock_words::DRAFT_OF.fill(language, &[&whose.name]),
        None => lock_words::DRAFT.of(language).to_owned(),
    };
    view! {
        <li class="list-row">
            <div class="grow">
                <p>{neutral_name(id, language)}</p>
                <p class="hint small">{told}</p>
            </div>
        </li>
    }
    .into_any()
}

fn damaged(id: &str, error: &DraftError, language: Language) -> AnyView {
    view! {
        <li class="list-row">
            <div class="grow">
                <p>{neutral_name(id, language)} " " <span class="tag bad">{words::DAMAGED.of(language)}</span></p>
                <p class="hint small">{words::DRAFT_DAMAGED.fill(language, &[&draft_words(error, language)])}</p>
            </div>
        </li>
    }
    .into_any()
}
