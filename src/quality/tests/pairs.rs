use super::*;
use proptest::prelude::*;

/// What the comparison promises, told in the simplest way.
struct Naive {
    highest: Vec<Option<(u32, u32, u32)>>,
    judged: u64,
    above: Vec<(u32, u32, u32, u32)>,
}

fn naive(rows: &[Vec<u16>], threshold: f64, fewest: u32) -> Naive {
    let mut naive = Naive { highest: vec![None; rows.len()], judged: 0, above: Vec::new() };
    for (i, a) in rows.iter().enumerate() {
        for (j, b) in rows.iter().enumerate() {
            let both = a.iter().zip(b).filter(|(a, b)| **a != 0 && **b != 0).count() as u32;
            let equal = a.iter().zip(b).filter(|(a, b)| **a != 0 && a == b).count() as u32;
            if i == j || both < fewest {
                continue;
            }
            let better = naive.highest[i]
                .is_none_or(|(_, e, of)| u64::from(equal) * u64::from(of) > u64::from(e) * u64::from(both));
            if better {
                naive.highest[i] = Some((j as u32, equal, both));
            }
            if i < j {
                naive.judged += 1;
                if u64::from(equal) * 10_000 >= (threshold * 1e4) as u64 * u64::from(both) {
                    naive.above.push((i as u32, j as u32, equal, both));
                }
            }
        }
    }
    naive
}

fn check(rows: &[Vec<u16>], columns: usize, threshold: f64, fewest: u32, split: usize) {
    let values: Vec<u16> = rows.concat();
    let matcher = Matcher::new(&values, columns, threshold, fewest, usize::MAX);
    let expected = naive(rows, threshold, fewest);
    let mut whole = matcher.begin();
    matcher.compare(0..matcher.rows(), &mut whole);
    // The same in two parts that are joined the other way round.
    let split = split.min(matcher.rows());
    let (mut first, mut second) = (matcher.begin(), matcher.begin());
    matcher.compare(0..split, &mut first);
    matcher.compare(split..matcher.rows(), &mut second);
    second.join(first);
    for found in [&whole, &second] {
        let highest: Vec<_> =
            found.highest.iter().map(|own| own.map(|own| (own.partner, own.equal, own.both))).collect();
        assert_eq!(highest, expected.highest);
        assert_eq!((found.judged, found.above), (expected.judged, expected.above.len() as u64));
        let mut pairs: Vec<_> =
            found.pairs().iter().map(|pair| (pair.first, pair.with.partner, pair.with.equal, pair.with.both)).collect();
        assert!(pairs.windows(2).all(|two| two[0].2 * two[1].3 >= two[1].2 * two[0].3), "highest first");
        pairs.sort_unstable();
        assert_eq!(pairs, expected.above);
        assert_eq!(found.partners.iter().sum::<u32>() as u64, 2 * found.above);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn packed_answers_compare_as_one_by_one(
        columns in 1usize..150,
        seed in any::<u64>(),
        rows in 0usize..12,
        kinds in 1u16..9,
        many in any::<bool>(),
        gaps in 0usize..4,
        threshold in prop::sample::select(vec![0.0, 0.3, 0.5, 0.85, 1.0]),
        fewest in 1u32..30,
        split in 0usize..12,
    ) {
        let mut random = Random(seed >> 8);
        let row = |random: &mut Random| -> Vec<u16> {
            (0..columns).map(|column| match random.below(8) {
                gap if gap < gaps => 0,
                // Some columns with many values, as ages have.
                _ if many && column % 7 == 0 => 1 + random.below(300) as u16,
                _ => 1 + random.below(kinds as usize) as u16 * 3,
            }).collect()
        };
        let mut made: Vec<Vec<u16>> = (0..rows).map(|_| row(&mut random)).collect();
        // Copies, so that high shares and ties occur.
        if rows > 2 {
            made[rows - 1] = made[0].clone();
            made[rows - 2][0] = 0;
        }
        check(&made, columns, threshold, fewest, split);
    }
}

#[test]
fn whole_records_and_records_with_gaps_compare_alike_over_many_words() {
    let mut random = Random(9);
    let mut rows: Vec<Vec<u16>> = (0..40).map(|_| (0..480).map(|_| 1 + random.below(4) as u16).collect()).collect();
    rows[3][479] = 0;
    rows[7][0] = 0;
    rows[20] = rows[3].clone();
    check(&rows, 480, 0.85, 20, 17);
    for kinds in [2, 7, 15] {
        let rows: Vec<Vec<u16>> = (0..30).map(|_| (0..130).map(|_| random.below(kinds + 1) as u16).collect()).collect();
        check(&rows, 130, 0.3, 1, 11);
    }
}

#[test]
fn only_the_highest_pairs_are_listed_and_all_are_counted() {
    let rows: Vec<u16> =
        (0..10u16).flat_map(|at| (0..100u16).map(move |column| if column < at { 2 } else { 1 })).collect();
    let matcher = Matcher::new(&rows, 100, 0.85, 20, 3);
    let mut found = matcher.begin();
    matcher.compare(0..10, &mut found);
    assert_eq!((matcher.pairs(), found.judged, found.above), (45, 45, 45));
    let listed: Vec<(u32, u32)> = found.pairs().iter().map(|pair| (pair.first, pair.with.partner)).collect();
    assert_eq!(listed, [(0, 1), (1, 2), (2, 3)], "of equal shares the earliest");
    assert_eq!(found.sums.1, 4500);
}

#[test]
fn nothing_to_compare_is_no_error() {
    for (values, columns) in [(&[][..], 0), (&[][..], 5), (&[1, 2, 3][..], 3)] {
        let matcher = Matcher::new(values, columns, 0.85, 1, 10);
        let mut found = matcher.begin();
        matcher.compare(0..matcher.rows(), &mut found);
        assert_eq!((found.judged, matcher.pairs()), (0, 0));
        assert!(found.highest.iter().all(Option::is_none));
    }
}

#[test]
fn people_with_one_grade_for_everything_are_no_copies_of_each_other() {
    let plan = plan(8);
    let mut random = Random(3);
    let straight = |at: usize| (rated(&plan, &format!("s{at}"), &[0; 24]), Some("one"));
    let varied: Vec<Record> = (0..6).map(|at| rated(&plan, &format!("v{at}"), &honest(&mut random, 8))).collect();
    let copy = Record { id: "copy".into(), ..varied[2].clone() };
    let round =
        Round::new(&plan, (0..5).map(straight).chain(varied.into_iter().chain([copy]).map(|made| (made, Some("two")))));
    let found = round.inspect(&Settings::default());
    let pairs = found.pairs.as_ref().unwrap();
    assert_eq!((pairs.records, pairs.left_out, pairs.judged), (7, 5, 21));
    assert_eq!(flagged(&found, Check::NearDuplicate), BTreeSet::from(["copy", "v2"]));
    assert_eq!(flagged(&found, Check::SameGrades).len(), 5);
    assert_eq!(pairs.distribution[19], 2);
    assert_eq!(pairs.listed.len(), 1);
}
