mod calls;

use super::*;
use crate::batch::{Assignment, Case, CaseStanding, ContactLog, DayCount, Roster, Selection, is_case_id};
use crate::outbox::Changes;
use crate::plan::Digest;
use crate::store::{Entries, Entry};

const NOW: &str = "2026-11-30T10:00";

fn near(value: Option<f64>, wanted: f64) {
    let value = value.expect("a rate");
    assert!((value - wanted).abs() < 1e-12, "{value} is not {wanted}");
}

fn of(counts: [u64; 8]) -> Counts {
    let mut all = Counts::default();
    for (class, count) in Class::ALL.into_iter().zip(counts) {
        (0..count).for_each(|_| all.add(class));
    }
    all
}

fn rate(all: &[Rate], name: &str) -> Option<f64> {
    all.iter().find(|rate| rate.name == name).expect("a rate of this name").value
}

/// I 100, P 20, R 40, NC 25, O 15, UH 60, UO 20, NE 50; worked out by hand: eligible 200, unknown 80, e = 200 / 250.
#[test]
fn rates_are_those_worked_out_by_hand() {
    let counts = of([100, 20, 40, 25, 15, 60, 20, 50]);
    near(counts.estimate_e(), 0.8);
    let all = rates(&counts, E::Estimated);
    near(rate(&all, "RR1"), 100.0 / 280.0);
    near(rate(&all, "RR2"), 120.0 / 280.0);
    // 200 + 0.8 · 80 = 264
    near(rate(&all, "RR3"), 100.0 / 264.0);
    near(rate(&all, "RR4"), 120.0 / 264.0);
    near(rate(&all, "RR5"), 0.5);
    near(rate(&all, "RR6"), 0.6);
    near(rate(&all, "COOP1"), 100.0 / 175.0);
    near(rate(&all, "COOP2"), 120.0 / 175.0);
    near(rate(&all, "COOP3"), 100.0 / 160.0);
    near(rate(&all, "COOP4"), 0.75);
    near(rate(&all, "REF1"), 40.0 / 280.0);
    near(rate(&all, "REF2"), 40.0 / 264.0);
    near(rate(&all, "REF3"), 0.2);
    near(rate(&all, "CON1"), 0.625);
    near(rate(&all, "CON2"), 175.0 / 264.0);
    near(rate(&all, "CON3"), 0.875);
    // 200 + 0.5 · 80 = 240
    let given = rates(&counts, E::Given(0.5));
    near(rate(&given, "RR3"), 100.0 / 240.0);
    near(rate(&given, "CON2"), 175.0 / 240.0);
    near(rate(&given, "RR1"), 100.0 / 280.0);
    // With e = 1 the third is the first, with e = 0 the fifth.
    assert_eq!(rate(&rates(&counts, E::Given(1.0)), "RR3"), rate(&all, "RR1"));
    assert_eq!(rate(&rates(&counts, E::Given(0.0)), "RR3"), rate(&all, "RR5"));
}

#[test]
fn a_rate_without_cases_is_none_and_not_zero() {
    assert!(rates(&Counts::default(), E::Estimated).iter().all(|rate| rate.value.is_none()));
    // Only unknown cases: what share of them is eligible, nothing says.
    let unknown = rates(&of([0, 0, 0, 0, 0, 7, 0, 0]), E::Estimated);
    assert_eq!(rate(&unknown, "RR1"), Some(0.0));
    assert_eq!(rate(&unknown, "RR3"), None);
    assert_eq!(rate(&unknown, "RR5"), None);
    assert_eq!(rate(&rates(&of([0, 0, 0, 0, 0, 7, 0, 0]), E::Given(0.5)), "RR3"), Some(0.0));
    // All who were found are not eligible: e is 0, and none of the unknown is taken for one.
    near(of([0, 0, 0, 0, 0, 7, 0, 3]).estimate_e(), 0.0);
    assert_eq!(rate(&rates(&of([0, 0, 0, 0, 0, 7, 0, 3]), E::Estimated), "RR3"), None);
}

#[test]
fn every_code_is_of_the_class_that_its_digits_say() {
    for one in OUTCOMES {
        let wanted = match &one.code[..3] {
            "1.1" => Class::Complete,
            "1.2" => Class::Partial,
            "2.1" => Class::Refusal,
            "2.2" => Class::NonContact,
            "2.3" => Class::Other,
            "3.1" => Class::UnknownHousehold,
            "3.2" | "3.9" => Class::UnknownOther,
            _ => Class::NotEligible,
        };
        assert_eq!(one.class, wanted, "{}", one.code);
        assert_eq!(outcome(one.code).map(|found| found.code), Some(one.code));
    }
    assert_eq!(outcome("4.8").map(|found| found.class), Some(Class::NotEligible));
    assert_eq!(outcome("9"), None);
    assert!(by_hand(crate::plan::Mode::Phone).all(|one| one.code != "4.6" && !one.code.starts_with('1')));
}

#[test]
fn every_adult_of_a_household_is_chosen_as_often_as_kish_says() {
    let tables: Vec<KishTable> = (0..12_000).map(|case| kish_table("county", &format!("A-{case}"))).collect();
    for (name, twelfths) in [("A", 2), ("B1", 1), ("B2", 1), ("C", 2), ("D", 2), ("E1", 1), ("E2", 1), ("F", 2)] {
        let count = tables.iter().filter(|table| table.name == name).count() as f64;
        // Four standard errors.
        let p = f64::from(twelfths) / 12.0;
        assert!((count - 12_000.0 * p).abs() < 4.0 * (12_000.0 * p * (1.0 - p)).sqrt(), "{name}: {count}");
    }
    // Exactly 1/2, 1/3 and 1/4 each of two, three and four adults, over the twelve.
    for adults in 1..=4 {
        let chosen = |wanted: u64| {
            let times = [("A", 2), ("B1", 1), ("B2", 1), ("C", 2), ("D", 2), ("E1", 1), ("E2", 1), ("F", 2)];
            let table = |name: &str| tables.iter().find(|table| table.name == name).expect("a table");
            times.iter().filter(|(name, _)| table(name).choose(adults) == Some(wanted)).map(|(_, n)| n).sum::<u64>()
        };
        for wanted in 1..=adults {
            assert_eq!(chosen(wanted), 12 / adults, "{wanted} of {adults}");
        }
    }
    assert_eq!(kish_table("county", "A-1"), kish_table("county", "A-1"));
    assert_eq!(tables[0].choose(0), None);
    assert_eq!(tables[0].choose(9), tables[0].choose(6));
}

fn digest(letter: &str) -> Digest {
    Digest(letter.repeat(43))
}

fn case(id: &str, substitute_for: Option<&str>) -> Case {
    let substitute_for = substitute_for.map(str::to_owned);
    Case { id: id.into(), label: id.into(), stratum: Some("east".into()), substitute_for, ..Case::default() }
}

/// A device with a list, without its signature: what the shelf reads is not verified again.
struct Shelf(Entries, String);

impl Shelf {
    fn new(attempts: u32, cases: Vec<Case>) -> Shelf {
        let mut shelf = Shelf(Entries::new(), "one".into());
        let list = Assignment {
            v: 1,
            plan: "county".into(),
            round: "2026".into(),
            device: digest("d"),
            at: "2026-11-29T08:00:00Z".into(),
            attempts,
            selection: Selection::Kish,
            cases,
        };
        shelf.write(keep_list(&shelf.0, &list, &unsigned(&list)));
        shelf
    }

    fn write(&mut self, changes: Changes) {
        for (key, body) in changes {
            let revision = self.0.get(&key).map_or(1, |entry| entry.revision + 1);
            self.0.insert(key.clone(), Entry { key, revision, body });
        }
    }

    fn list(&self) -> List {
        list(&self.0, "county", "2026", NOW)
    }

    fn attempt(&mut self, case: &str, attempt: Attempt) {
        let list = self.list();
        self.write(record(&list, list.case(case).expect("a case"), &attempt, &self.1.clone()));
    }

    fn tried(&mut self, case: &str, code: &str) {
        self.attempt(case, tried("2026-11-30T09:00", code));
    }

    fn state(&self, case: &str) -> State {
        self.list().case(case).expect("a case").state
    }
}

fn tried(at: &str, code: &str) -> Attempt {
    Attempt {
        at: at.into(),
        outcome: code.into(),
        mode: "face".into(),
        stratum: Some("east".into()),
        ..Attempt::default()
    }
}

fn unsigned(list: &Assignment) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let part = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    let header = part(r#"{"alg":"ES256","typ":"minping-assignment+jws"}"#);
    let payload = part(&serde_json::to_string(list).expect("JSON"));
    [header, payload, Base64UrlUnpadded::encode_string(&[0; 64])].join(".")
}

#[test]
fn a_case_is_open_until_what_happened_or_the_number_of_attempts_ends_it() {
    let mut shelf = Shelf::new(3, vec![case("a", None), case("b", None)]);
    assert_eq!(shelf.state("a"), State::Open);
    shelf.tried("a", "2.24");
    shelf.tried("a", "2.24");
    assert_eq!(shelf.state("a"), State::Open);
    shelf.tried("a", "3.17");
    assert_eq!(shelf.state("a"), State::Spent);
    // An agreed moment is kept beyond that.
    shelf.attempt("a", Attempt { call_back: Some("2026-11-30T18:00".into()), ..tried("2026-11-30T09:30", "2.25") });
    assert_eq!(shelf.state("a"), State::Later);
    assert_eq!(list(&shelf.0, "county", "2026", "2026-11-30T18:00").case("a").map(|one| one.state), Some(State::Due));
    shelf.tried("b", "2.11");
    assert_eq!(shelf.state("b"), State::Done);
    // Of four attempts the one that tells the most stands.
    assert_eq!(shelf.list().case("a").and_then(OnList::outcome).map(|one| one.code), Some("2.25"));
}

#[test]
fn an_attempt_is_withdrawn_by_a_later_entry_and_stays_where_it_is() {
    let mut shelf = Shelf::new(0, vec![case("a", None)]);
    shelf.tried("a", "2.11");
    let before = shelf.0.clone();
    shelf.attempt(
        "a",
        Attempt { at: "2026-11-30T09:05".into(), withdraws: Some("000001-one".into()), ..Attempt::default() },
    );
    assert_eq!(shelf.state("a"), State::Open);
    assert_eq!(shelf.list().attempts(), 0);
    assert!(before.iter().all(|(key, entry)| shelf.0.get(key) == Some(entry)), "nothing that was written is changed");
    shelf.tried("a", "2.24");
    assert_eq!(shelf.list().case("a").expect("a case").attempts[0].0, "000003-one", "no number is used twice");
}

#[test]
fn a_substitute_waits_until_its_case_and_those_before_it_are_lost() {
    let cases = vec![case("a", None), case("a1", Some("a")), case("a2", Some("a")), case("b", None)];
    let mut shelf = Shelf::new(2, cases);
    assert_eq!([shelf.state("a1"), shelf.state("a2")], [State::Locked, State::Locked]);
    assert_eq!(shelf.list().counts().all(), 2, "what is not in use is not counted");
    shelf.tried("a", "2.24");
    assert_eq!(shelf.state("a1"), State::Locked);
    shelf.tried("a", "2.24");
    assert_eq!([shelf.state("a"), shelf.state("a1"), shelf.state("a2")], [State::Spent, State::Open, State::Locked]);
    shelf.tried("a1", "4.6");
    assert_eq!(shelf.state("a2"), State::Open);
    shelf.tried("a2", "1.1");
    assert_eq!(shelf.state("a2"), State::Done);
    // The lost case stays in the denominator beside its substitutes.
    let counts = shelf.list().counts();
    assert_eq!((counts.all(), counts.of(Class::NonContact), counts.of(Class::NotEligible)), (4, 1, 1));
}

#[test]
fn a_case_that_was_interviewed_leaves_no_substitute() {
    let mut shelf = Shelf::new(2, vec![case("a", None), case("a1", Some("a"))]);
    shelf.tried("a", "1.2");
    assert_eq!([shelf.state("a"), shelf.state("a1")], [State::Done, State::Locked]);
}

#[test]
fn the_end_of_an_interview_is_an_attempt_and_nothing_joins_its_draft_with_the_case_any_more() {
    let mut shelf = Shelf::new(0, vec![case("a", None)]);
    let before = shelf.list();
    shelf.write(begin(&before, before.case("a").expect("a case"), "draft-id"));
    assert_eq!(shelf.state("a"), State::Interviewing);
    assert_eq!(case_of(&shelf.0, "county", "draft-id"), Some(("2026".into(), "a".into())));
    assert_eq!(case_of(&shelf.0, "other", "draft-id"), None);
    let during = shelf.list();
    let changes = end(&during, during.case("a").expect("a case"), Some(&tried(NOW, "1.1")), "one");
    assert!(!format!("{changes:?}").contains("draft-id"));
    shelf.write(changes);
    assert_eq!(shelf.state("a"), State::Done);
    assert!(shelf.0.values().all(|entry| entry.body.as_ref().is_none_or(|body| !body.contains("draft-id"))));
    assert!(shelf.0.keys().all(|key| !key.contains("draft-id")));
}

#[test]
fn what_is_handed_over_has_no_day_in_a_case_and_no_time_at_all() {
    let mut shelf = Shelf::new(0, vec![case("b", None), case("a", None), case("c", None)]);
    shelf.attempt("b", tried("2026-11-29T17:31", "2.24"));
    shelf.attempt("b", Attempt { note: Some("dog".into()), ..tried("2026-11-30T09:12", "1.1") });
    shelf.attempt("a", tried("2026-11-30T09:40", "2.24"));
    let list = shelf.list();
    shelf.write(choose(&list, list.case("a").expect("a case"), Pick { household: 3, selected: 2 }));
    let log = log_of(&shelf.list());
    let ids: Vec<&str> = log.cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let told: Vec<_> = log.cases.iter().map(|case| (case.outcome.as_deref(), case.attempts)).collect();
    assert_eq!(told, [(Some("2.24"), 1), (Some("1.1"), 2), (Some("3.11"), 0)]);
    assert_eq!((log.cases[0].household, log.cases[0].selected), (3, 2));
    let days: Vec<_> = log.days.iter().map(|day| (day.day.as_str(), day.outcome.as_str(), day.count)).collect();
    assert_eq!(days, [("2026-11-29", "2.24", 1), ("2026-11-30", "1.1", 1), ("2026-11-30", "2.24", 1)]);
    let text = format!("{log:?}");
    assert!(!text.contains("09:") && !text.contains("17:") && !text.contains("dog"));
}

#[test]
fn an_entry_that_cannot_be_read_is_told_and_left() {
    let mut shelf = Shelf::new(0, vec![case("a", None)]);
    shelf.write(vec![("contact/try/county/2026/a/000001".into(), Some("{".into()))]);
    assert_eq!(shelf.list().unreadable, 1);
    assert_eq!(shelf.list().case("a").expect("a case").attempts, []);
    shelf.tried("a", "2.24");
    assert_eq!(shelf.0["contact/try/county/2026/a/000001"].body.as_deref(), Some("{"));
    assert_eq!(shelf.list().attempts(), 1);
}

#[test]
fn an_older_list_takes_no_newer_ones_place_and_one_plan_none_of_another() {
    let mut shelf = Shelf::new(2, vec![case("a", None)]);
    let mut other = shelf.list().assignment.expect("a list");
    other.at = "2026-11-28T08:00:00Z".into();
    assert_eq!(keep_list(&shelf.0, &other, "x"), Changes::new());
    other.at = "2026-11-30T08:00:00Z".into();
    other.cases = vec![case("z", None)];
    shelf.tried("a", "2.24");
    shelf.write(keep_list(&shelf.0, &other, &unsigned(&other)));
    let ids: Vec<String> = shelf.list().cases.iter().map(|one| one.case.id.clone()).collect();
    assert_eq!(ids, ["z", "a"], "what was done at a case that is no longer on the list is not lost");
    assert_eq!(lists(&shelf.0, "county"), ["2026"]);
    assert_eq!(lists(&shelf.0, "count"), Vec::<String>::new());
}

#[test]
fn a_removed_list_leaves_what_was_done_and_nothing_personal() {
    let mut shelf = Shelf::new(2, vec![case("a", None), case("b", None)]);
    shelf.attempt("a", Attempt { note: Some("dog".into()), ..tried(NOW, "2.24") });
    shelf.write(vec![("contact/try/county/2026/b/000001".into(), Some("{".into()))]);
    shelf.write(remove(&shelf.0, "county", "2026"));
    assert_eq!(lists(&shelf.0, "county"), Vec::<String>::new());
    let bodies: Vec<&str> = shelf.0.values().filter_map(|entry| entry.body.as_deref()).collect();
    assert!(!bodies.iter().any(|body| body.contains("dog") || body.contains("label") || *body == "{"), "{bodies:?}");
    assert_eq!((shelf.list().attempts(), shelf.list().entries), (1, 1));
    // Removed again, nothing changes; what another device did is shown.
    assert_eq!(remove(&shelf.0, "county", "2026"), vec![("contact/gone/county/2026".into(), Some("1".into()))]);
    let list = shelf.list();
    shelf.write(record(&list, list.case("a").expect("a case"), &tried(NOW, "1.1"), "two"));
    assert_eq!(lists(&shelf.0, "county"), ["2026"]);
}

#[test]
fn what_two_devices_wrote_at_one_case_is_all_there_where_their_rescue_files_meet() {
    let mut one = Shelf::new(0, vec![case("a", None)]);
    let mut two = Shelf::new(0, vec![case("a", None)]);
    two.1 = "two".into();
    one.tried("a", "2.24");
    two.tried("a", "2.11");
    let withdraws = Some("000001-two".into());
    two.attempt("a", Attempt { at: NOW.into(), withdraws, ..Attempt::default() });
    two.tried("a", "1.1");
    let along = |shelf: &Shelf| {
        let entries = shelf.0.values().filter(|entry| goes_along(&entry.key, entry.body.as_deref()));
        entries.cloned().collect::<Vec<Entry>>()
    };
    let file = along(&two);
    assert!(file.iter().all(|entry| entry.key.starts_with("contact/try/")), "no list in the file: {file:?}");
    assert!(file.iter().all(|entry| !one.0.contains_key(&entry.key)), "no entry takes another's place");
    file.into_iter().for_each(|entry| _ = one.0.insert(entry.key.clone(), entry));
    let names: Vec<String> =
        one.list().case("a").expect("a case").attempts.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, ["000001-one", "000003-two"]);
    // What was taken out of one device takes nothing out of another.
    one.write(vec![("contact/try/county/2026/a/000001-one".into(), None)]);
    assert!(along(&one).iter().all(|entry| entry.key != "contact/try/county/2026/a/000001-one"));
    assert!(
        !goes_along("contact/open/county/2026/a", Some("draft")) && !goes_along("contact/list/county/2026", Some("x"))
    );
}

#[test]
fn names_and_withdrawals_of_the_first_edition_are_read() {
    let mut shelf = Shelf::new(0, vec![case("a", None)]);
    shelf.1.clear();
    shelf.tried("a", "2.11");
    let withdrawal = r#"{"at":"2026-11-30T09:05","withdraws":1}"#;
    shelf.write(vec![("contact/try/county/2026/a/000002".into(), Some(withdrawal.into()))]);
    assert_eq!((shelf.list().attempts(), shelf.list().unreadable), (0, 0));
    shelf.1 = "new".into();
    shelf.tried("a", "2.24");
    assert_eq!(shelf.list().case("a").expect("a case").attempts[0].0, "000003-new");
}

#[test]
fn a_list_is_removed_only_when_the_office_has_all_of_it_and_no_interview_is_open() {
    use crate::batch::{LogHead, SignedLog};
    use crate::session::PlanRef;
    let mut shelf = Shelf::new(0, vec![case("a", None)]);
    assert!(may_remove(&shelf.list(), None));
    shelf.tried("a", "2.11");
    assert!(!may_remove(&shelf.list(), None));
    let plan = PlanRef { id: "county".into(), version: "1".into(), digest: digest("p") };
    let head = LogHead { plan, round: "2026".into(), number: 1, day: "2026-11-30".into() };
    let signed = SignedLog { digest: digest("s"), text: "x".into() };
    shelf.write(keep_log(&head, &digest("d"), &signed, &shelf.list()));
    let log = |shelf: &Shelf| log_state(&shelf.0, "county", "2026", &digest("d")).expect("a log");
    assert!(!may_remove(&shelf.list(), Some(&log(&shelf))), "it is still here alone");
    shelf.write(settle_log(&shelf.0, &log(&shelf), LogState::Received));
    assert!(may_remove(&shelf.list(), Some(&log(&shelf))));
    // One withdrawn and one written: as many as before, and not the same.
    let withdraws = Some("000001-one".into());
    shelf.attempt("a", Attempt { at: NOW.into(), withdraws, ..Attempt::default() });
    shelf.tried("a", "2.24");
    assert_eq!(shelf.list().attempts() as u64, log(&shelf).attempts);
    assert!(!may_remove(&shelf.list(), Some(&log(&shelf))));
    shelf.write(keep_log(&head, &digest("d"), &signed, &shelf.list()));
    shelf.write(settle_log(&shelf.0, &log(&shelf), LogState::Exported));
    assert!(may_remove(&shelf.list(), Some(&log(&shelf))));
    let list = shelf.list();
    shelf.write(begin(&list, list.case("a").expect("a case"), "draft"));
    assert!(!may_remove(&shelf.list(), Some(&log(&shelf))), "an interview is open");
}

#[test]
fn an_interview_that_a_full_quota_ended_is_4_8_and_one_that_the_questionnaire_ended_4_7() {
    use crate::session::Disposition::{Complete, Partial, ScreenedOut};
    assert_eq!(interview_code(ScreenedOut, 1, 1, true), "4.8");
    assert_eq!(interview_code(ScreenedOut, 1, 1, false), "4.7");
    assert_eq!(interview_code(Complete, 9, 9, false), "1.1");
    assert_eq!([interview_code(Partial, 2, 4, false), interview_code(Partial, 1, 3, false)], ["1.2", "2.12"]);
}

#[test]
fn ids_of_cases_are_fit_for_keys() {
    assert!(is_case_id("A-0017") && is_case_id("东街3号"));
    assert!(!["", "a/b", "a b", "a\nb"].into_iter().any(is_case_id) && !is_case_id(&"x".repeat(65)));
}

mod at_the_office {
    use super::*;
    use crate::batch::{LogHead, RosterEntry, VerifiedLog};
    use crate::plan::PublicKey;
    use crate::session::PlanRef;

    fn roster() -> Roster {
        let device = |letter: &str, name: &str, revoked| RosterEntry {
            device: digest(letter),
            key: PublicKey::p256("x".into(), "y".into()),
            name: name.into(),
            revoked,
        };
        let devices = vec![
            device("a", "east", false),
            device("b", "west", false),
            device("c", "gone", true),
            device("d", "idle", false),
        ];
        Roster { v: 1, plan: "county".into(), issue: 1, devices }
    }

    fn log(device: &str, number: u64) -> VerifiedLog {
        let plan = PlanRef { id: "county".into(), version: "1".into(), digest: digest("p") };
        let head = LogHead { plan, round: "2026".into(), number, day: format!("2026-11-{:02}", 20 + number) };
        VerifiedLog::for_tests(head, digest(device), digest(["1", "2", "3", "4"][number as usize - 1]))
    }

    fn holds(cases: &[(&str, &str)], days: &[(&str, &str, u64)]) -> ContactLog {
        let cases = cases.iter().map(|(id, code)| CaseStanding {
            id: (*id).into(),
            stratum: Some(if id.starts_with('w') { "west" } else { "east" }.into()),
            mode: Some("face".into()),
            outcome: Some((*code).into()),
            attempts: 1,
            ..CaseStanding::default()
        });
        let days = days.iter().map(|(day, code, count)| DayCount {
            day: (*day).into(),
            stratum: None,
            mode: "face".into(),
            outcome: (*code).into(),
            count: *count,
        });
        ContactLog { list: String::new(), cases: cases.collect(), days: days.collect() }
    }

    #[test]
    fn of_cumulative_logs_the_newest_counts_whatever_the_order() {
        let first = holds(&[("e1", "2.24"), ("e2", "3.11")], &[("2026-11-21", "2.24", 1)]);
        let second = holds(
            &[("e1", "1.1"), ("e2", "2.24")],
            &[("2026-11-21", "2.24", 1), ("2026-11-22", "1.1", 1), ("2026-11-22", "2.24", 1)],
        );
        let west = holds(&[("w1", "1.1"), ("w2", "2.11")], &[("2026-11-21", "1.1", 1), ("2026-11-21", "2.11", 1)]);
        let all = [(log("a", 1), first), (log("a", 2), second), (log("b", 1), west)];
        let mut forwards = Logs::new(&roster());
        all.iter().for_each(|(log, content)| forwards.take(log, content.clone()));
        let mut backwards = Logs::new(&roster());
        all.iter().rev().chain(&all).for_each(|(log, content)| backwards.take(log, content.clone()));
        for split in [Split::Round, Split::Stratum, Split::Mode, Split::Device, Split::Day] {
            assert_eq!(forwards.dispositions(split), backwards.dispositions(split), "{split:?}");
        }
        let whole = &forwards.dispositions(Split::Round)[0];
        assert_eq!(whole.counts, of([2, 0, 1, 1, 0, 0, 0, 0]));
        near(rate(&rates(&whole.counts, E::Estimated), "RR1"), 0.5);
        let strata: Vec<_> =
            forwards.dispositions(Split::Stratum).into_iter().map(|one| (one.name, one.counts.all())).collect();
        assert_eq!(strata, [("east".into(), 2), ("west".into(), 2)]);
        let days: Vec<_> =
            forwards.dispositions(Split::Day).into_iter().map(|one| (one.name, one.counts.all())).collect();
        assert_eq!(days, [("2026-11-21".into(), 3), ("2026-11-22".into(), 2)]);
        assert_eq!(forwards.missing(), [Missing { round: "2026".into(), device: "idle".into() }]);
        assert_eq!(forwards.newest()[0], ("2026".into(), "east".into(), 2, "2026-11-22".into()));
        assert_eq!(forwards.doubtful(), []);
    }

    #[test]
    fn a_list_that_was_removed_and_came_again_undoes_nothing_at_the_office() {
        let mut shelf = Shelf::new(0, vec![case("e1", None), case("e2", None)]);
        shelf.attempt("e1", tried("2026-11-21T09:00", "2.24"));
        shelf.attempt("e2", tried("2026-11-21T10:00", "1.1"));
        let first = log_of(&shelf.list());
        let again = shelf.list().assignment.expect("a list");
        let again = Assignment { cases: vec![case("e1", None)], at: "2026-11-30T08:00:00Z".into(), ..again };
        shelf.write(remove(&shelf.0, "county", "2026"));
        shelf.write(keep_list(&shelf.0, &again, &unsigned(&again)));
        shelf.attempt("e1", tried("2026-11-21T18:00", "2.25"));
        let mut logs = Logs::new(&roster());
        logs.take(&log("a", 1), first);
        logs.take(&log("a", 2), log_of(&shelf.list()));
        assert_eq!(logs.dispositions(Split::Day)[0].counts, of([1, 0, 0, 2, 0, 0, 0, 0]), "all three of that day");
        assert_eq!(logs.dispositions(Split::Round)[0].counts, of([1, 0, 0, 1, 0, 0, 0, 0]));
        assert_eq!(logs.dispositions(Split::Stratum)[0].name, "east");
    }

    #[test]
    fn strangers_copies_and_shared_cases_are_named() {
        let mut logs = Logs::new(&roster());
        logs.take(&log("a", 1), holds(&[("e1", "2.24")], &[]));
        logs.take(&log("b", 2), holds(&[("e1", "1.1"), ("x", "9.9")], &[]));
        logs.take(&log("c", 1), holds(&[("e7", "1.1")], &[]));
        logs.take(&log("e", 1), holds(&[("e8", "1.1")], &[]));
        let forked = VerifiedLog::for_tests(log("a", 1).head, digest("a"), digest("9"));
        logs.take(&forked, holds(&[("e1", "2.11")], &[]));
        assert_eq!(
            logs.doubtful(),
            [
                Doubtful::Unknown(digest("e")),
                Doubtful::Revoked("gone".into()),
                Doubtful::Forked { device: "east".into(), round: "2026".into(), number: 1 },
                Doubtful::Shared {
                    round: "2026".into(),
                    case: "e1".into(),
                    devices: vec!["east".into(), "west".into()]
                },
                Doubtful::UnknownOutcome { device: "west".into(), code: "9.9".into() },
            ]
        );
        assert_eq!(logs.dispositions(Split::Round)[0].counts, of([1, 0, 0, 0, 0, 0, 0, 0]), "each case once");
    }
}
