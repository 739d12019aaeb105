use super::*;

/// Devices with 40, 10 and 1 records, and 3 residents alone.
fn round() -> Round {
    let plan = plan(3);
    let of = |device: Option<&'static str>, count: usize| {
        let plan = &plan;
        (0..count).map(move |at| (rated(plan, &format!("{}-{at}", device.unwrap_or("x")), &[0, 1, 2]), device))
    };
    let all: Vec<_> = of(Some("a"), 40).chain(of(Some("b"), 10)).chain(of(Some("c"), 1)).chain(of(None, 3)).collect();
    Round::new(&plan, all)
}

fn by_device(sheet: &Sheet<'_>, drawn: &[u32]) -> [usize; 4] {
    let of = |name: &str| drawn.iter().filter(|at| sheet.cases[**at as usize].id.starts_with(name)).count();
    ["a", "b", "c", "x"].map(of)
}

#[test]
fn of_each_device_a_share_is_drawn_and_at_least_one() {
    let (round, settings) = (round(), Settings::default());
    let sheet = round.sheet(&settings);
    assert_eq!(by_device(&sheet, &draw_backcheck(&sheet, Size::Share(0.1), 1)), [4, 1, 1, 1]);
    assert_eq!(by_device(&sheet, &draw_backcheck(&sheet, Size::Share(0.3), 1)), [12, 3, 1, 1]);
    assert_eq!(by_device(&sheet, &draw_backcheck(&sheet, Size::Share(1.0), 1)), [40, 10, 1, 3]);
    // 20 = 4 + 16 in proportion to 39, 9, 0, 2: 12.48, 2.88, 0, 0.64; the remainders go to the second and the last.
    assert_eq!(by_device(&sheet, &draw_backcheck(&sheet, Size::Total(20), 1)), [13, 4, 1, 2]);
    assert_eq!(by_device(&sheet, &draw_backcheck(&sheet, Size::Total(2), 1)), [2, 0, 0, 0]);
    assert_eq!(by_device(&sheet, &draw_backcheck(&sheet, Size::Total(999), 1)), [40, 10, 1, 3]);
}

#[test]
fn seed_and_records_decide_the_sample_and_nothing_else() {
    let (mut round, settings) = (round(), Settings::default());
    let ids = |round: &Round, seed: u64| {
        let sheet = round.sheet(&settings);
        let drawn = draw_backcheck(&sheet, Size::Share(0.2), seed);
        drawn.iter().map(|at| sheet.cases[*at as usize].id.to_owned()).collect::<Vec<String>>()
    };
    let before = ids(&round, 7);
    assert_ne!(before, ids(&round, 8));
    round.records.reverse();
    assert_eq!(ids(&round, 7), before);
}

#[test]
fn every_record_of_a_device_is_as_likely_as_any_other() {
    let (round, settings) = (round(), Settings::default());
    let sheet = round.sheet(&settings);
    let mut times = vec![0u32; sheet.cases.len()];
    for seed in 0..2000 {
        draw_backcheck(&sheet, Size::Share(0.1), seed).iter().for_each(|at| times[*at as usize] += 1);
    }
    // 4 of 40, 2,000 times: 200 each, with a standard deviation of 13.4; five of them on either side.
    let own: Vec<u32> =
        sheet.cases.iter().zip(times).filter(|(case, _)| case.id.starts_with('a')).map(|(_, n)| n).collect();
    assert!(own.len() == 40 && own.iter().all(|times| (133..=267).contains(times)), "{own:?}");
}

fn close(value: f64, expected: f64, digits: f64) -> bool {
    (value - expected).abs() < digits
}

/// Coefficients and the error of kappa: the vignette of R's `irrCAC` (13, 20, 56 equal; 7 and 4 not); the error of AC1: Gwet's
/// formula in R 4.2.2.
#[test]
fn kappa_and_ac1_of_a_published_table() {
    let mut table = Agreement::new(3);
    for (first, second, count) in
        [("ectopic", "ectopic", 13), ("aiu", "aiu", 20), ("aiu", "niu", 7), ("niu", "aiu", 4), ("niu", "niu", 56)]
    {
        (0..count).for_each(|_| table.add(first, second));
    }
    assert_eq!((table.n(), table.equal(), table.share()), (100, 89, Some(0.89)));
    let (kappa, ac1) = (table.kappa().unwrap(), table.ac1().unwrap());
    assert!(close(kappa.value, 0.7964094, 1e-7) && close(kappa.error, 0.05891072, 1e-8), "{kappa:?}");
    assert!(close(ac1.value, 0.849330548231346, 1e-12) && close(ac1.error, 0.0432174675225593, 1e-12), "{ac1:?}");
    let (low, high) = table.interval().unwrap();
    assert!(low < 0.89 && high > 0.89);
}

/// 118 of 125 agree, nearly all on "yes": e of kappa is 0.9441…, so kappa is below 0 while 94.4 % agree.
#[test]
fn where_nearly_all_say_one_thing_kappa_is_low_and_ac1_is_not() {
    let mut table = Agreement::new(2);
    for (first, second, count) in [("yes", "yes", 118), ("yes", "no", 5), ("no", "yes", 2)] {
        (0..count).for_each(|_| table.add(first, second));
    }
    let chance: f64 = 123.0 / 125.0 * (120.0 / 125.0) + 2.0 / 125.0 * (5.0 / 125.0);
    assert!(close(table.kappa().unwrap().value, (0.944 - chance) / (1.0 - chance), 1e-12));
    assert!(table.kappa().unwrap().value < 0.0);
    let yes: f64 = 243.0 / 250.0;
    let chance = 2.0 * yes * (1.0 - yes);
    assert!(close(table.ac1().unwrap().value, (0.944 - chance) / (1.0 - chance), 1e-12));
    assert!(table.ac1().unwrap().value > 0.9);
}

#[test]
fn what_is_undefined_is_none() {
    let mut table = Agreement::new(2);
    assert_eq!((table.share(), table.kappa(), table.ac1(), table.interval()), (None, None, None, None));
    table.add("yes", "yes");
    assert_eq!(table.kappa(), None, "all gave one answer: nothing is left beyond chance");
    assert_eq!(table.ac1().map(|own| own.value), Some(1.0));
    let mut open = Agreement::new(0);
    open.add("7", "7");
    assert_eq!(open.ac1(), None, "one possible answer");
}

fn asked() -> Round {
    let plan = plan(2);
    let made = |id: &str, visited: Option<&str>, places: &[usize]| {
        let mut made = rated(&plan, id, places);
        if let Some(visited) = visited {
            made.answers.insert("visited".into(), Answer::Text(visited.into()));
        }
        made
    };
    let mut refused = made("c", None, &[4, 0, 0, 0, 0, 0]);
    refused.missing.insert("visited".into(), MissingReason::Refused);
    let all = [
        (made("-a", Some("yes"), &[0, 1, 2, 3, 4, 9]), Some("one")),
        (made("b", Some("no"), &[0, 0, 0, 0, 0, 0]), Some("two")),
        (refused, None),
        (made("d", None, &[0, 0, 0, 0, 0, 0]), Some("one")),
    ];
    Round::new(&plan, all)
}

#[test]
fn second_answers_are_compared_question_by_question() {
    let (round, settings) = (asked(), Settings::default());
    let sheet = round.sheet(&settings);
    let table = "\u{feff}id,called by,visited,m/u1/a,m/u2/b2,times\n\
        '-a,me,yes,比较满意,不满意,3\nb,me,yes,满意,满意,\nc,me,refused,不了解,,\nd,you,yes,,,\n";
    let found = compare(&sheet, table.as_bytes()).unwrap();
    assert_eq!((found.records, &found.passed_over[..]), (4, &["called by".to_owned()][..]));
    let told: Vec<_> = found
        .questions
        .iter()
        .map(|own| (own.column.as_str(), own.agreement.n(), own.agreement.equal(), own.first_only, own.second_only))
        .collect();
    assert_eq!(told, [("visited", 3, 2, 0, 1), ("m/u1/a", 3, 2, 1, 0), ("m/u2/b2", 1, 1, 2, 1), ("times", 0, 0, 0, 1)]);
    let one = sheet.holders.iter().position(|name| name == "one").map(|at| at as u32);
    let two = sheet.holders.iter().position(|name| name == "two").map(|at| at as u32);
    assert_eq!(found.holders, [(None, (2, 0)), (one, (2, 1)), (two, (3, 1))].into());
    let differ: Vec<(&str, &str, &str, &str)> = found
        .differences
        .iter()
        .map(|(at, column, first, second)| {
            (sheet.cases[*at as usize].id, column.as_str(), first.as_str(), second.as_str())
        })
        .collect();
    assert_eq!(differ, [("-a", "m/u1/a", "满意", "比较满意"), ("b", "visited", "no", "yes")]);
}

#[test]
fn a_table_that_cannot_be_compared_says_where() {
    let (round, settings) = (asked(), Settings::default());
    let sheet = round.sheet(&settings);
    let fails = |table: &str| compare(&sheet, table.as_bytes()).unwrap_err();
    assert!(matches!(fails("record,visited\n"), CompareError::NoIds));
    assert!(matches!(fails("id,m,m/u9/a,nothing\n"), CompareError::NoQuestions(found) if found.len() == 3));
    assert!(matches!(fails("id,visited\nb,yes\nz,no\n"), CompareError::UnknownRecord { line: 3, id } if id == "z"));
    assert!(matches!(fails("id,visited\nb,yes\nb,no\n"), CompareError::Twice { line: 3, .. }));
    let unknown = fails("id,visited\nb,maybe\n");
    assert!(matches!(&unknown, CompareError::UnknownAnswer { line: 2, known, .. } if known == &["yes", "no"]));
    assert!(unknown.to_string().contains("`maybe` is not offered") && unknown.zh().contains("maybe"));
    assert!(matches!(fails("id,visited\nb,yes,more\n"), CompareError::NotATable(_)));
}
