//! Texts of the plan as a person sees them: marks as elements, answers put in where `${name}` stands, and following them.

use super::live::Live;
use crate::language::is_rtl;
use crate::plan::prose::{Line, LineKind, Run, is_marked, read};
use crate::ui::element::{Element, el, group, text};
use leptos::prelude::*;
use std::rc::Rc;

/// A text inside a line, such as a label: lists become lines with their bullets.
pub fn told(live: Live, at: usize, written: &str) -> Element {
    if !is_marked(written) {
        return filled(live, at, written);
    }
    let out = group();
    for (number, line) in live.with(|session| read(written, &session.plan().links)).iter().enumerate() {
        if number > 0 {
            out.add(&el("br", ""));
        }
        match line.kind {
            LineKind::Entry(None) => out.add(&text("• ")),
            LineKind::Entry(Some(number)) => out.add(&text(&[&number.to_string(), ". "].concat())),
            LineKind::Words(_) | LineKind::Heading => {}
        }
        runs(line, &out, &|words| filled(live, at, words));
    }
    out
}

/// A text by itself, such as a hint.
pub fn told_apart(live: Live, at: usize, class: &str, written: &str) -> Element {
    let hosts = if is_marked(written) { live.with(|session| session.plan().links.clone()) } else { Vec::new() };
    apart(class, written, &hosts, &|words| filled(live, at, words))
}

/// As [`told_apart`], where nothing was asked yet: `words` makes what stands for the words of a run.
pub fn apart(class: &str, written: &str, hosts: &[String], words: &dyn Fn(&str) -> Element) -> Element {
    if !is_marked(written) {
        return el("p", class).child(words(written));
    }
    let out = el("div", class).attr("data-lines", "");
    // The paragraph or list that goes on, and what it is of.
    let mut last: Option<(Element, LineKind)> = None;
    for line in read(written, hosts) {
        let goes_on = match (last.as_ref().map(|last| last.1), line.kind) {
            (Some(LineKind::Words(_)), LineKind::Words(parted)) => !parted,
            (Some(LineKind::Entry(before)), LineKind::Entry(now)) => before.is_some() == now.is_some(),
            _ => false,
        };
        let around = match last.take().filter(|_| goes_on) {
            Some((around, _)) => {
                if matches!(line.kind, LineKind::Words(_)) {
                    around.add(&el("br", ""));
                }
                around
            }
            None => {
                let made = match line.kind {
                    LineKind::Words(_) => el("p", ""),
                    LineKind::Heading => el("p", "prose-heading"),
                    LineKind::Entry(None) => el("ul", ""),
                    LineKind::Entry(Some(first)) => el("ol", "").attr("start", &first.to_string()),
                };
                out.add(&made);
                made
            }
        };
        let inside = if matches!(line.kind, LineKind::Entry(_)) { el("li", "") } else { group() };
        runs(&line, &inside, words);
        around.add(&inside);
        last = Some((around, line.kind));
    }
    out
}

fn runs(line: &Line, out: &Element, words: &dyn Fn(&str) -> Element) {
    for run in &line.runs {
        out.add(&styled(run, words(&run.text)));
    }
}

fn styled(run: &Run, mut made: Element) -> Element {
    if let Some(address) = &run.link {
        // The interview stays open, and the other page learns nothing of it.
        let link = el("a", "").attr("href", address).attr("target", "_blank").attr("rel", "noopener noreferrer");
        made = link.child(made);
    }
    if run.emphasis {
        made = el("em", "").child(made);
    }
    if run.strong {
        made = el("strong", "").child(made);
    }
    made
}

/// An element whose texts are in a language of the plan, which may change: for fonts, voices and the direction of writing.
pub fn spoken(element: Element, tag: impl Fn() -> String + 'static) -> Element {
    let tag = Rc::new(tag);
    let directed = tag.clone();
    let element = element.live_attr("lang", move || Some(tag()));
    element.live_attr("dir", move || is_rtl(&directed()).then(|| "rtl".to_owned()))
}

/// Words with the answers that they name, while these change.
fn filled(live: Live, at: usize, words: &str) -> Element {
    if !words.contains("${") {
        return text(words);
    }
    let words = words.to_owned();
    group().live_text(move || {
        for item in live.with(|session| session.told_in(at, &words)) {
            match item.filter(|&item| item < at) {
                Some(item) => live.value(item).track(),
                // It may come to stand elsewhere, and these words with it or not.
                None => live.answers.track(),
            }
        }
        live.with(|session| session.fill(at, &words))
    })
}
