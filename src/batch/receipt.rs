use super::{Crypto, CryptoError};
use crate::plan::{Digest, PublicKey};
use serde::{Deserialize, Serialize};

/// The receiver's word that a batch is on its disk. Holds no time: a resident's receipt must say no more than "arrived".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    Crypto(CryptoError),
}

pub async fn sign_receipt<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    receipt: &Receipt,
) -> Result<String, CryptoError> {
    let _ = (crypto, key, public, receipt);
    todo!()
}

/// Accepts only a receipt for `batch` signed by one of `keys` (the plan's receivers).
pub async fn verify_receipt<C: Crypto>(
    crypto: &C,
    text: &str,
    keys: &[PublicKey],
    batch: &Digest,
) -> Result<Receipt, ReceiptError> {
    let _ = (crypto, text, keys, batch);
    todo!()
}
