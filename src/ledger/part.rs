use super::{Codebook, Kept, Ledger, Slot};
use crate::batch::{Batch, Crypto, OfficeSecrets, OpenError, Slip, open_record};
use crate::carry::{Carry, Load};
use crate::plan::Digest;
use std::collections::BTreeSet;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

/// How much of what is still sealed goes with a part of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seals {
    /// All: whoever gets the part can open it.
    With,
    /// None: the part counts and shows the same, and nothing more can be opened from it.
    Without,
}

impl Ledger {
    /// The batches that are wanted, as bytes for another thread: [`Ledger::arrive`] makes a ledger of them, and
    /// [`Ledger::merge`] puts that into this one again. Decisions and refused files, which are few, go with every part.
    pub fn carry<'a>(&self, wanted: impl IntoIterator<Item = &'a Digest>, seals: Seals) -> Vec<u8> {
        let found: Vec<_> = wanted.into_iter().filter_map(|digest| self.batches.get_key_value(digest)).collect();
        let mut out = Vec::new();
        self.codebook.reference().digest.put(&mut out);
        found.len().put(&mut out);
        for (digest, kept) in found {
            digest.put(&mut out);
            kept.put(seals, &mut out);
        }
        self.refused.put(&mut out);
        self.decisions.put(&mut out);
        out
    }

    /// The ledger of these bytes. What is in it was verified where it was carried from: the bytes must come from this very
    /// app. `None`: they do not, or are of another plan.
    pub fn arrive(codebook: Arc<Codebook>, bytes: &[u8]) -> Option<Ledger> {
        let mut from = Load::new(bytes);
        if Digest::take(&mut from)? != codebook.reference().digest {
            return None;
        }
        let mut part = Ledger::with_codebook(codebook);
        for _ in 0..usize::take(&mut from)? {
            let digest = Digest::take(&mut from)?;
            part.batches.insert(digest, Kept::take(&mut from)?);
        }
        part.refused = Carry::take(&mut from)?;
        part.decisions = Carry::take(&mut from)?;
        part.note_all();
        from.bytes(1).is_none().then_some(part)
    }

    /// Whether the batch is here, and nothing of it waits or failed to open.
    pub fn is_opened_through(&self, digest: &Digest) -> bool {
        let slots = self.batches.get(digest).map(|kept| &kept.slots);
        slots.is_some_and(|slots| slots.iter().all(|slot| matches!(slot, Slot::Opened { .. })))
    }

    /// Lets go of the sealed text of these batches, for a caller that has it elsewhere. Their records still wait: what
    /// [`Ledger::merge`] brings of them takes their place.
    pub fn forget_seals<'a>(&mut self, digests: impl IntoIterator<Item = &'a Digest>) {
        for digest in digests {
            let slots = self.batches.get_mut(digest).map(|kept| &mut kept.slots);
            for slot in slots.into_iter().flatten() {
                if let Slot::Sealed(text) | Slot::Unopened(text, _) = slot {
                    *text = String::new();
                }
            }
        }
    }

    /// The next batches with records that wait to be opened, but for those in `tried`: about `records` of them, one batch
    /// at least. With the number of records that wait in them.
    pub fn next_waiting(&self, records: usize, tried: &BTreeSet<Digest>) -> (Vec<Digest>, usize) {
        let (mut found, mut count) = (Vec::new(), 0);
        let waiting = self.waiting.iter().filter(|digest| !tried.contains(*digest));
        for (digest, kept) in waiting.filter_map(|digest| self.batches.get_key_value(digest)) {
            if count >= records {
                break;
            }
            count += kept.waiting();
            found.push(digest.clone());
        }
        (found, count)
    }

    /// Opens all that waits, `lanes` records at once: the browser works on several at a time.
    pub async fn open_all<C: Crypto>(&mut self, crypto: &C, keys: &OfficeSecrets<C>, lanes: usize) {
        loop {
            let portion = self.sealed(lanes);
            if portion.is_empty() {
                break;
            }
            let opening = portion.iter().map(|(_, text)| open_record(crypto, keys, text));
            let opened = together(opening).await;
            for ((place, _), opened) in portion.iter().zip(opened) {
                self.put(place, opened);
            }
        }
    }
}

/// The results of all, in their order. They make progress side by side.
async fn together<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<(Pin<Box<F>>, Option<F::Output>)> = all.map(|one| (Box::pin(one), None)).collect();
    poll_fn(|context| {
        for (one, result) in all.iter_mut().filter(|(_, result)| result.is_none()) {
            if let Poll::Ready(ready) = one.as_mut().poll(context) {
                *result = Some(ready);
            }
        }
        if all.iter().all(|(_, result)| result.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    all.into_iter().filter_map(|(_, result)| result).collect()
}

impl Kept {
    fn put(&self, seals: Seals, out: &mut Vec<u8>) {
        let Kept { batch, standing, origins, slots } = self;
        // The records of a batch that is kept have moved to its slots.
        let Batch { digest, device, device_key, plan, round, seq, prev, link, records: _, voided } = batch;
        digest.put(out);
        device.put(out);
        device_key.put(out);
        plan.put(out);
        round.put(out);
        seq.put(out);
        prev.put(out);
        link.put(out);
        voided.put(out);
        standing.put(out);
        origins.put(out);
        slots.len().put(out);
        slots.iter().for_each(|slot| slot.put(seals, out));
    }

    fn take(from: &mut Load<'_>) -> Option<Kept> {
        let batch = Batch {
            digest: Carry::take(from)?,
            device: Carry::take(from)?,
            device_key: Carry::take(from)?,
            plan: Carry::take(from)?,
            round: Carry::take(from)?,
            seq: Carry::take(from)?,
            prev: Carry::take(from)?,
            link: Carry::take(from)?,
            records: Vec::<Slip>::new(),
            voided: Carry::take(from)?,
        };
        Some(Kept { batch, standing: Carry::take(from)?, origins: Carry::take(from)?, slots: Carry::take(from)? })
    }
}

impl Slot {
    fn put(&self, seals: Seals, out: &mut Vec<u8>) {
        let text = |text: &String, out: &mut Vec<u8>| match seals {
            Seals::With => text.put(out),
            Seals::Without => String::new().put(out),
        };
        match self {
            Slot::Sealed(sealed) => {
                0u8.put(out);
                text(sealed, out);
            }
            Slot::Unopened(sealed, error) => {
                1u8.put(out);
                text(sealed, out);
                error.put(out);
            }
            Slot::Opened { id, content, misfit, torn } => {
                2u8.put(out);
                id.put(out);
                content.put(out);
                misfit.put(out);
                torn.put(out);
            }
        }
    }
}

impl Carry for Slot {
    fn put(&self, out: &mut Vec<u8>) {
        Slot::put(self, Seals::With, out);
    }
    fn take(from: &mut Load<'_>) -> Option<Slot> {
        Some(match u8::take(from)? {
            0 => Slot::Sealed(Carry::take(from)?),
            1 => Slot::Unopened(Carry::take(from)?, OpenError::take(from)?),
            2 => Slot::Opened {
                id: Carry::take(from)?,
                content: Carry::take(from)?,
                misfit: Carry::take(from)?,
                torn: Carry::take(from)?,
            },
            _ => return None,
        })
    }
}
