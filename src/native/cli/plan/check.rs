use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Lang, Table, Words, read_text};
use crate::plan::{self, Problem, Severity};
use clap::Args;
use std::path::{Path, PathBuf};

/// Names everything that is wrong with plan files: where, what was found, what to do.
///
/// Ends with 0 when every plan can be run (warnings may remain), 1 when one cannot, 3 when a file cannot be read.
#[derive(Args)]
pub struct Check {
    /// Plan files (JSON)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How problems are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: [Column; 8] = [
    Column::new("file", "文件", "file"),
    Column::new("line", "行", "line"),
    Column::new("column", "列", "column"),
    Column::new("severity", "程度", "severity"),
    Column::new("code", "代码", "code"),
    Column::new("path", "路径", "path"),
    Column::new("found", "发现", "found"),
    Column::new("advice", "怎么办", "what to do"),
];

impl Check {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut exit = Exit::Done;
        let mut table = Table::new(&COLUMNS);
        for path in &self.files {
            // A file that cannot be read does not keep the others from being checked.
            let text = match read_text(path) {
                Ok(text) => text,
                Err(error) => {
                    let failure = Failure::from(error);
                    failure.report(context.lang);
                    exit = if exit == Exit::Trouble { exit } else { failure.exit() };
                    continue;
                }
            };
            let problems = plan::check(&text);
            if exit == Exit::Done && problems.iter().any(|p| p.severity() == Severity::Error) {
                exit = Exit::Refused;
            }
            match self.format {
                Format::Table => {
                    context.print(&describe(path, &problems, context.lang))?;
                    // How long a plan takes that cannot be run says nothing.
                    if problems.iter().all(|p| p.severity() == Severity::Warning) {
                        context.print(&describe_burden(&text, context.lang))?;
                    }
                }
                Format::Csv | Format::Json => {
                    problems.iter().for_each(|problem| table.push(row(path, problem, context.lang)));
                }
            }
        }
        if self.format != Format::Table {
            context.show(&table, self.format)?;
        }
        Ok(exit)
    }
}

fn row(path: &Path, problem: &Problem, lang: Lang) -> Vec<Cell> {
    let number = |n: Option<usize>| n.map_or(Cell::None, Cell::count);
    vec![
        Cell::text(path.to_string_lossy()),
        number(problem.place.map(|p| p.line)),
        number(problem.place.map(|p| p.column)),
        Cell::text(severity_name(problem.severity())),
        Cell::text(problem.code.name()),
        Cell::text(&problem.path),
        Cell::text(problem.found(lang.tag())),
        Cell::text(problem.advice(lang.tag())),
    ]
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// How long each questionnaire takes.
fn describe_burden(text: &str, lang: Lang) -> String {
    let mut lines = String::new();
    for burden in plan::burdens(text) {
        let (id, minutes) = (burden.questionnaire, burden.minutes);
        lines += &match (lang, minutes < 1.0) {
            (Lang::Zh, true) => format!("  问卷 {id}: 全部答完不到 1 分钟\n"),
            (Lang::Zh, false) => format!("  问卷 {id}: 全部答完约 {minutes:.0} 分钟\n"),
            (Lang::En, true) => format!("  questionnaire {id}: under a minute to answer everything\n"),
            (Lang::En, false) => format!("  questionnaire {id}: about {minutes:.0} min to answer everything\n"),
        };
    }
    lines
}

/// What people read: the file, then each problem under its place.
fn describe(path: &Path, problems: &[Problem], lang: Lang) -> String {
    let errors = problems.iter().filter(|p| p.severity() == Severity::Error).count();
    let warnings = problems.len() - errors;
    let verdict = match (errors, warnings) {
        (0, 0) => lang.pick(Words { zh: "没有问题", en: "no problems" }).to_owned(),
        _ => {
            let (zh, en) = (lang == Lang::Zh, |n: usize| if n == 1 { "" } else { "s" });
            let mut parts = Vec::new();
            if errors > 0 {
                parts.push(if zh { format!("{errors} 处错误") } else { format!("{errors} error{}", en(errors)) });
            }
            if warnings > 0 {
                parts.push(if zh {
                    format!("{warnings} 处提醒")
                } else {
                    format!("{warnings} warning{}", en(warnings))
                });
            }
            parts.join(lang.pick(Words { zh: ",", en: ", " }))
        }
    };
    let mut text = format!("{}: {verdict}\n", path.display());
    for problem in problems {
        let place = problem.place.map_or(String::from("-"), |p| format!("{}:{}", p.line, p.column));
        let severity = lang.pick(match problem.severity() {
            Severity::Error => Words { zh: "错误", en: "error" },
            Severity::Warning => Words { zh: "提醒", en: "warning" },
        });
        let pointer = if problem.path.is_empty() { "/" } else { &problem.path };
        let (found, advice) = (problem.found(lang.tag()), problem.advice(lang.tag()));
        for line in [
            format!("  {place} {severity} {} {pointer}", problem.code.name()),
            format!("      {found}"),
            format!("      → {advice}"),
        ] {
            // A plan's own words must not break the lines, nor reach the terminal as commands.
            text.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
            text.push('\n');
        }
    }
    text
}
