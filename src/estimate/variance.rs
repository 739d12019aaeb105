//! Variance by Taylor linearisation: R's `svyrecvar`, with `survey.lonely.psu`, one or two stages.
use super::adjust::Adjusted;
use super::drawn::{Drawn, Layer};
use super::number::Sum;
use super::question::Lonely;
use super::sample::{Cell, Frame};

/// u of each cell that the estimate rests on (valid answers of its domain), sorted by cell; elsewhere u = 0.
pub(super) type Influence = Vec<(u32, f64)>;

/// Variances and covariances of K estimates.
pub(super) type Matrix<const K: usize> = [[f64; K]; K];

pub(super) struct Maker<'a> {
    pub drawn: &'a Drawn,
    pub adjusted: Option<&'a Adjusted>,
}

/// Equal members of a layer: how many, and their z.
struct Member<const K: usize> {
    layer: u32,
    count: u64,
    z: [f64; K],
}

impl Maker<'_> {
    pub fn weights(&self) -> &[f64] {
        self.adjusted.map_or(&self.drawn.weights, |adjusted| &adjusted.weights)
    }

    /// None: nothing to average over (`--lonely average` where every stratum has a single unit).
    pub fn matrix<const K: usize>(&self, frame: &Frame, influences: [&Influence; K]) -> Option<Matrix<K>> {
        let z = self.z(frame, influences);
        let Some(unit_of) = &self.drawn.unit_of else {
            let members = z.into_iter().map(|(cell, z)| {
                let Cell { site, count, .. } = frame.cells[cell as usize];
                Member { layer: self.drawn.stratum_of[site as usize], count, z }
            });
            return self.stage(members.collect(), &self.drawn.strata);
        };
        let rows = z.into_iter().map(|(cell, z)| {
            let Cell { site, count, .. } = frame.cells[cell as usize];
            (site as usize, z.map(|z| z * count as f64))
        });
        let rows: Vec<(usize, [f64; K])> = rows.collect();
        let units = sums(rows.iter().map(|(site, z)| (unit_of[*site], *z)).collect());
        let members =
            units.iter().map(|(unit, z)| Member { layer: self.drawn.stratum_of_unit[*unit as usize], count: 1, z: *z });
        let mut whole = self.stage(members.collect(), &self.drawn.strata)?;
        if let Some(second_of) = &self.drawn.second_of {
            let seconds = sums(rows.iter().map(|(site, z)| (second_of[*site], *z)).collect());
            let mut unit_of_second = vec![0u32; self.drawn.seconds];
            rows.iter().for_each(|(site, _)| unit_of_second[second_of[*site] as usize] = unit_of[*site]);
            let mut members: Vec<Member<K>> = seconds
                .into_iter()
                .map(|(second, z)| Member { layer: unit_of_second[second as usize], count: 1, z })
                .collect();
            members.sort_by_key(|member| member.layer);
            let mut totals = [[Sum::default(); K]; K];
            for members in members.chunk_by(|a, b| a.layer == b.layer) {
                let unit = members[0].layer as usize;
                let fraction = self.drawn.strata[self.drawn.stratum_of_unit[unit] as usize].fraction();
                // R weighs by the fraction after looking at the unit, so that `average` fails on a lonely one.
                let within = self.layer(members, &self.drawn.units[unit])?;
                add(&mut totals, within, fraction);
            }
            for (row, more) in whole.iter_mut().zip(values(totals)) {
                row.iter_mut().zip(more).for_each(|(value, more)| *value += more);
            }
        }
        Some(whole)
    }

    /// Primary units and strata that hold an answer of weight above 0: their difference.
    pub fn degrees(&self, frame: &Frame, influences: &[&Influence]) -> i64 {
        let mut cells: Vec<u32> = influences.iter().flat_map(|list| list.iter().map(|(cell, _)| *cell)).collect();
        if influences.len() > 1 {
            cells.sort_unstable();
            cells.dedup();
        }
        let weights = self.weights();
        let sites =
            cells.iter().map(|cell| frame.cells[*cell as usize]).filter(|cell| weights[cell.site as usize] != 0.0);
        let sites: Vec<Cell> = sites.collect();
        let distinct = |of: &[u32]| {
            let mut list: Vec<u32> = sites.iter().map(|cell| of[cell.site as usize]).collect();
            list.sort_unstable();
            list.dedup();
            list.len() as i64
        };
        let units = match &self.drawn.unit_of {
            None => sites.iter().map(|cell| cell.count as i64).sum(),
            Some(unit_of) => distinct(unit_of),
        };
        units - distinct(&self.drawn.stratum_of)
    }

    /// z = w u of each cell; with known totals, w times the residual, for all cells.
    fn z<const K: usize>(&self, frame: &Frame, influences: [&Influence; K]) -> Vec<(u32, [f64; K])> {
        let Some(adjusted) = self.adjusted else {
            let mut merged = merge(influences);
            for (cell, z) in &mut merged {
                let weight = self.drawn.weights[frame.cells[*cell as usize].site as usize];
                z.iter_mut().for_each(|z| *z *= weight);
            }
            return merged;
        };
        let site = |cell: u32| frame.cells[cell as usize].site as usize;
        let fitted = influences.map(|influence| {
            let mut sums = vec![Sum::default(); adjusted.classes.len()];
            for (cell, u) in influence {
                let count = frame.cells[*cell as usize].count as f64;
                let base = self.drawn.weights[site(*cell)] * count;
                sums[adjusted.class_of[site(*cell)] as usize].add(base * u);
            }
            let sums: Vec<f64> = sums.into_iter().map(Sum::value).collect();
            adjusted.fitted(&sums)
        });
        let mut next = influences.map(|influence| influence.iter().peekable());
        let all = 0..frame.cells.len() as u32;
        let residuals = all.map(|cell| {
            let class = adjusted.class_of[site(cell)] as usize;
            let weight = adjusted.weights[site(cell)];
            let z = std::array::from_fn(|k| {
                let u = next[k].next_if(|(at, _)| *at == cell).map_or(0.0, |(_, u)| *u);
                weight * (u - fitted[k][class])
            });
            (cell, z)
        });
        residuals.collect()
    }

    fn stage<const K: usize>(&self, mut members: Vec<Member<K>>, layers: &[Layer]) -> Option<Matrix<K>> {
        members.sort_by_key(|member| member.layer);
        let mut totals = [[Sum::default(); K]; K];
        let (mut all, mut known) = (0u32, 0u32);
        for members in members.chunk_by(|a, b| a.layer == b.layer) {
            all += 1;
            if let Some(own) = self.layer(members, &layers[members[0].layer as usize]) {
                known += 1;
                add(&mut totals, own, 1.0);
            }
        }
        if known == 0 && all > 0 {
            return None;
        }
        let times = if all == known { 1.0 } else { f64::from(all) / f64::from(known) };
        Some(values(totals).map(|row| row.map(|value| value * times)))
    }

    /// (1−f) n/(n−1) Σ (z−z̄)(z−z̄)ᵀ over all n units, those without a member having z = 0. None: a lonely unit to be
    /// averaged over.
    fn layer<const K: usize>(&self, members: &[Member<K>], layer: &Layer) -> Option<Matrix<K>> {
        if layer.is_census() {
            return Some([[0.0; K]; K]);
        }
        let n = layer.units as f64;
        let lonely = layer.units == 1;
        if lonely {
            match self.drawn.lonely {
                Lonely::Certainty => return Some([[0.0; K]; K]),
                Lonely::Average => return None,
                // `Refuse` has refused before.
                Lonely::Adjust | Lonely::Refuse => {}
            }
        }
        let mut means = [0.0; K];
        if !lonely {
            for (k, mean) in means.iter_mut().enumerate() {
                let mut sum = Sum::default();
                members.iter().for_each(|member| sum.add(member.z[k] * member.count as f64));
                *mean = sum.value() / n;
            }
        }
        let present: u64 = members.iter().map(|member| member.count).sum();
        let absent = (layer.units - present) as f64;
        let factor = layer.left() * if lonely { 1.0 } else { n / (n - 1.0) };
        let mut totals = [[Sum::default(); K]; K];
        for (i, row) in totals.iter_mut().enumerate() {
            for (j, sum) in row.iter_mut().enumerate() {
                for member in members {
                    sum.add(member.count as f64 * ((member.z[i] - means[i]) * (member.z[j] - means[j])));
                }
                sum.add(absent * (means[i] * means[j]));
            }
        }
        Some(values(totals).map(|row| row.map(|value| value * factor)))
    }
}

fn add<const K: usize>(totals: &mut [[Sum; K]; K], more: Matrix<K>, times: f64) {
    for (row, more) in totals.iter_mut().zip(more) {
        row.iter_mut().zip(more).for_each(|(sum, more)| sum.add(more * times));
    }
}

fn values<const K: usize>(totals: [[Sum; K]; K]) -> Matrix<K> {
    totals.map(|row| row.map(Sum::value))
}

/// Sums by key, in the order of the keys.
fn sums<const K: usize>(mut rows: Vec<(u32, [f64; K])>) -> Vec<(u32, [f64; K])> {
    rows.sort_by_key(|(key, _)| *key);
    let added = rows.chunk_by(|a, b| a.0 == b.0).map(|rows| {
        let z = std::array::from_fn(|k| {
            let mut sum = Sum::default();
            rows.iter().for_each(|(_, z)| sum.add(z[k]));
            sum.value()
        });
        (rows[0].0, z)
    });
    added.collect()
}

/// The cells of any of the lists, with u of each list.
fn merge<const K: usize>(influences: [&Influence; K]) -> Vec<(u32, [f64; K])> {
    let mut next = influences.map(|list| list.iter().peekable());
    let mut merged = Vec::with_capacity(influences.iter().map(|list| list.len()).max().unwrap_or(0));
    loop {
        let cell = next.iter_mut().filter_map(|list| list.peek().map(|(cell, _)| *cell)).min();
        let Some(cell) = cell else { return merged };
        merged.push((cell, std::array::from_fn(|k| next[k].next_if(|(at, _)| *at == cell).map_or(0.0, |(_, u)| *u))));
    }
}

/// Σ coefficient · influence.
pub(super) fn combine(terms: &[(f64, &Influence)]) -> Influence {
    if let [(coefficient, only)] = terms {
        return only.iter().map(|(cell, u)| (*cell, coefficient * u)).collect();
    }
    let mut all: Vec<(u32, f64)> = terms
        .iter()
        .flat_map(|(coefficient, list)| list.iter().map(move |(cell, u)| (*cell, coefficient * u)))
        .collect();
    all.sort_by_key(|(cell, _)| *cell);
    all.chunk_by(|a, b| a.0 == b.0).map(|rows| (rows[0].0, rows.iter().map(|(_, u)| u).sum())).collect()
}
