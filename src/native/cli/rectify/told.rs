use crate::language::Language;
use crate::native::cli::{Exit, Failure, Told};
use crate::rectification::{BookError, CalendarError, EntryError, Refusal};
use std::fmt;
use std::path::PathBuf;

/// Why a command on a ledger did nothing.
#[derive(Debug)]
pub enum RectifyError {
    Book(PathBuf, BookError),
    Calendar(PathBuf, CalendarError),
    Refused(Refusal),
    /// `--as` is no step.
    Step(EntryError),
    NoDay(String),
    /// Neither a day nor a number of working days.
    NoDeadline,
    /// The machine has no usable clock or time zone.
    NoClock,
    Sealed(u64),
    /// No record counts in any round.
    NoRecord,
    /// No threshold was given.
    NoThreshold,
    Proposals(PathBuf, String),
    NoProposal(u32),
    /// An opening lacks what it is about.
    NothingToOpen(&'static str),
    UnknownItem(String),
    UnknownUnit(String),
    OtherFile(PathBuf),
    /// The ledger is of another plan: its own, and the one that was given.
    OtherPlan(String, String),
}

impl RectifyError {
    pub fn refused(self) -> Failure {
        Failure::told(Exit::Refused, self)
    }

    fn say(&self, zh: bool) -> String {
        let language = if zh { Language::Zh } else { Language::En };
        let place = |path: &PathBuf, text: String| match zh {
            true => format!("{}：{text}", path.display()),
            false => format!("{}: {text}", path.display()),
        };
        match self {
            RectifyError::Book(path, error) => place(path, error.told(language)),
            RectifyError::Calendar(path, error) => place(path, error.told(language)),
            RectifyError::Refused(refusal) => refusal.told(language),
            RectifyError::Step(error) if zh => format!("--as：{}", error.told(language)),
            RectifyError::Step(error) => format!("--as: {error}"),
            RectifyError::NoDay(found) if zh => format!("`{found}` 不是日期；请写 2026-11-30 这样的日期"),
            RectifyError::NoDay(found) => format!("`{found}` is no day; write it as 2026-11-30"),
            RectifyError::NoDeadline if zh => "没有时限；请用 --due 给出日期，或用 --days 给出工作日数".to_owned(),
            RectifyError::NoDeadline => {
                "there is no deadline; give a day with --due, or working days with --days".to_owned()
            }
            RectifyError::NoClock if zh => "本机的时钟或时区不可用；请改正后再试".to_owned(),
            RectifyError::NoClock => {
                "this machine's clock or time zone cannot be used; set it right and try again".to_owned()
            }
            RectifyError::Sealed(count) if zh => format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件"),
            RectifyError::Sealed(count) => {
                format!("{count} records are sealed; give the office's key file with --keys")
            }
            RectifyError::NoRecord if zh => "任何一轮都没有计入的答卷".to_owned(),
            RectifyError::NoRecord => "no record counts in any round".to_owned(),
            RectifyError::NoThreshold if zh => {
                "没有门槛；请用 --below、--lowest 或 --below-class 说明什么算问题".to_owned()
            }
            RectifyError::NoThreshold => {
                "there is no threshold; say with --below, --lowest or --below-class what is a finding".to_owned()
            }
            RectifyError::Proposals(path, why) => place(
                path,
                match zh {
                    true => format!("不是 `minping rectify propose --format json` 写的文件（{why}）"),
                    false => format!("this is no file of `minping rectify propose --format json` ({why})"),
                },
            ),
            RectifyError::NoProposal(number) if zh => format!("--take：文件里没有第 {number} 条"),
            RectifyError::NoProposal(number) => format!("--take: the file has no finding {number}"),
            RectifyError::NothingToOpen(option) if zh => {
                format!("缺少 {option}；请给出它，或用 --proposals 和 --take 从文件中选取")
            }
            RectifyError::NothingToOpen(option) => {
                format!("{option} is missing; give it, or choose from a file with --proposals and --take")
            }
            RectifyError::UnknownItem(found) if zh => format!("--consent：方案的问卷里没有题目 `{found}`；请改正名称"),
            RectifyError::UnknownItem(found) => {
                format!("--consent: no questionnaire of the plan has an item `{found}`; correct the name")
            }
            RectifyError::UnknownUnit(found) if zh => format!("--unit-id：方案里没有对象 `{found}`；请改正编号"),
            RectifyError::UnknownUnit(found) => format!("--unit-id: the plan has no unit `{found}`; correct the id"),
            RectifyError::OtherFile(path) => place(
                path,
                match zh {
                    true => "此文件不是本程序写的，原样保留；请另取名称".to_owned(),
                    false => "this file was not written by this program, and is left as it is; choose another name"
                        .to_owned(),
                },
            ),
            RectifyError::OtherPlan(own, given) if zh => {
                format!("台账属于方案 `{own}`，给出的方案是 `{given}`；请给出同一方案")
            }
            RectifyError::OtherPlan(own, given) => {
                format!("the ledger is of the plan `{own}`, and the plan given is `{given}`; give the same plan")
            }
        }
    }
}

impl fmt::Display for RectifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(false))
    }
}

impl std::error::Error for RectifyError {}

impl Told for RectifyError {
    fn zh(&self) -> String {
        self.say(true)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        RectifyError::Refused(refusal).refused()
    }
}
