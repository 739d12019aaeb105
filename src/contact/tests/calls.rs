//! Who is called next, and what can be dialled.

use super::*;
use crate::plan::Mode;

/// 2026-11-30 is a Monday.
const MONDAY: &str = "2026-11-30T10:00";

fn called(id: &str) -> Case {
    Case { phone: Some("010-12345678".into()), ..case(id, None) }
}

fn shelf(ids: &[&str]) -> Shelf {
    Shelf::new(0, ids.iter().map(|id| called(id)).collect())
}

impl Shelf {
    fn call(&mut self, case: &str, at: &str, code: &str) {
        self.attempt(case, Attempt { mode: "phone".into(), ..tried(at, code) });
    }

    fn agreed(&mut self, case: &str, at: &str, call_back: &str) {
        self.attempt(case, Attempt { call_back: Some(call_back.into()), ..tried(at, "2.35") });
    }

    /// Ids of those to call at a moment, each with why; then of those that wait, with from when.
    fn queue(&self, now: &str) -> (Vec<(String, Turn)>, Vec<(String, String)>, usize) {
        let list = list(&self.0, "county", "2026", now);
        let queue = queue(&list, now, |_| true);
        let id = |at: usize| list.cases[at].case.id.clone();
        (
            queue.ready.into_iter().map(|(at, turn)| (id(at), turn)).collect(),
            queue.waiting.into_iter().map(|(at, from)| (id(at), from)).collect(),
            queue.out,
        )
    }

    fn ready(&self, now: &str) -> Vec<String> {
        self.queue(now).0.into_iter().map(|(id, _)| id).collect()
    }
}

#[test]
fn what_was_agreed_comes_first_then_who_was_never_called_then_who_was_missed() {
    let mut shelf = shelf(&["missed", "never", "due-late", "due-early", "later", "done", "other-never"]);
    shelf.call("missed", "2026-11-27T19:00", "3.13");
    shelf.agreed("due-late", "2026-11-27T10:00", "2026-11-30T09:45");
    shelf.agreed("due-early", "2026-11-27T10:00", "2026-11-30T09:00");
    shelf.agreed("later", "2026-11-27T10:00", "2026-11-30T18:30");
    shelf.call("done", "2026-11-27T10:00", "2.11");
    let (ready, waiting, out) = shelf.queue(MONDAY);
    let wanted = [
        ("due-early", Turn::Due),
        ("due-late", Turn::Due),
        ("never", Turn::Never),
        ("other-never", Turn::Never),
        ("missed", Turn::OtherTime),
    ];
    assert_eq!(ready, wanted.map(|(id, turn)| (id.to_owned(), turn)));
    assert_eq!(waiting, [("later".to_owned(), "2026-11-30T18:30".to_owned())]);
    assert_eq!(out, 1);
}

#[test]
fn who_was_missed_is_called_not_too_soon_and_at_another_time_of_day() {
    let mut shelf = shelf(&["a"]);
    shelf.call("a", "2026-11-30T09:00", "3.13");
    let from = |now: &str| shelf.queue(now).1.first().map(|(_, from)| from.clone());
    // Three hours at least.
    assert_eq!(from("2026-11-30T09:00"), Some("2026-11-30T12:00".into()));
    assert_eq!(from("2026-11-30T11:59"), Some("2026-11-30T12:00".into()));
    assert_eq!(shelf.queue("2026-11-30T12:00").0, [("a".to_owned(), Turn::OtherTime)]);
    shelf.call("a", "2026-11-30T13:00", "3.13");
    // The afternoon was tried: in the evening.
    assert_eq!(shelf.queue("2026-11-30T16:30").1, [("a".to_owned(), "2026-11-30T18:00".to_owned())]);
    assert_eq!(shelf.ready("2026-11-30T18:00"), ["a"]);
    shelf.call("a", "2026-11-30T18:00", "3.13");
    // All times of a working day were tried: on another day, at any.
    assert_eq!(shelf.queue("2026-11-30T22:00").1, [("a".to_owned(), "2026-12-01T08:00".to_owned())]);
    assert_eq!(shelf.queue("2026-12-01T08:00").0, [("a".to_owned(), Turn::OtherDay)]);
    // The weekend is a time of its own.
    assert_eq!(shelf.queue("2026-12-05T10:00").0, [("a".to_owned(), Turn::OtherTime)]);
}

#[test]
fn a_busy_line_is_called_again_after_half_an_hour() {
    let mut shelf = shelf(&["a"]);
    shelf.call("a", "2026-11-30T09:00", "3.12");
    assert_eq!(shelf.queue("2026-11-30T09:29").1, [("a".to_owned(), "2026-11-30T09:30".to_owned())]);
    assert_eq!(shelf.ready("2026-11-30T09:30"), ["a"]);
}

#[test]
fn a_pause_reaches_over_midnight_and_into_another_year() {
    let mut shelf = shelf(&["a"]);
    shelf.call("a", "2026-12-31T22:30", "3.13");
    assert_eq!(shelf.queue("2026-12-31T23:00").1, [("a".to_owned(), "2027-01-01T01:30".to_owned())]);
    // A clock that was put back by a day holds nobody up.
    assert_eq!(shelf.queue("2026-12-30T10:00").0, [("a".to_owned(), Turn::OtherTime)]);
}

#[test]
fn of_those_who_were_missed_the_one_with_the_fewest_calls_comes_first() {
    let mut shelf = shelf(&["twice", "once-late", "once-early"]);
    shelf.call("twice", "2026-11-26T15:00", "3.13");
    shelf.call("twice", "2026-11-27T15:00", "3.13");
    shelf.call("once-late", "2026-11-27T16:00", "3.13");
    shelf.call("once-early", "2026-11-26T16:00", "3.13");
    assert_eq!(shelf.ready(MONDAY), ["once-early", "once-late", "twice"]);
}

#[test]
fn who_reached_the_most_calls_who_ended_and_who_has_no_number_is_not_called() {
    let nobody = Case { phone: None, ..case("no-number", None) };
    let unusable = Case { phone: Some("ask at the gate".into()), ..case("no-digits", None) };
    let substitute = Case { substitute_for: Some("spent".into()), ..called("substitute") };
    let mut shelf = Shelf::new(2, vec![called("spent"), nobody, unusable, substitute]);
    assert_eq!(shelf.ready(MONDAY), ["spent"]);
    assert_eq!(shelf.queue(MONDAY).2, 1, "the substitute waits for its turn");
    shelf.call("spent", "2026-11-26T10:00", "3.13");
    shelf.call("spent", "2026-11-27T15:00", "3.13");
    assert_eq!(shelf.ready(MONDAY), ["substitute"]);
    // What was agreed is kept all the same.
    shelf.agreed("spent", "2026-11-27T16:00", "2026-11-30T09:00");
    assert_eq!(shelf.ready(MONDAY), ["spent"]);
}

#[test]
fn an_open_interview_is_gone_on_with_before_another_call() {
    let mut shelf = shelf(&["a", "b"]);
    let list = shelf.list();
    let changes = begin(&list, list.case("b").expect("a case"), "draft");
    shelf.write(changes);
    assert_eq!(shelf.queue(MONDAY).0[0], ("b".to_owned(), Turn::Open));
    // Half way a moment is agreed: the interview waits for it and stays that of the case.
    shelf.agreed("b", MONDAY, "2026-12-01T18:00");
    let (ready, waiting, _) = shelf.queue("2026-11-30T10:01");
    assert_eq!(ready, [("a".to_owned(), Turn::Never)]);
    assert_eq!(waiting, [("b".to_owned(), "2026-12-01T18:00".to_owned())]);
    assert_eq!(shelf.list().case("b").expect("a case").draft.as_deref(), Some("draft"));
    assert_eq!(shelf.queue("2026-12-01T18:00").0[0], ("b".to_owned(), Turn::Open));
    // Nobody answers then: again in half an hour, however often it was tried.
    shelf.call("b", "2026-12-01T18:00", "3.13");
    assert_eq!(shelf.queue("2026-12-01T18:29").1, [("b".to_owned(), "2026-12-01T18:30".to_owned())]);
    assert_eq!(shelf.queue("2026-12-01T18:30").0[0], ("b".to_owned(), Turn::Open));
}

#[test]
fn who_is_not_asked_by_telephone_is_not_called_and_is_counted() {
    let mut shelf =
        Shelf::new(0, vec![Case { stratum: Some("rural".into()), ..called("a") }, called("b"), called("c")]);
    let by_phone = |case: &Case| case.stratum.as_deref() != Some("rural");
    let list = shelf.list();
    let found = queue(&list, MONDAY, by_phone);
    assert_eq!((found.ready, found.unasked, found.out), (vec![(1, Turn::Never), (2, Turn::Never)], 1, 0));
    // What was begun all the same is finished.
    let changes = begin(&list, list.case("a").expect("a case"), "draft");
    shelf.write(changes);
    let found = queue(&shelf.list(), MONDAY, by_phone);
    assert_eq!((found.ready[0], found.unasked), ((0, Turn::Open), 0));
}

#[test]
fn the_next_call_leaves_out_what_was_put_off_until_nothing_else_is_left_and_never_takes_anothers() {
    let shelf = shelf(&["a", "b", "c"]);
    let list = shelf.list();
    let queue = queue(&list, MONDAY, |_| true);
    let next = |passed: &[&str], taken: &[&str]| {
        let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        queue.next(&list, &owned(passed), &owned(taken)).map(|at| list.cases[at].case.id.clone())
    };
    assert_eq!(next(&[], &[]).as_deref(), Some("a"));
    assert_eq!(next(&["a"], &[]).as_deref(), Some("b"));
    assert_eq!(next(&["a"], &["b"]).as_deref(), Some("c"));
    assert_eq!(next(&["a", "c"], &["b"]).as_deref(), Some("a"));
    assert_eq!(next(&[], &["a", "b", "c"]), None);
}

#[test]
fn numbers_are_dialled_as_they_are_meant() {
    let tel = |cell: &str| numbers(cell).into_iter().map(|number| number.tel.unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(tel("010-12345678"), ["tel:01012345678"]);
    assert_eq!(tel("+86 (10) 1234 5678"), ["tel:+861012345678"]);
    assert_eq!(tel("010-12345678转801"), ["tel:01012345678;ext=801"]);
    assert_eq!(tel("020 7946 0000 ext. 12"), ["tel:02079460000;ext=12"]);
    assert_eq!(tel("13800000000 / 010-12345678"), ["tel:13800000000", "tel:01012345678"]);
    assert_eq!(tel("１３８０００００００１、無"), ["tel:13800000001"]);
    assert_eq!(tel("010-1234567/8"), ["tel:0101234567"], "what is too short to be a number is none");
    assert_eq!(tel("none"), Vec::<String>::new());
    assert_eq!(numbers(" 010-12345678 ")[0].said, "010-12345678");
    // Whole numbers beside each other are several; the parts of one are one.
    let two = ["tel:13800000000", "tel:13900000000"];
    assert_eq!(tel("13800000000 13900000000"), two);
    assert_eq!(tel("13800000000 或 13900000000"), two);
    assert_eq!(tel("010 12345678　13900000000"), ["tel:01012345678", "tel:13900000000"]);
    assert_eq!(tel("138 0000 0000"), ["tel:13800000000"]);
    // What is said of it is not dialled.
    assert_eq!(tel("13800000000（2单元）"), ["tel:13800000000"]);
    assert_eq!(tel("家13800000000"), ["tel:13800000000"]);
    assert_eq!(tel("010-12345678（转801）"), ["tel:01012345678;ext=801"]);
    assert_eq!(tel("010-12345678 分机号 801"), ["tel:01012345678;ext=801"]);
    // Where it cannot be told what to dial, it is read and not dialled.
    for doubtful in
        ["13800000000 2单元3号", "138 0000 0000 139 0000 0000", "13800000000 or 13900000000x", "转801 12345678x9 10y11"]
    {
        let found = numbers(doubtful);
        assert!(!found.is_empty() && found.iter().any(|number| number.tel.is_none()), "{doubtful}: {found:?}");
    }
    // Letters whose lower case takes other places than they do.
    assert_eq!(tel("İK\u{212A}x12345678"), ["tel:12345678"]);
}

#[test]
fn every_outcome_of_a_call_has_a_key_of_its_own() {
    let mut codes: Vec<&str> = CALL_KEYS.iter().map(|(_, code)| *code).collect();
    let mut wanted: Vec<&str> = by_hand(Mode::Phone).map(|one| one.code).collect();
    codes.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(codes, wanted);
    let mut keys: Vec<char> = CALL_KEYS.iter().map(|(key, _)| *key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), CALL_KEYS.len());
    // These mean something else on the desk.
    assert!(keys.iter().all(|key| !"sanu".contains(*key)));
}
