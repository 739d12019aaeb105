use super::{Crypto, CryptoError};
use crate::plan::{Digest, PublicKey};
use serde::{Deserialize, Serialize};

/// The office's signed list of enrolled devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    pub v: u32,
    /// Id of the plan it belongs to.
    pub plan: String,
    /// Counts up with every change.
    pub issue: u64,
    pub devices: Vec<RosterEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    let _ = (crypto, key, public, roster);
    todo!()
}

pub async fn verify_roster<C: Crypto>(
    crypto: &C,
    text: &str,
    office: &[PublicKey],
    plan: &str,
) -> Result<Roster, RosterError> {
    let _ = (crypto, text, office, plan);
    todo!()
}
