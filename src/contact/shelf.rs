//! What a device keeps of its contacts: entries `contact/<what>/<plan>/<round>…`, with ids of plan, round and case.
//!
//! | entry | what | changed |
//! |---|---|---|
//! | `contact/list/<plan>/<round>` | the office's list, as signed | by a newer one |
//! | `contact/try/<plan>/<round>/<case>/<number>-<mark>` | an attempt | never; a later one withdraws it |
//! | `contact/pick/<plan>/<round>/<case>` | who was chosen in the household | by another choice |
//! | `contact/open/<plan>/<round>/<case>` | the draft of the interview that is open | gone in the step that seals it |
//! | `contact/log/<plan>/<round>/<device>` | the newest log that was made for the office, and how far it is | by the next |
//! | `contact/gone/<plan>/<round>` | how many attempts there were when the list was removed | by the next removal |
//!
//! The mark is random, so that what two devices wrote at one case stands beside each other where their rescue files meet. The names
//! of the first editions of this format have none. When a list is removed its attempts stay, without their notes: each log is to
//! hold what those before it held, also where a case comes on a list again.

use super::case::state_of;
use super::{Attempt, Counts, Outcome, Pick, State, final_outcome, outcome};
use crate::batch::{Assignment, Case, CaseStanding, ContactLog, DayCount, read_assignment};
use crate::named::Named;
use crate::outbox::{Changes, View};

/// What every key begins with.
pub const CONTACT: &str = "contact/";
pub const LIST: &str = "contact/list/";
const TRY: &str = "contact/try/";
const PICK: &str = "contact/pick/";
pub const OPEN: &str = "contact/open/";
pub const LOG: &str = "contact/log/";
const GONE: &str = "contact/gone/";

pub(super) fn key(kind: &str, parts: &[&str]) -> String {
    [kind, &parts.join("/")].concat()
}

/// One case with what is known of it here.
#[derive(Clone, Debug, PartialEq)]
pub struct OnList {
    pub case: Case,
    /// The name of the entry and the attempt, withdrawn ones left out.
    pub attempts: Vec<(String, Attempt)>,
    pub pick: Option<Pick>,
    /// Id of the draft that is open.
    pub draft: Option<String>,
    pub state: State,
    /// The number that the next entry gets.
    next: u64,
}

impl OnList {
    /// What stands: the attempt that decides.
    pub fn decided(&self) -> Option<&Attempt> {
        let attempts: Vec<&Attempt> = self.attempts.iter().map(|(_, attempt)| attempt).collect();
        final_outcome(&attempts)
    }

    /// How the case counts now; None: a substitute that is not in use.
    pub fn outcome(&self) -> Option<&'static Outcome> {
        match self.decided().and_then(Attempt::known) {
            None if self.state == State::Locked => None,
            None => outcome("3.11"),
            known => known,
        }
    }

    /// When to come again, as agreed last.
    pub fn call_back(&self) -> Option<&str> {
        self.attempts.last()?.1.call_back.as_deref()
    }

    fn lost(&self) -> bool {
        match self.state {
            State::Spent => true,
            State::Done => !self.decided().is_some_and(|attempt| ["1.1", "1.2"].contains(&attempt.outcome.as_str())),
            _ => false,
        }
    }
}

/// The list of one round, with what was done here. Cases of which attempts are here and no list (they came with another
/// device's rescue file) stand at its end.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    pub plan: String,
    pub round: String,
    /// Without its cases. None: only attempts are here.
    pub assignment: Option<Assignment>,
    pub cases: Vec<OnList>,
    /// Entries that cannot be read. They stay as they are and are in no number.
    pub unreadable: usize,
    /// All entries of attempts, also those that withdraw another and those that were withdrawn: their number only grows.
    pub entries: usize,
}

impl List {
    pub fn case(&self, id: &str) -> Option<&OnList> {
        self.cases.iter().find(|found| found.case.id == id)
    }

    /// All cases in use, by the class of what stands.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.cases.iter().filter_map(OnList::outcome).for_each(|outcome| counts.add(outcome.class));
        counts
    }

    /// Attempts that count.
    pub fn attempts(&self) -> usize {
        self.cases.iter().map(|found| found.attempts.len()).sum()
    }
}

/// Rounds of a plan of which anything is here.
pub fn lists(view: &impl View, plan: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for kind in [LIST, TRY] {
        let prefix = key(kind, &[plan, ""]);
        view.each(&prefix, &mut |key, _| {
            let round = key[prefix.len()..].split('/').next().unwrap_or("").to_owned();
            if !found.contains(&round) {
                found.push(round);
            }
        });
    }
    found.sort();
    // Of a list that was removed attempts are left. Others can have come since, with a rescue file.
    found.retain(|round| {
        let gone = view.body(&key(GONE, &[plan, round])).and_then(|count| count.parse().ok());
        view.body(&key(LIST, &[plan, round])).is_some() || gone.is_none_or(|gone| tries(view, plan, round) > gone)
    });
    found
}

fn tries(view: &impl View, plan: &str, round: &str) -> usize {
    let mut count = 0;
    view.each(&key(TRY, &[plan, round, ""]), &mut |_, _| count += 1);
    count
}

/// The number that the name of an entry begins with.
fn number_of(name: &str) -> Option<u64> {
    name.split_once('-').map_or(name, |(number, _)| number).parse().ok()
}

/// The list of a round as it stands at `now` (`YYYY-MM-DDThh:mm` where the device is).
pub fn list(view: &impl View, plan: &str, round: &str, now: &str) -> List {
    let mut unreadable = 0;
    let kept = view.body(&key(LIST, &[plan, round]));
    let mut assignment = kept.and_then(|text| read_assignment(&text).map_err(|_| unreadable += 1).ok());
    let mut entries = 0;
    let mut tries: Named<Vec<(String, Option<Attempt>)>> = Named::new();
    let prefix = key(TRY, &[plan, round, ""]);
    view.each(&prefix, &mut |key, text| {
        let Some((case, name)) = key[prefix.len()..].rsplit_once('/') else { return };
        if number_of(name).is_none() {
            return;
        }
        let attempt = Attempt::parse(text);
        entries += 1;
        unreadable += usize::from(attempt.is_none());
        tries.get_or_insert_with(case, Vec::new).push((name.to_owned(), attempt));
    });
    let mut cases = assignment.as_mut().map(|list| std::mem::take(&mut list.cases)).unwrap_or_default();
    for (id, attempts) in &tries {
        if !cases.iter().any(|case| case.id == *id) {
            let last = attempts.iter().rev().find_map(|(_, attempt)| attempt.as_ref());
            let (stratum, group) = last.map(|last| (last.stratum.clone(), last.group.clone())).unwrap_or_default();
            cases.push(Case { id: id.clone(), label: id.clone(), stratum, group, ..Case::default() });
        }
    }
    let most = assignment.as_ref().map_or(0, |list| list.attempts);
    let found = cases.into_iter().map(|case| {
        let all = tries.get(&case.id).map_or(&[][..], Vec::as_slice);
        let withdrawn: Vec<&String> =
            all.iter().filter_map(|(_, attempt)| attempt.as_ref()?.withdraws.as_ref()).collect();
        let attempts: Vec<(String, Attempt)> = all
            .iter()
            .filter(|(name, _)| !withdrawn.contains(&name))
            .filter_map(|(name, attempt)| Some((name.clone(), attempt.clone()?)))
            .filter(|(_, attempt)| attempt.withdraws.is_none())
            .collect();
        let pick = view.body(&key(PICK, &[plan, round, &case.id])).and_then(|text| {
            let (household, selected) = text.split_once(' ')?;
            Some(Pick { household: household.parse().ok()?, selected: selected.parse().ok()? })
        });
        let draft = view.body(&key(OPEN, &[plan, round, &case.id]));
        let flat: Vec<&Attempt> = attempts.iter().map(|(_, attempt)| attempt).collect();
        let state = state_of(&flat, most, draft.is_some(), now);
        let next = all.iter().filter_map(|(name, _)| number_of(name)).max().unwrap_or(0) + 1;
        OnList { case, attempts, pick, draft, state, next }
    });
    let mut cases: Vec<OnList> = found.collect();
    lock(&mut cases);
    List { plan: plan.to_owned(), round: round.to_owned(), assignment, cases, unreadable, entries }
}

/// A substitute may be used once the case in whose place it stands is lost, and every substitute before it. One that was
/// tried all the same is shown as it is.
fn lock(cases: &mut [OnList]) {
    let lost: Vec<(String, Option<String>, bool)> =
        cases.iter().map(|one| (one.case.id.clone(), one.case.substitute_for.clone(), one.lost())).collect();
    for at in 0..cases.len() {
        let Some(original) = &lost[at].1 else { continue };
        let before = lost[..at].iter().filter(|other| other.1.as_ref() == Some(original));
        let first = lost.iter().find(|other| other.0 == *original);
        let free = first.is_some_and(|first| first.2) && before.clone().all(|other| other.2);
        let one = &mut cases[at];
        if !free && one.attempts.is_empty() && one.draft.is_none() {
            one.state = State::Locked;
        }
    }
}

/// Keeps a verified list, if none that is as new is kept.
pub fn keep_list(view: &impl View, assignment: &Assignment, text: &str) -> Changes {
    let key = key(LIST, &[&assignment.plan, &assignment.round]);
    let kept = view.body(&key).and_then(|kept| read_assignment(&kept).ok());
    match kept.is_some_and(|kept| kept.at >= assignment.at) {
        true => Changes::new(),
        false => vec![(key, Some(text.trim().to_owned()))],
    }
}

/// One more entry of a case. Numbers are as wide as their order needs; `mark`: random letters, which no other device has.
pub fn record(list: &List, case: &OnList, attempt: &Attempt, mark: &str) -> Changes {
    let number = format!("{:06}", case.next);
    let name = if mark.is_empty() { number } else { [&number, "-", mark].concat() };
    vec![(key(TRY, &[&list.plan, &list.round, &case.case.id, &name]), Some(attempt.encode()))]
}

/// Writes down who was chosen.
pub fn choose(list: &List, case: &OnList, pick: Pick) -> Changes {
    let body = [pick.household.to_string(), pick.selected.to_string()].join(" ");
    vec![(key(PICK, &[&list.plan, &list.round, &case.case.id]), Some(body))]
}

/// An interview of the case is open from now on.
pub fn begin(list: &List, case: &OnList, draft: &str) -> Changes {
    vec![(key(OPEN, &[&list.plan, &list.round, &case.case.id]), Some(draft.to_owned()))]
}

/// Round and case of an open interview of this plan.
pub fn case_of(view: &impl View, plan: &str, draft: &str) -> Option<(String, String)> {
    let prefix = key(OPEN, &[plan, ""]);
    let mut found = None;
    view.each(&prefix, &mut |key, body| {
        if body == draft {
            found = key[prefix.len()..].split_once('/').map(|(round, case)| (round.to_owned(), case.to_owned()));
        }
    });
    found
}

/// Whether the entry is an office's list, or an attempt.
pub fn is_list(key: &str) -> bool {
    key.starts_with(LIST)
}

pub fn is_try(key: &str) -> bool {
    key.starts_with(TRY)
}

/// The entry, of whatever plan, that joins this draft with its case.
pub fn open_of(view: &impl View, draft: &str) -> Option<String> {
    let mut found = None;
    view.each(OPEN, &mut |key, body| {
        if body == draft {
            found = Some(key.to_owned());
        }
    });
    found
}

/// The interview of the case has ended: in the step that seals or discards it. `attempt`: how, where it counts as one.
pub fn end(list: &List, case: &OnList, attempt: Option<&Attempt>, mark: &str) -> Changes {
    let mut changes = attempt.map(|attempt| record(list, case, attempt, mark)).unwrap_or_default();
    changes.push((key(OPEN, &[&list.plan, &list.round, &case.case.id]), None));
    changes
}

/// What the office gets: each case as it stands, and each day's attempts. No case has a day.
pub fn log_of(list: &List) -> ContactLog {
    let mut cases: Vec<CaseStanding> = list
        .cases
        .iter()
        .map(|found| CaseStanding {
            id: found.case.id.clone(),
            stratum: found.case.stratum.clone(),
            group: found.case.group.clone(),
            mode: found.decided().map(|attempt| attempt.mode.clone()),
            outcome: found.outcome().map(|outcome| outcome.code.to_owned()),
            attempts: found.attempts.len() as u64,
            substitute_for: found.case.substitute_for.clone(),
            household: found.pick.map_or(0, |pick| pick.household),
            selected: found.pick.map_or(0, |pick| pick.selected),
        })
        .collect();
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    let mut days: Vec<DayCount> = Vec::new();
    for found in &list.cases {
        for (_, attempt) in &found.attempts {
            let day = DayCount {
                day: attempt.day().to_owned(),
                stratum: found.case.stratum.clone(),
                mode: attempt.mode.clone(),
                outcome: attempt.outcome.clone(),
                count: 1,
            };
            match days.iter_mut().find(|known| DayCount { count: 1, ..(**known).clone() } == day) {
                Some(known) => known.count += 1,
                None => days.push(day),
            }
        }
    }
    days.sort();
    let list = list.assignment.as_ref().map_or(String::new(), |list| list.at.clone());
    ContactLog { list, cases, days }
}

/// Keys of lists and attempts that cannot be read.
pub fn unreadable(view: &impl View) -> Vec<String> {
    let mut found = Vec::new();
    view.each(LIST, &mut |key, text| {
        if read_assignment(text).is_err() {
            found.push(key.to_owned());
        }
    });
    view.each(TRY, &mut |key, text| {
        if Attempt::parse(text).is_none() {
            found.push(key.to_owned());
        }
    });
    found
}

/// Whether an entry `contact/…` goes into a rescue file. The list is personal data, logs are of one device, and what joins drafts
/// with cases would name records. What was taken out here says nothing about another device. What was done at each case goes along.
pub fn goes_along(key: &str, body: Option<&str>) -> bool {
    body.is_some() && ![LIST, LOG, OPEN, GONE].iter().any(|kind| key.starts_with(kind))
}

/// The list of a plan and round, when the office has what was done of it: names, addresses and telephones, and the notes at the
/// attempts. The attempts and the number of the last log stay for the next one.
pub fn remove(view: &impl View, plan: &str, round: &str) -> Changes {
    let mut changes = Changes::new();
    for kind in [LIST, OPEN] {
        let exact = key(kind, &[plan, round]);
        let below = [&exact, "/"].concat();
        view.each(&exact, &mut |key, _| {
            if key == exact || key.starts_with(&below) {
                changes.push((key.to_owned(), None));
            }
        });
    }
    let mut left = 0;
    view.each(&key(TRY, &[plan, round, ""]), &mut |key, text| match Attempt::parse(text) {
        Some(attempt) => {
            left += 1;
            if attempt.note.is_some() {
                changes.push((key.to_owned(), Some(Attempt { note: None, ..attempt }.encode())));
            }
        }
        // Nobody can tell what is in it.
        None => changes.push((key.to_owned(), None)),
    });
    if left > 0 {
        changes.push((key(GONE, &[plan, round]), Some(left.to_string())));
    }
    changes
}
