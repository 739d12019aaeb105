//! A closed ballot: the protocol as it was signed, on screen and on paper, and what came too late.

use super::work::{Kept, Work};
use crate::batch::{Subject, Verdict};
use crate::hall::Protocol;
use crate::ledger::Standing;
use crate::plan::Digest;
use crate::report::{local_time, protocol_lines, protocol_notes, protocol_paper, protocol_units, way_words};
use crate::ui::office::decisions::{Proposal, Propose};
use crate::ui::office::parts::{print, said};
use crate::ui::office::shown::exact_table as table;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, hall as words, office};
use leptos::prelude::*;

const KIND: &str = "application/jose";

pub fn result(work: Work, kept: Kept) -> AnyView {
    let shell = use_shell();
    let Some((text, protocol)) = kept.protocol else { return ().into_any() };
    let name = [&protocol.ballot.plan.id, "-", protocol.closed.get(..10).unwrap_or_default()].concat();
    let made = StoredValue::new_local((text, protocol));
    let (of_file, of_paper) = (name.clone(), name);
    let save =
        move |_| made.with_value(|(text, _)| work.desk.save(&[&of_file, ".minping-protocol"].concat(), text, KIND));
    let save_paper = move |_| {
        let html = made.with_value(|(_, protocol)| protocol_paper(protocol, shell.language.get_untracked()));
        work.desk.save(&[&of_paper, "-protocol.html"].concat(), &html, "text/html");
    };
    view! {
        {made.with_value(|(_, protocol)| late(work, protocol))}
        <div class="row no-print">
            <button type="button" class="button primary" on:click=save>{t(words::SAVE)}</button>
            <button type="button" class="button" on:click=|_| print()>{t(office::PRINT)}</button>
            <button type="button" class="button" on:click=save_paper>{t(words::SAVE_PAPER)}</button>
        </div>
        {move || made.with_value(|(_, protocol)| paper(work, protocol))}
    }
    .into_any()
}

/// The protocol, as it is printed.
fn paper(work: Work, protocol: &Protocol) -> AnyView {
    let shell = use_shell();
    let language = shell.language.get();
    let Some(plan) = work.plan() else { return ().into_any() };
    let ballot = &protocol.ballot;
    let facts = [
        (words::OF_PLAN, said(&protocol.title, language, &plan)),
        (office::ROUND, said(&protocol.round, language, &plan)),
        (words::PLACE, ballot.place.clone()),
        (words::HOST, ballot.host.clone()),
        (words::OPENED, local_time(&ballot.opened)),
        (words::CLOSED_AT, local_time(&protocol.closed)),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts = facts.map(|(label, value)| view! { <dt>{label.of(language)}</dt><dd>{value}</dd> }).collect_view();
    let notes = protocol_notes(protocol, language);
    let signed = [
        (words::HOST, ballot.host.clone()),
        (words::TELLER, protocol.teller.clone()),
        (words::SUPERVISOR, protocol.supervisor.clone()),
    ];
    let signed = signed.map(|(role, name)| view! {
        <tr><th scope="row">{role.of(language)}<br/>{name}</th><td>{words::SIGNATURE.of(language)}</td><td>{words::DATE.of(language)}</td></tr>
    });
    view! {
        <article class="protocol stack">
            <h2>{words::PROTOCOL.of(language)}{if language == Language::Zh { "：" } else { ": " }}{ballot.name.clone()}</h2>
            <p>{said(&protocol.asker, language, &plan)}</p>
            <dl class="protocol-facts">{facts}</dl>
            <h3>{words::BALLOTS.of(language)}</h3>
            {table(&protocol_lines(protocol, language), words::BALLOTS.of(language), language)}
            {(!notes.is_empty()).then(|| view! { <ul class="notes">{notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}</ul> })}
            <h3>{words::RESULT.of(language)}</h3>
            {table(&protocol_units(protocol, language), words::RESULT.of(language), language)}
            <h3>{words::CONFIRMED.of(language)}</h3>
            <table class="table protocol-signatures"><tbody>{signed.into_iter().collect_view()}</tbody></table>
            <p class="hint small">{words::CHECKED_BY.of(language)}</p>
        </article>
    }
    .into_any()
}

/// Ballots that came after closing: named, in no number, and for people to decide about.
fn late(work: Work, protocol: &Protocol) -> AnyView {
    let shell = use_shell();
    let (ballot, batches) = (protocol.ballot.clone(), protocol.batches.clone());
    let smallest = u64::from(protocol.smallest_cell);
    let found = Memo::new(move |_| {
        let ways = work.ways(&ballot);
        let late = ways.into_iter().filter(|(digest, _)| batches.binary_search(digest).is_err());
        work.desk.ledger.with_value(|ledger| {
            let Some(ledger) = ledger else { return Vec::new() };
            late.filter_map(|(digest, way)| {
                let kept = ledger.batches().get(&digest)?;
                let counts = ledger.counts(&digest);
                // One that the office never took in is among the batches that are kept apart.
                let shown = counts || *kept.standing() == Standing::Admitted;
                shown.then(|| (digest, way, counts, kept.len() as u64))
            })
            .collect::<Vec<_>>()
        })
    });
    // Fewer than may be told: the round's results less the protocol's would tell how they voted.
    let few = move || {
        let count: u64 = found.with(|found| found.iter().filter(|late| late.2).map(|late| late.3).sum());
        0 < count && count < smallest
    };
    let proposal = Proposal::new();
    let ask = move |digest: &Digest| proposal.ask(Some(Subject::Batch(digest.clone())), Verdict::KeepApart);
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <section class="card stack no-print">
                <h2>{t(words::LATE)}</h2>
                <p>{t(words::LATE_TEXT)}</p>
                {move || few().then(|| view! {
                    <p class="banner warn" role="status">{words::LATE_FEW.count(shell.language.get(), &[smallest as usize])}</p>
                })}
                <ul class="list">{move || found.get().into_iter().map(|(digest, way, counts, _)| {
                    let name = digest.short().to_owned();
                    let (state, class) = if counts { (words::LATE_COUNTS, "tag warn") } else { (words::LATE_APART, "tag good") };
                    view! {
                        <li class="list-row">
                            <span class="grow"><span class="mono">{name}</span>" · "{way_words(way).of(shell.language.get())}" "<span class=class>{t(state)}</span></span>
                            {counts.then(|| view! {
                                <button type="button" class="button" on:click=move |_| ask(&digest)>{t(words::KEEP_APART)}"…"</button>
                            })}
                        </li>
                    }
                }).collect_view()}</ul>
                <Propose proposal/>
            </section>
        </Show>
    }
    .into_any()
}
