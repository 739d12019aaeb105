//! A record sealed for the office: JWE in general JSON serialization (RFC 7516 section 7.2.1), `ECDH-ES+A256KW` per
//! recipient and `A256GCM`. From then on its device cannot read it.
use super::crypto::is_well_formed;
use super::key_agreement::wrapping_key;
use super::{Crypto, CryptoError, base64url, thumbprint};
use crate::carry::carry;
use crate::json::{self, Node};
use crate::plan::PublicKey;
use crate::session::Record;
use std::fmt;

/// The protected header, the same for every record.
pub(super) const PROTECTED: &str = r#"{"alg":"ECDH-ES+A256KW","enc":"A256GCM","typ":"minping-record+jwe"}"#;

/// Plaintext is padded with spaces to a multiple of this, so that its length says little about the answers.
const BLOCK: usize = 512;

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

carry!(enum OpenError { 0 Malformed, 1 WrongKey, 2 Changed, 3 UnknownRecord, 4 Crypto(error) });

/// A sealed record as it stands in a batch. Unknown members, such as an unprotected header or `aad`, are refused.
pub(super) struct Sealed {
    protected: String,
    recipients: Vec<Recipient>,
    iv: String,
    ciphertext: String,
    tag: String,
}

struct Recipient {
    header: RecipientHeader,
    encrypted_key: String,
}

struct RecipientHeader {
    /// Thumbprint of the office key.
    kid: String,
    epk: PublicKey,
}

impl Sealed {
    pub(super) fn read(node: Node) -> Sealed {
        let node = node.only(&["protected", "recipients", "iv", "ciphertext", "tag"]);
        Sealed {
            protected: node.text("protected"),
            recipients: node.list("recipients", recipient),
            iv: node.text("iv"),
            ciphertext: node.text("ciphertext"),
            tag: node.text("tag"),
        }
    }
}

fn recipient(node: Node) -> Recipient {
    let node = node.only(&["header", "encrypted_key"]);
    Recipient { header: node.object("header", recipient_header), encrypted_key: node.text("encrypted_key") }
}

fn recipient_header(node: Node) -> RecipientHeader {
    let node = node.only(&["kid", "epk"]);
    RecipientHeader { kid: node.text("kid"), epk: node.object("epk", PublicKey::read) }
}

/// Seals a record for every recipient: a JWE in general JSON serialization.
pub async fn seal_record<C: Crypto>(
    crypto: &C,
    recipients: &[PublicKey],
    record: &Record,
) -> Result<String, SealError> {
    if recipients.is_empty() {
        return Err(SealError::NoRecipient);
    }
    seal_bytes(crypto, recipients, PROTECTED, &pad(record.encode())).await.map_err(SealError::Crypto)
}

/// Spaces up to a whole number of blocks.
pub(super) fn pad(text: String) -> Vec<u8> {
    let mut plain = text.into_bytes();
    plain.resize(plain.len().next_multiple_of(BLOCK), b' ');
    plain
}

pub(super) async fn seal_bytes<C: Crypto>(
    crypto: &C,
    recipients: &[PublicKey],
    protected: &str,
    plain: &[u8],
) -> Result<String, CryptoError> {
    let mut content_key = [0; 32];
    crypto.random(&mut content_key)?;
    let mut iv = [0; 12];
    crypto.random(&mut iv)?;

    let protected = base64url::encode(protected.as_bytes());
    let sealed = crypto.encrypt(&content_key, &iv, protected.as_bytes(), plain).await?;
    let (ciphertext, tag) = sealed.split_at(sealed.len().saturating_sub(16));

    let mut out = String::with_capacity(sealed.len() * 4 / 3 + 400 * recipients.len() + 200);
    out.push_str("{\"protected\":\"");
    out.push_str(&protected);
    out.push_str("\",\"recipients\":[");
    for (index, recipient) in recipients.iter().enumerate() {
        let (epk, z) = crypto.agree_ephemeral(recipient).await?;
        let wrapped = crypto.wrap_key(&wrapping_key(crypto, &z).await?, &content_key).await?;
        if index > 0 {
            out.push(',');
        }
        out.push_str("{\"header\":{\"kid\":\"");
        out.push_str(thumbprint(crypto, recipient).await?.as_str());
        out.push_str("\",\"epk\":");
        out.push_str(&epk.thumbprint_input());
        out.push_str("},\"encrypted_key\":\"");
        out.push_str(&base64url::encode(&wrapped));
        out.push_str("\"}");
    }
    for (name, bytes) in [("],\"iv\":\"", &iv[..]), ("\",\"ciphertext\":\"", ciphertext), ("\",\"tag\":\"", tag)] {
        out.push_str(name);
        out.push_str(&base64url::encode(bytes));
    }
    out.push_str("\"}");
    Ok(out)
}

/// Opens what [`seal_record`] made, with one of the recipients' keys. The caller still compares the record's plan and
/// round with the batch it came in.
pub async fn open_record<C: Crypto>(
    crypto: &C,
    keys: &super::OfficeSecrets<C>,
    sealed: &str,
) -> Result<Record, OpenError> {
    let sealed = json::read(sealed, Sealed::read).map_err(|_| OpenError::Malformed)?;
    let plain = open_bytes(crypto, keys, PROTECTED, &sealed).await?;
    let record = json::read_bytes(&plain, Record::read).map_err(|_| OpenError::UnknownRecord)?;
    if record.v != 1 {
        return Err(OpenError::UnknownRecord);
    }
    Ok(record)
}

pub(super) async fn open_bytes<C: Crypto>(
    crypto: &C,
    keys: &super::OfficeSecrets<C>,
    protected: &str,
    sealed: &Sealed,
) -> Result<Vec<u8>, OpenError> {
    if base64url::decode(&sealed.protected).as_deref() != Some(protected.as_bytes()) {
        return Err(OpenError::Malformed);
    }
    let own = thumbprint(crypto, &keys.seal_public).await.map_err(OpenError::Crypto)?;
    let mine = sealed.recipients.iter().find(|x| x.header.kid == own.as_str()).ok_or(OpenError::WrongKey)?;
    if !is_well_formed(&mine.header.epk) {
        return Err(OpenError::Malformed);
    }
    let wrapped = base64url::decode(&mine.encrypted_key).ok_or(OpenError::Malformed)?;
    let iv = base64url::decode_exact(&sealed.iv).ok_or(OpenError::Malformed)?;
    let tag: [u8; 16] = base64url::decode_exact(&sealed.tag).ok_or(OpenError::Malformed)?;
    let mut body = base64url::decode(&sealed.ciphertext).ok_or(OpenError::Malformed)?;
    body.extend_from_slice(&tag);

    let changed = |error| match error {
        CryptoError::Unavailable => OpenError::Crypto(error),
        // The ephemeral key is outside the protected header: a point off the curve is a change like any other.
        CryptoError::BadKey | CryptoError::Refused => OpenError::Changed,
    };
    let z = crypto.agree(&keys.seal, &mine.header.epk).await.map_err(changed)?;
    let wrapping = wrapping_key(crypto, &z).await.map_err(OpenError::Crypto)?;
    let content_key = crypto.unwrap_key(&wrapping, &wrapped).await.map_err(changed)?;
    crypto.decrypt(&content_key, &iv, sealed.protected.as_bytes(), &body).await.map_err(changed)
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SealError::NoRecipient => f.write_str(
                "the plan names no office key to seal answers for; publish it with `minping plan publish --keys`",
            ),
            SealError::Crypto(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OpenError::Malformed => "not a sealed record of format version 1; keep the file and ask who sent it",
            OpenError::WrongKey => "sealed for another office's key; open it with the key file that the plan names",
            OpenError::Changed => "changed after it was sealed; ask the device for its batch again",
            OpenError::UnknownRecord => {
                "opened, but holds no record of format version 1; a newer Minping may read it: update and try again"
            }
            OpenError::Crypto(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for SealError {}
impl std::error::Error for OpenError {}
