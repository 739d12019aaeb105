use super::*;

fn values() -> Vec<(u32, f64)> {
    let groups: [&[f64]; 3] = [
        &[80.0, 75.0, 90.0, 70.0, 85.0, 60.0],
        &[50.0, 55.0, 65.0, 40.0, 45.0],
        &[90.0, 95.0, 85.0, 100.0, 80.0, 75.0, 90.0, 95.0],
    ];
    let of = |(at, group): (usize, &&[f64])| group.iter().map(move |value| (at as u32, *value)).collect::<Vec<_>>();
    groups.iter().enumerate().flat_map(of).collect()
}

fn close(value: f64, expected: f64) -> bool {
    ((value - expected) / expected).abs() < 1e-11
}

/// Expected values: R 4.2.2 (`anova(lm(v ~ g))`, `qf`).
#[test]
fn the_intraclass_correlation_and_its_interval_are_those_of_the_analysis_of_variance() {
    let settings = Settings { fewest_records: 5, ..Settings::default() };
    let found = correlation(Measure::Grade, &values(), &settings).unwrap();
    assert_eq!((found.holders, found.records), (3, 19));
    assert!(close(found.size, 6.21052631578947), "{}", found.size);
    assert!(close(found.value, 0.790833122309445), "{}", found.value);
    let (low, high) = found.interval.unwrap();
    assert!(close(low, 0.40478636635282) && close(high, 0.993601598223228), "{low} {high}");
    assert!(close(found.deff, 5.21777665231704));
}

/// Expected values: R 4.2.2 (`t.test`, `p.adjust(…, "holm")`).
#[test]
fn each_holder_is_compared_with_all_others_and_p_is_corrected() {
    // Nobody is set apart where nothing is significant.
    let settings = Settings { fewest_records: 5, significance: 0.0, ..Settings::default() };
    let found = contrasts(&[(Measure::Grade, values())], &settings);
    let expected = [
        (76.6666666666667, 74.2307692307692, 0.742239315710507),
        (51.0, 83.5714285714286, 0.000710697680403942),
        (88.75, 65.0, 0.00181253318604332),
    ];
    for (contrast, (mean, others, p)) in found.iter().zip(expected) {
        assert!(close(contrast.mean, mean) && close(contrast.others, others), "{contrast:?}");
        assert!(close(contrast.p.unwrap(), p), "{contrast:?}");
    }
}

#[test]
fn who_stands_out_is_set_apart_and_the_rest_are_compared_without_him() {
    let settings = Settings { fewest_records: 5, ..Settings::default() };
    let found = contrasts(&[(Measure::Grade, values())], &settings);
    assert!(close(found[1].p.unwrap(), 0.000710697680403942) && found[1].others > 83.0, "{:?}", found[1]);
    assert_eq!((found[0].others, found[2].others), (found[2].mean, found[0].mean));
    assert!(found[0].p == found[2].p && found[0].p.unwrap() > 0.05, "{found:?}");
    // A second measure, by which nobody differs: all six are judged together.
    let mut calm: Vec<(u32, f64)> = values();
    calm.iter_mut().enumerate().for_each(|(at, (_, value))| *value = (at % 2) as f64);
    let both = contrasts(&[(Measure::Grade, values()), (Measure::Same, calm)], &settings);
    let of = |holder: u32, measure: Measure| both.iter().find(|one| (one.holder, one.measure) == (holder, measure));
    let (one, two) = (found[1].p.unwrap(), of(1, Measure::Grade).unwrap().p.unwrap());
    assert!(close(two, one * 2.0), "{one} {two}");
    // Of two nobody can say which it is.
    let pair: Vec<(u32, f64)> = values().into_iter().filter(|(holder, _)| *holder != 0).collect();
    let found = contrasts(&[(Measure::Grade, pair)], &settings);
    assert!(found.len() == 2 && found.iter().all(|one| one.p.is_some_and(|p| p < 0.01)), "{found:?}");
}

#[test]
fn too_few_records_or_holders_give_no_figure() {
    let settings = Settings { fewest_records: 6, ..Settings::default() };
    let found = contrasts(&[(Measure::Grade, values())], &settings);
    assert_eq!(found[1].p, None, "five records are too few");
    assert_eq!(correlation(Measure::Grade, &values(), &settings).unwrap().holders, 2);
    let settings = Settings { fewest_records: 7, ..Settings::default() };
    assert_eq!(correlation(Measure::Grade, &values(), &settings), None);
    let alone: Vec<(u32, f64)> = values().into_iter().filter(|(holder, _)| *holder == 0).collect();
    assert!(contrasts(&[(Measure::Grade, alone)], &Settings::default()).is_empty());
}

#[test]
fn where_nothing_varies_nothing_is_estimated() {
    let constant: Vec<(u32, f64)> = (0..40).map(|at| (at / 20, 0.1)).collect();
    assert_eq!(correlation(Measure::DontKnow, &constant, &Settings::default()), None);
    assert!(
        contrasts(&[(Measure::DontKnow, constant)], &Settings::default()).iter().all(|contrast| contrast.p.is_none())
    );
    let apart: Vec<(u32, f64)> = (0..40).map(|at| (at / 20, f64::from(at / 20))).collect();
    let found = correlation(Measure::DontKnow, &apart, &Settings::default()).unwrap();
    assert_eq!((found.value, found.interval), (1.0, None));
}

#[test]
fn an_item_can_name_the_interviewer_instead_of_the_device() {
    let plan = plan(3);
    let made = |id: &str, who: i64| {
        let mut made = rated(&plan, id, &[0, 1, 2]);
        made.answers.insert("times".into(), Answer::Integer(who));
        (made, Some("tablet"))
    };
    let round = Round::new(&plan, [made("a", 7), made("b", 3), made("c", 7)]);
    assert_eq!(round.sheet(&Settings::default()).holders, ["tablet"]);
    let settings = Settings { interviewer: Some("times".into()), ..Settings::default() };
    let sheet = round.sheet(&settings);
    assert_eq!(sheet.holders, ["3", "7"]);
    assert_eq!(sheet.cases.iter().map(|case| case.holder).collect::<Vec<_>>(), [Some(1), Some(0), Some(1)]);
}
