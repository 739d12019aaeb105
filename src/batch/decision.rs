use super::admission::Verified;
use super::jws::{self, JwsError, Kind};
use super::{Crypto, CryptoError};
use crate::carry::carry;
use crate::json::{self, Node, Writer};
use crate::plan::{Digest, PublicKey};
use serde::Serialize;
use std::fmt;

/// What someone at the office decided about a batch or a record, with the reason. Signed like a roster: who reads the
/// result can check that nothing else was let in or left out. The order is that of the time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Decision {
    /// UTC to the second, `2026-11-29T09:30:05Z`: the later of two decisions about the same holds.
    pub on: String,
    pub about: Subject,
    pub verdict: Verdict,
    /// Why, in words. At most 500 characters.
    pub reason: String,
    /// Who decided. At most 100 characters.
    pub by: String,
}

carry!(struct Decision { on, about, verdict, reason, by });

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Batch(Digest),
    /// Id of the record; with a batch, only as it lies there.
    Record {
        id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        batch: Option<Digest>,
    },
}

carry!(enum Subject { 0 Batch(digest), 1 Record { id, batch } });

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A batch that was kept apart counts.
    Admit,
    /// A batch does not count.
    KeepApart,
    /// A record does not count.
    LeaveOut,
    /// A record counts again.
    Count,
}

carry!(enum Verdict { 0 Admit, 1 KeepApart, 2 LeaveOut, 3 Count });

impl Verdict {
    pub const ALL: [Verdict; 4] = [Verdict::Admit, Verdict::KeepApart, Verdict::LeaveOut, Verdict::Count];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        ["admit", "keep_apart", "leave_out", "count"][self as usize]
    }

    fn is_of(self, subject: &Subject) -> bool {
        matches!((self, subject), (Verdict::Admit | Verdict::KeepApart, Subject::Batch(_)))
            || matches!((self, subject), (Verdict::LeaveOut | Verdict::Count, Subject::Record { .. }))
    }
}

const LONGEST_REASON: usize = 500;
const LONGEST_NAME: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionError {
    NotADecision,
    WrongKind(String),
    BadSignature,
    /// Signed by a key that the plan does not name.
    WrongKey,
    /// About another plan: its id.
    OtherPlan(String),
    BadContent(&'static str),
    Crypto(CryptoError),
}

/// Signs a decision about batches of the plan with this id.
///
/// # Errors
/// [`DecisionError::BadContent`]: no reason, no name, a text that is too long, a time of another form.
pub async fn sign_decision<C: Crypto>(
    crypto: &C,
    key: &C::SignKey,
    public: &PublicKey,
    plan: &str,
    decision: &Decision,
) -> Result<String, DecisionError> {
    check(decision)?;
    let mut out = Writer::new();
    out.open('{');
    out.number("v", 1);
    out.text("plan", plan);
    match &decision.about {
        Subject::Batch(batch) => out.text("batch", batch.as_str()),
        Subject::Record { id, batch } => {
            out.text("record", id);
            if let Some(batch) = batch {
                out.text("batch", batch.as_str());
            }
        }
    }
    out.text("verdict", decision.verdict.name());
    out.text("reason", &decision.reason);
    out.text("by", &decision.by);
    out.text("on", &decision.on);
    out.close('}');
    jws::sign(crypto, key, Some(public), Kind::Decision, &out.finish()).await.map_err(DecisionError::Crypto)
}

/// Accepts only a decision about this plan, signed by one of the office's keys.
pub async fn verify_decision<C: Crypto>(
    crypto: &C,
    text: &str,
    office: &[PublicKey],
    plan: &str,
) -> Result<Verified<Decision>, DecisionError> {
    let (jws, key) = jws::verify(crypto, Kind::Decision, text).await?;
    if !office.contains(&key) {
        return Err(DecisionError::WrongKey);
    }
    let read = json::read_bytes(&jws.payload, payload);
    let payload = read.map_err(|_| DecisionError::BadContent("not the members of a decision of version 1"))?;
    if payload.v != 1 {
        return Err(DecisionError::BadContent("a newer version than 1"));
    }
    if payload.plan != plan {
        return Err(DecisionError::OtherPlan(payload.plan));
    }
    let about = match (payload.record, payload.batch) {
        (Some(id), batch) => Subject::Record { id, batch },
        (None, Some(batch)) => Subject::Batch(batch),
        (None, None) => return Err(DecisionError::BadContent("neither a batch nor a record is named")),
    };
    let verdict = Verdict::ALL.into_iter().find(|known| known.name() == payload.verdict);
    let verdict = verdict.ok_or(DecisionError::BadContent("an unknown `verdict`"))?;
    let decision = Decision { on: payload.on, about, verdict, reason: payload.reason, by: payload.by };
    check(&decision)?;
    Ok(Verified::new(decision))
}

struct Payload {
    v: u64,
    plan: String,
    batch: Option<Digest>,
    record: Option<String>,
    verdict: String,
    reason: String,
    by: String,
    on: String,
}

fn payload(node: Node) -> Payload {
    let node = node.only(&["v", "plan", "batch", "record", "verdict", "reason", "by", "on"]);
    Payload {
        v: node.whole("v", u64::MAX),
        plan: node.text("plan"),
        batch: node.find("batch").map(Digest::read),
        record: node.text_or_none("record"),
        verdict: node.text("verdict"),
        reason: node.text("reason"),
        by: node.text("by"),
        on: node.text("on"),
    }
}

fn check(decision: &Decision) -> Result<(), DecisionError> {
    let is_text = |text: &str, longest: usize| {
        !text.trim().is_empty() && text.chars().count() <= longest && !text.chars().any(char::is_control)
    };
    let bad = |what| Err(DecisionError::BadContent(what));
    if !decision.verdict.is_of(&decision.about) {
        return bad("`verdict` does not go with what it is about");
    }
    if !is_text(&decision.reason, LONGEST_REASON) {
        return bad("`reason` is empty, longer than 500 characters, or holds control characters");
    }
    if !is_text(&decision.by, LONGEST_NAME) {
        return bad("`by` is empty, longer than 100 characters, or holds control characters");
    }
    if !is_moment(&decision.on) {
        return bad("`on` is no time such as 2026-11-29T09:30:05Z");
    }
    Ok(())
}

/// `YYYY-MM-DDThh:mm:ssZ`: such texts are in the order of the time.
fn is_moment(text: &str) -> bool {
    text.len() == 20
        && text.bytes().zip("dddd-dd-ddTdd:dd:ddZ".bytes()).all(|(found, wanted)| match wanted {
            b'd' => found.is_ascii_digit(),
            wanted => found == wanted,
        })
}

impl From<JwsError> for DecisionError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => DecisionError::NotADecision,
            JwsError::WrongKind(typ) => DecisionError::WrongKind(typ),
            JwsError::BadHeader(what) => DecisionError::BadContent(what),
            JwsError::BadSignature => DecisionError::BadSignature,
            JwsError::Crypto(error) => DecisionError::Crypto(error),
        }
    }
}

impl fmt::Display for DecisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DecisionError::NotADecision => {
                f.write_str("not a decision; choose the file of decisions that the office made")
            }
            DecisionError::WrongKind(typ) => jws::write_wrong_kind(f, "a decision", typ),
            DecisionError::BadSignature => {
                f.write_str("the decision's signature does not hold: it was changed; use the office's own copy")
            }
            DecisionError::WrongKey => f.write_str(
                "the decision is signed by a key that the plan does not name; use the key file with which the plan was published",
            ),
            DecisionError::OtherPlan(plan) => {
                write!(f, "the decision belongs to plan `{plan}`; choose the decisions of this plan")
            }
            DecisionError::BadContent(what) => {
                write!(f, "the decision cannot be used: {what}; correct it, or use the office's own copy")
            }
            DecisionError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DecisionError {}
