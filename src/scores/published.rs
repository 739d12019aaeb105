use super::{Imprecise, Precise, Scored, Worth};
use crate::tally::{Estimate, Undefined};

impl Scored {
    /// What may be published, as [`crate::tally::Results::published`] has it, and with it:
    ///
    /// - where an estimate is withheld, its error;
    /// - the error of a score where a count of a grade, in one of the strata of the estimate, is above 0 and below `smallest`:
    ///   with n and the mean it says how the grades divide;
    /// - the error of a rate likewise where the satisfied or the others are so few in one of the strata;
    /// - the error of an index that rests on one indicator as that indicator's score;
    /// - ranks, differences and rank ranges are made anew among the units whose index is published: those of the others would
    ///   give their indices away; what goes with what is left out where a score is withheld;
    /// - a difference whose own units' errors are withheld keeps no error;
    /// - errors by rater group, as everything by rater group.
    pub fn published(&self, smallest: u32) -> Scored {
        if smallest == 0 {
            return self.clone();
        }
        let mut out = Scored { results: self.results.published(smallest), ..self.clone() };
        let small = |count: u64| 0 < count && count < u64::from(smallest);
        for (place, (result, unit)) in out.results.units.iter_mut().zip(&mut out.units).enumerate() {
            for (result, one) in result.indicators.iter_mut().zip(&mut unit.indicators) {
                one.worth.publish(&mut result.measure, smallest);
                one.by_group.clear();
            }
            unit.overall.publish(&mut result.overall, smallest);
            withhold(&mut unit.index, &result.index);
            let mut leaves = self.index_leaves(place);
            if let (Some(only), None) = (leaves.next(), leaves.next())
                && unit.indicators[only].worth.score == Err(Imprecise::Withheld)
            {
                unit.index = Err(Imprecise::Withheld);
            }
            if result.overall.valid.is_none() || unit.raters.is_none_or(small) {
                unit.raters = None;
            }
        }
        if out.layers.iter().any(|layer| small(layer.units)) {
            out.layers.clear();
            out.overfull.clear();
        }
        // The means of the scores hold the withheld ones.
        let any = out.results.units.iter().flat_map(|unit| &unit.indicators);
        if any.into_iter().any(|one| one.measure.score == Err(Undefined::Withheld)) {
            out.drivers.clear();
        }
        out.compare();
        let withheld: Vec<bool> = out.units.iter().map(|unit| unit.index == Err(Imprecise::Withheld)).collect();
        for pair in out.pairs.iter_mut().filter(|pair| withheld[pair.first] || withheld[pair.second]) {
            pair.compared.withhold();
        }
        for place in 0..out.units.len() {
            // The error of the mean holds those of its members.
            let group = &out.results.units[place].group;
            let of_class = out.results.units.iter().zip(&withheld);
            let some = { of_class }.any(|(unit, withheld)| unit.group == *group && unit.index.is_ok() && *withheld);
            if let Some(compared) = out.units[place].against_class.as_mut().filter(|_| some) {
                compared.withhold();
            }
        }
        out
    }
}

impl Worth {
    fn publish(&mut self, measure: &mut crate::tally::Measure, smallest: u32) {
        let small = |count: u64| 0 < count && count < u64::from(smallest);
        withhold(&mut self.score, &measure.score);
        withhold(&mut self.rate, &measure.rate);
        let (by_grade, by_side) = self.fewest;
        if small(by_grade) {
            self.score = Err(Imprecise::Withheld);
        }
        if small(by_side) {
            self.rate = Err(Imprecise::Withheld);
        }
        // A count that is no longer known is not guessed from here.
        self.fewest = (0, 0);
        if self.rate.is_err() {
            measure.interval = None;
        }
    }
}

fn withhold(error: &mut Precise, estimate: &Estimate) {
    if *estimate == Err(Undefined::Withheld) {
        *error = Err(Imprecise::Withheld);
    }
}
