use super::{Chain, Content, Ledger, Row, Slot, Standing, Torn, Unfit};
use crate::batch::{Decision, OpenError, Quarantine, Voided};
use crate::plan::Digest;
use std::collections::{BTreeMap, BTreeSet};

/// Where a record lies: a batch, and the position in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub batch: Digest,
    pub index: usize,
}

/// The ledger read once: every record in every batch under exactly one heading. Lists are in order of batch and id, so
/// equal ledgers give equal accounts.
#[derive(Debug)]
pub struct Account<'a> {
    /// One for each id that counts, by id.
    pub counted: Vec<(&'a str, &'a Row)>,
    /// The same record again: id and all the places where it lies. Harmless.
    pub duplicates: Vec<(&'a str, Vec<Place>)>,
    pub conflicts: Vec<Conflict<'a>>,
    /// Not opened yet.
    pub waiting: Vec<Place>,
    pub unopened: Vec<(Place, &'a OpenError)>,
    /// Opened, and not counted: id, place and reason.
    pub unfit: Vec<(&'a str, Place, &'a Unfit)>,
    /// Attachments that are not what their records say: the record's id and place. The record itself may well count.
    pub torn: Vec<(&'a str, Place, &'a Torn)>,
    pub quarantined: Vec<(&'a Digest, &'a Quarantine)>,
    /// Batches that would count, and do not because the office decided so.
    pub kept_apart: Vec<(&'a Digest, &'a Decision)>,
    /// Opened, and not counted because the office decided so: id, place and decision.
    pub left_out: Vec<(&'a str, Place, &'a Decision)>,
    /// Decisions that change nothing: what they are about is not here, or cannot be admitted.
    pub idle: Vec<&'a Decision>,
    /// One for each device with a numbered batch.
    pub chains: Vec<Chain>,
    /// Sessions that were closed without a record: the batches that say so, by session.
    pub voided: Vec<(&'a Voided, Vec<&'a Digest>)>,
    /// Sessions that a batch calls voided and that have a record all the same. The record counts; someone should ask.
    pub voided_with_record: Vec<&'a str>,
    /// Records per device or resident's key, in batches that were admitted.
    pub per_device: BTreeMap<&'a Digest, u64>,
    pub balance: Balance,
}

/// Records that contradict each other. None of them counts until someone decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict<'a> {
    /// One id, several contents.
    OneIdTwoContents { id: &'a str, places: Vec<Place> },
    /// A link for one answer was used for several records.
    OneCodeSeveralRecords { code: &'a str, ids: Vec<&'a str>, places: Vec<Place> },
}

/// Where the records of all batches went. All counts are of records as they lie in batches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Balance {
    pub in_batches: u64,
    pub counted: u64,
    /// Repetitions beyond the first.
    pub duplicates: u64,
    pub conflicting: u64,
    pub unopened: u64,
    pub unfit: u64,
    /// In batches that are kept apart.
    pub quarantined: u64,
    /// By a decision of the office.
    pub left_out: u64,
    pub waiting: u64,
}

impl Balance {
    /// True always; a property test says so.
    pub fn holds(&self) -> bool {
        let parts = [
            self.counted,
            self.duplicates,
            self.conflicting,
            self.unopened,
            self.unfit,
            self.quarantined,
            self.left_out,
            self.waiting,
        ];
        self.in_batches == parts.iter().sum::<u64>()
    }
}

/// A record that was opened and fits its batch.
#[derive(Clone, Copy)]
struct Found<'a> {
    id: &'a str,
    batch: &'a Digest,
    index: usize,
    content: &'a Content,
    code: Option<&'a str>,
}

impl Found<'_> {
    fn place(&self) -> Place {
        Place { batch: self.batch.clone(), index: self.index }
    }
}

/// In the order of ids, and those of one id as they came. Ids are random, so their first bytes nearly always decide.
fn by_id<'a>(found: &[Found<'a>]) -> Vec<Found<'a>> {
    let first =
        |id: &str| id.bytes().chain(std::iter::repeat(0)).take(8).fold(0u64, |key, byte| key << 8 | u64::from(byte));
    let mut order: Vec<(u64, usize)> = found.iter().enumerate().map(|(at, one)| (first(one.id), at)).collect();
    order.sort_unstable_by(|(key, at), (other_key, other)| {
        key.cmp(other_key).then_with(|| found[*at].id.cmp(found[*other].id)).then(at.cmp(other))
    });
    order.into_iter().map(|(_, at)| found[at]).collect()
}

impl Ledger {
    /// Reads the whole ledger: cost is linear in its records, so keep the answer.
    pub fn account(&self) -> Account<'_> {
        let mut account = Account {
            counted: Vec::new(),
            duplicates: Vec::new(),
            conflicts: Vec::new(),
            waiting: Vec::new(),
            unopened: Vec::new(),
            unfit: Vec::new(),
            torn: Vec::new(),
            quarantined: Vec::new(),
            kept_apart: Vec::new(),
            left_out: Vec::new(),
            idle: Vec::new(),
            chains: self.chains(),
            voided: Vec::new(),
            voided_with_record: Vec::new(),
            per_device: BTreeMap::new(),
            balance: Balance::default(),
        };
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut voided: BTreeMap<(&str, &str), (&Voided, Vec<&Digest>)> = BTreeMap::new();
        for (digest, kept) in &self.batches {
            let records = kept.slots.len() as u64;
            account.balance.in_batches += records;
            if !self.admits(digest, kept) {
                match &kept.standing {
                    Standing::Quarantined(reason) => account.quarantined.push((digest, reason)),
                    Standing::Admitted => {
                        account.kept_apart.extend(self.decided_of_batch(digest).map(|decision| (digest, decision)));
                    }
                }
                account.balance.quarantined += records;
                continue;
            }
            *account.per_device.entry(&kept.batch.device).or_default() += records;
            for void in &kept.batch.voided {
                voided.entry((&void.id, &void.reason)).or_insert((void, Vec::new())).1.push(digest);
            }
            for (index, slot) in kept.slots.iter().enumerate() {
                let place = || Place { batch: digest.clone(), index };
                let id = match slot {
                    Slot::Opened { id, .. } => Some(id.as_str()),
                    Slot::Sealed(_) | Slot::Unopened(..) => None,
                };
                if let Some((id, decision)) = id.and_then(|id| Some((id, self.left_out(id, digest)?))) {
                    account.left_out.push((id, place(), decision));
                    account.balance.left_out += 1;
                    continue;
                }
                if let Slot::Opened { id, torn, .. } = slot {
                    account.torn.extend(torn.iter().map(|torn| (id.as_str(), place(), torn)));
                }
                match slot {
                    Slot::Sealed(_) => account.waiting.push(place()),
                    Slot::Unopened(_, error) => account.unopened.push((place(), error)),
                    Slot::Opened { id, misfit: Some(reason), .. } => account.unfit.push((id, place(), reason)),
                    Slot::Opened { id, content, misfit: None, .. } => {
                        let code = kept.batch.link.as_ref().and_then(|link| link.code.as_deref());
                        found.push(Found { id, batch: digest, index, content, code });
                    }
                }
            }
        }
        account.voided = voided.into_values().collect();
        account.balance.waiting = account.waiting.len() as u64;
        account.balance.unopened = account.unopened.len() as u64;
        let opened = |id: &str, batch: Option<&Digest>| self.is_opened(id, batch);
        account.idle = self.idle(opened, account.balance.waiting > 0);
        account.settle(&by_id(&found));
        account
    }

    fn is_opened(&self, id: &str, batch: Option<&Digest>) -> bool {
        let batches = self.batches.iter().filter(|(digest, _)| batch.is_none_or(|batch| batch == *digest));
        let mut slots = batches.flat_map(|(_, kept)| &kept.slots);
        slots.any(|slot| matches!(slot, Slot::Opened { id: opened, .. } if opened == id))
    }

    fn chains(&self) -> Vec<Chain> {
        let mut by_device: BTreeMap<&Digest, Vec<_>> = BTreeMap::new();
        for (digest, kept) in &self.batches {
            // A device numbers its batches for each plan digest apart. Those that the roster does not know yet, or whose
            // round it does not, are part of what it handed over.
            if kept.batch.seq > 0 && kept.batch.plan.digest == self.codebook.reference().digest {
                let link = (kept.batch.seq, digest, kept.batch.prev.as_ref());
                by_device.entry(&kept.batch.device).or_default().push(link);
            }
        }
        by_device.into_iter().map(|(device, links)| super::chain::derive_chain(device, links.into_iter())).collect()
    }
}

impl<'a> Account<'a> {
    /// Puts records that were opened under their headings: contradictions first, then what does not fit.
    fn settle(&mut self, by_id: &[Found<'a>]) {
        let mut by_code: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut fitting = Vec::with_capacity(by_id.len());
        for found in by_id.chunk_by(|one, next| one.id == next.id) {
            let Some(first) = found.first() else { continue };
            let id = first.id;
            if found.iter().any(|one| one.content != first.content) {
                self.balance.conflicting += found.len() as u64;
                let places = found.iter().map(Found::place).collect();
                self.conflicts.push(Conflict::OneIdTwoContents { id, places });
                continue;
            }
            match first.content {
                Content::Unfit(_, reason) => {
                    self.unfit.push((id, first.place(), reason));
                    self.repeated(found);
                }
                Content::Fit(row) => {
                    for code in found.iter().filter_map(|one| one.code) {
                        by_code.entry(code).or_default().insert(fitting.len());
                    }
                    fitting.push((row, found));
                }
            }
        }
        let mut withheld = BTreeSet::new();
        for (code, users) in by_code.into_iter().filter(|(_, users)| users.len() > 1) {
            let used = || users.iter().map(|at| fitting[*at].1);
            let ids = used().filter_map(|found| found.first()).map(|one| one.id).collect();
            let places = used().flatten().map(Found::place).collect();
            self.conflicts.push(Conflict::OneCodeSeveralRecords { code, ids, places });
            withheld.extend(users);
        }
        for (at, (row, found)) in fitting.into_iter().enumerate() {
            if withheld.contains(&at) {
                self.balance.conflicting += found.len() as u64;
            } else {
                self.counted.extend(found.first().map(|one| (one.id, row)));
                self.repeated(found);
            }
        }
        self.unfit.sort();
        self.balance.counted = self.counted.len() as u64;
        self.balance.unfit = self.unfit.len() as u64;
        let recorded = |void: &&Voided| self.counted.binary_search_by_key(&void.id.as_str(), |(id, _)| id).is_ok();
        let mut both: Vec<&str> =
            self.voided.iter().map(|(void, _)| *void).filter(recorded).map(|void| void.id.as_str()).collect();
        both.dedup();
        self.voided_with_record = both;
    }

    fn repeated(&mut self, found: &[Found<'a>]) {
        if let [first, _, ..] = found {
            self.balance.duplicates += found.len() as u64 - 1;
            self.duplicates.push((first.id, found.iter().map(Found::place).collect()));
        }
    }
}
