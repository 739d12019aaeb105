//! A claim: "this device is calling this case now", so that nobody else of the office calls it as well. It holds nothing personal and
//! ends by itself.

use super::crypto::digest_of;
use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError, thumbprint};
use crate::json::{self, Node, Writer};
use crate::plan::{Digest, PublicKey};
use crate::session::PlanRef;
use std::fmt;

/// What a device asks of a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub plan: PlanRef,
    /// See [`claimed_case`].
    pub case: Digest,
    /// For how long; 0 gives it back.
    pub minutes: u64,
}

/// No claim is longer.
pub const LONGEST_CLAIM: u64 = 30;

/// A claim whose signature holds. Only [`verify_claim`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedClaim {
    pub claim: Claim,
    /// Thumbprint of the key that signed. Whether the device is enrolled the roster says.
    pub device: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimError {
    NotAClaim,
    WrongKind(String),
    BadSignature,
    BadContent(&'static str),
    Crypto(CryptoError),
}

/// What a case is called in claims: the SHA-256 of `minping-claim/<plan>/<round>/<case>` with the ids of all three. The same on every device and
/// in every version of the plan; it does not say which case it is to those who have no list.
pub async fn claimed_case<C: Crypto>(crypto: &C, plan: &str, round: &str, case: &str) -> Result<Digest, CryptoError> {
    digest_of(crypto, ["minping-claim", plan, round, case].join("/").as_bytes()).await
}

pub async fn sign_claim<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    claim: &Claim,
) -> Result<String, CryptoError> {
    let mut out = Writer::new();
    out.open('{');
    out.number("v", 1);
    claim.plan.write(&mut out);
    out.text("case", claim.case.as_str());
    out.number("minutes", claim.minutes);
    out.close('}');
    jws::sign(crypto, key, Some(public), Kind::Claim, &out.finish()).await
}

/// Accepts a claim whose signature by the key in its header holds.
pub async fn verify_claim<C: Crypto>(crypto: &C, text: &str) -> Result<VerifiedClaim, ClaimError> {
    let (jws, key) = jws::verify(crypto, Kind::Claim, text).await?;
    let (v, claim) = json::read_bytes(&jws.payload, payload)
        .map_err(|_| ClaimError::BadContent("not the members of a claim of version 1"))?;
    if v != 1 {
        return Err(ClaimError::BadContent("a newer version than 1"));
    }
    if Digest::parse(claim.case.as_str()).is_none() {
        return Err(ClaimError::BadContent("`case` is no SHA-256 in base64url"));
    }
    if claim.minutes > LONGEST_CLAIM {
        return Err(ClaimError::BadContent("more than 30 minutes"));
    }
    let device = thumbprint(crypto, &key).await.map_err(ClaimError::Crypto)?;
    Ok(VerifiedClaim { claim, device })
}

fn payload(node: Node) -> (u64, Claim) {
    const MOST: u64 = u32::MAX as u64;
    let node = node.only(&["v", "plan", "case", "minutes"]);
    let claim = Claim {
        plan: node.object("plan", PlanRef::read),
        case: node.object("case", Digest::read),
        minutes: node.whole("minutes", MOST),
    };
    (node.whole("v", MOST), claim)
}

impl From<JwsError> for ClaimError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => ClaimError::NotAClaim,
            JwsError::WrongKind(typ) => ClaimError::WrongKind(typ),
            JwsError::BadHeader(what) => ClaimError::BadContent(what),
            JwsError::BadSignature => ClaimError::BadSignature,
            JwsError::Crypto(error) => ClaimError::Crypto(error),
        }
    }
}

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClaimError::NotAClaim => f.write_str("not a claim of a case; it is made by the app's telephone desk"),
            ClaimError::WrongKind(typ) => jws::write_wrong_kind(f, "a claim of a case", typ),
            ClaimError::BadSignature => f.write_str("the signature does not hold: the claim was changed on its way"),
            ClaimError::BadContent(what) => write!(f, "the claim cannot be used: {what}"),
            ClaimError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ClaimError {}
