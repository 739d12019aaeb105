//! Why something was not taken, and what to do about it, in the clerk's words.

use super::intake::FetchError;
use crate::batch::{BatchError, CardError, DecisionError, KeyFileError, Quarantine, RosterError};
use crate::browser::files::Unread;
use crate::store::SaveError;
use crate::ui::words::{Words, office as words};

pub fn key_file_words(error: &KeyFileError) -> Words {
    match error {
        KeyFileError::NotAKeyFile => words::KEY_BAD_FILE,
        KeyFileError::WrongKind(_) => words::KEY_BAD_KIND,
        KeyFileError::WrongPassphrase => words::KEY_BAD_PASSPHRASE,
        KeyFileError::BadContent(_) => words::KEY_BAD_CONTENT,
        KeyFileError::Crypto(_) => words::CRYPTO_FAILED,
    }
}

/// What was found, and what to do.
pub fn quarantine_words(reason: &Quarantine) -> (Words, Words) {
    match reason {
        Quarantine::UnknownDevice => (words::Q_UNKNOWN, words::Q_UNKNOWN_DO),
        Quarantine::Revoked => (words::Q_REVOKED, words::Q_REVOKED_DO),
        Quarantine::OtherPlanVersion { .. } => (words::Q_VERSION, words::Q_VERSION_DO),
        Quarantine::OtherPlan { .. } => (words::Q_PLAN, words::Q_PLAN_DO),
        Quarantine::UnknownRound(_) => (words::Q_ROUND, words::Q_ROUND_DO),
        Quarantine::BadLink => (words::Q_LINK, words::Q_LINK_DO),
    }
}

/// What was found, and what to do.
pub fn batch_words(error: &BatchError) -> (Words, Words) {
    match error {
        BatchError::NotABatch => (words::B_NOT, words::B_NOT_DO),
        BatchError::WrongKind(_) => (words::B_KIND, words::B_KIND_DO),
        BatchError::BadSignature => (words::B_SIGNATURE, words::B_SIGNATURE_DO),
        BatchError::BadContent(_) => (words::B_CONTENT, words::B_CONTENT_DO),
        BatchError::NewerVersion(_) => (words::B_NEWER, words::B_NEWER_DO),
        BatchError::Crypto(_) => (words::CRYPTO_FAILED, words::B_NOT_DO),
    }
}

/// What was found, and what to do.
pub fn unread_words(why: Unread) -> (Words, Words) {
    match why {
        Unread::TooLarge => (words::F_LARGE, words::F_LARGE_DO),
        Unread::NotText => (words::B_NOT, words::B_NOT_DO),
        Unread::Failed => (words::F_FAILED, words::F_FAILED_DO),
    }
}

/// Why a file that was picked for one purpose has no text.
pub fn file_words(why: Unread) -> Words {
    match why {
        Unread::TooLarge => words::ONE_LARGE,
        Unread::NotText => words::ONE_NOT_TEXT,
        Unread::Failed => words::ONE_FAILED,
    }
}

pub fn roster_words(error: &RosterError) -> Words {
    match error {
        RosterError::NotARoster | RosterError::WrongKind(_) => words::ROSTER_NOT,
        RosterError::BadSignature => words::ROSTER_CHANGED,
        RosterError::WrongKey => words::ROSTER_OTHER_KEY,
        RosterError::OtherPlan(_) => words::ROSTER_OTHER,
        RosterError::BadContent(_) => words::ROSTER_CONTENT,
        RosterError::Crypto(_) => words::CRYPTO_FAILED,
    }
}

pub fn decision_words(error: &DecisionError) -> Words {
    match error {
        DecisionError::BadContent(_) => words::DECIDE_TEXT,
        DecisionError::Crypto(_) => words::CRYPTO_FAILED,
        DecisionError::NotADecision
        | DecisionError::WrongKind(_)
        | DecisionError::BadSignature
        | DecisionError::WrongKey
        | DecisionError::OtherPlan(_) => words::DECIDE_BAD,
    }
}

pub fn card_words(error: &CardError) -> Words {
    match error {
        CardError::NotACard | CardError::WrongKind(_) => words::CARD_NOT,
        CardError::BadSignature | CardError::BadContent(_) => words::CARD_BAD,
        CardError::Crypto(_) => words::CRYPTO_FAILED,
    }
}

pub fn save_words(error: &SaveError) -> Words {
    match error {
        SaveError::Full => words::SAVE_FULL,
        SaveError::Conflict { .. } => words::SAVE_CONFLICT,
        SaveError::Unavailable | SaveError::Locked | SaveError::Failed(_) => words::SAVE_FAILED,
    }
}

pub fn fetch_words(error: FetchError) -> Words {
    match error {
        FetchError::NoAnswer => words::RECEIVER_SILENT,
        FetchError::Token => words::RECEIVER_BAD_TOKEN,
        FetchError::NotAReceiver => words::RECEIVER_NONE,
        FetchError::Status(_) => words::RECEIVER_BUSY,
    }
}
