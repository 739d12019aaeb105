//! `minping estimate`: survey estimates from any CSV table, as R's `survey` makes them.
pub mod argument;
pub(super) mod source;

use super::{Context, Exit, Failure, Format, Lang, Told};
use crate::estimate::{
    self, Adjustment, Asked, Design, EstimateError, Lonely, Number, Question, Reference, Rounds, Sample, Score,
    ShareInterval,
};
use crate::report::{Digits, estimates_note, estimates_table, factors_table, outcomes_table};
use argument::{Change, Codes, Filter, Levels, Listed, Quantile, Ratio, Totals};
use clap::{Args, ValueEnum};
use source::Encoding;
use std::fmt;
use std::path::PathBuf;

/// Means, shares, totals, ratios, indices and quantiles of any CSV table, with standard errors for strata, clusters, weights
/// and finite populations; differences between groups and rounds; known totals; outcome rates. The first line of the table
/// names the columns. docs/estimate.md gives each formula and its source.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Estimate {
    /// CSV table; `-` reads standard input
    #[arg(value_name = "DATA.csv")]
    data: PathBuf,
    /// Column of the strata 层
    #[arg(long, value_name = "COLUMN", help_heading = DESIGN)]
    strata: Option<String>,
    /// Column of the primary units (villages …), and of the secondary units within them 群
    #[arg(long, value_name = "COLUMN[,COLUMN]", value_delimiter = ',', help_heading = DESIGN)]
    cluster: Vec<String>,
    /// Column of the weights; without it 1, or N/n from --fpc 权数
    #[arg(long, value_name = "COLUMN", help_heading = DESIGN)]
    weight: Option<String>,
    /// Column of the stratum's population size (in primary units), and of the primary unit's; or fractions up to 1 总体单位数
    #[arg(long, value_name = "COLUMN[,COLUMN]", value_delimiter = ',', help_heading = DESIGN)]
    fpc: Vec<String>,
    /// Column that says how many equal answers a row stands for 份数
    #[arg(long, value_name = "COLUMN", help_heading = DESIGN)]
    count: Option<String>,
    /// Cluster numbers begin anew in each stratum
    #[arg(long, help_heading = DESIGN)]
    nest: bool,
    /// What a stratum with a single primary unit adds to the variance
    #[arg(long, value_enum, default_value_t, help_heading = DESIGN)]
    lonely: Lonely,
    /// Make the weights agree with known totals: `sex,age=totals.csv`, or `sex=F:50,M:50` 事后分层
    #[arg(long, value_name = "COLUMNS=TOTALS", conflicts_with = "rake", help_heading = DESIGN)]
    poststratify: Option<Totals>,
    /// The same for several margins; give it once for each 耙平
    #[arg(long, value_name = "COLUMNS=TOTALS", help_heading = DESIGN)]
    rake: Vec<Totals>,
    /// Show how much each category of the known totals weighs, instead of estimates
    #[arg(long, help_heading = DESIGN)]
    factors: bool,
    /// Means 均值、得分
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', help_heading = WANTED)]
    mean: Vec<String>,
    /// Points of grades, for these columns: `q1,q2=满意:100,一般:60,不满意:0` 分值
    #[arg(long, value_name = "COLUMNS=GRADE:POINTS,…", help_heading = WANTED)]
    score: Vec<Listed>,
    /// Also the share of these grades in each column of --mean: `满意|比较满意` 满意率
    #[arg(long, value_name = "GRADE|…", value_delimiter = '|', requires = "mean", help_heading = WANTED)]
    satisfied: Vec<String>,
    /// Share of each value, or of the values given: `q1`, `q1=满意|比较满意` 比例
    #[arg(long, value_name = "COLUMN[=VALUE|…],…", value_delimiter = ',', help_heading = WANTED)]
    proportion: Vec<Levels>,
    /// Totals; with values, how many hold one of them 总数
    #[arg(long, value_name = "COLUMN[=VALUE|…],…", value_delimiter = ',', help_heading = WANTED)]
    total: Vec<Levels>,
    /// Σ of the first over Σ of the second 比率
    #[arg(long, value_name = "Y/X,…", value_delimiter = ',', help_heading = WANTED)]
    ratio: Vec<Ratio>,
    /// Weighted sum of means: `index=q1:0.6,q2:0.4`; `gap=q1:1,q2:-1` is a difference of items 指数
    #[arg(long, value_name = "NAME=COLUMN:WEIGHT,…", help_heading = WANTED)]
    index: Vec<Listed>,
    /// Quantiles: `income:0.5` is the median 分位数
    #[arg(long, value_name = "COLUMN:P,…", value_delimiter = ',', help_heading = WANTED)]
    quantile: Vec<Quantile>,
    /// One estimate for each combination of values of these columns 分组
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', help_heading = PARTS)]
    by: Vec<String>,
    /// Only rows with these values; the others stay in the design. Several must all hold 筛选
    #[arg(long = "where", value_name = "COLUMN=VALUE|…", help_heading = PARTS)]
    only: Vec<Filter>,
    /// Σ W·R over the values of a column: `group=cadre:0.3,resident:0.7` 群体权重
    #[arg(long, value_name = "COLUMN=VALUE:WEIGHT,…", help_heading = PARTS)]
    groups: Option<Listed>,
    /// The difference of each two groups of --by, with their covariance and Holm's p 组间差异
    #[arg(long, help_heading = PARTS)]
    difference: bool,
    /// The change from each round to the next: `round`, or in this order `round=2025,2026` 轮次变化
    #[arg(long, value_name = "COLUMN[=ROUND,…]", help_heading = PARTS)]
    change: Option<Change>,
    /// Whether clusters with the same number are the same ones in all rounds
    #[arg(long, value_enum, requires = "change", help_heading = PARTS)]
    rounds: Option<Same>,
    /// Outcome rates of AAPOR (RR1–RR6, COOP, REF, CON) from a column of I, P, R, NC, O, UH, UO, NE 回收结果
    #[arg(long, value_name = "COLUMN", conflicts_with_all = ["mean", "proportion", "total", "ratio", "index", "quantile"], help_heading = OUTCOMES)]
    outcomes: Option<String>,
    /// What other texts of --outcomes mean: `完成=I,拒访=R`
    #[arg(long, value_name = "TEXT=OUTCOME,…", requires = "outcomes", help_heading = OUTCOMES)]
    codes: Option<Codes>,
    /// Share of the unknown cases that are eligible; by default as among the known
    #[arg(long, value_name = "E", requires = "outcomes", value_parser = argument::share, help_heading = OUTCOMES)]
    eligible: Option<Number>,
    /// Values that are no answer; blanks never are
    #[arg(long, value_name = "VALUE,…", value_delimiter = ',')]
    missing: Vec<String>,
    /// Values that say 不了解: no answer, counted apart
    #[arg(long, value_name = "VALUE,…", value_delimiter = ',')]
    dont_know: Vec<String>,
    /// Of the intervals
    #[arg(long, default_value_t = 0.95)]
    level: f64,
    /// Of shares
    #[arg(long, value_enum, default_value_t)]
    interval: ShareInterval,
    /// Design effects compare with a simple random sample with or without replacement
    #[arg(long, value_enum, default_value_t)]
    deff: Reference,
    /// Of the table; by default told from its first bytes or UTF-8
    #[arg(long, value_enum)]
    encoding: Option<Encoding>,
    /// Decimal places in the table for people, halves rounded up; shares have two more
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=12))]
    places: u32,
    /// All columns in the table for people: variances, covariances, both intervals of a share
    #[arg(long)]
    wide: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const DESIGN: &str = "Design 抽样设计";
const WANTED: &str = "Estimates 估计什么";
const PARTS: &str = "Groups and rounds 分组与轮次";
const OUTCOMES: &str = "Outcomes 回收结果";

const EXAMPLES: &str = "Examples 示例:
  minping estimate round.csv --strata town --cluster village --weight w --fpc N \\
    --mean q1,q2 --score q1,q2=满意:100,一般:60,不满意:0 --dont-know 不了解 --satisfied 满意 --by unit
  minping estimate both.csv --cluster village --mean score --change round --rounds shared --by unit
  minping estimate round.csv --weight w --rake sex=F:5100,M:4900 --rake age=age.csv --mean score
  minping estimate cases.csv --outcomes result --codes 完成=I,拒访=R --by town";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Same {
    /// Drawn anew in each round
    Independent,
    /// The same clusters, or the same people
    Shared,
}

/// An estimate that could not be made from this table.
#[derive(Debug)]
struct TableError {
    table: PathBuf,
    error: EstimateError,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.table.display(), self.error)
    }
}

impl std::error::Error for TableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.error)
    }
}

impl Told for TableError {
    fn zh(&self) -> String {
        format!("{}：{}", self.table.display(), self.error.zh())
    }
}

impl Told for EstimateError {
    fn zh(&self) -> String {
        EstimateError::zh(self)
    }
}

impl Estimate {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let question = self.question()?;
        let digits = Digits { places: self.places, for_people: self.format == Format::Table, wide: self.wide };
        let table = source::open(&self.data, self.encoding)?;
        let failed = |error: EstimateError| self.failed(error);
        if let Some(column) = &self.outcomes {
            let codes = self.codes.as_ref().map(|codes| codes.0.as_slice()).unwrap_or_default();
            let found = estimate::read_outcomes(table, column, codes, &question).map_err(failed)?;
            let rows: Vec<_> =
                found.into_iter().map(|(domain, counts)| (domain, counts, counts.rates(self.eligible))).collect();
            context.show(&outcomes_table(&rows, &question.by, digits), self.format)?;
            return Ok(Exit::Done);
        }
        let sample = Sample::read(table, question.clone()).map_err(failed)?;
        let made = estimate::estimate(&sample).map_err(failed)?;
        if self.factors {
            context.show(&factors_table(&made, digits), self.format)?;
            return Ok(Exit::Done);
        }
        context.show(&estimates_table(&made, &question, digits, context.lang), self.format)?;
        if digits.for_people {
            aside!("minping: {}", estimates_note(&made, &question, context.lang));
        }
        Ok(Exit::Done)
    }

    /// A contradiction of the arguments is their fault, everything else the table's.
    fn failed(&self, error: EstimateError) -> Failure {
        let exit = match &error {
            EstimateError::Invalid { .. } => return Failure::told(Exit::Usage, error),
            EstimateError::Read(cause) if matches!(cause.kind(), csv::ErrorKind::Io(_)) => Exit::Trouble,
            _ => Exit::Refused,
        };
        Failure::told(exit, TableError { table: self.data.clone(), error })
    }

    fn question(&self) -> Result<Question, Failure> {
        let adjustment = match (&self.poststratify, self.rake.as_slice()) {
            (Some(totals), _) => Some(Adjustment::PostStratify(totals.read(self.encoding)?)),
            (None, []) => None,
            (None, margins) => {
                let margins = margins.iter().map(|margin| margin.read(self.encoding));
                Some(Adjustment::Rake(margins.collect::<Result<_, _>>()?))
            }
        };
        let scores = self.score.iter().flat_map(|score| {
            let columns = score.name.split(',');
            columns.map(|column| Score { column: column.trim().to_owned(), points: score.items.clone() })
        });
        let mut asked: Vec<Asked> = Vec::new();
        for column in &self.mean {
            asked.push(Asked::Mean(column.clone()));
            if !self.satisfied.is_empty() {
                asked.push(Asked::Proportion(column.clone(), Some(self.satisfied.clone())));
            }
        }
        asked.extend(self.proportion.iter().map(|of| Asked::Proportion(of.column.clone(), of.levels.clone())));
        asked.extend(self.total.iter().map(|of| Asked::Total(of.column.clone(), of.levels.clone())));
        asked.extend(self.ratio.iter().map(|of| Asked::Ratio(of.0.clone(), of.1.clone())));
        asked.extend(self.index.iter().map(|of| Asked::Index(of.name.clone(), of.items.clone())));
        asked.extend(self.quantile.iter().map(|of| Asked::Quantile(of.column.clone(), of.p)));
        if self.factors && asked.is_empty() {
            // The weights do not depend on what is estimated.
            let column = self.poststratify.iter().chain(&self.rake).flat_map(|totals| totals.columns.first()).next();
            asked.extend(column.map(|column| Asked::Proportion(column.clone(), None)));
        }
        if let Some(column) = &self.outcomes {
            asked.push(Asked::Proportion(column.clone(), None));
        }
        let rounds = self.change.as_ref().map(|change| Rounds {
            column: change.column.clone(),
            order: change.order.clone(),
            shared: self.rounds.map(|rounds| rounds == Same::Shared),
        });
        Ok(Question {
            design: Design {
                strata: self.strata.clone(),
                clusters: self.cluster.clone(),
                weight: self.weight.clone(),
                populations: self.fpc.clone(),
                count: self.count.clone(),
                nested: self.nest,
                lonely: self.lonely,
            },
            missing: self.missing.clone(),
            dont_know: self.dont_know.clone(),
            scores: scores.collect(),
            only: self.only.iter().map(|filter| (filter.column.clone(), filter.values.clone())).collect(),
            by: self.by.clone(),
            rounds,
            adjustment,
            groups: self
                .groups
                .as_ref()
                .map(|groups| estimate::Groups { column: groups.name.clone(), weights: groups.items.clone() }),
            asked,
            differences: self.difference,
            level: self.level,
            reference: self.deff,
            share_interval: self.interval,
        })
    }
}

fn between(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "、" } else { ", " }
}
