use super::{engine, read_unpublished, reference_of, round_of};
use crate::language::Words;
use crate::native::cli::progress::Progress;
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Table};
use crate::native::host::NATIVE;
use crate::native::publish::text_of;
use crate::plan::pick;
use crate::simulate::{CoverageError, Held, Population, Stated, coverage};
use clap::Args;
use std::path::PathBuf;
use std::rc::Rc;

/// Everybody of a population is asked through the real engine; then samples are drawn from them with replacement, counted by
/// the real tally, and all its 95% intervals compared with what all said.
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
    Column::new("of", "区间的数", "interval of"),
    Column::new("stated", "给出的区间", "intervals stated"),
    Column::new("held", "包含真值的", "held the truth"),
    Column::new("percent", "覆盖率 %", "coverage %"),
];

impl SimulateCoverage {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let plan = Rc::new(read_unpublished(&self.plan)?);
        let round = round_of(&plan, self.round)?;
        let population = Population::new(&plan, &round, self.population as usize, self.seed)
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
            let name = if self.format == Format::Table { label } else { &unit.unit };
            for stated in Stated::ALL {
                let Held { stated: count, held } = unit.of(stated);
                let percent = match count {
                    0 => Cell::None,
                    count => Cell::Number(format!("{:.1}", held as f64 * 100.0 / count as f64)),
                };
                let (key, words) = of_what(stated);
                let what = if self.format == Format::Table { words.of(context.lang) } else { key };
                let (count, held) = (Cell::count(count as usize), Cell::count(held as usize));
                table.push(vec![Cell::text(name), Cell::text(what), count, held, percent]);
            }
        }
        context.show(&table, self.format)?;
        let all = Stated::ALL.map(|stated| (of_what(stated).1, found.of(stated)));
        let classes = Words::pair("同类全部名次范围同时", "all rank ranges of a class at once");
        for (what, held) in all.into_iter().chain([(classes, found.classes)]) {
            let line = match held.share() {
                Some((share, low, high)) => {
                    let [share, low, high] = [share, low, high].map(|part| format!("{:.1}", part * 100.0));
                    let Held { stated, held } = held;
                    Words::pair(
                        "{0}：95% 区间中有 {1}/{2} 个（{3}%，{4}%–{5}%）包含全体的真值；范围按各区间相互独立计算",
                        "{0}: {1} of {2} intervals at 95% ({3}%, {4}% to {5}%) held what all said; the range takes them as independent",
                    )
                    .fill(context.lang, &[what.of(context.lang), &held.to_string(), &stated.to_string(), &share, &low, &high])
                }
                None => Words::pair("{0}：没有给出区间", "{0}: no interval was stated")
                    .fill(context.lang, &[what.of(context.lang)]),
            };
            aside!("minping: {line}");
        }
        Ok(Exit::Done)
    }
}

/// Its name for programs and for people.
fn of_what(stated: Stated) -> (&'static str, Words) {
    match stated {
        Stated::Rate => ("rate", Words::pair("满意率", "satisfaction rate")),
        Stated::Score => ("score", Words::pair("满意度得分", "score")),
        Stated::Index => ("index", Words::pair("综合指数", "index")),
        Stated::AgainstClass => ("against_class", Words::pair("与同类平均之差", "difference from the class mean")),
        Stated::Rank => ("rank", Words::pair("名次范围", "rank range")),
    }
}
