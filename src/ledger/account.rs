use super::{Chain, Content, Ledger, Row, Slot, Standing, Torn, Unfit};
use crate::batch::{Decision, OpenError, Quarantine, Voided};
use crate::plan::Digest;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

struct Found<'a> {
    place: Place,
    content: &'a Content,
    code: Option<&'a str>,
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
        let mut by_id: HashMap<&str, Vec<Found<'_>>> = HashMap::new();
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
                let place = Place { batch: digest.clone(), index };
                let id = match slot {
                    Slot::Opened { id, .. } => Some(id.as_str()),
                    Slot::Sealed(_) | Slot::Unopened(..) => None,
                };
                if let Some((id, decision)) = id.and_then(|id| Some((id, self.left_out(id, digest)?))) {
                    account.left_out.push((id, place, decision));
                    account.balance.left_out += 1;
                    continue;
                }
                if let Slot::Opened { id, torn, .. } = slot {
                    account.torn.extend(torn.iter().map(|torn| (id.as_str(), place.clone(), torn)));
                }
                match slot {
                    Slot::Sealed(_) => account.waiting.push(place),
                    Slot::Unopened(_, error) => account.unopened.push((place, error)),
                    Slot::Opened { id, misfit: Some(reason), .. } => account.unfit.push((id, place, reason)),
                    Slot::Opened { id, content, misfit: None, .. } => {
                        let code = kept.batch.link.as_ref().and_then(|link| link.code.as_deref());
                        by_id.entry(id).or_default().push(Found { place, content, code });
                    }
                }
            }
        }
        account.voided = voided.into_values().collect();
        account.balance.waiting = account.waiting.len() as u64;
        account.balance.unopened = account.unopened.len() as u64;
        let opened = |id: &str, batch: Option<&Digest>| self.is_opened(id, batch);
        account.idle = self.idle(opened, account.balance.waiting > 0);
        account.settle(by_id);
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
    fn settle(&mut self, by_id: HashMap<&'a str, Vec<Found<'a>>>) {
        let mut by_id: Vec<_> = by_id.into_iter().collect();
        by_id.sort_unstable_by_key(|(id, _)| *id);
        let mut by_code: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut fitting = Vec::new();
        for (id, found) in by_id {
            let places = || found.iter().map(|one| one.place.clone()).collect();
            if found.iter().any(|one| one.content != found[0].content) {
                self.balance.conflicting += found.len() as u64;
                self.conflicts.push(Conflict::OneIdTwoContents { id, places: places() });
                continue;
            }
            match found[0].content {
                Content::Unfit(_, reason) => {
                    self.unfit.push((id, found[0].place.clone(), reason));
                    self.repeated(id, &found);
                }
                Content::Fit(row) => {
                    for code in found.iter().filter_map(|one| one.code) {
                        by_code.entry(code).or_default().insert(fitting.len());
                    }
                    fitting.push((id, row, found));
                }
            }
        }
        let mut withheld = BTreeSet::new();
        for (code, users) in by_code.into_iter().filter(|(_, users)| users.len() > 1) {
            let ids = users.iter().map(|at| fitting[*at].0).collect();
            let places = users.iter().flat_map(|at| fitting[*at].2.iter().map(|one| one.place.clone())).collect();
            self.conflicts.push(Conflict::OneCodeSeveralRecords { code, ids, places });
            withheld.extend(users);
        }
        for (at, (id, row, found)) in fitting.into_iter().enumerate() {
            if withheld.contains(&at) {
                self.balance.conflicting += found.len() as u64;
            } else {
                self.counted.push((id, row));
                self.repeated(id, &found);
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

    fn repeated(&mut self, id: &'a str, found: &[Found<'a>]) {
        if found.len() > 1 {
            self.balance.duplicates += found.len() as u64 - 1;
            self.duplicates.push((id, found.iter().map(|one| one.place.clone()).collect()));
        }
    }
}
