use super::{arrived, carried};
use crate::named::Named;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Everything =
    ((Vec<Option<String>>, BTreeMap<u32, f64>, Result<u64, bool>), (BTreeSet<u16>, i64, Vec<(usize, u8)>), Box<[u8]>);

fn everything() -> impl Strategy<Value = Everything> {
    let first = (
        proptest::collection::vec(proptest::option::of(".{0,8}"), 0..5),
        proptest::collection::btree_map(any::<u32>(), proptest::num::f64::ANY, 0..5),
        prop_oneof![any::<u64>().prop_map(Ok), any::<bool>().prop_map(Err)],
    );
    let second = (
        proptest::collection::btree_set(any::<u16>(), 0..5),
        any::<i64>(),
        proptest::collection::vec((any::<usize>(), any::<u8>()), 0..5),
    );
    let third = proptest::collection::vec(any::<u8>(), 0..9).prop_map(Vec::into_boxed_slice);
    (first, second, third)
}

proptest! {
    #[test]
    fn what_was_put_is_taken_to_the_bit(value in everything()) {
        let bytes = carried(&value);
        let taken: Everything = arrived(&bytes).expect("the same bytes");
        // NaN is no equal of itself; its bytes are.
        prop_assert_eq!(carried(&taken), bytes);
    }

    #[test]
    fn cut_and_changed_bytes_are_refused_without_a_panic(value in everything(), at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut bytes = carried(&value);
        let at = at.index(bytes.len());
        prop_assert!(arrived::<Everything>(&bytes[..at]).is_none(), "cut at {}", at);
        bytes[at] ^= 1 << bit;
        // It may still be some value; what matters is that nothing breaks.
        let _ = arrived::<Everything>(&bytes);
    }
}

#[test]
fn a_length_beyond_the_bytes_asks_for_no_memory() {
    let mut bytes = Vec::new();
    super::put_number(u64::MAX / 2, &mut bytes);
    assert!(arrived::<Vec<u64>>(&bytes).is_none());
    assert!(arrived::<String>(&bytes).is_none());
}

#[test]
fn names_arrive_in_their_order() {
    let mut named = Named::new();
    named.insert("b".to_owned(), 1u32);
    named.insert("a".to_owned(), 2u32);
    assert_eq!(arrived::<Named<u32>>(&carried(&named)), Some(named));
}
