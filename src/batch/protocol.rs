use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError};
use crate::plan::PublicKey;
use std::fmt;

/// Why a text is no protocol that the office signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtocolError {
    NotAProtocol,
    WrongKind(String),
    BadSignature,
    /// Signed by a key that the plan does not name.
    WrongKey,
    BadContent(&'static str),
    Crypto(CryptoError),
}

/// Signs the protocol of a hall ballot: what the room `hall` writes down.
pub async fn sign_protocol<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    payload: &str,
) -> Result<String, CryptoError> {
    jws::sign(crypto, key, Some(public), Kind::Protocol, payload).await
}

/// What stands in a protocol that was verified when it was taken in.
pub fn protocol_payload(text: &str) -> Result<String, ProtocolError> {
    let jws = jws::read(text)?;
    jws.expect(Kind::Protocol)?;
    String::from_utf8(jws.payload).map_err(|_| ProtocolError::BadContent("no UTF-8"))
}

/// What was signed, where one of the office's keys signed it.
pub async fn verify_protocol<C: Crypto>(crypto: &C, text: &str, office: &[PublicKey]) -> Result<String, ProtocolError> {
    let (jws, key) = jws::verify(crypto, Kind::Protocol, text).await?;
    if !office.contains(&key) {
        return Err(ProtocolError::WrongKey);
    }
    String::from_utf8(jws.payload).map_err(|_| ProtocolError::BadContent("no UTF-8"))
}

impl From<JwsError> for ProtocolError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => ProtocolError::NotAProtocol,
            JwsError::WrongKind(typ) => ProtocolError::WrongKind(typ),
            JwsError::BadHeader(what) => ProtocolError::BadContent(what),
            JwsError::BadSignature => ProtocolError::BadSignature,
            JwsError::Crypto(error) => ProtocolError::Crypto(error),
        }
    }
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProtocolError::NotAProtocol => {
                f.write_str("not a protocol of a hall ballot; choose the `.minping-protocol` file that was saved at closing")
            }
            ProtocolError::WrongKind(typ) => jws::write_wrong_kind(f, "a protocol of a hall ballot", typ),
            ProtocolError::BadSignature => {
                f.write_str("the protocol's signature does not hold: it was changed; use the office's own copy")
            }
            ProtocolError::WrongKey => f.write_str(
                "the protocol is signed by a key that the plan does not name; give the plan with which the ballot was held",
            ),
            ProtocolError::BadContent(what) => {
                write!(f, "the protocol cannot be used: {what}; use the office's own copy")
            }
            ProtocolError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ProtocolError {}
