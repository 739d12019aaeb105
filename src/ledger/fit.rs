use crate::batch::Batch;
use crate::carry::carry;
use crate::plan::Mode;
use crate::session::{PlanRef, Record};

/// Why a record that was opened is not counted: the plan, or the batch it came in, does not know what it says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfit {
    OtherPlan(PlanRef),
    UnknownRound(String),
    UnknownQuestionnaire(String),
    /// The plan, or the questionnaire, is not asked in this mode.
    ModeNotPlanned(Mode),
    /// The questionnaire is not asked in the record's round.
    NotInRound(String),
    /// Not in the plan, or not asked this questionnaire.
    UnknownRaterGroup(String),
    /// The plan weighs rater groups, and the record names none.
    NoRaterGroup,
    UnknownStratum(String),
    /// No item of this name, or one that takes no answer.
    UnknownItem(String),
    /// An answer that is not of the item's type.
    WrongKind(String),
    /// Not on the item's scale, list, rows or columns.
    UnknownAnswer {
        item: String,
        value: String,
    },
    /// On the item's list, and not offered to who answered so: the `choice_filter` leaves it out.
    NotOffered {
        item: String,
        value: String,
    },
    /// Chosen beside others, and a choice that goes with no other.
    NotAlone {
        item: String,
        value: String,
    },
    /// Both a value and a reason why there is none.
    AnsweredAndMissing(String),
    /// An interviewer's note with more characters than one has.
    NoteTooLong(String),
    /// Its batch is of another round.
    OtherRound {
        batch: String,
    },
    /// The member that differs from the link by which the resident answered.
    NotAsLinked(String),
    /// A link admits one record, and the batch holds several.
    SeveralOnOneLink,
}

carry!(enum Unfit {
    0 OtherPlan(plan), 1 UnknownRound(round), 2 UnknownQuestionnaire(id), 3 ModeNotPlanned(mode), 4 NotInRound(questionnaire),
    5 UnknownRaterGroup(id), 6 NoRaterGroup, 7 UnknownStratum(id), 8 UnknownItem(item), 9 WrongKind(item),
    10 UnknownAnswer { item, value }, 11 NotOffered { item, value }, 12 NotAlone { item, value }, 13 AnsweredAndMissing(item),
    14 NoteTooLong(item), 15 OtherRound { batch }, 16 NotAsLinked(member), 17 SeveralOnOneLink,
});

/// Whether the record is what its batch was admitted for. The record is sealed, so only the office can tell.
pub(super) fn misfit(batch: &Batch, single: bool, record: &Record) -> Option<Unfit> {
    if record.round != batch.round {
        return Some(Unfit::OtherRound { batch: batch.round.clone() });
    }
    let link = batch.link.as_ref()?;
    if !single {
        return Some(Unfit::SeveralOnOneLink);
    }
    let differs = [
        ("questionnaire", link.questionnaire != record.questionnaire),
        ("mode", link.mode != record.mode),
        ("rater_group", link.rater_group != record.rater_group),
        ("stratum", link.stratum != record.stratum),
        // Notes are an interviewer's.
        ("notes", !record.notes.is_empty()),
    ];
    differs.iter().find(|(_, differs)| *differs).map(|(member, _)| Unfit::NotAsLinked((*member).to_owned()))
}
