//! The command line. One file per command; each reads its arguments, calls the core and says what came of it.
//!
//! A command is a `clap::Args` struct with `run(self, context: &Context) -> Result<Exit, Failure>`, and an arm of
//! [`Command`]. What it shows goes through [`Context::show`] or [`Context::say`] (standard output); what went wrong
//! is returned as a [`Failure`] and printed once, here (standard error).

/// Says something on standard error. Where nobody listens any more, nothing is said and the work goes on.
macro_rules! aside {
    ($($told:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($told)*);
    }};
}

mod attachments;
mod backcheck;
mod contacts;
mod decide;
pub mod demo;
mod draw;
mod earlier;
mod estimate;
pub mod exit;
mod export;
mod fieldwork;
mod findings;
pub mod format;
mod hall;
pub mod intake;
pub mod keys;
pub mod lang;
pub mod link;
mod merge;
pub mod office;
mod open;
pub mod plan;
mod posters;
mod progress;
mod quality;
mod quota;
mod recompute;
mod records;
mod rectify;
mod report;
pub mod roster;
mod round;
mod sample;
mod sent;
pub mod serve;
mod simulate;
mod suggestions;
mod tally;
pub mod told;

pub use crate::report::{Cell, Column, Table};
pub use exit::{Exit, Failure, FileError, read_text};
pub use format::Format;
pub use lang::{Lang, Words};
pub use told::Told;

use clap::{Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// Minping 民评: public satisfaction evaluation from the plan to the published result
#[derive(Parser)]
#[command(name = "minping", version, about, disable_help_subcommand = true)]
struct Cli {
    /// Language of messages; by default from LC_ALL, LC_MESSAGES or LANG
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check and describe plans 方案
    #[command(subcommand)]
    Plan(plan::Plan),
    /// Make and show the office's keys 密钥
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Enrol and revoke devices 设备名册
    #[command(subcommand)]
    Roster(roster::RosterCommand),
    Link(link::MakeLink),
    Posters(Box<posters::Posters>),
    /// Verify batch files and say what each is 核验批次
    Open(open::Open),
    /// Merge batch files into a ledger 合并批次
    Merge(merge::Merge),
    /// Decide about single batches and records, with name and reason 处理决定
    #[command(subcommand)]
    Decide(Box<decide::Decide>),
    /// Count records and compute scores 计票计分
    Tally(tally::Tally),
    /// Flag what looks odd in the records, for people to judge 质量检查
    Quality(Box<quality::Quality>),
    /// Progress of the quotas, cell by cell, and the signed standing for devices 配额进度
    Quota(Box<quota::Quota>),
    /// How far a round is: who has handed over what, and what is missing 覆盖与进度
    Progress(Box<fieldwork::Progress>),
    /// Compare what a device says it sent with the batches that are here 核对已交清单
    Sent(Box<sent::Sent>),
    /// Lists of cases for devices, and what became of them: dispositions, response rates 接触与应答率
    #[command(subcommand)]
    Contacts(contacts::ContactsCommand),
    /// Write the report of a round as one HTML file 测评报告
    Report(report::WriteReport),
    /// Write the data for other programs: Excel, SPSS, R, DuckDB, archives 导出数据
    Export(Box<export::Export>),
    /// Work published numbers out again from the published counts 复算公布数据
    Recompute(recompute::Recompute),
    /// Draw records to ask again, and compare the second answers with the first 回访核查
    #[command(subcommand)]
    Backcheck(backcheck::BackcheckCommand),
    /// What became of each finding: cases, deadlines, replies, call-backs, appeals 整改台账
    #[command(subcommand)]
    Rectify(rectify::RectifyCommand),
    /// What people wrote: search, tags, names and numbers masked, words, groups, what is published 意见建议
    #[command(subcommand)]
    Suggestions(Box<suggestions::SuggestionsCommand>),
    /// The signed protocol of a ballot in a hall: check it, show it, print it 现场测评报告单
    #[command(subcommand)]
    Hall(Box<hall::HallCommand>),
    /// Estimates from any CSV table, with their errors 抽样估计
    Estimate(Box<estimate::Estimate>),
    /// Numbers of earlier rounds as CSV, held against the plan 导入以前的轮次
    Earlier(earlier::EarlierRounds),
    /// Sample sizes and allocations before a round 样本设计
    #[command(subcommand)]
    Sample(sample::SampleCommand),
    /// Draw a random sample from a frame 随机抽样
    Draw(Box<draw::Draw>),
    /// Rounds without people: to try the way to the report, and whether intervals hold 模拟
    #[command(subcommand)]
    Simulate(simulate::Simulate),
    /// Try everything on this machine: app, receiver and ready plans 演示
    Demo(demo::Demo),
    /// Receive batches and serve the app 接收端
    Serve(serve::Serve),
}

/// What every command may use.
pub struct Context {
    pub lang: Lang,
}

impl Context {
    /// Prints a line on standard output.
    pub fn say(&self, line: &str) -> Result<(), Failure> {
        self.print(&[line, "\n"].concat())
    }

    /// Prints a table on standard output.
    pub fn show(&self, table: &Table, format: Format) -> Result<(), Failure> {
        self.print(&match format {
            Format::Table => table.to_text(self.lang),
            Format::Csv => table.to_csv(),
            Format::Json => table.to_json(),
        })
    }

    /// Prints a text as it is on standard output.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::output)
    }
}

/// Runs the program.
/// Whether the program knows these words, its own name first: for those who check what is written about it.
///
/// # Errors
/// What is wrong with them.
pub fn understand<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<(), clap::Error> {
    Cli::try_parse_from(words).map(|_| ())
}

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let context = Context { lang: cli.lang.unwrap_or_else(Lang::from_environment) };
    let result = match cli.command {
        Command::Plan(command) => command.run(&context),
        Command::Keys(command) => command.run(&context),
        Command::Roster(command) => command.run(&context),
        Command::Link(command) => command.run(&context),
        Command::Posters(command) => command.run(&context),
        Command::Open(command) => command.run(&context),
        Command::Merge(command) => command.run(&context),
        Command::Decide(command) => command.run(&context),
        Command::Tally(command) => command.run(&context),
        Command::Quality(command) => command.run(&context),
        Command::Quota(command) => command.run(&context),
        Command::Progress(command) => command.run(&context),
        Command::Sent(command) => command.run(&context),
        Command::Contacts(command) => command.run(&context),
        Command::Report(command) => command.run(&context),
        Command::Export(command) => command.run(&context),
        Command::Recompute(command) => command.run(&context),
        Command::Backcheck(command) => command.run(&context),
        Command::Rectify(command) => command.run(&context),
        Command::Suggestions(command) => command.run(&context),
        Command::Hall(command) => command.run(&context),
        Command::Estimate(command) => command.run(&context),
        Command::Earlier(command) => command.run(&context),
        Command::Sample(command) => command.run(&context),
        Command::Draw(command) => command.run(&context),
        Command::Simulate(command) => command.run(&context),
        Command::Demo(command) => command.run(&context),
        Command::Serve(command) => command.run(&context),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            failure.report(context.lang);
            failure.exit().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_of_all_commands_are_consistent() {
        Cli::command().debug_assert();
    }
}
