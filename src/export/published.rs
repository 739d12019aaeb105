//! The published numbers as data: every cell that may be known, and what of the plan is needed to work the numbers out
//! again. [`super::recompute`] does.

use crate::json::{self, JsonError, Node, Writer};
use crate::language::Language;
use crate::ledger::Codebook;
use crate::named::Named;
use crate::plan::Decimal;
use crate::report::{By, Shape, combined_ends, knowledge_table, results_table};
use crate::scores::Scored;
use crate::tally::{Combined, Estimate, Fraction, Knowledge, leaf_weights, round_half_up};
use std::fmt;

/// The version of this format, and the member that holds it.
const VERSION: u64 = 1;
const MARK: &str = "minping_published";

/// A row of a table: column to number or words, as they were written; None where nothing is given.
pub(super) type Row = Named<Option<String>>;

/// What was published of some rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Digest of the plan's file.
    pub digest: String,
    /// Decimal places of every number.
    pub(super) places: u32,
    /// Scale to its grades: name, points, whether it counts as satisfied.
    pub(super) scales: Vec<(String, Vec<(String, Fraction, bool)>)>,
    /// Whether scores are means of rater groups, weighted by the plan.
    pub(super) weighs_groups: bool,
    /// Indicators below all others, with their exact weights and the classes of units that they are for; empty: all.
    pub(super) indicators: Vec<(String, Fraction, Vec<String>)>,
    /// Units with their classes.
    pub(super) units: Vec<(String, Option<String>)>,
    /// Parts of the combined score with their weights, and whether each is the unit's index.
    pub(super) parts: Vec<(String, Fraction, bool)>,
    pub(super) rounds: Vec<Round>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Round {
    pub id: String,
    pub units: Vec<Row>,
    pub indicators: Vec<Row>,
    pub questions: Vec<Row>,
    pub combined: Vec<CombinedRow>,
}

/// The combined score of a unit, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CombinedRow {
    /// `unit`, `rank`, `score`, `low`, `high`.
    pub own: Row,
    /// Of each part `part`, `score`, `n`.
    pub parts: Vec<Row>,
}

/// What is published of one round.
#[derive(Clone, Debug)]
pub struct RoundTold {
    pub scored: Scored,
    /// None: nothing was asked that has a right answer.
    pub known: Option<Knowledge>,
    /// None: the plan has no parts.
    pub combined: Option<Combined>,
}

/// Why a file is no published data.
#[derive(Debug, PartialEq, Eq)]
pub enum PublishedError {
    NotPublished,
    NewerVersion(u64),
    Malformed(JsonError),
}

impl fmt::Display for PublishedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublishedError::NotPublished => {
                f.write_str("this is no published data; give a file of `minping export --format published`")
            }
            PublishedError::NewerVersion(version) => {
                write!(f, "published data of version {version}, and this program reads {VERSION}; use a newer program")
            }
            PublishedError::Malformed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PublishedError {}

impl PublishedError {
    /// As `Display`, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            PublishedError::NotPublished => {
                "不是公布数据；请给出 `minping export --format published` 写的文件".to_owned()
            }
            PublishedError::NewerVersion(version) => {
                format!("公布数据的版本是 {version}，本程序只认 {VERSION}；请使用较新的程序")
            }
            PublishedError::Malformed(error) => format!("内容无效：{error}"),
        }
    }
}

/// Writes the published data of rounds. `rounds` are taken as they are: the caller withheld what must be
/// ([`Scored::published`]).
pub fn publish(codebook: &Codebook, rounds: &[RoundTold], places: u32, language: Language) -> String {
    let plan = codebook.plan();
    let mut out = Writer::new();
    out.open('{');
    out.number(MARK, VERSION);
    out.name("plan");
    out.open('{');
    out.text("id", &plan.id);
    out.text("version", &plan.version);
    out.text("digest", codebook.reference().digest.as_str());
    out.close('}');
    out.number("smallest_cell", plan.privacy.smallest_cell.into());
    out.number("places", places.into());
    let list = |out: &mut Writer, name: &str, each: &mut dyn FnMut(&mut Writer)| {
        out.name(name);
        out.open('[');
        each(out);
        out.close(']');
    };
    list(&mut out, "scales", &mut |out| {
        for scale in &plan.scales {
            out.open('{');
            out.text("id", &scale.id);
            out.name("grades");
            out.open('[');
            for grade in &scale.grades {
                out.open('{');
                out.text("name", &grade.name);
                out.text("points", &grade.score.to_text());
                out.name("satisfied");
                out.raw(if grade.satisfied { "true" } else { "false" });
                out.close('}');
            }
            out.close(']');
            out.close('}');
        }
    });
    list(&mut out, "rater_groups", &mut |out| {
        for group in &plan.rater_groups {
            out.open('{');
            out.text("id", &group.id);
            out.text_if_some("weight", group.weight.map(Decimal::to_text).as_ref());
            out.close('}');
        }
    });
    list(&mut out, "indicators", &mut |out| {
        for (at, ((leaf, _), weight)) in plan.leaf_indicators().into_iter().zip(leaf_weights(plan)).enumerate() {
            out.open('{');
            out.text("id", &leaf.id);
            out.text("weight", &weight.to_string());
            let groups = plan.unit_groups.iter().map(|group| group.id.as_str());
            let own: Vec<&str> = groups.filter(|id| plan.leaves_for(Some(id))[at]).collect();
            if own.len() < plan.unit_groups.len() {
                list(out, "unit_groups", &mut |out| own.iter().for_each(|id| out.string(id)));
            }
            out.close('}');
        }
    });
    list(&mut out, "units", &mut |out| {
        for unit in &plan.units {
            out.open('{');
            out.text("id", &unit.id);
            out.text_if_some("group", unit.group.as_ref());
            out.close('}');
        }
    });
    if !plan.parts.is_empty() {
        list(&mut out, "parts", &mut |out| {
            for part in &plan.parts {
                out.open('{');
                out.text("id", &part.id);
                out.text("weight", &part.weight.to_text());
                out.name("is_index");
                out.raw(if part.figures.is_empty() { "true" } else { "false" });
                out.close('}');
            }
        });
    }
    list(&mut out, "rounds", &mut |out| {
        for RoundTold { scored, known, combined } in rounds {
            let results = &scored.results;
            let count = |out: &mut Writer, name: &str, count: Option<u64>| {
                out.name(name);
                out.raw(&count.map_or_else(|| "null".to_owned(), |count| count.to_string()));
            };
            out.open('{');
            out.text("round", &results.round);
            count(out, "records", results.records);
            count(out, "partial", results.partial);
            count(out, "screened_out", results.screened_out);
            count(out, "self_selected", results.self_selected);
            let shown = std::slice::from_ref(scored);
            for (name, by) in [("units", By::Unit), ("indicators", By::Indicator)] {
                let shape = Shape { by, publish: true, places, for_people: false };
                out.name(name);
                out.raw(results_table(plan, shown, &shape, language).to_json().trim_end());
            }
            out.name("questions");
            let known = known.as_ref().map(std::slice::from_ref).unwrap_or_default();
            out.raw(knowledge_table(plan, known, places, false, false, language).to_json().trim_end());
            if let Some(combined) = combined {
                list(out, "combined", &mut |out| write_combined(out, combined, scored, places));
            }
            out.close('}');
        }
    });
    out.close('}');
    out.finish() + "\n"
}

/// A row for each unit, in the order of the plan.
fn write_combined(out: &mut Writer, combined: &Combined, scored: &Scored, places: u32) {
    let raw = |out: &mut Writer, name: &str, number: Option<String>| {
        out.name(name);
        out.raw(number.as_deref().unwrap_or("null"));
    };
    let digits = |score: &Estimate| score.as_ref().ok().map(|score| round_half_up(score, places));
    for (at, unit) in combined.units.iter().enumerate() {
        let ends = combined_ends(unit, scored, at);
        let end = |end: Option<f64>| end.map(|end| format!("{end:.*}", places as usize));
        out.open('{');
        out.text("unit", &unit.unit);
        raw(out, "rank", unit.rank.map(|rank| rank.to_string()));
        raw(out, "score", digits(&unit.score));
        raw(out, "low", end(ends.map(|(low, _)| low)));
        raw(out, "high", end(ends.map(|(_, high)| high)));
        out.name("parts");
        out.open('[');
        for part in &unit.parts {
            out.open('{');
            out.text("part", &part.part);
            raw(out, "score", digits(&part.score));
            raw(out, "n", part.n.map(|n| n.to_string()));
            out.close('}');
        }
        out.close(']');
        out.close('}');
    }
}

impl Published {
    /// Reads what [`publish`] wrote.
    ///
    /// # Errors
    /// [`PublishedError`].
    pub fn parse(text: &str) -> Result<Published, PublishedError> {
        match json::version(text, MARK) {
            None => Err(PublishedError::NotPublished),
            Some(VERSION) => json::read(text, read).map_err(PublishedError::Malformed),
            Some(version) => Err(PublishedError::NewerVersion(version)),
        }
    }
}

fn read(node: Node) -> Published {
    Published {
        digest: node.object("plan", |plan| plan.text("digest")),
        places: node.whole("places", 12) as u32,
        scales: node.list("scales", |scale| {
            let grades = scale.list("grades", |grade| {
                (grade.text("name"), grade.object("points", fraction), grade.flag("satisfied", None))
            });
            (scale.text("id"), grades)
        }),
        weighs_groups: node.list("rater_groups", |group| group.text_or_none("weight").is_some()).contains(&true),
        indicators: node.list("indicators", |one| {
            (one.text("id"), one.object("weight", fraction), one.list_or_empty("unit_groups", Node::as_text))
        }),
        units: node.list("units", |unit| (unit.text("id"), unit.text_or_none("group"))),
        parts: node.list_or_empty("parts", |part| {
            (part.text("id"), part.object("weight", fraction), part.flag("is_index", None))
        }),
        rounds: node.list("rounds", |round| Round {
            id: round.text("round"),
            units: round.list("units", row),
            indicators: round.list("indicators", row),
            questions: round.list("questions", row),
            combined: round.list_or_empty("combined", |unit| CombinedRow {
                own: ["unit", "rank", "score", "low", "high"]
                    .into_iter()
                    .map(|column| (column.to_owned(), unit.find(column).and_then(cell)))
                    .collect(),
                parts: unit.list("parts", row),
            }),
        }),
    }
}

fn row(node: Node) -> Row {
    node.as_map(cell)
}

fn cell(node: Node) -> Option<String> {
    node.as_number().or(node.as_str()).map(str::to_owned)
}

/// `80`, `0.125` or `1/8`.
fn fraction(node: Node) -> Fraction {
    let text = node.as_text();
    let decimal = Decimal::parse(&text).ok();
    let found = decimal.map(|decimal| Fraction::new(decimal.millionths().into(), Decimal::SCALE.into()));
    // A denominator of nothing would be no number.
    let ratio = || (!text.ends_with("/0")).then(|| text.parse().ok()).flatten();
    found.or_else(ratio).unwrap_or_else(|| {
        node.expected("a number in quotes");
        Fraction::from_integer(0.into())
    })
}
