//! Days of the calendar, for rounds that open and close.

use crate::plan::Round;
pub use crate::plan::write_day as write;
use std::time::{SystemTime, UNIX_EPOCH};

/// Days since 1970-01-01, in UTC.
pub fn of(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| (since.as_secs() / 86_400) as i64)
}

/// Whether the round is open on this day in every time zone.
pub fn is_open(round: &Round, day: i64) -> bool {
    let (before, after) = (write(day - 1), write(day + 1));
    round.opens.as_ref().is_none_or(|opens| *opens <= before)
        && round.closes.as_ref().is_none_or(|closes| after <= *closes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_are_written_right() {
        for (day, text) in [
            (0, "1970-01-01"),
            (19_782, "2024-02-29"),
            (20_783, "2026-11-26"),
            (11_016, "2000-02-29"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
            (-1, "1969-12-31"),
        ] {
            assert_eq!(write(day), text);
        }
    }

    proptest! {
        #[test]
        fn the_next_day_is_written_later(day in -100_000i64..100_000) {
            prop_assert!(write(day) < write(day + 1));
        }
    }

    #[test]
    fn a_round_is_open_between_its_days_and_without_days_always() {
        let round = |opens: Option<&str>, closes: Option<&str>| Round {
            id: "r".into(),
            label: Default::default(),
            opens: opens.map(str::to_owned),
            closes: closes.map(str::to_owned),
        };
        let day = 20_783;
        assert!(is_open(&round(None, None), day));
        assert!(is_open(&round(Some("2026-11-01"), Some("2026-11-30")), day));
        assert!(!is_open(&round(Some("2026-11-26"), None), day));
        assert!(!is_open(&round(None, Some("2026-11-26")), day));
    }
}
