use crate::native::cli::demo::day;
use crate::native::cli::round::check_round;
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Lang, Table, Words, read_text};
use crate::plan::{self, Dated, Plan, Text, When, calendar, pick, to_ics};
use clap::Args;
use std::path::PathBuf;
use std::time::SystemTime;

/// Lists the plan's work steps with their days: what is to be done besides asking, by whom, and what it leaves. Marks what is
/// due on a day; `--format ics` is a file for calendar programs, with reminders.
///
/// A step that belongs to every round is listed once for each. Steps of a published plan: give the plan as it was before, for
/// publishing leaves them out.
#[derive(Args)]
pub struct Steps {
    /// The plan (JSON)
    plan: PathBuf,
    /// Day for which steps are marked; by default today (UTC)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = read_day)]
    on: Option<i64>,
    /// Only what is due on that day, or was due before it
    #[arg(long)]
    due: bool,
    /// Only steps of this round; those with days of their own are left out
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// How the list is shown
    #[arg(long, value_enum, default_value_t)]
    format: StepsFormat,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum StepsFormat {
    /// Aligned columns for people
    #[default]
    Table,
    /// For spreadsheets
    Csv,
    /// For programs: an array of objects
    Json,
    /// For calendar programs: iCalendar (RFC 5545), with a reminder on the first and the last day of each step
    Ics,
}

const COLUMNS: [Column; 8] = [
    Column::new("from", "开始", "from"),
    Column::new("to", "结束", "to"),
    Column::new("when", "状态", "when"),
    Column::new("round", "轮次", "round"),
    Column::new("step", "编号", "step"),
    Column::new("label", "工作", "what"),
    Column::new("owner", "负责", "owner"),
    Column::new("produces", "形成文件", "leaves"),
];

const NO_STEPS: Words =
    Words { zh: "方案没有工作步骤（`work_steps`）", en: "the plan has no work steps (`work_steps`)" };

/// A day as `YYYY-MM-DD`, in days since 1970-01-01.
fn read_day(text: &str) -> Result<i64, String> {
    let day = Some(text).filter(|text| text.len() == 10).and_then(crate::expression::parse_day);
    day.ok_or_else(|| "a day is written as YYYY-MM-DD, such as 2026-06-01".to_owned())
}

impl Steps {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let plan = plan::load(&read_text(&self.plan)?).map_err(|error| Failure::told(Exit::Refused, error))?;
        check_round(&plan, self.round.as_deref())?;
        let on = self.on.unwrap_or_else(|| day::of(SystemTime::now()));
        let steps = plan.work_steps.read().expect("the steps of a plan that was loaded are steps");
        let mut dated = calendar(&plan, &steps);
        if let Some(id) = &self.round {
            dated.retain(|dated| dated.round.is_some_and(|round| round.id == *id));
        }
        if self.due {
            dated.retain(|dated| matches!(dated.on(on), When::Due | When::Over));
        }
        let format = match self.format {
            StepsFormat::Ics => {
                context.print(&to_ics(&plan, &dated, on, context.lang))?;
                return Ok(Exit::Done);
            }
            StepsFormat::Table => Format::Table,
            StepsFormat::Csv => Format::Csv,
            StepsFormat::Json => Format::Json,
        };
        let mut table = Table::new(&COLUMNS);
        dated.iter().for_each(|dated| table.push(row(&plan, dated, on, format, context.lang)));
        context.show(&table, format)?;
        if format == Format::Table {
            aside!("minping: {}", note(&dated, steps.is_empty(), on, context.lang));
        }
        Ok(Exit::Done)
    }
}

fn said<'a>(plan: &'a Plan, text: &'a Text, lang: Lang) -> &'a str {
    pick(text, lang.tag(), &plan.languages[0])
}

fn row(plan: &Plan, dated: &Dated, on: i64, format: Format, lang: Lang) -> Vec<Cell> {
    let step = dated.step;
    let day = |day: Option<i64>| day.map_or(Cell::None, |day| Cell::text(day::write(day)));
    let round = dated.round.map(|round| match format {
        Format::Table => said(plan, &round.label, lang),
        Format::Csv | Format::Json => round.id.as_str(),
    });
    let when = dated.on(on);
    vec![
        day(dated.days.map(|(from, _)| from)),
        day(dated.days.map(|(_, to)| to)),
        Cell::text(if format == Format::Table { lang.pick(words(when)) } else { name(when) }),
        round.map_or(Cell::None, Cell::text),
        Cell::text(&step.id),
        Cell::text(said(plan, &step.label, lang)),
        Cell::text(said(plan, &step.owner, lang)),
        step.produces.as_ref().map_or(Cell::None, |text| Cell::text(said(plan, text, lang))),
    ]
}

/// For programs.
fn name(when: When) -> &'static str {
    match when {
        When::Ahead => "ahead",
        When::Due => "due",
        When::Over => "over",
        When::Unknown => "unknown",
    }
}

fn words(when: When) -> Words {
    match when {
        When::Ahead => Words { zh: "未到", en: "ahead" },
        When::Due => Words { zh: "▶ 正在进行", en: "▶ due" },
        When::Over => Words { zh: "已过期限", en: "over" },
        When::Unknown => Words { zh: "轮次未定日期", en: "the round has no day yet" },
    }
}

fn note(dated: &[Dated], none: bool, on: i64, lang: Lang) -> String {
    if none {
        return lang.pick(NO_STEPS).to_owned();
    }
    let count = |when: When| dated.iter().filter(|dated| dated.on(on) == when).count();
    let (due, over, ahead, unknown) = (count(When::Due), count(When::Over), count(When::Ahead), count(When::Unknown));
    let day = day::write(on);
    match lang {
        Lang::Zh => format!("{day}：正在进行 {due} 项，已过期限 {over} 项，未到 {ahead} 项，日期未定 {unknown} 项"),
        Lang::En => format!("{day}: {due} due, {over} over, {ahead} ahead, {unknown} without a day"),
    }
}
