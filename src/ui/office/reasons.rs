//! Why something was not taken, and what to do about it, in the clerk's words.

use crate::batch::{BatchError, KeyFileError, Quarantine};
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
