use super::body::{self, Head};
use super::{BATCH, CHAIN, Changes, LAST_FRESH, SEALED, View, join};
use crate::batch::{BatchDraft, SignedBatch, Voided};
use crate::plan::Digest;
use crate::session::PlanRef;

/// Record texts beyond this go into another batch, so that a weak connection can carry each and no receiver finds
/// one too big.
const BATCH_BYTES: usize = 2 << 20;

/// A batch that is ready to be signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    pub draft: BatchDraft,
    pub signer: Signer,
    /// Keys of the entries that are in it.
    taken: Vec<String>,
}

/// Whose key signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// This device's, enrolled by the office.
    Device(Digest),
    /// A fresh one that is forgotten at once, so that a resident's batches cannot be linked to each other.
    Fresh,
}

/// Why nothing can be handed over now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOverError {
    /// The chain's entry does not parse; its key. Starting again at 1 would look like a cloned device: save a rescue file.
    UnreadableChain(String),
    /// The entry does not parse; its key. It stays as it is: save a rescue file.
    Unreadable(String),
}

/// What one hand-over of one plan and round would take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub plan: PlanRef,
    pub round: String,
    pub records: usize,
    pub voided: usize,
}

/// Plans and rounds that have something to hand over by this device's key.
pub fn pending(view: &impl View) -> Vec<Pending> {
    let mut found: Vec<Pending> = Vec::new();
    view.each(SEALED, &mut |_, text| {
        let Some((head, _)) = body::decode(text) else { return };
        if head.link.is_some() {
            return;
        }
        let at = found.iter().position(|group| group.plan == head.plan && group.round == head.round);
        let at = at.unwrap_or_else(|| {
            found.push(Pending { plan: head.plan, round: head.round, records: 0, voided: 0 });
            found.len() - 1
        });
        if head.void.is_some() {
            found[at].voided += 1;
        } else {
            found[at].records += 1;
        }
    });
    found
}

/// The next batch of one plan and round on this device's chain, or `None` when there is nothing to hand over. Ask
/// again after [`store_batch`] is written, until there is none.
pub fn hand_over(
    view: &impl View,
    plan: &Digest,
    round: &str,
    device: &Digest,
) -> Result<Option<Parcel>, HandOverError> {
    let mut draft: Option<BatchDraft> = None;
    let mut taken = Vec::new();
    let mut bytes = 0;
    view.each(SEALED, &mut |key, text| {
        let Some((head, record)) = body::decode(text) else { return };
        if head.plan.digest != *plan || head.round != round || head.link.is_some() {
            return;
        }
        if bytes > 0 && bytes + record.len() > BATCH_BYTES {
            return;
        }
        bytes += record.len();
        taken.push(key.to_owned());
        let draft = draft.get_or_insert_with(|| BatchDraft {
            plan: head.plan,
            round: head.round,
            seq: 1,
            prev: None,
            link: None,
            records: Vec::new(),
            voided: Vec::new(),
        });
        match head.void {
            Some(reason) => draft.voided.push(Voided { id: key[SEALED.len()..].to_owned(), reason }),
            None => draft.records.push(record.to_owned()),
        }
    });
    let Some(mut draft) = draft else { return Ok(None) };
    let key = chain_key(plan, device);
    if let Some(chain) = view.body(&key) {
        let last = body::decode_words(&chain).and_then(|(seq, last)| Some((seq.checked_add(1)?, Digest::parse(last)?)));
        let Some((seq, prev)) = last else { return Err(HandOverError::UnreadableChain(key)) };
        draft.seq = seq;
        draft.prev = Some(prev);
    }
    Ok(Some(Parcel { draft, signer: Signer::Device(device.clone()), taken }))
}

/// Ids of residents' records that are sealed and not yet in a batch: what a crash between the two leaves.
pub fn unsent_links(view: &impl View) -> Vec<String> {
    let mut found = Vec::new();
    view.each(SEALED, &mut |key, text| {
        if body::decode(text).is_some_and(|(head, _)| head.link.is_some()) {
            found.push(key[SEALED.len()..].to_owned());
        }
    });
    found
}

/// How many of them are of a plan.
pub fn unsent_links_of(view: &impl View, plan: &Digest) -> usize {
    let mut count = 0;
    view.each(SEALED, &mut |_, text| {
        count +=
            usize::from(body::decode(text).is_some_and(|(head, _)| head.link.is_some() && head.plan.digest == *plan));
    });
    count
}

/// The batch of one resident's record, or `None` when that record is not waiting here.
pub fn send_off(view: &impl View, id: &str) -> Result<Option<Parcel>, HandOverError> {
    let key = join(SEALED, id);
    let Some(text) = view.body(&key) else { return Ok(None) };
    let Some((head, record)) = body::decode(&text) else { return Err(HandOverError::Unreadable(key)) };
    if head.link.is_none() {
        return Ok(None);
    }
    let draft = BatchDraft {
        plan: head.plan,
        round: head.round,
        seq: 0,
        prev: None,
        link: head.link,
        records: vec![record.to_owned()],
        voided: Vec::new(),
    };
    Ok(Some(Parcel { draft, signer: Signer::Fresh, taken: vec![key] }))
}

/// The step that keeps a signed batch: the batch in, its records out, the chain moved on. Nothing of the batch may leave the
/// device before this is written; if it cannot be written, forget the batch and ask for the parcel again.
pub fn store_batch(parcel: &Parcel, signed: &SignedBatch) -> Changes {
    let draft = &parcel.draft;
    let mut head = Head::new(draft.plan.clone(), draft.round.clone());
    head.seq = draft.seq;
    head.records = draft.records.len() as u64;
    head.voided = draft.voided.len() as u64;
    let mut changes = vec![(join(BATCH, signed.digest.as_str()), Some(body::encode(&head, &signed.text)))];
    let key = match &parcel.signer {
        Signer::Device(device) => chain_key(&draft.plan.digest, device),
        Signer::Fresh => LAST_FRESH.to_owned(),
    };
    changes.push((key, Some(body::encode_words(draft.seq, signed.digest.as_str()))));
    changes.extend(parcel.taken.iter().map(|key| (key.clone(), None)));
    changes
}

/// With the device in it, so that a chain brought by another device's rescue file is never gone on with.
fn chain_key(plan: &Digest, device: &Digest) -> String {
    let mut key = join(CHAIN, plan.as_str());
    key.push('/');
    key.push_str(device.as_str());
    key
}
