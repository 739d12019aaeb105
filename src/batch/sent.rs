use crate::json::{self, Node, Writer};
use crate::plan::Digest;
use crate::session::PlanRef;
use std::fmt;

/// What a device says that it has made and handed over, to be compared with an office's ledger. It is not signed: it proves nothing,
/// and names batches only, never a record, a time or a resident's own batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentList {
    /// Version of the format: 1.
    pub v: u32,
    /// The device's thumbprint; none where it never made a card.
    pub device: Option<Digest>,
    pub plans: Vec<SentPlan>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentPlan {
    pub plan: PlanRef,
    /// Interviews that are open.
    pub unfinished: u64,
    /// Closed, and in no batch yet; the discarded ones apart.
    pub finished: u64,
    pub discarded: u64,
    /// Residents' own batches, of which this device says only how many there are and how many wait: their digests would join them.
    pub by_link: u64,
    pub by_link_waiting: u64,
    /// In the order of rounds and numbers.
    pub batches: Vec<SentBatch>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBatch {
    pub digest: Digest,
    pub round: String,
    /// Place on the chain of the device that made it.
    pub seq: u64,
    pub records: u64,
    pub voided: u64,
    pub state: SentState,
    /// Another device made it, and this one carries it.
    pub carried: bool,
}

/// How far the device knows the batch to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentState {
    Waiting,
    /// The user confirmed that its file is in safe hands.
    Exported,
    /// A receipt was verified.
    Received,
    Refused,
}

const STATES: [&str; 4] = ["waiting", "exported", "received", "refused"];

impl SentState {
    /// The name used in lists.
    pub fn name(self) -> &'static str {
        STATES[self as usize]
    }
}

/// Why a text is no list of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentError {
    /// Another kind of file; what the reader says.
    NotAList(String),
    Newer(u64),
}

const FORMAT: &str = "minping-sent";

impl SentList {
    pub fn parse(text: &str) -> Result<SentList, SentError> {
        if let Some(v) = json::version(text, "v").filter(|v| *v > 1) {
            return Err(SentError::Newer(v));
        }
        let (format, list) = json::read(text, list).map_err(|error| SentError::NotAList(error.to_string()))?;
        if format != FORMAT || list.v != 1 {
            return Err(SentError::NotAList(String::new()));
        }
        Ok(list)
    }

    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.text("format", FORMAT);
        out.number("v", u64::from(self.v));
        if let Some(device) = &self.device {
            out.text("device", device.as_str());
        }
        out.name("plans");
        out.open('[');
        for plan in &self.plans {
            plan.write(&mut out);
        }
        out.close(']');
        out.close('}');
        out.finish()
    }
}

impl SentPlan {
    pub fn new(plan: PlanRef) -> SentPlan {
        let batches = Vec::new();
        SentPlan { plan, unfinished: 0, finished: 0, discarded: 0, by_link: 0, by_link_waiting: 0, batches }
    }

    fn write(&self, out: &mut Writer) {
        out.open('{');
        self.plan.write(out);
        out.number_if_any("unfinished", self.unfinished);
        out.number_if_any("finished", self.finished);
        out.number_if_any("discarded", self.discarded);
        out.number_if_any("by_link", self.by_link);
        out.number_if_any("by_link_waiting", self.by_link_waiting);
        out.name("batches");
        out.open('[');
        for batch in &self.batches {
            out.open('{');
            out.text("digest", batch.digest.as_str());
            out.text("round", &batch.round);
            out.number("seq", batch.seq);
            out.number("records", batch.records);
            out.number("voided", batch.voided);
            out.text("state", batch.state.name());
            if batch.carried {
                out.name("carried");
                out.raw("true");
            }
            out.close('}');
        }
        out.close(']');
        out.close('}');
    }
}

fn list(node: Node) -> (String, SentList) {
    let node = node.only(&["format", "v", "device", "plans"]);
    let list = SentList {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        device: node.find("device").map(Digest::read),
        plans: node.list("plans", plan),
    };
    (node.text("format"), list)
}

fn plan(node: Node) -> SentPlan {
    let node = node.only(&["plan", "unfinished", "finished", "discarded", "by_link", "by_link_waiting", "batches"]);
    SentPlan {
        plan: node.object("plan", PlanRef::read),
        unfinished: node.whole_or_zero("unfinished"),
        finished: node.whole_or_zero("finished"),
        discarded: node.whole_or_zero("discarded"),
        by_link: node.whole_or_zero("by_link"),
        by_link_waiting: node.whole_or_zero("by_link_waiting"),
        batches: node.list("batches", batch),
    }
}

fn batch(node: Node) -> SentBatch {
    use SentState::{Exported, Received, Refused, Waiting};
    let node = node.only(&["digest", "round", "seq", "records", "voided", "state", "carried"]);
    SentBatch {
        digest: node.object("digest", Digest::read),
        round: node.text("round"),
        seq: node.whole("seq", u64::MAX),
        records: node.whole("records", u64::MAX),
        voided: node.whole("voided", u64::MAX),
        state: [Waiting, Exported, Received, Refused][node.one_of("state", &STATES).min(3)],
        carried: node.flag("carried", Some(false)),
    }
}

impl fmt::Display for SentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SentError::NotAList(what) if what.is_empty() => {
                f.write_str("not a list of what was sent; save it on the tablet's page of its outbox")
            }
            SentError::NotAList(what) => {
                write!(f, "not a list of what was sent ({what}); save it anew on the tablet's page of its outbox")
            }
            SentError::Newer(v) => write!(f, "version {v} of this list is newer than this program; update it"),
        }
    }
}

impl std::error::Error for SentError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digest(letter: char) -> Digest {
        Digest(letter.to_string().repeat(43))
    }

    fn full() -> SentList {
        let plan = PlanRef { id: "county".into(), version: "2024.1".into(), digest: digest('p') };
        let batch = SentBatch {
            digest: digest('b'),
            round: "r1".into(),
            seq: 2,
            records: 7,
            voided: 1,
            state: SentState::Received,
            carried: true,
        };
        let plan = SentPlan { unfinished: 1, finished: 3, by_link: 2, batches: vec![batch], ..SentPlan::new(plan) };
        SentList { v: 1, device: Some(digest('d')), plans: vec![plan] }
    }

    #[test]
    fn a_list_reads_back() {
        let empty = SentList { v: 1, device: None, plans: Vec::new() };
        for list in [full(), empty] {
            assert_eq!(SentList::parse(&list.encode()), Ok(list));
        }
    }

    #[test]
    fn other_files_and_later_versions_are_told_apart() {
        let text = full().encode();
        let newer = text.replace("\"v\":1", "\"v\":2");
        assert_eq!(SentList::parse(&newer), Err(SentError::Newer(2)));
        for other in ["", "eyJ.x.y", "{}", &text.replace("minping-sent", "minping-rescue"), &text[..text.len() - 2]] {
            assert!(matches!(SentList::parse(other), Err(SentError::NotAList(_))), "{other}");
        }
        let odd = text.replace("\"received\"", "\"perhaps\"");
        assert!(matches!(SentList::parse(&odd), Err(SentError::NotAList(_))));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "(?s).{0,300}") {
            let _ = SentList::parse(&text);
        }
    }
}
