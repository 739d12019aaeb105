//! `minping draw …`: a random sample from a frame.
use super::estimate::argument::Items;
use super::{Cell, Column, Context, Exit, Failure, Lang, Table, Told, read_text};
use crate::batch::Crypto;
use crate::design::draw::{DrawError, Frame, Method, Order, Sharing, Size, draw};
use crate::language::Language;
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Draws a random sample from a frame: a CSV file whose first line names the columns and each other line is one unit.
///
/// The rows that are drawn are written as CSV with all their columns, and with `draw_method`, `draw_seed`, `draw_probability`
/// (of inclusion) and `draw_weight` (one divided by it). The same frame, order and seed give the same sample. docs/draw.md
/// says how it is drawn.
#[derive(Args)]
#[command(after_help = "Examples:
  minping draw households.csv --size 400 --seed 20260601
  minping draw households.csv --method stratified --strata district --size 400
  minping draw households.csv --method pps --cluster village --size 30 --per-cluster 10
  minping draw firms.csv --method pps --measure employees --strata town --sizes 'East:20,West:10'")]
pub struct Draw {
    /// The frame (CSV, UTF-8)
    frame: PathBuf,
    /// How many are drawn altogether: rows, or clusters
    #[arg(long, value_name = "N", required_unless_present = "sizes", conflicts_with = "sizes")]
    size: Option<u64>,
    /// How many of each stratum
    #[arg(long, value_name = "STRATUM:N,…", requires = "strata")]
    sizes: Option<Items>,
    /// How they are selected
    #[arg(long, value_enum, default_value_t)]
    method: DrawMethod,
    /// Column of the strata; each is drawn from by itself
    #[arg(long, value_name = "COLUMN")]
    strata: Option<String>,
    /// How --size is shared among the strata
    #[arg(long, value_enum, default_value_t, requires = "strata")]
    allocation: Allocation,
    /// Standard deviations of the strata, for --allocation neyman
    #[arg(long, value_name = "STRATUM:SD,…", required_if_eq("allocation", "neyman"))]
    sd: Option<Items>,
    /// Column of the measure of size, for --method pps
    #[arg(long, value_name = "COLUMN")]
    measure: Option<String>,
    /// Column of the clusters: rows with the same words there are drawn together. Without --measure, the size of a cluster is
    /// the number of its rows
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// So many rows of each cluster, at random; all where this is left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), requires = "cluster")]
    per_cluster: Option<u64>,
    /// In which order systematic selection goes through the frame
    #[arg(long, value_enum, default_value_t)]
    order: Through,
    /// Decides the sample; drawn and told when it is not given
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// File for the sample; without it, standard output
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    /// File for the record of the draw (JSON): method, seed, strata, and the frame's SHA-256
    #[arg(long, value_name = "FILE.json")]
    protocol: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum DrawMethod {
    /// Each set of rows as likely as any other
    #[default]
    Simple,
    /// Simple in each stratum
    Stratified,
    /// Every so many after a random start
    Systematic,
    /// Systematic, with probability proportional to size
    Pps,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Allocation {
    /// By the strata's units; with a measure, by its sum
    #[default]
    Proportional,
    /// As many of each
    Equal,
    /// By units times standard deviation
    Neyman,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Through {
    /// As it is listed
    #[default]
    Listed,
    /// In a random one
    Random,
}

/// Why nothing was drawn, before or in drawing.
#[derive(Debug)]
enum Refusal {
    Draw(DrawError),
    NoStrata,
    NoWhole(String),
    NoSeed,
}

impl Refusal {
    fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            Refusal::Draw(error) => error.told(language),
            Refusal::NoStrata if zh => "--method stratified 需要 --strata：请指明层所在的列".to_owned(),
            Refusal::NoStrata => "--method stratified needs --strata: name the column of the strata".to_owned(),
            Refusal::NoWhole(name) if zh => format!("--sizes：层 `{name}` 的数不是 0 以上的整数"),
            Refusal::NoWhole(name) => format!("--sizes: the size of `{name}` is no whole number from 0"),
            Refusal::NoSeed if zh => "系统不给随机数；请用 --seed 给出一个".to_owned(),
            Refusal::NoSeed => "the system gives no random number; give one with --seed".to_owned(),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for Refusal {}

impl Told for Refusal {
    fn zh(&self) -> String {
        self.told(Language::Zh)
    }
}

fn refused(error: Refusal) -> Failure {
    Failure::told(Exit::Refused, error)
}

impl Draw {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let text = read_text(&self.frame)?;
        let frame = Frame::read(&text).map_err(|error| refused(Refusal::Draw(error)))?;
        let order = self.order(&frame).map_err(refused)?;
        let drawn = draw(&frame, &order).map_err(|error| refused(Refusal::Draw(error)))?;
        let csv = drawn.to_csv(&frame, &order);
        match &self.out {
            Some(path) => files::create(path, csv.as_bytes(), Access::Usual)?,
            None => context.print(csv.trim_start_matches('\u{feff}'))?,
        }
        if let Some(path) = &self.protocol {
            let digest = pollster::block_on(Native.sha256(text.as_bytes())).map_err(|_| refused(Refusal::NoSeed))?;
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            files::create(path, drawn.protocol(&frame, &order, &digest).as_bytes(), Access::Usual)?;
        }
        let (rows, all, seed) = (drawn.rows.len(), frame.rows.len(), order.seed);
        match context.lang {
            Lang::Zh => aside!("minping: 从 {all} 行中抽取 {rows} 行；种子 --seed {seed}"),
            Lang::En => aside!("minping: {rows} of {all} rows drawn; --seed {seed}"),
        }
        let mut table = Table::new(&COLUMNS);
        for stratum in &drawn.strata {
            table.push(vec![
                if stratum.name.is_empty() { Cell::None } else { Cell::text(&stratum.name) },
                Cell::count(stratum.units),
                Cell::count(stratum.drawn),
                Cell::count(stratum.certain),
                Cell::count(stratum.without_size),
            ]);
        }
        aside!("{}", table.to_text(context.lang).trim_end());
        if drawn.strata.iter().any(|stratum| stratum.drawn == 0 || stratum.without_size > 0) {
            match context.lang {
                Lang::Zh => aside!("minping: 有的单元没有机会被抽中（样本量或规模为 0）：结果不能推及它们"),
                Lang::En => {
                    aside!("minping: some units had no chance to be drawn (size 0): the results say nothing about them")
                }
            }
        }
        Ok(Exit::Done)
    }

    fn order(&self, frame: &Frame) -> Result<Order, Refusal> {
        let column =
            |name: &Option<String>| name.as_deref().map(|name| frame.column(name)).transpose().map_err(Refusal::Draw);
        if self.method == DrawMethod::Stratified && self.strata.is_none() {
            return Err(Refusal::NoStrata);
        }
        let size = match (&self.sizes, self.size) {
            (Some(sizes), _) => {
                let whole = |(name, number): &(String, crate::estimate::Number)| {
                    let fits = number.float >= 0.0 && number.float.fract() == 0.0 && number.float < 9e15;
                    if fits { Ok((name.clone(), number.float as u64)) } else { Err(Refusal::NoWhole(name.clone())) }
                };
                Size::Each(sizes.0.iter().map(whole).collect::<Result<_, _>>()?)
            }
            (None, size) => {
                let sharing = match (self.allocation, &self.sd) {
                    (Allocation::Proportional, _) => Sharing::Proportional,
                    (Allocation::Equal, _) => Sharing::Equal,
                    (Allocation::Neyman, sd) => Sharing::Neyman(sd.as_ref().map_or(Vec::new(), |sd| sd.0.clone())),
                };
                Size::Total(size.unwrap_or(0), sharing)
            }
        };
        let seed = match self.seed {
            Some(seed) => seed,
            None => {
                let mut bytes = [0; 4];
                Native.random(&mut bytes).map_err(|_| Refusal::NoSeed)?;
                u64::from(u32::from_le_bytes(bytes))
            }
        };
        Ok(Order {
            method: match self.method {
                DrawMethod::Simple | DrawMethod::Stratified => Method::Simple,
                DrawMethod::Systematic => Method::Systematic,
                DrawMethod::Pps => Method::Pps,
            },
            size,
            strata: column(&self.strata)?,
            measure: column(&self.measure)?,
            cluster: column(&self.cluster)?,
            per_cluster: self.per_cluster,
            shuffled: self.order == Through::Random,
            seed,
        })
    }
}

const COLUMNS: [Column; 5] = [
    Column::new("stratum", "层", "stratum"),
    Column::new("units", "单元", "units"),
    Column::new("drawn", "抽中", "drawn"),
    Column::new("certain", "必抽", "certain"),
    Column::new("without_size", "规模为 0", "size 0"),
];
