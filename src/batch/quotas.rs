use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError};
use crate::json::{self, Node};
use crate::named::Named;
use crate::plan::{Digest, Plan, PublicKey};
use crate::session::PlanRef;
use serde::Serialize;
use std::fmt;

/// How full the quotas of a plan are, as the office has counted and signed it: for devices, and for everybody, since it lies
/// beside the plan. Holds counts and nothing else about records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quotas {
    pub v: u32,
    pub plan: PlanRef,
    /// When it was counted, in UTC: `YYYY-MM-DDThh:mm:ssZ`. Of two, the later one holds.
    pub at: String,
    /// Round to quota to what its cells have, in their order. `None`: fewer than the plan's smallest cell, and not full.
    pub counts: Named<Named<Vec<Option<u64>>>>,
    /// The first ten characters of the digests of the canvassers' batches that are counted in it, so that a device does
    /// not count what it has handed over twice.
    pub batches: Vec<String>,
}

impl Quotas {
    /// What the cells of a round have, by their places in [`Plan::cells`]; `None` where the standing does not say.
    pub fn of_round(&self, plan: &Plan, round: &str) -> Vec<Option<u64>> {
        let counts = self.counts.get(round);
        let told = |cell: &crate::plan::Cell| *counts?.get(cell.quota)?.get(cell.number - 1)?;
        plan.cells().iter().map(told).collect()
    }

    pub fn counts_batch(&self, digest: &Digest) -> bool {
        self.batches.iter().any(|batch| batch == digest.short())
    }
}

/// Where the standing of a plan lies, relative to the app's page: beside the plan.
pub fn quotas_file(plan: &PlanRef) -> String {
    ["plans/", &plan.id, ".", plan.digest.short(), ".minping-quotas"].concat()
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuotasError {
    NotAStanding,
    WrongKind(String),
    BadSignature,
    WrongKey,
    /// Of another plan, or of another version of it: its id and version.
    OtherPlan(String, String),
    BadContent(&'static str),
    Crypto(CryptoError),
}

pub async fn sign_quotas<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    quotas: &Quotas,
) -> Result<String, CryptoError> {
    let payload = serde_json::to_string(quotas).expect("a standing always has a JSON form");
    jws::sign(crypto, key, Some(public), Kind::Quotas, &payload).await
}

/// Reads a standing that was verified when it was taken in.
pub fn read_quotas(text: &str) -> Result<Quotas, QuotasError> {
    let jws = jws::read(text)?;
    jws.expect(Kind::Quotas)?;
    parse(&jws.payload)
}

/// Accepts only a standing of this very plan, signed by one of the office's keys.
pub async fn verify_quotas<C: Crypto>(
    crypto: &C,
    text: &str,
    office: &[PublicKey],
    plan: &Digest,
) -> Result<Quotas, QuotasError> {
    let (jws, key) = jws::verify(crypto, Kind::Quotas, text).await?;
    if !office.contains(&key) {
        return Err(QuotasError::WrongKey);
    }
    let quotas = parse(&jws.payload)?;
    if quotas.plan.digest != *plan {
        return Err(QuotasError::OtherPlan(quotas.plan.id, quotas.plan.version));
    }
    Ok(quotas)
}

fn parse(payload: &[u8]) -> Result<Quotas, QuotasError> {
    let quotas = json::read_bytes(payload, quotas)
        .map_err(|_| QuotasError::BadContent("not the members of a standing of version 1"))?;
    if quotas.v != 1 {
        return Err(QuotasError::BadContent("a newer version than 1"));
    }
    // Times are compared as texts.
    let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
    if quotas.at.chars().map(digits).collect::<String>() != "0000-00-00T00:00:00Z" {
        return Err(QuotasError::BadContent("`at` is no time in UTC"));
    }
    Ok(quotas)
}

fn quotas(node: Node) -> Quotas {
    fn count(node: Node) -> Option<u64> {
        (node.raw() != "null").then(|| node.as_whole(u64::from(u32::MAX)))
    }
    let node = node.only(&["v", "plan", "at", "counts", "batches"]);
    Quotas {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        plan: node.object("plan", PlanRef::read),
        at: node.text("at"),
        counts: node.map("counts", |round| round.as_map(|cells| cells.as_list(count))),
        batches: node.list("batches", Node::as_text),
    }
}

impl From<JwsError> for QuotasError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => QuotasError::NotAStanding,
            JwsError::WrongKind(typ) => QuotasError::WrongKind(typ),
            JwsError::BadHeader(what) => QuotasError::BadContent(what),
            JwsError::BadSignature => QuotasError::BadSignature,
            JwsError::Crypto(error) => QuotasError::Crypto(error),
        }
    }
}

impl fmt::Display for QuotasError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QuotasError::NotAStanding => f.write_str("not a standing of quotas; choose the file that the office made"),
            QuotasError::WrongKind(typ) => jws::write_wrong_kind(f, "a standing of quotas", typ),
            QuotasError::BadSignature => {
                f.write_str("the signature of the standing does not hold: it was changed; get it from the office again")
            }
            QuotasError::WrongKey => f.write_str(
                "the standing is signed by a key that the plan does not name; get it from the office of this plan",
            ),
            QuotasError::OtherPlan(id, version) => {
                for part in ["the standing belongs to plan `", id, "` version ", version] {
                    f.write_str(part)?;
                }
                f.write_str("; choose the one of this plan")
            }
            QuotasError::BadContent(what) => {
                for part in ["the standing cannot be used: ", what, "; get it from the office again"] {
                    f.write_str(part)?;
                }
                Ok(())
            }
            QuotasError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for QuotasError {}
