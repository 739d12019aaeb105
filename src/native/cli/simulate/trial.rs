use super::{engine, read_unpublished, reference_of, round_of};
use crate::native::cli::progress::Progress;
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Table};
use crate::native::host::NATIVE;
use crate::native::publish::text_of;
use crate::plan::pick;
use crate::simulate::{CoverageError, Population, coverage};
use clap::Args;
use std::path::PathBuf;
use std::rc::Rc;

/// Everybody of a population is asked through the real engine; then samples are drawn from them with replacement, counted by
/// the real tally, and its 95% intervals of the satisfaction rates compared with what all said.
#[derive(Args)]
pub struct SimulateCoverage {
    /// Plan, not published
    plan: PathBuf,
    /// Round; by default the plan's first
    #[arg(long)]
    round: Option<String>,
    /// People in the population
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(10..=1_000_000))]
    population: u32,
    /// People in each sample
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    sample: u32,
    /// Samples
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    samples: u32,
    /// What chance follows from: the same seed makes the same people and samples
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: &[Column] = &[
    Column::new("unit", "单位", "unit"),
    Column::new("stated", "给出的区间", "intervals stated"),
    Column::new("held", "包含真值的", "held the truth"),
    Column::new("percent", "覆盖率 %", "coverage %"),
];

impl SimulateCoverage {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let plan = Rc::new(read_unpublished(&self.plan)?);
        let round = round_of(&plan, self.round)?;
        let population = Population::new(&plan, self.population as usize, self.seed)
            .map_err(|error| engine(CoverageError::Nobody(error)))?;
        let reference = reference_of(&plan, &text_of(&plan))?;
        let mut progress = Progress::new("samples", self.samples as usize);
        let size = (self.sample as usize, self.samples as usize);
        let found =
            coverage(&plan, &reference, &round, &population, size, &NATIVE, || progress.add(1)).map_err(engine)?;
        progress.finish();
        let mut table = Table::new(COLUMNS);
        for unit in &found.units {
            let of = plan.unit(&unit.unit);
            let label = of.map(|of| pick(&of.label, context.lang.tag(), &plan.languages[0])).unwrap_or_default();
            let percent = match unit.stated {
                0 => Cell::None,
                stated => Cell::Number(format!("{:.1}", unit.held as f64 * 100.0 / stated as f64)),
            };
            let name = if self.format == Format::Table { label } else { &unit.unit };
            table.push(vec![
                Cell::text(name),
                Cell::count(unit.stated as usize),
                Cell::count(unit.held as usize),
                percent,
            ]);
        }
        context.show(&table, self.format)?;
        let (zh, en) = match found.share() {
            Some((share, low, high)) => {
                let [share, low, high] = [share, low, high].map(|part| format!("{:.1}", part * 100.0));
                let (held, stated) = (found.held(), found.stated());
                (
                    format!("95% 区间中有 {held}/{stated} 个（{share}%，{low}%–{high}%）包含全体的真值；范围按各区间相互独立计算"),
                    format!("{held} of {stated} intervals at 95% ({share}%, {low}% to {high}%) held what all said; the range takes them as independent"),
                )
            }
            None => (
                "此方案的计票不给区间：人群加权，或一名测评者对同一指标回答多次".to_owned(),
                "the tally states no interval for this plan: rater groups are weighted, or a rater answers for an indicator more than once".to_owned(),
            ),
        };
        eprintln!("minping: {}", if context.lang.tag() == "zh" { zh } else { en });
        Ok(Exit::Done)
    }
}
