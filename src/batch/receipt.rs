use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError};
use crate::json::{self, Node};
use crate::plan::{Digest, PublicKey};
use serde::Serialize;
use std::fmt;

/// The receiver's word that a batch is on its disk. Holds no time: a resident's receipt must say no more than "arrived".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    pub v: u32,
    pub batch: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptError {
    NotAReceipt,
    WrongKind(String),
    BadSignature,
    /// Signed by a key that the plan does not name.
    WrongKey,
    /// For another batch.
    OtherBatch(Digest),
    BadContent(String),
    Crypto(CryptoError),
}

pub async fn sign_receipt<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    receipt: &Receipt,
) -> Result<String, CryptoError> {
    let payload = serde_json::to_string(receipt).expect("a receipt always has a JSON form");
    jws::sign(crypto, key, Some(public), Kind::Receipt, &payload).await
}

/// Accepts only a receipt for `batch` signed by one of `keys` (the plan's receivers).
pub async fn verify_receipt<C: Crypto>(
    crypto: &C,
    text: &str,
    keys: &[PublicKey],
    batch: &Digest,
) -> Result<Receipt, ReceiptError> {
    let (jws, key) = jws::verify(crypto, Kind::Receipt, text).await?;
    if !keys.contains(&key) {
        return Err(ReceiptError::WrongKey);
    }
    let receipt =
        json::read_bytes(&jws.payload, self::receipt).map_err(|_| bad("not the members of a receipt of version 1"))?;
    if receipt.v != 1 {
        return Err(bad("a newer version than 1"));
    }
    if receipt.batch != *batch {
        return Err(ReceiptError::OtherBatch(receipt.batch));
    }
    Ok(receipt)
}

fn receipt(node: Node) -> Receipt {
    let node = node.only(&["v", "batch"]);
    Receipt { v: node.whole("v", u64::from(u32::MAX)) as u32, batch: node.object("batch", Digest::read) }
}

fn bad(what: &str) -> ReceiptError {
    ReceiptError::BadContent(what.to_owned())
}

impl From<JwsError> for ReceiptError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => ReceiptError::NotAReceipt,
            JwsError::WrongKind(typ) => ReceiptError::WrongKind(typ),
            JwsError::BadHeader(what) => bad(what),
            JwsError::BadSignature => ReceiptError::BadSignature,
            JwsError::Crypto(error) => ReceiptError::Crypto(error),
        }
    }
}

impl fmt::Display for ReceiptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReceiptError::NotAReceipt => {
                f.write_str("the answer of the receiver is no receipt; check the address, the batch is kept and sent again")
            }
            ReceiptError::WrongKind(typ) => jws::write_wrong_kind(f, "a receipt", typ),
            ReceiptError::BadSignature => {
                f.write_str("the receipt's signature does not hold; the batch is kept and sent again")
            }
            ReceiptError::WrongKey => f.write_str(
                "the receipt is signed by a key that the plan does not name: another server answered; check the address in the plan",
            ),
            ReceiptError::OtherBatch(digest) => {
                write!(f, "the receipt is for batch {}, not for this one; the batch is kept and sent again", digest.short())
            }
            ReceiptError::BadContent(what) => {
                write!(f, "the receipt cannot be read: {what}; the batch is kept, update the app and try again")
            }
            ReceiptError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReceiptError {}
