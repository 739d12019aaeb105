//! What went wrong, in the clerk's language. `Display` is the English text; this is the Chinese one.
use super::FileError;
use crate::batch::{CardError, CryptoError, DecisionError, KeyFileError, RosterError};
use crate::plan::{LoadError, Severity};
use std::error::Error;

/// An error that is told in Chinese too: where, what was found, what to do.
pub trait Told: Error {
    fn zh(&self) -> String;
}

impl Told for FileError {
    fn zh(&self) -> String {
        let action = match self.action {
            "read" => "读取",
            "write" => "写入",
            "create" => "新建",
            _ => "使用",
        };
        match self.cause.kind() {
            std::io::ErrorKind::InvalidData => {
                format!("{}：不是 UTF-8 文本；请另存为 UTF-8 后再试", self.path.display())
            }
            _ => format!("{}：无法{action}此文件：{}", self.path.display(), self.cause),
        }
    }
}

impl Told for LoadError {
    fn zh(&self) -> String {
        let errors = self.problems.iter().filter(|problem| problem.severity() == Severity::Error);
        let lines = errors.map(|problem| {
            let place = problem.place.map_or_else(String::new, |place| format!("{}:{}：", place.line, place.column));
            format!("{place}{}：{}；{}", problem.path, problem.found("zh"), problem.advice("zh"))
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Told for CryptoError {
    fn zh(&self) -> String {
        match self {
            CryptoError::BadKey => "密钥不是可作此用的 P-256 密钥；请用 `minping keys new` 重新生成",
            CryptoError::Refused => "密钥不符，或内容被改动",
            CryptoError::Unavailable => "本机缺少所需的密码功能；请换一台机器",
        }
        .to_owned()
    }
}

impl Told for KeyFileError {
    fn zh(&self) -> String {
        match self {
            KeyFileError::NotAKeyFile => {
                "不是办公室密钥文件；请选择 `minping keys new` 或应用的办公室页面生成的文件".to_owned()
            }
            KeyFileError::WrongKind(kind) => wrong_kind("办公室密钥文件", kind),
            KeyFileError::WrongPassphrase => "口令打不开此密钥文件；请重新输入，注意大小写和输入法".to_owned(),
            KeyFileError::BadContent(what) => format!("密钥文件已损坏（{what}）；请使用另一份副本"),
            KeyFileError::Crypto(error) => error.zh(),
        }
    }
}

impl Told for RosterError {
    fn zh(&self) -> String {
        match self {
            RosterError::NotARoster => "不是设备名册；请选择办公室生成的名册文件".to_owned(),
            RosterError::WrongKind(kind) => wrong_kind("设备名册", kind),
            RosterError::BadSignature => "名册的签名不符，内容被改动；请使用办公室自己的那一份".to_owned(),
            RosterError::WrongKey => "名册不是由方案所列的密钥签名；请使用发布方案时的密钥文件".to_owned(),
            RosterError::OtherPlan(plan) => format!("名册属于方案 `{plan}`；请选择本方案的名册"),
            RosterError::BadContent(what) => format!("名册不能使用（{what}）；请使用办公室自己的那一份"),
            RosterError::Crypto(error) => error.zh(),
        }
    }
}

impl Told for DecisionError {
    fn zh(&self) -> String {
        match self {
            DecisionError::NotADecision => "不是处理决定；请选择办公室生成的决定文件".to_owned(),
            DecisionError::WrongKind(kind) => wrong_kind("处理决定", kind),
            DecisionError::BadSignature => "决定的签名不符，内容被改动；请使用办公室自己的那一份".to_owned(),
            DecisionError::WrongKey => "决定不是由方案所列的密钥签名；请使用发布方案时的密钥文件".to_owned(),
            DecisionError::OtherPlan(plan) => format!("决定属于方案 `{plan}`；请选择本方案的决定文件"),
            DecisionError::BadContent(what) => format!("决定不能使用（{what}）；请改正，或使用办公室自己的那一份"),
            DecisionError::Crypto(error) => error.zh(),
        }
    }
}

impl Told for CardError {
    fn zh(&self) -> String {
        match self {
            CardError::NotACard => "不是设备卡；请在设备上重新显示或保存设备卡".to_owned(),
            CardError::WrongKind(kind) => wrong_kind("设备卡", kind),
            CardError::BadSignature => "设备卡的签名不符，内容被改动；请从设备上重新取得".to_owned(),
            CardError::BadContent(what) => format!("设备卡不能使用（{what}）；请从设备上重新取得"),
            CardError::Crypto(error) => error.zh(),
        }
    }
}

fn wrong_kind(wanted: &str, kind: &str) -> String {
    let found = match kind {
        "minping-batch+jws" => "批次",
        "minping-receipt+jws" => "回执",
        "minping-roster+jws" => "设备名册",
        "minping-quotas+jws" => "配额进度",
        "minping-link+jws" => "链接",
        "minping-card+jws" => "设备卡",
        "minping-decision+jws" => "处理决定",
        "minping-keys+jwe" => "办公室密钥文件",
        "minping-record+jwe" => "加密答卷",
        _ => "本程序不认识的文件",
    };
    format!("这是{found}（`{kind}`），不是{wanted}；请选择{wanted}")
}
