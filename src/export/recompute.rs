//! The published numbers worked out again from the published counts. A number is equal, or different, or cannot be worked
//! out, and then it is said why. To check a new column, add a line to [`CHECKS`]; until then it is told that nobody checks it.

mod combined;
mod rank;

use super::published::{Published, Round, Row};
use crate::language::Words;
use crate::tally::{Fraction, percent, round_half_up, wilson};
use num_traits::{One, Zero};

/// What became of one published number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Round, unit, indicator or question.
    pub place: Vec<String>,
    pub column: String,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The published counts give the same digits.
    Equal,
    /// What it rests on is itself given rounded; so far it agrees.
    AgreesWithinRounding,
    Different {
        published: String,
        recomputed: String,
    },
    /// Not published, or there never was one.
    Absent,
    NotRecomputable(Why),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Counts that it rests on are withheld.
    Withheld,
    /// It weighs rater groups, whose results are not published.
    Groups,
    /// A mean over persons, not over counts.
    Persons,
    /// An error, an interval or a comparison: made of the records by the design of the sample.
    Design,
    /// Made of numbers that experts and offices entered, which are not published.
    Figures,
    /// No check knows how it is made.
    Unknown,
}

impl Why {
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Why::Withheld => ("所依据的数未公布", "rests on counts that are withheld"),
            Why::Groups => ("按群体加权，而各群体的结果不公布", "weighs rater groups, whose results are not published"),
            Why::Persons => ("是各人得分的平均，不能由计数得出", "a mean over persons, which counts do not give"),
            Why::Design => (
                "按抽样设计由答卷算得，不能由计数得出",
                "made of the records by the design of the sample, which counts do not give",
            ),
            Why::Figures => (
                "由专家、部门填报的数算得，这些数不公布",
                "made of numbers that experts and offices entered, which are not published",
            ),
            Why::Unknown => ("本程序不知此列如何得出", "this program does not know how it is made"),
        };
        Words::pair(zh, en)
    }
}

/// What a check finds: the digits that ought to stand there.
type Made = Result<String, Why>;
type Check = fn(&Scene<'_>, &Row) -> Made;

/// Where a row stands.
struct Scene<'a> {
    data: &'a Published,
    round: &'a Round,
}

/// Each column that is worked out, and how.
const CHECKS: [(&str, Check); 8] = [
    ("n", |scene, row| scene.answers(row).map(|answers| answers.n.to_string())),
    ("score", |scene, row| scene.score(row).map(|score| scene.rounded(&score))),
    ("satisfaction_rate", |scene, row| {
        scene.unweighted(row).map(|answers| percent(&share(answers.satisfied, answers.n), scene.data.places))
    }),
    ("rate_low", |scene, row| scene.bound(row, "rate_low")),
    ("rate_high", |scene, row| scene.bound(row, "rate_high")),
    ("dont_know_rate", |scene, row| {
        let (n, missing) = (count(row, "n").ok_or(Why::Withheld)?, count(row, "dont_know").ok_or(Why::Withheld)?);
        if n + missing == 0 { Err(Why::Withheld) } else { Ok(percent(&share(missing, n + missing), scene.data.places)) }
    }),
    ("weight", |scene, row| {
        let id = text(row, "indicator").unwrap_or_default();
        let found = scene.data.indicators.iter().find(|(known, ..)| known == id);
        found.map(|(_, weight, _)| round_half_up(weight, 4)).ok_or(Why::Unknown)
    }),
    ("share", |scene, row| match (count(row, "right"), count(row, "n")) {
        _ if text(row, "item").is_none() => Err(Why::Persons),
        (Some(right), Some(n)) if n > 0 => Ok(percent(&share(right, n), scene.data.places)),
        _ => Err(Why::Withheld),
    }),
];

/// Columns that are made of the records by the design of the sample (docs/scores.md).
const OF_THE_DESIGN: [&str; 15] = [
    "rank_best",
    "rank_worst",
    "index_se",
    "index_low",
    "index_high",
    "against_class",
    "against_class_low",
    "against_class_high",
    "against_class_p",
    "rate_se",
    "score_se",
    "score_low",
    "score_high",
    "index_interval",
    "score_interval",
];

/// Columns that name something, or are counted.
const GIVEN: [&str; 21] = [
    "against_class_verdict",
    "round",
    "unit",
    "unit_label",
    "unit_group",
    "indicator",
    "indicator_label",
    "questionnaire",
    "item",
    "item_label",
    "interval_nominal",
    "dont_know",
    "refused",
    "blank",
    "not_asked",
    "right",
    "note",
    "points",
    "index_exact",
    "score_exact",
    "share_exact",
];

/// Works every published number out again.
pub fn recompute(data: &Published) -> Vec<Finding> {
    let mut findings = Vec::new();
    for round in &data.rounds {
        let scene = Scene { data, round };
        for row in round.indicators.iter().chain(&round.units).chain(&round.questions) {
            scene.row(row, &mut findings);
        }
        for unit in &round.units {
            scene.index(unit, &mut findings);
            scene.sums(unit, &mut findings);
        }
        scene.ranks(&mut findings);
        scene.combined(&mut findings);
    }
    findings
}

fn text<'a>(row: &'a Row, column: &str) -> Option<&'a str> {
    row.get(column)?.as_deref()
}

fn count(row: &Row, column: &str) -> Option<u64> {
    text(row, column)?.parse().ok()
}

fn share(part: u64, of: u64) -> Fraction {
    Fraction::new(part.into(), of.into())
}

/// The value of digits such as `-12.50`, whatever zeros they end with.
fn value(digits: &str) -> Option<Fraction> {
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let all: num_bigint::BigInt = [whole, places].concat().parse().ok()?;
    Some(Fraction::new(all, num_bigint::BigInt::from(10).pow(places.len() as u32)))
}

struct Answers {
    n: u64,
    satisfied: u64,
    points: Fraction,
}

impl Scene<'_> {
    fn place(&self, row: &Row) -> Vec<String> {
        let parts = ["unit", "indicator", "questionnaire", "item"].into_iter().filter_map(|column| text(row, column));
        std::iter::once(self.round.id.as_str()).chain(parts).map(str::to_owned).collect()
    }

    fn rounded(&self, number: &Fraction) -> String {
        round_half_up(number, self.data.places)
    }

    /// Every number of a row, but index and rank.
    fn row(&self, row: &Row, findings: &mut Vec<Finding>) {
        for (column, published) in row {
            let given = GIVEN.contains(&column.as_str()) || column.starts_with("grade.");
            let of_a_question = column == "n" && row.contains_key("right");
            if given || of_a_question || ["index", "rank"].contains(&column.as_str()) {
                continue;
            }
            let check = CHECKS.iter().find(|(known, _)| known == column);
            let verdict = match (published, check) {
                (None, _) => Verdict::Absent,
                (Some(_), None) if OF_THE_DESIGN.contains(&column.as_str()) => Verdict::NotRecomputable(Why::Design),
                (Some(_), None) => Verdict::NotRecomputable(Why::Unknown),
                (Some(published), Some((_, check))) => judged(published, check(self, row)),
            };
            findings.push(Finding { place: self.place(row), column: column.clone(), verdict });
        }
    }

    /// Counts of the grades of a row, if they are published. (Grades of scales on which it is not asked have none.)
    fn answers(&self, row: &Row) -> Result<Answers, Why> {
        let mut answers = Answers { n: 0, satisfied: 0, points: Fraction::zero() };
        let mut any = false;
        for (scale, grades) in &self.data.scales {
            for (grade, points, satisfied) in grades {
                let column = match self.data.scales.len() {
                    1 => format!("grade.{grade}"),
                    _ => format!("grade.{scale}.{grade}"),
                };
                let Some(count) = count(row, &column) else { continue };
                any = true;
                answers.n += count;
                answers.satisfied += if *satisfied { count } else { 0 };
                answers.points += points * Fraction::from_integer(count.into());
            }
        }
        if any { Ok(answers) } else { Err(Why::Withheld) }
    }

    /// The same where a number is made of them, and there are some.
    fn unweighted(&self, row: &Row) -> Result<Answers, Why> {
        match self.data.weighs_groups {
            true => Err(Why::Groups),
            false => self.answers(row).and_then(|answers| if answers.n > 0 { Ok(answers) } else { Err(Why::Withheld) }),
        }
    }

    fn score(&self, row: &Row) -> Result<Fraction, Why> {
        self.unweighted(row).map(|answers| answers.points / Fraction::from_integer(answers.n.into()))
    }

    /// Wilson's interval of n answers of one simple random sample. Of another design it is wider, and holds the rate at least.
    fn bound(&self, row: &Row, column: &str) -> Made {
        let answers = self.unweighted(row)?;
        let (low, high) = wilson(answers.satisfied, answers.n).ok_or(Why::Withheld)?;
        let (bound, sign) = if column == "rate_low" { (low, 1) } else { (high, -1) };
        let shown = format!("{:.*}", self.data.places as usize, bound * 100.0);
        let published = text(row, column).and_then(value);
        let rate = percent(&share(answers.satisfied, answers.n), self.data.places);
        let holds = published.as_ref().zip(value(&rate)).is_some_and(|(bound, rate)| match sign {
            1 => *bound <= rate,
            _ => *bound >= rate,
        });
        if published == value(&shown) || !holds { Ok(shown) } else { Err(Why::Design) }
    }

    fn indicators_of<'a>(&'a self, unit: &'a Row) -> impl Iterator<Item = &'a Row> {
        let id = text(unit, "unit");
        self.round.indicators.iter().filter(move |row| text(row, "unit") == id)
    }

    fn weight(&self, row: &Row) -> Option<&Fraction> {
        let id = text(row, "indicator")?;
        self.data.indicators.iter().find(|(known, ..)| known == id).map(|(_, weight, _)| weight)
    }

    /// The exact index, where the counts of every indicator that enters it are known.
    fn exact_index(&self, unit: &Row) -> Result<Fraction, Why> {
        let mut index = Fraction::zero();
        // A row that was taken out is no indicator that the unit does not have.
        let class = self.data.units.iter().find(|(id, _)| Some(id.as_str()) == text(unit, "unit"));
        let class = class.and_then(|(_, group)| group.as_ref());
        for (id, weight, groups) in &self.data.indicators {
            let own = groups.is_empty() || class.is_some_and(|class| groups.contains(class));
            if own && !weight.is_zero() && !self.indicators_of(unit).any(|row| text(row, "indicator") == Some(id)) {
                return Err(Why::Unknown);
            }
        }
        for row in self.indicators_of(unit) {
            let weight = self.weight(row).ok_or(Why::Unknown)?;
            if !weight.is_zero() {
                index += weight * self.score(row)?;
            }
        }
        Ok(index)
    }

    fn index(&self, unit: &Row, findings: &mut Vec<Finding>) {
        let verdict = match (text(unit, "index"), self.exact_index(unit)) {
            (None, _) => Verdict::Absent,
            (Some(published), Ok(index)) => judged(published, Ok(self.rounded(&index))),
            // The scores themselves are published, each rounded.
            (Some(published), Err(why)) => match self.index_of_rounded(unit) {
                None => Verdict::NotRecomputable(why),
                Some((index, slack)) => {
                    let off = value(published).map(|known| &known - &index);
                    match off {
                        Some(off) if -&slack <= off && off <= slack => Verdict::AgreesWithinRounding,
                        _ => Verdict::Different { published: published.to_owned(), recomputed: self.rounded(&index) },
                    }
                }
            },
        };
        findings.push(Finding { place: self.place(unit), column: "index".to_owned(), verdict });
    }

    /// From the scores as they are published, and how far rounding can take it from the published index.
    fn index_of_rounded(&self, unit: &Row) -> Option<(Fraction, Fraction)> {
        let (mut index, mut weights) = (Fraction::zero(), Fraction::zero());
        for row in self.indicators_of(unit) {
            let weight = self.weight(row)?;
            if !weight.is_zero() {
                index += weight * value(text(row, "score")?)?;
                weights += weight;
            }
        }
        let half = Fraction::new(1.into(), num_bigint::BigInt::from(10).pow(self.data.places) * 2u32);
        Some((index, half * (weights + Fraction::one())))
    }

    /// A unit's own counts are the sums of its indicators'.
    fn sums(&self, unit: &Row, findings: &mut Vec<Finding>) {
        for (column, published) in unit {
            let counted = column.starts_with("grade.")
                || ["n", "dont_know", "refused", "blank", "not_asked"].contains(&column.as_str());
            let Some(published) = published.as_ref().filter(|_| counted) else { continue };
            // One of weight 0 is in no sum.
            let summed = || {
                let weighs = |row: &&Row| self.weight(row).is_some_and(|weight| !weight.is_zero());
                self.indicators_of(unit).filter(weighs)
            };
            let parts: Option<Vec<u64>> = match column.starts_with("grade.") {
                // On a scale on which an indicator is not asked it has no count.
                true => Some(summed().filter_map(|row| count(row, column)).collect()),
                false => summed().map(|row| count(row, column)).collect(),
            };
            let made = parts.map(|parts| parts.iter().sum::<u64>().to_string()).ok_or(Why::Withheld);
            let column = format!("{column} (sum)");
            findings.push(Finding { place: self.place(unit), column, verdict: judged(published, made) });
        }
    }
}

/// Equal by value: a program that passed the file on may have dropped zeros.
fn judged(published: &str, made: Made) -> Verdict {
    match made {
        Err(why) => Verdict::NotRecomputable(why),
        Ok(made) if made == published || value(&made).is_some_and(|made| Some(made) == value(published)) => {
            Verdict::Equal
        }
        Ok(recomputed) => Verdict::Different { published: published.to_owned(), recomputed },
    }
}
