use super::crypto::digest_of;
use super::jws::{self, JwsError, Kind};
use super::seal::{self, Sealed};
use super::{Crypto, CryptoError, OfficeSecrets, OpenError, SealError, thumbprint};
use crate::json::{self, Node, Writer};
use crate::plan::{Digest, PublicKey};
use crate::session::PlanRef;
use std::fmt;

/// The protected header of what a log holds.
const PROTECTED: &str = r#"{"alg":"ECDH-ES+A256KW","enc":"A256GCM","typ":"minping-contacts+jwe"}"#;

/// A device's contacts so far, of one plan and round: what became of each case, and how many attempts of each day ended how.
/// The two are not joined: no case has a day, so that nobody puts a case beside what was handed over on that day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactLog {
    /// `at` of the list that the device works from; empty where it has none.
    pub list: String,
    /// In the order of their ids.
    pub cases: Vec<CaseStanding>,
    /// In the order of days.
    pub days: Vec<DayCount>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseStanding {
    pub id: String,
    pub stratum: Option<String>,
    pub group: Option<String>,
    /// How the attempt that decides was made; `None` where there was none.
    pub mode: Option<String>,
    /// AAPOR's code of what stands now. `None`: a substitute that is not in use.
    pub outcome: Option<String>,
    pub attempts: u64,
    pub substitute_for: Option<String>,
    /// How many in the household could have been asked, where one was chosen.
    pub household: u64,
    /// The number of who was chosen, in the order of the method; 0 where the method counts nobody off.
    pub selected: u64,
}

/// Attempts of one day that ended alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayCount {
    /// `YYYY-MM-DD` where the device was.
    pub day: String,
    pub stratum: Option<String>,
    pub mode: String,
    pub outcome: String,
    pub count: u64,
}

/// What a log says outside of its seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHead {
    pub plan: PlanRef,
    pub round: String,
    /// Counts 1, 2, 3 … on a device for one plan and round. Each log holds all that those before it held.
    pub number: u64,
    /// The day on which it was made.
    pub day: String,
}

/// A log as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedLog {
    pub text: String,
    pub digest: Digest,
}

/// A log whose signature holds. Only [`verify_contacts`] makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedLog {
    pub head: LogHead,
    /// Thumbprint of the key that signed: the device.
    pub device: Digest,
    pub digest: Digest,
    sealed: String,
}

#[cfg(test)]
impl VerifiedLog {
    /// One that nobody signed.
    pub fn for_tests(head: LogHead, device: Digest, digest: Digest) -> VerifiedLog {
        VerifiedLog { head, device, digest, sealed: String::new() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactsError {
    NotALog,
    WrongKind(String),
    BadSignature,
    /// Of another plan: its id.
    OtherPlan(String),
    BadContent(&'static str),
    Open(OpenError),
    Crypto(CryptoError),
}

/// Seals a log for the office and signs it as the device.
pub async fn sign_contacts<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    office: &[PublicKey],
    head: &LogHead,
    log: &ContactLog,
) -> Result<SignedLog, SealError> {
    if office.is_empty() {
        return Err(SealError::NoRecipient);
    }
    let plain = seal::pad(encode(log));
    let sealed = seal::seal_bytes(crypto, office, PROTECTED, &plain).await.map_err(SealError::Crypto)?;
    let mut out = Writer::new();
    out.open('{');
    out.number("v", 1);
    head.plan.write(&mut out);
    out.text("round", &head.round);
    out.number("number", head.number);
    out.text("day", &head.day);
    out.name("sealed");
    out.raw(&sealed);
    out.close('}');
    let text = jws::sign(crypto, key, Some(public), Kind::Contacts, &out.finish()).await.map_err(SealError::Crypto)?;
    let input = text.rsplit_once('.').map_or(text.as_str(), |parts| parts.0);
    let digest = digest_of(crypto, input.as_bytes()).await.map_err(SealError::Crypto)?;
    Ok(SignedLog { text, digest })
}

/// Accepts a log of a plan (any, where `plan` is `None`) whose signature by the key in its header holds. Whether the device is
/// enrolled the roster says.
pub async fn verify_contacts<C: Crypto>(
    crypto: &C,
    text: &str,
    plan: Option<&str>,
) -> Result<VerifiedLog, ContactsError> {
    let (jws, key) = jws::verify(crypto, Kind::Contacts, text).await?;
    let (v, head, sealed) = json::read_bytes(&jws.payload, payload)
        .map_err(|_| ContactsError::BadContent("not the members of a contact log of version 1"))?;
    if v != 1 {
        return Err(ContactsError::BadContent("a newer version than 1"));
    }
    if plan.is_some_and(|plan| plan != head.plan.id) {
        return Err(ContactsError::OtherPlan(head.plan.id));
    }
    let device = thumbprint(crypto, &key).await.map_err(ContactsError::Crypto)?;
    let digest = digest_of(crypto, jws.input.as_bytes()).await.map_err(ContactsError::Crypto)?;
    Ok(VerifiedLog { head, device, digest, sealed })
}

/// Opens what a log holds, with one of the office's keys.
pub async fn open_contacts<C: Crypto>(
    crypto: &C,
    keys: &OfficeSecrets<C>,
    log: &VerifiedLog,
) -> Result<ContactLog, ContactsError> {
    let sealed = json::read(&log.sealed, Sealed::read).map_err(|_| ContactsError::Open(OpenError::Malformed))?;
    let plain = seal::open_bytes(crypto, keys, PROTECTED, &sealed).await.map_err(ContactsError::Open)?;
    let (v, content) = json::read_bytes(&plain, content).map_err(|_| ContactsError::Open(OpenError::UnknownRecord))?;
    if v == 1 { Ok(content) } else { Err(ContactsError::BadContent("a newer version than 1")) }
}

fn payload(node: Node) -> (u64, LogHead, String) {
    let node = node.only(&["v", "plan", "round", "number", "day", "sealed"]);
    let head = LogHead {
        plan: node.object("plan", PlanRef::read),
        round: node.text("round"),
        number: node.whole("number", u64::from(u32::MAX)),
        day: node.text("day"),
    };
    (node.whole("v", u64::from(u32::MAX)), head, node.object("sealed", |sealed| sealed.raw().to_owned()))
}

fn encode(log: &ContactLog) -> String {
    let mut out = Writer::new();
    out.open('{');
    out.number("v", 1);
    out.text("list", &log.list);
    out.name("cases");
    out.open('[');
    for case in &log.cases {
        out.open('{');
        out.text("id", &case.id);
        out.text_if_some("stratum", case.stratum.as_ref());
        out.text_if_some("group", case.group.as_ref());
        out.text_if_some("mode", case.mode.as_ref());
        out.text_if_some("outcome", case.outcome.as_ref());
        out.number("attempts", case.attempts);
        out.text_if_some("substitute_for", case.substitute_for.as_ref());
        out.number_if_any("household", case.household);
        out.number_if_any("selected", case.selected);
        out.close('}');
    }
    out.close(']');
    out.name("days");
    out.open('[');
    for day in &log.days {
        out.open('{');
        out.text("day", &day.day);
        out.text_if_some("stratum", day.stratum.as_ref());
        out.text("mode", &day.mode);
        out.text("outcome", &day.outcome);
        out.number("count", day.count);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    out.finish()
}

fn content(node: Node) -> (u64, ContactLog) {
    const MOST: u64 = u32::MAX as u64;
    let node = node.only(&["v", "list", "cases", "days"]);
    let cases = node.list("cases", |case| {
        let case = case.only(&[
            "id",
            "stratum",
            "group",
            "mode",
            "outcome",
            "attempts",
            "substitute_for",
            "household",
            "selected",
        ]);
        CaseStanding {
            id: case.text("id"),
            stratum: case.text_or_none("stratum"),
            group: case.text_or_none("group"),
            mode: case.text_or_none("mode"),
            outcome: case.text_or_none("outcome"),
            attempts: case.whole("attempts", MOST),
            substitute_for: case.text_or_none("substitute_for"),
            household: case.whole_or_zero("household"),
            selected: case.whole_or_zero("selected"),
        }
    });
    let days = node.list("days", |day| {
        let day = day.only(&["day", "stratum", "mode", "outcome", "count"]);
        DayCount {
            day: day.text("day"),
            stratum: day.text_or_none("stratum"),
            mode: day.text("mode"),
            outcome: day.text("outcome"),
            count: day.whole("count", MOST),
        }
    });
    (node.whole("v", MOST), ContactLog { list: node.text("list"), cases, days })
}

impl From<JwsError> for ContactsError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => ContactsError::NotALog,
            JwsError::WrongKind(typ) => ContactsError::WrongKind(typ),
            JwsError::BadHeader(what) => ContactsError::BadContent(what),
            JwsError::BadSignature => ContactsError::BadSignature,
            JwsError::Crypto(error) => ContactsError::Crypto(error),
        }
    }
}

impl fmt::Display for ContactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ContactsError::NotALog => {
                f.write_str("not a contact log; choose a `.minping-contacts` file that a device handed over")
            }
            ContactsError::WrongKind(typ) => jws::write_wrong_kind(f, "a contact log", typ),
            ContactsError::BadSignature => f.write_str(
                "the signature does not hold: the contact log was changed or damaged on its way; ask the device for it again",
            ),
            ContactsError::OtherPlan(id) => {
                write!(f, "the contact log belongs to plan `{id}`; choose those of this plan")
            }
            ContactsError::BadContent(what) => write!(f, "the contact log cannot be used: {what}; ask the device for it again"),
            ContactsError::Open(OpenError::UnknownRecord) => f.write_str(
                "opened, but holds no contact log of format version 1; a newer Minping may read it: update and try again",
            ),
            ContactsError::Open(error) => error.fmt(f),
            ContactsError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ContactsError {}
