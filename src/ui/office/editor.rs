//! Plans made and changed without writing code: sections with fields, problems beside what they concern, undo, versions and
//! what changed between them, tried out as it will be answered. Drafts are kept on this computer as answers are; nothing is
//! in use or published until the clerk says so. The page is a chunk of its own.

mod basics;
mod bench;
mod checked;
mod drafts;
mod drawing;
mod editions;
mod faults;
mod field;
mod frame;
mod indicators;
mod paper;
mod parts;
mod paste;
mod pen;
mod place;
mod questions;
mod quotas;
mod raters;
mod ready;
mod rows;
mod sample;
mod scales;
mod script;
mod sections;
mod strata;
mod text;
mod texts;
mod units;
mod versions;

use super::desk::{Desk, use_desk};
use super::parts::Heading;
use crate::browser::keeper::DraftLock;
use crate::design::Draft;
use crate::ui::element::{Element, NotLoaded, chunk, el, group, in_view, of_view, on_demand};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, design as words, office as office_words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use pen::{Pen, draft_key};

#[component]
pub fn Editor() -> impl IntoView {
    let desk = use_desk();
    in_view(on_demand(move || editor(desk)))
}

#[chunk(editor, fallible)]
fn editor(desk: Desk) -> Result<Element, NotLoaded> {
    let shell = use_shell();
    // The draft stays while its address goes from one section to another.
    let id = Memo::new(move |_| shell.route.with(|route| route.split('/').nth(2).unwrap_or_default().to_owned()));
    Ok(group().live(move || {
        let id = id.get();
        untrack(|| if id.is_empty() { drafts::drafts(desk) } else { of_view(view! { <Open desk id/> }.into_any()) })
    }))
}

/// A draft, in one window at a time: two would write over one another.
#[component]
fn Open(desk: Desk, id: String) -> impl IntoView {
    let held = RwSignal::new(None::<bool>);
    let lock = StoredValue::new_local(None::<DraftLock>);
    let key = StoredValue::new(draft_key(&id));
    let acquire = move |take: bool| {
        spawn_local(async move {
            let (keeper, key) = (desk.keeper(), key.get_value());
            let got = if take { keeper.take_over(&key).await } else { keeper.lock(&key).await };
            let here = got.is_some();
            // The page may be left by now: the right to write goes with it.
            if lock.try_set_value(got).is_none() {
                held.try_set(Some(here));
            }
        });
    };
    acquire(false);
    Effect::new(move |_| {
        desk.stirred.track();
        let lost = lock.with_value(|lock| lock.as_ref().is_some_and(|lock| !lock.held()));
        if lost && held.get_untracked() == Some(true) {
            held.set(Some(false));
        }
    });
    let id = StoredValue::new(id);
    move || match held.get() {
        None => view! { <p class="empty" role="status">{t(shell_words::LOADING)}</p> }.into_any(),
        Some(true) => in_view(untrack(|| opened(desk, &id.get_value()))),
        Some(false) => view! {
            <section class="stack">
                <Heading title=words::TITLE/>
                <div class="banner warn stack tight" role="alert">
                    <p>{t(office_words::EDIT_ELSEWHERE)}</p>
                    <p>
                        <button type="button" class="button primary" on:click=move |_| acquire(true)>
                            {t(office_words::EDIT_TAKE_OVER)}
                        </button>
                    </p>
                </div>
            </section>
        }
        .into_any(),
    }
}

fn opened(desk: Desk, id: &str) -> Element {
    match desk.keeper().get(&draft_key(id)).and_then(|kept| Draft::read(&kept)) {
        Some(draft) => bench::bench(Pen::new(desk, id, draft)),
        None => el("section", "stack")
            .child(el("h1", "").say(words::TITLE))
            .child(el("p", "banner warn").attr("role", "alert").say(words::NO_DRAFTS))
            .child(el("p", "").child(el("a", "button").attr("href", "#/edit").say(words::BACK))),
    }
}

/// What a member of a plan is called.
fn names(member: &str) -> Words {
    crate::design::names::member(member).unwrap_or(words::NONE)
}

fn said_errors(pen: Pen, errors: usize) -> String {
    office_words::EDIT_ERRORS.count(pen.shell.language.get(), &[errors])
}

fn said_warnings(pen: Pen, warnings: usize) -> String {
    office_words::EDIT_WARNINGS.count(pen.shell.language.get(), &[warnings])
}
