use super::packed::Packed;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

/// The share of equal answers of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Place of the other record in the sheet.
    pub partner: u32,
    /// Equal answers.
    pub equal: u32,
    /// Answers that both gave.
    pub both: u32,
}

/// Two records that match in at least the threshold. Greater: a higher share, then earlier records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Place of the earlier record in the sheet.
    pub first: u32,
    pub with: Match,
}

/// What a comparison of pairs found so far.
#[derive(Clone, Debug)]
pub struct Matches {
    /// For each record its highest share, with the earliest partner of several; `None` where no pair could be judged.
    pub highest: Vec<Option<Match>>,
    /// For each record the pairs at or above the threshold that it is in.
    pub partners: Vec<u32>,
    /// Pairs with enough common answers to be judged.
    pub judged: u64,
    /// Pairs at or above the threshold.
    pub above: u64,
    /// Equal answers, and answers that both gave, over all pairs that were judged.
    pub sums: (u64, u64),
    /// The highest of them, at most as many as asked for.
    best: BinaryHeap<Reversed>,
    listed: usize,
}

/// Compares all pairs of records of a sheet, row by row, so that the caller can divide the work, show how far it is, and stop.
#[derive(Clone, Debug)]
pub struct Matcher {
    packed: Packed,
    /// Of 10,000.
    threshold: u64,
    fewest: u32,
    listed: usize,
}

impl Match {
    /// Equal answers of those that both gave, 0 to 1.
    pub fn share(&self) -> f64 {
        f64::from(self.equal) / f64::from(self.both)
    }

    /// By the exact share.
    fn compare(&self, other: &Match) -> Ordering {
        let ours = u64::from(self.equal) * u64::from(other.both);
        ours.cmp(&(u64::from(other.equal) * u64::from(self.both)))
    }
}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        let earlier = || (other.first, other.with.partner).cmp(&(self.first, self.with.partner));
        self.with.compare(&other.with).then_with(earlier)
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// So that the heap gives up the lowest first.
type Reversed = std::cmp::Reverse<Pair>;

impl Matcher {
    /// `values`: rows of `columns` answers each, 0 for none. `threshold`: share from which a pair is listed. `fewest`: common
    /// answers without which a pair is not judged. `listed`: how many pairs are kept; all are counted.
    pub fn new(values: &[u16], columns: usize, threshold: f64, fewest: u32, listed: usize) -> Matcher {
        let threshold = (threshold * 1e4).round().max(0.0) as u64;
        Matcher { packed: Packed::new(values, columns), threshold, fewest: fewest.max(1), listed }
    }

    /// Number of records.
    pub fn rows(&self) -> usize {
        self.packed.rows()
    }

    /// Number of pairs.
    pub fn pairs(&self) -> u64 {
        let rows = self.rows() as u64;
        rows * rows.saturating_sub(1) / 2
    }

    /// Nothing compared.
    pub fn begin(&self) -> Matches {
        Matches {
            highest: vec![None; self.rows()],
            partners: vec![0; self.rows()],
            judged: 0,
            above: 0,
            sums: (0, 0),
            best: BinaryHeap::new(),
            listed: self.listed,
        }
    }

    /// Compares each of `rows` with all after it. Rows are to be given in ascending order.
    pub fn compare(&self, rows: Range<usize>, into: &mut Matches) {
        for row in rows {
            self.compare_row(row, into);
        }
    }

    fn compare_row(&self, row: usize, into: &mut Matches) {
        let none = Match { partner: u32::MAX, equal: 0, both: 1 };
        let mut own = into.highest[row].unwrap_or(none);
        let mut found = into.highest[row].is_some();
        let Matches { highest, partners, judged, above, sums, best, listed } = into;
        self.packed.compare(row, row + 1..self.rows(), |at, equal, both| {
            if both < self.fewest {
                return;
            }
            *judged += 1;
            *sums = (sums.0 + u64::from(equal), sums.1 + u64::from(both));
            let with = Match { partner: at as u32, equal, both };
            if !found || with.compare(&own) == Ordering::Greater {
                own = with;
                found = true;
            }
            let theirs = &mut highest[at];
            if theirs.is_none_or(|theirs| with.compare(&theirs) == Ordering::Greater) {
                *theirs = Some(Match { partner: row as u32, ..with });
            }
            if u64::from(equal) * 10_000 >= self.threshold * u64::from(both) {
                *above += 1;
                partners[row] += 1;
                partners[at] += 1;
                keep(best, *listed, Pair { first: row as u32, with });
            }
        });
        into.highest[row] = found.then_some(own);
    }
}

fn keep(best: &mut BinaryHeap<Reversed>, listed: usize, pair: Pair) {
    if best.len() < listed {
        best.push(std::cmp::Reverse(pair));
    } else if best.peek().is_some_and(|lowest| lowest.0 < pair) {
        best.pop();
        best.push(std::cmp::Reverse(pair));
    }
}

impl Matches {
    /// Joins what was found in other rows of the same sheet; the order of joining changes nothing.
    pub fn join(&mut self, other: Matches) {
        for (ours, theirs) in self.highest.iter_mut().zip(other.highest) {
            let better = match (&*ours, &theirs) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(ours), Some(theirs)) => match theirs.compare(ours) {
                    Ordering::Equal => theirs.partner < ours.partner,
                    order => order == Ordering::Greater,
                },
            };
            if better {
                *ours = theirs;
            }
        }
        self.partners.iter_mut().zip(other.partners).for_each(|(ours, theirs)| *ours += theirs);
        self.judged += other.judged;
        self.above += other.above;
        self.sums = (self.sums.0 + other.sums.0, self.sums.1 + other.sums.1);
        other.best.into_iter().for_each(|pair| keep(&mut self.best, self.listed, pair.0));
    }

    /// The pairs at or above the threshold that were kept, highest first.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self.best.iter().map(|pair| pair.0).collect();
        pairs.sort_unstable_by(|a, b| b.cmp(a));
        pairs
    }
}
