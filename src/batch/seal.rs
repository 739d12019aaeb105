use super::{Crypto, CryptoError};
use crate::plan::PublicKey;
use crate::session::Record;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealError {
    /// The plan names no office key.
    NoRecipient,
    Crypto(CryptoError),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Not a sealed record.
    Malformed,
    /// Sealed for other keys.
    WrongKey,
    /// Changed after sealing.
    Changed,
    /// Opened, but the content is no record of a version that is known here.
    UnknownRecord,
    Crypto(CryptoError),
}

/// Seals a record for every recipient: a JWE in general JSON serialization.
pub async fn seal_record<C: Crypto>(
    crypto: &C,
    recipients: &[PublicKey],
    record: &Record,
) -> Result<String, SealError> {
    let _ = (crypto, recipients, record);
    todo!()
}

/// Opens what [`seal_record`] made, with one of the recipients' keys.
pub async fn open_record<C: Crypto>(
    crypto: &C,
    keys: &super::OfficeSecrets<C>,
    sealed: &str,
) -> Result<Record, OpenError> {
    let _ = (crypto, keys, sealed);
    todo!()
}
