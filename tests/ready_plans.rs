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
    let asked = plan.questionnaire(questionnaire).unwrap();
    let round = plan.rounds.iter().rev().find(|round| asked.is_for_round(&round.id)).unwrap();
    open_in(plan, (&round.id, None), questionnaire, mode, rater_group)
}

fn open_in(
    plan: &Rc<Plan>,
    (round, stratum): (&str, Option<&str>),
    questionnaire: &str,
    mode: Mode,
    rater_group: Option<&str>,
) -> Session {
    let opening = Opening {
        plan: PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: Digest("A".repeat(43)) },
        round: round.to_owned(),
        questionnaire: questionnaire.to_owned(),
        mode,
        rater_group: rater_group.map(str::to_owned),
        stratum: stratum.map(str::to_owned),
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
        let key = session.key(index);
        let first_grade = || plan.scale(item.scale.as_ref().unwrap()).unwrap().grades[0].name.clone();
        let first_choice = || plan.choice_list(item.choices.as_ref().unwrap()).unwrap().choices[0].name.clone();
        match item.kind {
            // What is known from the beginning is an answer that nobody gives.
            ItemType::Hidden if session.answer(index).is_some() => {}
            ItemType::Group | ItemType::Repeat | ItemType::Note | ItemType::Calculate | ItemType::Hidden => continue,
            ItemType::Decimal => choose(session, &key, "1.5"),
            ItemType::Date => choose(session, &key, "2026-11-24"),
            ItemType::Time => choose(session, &key, "09:30"),
            ItemType::Grade => choose(session, &key, &first_grade()),
            ItemType::GradeMatrix => {
                let (units, indicators) = session.matrix(index);
                for (unit, indicator) in units
                    .to_vec()
                    .iter()
                    .flat_map(|u| indicators.iter().map(move |i| (u.clone(), i.clone())))
                    .collect::<Vec<_>>()
                {
                    grade(session, &key, &unit, &indicator, &first_grade());
                }
            }
            ItemType::SelectOne => choose(session, &key, &first_choice()),
            ItemType::SelectMultiple => answer(session, &key, Answer::Choices(vec![first_choice()])),
            ItemType::Text => choose(session, &key, "办事快,态度好"),
            ItemType::Integer => {
                answer(session, &key, Answer::Integer(1));
                if session.is_refused(index) {
                    answer(session, &key, Answer::Integer(0));
                }
            }
            ItemType::Rank => answer(session, &key, Answer::Choices(vec![first_choice()])),
            ItemType::Range => {
                let start = item.steps().start.millionths() / minping::plan::Decimal::SCALE;
                answer(session, &key, Answer::Integer(start));
            }
            ItemType::Acknowledge => choose(session, &key, "OK"),
            ItemType::Geopoint => choose(session, &key, "25.033 121.565 0 8"),
            ItemType::Datetime => choose(session, &key, "2026-11-24T09:30"),
            ItemType::Image => choose(session, &key, &["0f".repeat(32), "-9.png".to_owned()].concat()),
            ItemType::Audio => choose(session, &key, &["0f".repeat(32), "-9.ogg".to_owned()].concat()),
            ItemType::Barcode => choose(session, &key, "6901234567892"),
        }
        answered += 1;
    }
    answered
}

#[test]
fn every_ready_plan_can_be_answered_to_the_end_in_every_round_place_mode_and_group() {
    let mut interviews = 0;
    for plan in ready_plans() {
        for asked in &plan.questionnaires {
            let groups = plan.rater_groups.iter().filter(|group| asked.is_for_group(&group.id));
            let groups: Vec<Option<&str>> = match plan.rater_groups.len() {
                0 => vec![None],
                _ => groups.map(|group| Some(group.id.as_str())).collect(),
            };
            let places: Vec<Option<&str>> =
                std::iter::once(None).chain(plan.strata.iter().map(|stratum| Some(stratum.id.as_str()))).collect();
            let rounds: Vec<&str> =
                plan.rounds.iter().map(|round| round.id.as_str()).filter(|id| asked.is_for_round(id)).collect();
            assert!(!groups.is_empty() && !rounds.is_empty(), "{} {}", plan.id, asked.id);
            for (round, place) in rounds.iter().flat_map(|round| places.iter().map(move |place| (*round, *place))) {
                for mode in plan.modes_of(asked, place) {
                    for group in &groups {
                        let mut session = open_in(&plan, (round, place), &asked.id, mode, *group);
                        let answered = answer_everything(&mut session, &plan);
                        let record = session.close(Disposition::Complete).unwrap();
                        assert_eq!(record.answers.len(), answered, "{} {}", plan.id, asked.id);
                        assert_eq!((record.mode, record.rater_group.as_deref()), (mode, *group));
                        interviews += 1;
                    }
                }
            }
        }
    }
    assert!(interviews > 200, "{interviews}");
}

#[test]
fn residents_of_a_community_are_asked_about_it_and_not_where_they_live() {
    let plan = ready_plan("communities");
    let parts = |place: Option<&str>| {
        let session = open_in(&plan, ("evaluation", place), "form", Mode::Web, Some("residents"));
        ["home", "part_a", "part_b", "part_east", "part_west"].map(|part| shows(&session, part))
    };
    assert_eq!(parts(Some("a")), [false, true, false, true, false]);
    assert_eq!(parts(Some("d")), [false, false, false, false, true]);
    assert_eq!(parts(None), [true, false, false, false, false]);
}

#[test]
fn each_phase_of_the_campaign_has_its_questions_and_all_have_the_same_grades() {
    let plan = ready_plan("campaign-phases");
    let asked = |round: &str| {
        let session = open_in(&plan, (round, None), "form", Mode::Web, Some("residents"));
        assert!(["overall", "members", "problems", "rectification"].iter().all(|grade| shows(&session, grade)));
        ["expected", "party_work", "lasting", "suggestions"].map(|item| shows(&session, item))
    };
    assert_eq!(asked("start"), [true, false, false, true]);
    assert_eq!(asked("middle"), [false, true, false, true]);
    assert_eq!(asked("end"), [false, true, true, true]);
}

#[test]
fn regions_are_asked_by_their_own_methods() {
    let plan = ready_plan("by-region");
    let modes = |place: &str, questionnaire: &str| {
        plan.modes_of(plan.questionnaire(questionnaire).unwrap(), Some(place))
            .iter()
            .map(|mode| mode.name())
            .collect::<Vec<_>>()
    };
    assert_eq!((modes("urban", "own"), modes("urban", "interview")), (vec!["web", "hall"], vec!["phone"]));
    assert_eq!((modes("remote", "own"), modes("remote", "interview")), (vec![], vec!["face", "phone"]));
}

#[test]
fn each_kind_of_object_has_four_indicators_one_of_them_its_own() {
    let plan = ready_plan("five-kinds");
    for group in &plan.unit_groups {
        let leaves = plan.leaf_indicators().into_iter().zip(plan.leaves_for(Some(&group.id)));
        let own: Vec<&str> = leaves.filter(|(_, own)| *own).map(|((leaf, _), _)| leaf.id.as_str()).collect();
        assert_eq!(own.len(), 4, "{}: {own:?}", group.id);
        let special = ["listening", "skill", "upkeep", "clarity"].iter().filter(|id| own.contains(id)).count();
        assert_eq!(special, 1, "{}: {own:?}", group.id);
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

/// Units that the matrices which are shown now ask about.
fn asked_units(session: &Session) -> Vec<String> {
    let shown =
        (0..session.len()).filter(|&at| session.item(at).kind == ItemType::GradeMatrix && session.is_relevant(at));
    shown.flat_map(|at| session.matrix(at).0.to_vec()).collect()
}

#[test]
fn each_community_is_asked_about_itself_its_town_and_its_own_matter() {
    let plan = ready_plan("communities");
    for (community, units, matter) in [
        ("a", ["community-a", "subdistrict"], "老旧小区改造"),
        ("b", ["community-b", "subdistrict"], "对物业企业的监督"),
        ("c", ["community-c", "town"], "集贸市场管理"),
        ("d", ["community-d", "town"], "村内道路维护"),
    ] {
        let mut session = open(&plan, Mode::Web, Some("residents"));
        assert_eq!(asked_units(&session), Vec::<String>::new());
        choose(&mut session, "community", community);
        assert_eq!(asked_units(&session), units);
        let local = session.index(&format!("local_{community}")).unwrap();
        assert!(session.is_relevant(local) && session.item(local).label["zh"].contains(matter));
        let others = ["a", "b", "c", "d"].into_iter().filter(|other| *other != community);
        assert!({ others }.all(|other| !shows(&session, &format!("local_{other}"))));
    }
}

#[test]
fn each_audience_of_the_public_bodies_is_asked_what_concerns_it() {
    let plan = ready_plan("public-bodies");
    let classes = |questionnaire: &str, mode: Mode, group: &str| {
        let session = open_one(&plan, questionnaire, mode, Some(group));
        let class = |unit: &String| plan.unit(unit).unwrap().group.clone().unwrap();
        asked_units(&session).iter().map(class).collect::<Vec<String>>()
    };
    assert_eq!(classes("residents", Mode::Web, "residents"), ["government", "public", "social"]);
    assert_eq!(classes("businesses", Mode::Web, "businesses"), ["government", "government"]);
    assert_eq!(classes("beneficiaries", Mode::Face, "beneficiaries"), ["social", "social"]);
    assert_eq!(classes("delegates", Mode::Face, "delegates"), Vec::<String>::new());
    let mut session = open_one(&plan, "residents", Mode::Web, Some("residents"));
    for (channel, expected) in [("none", false), ("hearing", true)] {
        answer(&mut session, "took_part", Answer::Choices(vec![channel.into()]));
        assert_eq!(shows(&session, "heard"), expected, "{channel}");
    }
}

#[test]
fn field_visits_ask_of_waiting_in_halls_and_of_benefits_in_communities() {
    let plan = ready_plan("five-contents");
    for (place, waited, benefit) in [("hall", true, false), ("community", false, true)] {
        let mut session = open_one(&plan, "field-visit", Mode::Face, Some("residents"));
        choose(&mut session, "where", place);
        assert_eq!((shows(&session, "waited"), shows(&session, "benefit")), (waited, benefit), "{place}");
    }
    let mut session = open(&plan, Mode::Web, Some("residents"));
    for (went, expected) in [("no", false), ("yes", true)] {
        choose(&mut session, "went", went);
        assert_eq!((shows(&session, "offices"), shows(&session, "visits")), (expected, expected), "{went}");
    }
}

#[test]
fn the_best_answers_reach_the_whole_score_range_of_each_indicator() {
    let plan = ready_plan("weighted-scores");
    let scores: Vec<String> = plan.scales[0].grades.iter().map(|grade| grade.score.to_text()).collect();
    assert_eq!((scores.first().unwrap().as_str(), scores.last().unwrap().as_str()), ("100", "0"));
    for (indicator, most) in plan.indicators.iter().zip([30, 25, 25, 20]) {
        assert_eq!(indicator.weight.to_text(), format!("0.{most}").trim_end_matches('0'));
        assert!(indicator.description.as_ref().unwrap()["zh"].contains(&format!("0—{most}分")));
    }
}

#[test]
fn media_figures_cannot_contradict_each_other() {
    let plan = ready_plan("indicator-kinds");
    let mut session = open_one(&plan, "monitoring", Mode::Web, Some("monitors"));
    for (item, value, refused) in
        [("reports", 10, false), ("reports_good", 7, false), ("reports_bad", 4, true), ("reports_bad", 3, false)]
    {
        answer(&mut session, item, Answer::Integer(value));
        assert_eq!(session.is_refused(session.index(item).unwrap()), refused, "{item} {value}");
    }
}

#[test]
fn the_phases_of_the_campaign_ask_the_same() {
    let plan = ready_plan("campaign-phases");
    assert_eq!(plan.rounds.iter().map(|round| round.id.as_str()).collect::<Vec<_>>(), ["start", "middle", "end"]);
    let mut session = open(&plan, Mode::Hall, Some("members"));
    for (aware, expected) in [("never_heard", false), ("some", true)] {
        choose(&mut session, "aware", aware);
        assert_eq!(shows(&session, "took_part"), expected, "{aware}");
    }
}

#[test]
fn the_same_cells_are_graded_whatever_the_method_of_the_region() {
    let plan = ready_plan("by-region");
    let cells = |questionnaire: usize| {
        let items = plan.questionnaires[questionnaire].items.iter().flat_map(|group| &group.items);
        let matrices = items.filter(|item| item.kind == ItemType::GradeMatrix);
        { matrices }.map(|item| (&item.units, &item.indicators, &item.scale)).collect::<Vec<_>>()
    };
    assert_eq!(cells(0), cells(1));
    let modes: Vec<&Mode> = plan.questionnaires.iter().flat_map(|asked| &asked.modes).collect();
    assert_eq!(modes.len(), plan.modes.len(), "each mode has one questionnaire");
    assert!(plan.strata.iter().all(|stratum| stratum.population.is_some() && stratum.target.is_some()));
}

#[test]
fn experts_score_apart_from_the_tally() {
    let plan = ready_plan("access-quality");
    let mut session = open_one(&plan, "experts", Mode::Web, Some("experts"));
    assert_eq!(asked_units(&session), Vec::<String>::new());
    let scored = (0..session.len()).filter(|&at| session.item(at).kind == ItemType::Range).count();
    assert_eq!(scored, plan.units.len());
    answer(&mut session, "expert_police", Answer::Integer(85));
    assert!(session.close(Disposition::Complete).is_ok());
}

#[test]
fn work_steps_name_roles_and_belong_to_rounds_that_have_days() {
    for plan in ready_plans() {
        let steps = plan.work_steps.read().unwrap();
        // One source names none.
        assert_eq!(steps.is_empty(), plan.id == "five-kinds", "{}", plan.id);
        let undated = minping::plan::calendar(&plan, &steps).iter().filter(|dated| dated.days.is_none()).count();
        let rounds_have_days = plan.rounds.iter().all(|round| round.opens.is_some() && round.closes.is_some());
        assert_eq!(undated == 0, rounds_have_days || steps.is_empty(), "{}", plan.id);
        assert!(steps.iter().all(|step| step.owner.get("zh").is_some() && step.owner.get("en").is_some()));
    }
}

#[test]
fn a_round_of_the_transport_office_is_june_or_november() {
    let plan = ready_plan("county-transport");
    let months: Vec<&str> = plan.rounds.iter().map(|round| &round.opens.as_ref().unwrap()[5..7]).collect();
    assert_eq!(months, ["06", "11"]);
}
