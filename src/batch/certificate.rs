//! A certificate: the device's word that somebody passed the course on it. It belongs to no plan.

use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError, thumbprint};
use crate::json::{self, Node, Writer};
use crate::plan::{Digest, PublicKey};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Which course.
    pub course: String,
    /// As it was typed: at most 100 bytes, no control characters.
    pub name: String,
    /// `YYYY-MM-DD` where the device was.
    pub on: String,
    pub right: u64,
    pub of: u64,
}

/// One whose signature holds. Only [`verify_certificate`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCertificate {
    pub certificate: Certificate,
    /// Thumbprint of the key that signed. Whether the device is enrolled the roster says.
    pub device: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateError {
    NotACertificate,
    WrongKind(String),
    BadSignature,
    BadContent(&'static str),
    Crypto(CryptoError),
}

const LONGEST_NAME: usize = 100;

fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.len() <= LONGEST_NAME && !name.chars().any(char::is_control)
}

fn is_day(day: &str) -> bool {
    day.len() == 10 && crate::expression::is_date(day)
}

/// The text of a certificate: shown as a QR code and saved as a file. Control characters in the name become spaces, and it is cut
/// after 100 bytes.
pub async fn sign_certificate<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    certificate: &Certificate,
) -> Result<String, CryptoError> {
    let mut name = String::new();
    for letter in certificate.name.trim().chars() {
        if name.len() + letter.len_utf8() > LONGEST_NAME {
            break;
        }
        name.push(if letter.is_control() { ' ' } else { letter });
    }
    let mut out = Writer::new();
    out.open('{');
    out.number("v", 1);
    out.text("course", &certificate.course);
    out.text("name", &name);
    out.text("on", &certificate.on);
    out.number("right", certificate.right);
    out.number("of", certificate.of);
    out.close('}');
    jws::sign(crypto, key, Some(public), Kind::Certificate, &out.finish()).await
}

/// Accepts a certificate whose signature by the key in its header holds.
pub async fn verify_certificate<C: Crypto>(crypto: &C, text: &str) -> Result<VerifiedCertificate, CertificateError> {
    let (jws, key) = jws::verify(crypto, Kind::Certificate, text).await?;
    let (v, certificate) = json::read_bytes(&jws.payload, payload)
        .map_err(|_| CertificateError::BadContent("not the members of a certificate of version 1"))?;
    if v != 1 {
        return Err(CertificateError::BadContent("a newer version than 1"));
    }
    if !is_name(&certificate.name) {
        return Err(CertificateError::BadContent("the name is empty, too long or holds control characters"));
    }
    if !is_day(&certificate.on) {
        return Err(CertificateError::BadContent("`on` is no day"));
    }
    if certificate.right > certificate.of {
        return Err(CertificateError::BadContent("more right answers than questions"));
    }
    let device = thumbprint(crypto, &key).await.map_err(CertificateError::Crypto)?;
    Ok(VerifiedCertificate { certificate, device })
}

fn payload(node: Node) -> (u64, Certificate) {
    const MOST: u64 = u32::MAX as u64;
    let node = node.only(&["v", "course", "name", "on", "right", "of"]);
    let certificate = Certificate {
        course: node.text("course"),
        name: node.text("name"),
        on: node.text("on"),
        right: node.whole("right", MOST),
        of: node.whole("of", MOST),
    };
    (node.whole("v", MOST), certificate)
}

impl From<JwsError> for CertificateError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => CertificateError::NotACertificate,
            JwsError::WrongKind(typ) => CertificateError::WrongKind(typ),
            JwsError::BadHeader(what) => CertificateError::BadContent(what),
            JwsError::BadSignature => CertificateError::BadSignature,
            JwsError::Crypto(error) => CertificateError::Crypto(error),
        }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CertificateError::NotACertificate => {
                f.write_str("not a certificate of the course; choose a `.minping-certificate` file that a device saved")
            }
            CertificateError::WrongKind(typ) => jws::write_wrong_kind(f, "a certificate of the course", typ),
            CertificateError::BadSignature => {
                f.write_str("the certificate's signature does not hold: it was changed; take it from the device again")
            }
            CertificateError::BadContent(what) => {
                write!(f, "the certificate cannot be used: {what}; take it from the device again")
            }
            CertificateError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CertificateError {}
