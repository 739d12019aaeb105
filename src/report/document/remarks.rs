//! What the office says of the results: its own words, beside what was computed.

use super::{Document, pair};
use crate::plan::prose::{Line, LineKind, Run, read};
use maud::{Markup, html};

impl Document<'_> {
    /// `words`: with the small Markdown of plans; links stay words.
    pub(super) fn remarks(&self, words: &str) -> Markup {
        html! {
            p.note { (self.say(pair(
                "本节由测评办公室撰写，不是计算得出的。",
                "Written by the office that runs the evaluation; nothing in this part is computed.",
            ))) }
            (lines(&read(words, &[])))
        }
    }
}

/// Lines that follow each other are one paragraph, entries one list.
fn lines(all: &[Line]) -> Markup {
    let is_entry = |line: &Line| matches!(line.kind, LineKind::Entry(_));
    let joins = |before: &Line, line: &Line| match line.kind {
        LineKind::Words(parted) => !parted && matches!(before.kind, LineKind::Words(_)),
        LineKind::Entry(_) => is_entry(before),
        LineKind::Heading => false,
    };
    html! {
        @for block in all.chunk_by(joins) {
            @match block[0].kind {
                LineKind::Heading => { h3 { (runs(&block[0].runs)) } }
                LineKind::Entry(number) => {
                    @if number.is_some() { ol { @for line in block { li { (runs(&line.runs)) } } } }
                    @else { ul { @for line in block { li { (runs(&line.runs)) } } } }
                }
                LineKind::Words(_) => {
                    p { @for (at, line) in block.iter().enumerate() { @if at > 0 { br; } (runs(&line.runs)) } }
                }
            }
        }
    }
}

fn runs(all: &[Run]) -> Markup {
    html! {
        @for run in all {
            @match (run.strong, run.emphasis) {
                (true, _) => { strong { (run.text) } }
                (false, true) => { em { (run.text) } }
                (false, false) => { (run.text) }
            }
        }
    }
}
