use super::Settings;
use crate::estimate::{beta_quantile, holm, t_tail};

/// A number that each record has, by which interviewers or devices are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Mean grade, per cent of its scale's range.
    Grade,
    /// Largest share of one grade in a list.
    Same,
    /// Share of "don't know".
    DontKnow,
    /// Share of questions without an answer.
    Unanswered,
    /// Highest share of answers equal to those of another record.
    Match,
    /// Seconds for an answer.
    Pace,
}

/// How far one holder's records differ from all others'.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// Place in [`super::Sheet::holders`].
    pub holder: u32,
    pub measure: Measure,
    /// Records that have the number.
    pub records: u32,
    pub mean: f64,
    /// Mean of the records of the other holders, but for those that are set apart.
    pub others: f64,
    /// p of Welch's test, corrected for all holders and measures (Holm); `None`: too few records, or nothing varies.
    pub p: Option<f64>,
}

/// How much of a number's variance lies between holders.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    pub measure: Measure,
    /// Holders with enough records, and their records.
    pub holders: u32,
    pub records: u32,
    /// Records of a holder, averaged as the estimator needs it.
    pub size: f64,
    /// Intraclass correlation, from the analysis of variance. It may be a little below 0 where there is none.
    pub value: f64,
    /// 95 % interval; `None` where nothing varies within holders.
    pub interval: Option<(f64, f64)>,
    /// By what the variance of a mean grows: 1 + ρ (m − 1), m records of a holder on average.
    pub deff: f64,
}

impl Measure {
    pub const ALL: [Measure; 6] =
        [Measure::Grade, Measure::Same, Measure::DontKnow, Measure::Unanswered, Measure::Match, Measure::Pace];

    /// Whether less than others is odd too. Records that match others less are not: one holder who copies raises the match of
    /// all others together, from which each honest holder would then differ.
    pub fn either_way(self) -> bool {
        self != Measure::Match
    }
}

impl Contrast {
    /// Whether the difference is one to look into, if it is one.
    pub fn is_odd(&self) -> bool {
        self.measure.either_way() || self.mean > self.others
    }
}

/// Compares each holder with all others together, by every measure. `values`: holder and number of each record that has both.
///
/// All comparisons are judged together, so that among holders who do not differ one is flagged in 5 of 100 rounds
/// ([`Settings::significance`]). Who stands out most is set apart, and the rest are compared among themselves: one who differs
/// would make each of the others differ from "all others". Fewer than half are set apart.
pub fn contrasts(values: &[(Measure, Vec<(u32, f64)>)], settings: &Settings) -> Vec<Contrast> {
    let mut holders: Vec<u32> =
        values.iter().flat_map(|(_, values)| values.iter().map(|(holder, _)| *holder)).collect();
    holders.sort_unstable();
    holders.dedup();
    let mut apart: Vec<u32> = Vec::new();
    let mut settled = Vec::new();
    loop {
        let made = compared(values, &apart, settings);
        let odd = made.iter().filter(|contrast| contrast.is_odd());
        let most = odd.filter_map(|contrast| Some((contrast.p?, contrast.holder))).min_by(|a, b| a.0.total_cmp(&b.0));
        match most.filter(|(p, _)| *p < settings.significance && 2 * (apart.len() + 1) < holders.len()) {
            Some((_, holder)) => {
                settled.extend(made.into_iter().filter(|contrast| contrast.holder == holder));
                apart.push(holder);
            }
            None => {
                settled.extend(made);
                break;
            }
        }
    }
    settled.sort_by_key(|contrast| (contrast.measure, contrast.holder));
    settled
}

/// Of the holders that are not set apart.
fn compared(values: &[(Measure, Vec<(u32, f64)>)], apart: &[u32], settings: &Settings) -> Vec<Contrast> {
    let mut contrasts = Vec::new();
    let mut p = Vec::new();
    for (measure, values) in values {
        let values: Vec<(u32, f64)> = values.iter().filter(|(holder, _)| !apart.contains(holder)).copied().collect();
        for (holder, own) in by_holder(&values) {
            let own = Moments::of(own.iter().copied());
            let others = Moments::of(values.iter().filter(|(at, _)| *at != holder).map(|(_, value)| *value));
            if others.n == 0.0 {
                continue;
            }
            let enough = own.n >= f64::from(settings.fewest_records.max(2)) && others.n >= 2.0;
            p.push(enough.then(|| welch(&own, &others)).flatten());
            let (measure, records) = (*measure, own.n as u32);
            contrasts.push(Contrast { holder, measure, records, mean: own.mean, others: others.mean, p: None });
        }
    }
    for (contrast, p) in contrasts.iter_mut().zip(holm(&p)) {
        contrast.p = p;
    }
    contrasts
}

/// The intraclass correlation over holders with enough records; `None`: fewer than two, or nothing varies.
pub fn correlation(measure: Measure, values: &[(u32, f64)], settings: &Settings) -> Option<Correlation> {
    let fewest = settings.fewest_records.max(2) as usize;
    let groups: Vec<Vec<f64>> =
        by_holder(values).into_iter().map(|(_, own)| own).filter(|own| own.len() >= fewest).collect();
    if groups.len() < 2 {
        return None;
    }
    let count = groups.len() as f64;
    let records: f64 = groups.iter().map(|group| group.len() as f64).sum();
    let whole = Moments::of(groups.iter().flatten().copied());
    let moments: Vec<Moments> = groups.iter().map(|group| Moments::of(group.iter().copied())).collect();
    let between: f64 = moments.iter().map(|own| own.n * (own.mean - whole.mean).powi(2)).sum::<f64>() / (count - 1.0);
    let within: f64 = moments.iter().map(|own| own.squares).sum::<f64>() / (records - count);
    if !(between > 0.0 || within > 0.0) {
        return None;
    }
    let size = (records - moments.iter().map(|own| own.n * own.n).sum::<f64>() / records) / (count - 1.0);
    let value = (between - within) / (between + (size - 1.0) * within);
    let interval = (within > 0.0).then(|| {
        let f = between / within;
        let (above, below) = (count - 1.0, records - count);
        let limit = |ratio: f64| (ratio - 1.0) / (ratio + size - 1.0);
        (limit(f / f_quantile(0.975, above, below)), limit(f * f_quantile(0.975, below, above)))
    });
    let deff = 1.0 + value * (records / count - 1.0);
    Some(Correlation { measure, holders: groups.len() as u32, records: records as u32, size, value, interval, deff })
}

/// Holders in their order, each with the numbers of its records.
fn by_holder(values: &[(u32, f64)]) -> Vec<(u32, Vec<f64>)> {
    let mut sorted = values.to_vec();
    sorted.sort_by_key(|(holder, _)| *holder);
    let groups = sorted.chunk_by(|a, b| a.0 == b.0);
    groups.map(|group| (group[0].0, group.iter().map(|(_, value)| *value).collect())).collect()
}

struct Moments {
    n: f64,
    mean: f64,
    /// Sum of squared deviations from the mean.
    squares: f64,
}

impl Moments {
    fn of(values: impl Iterator<Item = f64> + Clone) -> Moments {
        // From the first value on, so that equal values give exactly that mean and no deviation.
        let first = values.clone().next().unwrap_or(0.0);
        let (n, sum) = values.clone().fold((0.0, 0.0), |(n, sum), value| (n + 1.0, sum + (value - first)));
        let mean = if n > 0.0 { first + sum / n } else { 0.0 };
        Moments { n, mean, squares: values.map(|value| (value - mean).powi(2)).sum() }
    }

    fn error(&self) -> f64 {
        self.squares / (self.n - 1.0) / self.n
    }
}

/// p of the two-sided test with unequal variances; `None` where nothing varies.
fn welch(a: &Moments, b: &Moments) -> Option<f64> {
    let (own, other) = (a.error(), b.error());
    let error = own + other;
    if error <= 0.0 {
        return None;
    }
    let df = error * error / (own * own / (a.n - 1.0) + other * other / (b.n - 1.0));
    Some(t_tail((a.mean - b.mean) / error.sqrt(), df))
}

/// x with P(F ≤ x) = `p` for `above` and `below` degrees of freedom.
fn f_quantile(p: f64, above: f64, below: f64) -> f64 {
    let x = beta_quantile(p, above / 2.0, below / 2.0);
    below * x / (above * (1.0 - x))
}
