//! What was found and what to do about it, for people: in Chinese and in English, for the program and the office alike.
use super::{Conflict, Fork, Unfit};
use crate::batch::{BatchError, OpenError, Quarantine, SealError, SealRightError};
use crate::language::Language;
use crate::plan::Digest;
use std::fmt;

/// One finding in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub zh: String,
    pub en: String,
}

impl Explanation {
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// Something that the office has to be told.
pub trait Explain {
    /// A short name that programs can match on.
    fn code(&self) -> &'static str;
    fn explain(&self) -> Explanation;
}

impl Explain for Quarantine {
    fn code(&self) -> &'static str {
        match self {
            Quarantine::UnknownDevice => "unknown_device",
            Quarantine::Revoked => "revoked_device",
            Quarantine::OtherPlanVersion { .. } => "other_plan_version",
            Quarantine::OtherPlan { .. } => "other_plan",
            Quarantine::UnknownRound(_) => "unknown_round",
            Quarantine::BadLink => "bad_link",
        }
    }
    fn explain(&self) -> Explanation {
        let zh = match self {
            Quarantine::UnknownDevice => {
                "设备不在名册上；如果是本办公室的设备，用 `minping roster add` 登记它的设备卡，再合并一次".to_owned()
            }
            Quarantine::Revoked => "设备已在名册上吊销；先查清这一批是怎么来的，再决定是否计入".to_owned(),
            Quarantine::OtherPlanVersion { found } => {
                format!(
                    "按本方案的另一版本 {}（{}）填写；请和那个版本的方案一起打开",
                    found.version,
                    found.digest.short()
                )
            }
            Quarantine::OtherPlan { found } => {
                format!("按另一个方案 `{}`（{}）填写；请和那个方案一起打开", found.id, found.digest.short())
            }
            Quarantine::UnknownRound(round) => format!("属于方案里没有的轮次 `{round}`；请核对轮次"),
            Quarantine::BadLink => "经由一个并非本办公室为本方案本轮次签发的链接送来；保留，不计入".to_owned(),
        };
        Explanation { zh, en: self.to_string() }
    }
}

impl Explain for BatchError {
    fn code(&self) -> &'static str {
        match self {
            BatchError::NotABatch => "not_a_batch",
            BatchError::WrongKind(_) => "wrong_kind",
            BatchError::BadSignature => "bad_signature",
            BatchError::BadContent(_) => "bad_content",
            BatchError::NewerVersion(_) => "newer_version",
            BatchError::Crypto(_) => "no_cryptography",
        }
    }
    fn explain(&self) -> Explanation {
        let zh = match self {
            BatchError::NotABatch => "不是批次文件；请选择设备移交的 `.minping` 文件".to_owned(),
            BatchError::WrongKind(kind) => {
                format!("不是批次，而是另一种文件（`{kind}`）；请选择设备移交的 `.minping` 文件")
            }
            BatchError::BadSignature => "签名不符：途中被改动或损坏；请保留此文件，并让设备重新移交".to_owned(),
            BatchError::BadContent(what) => {
                format!("签名有效，但不是第 1 版格式的批次（{what}）；请保留此文件，查问来源")
            }
            BatchError::NewerVersion(version) => {
                format!("批次格式为第 {version} 版，本程序只认识第 1 版；请更新后再试")
            }
            BatchError::Crypto(_) => "本机缺少所需的密码功能，或密钥无效；请换一台机器，或更新程序".to_owned(),
        };
        Explanation { zh, en: self.to_string() }
    }
}

impl Explain for OpenError {
    fn code(&self) -> &'static str {
        match self {
            OpenError::Malformed => "malformed_record",
            OpenError::WrongKey => "wrong_key",
            OpenError::Changed => "changed_record",
            OpenError::UnknownRecord => "unknown_record",
            OpenError::Crypto(_) => "no_cryptography",
        }
    }
    fn explain(&self) -> Explanation {
        let zh = match self {
            OpenError::Malformed => "不是第 1 版格式的加密答卷；请保留此文件，查问来源",
            OpenError::WrongKey => "是为另一把办公室密钥加密的；请用方案所列密钥的密钥文件打开",
            OpenError::Changed => "加密之后被改动；请让设备重新移交这一批",
            OpenError::UnknownRecord => "已解开，但内容不是第 1 版格式的答卷；更新的程序也许能读，请更新后再试",
            OpenError::Crypto(_) => "本机缺少所需的密码功能，或密钥无效；请换一台机器，或更新程序",
        };
        Explanation { zh: zh.to_owned(), en: self.to_string() }
    }
}

impl Explain for SealRightError {
    fn code(&self) -> &'static str {
        match self {
            SealRightError::Seal(SealError::NoRecipient) => "no_key_to_seal_for",
            SealRightError::Seal(SealError::Crypto(_)) => "no_cryptography",
            SealRightError::Open(error) => error.code(),
        }
    }
    fn explain(&self) -> Explanation {
        let zh = match self {
            SealRightError::Seal(SealError::NoRecipient) => {
                "方案没有办公室的密钥，正确答案无法加密；请用密钥文件发布".to_owned()
            }
            SealRightError::Seal(SealError::Crypto(error)) => OpenError::Crypto(error.clone()).explain().zh,
            SealRightError::Open(error) => {
                format!("`/right_answers`：以前加密的正确答案打不开，{}", error.explain().zh)
            }
        };
        Explanation { zh, en: self.to_string() }
    }
}

impl Explain for Unfit {
    fn code(&self) -> &'static str {
        match self {
            Unfit::OtherPlan(_) => "record_of_other_plan",
            Unfit::UnknownRound(_) => "record_of_unknown_round",
            Unfit::UnknownQuestionnaire(_) => "unknown_questionnaire",
            Unfit::ModeNotPlanned(_) => "mode_not_planned",
            Unfit::NotInRound(_) => "not_in_round",
            Unfit::UnknownRaterGroup(_) => "unknown_rater_group",
            Unfit::NoRaterGroup => "no_rater_group",
            Unfit::UnknownStratum(_) => "unknown_stratum",
            Unfit::UnknownItem(_) => "unknown_item",
            Unfit::WrongKind(_) => "wrong_kind_of_answer",
            Unfit::UnknownAnswer { .. } => "unknown_answer",
            Unfit::NotOffered { .. } => "not_offered",
            Unfit::NotAlone { .. } => "not_alone",
            Unfit::AnsweredAndMissing(_) => "answered_and_missing",
            Unfit::NoteTooLong(_) => "note_too_long",
            Unfit::OtherRound { .. } => "record_of_other_round",
            Unfit::NotAsLinked(_) => "not_as_linked",
            Unfit::SeveralOnOneLink => "several_on_one_link",
        }
    }
    fn explain(&self) -> Explanation {
        let zh = match self {
            Unfit::OtherPlan(found) => format!("答卷属于方案 `{}`（{}）", found.id, found.digest.short()),
            Unfit::UnknownRound(round) => format!("方案里没有轮次 `{round}`"),
            Unfit::UnknownQuestionnaire(id) => format!("方案里没有问卷 `{id}`"),
            Unfit::ModeNotPlanned(mode) => format!("方案、问卷或这一层不用方式 `{}`", mode.name()),
            Unfit::NotInRound(id) => format!("问卷 `{id}` 不在这一轮使用"),
            Unfit::UnknownRaterGroup(id) => format!("评议群体 `{id}` 不在方案里，或不答这份问卷"),
            Unfit::NoRaterGroup => "方案按评议群体加权，答卷却没有写明群体".to_owned(),
            Unfit::UnknownStratum(id) => format!("方案里没有层 `{id}`"),
            Unfit::UnknownItem(item) => format!("问卷里没有题目 `{item}`"),
            Unfit::WrongKind(item) => format!("题目 `{item}` 的答案类型不对"),
            Unfit::UnknownAnswer { item, value } => format!("题目 `{item}` 里没有 `{value}`"),
            Unfit::NotOffered { item, value } => {
                format!("题目 `{item}` 的 `{value}` 按这份答卷的其他答案不会列出（`choice_filter`）")
            }
            Unfit::NotAlone { item, value } => format!("题目 `{item}` 的 `{value}` 不能与其他选项同选"),
            Unfit::AnsweredAndMissing(item) => format!("题目 `{item}` 既有答案，又写明没有答案"),
            Unfit::NoteTooLong(item) => format!("题目 `{item}` 的调查员备注太长"),
            Unfit::OtherRound { batch } => format!("答卷的轮次与所在批次的轮次 `{batch}` 不同"),
            Unfit::NotAsLinked(member) => format!("答卷的 `{member}` 与所用链接不符"),
            Unfit::SeveralOnOneLink => "一个链接批次只能有一份答卷，这一批有几份".to_owned(),
        };
        Explanation { zh: zh + "；保留，不计入；请查问填写所用的设备和方案", en: self.to_string() }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::OtherPlan(found) => write!(f, "the record is of plan `{}` ({})", found.id, found.digest.short()),
            Unfit::UnknownRound(round) => write!(f, "the plan has no round `{round}`"),
            Unfit::UnknownQuestionnaire(id) => write!(f, "the plan has no questionnaire `{id}`"),
            Unfit::ModeNotPlanned(mode) => {
                write!(f, "the plan, questionnaire or stratum is not asked by mode `{}`", mode.name())
            }
            Unfit::NotInRound(id) => write!(f, "the questionnaire `{id}` is not asked in this round"),
            Unfit::UnknownRaterGroup(id) => {
                write!(f, "rater group `{id}` is not in the plan or is not asked this questionnaire")
            }
            Unfit::NoRaterGroup => f.write_str("the plan weighs rater groups and the record names none"),
            Unfit::UnknownStratum(id) => write!(f, "the plan has no stratum `{id}`"),
            Unfit::UnknownItem(item) => write!(f, "the questionnaire has no item `{item}`"),
            Unfit::WrongKind(item) => write!(f, "item `{item}`: an answer of the wrong type"),
            Unfit::UnknownAnswer { item, value } => write!(f, "item `{item}`: unknown `{value}`"),
            Unfit::NotOffered { item, value } => {
                write!(
                    f,
                    "item `{item}`: its `choice_filter` does not offer `{value}` beside the record's other answers"
                )
            }
            Unfit::NotAlone { item, value } => write!(f, "item `{item}`: `{value}` goes with no other choice"),
            Unfit::AnsweredAndMissing(item) => write!(f, "item `{item}`: both a value and a reason why there is none"),
            Unfit::NoteTooLong(item) => write!(f, "item `{item}`: the interviewer's note is too long"),
            Unfit::OtherRound { batch } => write!(f, "the record is of another round than its batch, `{batch}`"),
            Unfit::NotAsLinked(member) => write!(f, "the record's `{member}` is not the one of its link"),
            Unfit::SeveralOnOneLink => f.write_str("a link admits one record and the batch holds several"),
        }?;
        f.write_str("; it is kept and not counted: ask about the device and plan it was made with")
    }
}

impl Explain for Conflict<'_> {
    fn code(&self) -> &'static str {
        match self {
            Conflict::OneIdTwoContents { .. } => "one_id_two_contents",
            Conflict::OneCodeSeveralRecords { .. } => "one_code_several_records",
        }
    }
    fn explain(&self) -> Explanation {
        match self {
            Conflict::OneIdTwoContents { id, places } => Explanation {
                zh: format!("同一编号 `{id}` 的答卷有不同内容，共 {} 处；都不计入：请查问这些批次的设备", places.len()),
                en: format!(
                    "records with the id `{id}` differ in content, {} places; none is counted: ask about the devices of these batches",
                    places.len()
                ),
            },
            Conflict::OneCodeSeveralRecords { ids, .. } => Explanation {
                zh: format!("一次性链接被用了 {} 次；都不计入：请查问链接是怎么发出去的", ids.len()),
                en: format!(
                    "a link for one answer was used for {} records; none is counted: ask how the link was given out",
                    ids.len()
                ),
            },
        }
    }
}

impl Explain for Fork {
    fn code(&self) -> &'static str {
        match self {
            Fork::SameSeq { .. } => "fork_same_number",
            Fork::OtherBefore { .. } => "fork_other_before",
        }
    }
    fn explain(&self) -> Explanation {
        match self {
            Fork::SameSeq { seq, batches } => Explanation {
                zh: format!(
                    "第 {seq} 号批次有 {} 个；设备可能由备份恢复或被复制：请查看设备，答卷照常计入",
                    batches.len()
                ),
                en: format!(
                    "{} batches carry number {seq}; the device may have been restored or copied: look at it; their records count as usual",
                    batches.len()
                ),
            },
            Fork::OtherBefore { seq, batch, .. } => Explanation {
                zh: format!("第 {seq} 号批次（{}）不接在前一批之后；请查看设备，答卷照常计入", batch.short()),
                en: format!(
                    "batch number {seq} ({}) does not follow the one before it; look at the device; its records count as usual",
                    batch.short()
                ),
            },
        }
    }
}

/// A run of missing batches of one device.
pub struct Gap<'a> {
    pub device: &'a Digest,
    pub first: u64,
    pub last: u64,
}

impl Explain for Gap<'_> {
    fn code(&self) -> &'static str {
        "missing_batches"
    }
    fn explain(&self) -> Explanation {
        let numbers =
            if self.first == self.last { self.first.to_string() } else { format!("{}-{}", self.first, self.last) };
        let device = self.device.short();
        Explanation {
            zh: format!("设备 {device} 的第 {numbers} 号批次没有收到；请让设备把它们重新移交"),
            en: format!("batch {numbers} of device {device} has not arrived; ask the device to hand it over again"),
        }
    }
}
