use crate::batch::{Batch, Link};
use crate::json::{self, JsonError, Node};
use crate::plan::{Digest, Mode};
use crate::session::PlanRef;
use serde::Serialize;
use std::collections::BTreeSet;

/// What a host opened. The links themselves are not in it: who holds one could go on voting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ballot {
    /// Version of the format: 1.
    pub v: u32,
    /// 128 random bits, 22 characters of base64url.
    pub id: String,
    pub plan: PlanRef,
    pub round: String,
    pub questionnaire: String,
    /// What the ballot is called, for people.
    pub name: String,
    /// Where it is held; may be empty.
    pub place: String,
    /// Who opened it.
    pub host: String,
    /// The host's clock to the second, with how far it is from UTC.
    pub opened: String,
    /// Ballots given out, by rater group where the plan has any.
    pub issued: Vec<Issued>,
    /// Links that phones open.
    pub links: Vec<Entrance>,
    /// Links of the office for one answer each count too, where they are for this round and questionnaire in mode `hall`.
    pub codes: bool,
    /// Tablets of the hall, by the thumbprints of their keys.
    pub tablets: Vec<Digest>,
    /// The device by which paper ballots are entered.
    pub paper: Option<Digest>,
    /// Batches of these devices that were here before: they belong to another day.
    pub before: Vec<Digest>,
}

/// Ballots given out to one rater group; without one, to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issued {
    pub rater_group: Option<String>,
    pub ballots: u64,
}

/// A link, told from all others by [`mark_of`] its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entrance {
    pub rater_group: Option<String>,
    pub mark: String,
}

/// How a batch came to the ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A rater's own phone, by the ballot's link.
    Phone,
    Tablet,
    Paper,
}

impl Way {
    pub const ALL: [Way; 3] = [Way::Phone, Way::Tablet, Way::Paper];
}

/// Why a ballot cannot be opened so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotFault {
    NoName,
    NoHost,
    /// Nobody got a ballot.
    NothingIssued,
}

/// The end of a link's token: 132 bits of its signature, which no other link has. The link cannot be made from it.
pub fn mark_of(token: &str) -> &str {
    let token = token.trim_ascii();
    token.get(token.len().saturating_sub(22)..).unwrap_or(token)
}

impl Ballot {
    pub fn check(&self) -> Result<(), BallotFault> {
        if self.name.trim().is_empty() {
            return Err(BallotFault::NoName);
        }
        if self.host.trim().is_empty() {
            return Err(BallotFault::NoHost);
        }
        if self.issued() == 0 {
            return Err(BallotFault::NothingIssued);
        }
        Ok(())
    }

    /// All ballots given out.
    pub fn issued(&self) -> u64 {
        self.issued.iter().map(|issued| issued.ballots).sum()
    }

    /// Those of one rater group.
    pub fn issued_to(&self, rater_group: Option<&str>) -> u64 {
        let of = self.issued.iter().filter(|issued| issued.rater_group.as_deref() == rater_group);
        of.map(|issued| issued.ballots).sum()
    }

    /// How this batch belongs to the ballot; None: it does not. `mark`: of the link that is in it.
    pub fn way(&self, batch: &Batch, mark: Option<&str>) -> Option<Way> {
        if batch.plan != self.plan || batch.round != self.round {
            return None;
        }
        if self.before.contains(&batch.digest) {
            return None;
        }
        if batch.seq == 0 {
            let known = mark.is_some_and(|mark| self.links.iter().any(|link| link.mark == mark));
            let single = |link: &Link| {
                link.code.is_some() && link.mode == Mode::Hall && link.questionnaire == self.questionnaire
            };
            return (known || self.codes && batch.link.as_ref().is_some_and(single)).then_some(Way::Phone);
        }
        if self.paper.as_ref() == Some(&batch.device) {
            return Some(Way::Paper);
        }
        self.tablets.contains(&batch.device).then_some(Way::Tablet)
    }

    pub fn encode(&self) -> String {
        serde_json::to_string(self).expect("a ballot always has a JSON form")
    }

    /// # Errors
    /// The first thing that a ballot has not there.
    pub fn parse(text: &str) -> Result<Ballot, JsonError> {
        json::read(text, Ballot::read)
    }

    pub(super) fn read(node: Node) -> Ballot {
        let node = node.only(&[
            "v",
            "id",
            "plan",
            "round",
            "questionnaire",
            "name",
            "place",
            "host",
            "opened",
            "issued",
            "links",
            "codes",
            "tablets",
            "paper",
            "before",
        ]);
        Ballot {
            v: node.whole("v", 1) as u32,
            id: node.text("id"),
            plan: node.object("plan", PlanRef::read),
            round: node.text("round"),
            questionnaire: node.text("questionnaire"),
            name: node.text("name"),
            place: node.text("place"),
            host: node.text("host"),
            opened: node.text("opened"),
            issued: node.list("issued", |node| {
                let node = node.only(&["rater_group", "ballots"]);
                Issued { rater_group: text_or_null(node, "rater_group"), ballots: node.whole("ballots", MOST) }
            }),
            links: node.list("links", |node| {
                let node = node.only(&["rater_group", "mark"]);
                Entrance { rater_group: text_or_null(node, "rater_group"), mark: node.text("mark") }
            }),
            codes: node.flag("codes", None),
            tablets: node.list("tablets", Digest::read),
            paper: text_or_null(node, "paper").map(Digest),
            before: node.list("before", Digest::read),
        }
    }

    /// Rater groups that have ballots, in the order of the list; one without a name where there are none.
    pub fn groups(&self) -> Vec<Option<String>> {
        let mut seen = BTreeSet::new();
        let groups = self.issued.iter().map(|issued| issued.rater_group.clone());
        groups.filter(|group| seen.insert(group.clone())).collect()
    }
}

/// More ballots than people.
pub(super) const MOST: u64 = 10_000_000_000;

/// A text, or `null`.
pub(super) fn text_or_null(node: Node, name: &str) -> Option<String> {
    node.find(name).filter(|found| found.raw() != "null").map(Node::as_text)
}

/// A whole number, or `null`.
pub(super) fn whole_or_null(node: Node, name: &str) -> Option<u64> {
    node.find(name).filter(|found| found.raw() != "null").map(|found| found.as_whole(MOST))
}
