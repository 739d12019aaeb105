//! Writes the open keys into a plan that has none, and offers the two files that go beside the app.

use super::Heard;
use crate::batch::{plan_digest, seal_right_answers};
use crate::browser::crypto::Web;
use crate::ledger::Explain;
use crate::plan::{Listed, WorkSteps};
use crate::ui::office::desk::use_desk;
use crate::ui::office::faults::Fault;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const JSON: &str = "application/json";

/// What was published here since the page was opened.
#[derive(Clone)]
pub struct Done {
    listed: Listed,
    text: String,
}

impl Done {
    /// Without the folder.
    fn name(&self) -> &str {
        self.listed.file.strip_prefix("plans/").unwrap_or(&self.listed.file)
    }
}

#[component]
pub fn Publish() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let publish = move |_| {
        // The button shows only with both.
        let (Some(keys), Some(chosen)) = (desk.keys.get_untracked(), desk.chosen.get_untracked()) else { return };
        spawn_local(async move {
            let mut plan = (*chosen.plan).clone();
            plan.keys = Some(keys.secrets.public());
            plan.work_steps = WorkSteps::default();
            if let Err(why) = seal_right_answers(&Web, &keys.secrets, &mut plan).await {
                let why = why.explain().of(shell.language.get_untracked()).to_owned();
                return desk.faults.tell(Fault::NotPublished(why));
            }
            let mut text = match serde_json::to_string_pretty(&plan) {
                Ok(text) => text,
                Err(why) => return desk.faults.tell(Fault::NotPublished(why.to_string())),
            };
            text.push('\n');
            let Ok(digest) = plan_digest(&Web, text.as_bytes()).await else { return desk.faults.tell(Fault::Crypto) };
            let done = Done { listed: Listed::of(&plan, &digest), text: text.clone() };
            // What was written must be readable before it is handed out.
            if let Err(why) = desk.choose(text).await {
                return desk.faults.tell(Fault::KeptPlan { text: done.text, why: Rc::new(why) });
            }
            desk.save(done.name(), &done.text, JSON);
            desk.published.set(Some(done));
        });
    };
    view! {
        <div class="card stack">
            <p class="banner warn">{t(words::PLAN_UNPUBLISHED)}</p>
            <h3>{t(words::PUBLISH_TITLE)}</h3>
            <p>{t(words::PUBLISH_TEXT)}</p>
            <Show when=move || desk.keys.with(Option::is_some) fallback=|| view! {
                <p><a class="button primary" href="#/keys">{t(words::KEYS_GO)}</a></p>
            }>
                <div class="row">
                    <button type="button" class="button primary" on:click=publish>{t(words::PUBLISH_DO)}</button>
                </div>
            </Show>
        </div>
    }
}

/// The files of a plan that was published just now.
#[component]
pub fn Published(heard: RwSignal<Heard>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    move || {
        let done = desk.published.get()?;
        let again = done.clone();
        let listed = done.listed.clone();
        let list = move || match heard.get() {
            Heard::List(index) => serde_json::to_string_pretty(&index.with(listed.clone())).ok(),
            _ => None,
        };
        Some(view! {
            <div class="card stack">
                <p class="banner good" role="status">{words::PUBLISHED.fill(shell.language.get(), &[done.name()])}</p>
                <p>{t(words::PUBLISHED_TEXT)}</p>
                <div class="row">
                    <button type="button" class="button" on:click=move |_| desk.save(again.name(), &again.text, JSON)>
                        {t(words::PUBLISH_AGAIN)}
                    </button>
                    {move || list().map(|list| view! {
                        <button type="button" class="button" on:click=move |_| desk.save("index.json", &list, JSON)>
                            {t(words::PUBLISH_INDEX)}
                        </button>
                    })}
                </div>
                // A list that was not read would lose its other plans.
                {move || matches!(heard.get(), Heard::Failed(_)).then(|| view! { <p class="error">{t(words::PUBLISH_NO_LIST)}</p> })}
            </div>
        })
    }
}
