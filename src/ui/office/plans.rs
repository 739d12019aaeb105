//! Which plan the desk works on; publishing it with the office's keys; its links.

mod import;
mod listed;
mod publish;

use super::desk::use_desk;
use super::intake::LONGEST;
use super::links::Links;
use super::parts::{Heading, said};
use super::posters::PrintRun;
use super::problems::Problems;
use super::reasons::file_words;
use crate::batch::{plan_digest, plan_digits};
use crate::browser::crypto::Web;
use crate::browser::{files, net};
use crate::plan::{Listed, LoadError, PlanIndex};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office as words};
pub use import::Import;
use leptos::prelude::*;
use leptos::task::spawn_local;
use listed::SiteList;
pub use publish::Done;
use publish::Publish;
use std::rc::Rc;

const INDEX: &str = "plans/index.json";

/// What was heard of the list of plans.
#[derive(Clone)]
pub enum Heard {
    Waiting,
    /// No list that could be read: why.
    Failed(Words),
    List(PlanIndex),
}

/// Why a plan is not in use.
#[derive(Clone)]
enum Refusal {
    Words(Words),
    Problems(Rc<LoadError>),
}

async fn hear() -> Heard {
    let Some(answer) = net::fetch_text(INDEX).await else { return Heard::Failed(words::PLANS_OFFLINE) };
    match answer.status {
        200 => PlanIndex::parse(&answer.body).map_or(Heard::Failed(words::PLANS_BROKEN), Heard::List),
        // A site on which nothing was published yet has no list.
        404 => Heard::List(PlanIndex::default()),
        _ => Heard::Failed(words::PLANS_OFFLINE),
    }
}

/// The listed plan's text, byte for byte as it was published.
async fn fetch(listed: &Listed) -> Result<String, Words> {
    let answer = net::fetch_text(&listed.file).await.ok_or(words::PLAN_OFFLINE)?;
    match answer.status {
        200 => {}
        404 => return Err(words::PLAN_MISSING),
        _ => return Err(words::PLAN_OFFLINE),
    }
    match plan_digest(&Web, answer.body.as_bytes()).await {
        Ok(digest) if digest == listed.digest => Ok(answer.body),
        Ok(_) => Err(words::PLAN_OTHER_BYTES),
        Err(_) => Err(words::CRYPTO_FAILED),
    }
}

#[component]
pub fn Plans() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let heard = RwSignal::new(Heard::Waiting);
    let refusal = RwSignal::new_local(None::<Refusal>);
    let listen = move || {
        heard.set(Heard::Waiting);
        spawn_local(async move {
            heard.try_set(hear().await);
        });
    };
    listen();
    let choose = move |text: Result<String, Words>| async move {
        let result = match text {
            Ok(text) => desk.choose(text).await.map_err(|error| Refusal::Problems(Rc::new(error))),
            Err(why) => Err(Refusal::Words(why)),
        };
        refusal.try_set(result.err());
    };
    let take_listed = Callback::new(move |listed: Listed| {
        refusal.set(None);
        spawn_local(async move { choose(fetch(&listed).await).await });
    });
    let take_made = Callback::new(move |text: String| {
        refusal.set(None);
        spawn_local(async move { choose(Ok(text)).await });
    });
    let from_file = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".json").await;
            let Some(file) = picked.into_iter().next() else { return };
            refusal.try_set(None);
            choose(file.read(LONGEST).await.map_err(file_words)).await;
        });
    };
    view! {
        <section class="stack plans">
            <Heading title=words::PLANS_TITLE/>
            <h2>{t(words::PLANS_LISTED)}</h2>
            <SiteList heard again=Callback::new(move |()| listen()) take=take_listed/>
            <div class="row">
                <button type="button" class="button" on:click=from_file>{t(words::PLAN_FILE)}"…"</button>
                <span class="hint">{t(words::PLAN_FILE_HINT)}</span>
            </div>
            <Import take=take_made/>
            {move || refusal.get().map(|refusal| view! {
                <div class="banner bad stack" role="alert">{match refusal {
                    Refusal::Words(why) => view! { <p>{t(why)}</p> }.into_any(),
                    Refusal::Problems(error) => view! { <p><strong>{t(words::PLAN_NOT_READ)}</strong></p><Problems error/> }.into_any(),
                }}</div>
            })}
            {move || desk.chosen.get().map(|chosen| {
                let published = chosen.plan.keys.is_some();
                let plan = StoredValue::new_local(chosen.plan.clone());
                let digest = chosen.reference.digest.clone();
                let digits = plan_digits(&digest);
                // Residents get the plan from the site; one that is not there opens for nobody.
                let absent = Memo::new(move |_| heard.with(|heard| match heard {
                    Heard::List(index) => !index.plans.iter().any(|listed| listed.digest == digest),
                    _ => false,
                }));
                view! {
                    <h2>{move || plan.with_value(|plan| said(&plan.title, shell.language.get(), plan))}</h2>
                    {if published {
                        view! {
                            {digits.map(|digits| view! {
                                <p>{t(words::PLAN_DIGITS)}<br/><span class="mono groups plan-digits">{
                                    digits.split(' ').map(|group| view! { <span>{group.to_owned()}</span>" " }).collect_view()
                                }</span></p>
                                <p class="hint">{t(words::PLAN_DIGITS_HINT)}</p>
                            })}
                            {move || absent.get().then(|| view! { <p class="banner warn">{t(words::PLAN_NOT_ON_SITE)}</p> })}
                            <Links/>
                            <PrintRun/>
                        }.into_any()
                    } else {
                        view! { <Publish/> }.into_any()
                    }}
                    <publish::Published heard/>
                }
            })}
        </section>
    }
}
