//! Bodies of entries: one line of JSON, then the text that is carried. One shape of head for all four kinds keeps the
//! answering bundle small, and counting batches does not have to read their texts.

use crate::json::{self, Node, Writer};
use crate::session::PlanRef;

const VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Version of the body format: 1.
    pub v: u32,
    pub plan: PlanRef,
    pub round: String,
    /// `sealed`: the resident's link token.
    pub link: Option<String>,
    /// `sealed`: why there is no record.
    pub void: Option<String>,
    /// `batch`, `receipt`, `sent`: place on the device's chain, records and voided sessions inside.
    pub seq: u64,
    pub records: u64,
    pub voided: u64,
    /// `receipt`, `sent`: when, in milliseconds since 1970. Never leaves the device.
    pub at: u64,
}

fn head(node: Node) -> Head {
    let node = node.only(&["v", "plan", "round", "link", "void", "seq", "records", "voided", "at"]);
    Head {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        plan: node.object("plan", PlanRef::read),
        round: node.text("round"),
        link: node.text_or_none("link"),
        void: node.text_or_none("void"),
        seq: node.whole_or_zero("seq"),
        records: node.whole_or_zero("records"),
        voided: node.whole_or_zero("voided"),
        at: node.whole_or_zero("at"),
    }
}

impl Head {
    pub fn new(plan: PlanRef, round: String) -> Head {
        Head { v: VERSION, plan, round, link: None, void: None, seq: 0, records: 0, voided: 0, at: 0 }
    }
}

pub(super) fn encode(head: &Head, text: &str) -> String {
    let mut out = Writer::new();
    out.open('{');
    out.number("v", u64::from(head.v));
    head.plan.write(&mut out);
    out.text("round", &head.round);
    out.text_if_some("link", head.link.as_ref());
    out.text_if_some("void", head.void.as_ref());
    out.number_if_any("seq", head.seq);
    out.number_if_any("records", head.records);
    out.number_if_any("voided", head.voided);
    out.number_if_any("at", head.at);
    out.close('}');
    let mut body = out.finish();
    body.reserve(text.len() + 1);
    body.push('\n');
    body.push_str(text);
    body
}

/// `None`: damaged, or of a newer version; it stays where it is.
pub(super) fn decode(body: &str) -> Option<(Head, &str)> {
    let (head, text) = body.split_once('\n')?;
    let head = json::read(head, self::head).ok()?;
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
