//! The combined score: the plan's parts by their weights, from the parts as they are published.

use super::{Finding, Scene, Verdict, Why, count, judged, text, value};
use crate::export::published::{CombinedRow, Row};
use crate::tally::Fraction;
use num_traits::{One, Zero};

impl Scene<'_> {
    pub(super) fn combined(&self, findings: &mut Vec<Finding>) {
        for unit in &self.round.combined {
            let mut tell = |column: &str, verdict: Verdict| {
                let id = text(&unit.own, "unit").unwrap_or_default();
                let place = [self.round.id.as_str(), id, "combined"].map(str::to_owned).to_vec();
                findings.push(Finding { place, column: column.to_owned(), verdict });
            };
            for part in &unit.parts {
                let id = text(part, "part").unwrap_or_default();
                tell(&[id, ":score"].concat(), self.part_of(unit, part, ("score", "index")));
                tell(&[id, ":n"].concat(), self.part_of(unit, part, ("n", "n")));
            }
            tell("combined", self.combined_score(unit));
            tell("combined rank", self.combined_rank(unit));
            for column in ["low", "high"] {
                tell(column, given(&unit.own, column, Why::Design));
            }
        }
    }

    /// The part that is the index has the digits of the published index; of any other the numbers are not published.
    fn part_of(&self, unit: &CombinedRow, part: &Row, (own, other): (&str, &str)) -> Verdict {
        let id = text(part, "part");
        let is_index = self.data.parts.iter().any(|(known, _, is_index)| Some(known.as_str()) == id && *is_index);
        let Some(published) = text(part, own).filter(|_| is_index) else {
            return given(part, own, Why::Figures);
        };
        let same = self.round.units.iter().find(|row| text(row, "unit") == text(&unit.own, "unit"));
        let found = same.and_then(|row| text(row, other));
        judged(published, found.map(str::to_owned).ok_or(Why::Withheld))
    }

    fn combined_score(&self, unit: &CombinedRow) -> Verdict {
        let Some(published) = text(&unit.own, "score") else { return Verdict::Absent };
        match self.sum(unit) {
            Err(why) => Verdict::NotRecomputable(why),
            Ok((score, slack)) => match value(published).map(|known| known - &score) {
                Some(off) if -&slack <= off && off <= slack => Verdict::AgreesWithinRounding,
                _ => Verdict::Different { published: published.to_owned(), recomputed: self.rounded(&score) },
            },
        }
    }

    /// Σ w S over all parts of the plan, and how far rounding can take it from what is published: each S is given rounded, and so is
    /// the sum.
    fn sum(&self, unit: &CombinedRow) -> Result<(Fraction, Fraction), Why> {
        let half = Fraction::new(1.into(), num_bigint::BigInt::from(10).pow(self.data.places) * 2u32);
        let (mut score, mut weights) = (Fraction::zero(), Fraction::zero());
        for (id, weight, _) in &self.data.parts {
            let part = unit.parts.iter().find(|part| text(part, "part") == Some(id)).ok_or(Why::Unknown)?;
            score += weight * text(part, "score").and_then(value).ok_or(Why::Withheld)?;
            weights += weight;
        }
        Ok((score, half * (weights + Fraction::one())))
    }

    /// Among the units of the class with a published combined score. Units with the same digits may differ in those that are not
    /// published, and so be in any order.
    fn combined_rank(&self, unit: &CombinedRow) -> Verdict {
        let Some(published) = count(&unit.own, "rank") else { return Verdict::Absent };
        let class = |unit: &CombinedRow| {
            let id = text(&unit.own, "unit")?;
            self.data.units.iter().find(|(known, _)| known == id)?.1.clone()
        };
        let Some(own) = text(&unit.own, "score").and_then(value) else {
            return Verdict::NotRecomputable(Why::Withheld);
        };
        let mine = class(unit);
        let others = self.round.combined.iter().filter(|other| class(other) == mine);
        let scores: Vec<Fraction> = others.filter_map(|other| text(&other.own, "score").and_then(value)).collect();
        let made = 1 + scores.iter().filter(|score| **score > own).count() as u64;
        let alike = (scores.iter().filter(|score| **score == own).count() as u64).saturating_sub(1);
        match published {
            _ if published == made && alike == 0 => Verdict::Equal,
            _ if (made..=made + alike).contains(&published) => Verdict::AgreesWithinRounding,
            _ => Verdict::Different { published: published.to_string(), recomputed: made.to_string() },
        }
    }
}

/// A number that no published one gives.
fn given(row: &Row, column: &str, why: Why) -> Verdict {
    text(row, column).map_or(Verdict::Absent, |_| Verdict::NotRecomputable(why))
}
