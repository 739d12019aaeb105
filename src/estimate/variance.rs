//! Variance by Taylor linearisation: R's `svyrecvar`, with `survey.lonely.psu`, one or two stages.
use super::adjust::Adjusted;
use super::drawn::Drawn;
use super::layer::{Covariances, Layer, Members, stage};
use super::number::Sum;
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
            return self.stage(members.collect());
        };
        let rows = z.into_iter().map(|(cell, z)| {
            let Cell { site, count, .. } = frame.cells[cell as usize];
            (site as usize, z.map(|z| z * count as f64))
        });
        let rows: Vec<(usize, [f64; K])> = rows.collect();
        let units = sums(rows.iter().map(|(site, z)| (unit_of[*site], *z)).collect());
        let members =
            units.iter().map(|(unit, z)| Member { layer: self.drawn.stratum_of_unit[*unit as usize], count: 1, z: *z });
        let mut whole = self.stage(members.collect())?;
        if let Some(second_of) = &self.drawn.second_of {
            let seconds = sums(rows.iter().map(|(site, z)| (second_of[*site], *z)).collect());
            let mut unit_of_second = vec![0u32; self.drawn.seconds];
            rows.iter().for_each(|(site, _)| unit_of_second[second_of[*site] as usize] = unit_of[*site]);
            let mut members: Vec<Member<K>> = seconds
                .into_iter()
                .map(|(second, z)| Member { layer: unit_of_second[second as usize], count: 1, z })
                .collect();
            members.sort_by_key(|member| member.layer);
            let mut totals = Covariances::none(K);
            for members in members.chunk_by(|a, b| a.layer == b.layer) {
                let unit = members[0].layer as usize;
                let fraction = self.drawn.strata[self.drawn.stratum_of_unit[unit] as usize].fraction();
                // R weighs by the fraction after looking at the unit, so that `average` fails on a lonely one.
                let within = self.drawn.units[unit].covariances(self.drawn.lonely, &equal(members))?;
                totals.add(&within, fraction);
            }
            for (row, more) in whole.iter_mut().zip(values::<K>(&totals.finish())) {
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

    fn stage<const K: usize>(&self, mut members: Vec<Member<K>>) -> Option<Matrix<K>> {
        members.sort_by_key(|member| member.layer);
        let layers = members.chunk_by(|a, b| a.layer == b.layer);
        let layers = layers.map(|members| (self.stratum(members[0].layer), equal(members)));
        stage(K, self.drawn.lonely, layers).map(|found| values(&found))
    }

    fn stratum(&self, at: u32) -> &Layer {
        &self.drawn.strata[at as usize]
    }
}

fn equal<const K: usize>(members: &[Member<K>]) -> Members<impl Fn(usize) -> u64, impl Fn(usize, usize) -> f64> {
    Members::new(members.len(), K, |at| members[at].count, |at, k| members[at].z[k])
}

fn values<const K: usize>(found: &[f64]) -> Matrix<K> {
    std::array::from_fn(|i| std::array::from_fn(|j| found[i * K + j]))
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
