//! One plan: a new interview, the unfinished ones, and what is handed over.

use super::Opened;
use super::begin::begin;
use super::contacts;
use super::drafts::drafts;
use super::health::HealthLine;
use super::outbox::outbox;
use super::version;
use crate::plan::Digest;
use crate::ui::device::{Device, PlanError, use_device};
use crate::ui::shell::{focus_heading, t, use_shell};
use crate::ui::words::{field as words, shell as shell_words};
use leptos::{prelude::*, task::spawn_local};

/// Opens the plan, from the device or else from the site, and shows what `show` makes of it.
pub fn with_plan(digest: Digest, show: impl Fn(Opened) -> AnyView + Send + 'static) -> AnyView {
    let device = use_device();
    let opened: RwSignal<Option<Result<(), PlanError>>> = RwSignal::new(None);
    let wanted = digest.clone();
    let load = move || {
        opened.set(None);
        let wanted = wanted.clone();
        spawn_local(async move {
            let result = open(device, &wanted).await;
            let _ = opened.try_set(Some(result));
            request_animation_frame(focus_heading);
        });
    };
    load();
    (move || match opened.get() {
        None => {
            view! { <div class="page"><p class="empty" role="status">{t(words::PLAN_OPENING)}</p></div> }.into_any()
        }
        Some(Err(error)) => failed(error, load.clone()),
        Some(Ok(())) => match device.kept_plan(&digest) {
            Some(plan) => show(Opened::new(plan, digest.clone())),
            None => failed(PlanError::Offline, load.clone()),
        },
    })
    .into_any()
}

async fn open(device: Device, digest: &Digest) -> Result<(), PlanError> {
    if device.kept_plan(digest).is_some() {
        return Ok(());
    }
    let list = match device.fetch_list().await {
        Ok(list) => list,
        Err(_) => device.kept_list().unwrap_or_default(),
    };
    let Some(listed) = list.into_iter().find(|listed| listed.digest == *digest) else {
        return Err(if crate::browser::net::online() { PlanError::Missing(404) } else { PlanError::Offline });
    };
    device.fetch_plan(&listed.file, digest).await.map(|_| ())
}

fn failed(error: PlanError, load: impl Fn() + 'static) -> AnyView {
    let language = use_shell().language;
    let text = move || {
        let language = language.get();
        match &error {
            PlanError::Offline => words::PLAN_OFFLINE.of(language).to_owned(),
            PlanError::Missing(_) => words::PLAN_MISSING.of(language).to_owned(),
            PlanError::Changed => words::PLAN_CHANGED.of(language).to_owned(),
            PlanError::Unreadable(what) => words::PLAN_UNREADABLE.fill(language, &[what]),
        }
    };
    view! {
        <div class="page stack">
            <div class="banner bad" role="alert"><p>{text}</p></div>
            <div class="row">
                <button type="button" class="button primary" on:click=move |_| load()>{t(shell_words::RETRY)}</button>
                <a class="button" href="#/">{t(shell_words::HOME)}</a>
            </div>
        </div>
    }
    .into_any()
}

pub fn plan(digest: Digest) -> AnyView {
    with_plan(digest, |opened| {
        let shell = use_shell();
        Effect::new(move |_| shell.title(opened.say(|plan| &plan.title, shell.language.get())));
        let heading = move || {
            let language = shell.language.get();
            view! {
                <h1>{opened.say(|plan| &plan.title, language)}</h1>
                <p class="hint">
                    {opened.say(|plan| &plan.asker, language)}
                    " · "
                    {words::VERSION.fill(language, &[&opened.plan().version])}
                </p>
            }
            .into_any()
        };
        view! {
            <div class="page stack loose plan-page">
                <div class="stack tight">{heading}</div>
                <div class="plan-columns">
                    {version::announce(opened, move || begin(opened))}
                    <div class="stack loose">
                        {contacts::part(opened)}
                        {drafts(opened)}
                        {version::elsewhere(opened)}
                        {outbox(opened)}
                    </div>
                </div>
                <HealthLine/>
            </div>
        }
        .into_any()
    })
}
