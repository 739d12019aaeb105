use super::ballot::{MOST, text_or_null, whole_or_null};
use super::{Ballot, Way};
use crate::json::Node;
use crate::ledger::{FIRST_GRADE, Ledger, Row};
use crate::plan::{Digest, Mode, Plan, Text};
use crate::session::Disposition;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which batches of a ledger belong to a ballot, and how they came. `mark` gives the mark of the link in a batch.
pub fn ways<'a>(ledger: &Ledger, ballot: &Ballot, mark: impl Fn(&Digest) -> Option<&'a str>) -> BTreeMap<Digest, Way> {
    let found = ledger.batches().iter().filter_map(|(digest, kept)| {
        let way = ballot.way(kept.head(), mark(digest))?;
        Some((digest.clone(), way))
    });
    found.collect()
}

/// How many ballots came in, by the heads of their batches: what a board may show while people still vote. Nothing in it
/// was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    pub phones: u64,
    pub tablets: u64,
    pub paper: u64,
    /// Paper ballots that were found spoiled.
    pub spoiled: u64,
    /// Ballots from phones by rater group: each group has a link of its own.
    pub phones_of: BTreeMap<Option<String>, u64>,
    /// Batches that the office keeps apart; they are in no number.
    pub apart: u64,
}

impl Received {
    pub fn all(&self) -> u64 {
        self.phones + self.tablets + self.paper + self.spoiled
    }
}

/// Counts ballots without looking into them. A batch that came twice is one.
pub fn received(ledger: &Ledger, ways: &BTreeMap<Digest, Way>) -> Received {
    let mut all = Received::default();
    for (digest, way) in ways {
        let Some(kept) = ledger.batches().get(digest) else { continue };
        if !ledger.counts(digest) {
            all.apart += 1;
            continue;
        }
        let records = kept.len() as u64;
        match way {
            Way::Phone => {
                all.phones += records;
                let group = kept.head().link.as_ref().and_then(|link| link.rater_group.clone());
                *all.phones_of.entry(group).or_default() += records;
            }
            Way::Tablet => all.tablets += records,
            Way::Paper => {
                all.paper += records;
                all.spoiled += spoiled_in(kept.head().voided.iter().map(|void| void.reason.as_str()));
            }
        }
    }
    all
}

fn spoiled_in<'a>(reasons: impl Iterator<Item = &'a str>) -> u64 {
    reasons.filter(|reason| *reason == super::SPOILED).count() as u64
}

/// Where the ballots of one rater group went, or of everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// None: people of no group, or everybody.
    pub rater_group: Option<String>,
    pub label: Text,
    pub issued: u64,
    /// Valid ballots by phone, on tablets of the hall, on paper.
    pub phones: u64,
    pub tablets: u64,
    pub paper: u64,
    /// On paper, and not valid as a whole.
    pub spoiled: u64,
    /// Paper ballots in the box, as they were counted by hand.
    pub collected: u64,
    /// Of the valid ones, those without a single mark; None: withheld, as being few or telling of few.
    pub blank: Option<u64>,
}

impl Line {
    pub fn valid(&self) -> u64 {
        self.phones + self.tablets + self.paper
    }

    /// Everything that came back.
    pub fn returned(&self) -> u64 {
        self.valid() + self.spoiled
    }

    /// Given out and not come back; below 0 more came back than were given out.
    pub fn missing(&self) -> i64 {
        self.issued as i64 - self.returned() as i64
    }

    /// Whether the numbers fit each other: no more came than were given out, and as much paper was entered as lay in the box.
    pub fn balances(&self) -> bool {
        self.missing() >= 0 && self.collected == self.paper + self.spoiled
    }

    pub(super) fn add(&mut self, other: &Line) {
        self.issued += other.issued;
        self.phones += other.phones;
        self.tablets += other.tablets;
        self.paper += other.paper;
        self.spoiled += other.spoiled;
        self.collected += other.collected;
        self.blank = self.blank.zip(other.blank).map(|(own, other)| own + other);
    }

    pub(super) fn read(node: Node) -> Line {
        let node = node.only(&[
            "rater_group",
            "label",
            "issued",
            "phones",
            "tablets",
            "paper",
            "spoiled",
            "collected",
            "blank",
        ]);
        Line {
            rater_group: text_or_null(node, "rater_group"),
            label: node.map("label", Node::as_text),
            issued: node.whole("issued", MOST),
            phones: node.whole("phones", MOST),
            tablets: node.whole("tablets", MOST),
            paper: node.whole("paper", MOST),
            spoiled: node.whole("spoiled", MOST),
            collected: node.whole("collected", MOST),
            blank: whole_or_null(node, "blank"),
        }
    }
}

/// Records in the ballot's batches that are in no other number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotCounted {
    /// Of another questionnaire or mode, or screened out.
    pub elsewhere: u64,
    /// They contradict each other: one link for one answer was used twice, say.
    pub conflicting: u64,
    /// They do not fit the plan.
    pub unfit: u64,
    /// Nobody here has the key.
    pub unopened: u64,
    /// By decisions of the office.
    pub left_out: u64,
    /// In batches that the office kept apart at closing.
    pub apart: u64,
}

impl NotCounted {
    pub fn all(&self) -> u64 {
        self.elsewhere + self.conflicting + self.unfit + self.unopened + self.left_out + self.apart
    }

    pub(super) fn read(node: Node) -> NotCounted {
        let node = node.only(&["elsewhere", "conflicting", "unfit", "unopened", "left_out", "apart"]);
        NotCounted {
            elsewhere: node.whole("elsewhere", MOST),
            conflicting: node.whole("conflicting", MOST),
            unfit: node.whole("unfit", MOST),
            unopened: node.whole("unopened", MOST),
            left_out: node.whole("left_out", MOST),
            // Not there in the first protocols.
            apart: node.find("apart").map_or(0, |found| found.as_whole(MOST)),
        }
    }
}

/// All lines together, and no number of blank ballots left from which fewer than `smallest` people can be told, by itself or by
/// subtraction.
pub(super) fn total(lines: &mut [Line], smallest: u64) -> Line {
    let few = |count: u64| 0 < count && count < smallest;
    let mut total = Line { blank: Some(0), ..Line::default() };
    lines.iter().for_each(|line| total.add(line));
    let (mut hidden, mut blank, mut valid) = (0, 0, 0);
    for line in lines {
        let count = line.blank.unwrap_or_default();
        if few(count) || few(line.valid() - count.min(line.valid())) {
            (hidden, blank, valid) = (hidden + 1, blank + count, valid + line.valid());
            line.blank = None;
        }
    }
    let all = total.blank.unwrap_or_default();
    let rest = |count: u64, of: u64| few(count) || few(of - count.min(of));
    if hidden == 1 || rest(blank, valid) || rest(all, total.valid()) {
        total.blank = None;
    }
    total
}

/// Whether a record is a ballot of this ballot's questionnaire.
pub(super) fn is_ballot(plan: &Plan, ballot: &Ballot, row: &Row) -> bool {
    let domain = &row.domain;
    plan.rounds.get(domain.round as usize).is_some_and(|round| round.id == ballot.round)
        && plan.questionnaires.get(domain.questionnaire as usize).is_some_and(|one| one.id == ballot.questionnaire)
        && domain.mode == Mode::Hall
        && row.disposition != Disposition::ScreenedOut
}

/// Lines by rater group: valid ballots by way, and the blank among them. The other numbers are the host's.
pub(super) fn lines(ledger: &Ledger, ballot: &Ballot, ways: &BTreeMap<Digest, Way>) -> (Vec<Line>, NotCounted) {
    let plan = ledger.codebook().plan();
    let own = ledger.only(|digest| ways.contains_key(digest));
    let account = own.account();
    // Which way each counted record came: a record that came twice belongs to the first.
    let mut came: BTreeMap<String, Way> = BTreeMap::new();
    for way in Way::ALL {
        let part = ledger.only(|digest| ways.get(digest) == Some(&way));
        for (id, _) in part.account().counted {
            came.entry(id.to_owned()).or_insert(way);
        }
    }
    let mut groups = ballot.groups();
    let named = |row: &Row| row.domain.rater_group.map(|at| plan.rater_groups[at as usize].id.clone());
    let mut known: BTreeSet<Option<String>> = groups.iter().cloned().collect();
    let mut by_group: BTreeMap<Option<String>, Line> = BTreeMap::new();
    let balance = &account.balance;
    let mut without = NotCounted {
        elsewhere: 0,
        conflicting: balance.conflicting,
        unfit: balance.unfit,
        unopened: balance.unopened + balance.waiting,
        left_out: balance.left_out,
        apart: 0,
    };
    for (id, row) in &account.counted {
        if !is_ballot(plan, ballot, row) {
            without.elsewhere += 1;
            continue;
        }
        let group = named(row);
        if known.insert(group.clone()) {
            groups.push(group.clone());
        }
        let line = by_group.entry(group).or_default();
        match came.get(*id) {
            Some(Way::Tablet) => line.tablets += 1,
            Some(Way::Paper) => line.paper += 1,
            _ => line.phones += 1,
        }
        *line.blank.get_or_insert(0) += u64::from(row.codes.iter().all(|code| *code < FIRST_GRADE));
    }
    let made = groups.into_iter().map(|group| {
        let mut line = by_group.remove(&group).unwrap_or_default();
        let label = group.as_deref().and_then(|id| plan.rater_group(id));
        line.label = label.map_or_else(Text::new, |group| group.label.clone());
        line.issued = ballot.issued_to(group.as_deref());
        line.blank.get_or_insert(0);
        line.rater_group = group;
        line
    });
    (made.collect(), without)
}
