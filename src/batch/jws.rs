//! JWS compact serialization with ES256 (RFC 7515, RFC 7518 section 3.4): the one wrapper of everything that is signed
//! here. The header is closed: `alg`, `typ` and, but for links, `jwk`. So `crit`, `b64`, `none` and the rest are refused.
use super::crypto::is_well_formed;
use super::{Crypto, CryptoError, base64url};
use crate::json::{self, Node};
use crate::plan::PublicKey;
use std::fmt;

/// What a signed text is. One is never accepted as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Batch,
    Receipt,
    Roster,
    Quotas,
    Link,
    Card,
    Decision,
    Assignment,
    Contacts,
    Claim,
    Certificate,
    Protocol,
}

impl Kind {
    pub fn typ(self) -> &'static str {
        match self {
            Kind::Batch => "minping-batch+jws",
            Kind::Receipt => "minping-receipt+jws",
            Kind::Roster => "minping-roster+jws",
            Kind::Quotas => "minping-quotas+jws",
            Kind::Link => "minping-link+jws",
            Kind::Card => "minping-card+jws",
            Kind::Decision => "minping-decision+jws",
            Kind::Assignment => "minping-assignment+jws",
            Kind::Contacts => "minping-contacts+jws",
            Kind::Claim => "minping-claim+jws",
            Kind::Certificate => "minping-certificate+jws",
            Kind::Protocol => "minping-protocol+jws",
        }
    }
}

/// Why a text is not a signed text of the kind wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JwsError {
    /// Not three parts of base64url with a JOSE header.
    NotCompact,
    WrongKind(String),
    /// A header that this format does not know: an algorithm, an extension, a key that is no P-256 key.
    BadHeader(&'static str),
    BadSignature,
    Crypto(CryptoError),
}

/// A compact JWS taken apart; nothing is verified yet.
pub struct Jws<'a> {
    /// What is signed: header and payload as they stand in the text.
    pub input: &'a str,
    pub typ: String,
    /// The signer's key, carried in the header.
    pub key: Option<PublicKey>,
    pub payload: Vec<u8>,
    alg: String,
    signature: [u8; 64],
}

struct Header {
    alg: String,
    typ: String,
    jwk: Option<PublicKey>,
}

fn header(node: Node) -> Header {
    let node = node.only(&["alg", "typ", "jwk"]);
    Header { alg: node.text("alg"), typ: node.text("typ"), jwk: node.find("jwk").map(PublicKey::read) }
}

/// Takes a text apart. Blank space around it is ignored: it comes from editors and messengers, and is not signed.
pub fn read(text: &str) -> Result<Jws<'_>, JwsError> {
    let text = text.trim_ascii();
    take_apart(text).ok_or_else(|| match kind_of(text) {
        Some(typ) => JwsError::WrongKind(typ),
        None => JwsError::NotCompact,
    })
}

fn take_apart(text: &str) -> Option<Jws<'_>> {
    let (input, signature) = text.rsplit_once('.')?;
    let (header, payload) = input.split_once('.')?;
    let header = base64url::decode(header)?;
    let header = json::read_bytes(&header, self::header).ok()?;
    let payload = base64url::decode(payload)?;
    let signature = base64url::decode_exact(signature)?;
    Some(Jws { input, typ: header.typ, key: header.jwk, payload, alg: header.alg, signature })
}

/// What a text of another serialization says it is, such as a key file: only for the message.
fn kind_of(text: &str) -> Option<String> {
    let header = base64url::decode(text.split('.').next()?)?;
    let typ = json::read_bytes(&header, |header| header.text("typ")).ok()?;
    let known = [
        Kind::Batch,
        Kind::Receipt,
        Kind::Roster,
        Kind::Quotas,
        Kind::Link,
        Kind::Card,
        Kind::Decision,
        Kind::Assignment,
        Kind::Contacts,
        Kind::Claim,
        Kind::Certificate,
        Kind::Protocol,
    ];
    let known = known.iter().any(|x| x.typ() == typ);
    (!known).then_some(typ)
}

impl Jws<'_> {
    /// Refuses another kind or algorithm.
    pub fn expect(&self, kind: Kind) -> Result<(), JwsError> {
        if self.typ != kind.typ() {
            return Err(JwsError::WrongKind(self.typ.clone()));
        }
        if self.alg != "ES256" {
            return Err(JwsError::BadHeader("`alg` is not ES256"));
        }
        if self.key.as_ref().is_some_and(|key| !is_well_formed(key)) {
            return Err(JwsError::BadHeader("`jwk` is no P-256 key"));
        }
        Ok(())
    }

    /// Holds the signature against `key`.
    pub async fn holds<C: Crypto>(&self, crypto: &C, key: &PublicKey) -> Result<bool, JwsError> {
        match crypto.verify(key, self.input.as_bytes(), &self.signature).await {
            Ok(holds) => Ok(holds),
            Err(CryptoError::BadKey) => Err(JwsError::BadHeader("the signer's key is no point of P-256")),
            Err(error) => Err(JwsError::Crypto(error)),
        }
    }
}

/// Reads and verifies a text signed by the key in its own header; returns that key.
pub async fn verify<'a, C: Crypto>(crypto: &C, kind: Kind, text: &'a str) -> Result<(Jws<'a>, PublicKey), JwsError> {
    let jws = read(text)?;
    jws.expect(kind)?;
    let key = jws.key.clone().ok_or(JwsError::BadHeader("`jwk` is missing"))?;
    if !jws.holds(crypto, &key).await? {
        return Err(JwsError::BadSignature);
    }
    Ok((jws, key))
}

/// Signs a payload. With `public`, the header carries it as `jwk`.
pub async fn sign<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: Option<&PublicKey>,
    kind: Kind,
    payload: &str,
) -> Result<String, CryptoError> {
    let mut header = String::with_capacity(220);
    header.push_str("{\"alg\":\"ES256\",\"typ\":\"");
    header.push_str(kind.typ());
    header.push('"');
    if let Some(public) = public {
        header.push_str(",\"jwk\":");
        header.push_str(&public.thumbprint_input());
    }
    header.push('}');
    let mut text = base64url::encode(header.as_bytes());
    text.push('.');
    text.push_str(&base64url::encode(payload.as_bytes()));
    let signature = crypto.sign(key, text.as_bytes()).await?;
    text.push('.');
    text.push_str(&base64url::encode(&signature));
    Ok(text)
}

/// The sentence of every `WrongKind` error.
pub fn write_wrong_kind(f: &mut fmt::Formatter<'_>, wanted: &str, typ: &str) -> fmt::Result {
    let found = match typ {
        "minping-batch+jws" => "a batch",
        "minping-receipt+jws" => "a receipt",
        "minping-roster+jws" => "a roster",
        "minping-quotas+jws" => "a standing of quotas",
        "minping-link+jws" => "a link",
        "minping-card+jws" => "a device card",
        "minping-decision+jws" => "a decision",
        "minping-assignment+jws" => "a list of cases",
        "minping-contacts+jws" => "a contact log",
        "minping-claim+jws" => "a claim of a case",
        "minping-certificate+jws" => "a certificate of the course",
        "minping-protocol+jws" => "a protocol of a hall ballot",
        "minping-keys+jwe" => "an office key file",
        "minping-record+jwe" => "a sealed record",
        _ => "something that Minping does not know",
    };
    for part in ["this is ", found, " (`", typ, "`), not ", wanted, "; choose ", wanted] {
        f.write_str(part)?;
    }
    Ok(())
}
