//! The office's private keys in a file: a JWK Set (RFC 7517) under a passphrase, as a compact JWE with
//! `PBES2-HS512+A256KW` (RFC 7518 section 4.8).
use super::{Crypto, CryptoError, PrivateKey, base64url};
use crate::json::{self, Node};
use crate::plan::{OfficeKeys, PublicKey};
use std::fmt;

const TYP: &str = "minping-keys+jwe";
const ALG: &str = "PBES2-HS512+A256KW";
const ITERATIONS: u32 = 600_000;
/// More would let a file keep the reader busy for minutes.
const MOST_ITERATIONS: u32 = 10_000_000;

/// The office's private keys, opened.
pub struct OfficeSecrets<C: Crypto> {
    pub seal: C::AgreeKey,
    pub seal_public: PublicKey,
    pub sign: C::SignKey,
    pub sign_public: PublicKey,
}

impl<C: Crypto> Clone for OfficeSecrets<C> {
    fn clone(&self) -> Self {
        OfficeSecrets {
            seal: self.seal.clone(),
            seal_public: self.seal_public.clone(),
            sign: self.sign.clone(),
            sign_public: self.sign_public.clone(),
        }
    }
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
        let (seal, seal_public) = crypto.generate_agree().await?;
        let (sign, sign_public) = crypto.generate_sign(true).await?;
        Ok(OfficeSecrets { seal, seal_public, sign, sign_public })
    }
    /// What goes into the plan.
    pub fn public(&self) -> OfficeKeys {
        OfficeKeys { seal: vec![self.seal_public.clone()], sign: vec![self.sign_public.clone()] }
    }
}

struct Header {
    alg: String,
    enc: String,
    typ: String,
    cty: String,
    p2s: String,
    p2c: u32,
}

fn header(node: Node) -> Header {
    let node = node.only(&["alg", "enc", "typ", "cty", "p2s", "p2c"]);
    Header {
        alg: node.text("alg"),
        enc: node.text("enc"),
        typ: node.text("typ"),
        cty: node.text("cty"),
        p2s: node.text("p2s"),
        p2c: node.whole("p2c", u64::from(u32::MAX)) as u32,
    }
}

struct KeySet {
    keys: Vec<Entry>,
}

struct Entry {
    r#use: String,
    kty: String,
    crv: String,
    x: String,
    y: String,
    d: String,
}

fn key_set(node: Node) -> KeySet {
    KeySet { keys: node.only(&["keys"]).list("keys", entry) }
}

fn entry(node: Node) -> Entry {
    let node = node.only(&["use", "kty", "crv", "x", "y", "d"]);
    Entry {
        r#use: node.text("use"),
        kty: node.text("kty"),
        crv: node.text("crv"),
        x: node.text("x"),
        y: node.text("y"),
        d: node.text("d"),
    }
}

/// The text of a key file: a JWE under a passphrase (PBES2-HS512+A256KW, 600,000 iterations).
pub async fn seal_keys<C: Crypto>(
    crypto: &C,
    secrets: &OfficeSecrets<C>,
    passphrase: &str,
) -> Result<String, CryptoError> {
    let mut plain = String::from("{\"keys\":[");
    push_key(&mut plain, "enc", &crypto.export_agree(&secrets.seal).await?);
    plain.push(',');
    push_key(&mut plain, "sig", &crypto.export_sign(&secrets.sign).await?);
    plain.push_str("]}");

    let mut salt = [0; 16];
    crypto.random(&mut salt)?;
    let mut content_key = [0; 32];
    crypto.random(&mut content_key)?;
    let mut iv = [0; 12];
    crypto.random(&mut iv)?;

    let mut header = String::new();
    for part in ["{\"alg\":\"", ALG, "\",\"enc\":\"A256GCM\",\"typ\":\"", TYP, "\",\"cty\":\"jwk-set+json\",\"p2s\":\""]
    {
        header.push_str(part);
    }
    header.push_str(&base64url::encode(&salt));
    header.push_str("\",\"p2c\":");
    header.push_str(&ITERATIONS.to_string());
    header.push('}');

    let wrapping = passphrase_key(crypto, passphrase, &salt, ITERATIONS).await?;
    let wrapped = crypto.wrap_key(&wrapping, &content_key).await?;
    let mut text = base64url::encode(header.as_bytes());
    let sealed = crypto.encrypt(&content_key, &iv, text.as_bytes(), plain.as_bytes()).await?;
    let (ciphertext, tag) = sealed.split_at(sealed.len().saturating_sub(16));
    for part in [&wrapped[..], &iv[..], ciphertext, tag] {
        text.push('.');
        text.push_str(&base64url::encode(part));
    }
    Ok(text)
}

fn push_key(out: &mut String, purpose: &str, key: &PrivateKey) {
    let parts = [
        "{\"use\":\"",
        purpose,
        "\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"",
        &key.x,
        "\",\"y\":\"",
        &key.y,
        "\",\"d\":\"",
        &key.d,
        "\"}",
    ];
    for part in parts {
        out.push_str(part);
    }
}

async fn passphrase_key<C: Crypto>(
    crypto: &C,
    passphrase: &str,
    salt_input: &[u8],
    iterations: u32,
) -> Result<[u8; 32], CryptoError> {
    let mut salt = Vec::with_capacity(ALG.len() + 1 + salt_input.len());
    salt.extend_from_slice(ALG.as_bytes());
    salt.push(0);
    salt.extend_from_slice(salt_input);
    crypto.pbkdf2_sha512(passphrase.as_bytes(), &salt, iterations).await
}

/// Opens what [`seal_keys`] made. The public halves are held against the private ones.
pub async fn open_keys<C: Crypto>(crypto: &C, text: &str, passphrase: &str) -> Result<OfficeSecrets<C>, KeyFileError> {
    let text = text.trim_ascii();
    let parts: Vec<&str> = text.split('.').collect();
    let [header_text, wrapped, iv, ciphertext, tag] = parts[..] else {
        return Err(match super::jws::read(text) {
            Ok(jws) => KeyFileError::WrongKind(jws.typ),
            Err(_) => KeyFileError::NotAKeyFile,
        });
    };
    let header = base64url::decode(header_text).ok_or(KeyFileError::NotAKeyFile)?;
    let header = json::read_bytes(&header, self::header).map_err(|_| KeyFileError::NotAKeyFile)?;
    if header.typ != TYP {
        return Err(KeyFileError::WrongKind(header.typ));
    }
    if header.alg != ALG || header.enc != "A256GCM" || header.cty != "jwk-set+json" {
        return Err(KeyFileError::BadContent("unknown `alg`, `enc` or `cty`".to_owned()));
    }
    if !(ITERATIONS..=MOST_ITERATIONS).contains(&header.p2c) {
        return Err(KeyFileError::BadContent("`p2c` is not between 600000 and 10000000".to_owned()));
    }
    let salt = base64url::decode(&header.p2s).filter(|x| x.len() >= 8).ok_or(KeyFileError::NotAKeyFile)?;
    let wrapped = base64url::decode(wrapped).ok_or(KeyFileError::NotAKeyFile)?;
    let iv = base64url::decode_exact(iv).ok_or(KeyFileError::NotAKeyFile)?;
    let tag: [u8; 16] = base64url::decode_exact(tag).ok_or(KeyFileError::NotAKeyFile)?;
    let mut body = base64url::decode(ciphertext).ok_or(KeyFileError::NotAKeyFile)?;
    body.extend_from_slice(&tag);

    let wrapping = passphrase_key(crypto, passphrase, &salt, header.p2c).await.map_err(KeyFileError::Crypto)?;
    let content_key = crypto.unwrap_key(&wrapping, &wrapped).await.map_err(|error| match error {
        CryptoError::Refused => KeyFileError::WrongPassphrase,
        other => KeyFileError::Crypto(other),
    })?;
    let plain =
        crypto.decrypt(&content_key, &iv, header_text.as_bytes(), &body).await.map_err(|error| match error {
            CryptoError::Refused => KeyFileError::BadContent("changed after it was saved".to_owned()),
            other => KeyFileError::Crypto(other),
        })?;
    read_keys(crypto, &plain).await
}

async fn read_keys<C: Crypto>(crypto: &C, plain: &[u8]) -> Result<OfficeSecrets<C>, KeyFileError> {
    let bad = |text: &str| KeyFileError::BadContent(text.to_owned());
    let set = json::read_bytes(plain, key_set).map_err(|_| bad("not a set of JWKs"))?;
    let one = |purpose: &str| {
        let mut found = set.keys.iter().filter(|x| x.r#use == purpose);
        match (found.next(), found.next()) {
            (Some(x), None) => Some(PrivateKey {
                kty: x.kty.clone(),
                crv: x.crv.clone(),
                x: x.x.clone(),
                y: x.y.clone(),
                d: x.d.clone(),
            }),
            _ => None,
        }
    };
    let (Some(seal_key), Some(sign_key), 2) = (one("enc"), one("sig"), set.keys.len()) else {
        return Err(bad("not exactly one key to open with (`enc`) and one to sign with (`sig`)"));
    };
    let key_error = |error| match error {
        CryptoError::Unavailable => KeyFileError::Crypto(error),
        CryptoError::BadKey | CryptoError::Refused => bad("a key is no valid P-256 key"),
    };
    let seal = crypto.import_agree(&seal_key).await.map_err(key_error)?;
    let sign = crypto.import_sign(&sign_key).await.map_err(key_error)?;
    let (seal_public, sign_public) = (seal_key.public(), sign_key.public());

    // A public half that is not the private one's would seal answers that nobody opens.
    let (epk, z) = crypto.agree_ephemeral(&seal_public).await.map_err(key_error)?;
    let same = crypto.agree(&seal, &epk).await.map_err(key_error)? == z;
    let signature = crypto.sign(&sign, b"minping").await.map_err(key_error)?;
    if !same || !crypto.verify(&sign_public, b"minping", &signature).await.map_err(key_error)? {
        return Err(bad("a public key does not belong to its private key"));
    }
    Ok(OfficeSecrets { seal, seal_public, sign, sign_public })
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyFileError::NotAKeyFile => {
                f.write_str("not an office key file; choose the file that `minping keys new` or the app's office made")
            }
            KeyFileError::WrongKind(typ) => super::jws::write_wrong_kind(f, "an office key file", typ),
            KeyFileError::WrongPassphrase => f.write_str(
                "the passphrase does not open this key file; type it again and mind capitals and input method",
            ),
            KeyFileError::BadContent(what) => {
                write!(f, "the key file is damaged: {what}; use your other copy of it")
            }
            KeyFileError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for KeyFileError {}
