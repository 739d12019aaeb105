//! Made-up interviewers among honest ones: what the checks are for, and what they must not do to the honest.

use super::*;

const DEVICES: [&str; 8] = ["d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"];
const UNITS: usize = 12;

/// Forty honest interviews of each device; then what a cheater does in place of the first.
fn field(cheat: impl Fn(&mut Random, usize, &mut Vec<usize>)) -> Round {
    let plan = plan(UNITS);
    let mut random = Random(7);
    let mut records = Vec::new();
    for (device, name) in DEVICES.iter().enumerate() {
        for at in 0..40 {
            let mut places = honest(&mut random, UNITS);
            if device == 0 {
                cheat(&mut random, at, &mut places);
            }
            let mut made = rated(&plan, &format!("{name}-{at:02}"), &places);
            made.answers.insert("visited".into(), Answer::Text(if random.below(2) == 0 { "yes" } else { "no" }.into()));
            made.answers.insert("times".into(), Answer::Integer(random.below(10) as i64));
            made.answers.insert("why".into(), Answer::Choices(vec!["yes".into()]));
            records.push((made, Some(*name)));
        }
    }
    Round::new(&plan, records)
}

#[test]
fn among_the_honest_hardly_anything_is_flagged() {
    let round = field(|_, _, _| {});
    let found = round.inspect(&Settings::default());
    let of_records = found.flags.iter().filter(|flag| flag.subject.record().is_some()).count();
    assert!(of_records <= 3, "{of_records} of 320 records: {:?}", found.flags);
    assert!(
        !found.flags.iter().any(|flag| matches!(flag.subject, Subject::Contrast(..) | Subject::Holders(_))),
        "{:?}",
        found.flags
    );
    let pairs = found.pairs.as_ref().unwrap();
    assert_eq!(pairs.judged, 320 * 319 / 2);
    assert!(pairs.mean.unwrap() < 0.5);
}

#[test]
fn one_who_clicks_down_the_first_column_is_found() {
    let round = field(|_, at, places| {
        if at % 2 == 0 {
            places.fill(0)
        }
    });
    let found = round.inspect(&Settings::default());
    let expected: Vec<String> = (0..40).step_by(2).map(|at| format!("d0-{at:02}")).collect();
    assert_eq!(flagged(&found, Check::SameGrades), expected.iter().map(String::as_str).collect());
    assert!(found.flags.iter().any(|flag| flag.subject == Subject::Contrast(0, Measure::Same)));
}

#[test]
fn one_who_copies_interviews_and_changes_a_few_answers_is_found() {
    let first = std::cell::RefCell::new(Vec::new());
    let round = field(|random, at, places| {
        if at == 0 {
            *first.borrow_mut() = places.clone();
        } else if at < 15 {
            *places = first.borrow().clone();
            for _ in 0..2 {
                let cell = random.below(places.len());
                places[cell] = random.below(4);
            }
        }
    });
    let found = round.inspect(&Settings::default());
    let copies: Vec<String> = (0..15).map(|at| format!("d0-{at:02}")).collect();
    let copies: BTreeSet<&str> = copies.iter().map(String::as_str).collect();
    let near = flagged(&found, Check::NearDuplicate);
    assert!(copies.difference(&near).count() <= 1, "{near:?}");
    assert!(near.difference(&copies).count() <= 1, "{near:?}");
    assert!(found.flags.iter().any(|flag| flag.subject == Subject::Contrast(0, Measure::Match)));
}

#[test]
fn one_whose_raters_are_all_content_stands_out_from_the_others() {
    let round = field(|random, _, places| places.iter_mut().for_each(|place| *place = random.below(2)));
    let found = round.inspect(&Settings::default());
    let contrast = found.contrasts.iter().find(|found| (found.holder, found.measure) == (0, Measure::Grade)).unwrap();
    assert!(contrast.p.unwrap() < 1e-6 && contrast.mean > contrast.others + 10.0, "{contrast:?}");
    let effect = found.correlations.iter().find(|found| found.measure == Measure::Grade).unwrap();
    assert!(effect.value > 0.1, "{effect:?}");
}

#[test]
fn one_who_writes_dont_know_and_leaves_out_the_rest_is_found() {
    let round = field(|_, at, places| {
        let mark = if at < 20 { 4 } else { 9 };
        places.iter_mut().enumerate().filter(|(cell, _)| cell % 4 != 0).for_each(|(_, place)| *place = mark);
    });
    let found = round.inspect(&Settings::default());
    assert_eq!(flagged(&found, Check::DontKnow).len(), 20);
    assert_eq!(flagged(&found, Check::Unanswered).len(), 20);
    for measure in [Measure::DontKnow, Measure::Unanswered] {
        assert!(found.flags.iter().any(|flag| flag.subject == Subject::Contrast(0, measure)), "{measure:?}");
    }
}

#[test]
fn the_order_in_which_records_come_changes_nothing() {
    let mut round = field(|_, at, places| {
        if at % 3 == 0 {
            places.fill(1)
        }
    });
    let tell =
        |found: &Findings<'_>| (found.flags.clone(), found.pairs.clone(), found.contrasts.clone(), found.units.clone());
    let before = tell(&round.inspect(&Settings::default()));
    round.records.reverse();
    round.records.swap(3, 200);
    assert_eq!(tell(&round.inspect(&Settings::default())), before);
}
