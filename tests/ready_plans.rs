//! The plans in `plans/` can be answered to the end, and ask what they promise.

use minping::plan::{Digest, ItemType, Mode, Plan, load};
use minping::session::{Answer, Disposition, Event, FaultKind, Opening, PlanRef, Session};
use std::path::Path;
use std::rc::Rc;

fn ready_plans() -> Vec<Rc<Plan>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    assert!(paths.len() >= 3);
    paths.iter().map(|path| Rc::new(load(&std::fs::read_to_string(path).unwrap()).unwrap())).collect()
}

fn ready_plan(id: &str) -> Rc<Plan> {
    ready_plans().into_iter().find(|plan| plan.id == id).unwrap()
}

fn open(plan: &Rc<Plan>, mode: Mode, rater_group: Option<&str>) -> Session {
    open_one(plan, &plan.questionnaires[0].id, mode, rater_group)
}

fn open_one(plan: &Rc<Plan>, questionnaire: &str, mode: Mode, rater_group: Option<&str>) -> Session {
    let opening = Opening {
        plan: PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: Digest("A".repeat(43)) },
        round: plan.rounds.last().unwrap().id.clone(),
        questionnaire: questionnaire.to_owned(),
        mode,
        rater_group: rater_group.map(str::to_owned),
        stratum: None,
        link: None,
        full: Vec::new(),
    };
    Session::begin(plan.clone(), opening, "AAAAAAAAAAAAAAAAAAAAAA".into(), "zh", &minping::expression::Plain).unwrap()
}

fn answer(session: &mut Session, item: &str, value: Answer) {
    session.apply(Event::Answered { item: item.into(), value }).unwrap();
}

fn choose(session: &mut Session, item: &str, name: &str) {
    answer(session, item, Answer::Text(name.into()));
}

fn grade(session: &mut Session, item: &str, unit: &str, indicator: &str, grade: &str) {
    let (item, unit, indicator) = (item.into(), unit.into(), indicator.into());
    session.apply(Event::Graded { item, unit, indicator, grade: Some(grade.into()) }).unwrap();
}

fn shows(session: &Session, item: &str) -> bool {
    session.is_relevant(session.index(item).unwrap())
}

/// Gives every relevant item its first possible answer; says how many that were.
fn answer_everything(session: &mut Session, plan: &Plan) -> usize {
    let mut answered = 0;
    for index in 0..session.len() {
        if !session.is_relevant(index) {
            continue;
        }
        let item = session.item(index).clone();
        let first_grade = || plan.scale(item.scale.as_ref().unwrap()).unwrap().grades[0].name.clone();
        let first_choice = || plan.choice_list(item.choices.as_ref().unwrap()).unwrap().choices[0].name.clone();
        match item.kind {
            ItemType::Group | ItemType::Repeat | ItemType::Note | ItemType::Calculate | ItemType::Hidden => continue,
            ItemType::Decimal => choose(session, &item.name, "1.5"),
            ItemType::Date => choose(session, &item.name, "2026-11-24"),
            ItemType::Time => choose(session, &item.name, "09:30"),
            ItemType::Grade => choose(session, &item.name, &first_grade()),
            ItemType::GradeMatrix => {
                let (units, indicators) = session.matrix(index);
                for (unit, indicator) in units
                    .to_vec()
                    .iter()
                    .flat_map(|u| indicators.iter().map(move |i| (u.clone(), i.clone())))
                    .collect::<Vec<_>>()
                {
                    grade(session, &item.name, &unit, &indicator, &first_grade());
                }
            }
            ItemType::SelectOne => choose(session, &item.name, &first_choice()),
            ItemType::SelectMultiple => answer(session, &item.name, Answer::Choices(vec![first_choice()])),
            ItemType::Text => choose(session, &item.name, "办事快,态度好"),
            ItemType::Integer => {
                answer(session, &item.name, Answer::Integer(1));
                if session.is_refused(index) {
                    answer(session, &item.name, Answer::Integer(0));
                }
            }
            ItemType::Rank => answer(session, &item.name, Answer::Choices(vec![first_choice()])),
            ItemType::Range => {
                let start = item.steps().start.millionths() / minping::plan::Decimal::SCALE;
                answer(session, &item.name, Answer::Integer(start));
            }
            ItemType::Acknowledge => choose(session, &item.name, "OK"),
            ItemType::Geopoint => choose(session, &item.name, "25.033 121.565 0 8"),
            ItemType::Datetime => choose(session, &item.name, "2026-11-24T09:30"),
            ItemType::Image => choose(session, &item.name, &["0f".repeat(32), "-9.png".to_owned()].concat()),
            ItemType::Audio => choose(session, &item.name, &["0f".repeat(32), "-9.ogg".to_owned()].concat()),
            ItemType::Barcode => choose(session, &item.name, "6901234567892"),
        }
        answered += 1;
    }
    answered
}

#[test]
fn every_ready_plan_can_be_answered_to_the_end_in_every_mode_and_group() {
    for plan in ready_plans() {
        let all: Vec<String> = plan.rater_groups.iter().map(|group| group.id.clone()).collect();
        let ways = plan.questionnaires.iter().flat_map(|asked| {
            let modes = if asked.modes.is_empty() { &plan.modes } else { &asked.modes };
            let groups = if asked.rater_groups.is_empty() { &all } else { &asked.rater_groups };
            let groups: Vec<Option<&str>> = match groups.as_slice() {
                [] => vec![None],
                groups => groups.iter().map(|group| Some(group.as_str())).collect(),
            };
            modes.iter().flat_map(move |mode| groups.clone().into_iter().map(move |group| (&asked.id, *mode, group)))
        });
        for (asked, mode, group) in ways {
            let mut session = open_one(&plan, asked, mode, group);
            let answered = answer_everything(&mut session, &plan);
            let record = session.close(Disposition::Complete).unwrap();
            assert_eq!(record.answers.len(), answered, "{} {asked}", plan.id);
            assert_eq!((record.mode, record.rater_group.as_deref()), (mode, group));
        }
    }
}

#[test]
fn the_four_grade_form_wants_its_one_grade_and_nothing_more() {
    let plan = ready_plan("study-practice");
    let mut session = open(&plan, Mode::Hall, Some("residents"));
    let missing: Vec<FaultKind> = session.faults(None).iter().map(|fault| fault.kind).collect();
    assert_eq!(missing, [FaultKind::Required]);
    choose(&mut session, "campaign", "not_very_satisfied");
    assert!(session.close(Disposition::Complete).is_ok());
    let labels: Vec<&str> = plan.scales[0].grades.iter().map(|grade| grade.label["zh"].as_str()).collect();
    assert_eq!(labels, ["满意", "比较满意", "不太满意", "不满意"]);
}

#[test]
fn the_transport_office_asks_what_went_wrong_only_of_those_who_are_dissatisfied() {
    let plan = ready_plan("county-transport");
    assert_eq!(plan.leaf_indicators().len(), 8);
    assert_eq!(plan.rater_groups.iter().map(|group| group.target.unwrap()).collect::<Vec<_>>(), [200, 300]);
    for (area, _) in plan.leaf_indicators() {
        for (name, expected) in
            [("very_satisfied", false), ("dont_know", false), ("dissatisfied", true), ("very_dissatisfied", true)]
        {
            let mut session = open(&plan, Mode::Hall, Some("cadres"));
            assert!(!shows(&session, "dissatisfied_with"));
            choose(&mut session, &area.id, name);
            assert_eq!(shows(&session, "dissatisfied_with"), expected, "{} {name}", area.id);
        }
    }
}

#[test]
fn the_transport_office_takes_no_dealings_only_alone() {
    let plan = ready_plan("county-transport");
    let mut session = open(&plan, Mode::Web, Some("users"));
    let services = session.index("services").unwrap();
    answer(&mut session, "services", Answer::Choices(vec!["city_bus".into(), "none".into()]));
    assert!(session.is_refused(services));
    answer(&mut session, "services", Answer::Choices(vec!["none".into()]));
    assert!(!session.is_refused(services));
}

#[test]
fn the_city_asks_about_every_unit_of_its_four_classes() {
    let plan = ready_plan("city-units");
    let in_class = |class: &str| plan.units.iter().filter(|unit| unit.group.as_deref() == Some(class)).count();
    let classes: Vec<(&str, usize)> = plan.unit_groups.iter().map(|g| (g.id.as_str(), in_class(&g.id))).collect();
    assert_eq!(classes, [("initiative", 11), ("departments", 43), ("look-back", 11), ("services", 14)]);
    let session = open(&plan, Mode::Phone, None);
    let rows: usize = (0..session.len())
        .filter(|&item| session.item(item).kind == ItemType::GradeMatrix)
        .map(|item| session.matrix(item).0.len())
        .sum();
    assert_eq!(rows, plan.units.len());
}

#[test]
fn the_city_asks_for_the_reason_in_the_class_of_the_unit() {
    let plan = ready_plan("city-units");
    let mut session = open(&plan, Mode::Web, None);
    grade(&mut session, "departments_grades", "education", "integrity", "dont_know");
    assert!(!shows(&session, "departments_reason"));
    grade(&mut session, "departments_grades", "education", "quality", "dissatisfied");
    assert!(shows(&session, "departments_reason"));
    assert!(!shows(&session, "initiative_reason"));
}

#[test]
fn a_round_of_the_transport_office_is_june_or_november() {
    let plan = ready_plan("county-transport");
    let months: Vec<&str> = plan.rounds.iter().map(|round| &round.opens.as_ref().unwrap()[5..7]).collect();
    assert_eq!(months, ["06", "11"]);
}
