use super::attachment::TornOf;
use super::decided::Idle;
use super::{Account, Conflict, Explain, Explanation, Gap, Ledger, Place};
use crate::batch::Decision;
use crate::plan::Digest;
use crate::session::PlanRef;
use serde::Serialize;

/// What a ledger holds and what is wrong with it, without any answer: for the file, the screen and the auditor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Version of the report: 1.
    pub v: u32,
    pub plan: PlanRef,
    pub balance: super::Balance,
    pub batches: Vec<BatchEntry>,
    pub devices: Vec<DeviceEntry>,
    /// Sessions that were closed without a record.
    pub voided: Vec<VoidedEntry>,
    /// Records that came several times, as the same: harmless.
    pub duplicates: Vec<DuplicateEntry>,
    /// What the office decided about batches and records, in the order of the time.
    pub decisions: Vec<Decision>,
    /// What someone has to look at, most serious first.
    pub findings: Vec<Finding>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BatchEntry {
    pub digest: Digest,
    pub device: Digest,
    pub seq: u64,
    pub round: String,
    /// Number of records in it.
    pub records: usize,
    pub admitted: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeviceEntry {
    pub device: Digest,
    /// Records in batches that were admitted.
    pub records: u64,
    pub batches: usize,
    /// Missing sequence numbers: first and last of each run.
    pub gaps: Vec<(u64, u64)>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VoidedEntry {
    pub session: String,
    pub reason: String,
    pub batches: Vec<Digest>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DuplicateEntry {
    pub record: String,
    pub places: Vec<PlaceEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceEntry {
    pub batch: Digest,
    pub index: usize,
}

/// One thing that someone has to look at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// A short name that programs can match on.
    pub code: &'static str,
    /// File or receiver, for what is no batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Where the records lie, or the batch itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Digest>,
    /// What was found and what to do.
    pub zh: String,
    pub en: String,
}

impl Finding {
    fn of(what: &impl Explain) -> Finding {
        let Explanation { zh, en } = what.explain();
        Finding { code: what.code(), origin: None, places: Vec::new(), device: None, zh, en }
    }
    fn at(mut self, places: &[Place]) -> Finding {
        self.places = places.iter().map(PlaceEntry::from).collect();
        self
    }
}

impl From<&Place> for PlaceEntry {
    fn from(place: &Place) -> PlaceEntry {
        PlaceEntry { batch: place.batch.clone(), index: place.index }
    }
}

impl Report {
    /// `account` is the ledger's own.
    pub fn new(ledger: &Ledger, account: &Account<'_>) -> Report {
        let batches = ledger.batches().iter().map(|(digest, kept)| BatchEntry {
            digest: digest.clone(),
            device: kept.head().device.clone(),
            seq: kept.head().seq,
            round: kept.head().round.clone(),
            records: kept.len(),
            admitted: ledger.counts(digest),
        });
        let devices = account.chains.iter().map(|chain| DeviceEntry {
            device: chain.device.clone(),
            records: account.per_device.get(&chain.device).copied().unwrap_or(0),
            batches: chain.batches.values().map(Vec::len).sum(),
            gaps: chain.gaps.clone(),
        });
        let voided = account.voided.iter().map(|(void, batches)| VoidedEntry {
            session: void.id.clone(),
            reason: void.reason.clone(),
            batches: batches.iter().map(|digest| (*digest).clone()).collect(),
        });
        let duplicates = account.duplicates.iter().map(|(id, places)| DuplicateEntry {
            record: (*id).to_owned(),
            places: places.iter().map(PlaceEntry::from).collect(),
        });
        Report {
            v: 1,
            plan: ledger.codebook().reference().clone(),
            balance: account.balance,
            batches: batches.collect(),
            devices: devices.collect(),
            voided: voided.collect(),
            duplicates: duplicates.collect(),
            decisions: ledger.decisions().iter().cloned().collect(),
            findings: findings(ledger, account),
        }
    }
}

/// All that someone has to look at: contradictions, then what is missing, then what could not be read.
pub fn findings(ledger: &Ledger, account: &Account<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for conflict in &account.conflicts {
        let (Conflict::OneIdTwoContents { places, .. } | Conflict::OneCodeSeveralRecords { places, .. }) = conflict;
        out.push(Finding::of(conflict).at(places));
    }
    for chain in &account.chains {
        for fork in &chain.forks {
            out.push(Finding { device: Some(chain.device.clone()), ..Finding::of(fork) });
        }
        for &(first, last) in &chain.gaps {
            let gap = Gap { device: &chain.device, first, last };
            out.push(Finding { device: Some(chain.device.clone()), ..Finding::of(&gap) });
        }
    }
    for (digest, reason) in &account.quarantined {
        let batch = ledger.batches().get(*digest);
        let origin = batch.and_then(|kept| kept.origins().first().cloned());
        let device = batch.map(|kept| kept.head().device.clone());
        out.push(Finding { origin, device, ..Finding::of(*reason) });
    }
    for (origin, reasons) in ledger.refused() {
        out.extend(reasons.iter().map(|reason| Finding { origin: Some(origin.clone()), ..Finding::of(reason) }));
    }
    for (place, reason) in &account.unopened {
        out.push(Finding::of(*reason).at(std::slice::from_ref(place)));
    }
    for (_, place, reason) in &account.unfit {
        out.push(Finding::of(*reason).at(std::slice::from_ref(place)));
    }
    for (id, place, torn) in &account.torn {
        out.push(Finding::of(&TornOf(id, torn)).at(std::slice::from_ref(place)));
    }
    out.extend(account.idle.iter().map(|decision| Finding::of(&Idle(decision))));
    for id in &account.voided_with_record {
        out.push(Finding::of(&VoidedWithRecord(id)));
    }
    out
}

struct VoidedWithRecord<'a>(&'a str);

impl Explain for VoidedWithRecord<'_> {
    fn code(&self) -> &'static str {
        "voided_with_record"
    }
    fn explain(&self) -> Explanation {
        let id = self.0;
        Explanation {
            zh: format!("访问 `{id}` 已作废，却有一份答卷；答卷已计入，请查问"),
            en: format!("session `{id}` was voided and has a record all the same; the record counts: ask about it"),
        }
    }
}
