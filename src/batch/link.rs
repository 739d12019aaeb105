use super::jws::{self, Jws, JwsError, Kind};
use super::{Crypto, CryptoError};
use crate::carry::carry;
use crate::json::{self, Node};
use crate::plan::{Digest, Mode, PublicKey, Text};
use serde::Serialize;
use std::fmt;

/// What a QR code carries in the URL fragment. Nothing in it identifies a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    pub v: u32,
    /// Digest of the plan.
    pub plan: Digest,
    /// Where the plan lies, relative to the app's page: `plans/<id>.<digest>.json`.
    pub file: String,
    pub round: String,
    pub questionnaire: String,
    pub mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rater_group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stratum: Option<String>,
    /// Place or window, for people to read.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub place: Text,
    /// Single-use random code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

carry!(struct Link { v, plan, file, round, questionnaire, mode, rater_group, stratum, place, code });

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Cut off or not a link.
    NotALink,
    WrongKind(String),
    /// No key of the office fits: changed, cut, or another office's. A token carries no key, to keep QR codes small.
    BadSignature,
    BadContent(String),
    Crypto(CryptoError),
}

pub async fn sign_link<C: Crypto>(crypto: &C, key: &C::SignKey, link: &Link) -> Result<String, CryptoError> {
    let payload = serde_json::to_string(link).expect("a link has only string keys and always has a JSON form");
    jws::sign(crypto, key, None, Kind::Link, &payload).await
}

/// Reads a token without checking the signature: to find the plan that names the keys.
pub fn read_link(token: &str) -> Result<Link, LinkError> {
    let jws = read(token)?;
    parse(&jws.payload)
}

/// Accepts only a token signed by one of the office's keys.
pub async fn verify_link<C: Crypto>(crypto: &C, token: &str, office: &[PublicKey]) -> Result<Link, LinkError> {
    let jws = read(token)?;
    for key in office {
        if jws.holds(crypto, key).await? {
            return parse(&jws.payload);
        }
    }
    Err(LinkError::BadSignature)
}

fn read(token: &str) -> Result<Jws<'_>, LinkError> {
    let jws = jws::read(token)?;
    jws.expect(Kind::Link)?;
    // Only the plan says which keys count; a key in the token would invite a reader to believe it.
    if jws.key.is_some() {
        return Err(bad("a link carries no key"));
    }
    Ok(jws)
}

fn parse(payload: &[u8]) -> Result<Link, LinkError> {
    let link = json::read_bytes(payload, link).map_err(|_| bad("not the members of a link of version 1"))?;
    if link.v != 1 {
        return Err(bad("a newer version than 1"));
    }
    if Digest::parse(link.plan.as_str()).is_none() {
        return Err(bad("`plan` is no digest"));
    }
    // The plan is fetched from here: it stays beside the app.
    let name = link.file.strip_prefix("plans/").and_then(|x| x.strip_suffix(".json")).unwrap_or("");
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
        return Err(bad("`file` is no plan beside the app"));
    }
    Ok(link)
}

fn link(node: Node) -> Link {
    let node =
        node.only(&["v", "plan", "file", "round", "questionnaire", "mode", "rater_group", "stratum", "place", "code"]);
    Link {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        plan: node.object("plan", Digest::read),
        file: node.text("file"),
        round: node.text("round"),
        questionnaire: node.text("questionnaire"),
        mode: node.object("mode", Mode::read),
        rater_group: node.text_or_none("rater_group"),
        stratum: node.text_or_none("stratum"),
        place: node.map_or_empty("place", Node::as_text),
        code: node.text_or_none("code"),
    }
}

fn bad(what: &str) -> LinkError {
    LinkError::BadContent(what.to_owned())
}

impl From<JwsError> for LinkError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::NotCompact => LinkError::NotALink,
            JwsError::WrongKind(typ) => LinkError::WrongKind(typ),
            JwsError::BadHeader(what) => bad(what),
            JwsError::BadSignature => LinkError::BadSignature,
            JwsError::Crypto(error) => LinkError::Crypto(error),
        }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::NotALink => f.write_str("the link is cut off or is no link; scan the code again"),
            LinkError::WrongKind(typ) => jws::write_wrong_kind(f, "a link", typ),
            LinkError::BadSignature => f.write_str(
                "no key of the plan fits the link's signature: it was changed, or another office made it; ask the office for a new one",
            ),
            LinkError::BadContent(what) => write!(f, "the link cannot be used: {what}; ask the office for a new one"),
            LinkError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LinkError {}
