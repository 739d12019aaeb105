use super::super::draw::*;
use crate::estimate::Number;

fn frame(rows: &[(&str, &str, &str)]) -> Frame {
    let mut text = String::from("name,stratum,size,cluster\n");
    for (at, (stratum, size, cluster)) in rows.iter().enumerate() {
        text += &format!("n{at},{stratum},{size},{cluster}\n");
    }
    Frame::read(&text).unwrap()
}

fn order(method: Method, size: Size, seed: u64) -> Order {
    Order { method, size, strata: None, measure: None, cluster: None, per_cluster: None, shuffled: false, seed }
}

/// How often each row is drawn over many seeds lies within what chance allows of the probability that is written, and what is
/// written is the same for a row each time it is drawn.
fn expect_probabilities(frame: &Frame, make: impl Fn(u64) -> Order, seeds: u64) -> Vec<f64> {
    let mut counts = vec![0u64; frame.rows.len()];
    let mut stated = vec![None; frame.rows.len()];
    let mut weights = 0.0;
    for seed in 0..seeds {
        let drawn = draw(frame, &make(seed)).unwrap();
        for (row, probability) in &drawn.rows {
            counts[*row] += 1;
            weights += probability.weight();
            assert!(stated[*row].replace(*probability).is_none_or(|before| before == *probability));
        }
    }
    let stated: Vec<f64> = stated.into_iter().map(|one: Option<_>| one.map_or(0.0, |one| one.to_f64())).collect();
    for (row, (count, p)) in counts.iter().zip(&stated).enumerate() {
        let (share, error) = (*count as f64 / seeds as f64, (p * (1.0 - p) / seeds as f64).sqrt());
        assert!((share - p).abs() <= 5.0 * error + 1e-12, "row {row}: drawn {share}, stated {p}");
    }
    // The weights add up to the frame, on average over the seeds.
    let drawable = stated.iter().filter(|p| **p > 0.0).count() as f64;
    assert!((weights / seeds as f64 / drawable - 1.0).abs() < 0.05, "{}", weights / seeds as f64);
    stated
}

#[test]
fn simple_draws_are_as_likely_as_they_say_alone_and_in_pairs() {
    let frame = frame(&[("", "", ""); 7]);
    let stated =
        expect_probabilities(&frame, |seed| order(Method::Simple, Size::Total(3, Sharing::Proportional), seed), 8_000);
    assert!(stated.iter().all(|p| (p - 3.0 / 7.0).abs() < 1e-15));
    // Each pair as often as any other: 3/7 · 2/6.
    let mut pair = 0;
    for seed in 0..8_000 {
        let rows: Vec<usize> = draw(&frame, &order(Method::Simple, Size::Total(3, Sharing::Proportional), seed))
            .unwrap()
            .rows
            .iter()
            .map(|r| r.0)
            .collect();
        pair += u32::from(rows.contains(&0) && rows.contains(&6));
    }
    assert!((f64::from(pair) / 8_000.0 - 1.0 / 7.0).abs() < 0.02, "{pair}");
}

#[test]
fn systematic_draws_are_as_likely_as_they_say_also_where_the_step_is_no_whole_number() {
    let frame = frame(&[("", "", ""); 10]);
    for shuffled in [false, true] {
        let make = |seed| Order { shuffled, ..order(Method::Systematic, Size::Total(4, Sharing::Proportional), seed) };
        let stated = expect_probabilities(&frame, make, 8_000);
        assert!(stated.iter().all(|p| (p - 0.4).abs() < 1e-15));
    }
    for seed in 0..50 {
        let drawn = draw(&frame, &order(Method::Systematic, Size::Total(4, Sharing::Proportional), seed)).unwrap();
        assert_eq!(drawn.rows.len(), 4, "always as many as are wanted");
    }
}

#[test]
fn draws_by_size_are_as_likely_as_they_say_and_large_units_are_certain() {
    let rows = [
        ("", "1", ""),
        ("", "2.5", ""),
        ("", "100", ""),
        ("", "4", ""),
        ("", "0", ""),
        ("", "30", ""),
        ("", "3", ""),
        ("", "6", ""),
    ];
    let frame = frame(&rows);
    for shuffled in [false, true] {
        let make = |seed| Order {
            measure: Some(2),
            shuffled,
            ..order(Method::Pps, Size::Total(4, Sharing::Proportional), seed)
        };
        let stated = expect_probabilities(&frame, make, 6_000);
        // 100 is certain of 4, then 30 of 3 among 46.5; two of the rest, 16.5.
        assert_eq!((stated[2], stated[5], stated[4]), (1.0, 1.0, 0.0));
        for (row, size) in [(0, 1.0), (1, 2.5), (3, 4.0), (6, 3.0), (7, 6.0)] {
            assert!((stated[row] - 2.0 * size / 16.5).abs() < 1e-12, "{row}: {}", stated[row]);
        }
        let drawn = draw(&frame, &make(3)).unwrap();
        assert_eq!((drawn.rows.len(), drawn.strata[0].certain, drawn.strata[0].without_size), (4, 2, 1));
    }
}

#[test]
fn clusters_are_drawn_by_their_rows_and_within_them_again() {
    let mut rows = Vec::new();
    for (cluster, count) in [("a", 4), ("b", 8), ("c", 2), ("d", 6)] {
        rows.extend(std::iter::repeat_n(("", "", cluster), count));
    }
    let frame = frame(&rows);
    let make = |seed| Order {
        cluster: Some(3),
        per_cluster: Some(2),
        ..order(Method::Pps, Size::Total(2, Sharing::Proportional), seed)
    };
    let stated = expect_probabilities(&frame, make, 6_000);
    // Clusters by size and as many of each: everybody is as likely, 2 · 2 / 20.
    assert!(stated.iter().all(|p| (p - 0.2).abs() < 1e-12), "{stated:?}");
    let whole =
        draw(&frame, &Order { cluster: Some(3), ..order(Method::Simple, Size::Total(2, Sharing::Proportional), 5) })
            .unwrap();
    let clusters: std::collections::BTreeSet<&str> =
        whole.rows.iter().map(|(row, _)| frame.rows[*row][3].as_str()).collect();
    assert_eq!(clusters.len(), 2);
    let all: usize = rows.iter().filter(|(_, _, cluster)| clusters.contains(cluster)).count();
    assert_eq!(whole.rows.len(), all, "whole clusters");
}

#[test]
fn strata_get_their_shares_and_a_small_one_is_taken_whole() {
    let mut rows = vec![("east", "1", ""); 60];
    rows.extend(vec![("west", "1", ""); 35]);
    rows.extend(vec![("hills", "1", ""); 5]);
    let frame = frame(&rows);
    let sizes = |sharing| {
        let order = Order { strata: Some(1), ..order(Method::Simple, Size::Total(30, sharing), 1) };
        draw(&frame, &order).unwrap().strata.iter().map(|stratum| stratum.drawn).collect::<Vec<_>>()
    };
    assert_eq!(sizes(Sharing::Proportional), [18, 11, 1]);
    assert_eq!(sizes(Sharing::Equal), [13, 12, 5]);
    let sd = |list: [(&str, &str); 3]| list.map(|(name, sd)| (name.to_owned(), Number::parse(sd).unwrap())).into();
    assert_eq!(sizes(Sharing::Neyman(sd([("east", "10"), ("west", "20"), ("hills", "0")]))), [14, 16, 0]);
    let make = |seed| Order {
        strata: Some(1),
        ..order(Method::Systematic, Size::Each(vec![("east".into(), 6), ("west".into(), 7), ("hills".into(), 1)]), seed)
    };
    let stated = expect_probabilities(&frame, make, 4_000);
    assert_eq!((stated[0], stated[60], stated[99]), (0.1, 0.2, 0.2));
}

#[test]
fn the_same_seed_draws_the_same_and_another_one_another() {
    let frame = frame(&[("", "3", ""); 200]);
    let make = |seed| draw(&frame, &order(Method::Simple, Size::Total(20, Sharing::Proportional), seed)).unwrap();
    assert_eq!(make(7), make(7));
    assert_ne!(make(7).rows, make(8).rows);
    // Pinned: another version of the program must draw the same.
    let rows: Vec<usize> = make(7).rows.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, PINNED);
    let csv = make(7).to_csv(&frame, &order(Method::Simple, Size::Total(20, Sharing::Proportional), 7));
    assert!(csv.starts_with("\u{feff}name,stratum,size,cluster,draw_method,draw_seed,draw_probability,draw_weight\n"));
    assert!(csv.contains(",simple,7,0.1,10\n"), "{csv}");
}

const PINNED: [usize; 20] = [9, 21, 33, 40, 47, 48, 57, 69, 79, 95, 98, 107, 138, 144, 145, 148, 154, 158, 171, 181];

#[test]
fn what_cannot_be_drawn_is_said_and_not_guessed() {
    let small = frame(&[("a", "1", "x"), ("b", "-1", "x"), ("b", "2", "y")]);
    let of = |order: Order| draw(&small, &order).unwrap_err();
    let simple = order(Method::Simple, Size::Total(2, Sharing::Proportional), 1);
    let pps = Order { method: Method::Pps, measure: Some(2), ..simple.clone() };
    assert_eq!(of(pps.clone()), DrawError::BadMeasure { row: 2, cell: "-1".into() });
    assert_eq!(of(Order { measure: None, ..pps }), DrawError::NoMeasure);
    assert_eq!(
        of(Order { strata: Some(1), cluster: Some(3), ..simple.clone() }),
        DrawError::ClusterInStrata("x".into())
    );
    let gaps = frame(&[("a", "1", "x"), ("a", "1", ""), ("a", "1", " ")]);
    let clusters = Order { cluster: Some(3), ..simple.clone() };
    assert_eq!(draw(&gaps, &clusters), Err(DrawError::NoCluster { row: 2 }), "rows without a name are no cluster");
    assert_eq!(of(Order { per_cluster: Some(1), ..simple.clone() }), DrawError::NotForClusters);
    assert!(matches!(
        of(Order { size: Size::Total(4, Sharing::Proportional), ..simple.clone() }),
        DrawError::TooMany { wanted: 4, units: 3, .. }
    ));
    assert_eq!(of(Order { size: Size::Total(0, Sharing::Proportional), ..simple.clone() }), DrawError::NothingWanted);
    let each = Order { strata: Some(1), size: Size::Each(vec![("a".into(), 1)]), ..simple.clone() };
    assert_eq!(of(each), DrawError::NoSize("b".into()));
    assert!(matches!(Frame::read("a,b\n1,2\n1,2,3\n"), Err(DrawError::NoTable(3))));
    assert_eq!(Frame::read("a,b\n"), Err(DrawError::EmptyFrame));
    let again = Frame::read("name,draw_weight\nx,1\n").unwrap();
    assert_eq!(draw(&again, &simple), Err(DrawError::ColumnTaken("draw_weight".into())));
}

#[test]
fn answers_are_shared_within_the_people_of_each_stratum() {
    let parts =
        [("a", "100"), ("b", "10"), ("c", "400")].map(|(id, size)| (id.to_owned(), Number::parse(size).unwrap()));
    let equal = parts.clone().map(|(id, _)| (id, Number::one()));
    let most = [Some(100), Some(10), Some(400)];
    assert_eq!(share_within(90, &equal, &most), Some(vec![40, 10, 40]));
    assert_eq!(share_within(90, &equal, &[Some(100), None, Some(400)]), Some(vec![30, 30, 30]));
    assert_eq!(share_within(510, &parts, &most), Some(vec![100, 10, 400]));
    assert_eq!(share_within(511, &parts, &most), None, "there are no more people");
}
