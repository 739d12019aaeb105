use super::{Crypto, CryptoError};
use crate::plan::{OfficeKeys, PublicKey};

/// The office's private keys, opened.
pub struct OfficeSecrets<C: Crypto> {
    pub seal: C::AgreeKey,
    pub seal_public: PublicKey,
    pub sign: C::SignKey,
    pub sign_public: PublicKey,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFileError {
    NotAKeyFile,
    WrongKind(String),
    WrongPassphrase,
    BadContent(String),
    Crypto(CryptoError),
}

impl<C: Crypto> OfficeSecrets<C> {
    /// Fresh keys.
    pub async fn generate(crypto: &C) -> Result<Self, CryptoError> {
        let _ = crypto;
        todo!()
    }
    /// What goes into the plan.
    pub fn public(&self) -> OfficeKeys {
        OfficeKeys { seal: vec![self.seal_public.clone()], sign: vec![self.sign_public.clone()] }
    }
}

/// The text of a key file: a JWE under a passphrase (PBES2-HS512+A256KW, 600,000 iterations).
pub async fn seal_keys<C: Crypto>(
    crypto: &C,
    secrets: &OfficeSecrets<C>,
    passphrase: &str,
) -> Result<String, CryptoError> {
    let _ = (crypto, secrets, passphrase);
    todo!()
}

pub async fn open_keys<C: Crypto>(crypto: &C, text: &str, passphrase: &str) -> Result<OfficeSecrets<C>, KeyFileError> {
    let _ = (crypto, text, passphrase);
    todo!()
}
