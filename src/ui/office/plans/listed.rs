//! The plans that lie beside the app.

use super::Heard;
use crate::plan::{Listed, Text, pick};
use crate::ui::office::desk::use_desk;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{office as words, shell as shell_words};
use leptos::prelude::*;

#[component]
pub fn SiteList(heard: RwSignal<Heard>, again: Callback<()>, take: Callback<Listed>) -> impl IntoView {
    move || {
        match heard.get() {
        Heard::Waiting => view! { <p class="empty" role="status">{t(shell_words::LOADING)}</p> }.into_any(),
        Heard::Failed(why) => view! {
            <div class="banner warn stack" role="alert">
                <p><strong>{t(words::PLANS_FAILED)}</strong><br/>{t(why)}</p>
                <p><button type="button" class="button" on:click=move |_| again.run(())>{t(shell_words::RETRY)}</button></p>
            </div>
        }
        .into_any(),
        Heard::List(index) if index.plans.is_empty() => view! {
            <div class="empty"><h3>{t(words::PLANS_EMPTY)}</h3><p>{t(words::PLANS_EMPTY_TEXT)}</p></div>
        }
        .into_any(),
        Heard::List(index) => view! {
            <ul class="list">{index.plans.into_iter().map(|listed| view! { <Row listed take/> }).collect_view()}</ul>
        }
        .into_any(),
    }
    }
}

#[component]
fn Row(listed: Listed, take: Callback<Listed>) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let digest = listed.digest.clone();
    let in_use = Signal::derive_local(move || {
        desk.chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.reference.digest == digest))
    });
    let languages = listed.languages.clone();
    let said = move |text: &Text| {
        let fallback = languages.first().map_or("", String::as_str);
        pick(text, shell.language.get().tag(), fallback).to_owned()
    };
    let (title, asker) = (listed.title.clone(), listed.asker.clone());
    let name = {
        let said = said.clone();
        move || said(&title)
    };
    let label = name.clone();
    let version = [listed.version.clone(), listed.digest.short().to_owned()];
    view! {
        <li class="list-row">
            <span class="grow">
                <strong>{name}</strong><br/>
                <span class="hint small">{move || said(&asker)}" · "
                    {move || words::PLAN_VERSION.fill(shell.language.get(), &[&version[0], &version[1]])}</span>
            </span>
            {move || {
                let (listed, label) = (listed.clone(), label.clone());
                if in_use.get() {
                    view! { <span class="tag good">{t(words::PLAN_IN_USE)}</span> }.into_any()
                } else {
                    view! {
                        <button type="button" class="button" on:click=move |_| take.run(listed.clone())>
                            {t(words::PLAN_USE)}<span class="visually-hidden">" "{label}</span>
                        </button>
                    }.into_any()
                }
            }}
        </li>
    }
}
