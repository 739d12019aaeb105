//! Which plan the desk works on; publishing it with the office's keys; its links.

use super::desk::use_desk;
use super::links::Links;
use super::parts::{Heading, said};
use crate::batch::plan_digest;
use crate::browser::crypto::Web;
use crate::browser::{files, net};
use crate::plan::{Listed, LoadError, PlanIndex};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{office as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const INDEX: &str = "plans/index.json";
const JSON: &str = "application/json";

/// What was heard of the list of plans.
#[derive(Clone)]
enum Heard {
    Waiting,
    Failed,
    List(PlanIndex),
}

#[component]
pub fn Plans() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let heard = RwSignal::new(Heard::Waiting);
    let fault = RwSignal::new(None::<String>);
    // What was published here: the file's name, and the list to put beside it.
    let done = RwSignal::new(None::<(String, String)>);
    let listen = move || {
        heard.set(Heard::Waiting);
        spawn_local(async move {
            let answer = net::fetch_text(INDEX).await.filter(|answer| answer.status == 200);
            let index = answer.and_then(|answer| PlanIndex::parse(&answer.body).ok());
            heard.set(index.map_or(Heard::Failed, Heard::List));
        });
    };
    listen();
    let choose = move |text: String| async move {
        fault.set(None);
        if let Err(error) = desk.choose(text).await {
            let language = shell.language.get_untracked();
            let mut message = words::PLAN_NOT_READ.of(language).to_owned();
            message.push_str(": ");
            message.push_str(&describe(&error));
            fault.set(Some(message));
        }
    };
    let take_listed = move |listed: Listed| {
        spawn_local(async move {
            let answer = net::fetch_text(&listed.file).await.filter(|answer| answer.status == 200);
            let language = shell.language.get_untracked();
            let Some(answer) = answer else {
                fault.set(Some(words::PLANS_FAILED_TEXT.of(language).to_owned()));
                return;
            };
            match plan_digest(&Web, answer.body.as_bytes()).await {
                Ok(digest) if digest == listed.digest => choose(answer.body).await,
                Ok(_) => fault.set(Some(words::PLAN_OTHER_BYTES.of(language).to_owned())),
                Err(_) => fault.set(Some(words::CRYPTO_FAILED.of(language).to_owned())),
            }
        });
    };
    let from_file = move |_| {
        spawn_local(async move {
            if let Some(picked) = files::pick(files::Pick::One, ".json").await.into_iter().next() {
                choose(picked.text.unwrap_or_default()).await;
            }
        });
    };
    view! {
        <section class="stack">
            <Heading title=words::PLANS_TITLE/>
            <h2>{t(words::PLANS_LISTED)}</h2>
            {move || match heard.get() {
                Heard::Waiting => view! { <p class="empty">{t(shell_words::LOADING)}</p> }.into_any(),
                Heard::Failed => view! {
                    <div class="banner warn stack">
                        <p><strong>{t(words::PLANS_FAILED)}</strong><br/>{t(words::PLANS_FAILED_TEXT)}</p>
                        <p><button type="button" class="button" on:click=move |_| listen()>{t(shell_words::RETRY)}</button></p>
                    </div>
                }.into_any(),
                Heard::List(index) if index.plans.is_empty() => view! {
                    <div class="empty"><h3>{t(words::PLANS_EMPTY)}</h3><p>{t(words::PLANS_EMPTY_TEXT)}</p></div>
                }.into_any(),
                Heard::List(index) => view! {
                    <ul class="list">{index.plans.into_iter().map(|listed| {
                        let digest = listed.digest.clone();
                        let in_use = Signal::derive_local(move || desk.chosen.with(|chosen| {
                            chosen.as_ref().is_some_and(|chosen| chosen.reference.digest == digest)
                        }));
                        let (title, asker) = (listed.title.clone(), listed.asker.clone());
                        let languages = listed.languages.clone();
                        let text = move |text: &crate::plan::Text| {
                            let fallback = languages.first().map_or("", String::as_str);
                            crate::plan::pick(text, shell.language.get().tag(), fallback).to_owned()
                        };
                        let name = text.clone();
                        let version = [listed.version.clone(), listed.digest.short().to_owned()];
                        view! {
                            <li class="list-row">
                                <span class="grow">
                                    <strong>{move || name(&title)}</strong><br/>
                                    <span class="hint small">{move || text(&asker)}" · "
                                        {move || words::PLAN_VERSION.fill(shell.language.get(), &[&version[0], &version[1]])}</span>
                                </span>
                                {move || {
                                    let listed = listed.clone();
                                    if in_use.get() {
                                        view! { <span class="tag good">{t(words::PLAN_IN_USE)}</span> }.into_any()
                                    } else {
                                        view! {
                                            <button type="button" class="button" on:click=move |_| take_listed(listed.clone())>
                                                {t(words::PLAN_USE)}
                                            </button>
                                        }.into_any()
                                    }
                                }}
                            </li>
                        }
                    }).collect_view()}</ul>
                }.into_any(),
            }}
            <div class="row">
                <button type="button" class="button" on:click=from_file>{t(words::PLAN_FILE)}"…"</button>
                <span class="hint">{t(words::PLAN_FILE_HINT)}</span>
            </div>
            {move || fault.get().map(|fault| view! { <p class="banner bad pre" role="alert">{fault}</p> })}
            {move || done.get().map(|(name, list)| view! {
                <p class="banner good" role="status">{words::PUBLISHED.fill(shell.language.get(), &[&name])}</p>
                <div class="row"><button type="button" class="button" on:click=move |_| {
                    files::download("index.json", &list, JSON);
                }>{t(words::PUBLISH_INDEX)}</button></div>
            })}
            {move || desk.chosen.get().map(|chosen| {
                let published = chosen.plan.keys.is_some();
                let plan = chosen.plan.clone();
                let title = said(&plan.title, shell.language.get(), &plan);
                view! {
                    <h2>{title}</h2>
                    {if published {
                        view! { <Links/> }.into_any()
                    } else {
                        let index = match heard.get_untracked() {
                            Heard::List(index) => index,
                            _ => PlanIndex::default(),
                        };
                        view! { <Publish index done/> }.into_any()
                    }}
                }
            })}
        </section>
    }
}

fn describe(error: &LoadError) -> String {
    error.to_string()
}

/// Writes the open keys into a plan that has none.
#[component]
fn Publish(index: PlanIndex, done: RwSignal<Option<(String, String)>>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let index = StoredValue::new(index);
    let publish = move |_| {
        let (Some(keys), Some(chosen)) = (desk.keys.get_untracked(), desk.chosen.get_untracked()) else { return };
        spawn_local(async move {
            let mut plan = (*chosen.plan).clone();
            plan.keys = Some(keys.secrets.public());
            let Ok(mut text) = serde_json::to_string_pretty(&plan) else { return };
            text.push('\n');
            let Ok(digest) = plan_digest(&Web, text.as_bytes()).await else {
                desk.trouble.set(Some(words::CRYPTO_FAILED.of(shell.language.get_untracked()).to_owned()));
                return;
            };
            let listed = Listed::of(&plan, &digest);
            let name = listed.file.strip_prefix("plans/").unwrap_or(&listed.file).to_owned();
            let list = serde_json::to_string_pretty(&index.get_value().with(listed)).unwrap_or_default();
            files::download(&name, &text, JSON);
            done.set(Some((name, list)));
            // The plan was checked when it was chosen; keys cannot spoil it.
            let _ = desk.choose(text).await;
        });
    };
    view! {
        <div class="card stack">
            <p class="banner warn">{t(words::PLAN_UNPUBLISHED)}</p>
            <h3>{t(words::PUBLISH_TITLE)}</h3>
            <p>{t(words::PUBLISH_TEXT)}</p>
            <Show when=move || desk.keys.with(Option::is_some) fallback=|| view! {
                <p><a class="button" href="#/keys">{t(words::KEYS_GO)}</a></p>
            }>
                <div class="row">
                    <button type="button" class="button primary" on:click=publish>{t(words::PUBLISH_DO)}</button>
                </div>
            </Show>
        </div>
    }
}
