//! A batch: what a device hands over, signed and chained (FORMAT.md, "Batch").
use super::crypto::digest_of;
use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError, Link};
use crate::carry::carry;
use crate::json::{Node, Writer};
use crate::plan::{Digest, PublicKey};
use crate::session::{PlanRef, Record};
use std::fmt;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voided {
    /// Random id of the session.
    pub id: String,
    pub reason: String,
}

carry!(struct Voided { id, reason });

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
#[expect(clippy::large_enum_variant, reason = "all records of a batch are of one sort, so a box saves nothing")]
pub enum Slip {
    /// JWE JSON text.
    Sealed(String),
    Plain(Record),
}

/// Signs a batch. Records are shuffled first and what was voided is ordered by its random id, so that their order says
/// nothing.
pub async fn sign_batch<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    mut draft: BatchDraft,
) -> Result<SignedBatch, CryptoError> {
    shuffle(crypto, &mut draft.records)?;
    draft.voided.sort_by(|a, b| a.id.cmp(&b.id));
    let text = jws::sign(crypto, key, Some(public), Kind::Batch, &payload(&draft)).await?;
    let digest = digest_of(crypto, signing_input(&text).as_bytes()).await?;
    Ok(SignedBatch { text, digest })
}

fn payload(draft: &BatchDraft) -> String {
    let mut out = Writer::new();
    out.open('{');
    out.number("v", 1);
    draft.plan.write(&mut out);
    out.text("round", &draft.round);
    out.number("seq", draft.seq);
    out.text_if_some("prev", draft.prev.as_ref().map(|prev| &prev.0));
    out.text_if_some("link", draft.link.as_ref());
    out.name("records");
    out.open('[');
    draft.records.iter().for_each(|record| out.raw(record));
    out.close(']');
    out.name("voided");
    out.open('[');
    for voided in &draft.voided {
        out.open('{');
        out.text("id", &voided.id);
        out.text("reason", &voided.reason);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    out.finish()
}

impl Voided {
    pub(super) fn read(node: Node) -> Voided {
        let node = node.only(&["id", "reason"]);
        Voided { id: node.text("id"), reason: node.text("reason") }
    }
}

/// Fisher-Yates; every order equally likely.
fn shuffle<C: Crypto>(crypto: &C, list: &mut [String]) -> Result<(), CryptoError> {
    for last in (1..list.len()).rev() {
        list.swap(last, below(crypto, last as u64 + 1)? as usize);
    }
    Ok(())
}

/// A random number below `bound`: numbers from the incomplete last run of `bound` are drawn again.
fn below<C: Crypto>(crypto: &C, bound: u64) -> Result<u64, CryptoError> {
    let limit = u64::MAX - u64::MAX % bound;
    loop {
        let mut bytes = [0; 8];
        crypto.random(&mut bytes)?;
        let number = u64::from_le_bytes(bytes);
        if number < limit {
            return Ok(number % bound);
        }
    }
}

fn signing_input(text: &str) -> &str {
    text.rsplit_once('.').map_or(text, |x| x.0)
}

/// Digest of a batch's text, before anything is checked: what it is stored and looked up by. Blank space around the text
/// is not part of it.
pub async fn batch_digest<C: Crypto>(crypto: &C, text: &str) -> Result<Digest, BatchError> {
    let jws = jws::read(text)?;
    jws.expect(Kind::Batch)?;
    digest_of(crypto, jws.input.as_bytes()).await.map_err(BatchError::Crypto)
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

carry!(enum BatchError { 0 NotABatch, 1 WrongKind(typ), 2 BadSignature, 3 BadContent(what), 4 NewerVersion(version), 5 Crypto(error) });

impl From<JwsError> for BatchError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => BatchError::NotABatch,
            JwsError::WrongKind(typ) => BatchError::WrongKind(typ),
            JwsError::BadHeader(what) => BatchError::BadContent(what.to_owned()),
            JwsError::BadSignature => BatchError::BadSignature,
            JwsError::Crypto(error) => BatchError::Crypto(error),
        }
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BatchError::NotABatch => f.write_str("not a batch; choose a `.minping` file that a device handed over"),
            BatchError::WrongKind(typ) => jws::write_wrong_kind(f, "a batch", typ),
            BatchError::BadSignature => f.write_str(
                "the signature does not hold: the batch was changed or damaged on its way; keep it and ask the device for it again",
            ),
            BatchError::BadContent(what) => {
                write!(f, "signed, but no batch of format version 1: {what}; keep it and ask who made it")
            }
            BatchError::NewerVersion(version) => {
                write!(f, "a batch of format version {version}; this Minping knows version 1: update it and try again")
            }
            BatchError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BatchError {}
