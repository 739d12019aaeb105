//! Selection within one stratum, and the chance that decides.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A probability as it is, without rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    pub of: u128,
    pub among: u128,
}

impl Fraction {
    fn new(of: u128, among: u128) -> Fraction {
        let shared = divisor(of, among).max(1);
        Fraction { of: of / shared, among: among / shared }
    }

    pub fn is_one(self) -> bool {
        self.of == self.among
    }

    pub fn times(self, other: Fraction) -> Fraction {
        let (left, right) = (Fraction::new(self.of, other.among), Fraction::new(other.of, self.among));
        Fraction::new(left.of * right.of, left.among * right.among)
    }

    pub fn to_f64(self) -> f64 {
        self.of as f64 / self.among as f64
    }

    /// One divided by it.
    pub fn weight(self) -> f64 {
        self.among as f64 / self.of as f64
    }
}

fn divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// A unit that was selected.
pub(super) struct Chosen {
    pub unit: usize,
    pub probability: Fraction,
}

/// The stream of chance of a stratum and a stage.
pub(super) fn chance(seed: u64, stratum: u64, stage: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    for (bytes, number) in key.chunks_exact_mut(8).zip([seed, 1, stratum, stage]) {
        bytes.copy_from_slice(&number.to_le_bytes());
    }
    ChaCha8Rng::from_seed(key)
}

/// A number below `limit`, each as likely as any other.
fn below(limit: u128, chance: &mut ChaCha8Rng) -> u128 {
    let bits = u128::BITS - (limit - 1).leading_zeros();
    loop {
        let mut drawn = u128::from(chance.next_u64());
        if bits > 64 {
            drawn |= u128::from(chance.next_u64()) << 64;
        }
        drawn &= if bits == 128 { u128::MAX } else { (1 << bits) - 1 };
        if drawn < limit {
            return drawn;
        }
    }
}

/// `size` of `units`, each set as likely as any other (the first steps of Fisher and Yates's shuffle).
pub(super) fn simple(units: usize, size: u64, chance: &mut ChaCha8Rng) -> Vec<Chosen> {
    let size = usize::try_from(size).unwrap_or(usize::MAX).min(units);
    let mut order: Vec<usize> = (0..units).collect();
    for at in 0..size {
        let other = at + below((units - at) as u128, chance) as usize;
        order.swap(at, other);
    }
    order.truncate(size);
    order.sort_unstable();
    let probability = Fraction::new(size as u128, units.max(1) as u128);
    order.into_iter().map(|unit| Chosen { unit, probability }).collect()
}

/// `size` of the units with these measures; those of measure 0 are never drawn.
pub(super) fn systematic(measures: &[u128], size: u64, shuffled: bool, chance: &mut ChaCha8Rng) -> Vec<Chosen> {
    let mut certain = vec![false; measures.len()];
    let mut left = u128::from(size);
    let mut total: u128 = measures.iter().sum();
    loop {
        let found: Vec<usize> = (0..measures.len())
            .filter(|at| !certain[*at] && measures[*at] > 0 && measures[*at] * left >= total)
            .collect();
        if found.is_empty() || left == 0 {
            break;
        }
        for at in found {
            certain[at] = true;
            left -= 1;
            total -= measures[at];
        }
    }
    let mut order: Vec<usize> = (0..measures.len()).filter(|at| !certain[*at]).collect();
    if shuffled {
        for at in (1..order.len()).rev() {
            order.swap(at, below(at as u128 + 1, chance) as usize);
        }
    }
    let one = Fraction { of: 1, among: 1 };
    let mut chosen: Vec<Chosen> =
        (0..measures.len()).filter(|at| certain[*at]).map(|unit| Chosen { unit, probability: one }).collect();
    if left > 0 && total > 0 {
        let mut next = below(total, chance);
        let mut end = 0;
        for unit in order {
            end += measures[unit] * left;
            // Not certain, so at most one point lies in its stretch.
            if next < end {
                chosen.push(Chosen { unit, probability: Fraction::new(measures[unit] * left, total) });
                next += total;
            }
        }
    }
    chosen.sort_unstable_by_key(|one| one.unit);
    chosen
}
