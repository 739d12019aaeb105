//! Where every record and every file went.

use super::summary::{Line, Summary};
use crate::batch::{Subject, Verdict};
use crate::ui::office::decisions::Proposal;
use crate::ui::words::{Language, Words, office as words};
use leptos::prelude::*;

/// More lines than this make the page slow and nobody reads them: those that need the clerk come first.
const MOST_LINES: usize = 100;

pub fn account(summary: &Summary, language: Language) -> AnyView {
    let balance = summary.balance;
    let records: Vec<(Words, u64, &'static str)> = vec![
        (words::SUM_COUNTED, balance.counted, "good"),
        (words::SUM_WAITING, balance.waiting, "warn"),
        (words::SUM_DUPLICATES, balance.duplicates, ""),
        (words::SUM_CONFLICTS, balance.conflicting, "bad"),
        (words::SUM_UNOPENED, balance.unopened, "bad"),
        (words::SUM_UNFIT, balance.unfit, "bad"),
        (words::SUM_IN_QUARANTINE, balance.quarantined, "warn"),
        (words::SUM_LEFT_OUT, balance.left_out, ""),
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
        <h3>{words::SUM_OF_RECORDS.of(language)}</h3>
        <dl class="tiles">{records.into_iter().map(|(name, value, kind)| tile(name, value, kind)).collect_view()}</dl>
        {if balance.holds() {
            view! { <p class="hint small">{words::BALANCED.of(language)}</p> }.into_any()
        } else {
            view! { <p class="banner bad" role="alert">{words::UNBALANCED.of(language)}</p> }.into_any()
        }}
        <h3>{words::SUM_OF_BATCHES.of(language)}</h3>
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

pub fn file_list(summary: &Summary, proposal: Proposal, language: Language) -> AnyView {
    let more = summary.files.len().saturating_sub(MOST_LINES);
    view! {
        <h2>{words::FILES_TITLE.of(language)}</h2>
        <ul class="list files">{summary.files.iter().take(MOST_LINES).map(|line| row(line, proposal, language)).collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="hint">{words::MORE_LINES.count(language, &[more])}</p> })}
        {(summary.refused > 0).then(|| view! { <p class="hint small">{words::REFUSED_HINT.of(language)}</p> })}
    }
    .into_any()
}

fn row(line: &Line, proposal: Proposal, language: Language) -> AnyView {
    let facts = match (line.seq, line.records) {
        (Some(0), Some(records)) => {
            words::FILE_BY_LINK.fill(language, &[words::RESIDENT.of(language), &records.to_string()])
        }
        (Some(seq), Some(records)) => {
            let device = line.device.as_deref().unwrap_or_default();
            words::FILE_FACTS.fill(language, &[device, &seq.to_string(), &records.to_string()])
        }
        _ => String::new(),
    };
    let copies = (!line.copies.is_empty()).then(|| {
        let names = line.copies.join(language.pick(words::COMMA));
        view! { <p class="hint small">{words::SAME_BATCH.fill(language, &[&names])}</p> }
    });
    view! {
        <li class="list-row">
            <div class="grow">
                <p class="file-name">{line.origin.clone()}</p>
                {(!facts.is_empty()).then(|| view! { <p class="hint small">{facts}</p> })}
                {copies}
            </div>
            {match (line.reason, &line.decided) {
                (Some((found, _)), Some(_)) => view! {
                    <div class="finding">
                        <p><span class="tag good">{words::DECIDED_ADMIT.of(language)}</span></p>
                        <p class="small">{found.of(language)}</p>
                    </div>
                }.into_any(),
                (None, Some(why)) => view! {
                    <div class="finding"><p><strong class="error">{words::DECIDED_APART.fill(language, &[why])}</strong></p></div>
                }.into_any(),
                (None, None) => view! { <span class="tag good">{words::ADMITTED.of(language)}</span> }.into_any(),
                (Some((found, action)), None) => view! {
                    <div class="finding">
                        <p><strong class="error">{found.of(language)}</strong></p>
                        <p class="small">{action.of(language)}</p>
                    </div>
                }.into_any(),
            }}
            {line.may.clone().map(|(digest, verdict)| {
                let label = if verdict == Verdict::Admit { words::DECIDE_ADMIT } else { words::DECIDE_APART };
                let named = [label.of(language), ": ", &line.origin].concat();
                view! {
                    <button type="button" class="button quiet no-print" aria-label=named
                        on:click=move |_| proposal.ask(Some(Subject::Batch(digest.clone())), verdict)>
                        {label.of(language)}"…"
                    </button>
                }
            })}
        </li>
    }
    .into_any()
}
