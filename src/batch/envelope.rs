use super::{Crypto, CryptoError, Link, Roster};
use crate::plan::{Digest, PublicKey};
use crate::session::{PlanRef, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a device hands over, before it is signed.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchDraft {
    pub plan: PlanRef,
    pub round: String,
    /// 1, 2, 3 … on a device's chain; 0 for a resident's single batch.
    pub seq: u64,
    /// Digest of the device's batch before this one; none for `seq` 0 and 1.
    pub prev: Option<Digest>,
    /// The resident's link token.
    pub link: Option<String>,
    /// Each either a sealed record (JWE JSON) or, in plans that do not seal, a record's JSON.
    pub records: Vec<String>,
    pub voided: Vec<Voided>,
}

/// A session that was closed without a record: counted, not erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voided {
    /// Random id of the session.
    pub id: String,
    pub reason: String,
}

/// A signed batch as it is stored, uploaded or carried: the text of a `.minping` file, and its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedBatch {
    pub text: String,
    pub digest: Digest,
}

/// The content of a batch whose signature holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// SHA-256 over the JWS signing input.
    pub digest: Digest,
    /// Thumbprint of the key that signed.
    pub device: Digest,
    pub device_key: PublicKey,
    pub plan: PlanRef,
    pub round: String,
    pub seq: u64,
    pub prev: Option<Digest>,
    /// The verified link, for a resident's batch.
    pub link: Option<Link>,
    pub records: Vec<Slip>,
    pub voided: Vec<Voided>,
}

/// One record inside a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum Slip {
    /// JWE JSON text.
    Sealed(String),
    Plain(Record),
}

/// Something that passed [`verify_batch`]. Cannot be made elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified<T>(pub(super) T);

impl<T> std::ops::Deref for Verified<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Why a genuine batch is kept apart and not merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quarantine {
    /// No roster was given or the device is not on it.
    UnknownDevice,
    Revoked,
    /// Same plan id, another digest or version.
    OtherPlanVersion {
        found: PlanRef,
    },
    /// Another plan altogether.
    OtherPlan {
        found: PlanRef,
    },
    UnknownRound(String),
    /// A resident's batch whose link is missing, not signed by the office, or for something else.
    BadLink,
}

/// What [`verify_batch`] found.
#[derive(Clone, Debug, PartialEq)]
pub enum Admission {
    Admitted(Verified<Batch>),
    Quarantined(Box<Batch>, Quarantine),
}

/// Why a file is no batch at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchError {
    /// Not a compact JWS.
    NotABatch,
    /// A JWS of another kind, such as a receipt: its `typ`.
    WrongKind(String),
    /// The signature does not hold: changed or damaged.
    BadSignature,
    /// Signed, but the content is not of format version 1.
    BadContent(String),
    NewerVersion(u64),
    Crypto(CryptoError),
}

/// Who is trusted to hand over what.
#[derive(Clone, Debug)]
pub struct Trust<'a> {
    pub plan: &'a PlanRef,
    pub rounds: Vec<String>,
    /// The office's signing keys, from the plan.
    pub office: &'a [PublicKey],
    /// None: the receiver's door, which knows no roster; every device's batch is then quarantined as unknown.
    pub roster: Option<&'a Roster>,
}

/// Signs a batch. Records are shuffled first, so that their order says nothing.
pub async fn sign_batch<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    draft: BatchDraft,
) -> Result<SignedBatch, CryptoError> {
    let _ = (crypto, key, public, draft);
    todo!()
}

/// Checks a batch: kind, signature, content, plan, round, device or link.
pub async fn verify_batch<C: Crypto>(crypto: &C, text: &str, trust: &Trust<'_>) -> Result<Admission, BatchError> {
    let _ = (crypto, text, trust);
    todo!()
}

/// Digest of a batch's text, before anything is checked: what it is stored and looked up by.
pub async fn batch_digest<C: Crypto>(crypto: &C, text: &str) -> Result<Digest, BatchError> {
    let _: Option<BTreeMap<u8, u8>> = None;
    let _ = (crypto, text);
    todo!()
}
