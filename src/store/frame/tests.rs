use super::*;
use proptest::prelude::*;

fn entry() -> impl Strategy<Value = Entry> {
    ("(draft|sealed|setting)/[a-c]|\\PC{0,5}|.{0,3}", 0..50u64, prop::option::of(".{0,40}"))
        .prop_map(|(key, revision, body)| Entry { key, revision, body })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(prop::collection::vec(entry(), 0..4), 0..6)
}

fn encode(steps: &[Step]) -> (Vec<u8>, Vec<std::ops::Range<usize>>) {
    let mut log = Vec::new();
    let spans = steps.iter().map(|step| {
        let start = log.len();
        append_frame(&mut log, step);
        start..log.len()
    });
    let spans = spans.collect();
    (log, spans)
}

proptest! {
    #[test]
    fn a_log_reads_back(steps in steps()) {
        let (log, _) = encode(&steps);
        prop_assert_eq!(decode_log(&log), Decoded { steps, damaged: vec![] });
    }

    #[test]
    fn a_cut_loses_only_the_step_it_cuts_and_is_seen_as_a_torn_tail(steps in steps(), at: prop::sample::Index) {
        let (log, spans) = encode(&steps);
        let cut = at.index(log.len() + 1);
        let whole = spans.iter().filter(|span| span.end <= cut).count();
        let decoded = decode_log(&log[..cut]);
        prop_assert_eq!(&decoded.steps[..], &steps[..whole]);
        prop_assert!(decoded.damaged.iter().all(|damage| damage.torn_tail));
        prop_assert_eq!(decoded.damaged.is_empty(), cut == 0 || spans.iter().any(|span| span.end == cut));
    }

    #[test]
    fn a_log_goes_on_after_a_torn_tail(steps in steps(), more in steps(), at: prop::sample::Index) {
        let (mut log, spans) = encode(&steps);
        let cut = at.index(log.len() + 1);
        log.truncate(cut);
        log.extend(encode(&more).0);
        let mut expected: Vec<Step> = steps[..spans.iter().filter(|span| span.end <= cut).count()].to_vec();
        expected.extend(more);
        prop_assert_eq!(decode_log(&log).steps, expected);
    }

    #[test]
    fn one_flipped_bit_loses_exactly_its_step_and_keeps_its_bytes(steps in steps(), at: prop::sample::Index, bit in 0..8u32) {
        let (mut log, spans) = encode(&steps);
        prop_assume!(!log.is_empty());
        let at = at.index(log.len());
        log[at] ^= 1 << bit;
        let hit = spans.iter().position(|span| span.contains(&at)).unwrap();
        let mut expected = steps.clone();
        expected.remove(hit);
        let decoded = decode_log(&log);
        prop_assert_eq!(decoded.steps, expected);
        prop_assert_eq!(decoded.damaged.len(), 1);
        prop_assert_eq!(decoded.damaged[0].offset, spans[hit].start);
        prop_assert_eq!(&decoded.damaged[0].bytes[..], &log[spans[hit].clone()]);
    }

    #[test]
    fn a_damaged_stretch_loses_only_the_steps_it_touches(
        steps in steps(), at: prop::sample::Index, noise in prop::collection::vec(any::<u8>(), 1..60),
    ) {
        let (mut log, spans) = encode(&steps);
        prop_assume!(!log.is_empty());
        let start = at.index(log.len());
        let end = (start + noise.len()).min(log.len());
        let before = log.clone();
        log[start..end].copy_from_slice(&noise[..end - start]);
        let untouched = spans.iter().zip(&steps).filter(|(span, _)| log[(*span).clone()] == before[(*span).clone()]);
        let expected: Vec<Step> = untouched.map(|(_, step)| step.clone()).collect();
        prop_assert_eq!(decode_log(&log).steps, expected);
    }

    #[test]
    fn noise_never_panics_and_every_byte_is_accounted_for(noise in prop::collection::vec(any::<u8>(), 0..300), steps in steps()) {
        let mut log = noise.clone();
        log.extend(encode(&steps).0);
        let decoded = decode_log(&log);
        prop_assert!(decoded.steps.ends_with(&steps));
        let framed: usize = decoded.steps.iter().map(|step| encode_frame(step).len()).sum();
        let damaged: usize = decoded.damaged.iter().map(|damage| damage.bytes.len()).sum();
        prop_assert_eq!(framed + damaged, log.len());
    }
}

#[test]
fn what_a_respondent_types_is_never_taken_for_a_frame() {
    let inner = encode_frame(&[Entry::new("sealed/forged", 9, "x")]);
    let typed = String::from_utf8_lossy(&inner).into_owned();
    let mut log = encode_frame(&[Entry::new("draft/a", 1, typed)]);
    log[15] ^= 1;
    let decoded = decode_log(&log);
    assert!(decoded.steps.is_empty());
    assert_eq!(decoded.damaged[0].bytes, log);
}

#[test]
fn a_tail_of_zeroes_is_a_torn_write() {
    let mut log = encode_frame(&[Entry::new("draft/a", 1, "a")]);
    log.extend([0; 512]);
    let decoded = decode_log(&log);
    assert_eq!(decoded.steps.len(), 1);
    assert!(decoded.damaged[0].torn_tail);
}

#[test]
fn a_damaged_middle_is_kept_raw_and_a_torn_tail_is_not() {
    let mut log = encode_frame(&[Entry::new("draft/a", 1, "满意")]);
    log[30] ^= 1;
    append_frame(&mut log, &[Entry::new("draft/b", 1, "b")]);
    log.extend_from_slice(&encode_frame(&[Entry::new("draft/c", 1, "c")])[..25]);
    let contents = read_contents(decode_log(&log));
    assert_eq!(contents.entries.len(), 1);
    assert_eq!(contents.unreadable.len(), 1);
    assert!(contents.unreadable[0].raw.contains("满意"));
}
