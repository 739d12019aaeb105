use crate::carry::{Carry, Load};
use serde::Serialize;

/// A SHA-256 digest as 43 characters of base64url without padding. Of a plan: over the bytes of its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Digest(pub String);

impl Digest {
    /// Text from outside, accepted only in the one form that a digest has.
    pub fn parse(text: &str) -> Option<Digest> {
        let ok = text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        ok.then(|| Digest(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The first characters, for people to compare and for file names beside a title.
    pub fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

impl Carry for Digest {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<Digest> {
        String::take(from).map(Digest)
    }
}
