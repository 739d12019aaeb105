//! Closing: asked, explained where numbers do not fit, signed, and kept before anything is shown.

use super::opening::line;
use super::seal::alone;
use super::work::{Kept, Look, Work, key, local_now};
use crate::browser::crypto::Web;
use crate::hall::{Closing, NotYet, Outcome, Protocol};
use crate::report::protocol_notes;
use crate::ui::office::faults::Fault;
use crate::ui::office::parts::value_of;
use crate::ui::office::standing::WithKeys;
use crate::ui::shell::{Dialog, focus_heading, t, use_shell};
use crate::ui::words::{Language, Words, hall as words, office, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};

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

/// What people counted by hand, and what was sealed. None: paper was entered and nobody counted the box.
fn closing_of(work: Work, kept: &Kept) -> Option<Closing> {
    let mut collected = BTreeMap::new();
    for issued in &kept.ballot.issued {
        collected.insert(issued.rater_group.clone().unwrap_or_default(), (0, 0));
    }
    let (mut invalid_marks, mut entered) = (0, BTreeSet::new());
    for (place, outcome) in &kept.sealed {
        // Papers of before the outcome was kept with them: as they were settled.
        let outcome = outcome.or_else(|| work.settled(&kept.ballot.id, place).map(|slip| Outcome::of(&slip)));
        match outcome {
            Some(Outcome::Spoiled) => collected.entry(place.0.clone()).or_default().1 += 1,
            Some(Outcome::Valid(marks)) => invalid_marks += marks,
            None => {}
        }
        entered.insert(&place.0);
    }
    for (group, (in_box, _)) in &mut collected {
        match kept.collected.get(group) {
            Some(count) => *in_box = *count,
            None if entered.contains(group) => return None,
            None => {}
        }
    }
    Some(Closing { closed: local_now(), collected, invalid_marks, ..Closing::default() })
}

/// Paper that is entered, or begun, and is in no batch.
fn unfinished(work: Work, kept: &Kept) -> usize {
    let papers = work.papers(&kept.ballot.id);
    let groups = kept.ballot.issued.iter().map(|issued| issued.rater_group.clone().unwrap_or_default());
    let open = groups.flat_map(|group| papers.numbers(&group).into_iter().map(move |number| (group.clone(), number)));
    open.filter(|place| !kept.sealed.contains_key(place)).count()
}

/// What the dialog says before anything is signed.
struct Preview {
    shown: Option<AnyView>,
    /// Numbers do not fit: an explanation is asked for.
    unfit: bool,
    /// Why it cannot be closed now.
    why: Option<String>,
}

/// As it would be signed now, whatever does not fit.
fn preview(work: Work, id: &str, language: Language) -> Preview {
    let not = |why: String| Preview { shown: None, unfit: false, why: Some(why) };
    let Some(kept) = work.fresh(id) else { return not(words::GONE.of(language).to_owned()) };
    let open = unfinished(work, &kept);
    if open > 0 {
        return not(words::UNFINISHED.count(language, &[open]));
    }
    if !kept.waiting.is_empty() {
        return not(words::WAITING.count(language, &[kept.waiting.len()]));
    }
    let Some(closing) = closing_of(work, &kept) else { return not(words::BOX_MISSING.of(language).to_owned()) };
    let closing = Closing { note: "-".to_owned(), ..closing };
    let ways = untrack(|| work.ways(&kept.ballot));
    let made = work
        .desk
        .ledger
        .with_value(|ledger| ledger.as_ref().map(|ledger| Protocol::close(ledger, &kept.ballot, &ways, &closing)));
    match made {
        Some(Ok(protocol)) => {
            let protocol = Protocol { note: String::new(), ..protocol };
            let total = &protocol.total;
            let counts = [total.issued, total.returned(), total.valid(), total.spoiled].map(|count| count as usize);
            let notes = protocol_notes(&protocol, language).into_iter().map(|note| view! { <li>{note}</li> });
            let shown = view! {
                <p><strong>{words::BOARD_COUNTS.count(language, &counts)}</strong></p>
                <ul class="notes">{notes.collect_view()}</ul>
            };
            Preview { shown: Some(shown.into_any()), unfit: !protocol.balances(), why: None }
        }
        Some(Err(why)) => not(words_of(&why).of(language).to_owned()),
        None => not(words::CLOSE_OTHER_PLAN.of(language).to_owned()),
    }
}

fn form(work: Work, id: String, open: RwSignal<bool>) -> AnyView {
    let shell = use_shell();
    let (teller, supervisor, note) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<Words>);
    let busy = RwSignal::new(false);
    // Nobody looked at the receiver, or it did not answer: it is said so, or not closed.
    let unseen = RwSignal::new(work.token.with_untracked(|token| token.trim().is_empty()));
    let without = RwSignal::new(false);
    // Anew after every try: ballots may have come meanwhile.
    let (unfit, blocked) = (RwSignal::new(false), RwSignal::new(false));
    let tries = RwSignal::new(0usize);
    let of_preview = id.clone();
    let numbers = move || {
        tries.track();
        let made = preview(work, &of_preview, shell.language.get());
        unfit.set(made.unfit);
        blocked.set(made.why.is_some());
        view! {
            {made.shown}
            {made.why.map(|why| view! { <p class="banner bad" role="alert">{why}</p> })}
        }
    };
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
            let closed = close(work, &id, names, without.get_untracked()).await;
            let _ = busy.try_set(false);
            match closed {
                Ok(()) => {
                    let _ = open.try_set(false);
                    shell.announce(words::CLOSED_SAY.of(shell.language.get_untracked()).to_owned());
                    focus_heading();
                }
                Err(why) => {
                    let asked = [words::CLOSE_UNSEEN, words::CLOSE_LOOK_FAILED];
                    if why.is_some_and(|why| asked.contains(&why)) {
                        let _ = unseen.try_set(true);
                    }
                    let _ = fault.try_set(why);
                    let _ = tries.try_update(|tries| *tries += 1);
                }
            }
        });
    };
    view! {
        <form class="stack" on:submit=submit>
            <p>{t(words::CLOSE_ASK)}</p>
            {numbers}
            {line(words::TELLER, teller)}
            {line(words::SUPERVISOR, supervisor)}
            {move || unfit.get().then(|| view! {
                <p class="banner warn">{t(words::NOT_BALANCED)}</p>
                <label class="field">
                    <span class="field-label">{t(words::NOTE)}</span>
                    <textarea class="input" rows="3" maxlength="1000" prop:value=move || note.get()
                        on:input=move |event| note.set(value_of(&event.into()))></textarea>
                </label>
            })}
            {move || unseen.get().then(|| view! {
                <label class="option">
                    <input type="checkbox" class="option-input" prop:checked=move || without.get()
                        on:change=move |event| without.set(event_target_checked(&event))/>
                    <span class="option-body">{t(words::CLOSE_WITHOUT)}</span>
                </label>
            })}
            {move || fault.get().map(|fault| view! { <p class="error" role="alert">{t(fault)}</p> })}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="submit" class="button danger" disabled=move || busy.get() || blocked.get()>{t(words::CLOSE_DO)}</button>
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
async fn close(
    work: Work,
    id: &str,
    [teller, supervisor, note]: [String; 3],
    without: bool,
) -> Result<(), Option<Words>> {
    // What is still on its way from the receiver belongs to the ballot.
    match work.look_once().await {
        Look::Done => {}
        _ if without => {}
        Look::Off => return Err(Some(words::CLOSE_UNSEEN)),
        Look::Failed(_) => return Err(Some(words::CLOSE_LOOK_FAILED)),
    }
    // Nobody seals meanwhile.
    let _alone = alone(id).await;
    let desk = work.desk;
    let (Some(keys), Some(kept)) = (desk.keys.get_untracked(), work.fresh(id)) else {
        return Err(Some(office::KEYS_NEEDED));
    };
    if kept.protocol.is_some() {
        return Ok(());
    }
    if unfinished(work, &kept) > 0 || !kept.waiting.is_empty() {
        return Err(Some(words::SEAL_FIRST));
    }
    let Some(closing) = closing_of(work, &kept) else { return Err(Some(words::BOX_MISSING)) };
    let ways = untrack(|| work.ways(&kept.ballot));
    let closing = Closing { teller, supervisor, note, ..closing };
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
    if Protocol::read_unverified(&text).is_none() {
        return Err(Some(words::CLOSE_UNREADABLE));
    }
    if work.keep(vec![(key(id, "protocol"), Some(text))]).await { Ok(()) } else { Err(None) }
}
