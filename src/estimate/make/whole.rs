use super::*;

/// An estimate with its variance.
pub(super) struct Whole {
    pub n: u64,
    pub missing: u64,
    pub dont_know: u64,
    pub df: i64,
    pub point: Result<Figure, Reason>,
    pub variance: Result<f64, Reason>,
    pub influence: Influence,
    pub alone: Option<Alone>,
}

/// What only the estimate of a single domain and item has.
pub(super) struct Alone {
    pub weight_sum: f64,
    pub weight_squares: f64,
    pub hits: u64,
    pub spread: Option<crate::estimate::result::Spread>,
    pub simple_variance: Option<f64>,
}

impl Alone {
    pub fn of(part: &Part) -> Alone {
        let Part { weight_sum, weight_squares, hits, spread, simple_variance, .. } = *part;
        Alone { weight_sum, weight_squares, hits, spread, simple_variance }
    }
}

impl Whole {
    /// With everything that is made from point and variance; the names are filled in by the caller.
    pub fn told(&self, desk: &Desk<'_>, kind: Kind) -> Estimated {
        let question = desk.question();
        let tail = 1.0 - question.level;
        let (n, df) = (self.n as f64, self.df);
        let se = match &self.variance {
            Ok(_) if df <= 0 => Err(Reason::NoDegrees),
            Ok(variance) => Ok(variance.sqrt()),
            Err(reason) => Err(reason.clone()),
        };
        let t = (df > 0).then(|| t_two_sided(tail, df as f64));
        let interval = match (&self.point, &se, t) {
            (Ok(point), Ok(se), Some(t)) => Ok((point.float - t * se, point.float + t * se)),
            (Err(reason), ..) | (_, Err(reason), _) => Err(reason.clone()),
            _ => Err(Reason::NoDegrees),
        };
        let mut made = Estimated {
            kind,
            of: String::new(),
            level: None,
            domain: Vec::new(),
            round: None,
            compared: Compared::Nothing,
            n: self.n,
            missing: self.missing,
            dont_know: self.dont_know,
            weight_sum: None,
            estimate: self.point.clone(),
            se,
            df,
            interval,
            share_interval: None,
            n_eff: None,
            deff: None,
            kish: None,
            spread: None,
            test: None,
        };
        let (Some(alone), Ok(point)) = (&self.alone, &self.point) else { return made };
        let (sum, squares) = (alone.weight_sum, alone.weight_squares);
        made.weight_sum = Some(sum);
        made.kish = Some(n * squares / (sum * sum));
        made.spread = alone.spread.filter(|_| matches!(kind, Kind::Mean | Kind::Proportion));
        // Without degrees of freedom the variance is no estimate.
        let variance = self.variance.as_ref().ok().copied().filter(|_| df > 0);
        let reference = match question.reference {
            Reference::WithReplacement => alone.simple_variance,
            Reference::WithoutReplacement => {
                alone.simple_variance.filter(|_| sum > n).map(|variance| variance * (sum - n) / sum)
            }
        };
        made.deff =
            variance.zip(reference).filter(|(_, reference)| *reference > 0.0).map(|(v, reference)| v / reference);
        made.n_eff = made.deff.filter(|deff| *deff > 0.0).map(|deff| n / deff);
        if kind == Kind::Proportion {
            let p = point.float;
            let z = normal_quantile(1.0 - tail / 2.0);
            let all_or_nothing = alone.hits == 0 || alone.hits == self.n;
            let simple = desk.maker.drawn.simple;
            let basis = share_basis(p, (n, sum * sum / squares), simple, all_or_nothing, variance, t, z);
            let (n_eff, c) = basis.unzip();
            made.n_eff = n_eff;
            made.share_interval = match (question.share_interval, n_eff.zip(c)) {
                (_, None) => None,
                (ShareInterval::Wilson, Some((n_eff, c))) => Some(wilson_bounds(p, n_eff, c)),
                // The log-odds of all or nothing have no error.
                (ShareInterval::Logit, _) if all_or_nothing => None,
                (ShareInterval::Logit, Some(_)) => variance.zip(t).map(|(variance, t)| {
                    let (middle, half) = ((p / (1.0 - p)).ln(), t * variance.sqrt() / (p * (1.0 - p)));
                    let back = |odds: f64| 1.0 / (1.0 + (-odds).exp());
                    (back(middle - half), back(middle + half))
                }),
                (ShareInterval::Beta, Some((n_eff, _))) => {
                    // Korn and Graubard: as many answers as give the design's t the width of the sample's.
                    let widened = !simple && !all_or_nothing && n > 1.0;
                    let of_rows = widened.then(|| t_two_sided(tail, n - 1.0)).zip(t).map_or(1.0, |(rows, t)| rows / t);
                    let n_eff = n_eff * of_rows * of_rows;
                    let (hits, others) = (n_eff * p, n_eff * (1.0 - p));
                    let low = if alone.hits == 0 { 0.0 } else { beta_quantile(tail / 2.0, hits, others + 1.0) };
                    let high =
                        if alone.hits == self.n { 1.0 } else { beta_quantile(1.0 - tail / 2.0, hits + 1.0, others) };
                    Some((low, high))
                }
            };
        }
        made
    }
}

/// The sample size in effect and the quantile that go into a share's interval. `n`: answers, and what they are worth by their
/// weights alone, (Σw)²/Σw². None: nothing varies although the share is neither 0 nor 1.
pub fn share_basis(
    p: f64,
    (n, kish): (f64, f64),
    simple: bool,
    all_or_nothing: bool,
    variance: Option<f64>,
    t: Option<f64>,
    z: f64,
) -> Option<(f64, f64)> {
    match variance {
        _ if simple => Some((n, z)),
        _ if all_or_nothing => Some((kish, z)),
        Some(variance) if variance > 0.0 => Some((p * (1.0 - p) / variance, t?)),
        _ => None,
    }
}
