//! Any plan to practise with: the real questionnaire, and nothing of it is kept, sealed, counted or sent. There is no draft and
//! no record: what is answered lasts as long as the screen.

use super::begin::{self, Chosen};
use super::plan::with_plan;
use super::{Opened, href, plan_route};
use crate::plan::Digest;
use crate::session::Session;
use crate::ui::answer::{Live, interview as answering};
use crate::ui::device::use_device;
use crate::ui::element::in_view;
use crate::ui::shell::{focus_heading, t, use_shell};
use crate::ui::words::{Language, field as field_words, practice as words};
use leptos::prelude::*;
use std::rc::Rc;

/// Where the screen is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Choosing,
    Running,
    Over,
}

pub fn route(digest: &Digest) -> String {
    [&plan_route(digest), "/practice"].concat()
}

pub fn practice(digest: Digest) -> AnyView {
    with_plan(digest, |opened| {
        let (shell, device) = (use_shell(), use_device());
        let title =
            move || [words::MARK.of(shell.language.get()), " · ", &named(opened, shell.language.get())].concat();
        Effect::new(move |_| shell.title(title()));
        let chosen = begin::recalled(opened, device);
        let next: StoredValue<Option<Session>, LocalStorage> = StoredValue::new_local(None);
        let stage = RwSignal::new(Stage::Choosing);
        let failure: RwSignal<Option<String>> = RwSignal::new(None);
        let start = move |_| {
            let language = shell.language.get_untracked();
            match begin::practise(opened, chosen, language) {
                Ok(begun) => {
                    failure.set(None);
                    next.set_value(Some(begun));
                    stage.set(Stage::Running);
                }
                Err(why) => {
                    shell.announce(why.clone());
                    failure.set(Some(why));
                }
            }
        };
        let taken = move || next.try_update_value(Option::take).flatten();
        let shown = move || {
            match stage.get() {
            Stage::Over => over(opened, stage),
            Stage::Running => taken().map_or_else(|| over(opened, stage), |begun| run(begun, stage)),
            Stage::Choosing => {
                view! {
                    <div class="page stack">
                        <p class="back"><a class="button quiet" href=href(&plan_route(&opened.digest()))>"← " {t(field_words::TO_PLAN)}</a></p>
                        <h1 tabindex="-1">{t(words::TITLE)}</h1>
                        <p>{t(words::TEXT)}</p>
                        {move || fields(opened, chosen, shell.language.get())}
                        <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{why}</p> })}</div>
                        <button type="button" class="button primary wide" on:click=start>{t(words::START)}</button>
                    </div>
                }
                .into_any()
            }
        }
        };
        view! {
            <div class="practice">
                <div class="practice-mark row" role="note">
                    <span class="grow"><strong>{t(words::MARK)}</strong>" · "{t(words::NOTE)}</span>
                    <a href=href(&plan_route(&opened.digest()))>{t(words::LEAVE)}</a>
                </div>
                {shown}
            </div>
        }
        .into_any()
    })
}

fn named(opened: Opened, language: Language) -> String {
    opened.say(|plan| &plan.title, language)
}

fn fields(opened: Opened, chosen: Chosen, language: Language) -> AnyView {
    begin::all_fields(opened, chosen, language)
}

fn run(begun: Session, stage: RwSignal<Stage>) -> AnyView {
    let live = Live::open(begun, |_, _| {});
    live.beside.set_value(Some(super::note::offer));
    let on_close = Rc::new(move |_| {
        stage.set(Stage::Over);
        request_animation_frame(focus_heading);
    });
    // There is nothing to go on with later: the way out stands above.
    in_view(answering(live, on_close, None, Rc::new(|| None)))
}

fn over(opened: Opened, stage: RwSignal<Stage>) -> AnyView {
    view! {
        <div class="page stack">
            <div class="banner warn stack tight">
                <h1 tabindex="-1">{t(words::OVER)}</h1>
                <p>{t(words::OVER_TEXT)}</p>
            </div>
            <button type="button" class="button primary wide" on:click=move |_| stage.set(Stage::Choosing)>{t(words::AGAIN)}</button>
            <a class="button wide" href=href(&plan_route(&opened.digest()))>{t(field_words::TO_PLAN)}</a>
        </div>
    }
    .into_any()
}
