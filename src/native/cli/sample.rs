//! `minping sample …`: sizes and allocations before a round.
use super::estimate::argument::{Items, WrongForm};
use super::{Cell, Column, Context, Exit, Failure, Format, Table, Told};
use crate::estimate::{Number, Planned, allocate, detectable_change, sample_size};
use clap::{Args, Subcommand};
use std::fmt;

#[derive(Subcommand)]
pub enum SampleCommand {
    /// How many people to draw for a share to be known well enough 样本量
    Size(Box<Size>),
    /// Divide a sample among strata by largest remainder 样本分配
    Allocate(Allocate),
    /// The smallest change between two rounds that will be seen in 8 of 10 cases 可检出的变化
    Change(Change),
}

impl SampleCommand {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            SampleCommand::Size(command) => command.run(context),
            SampleCommand::Allocate(command) => command.run(context),
            SampleCommand::Change(command) => command.run(context),
        }
    }
}

/// z² p(1−p) deff / e², with the finite population, divided by the response, rounded up (Cochran 1977).
#[derive(Args)]
pub struct Size {
    /// Half width of the interval, such as 0.03
    #[arg(long, value_parser = number)]
    margin: Number,
    /// Expected share; 0.5 is the safe guess
    #[arg(long, default_value = "0.5", value_parser = number)]
    share: Number,
    /// Of the interval
    #[arg(long, default_value = "0.95", value_parser = number)]
    level: Number,
    /// Design effect, from an earlier round
    #[arg(long, default_value = "1", value_parser = number)]
    deff: Number,
    /// People in the population; without it infinite
    #[arg(long)]
    population: Option<u64>,
    /// Share of the people asked who answer
    #[arg(long, default_value = "1", value_parser = number)]
    response: Number,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// In proportion to the strata's sizes; with --sd to size times standard deviation (Neyman).
#[derive(Args)]
pub struct Allocate {
    /// Size of the whole sample
    n: u64,
    /// Strata with their populations: `town:5000,hills:1200`
    #[arg(long, value_name = "STRATUM:SIZE,…")]
    strata: Items,
    /// Standard deviations of the strata, in the same form
    #[arg(long, value_name = "STRATUM:SD,…")]
    sd: Option<Items>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// (z.975 + z.8) √(2 p(1−p) deff / n), for two independent rounds of n answers each, tested at 5 %.
#[derive(Args)]
pub struct Change {
    /// Answers in each round
    n: u64,
    /// Expected share
    #[arg(long, default_value = "0.5", value_parser = number)]
    share: Number,
    /// Design effect
    #[arg(long, default_value = "1", value_parser = number)]
    deff: Number,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

fn number(text: &str) -> Result<Number, WrongForm> {
    Number::parse(text).ok_or(WrongForm("a number, such as 0.5"))
}

/// Why there is no plan for the sample.
#[derive(Debug)]
enum SampleError {
    OutOfRange,
    BadSizes,
    NoDeviation(String),
}

impl fmt::Display for SampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SampleError::OutOfRange => f.write_str(
                "shares, margin and level lie between 0 and 1, the response is at most 1, deff and sizes are above 0",
            ),
            SampleError::BadSizes => f.write_str("sizes and deviations must be 0 or more, and not all 0"),
            SampleError::NoDeviation(stratum) => {
                write!(f, "--sd gives no standard deviation for `{stratum}`; name the same strata in both")
            }
        }
    }
}

impl std::error::Error for SampleError {}

impl Told for SampleError {
    fn zh(&self) -> String {
        match self {
            SampleError::OutOfRange => {
                "比例、误差和置信度须在 0 与 1 之间，回收率不超过 1，设计效应和数量须大于 0".to_owned()
            }
            SampleError::BadSizes => "层的大小和标准差须不小于 0，且不全为 0".to_owned(),
            SampleError::NoDeviation(stratum) => format!("--sd 没有给出层 `{stratum}` 的标准差；两处的层须一致"),
        }
    }
}

fn refused(error: SampleError) -> Failure {
    Failure::told(Exit::Refused, error)
}

impl Size {
    fn run(self, context: &Context) -> Result<Exit, Failure> {
        let planned = Planned {
            share: self.share.float,
            margin: self.margin.float,
            level: self.level.float,
            deff: self.deff.float,
            population: self.population,
            response: self.response.float,
        };
        let n = sample_size(&planned).ok_or_else(|| refused(SampleError::OutOfRange))?;
        let mut table = Table::new(&[Column::new("n", "应抽人数", "people to draw")]);
        table.push(vec![Cell::Number(n.to_string())]);
        context.show(&table, self.format)?;
        Ok(Exit::Done)
    }
}

impl Allocate {
    fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut sizes = self.strata.0;
        if let Some(deviations) = &self.sd {
            for (stratum, size) in &mut sizes {
                let own = deviations.0.iter().find(|(name, _)| name == stratum);
                let (_, deviation) = own.ok_or_else(|| refused(SampleError::NoDeviation(stratum.clone())))?;
                *size = size.times(*deviation);
            }
        }
        let parts = allocate(self.n, &sizes).ok_or_else(|| refused(SampleError::BadSizes))?;
        let mut table = Table::new(&[Column::new("stratum", "层", "stratum"), Column::new("n", "样本量", "n")]);
        for part in parts {
            table.push(vec![Cell::text(part.stratum), Cell::Number(part.n.to_string())]);
        }
        context.show(&table, self.format)?;
        Ok(Exit::Done)
    }
}

impl Change {
    fn run(self, context: &Context) -> Result<Exit, Failure> {
        let change = detectable_change(self.share.float, self.deff.float, self.n);
        let change = change.ok_or_else(|| refused(SampleError::OutOfRange))?;
        let mut table = Table::new(&[Column::new("change", "可检出的变化", "detectable change")]);
        let shown = match self.format {
            Format::Table => format!("{change:.4}"),
            Format::Csv | Format::Json => change.to_string(),
        };
        table.push(vec![Cell::Number(shown)]);
        context.show(&table, self.format)?;
        Ok(Exit::Done)
    }
}
