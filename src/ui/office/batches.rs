//! Batches: open them, see what each is, and where every record went.

use super::desk::{Desk, Needed, use_desk};
use super::intake::{self, Arrival};
use super::parts::{Heading, value_of};
use super::reasons::{batch_words, quarantine_words};
use crate::browser::files;
use crate::ledger::{Balance, Explain, Explanation, Standing};
use crate::plan::Digest;
use crate::ui::shell::{Dialog, t, use_shell};
use crate::ui::words::{Language, Words, office as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const ACCEPT: &str = ".minping";

/// The ledger's account, in a form that views can keep.
#[derive(Clone, Default)]
struct Summary {
    balance: Balance,
    admitted: usize,
    quarantined: usize,
    refused: usize,
    voided: usize,
    /// Device (its name on the roster, or the start of its thumbprint) and missing numbers.
    gaps: Vec<(String, String)>,
    forks: Vec<(String, String)>,
    /// Findings about single records: each once, with how often.
    findings: Vec<(Explanation, usize)>,
    files: Vec<Line>,
}

/// One file that was opened.
#[derive(Clone)]
struct Line {
    origin: String,
    device: Option<String>,
    seq: Option<u64>,
    records: Option<usize>,
    /// What was found, and what to do; none: admitted.
    reason: Option<(Words, Words)>,
}

fn summarize(desk: Desk) -> Summary {
    let roster = desk.roster.get_untracked();
    let name = |device: &Digest| {
        let entry = roster.as_ref().and_then(|here| here.roster.entry(device));
        entry.map_or_else(|| device.short().to_owned(), |entry| entry.name.clone())
    };
    desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return Summary::default() };
        let account = ledger.account();
        let mut out = Summary { balance: account.balance, voided: account.voided.len(), ..Summary::default() };
        for chain in &account.chains {
            for (first, last) in &chain.gaps {
                let mut run = first.to_string();
                if last > first {
                    run.push('–');
                    run.push_str(&last.to_string());
                }
                out.gaps.push((name(&chain.device), run));
            }
            for fork in &chain.forks {
                let seq = match fork {
                    crate::ledger::Fork::SameSeq { seq, .. } | crate::ledger::Fork::OtherBefore { seq, .. } => seq,
                };
                out.forks.push((name(&chain.device), seq.to_string()));
            }
        }
        let mut find = |found: Explanation| match out.findings.iter_mut().find(|(known, _)| *known == found) {
            Some((_, count)) => *count += 1,
            None => out.findings.push((found, 1)),
        };
        account.conflicts.iter().for_each(|conflict| find(conflict.explain()));
        account.unopened.iter().for_each(|(_, error)| find(error.explain()));
        account.unfit.iter().for_each(|(_, _, unfit)| find(unfit.explain()));
        for kept in ledger.batches().values() {
            let head = kept.head();
            let reason = match kept.standing() {
                Standing::Admitted => None,
                Standing::Quarantined(why) => Some(quarantine_words(why)),
            };
            match reason {
                None => out.admitted += 1,
                Some(_) => out.quarantined += 1,
            }
            out.files.push(Line {
                origin: kept.origins().iter().next().cloned().unwrap_or_default(),
                device: (head.seq > 0).then(|| name(&head.device)),
                seq: Some(head.seq),
                records: Some(kept.len()),
                reason,
            });
        }
        for (origin, reasons) in ledger.refused() {
            out.refused += 1;
            let reason = reasons.last().map(batch_words);
            out.files.push(Line { origin: origin.clone(), device: None, seq: None, records: None, reason });
        }
        // What needs the clerk first.
        out.files.sort_by_key(|line| (line.reason.is_none(), line.origin.clone()));
        out
    })
}

#[component]
pub fn Batches() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let over = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let pick = move |what: files::Pick| {
        spawn_local(async move {
            let picked = files::pick(what, ACCEPT).await;
            intake::take_in(desk, picked.into_iter().map(Arrival::from).collect()).await;
        });
    };
    let drop = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        let Some(data) = event.data_transfer() else { return };
        spawn_local(async move {
            let picked = files::read_files(&data).await;
            intake::take_in(desk, picked.into_iter().map(Arrival::from).collect()).await;
        });
    };
    let summary = Memo::new_with_compare(
        move |_| {
            desk.turned.track();
            summarize(desk)
        },
        |_, _| true,
    );
    view! {
        <section class="stack">
            <Heading title=words::BATCHES_TITLE text=words::BATCHES_TEXT/>
            <Show when=move || desk.chosen.with(Option::is_some) fallback=|| view! {
                <Needed title=words::PLAN_NONE text=words::PLAN_NONE_TEXT href="#/plans" action=words::PLAN_CHOOSE/>
            }>
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
                <Fetch/>
                <Show when=move || desk.keys.with(Option::is_none) && (summary.with(|summary| summary.balance.waiting) > 0)>
                    <Needed title=words::KEYS_NEEDED text=words::KEYS_NEEDED_TEXT href="#/keys" action=words::KEYS_GO/>
                </Show>
                {move || summary.with(|summary| {
                    let language = shell.language.get();
                    if summary.files.is_empty() {
                        view! { <p class="empty">{t(words::BATCHES_EMPTY)}</p> }.into_any()
                    } else {
                        view! {
                            {account(summary, language)}
                            {files_table(summary, language)}
                            <div class="row no-print">
                                <a class="button primary" href="#/results">{t(words::RESULTS_TITLE)}</a>
                                <button type="button" class="button danger" on:click=move |_| removing.set(true)>
                                    {t(words::BATCHES_REMOVE_ALL)}
                                </button>
                            </div>
                        }.into_any()
                    }
                })}
            </Show>
            <Dialog open=removing title=Signal::derive(move || words::BATCHES_REMOVE_TITLE.of(shell.language.get()).to_owned())>
                <p>{t(words::BATCHES_REMOVE_TEXT)}</p>
                <div class="row">
                    <button type="button" class="button danger" on:click=move |_| {
                        removing.set(false);
                        spawn_local(intake::remove_all(desk));
                    }>{t(words::REMOVE)}</button>
                    <button type="button" class="button" on:click=move |_| removing.set(false)>{t(shell_words::CANCEL)}</button>
                </div>
            </Dialog>
        </section>
    }
}

fn account(summary: &Summary, language: Language) -> AnyView {
    let balance = summary.balance;
    let lines: Vec<(Words, u64, &'static str)> = vec![
        (words::SUM_COUNTED, balance.counted, "good"),
        (words::SUM_WAITING, balance.waiting, "warn"),
        (words::SUM_DUPLICATES, balance.duplicates, ""),
        (words::SUM_CONFLICTS, balance.conflicting, "bad"),
        (words::SUM_UNOPENED, balance.unopened, "bad"),
        (words::SUM_UNFIT, balance.unfit, "bad"),
        (words::SUM_IN_QUARANTINE, balance.quarantined, "warn"),
    ];
    let batches: Vec<(Words, usize, &'static str)> = vec![
        (words::SUM_BATCHES, summary.admitted, "good"),
        (words::SUM_QUARANTINED, summary.quarantined, "warn"),
        (words::SUM_REFUSED, summary.refused, "bad"),
        (words::SUM_VOIDED, summary.voided, ""),
        (words::SUM_GAPS, summary.gaps.len(), "bad"),
        (words::SUM_FORKS, summary.forks.len(), "bad"),
    ];
    let tile = |name: Words, value: u64, kind: &'static str| {
        let class = if value == 0 || kind.is_empty() { "tile".to_owned() } else { ["tile ", kind].concat() };
        view! { <div class=class><dt>{name.of(language)}</dt><dd>{value}</dd></div> }
    };
    view! {
        <h2>{words::SUMMARY.of(language)}</h2>
        <dl class="tiles">{lines.into_iter().map(|(name, value, kind)| tile(name, value, kind)).collect_view()}</dl>
        {if balance.holds() {
            view! { <p class="hint small">{words::BALANCED.of(language)}</p> }.into_any()
        } else {
            view! { <p class="banner bad" role="alert">{words::UNBALANCED.of(language)}</p> }.into_any()
        }}
        <dl class="tiles">
            {batches.into_iter().map(|(name, value, kind)| tile(name, value as u64, kind)).collect_view()}
        </dl>
        {summary.gaps.iter().map(|(device, run)| view! {
            <p class="banner bad">{words::GAP_LINE.fill(language, &[device, run])}</p>
        }).collect_view()}
        {summary.forks.iter().map(|(device, seq)| view! {
            <p class="banner bad">{words::FORK_LINE.fill(language, &[device, seq])}</p>
        }).collect_view()}
        {summary.findings.iter().map(|(found, count)| {
            let text = if language == Language::Zh { found.zh.clone() } else { found.en.clone() };
            view! { <p class="banner warn">{text}" × "{*count}</p> }
        }).collect_view()}
    }
    .into_any()
}

/// More lines than this make the page slow and nobody reads them: those that need the clerk come first.
const MOST_LINES: usize = 500;

fn files_table(summary: &Summary, language: Language) -> AnyView {
    let more = summary.files.len().saturating_sub(MOST_LINES);
    view! {
        <h2>{words::FILES_TITLE.of(language)}</h2>
        <div class="table-frame" tabindex="0" role="region" aria-label=words::FILES_TITLE.of(language)><table class="table">
            <thead><tr>
                <th scope="col">{words::FILE.of(language)}</th><th scope="col">{words::FOUND.of(language)}</th>
                <th scope="col">{words::DEVICE.of(language)}</th><th scope="col" class="number">{words::SEQ.of(language)}</th>
                <th scope="col" class="number">{words::RECORDS.of(language)}</th><th scope="col">{words::WHAT_TO_DO.of(language)}</th>
            </tr></thead>
            <tbody>{summary.files.iter().take(MOST_LINES).map(|line| {
                let device = line.device.clone().unwrap_or_else(|| {
                    if line.seq == Some(0) { words::RESIDENT.of(language).to_owned() } else { String::new() }
                });
                view! {
                    <tr>
                        <th scope="row" class="name">{line.origin.clone()}</th>
                        <td>{match line.reason {
                            None => view! { <span class="tag good">{words::ADMITTED.of(language)}</span> }.into_any(),
                            Some((found, _)) => view! { <strong class="error">{found.of(language)}</strong> }.into_any(),
                        }}</td>
                        <td>{device}</td>
                        <td class="number">{line.seq.filter(|seq| *seq > 0)}</td>
                        <td class="number">{line.records}</td>
                        <td>{line.reason.map(|(_, action)| action.of(language))}</td>
                    </tr>
                }
            }).collect_view()}</tbody>
        </table></div>
        {(more > 0).then(|| view! { <p class="hint">{words::MORE_LINES.count(language, &[more])}</p> })}
    }
    .into_any()
}

/// Fetching from a receiver.
#[component]
fn Fetch() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let url = RwSignal::new(String::new());
    let token = RwSignal::new(String::new());
    let fault = RwSignal::new(false);
    let said = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    if let Some(chosen) = desk.chosen.get_untracked() {
        url.set(chosen.plan.receivers.first().map_or_else(|| "api/".to_owned(), |receiver| receiver.url.clone()));
    }
    let fetch = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(false);
        said.set(None);
        spawn_local(async move {
            match intake::fetch(desk, &url.get_untracked(), token.get_untracked().trim()).await {
                Some((all, fresh)) => {
                    said.set(Some(words::RECEIVER_DONE.count(shell.language.get_untracked(), &[all, fresh])));
                }
                None => fault.set(true),
            }
            busy.set(false);
        });
    };
    view! {
        <details class="card">
            <summary class="summary">{t(words::BATCHES_RECEIVER)}</summary>
            <form class="stack" on:submit=fetch>
                <label class="field">
                    <span class="field-label">{t(words::RECEIVER_URL)}</span>
                    <input class="input mono" prop:value=move || url.get() on:input=move |event| url.set(value_of(&event.into()))/>
                </label>
                <label class="field">
                    <span class="field-label">{t(words::RECEIVER_TOKEN)}</span>
                    <input class="input mono" type="password" autocomplete="off" prop:value=move || token.get()
                        on:input=move |event| token.set(value_of(&event.into()))/>
                    <span class="hint small">{t(words::RECEIVER_TOKEN_HINT)}</span>
                </label>
                {move || fault.get().then(|| view! { <p class="error" role="alert">{t(words::RECEIVER_FAILED)}</p> })}
                {move || said.get().map(|said| view! { <p class="banner good" role="status">{said}</p> })}
                <div class="row"><button type="submit" class="button" aria-disabled=move || busy.get().then_some("true")>
                    {t(words::RECEIVER_FETCH)}
                </button></div>
            </form>
        </details>
    }
}
