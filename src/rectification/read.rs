//! The strict readers of what [`super::Step`] writes.

use super::figure::Figure;
use super::step::KINDS;
use super::{Closing, Counted, Day, EntryError, Evidence, Measure, Opening, Outcome, Source, Step, Whom};
use crate::json::{self, Node};
use crate::plan::{Decimal, Digest};

pub(super) fn day(node: Node) -> Day {
    Day::parse(&node.as_text()).unwrap_or_else(|| {
        node.expected("a day such as 2026-11-30");
        Day(0)
    })
}

pub(super) fn digest(node: Node) -> Digest {
    Digest::parse(&node.as_text()).unwrap_or_else(|| {
        node.expected("a digest of 43 characters");
        Digest(String::new())
    })
}

fn decimal(node: Node) -> Decimal {
    let found = node.as_str().and_then(|text| Decimal::parse(text).ok());
    found.unwrap_or_else(|| {
        node.expected("a number in quotes, with at most six places");
        Decimal::from_millionths(0)
    })
}

impl Step {
    /// A step as it stands in a file, for corrections that are written by hand.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Step, EntryError> {
        json::read(text, step).map_err(EntryError::Json)
    }
}

/// An object with one member, which says what the step is.
pub(super) fn step(node: Node) -> Step {
    let node = node.only(&KINDS);
    let mut found = KINDS.iter().filter(|kind| node.get(kind).is_some());
    let (Some(kind), None) = (found.next(), found.next()) else {
        node.expected("an object with one step");
        return Step::Reopened { reason: String::new() };
    };
    let inner = |members: &[&str]| node.object(kind, |node| node).only(members);
    match *kind {
        "opened" => Step::Opened(Box::new(node.object(kind, opening))),
        "assigned" => {
            let node = inner(&["unit", "post"]);
            Step::Assigned { unit: node.text("unit"), post: node.text("post") }
        }
        "planned" => {
            let node = inner(&["measure", "due", "counted"]);
            Step::Planned {
                measure: node.text("measure"),
                due: node.object("due", day),
                counted: node.find("counted").map(counted),
            }
        }
        "extended" => {
            let node = inner(&["due", "reason", "counted"]);
            Step::Extended {
                due: node.object("due", day),
                reason: node.text("reason"),
                counted: node.find("counted").map(counted),
            }
        }
        "replied" => {
            let node = inner(&["text", "evidence"]);
            Step::Replied { text: node.text("text"), evidence: node.list_or_empty("evidence", evidence) }
        }
        "called_back" => {
            let node = inner(&["whom", "consent", "outcome", "text"]);
            Step::CalledBack {
                whom: Whom::ALL[node.one_of("whom", Whom::CODES)],
                consent: node.text_or_none("consent"),
                outcome: Outcome::ALL[node.one_of("outcome", Outcome::CODES)],
                text: node.text("text"),
            }
        }
        "verified" => {
            let node = inner(&["passed", "text"]);
            Step::Verified { passed: node.flag("passed", None), text: node.text("text") }
        }
        "closed" => {
            let node = inner(&["how", "text"]);
            Step::Closed { how: Closing::ALL[node.one_of("how", Closing::CODES)], text: node.text("text") }
        }
        "reopened" => Step::Reopened { reason: inner(&["reason"]).text("reason") },
        "appealed" => {
            let node = inner(&["text", "evidence", "due"]);
            Step::Appealed {
                text: node.text("text"),
                evidence: node.list_or_empty("evidence", evidence),
                due: node.find("due").map(day),
            }
        }
        "decided" => {
            let node = inner(&["upheld", "text"]);
            Step::Decided { upheld: node.flag("upheld", None), text: node.text("text") }
        }
        _ => {
            let node = inner(&["entry", "reason", "step"]);
            Step::Corrected {
                entry: node.object("entry", digest),
                reason: node.text("reason"),
                step: node.find("step").map(|node| Box::new(step(node))),
            }
        }
    }
}

fn opening(node: Node) -> Opening {
    let node = node.only(&[
        "name",
        "title",
        "source",
        "unit",
        "unit_id",
        "round",
        "indicator_id",
        "indicator",
        "figure",
        "suggestion",
    ]);
    Opening {
        name: node.text("name"),
        title: node.text("title"),
        source: Source::ALL[node.one_of("source", Source::CODES)],
        unit: node.text("unit"),
        unit_id: node.text_or_none("unit_id"),
        round: node.text_or_none("round"),
        indicator: node.text_or_none("indicator_id").map(|id| (id, node.text("indicator"))),
        figure: node.find("figure").map(figure),
        suggestion: node.text_or_none("suggestion"),
    }
}

pub(super) fn figure(node: Node) -> Figure {
    let node = node.only(&["measure", "value", "low", "high", "nominal", "n", "rank", "of", "threshold", "scale"]);
    let count = |name| node.whole_or_none(name, u64::from(u32::MAX));
    Figure {
        measure: Measure::ALL[node.one_of("measure", Measure::CODES)],
        value: node.object("value", decimal),
        interval: node.find("low").map(|low| (decimal(low), node.object("high", decimal))),
        nominal: node.flag("nominal", Some(false)),
        n: node.whole("n", u64::MAX),
        rank: count("rank").map(|rank| (rank as u32, node.whole("of", u64::from(u32::MAX)) as u32)),
        threshold: node.find("threshold").map(decimal),
        scale: node.text("scale"),
    }
}

fn counted(node: Node) -> Counted {
    let node = node.only(&["days", "from", "calendar", "covered"]);
    Counted {
        days: node.whole("days", u64::from(u32::MAX)) as u32,
        from: node.object("from", day),
        calendar: node.text("calendar"),
        covered: node.flag("covered", None),
    }
}

fn evidence(node: Node) -> Evidence {
    let node = node.only(&["name", "digest", "bytes"]);
    Evidence { name: node.text("name"), digest: node.object("digest", digest), bytes: node.whole("bytes", u64::MAX) }
}
