//! Findings of a round, and what became of them in the next.

use super::shelf::read_plans_book;
use super::told::RectifyError;
use crate::json::{self, Node};
use crate::ledger::Account;
use crate::native::cli::intake::{Intake, Opened, Taking};
use crate::native::cli::round::check_round;
use crate::native::cli::{Context, Exit, Failure, Format, Lang, findings, read_text};
use crate::plan::Decimal;
use crate::rectification::{Figure, Measure, Opening, Source, Thresholds, propose};
use crate::report::{findings_table, later, later_note, later_table};
use crate::scores::{Counted, Scored, scored};
use crate::tally::{self, Results, results};
use clap::Args;
use std::fmt;
use std::path::{Path, PathBuf};

/// Nothing is opened: a person chooses. What rests on fewer answers than the plan's smallest cell is not among the findings,
/// since a case goes to the unit that it is about. Exit code as of `tally`.
#[derive(Args)]
pub struct Propose {
    #[command(flatten)]
    intake: Intake,
    /// Id of the round; by default the last that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Which number counts
    #[arg(long, value_enum, default_value = "score")]
    measure: Measure,
    /// Each indicator of a unit, instead of the unit as a whole
    #[arg(long)]
    by_indicator: bool,
    /// Below this number of points or per cent
    #[arg(long, value_name = "NUMBER", value_parser = number)]
    below: Option<Decimal>,
    /// Among so many lowest of its class
    #[arg(long, value_name = "N")]
    lowest: Option<u32>,
    /// Below the mean of its class
    #[arg(long)]
    below_class: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The later round's figures for the cases of a ledger, with 95 % intervals of the change. Rounds count as independent samples.
#[derive(Args)]
pub struct Compare {
    /// Ledger file
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    #[command(flatten)]
    intake: Intake,
    /// Id of the later round; by default the last that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// An argument that is no number.
#[derive(Debug)]
struct NoNumber;

impl fmt::Display for NoNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("give a number with at most six places, such as 72.5")
    }
}

impl std::error::Error for NoNumber {}

fn number(text: &str) -> Result<Decimal, NoNumber> {
    Decimal::parse(text).map_err(|_| NoNumber)
}

/// The results of a round that was named, or of the last that has a record.
fn counted(opened: &Opened, taking: &Taking, account: &Account<'_>, round: Option<&str>) -> Result<Results, Failure> {
    if account.balance.waiting > 0 {
        return Err(RectifyError::Sealed(account.balance.waiting).refused());
    }
    let rows = account.counted.iter().map(|(_, row)| *row);
    let tally = tally::Tally::of_rows(taking.ledger.codebook().clone(), rows);
    let rounds = opened.plan.rounds.iter().rev().filter(|known| round.is_none_or(|id| id == known.id));
    let mut made = rounds.filter_map(|known| results(&tally, &known.id));
    made.find(|results| results.records != Some(0)).ok_or_else(|| RectifyError::NoRecord.refused())
}

impl Propose {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.below.is_none() && self.lowest.is_none() && !self.below_class {
            return Err(Failure::told(Exit::Usage, RectifyError::NoThreshold));
        }
        let opened = self.intake.office.read()?;
        let plan = &opened.plan;
        check_round(plan, self.round.as_deref())?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        let results = counted(&opened, &taking, &account, self.round.as_deref())?;
        let thresholds = Thresholds {
            measure: self.measure,
            by_indicator: self.by_indicator,
            below: self.below,
            lowest: self.lowest,
            below_class: self.below_class,
        };
        let found = propose(plan, &results, &thresholds);
        let for_people = self.format == Format::Table;
        context.show(&findings_table(plan, &results.round, &found, for_people, context.lang), self.format)?;
        let round = &results.round;
        match context.lang {
            Lang::Zh => aside!("minping: 轮次 {round}：提出 {} 条，是否立案由人决定", found.len()),
            Lang::En => {
                aside!("minping: round {round}: {} findings; whether a case is opened people decide", found.len())
            }
        }
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

impl Compare {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let opened = self.intake.office.read()?;
        let plan = &opened.plan;
        let book = read_plans_book(&self.ledger, plan)?;
        check_round(plan, self.round.as_deref())?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        let after = counted(&opened, &taking, &account, self.round.as_deref())?.round;
        let rows = account.counted.iter().map(|(_, row)| *row);
        let all = Counted::of_rows(taking.ledger.codebook().clone(), rows);
        // The round of a case, where its records were given too.
        let rounds: Vec<Scored> = plan.rounds.iter().filter_map(|round| scored(&all, &round.id)).collect();
        let cases = book.cases();
        let found = later(plan, &cases, &rounds, &after);
        let for_people = self.format == Format::Table;
        context.show(&later_table(plan, &found, for_people, context.lang), self.format)?;
        aside!("minping: {}", later_note(&found, context.lang));
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

/// One finding out of a file of [`Propose`].
pub fn read_proposal(path: &Path, number: u32) -> Result<Opening, Failure> {
    let text = read_text(path)?;
    let rows = json::read(&text, |node: Node| node.as_list(row));
    let rows = rows.map_err(|error| RectifyError::Proposals(path.to_owned(), error.to_string()).refused())?;
    let found = rows.into_iter().find(|(no, _)| *no == u64::from(number));
    found.map(|(_, opening)| opening).ok_or_else(|| RectifyError::NoProposal(number).refused())
}

fn row(node: Node) -> (u64, Opening) {
    let decimal = |node: Node| {
        let found = node.as_number().and_then(|digits| Decimal::from_json(digits).ok());
        found.unwrap_or_else(|| {
            node.expected("a number");
            Decimal::from_millionths(0)
        })
    };
    let most = u64::from(u32::MAX);
    let figure = Figure {
        measure: Measure::ALL[node.one_of("measure", Measure::CODES)],
        value: decimal(node.object("value", |node| node)),
        interval: node.find("low").zip(node.find("high")).map(|(low, high)| (decimal(low), decimal(high))),
        nominal: node.text_or_none("nominal").is_some_and(|nominal| nominal == "yes"),
        n: node.whole("n", u64::MAX),
        rank: node
            .whole_or_none("rank", most)
            .zip(node.whole_or_none("of", most))
            .map(|(rank, of)| (rank as u32, of as u32)),
        threshold: node.find("threshold").map(decimal),
        scale: node.text("scale"),
    };
    let indicator = node.text_or_none("indicator_id").map(|id| (id, node.text("indicator")));
    let opening = Opening {
        name: String::new(),
        // In the language of the command: set by who opens the case.
        title: String::new(),
        source: Source::Score,
        unit: node.text("unit"),
        unit_id: Some(node.text("unit_id")),
        round: Some(node.text("round")),
        indicator,
        figure: Some(figure),
        suggestion: None,
    };
    (node.whole("no", most), opening)
}
