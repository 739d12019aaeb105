use super::deduce::spread;
use super::{Estimate, Fraction, Measure, Results, Undefined};
use num_traits::Zero;

/// A withheld count has to be open by more than this from what is published beside it.
const OPEN: u64 = 1;

impl Results {
    /// What may be published: every count above 0 and below `smallest` (the plan's `privacy.smallest_cell`) is withheld,
    /// and with it what would give it away from the rest of the same table:
    ///
    /// - n below `smallest`: the whole row, and the index that rests on it;
    /// - one grade's count: all grade counts of the row and the variances; the rate too, when the satisfied or the other
    ///   answers together are too few, or when rate and score together would give the count away; and the
    ///   score with the index, when the score alone would;
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
                    index_rests_on_few |= needs.row || needs.score;
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
    score: bool,
    missing: bool,
}

impl Needs {
    fn of(measure: &Measure, small: &impl Fn(Option<u64>) -> bool) -> Needs {
        let sum = |satisfied: bool| -> Option<u64> {
            measure.grades.iter().filter(|grade| grade.satisfied == satisfied).map(|grade| grade.count).sum()
        };
        let few = small(sum(true)) || small(sum(false));
        let given_away = |with_rate| is_given_away(measure, small, with_rate);
        let rate = few || given_away(true);
        Needs {
            row: small(measure.valid),
            grades: measure.grades.iter().any(|grade| small(grade.count)),
            rate,
            score: rate && given_away(false),
            missing: [measure.dont_know, measure.refused, measure.blank, measure.not_asked].into_iter().any(small),
        }
    }

    fn or(self, other: Needs) -> Needs {
        Needs {
            row: self.row || other.row,
            grades: self.grades || other.grades,
            rate: self.rate || other.rate,
            score: self.score || other.score,
            missing: self.missing || other.missing,
        }
    }

    fn withhold(self, measure: &mut Measure) {
        if self.row {
            measure.valid = None;
        }
        if self.row || self.score {
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

/// Whether n and the score, and `with_rate` the rate too, tell a small count of this row within [`OPEN`].
fn is_given_away(measure: &Measure, small: &impl Fn(Option<u64>) -> bool, with_rate: bool) -> bool {
    let counts: Option<Vec<u64>> = measure.grades.iter().map(|grade| grade.count).collect();
    let (Some(counts), Ok(score)) = (counts, &measure.score) else { return false };
    let points: Vec<i64> = measure.grades.iter().map(|grade| grade.points.millionths()).collect();
    let (n, sum) = counts.iter().zip(&points).fold((0i128, 0i128), |(n, sum), (count, points)| {
        (n + i128::from(*count), sum + i128::from(*count) * i128::from(*points))
    });
    // The mean of weighted rater groups is no function of these counts, and leaves them open.
    let unit = i128::from(crate::plan::Decimal::SCALE);
    if n == 0 || *score != Fraction::new(sum.into(), (n * unit).into()) {
        return false;
    }
    let satisfied: Vec<bool> = measure.grades.iter().map(|grade| with_rate && grade.satisfied).collect();
    let told = |at: usize| small(Some(counts[at])) && spread(&counts, &points, &satisfied, at) <= OPEN;
    (0..counts.len()).any(told)
}

fn withhold(estimate: &mut Estimate) {
    *estimate = Err(Undefined::Withheld);
}
