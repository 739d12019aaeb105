//! Batches of other devices that this one carries, and the receipts that it brings back. A carried batch is an ordinary one beside
//! which stands that it is carried: an app that does not know of that sends it all the same.

use super::body::{self, Head};
use super::queue::{Handed, State, handed};
use super::{BATCH, CARRIED, Changes, RECEIPT, View, join};
use crate::batch::Batch;
use crate::plan::Digest;

/// Takes in a genuine batch that another device made, with its text as it came. `None`: it is here already, or was: this device made
/// it, or carried it before.
pub fn carry(view: &impl View, batch: &Batch, text: &str) -> Option<Changes> {
    if handed(view).iter().any(|one| one.digest == batch.digest) {
        return None;
    }
    let mut head = Head::new(batch.plan.clone(), batch.round.clone());
    head.seq = batch.seq;
    head.records = batch.records.len() as u64;
    head.voided = batch.voided.len() as u64;
    let digest = batch.digest.as_str();
    Some(vec![
        (join(BATCH, digest), Some(body::encode(&head, text.trim()))),
        (join(CARRIED, digest), Some("1".to_owned())),
    ])
}

/// The receipts of numbered batches that this device carried: a line each, for the devices that made them. Empty: there is none yet.
/// A resident's own batch is not among them: the digests of several together would say who answered on one device.
pub fn receipts(view: &impl View) -> String {
    let mut text = String::new();
    let due = |one: &&Handed| one.carried && one.seq > 0 && matches!(one.state, State::Received { .. });
    for one in handed(view).iter().filter(due) {
        let Some(kept) = view.body(&join(RECEIPT, one.digest.as_str())) else { continue };
        if let Some((_, receipt)) = body::decode(&kept) {
            text.push_str(receipt.trim());
            text.push('\n');
        }
    }
    text
}

/// The lines of a file of receipts: each is to be verified by itself.
pub fn receipt_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The batch that a receipt for `digest` would settle: it is here or was, and has none yet.
pub fn waits_for(view: &impl View, digest: &Digest) -> Option<Handed> {
    handed(view).into_iter().find(|one| one.digest == *digest && !matches!(one.state, State::Received { .. }))
}

#[cfg(test)]
mod tests {
    use super::super::{keep_receipt, summarize, uploads};
    use super::*;
    use crate::plan::PublicKey;
    use crate::session::PlanRef;
    use crate::store::{Entries, Entry};

    fn digest(letter: char) -> Digest {
        Digest(letter.to_string().repeat(43))
    }

    fn batch(letter: char) -> Batch {
        Batch {
            digest: digest(letter),
            device: digest('d'),
            device_key: PublicKey::p256(String::new(), String::new()),
            plan: PlanRef { id: "city".into(), version: "1".into(), digest: digest('p') },
            round: "r".into(),
            seq: 3,
            prev: Some(digest('a')),
            link: None,
            records: Vec::new(),
            voided: Vec::new(),
        }
    }

    fn write(store: &mut Entries, changes: Changes) {
        for (key, body) in changes {
            let revision = store.get(&key).map_or(1, |entry| entry.revision + 1);
            store.insert(key.clone(), Entry { key, revision, body });
        }
    }

    #[test]
    fn a_carried_batch_goes_the_way_of_an_own_one_unchanged_and_is_taken_in_once() {
        let mut store = Entries::new();
        let step = carry(&store, &batch('b'), " a.b.c\n").unwrap();
        write(&mut store, step);
        assert_eq!(carry(&store, &batch('b'), "a.b.c"), None);
        let waiting = uploads(&store);
        assert_eq!(waiting.len(), 1);
        assert!(waiting[0].carried && waiting[0].held && waiting[0].seq == 3);
        assert_eq!(super::super::read_batch(&store, &digest('b')).as_deref(), Some("a.b.c"));
        assert_eq!(summarize(&store, None).waiting, 1);
        assert!(!store.keys().any(|key| key.starts_with(super::super::CHAIN)), "no chain of this device's moves");
    }

    #[test]
    fn only_receipts_of_what_was_carried_go_back() {
        let mut store = Entries::new();
        let step = carry(&store, &batch('b'), "a.b.c").unwrap();
        write(&mut store, step);
        assert_eq!(receipts(&store), "");
        let one = waits_for(&store, &digest('b')).unwrap();
        write(&mut store, keep_receipt(&one, "r.e.c", 5));
        let own = Handed { digest: digest('o'), carried: false, ..one };
        write(&mut store, keep_receipt(&own, "o.w.n", 5));
        let step = carry(&store, &Batch { seq: 0, prev: None, ..batch('r') }, "d.e.f").unwrap();
        write(&mut store, step);
        let of_a_resident = waits_for(&store, &digest('r')).unwrap();
        write(&mut store, keep_receipt(&of_a_resident, "n.o.t", 5));
        assert_eq!(receipts(&store), "r.e.c\n");
        assert_eq!(receipt_lines("\n r.e.c \r\n\no.w.n").collect::<Vec<_>>(), ["r.e.c", "o.w.n"]);
        assert_eq!(waits_for(&store, &digest('b')), None, "it has one");
    }
}
