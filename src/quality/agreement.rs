use crate::estimate::normal_quantile;
use crate::tally::wilson;
use std::collections::BTreeMap;

/// How far two answers to one question, of the same people, agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Pairs of first and second answer, with their number.
    cells: BTreeMap<(String, String), u64>,
    /// Answers there could be, where they are known: they count for chance though nobody gave them.
    categories: usize,
}

/// A coefficient with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    pub value: f64,
    pub error: f64,
    pub low: f64,
    pub high: f64,
}

impl Agreement {
    /// `categories`: answers that the question offers; 0 where that is open.
    pub fn new(categories: usize) -> Agreement {
        Agreement { cells: BTreeMap::new(), categories }
    }

    pub fn add(&mut self, first: &str, second: &str) {
        *self.cells.entry((first.to_owned(), second.to_owned())).or_default() += 1;
    }

    /// People with both answers.
    pub fn n(&self) -> u64 {
        self.cells.values().sum()
    }

    /// Those of them with equal answers.
    pub fn equal(&self) -> u64 {
        self.cells.iter().filter(|((first, second), _)| first == second).map(|(_, count)| *count).sum()
    }

    /// Share of equal answers; `None`: nobody has both.
    pub fn share(&self) -> Option<f64> {
        (self.n() > 0).then(|| self.equal() as f64 / self.n() as f64)
    }

    /// Wilson's interval of the share.
    pub fn interval(&self) -> Option<(f64, f64)> {
        wilson(self.equal(), self.n())
    }

    /// Cohen's kappa: (p−e)/(1−e), e = Σ p₁ₖ p₂ₖ. `None`: nobody has both answers, or all gave one and the same.
    pub fn kappa(&self) -> Option<Coefficient> {
        let table = self.table()?;
        let chance: f64 = table.first.iter().zip(&table.second).map(|(a, b)| a * b).sum();
        let value = table.corrected(chance)?;
        let (mut diagonal, mut spread) = (0.0, 0.0);
        for (k, l, p) in table.shares() {
            if k == l {
                diagonal += p * (table.first[k] + table.second[k]) / 2.0;
            }
            spread += p * ((table.second[k] + table.first[l]) / 2.0).powi(2);
        }
        table.coefficient(value, chance, diagonal, spread)
    }

    /// Gwet's AC1: (p−e)/(1−e), e = Σ πₖ(1−πₖ)/(q−1), π the mean share of an answer, q the number of possible answers. Kappa is low
    /// where nearly all give one answer, however well they agree; this is not.
    pub fn ac1(&self) -> Option<Coefficient> {
        let table = self.table()?;
        let others = table.categories.checked_sub(1).filter(|others| *others > 0)? as f64;
        let share = |k: usize| (table.first[k] + table.second[k]) / 2.0;
        let chance = (0..table.first.len()).map(|k| share(k) * (1.0 - share(k))).sum::<f64>() / others;
        let value = table.corrected(chance)?;
        let (mut diagonal, mut spread) = (0.0, 0.0);
        for (k, l, p) in table.shares() {
            if k == l {
                diagonal += p * (1.0 - share(k)) / others;
            }
            spread += p * ((1.0 - (share(k) + share(l)) / 2.0) / others).powi(2);
        }
        table.coefficient(value, chance, diagonal, spread)
    }

    fn table(&self) -> Option<Shares> {
        let n = self.n();
        if n == 0 {
            return None;
        }
        let mut names: Vec<&String> = self.cells.keys().flat_map(|(first, second)| [first, second]).collect();
        names.sort_unstable();
        names.dedup();
        let place = |name: &String| names.binary_search(&name).unwrap_or(0);
        let mut table = Shares {
            n: n as f64,
            categories: self.categories.max(names.len()),
            equal: self.equal() as f64 / n as f64,
            first: vec![0.0; names.len()],
            second: vec![0.0; names.len()],
            cells: Vec::new(),
        };
        for ((first, second), count) in &self.cells {
            let (k, l, p) = (place(first), place(second), *count as f64 / n as f64);
            table.first[k] += p;
            table.second[l] += p;
            table.cells.push((k, l, p));
        }
        Some(table)
    }
}

/// A table of two answers as shares.
struct Shares {
    n: f64,
    categories: usize,
    equal: f64,
    first: Vec<f64>,
    second: Vec<f64>,
    cells: Vec<(usize, usize, f64)>,
}

impl Shares {
    fn shares(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        self.cells.iter().copied()
    }

    fn corrected(&self, chance: f64) -> Option<f64> {
        (chance < 1.0).then(|| (self.equal - chance) / (1.0 - chance))
    }

    /// Gwet's large-sample variance, of which kappa's is a case.
    fn coefficient(&self, value: f64, chance: f64, diagonal: f64, spread: f64) -> Option<Coefficient> {
        let p = self.equal;
        let inner = p * (1.0 - p) - 4.0 * (1.0 - value) * (diagonal - p * chance)
            + 4.0 * (1.0 - value).powi(2) * (spread - chance * chance);
        let error = (inner.max(0.0) / self.n).sqrt() / (1.0 - chance);
        let half = normal_quantile(0.975) * error;
        Some(Coefficient { value, error, low: (value - half).max(-1.0), high: (value + half).min(1.0) })
    }
}
