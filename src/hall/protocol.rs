use super::ballot::{MOST, whole_or_null};
use super::count::{self, Line, NotCounted};
use super::{Ballot, Way};
use crate::batch::{self, Crypto, CryptoError, ProtocolError};
use crate::json::{self, Node};
use crate::ledger::Ledger;
use crate::plan::{Digest, Plan, PublicKey, Text};
use crate::scores::{Counted, Scored, scored};
use crate::tally::{Estimate, Undefined, percent, round_half_up};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is signed when a ballot is closed: what was given out, what came back and how, and the result as it may be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Protocol {
    /// Version of the format: 1.
    pub v: u32,
    pub ballot: Ballot,
    /// Of the plan, so that the paper can be read alone.
    pub title: Text,
    pub asker: Text,
    pub round: Text,
    /// The host's clock to the second, with how far it is from UTC.
    pub closed: String,
    /// Who counted and who watched.
    pub teller: String,
    pub supervisor: String,
    /// Why numbers do not fit each other, in words; empty where they do.
    pub note: String,
    pub lines: Vec<Line>,
    /// Of all lines.
    pub total: Line,
    /// Marks on valid paper ballots that could not be read as one answer: they count as left blank.
    pub invalid_marks: u64,
    pub not_counted: NotCounted,
    /// Counts below this are withheld.
    pub smallest_cell: u32,
    /// In the order of the plan.
    pub units: Vec<UnitLine>,
    /// Every batch that was counted, and no other.
    pub batches: Vec<Digest>,
}

/// What a unit got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitLine {
    pub unit: String,
    pub label: Text,
    /// Of the unit group; empty where there is none.
    pub class: Text,
    pub rank: Option<u64>,
    /// Digits; None: withheld, or the answers are too few to say.
    pub index: Option<String>,
    pub score: Option<String>,
    /// In per cent.
    pub rate: Option<String>,
    pub valid: Option<u64>,
    /// Something of it is withheld for being a small count.
    pub withheld: bool,
    pub grades: Vec<GradeLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GradeLine {
    pub label: Text,
    pub satisfied: bool,
    pub count: Option<u64>,
}

/// What people say when they close a ballot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    pub closed: String,
    pub teller: String,
    pub supervisor: String,
    pub note: String,
    /// Paper ballots in the box by rater group (empty: none), counted by hand; and of these the spoiled ones.
    pub collected: BTreeMap<String, (u64, u64)>,
    pub invalid_marks: u64,
}

/// Why there is no protocol yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotYet {
    /// So many records wait for the office's key.
    Sealed(u64),
    /// The ledger does not count this plan or round.
    OtherPlan,
    /// Numbers do not fit each other and nobody said why.
    NoteMissing,
    /// As many spoiled paper ballots are in batches, and as many were entered.
    Spoiled { in_batches: u64, entered: u64 },
}

/// A protocol against the batches that are here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recount {
    /// Counted in the protocol, and not here.
    pub missing: Vec<Digest>,
    /// Here, of this ballot, and not in the protocol: they came after it was closed.
    pub late: Vec<(Digest, Way)>,
    /// What comes out otherwise: its name in the file.
    pub differs: Vec<String>,
    /// Records that could not be opened here: nothing was compared.
    pub sealed: u64,
}

impl Recount {
    pub fn agrees(&self) -> bool {
        self.missing.is_empty() && self.late.is_empty() && self.differs.is_empty() && self.sealed == 0
    }
}

impl Protocol {
    /// The protocol of what is in the ledger now. `ways`: [`super::ways`] of this ballot.
    pub fn close(
        ledger: &Ledger,
        ballot: &Ballot,
        ways: &BTreeMap<Digest, Way>,
        closing: &Closing,
    ) -> Result<Protocol, NotYet> {
        let counts = |digest: &Digest| ledger.counts(digest);
        let kept_apart = ways.keys().filter(|digest| !counts(digest));
        let apart = kept_apart.filter_map(|digest| ledger.batches().get(digest)).map(|kept| kept.len() as u64).sum();
        let ways: BTreeMap<Digest, Way> =
            ways.iter().filter(|(digest, _)| counts(digest)).map(|(digest, way)| (digest.clone(), *way)).collect();
        let own = ledger.only(|digest| ways.contains_key(digest));
        let waiting = own.account().balance.waiting;
        if waiting > 0 {
            return Err(NotYet::Sealed(waiting));
        }
        let plan = ledger.codebook().plan();
        let round = plan.round(&ballot.round).filter(|_| *ledger.codebook().reference() == ballot.plan);
        let Some(round) = round else { return Err(NotYet::OtherPlan) };
        let (mut lines, not_counted) = count::lines(ledger, ballot, &ways);
        let not_counted = NotCounted { apart, ..not_counted };
        for line in &mut lines {
            let group = line.rater_group.clone().unwrap_or_default();
            (line.collected, line.spoiled) = closing.collected.get(&group).copied().unwrap_or_default();
        }
        let total = count::total(&mut lines, u64::from(plan.privacy.smallest_cell));
        let in_batches = super::received(ledger, &ways).spoiled;
        if in_batches != total.spoiled {
            return Err(NotYet::Spoiled { in_batches, entered: total.spoiled });
        }
        let fits = lines.iter().all(Line::balances) && not_counted.all() == 0;
        if !fits && closing.note.trim().is_empty() {
            return Err(NotYet::NoteMissing);
        }
        let made = result(&own, ballot).ok_or(NotYet::OtherPlan)?;
        Ok(Protocol {
            v: 1,
            ballot: ballot.clone(),
            title: plan.title.clone(),
            asker: plan.asker.clone(),
            round: round.label.clone(),
            closed: closing.closed.clone(),
            teller: closing.teller.trim().to_owned(),
            supervisor: closing.supervisor.trim().to_owned(),
            note: closing.note.trim().to_owned(),
            total,
            lines,
            invalid_marks: closing.invalid_marks,
            not_counted,
            smallest_cell: plan.privacy.smallest_cell,
            units: units(&own, ballot, &made),
            batches: ways.into_keys().collect(),
        })
    }

    /// Counts the same batches again. `ways`: of this protocol's ballot, of all batches that are here.
    pub fn recount(&self, ledger: &Ledger, ways: &BTreeMap<Digest, Way>) -> Recount {
        let mut found = Recount::default();
        found.missing.extend(self.batches.iter().filter(|digest| !ways.contains_key(digest)).cloned());
        // One that is kept apart is in no number, whenever it came.
        let late =
            { ways.iter() }.filter(|(digest, _)| self.batches.binary_search(digest).is_err() && ledger.counts(digest));
        found.late.extend(late.map(|(digest, way)| (digest.clone(), *way)));
        let then: BTreeMap<Digest, Way> = { ways.iter() }
            .filter(|(digest, _)| self.batches.binary_search(digest).is_ok())
            .map(|(digest, way)| (digest.clone(), *way))
            .collect();
        let of = |line: &Line| (line.rater_group.clone().unwrap_or_default(), (line.collected, line.spoiled));
        let closing = Closing {
            closed: self.closed.clone(),
            teller: self.teller.clone(),
            supervisor: self.supervisor.clone(),
            // Whatever does not fit is found by comparing.
            note: if self.note.is_empty() { "-".to_owned() } else { self.note.clone() },
            collected: self.lines.iter().map(of).collect(),
            invalid_marks: self.invalid_marks,
        };
        match Protocol::close(ledger, &self.ballot, &then, &closing) {
            Ok(again) => {
                // Which batches were apart then, nobody can see now.
                let not_counted = NotCounted { apart: self.not_counted.apart, ..again.not_counted };
                let same: [(&str, bool); 8] = [
                    ("lines", again.lines == self.lines),
                    ("total", again.total == self.total),
                    ("not_counted", not_counted == self.not_counted),
                    ("smallest_cell", again.smallest_cell == self.smallest_cell),
                    ("note", self.balances() || !self.note.trim().is_empty()),
                    ("units", again.units == self.units),
                    ("batches", again.batches == self.batches),
                    ("title", again.title == self.title && again.round == self.round && again.asker == self.asker),
                ];
                found.differs.extend(same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name.to_owned()));
            }
            Err(NotYet::Sealed(count)) => found.sealed = count,
            Err(NotYet::Spoiled { .. }) => found.differs.push("spoiled".to_owned()),
            Err(_) => found.differs.push("plan".to_owned()),
        }
        found
    }

    /// Classes in the order in which they come, each with its units, best first; those without a rank last.
    pub fn classes(&self) -> Vec<(&Text, Vec<&UnitLine>)> {
        let mut classes: Vec<(&Text, Vec<&UnitLine>)> = Vec::new();
        for unit in &self.units {
            match classes.iter_mut().find(|(class, _)| **class == unit.class) {
                Some((_, units)) => units.push(unit),
                None => classes.push((&unit.class, vec![unit])),
            }
        }
        classes.iter_mut().for_each(|(_, units)| units.sort_by_key(|unit| unit.rank.unwrap_or(u64::MAX)));
        classes
    }

    /// Whether anything is to be explained.
    pub fn balances(&self) -> bool {
        self.lines.iter().all(Line::balances) && self.not_counted.all() == 0
    }

    /// Reads a protocol that was verified when it was made or taken in.
    pub fn read_unverified(text: &str) -> Option<Protocol> {
        let payload = batch::protocol_payload(text).ok()?;
        json::read(&payload, read).ok().filter(|protocol| protocol.v == 1)
    }

    pub fn encode(&self) -> String {
        serde_json::to_string(self).expect("a protocol always has a JSON form")
    }

    pub async fn sign<C: Crypto>(
        &self,
        crypto: &C,
        key: &C::SignKey,
        public: &PublicKey,
    ) -> Result<String, CryptoError> {
        batch::sign_protocol(crypto, key, public, &self.encode()).await
    }

    /// Accepts only a protocol that one of these keys signed.
    pub async fn verify<C: Crypto>(crypto: &C, text: &str, office: &[PublicKey]) -> Result<Protocol, ProtocolFault> {
        let payload = batch::verify_protocol(crypto, text, office).await.map_err(ProtocolFault::Signed)?;
        match json::read(&payload, read) {
            Ok(protocol) if protocol.v == 1 => Ok(protocol),
            _ => Err(match json::version(&payload, "v") {
                Some(newer @ 2..) => ProtocolFault::Newer(newer),
                _ => ProtocolFault::Content,
            }),
        }
    }
}

/// Why a text is no protocol of this office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtocolFault {
    Signed(ProtocolError),
    /// Signed, but not the members of a protocol of version 1.
    Content,
    Newer(u64),
}

/// The round's results of these ballots alone, as they may be published.
fn result(own: &Ledger, ballot: &Ballot) -> Option<Scored> {
    let plan = own.codebook().plan();
    let account = own.account();
    let rows = account.counted.iter().map(|(_, row)| *row).filter(|row| count::is_ballot(plan, ballot, row));
    let counted = Counted::of_rows(own.codebook().clone(), rows);
    Some(scored(&counted, &ballot.round)?.published(plan.privacy.smallest_cell))
}

fn units(own: &Ledger, ballot: &Ballot, made: &Scored) -> Vec<UnitLine> {
    let plan: &Plan = own.codebook().plan();
    let asked = plan.questionnaires.iter().position(|one| one.id == ballot.questionnaire).unwrap_or_default();
    let asked: BTreeSet<usize> =
        own.codebook().instruments()[asked].questions.iter().map(|question| question.unit as usize).collect();
    let withheld = |estimate: &Estimate| *estimate == Err(Undefined::Withheld);
    let here = made.results.units.iter().enumerate().filter(|(place, _)| asked.contains(place));
    let lines = here.map(|(_, unit)| {
        let overall = &unit.overall;
        let class = unit.group.as_deref().and_then(|id| plan.unit_groups.iter().find(|group| group.id == id));
        let grades = overall.grades.iter().map(|grade| {
            let known = plan.scale(&grade.scale).and_then(|scale| scale.grades.iter().find(|x| x.name == grade.grade));
            GradeLine {
                label: known.map_or_else(Text::new, |known| known.label.clone()),
                satisfied: grade.satisfied,
                count: grade.count,
            }
        });
        let score = |estimate: &Estimate| estimate.as_ref().ok().map(|value| round_half_up(value, 2));
        UnitLine {
            unit: unit.unit.clone(),
            label: plan.unit(&unit.unit).map_or_else(Text::new, |unit| unit.label.clone()),
            class: class.map_or_else(Text::new, |group| group.label.clone()),
            rank: unit.rank.map(|rank| rank as u64),
            index: score(&unit.index),
            score: score(&overall.score),
            rate: overall.rate.as_ref().ok().map(|value| percent(value, 1)),
            valid: overall.valid,
            withheld: [&unit.index, &overall.score, &overall.rate].into_iter().any(withheld)
                || overall.valid.is_none()
                || overall.grades.iter().any(|grade| grade.count.is_none()),
            grades: grades.collect(),
        }
    });
    lines.collect()
}

fn read(node: Node) -> Protocol {
    let node = node.only(&[
        "v",
        "ballot",
        "title",
        "asker",
        "round",
        "closed",
        "teller",
        "supervisor",
        "note",
        "lines",
        "total",
        "invalid_marks",
        "not_counted",
        "smallest_cell",
        "units",
        "batches",
    ]);
    let words = |name: &str| node.map(name, Node::as_text);
    Protocol {
        v: node.whole("v", u64::from(u32::MAX)) as u32,
        ballot: node.object("ballot", Ballot::read),
        title: words("title"),
        asker: words("asker"),
        round: words("round"),
        closed: node.text("closed"),
        teller: node.text("teller"),
        supervisor: node.text("supervisor"),
        note: node.text("note"),
        lines: node.list("lines", Line::read),
        total: node.object("total", Line::read),
        invalid_marks: node.whole("invalid_marks", MOST),
        not_counted: node.object("not_counted", NotCounted::read),
        smallest_cell: node.whole("smallest_cell", u64::from(u32::MAX)) as u32,
        units: node.list("units", unit),
        batches: node.list("batches", Digest::read),
    }
}

fn unit(node: Node) -> UnitLine {
    let node = node.only(&["unit", "label", "class", "rank", "index", "score", "rate", "valid", "withheld", "grades"]);
    UnitLine {
        unit: node.text("unit"),
        label: node.map("label", Node::as_text),
        class: node.map("class", Node::as_text),
        rank: whole_or_null(node, "rank"),
        index: super::ballot::text_or_null(node, "index"),
        score: super::ballot::text_or_null(node, "score"),
        rate: super::ballot::text_or_null(node, "rate"),
        valid: whole_or_null(node, "valid"),
        withheld: node.flag("withheld", None),
        grades: node.list("grades", |node| {
            let node = node.only(&["label", "satisfied", "count"]);
            GradeLine {
                label: node.map("label", Node::as_text),
                satisfied: node.flag("satisfied", None),
                count: whole_or_null(node, "count"),
            }
        }),
    }
}
