//! Closing: asked, explained where numbers do not fit, signed, and kept before anything is shown.

use super::opening::line;
use super::work::{Work, key, local_now};
use crate::browser::crypto::Web;
use crate::hall::{Closing, NotYet, Protocol};
use crate::report::protocol_notes;
use crate::ui::office::faults::Fault;
use crate::ui::office::parts::value_of;
use crate::ui::office::standing::WithKeys;
use crate::ui::shell::{Dialog, focus_heading, t, use_shell};
use crate::ui::words::{Words, hall as words, office, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

pub fn closing(work: Work, id: String) -> AnyView {
    let shell = use_shell();
    let open = RwSignal::new(false);
    let title = Signal::derive(move || words::CLOSE_TITLE.of(shell.language.get()).to_owned());
    let id = StoredValue::new(id);
    view! {
        <section class="card stack no-print">
            <h2>{t(words::CLOSE)}</h2>
            <p>{t(words::CLOSE_TEXT)}</p>
            <WithKeys>
                <div class="row"><button type="button" class="button danger" on:click=move |_| open.set(true)>{t(words::CLOSE)}"…"</button></div>
            </WithKeys>
            <Dialog open title>{form(work, id.get_value(), open)}</Dialog>
        </section>
    }
    .into_any()
}

/// What people counted by hand, and what was entered.
fn closing_of(work: Work, id: &str) -> Closing {
    let papers = work.papers(id);
    let mut collected = BTreeMap::new();
    if let Some(kept) = work.kept_now(id) {
        for issued in &kept.ballot.issued {
            let group = issued.rater_group.clone().unwrap_or_default();
            let (valid, spoiled) = papers.balance(&group);
            // Nobody counted the box: what was entered stands for it.
            let in_box = kept.collected.get(&group).copied().unwrap_or(valid + spoiled);
            collected.insert(group, (in_box, spoiled));
        }
    }
    let invalid_marks = papers.settled().map(|(_, slip)| slip.invalid_marks()).sum();
    Closing { closed: local_now(), collected, invalid_marks, ..Closing::default() }
}

/// Paper that is entered, or begun, and is in no batch.
fn unfinished(work: Work, id: &str) -> usize {
    let Some(kept) = work.kept_now(id) else { return 0 };
    let papers = work.papers(id);
    let groups = kept.ballot.issued.iter().map(|issued| issued.rater_group.clone().unwrap_or_default());
    let open = groups.flat_map(|group| papers.numbers(&group).into_iter().map(move |number| (group.clone(), number)));
    open.filter(|place| !kept.sealed.contains(place)).count()
}

fn form(work: Work, id: String, open: RwSignal<bool>) -> AnyView {
    let shell = use_shell();
    let (teller, supervisor, note) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    let waits = unfinished(work, &id);
    // As it would be signed now, whatever does not fit.
    let preview = work.kept_now(&id).and_then(|kept| {
        let ways = untrack(|| work.ways(&kept.ballot));
        let closing = Closing { note: "-".to_owned(), ..closing_of(work, &id) };
        work.desk
            .ledger
            .with_value(|ledger| ledger.as_ref().map(|ledger| Protocol::close(ledger, &kept.ballot, &ways, &closing)))
    });
    let (shown, fits, why) = match preview {
        Some(Ok(protocol)) => {
            let language = shell.language.get_untracked();
            let protocol = Protocol { note: String::new(), ..protocol };
            let total = &protocol.total;
            let counts = [total.issued, total.returned(), total.valid(), total.spoiled].map(|count| count as usize);
            let notes = protocol_notes(&protocol, language).into_iter().map(|note| view! { <li>{note}</li> });
            let shown = view! {
                <p><strong>{words::BOARD_COUNTS.count(language, &counts)}</strong></p>
                <ul class="notes">{notes.collect_view()}</ul>
            };
            (Some(shown), protocol.balances(), None)
        }
        Some(Err(why)) => (None, true, Some(words_of(&why))),
        None => (None, true, Some(words::CLOSE_OTHER_PLAN)),
    };
    let blocked = waits > 0 || why.is_some();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let missing = [teller, supervisor].into_iter().any(|name| name.with_untracked(|name| name.trim().is_empty()));
        if missing {
            return fault.set(Some(words::NAMES_MISSING));
        }
        let (id, names) = (id.clone(), [teller, supervisor, note].map(|value| value.get_untracked()));
        busy.set(true);
        fault.set(None);
        spawn_local(async move {
            let closed = close(work, &id, names).await;
            let _ = busy.try_set(false);
            match closed {
                Ok(()) => {
                    let _ = open.try_set(false);
                    shell.announce(words::CLOSED_SAY.of(shell.language.get_untracked()).to_owned());
                    focus_heading();
                }
                Err(why) => {
                    let _ = fault.try_set(why);
                }
            }
        });
    };
    view! {
        <form class="stack" on:submit=submit>
            <p>{t(words::CLOSE_ASK)}</p>
            {shown}
            {why.map(|why| view! { <p class="banner bad" role="alert">{t(why)}</p> })}
            {(waits > 0).then(|| view! { <p class="banner bad" role="alert">{words::UNFINISHED.count(shell.language.get_untracked(), &[waits])}</p> })}
            {line(words::TELLER, teller)}
            {line(words::SUPERVISOR, supervisor)}
            {(!fits).then(|| view! {
                <p class="banner warn">{t(words::NOT_BALANCED)}</p>
                <label class="field">
                    <span class="field-label">{t(words::NOTE)}</span>
                    <textarea class="input" rows="3" maxlength="1000" prop:value=move || note.get()
                        on:input=move |event| note.set(value_of(&event.into()))></textarea>
                </label>
            })}
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="submit" class="button danger" disabled=move || busy.get() || blocked>{t(words::CLOSE_DO)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn words_of(why: &NotYet) -> Words {
    match why {
        NotYet::Sealed(_) => words::CLOSE_SEALED,
        NotYet::OtherPlan => words::CLOSE_OTHER_PLAN,
        NotYet::NoteMissing => words::NOTE_MISSING,
        NotYet::Spoiled { .. } => words::CLOSE_SPOILED,
    }
}

/// `Err(None)`: the desk says why.
async fn close(work: Work, id: &str, [teller, supervisor, note]: [String; 3]) -> Result<(), Option<Words>> {
    // What is still on its way from the receiver belongs to the ballot.
    work.look_once().await;
    let desk = work.desk;
    let (Some(keys), Some(kept)) = (desk.keys.get_untracked(), work.kept_now(id)) else {
        return Err(Some(office::KEYS_NEEDED));
    };
    if kept.protocol.is_some() {
        return Ok(());
    }
    if unfinished(work, id) > 0 {
        return Err(Some(words::SEAL_FIRST));
    }
    let ways = untrack(|| work.ways(&kept.ballot));
    let closing = Closing { teller, supervisor, note, ..closing_of(work, id) };
    let made = desk
        .ledger
        .with_value(|ledger| ledger.as_ref().map(|ledger| Protocol::close(ledger, &kept.ballot, &ways, &closing)));
    let protocol = match made {
        Some(Ok(protocol)) => protocol,
        Some(Err(why)) => return Err(Some(words_of(&why))),
        None => return Err(Some(words::CLOSE_OTHER_PLAN)),
    };
    let Ok(text) = protocol.sign(&Web, &keys.secrets.sign, &keys.secrets.sign_public).await else {
        desk.faults.tell(Fault::Crypto);
        return Err(None);
    };
    if work.keep(vec![(key(id, "protocol"), Some(text))]).await { Ok(()) } else { Err(None) }
}
