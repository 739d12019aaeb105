//! `minping suggestions …`: what people wrote 意见建议. Notes are a file that only grows, and holds nobody's words.

mod desk;
mod find;
mod look;
mod told;
mod write;

use super::{Context, Exit, Failure};
use clap::Subcommand;
pub use desk::read_notes;

#[derive(Subcommand)]
pub enum SuggestionsCommand {
    /// Make an empty file of notes for a plan 新建
    New(desk::New),
    /// Texts with what was decided about them; internal 清单（内部）
    List(look::List),
    /// How many have each tag, unit, indicator, item or state 计数
    Count(look::Count),
    /// Words that stand in most texts, found without a dictionary 常用词
    Words(look::WordList),
    /// Similar texts together, the largest group first 归并相似意见
    Groups(look::Groups),
    /// Add or remove the office's own tags 标签
    Tag(write::Tag),
    /// Say which unit and indicator a text concerns 归口
    Assign(write::Assign),
    /// Mask words in a text 遮盖
    Mask(write::Mask),
    /// Show words that are masked 取消遮盖
    Lift(write::Lift),
    /// Allow texts to be published as they are masked now 准予公布
    Release(write::Release),
    /// Say that texts are not to be published 不公布
    Withhold(write::Withhold),
    /// Answer texts; the answer is published with them 答复
    Answer(write::Answer),
    /// Write what was released, masked: a page for the public, or a CSV file 公布
    Publish(look::Publish),
    /// Merge other copies of the notes 合并副本
    Merge(desk::MergeCopies),
    /// Mask the lines of any text file; or measure the finder on a marked one 试用
    Find(find::FindIn),
}

impl SuggestionsCommand {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            SuggestionsCommand::New(command) => command.run(context),
            SuggestionsCommand::List(command) => command.run(context),
            SuggestionsCommand::Count(command) => command.run(context),
            SuggestionsCommand::Words(command) => command.run(context),
            SuggestionsCommand::Groups(command) => command.run(context),
            SuggestionsCommand::Tag(command) => command.run(context),
            SuggestionsCommand::Assign(command) => command.run(context),
            SuggestionsCommand::Mask(command) => command.run(context),
            SuggestionsCommand::Lift(command) => command.run(context),
            SuggestionsCommand::Release(command) => command.run(context),
            SuggestionsCommand::Withhold(command) => command.run(context),
            SuggestionsCommand::Answer(command) => command.run(context),
            SuggestionsCommand::Publish(command) => command.run(context),
            SuggestionsCommand::Merge(command) => command.run(context),
            SuggestionsCommand::Find(command) => command.run(context),
        }
    }
}
