use super::*;
use crate::language::Language;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn plan(name: &str) -> Plan {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans").join(name);
    crate::plan::load(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn run(plan: &Plan) -> Run {
    Run {
        round: plan.rounds[0].id.clone(),
        questionnaire: plan.questionnaires[0].id.clone(),
        mode: Mode::Web,
        group: None,
        stratum: None,
    }
}

fn digest() -> Digest {
    Digest("d".repeat(43))
}

fn posters(plan: &Plan, number: usize, short: bool) -> Vec<Poster> {
    let make = |at: usize| {
        let place = Place { name: format!("{at} 号窗口"), note: "一楼 <b>大厅</b>".into(), ..Place::default() };
        let link = link_of(plan, &digest(), &run(plan), &place, None);
        let url = format!("https://example.org/ask/index.html#/a/{}{at}", "t".repeat(500));
        let short = short.then(|| short_address("https://example.org/ask/index.html", &format!("abcd-e{at:03}")));
        Poster::new(link, url, short, &place, Some((at, number))).unwrap()
    };
    (1..=number).map(make).collect()
}

#[test]
fn a_list_is_read_as_people_paste_it() {
    let plan = plan("study-practice.json");
    let names = |text: &str| -> Vec<String> {
        parse_places(&plan, text).unwrap().into_iter().map(|place| place.name).collect()
    };
    assert_eq!(names("一号窗口\n二号窗口\n\n"), ["一号窗口", "二号窗口"]);
    assert_eq!(names("地点\t备注\nA\tx\nB\ty"), ["A", "B"]);
    assert_eq!(names("note,place\n\"a, b\",Hall"), ["Hall"]);
    let group = &plan.rater_groups[0];
    let label = group.label.iter().next().unwrap().1.clone();
    let read = parse_places(&plan, &format!("place\tgroup\nA\t{}\nB\t{label}", group.id)).unwrap();
    assert_eq!(read.iter().map(|place| place.group.as_deref()).collect::<Vec<_>>(), [Some(group.id.as_str()); 2]);
}

#[test]
fn a_list_with_faults_names_each_with_its_line_and_is_not_used() {
    let plan = plan("study-practice.json");
    let long = "长".repeat(61);
    let faults = parse_places(&plan, &format!("place,stratum,group\nA,nowhere,\n,,\n{long},,nobody\n,,x")).unwrap_err();
    let told: Vec<String> = faults.iter().map(|fault| fault.told(Language::En)).collect();
    assert_eq!(told.len(), 5, "{told:?}");
    assert!(told[0].starts_with("line 2: the plan has no stratum `nowhere`"), "{told:?}");
    assert!(told[1].starts_with("line 4:") && told[2].starts_with("line 4:"), "{told:?}");
    assert!(told.iter().all(|one| one.is_ascii() || one.contains('长')));
}

#[test]
fn in_a_plan_that_promises_anonymity_the_place_is_printed_and_not_in_the_link() {
    let plan = plan("study-practice.json");
    assert!(plan.privacy.anonymous);
    let poster = &posters(&plan, 1, false)[0];
    assert!(poster.link.place.is_empty());
    let paper = paper(&plan, std::slice::from_ref(poster), Layout::A4, &plan.languages);
    assert!(paper.contains("1 号窗口"));
}

#[test]
fn what_is_printed_is_read_back_and_told_in_words() {
    let plan = plan("study-practice.json");
    let made = posters(&plan, 3, true);
    for poster in &made {
        assert_eq!(read_back(&poster.drawing), poster.short);
        assert_eq!(read_back(&draw(&poster.url).unwrap()).as_deref(), Some(poster.url.as_str()));
        assert_eq!(leads_to(&leading_page(&poster.url)), Some(poster.url.as_str()));
    }
    let mut found: Vec<Option<Link>> = made.iter().map(|poster| Some(poster.link.clone())).collect();
    found[1].as_mut().unwrap().round = "another".into();
    found[2] = None;
    let table = told(&plan, &made, &found, Language::En).to_csv();
    assert_eq!(table.matches("as it should,").count(), 1, "{table}");
    assert_eq!(table.matches("do not hang it up").count(), 2, "{table}");
}

#[test]
fn a_drawing_that_lost_its_lines_is_not_read() {
    let mut drawing = draw("https://example.org/ask/k/abcd-efgh/").unwrap();
    let half = drawing.path.len() / 2;
    let cut = drawing.path[..half].rfind('M').unwrap();
    drawing.path.truncate(cut);
    assert_eq!(read_back(&drawing), None);
}

#[test]
fn paper_holds_every_poster_once_and_no_markup_of_a_list() {
    let plan = plan("study-practice.json");
    for (layout, sheets) in [(Layout::A4, 11), (Layout::Cards8, 2), (Layout::Cards10, 2)] {
        let text = paper(&plan, &posters(&plan, 11, true), layout, &plan.languages);
        assert_eq!(text.matches("class=\"sheet").count(), sheets, "{layout:?}");
        assert_eq!(text.matches("<svg").count(), 11);
        assert!(
            text.contains("example.org/ask/k/abcd-e011/") && !text.contains("<b>大厅</b>") && !text.contains("<link")
        );
        assert!(text.contains(" 11 ") || text.contains("of 11"));
    }
}

#[test]
fn no_link_is_made_that_would_open_nothing() {
    let plan = plan("finance-bureau.json");
    let of = |round: &str, questionnaire: &str| Run {
        round: round.into(),
        questionnaire: questionnaire.into(),
        ..run(&plan)
    };
    let asked = |run: &Run| askable(&plan, run).map(|asked| asked.id.clone()).collect::<Vec<_>>();
    assert_eq!(asked(&of("2026-first", "")), ["service"]);
    assert!(asked(&of("2026-training", "")).is_empty());
    let places = [Place::default()];
    let without_groups = |mut found: Vec<Misfit>| {
        found.retain(|one| matches!(one, Misfit::Round(_) | Misfit::Mode));
        found
    };
    let of_run = |run: &Run| without_groups(misfits(&plan, run, &places));
    assert!(of_run(&of("2026-first", "service")).is_empty());
    assert!(matches!(of_run(&of("2026-training", "service"))[..], [Misfit::Round(_)]));
    assert!(matches!(of_run(&of("2026-first", "audit"))[..], [Misfit::Mode]));
    assert!(matches!(of_run(&of("2026-first", "canvasser-test"))[..], [Misfit::Round(_), Misfit::Mode]));

    // A stratum that does not take web, named by the run or by a line.
    let mut plan = plan.clone();
    plan.strata[0].modes = vec![Mode::Face];
    let closed = plan.strata[0].id.clone();
    let there = Run { stratum: Some(closed.clone()), ..of("2026-first", "service") };
    let line =
        |stratum: Option<&str>| Place { name: "A".into(), stratum: stratum.map(str::to_owned), ..Place::default() };
    let open = plan.strata[1].id.clone();
    let strata = |found: Vec<Misfit>| found.iter().filter(|one| matches!(one, Misfit::Stratum(..))).count();
    assert_eq!(strata(misfits(&plan, &there, &[line(None), line(Some(&open))])), 1);
    assert_eq!(strata(misfits(&plan, &of("2026-first", "service"), &[line(Some(&closed)), line(None)])), 1);
    let told = Misfit::Stratum("A".into(), closed).told(&plan, &there, Language::En);
    assert!(told.starts_with("`A`: the people of"), "{told}");

    // A rater group that the questionnaire does not ask.
    let group = plan.rater_groups[0].id.clone();
    plan.questionnaires[0].rater_groups = vec!["another".into()];
    let grouped = Run { group: Some(group), ..of("2026-first", "service") };
    assert!(misfits(&plan, &grouped, &places).iter().any(|one| matches!(one, Misfit::Group(..))));
}

#[test]
fn letters_that_are_taken_for_others_are_in_no_short_code() {
    for seed in 0..200u8 {
        let random = std::array::from_fn(|at| seed.wrapping_mul(31).wrapping_add((at * 97) as u8));
        let Some(code) = short_code(&random, true) else { continue };
        assert_eq!(code.len(), 14);
        assert!(!code.contains(['0', '1', 'o', 'l', 'i']));
    }
    assert_eq!(short_code(&[255; CODE_BYTES], false), None, "bytes that would favour some letters are not used");
}

proptest! {
    #[test]
    fn different_bytes_give_different_codes(all in proptest::collection::hash_set(proptest::array::uniform24(0u8..31), 2..60)) {
        let codes: Vec<String> = all.iter().filter_map(|bytes| short_code(bytes, true)).collect();
        let heads: BTreeSet<&[u8]> = all.iter().map(|bytes| &bytes[..12]).collect();
        let different: BTreeSet<&String> = codes.iter().collect();
        prop_assert_eq!(different.len(), heads.len());
    }

}

proptest! {
    // Each drawing is read back pixel by pixel.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_address_is_read_back_as_it_was(path in "[a-zA-Z0-9_.-]{1,700}") {
        let url = format!("https://example.org/#/a/{path}");
        let drawing = draw(&url).unwrap();
        let read = read_back(&drawing);
        prop_assert_eq!(read.as_deref(), Some(url.as_str()));
    }
}
