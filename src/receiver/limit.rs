use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Instant;

/// Addresses remembered at once. Beyond it, those that are full again are forgotten.
const REMEMBERED: usize = 20_000;

/// A token bucket per address. Addresses stay in memory and are never written down.
pub struct Limit {
    /// `None`: no limit.
    rate: Option<Rate>,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy)]
struct Rate {
    burst: f64,
    per_second: f64,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Limit {
    /// `per_minute`: requests that one address may make for long; 0 switches the limit off. Ten minutes' worth may come at
    /// once: a meeting hall of phones shares one address.
    pub fn new(per_minute: u32) -> Limit {
        let rate = (per_minute > 0)
            .then(|| Rate { burst: f64::from(per_minute) * 10.0, per_second: f64::from(per_minute) / 60.0 });
        Limit { rate, buckets: Mutex::new(HashMap::new()) }
    }

    /// Whether a request from here may go on; if not, after how many seconds one may.
    pub fn take(&self, from: IpAddr, now: Instant) -> Result<(), u64> {
        let Some(rate) = self.rate else { return Ok(()) };
        let mut buckets = self.buckets.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| rate.refilled(bucket, now) < rate.burst);
        }
        let bucket = buckets.entry(network(from)).or_insert(Bucket { tokens: rate.burst, at: now });
        let tokens = rate.refilled(bucket, now);
        if tokens < 1.0 {
            return Err(((1.0 - tokens) / rate.per_second).ceil() as u64);
        }
        *bucket = Bucket { tokens: tokens - 1.0, at: now };
        Ok(())
    }
}

impl Rate {
    fn refilled(&self, bucket: &Bucket, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(bucket.at).as_secs_f64();
        (bucket.tokens + seconds * self.per_second).min(self.burst)
    }
}

/// One household or host has a /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const HOME: &str = "203.0.113.7";

    #[test]
    fn one_address_runs_dry_and_refills_while_another_goes_on() {
        let limit = Limit::new(6);
        let start = Instant::now();
        let home: IpAddr = HOME.parse().unwrap();
        assert!((0..60).all(|_| limit.take(home, start).is_ok()));
        assert_eq!(limit.take(home, start), Err(10));
        assert!(limit.take("203.0.113.8".parse().unwrap(), start).is_ok());
        assert!(limit.take(home, start + Duration::from_secs(10)).is_ok());
    }

    #[test]
    fn one_ipv6_network_shares_a_bucket() {
        let limit = Limit::new(1);
        let now = Instant::now();
        assert!((0..10).all(|n| limit.take(format!("2001:db8::{n}").parse().unwrap(), now).is_ok()));
        assert!(limit.take("2001:db8::ffff".parse().unwrap(), now).is_err());
    }

    #[test]
    fn zero_is_no_limit() {
        let limit = Limit::new(0);
        assert!((0..100_000).all(|_| limit.take(HOME.parse().unwrap(), Instant::now()).is_ok()));
    }

    #[test]
    fn addresses_that_are_full_again_are_forgotten() {
        let limit = Limit::new(60);
        let start = Instant::now();
        for n in 0..REMEMBERED as u32 {
            limit.take(IpAddr::V4(n.into()), start).unwrap();
        }
        limit.take(HOME.parse().unwrap(), start + Duration::from_secs(2)).unwrap();
        assert_eq!(limit.buckets.lock().unwrap().len(), 1);
    }
}
