mod deadlines;
mod findings;
mod merging;

use super::*;
use crate::expression::Moment;
use crate::language::Language;
use crate::plan::Digest;

/// Somebody in an office, who writes a book.
pub(super) struct Clerk {
    pub book: Book,
    minutes: i64,
}

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn opening(name: &str) -> Opening {
    Opening {
        name: name.into(),
        title: "办事效率得分低".into(),
        source: Source::Score,
        unit: "一局".into(),
        unit_id: Some("u1".into()),
        round: Some("r1".into()),
        indicator: Some(("b1".into(), "快".into())),
        figure: None,
        suggestion: None,
    }
}

pub(super) fn planned(due: &str) -> Step {
    Step::Planned { measure: "增开窗口".into(), due: day(due), counted: None }
}

pub(super) fn replied(text: &str) -> Step {
    Step::Replied { text: text.into(), evidence: Vec::new() }
}

pub(super) fn verified(passed: bool) -> Step {
    Step::Verified { passed, text: "到窗口看过".into() }
}

pub(super) fn closed(how: Closing) -> Step {
    Step::Closed { how, text: "已办结".into() }
}

fn assigned() -> Step {
    Step::Assigned { unit: "一局".into(), post: "办公室主任".into() }
}

fn called(whom: Whom, consent: Option<&str>, outcome: Outcome) -> Step {
    Step::CalledBack { whom, consent: consent.map(str::to_owned), outcome, text: String::new() }
}

impl Clerk {
    pub fn new() -> Clerk {
        Clerk { book: Book::new("demo"), minutes: 0 }
    }

    /// Written on a day at nine, Beijing time.
    pub fn writes(&mut self, on: &str, case: Option<&Digest>, step: Step) -> Result<Entry, Refusal> {
        self.minutes += 1;
        let at = Moment { milliseconds: day(on).0 * 86_400_000 + 3_600_000 + self.minutes * 60_000, offset: 480 };
        self.book.write(case, Seat { by: "测评办 王".into(), at, day: None }, step)
    }

    pub fn opens(&mut self, name: &str) -> Digest {
        let step = Step::Opened(Box::new(opening(name)));
        self.writes("2026-11-02", None, step).unwrap().id().clone()
    }

    pub fn does(&mut self, on: &str, case: &Digest, step: Step) -> Digest {
        self.writes(on, Some(case), step).unwrap().id().clone()
    }

    /// A case that is assigned and has until the 20th.
    pub fn begins(&mut self, name: &str) -> Digest {
        let case = self.opens(name);
        self.does("2026-11-02", &case, assigned());
        self.does("2026-11-03", &case, planned("2026-11-20"));
        case
    }

    pub fn state(&self, case: &Digest) -> State {
        self.status(case).state
    }

    pub fn status(&self, case: &Digest) -> Status {
        self.book.cases().into_iter().find(|found| found.id == case).unwrap().status
    }

    fn refuses(&mut self, on: &str, case: &Digest, step: Step, words: &str) {
        let before = self.book.clone();
        let refusal = self.writes(on, Some(case), step).unwrap_err();
        assert!(refusal.to_string().contains(words), "{refusal}");
        assert!(!refusal.told(Language::Zh).is_empty());
        assert_eq!(self.book, before, "a refusal changes nothing");
    }
}

#[test]
fn a_finding_goes_from_its_opening_to_being_closed() {
    let mut clerk = Clerk::new();
    let case = clerk.opens("2026-001");
    assert_eq!(clerk.state(&case), State::Open);
    clerk.does("2026-11-02", &case, assigned());
    assert_eq!(clerk.state(&case), State::Assigned);
    clerk.does("2026-11-03", &case, planned("2026-11-20"));
    assert_eq!(clerk.state(&case), State::Underway);
    clerk.does("2026-11-18", &case, replied("加了两个窗口"));
    assert_eq!(clerk.status(&case).replied, Some(day("2026-11-18")));
    assert!(!clerk.status(&case).late);
    clerk.does("2026-11-19", &case, called(Whom::Representative, None, Outcome::Satisfied));
    clerk.does("2026-11-19", &case, verified(true));
    clerk.does("2026-11-20", &case, closed(Closing::Rectified));
    let status = clerk.status(&case);
    assert_eq!((status.state, status.closed), (State::Closed, Some((Some(Closing::Rectified), day("2026-11-20")))));
    assert!(clerk.book.notices(Language::En).is_empty());
}

#[test]
fn a_step_that_does_not_fit_is_refused_with_what_to_do() {
    let mut clerk = Clerk::new();
    let case = clerk.opens("2026-001");
    clerk.refuses("2026-11-02", &case, planned("2026-11-20"), "the case is open; assign it to a unit first");
    clerk.refuses("2026-11-02", &case, closed(Closing::Rectified), "assign it to a unit first");
    clerk.does("2026-11-02", &case, assigned());
    clerk.refuses("2026-11-02", &case, replied("x"), "set measure and deadline first");
    clerk.does("2026-11-03", &case, planned("2026-11-20"));
    clerk.refuses("2026-11-03", &case, verified(true), "wait for the unit's reply");
    let earlier = Step::Extended { due: day("2026-11-19"), reason: "雨".into(), counted: None };
    clerk.refuses("2026-11-03", &case, earlier, "later than 2026-11-20");
    clerk.refuses("2026-11-04", &case, Step::Decided { upheld: true, text: "x".into() }, "no appeal is pending");
    clerk.refuses("2026-11-04", &case, Step::Opened(Box::new(opening("2026-009"))), "open already");
    clerk.refuses("2026-11-04", &case, replied("  "), "`text` must not be empty");
    let taken = clerk.writes("2026-11-04", None, Step::Opened(Box::new(opening("2026-001"))));
    assert_eq!(taken, Err(Refusal::NameTaken("2026-001".into())));
    let seat = |day: Option<Day>, by: &str| Seat { by: by.into(), at: Moment { milliseconds: 0, offset: 480 }, day };
    let tomorrow = clerk.book.write(Some(&case), seat(Some(day("1970-01-02")), "x"), replied("x"));
    assert_eq!(tomorrow, Err(Refusal::Tomorrow("1970-01-02".into())));
    assert_eq!(clerk.book.write(Some(&case), seat(None, " "), replied("x")), Err(Refusal::Empty("by")));
}

#[test]
fn who_answered_is_called_only_with_consent() {
    let mut clerk = Clerk::new();
    let case = clerk.begins("2026-001");
    clerk.refuses("2026-11-04", &case, called(Whom::Public, None, Outcome::Satisfied), "wait for the unit's reply");
    clerk.does("2026-11-05", &case, replied("已改"));
    clerk.refuses("2026-11-06", &case, called(Whom::Respondent, None, Outcome::Satisfied), "only with consent");
    clerk.refuses("2026-11-06", &case, called(Whom::Respondent, Some(" "), Outcome::Satisfied), "only with consent");
    clerk.does("2026-11-06", &case, called(Whom::Respondent, Some("may_call"), Outcome::Dissatisfied));
    assert!(clerk.status(&case).is_disputed());
    assert_eq!(clerk.state(&case), State::Replied, "a call-back informs; it decides nothing");
}

#[test]
fn a_reply_that_is_not_true_goes_back_and_a_closed_case_can_be_reopened() {
    let mut clerk = Clerk::new();
    let case = clerk.begins("2026-001");
    clerk.does("2026-11-23", &case, replied("已改"));
    assert!(clerk.status(&case).late);
    clerk.does("2026-11-24", &case, verified(false));
    assert_eq!(clerk.state(&case), State::Underway);
    let later = Step::Extended { due: day("2026-12-01"), reason: "设备未到".into(), counted: None };
    clerk.does("2026-11-24", &case, later);
    clerk.does("2026-11-30", &case, replied("设备已装"));
    assert!(!clerk.status(&case).late, "in time for the new deadline");
    clerk.does("2026-11-30", &case, verified(true));
    clerk.does("2026-11-30", &case, closed(Closing::Rectified));
    clerk.refuses("2026-12-01", &case, replied("x"), "reopen it first");
    clerk.does("2026-12-02", &case, called(Whom::Public, None, Outcome::Dissatisfied));
    clerk.does("2026-12-02", &case, Step::Reopened { reason: "回访不满意".into() });
    let status = clerk.status(&case);
    assert_eq!((status.state, status.due, status.reopened), (State::Assigned, None, 1));
    assert_eq!(status.unit.as_deref(), Some("一局"));
}

#[test]
fn a_unit_may_appeal_and_a_pending_appeal_keeps_the_case_open() {
    let mut clerk = Clerk::new();
    let appeal =
        || Step::Appealed { text: "该项不属我局".into(), evidence: Vec::new(), due: Some(day("2026-11-13")) };
    let decision = |upheld| Step::Decided { upheld, text: "经查".into() };
    let rejected = clerk.begins("2026-001");
    clerk.does("2026-11-04", &rejected, appeal());
    clerk.refuses("2026-11-04", &rejected, appeal(), "an appeal is pending");
    clerk.does("2026-11-05", &rejected, replied("已改"));
    clerk.does("2026-11-05", &rejected, verified(true));
    clerk.refuses("2026-11-05", &rejected, closed(Closing::Rectified), "decide it first");
    clerk.does("2026-11-06", &rejected, decision(false));
    assert_eq!(clerk.state(&rejected), State::Verified);
    let upheld = clerk.begins("2026-002");
    clerk.does("2026-11-04", &upheld, appeal());
    clerk.does("2026-11-06", &upheld, decision(true));
    let status = clerk.status(&upheld);
    assert_eq!((status.state, status.upheld, status.closed), (State::Closed, true, Some((None, day("2026-11-06")))));
}

#[test]
fn what_was_wrong_is_corrected_by_a_later_entry_and_stays_to_be_read() {
    let mut clerk = Clerk::new();
    let case = clerk.begins("2026-001");
    let plan = clerk.book.case("2026-001").unwrap().lines[2].entry.id().clone();
    let reply = clerk.does("2026-11-16", &case, replied("已该"));
    let correct = |entry: &Digest, step: Option<Step>| Step::Corrected {
        entry: entry.clone(),
        reason: "写错".into(),
        step: step.map(Box::new),
    };
    // The reply rests on the deadline.
    clerk.refuses("2026-11-16", &case, correct(&plan, None), "would lose its ground");
    clerk.refuses("2026-11-16", &case, correct(&plan, Some(replied("x"))), "of another kind");
    clerk.refuses("2026-11-16", &case, correct(&Digest("x".repeat(43)), None), "nothing to correct");
    clerk.does("2026-11-16", &case, correct(&plan, Some(planned("2026-11-13"))));
    assert_eq!(clerk.status(&case).due, Some(day("2026-11-13")));
    assert!(clerk.status(&case).late, "by the deadline that should have stood there");
    let fixed = clerk.does("2026-11-17", &case, correct(&reply, Some(replied("已改"))));
    clerk.refuses("2026-11-17", &case, correct(&fixed, None), "a correction itself");
    let found = clerk.book.case("2026-001").unwrap();
    let line = &found.lines[3];
    assert_eq!((line.entry.step(), line.step), (&replied("已该"), &replied("已改")));
    assert!(matches!(line.standing, Standing::Corrected(by) if *by.id() == fixed));
    // Withdrawn, and brought back by another correction: the last one counts.
    clerk.does("2026-11-18", &case, correct(&reply, None));
    assert_eq!(clerk.state(&case), State::Underway);
    clerk.does("2026-11-18", &case, correct(&reply, Some(replied("已改"))));
    assert_eq!(clerk.state(&case), State::Replied);
    assert_eq!(clerk.book.case("2026-001").unwrap().lines.len(), 8, "nothing is removed");
}

#[test]
fn an_opening_by_mistake_is_withdrawn_while_nothing_rests_on_it() {
    let mut clerk = Clerk::new();
    let case = clerk.opens("2026-001");
    let withdraw = || Step::Corrected { entry: case.clone(), reason: "重复".into(), step: None };
    let assignment = clerk.does("2026-11-02", &case, assigned());
    clerk.refuses("2026-11-02", &case, withdraw(), "would lose its ground");
    clerk.does("2026-11-02", &case, Step::Corrected { entry: assignment, reason: "重复".into(), step: None });
    clerk.does("2026-11-02", &case, withdraw());
    assert_eq!(clerk.state(&case), State::Void);
    assert!(!clerk.book.case("2026-001").unwrap().is_running());
    // A wrong name is mended the same way, and no other case may have the new one.
    let other = clerk.opens("2026-002");
    let rename = |name: &str| Step::Corrected {
        entry: other.clone(),
        reason: "编号".into(),
        step: Some(Box::new(Step::Opened(Box::new(opening(name))))),
    };
    let taken = clerk.writes("2026-11-03", Some(&other), rename("2026-001"));
    assert_eq!(taken, Err(Refusal::NameTaken("2026-001".into())));
    clerk.does("2026-11-03", &other, rename("2026-003"));
    assert_eq!(clerk.book.case("2026-003").unwrap().id, &other);
    assert_eq!(clerk.book.next_name(2026), "2026-004");
    assert_eq!(clerk.book.next_name(2027), "2027-001");
}

#[test]
fn the_steps_that_are_offered_are_those_that_fit() {
    let mut clerk = Clerk::new();
    let case = clerk.opens("2026-001");
    let walk = [assigned(), planned("2026-11-20"), replied("x"), verified(true), closed(Closing::Rectified)];
    for step in walk {
        assert!(clerk.status(&case).next_steps().contains(&step.kind()), "{}", step.kind());
        clerk.does("2026-11-03", &case, step);
    }
    assert_eq!(clerk.status(&case).next_steps(), ["reopened", "called_back"]);
}

#[test]
fn cases_and_entries_are_found_by_name_or_by_the_beginning_of_their_id() {
    let mut clerk = Clerk::new();
    let case = clerk.begins("2026-001");
    assert_eq!(clerk.book.case(&case.as_str()[..8]).unwrap().id, &case);
    assert!(clerk.book.case(&case.as_str()[..3]).is_err(), "too short to be meant");
    assert!(clerk.book.case("").is_err());
    let found = clerk.book.case("2026-001").unwrap();
    let entry = found.lines[1].entry.id();
    assert_eq!(found.entry(&entry.as_str()[..6]).unwrap().id(), entry);
    assert!(found.entry("").is_err() && found.entry("zzzzzz").is_err());
}
