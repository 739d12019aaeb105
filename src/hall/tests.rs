use super::*;
use crate::native::host::NATIVE;
use crate::plan::{Digest, Plan, load};
use crate::session::{Answer, Disposition, PlanRef};
use std::rc::Rc;

const PLAN: &str = r#"{
  "format": 1, "id": "hall", "version": "1", "languages": ["zh"],
  "title": {"zh": "测评"}, "asker": {"zh": "办公室"}, "purpose": {"zh": "听取意见"},
  "privacy": {"notice": {"zh": "匿名"}, "anonymous": true, "seal": false, "smallest_cell": 5},
  "rounds": [{"id": "r1", "label": {"zh": "上半年"}}],
  "units": [{"id": "u1", "label": {"zh": "一局"}}, {"id": "u2", "label": {"zh": "二局"}}],
  "scales": [{"id": "four", "grades": [
     {"name": "a", "label": {"zh": "满意"}, "score": 100, "satisfied": true},
     {"name": "b", "label": {"zh": "不满意"}, "score": 0, "satisfied": false}],
     "missing": [{"name": "dk", "label": {"zh": "不了解"}}]}],
  "indicators": [{"id": "i", "label": {"zh": "作风"}, "weight": 0.4}, {"id": "j", "label": {"zh": "效率"}, "weight": 0.6}],
  "rater_groups": [{"id": "cadre", "label": {"zh": "干部"}}],
  "modes": ["hall", "web"],
  "choice_lists": [{"id": "yes_no", "choices": [{"name": "yes", "label": {"zh": "是"}}, {"name": "no", "label": {"zh": "否"}}]}],
  "questionnaires": [{"id": "q", "title": {"zh": "测评表"}, "items": [
     {"type": "grade_matrix", "name": "m", "label": {"zh": "评价"}, "scale": "four", "required": true},
     {"type": "select_one", "name": "been", "label": {"zh": "去过吗"}, "choices": "yes_no"},
     {"type": "grade", "name": "again", "label": {"zh": "窗口"}, "scale": "four", "unit": "u1", "indicator": "i", "relevant": "${been} = 'yes'"},
     {"type": "text", "name": "say", "label": {"zh": "建议"}}]}]
}"#;

fn plan() -> (Rc<Plan>, PlanRef) {
    (Rc::new(load(PLAN).unwrap()), PlanRef { id: "hall".into(), version: "1".into(), digest: Digest("p".repeat(43)) })
}

fn slip(by: &str, marks: &str) -> Slip {
    Slip { v: 1, by: by.into(), spoiled: false, marks: marks.into(), done: true }
}

fn record(marks: &str) -> crate::session::Record {
    let (plan, reference) = plan();
    let sheet = Sheet::of(&plan, "q").unwrap();
    let from = From { plan: &plan, reference: &reference, round: "r1", questionnaire: "q", rater_group: "cadre" };
    paper_record(from, &sheet, &slip("x", marks), "A".repeat(22), &NATIVE).unwrap()
}

#[test]
fn a_sheet_has_every_mark_in_the_order_of_the_plan_and_names_what_it_cannot_take() {
    let (plan, _) = plan();
    let sheet = Sheet::of(&plan, "q").unwrap();
    let places: Vec<_> = sheet
        .fields
        .iter()
        .map(|field| (field.item.as_str(), field.unit.as_deref(), field.indicator.as_deref()))
        .collect();
    let m = |unit, indicator| ("m", Some(unit), Some(indicator));
    assert_eq!(
        places,
        [m("u1", "i"), m("u1", "j"), m("u2", "i"), m("u2", "j"), ("been", None, None), ("again", None, None)]
    );
    assert_eq!(sheet.left_out, ["say"]);
    assert_eq!(sheet.fields[0].dont_know(), Some('3'));
    assert!(sheet.fields[0].takes('3') && !sheet.fields[0].takes('4') && sheet.fields[0].takes(INVALID));
    assert!(!sheet.fields[4].takes('3') && sheet.fields[4].dont_know().is_none());
    assert_eq!(Sheet::of(&plan, "none"), Err(NoSheet::UnknownQuestionnaire));
    let subset = PLAN.replace(r#""scale": "four", "required": true"#, r#""scale": "four", "subset": 1"#);
    assert_eq!(Sheet::of(&load(&subset).unwrap(), "q"), Err(NoSheet::Subset("m".into())));
}

#[test]
fn a_paper_ballot_is_the_record_that_the_engine_makes_of_its_marks() {
    let whole = record("123311");
    assert_eq!(whole.disposition, Disposition::Complete);
    assert_eq!((whole.mode.name(), whole.rater_group.as_deref()), ("hall", Some("cadre")));
    assert_eq!(whole.answers.get("been"), Some(&Answer::Text("yes".into())));
    assert_eq!(whole.answers.get("again"), Some(&Answer::Text("a".into())));
    let Some(Answer::Grid(grid)) = whole.answers.get("m") else { panic!("{whole:?}") };
    assert_eq!(grid.get("u1").unwrap().get("j").unwrap(), "b");
    assert_eq!(grid.get("u2").unwrap().get("j").unwrap(), "dk");
    // What the questionnaire would not have asked is not in the record.
    assert_eq!(record("123321").answers.get("again"), None);
    // Blank and unreadable are no grade, and a required question without an answer is no complete interview.
    let broken = record("1x0000");
    assert_eq!(broken.disposition, Disposition::Partial);
    let Some(Answer::Grid(grid)) = broken.answers.get("m") else { panic!("{broken:?}") };
    assert_eq!((grid.len(), grid.get("u1").unwrap().len()), (1, 1));
}

#[test]
fn two_people_settle_a_ballot_or_a_third_decides() {
    let mut papers = Papers::default();
    let place = ("cadre".to_owned(), 1);
    assert_eq!(papers.may_read(&place, 1, "  "), Err(Refused::NoName));
    assert_eq!(papers.may_read(&place, 3, "Zhao"), Err(Refused::NothingToDecide));
    papers.put(place.clone(), 1, slip("Li", "123311"));
    assert_eq!(papers.standing(&place), Standing::Once);
    assert_eq!(papers.may_read(&place, 2, " li "), Err(Refused::SamePerson));
    assert_eq!(papers.may_read(&place, 1, "Li"), Ok(()), "one's own reading may be mended");
    papers.put(place.clone(), 2, slip("Wang", "123011"));
    assert_eq!(papers.standing(&place), Standing::Differs(vec![3]));
    assert_eq!(papers.differing(), [place.clone()]);
    assert_eq!(papers.may_read(&place, 3, "WANG"), Err(Refused::SamePerson));
    assert_eq!(papers.may_read(&place, 3, "Zhao"), Ok(()));
    assert_eq!(papers.balance("cadre"), (0, 0));
    papers.put(place.clone(), 3, slip("Zhao", "123x11"));
    assert_eq!(papers.standing(&place), Standing::Settled(&slip("Zhao", "123x11")));
    assert_eq!(papers.settled().map(|(_, slip)| slip.invalid_marks()).sum::<u64>(), 1);
    // A reading that was begun and not ended settles nothing.
    let second = ("cadre".to_owned(), 2);
    papers.put(second.clone(), 1, slip("Li", "111111"));
    papers.put(second.clone(), 2, Slip { done: false, ..slip("Wang", "111111") });
    assert_eq!(papers.standing(&second), Standing::Once);
    assert_eq!((papers.next("cadre", 1), papers.next("cadre", 2), papers.next("", 1)), (3, 2, 1));
    // Spoiled is spoiled, whatever marks are on it; only one of them thinks so: a difference.
    let third = ("cadre".to_owned(), 3);
    papers.put(third.clone(), 1, Slip { spoiled: true, ..slip("Li", "1-----") });
    papers.put(third.clone(), 2, Slip { spoiled: true, ..slip("Wang", "------") });
    assert_eq!(papers.balance("cadre"), (1, 1));
    papers.put(third.clone(), 2, slip("Wang", "111111"));
    assert_eq!(papers.standing(&third), Standing::Differs(vec![]));
    assert_eq!(papers.balance("cadre"), (1, 0));
}

#[test]
fn what_is_kept_is_read_back_and_damage_is_refused() {
    let kept = slip("李", "12x0-?");
    assert_eq!(Slip::parse(&kept.encode()).unwrap(), kept);
    assert!(Slip::parse("{\"v\":2}").is_err() && Slip::parse("").is_err());
    assert!(Ballot::parse("{\"v\":1}").is_err());
    assert_eq!(mark_of(" abc.def.0123456789012345678901234567 \n"), "6789012345678901234567");
    assert_eq!(mark_of("short"), "short");
}

#[test]
fn a_code_for_one_answer_belongs_to_the_ballot_only_where_the_host_said_so() {
    use crate::batch::{Batch, Link};
    use crate::plan::{Mode, PublicKey};
    let (_, reference) = plan();
    let mut ballot = Ballot {
        v: 1,
        id: "A".repeat(22),
        plan: reference.clone(),
        round: "r1".into(),
        questionnaire: "q".into(),
        name: "n".into(),
        place: String::new(),
        host: "h".into(),
        opened: "2026-06-01T09:00:00Z".into(),
        issued: vec![Issued { rater_group: None, ballots: 3 }],
        links: vec![Entrance { rater_group: None, mark: "m".into() }],
        codes: false,
        tablets: vec![Digest("t".into())],
        paper: Some(Digest("p".into())),
        before: vec![Digest("old".into())],
    };
    let link = |code: Option<&str>, mode| Link {
        v: 1,
        plan: reference.digest.clone(),
        file: "plans/hall.json".into(),
        round: "r1".into(),
        questionnaire: "q".into(),
        mode,
        rater_group: None,
        stratum: None,
        place: Default::default(),
        code: code.map(Into::into),
    };
    let batch = |digest: &str, device: &str, seq, link| Batch {
        digest: Digest(digest.into()),
        device: Digest(device.into()),
        device_key: PublicKey::p256(String::new(), String::new()),
        plan: reference.clone(),
        round: "r1".into(),
        seq,
        prev: None,
        link,
        records: Vec::new(),
        voided: Vec::new(),
    };
    let single = batch("d", "x", 0, Some(link(Some("code"), Mode::Hall)));
    assert_eq!(ballot.way(&single, Some("other")), None);
    assert_eq!(ballot.way(&single, Some("m")), Some(Way::Phone));
    ballot.codes = true;
    assert_eq!(ballot.way(&single, None), Some(Way::Phone));
    assert_eq!(ballot.way(&batch("d", "x", 0, Some(link(None, Mode::Hall))), None), None);
    assert_eq!(ballot.way(&batch("d", "x", 0, Some(link(Some("code"), Mode::Web))), None), None);
    assert_eq!(ballot.way(&batch("d", "t", 1, None), None), Some(Way::Tablet));
    assert_eq!(ballot.way(&batch("d", "p", 1, None), None), Some(Way::Paper));
    assert_eq!(ballot.way(&batch("old", "t", 1, None), None), None, "handed over before");
    assert_eq!(ballot.way(&batch("d", "u", 1, None), None), None);
    assert_eq!(Ballot { issued: Vec::new(), ..ballot.clone() }.check(), Err(BallotFault::NothingIssued));
    assert_eq!(Ballot { name: " ".into(), ..ballot.clone() }.check(), Err(BallotFault::NoName));
    assert_eq!(Ballot { host: String::new(), ..ballot.clone() }.check(), Err(BallotFault::NoHost));
    assert_eq!(Ballot::parse(&ballot.encode()).unwrap(), ballot);
}

#[test]
fn the_ready_plans_that_are_asked_in_a_hall_can_be_put_on_paper() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let mut names = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let plan = load(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for one in &plan.questionnaires {
            if plan.modes_of(one, None).contains(&crate::plan::Mode::Hall) && Sheet::of(&plan, &one.id).is_ok() {
                names.push(plan.id.clone());
            }
        }
    }
    names.sort();
    assert!(
        names.contains(&"county-transport".to_owned()) && names.contains(&"study-practice".to_owned()),
        "{names:?}"
    );
}

#[test]
fn a_third_look_is_at_the_readings_that_it_saw() {
    let mut papers = Papers::default();
    let place = ("cadre".to_owned(), 1);
    papers.put(place.clone(), 1, slip("Li", "123311"));
    papers.put(place.clone(), 2, slip("Wang", "123011"));
    papers.put(place.clone(), 3, slip("Zhao", "123x11"));
    assert!(matches!(papers.standing(&place), Standing::Settled(_)));
    // Who looked third reads neither of the first two.
    for pass in [1, 2] {
        assert_eq!(papers.may_read(&place, pass, "Zhao"), Err(Refused::SamePerson));
    }
    // Both readings are mended to another mark than the third look took from them.
    papers.put(place.clone(), 1, slip("Li", "122311"));
    papers.put(place.clone(), 2, slip("Wang", "122011"));
    assert_eq!(papers.standing(&place), Standing::Differs(vec![3]));
    assert_eq!(papers.may_read(&place, 3, "Zhao"), Ok(()));
    papers.put(place.clone(), 3, Slip { spoiled: true, ..slip("Zhao", "122-11") });
    assert_eq!(papers.balance("cadre"), (0, 1), "the third may find the whole paper spoiled");
    // They agree now: nothing is left to decide, and what both read counts.
    papers.put(place.clone(), 2, slip("Wang", "122311"));
    assert_eq!(papers.standing(&place), Standing::Settled(&slip("Li", "122311")));
    assert_eq!(papers.may_read(&place, 3, "Zhao"), Err(Refused::NothingToDecide));
}

#[test]
fn what_a_paper_became_is_read_back() {
    for (marks, spoiled, text) in
        [("12xx-0", false, "valid 2"), ("12xx-0", true, "spoiled"), ("111111", false, "valid 0")]
    {
        let outcome = Outcome::of(&Slip { spoiled, ..slip("Li", marks) });
        assert_eq!(outcome.encode(), text);
        assert_eq!(Outcome::parse(text), Some(outcome));
    }
    assert_eq!((Outcome::parse("1"), Outcome::parse("valid x")), (None, None));
}

#[test]
fn blank_ballots_are_told_only_where_they_tell_of_nobody() {
    let line = |phones, blank| Line { phones, blank: Some(blank), ..Line::default() };
    let told = |counts: &[(u64, u64)], smallest| {
        let mut lines: Vec<Line> = counts.iter().map(|(phones, blank)| line(*phones, *blank)).collect();
        let total = super::count::total(&mut lines, smallest);
        assert_eq!(total.phones, counts.iter().map(|(phones, _)| phones).sum::<u64>());
        (lines.iter().map(|line| line.blank).collect::<Vec<_>>(), total.blank)
    };
    assert_eq!(told(&[(40, 0), (40, 7)], 5), (vec![Some(0), Some(7)], Some(7)));
    assert_eq!(told(&[(40, 2)], 5), (vec![None], None));
    assert_eq!(told(&[(40, 38)], 5), (vec![None], None), "two that are not blank");
    assert_eq!(told(&[(40, 2), (40, 7)], 5), (vec![None, Some(7)], None), "by subtraction");
    assert_eq!(told(&[(40, 1), (40, 2), (40, 9)], 5), (vec![None, None, Some(9)], None), "by subtraction of both");
    assert_eq!(told(&[(40, 3), (40, 4), (40, 9)], 5), (vec![None, None, Some(9)], Some(16)));
    assert_eq!(told(&[(40, 1), (3, 3)], 0), (vec![Some(1), Some(3)], Some(4)), "a plan that withholds nothing");
}
