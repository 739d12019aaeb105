//! What the office answers to the texts that are selected.

use super::bulk::{chosen, is_signed};
use super::work::Work;
use crate::suggestions::{NoteStep, find};
use crate::ui::office::parts::value_of;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{shell as shell_words, suggestions as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// The button, and the dialog in which the answer is written. `number`: how many texts are selected and shown.
pub fn answering(work: Work, number: Memo<usize>) -> AnyView {
    let shell = use_shell();
    let open = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    // Whether one of them has an answer: it can be taken back.
    let has_answer = RwSignal::new(false);
    let ask = move |_| {
        if !is_signed(work, shell) {
            return;
        }
        let answers: BTreeSet<Option<String>> = work.standings.with_untracked(|standings| {
            chosen(work).iter().map(|said| standings.get(&said.id)?.answer.clone()).collect()
        });
        has_answer.set(answers.iter().any(Option::is_some));
        // The one answer that all of them have is gone on with; different ones are not mixed.
        let one = (answers.len() == 1).then(|| answers.into_iter().next().flatten()).flatten();
        text.set(one.unwrap_or_default());
        open.set(true);
    };
    let keep = move |answer: String| {
        let ids = chosen(work).into_iter().map(|said| said.id).collect();
        open.set(false);
        spawn_local(async move {
            if work.write(vec![(ids, NoteStep::Answered(answer))]).await {
                shell.say(words::DONE);
            }
        });
    };
    let typed = move |event: web_sys::Event| text.set(value_of(&event));
    let blank = move || text.with(|text| text.trim().is_empty());
    let names = move || text.with(|text| find(text).len());
    let title = Signal::derive(move || words::ANSWER_TITLE.count(shell.language.get(), &[number.get()]));
    view! {
        <button type="button" class="button" disabled=move || number.get() == 0 on:click=ask>{t(words::ANSWER)}"…"</button>
        <Dialog open title>
            <label class="field">
                <span class="field-label">{t(words::ANSWER_FIELD)}</span>
                <textarea class="input said-answer" rows="5" prop:value=move || text.get() on:input=move |event| typed(event.into())></textarea>
            </label>
            <p class="hint small">{t(words::ANSWER_TEXT)}</p>
            <p role="status">{move || (names() > 0).then(|| view! {
                <span class="banner warn">{words::ANSWER_NAMES.count(shell.language.get(), &[names()])}</span>
            })}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                <Show when=move || has_answer.get()>
                    <button type="button" class="button" on:click=move |_| keep(String::new())>{t(words::ANSWER_BACK)}</button>
                </Show>
                <button type="button" class="button primary" disabled=blank
                    on:click=move |_| keep(text.with_untracked(|text| text.trim().to_owned()))>{t(words::ANSWER_DO)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}
