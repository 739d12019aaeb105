//! Who is calling which case now: leases that end by themselves. They are in memory alone: nobody reads on a disk who called whom
//! when, and what a restart forgets would have ended within minutes.

use crate::plan::Digest;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Leases of all devices at once.
const MOST: usize = 4_000;
/// Of one device: it calls one case, and may have another interview open.
const MOST_OF_ONE: usize = 8;

#[derive(Default)]
pub struct Claims {
    held: Mutex<HashMap<Digest, Lease>>,
}

struct Lease {
    device: Digest,
    until: Instant,
}

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The case is this device's for so many seconds; 0: it was given back.
    Yours(u64),
    /// Another device has it, for so many seconds more if it does not renew.
    Others(u64),
    /// More than are remembered.
    Full,
}

impl Claims {
    /// Claims, renews or (0 minutes) gives back a case. A device with too many gives back the one that would end first.
    pub fn take(&self, case: Digest, device: Digest, minutes: u64, now: Instant) -> Answer {
        let mut held = self.held.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(lease) = held.get(&case).filter(|lease| lease.until > now && lease.device != device) {
            // Giving back what another has changes nothing.
            return match minutes {
                0 => Answer::Yours(0),
                _ => Answer::Others((lease.until - now).as_secs().max(1)),
            };
        }
        if minutes == 0 {
            held.remove(&case);
            return Answer::Yours(0);
        }
        if !held.contains_key(&case) {
            if held.len() >= MOST {
                held.retain(|_, lease| lease.until > now);
                if held.len() >= MOST {
                    return Answer::Full;
                }
            }
            let own: Vec<(Instant, Digest)> = held
                .iter()
                .filter(|(_, lease)| lease.device == device)
                .map(|(case, lease)| (lease.until, case.clone()))
                .collect();
            if own.len() >= MOST_OF_ONE
                && let Some((_, first)) = own.into_iter().min()
            {
                held.remove(&first);
            }
        }
        let seconds = minutes * 60;
        held.insert(case, Lease { device, until: now + Duration::from_secs(seconds) });
        Answer::Yours(seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(letter: char) -> Digest {
        Digest(letter.to_string().repeat(43))
    }

    fn numbered(number: usize) -> Digest {
        Digest(format!("{number:043}"))
    }

    fn seconds(of: u64) -> Duration {
        Duration::from_secs(of)
    }

    #[test]
    fn of_two_devices_one_has_the_case_until_it_gives_it_back() {
        let (claims, now) = (Claims::default(), Instant::now());
        assert_eq!(claims.take(digest('c'), digest('a'), 10, now), Answer::Yours(600));
        assert_eq!(claims.take(digest('c'), digest('b'), 10, now + seconds(100)), Answer::Others(500));
        // Another's case is not given back by asking.
        assert_eq!(claims.take(digest('c'), digest('b'), 0, now + seconds(100)), Answer::Yours(0));
        assert_eq!(claims.take(digest('c'), digest('b'), 10, now + seconds(101)), Answer::Others(499));
        assert_eq!(claims.take(digest('c'), digest('a'), 0, now + seconds(200)), Answer::Yours(0));
        assert_eq!(claims.take(digest('c'), digest('b'), 10, now + seconds(200)), Answer::Yours(600));
    }

    #[test]
    fn a_lease_is_renewed_by_its_holder_and_ends_by_itself() {
        let (claims, now) = (Claims::default(), Instant::now());
        claims.take(digest('c'), digest('a'), 10, now);
        assert_eq!(claims.take(digest('c'), digest('a'), 10, now + seconds(590)), Answer::Yours(600));
        assert_eq!(claims.take(digest('c'), digest('b'), 10, now + seconds(1189)), Answer::Others(1));
        assert_eq!(claims.take(digest('c'), digest('b'), 10, now + seconds(1190)), Answer::Yours(600));
        // Who had it before comes too late.
        assert_eq!(claims.take(digest('c'), digest('a'), 10, now + seconds(1191)), Answer::Others(599));
    }

    #[test]
    fn a_device_holds_a_few_cases_and_gives_back_the_oldest() {
        let (claims, now) = (Claims::default(), Instant::now());
        for number in 0..=MOST_OF_ONE {
            claims.take(numbered(number), digest('a'), 10, now + seconds(number as u64));
        }
        let later = now + seconds(20);
        assert_eq!(claims.take(numbered(0), digest('b'), 10, later), Answer::Yours(600));
        assert!(matches!(claims.take(numbered(1), digest('b'), 10, later), Answer::Others(_)));
    }

    #[test]
    fn leases_are_bounded_and_those_that_ended_make_room() {
        let (claims, now) = (Claims::default(), Instant::now());
        for number in 0..MOST {
            assert_eq!(claims.take(numbered(number), numbered(number), 1, now), Answer::Yours(60));
        }
        assert_eq!(claims.take(digest('c'), digest('a'), 1, now), Answer::Full);
        // What is held goes on.
        assert_eq!(claims.take(numbered(7), numbered(7), 1, now + seconds(59)), Answer::Yours(60));
        assert_eq!(claims.take(digest('c'), digest('a'), 1, now + seconds(60)), Answer::Yours(60));
        assert_eq!(claims.held.lock().unwrap().len(), 2);
    }
}
