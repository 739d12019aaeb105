use crate::carry::carry;

/// A 95% confidence interval for a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    /// True when some of the answers came from people who chose themselves (mode web): the interval then is what it
    /// would be had they been drawn at random, and has to be labelled so.
    pub nominal: bool,
}

carry!(struct Interval { low, high, nominal });

/// The 97.5% point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's score interval (1927) for `hits` of `n`: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). None for n = 0.
/// It assumes a simple random sample of independent answers.
pub fn wilson(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || hits > n {
        return None;
    }
    Some(wilson_bounds(hits as f64 / n as f64, n as f64, Z))
}

/// Wilson's interval of a share `p` for a sample worth `n` > 0 independent answers, with the quantile `c`.
pub fn wilson_bounds(p: f64, n: f64, c: f64) -> (f64, f64) {
    let square = c * c / n;
    let middle = p + square / 2.0;
    let half = c * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
    let bound = |x: f64| (x / (1.0 + square)).clamp(0.0, 1.0);
    (bound(middle - half), bound(middle + half))
}
