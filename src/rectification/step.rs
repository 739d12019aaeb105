use super::{Day, Figure};
use crate::json::Writer;
use crate::language::Words;
use crate::plan::Digest;

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Opened(Box<Opening>),
    /// Responsible unit and post.
    Assigned {
        unit: String,
        post: String,
    },
    /// What is to be done, and until when.
    Planned {
        measure: String,
        due: Day,
        counted: Option<Counted>,
    },
    Extended {
        due: Day,
        reason: String,
        counted: Option<Counted>,
    },
    /// The unit says what it has done.
    Replied {
        text: String,
        evidence: Vec<Evidence>,
    },
    CalledBack {
        whom: Whom,
        /// Item of the plan in which the respondent agreed to be called.
        consent: Option<String>,
        outcome: Outcome,
        text: String,
    },
    Verified {
        passed: bool,
        text: String,
    },
    Closed {
        how: Closing,
        text: String,
    },
    Reopened {
        reason: String,
    },
    /// The unit disputes the finding; `due`: until when the office decides.
    Appealed {
        text: String,
        evidence: Vec<Evidence>,
        due: Option<Day>,
    },
    Decided {
        upheld: bool,
        text: String,
    },
    /// An earlier entry was wrong: `step` counts in its place, or nothing does.
    Corrected {
        entry: Digest,
        reason: String,
        step: Option<Box<Step>>,
    },
}

/// A finding as a case of it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// What people call the case, such as `2026-001`.
    pub name: String,
    /// The finding in words.
    pub title: String,
    pub source: Source,
    /// What was evaluated: its name, and its id in the plan where it has one.
    pub unit: String,
    pub unit_id: Option<String>,
    /// Id of the round that it was found in.
    pub round: Option<String>,
    /// Id and name of the indicator; None: the unit as a whole.
    pub indicator: Option<(String, String)>,
    pub figure: Option<Figure>,
    /// A suggestion, word for word or shortened so that it names nobody.
    pub suggestion: Option<String>,
}

/// How a deadline was reckoned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Working days.
    pub days: u32,
    /// The day after which is counted.
    pub from: Day,
    /// Name of the calendar; empty: weekends only.
    pub calendar: String,
    /// Whether it spoke of all these days.
    pub covered: bool,
}

/// A file that proves a reply. The office keeps it; the book knows its name and digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub name: String,
    pub digest: Digest,
    pub bytes: u64,
}

/// Names in the file, and in both languages.
macro_rules! names {
    ($(#[$meta:meta])* $kind:ident { $($(#[$each:meta])* $variant:ident = $code:literal, $zh:literal, $en:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
        pub enum $kind { $($(#[$each])* $variant,)* }

        impl $kind {
            pub const ALL: &[$kind] = &[$($kind::$variant),*];
            /// In the order of [`Self::ALL`].
            pub const CODES: &[&str] = &[$($code),*];

            /// In files and arguments.
            pub fn code(self) -> &'static str {
                match self { $($kind::$variant => $code),* }
            }

            /// For people.
            pub fn words(self) -> $crate::language::Words {
                match self { $($kind::$variant => $crate::language::Words::pair($zh, $en)),* }
            }
        }
    };
}
pub(super) use names;

names! {
    /// Where a finding comes from.
    Source {
        Score = "score", "得分", "score";
        Suggestion = "suggestion", "意见建议", "suggestion";
        Other = "other", "其他", "other";
    }
}

names! {
    /// Who was called.
    Whom {
        /// Somebody who answered, agreed and left a way to be reached
        Respondent = "respondent", "答卷人（已同意）", "respondent, with consent";
        /// Supervisors and representatives 监督员、代表
        Representative = "representative", "监督员、代表", "supervisor or representative";
        /// People who use the service, drawn anew
        Public = "public", "另找的服务对象", "people asked anew";
    }
}

names! {
    /// What the call-back gave.
    Outcome {
        Satisfied = "satisfied", "满意", "satisfied";
        Partly = "partly", "基本满意", "partly satisfied";
        Dissatisfied = "dissatisfied", "不满意", "dissatisfied";
        NotReached = "not-reached", "未联系上", "not reached";
        Declined = "declined", "不愿评价", "declined";
    }
}

names! {
    /// How a case ended.
    Closing {
        /// Done and verified
        Rectified = "rectified", "整改到位", "rectified";
        /// Cannot be done now; this was explained and verified
        Explained = "explained", "暂不能解决，已说明", "cannot be done now, explained";
        /// Not pursued, for a reason that is given
        Dropped = "dropped", "不再整改", "not pursued";
    }
}

/// Members of `step`, one for each kind.
pub(super) const KINDS: [&str; 12] = [
    "opened",
    "assigned",
    "planned",
    "extended",
    "replied",
    "called_back",
    "verified",
    "closed",
    "reopened",
    "appealed",
    "decided",
    "corrected",
];

/// In the order of [`KINDS`].
const NAMES: [Words; 12] = [
    Words::pair("立案", "opened"),
    Words::pair("交办", "assigned"),
    Words::pair("确定措施和时限", "measure and deadline set"),
    Words::pair("延期", "extended"),
    Words::pair("单位反馈", "reply of the unit"),
    Words::pair("回访", "called back"),
    Words::pair("核查", "verified"),
    Words::pair("销号", "closed"),
    Words::pair("重新整改", "reopened"),
    Words::pair("申诉", "appealed"),
    Words::pair("申诉处理", "appeal decided"),
    Words::pair("更正", "corrected"),
];

impl Step {
    /// Place in [`KINDS`].
    fn place(&self) -> usize {
        match self {
            Step::Opened(_) => 0,
            Step::Assigned { .. } => 1,
            Step::Planned { .. } => 2,
            Step::Extended { .. } => 3,
            Step::Replied { .. } => 4,
            Step::CalledBack { .. } => 5,
            Step::Verified { .. } => 6,
            Step::Closed { .. } => 7,
            Step::Reopened { .. } => 8,
            Step::Appealed { .. } => 9,
            Step::Decided { .. } => 10,
            Step::Corrected { .. } => 11,
        }
    }

    /// Its name in files.
    pub fn kind(&self) -> &'static str {
        KINDS[self.place()]
    }

    /// What people call it.
    pub fn words(&self) -> Words {
        NAMES[self.place()]
    }

    pub fn evidence(&self) -> &[Evidence] {
        match self {
            Step::Replied { evidence, .. } | Step::Appealed { evidence, .. } => evidence,
            _ => &[],
        }
    }

    /// The object that stands under its kind, in the order in which it is digested.
    pub(super) fn write(&self, out: &mut Writer) {
        out.open('{');
        out.name(self.kind());
        out.open('{');
        match self {
            Step::Opened(opening) => opening.write(out),
            Step::Assigned { unit, post } => {
                out.text("unit", unit);
                out.text("post", post);
            }
            Step::Planned { measure, due, counted } => {
                out.text("measure", measure);
                out.text("due", &due.to_string());
                write_counted(out, counted.as_ref());
            }
            Step::Extended { due, reason, counted } => {
                out.text("due", &due.to_string());
                out.text("reason", reason);
                write_counted(out, counted.as_ref());
            }
            Step::Replied { text, evidence } => {
                out.text("text", text);
                write_evidence(out, evidence);
            }
            Step::CalledBack { whom, consent, outcome, text } => {
                out.text("whom", whom.code());
                out.text_if_some("consent", consent.as_ref());
                out.text("outcome", outcome.code());
                out.text("text", text);
            }
            Step::Verified { passed, text } => {
                write_flag(out, "passed", *passed);
                out.text("text", text);
            }
            Step::Closed { how, text } => {
                out.text("how", how.code());
                out.text("text", text);
            }
            Step::Reopened { reason } => out.text("reason", reason),
            Step::Appealed { text, evidence, due } => {
                out.text("text", text);
                write_evidence(out, evidence);
                out.text_if_some("due", due.map(|due| due.to_string()).as_ref());
            }
            Step::Decided { upheld, text } => {
                write_flag(out, "upheld", *upheld);
                out.text("text", text);
            }
            Step::Corrected { entry, reason, step } => {
                out.text("entry", entry.as_str());
                out.text("reason", reason);
                if let Some(step) = step {
                    out.name("step");
                    step.write(out);
                }
            }
        }
        out.close('}');
        out.close('}');
    }
}

impl Opening {
    fn write(&self, out: &mut Writer) {
        out.text("name", &self.name);
        out.text("title", &self.title);
        out.text("source", self.source.code());
        out.text("unit", &self.unit);
        out.text_if_some("unit_id", self.unit_id.as_ref());
        out.text_if_some("round", self.round.as_ref());
        if let Some((id, label)) = &self.indicator {
            out.text("indicator_id", id);
            out.text("indicator", label);
        }
        if let Some(figure) = &self.figure {
            out.name("figure");
            figure.write(out);
        }
        out.text_if_some("suggestion", self.suggestion.as_ref());
    }
}

fn write_flag(out: &mut Writer, name: &str, flag: bool) {
    out.name(name);
    out.raw(if flag { "true" } else { "false" });
}

fn write_counted(out: &mut Writer, counted: Option<&Counted>) {
    if let Some(Counted { days, from, calendar, covered }) = counted {
        out.name("counted");
        out.open('{');
        out.number("days", u64::from(*days));
        out.text("from", &from.to_string());
        out.text("calendar", calendar);
        write_flag(out, "covered", *covered);
        out.close('}');
    }
}

fn write_evidence(out: &mut Writer, evidence: &[Evidence]) {
    if evidence.is_empty() {
        return;
    }
    out.name("evidence");
    out.open('[');
    for Evidence { name, digest, bytes } in evidence {
        out.open('{');
        out.text("name", name);
        out.text("digest", digest.as_str());
        out.number("bytes", *bytes);
        out.close('}');
    }
    out.close(']');
}
