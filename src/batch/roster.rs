use super::crypto::is_well_formed;
use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError, thumbprint};
use crate::carry::carry;
use crate::json::{self, Node};
use crate::plan::{Digest, PublicKey};
use serde::Serialize;
use std::fmt;

/// The office's signed list of enrolled devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Roster {
    pub v: u32,
    /// Id of the plan it belongs to.
    pub plan: String,
    /// Counts up with every change.
    pub issue: u64,
    pub devices: Vec<RosterEntry>,
}

carry!(struct Roster { v, plan, issue, devices });

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RosterEntry {
    /// Thumbprint of the device's key.
    pub device: Digest,
    pub key: PublicKey,
    /// What the office calls it.
    pub name: String,
    /// Revoked devices stay on the list, so that their batches are told apart from unknown ones.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
}

carry!(struct RosterEntry { device, key, name, revoked });

impl Roster {
    pub fn entry(&self, device: &Digest) -> Option<&RosterEntry> {
        self.devices.iter().find(|x| x.device == *device)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterError {
    NotARoster,
    WrongKind(String),
    BadSignature,
    WrongKey,
    /// A roster of another plan: its id.
    OtherPlan(String),
    BadContent(String),
    Crypto(CryptoError),
}

pub async fn sign_roster<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    roster: &Roster,
) -> Result<String, CryptoError> {
    let payload = serde_json::to_string(roster).expect("a roster always has a JSON form");
    jws::sign(crypto, key, Some(public), Kind::Roster, &payload).await
}

/// Accepts only a roster of the plan, signed by one of the office's keys, in which every device is named once and by the
/// thumbprint of its own key.
pub async fn verify_roster<C: Crypto>(
    crypto: &C,
    text: &str,
    office: &[PublicKey],
    plan: &str,
) -> Result<Roster, RosterError> {
    let (jws, key) = jws::verify(crypto, Kind::Roster, text).await?;
    if !office.contains(&key) {
        return Err(RosterError::WrongKey);
    }
    let roster =
        json::read_bytes(&jws.payload, self::roster).map_err(|_| bad("not the members of a roster of version 1"))?;
    if roster.v != 1 {
        return Err(bad("a newer version than 1"));
    }
    if roster.plan != plan {
        return Err(RosterError::OtherPlan(roster.plan));
    }
    for (index, entry) in roster.devices.iter().enumerate() {
        let own = thumbprint(crypto, &entry.key).await.map_err(RosterError::Crypto)?;
        if !is_well_formed(&entry.key)
            || own != entry.device
            || roster.devices[..index].iter().any(|x| x.device == entry.device)
        {
            return Err(RosterError::BadContent(
                ["device `", &entry.name, "` is listed twice or under another key's thumbprint"].concat(),
            ));
        }
    }
    Ok(roster)
}

pub(super) fn roster(node: Node) -> Roster {
    let node = node.only(&["v", "plan", "issue", "devices"]);
    Roster {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        plan: node.text("plan"),
        issue: node.whole("issue", u64::MAX),
        devices: node.list("devices", entry),
    }
}

fn entry(node: Node) -> RosterEntry {
    let node = node.only(&["device", "key", "name", "revoked"]);
    RosterEntry {
        device: node.object("device", Digest::read),
        key: node.object("key", PublicKey::read),
        name: node.text("name"),
        revoked: node.flag("revoked", Some(false)),
    }
}

fn bad(what: &str) -> RosterError {
    RosterError::BadContent(what.to_owned())
}

impl From<JwsError> for RosterError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => RosterError::NotARoster,
            JwsError::WrongKind(typ) => RosterError::WrongKind(typ),
            JwsError::BadHeader(what) => bad(what),
            JwsError::BadSignature => RosterError::BadSignature,
            JwsError::Crypto(error) => RosterError::Crypto(error),
        }
    }
}

impl fmt::Display for RosterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RosterError::NotARoster => f.write_str("not a roster; choose the file that the office made"),
            RosterError::WrongKind(typ) => jws::write_wrong_kind(f, "a roster", typ),
            RosterError::BadSignature => {
                f.write_str("the roster's signature does not hold: it was changed; use the office's own copy")
            }
            RosterError::WrongKey => f.write_str(
                "the roster is signed by a key that the plan does not name; use the key file with which the plan was published",
            ),
            RosterError::OtherPlan(plan) => {
                write!(f, "the roster belongs to plan `{plan}`; choose the roster of this plan")
            }
            RosterError::BadContent(what) => write!(f, "the roster cannot be used: {what}; use the office's own copy"),
            RosterError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RosterError {}
