use super::{Estimate, Measure, Results, Undefined};
use num_traits::Zero;

impl Results {
    /// What may be published: every count above 0 and below `smallest` (the plan's `privacy.smallest_cell`) is withheld,
    /// and with it what would give it away from the rest of the same table:
    ///
    /// - n below `smallest`: the whole row, and the index that rests on it;
    /// - one grade's count: all grade counts of the row and the variances; the rate too, when the satisfied or the other
    ///   answers together are too few;
    /// - anything of an indicator that has a weight: the same of its unit's overall row, which is the sum of the indicators;
    /// - results by rater group: always, as they would be differences of what is shown.
    ///
    /// It looks at one table alone. Two publications that differ in a few answers can still be subtracted.
    pub fn published(&self, smallest: u32) -> Results {
        let small = |count: Option<u64>| count.is_none_or(|count| 0 < count && count < u64::from(smallest));
        let mut out = self.clone();
        if smallest == 0 {
            return out;
        }
        if small(out.records) {
            out.records = None;
        }
        if small(out.screened_out) {
            out.screened_out = None;
        }
        // A part, and so the rest.
        for part in [&mut out.partial, &mut out.self_selected] {
            if small(*part) || small(self.records.zip(*part).map(|(all, part)| all - part)) {
                *part = None;
            }
        }
        for unit in &mut out.units {
            let mut overall = Needs::default();
            let mut index_rests_on_few = false;
            for indicator in &mut unit.indicators {
                indicator.by_group.clear();
                let needs = Needs::of(&indicator.measure, &small);
                needs.withhold(&mut indicator.measure);
                // One of weight 0 is in neither.
                if !indicator.weight.is_zero() {
                    index_rests_on_few |= needs.row;
                    overall = overall.or(needs);
                }
            }
            overall = overall.or(Needs::of(&unit.overall, &small));
            overall.withhold(&mut unit.overall);
            if index_rests_on_few {
                withhold(&mut unit.index);
                unit.rank = None;
            }
        }
        out
    }
}

/// Which parts of a row are withheld.
#[derive(Clone, Copy, Default)]
struct Needs {
    row: bool,
    grades: bool,
    rate: bool,
    missing: bool,
}

impl Needs {
    fn of(measure: &Measure, small: &impl Fn(Option<u64>) -> bool) -> Needs {
        let sum = |satisfied: bool| -> Option<u64> {
            measure.grades.iter().filter(|grade| grade.satisfied == satisfied).map(|grade| grade.count).sum()
        };
        Needs {
            row: small(measure.valid),
            grades: measure.grades.iter().any(|grade| small(grade.count)),
            rate: small(sum(true)) || small(sum(false)),
            missing: [measure.dont_know, measure.refused, measure.blank, measure.not_asked].into_iter().any(small),
        }
    }

    fn or(self, other: Needs) -> Needs {
        Needs {
            row: self.row || other.row,
            grades: self.grades || other.grades,
            rate: self.rate || other.rate,
            missing: self.missing || other.missing,
        }
    }

    fn withhold(self, measure: &mut Measure) {
        if self.row {
            measure.valid = None;
            withhold(&mut measure.score);
        }
        if self.row || self.grades {
            measure.grades.iter_mut().for_each(|grade| grade.count = None);
            withhold(&mut measure.variance_population);
            withhold(&mut measure.variance_sample);
        }
        if self.row || self.rate {
            withhold(&mut measure.rate);
            measure.interval = None;
        }
        if self.row || self.missing {
            let counts = [&mut measure.dont_know, &mut measure.refused, &mut measure.blank, &mut measure.not_asked];
            counts.into_iter().for_each(|count| *count = None);
            withhold(&mut measure.dont_know_rate);
        }
    }
}

fn withhold(estimate: &mut Estimate) {
    *estimate = Err(Undefined::Withheld);
}
