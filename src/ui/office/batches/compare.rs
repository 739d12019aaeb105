//! A device's list of what it sent, compared with the batches on the desk. A chunk: few days end with it.

use crate::batch::{SentError, SentList};
use crate::browser::files::{self, Pick};
use crate::ledger::{Comparison, Found};
use crate::plan::Digest;
use crate::report::{SENT_EXTRA, found_words, state_words};
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::office::desk::{Desk, use_desk};
use crate::ui::office::parts::print;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, Words, office, stock as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const ACCEPT: &str = ".minping-sent";

#[component]
pub fn Compare() -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    view! {
        <details class="card compare" on:toggle=move |_| open.set(true)>
            <summary class="summary">{t(words::COMPARE)}</summary>
            {move || open.get().then(|| in_view(on_demand(move || bench(desk))))}
        </details>
    }
}

#[chunk(compare, fallible)]
fn bench(desk: Desk) -> Result<Element, NotLoaded> {
    Ok(of_view(form(desk)))
}

fn form(desk: Desk) -> AnyView {
    let lists = RwSignal::new(Vec::<SentList>::new());
    let failures = RwSignal::new(Vec::<(String, Words)>::new());
    let pick = move |_| {
        spawn_local(async move {
            let picked = files::pick(Pick::Several, ACCEPT).await;
            if picked.is_empty() {
                return;
            }
            let (mut good, mut bad) = (Vec::new(), Vec::new());
            for file in picked {
                match SentList::parse(&file.text.unwrap_or_default()) {
                    Ok(list) => good.push(list),
                    Err(SentError::Newer(_)) => bad.push((file.name, words::COMPARE_NEWER)),
                    Err(SentError::NotAList(_)) => bad.push((file.name, words::COMPARE_BAD)),
                }
            }
            let _ = failures.try_set(bad);
            let _ = lists.try_set(good);
        });
    };
    view! {
        <div class="stack">
            <p class="hint">{t(words::COMPARE_TEXT)}</p>
            <div class="row no-print">
                <button type="button" class="button primary" on:click=pick>{t(words::COMPARE_PICK)}"…"</button>
                <Show when=move || lists.with(|lists| !lists.is_empty())>
                    <button type="button" class="button" on:click=move |_| print()>{t(office::PRINT)}</button>
                </Show>
            </div>
            <div role="alert">{move || failures.get().into_iter().map(|(name, why)| view! {
                <p class="banner bad"><strong>{name}</strong>": "{t(why)}</p>
            }).collect_view()}</div>
            {move || results(desk, &lists.get())}
        </div>
    }
    .into_any()
}

fn results(desk: Desk, lists: &[SentList]) -> AnyView {
    let language = use_shell().language.get();
    // Anew when batches came in meanwhile.
    desk.turned.track();
    let compared = desk.ledger.with_value(|ledger| {
        let ledger = ledger.as_ref()?;
        Some(lists.iter().map(|list| ledger.compare(list)).collect::<Vec<_>>())
    });
    compared.unwrap_or_default().iter().map(|one| result(desk, one, language)).collect_view().into_any()
}

fn named(desk: Desk, device: Option<&Digest>, language: Language) -> String {
    let Some(device) = device else { return words::LIST_NO_CARD.of(language).to_owned() };
    let name = desk.roster.with(|here| {
        let entry = here.as_ref().and_then(|here| here.roster.entry(device).map(|entry| entry.name.clone()));
        entry.unwrap_or_else(|| device.short().to_owned())
    });
    words::COMPARE_DEVICE.fill(language, &[&name])
}

fn result(desk: Desk, compared: &Comparison, language: Language) -> AnyView {
    let name = named(desk, compared.device.as_ref(), language);
    let sums = [
        compared.count(Found::Equal),
        compared.count(Found::Apart),
        compared.count(Found::Missing),
        compared.count(Found::Different),
        compared.count(Found::OtherVersion),
        compared.extra.len(),
    ];
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let left = [compared.unfinished, compared.finished, compared.discarded, compared.by_link_waiting].map(count);
    let none = compared.lines.is_empty() && compared.extra.is_empty();
    let apart = compared.count(Found::Apart);
    let head = match () {
        () if none => view! { <p class="banner warn">{words::COMPARE_NONE.of(language)}</p> }.into_any(),
        () if compared.is_complete() => {
            view! { <p class="banner good">{words::COMPARE_DONE.of(language)}</p> }.into_any()
        }
        () if compared.is_all_here() => {
            view! { <p class="banner warn">{words::COMPARE_APART.count(language, &[apart])}</p> }.into_any()
        }
        () => view! { <p class="banner warn">{words::COMPARE_SUM.count(language, &sums)}</p> }.into_any(),
    };
    let notes: Vec<String> = [
        (left.iter().any(|count| *count > 0)).then(|| words::COMPARE_LEFT.count(language, &left)),
        (compared.by_link > 0).then(|| words::COMPARE_LINKS.count(language, &[count(compared.by_link)])),
        (compared.of_other_plans > 0).then(|| words::COMPARE_OTHERS.count(language, &[compared.of_other_plans])),
        (compared.left_of_other_plans > 0)
            .then(|| words::COMPARE_LEFT_OTHERS.count(language, &[count(compared.left_of_other_plans)])),
    ]
    .into_iter()
    .flatten()
    .collect();
    let heads = [
        words::COL_ROUND,
        words::COL_NUMBER,
        words::COL_RECORDS,
        words::COL_VOIDED,
        words::COL_STATE,
        words::COMPARE_RESULT,
        words::COL_DIGEST,
    ];
    let row = |round: &str, numbers: [u64; 3], state: &str, found: Words, class: &'static str, digest: &Digest| {
        view! {
            <tr>
                <td>{round.to_owned()}</td>
                {numbers.into_iter().map(|number| view! { <td class="number">{number.to_string()}</td> }).collect_view()}
                <td>{state.to_owned()}</td>
                <td><span class=class>{found.of(language)}</span></td>
                <td class="mono" title=digest.as_str().to_owned()>{digest.short().to_owned()}</td>
            </tr>
        }
        .into_any()
    };
    let mut rows: Vec<AnyView> = Vec::new();
    for line in &compared.lines {
        let listed = &line.listed;
        let class = match line.found {
            Found::Equal => "",
            Found::Apart | Found::OtherVersion => "hint",
            Found::Missing | Found::Different => "error",
        };
        let numbers = [listed.seq, listed.records, listed.voided];
        let state = state_words(listed).of(language);
        rows.push(row(&listed.round, numbers, state, found_words(line.found, listed.state), class, &listed.digest));
    }
    for extra in &compared.extra {
        let numbers = [extra.seq, extra.records, extra.voided];
        rows.push(row(&extra.round, numbers, "", SENT_EXTRA, "error", &extra.digest));
    }
    view! {
        <section class="stack tight">
            <h3>{name.clone()}</h3>
            <div role="status">{head}</div>
            {notes.into_iter().map(|note| view! { <p class="hint small">{note}</p> }).collect_view()}
            {(!none).then(|| view! {
                <div class="table-frame" tabindex="0" role="region" aria-label=name>
                    <table class="table">
                        <thead><tr>{heads.into_iter().map(|head| view! { <th scope="col">{head.of(language)}</th> }).collect_view()}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            })}
        </section>
    }
    .into_any()
}
