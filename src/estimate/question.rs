use super::{EstimateError, Number};

/// What is estimated from a table, and how the sample was drawn. Columns are named as in the table's first line.
#[derive(Clone, Debug)]
pub struct Question {
    pub design: Design,
    /// Values that are no answer, beside blanks.
    pub missing: Vec<String>,
    /// Values that say 不了解: no answer either, counted apart.
    pub dont_know: Vec<String>,
    pub scores: Vec<Score>,
    /// Only rows that hold one of the values in each of these columns; the others stay in the design.
    pub only: Vec<(String, Vec<String>)>,
    /// One estimate for each combination of values.
    pub by: Vec<String>,
    pub rounds: Option<Rounds>,
    pub adjustment: Option<Adjustment>,
    /// Score = Σ W_g R_g over the values of a column, such as rater groups.
    pub groups: Option<Groups>,
    pub asked: Vec<Asked>,
    /// Also the difference of each two groups of `by`.
    pub differences: bool,
    /// Of the intervals, such as 0.95.
    pub level: f64,
    pub reference: Reference,
    pub share_interval: ShareInterval,
}

impl Default for Question {
    fn default() -> Question {
        Question {
            design: Design::default(),
            missing: Vec::new(),
            dont_know: Vec::new(),
            scores: Vec::new(),
            only: Vec::new(),
            by: Vec::new(),
            rounds: None,
            adjustment: None,
            groups: None,
            asked: Vec::new(),
            differences: false,
            level: 0.95,
            reference: Reference::WithReplacement,
            share_interval: ShareInterval::Wilson,
        }
    }
}

/// How the sample was drawn.
#[derive(Clone, Debug, Default)]
pub struct Design {
    pub strata: Option<String>,
    /// None: each row was drawn by itself. One column: primary units. Two: primary and secondary units.
    pub clusters: Vec<String>,
    /// Base weight, 1/probability. None: 1, or N/n where the finite population is given.
    pub weight: Option<String>,
    /// Population size of the stratum (primary units), and of the primary unit (secondary units); or, when no value is
    /// above 1, the fraction drawn.
    pub populations: Vec<String>,
    /// How many equal answers a row stands for. None: 1.
    pub count: Option<String>,
    /// The numbers of clusters begin anew in each stratum.
    pub nested: bool,
    pub lonely: Lonely,
}

/// What a stratum with a single primary unit adds to the variance (R's `survey.lonely.psu`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Lonely {
    /// The square of its total: centred at 0, the mean of all
    #[default]
    Adjust,
    /// Nothing: it was certain to be drawn
    Certainty,
    /// The average of the other strata
    Average,
    /// No estimate
    Refuse,
}

/// The points of a column's values.
#[derive(Clone, Debug)]
pub struct Score {
    pub column: String,
    pub points: Vec<(String, Number)>,
}

/// Two or more rounds in one table.
#[derive(Clone, Debug)]
pub struct Rounds {
    pub column: String,
    /// In order of time. Empty: as the texts sort.
    pub order: Vec<String>,
    /// Whether clusters with the same number are the same ones in all rounds. None: refuse when it matters.
    pub shared: Option<bool>,
}

/// Weights made to agree with known totals.
#[derive(Clone, Debug)]
pub enum Adjustment {
    PostStratify(Margin),
    Rake(Vec<Margin>),
}

/// Known totals by the values of one or more columns.
#[derive(Clone, Debug)]
pub struct Margin {
    pub columns: Vec<String>,
    pub totals: Vec<(Vec<String>, Number)>,
}

#[derive(Clone, Debug)]
pub struct Groups {
    pub column: String,
    pub weights: Vec<(String, Number)>,
}

/// One kind of estimate.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Σwvy / Σwv.
    Mean(String),
    /// Share of the answers with one of these values. None: of each value.
    Proportion(String, Option<Vec<String>>),
    /// Σwvy; with values: how many people hold one of them.
    Total(String, Option<Vec<String>>),
    /// Σwvy / Σwvx.
    Ratio(String, String),
    /// Σ W_k R_k over means: an index, or with weights 1 and −1 a difference of two items.
    Index(String, Vec<(String, Number)>),
    /// The smallest value that a share of at least p does not exceed.
    Quantile(String, f64),
}

/// Interval of a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum ShareInterval {
    /// Wilson's score interval with the effective sample size
    #[default]
    Wilson,
    /// On the log-odds, turned back (R's svyciprop "logit")
    Logit,
    /// Clopper and Pearson's with the effective sample size (Korn and Graubard; R's svyciprop "beta")
    Beta,
}

/// What a design effect compares with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Reference {
    /// A simple random sample of the same size, with replacement
    #[default]
    #[cfg_attr(feature = "cli", value(name = "with"))]
    WithReplacement,
    /// … without replacement, from a population of Σw
    #[cfg_attr(feature = "cli", value(name = "without"))]
    WithoutReplacement,
}

impl Question {
    /// Contradictions that need no data to see.
    pub(super) fn check(&self) -> Result<(), EstimateError> {
        let invalid = |what: &'static str, zh: &'static str| Err(EstimateError::Invalid { what, zh });
        if self.asked.is_empty() {
            return invalid(
                "nothing is asked for; give --mean, --proportion, --total or the like",
                "没有要估计的量；请给出 --mean、--proportion、--total 等",
            );
        }
        if !(self.level > 0.0 && self.level < 1.0) {
            return invalid("--level must lie between 0 and 1, such as 0.95", "--level 须在 0 与 1 之间，例如 0.95");
        }
        if self.design.clusters.len() > 2 {
            return invalid(
                "--cluster takes one column or two: primary and secondary units",
                "--cluster 只接受一列或两列：初级单位和次级单位",
            );
        }
        if self.design.populations.len() > self.design.clusters.len().max(1) {
            return invalid("--fpc has more columns than there are stages", "--fpc 的列数多于抽样阶段数");
        }
        if self.differences && self.by.is_empty() {
            return invalid(
                "--difference compares the groups of --by; give --by too",
                "--difference 比较 --by 的各组；请同时给出 --by",
            );
        }
        let quantiles = self.asked.iter().any(|asked| matches!(asked, Asked::Quantile(..)));
        if quantiles && (self.differences || self.rounds.is_some() || self.groups.is_some()) {
            return invalid(
                "quantiles are not combined with --difference, --change or --groups",
                "分位数不能与 --difference、--change、--groups 一起使用",
            );
        }
        if self.asked.iter().any(|asked| matches!(asked, Asked::Quantile(_, p) if !(*p > 0.0 && *p < 1.0))) {
            return invalid("a quantile lies between 0 and 1, such as 0.5", "分位数须在 0 与 1 之间，例如 0.5");
        }
        let sum = |weights: &[(String, Number)]| weights.iter().map(|(_, weight)| weight.float).sum::<f64>();
        let near = |sum: f64, whole: f64| (sum - whole).abs() < 1e-9;
        if let Some(groups) = &self.groups {
            if !near(sum(&groups.weights), 1.0) {
                return invalid("the weights of --groups must add up to 1", "--groups 的权重之和须为 1");
            }
            if self.asked.iter().any(|asked| matches!(asked, Asked::Total(..))) {
                return invalid(
                    "totals of groups are not averaged; leave out --groups or --total",
                    "总数不能按群体加权平均；请去掉 --groups 或 --total",
                );
            }
        }
        for asked in &self.asked {
            if let Asked::Index(_, parts) = asked
                && !near(sum(parts), 1.0)
                && !near(sum(parts), 0.0)
            {
                return invalid(
                    "the weights of an --index must add up to 1, or to 0 for a difference",
                    "--index 的权重之和须为 1；比较差异时须为 0",
                );
            }
        }
        Ok(())
    }
}
