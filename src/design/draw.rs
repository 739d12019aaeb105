//! A random draw from a frame: simple, systematic, or with probability proportional to a measure of size; in strata, of
//! clusters, in two stages.
//!
//! Systematic selection is that of W. G. Madow (1949), *On the theory of systematic sampling, II*: the measures stand behind
//! each other on a line, and every `T/n`-th point of it after a random start is selected. The line is counted in whole numbers,
//! so that the probability is exactly `n · m / T`. A unit with `n · m ≥ T` is certain to be drawn; it is taken out, and the
//! others are looked at again (Särndal, Swensson and Wretman 1992, *Model Assisted Survey Sampling*, 3.6.1).
//!
//! Chance is ChaCha8 with a key of four numbers of 8 bytes, least byte first: the seed, 1, the number of the stratum from 0 in
//! the order of the frame, and the number of the stage. A number below `n` is made of as many bits as `n - 1` has, and drawn
//! again where it is too large.

mod frame;
mod protocol;
mod select;
mod size;

pub use frame::Frame;
pub use size::{Sharing, share_within};

use crate::language::Language;
use select::{Chosen, Fraction};

/// How units are selected in a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Each set of `n` is as likely as any other.
    Simple,
    /// Every so many after a random start.
    Systematic,
    /// Systematic, with probability proportional to a measure of size.
    Pps,
}

impl Method {
    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Method::Simple => "simple",
            Method::Systematic => "systematic",
            Method::Pps => "pps",
        }
    }
}

/// How many are drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Size {
    /// Altogether, shared among the strata.
    Total(u64, Sharing),
    /// Of each stratum.
    Each(Vec<(String, u64)>),
}

/// What is to be drawn. Columns are numbers of columns of the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub method: Method,
    pub size: Size,
    pub strata: Option<usize>,
    /// Measure of size of a row; of a cluster: the sum of its rows, or where there is no such column their number.
    pub measure: Option<usize>,
    /// Rows with the same words here are drawn together.
    pub cluster: Option<usize>,
    /// So many rows of each cluster, simple random; all where it is left out.
    pub per_cluster: Option<u64>,
    /// Systematic selection goes through the frame in a random order, and not as it is listed.
    pub shuffled: bool,
    pub seed: u64,
}

/// What was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// In the order of the frame: the row's number from 0, and its probability.
    pub rows: Vec<(usize, Fraction)>,
    /// In the order of the frame. Without strata: one without a name.
    pub strata: Vec<DrawnStratum>,
}

/// One stratum of a draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnStratum {
    pub name: String,
    /// Rows, or clusters where those are drawn.
    pub units: usize,
    /// Of them drawn; 0: nobody there had a chance.
    pub drawn: usize,
    /// Of them drawn with certainty.
    pub certain: usize,
    /// Units that cannot be drawn: their measure is 0.
    pub without_size: usize,
}

/// Why nothing was drawn. Rows count from 1, without the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawError {
    /// The text is no table: at this line.
    NoTable(u64),
    EmptyFrame,
    NoColumn(String),
    /// The head has a column of this name, which the draw would write.
    ColumnTaken(String),
    NothingWanted,
    TooMany {
        stratum: String,
        wanted: u64,
        units: usize,
    },
    NoSuchStratum(String),
    /// A stratum of the frame without a size.
    NoSize(String),
    NoMeasure,
    BadMeasure {
        row: usize,
        cell: String,
    },
    MeasureTooLarge,
    ClusterInStrata(String),
    NoCluster {
        row: usize,
    },
    NotForClusters,
    BadShares,
}

impl DrawError {
    /// What was found and what to do.
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        let whole = |name: &String| {
            if name.is_empty() {
                (if zh { "整个抽样框" } else { "the frame" }).to_owned()
            } else {
                format!("`{name}`")
            }
        };
        match self {
            DrawError::NoTable(line) if zh => format!("第 {line} 行的列数或引号不对：请另存为 CSV（UTF-8）后再试"),
            DrawError::NoTable(line) => format!("line {line} has another number of columns or an open quote: save it as CSV (UTF-8) again"),
            DrawError::EmptyFrame if zh => "抽样框没有数据行：第一行应为列名，以下每行一个单元".to_owned(),
            DrawError::EmptyFrame => "the frame has no rows: the first line names the columns, and each other line is one unit".to_owned(),
            DrawError::NoColumn(name) if zh => format!("抽样框没有列 `{name}`：请核对第一行的列名"),
            DrawError::NoColumn(name) => format!("the frame has no column `{name}`: look at the names in its first line"),
            DrawError::ColumnTaken(name) if zh => format!("抽样框已有列 `{name}`，抽样结果要用这个名称：请先改名或删去该列"),
            DrawError::ColumnTaken(name) => format!("the frame has a column `{name}` already, which the draw writes: rename or remove it"),
            DrawError::NothingWanted if zh => "样本量为 0：请写至少 1".to_owned(),
            DrawError::NothingWanted => "the size is 0: write at least 1".to_owned(),
            DrawError::TooMany { stratum, wanted, units } if zh => format!("{}只有 {units} 个可抽的单元，却要抽 {wanted} 个：请减小样本量", whole(stratum)),
            DrawError::TooMany { stratum, wanted, units } => format!("{} has {units} units that can be drawn, and {wanted} are wanted: ask for fewer", whole(stratum)),
            DrawError::NoSuchStratum(name) if zh => format!("抽样框里没有层 `{name}`：请核对名称"),
            DrawError::NoSuchStratum(name) => format!("the frame has no stratum `{name}`: correct its name"),
            DrawError::NoSize(name) if zh => format!("没有写明层 `{name}` 抽几个：请补上（可以是 0）"),
            DrawError::NoSize(name) => format!("no size is given for the stratum `{name}`: give one (it may be 0)"),
            DrawError::NoMeasure if zh => "按规模抽样需要规模列：请指明哪一列，或按群抽样".to_owned(),
            DrawError::NoMeasure => "selection proportional to size needs a measure: name its column, or draw clusters".to_owned(),
            DrawError::BadMeasure { row, cell } if zh => format!("第 {row} 行的规模 `{cell}` 不是数：请写不小于 0、小数不超过六位的数"),
            DrawError::BadMeasure { row, cell } => format!("row {row}: the measure `{cell}` is none: write a number from 0 with at most six decimal places"),
            DrawError::MeasureTooLarge if zh => "规模之和太大：请换用较大的计量单位".to_owned(),
            DrawError::MeasureTooLarge => "the measures add up to too much: use a larger unit".to_owned(),
            DrawError::ClusterInStrata(name) if zh => format!("群 `{name}` 的行分在几个层里：一个群只能属于一层"),
            DrawError::ClusterInStrata(name) => format!("the rows of the cluster `{name}` are in several strata: a cluster belongs to one"),
            DrawError::NoCluster { row } if zh => format!("第 {row} 行没有写明属于哪个群：请补上"),
            DrawError::NoCluster { row } => format!("row {row} names no cluster: fill it in"),
            DrawError::NotForClusters if zh => "每群抽几行只用于按群抽样：请指明群所在的列".to_owned(),
            DrawError::NotForClusters => "so many rows of each cluster needs clusters: name their column".to_owned(),
            DrawError::BadShares if zh => "不能这样分配：奈曼分配需要每层一个不小于 0 的标准差，且不全为 0".to_owned(),
            DrawError::BadShares => "the sample cannot be shared so: Neyman's allocation needs a standard deviation of 0 or more for each stratum, and not all 0".to_owned(),
        }
    }
}

impl std::fmt::Display for DrawError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for DrawError {}

/// Columns that a draw adds to those of the frame.
pub const ADDED: [&str; 4] = ["draw_method", "draw_seed", "draw_probability", "draw_weight"];

/// A row or a cluster that can be drawn.
struct Unit {
    rows: Vec<usize>,
    /// In millionths.
    measure: u128,
}

/// Draws from a frame.
///
/// # Errors
/// Where the frame has not what the order needs, or less than it wants.
pub fn draw(frame: &Frame, order: &Order) -> Result<Drawn, DrawError> {
    if frame.rows.is_empty() {
        return Err(DrawError::EmptyFrame);
    }
    if let Some(name) = ADDED.iter().find(|name| frame.head.iter().any(|known| known == **name)) {
        return Err(DrawError::ColumnTaken((*name).to_owned()));
    }
    if order.per_cluster.is_some() && order.cluster.is_none() {
        return Err(DrawError::NotForClusters);
    }
    if order.method == Method::Pps && order.measure.is_none() && order.cluster.is_none() {
        return Err(DrawError::NoMeasure);
    }
    let parts = frame.parts(order)?;
    let sizes = size::sizes(&parts, order)?;
    let mut drawn = Drawn { rows: Vec::new(), strata: Vec::new() };
    for (number, ((name, units), size)) in parts.iter().zip(sizes).enumerate() {
        let mut chance = select::chance(order.seed, number as u64, 0);
        let chosen: Vec<Chosen> = match order.method {
            Method::Simple => select::simple(units.len(), size, &mut chance),
            Method::Systematic => select::systematic(&vec![1; units.len()], size, order.shuffled, &mut chance),
            Method::Pps => {
                let measures: Vec<u128> = units.iter().map(|unit| unit.measure).collect();
                select::systematic(&measures, size, order.shuffled, &mut chance)
            }
        };
        let mut within = select::chance(order.seed, number as u64, 1);
        for one in &chosen {
            let rows = &units[one.unit].rows;
            match order.per_cluster {
                Some(most) if (most as usize) < rows.len() => {
                    for second in select::simple(rows.len(), most, &mut within) {
                        drawn.rows.push((rows[second.unit], one.probability.times(second.probability)));
                    }
                }
                _ => drawn.rows.extend(rows.iter().map(|row| (*row, one.probability))),
            }
        }
        let without_size = match order.method {
            Method::Pps => units.iter().filter(|unit| unit.measure == 0).count(),
            _ => 0,
        };
        drawn.strata.push(DrawnStratum {
            name: name.clone(),
            units: units.len(),
            drawn: chosen.len(),
            certain: chosen.iter().filter(|one| one.probability.is_one()).count(),
            without_size,
        });
    }
    drawn.rows.sort_by_key(|(row, _)| *row);
    Ok(drawn)
}
