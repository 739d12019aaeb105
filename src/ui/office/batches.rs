//! Batches: open them, see what each is, and where every record went.

mod account;
mod compare;
mod fetch;
mod summary;
mod versions;

use super::decisions::{Decisions, Proposal, Propose};
use super::desk::{Desk, use_desk};
use super::intake::{self, Opened};
use super::parts::Heading;
use super::standing::Needed;
use crate::browser::files;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Language, Words, office as words, shell as shell_words};
use account::{account, file_list};
use compare::Compare;
use fetch::Fetch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use summary::summarize;
use versions::Versions;

const ACCEPT: &str = ".minping";

#[component]
pub fn Batches() -> impl IntoView {
    view! {
        <section class="stack">
            <Heading title=words::BATCHES_TITLE text=words::BATCHES_TEXT/>
            <WithPlan>
                <Sources/>
                <Fetch/>
                <LastOpened/>
                <Account/>
                <Versions/>
                <Compare/>
            </WithPlan>
        </section>
    }
}

/// What is below needs a plan.
#[component]
pub fn WithPlan(children: ChildrenFn) -> impl IntoView {
    let desk = use_desk();
    view! {
        <Show when=move || desk.chosen.with(Option::is_some) fallback=|| view! {
            <Needed title=words::PLAN_NONE text=words::PLAN_NONE_TEXT href="#/plans" action=words::PLAN_CHOOSE/>
        }>{children()}</Show>
    }
}

/// Where batches come from: files, a folder, or dropped on the page.
#[component]
fn Sources() -> impl IntoView {
    let desk = use_desk();
    let over = RwSignal::new(false);
    let pick = move |what: files::Pick| {
        spawn_local(async move {
            intake::take_in(desk, files::choose(what, ACCEPT).await).await;
        });
    };
    let drop = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        // Text that was dragged here has no files.
        let dropped = event.data_transfer().map_or(Vec::new(), |data| files::handles(&data));
        spawn_local(intake::take_in(desk, dropped));
    };
    view! {
        <div
            class=move || if over.get() { "drop over" } else { "drop" }
            on:dragover=move |event| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <div class="row">
                <button type="button" class="button primary" on:click=move |_| pick(files::Pick::Several)>
                    {t(words::BATCHES_FILES)}"…"
                </button>
                <button type="button" class="button" on:click=move |_| pick(files::Pick::Folder)>
                    {t(words::BATCHES_FOLDER)}"…"
                </button>
                <span class="hint">{t(words::BATCHES_DROP)}</span>
            </div>
        </div>
    }
}

/// What became of the files that were opened last.
#[component]
fn LastOpened() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let text = move || desk.opened.get().map(|opened| opened_text(&opened, shell.language.get()));
    let well = move || desk.opened.get().is_none_or(|opened| opened.apart + opened.refused + opened.left == 0);
    view! {
        <div role="status">{move || text().map(|text| view! {
            <p class=move || if well() { "banner good" } else { "banner warn" }>{text}</p>
        })}</div>
    }
}

fn opened_text(opened: &Opened, language: Language) -> String {
    let parts: [(Words, usize); 5] = [
        (words::OPENED_ADMITTED, opened.admitted),
        (words::OPENED_KNOWN, opened.known),
        (words::OPENED_APART, opened.apart),
        (words::OPENED_REFUSED, opened.refused),
        (words::OPENED_LEFT, opened.left),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(_, count)| *count > 0).map(|(words, count)| words.count(language, &[*count])).collect();
    match said.is_empty() {
        true => words::OPENED_NOTHING.of(language).to_owned(),
        false => said.join(words::COMMA.of(language)),
    }
}

/// The account of all batches on the desk.
#[component]
fn Account() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let removing = RwSignal::new(false);
    let proposal = Proposal::new();
    let summary = Memo::new_with_compare(
        move |_| {
            desk.turned.track();
            summarize(desk)
        },
        |_, _| true,
    );
    let waiting = move || summary.with(|summary| summary.balance.waiting);
    let waits = move || desk.keys.with(Option::is_none) && waiting() > 0;
    // The work was stopped.
    let stopped = move || desk.keys.with(Option::is_some) && waiting() > 0 && desk.work.with(Option::is_none);
    view! {
        <Show when=waits>
            <Needed title=words::KEYS_NEEDED text=words::KEYS_NEEDED_TEXT href="#/keys" action=words::KEYS_GO/>
        </Show>
        <Show when=stopped>
            <div class="banner warn row spread">
                <span class="grow">{move || words::STOPPED_WAITING.count(shell.language.get(), &[waiting() as usize])}</span>
                <button type="button" class="button primary" on:click=move |_| spawn_local(intake::open_all(desk))>
                    {t(words::OPEN_WAITING)}
                </button>
            </div>
        </Show>
        {move || summary.with(|summary| {
            let language = shell.language.get();
            if summary.files.is_empty() {
                return view! { <p class="empty">{words::BATCHES_EMPTY.of(language)}</p> }.into_any();
            }
            view! {
                {account(summary, language)}
                {file_list(summary, proposal, language)}
                <div class="row no-print">
                    <a class="button primary" href="#/results">{words::RESULTS_GO.of(language)}</a>
                    <button type="button" class="button danger" on:click=move |_| removing.set(true)>
                        {words::BATCHES_REMOVE_ALL.of(language)}
                    </button>
                </div>
            }.into_any()
        })}
        <Show when=move || summary.with(|summary| !summary.files.is_empty())><Decisions proposal/></Show>
        <Propose proposal/>
        <Removal open=removing desk/>
    }
}

#[component]
fn Removal(open: RwSignal<bool>, desk: Desk) -> impl IntoView {
    let shell = use_shell();
    let title = Signal::derive(move || words::BATCHES_REMOVE_TITLE.of(shell.language.get()).to_owned());
    view! {
        <Dialog open title>
            <p>{t(words::BATCHES_REMOVE_TEXT)}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=move |_| {
                    open.set(false);
                    spawn_local(intake::remove_all(desk));
                }>{t(words::REMOVE)}</button>
            </div>
        </Dialog>
    }
}
