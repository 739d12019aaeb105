use super::base64url;
use crate::carry::carry;
use crate::json::{self, JsonError, Node};
use crate::plan::{Digest, PublicKey};
use serde::Serialize;
use std::fmt;

/// A private P-256 key as a JWK (RFC 7518 section 6.2.2). Only in memory and inside a passphrase-protected key file.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PrivateKey {
    pub kty: String,
    pub crv: String,
    pub x: String,
    pub y: String,
    pub d: String,
}

impl fmt::Debug for PrivateKey {
    /// Never the private number: debug output ends up in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey")
    }
}

impl PrivateKey {
    /// A key's JWK.
    ///
    /// # Errors
    /// Where it is not `kty`, `crv`, `x`, `y` and `d`, each a text, and nothing else.
    pub fn parse(text: &str) -> Result<PrivateKey, JsonError> {
        json::read(text, PrivateKey::read)
    }

    pub(super) fn read(node: Node) -> PrivateKey {
        let node = node.only(&["kty", "crv", "x", "y", "d"]);
        PrivateKey {
            kty: node.text("kty"),
            crv: node.text("crv"),
            x: node.text("x"),
            y: node.text("y"),
            d: node.text("d"),
        }
    }

    pub fn public(&self) -> PublicKey {
        PublicKey { kty: self.kty.clone(), crv: self.crv.clone(), x: self.x.clone(), y: self.y.clone() }
    }
}

/// Why a primitive did not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CryptoError {
    /// The key is not a valid P-256 key, or not for this use.
    BadKey,
    /// Authentication failed: a wrong key, or changed bytes.
    Refused,
    /// The platform has no such primitive (an insecure origin, say).
    Unavailable,
}

carry!(enum CryptoError { 0 BadKey, 1 Refused, 2 Unavailable });

/// The primitives of the batch room. Futures are not `Send`: in the browser they are promises.
#[allow(async_fn_in_trait)]
pub trait Crypto {
    /// A private key for ES256 signatures.
    type SignKey: Clone;
    /// A private key for ECDH.
    type AgreeKey: Clone;

    fn random(&self, out: &mut [u8]) -> Result<(), CryptoError>;
    async fn sha256(&self, data: &[u8]) -> Result<[u8; 32], CryptoError>;
    /// A fresh key. `exportable: false` makes a key that only this device can ever use.
    async fn generate_sign(&self, exportable: bool) -> Result<(Self::SignKey, PublicKey), CryptoError>;
    async fn import_sign(&self, key: &PrivateKey) -> Result<Self::SignKey, CryptoError>;
    async fn export_sign(&self, key: &Self::SignKey) -> Result<PrivateKey, CryptoError>;
    /// ES256: `r || s`.
    async fn sign(&self, key: &Self::SignKey, data: &[u8]) -> Result<[u8; 64], CryptoError>;
    async fn verify(&self, key: &PublicKey, data: &[u8], signature: &[u8]) -> Result<bool, CryptoError>;
    /// A fresh key, exportable: the office's.
    async fn generate_agree(&self) -> Result<(Self::AgreeKey, PublicKey), CryptoError>;
    async fn import_agree(&self, key: &PrivateKey) -> Result<Self::AgreeKey, CryptoError>;
    async fn export_agree(&self, key: &Self::AgreeKey) -> Result<PrivateKey, CryptoError>;
    /// ECDH with `peer`: the shared secret Z.
    async fn agree(&self, key: &Self::AgreeKey, peer: &PublicKey) -> Result<[u8; 32], CryptoError>;
    /// ECDH with `peer` by a key made for this one call: its public half and Z.
    async fn agree_ephemeral(&self, peer: &PublicKey) -> Result<(PublicKey, [u8; 32]), CryptoError>;
    /// AES-256 key wrap (RFC 3394).
    async fn wrap_key(&self, wrapping: &[u8; 32], key: &[u8; 32]) -> Result<[u8; 40], CryptoError>;
    async fn unwrap_key(&self, wrapping: &[u8; 32], wrapped: &[u8]) -> Result<[u8; 32], CryptoError>;
    /// AES-256-GCM: ciphertext followed by the 16-byte tag.
    async fn encrypt(&self, key: &[u8; 32], iv: &[u8; 12], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, CryptoError>;
    async fn decrypt(&self, key: &[u8; 32], iv: &[u8; 12], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError>;
    async fn pbkdf2_sha512(&self, password: &[u8], salt: &[u8], iterations: u32) -> Result<[u8; 32], CryptoError>;
}

/// JWK thumbprint (RFC 7638): the identity of a device or key.
pub async fn thumbprint<C: Crypto>(crypto: &C, key: &PublicKey) -> Result<Digest, CryptoError> {
    digest_of(crypto, key.thumbprint_input().as_bytes()).await
}

/// Digest of a plan: SHA-256 over the bytes of its file.
pub async fn plan_digest<C: Crypto>(crypto: &C, bytes: &[u8]) -> Result<Digest, CryptoError> {
    digest_of(crypto, bytes).await
}

/// Whether a key from outside is written as a P-256 key is: the right names, 32 bytes each, one text for one number. That
/// the point is on the curve is for [`Crypto`]; platforms are not all this strict with the text, and it is what
/// thumbprints are made of.
pub(super) fn is_well_formed(key: &PublicKey) -> bool {
    let coordinate = |text: &str| base64url::decode_exact::<32>(text).is_some();
    key.kty == "EC" && key.crv == "P-256" && coordinate(&key.x) && coordinate(&key.y)
}

pub(super) async fn digest_of<C: Crypto>(crypto: &C, bytes: &[u8]) -> Result<Digest, CryptoError> {
    Ok(Digest(base64url::encode(&crypto.sha256(bytes).await?)))
}

impl fmt::Display for CryptoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CryptoError::BadKey => "the key is no P-256 key for this use; make it again with `minping keys new`",
            CryptoError::Refused => "the key does not fit, or the bytes were changed",
            CryptoError::Unavailable => {
                "cryptography is not available here; in a browser, open the app by https or from localhost"
            }
        })
    }
}

impl std::error::Error for CryptoError {}
