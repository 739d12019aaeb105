use super::Misfit;
use crate::language::Language;
use std::fmt;

/// Why an entry was not made. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A member of the step that must say something is empty.
    Empty(&'static str),
    UnknownCase(String),
    UnknownEntry(String),
    /// Another case is called so.
    NameTaken(String),
    Misfit(Misfit),
    /// The correction would leave this later entry without its ground.
    Leaves {
        kind: &'static str,
        entry: String,
    },
    /// The day is after the moment of writing.
    Tomorrow(String),
    /// A respondent is called, and no item is named in which they agreed.
    NoConsent,
    /// The same entry is there already.
    Known,
}

impl Refusal {
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            Refusal::Empty(member) if zh => format!("`{member}` 不能为空"),
            Refusal::Empty(member) => format!("`{member}` must not be empty"),
            Refusal::UnknownCase(found) if zh => format!("台账里没有事项 `{found}`；请用 `minping rectify list` 查看编号"),
            Refusal::UnknownCase(found) => {
                format!("the ledger has no case `{found}`; `minping rectify list` shows their names")
            }
            Refusal::UnknownEntry(found) if zh => {
                format!("本事项没有记录 `{found}`；请用 `minping rectify show` 查看记录的编号")
            }
            Refusal::UnknownEntry(found) => {
                format!("the case has no entry `{found}`; `minping rectify show` shows their ids")
            }
            Refusal::NameTaken(name) if zh => format!("编号 `{name}` 已经有了；请另取一个"),
            Refusal::NameTaken(name) => format!("a case is called `{name}` already; choose another name"),
            Refusal::Misfit(misfit) => misfit.told(language),
            Refusal::Leaves { kind, entry } if zh => {
                format!("这样更正之后，后面的记录 `{entry}`（{kind}）就失去了依据；请先更正那一条")
            }
            Refusal::Leaves { kind, entry } => {
                format!("the later entry `{entry}` ({kind}) would lose its ground; correct that one first")
            }
            Refusal::Tomorrow(day) if zh => format!("{day} 还没有到；请写事情发生的那一天"),
            Refusal::Tomorrow(day) => format!("{day} has not come yet; give the day on which it happened"),
            Refusal::NoConsent if zh => {
                "回访答卷人须有本人同意：请写明征得同意的题目；没有同意就回访监督员、代表或另找服务对象".to_owned()
            }
            Refusal::NoConsent => {
                "a respondent is called only with consent: name the item in which they agreed, or call a representative or people anew".to_owned()
            }
            Refusal::Known if zh => "同样的记录已经有了".to_owned(),
            Refusal::Known => "the same entry is there already".to_owned(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for Refusal {}
