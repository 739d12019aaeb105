use super::step::names;
use super::{Closing, Day, Outcome, Step, Whom};
use crate::language::{Language, Words};

names! {
    /// How far a case is.
    State {
        /// No unit is responsible yet
        Open = "open", "待交办", "open";
        /// A unit is responsible, without a deadline
        Assigned = "assigned", "已交办", "assigned";
        /// A deadline runs
        Underway = "underway", "整改中", "underway";
        /// The unit has replied
        Replied = "replied", "待核查", "replied";
        /// The reply was found true
        Verified = "verified", "待销号", "verified";
        Closed = "closed", "已销号", "closed";
        /// Opened by mistake
        Void = "void", "作废", "void";
    }
}

/// What the entries of a case add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub state: State,
    pub unit: Option<String>,
    pub post: Option<String>,
    pub measure: Option<String>,
    pub due: Option<Day>,
    pub extensions: u32,
    /// Day of the last reply since the deadline was set.
    pub replied: Option<Day>,
    /// That reply came after the deadline.
    pub late: bool,
    /// An appeal that is not decided, and until when it is to be.
    pub appeal: Option<Option<Day>>,
    /// An appeal was upheld.
    pub upheld: bool,
    pub called: Option<(Whom, Outcome)>,
    /// How and when it was closed.
    pub closed: Option<(Option<Closing>, Day)>,
    pub reopened: u32,
}

/// Why an entry does not fit where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// What the case is instead.
    State(State),
    /// A second opening, or none before.
    Opening,
    /// The extension is not later than the deadline that there was.
    NotLater(Day),
    AppealPending,
    NoAppeal,
    /// The corrected entry is not there, or is itself a correction.
    NothingToCorrect,
    /// The correction is a step of another kind.
    OtherKind,
}

impl Status {
    pub(super) fn new() -> Status {
        Status {
            state: State::Void,
            unit: None,
            post: None,
            measure: None,
            due: None,
            extensions: 0,
            replied: None,
            late: false,
            appeal: None,
            upheld: false,
            called: None,
            closed: None,
            reopened: 0,
        }
    }

    /// What it is after one more step. A step that does not fit changes nothing.
    pub(super) fn advance(&mut self, step: &Step, day: Day) -> Result<(), Misfit> {
        use State::{Assigned, Closed, Open, Replied, Underway, Verified, Void};
        let wants = |fitting: &[State]| match fitting.contains(&self.state) {
            true => Ok(()),
            false => Err(Misfit::State(self.state)),
        };
        match step {
            Step::Opened(_) if self.state != Void => return Err(Misfit::Opening),
            Step::Opened(_) => self.state = Open,
            Step::Assigned { unit, post } => {
                wants(&[Open, Assigned, Underway, Replied, Verified])?;
                (self.unit, self.post) = (Some(unit.clone()), Some(post.clone()));
                if self.state == Open {
                    self.state = Assigned;
                }
            }
            Step::Planned { measure, due, .. } => {
                wants(&[Assigned])?;
                (self.measure, self.due, self.state) = (Some(measure.clone()), Some(*due), Underway);
            }
            Step::Extended { due, .. } => {
                wants(&[Underway])?;
                if let Some(before) = self.due.filter(|before| before >= due) {
                    return Err(Misfit::NotLater(before));
                }
                self.due = Some(*due);
                self.extensions += 1;
            }
            Step::Replied { .. } => {
                wants(&[Underway, Replied])?;
                (self.state, self.replied) = (Replied, Some(day));
                self.late = self.due.is_some_and(|due| day > due);
            }
            Step::CalledBack { whom, outcome, .. } => {
                wants(&[Replied, Verified, Closed])?;
                self.called = Some((*whom, *outcome));
            }
            Step::Verified { passed, .. } => {
                wants(&[Replied])?;
                self.state = if *passed { Verified } else { Underway };
                if !passed {
                    self.replied = None;
                }
            }
            Step::Closed { how, .. } => {
                match how {
                    Closing::Dropped => wants(&[Open, Assigned, Underway, Replied, Verified])?,
                    Closing::Rectified | Closing::Explained => wants(&[Verified])?,
                }
                if self.appeal.is_some() {
                    return Err(Misfit::AppealPending);
                }
                (self.state, self.closed) = (Closed, Some((Some(*how), day)));
            }
            Step::Reopened { .. } => {
                wants(&[Closed])?;
                self.state = if self.unit.is_some() { Assigned } else { Open };
                (self.measure, self.due, self.replied, self.late) = (None, None, None, false);
                (self.closed, self.called, self.upheld) = (None, None, false);
                self.reopened += 1;
            }
            Step::Appealed { due, .. } => {
                wants(&[Assigned, Underway, Replied, Verified])?;
                if self.appeal.is_some() {
                    return Err(Misfit::AppealPending);
                }
                self.appeal = Some(*due);
            }
            Step::Decided { upheld, .. } => {
                if self.appeal.take().is_none() {
                    return Err(Misfit::NoAppeal);
                }
                if *upheld {
                    (self.upheld, self.state, self.closed) = (true, Closed, Some((None, day)));
                }
            }
            // A correction works on its entry, not on the state.
            Step::Corrected { .. } => {}
        }
        Ok(())
    }

    /// The last call-back of somebody did not give satisfaction.
    pub fn is_disputed(&self) -> bool {
        self.called.is_some_and(|(_, outcome)| outcome == Outcome::Dissatisfied)
    }

    /// Kinds of steps that fit now, in the order of the work.
    pub fn next_steps(&self) -> Vec<&'static str> {
        let mut steps: Vec<&str> = match self.state {
            State::Open => vec!["assigned"],
            State::Assigned => vec!["planned", "assigned"],
            State::Underway => vec!["replied", "extended", "assigned"],
            State::Replied => vec!["verified", "called_back", "replied", "assigned"],
            State::Verified => vec!["closed", "called_back", "assigned"],
            State::Closed => vec!["reopened", "called_back"],
            State::Void => Vec::new(),
        };
        match (self.state, &self.appeal) {
            (State::Open | State::Closed | State::Void, _) => {}
            (_, None) => steps.push("appealed"),
            (_, Some(_)) => steps.insert(0, "decided"),
        }
        // The office may leave a finding at any time, for a reason.
        if matches!(self.state, State::Open | State::Assigned | State::Underway | State::Replied) {
            steps.push("closed");
        }
        if self.appeal.is_some() {
            steps.retain(|step| *step != "closed");
        }
        steps
    }
}

impl Misfit {
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            Misfit::State(state) => {
                let (now, advice) = (state.words().of(language), advice(*state).of(language));
                if zh {
                    format!("事项的状态是“{now}”；{advice}")
                } else {
                    format!("the case is {now}; {advice}")
                }
            }
            Misfit::Opening if zh => "事项已经立案".to_owned(),
            Misfit::Opening => "the case is open already".to_owned(),
            Misfit::NotLater(day) if zh => format!("新的时限须晚于 {day}；要提前，请更正原来的记录"),
            Misfit::NotLater(day) => {
                format!(
                    "the new deadline has to be later than {day}; to make it earlier, correct the entry that set it"
                )
            }
            Misfit::AppealPending if zh => "申诉尚未处理；请先处理申诉".to_owned(),
            Misfit::AppealPending => "an appeal is pending; decide it first".to_owned(),
            Misfit::NoAppeal if zh => "没有待处理的申诉".to_owned(),
            Misfit::NoAppeal => "no appeal is pending".to_owned(),
            Misfit::NothingToCorrect if zh => "没有可更正的记录：它不在本事项中，或本身是更正".to_owned(),
            Misfit::NothingToCorrect => {
                "there is nothing to correct: the entry is not of this case, or is a correction itself".to_owned()
            }
            Misfit::OtherKind if zh => "更正的种类与原记录不同；请先撤销原记录，再另写一条".to_owned(),
            Misfit::OtherKind => {
                "the correction is of another kind than the entry; withdraw the entry, then write another".to_owned()
            }
        }
    }
}

fn advice(state: State) -> Words {
    match state {
        State::Open => Words::pair("请先交办给责任单位", "assign it to a unit first"),
        State::Assigned => Words::pair("请先确定措施和时限", "set measure and deadline first"),
        State::Underway => Words::pair("请等待单位反馈", "wait for the unit's reply"),
        State::Replied => Words::pair("请先核查", "verify the reply first"),
        State::Verified => Words::pair("可以销号", "it can be closed"),
        State::Closed => Words::pair("要继续，请先重新整改", "reopen it first"),
        State::Void => Words::pair("立案已撤销", "its opening was withdrawn"),
    }
}
