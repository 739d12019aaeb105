//! Outcome rates: AAPOR, "Standard Definitions".
use super::number::Number;
use super::question::Asked;
use super::sample::{Sample, State};
use super::{EstimateError, Figure, Question};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;
use std::io::Read;

/// What became of one person, household or ballot that was to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// I: complete.
    Complete,
    /// P: partial.
    Partial,
    /// R: refused or broke off.
    Refused,
    /// NC: eligible, never reached.
    NotContacted,
    /// O: eligible, other reason.
    Other,
    /// UH: not known whether there is a household.
    UnknownHousehold,
    /// UO: not known whether anybody eligible is there.
    UnknownOther,
    /// NE: not eligible.
    NotEligible,
}

impl Outcome {
    pub const ALL: [(&'static str, Outcome); 8] = [
        ("I", Outcome::Complete),
        ("P", Outcome::Partial),
        ("R", Outcome::Refused),
        ("NC", Outcome::NotContacted),
        ("O", Outcome::Other),
        ("UH", Outcome::UnknownHousehold),
        ("UO", Outcome::UnknownOther),
        ("NE", Outcome::NotEligible),
    ];

    /// By AAPOR's letters.
    pub fn read(code: &str) -> Option<Outcome> {
        Outcome::ALL.iter().find(|(known, _)| *known == code).map(|(_, outcome)| *outcome)
    }
}

/// How many had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes([u64; 8]);

/// Rates; None where the denominator is 0.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeRates {
    /// Share of the unknown cases that are taken for eligible.
    pub e: Option<Figure>,
    /// RR1 to RR6, COOP1 to COOP4, REF1 to REF3, CON1 to CON3.
    pub rates: Vec<(&'static str, Option<Figure>)>,
}

impl Outcomes {
    pub fn add(&mut self, outcome: Outcome, count: u64) {
        self.0[outcome as usize] += count;
    }

    pub fn count(&self, outcome: Outcome) -> u64 {
        self.0[outcome as usize]
    }

    /// `e`: None to take eligible / (eligible + not eligible) of the known cases.
    pub fn rates(&self, e: Option<Number>) -> OutcomeRates {
        let whole = |count: u64| BigRational::from(BigInt::from(count));
        let ratio = |above: &BigRational, below: &BigRational| (!below.is_zero()).then(|| above / below);
        let [i, p, r, nc, o, uh, uo, ne] = self.0.map(whole);
        let (interviews, unknown) = (&i + &p, &uh + &uo);
        let reached = &interviews + &r + &o;
        let eligible = &reached + &nc;
        let e = match e {
            Some(set) => BigRational::from_float(set.float).map(|float| set.exact_fraction().unwrap_or(float)),
            None => ratio(&eligible, &(&eligible + &ne)),
        };
        let all = &eligible + &unknown;
        // Without unknown cases e does not matter.
        let likely = match &e {
            _ if unknown.is_zero() => Some(eligible.clone()),
            Some(e) => Some(&eligible + e * &unknown),
            None => None,
        };
        let asked = &interviews + &r;
        let plain = |above: &BigRational, below: &BigRational| ratio(above, below);
        let with_e = |above: &BigRational| likely.as_ref().and_then(|below| ratio(above, below));
        let rates = vec![
            ("RR1", plain(&i, &all)),
            ("RR2", plain(&interviews, &all)),
            ("RR3", with_e(&i)),
            ("RR4", with_e(&interviews)),
            ("RR5", plain(&i, &eligible)),
            ("RR6", plain(&interviews, &eligible)),
            ("COOP1", plain(&i, &reached)),
            ("COOP2", plain(&interviews, &reached)),
            ("COOP3", plain(&i, &asked)),
            ("COOP4", plain(&interviews, &asked)),
            ("REF1", plain(&r, &all)),
            ("REF2", with_e(&r)),
            ("REF3", plain(&r, &eligible)),
            ("CON1", plain(&reached, &all)),
            ("CON2", with_e(&reached)),
            ("CON3", plain(&reached, &eligible)),
        ];
        let rates = rates.into_iter().map(|(name, rate)| (name, rate.map(Figure::exact)));
        OutcomeRates { e: e.map(Figure::exact), rates: rates.collect() }
    }
}

/// Counts the outcomes in a column of a CSV table, by the columns `by`, with `codes` for what is not written in
/// AAPOR's letters.
pub fn read_outcomes(
    table: impl Read,
    column: &str,
    codes: &[(String, Outcome)],
    question: &Question,
) -> Result<BTreeMap<Vec<String>, Outcomes>, EstimateError> {
    let question = Question { asked: vec![Asked::Proportion(column.to_owned(), None)], ..question.clone() };
    let sample = Sample::read(table, question)?;
    let by: Vec<usize> = sample.question.by.iter().map(|name| sample.at_site(name)).collect();
    let frame = &sample.frames[0];
    let texts = &sample.columns[frame.columns[0]];
    let mut found: BTreeMap<Vec<String>, Outcomes> = BTreeMap::new();
    for cell in &frame.cells {
        let code = frame.values[cell.value as usize][0] as usize;
        let text = texts.texts[code].trim();
        if texts.states[code] != State::Answer {
            continue;
        }
        let own = codes.iter().find(|(code, _)| code == text).map(|(_, outcome)| *outcome);
        let bad = || EstimateError::BadOutcome { column: column.to_owned(), found: text.to_owned() };
        let outcome = own.or_else(|| Outcome::read(text)).ok_or_else(bad)?;
        let site = &sample.sites[cell.site as usize];
        let domain = by.iter().map(|at| sample.text(sample.site_columns[*at], site[*at]).trim().to_owned()).collect();
        found.entry(domain).or_default().add(outcome, cell.count);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_without_a_denominator_are_none() {
        let rates = Outcomes::default().rates(None);
        assert!(rates.e.is_none() && rates.rates.iter().all(|(_, rate)| rate.is_none()));
        let mut unknown = Outcomes::default();
        unknown.add(Outcome::UnknownOther, 3);
        let rates = unknown.rates(None);
        // RR1 is 0 of 3; RR3 needs an e that nobody knows.
        assert_eq!(rates.rates[0].1.as_ref().unwrap().float, 0.0);
        assert_eq!(rates.rates[2].1, None);
        assert_eq!(unknown.rates(Number::parse("0.5")).rates[2].1.as_ref().unwrap().float, 0.0);
    }

    #[test]
    fn without_unknown_cases_all_definitions_agree() {
        let mut outcomes = Outcomes::default();
        outcomes.add(Outcome::Complete, 3);
        outcomes.add(Outcome::Refused, 1);
        let rates = outcomes.rates(None).rates;
        assert!(
            rates
                .iter()
                .filter(|(name, _)| name.starts_with("RR"))
                .all(|(_, rate)| rate.as_ref().unwrap().float == 0.75)
        );
    }
}
