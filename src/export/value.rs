use crate::session::MissingReason;

/// One cell of a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// There is nothing to say, and never was: a record without a stratum.
    None,
    /// Asked for, or not, and without an answer.
    Missing(Reason),
    /// A category of the variable, by its place.
    Category(usize),
    Whole(i64),
    /// The digits of a number.
    Number(String),
    /// Words; of a day, a time or a moment, as records write them.
    Text(String),
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Not relevant, not in the subset, after an end, or of another questionnaire.
    NotAsked,
    /// Asked and left empty.
    Blank,
    Refused,
    /// Said to the canvasser.
    DontKnow,
    /// A thing that a ranking leaves out.
    Unranked,
    /// Not a number, day or time, where one is asked for: the words are in `minping open --records`.
    Unreadable,
}

impl Reason {
    pub const ALL: [Reason; 6] =
        [Reason::NotAsked, Reason::Blank, Reason::Refused, Reason::DontKnow, Reason::Unranked, Reason::Unreadable];

    pub fn name(self) -> &'static str {
        match self {
            Reason::NotAsked => "not_asked",
            Reason::Blank => "blank",
            Reason::Refused => "refused",
            Reason::DontKnow => "dont_know",
            Reason::Unranked => "unranked",
            Reason::Unreadable => "unreadable",
        }
    }

    /// −1 to −6.
    pub fn code(self) -> i64 {
        -1 - self as i64
    }

    pub fn label(self) -> crate::language::Words {
        let (zh, en) = match self {
            Reason::NotAsked => ("未问", "not asked"),
            Reason::Blank => ("未答", "asked and left empty"),
            Reason::Refused => ("拒答", "refused"),
            Reason::DontKnow => ("对访员说不知道", "don't know, said to the canvasser"),
            Reason::Unranked => ("未排", "not ranked"),
            Reason::Unreadable => ("无法识别", "not a value of this type"),
        };
        crate::language::Words::pair(zh, en)
    }
}

impl From<MissingReason> for Reason {
    fn from(reason: MissingReason) -> Reason {
        match reason {
            MissingReason::Refused => Reason::Refused,
            MissingReason::DontKnow => Reason::DontKnow,
        }
    }
}
