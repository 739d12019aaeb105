/// First delay and longest delay, in milliseconds.
const FIRST: u64 = 5_000;
const LONGEST: u64 = 15 * 60_000;

/// When to try again, in milliseconds since 1970: exponential backoff from 5 seconds to 15 minutes. The random half of
/// each delay keeps a district's tablets from knocking all at once when the receiver comes back.
///
/// `attempts`: failed attempts so far, at least 1. `random`: 32 random bits. When the network returns, begin again at 1.
pub fn retry_at(now: u64, attempts: u32, random: u32) -> u64 {
    let doublings = attempts.saturating_sub(1).min(16);
    let half = (FIRST << doublings).min(LONGEST) / 2;
    now.saturating_add(half + ((half * u64::from(random)) >> 32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_delay_is_never_shorter_than_half_the_first_nor_longer_than_the_longest(
            now in 0..u64::MAX / 2, attempts: u32, random: u32,
        ) {
            let delay = retry_at(now, attempts, random) - now;
            prop_assert!((FIRST / 2..=LONGEST).contains(&delay));
        }
    }

    #[test]
    fn delays_grow_with_every_failure_until_the_longest() {
        let delays: Vec<u64> = (1..=10).map(|attempts| retry_at(0, attempts, 0)).collect();
        assert_eq!(delays[..3], [2_500, 5_000, 10_000]);
        assert!(delays.is_sorted());
        assert_eq!(delays[9], LONGEST / 2);
    }
}
