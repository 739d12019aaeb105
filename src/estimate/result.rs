use super::Figure;

/// What a table gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    pub rows: Vec<Estimated>,
    /// Of each category of the known totals.
    pub factors: Vec<Factor>,
    /// Names of the columns that make the domains.
    pub by: Vec<String>,
    /// Rows of the table, by their counts.
    pub records: u64,
    /// Of these, outside every domain: filtered out, or blank in a column of `by`.
    pub outside: u64,
    pub strata: usize,
    /// Primary units.
    pub units: u64,
    /// Whether the sample was drawn as one simple random sample, as far as the question says.
    pub simple: bool,
}

/// Which estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Mean,
    Proportion,
    Total,
    Ratio,
    Index,
    Quantile,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Mean => "mean",
            Kind::Proportion => "proportion",
            Kind::Total => "total",
            Kind::Ratio => "ratio",
            Kind::Index => "index",
            Kind::Quantile => "quantile",
        }
    }
}

/// What a row is an estimate of.
#[derive(Clone, Debug, PartialEq)]
pub enum Compared {
    /// A domain itself.
    Nothing,
    /// The domain minus this one.
    Domain(Vec<String>),
    /// The round minus this one.
    Round(String),
}

/// Why a number is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    NoAnswers,
    /// Σwvx is 0.
    ZeroDenominator,
    /// No more primary units than strata.
    NoDegrees,
    /// `--lonely average`, and every stratum has a single unit.
    NothingToAverage,
    /// Groups with a weight and no answer.
    NoAnswersFrom(String),
    /// A quantile's interval leaves the data.
    BeyondTheData,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Estimated {
    pub kind: Kind,
    /// Columns, as `y/x` for a ratio, or the name of an index.
    pub of: String,
    /// Values that a share or a head count is of; the p of a quantile.
    pub level: Option<String>,
    /// Values of the domain, in the order of `by`.
    pub domain: Vec<String>,
    pub round: Option<String>,
    pub compared: Compared,
    /// Answers with a weight above 0.
    pub n: u64,
    /// Rows of the domain without an answer.
    pub missing: u64,
    pub dont_know: u64,
    /// Σwv. None: more than one domain or item.
    pub weight_sum: Option<f64>,
    pub estimate: Result<Figure, Reason>,
    pub se: Result<f64, Reason>,
    /// Primary units minus strata, of those with an answer.
    pub df: i64,
    /// estimate ± t(df) · se.
    pub interval: Result<(f64, f64), Reason>,
    /// Of a share: Wilson's, with n_eff and t(df); with n and z for a simple random sample; or as the question says.
    pub share_interval: Option<(f64, f64)>,
    /// n / deff; of a share p(1−p) / V.
    pub n_eff: Option<f64>,
    pub deff: Option<f64>,
    /// n Σw² / (Σw)²: what the weights alone cost.
    pub kish: Option<f64>,
    /// Of people, not of the estimate.
    pub spread: Option<Spread>,
    /// Of differences.
    pub test: Option<Test>,
}

/// Variance of the answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Σw(y−m)² / Σw.
    pub population: f64,
    /// The same · n / (n−1); None for n = 1.
    pub sample: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// Between the two estimates.
    pub covariance: Option<f64>,
    pub t: Option<f64>,
    pub p: Option<f64>,
    /// Adjusted for all differences of this kind in this answer (Holm 1979).
    pub p_holm: Option<f64>,
}

/// How much the rows of one category weigh in the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Column and value.
    pub category: Vec<(String, String)>,
    pub rows: u64,
    /// Σ base weights.
    pub base: f64,
    /// New weight / base weight.
    pub factor: f64,
}

/// Holm's step-down adjustment, in the order given. None stays None and does not count.
pub fn holm(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..p.len()).filter(|at| p[*at].is_some()).collect();
    order.sort_by(|a, b| p[*a].unwrap_or(1.0).total_cmp(&p[*b].unwrap_or(1.0)));
    let mut adjusted = vec![None; p.len()];
    let mut most: f64 = 0.0;
    for (rank, &at) in order.iter().enumerate() {
        most = most.max((order.len() - rank) as f64 * p[at].unwrap_or(1.0)).min(1.0);
        adjusted[at] = Some(most);
    }
    adjusted
}
