//! Bodies of entries: one line of JSON, then the text that is carried. One shape of head for all four kinds keeps the
//! answering bundle small, and counting batches does not have to read their texts.

use crate::session::PlanRef;
use serde::{Deserialize, Serialize};

const VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// Version of the body format: 1.
    pub v: u32,
    pub plan: PlanRef,
    pub round: String,
    /// `sealed`: the resident's link token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// `sealed`: why there is no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<String>,
    /// `batch`, `receipt`, `sent`: place on the device's chain, records and voided sessions inside.
    #[serde(default, skip_serializing_if = "zero")]
    pub seq: u64,
    #[serde(default, skip_serializing_if = "zero")]
    pub records: u64,
    #[serde(default, skip_serializing_if = "zero")]
    pub voided: u64,
    /// `receipt`, `sent`: when, in milliseconds since 1970. Never leaves the device.
    #[serde(default, skip_serializing_if = "zero")]
    pub at: u64,
}

fn zero(number: &u64) -> bool {
    *number == 0
}

impl Head {
    pub fn new(plan: PlanRef, round: String) -> Head {
        Head { v: VERSION, plan, round, link: None, void: None, seq: 0, records: 0, voided: 0, at: 0 }
    }
}

pub(super) fn encode(head: &Head, text: &str) -> String {
    let mut body = serde_json::to_string(head).expect("a head has string keys only");
    body.reserve(text.len() + 1);
    body.push('\n');
    body.push_str(text);
    body
}

/// `None`: damaged, or of a newer version; it stays where it is.
pub(super) fn decode(body: &str) -> Option<(Head, &str)> {
    let (head, text) = body.split_once('\n')?;
    let head: Head = serde_json::from_str(head).ok()?;
    (head.v == VERSION).then_some((head, text))
}

/// Two words behind the version: the bodies of settings.
pub(super) fn encode_words(number: u64, word: &str) -> String {
    let mut body = String::from("1 ");
    body.push_str(&number.to_string());
    body.push(' ');
    body.push_str(word);
    body
}

pub(super) fn decode_words(body: &str) -> Option<(u64, &str)> {
    let (number, word) = body.strip_prefix("1 ")?.split_once(' ')?;
    Some((number.parse().ok()?, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Digest;
    use proptest::prelude::*;

    fn head() -> Head {
        let digest = Digest("A".repeat(43));
        Head::new(PlanRef { id: "city".into(), version: "2024.1".into(), digest }, "r1".into())
    }

    proptest! {
        #[test]
        fn a_body_reads_back(round in ".*", reason in proptest::option::of(".*"), at: u64, text in "(?s).*") {
            let head = Head { round, void: reason, at, ..head() };
            let body = encode(&head, &text);
            prop_assert_eq!(decode(&body), Some((head, text.as_str())));
        }

        #[test]
        fn words_read_back(number: u64, word in ".*") {
            let body = encode_words(number, &word);
            prop_assert_eq!(decode_words(&body), Some((number, word.as_str())));
        }
    }

    #[test]
    fn a_newer_version_is_unreadable() {
        assert_eq!(decode(&encode(&Head { v: 2, ..head() }, "x")), None);
        assert_eq!(decode_words("2 7 x"), None);
    }
}
