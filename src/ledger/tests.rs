use super::*;
use crate::batch::{Link, Voided};
use crate::named::Named;
use crate::plan::{Mode, PublicKey, Round, load};
use crate::session::{Answer, Disposition, MissingReason};

mod attachments;
mod decisions;
mod filters;
mod kinds;
mod merging;
mod quotas;
mod repeats;

/// Two units in one group and one in another; leaf indicators `a` 0.4, `b1` 0.3, `b2` 0.3; rater groups without weights.
pub(crate) const PLAN: &str = r#"{
  "format": 1, "id": "demo", "version": "1", "languages": ["zh"],
  "title": {"zh": "测评"}, "asker": {"zh": "办公室"}, "purpose": {"zh": "听取意见"},
  "privacy": {"notice": {"zh": "匿名"}, "anonymous": true, "seal": false, "smallest_cell": 5},
  "rounds": [{"id": "r1", "label": {"zh": "上半年"}}, {"id": "r2", "label": {"zh": "下半年"}}],
  "unit_groups": [{"id": "g1", "label": {"zh": "甲"}}, {"id": "g2", "label": {"zh": "乙"}}],
  "units": [{"id": "u1", "label": {"zh": "一局"}, "group": "g1"}, {"id": "u2", "label": {"zh": "二局"}, "group": "g1"},
            {"id": "u3", "label": {"zh": "三局"}, "group": "g2"}],
  "scales": [{"id": "four", "grades": [
     {"name": "满意", "label": {"zh": "满意"}, "score": 100, "satisfied": true},
     {"name": "比较满意", "label": {"zh": "比较满意"}, "score": 80, "satisfied": true},
     {"name": "不太满意", "label": {"zh": "不太满意"}, "score": 50, "satisfied": false},
     {"name": "不满意", "label": {"zh": "不满意"}, "score": 0, "satisfied": false}],
     "missing": [{"name": "不了解", "label": {"zh": "不了解"}}]}],
  "indicators": [{"id": "a", "label": {"zh": "作风"}, "weight": 0.4},
     {"id": "b", "label": {"zh": "效率"}, "weight": 0.6, "indicators": [
        {"id": "b1", "label": {"zh": "快"}, "weight": 0.5}, {"id": "b2", "label": {"zh": "好"}, "weight": 0.5}]}],
  "rater_groups": [{"id": "cadre", "label": {"zh": "干部"}}, {"id": "public", "label": {"zh": "群众"}}],
  "strata": [{"id": "s1", "label": {"zh": "城区"}}, {"id": "s2", "label": {"zh": "乡镇"}}],
  "modes": ["web", "face"],
  "choice_lists": [{"id": "yes_no", "choices": [{"name": "yes", "label": {"zh": "是"}}, {"name": "no", "label": {"zh": "否"}}]}],
  "questionnaires": [{"id": "q", "title": {"zh": "问卷"}, "items": [
     {"type": "grade_matrix", "name": "m", "label": {"zh": "评价"}, "scale": "four"},
     {"type": "group", "name": "g", "label": {"zh": "更多"}, "items": [
        {"type": "select_one", "name": "visited", "label": {"zh": "去过吗"}, "choices": "yes_no"},
        {"type": "grade", "name": "again", "label": {"zh": "窗口"}, "scale": "four", "unit": "u1", "indicator": "a",
         "relevant": "${visited} = 'yes'"},
        {"type": "select_multiple", "name": "why", "label": {"zh": "原因"}, "choices": "yes_no"},
        {"type": "integer", "name": "times", "label": {"zh": "次数"}},
        {"type": "text", "name": "say", "label": {"zh": "建议"}}]}]}]
}"#;

pub(crate) fn plan() -> Plan {
    load(PLAN).unwrap()
}

pub(crate) fn reference() -> PlanRef {
    PlanRef { id: "demo".into(), version: "1".into(), digest: Digest("p".repeat(43)) }
}

pub(crate) fn record(id: &str) -> Record {
    Record {
        v: 1,
        id: id.into(),
        plan: reference(),
        round: "r1".into(),
        questionnaire: "q".into(),
        mode: Mode::Face,
        rater_group: Some("public".into()),
        stratum: None,
        disposition: Disposition::Complete,
        repeats: Default::default(),
        answers: Named::new(),
        missing: Named::new(),
        notes: Named::new(),
        attachments: Default::default(),
    }
}

pub(crate) fn grid(cells: &[(&str, &str, &str)]) -> Answer {
    let mut grid: Named<Named<String>> = Named::new();
    for (unit, indicator, grade) in cells {
        grid.get_or_insert_with(unit, Named::new).insert((*indicator).into(), (*grade).into());
    }
    Answer::Grid(grid)
}

pub(crate) fn batch(digest: &str, device: &str, seq: u64, prev: Option<&str>, records: Vec<Slip>) -> Batch {
    Batch {
        digest: Digest(digest.into()),
        device: Digest(device.into()),
        device_key: PublicKey::p256(String::new(), String::new()),
        plan: reference(),
        round: "r1".into(),
        seq,
        prev: prev.map(|prev| Digest(prev.into())),
        link: None,
        records,
        voided: Vec::new(),
    }
}

fn ledger() -> Ledger {
    Ledger::new(&plan(), &reference(), &crate::expression::Plain).unwrap()
}

pub(crate) fn admit(ledger: &mut Ledger, batch: Batch) -> Taken {
    ledger.keep(batch, Standing::Admitted, "file")
}

pub(crate) fn link(code: Option<&str>) -> Link {
    Link {
        v: 1,
        plan: reference().digest,
        file: "plans/demo.json".into(),
        round: "r1".into(),
        questionnaire: "q".into(),
        mode: Mode::Face,
        rater_group: Some("public".into()),
        stratum: None,
        place: Default::default(),
        code: code.map(Into::into),
    }
}

#[test]
fn a_packed_record_comes_back_whole() {
    let codebook = Codebook::new(&plan(), &reference(), &crate::expression::Plain).unwrap();
    let mut full = record("one");
    full.stratum = Some("s2".into());
    full.disposition = Disposition::Partial;
    full.answers.insert("m".into(), grid(&[("u1", "a", "满意"), ("u3", "b2", "不了解")]));
    full.answers.insert("visited".into(), Answer::Text("yes".into()));
    full.answers.insert("why".into(), Answer::Choices(vec!["no".into(), "yes".into()]));
    full.answers.insert("times".into(), Answer::Integer(-3));
    full.answers.insert("say".into(), Answer::Text("\"引号\"\n=1+1".into()));
    full.missing.insert("again".into(), MissingReason::Refused);
    let row = codebook.pack(&full).unwrap();
    assert_eq!(codebook.unpack("one", &row), full);
    let mut refused = record("two");
    refused.missing.insert("m".into(), MissingReason::DontKnow);
    refused.missing.insert("say".into(), MissingReason::Refused);
    assert_eq!(codebook.unpack("two", &codebook.pack(&refused).unwrap()), refused);
    // What the interviewer noted, also where nothing was answered.
    let mut noted = record("three");
    noted.notes.insert("m".into(), "the dog barked".into());
    let row = codebook.pack(&noted).unwrap();
    assert_eq!(codebook.unpack("three", &row), noted);
    assert_eq!(row.notes().get("m").map(String::as_str), Some("the dog barked"));
    noted.notes.insert("m".into(), "长".repeat(500));
    assert!(codebook.pack(&noted).is_ok());
    noted.notes.insert("m".into(), "长".repeat(501));
    assert_eq!(codebook.pack(&noted), Err(Unfit::NoteTooLong("m".into())));
    noted.notes = [("nobody".to_owned(), "x".to_owned())].into_iter().collect();
    assert_eq!(codebook.pack(&noted), Err(Unfit::UnknownItem("nobody".into())));
}

#[test]
fn a_record_that_the_plan_does_not_know_says_what_it_found() {
    let codebook = Codebook::new(&plan(), &reference(), &crate::expression::Plain).unwrap();
    let unfit = |change: &dyn Fn(&mut Record)| {
        let mut changed = record("one");
        change(&mut changed);
        codebook.pack(&changed).unwrap_err()
    };
    let answer = |item: &'static str, answer: Answer| {
        unfit(&move |record| drop(record.answers.insert(item.into(), answer.clone())))
    };
    assert!(matches!(unfit(&|r| r.plan.digest = Digest("x".into())), Unfit::OtherPlan(_)));
    assert_eq!(unfit(&|r| r.round = "r9".into()), Unfit::UnknownRound("r9".into()));
    assert_eq!(unfit(&|r| r.questionnaire = "z".into()), Unfit::UnknownQuestionnaire("z".into()));
    assert_eq!(unfit(&|r| r.mode = Mode::Phone), Unfit::ModeNotPlanned(Mode::Phone));
    assert_eq!(unfit(&|r| r.rater_group = Some("z".into())), Unfit::UnknownRaterGroup("z".into()));
    assert_eq!(unfit(&|r| r.stratum = Some("z".into())), Unfit::UnknownStratum("z".into()));
    let mut bound = plan();
    bound.rounds.push(Round { id: "r2".into(), ..bound.rounds[0].clone() });
    bound.questionnaires[0].rounds = vec!["r2".into()];
    bound.strata[1].modes = vec![Mode::Web];
    let bound = Codebook::new(&bound, &reference(), &crate::expression::Plain).unwrap();
    let second = |stratum: usize| Record {
        round: "r2".into(),
        stratum: Some(bound.plan().strata[stratum].id.clone()),
        ..record("one")
    };
    assert_eq!(bound.pack(&record("one")), Err(Unfit::NotInRound("q".into())));
    assert_eq!(bound.pack(&second(1)), Err(Unfit::ModeNotPlanned(Mode::Face)));
    assert!(bound.pack(&second(0)).is_ok());
    assert_eq!(answer("z", Answer::Integer(1)), Unfit::UnknownItem("z".into()));
    assert_eq!(answer("g", Answer::Integer(1)), Unfit::UnknownItem("g".into()));
    assert_eq!(answer("say", Answer::Integer(1)), Unfit::WrongKind("say".into()));
    let unknown = |item: &str, value: &str| Unfit::UnknownAnswer { item: item.into(), value: value.into() };
    assert_eq!(answer("m", grid(&[("u9", "a", "满意")])), unknown("m", "u9"));
    assert_eq!(answer("m", grid(&[("u1", "b", "满意")])), unknown("m", "b"));
    assert_eq!(answer("m", grid(&[("u1", "a", "还行")])), unknown("m", "还行"));
    assert_eq!(answer("visited", Answer::Text("maybe".into())), unknown("visited", "maybe"));
    assert_eq!(answer("why", Answer::Choices(vec!["maybe".into()])), unknown("why", "maybe"));
    let both = |r: &mut Record| {
        r.answers.insert("say".into(), Answer::Text("x".into()));
        r.missing.insert("say".into(), MissingReason::Refused);
    };
    assert_eq!(unfit(&both), Unfit::AnsweredAndMissing("say".into()));
}

#[test]
fn what_was_asked_and_left_empty_is_blank_and_what_was_not_asked_is_not() {
    let codebook = Codebook::new(&plan(), &reference(), &crate::expression::Plain).unwrap();
    let again = codebook.instruments()[0].questions.iter().position(|question| question.item == "again").unwrap();
    let mut made = record("one");
    let code = |record: &Record| codebook.pack(record).unwrap().codes[again];
    assert_eq!(code(&made), NOT_ASKED);
    made.answers.insert("visited".into(), Answer::Text("yes".into()));
    assert_eq!(code(&made), BLANK);
    made.answers.insert("again".into(), Answer::Text("满意".into()));
    assert_eq!(code(&made), FIRST_GRADE);
    assert_eq!(codebook.pack(&made).unwrap().codes[0], BLANK, "the matrix is asked always");
}

#[test]
fn a_plan_that_weighs_rater_groups_needs_one_in_each_record() {
    let mut weighted = plan();
    for group in &mut weighted.rater_groups {
        group.weight = Some(crate::plan::Decimal::parse("0.5").unwrap());
    }
    let codebook = Codebook::new(&weighted, &reference(), &crate::expression::Plain).unwrap();
    let mut without = record("one");
    without.rater_group = None;
    assert_eq!(codebook.pack(&without), Err(Unfit::NoRaterGroup));
    assert!(Codebook::new(&plan(), &reference(), &crate::expression::Plain).unwrap().pack(&without).is_ok());
}

#[test]
fn a_plan_whose_items_refer_to_nothing_makes_no_codebook() {
    let mut broken = plan();
    broken.questionnaires[0].items[0].scale = Some("five".into());
    let error = Codebook::new(&broken, &reference(), &crate::expression::Plain).unwrap_err();
    assert!(error.to_string().contains("item `m`: `scale` refers to unknown `five`"), "{error}");
}

#[test]
fn the_same_batch_twice_changes_nothing_but_its_origins() {
    let mut ledger = ledger();
    let one = batch("b1", "d", 1, None, vec![Slip::Plain(record("one"))]);
    assert_eq!(admit(&mut ledger, one.clone()), Taken::New);
    let balance = ledger.account().balance;
    assert_eq!(ledger.keep(one, Standing::Admitted, "again"), Taken::Known);
    assert_eq!(ledger.account().balance, balance);
    assert_eq!(ledger.batches().values().next().unwrap().origins().len(), 2);
}

#[test]
fn one_record_in_two_batches_counts_once_and_two_contents_of_one_id_never() {
    let mut ledger = ledger();
    let mut other = record("one");
    admit(&mut ledger, batch("b1", "d", 1, None, vec![Slip::Plain(record("one"))]));
    admit(&mut ledger, batch("b2", "e", 1, None, vec![Slip::Plain(record("one"))]));
    let account = ledger.account();
    assert_eq!((account.counted.len(), account.duplicates.len(), account.balance.duplicates), (1, 1, 1));
    other.answers.insert("say".into(), Answer::Text("x".into()));
    admit(&mut ledger, batch("b3", "f", 1, None, vec![Slip::Plain(other)]));
    let account = ledger.account();
    assert_eq!((account.counted.len(), account.balance.conflicting), (0, 3));
    assert!(matches!(&account.conflicts[..], [Conflict::OneIdTwoContents { id: "one", places }] if places.len() == 3));
}

#[test]
fn a_record_that_differs_from_its_link_or_shares_it_does_not_count() {
    let linked = |digest: &str, code: Option<&str>, records: Vec<Record>| {
        let mut made = batch(digest, digest, 0, None, records.into_iter().map(Slip::Plain).collect());
        made.link = Some(link(code));
        made
    };
    let mut ledger = ledger();
    let mut elsewhere = record("one");
    elsewhere.stratum = Some("s1".into());
    admit(&mut ledger, linked("b1", None, vec![elsewhere]));
    admit(&mut ledger, linked("b2", None, vec![record("two"), record("three")]));
    admit(&mut ledger, linked("b3", None, vec![record("four")]));
    let mut late = record("five");
    late.round = "r2".into();
    admit(&mut ledger, batch("b4", "d", 1, None, vec![Slip::Plain(late)]));
    let mut noted = record("six");
    noted.notes.insert("m".into(), "as if an interviewer had been there".into());
    admit(&mut ledger, linked("b5", None, vec![noted]));
    let account = ledger.account();
    let ids: Vec<&str> = account.counted.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, ["four"]);
    let reasons: BTreeSet<&Unfit> = account.unfit.iter().map(|(_, _, reason)| *reason).collect();
    let linked = ["stratum", "notes"].map(|member| Unfit::NotAsLinked(member.to_owned()));
    let expected = [Unfit::SeveralOnOneLink, Unfit::OtherRound { batch: "r1".into() }];
    assert_eq!(reasons, expected.iter().chain(&linked).collect());
    assert!(account.chains.iter().all(|chain| chain.device.as_str() == "d"), "residents' batches are on no chain");
}

#[test]
fn a_code_for_one_answer_used_twice_counts_for_neither() {
    let mut ledger = ledger();
    for (digest, id) in [("b1", "one"), ("b2", "two"), ("b3", "two")] {
        let mut made = batch(digest, digest, 0, None, vec![Slip::Plain(record(id))]);
        made.link = Some(link(Some("code")));
        admit(&mut ledger, made);
    }
    let account = ledger.account();
    assert_eq!((account.balance.counted, account.balance.conflicting), (0, 3));
    assert!(
        matches!(&account.conflicts[..], [Conflict::OneCodeSeveralRecords { code: "code", ids, .. }] if ids == &["one", "two"])
    );
}

#[test]
fn gaps_and_forks_are_named() {
    let mut ledger = ledger();
    admit(&mut ledger, batch("b1", "d", 1, None, vec![]));
    admit(&mut ledger, batch("b2", "d", 2, Some("b1"), vec![]));
    admit(&mut ledger, batch("b5", "d", 5, Some("b4"), vec![]));
    admit(&mut ledger, batch("b6", "d", 6, Some("b4"), vec![]));
    admit(&mut ledger, batch("b2x", "d", 2, Some("b1"), vec![]));
    admit(&mut ledger, batch("e2", "e", 2, None, vec![]));
    admit(&mut ledger, batch("f9", "f", u64::MAX, Some("f8"), vec![]));
    let account = ledger.account();
    let [d, e, f] = &account.chains[..] else { panic!("three devices: {:?}", account.chains) };
    assert_eq!(d.gaps, [(3, 4)]);
    let digest = |text: &str| Digest(text.into());
    let forks = [
        Fork::SameSeq { seq: 2, batches: vec![digest("b2"), digest("b2x")] },
        Fork::OtherBefore { seq: 6, batch: digest("b6"), names: Some(digest("b4")) },
    ];
    assert_eq!(d.forks, forks);
    assert_eq!(e.gaps, [(1, 1)]);
    assert_eq!(e.forks, [Fork::OtherBefore { seq: 2, batch: digest("e2"), names: None }]);
    assert_eq!(f.gaps, [(1, u64::MAX - 1)]);
}

#[test]
fn what_cannot_be_opened_is_kept_for_another_key() {
    let mut ledger = ledger();
    admit(&mut ledger, batch("b1", "d", 1, None, vec![Slip::Sealed("sealed".into())]));
    let [(place, text)] = &ledger.sealed(10)[..] else { panic!("one waits") };
    let (place, text) = (place.clone(), text.clone());
    ledger.put(&place, Err(OpenError::WrongKey));
    assert_eq!(ledger.account().unopened, [(place.clone(), &OpenError::WrongKey)]);
    assert_eq!(ledger.waiting(), 0);
    ledger.retry();
    assert_eq!(ledger.sealed(10), [(place.clone(), text)]);
    ledger.put(&place, Ok(record("one")));
    ledger.put(&place, Err(OpenError::Changed));
    assert_eq!(ledger.account().balance.counted, 1);
}

#[test]
fn voided_sessions_are_listed_and_those_with_a_record_stand_out() {
    let mut ledger = ledger();
    let mut made = batch("b1", "d", 1, None, vec![Slip::Plain(record("one"))]);
    for id in ["one", "two"] {
        made.voided.push(Voided { id: id.into(), reason: "practice".into() });
    }
    admit(&mut ledger, made);
    let account = ledger.account();
    assert_eq!(account.voided.len(), 2);
    assert_eq!(account.voided_with_record, ["one"]);
    assert_eq!(account.balance.counted, 1);
}

#[test]
fn merging_keeps_what_one_side_has_opened() {
    let sealed = batch("b1", "d", 1, None, vec![Slip::Sealed("sealed".into())]);
    let (mut waiting, mut opened, mut failed) = (ledger(), ledger(), ledger());
    for one in [&mut waiting, &mut opened, &mut failed] {
        admit(one, sealed.clone());
    }
    let place = Place { batch: Digest("b1".into()), index: 0 };
    opened.put(&place, Ok(record("one")));
    failed.put(&place, Err(OpenError::WrongKey));
    for (mut first, second) in [(waiting.clone(), opened.clone()), (opened.clone(), failed.clone()), (failed, opened)] {
        first.merge(second).unwrap();
        assert_eq!((first.account().balance.counted, first.waiting()), (1, 0));
    }
}

#[test]
fn ledgers_of_different_plans_do_not_merge() {
    let mut theirs = reference();
    theirs.version = "2".into();
    let other = Ledger::new(&plan(), &theirs, &crate::expression::Plain).unwrap();
    assert_eq!(ledger().merge(other), Err(OtherPlan { ours: Box::new(reference()), theirs: Box::new(theirs) }));
}

/// Each interview asks about two of three units.
#[test]
fn units_outside_the_subset_are_not_asked_and_those_inside_are_blank() {
    let plan = load(&PLAN.replace(r#""scale": "four"},"#, r#""scale": "four", "subset": 2},"#)).unwrap();
    let codebook = Codebook::new(&plan, &reference(), &crate::expression::Plain).unwrap();
    let item = &plan.questionnaires[0].items[0];
    for id in ["AAAAAAAAAAAAAAAAAAAAAA", "BAAAAAAAAAAAAAAAAAAAAA", "CAAAAAAAAAAAAAAAAAAAAA"] {
        let asked = crate::session::order::units(&plan, item, id);
        let outside = plan.units.iter().position(|unit| !asked.contains(&unit.id)).unwrap();
        let row = codebook.pack(&record(id)).unwrap();
        for unit in 0..3 {
            let expected = if unit == outside { codebook::NOT_ASKED } else { codebook::BLANK };
            assert_eq!(&row.codes[unit * 3..][..3], [expected; 3]);
        }
        let mut refused = record(id);
        refused.missing.insert("m".into(), MissingReason::Refused);
        let row = codebook.pack(&refused).unwrap();
        assert_eq!(row.codes.iter().filter(|code| **code == codebook::REFUSED).count(), 6);
        assert_eq!(codebook.unpack(id, &row), refused);
        let mut graded = record(id);
        graded.answers.insert("m".into(), grid(&[(&plan.units[outside].id, "a", "满意")]));
        let unknown = Unfit::UnknownAnswer { item: "m".into(), value: plan.units[outside].id.clone() };
        assert_eq!(codebook.pack(&graded), Err(unknown));
    }
}

#[test]
fn what_stands_after_an_early_end_is_not_asked() {
    let ends =
        r#""ends": [{"when": "${visited} = 'no'", "message": {"zh": "完"}, "outcome": "screened_out"}], "items": ["#;
    let more = r#"{"type": "group", "name": "later", "label": {"zh": "后"}, "items": [
        {"type": "grade", "name": "last", "label": {"zh": "末"}, "scale": "four", "unit": "u2", "indicator": "a"}]}]}]"#;
    let text = PLAN.replacen(r#""items": ["#, ends, 1).replace(r#"}]}]}]"#, &[r#"}]},"#, more].concat());
    let plan = load(&text).unwrap();
    let codebook = Codebook::new(&plan, &reference(), &crate::expression::Plain).unwrap();
    let last = codebook.instruments()[0].questions.iter().position(|question| question.item == "last").unwrap();
    for (visited, expected) in [("yes", codebook::BLANK), ("no", codebook::NOT_ASKED)] {
        let mut record = record("AAAAAAAAAAAAAAAAAAAAAA");
        record.answers.insert("visited".into(), Answer::Text(visited.into()));
        let row = codebook.pack(&record).unwrap();
        assert_eq!((row.codes[last], row.codes[0]), (expected, codebook::BLANK), "{visited}");
        record.disposition = Disposition::ScreenedOut;
        assert_eq!(codebook.unpack(&record.id, &codebook.pack(&record).unwrap()), record);
    }
}
