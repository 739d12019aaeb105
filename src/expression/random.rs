//! What is random, from a recorded seed.

use super::Node;

/// The `index`th number that follows from a seed (SplitMix64).
pub(crate) fn draw(seed: u64, index: u64) -> u64 {
    let mut z = seed.wrapping_add(index.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// From 0 up to, but not including, 1.
pub(super) fn fraction(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

/// Appends a UUID of version 4 (RFC 9562) made of these bits.
pub(super) fn write_uuid(high: u64, low: u64, text: &mut String) {
    let high = high & !0xf000 | 0x4000;
    let low = low & !(0b11 << 62) | 0b10 << 62;
    for i in 0..32 {
        if matches!(i, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let bits = if i < 16 { high } else { low };
        let digit = (bits >> (60 - 4 * (i % 16))) as u32 & 15;
        text.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
}

const MODULUS: i64 = 2_147_483_647;

/// The inside-out Fisher-Yates shuffle with the Park-Miller generator, as the ODK specification has it: the same seed
/// gives the same order as in ODK.
pub(super) fn shuffle(nodes: Vec<Node>, seed: i64) -> Vec<Node> {
    permutation(nodes.len(), seed).into_iter().map(|at| nodes[at]).collect()
}

/// The places of a list in the order of [`shuffle`].
pub(crate) fn permutation(count: usize, seed: i64) -> Vec<usize> {
    let mut state = seed % MODULUS;
    if state <= 0 {
        state += MODULUS - 1;
    }
    let mut shuffled: Vec<usize> = Vec::with_capacity(count);
    for i in 0..count {
        state = state * 16_807 % MODULUS;
        let j = ((state - 1) as f64 / (MODULUS - 1) as f64 * (i + 1) as f64) as usize;
        let moved = shuffled.get(j).copied().unwrap_or(i);
        shuffled.push(moved);
        shuffled[j.min(i)] = i;
    }
    shuffled
}
