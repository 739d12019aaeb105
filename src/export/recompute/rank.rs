use super::{Finding, Scene, Verdict, Why, count, text, value};
use crate::export::published::Row;
use crate::tally::{Fraction, competition_ranks};

impl Scene<'_> {
    /// Ranks within a class, among the units whose index is published.
    pub(super) fn ranks(&self, findings: &mut Vec<Finding>) {
        let class = |row: &Row| {
            let id = text(row, "unit")?;
            self.data.units.iter().find(|(known, _)| known == id)?.1.clone()
        };
        for unit in &self.round.units {
            let verdict = match count(unit, "rank") {
                None => Verdict::Absent,
                Some(published) => {
                    let own = class(unit);
                    let others: Vec<&Row> = self.round.units.iter().filter(|row| class(row) == own).collect();
                    let known: Vec<(&Row, Option<Fraction>, bool)> = { others.iter() }
                        .map(|row| match self.exact_index(row) {
                            Ok(index) if text(row, "index").is_some() => (*row, Some(index), true),
                            _ => (*row, text(row, "index").and_then(value), false),
                        })
                        .collect();
                    let values: Vec<Option<&Fraction>> = known.iter().map(|(_, index, _)| index.as_ref()).collect();
                    let at = others.iter().position(|row| text(row, "unit") == text(unit, "unit"));
                    let made = at.and_then(|at| competition_ranks(&values)[at]).map(|rank| rank as u64);
                    // Units without a published index are in no rank.
                    let exact = known.iter().all(|(_, index, exact)| index.is_none() || *exact);
                    // One index that is not known exactly can move a rank by one, and its own by any number.
                    let own_exact = at.is_some_and(|at| known[at].2);
                    let loose = match own_exact {
                        true => known.iter().filter(|(_, index, exact)| index.is_some() && !exact).count() as u64,
                        false => known.len() as u64,
                    };
                    match made {
                        None => Verdict::NotRecomputable(Why::Withheld),
                        Some(made) if made == published && exact => Verdict::Equal,
                        Some(made) if !exact && made.abs_diff(published) <= loose => Verdict::AgreesWithinRounding,
                        Some(made) => {
                            Verdict::Different { published: published.to_string(), recomputed: made.to_string() }
                        }
                    }
                }
            };
            findings.push(Finding { place: self.place(unit), column: "rank".to_owned(), verdict });
        }
    }
}
