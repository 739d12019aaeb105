use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError};
use crate::json::{self, Node};
use crate::plan::{Digest, PublicKey};
use serde::Serialize;
use std::fmt;

/// The cases that an office hands to one device: addresses, households or telephone numbers. Personal data: it is no part
/// of the plan, and no record names a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assignment {
    pub v: u32,
    /// Id of the plan; every version of it.
    pub plan: String,
    pub round: String,
    /// Thumbprint of the device that it is for.
    pub device: Digest,
    /// When it was made, in UTC: `YYYY-MM-DDThh:mm:ssZ`. Of two, the later one holds.
    pub at: String,
    /// At most so many attempts at one case; 0: as many as it takes.
    pub attempts: u32,
    pub selection: Selection,
    pub cases: Vec<Case>,
}

/// Who is asked in a household of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Selection {
    /// A case is one person, or whoever answers.
    #[default]
    None,
    /// By the tables of Kish (1949).
    Kish,
    /// Whose birthday was last.
    LastBirthday,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Case {
    /// What the office calls it.
    pub id: String,
    /// Address, name or whatever leads to it.
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stratum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// `latitude longitude` in degrees (WGS 84).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The case in whose place this one may be asked, once that is lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substitute_for: Option<String>,
}

impl Case {
    /// Latitude and longitude.
    pub fn position(&self) -> Option<(f64, f64)> {
        let (latitude, longitude) = self.place.as_deref()?.split_once(' ')?;
        let (latitude, longitude): (f64, f64) = (latitude.parse().ok()?, longitude.parse().ok()?);
        (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
    }
}

impl Assignment {
    pub fn case(&self, id: &str) -> Option<&Case> {
        self.cases.iter().find(|case| case.id == id)
    }
}

/// The longest id of a case in bytes, and the longest of its other texts.
const LONGEST_ID: usize = 64;
const LONGEST: usize = 500;

/// Whether a case may be called so: it becomes part of keys, and of tables that people read.
pub fn is_case_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_ID && !id.chars().any(|c| c.is_control() || c.is_whitespace() || c == '/')
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssignmentError {
    NotAnAssignment,
    WrongKind(String),
    BadSignature,
    WrongKey,
    /// Of another plan: its id.
    OtherPlan(String),
    /// For another device: the beginning of its check code.
    OtherDevice(String),
    BadContent(String),
    Crypto(CryptoError),
}

pub async fn sign_assignment<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    assignment: &Assignment,
) -> Result<String, CryptoError> {
    let payload = serde_json::to_string(assignment).expect("an assignment always has a JSON form");
    jws::sign(crypto, key, Some(public), Kind::Assignment, &payload).await
}

/// Reads an assignment that was verified when it was taken in.
pub fn read_assignment(text: &str) -> Result<Assignment, AssignmentError> {
    let jws = jws::read(text)?;
    jws.expect(Kind::Assignment)?;
    parse(&jws.payload)
}

/// Accepts only an assignment of this plan, signed by one of the office's keys and, where `device` is given, for that device.
pub async fn verify_assignment<C: Crypto>(
    crypto: &C,
    text: &str,
    office: &[PublicKey],
    plan: &str,
    device: Option<&Digest>,
) -> Result<Assignment, AssignmentError> {
    let (jws, key) = jws::verify(crypto, Kind::Assignment, text).await?;
    if !office.contains(&key) {
        return Err(AssignmentError::WrongKey);
    }
    let assignment = parse(&jws.payload)?;
    if assignment.plan != plan {
        return Err(AssignmentError::OtherPlan(assignment.plan));
    }
    if device.is_some_and(|device| *device != assignment.device) {
        return Err(AssignmentError::OtherDevice(assignment.device.short().to_owned()));
    }
    Ok(assignment)
}

fn parse(payload: &[u8]) -> Result<Assignment, AssignmentError> {
    let found = json::read_bytes(payload, assignment).map_err(|_| bad("not the members of a list of version 1"))?;
    if found.v != 1 {
        return Err(bad("a newer version than 1"));
    }
    let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
    if found.at.chars().map(digits).collect::<String>() != "0000-00-00T00:00:00Z" {
        return Err(bad("`at` is no time in UTC"));
    }
    for (at, case) in found.cases.iter().enumerate() {
        if !is_case_id(&case.id) {
            return Err(bad(&format!("case {} has no id that can be used", at + 1)));
        }
        let texts = [Some(&case.label), case.phone.as_ref(), case.place.as_ref()];
        if texts.into_iter().flatten().any(|text| text.len() > LONGEST || text.chars().any(char::is_control)) {
            return Err(bad(&format!("case `{}` has a text that is too long or holds control characters", case.id)));
        }
        if case.place.is_some() && case.position().is_none() {
            return Err(bad(&format!("case `{}` has a place that is none", case.id)));
        }
    }
    let mut ids: Vec<&str> = found.cases.iter().map(|case| case.id.as_str()).collect();
    ids.sort_unstable();
    if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(bad(&format!("case `{}` is in it twice", twice[0])));
    }
    for case in &found.cases {
        let Some(wanted) = &case.substitute_for else { continue };
        let original = found.case(wanted);
        if original.is_none_or(|original| original.substitute_for.is_some()) {
            return Err(bad(&format!("case `{}` is the substitute of `{wanted}`, which is no first case", case.id)));
        }
    }
    Ok(found)
}

fn assignment(node: Node) -> Assignment {
    let node = node.only(&["v", "plan", "round", "device", "at", "attempts", "selection", "cases"]);
    let selection = node.one_of("selection", &["none", "kish", "last_birthday"]);
    Assignment {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        plan: node.text("plan"),
        round: node.text("round"),
        device: node.object("device", Digest::read),
        at: node.text("at"),
        attempts: node.whole("attempts", 1000) as u32,
        selection: [Selection::None, Selection::Kish, Selection::LastBirthday][selection.min(2)],
        cases: node.list("cases", case),
    }
}

fn case(node: Node) -> Case {
    let node = node.only(&["id", "label", "stratum", "group", "phone", "place", "substitute_for"]);
    Case {
        id: node.text("id"),
        label: node.text("label"),
        stratum: node.text_or_none("stratum"),
        group: node.text_or_none("group"),
        phone: node.text_or_none("phone"),
        place: node.text_or_none("place"),
        substitute_for: node.text_or_none("substitute_for"),
    }
}

fn bad(what: &str) -> AssignmentError {
    AssignmentError::BadContent(what.to_owned())
}

impl From<JwsError> for AssignmentError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => AssignmentError::NotAnAssignment,
            JwsError::WrongKind(typ) => AssignmentError::WrongKind(typ),
            JwsError::BadHeader(what) => bad(what),
            JwsError::BadSignature => AssignmentError::BadSignature,
            JwsError::Crypto(error) => AssignmentError::Crypto(error),
        }
    }
}

impl fmt::Display for AssignmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssignmentError::NotAnAssignment => {
                f.write_str("not a list of cases; choose the `.minping-assignment` file that the office made")
            }
            AssignmentError::WrongKind(typ) => jws::write_wrong_kind(f, "a list of cases", typ),
            AssignmentError::BadSignature => {
                f.write_str("the signature of the list does not hold: it was changed; get it from the office again")
            }
            AssignmentError::WrongKey => f.write_str(
                "the list is signed by a key that the plan does not name; get it from the office of this plan",
            ),
            AssignmentError::OtherPlan(id) => write!(f, "the list belongs to plan `{id}`; choose the one of this plan"),
            AssignmentError::OtherDevice(code) => {
                write!(f, "the list is for the device {code}; choose the one of this device")
            }
            AssignmentError::BadContent(what) => {
                write!(f, "the list cannot be used: {what}; ask the office to make it again")
            }
            AssignmentError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AssignmentError {}
