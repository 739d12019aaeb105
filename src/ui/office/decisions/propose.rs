use super::decide;
use crate::batch::{Subject, Verdict};
use crate::report::verdict_words;
use crate::ui::office::desk::{Desk, use_desk};
use crate::ui::office::parts::value_of;
use crate::ui::shell::{Dialog, focus_heading, t, use_shell};
use crate::ui::words::{Words, office as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is about to be decided. Copy: a handle; the page of batches holds one.
#[derive(Clone, Copy)]
pub struct Proposal {
    open: RwSignal<bool>,
    about: RwSignal<Option<Subject>>,
    verdict: RwSignal<Verdict>,
}

impl Proposal {
    pub fn new() -> Proposal {
        Proposal { open: RwSignal::new(false), about: RwSignal::new(None), verdict: RwSignal::new(Verdict::LeaveOut) }
    }

    /// Asks for the reason. Without a subject, also for the id of a record.
    pub fn ask(self, about: Option<Subject>, verdict: Verdict) {
        self.about.set(about);
        self.verdict.set(verdict);
        self.open.set(true);
    }
}

/// The dialog that asks why, and who decides.
#[component]
pub fn Propose(proposal: Proposal) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    // Who decided last, on this page.
    let by = RwSignal::new(String::new());
    let title = Signal::derive(move || verdict_words(proposal.verdict.get()).of(shell.language.get()).to_owned());
    view! {
        <Dialog open=proposal.open title>
            {form(desk, proposal, by)}
        </Dialog>
    }
}

fn form(desk: Desk, proposal: Proposal, by: RwSignal<String>) -> AnyView {
    let shell = use_shell();
    let reason = RwSignal::new(String::new());
    let id = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    let given = proposal.about.get_untracked();
    let asks_id = given.is_none();
    let named = given.as_ref().map(|about| match about {
        Subject::Batch(digest) => (words::DECIDE_BATCH, digest.short().to_owned()),
        Subject::Record { id, .. } => (words::DECIDE_RECORD, id.clone()),
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let about = match (given.clone(), id.get_untracked().trim()) {
            (Some(about), _) => about,
            (None, id) if id.len() == 22 => Subject::Record { id: id.to_owned(), batch: None },
            (None, _) => return fault.set(Some(words::DECIDE_NO_RECORD)),
        };
        let (why, who) = (reason.get_untracked().trim().to_owned(), by.get_untracked().trim().to_owned());
        if why.is_empty() || who.is_empty() {
            return fault.set(Some(words::DECIDE_MISSING));
        }
        busy.set(true);
        let verdict = proposal.verdict.get_untracked();
        spawn_local(async move {
            let done = decide(desk, about, verdict, why, who).await;
            let _ = busy.try_set(false);
            match done {
                Ok(()) => {
                    proposal.open.set(false);
                    shell.announce(words::DECIDED.of(shell.language.get_untracked()).to_owned());
                    focus_heading();
                }
                Err(why) => {
                    let _ = fault.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <form class="stack" on:submit=submit>
            {named.map(|(label, name)| view! { <p>{t(label)}" "<span class="mono">{name}</span></p> })}
            {asks_id.then(|| view! {
                <label class="field">
                    <span class="field-label">{t(words::DECIDE_ID)}</span>
                    <input class="input mono" maxlength="22" autocomplete="off" prop:value=move || id.get()
                        on:input=move |event| id.set(value_of(&event.into()))/>
                    <span class="hint small">{t(words::DECIDE_ID_HINT)}</span>
                </label>
            })}
            <label class="field">
                <span class="field-label">{t(words::DECIDE_REASON)}</span>
                <textarea class="input" rows="3" maxlength="500" prop:value=move || reason.get()
                    on:input=move |event| reason.set(value_of(&event.into()).replace(['\n', '\r'], " "))></textarea>
                <span class="hint small">{t(words::DECIDE_REASON_HINT)}</span>
            </label>
            <label class="field">
                <span class="field-label">{t(words::DECIDE_BY)}</span>
                <input class="input" maxlength="100" autocomplete="name" prop:value=move || by.get()
                    on:input=move |event| by.set(value_of(&event.into()))/>
            </label>
            {move || desk.keys.with(Option::is_none).then(|| view! { <p class="banner warn">{t(words::DECIDE_KEYS)}</p> })}
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| proposal.open.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="submit" class="button primary" disabled=move || busy.get() || desk.keys.with(Option::is_none)>
                    {t(words::DECIDE)}
                </button>
            </div>
        </form>
    }
    .into_any()
}
