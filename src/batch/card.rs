use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError, thumbprint};
use crate::json::{self, Node};
use crate::plan::{Digest, PublicKey};
use std::fmt;

/// A device's own word about itself: its key and the name its user gave it, signed by that key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub device: Digest,
    pub key: PublicKey,
    /// At most 200 bytes, no control characters; may be empty.
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardError {
    NotACard,
    WrongKind(String),
    BadSignature,
    BadContent(String),
    Crypto(CryptoError),
}

struct Payload {
    v: u32,
    name: String,
}

const LONGEST_NAME: usize = 200;

/// The text of a card: shown as a QR code and saved as a file. Control characters in the name become spaces, and it is
/// cut after 200 bytes.
pub async fn sign_card<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    name: &str,
) -> Result<String, CryptoError> {
    let mut clean = String::new();
    for letter in name.trim().chars() {
        if clean.len() + letter.len_utf8() > LONGEST_NAME {
            break;
        }
        clean.push(if letter.is_control() { ' ' } else { letter });
    }
    let mut payload = String::from("{\"v\":1,\"name\":");
    json::quote(&mut payload, &clean);
    payload.push('}');
    jws::sign(crypto, key, Some(public), Kind::Card, &payload).await
}

/// Accepts only a card signed by the key that it carries.
pub async fn verify_card<C: Crypto>(crypto: &C, text: &str) -> Result<Card, CardError> {
    let (jws, key) = jws::verify(crypto, Kind::Card, text).await?;
    let payload =
        json::read_bytes(&jws.payload, self::payload).map_err(|_| bad("not the members of a card of version 1"))?;
    if payload.v != 1 {
        return Err(bad("a newer version than 1"));
    }
    if payload.name.len() > LONGEST_NAME || payload.name.chars().any(char::is_control) {
        return Err(bad("the name is too long or holds control characters"));
    }
    let device = thumbprint(crypto, &key).await.map_err(CardError::Crypto)?;
    Ok(Card { device, key, name: payload.name })
}

fn payload(node: Node) -> Payload {
    let node = node.only(&["v", "name"]);
    Payload { v: node.whole("v", u64::from(u32::MAX)) as u32, name: node.text("name") }
}

fn bad(what: &str) -> CardError {
    CardError::BadContent(what.to_owned())
}

impl From<JwsError> for CardError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => CardError::NotACard,
            JwsError::WrongKind(typ) => CardError::WrongKind(typ),
            JwsError::BadHeader(what) => bad(what),
            JwsError::BadSignature => CardError::BadSignature,
            JwsError::Crypto(error) => CardError::Crypto(error),
        }
    }
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CardError::NotACard => {
                f.write_str("not a device card; show the card on the device and scan or save it again")
            }
            CardError::WrongKind(typ) => jws::write_wrong_kind(f, "a device card", typ),
            CardError::BadSignature => {
                f.write_str("the card's signature does not hold: it was changed; take it from the device again")
            }
            CardError::BadContent(what) => {
                write!(f, "the card cannot be used: {what}; take it from the device again")
            }
            CardError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CardError {}
