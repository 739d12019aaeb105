use super::{Cell, Column, Context, Exit, Failure, Format, Lang, Table, Told, read_text};
use crate::export::{Finding, Published, PublishedError, Verdict, recompute};
use crate::native::cli::office::read_plan;
use clap::Args;
use std::fmt;
use std::path::PathBuf;

/// Needs nothing but the published file: no key, no record, no network. Every score, rate, interval, index and rank is worked
/// out again from the counts beside it. Exit code 1 when a number differs.
#[derive(Args)]
pub struct Recompute {
    /// A file of `minping export --format published`
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Also check that it is of this published plan
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Also list the numbers that are equal
    #[arg(long)]
    all: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug)]
enum RecomputeError {
    File { path: PathBuf, error: PublishedError },
    OtherPlan { path: PathBuf, found: String, wanted: String },
}

impl Recompute {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let text = read_text(&self.file)?;
        let data = Published::parse(&text)
            .map_err(|error| Failure::told(Exit::Refused, RecomputeError::File { path: self.file.clone(), error }))?;
        if let Some(path) = &self.plan {
            let (_, reference) = read_plan(path)?;
            if reference.digest.as_str() != data.digest {
                let (found, wanted) = (data.digest, reference.digest.as_str().to_owned());
                return Err(Failure::told(
                    Exit::Refused,
                    RecomputeError::OtherPlan { path: path.clone(), found, wanted },
                ));
            }
        }
        let findings = recompute(&data);
        let count = |wanted: fn(&Verdict) -> bool| findings.iter().filter(|finding| wanted(&finding.verdict)).count();
        let shown = findings.iter().filter(|finding| match finding.verdict {
            Verdict::Different { .. } | Verdict::NotRecomputable(_) => true,
            Verdict::Absent => false,
            Verdict::Equal | Verdict::AgreesWithinRounding => self.all,
        });
        let table = table(shown, context.lang);
        if !table.rows.is_empty() || self.format != Format::Table {
            context.show(&table, self.format)?;
        }
        let equal = count(|verdict| matches!(verdict, Verdict::Equal));
        let near = count(|verdict| matches!(verdict, Verdict::AgreesWithinRounding));
        let different = count(|verdict| matches!(verdict, Verdict::Different { .. }));
        let not = count(|verdict| matches!(verdict, Verdict::NotRecomputable(_)));
        aside!(
            "minping: {}",
            match context.lang {
                Lang::Zh => format!("复算相等 {equal}，在舍入范围内一致 {near}，不相等 {different}，不能复算 {not}"),
                Lang::En => format!(
                    "{equal} equal, {near} agree within rounding, {different} different, {not} cannot be recomputed"
                ),
            }
        );
        Ok(if different > 0 { Exit::Refused } else { Exit::Done })
    }
}

fn table<'a>(findings: impl Iterator<Item = &'a Finding>, lang: Lang) -> Table {
    let mut table = Table::new(&[
        Column::new("place", "何处", "where"),
        Column::new("column", "列", "column"),
        Column::new("verdict", "结果", "result"),
        Column::new("published", "公布", "published"),
        Column::new("recomputed", "复算", "recomputed"),
        Column::new("why", "原因", "why"),
    ]);
    let zh = lang == Lang::Zh;
    for finding in findings {
        let (code, words) = match finding.verdict {
            Verdict::Equal => ("equal", "相等"),
            Verdict::AgreesWithinRounding => ("within_rounding", "舍入范围内一致"),
            Verdict::Different { .. } => ("different", "不相等"),
            Verdict::NotRecomputable(_) => ("not_recomputable", "不能复算"),
            Verdict::Absent => ("absent", "未公布"),
        };
        let (published, recomputed) = match &finding.verdict {
            Verdict::Different { published, recomputed } => (Cell::text(published), Cell::text(recomputed)),
            _ => (Cell::None, Cell::None),
        };
        let why = match finding.verdict {
            Verdict::NotRecomputable(why) => Cell::text(why.words().of(lang)),
            _ => Cell::None,
        };
        table.push(vec![
            Cell::text(finding.place.join(" / ")),
            Cell::text(&finding.column),
            Cell::text(if zh { words } else { code }),
            published,
            recomputed,
            why,
        ]);
    }
    table
}

impl fmt::Display for RecomputeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecomputeError::File { path, error } => write!(f, "{}: {error}", path.display()),
            RecomputeError::OtherPlan { path, found, wanted } => write!(
                f,
                "{}: the numbers are of the plan with digest {found}, and this one has {wanted}; give the plan that was published",
                path.display()
            ),
        }
    }
}

impl std::error::Error for RecomputeError {}

impl Told for RecomputeError {
    fn zh(&self) -> String {
        match self {
            RecomputeError::File { path, error } => format!("{}：{}", path.display(), error.zh()),
            RecomputeError::OtherPlan { path, found, wanted } => {
                format!(
                    "{}：这些数属于摘要为 {found} 的方案，此方案的摘要是 {wanted}；请给出当时发布的方案",
                    path.display()
                )
            }
        }
    }
}
