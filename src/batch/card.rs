use super::{Crypto, CryptoError};
use crate::plan::{Digest, PublicKey};

/// A device's own word about itself: its key and the name its user gave it, signed by that key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub device: Digest,
    pub key: PublicKey,
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

/// The text of a card: shown as a QR code and saved as a file.
pub async fn sign_card<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    name: &str,
) -> Result<String, CryptoError> {
    let _ = (crypto, key, public, name);
    todo!()
}

pub async fn verify_card<C: Crypto>(crypto: &C, text: &str) -> Result<Card, CardError> {
    let _ = (crypto, text);
    todo!()
}
