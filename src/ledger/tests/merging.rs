//! Merging as a property: any grouping and order of any batches.

use super::*;
use proptest::prelude::*;
use std::collections::HashMap;

/// One record of a generated batch: which id, which content, and how it lies there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Lying {
    Plain,
    Sealed,
    SealedForOthers,
}

#[derive(Clone, Debug)]
struct Given {
    device: u8,
    seq: u64,
    code: Option<u8>,
    records: Vec<(u8, u8, Lying)>,
    /// The roster of the office that takes it in does not know the device.
    unknown: bool,
}

fn given() -> impl Strategy<Value = Given> {
    let lying = prop_oneof![Just(Lying::Plain), Just(Lying::Sealed), Just(Lying::SealedForOthers)];
    let records = prop::collection::vec((0u8..6, prop_oneof![4 => Just(0u8), 1 => 1u8..4], lying), 0..4);
    (0u8..3, 0u64..4, prop::option::of(0u8..3), records, prop::bool::weighted(0.2))
        .prop_map(|(device, seq, code, records, unknown)| Given { device, seq, code, records, unknown })
}

impl Given {
    fn content(&self, id: u8, variant: u8) -> Record {
        let mut made = record(&format!("id{id}"));
        match variant {
            0 => drop(made.answers.insert("m".into(), grid(&[("u1", "a", "满意")]))),
            1 => drop(made.answers.insert("m".into(), grid(&[("u1", "a", "不满意")]))),
            2 => made.round = "r2".into(),
            _ => drop(made.answers.insert("m".into(), grid(&[("u1", "a", "还行")]))),
        }
        made
    }

    fn batch(&self) -> Batch {
        let slips = self.records.iter().map(|(id, variant, lying)| {
            let record = self.content(*id, *variant);
            match lying {
                Lying::Plain => Slip::Plain(record),
                Lying::Sealed => Slip::Sealed(record.encode()),
                Lying::SealedForOthers => Slip::Sealed("for others".into()),
            }
        });
        let seq = if self.code.is_some() { 0 } else { self.seq + 1 };
        let digest = format!("{}/{seq}/{:?}/{:?}", self.device, self.code, self.records);
        let mut made = batch(&digest, &format!("d{}", self.device), seq, None, slips.collect());
        made.link = self.code.map(|code| link(Some(&format!("c{code}"))));
        made
    }

    fn standing(&self) -> Standing {
        if self.unknown { Standing::Quarantined(Quarantine::UnknownDevice) } else { Standing::Admitted }
    }
}

fn open_all(ledger: &mut Ledger, most: usize) {
    for (place, text) in ledger.sealed(most) {
        ledger.put(&place, Record::parse(&text).map_err(|_| OpenError::WrongKey));
    }
}

fn take_all(given: &[Given]) -> Ledger {
    let mut made = ledger();
    for one in given {
        made.keep(one.batch(), one.standing(), "file");
    }
    made
}

/// The balance from the raw batches, by another way: text against text, no packing.
fn oracle(given: &[Given]) -> Balance {
    let mut batches: HashMap<Digest, (&Given, bool)> = HashMap::new();
    for one in given {
        let known = batches.entry(one.batch().digest).or_insert((one, true));
        known.1 &= one.unknown;
    }
    let mut balance = Balance::default();
    let mut texts: HashMap<u8, Vec<(String, bool)>> = HashMap::new();
    let mut users: HashMap<u8, BTreeSet<u8>> = HashMap::new();
    let mut uses = Vec::new();
    for (one, unknown) in batches.values() {
        for (id, variant, lying) in &one.records {
            balance.in_batches += 1;
            if *unknown {
                balance.quarantined += 1;
            } else if *lying == Lying::SealedForOthers {
                balance.unopened += 1;
            } else if *variant == 2 || (one.code.is_some() && one.records.len() > 1) {
                balance.unfit += 1;
            } else {
                let text = one.content(*id, *variant).encode();
                texts.entry(*id).or_default().push((text, *variant < 3));
                uses.extend(one.code.map(|code| (code, *id)));
            }
        }
    }
    let contradicts = |texts: &Vec<(String, bool)>| texts.iter().any(|(text, _)| *text != texts[0].0);
    for (code, id) in uses {
        if !contradicts(&texts[&id]) && texts[&id][0].1 {
            users.entry(code).or_default().insert(id);
        }
    }
    for (id, lying) in &texts {
        let shares_code = users.values().any(|ids| ids.len() > 1 && ids.contains(id));
        let repeated = lying.len() as u64 - 1;
        match () {
            () if contradicts(lying) || shares_code => balance.conflicting += lying.len() as u64,
            () if !lying[0].1 => {
                (balance.unfit, balance.duplicates) = (balance.unfit + 1, balance.duplicates + repeated)
            }
            () => (balance.counted, balance.duplicates) = (balance.counted + 1, balance.duplicates + repeated),
        }
    }
    balance
}

proptest! {
    #[test]
    fn every_record_goes_somewhere(given in prop::collection::vec(given(), 0..8), most in 0usize..12) {
        let mut all = take_all(&given);
        open_all(&mut all, most);
        prop_assert!(all.account().balance.holds(), "{:?}", all.account().balance);
        open_all(&mut all, usize::MAX);
        let account = all.account();
        prop_assert!(account.balance.holds());
        prop_assert_eq!(account.balance, oracle(&given));
        let listed: usize = account.duplicates.iter().map(|(_, places)| places.len() - 1).sum();
        prop_assert_eq!(listed as u64, account.balance.duplicates);
    }

    #[test]
    fn merging_is_union_whatever_the_order_and_repetition(
        given in prop::collection::vec(given(), 1..8),
        parts in prop::collection::vec((prop::collection::vec(any::<prop::sample::Index>(), 0..6), 0usize..6), 1..5),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let mut whole = take_all(&given);
        open_all(&mut whole, usize::MAX);
        // Each part holds some of the batches, some of their records opened; the last part holds all.
        let mut ledgers: Vec<Ledger> = parts.iter().map(|(picks, most)| {
            let picked: Vec<Given> = picks.iter().map(|pick| pick.get(&given).clone()).collect();
            let mut part = take_all(&picked);
            open_all(&mut part, *most);
            part
        }).collect();
        ledgers.push(take_all(&given));
        let mut forward = ledger();
        ledgers.iter().for_each(|part| forward.merge(part.clone()).unwrap());
        let mut other_way = ledger();
        order.iter().for_each(|pick| other_way.merge(pick.get(&ledgers).clone()).unwrap());
        ledgers.iter().rev().for_each(|part| other_way.merge(part.clone()).unwrap());
        prop_assert_eq!(&forward, &other_way);
        // (first + second) + rest = first + (second + rest)
        let mut grouped = ledgers[0].clone();
        let mut rest = ledger();
        ledgers[1..].iter().for_each(|part| rest.merge(part.clone()).unwrap());
        grouped.merge(rest).unwrap();
        prop_assert_eq!(&forward, &grouped);
        let mut twice = forward.clone();
        twice.merge(forward.clone()).unwrap();
        prop_assert_eq!(&twice, &forward);
        open_all(&mut forward, usize::MAX);
        prop_assert_eq!(forward.account().balance, whole.account().balance);
        prop_assert_eq!(forward.account().counted, whole.account().counted);
    }
}

proptest! {
    #[test]
    fn parts_that_were_carried_merge_into_the_same_ledger(all in prop::collection::vec(given(), 0..8), at in any::<prop::sample::Index>()) {
        let mut whole = take_all(&all);
        open_all(&mut whole, usize::MAX);
        whole.refuse("broken.minping", BatchError::BadSignature);
        let digests: Vec<Digest> = whole.batches().keys().cloned().collect();
        let (some, rest) = digests.split_at(at.index(digests.len() + 1));
        let arrive = |wanted: &[Digest], seals| Ledger::arrive(whole.codebook().clone(), &whole.carry(wanted, seals));
        let mut made = arrive(some, Seals::With).expect("a part");
        made.merge(arrive(rest, Seals::With).expect("the rest")).expect("of one plan");
        prop_assert_eq!(&made, &whole);
        // Without the sealed texts the account is the same.
        let bare = arrive(&digests, Seals::Without).expect("all of it");
        prop_assert_eq!(bare.account().balance, whole.account().balance);
        prop_assert_eq!(bare.account().counted, whole.account().counted);
    }

    #[test]
    fn a_part_that_is_cut_or_of_another_plan_does_not_arrive(all in prop::collection::vec(given(), 0..4), at in any::<prop::sample::Index>()) {
        let whole = take_all(&all);
        let digests: Vec<Digest> = whole.batches().keys().cloned().collect();
        let bytes = whole.carry(&digests, Seals::With);
        prop_assert!(Ledger::arrive(whole.codebook().clone(), &bytes[..at.index(bytes.len())]).is_none());
        let other = PlanRef { digest: Digest("q".repeat(43)), ..reference() };
        let other = Ledger::new(&plan(), &other, &crate::expression::Plain).unwrap();
        prop_assert!(Ledger::arrive(other.codebook().clone(), &bytes).is_none());
    }

    #[test]
    fn what_was_opened_elsewhere_takes_the_place_of_what_waits(all in prop::collection::vec(given(), 0..8)) {
        let mut opened = take_all(&all);
        open_all(&mut opened, usize::MAX);
        let mut desk = take_all(&all);
        let digests: Vec<Digest> = desk.batches().keys().cloned().collect();
        desk.forget_seals(&digests);
        prop_assert_eq!(desk.account().balance.in_batches, opened.account().balance.in_batches);
        let (next, count) = desk.next_waiting(usize::MAX, &BTreeSet::new());
        prop_assert_eq!(count, desk.waiting());
        let part = Ledger::arrive(desk.codebook().clone(), &opened.carry(&next, Seals::With)).expect("a part");
        desk.merge(part).expect("of one plan");
        prop_assert_eq!(desk.waiting(), 0);
        prop_assert_eq!(desk.account().balance, opened.account().balance);
        prop_assert_eq!(desk.account().counted, opened.account().counted);
    }
}
