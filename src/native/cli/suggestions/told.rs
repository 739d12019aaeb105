use crate::language::Language;
use crate::native::cli::{Exit, Failure, Told};
use crate::suggestions::NotesError;
use std::fmt;
use std::path::PathBuf;

/// Why a command on suggestions did nothing.
#[derive(Debug)]
pub enum SuggestionsError {
    Notes(PathBuf, NotesError),
    /// The notes are of another plan: their own, and the one that was given.
    OtherPlan(String, String),
    Sealed(u64),
    /// No text, or several, have an id that begins so.
    UnknownId(String, usize),
    /// Nobody said who writes, or what.
    NothingSaid,
    /// No text was chosen for a decision.
    NoneChosen,
    /// The words do not stand in the text.
    NotThere(String),
    /// What is to be released is not what was shown.
    NotSeen,
    UnknownUnit(String),
    UnknownIndicator(String),
    /// The file is not marked as the finder's measure needs it.
    NotMarked(PathBuf),
    OtherFile(PathBuf),
}

impl SuggestionsError {
    pub fn refused(self) -> Failure {
        Failure::told(Exit::Refused, self)
    }

    fn say(&self, zh: bool) -> String {
        let pick = |chinese: String, english: String| if zh { chinese } else { english };
        match self {
            SuggestionsError::Notes(path, error) => pick(
                format!("{}：{}", path.display(), error.told(Language::Zh)),
                format!("{}: {}", path.display(), error.told(Language::En)),
            ),
            SuggestionsError::OtherPlan(own, given) => pick(
                format!("处理文件属于方案 `{own}`，给出的方案是 `{given}`；请给出同一方案"),
                format!("the notes are of the plan `{own}`, and the plan given is `{given}`; give the same plan"),
            ),
            SuggestionsError::Sealed(count) => pick(
                format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件"),
                format!("{count} records are sealed; give the office's key file with --keys"),
            ),
            SuggestionsError::UnknownId(id, with) => pick(
                format!("--id {id}：以此开头的意见有 {with} 条；请照 `minping suggestions list` 列出的编号写"),
                format!(
                    "--id {id}: {with} texts have an id that begins so; write it as `minping suggestions list` shows it"
                ),
            ),
            SuggestionsError::NothingSaid => pick(
                "没有写经办人，或者没有写要记什么；请用 --by 写明经办人".to_owned(),
                "nobody is named, or there is nothing to write down; name who decides with --by".to_owned(),
            ),
            SuggestionsError::NoneChosen => pick(
                "没有选出任何意见；请用 --id、--search 等说明是哪些".to_owned(),
                "no text is chosen; say which with --id, --search and the like".to_owned(),
            ),
            SuggestionsError::NotThere(words) => pick(
                format!("--words：意见里没有“{words}”；请照原文写"),
                format!("--words: `{words}` does not stand in the text; write it as it stands there"),
            ),
            SuggestionsError::NotSeen => pick(
                "--seen：这些意见和列出来看过的不一样（多了、少了，或者遮盖变了）；请用同样的条件再运行 `minping suggestions list`，逐条看过，用它最后给出的码"
                    .to_owned(),
                "--seen: these texts are not those that were listed (more, fewer, or masked otherwise); run `minping suggestions list` with the same choice again, read them, and give the code that it says at the end"
                    .to_owned(),
            ),
            SuggestionsError::UnknownUnit(id) => pick(
                format!("--unit：方案里没有对象 `{id}`；请改正编号"),
                format!("--unit: the plan has no unit `{id}`; correct the id"),
            ),
            SuggestionsError::UnknownIndicator(id) => pick(
                format!("--indicator：方案里没有指标 `{id}`；请改正编号"),
                format!("--indicator: the plan has no indicator `{id}`; correct the id"),
            ),
            SuggestionsError::NotMarked(path) => pick(
                format!("{}：标注写法不对；写法见 docs/suggestions.md", path.display()),
                format!("{}: the marks are not written as they have to be; see docs/suggestions.md", path.display()),
            ),
            SuggestionsError::OtherFile(path) => pick(
                format!("{}：此文件不是本程序写的，原样保留；请另取名称", path.display()),
                format!(
                    "{}: this file was not written by this program, and is left as it is; choose another name",
                    path.display()
                ),
            ),
        }
    }
}

impl fmt::Display for SuggestionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(false))
    }
}

impl std::error::Error for SuggestionsError {}

impl Told for SuggestionsError {
    fn zh(&self) -> String {
        self.say(true)
    }
}
