//! Whether a batch may be merged: kind, signature, content, plan, round, and the device or the link behind it.
use super::crypto::digest_of;
use super::jws::{self, Kind};
use super::seal::Sealed;
use super::{Batch, BatchError, Crypto, Roster, Slip, Voided, thumbprint, verify_link};
use crate::carry::carry;
use crate::json::{self, Node};
use crate::plan::{Digest, Plan, PublicKey};
use crate::session::{PlanRef, Record};
use std::fmt;

/// Something that was verified. Cannot be made elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified<T>(Box<T>);

impl<T> Verified<T> {
    pub(super) fn new(verified: T) -> Verified<T> {
        Verified(Box::new(verified))
    }
    pub fn into_inner(self) -> T {
        *self.0
    }
}

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

carry!(enum Quarantine { 0 UnknownDevice, 1 Revoked, 2 OtherPlanVersion { found }, 3 OtherPlan { found }, 4 UnknownRound(round), 5 BadLink });

impl Quarantine {
    /// Whether the office may decide that the batch counts all the same. What was made for another plan or round cannot be
    /// counted by this one.
    pub fn may_be_admitted(&self) -> bool {
        matches!(self, Quarantine::UnknownDevice | Quarantine::Revoked | Quarantine::BadLink)
    }
}

/// What [`verify_batch`] found.
#[derive(Clone, Debug, PartialEq)]
pub enum Admission {
    Admitted(Verified<Batch>),
    Quarantined(Box<Batch>, Quarantine),
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

impl<'a> Trust<'a> {
    /// Of a plan with all its rounds.
    pub fn of(plan: &'a Plan, reference: &'a PlanRef, roster: Option<&'a Roster>) -> Trust<'a> {
        Trust {
            plan: reference,
            rounds: plan.rounds.iter().map(|round| round.id.clone()).collect(),
            office: plan.keys.as_ref().map_or(&[], |keys| &keys.sign),
            roster,
        }
    }
}

/// The payload as it stands in the text.
struct Payload {
    plan: PlanRef,
    round: String,
    seq: u64,
    prev: Option<Digest>,
    link: Option<String>,
    /// As they stand.
    records: Vec<String>,
    voided: Vec<Voided>,
}

fn payload(node: Node) -> Payload {
    let node = node.only(&["v", "plan", "round", "seq", "prev", "link", "records", "voided"]);
    Payload {
        plan: node.object("plan", PlanRef::read),
        round: node.text("round"),
        seq: node.whole("seq", u64::MAX),
        prev: node.find("prev").map(Digest::read),
        link: node.text_or_none("link"),
        records: node.list("records", |record| record.raw().to_owned()),
        voided: node.list("voided", Voided::read),
    }
}

/// Checks a batch: kind, signature, content, plan, round, device or link.
pub async fn verify_batch<C: Crypto>(crypto: &C, text: &str, trust: &Trust<'_>) -> Result<Admission, BatchError> {
    let (jws, device_key) = jws::verify(crypto, Kind::Batch, text).await?;
    let digest = digest_of(crypto, jws.input.as_bytes()).await.map_err(BatchError::Crypto)?;
    let device = thumbprint(crypto, &device_key).await.map_err(BatchError::Crypto)?;
    let payload = read_payload(&jws.payload)?;
    let mut batch = Batch {
        digest,
        device,
        device_key,
        plan: payload.plan,
        round: payload.round,
        seq: payload.seq,
        prev: payload.prev,
        link: None,
        records: read_records(&payload.records)?,
        voided: payload.voided,
    };
    if batch.plan != *trust.plan {
        let found = batch.plan.clone();
        let reason = if found.id == trust.plan.id {
            Quarantine::OtherPlanVersion { found }
        } else {
            Quarantine::OtherPlan { found }
        };
        return Ok(Admission::Quarantined(Box::new(batch), reason));
    }
    if !trust.rounds.contains(&batch.round) {
        let reason = Quarantine::UnknownRound(batch.round.clone());
        return Ok(Admission::Quarantined(Box::new(batch), reason));
    }
    let refused = if batch.seq == 0 {
        match verified_link(crypto, payload.link.as_deref(), &batch, trust.office).await? {
            Some(link) => {
                batch.link = Some(link);
                None
            }
            None => Some(Quarantine::BadLink),
        }
    } else {
        // A roster of another plan says nothing about this one's devices.
        match trust.roster.filter(|x| x.plan == trust.plan.id).and_then(|x| x.entry(&batch.device)) {
            Some(entry) if entry.revoked => Some(Quarantine::Revoked),
            Some(_) => None,
            None => Some(Quarantine::UnknownDevice),
        }
    };
    Ok(match refused {
        Some(reason) => Admission::Quarantined(Box::new(batch), reason),
        None => Admission::Admitted(Verified::new(batch)),
    })
}

/// The token of the link in a resident's batch, as it stands there: nothing is verified. For a batch that was.
pub fn link_token(text: &str) -> Option<String> {
    let jws = jws::read(text).ok()?;
    jws.expect(Kind::Batch).ok()?;
    read_payload(&jws.payload).ok()?.link
}

/// The link, when the office signed it for this very plan and round.
async fn verified_link<C: Crypto>(
    crypto: &C,
    token: Option<&str>,
    batch: &Batch,
    office: &[PublicKey],
) -> Result<Option<super::Link>, BatchError> {
    let Some(token) = token else { return Ok(None) };
    match verify_link(crypto, token, office).await {
        Ok(link) if link.plan == batch.plan.digest && link.round == batch.round => Ok(Some(link)),
        Ok(_) => Ok(None),
        Err(super::LinkError::Crypto(error)) => Err(BatchError::Crypto(error)),
        Err(_) => Ok(None),
    }
}

fn read_payload(bytes: &[u8]) -> Result<Payload, BatchError> {
    // The version first: a newer format may have other members.
    let version = std::str::from_utf8(bytes).ok().and_then(|text| json::version(text, "v"));
    match version {
        Some(1) => {}
        Some(0) => return Err(bad("version 0 does not exist")),
        Some(newer) => return Err(BatchError::NewerVersion(newer)),
        None => return Err(bad("the payload is no JSON with a version `v`")),
    }
    let payload = json::read_bytes(bytes, payload).map_err(|error| BatchError::BadContent(error.to_string()))?;
    for digest in [Some(&payload.plan.digest), payload.prev.as_ref()].into_iter().flatten() {
        if Digest::parse(digest.as_str()).is_none() {
            return Err(bad("`plan.digest` or `prev` is no digest"));
        }
    }
    match (payload.seq, &payload.prev, &payload.link) {
        (0, Some(_), _) => Err(bad("`seq` 0 stands alone and has no `prev`")),
        (0, ..) if payload.records.len() > 1 => Err(bad("a resident's batch (`seq` 0) holds one record")),
        (1, Some(_), _) => Err(bad("`seq` 1 begins a chain and has no `prev`")),
        (2.., None, _) => Err(bad("`seq` 2 and later need `prev`")),
        (1.., _, Some(_)) => Err(bad("only a resident's batch (`seq` 0) has a `link`")),
        _ => Ok(payload),
    }
}

fn read_records(records: &[String]) -> Result<Vec<Slip>, BatchError> {
    let mut slips = Vec::with_capacity(records.len());
    for (index, raw) in records.iter().enumerate() {
        if json::read(raw, Sealed::read).is_ok() {
            slips.push(Slip::Sealed(raw.clone()));
            continue;
        }
        match Record::parse(raw) {
            Ok(record) if record.v == 1 => slips.push(Slip::Plain(record)),
            _ => {
                return Err(BatchError::BadContent(format!(
                    "`records[{index}]` is neither a sealed record nor a record of version 1"
                )));
            }
        }
    }
    Ok(slips)
}

fn bad(what: &str) -> BatchError {
    BatchError::BadContent(what.to_owned())
}

impl fmt::Display for Quarantine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quarantine::UnknownDevice => f.write_str(
                "the device is not on the roster; if it is the office's, add its card with `minping roster add` and merge again",
            ),
            Quarantine::Revoked => {
                f.write_str("the device was revoked on the roster; look at how the batch came in before anything is counted")
            }
            Quarantine::OtherPlanVersion { found } => write!(
                f,
                "made with version {} ({}) of this plan; open it together with that version of the plan",
                found.version,
                found.digest.short()
            ),
            Quarantine::OtherPlan { found } => {
                write!(f, "made for plan `{}` ({}); open it with that plan", found.id, found.digest.short())
            }
            Quarantine::UnknownRound(round) => {
                write!(f, "made for round `{round}`, which was not asked for or is not in the plan; choose its round")
            }
            Quarantine::BadLink => f.write_str(
                "sent by a link that the office did not sign for this plan and round; it is kept and not counted",
            ),
        }
    }
}
