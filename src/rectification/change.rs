use super::Figure;
use crate::plan::Decimal;

/// A figure before and after, of independent samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// After less before: points, or percentage points.
    pub difference: f64,
    /// 95 %; None: one of the figures has none.
    pub interval: Option<(f64, f64)>,
}

impl Change {
    /// Whether a change is shown: the interval does not hold 0. None: nothing tells.
    pub fn is_shown(&self) -> Option<bool> {
        self.interval.map(|(low, high)| low > 0.0 || high < 0.0)
    }
}

/// The change between two independent rounds. None: the figures are of different measures or scales, and so not compared.
///
/// The interval is made of the two figures' own intervals by the method of variance estimates recovery: R. G. Newcombe,
/// Statistics in Medicine 17 (1998), method 10, for shares with Wilson's interval; G. Y. Zou and A. Donner, Statistics in
/// Medicine 27 (2008), for any two estimates. With symmetric intervals it is √(V₁+V₂) times the quantile. It takes each case
/// alone: of twenty that did not change, one is expected to show a change.
pub fn change(before: &Figure, after: &Figure) -> Option<Change> {
    if before.measure != after.measure || before.scale != after.scale {
        return None;
    }
    let number = |decimal: Decimal| decimal.millionths() as f64 / 1e6;
    let (first, second) = (number(before.value), number(after.value));
    let interval = before.interval.zip(after.interval).map(|((low1, high1), (low2, high2))| {
        let [low1, high1, low2, high2] = [low1, high1, low2, high2].map(number);
        let difference = second - first;
        let down = (second - low2).hypot(high1 - first);
        let up = (high2 - second).hypot(first - low1);
        (difference - down, difference + up)
    });
    Some(Change { difference: second - first, interval })
}
