use super::super::frame::{append_frame, decode_log, read_contents};
use super::*;
use proptest::prelude::*;

/// A history as the app makes it: revisions of a key only go up, and both journals get every step.
fn history() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..5usize, prop::option::of("[a-z满意]{0,12}"), any::<bool>()), 0..20).prop_map(|changes| {
        let mut revisions = [0u64; 5];
        let mut next = |index: usize, body: Option<String>| {
            revisions[index] += 1;
            Entry {
                key: format!("{}/{index}", if index < 3 { "draft" } else { "sealed" }),
                revision: revisions[index],
                body,
            }
        };
        changes
            .into_iter()
            .map(|(index, body, both)| {
                let mut step = vec![next(index, body)];
                if both {
                    step.push(next((index + 1) % 5, Some("with".into())));
                }
                step
            })
            .collect()
    })
}

fn contents(source: Source, steps: &[Step]) -> Contents {
    let mut contents = Contents::default();
    for entry in steps.iter().flatten() {
        contents.take(source, entry.clone());
    }
    contents
}

fn log_of(steps: &[Step]) -> Vec<u8> {
    let mut log = Vec::new();
    for step in steps {
        append_frame(&mut log, step);
    }
    log
}

fn apply(contents: &mut Contents, source: Source, repair: &Step) {
    for entry in repair {
        contents.take(source, entry.clone());
    }
}

proptest! {
    #[test]
    fn a_log_cut_at_any_point_is_recovered_from_indexed(steps in history(), at: prop::sample::Index) {
        let indexed = contents(Source::Indexed, &steps);
        let log = log_of(&steps);
        let cut = read_contents(decode_log(&log[..at.index(log.len() + 1)]));
        let result = reconcile(Some(indexed.clone()), Some(cut.clone()), &[]);
        prop_assert_eq!(&result.entries, &indexed.entries);
        prop_assert!(result.repair_indexed.is_empty());
        let mut repaired = cut;
        apply(&mut repaired, Source::Log, &result.repair_log);
        prop_assert_eq!(repaired.entries, indexed.entries);
    }

    #[test]
    fn indexed_with_any_records_gone_is_recovered_from_the_log(steps in history(), gone in any::<u8>()) {
        let whole = contents(Source::Log, &steps);
        let mut indexed = whole.clone();
        let mut index = 0;
        indexed.entries.retain(|_, _| { index += 1; gone >> (index % 8) & 1 == 0 });
        let result = reconcile(Some(indexed.clone()), Some(read_contents(decode_log(&log_of(&steps)))), &[]);
        prop_assert_eq!(&result.entries, &whole.entries);
        apply(&mut indexed, Source::Indexed, &result.repair_indexed);
        prop_assert_eq!(indexed.entries, whole.entries);
    }

    #[test]
    fn a_lagging_journal_is_brought_up_and_a_second_start_finds_nothing_to_do(
        steps in history(), lag_a: prop::sample::Index, lag_b: prop::sample::Index,
    ) {
        let mut indexed = contents(Source::Indexed, &steps[..lag_a.index(steps.len() + 1)]);
        let mut log = contents(Source::Log, &steps[..lag_b.index(steps.len() + 1)]);
        let first = reconcile(Some(indexed.clone()), Some(log.clone()), &[]);
        apply(&mut indexed, Source::Indexed, &first.repair_indexed);
        apply(&mut log, Source::Log, &first.repair_log);
        prop_assert_eq!(&indexed, &log);
        let second = reconcile(Some(indexed), Some(log), &[]);
        prop_assert_eq!(second, Reconciled { entries: first.entries, ..Reconciled::default() });
    }

    #[test]
    fn the_order_of_the_log_does_not_matter(steps in history(), seed: u64) {
        let mut shuffled = steps.clone();
        let mut state = seed;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            shuffled.swap(index, (state >> 33) as usize % (index + 1));
        }
        prop_assert_eq!(contents(Source::Log, &steps), contents(Source::Log, &shuffled));
    }

    #[test]
    fn bodies_that_differ_under_one_revision_are_both_kept(bodies in prop::collection::vec("[a-z]{0,3}", 1..6), indexed in "[a-z]{0,3}") {
        let mut log = Contents::default();
        for body in &bodies {
            log.take(Source::Log, Entry::new("setting/a", 3, body.clone()));
        }
        let here = contents(Source::Indexed, &[vec![Entry::new("setting/a", 3, indexed.clone())]]);
        let result = reconcile(Some(here), Some(log), &[]);
        prop_assert_eq!(result.entries["setting/a"].body.as_ref(), Some(&indexed));
        for body in bodies.iter().filter(|body| **body != indexed) {
            let raw = record::encode_record(&Entry::new("setting/a", 3, body.clone()));
            prop_assert!(result.unreadable.iter().any(|kept| kept.raw == raw));
        }
    }
}

#[test]
fn the_last_keystroke_comes_back_from_local_storage_and_goes_into_both_journals() {
    let steps = [vec![Entry::new("draft/a", 4, "满")]];
    let last = Entry::new("draft/a", 5, "满意");
    let result = reconcile(
        Some(contents(Source::Indexed, &steps)),
        Some(contents(Source::Log, &steps)),
        std::slice::from_ref(&last),
    );
    assert_eq!(result.entries["draft/a"], last);
    assert_eq!((&result.repair_indexed, &result.repair_log), (&vec![last.clone()], &vec![last]));
    assert!(result.notes.contains(&Note::Recovered { key: "draft/a".into() }));
}

#[test]
fn a_stale_cache_brings_nothing_back() {
    let steps = [vec![Entry::removed("draft/a", 6), Entry::new("sealed/a", 1, "x")]];
    let both = contents(Source::Indexed, &steps);
    let stale =
        [Entry::new("draft/a", 5, "old"), Entry::new("sealed/b", 9, "never cached"), Entry::removed("draft/c", 3)];
    let result = reconcile(Some(both.clone()), Some(both.clone()), &stale);
    assert_eq!(result, Reconciled { entries: both.entries, ..Reconciled::default() });
}

#[test]
fn a_journal_that_cannot_be_read_is_not_repaired() {
    let log = contents(Source::Log, &[vec![Entry::new("draft/a", 1, "a")]]);
    let result = reconcile(None, Some(log), &[]);
    assert_eq!(result.entries.len(), 1);
    assert!(result.repair_indexed.is_empty() && result.notes.is_empty());
}
