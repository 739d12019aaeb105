//! `minping rectify …`: the rectification ledger 整改台账. A file of entries that only grows.

mod findings;
mod look;
mod shelf;
mod steps;
mod told;

use super::{Context, Exit, Failure};
use clap::Subcommand;
pub use shelf::{now, read_plans_book};

#[derive(Subcommand)]
pub enum RectifyCommand {
    /// Make an empty ledger for a plan 新建台账
    New(shelf::New),
    /// Findings of a round below the thresholds, for people to choose from 提出问题
    Propose(Box<findings::Propose>),
    /// Open a case: of a proposal, of a suggestion, or by hand 立案
    Open(Box<steps::Open>),
    /// Name the responsible unit and post 交办
    Assign(steps::Assign),
    /// Set measure and deadline 确定措施和时限
    Plan(steps::SetPlan),
    /// Move the deadline, for a reason 延期
    Extend(steps::Extend),
    /// Write down the unit's reply, with evidence 单位反馈
    Reply(steps::Reply),
    /// Write down a call-back 回访
    Callback(steps::Callback),
    /// Say whether the reply was found true 核查
    Verify(steps::Verify),
    /// Close a case 销号
    Close(steps::Close),
    /// Reopen a closed case 重新整改
    Reopen(steps::Reopen),
    /// Write down the unit's appeal 申诉
    Appeal(steps::Appeal),
    /// Decide an appeal 申诉处理
    Decide(steps::Decide),
    /// Correct or withdraw an earlier entry by a later one 更正
    Correct(steps::Correct),
    /// Cases, what is due and what is overdue 清单
    List(look::List),
    /// Every entry of a case 逐项记录
    Show(look::Show),
    /// Merge other copies into a ledger 合并副本
    Merge(shelf::MergeCopies),
    /// Cases before and after, with the interval of the change 前后对比
    Compare(Box<findings::Compare>),
    /// Write the ledger as one printable HTML file 打印台账
    Report(look::Print),
}

impl RectifyCommand {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            RectifyCommand::New(command) => command.run(context),
            RectifyCommand::Propose(command) => command.run(context),
            RectifyCommand::Open(command) => command.run(context),
            RectifyCommand::Assign(command) => command.run(context),
            RectifyCommand::Plan(command) => command.run(context),
            RectifyCommand::Extend(command) => command.run(context),
            RectifyCommand::Reply(command) => command.run(context),
            RectifyCommand::Callback(command) => command.run(context),
            RectifyCommand::Verify(command) => command.run(context),
            RectifyCommand::Close(command) => command.run(context),
            RectifyCommand::Reopen(command) => command.run(context),
            RectifyCommand::Appeal(command) => command.run(context),
            RectifyCommand::Decide(command) => command.run(context),
            RectifyCommand::Correct(command) => command.run(context),
            RectifyCommand::List(command) => command.run(context),
            RectifyCommand::Show(command) => command.run(context),
            RectifyCommand::Merge(command) => command.run(context),
            RectifyCommand::Compare(command) => command.run(context),
            RectifyCommand::Report(command) => command.run(context),
        }
    }
}
