use super::{Proposal, export, import};
use crate::batch::{Subject, Verdict};
use crate::browser::files;
use crate::ledger::{Conflict, Place};
use crate::report::decisions_table;
use crate::ui::office::desk::{Desk, use_desk};
use crate::ui::office::intake::LONGEST;
use crate::ui::office::reasons::file_words;
use crate::ui::office::shown::table;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, office as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Contradictions shown at once.
const MOST: usize = 50;

/// Records that contradict each other, and what was decided so far.
#[component]
pub fn Decisions(proposal: Proposal) -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let told = RwSignal::new(None::<Result<usize, (usize, Words)>>);
    let load = move |_| {
        spawn_local(async move {
            let picked = files::choose(files::Pick::One, ".minping-decisions,.minping").await;
            let Some(file) = picked.into_iter().next() else { return };
            told.try_set(None);
            let found = match file.read(LONGEST).await {
                Ok(text) => import(desk, &text).await,
                Err(why) => Err((0, file_words(why))),
            };
            told.try_set(Some(found));
        });
    };
    let any = Memo::new(move |_| {
        desk.turned.track();
        desk.ledger.with_value(|ledger| ledger.as_ref().is_some_and(|ledger| !ledger.decisions().is_empty()))
    });
    view! {
        <section class="stack no-print decisions">
            <h2>{t(words::DECISIONS)}</h2>
            <p class="hint">{t(words::DECISIONS_HINT)}</p>
            {move || {
                desk.turned.track();
                let language = shell.language.get();
                view! { {conflicts(desk, proposal, language)}{made(desk, language)} }
            }}
            <div class="row">
                <button type="button" class="button" on:click=move |_| proposal.ask(None, Verdict::LeaveOut)>
                    {t(words::DECIDE_LEAVE_OUT)}"…"
                </button>
                <Show when=move || any.get()>
                    <button type="button" class="button" on:click=move |_| proposal.ask(None, Verdict::Count)>
                        {t(words::DECIDE_COUNT)}"…"
                    </button>
                    <button type="button" class="button" on:click=move |_| export(desk)>{t(words::DECISIONS_SAVE)}</button>
                </Show>
                <button type="button" class="button" on:click=load>{t(words::DECISIONS_LOAD)}"…"</button>
            </div>
            {move || told.get().map(|told| {
                let language = shell.language.get();
                match told {
                    Ok(count) => view! { <p class="banner good" role="status">{words::DECISIONS_TAKEN.count(language, &[count])}</p> }.into_any(),
                    Err((line, why)) => view! {
                        <p class="banner bad" role="alert">
                            {(line > 0).then(|| words::DECISIONS_LINE.count(language, &[line]))}{why.of(language)}
                        </p>
                    }.into_any(),
                }
            })}
        </section>
    }
}

/// Each contradiction with its records: leaving all but one out lets that one count.
fn conflicts(desk: Desk, proposal: Proposal, language: Language) -> AnyView {
    let found: Vec<(Words, Vec<(String, Option<Place>, String)>)> = desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return Vec::new() };
        let origin = |place: &Place| {
            let kept = ledger.batches().get(&place.batch);
            kept.and_then(|kept| kept.origins().first().cloned()).unwrap_or_default()
        };
        let account = ledger.account();
        let found = account.conflicts.iter().map(|conflict| match conflict {
            Conflict::OneIdTwoContents { id, places } => {
                let each = places.iter().map(|place| ((*id).to_owned(), Some(place.clone()), origin(place)));
                (words::CONFLICT_ID, each.collect())
            }
            Conflict::OneCodeSeveralRecords { ids, places, .. } => {
                let each = ids.iter().zip(places).map(|(id, place)| ((*id).to_owned(), None, origin(place)));
                (words::CONFLICT_CODE, each.collect())
            }
        });
        found.collect()
    });
    let more = found.len().saturating_sub(MOST);
    let one = |(kind, records): (Words, Vec<(String, Option<Place>, String)>)| {
        let records = records.into_iter().map(|(id, place, origin)| {
            let about = Subject::Record { id: id.clone(), batch: place.map(|place| place.batch) };
            let label = words::DECIDE_LEAVE_OUT_NAMED.fill(language, &[&id, &origin]);
            view! {
                <li class="list-row">
                    <span class="grow"><span class="mono">{id}</span>" · "{origin}</span>
                    <button type="button" class="button" aria-label=label
                        on:click=move |_| proposal.ask(Some(about.clone()), Verdict::LeaveOut)>
                        {words::DECIDE_LEAVE_OUT.of(language)}"…"
                    </button>
                </li>
            }
        });
        view! {
            <div class="card stack">
                <p><strong>{kind.of(language)}</strong></p>
                <ul class="list">{records.collect_view()}</ul>
            </div>
        }
    };
    view! {
        {found.into_iter().take(MOST).map(one).collect_view()}
        {(more > 0).then(|| view! { <p class="hint">{words::MORE_LINES.count(language, &[more])}</p> })}
    }
    .into_any()
}

/// What was decided, the newest first.
fn made(desk: Desk, language: Language) -> AnyView {
    let made = desk.ledger.with_value(|ledger| {
        let decisions = ledger.as_ref().map(|ledger| ledger.decisions().iter().rev());
        decisions_table(decisions.into_iter().flatten(), Some(language))
    });
    match made.rows.is_empty() {
        true => view! { <p class="empty">{words::DECISIONS_NONE.of(language)}</p> }.into_any(),
        false => table(&made, words::DECISIONS.of(language), language),
    }
}
