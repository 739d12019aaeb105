use super::{Settings, Sheet};
use std::collections::BTreeMap;

/// Records that one holder closed in a short time.
#[derive(Clone, Debug, PartialEq)]
pub struct Burst {
    /// Place in [`Sheet::holders`].
    pub holder: u32,
    /// The most records that were closed within the time.
    pub records: u32,
    /// Cases that were closed in such a time, in order.
    pub cases: Vec<u32>,
}

/// Seconds for an answer of each case, where the record says how long it took and has an answer.
pub(super) fn paces(sheet: &Sheet<'_>) -> Vec<Option<f64>> {
    let pace = |at: usize| {
        let answers = sheet.row(at).iter().filter(|value| **value != 0).count();
        sheet.cases[at].span.seconds.filter(|_| answers > 0).map(|seconds| seconds / answers as f64)
    };
    (0..sheet.cases.len()).map(pace).collect()
}

/// The middle value, or the mean of the two in the middle.
pub(super) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[half]),
        _ => Some((values[half - 1] + values[half]) / 2.0),
    }
}

/// Times in which one holder closed as many records as the settings call a burst.
pub(super) fn bursts(sheet: &Sheet<'_>, settings: &Settings) -> Vec<Burst> {
    let mut ends: BTreeMap<u32, Vec<(i64, u32)>> = BTreeMap::new();
    for (at, case) in sheet.cases.iter().enumerate() {
        if let (Some(holder), Some(end)) = (case.holder, case.span.end) {
            ends.entry(holder).or_default().push((end, at as u32));
        }
    }
    let fewest = settings.burst_records.max(2) as usize;
    let mut bursts = Vec::new();
    for (holder, mut ends) in ends {
        ends.sort_unstable();
        let (mut first, mut most) = (0, 0);
        let mut inside = vec![false; ends.len()];
        for last in 0..ends.len() {
            while (ends[last].0 - ends[first].0) as f64 > settings.burst_minutes * 60.0 {
                first += 1;
            }
            let together = last + 1 - first;
            if together >= fewest {
                most = most.max(together);
                inside[first..=last].fill(true);
            }
        }
        if most > 0 {
            let mut cases: Vec<u32> =
                ends.iter().zip(inside).filter(|(_, inside)| *inside).map(|((_, at), _)| *at).collect();
            cases.sort_unstable();
            bursts.push(Burst { holder, records: most as u32, cases });
        }
    }
    bursts
}
