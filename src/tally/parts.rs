//! The combined score of a unit: the plan's parts, each from 0 to 100 points, with their weights. Rules, in full:
//!
//! - A part without figures is the unit's index, as [`super::results`] has it.
//! - Of any other part each number x is worth 100 (x − zero) / (full − zero) points, not below 0 and not above 100, and the part is the mean
//!   of these; with `trimmed`, and at least five numbers, without one highest and one lowest.
//! - A figure with `of` is one number: the sum of all answers to the item over the sum of all answers to the other, of the records that hold
//!   both. n is the number of these records.
//! - The combined score is Σ w S over all parts. Nothing is rescaled: where a part is missing there is none.
//! - Units are ranked within their class on the exact value.
//! - Numbers of a repeat's instances each count. Who was screened out is in no part.

use super::exact::fraction;
use super::{Estimate, Fraction, Results, Undefined, competition_ranks};
use crate::carry::carry;
use crate::ledger::{Codebook, Row};
use crate::plan::{Decimal, Figure, Part};
use crate::session::{Answer, Disposition, key};
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// The combined scores of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    /// Id of the round.
    pub round: String,
    /// In the order of the plan.
    pub units: Vec<UnitCombined>,
}

carry!(struct Combined { round, units });

#[derive(Clone, Debug, PartialEq)]
pub struct UnitCombined {
    /// Id of the unit.
    pub unit: String,
    /// Id of its class.
    pub group: Option<String>,
    pub score: Estimate,
    /// Competition rank of the exact score within the class.
    pub rank: Option<usize>,
    /// In the order of the plan's parts.
    pub parts: Vec<PartScore>,
}

carry!(struct UnitCombined { unit, group, score, rank, parts });

#[derive(Clone, Debug, PartialEq)]
pub struct PartScore {
    /// Id of the part.
    pub part: String,
    pub weight: Decimal,
    /// Whether it is the unit's index: the one part that rests on a sample of votes.
    pub is_index: bool,
    /// Numbers, or records with both numbers; of the index the grades that count. None: withheld.
    pub n: Option<u64>,
    /// Of these left out as highest and lowest.
    pub trimmed: u64,
    pub score: Estimate,
}

carry!(struct PartScore { part, weight, is_index, n, trimmed, score });

/// None: the plan has no parts, or no such round. `rows`: with the ids of the records; `results`: of the same rows and round.
pub fn combined<'a>(
    codebook: &Codebook,
    rows: impl IntoIterator<Item = (&'a str, &'a Row)>,
    results: &Results,
) -> Option<Combined> {
    let plan = codebook.plan();
    if plan.parts.is_empty() {
        return None;
    }
    let round = plan.rounds.iter().position(|round| round.id == results.round)?;
    // What is asked for: questionnaire to the items whose numbers are wanted.
    let mut wanted: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for figure in plan.parts.iter().flat_map(|part| &part.figures) {
        if let Some(at) = plan.questionnaires.iter().position(|one| one.id == figure.questionnaire) {
            let items = wanted.entry(at).or_default();
            items.insert(&figure.item);
            items.extend(figure.of.as_deref());
        }
    }
    // Of each record the numbers of each item.
    let mut found: Vec<(usize, BTreeMap<&str, Vec<Fraction>>)> = Vec::new();
    for (id, row) in rows.into_iter().filter(|(_, row)| row.domain.round as usize == round) {
        let questionnaire = row.domain.questionnaire as usize;
        let Some(items) = wanted.get(&questionnaire) else { continue };
        if row.disposition == Disposition::ScreenedOut {
            continue;
        }
        let mut numbers: BTreeMap<&str, Vec<Fraction>> = BTreeMap::new();
        for (key, answer) in &codebook.unpack(id, row).answers {
            if let Some(item) = items.get(key::name(key))
                && let Some(number) = number(answer)
            {
                numbers.entry(item).or_default().push(number);
            }
        }
        found.push((questionnaire, numbers));
    }
    let mut units: Vec<UnitCombined> = results
        .units
        .iter()
        .map(|unit| {
            let parts = plan.parts.iter().map(|part| match part.figures.is_empty() {
                true => PartScore {
                    part: part.id.clone(),
                    weight: part.weight,
                    is_index: true,
                    n: unit.overall.valid,
                    trimmed: 0,
                    score: unit.index.clone(),
                },
                false => {
                    let figure = part.figures.iter().find(|figure| figure.unit == unit.unit);
                    let at = figure
                        .and_then(|figure| plan.questionnaires.iter().position(|one| one.id == figure.questionnaire));
                    let of_unit = found.iter().filter(|(questionnaire, _)| Some(*questionnaire) == at);
                    let of_unit: Vec<&BTreeMap<&str, Vec<Fraction>>> = of_unit.map(|(_, numbers)| numbers).collect();
                    score(part, figure, &of_unit)
                }
            });
            let parts: Vec<PartScore> = parts.collect();
            UnitCombined { unit: unit.unit.clone(), group: unit.group.clone(), score: weigh(&parts), rank: None, parts }
        })
        .collect();
    rank(&mut units);
    Some(Combined { round: results.round.clone(), units })
}

fn number(answer: &Answer) -> Option<Fraction> {
    match answer {
        Answer::Integer(number) => Some(Fraction::from_integer((*number).into())),
        // Beyond what a plan's numbers can be: it is in the record, and in no sum.
        Answer::Text(text) => Decimal::parse(text).ok().map(fraction),
        _ => None,
    }
}

fn points(figure: &Figure, number: &Fraction) -> Fraction {
    let (zero, full) = (fraction(figure.zero), fraction(figure.full));
    let share = (number - &zero) / (&full - &zero);
    share.max(Fraction::zero()).min(Fraction::one()) * Fraction::from_integer(100.into())
}

fn score(part: &Part, figure: Option<&Figure>, records: &[&BTreeMap<&str, Vec<Fraction>>]) -> PartScore {
    let mut made = PartScore {
        part: part.id.clone(),
        weight: part.weight,
        is_index: false,
        n: Some(0),
        trimmed: 0,
        score: Err(Undefined::NoAnswers),
    };
    let Some(figure) = figure.filter(|figure| figure.zero != figure.full) else { return made };
    if let Some(of) = &figure.of {
        let both = records.iter().filter_map(|record| record.get(&*figure.item).zip(record.get(&**of)));
        let (mut above, mut below, mut n) = (Fraction::zero(), Fraction::zero(), 0);
        for (own, whole) in both {
            above += own.iter().sum::<Fraction>();
            below += whole.iter().sum::<Fraction>();
            n += 1;
        }
        made.n = Some(n);
        if !below.is_zero() {
            made.score = Ok(points(figure, &(above / below)));
        }
        return made;
    }
    let numbers = records.iter().filter_map(|record| record.get(&*figure.item)).flatten();
    let mut worth: Vec<Fraction> = numbers.map(|number| points(figure, number)).collect();
    made.n = Some(worth.len() as u64);
    if part.trimmed && worth.len() >= 5 {
        worth.sort_unstable();
        worth.pop();
        worth.remove(0);
        made.trimmed = 2;
    }
    if !worth.is_empty() {
        let count = Fraction::from_integer(worth.len().into());
        made.score = Ok(worth.into_iter().sum::<Fraction>() / count);
    }
    made
}

fn weigh(parts: &[PartScore]) -> Estimate {
    let mut sum = Fraction::zero();
    let mut without = Vec::new();
    for part in parts {
        match &part.score {
            Ok(score) => sum += fraction(part.weight) * score,
            Err(Undefined::Withheld) => return Err(Undefined::Withheld),
            Err(_) => without.push(part.part.clone()),
        }
    }
    match without.len() {
        0 => Ok(sum),
        all if all == parts.len() => Err(Undefined::NoAnswers),
        _ => Err(Undefined::NoScoreFor(without)),
    }
}

fn rank(units: &mut [UnitCombined]) {
    let groups: BTreeSet<Option<String>> = units.iter().map(|unit| unit.group.clone()).collect();
    for group in groups {
        let members: Vec<usize> = (0..units.len()).filter(|at| units[*at].group == group).collect();
        let values: Vec<Option<&Fraction>> = members.iter().map(|at| units[*at].score.as_ref().ok()).collect();
        let ranks = competition_ranks(&values);
        members.iter().zip(ranks).for_each(|(at, rank)| units[*at].rank = rank);
    }
}

impl Combined {
    /// What may be published, given the index of each unit as it is published (`results`, of the same round): a part on too few
    /// numbers is withheld, with the combined score, from which it could be worked out. A withheld index withholds it too.
    pub fn published(&self, parts: &[Part], results: &Results, smallest: u32) -> Combined {
        let mut out = self.clone();
        for (unit, published) in out.units.iter_mut().zip(&results.units) {
            for (score, part) in unit.parts.iter_mut().zip(parts) {
                if score.is_index {
                    (score.n, score.score) = (published.overall.valid, published.index.clone());
                    continue;
                }
                let least = u64::from(part.smallest.unwrap_or(smallest));
                if score.n.is_some_and(|n| 0 < n && n < least) {
                    (score.n, score.trimmed, score.score) = (None, 0, Err(Undefined::Withheld));
                }
            }
            unit.score = weigh(&unit.parts);
        }
        rank(&mut out.units);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::tests::{grid, plan, record, reference};
    use crate::plan::{Item, ItemType, Plan};
    use crate::session::Record;
    use crate::tally::{Tally, results};
    use std::sync::Arc;

    fn of(numerator: i64, denominator: i64) -> Fraction {
        Fraction::new(numerator.into(), denominator.into())
    }

    fn whole(number: i64) -> Decimal {
        Decimal::from_millionths(number * Decimal::SCALE)
    }

    fn part(id: &str, tenths: i64, figures: Vec<Figure>) -> Part {
        let weight = Decimal::from_millionths(tenths * Decimal::SCALE / 10);
        Part { id: id.into(), label: Default::default(), weight, trimmed: false, smallest: None, figures }
    }

    fn figure(item: &str, of: Option<&str>, zero: i64, full: i64) -> Figure {
        Figure {
            unit: "u1".into(),
            questionnaire: "q".into(),
            item: item.into(),
            of: of.map(str::to_owned),
            zero: whole(zero),
            full: whole(full),
        }
    }

    fn with(parts: Vec<Part>) -> Plan {
        let mut plan = plan();
        plan.parts = parts;
        for name in ["score", "all"] {
            let item = Item { kind: ItemType::Integer, name: name.into(), ..Item::default() };
            plan.questionnaires[0].items.push(item);
        }
        plan
    }

    fn said(numbers: &[(&str, i64)]) -> Record {
        let mut made = record("x");
        let all = ["a", "b1", "b2"].map(|leaf| ("u1", leaf, "满意"));
        made.answers.insert("m".into(), grid(&all));
        numbers.iter().for_each(|(item, number)| drop(made.answers.insert((*item).into(), Answer::Integer(*number))));
        made
    }

    fn made(plan: &Plan, records: &[Record]) -> (Combined, Results) {
        let codebook = Arc::new(Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap());
        let rows: Vec<Row> = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
        let results = results(&Tally::of_rows(codebook.clone(), &rows), "r1").unwrap();
        (combined(&codebook, rows.iter().map(|row| ("x", row)), &results).unwrap(), results)
    }

    #[test]
    fn parts_are_weighed_and_numbers_become_points() {
        let plan = with(vec![part("votes", 6, Vec::new()), part("experts", 4, vec![figure("score", None, 50, 100)])]);
        let (found, _) = made(&plan, &[said(&[("score", 75)]), said(&[("score", 100)]), said(&[])]);
        let unit = &found.units[0];
        // (50 + 100) / 2 points of the experts; 满意 is worth 100.
        assert_eq!((unit.parts[1].n, &unit.parts[1].score), (Some(2), &Ok(of(75, 1))));
        assert_eq!((&unit.parts[0].score, &unit.score), (&Ok(of(100, 1)), &Ok(of(90, 1))));
        assert_eq!(unit.rank, Some(1));
        assert_eq!(found.units[1].score, Err(Undefined::NoAnswers), "nobody said anything about it");
    }

    #[test]
    fn where_a_part_is_missing_there_is_no_score_and_none_is_made_of_the_rest() {
        let plan = with(vec![part("votes", 6, Vec::new()), part("experts", 4, vec![figure("score", None, 0, 100)])]);
        let (found, _) = made(&plan, &[said(&[])]);
        assert_eq!(found.units[0].score, Err(Undefined::NoScoreFor(vec!["experts".into()])));
        assert_eq!(found.units[0].rank, None);
    }

    #[test]
    fn less_can_be_better_and_what_is_beyond_is_cut_off() {
        let plan = with(vec![part("days", 10, vec![figure("score", None, 10, 0)])]);
        let scores = |days: i64| made(&plan, &[said(&[("score", days)])]).0.units[0].score.clone().unwrap();
        assert_eq!([scores(0), scores(4), scores(10), scores(30)], [of(100, 1), of(60, 1), of(0, 1), of(0, 1)]);
    }

    #[test]
    fn the_highest_and_the_lowest_are_left_out_of_five_and_not_of_four() {
        let mut plan = with(vec![part("experts", 10, vec![figure("score", None, 0, 100)])]);
        plan.parts[0].trimmed = true;
        let all = [0, 80, 80, 80, 100].map(|score| said(&[("score", score)]));
        let found = made(&plan, &all).0.units.swap_remove(0);
        assert_eq!((found.parts[0].n, found.parts[0].trimmed, found.score), (Some(5), 2, Ok(of(80, 1))));
        let found = made(&plan, &all[..4]).0.units.swap_remove(0);
        assert_eq!((found.parts[0].n, found.parts[0].trimmed, found.score), (Some(4), 0, Ok(of(60, 1))));
    }

    #[test]
    fn a_share_is_of_the_sums_and_not_a_mean_of_shares() {
        let plan = with(vec![part("in_time", 10, vec![figure("score", Some("all"), 0, 1)])]);
        let records = [said(&[("score", 1), ("all", 1)]), said(&[("score", 0), ("all", 3)]), said(&[("score", 9)])];
        let found = made(&plan, &records).0.units.swap_remove(0);
        assert_eq!((found.parts[0].n, found.score), (Some(2), Ok(of(25, 1))));
        let none = made(&plan, &[said(&[("score", 0), ("all", 0)])]).0.units.swap_remove(0);
        assert_eq!(none.score, Err(Undefined::NoAnswers), "of nothing there is no share");
    }

    #[test]
    fn a_part_of_few_numbers_is_withheld_with_the_score_that_would_give_it_away() {
        let experts = part("experts", 4, vec![figure("score", None, 0, 100)]);
        let mut plan = with(vec![part("votes", 6, Vec::new()), experts]);
        let mut all: Vec<Record> = (0..12).map(|_| said(&[])).collect();
        all.extend((0..3).map(|_| said(&[("score", 70)])));
        let (found, results) = made(&plan, &all);
        let published = results.published(10);
        let shown = found.published(&plan.parts, &published, 10).units.swap_remove(0);
        assert_eq!((shown.parts[1].n, &shown.parts[1].score), (None, &Err(Undefined::Withheld)));
        assert_eq!((shown.score, shown.rank, shown.parts[0].score.is_ok()), (Err(Undefined::Withheld), None, true));
        // A panel that is known is no secret.
        plan.parts[1].smallest = Some(0);
        let shown = found.published(&plan.parts, &published, 10).units.swap_remove(0);
        assert_eq!(shown.score, Ok(of(88, 1)));
        // An index that is withheld is not to be worked out from the score.
        let few = made(&plan, &all[..3]);
        let shown = few.0.published(&plan.parts, &few.1.published(10), 10).units.swap_remove(0);
        assert!(shown.score.is_err());
    }
}
