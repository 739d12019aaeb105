use super::ends::Ends;
use crate::carry::carry;
use crate::expression::{Expression, ExpressionError, Host};
use crate::plan::{Item, ItemType, Mode, Plan, Steps};
use crate::session::reading::Reading;
use crate::session::{BeginError, PlanRef};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What a graded question holds when it holds no grade. Grades follow from [`FIRST_GRADE`] in the order of the scale,
/// then the scale's missing answers.
pub const NOT_ASKED: u8 = 0;
/// Asked and left empty.
pub const BLANK: u8 = 1;
/// The rater would not say.
pub const REFUSED: u8 = 2;
/// The rater said "don't know" to the canvasser, outside the scale.
pub const DONT_KNOW: u8 = 3;
pub const FIRST_GRADE: u8 = 4;

/// A plan as numbers: every id has a position, every graded question a column. Records are packed and counted by it.
/// Two codebooks of the same plan are equal, so rows and tallies made anywhere fit together.
#[derive(Clone, Debug, PartialEq)]
pub struct Codebook {
    plan: Plan,
    reference: PlanRef,
    instruments: Vec<Instrument>,
    /// Indicators that have none below them, in the order of the plan.
    leaves: Vec<String>,
}

/// One questionnaire as numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Graded questions in the order of the questionnaire; a matrix gives one for each of its cells, row by row.
    pub questions: Vec<Question>,
    pub(super) fields: BTreeMap<String, Field>,
    /// Items that are asked only while all of these hold: their own condition and those of the groups around.
    pub(super) conditions: BTreeMap<String, Vec<Expression>>,
    /// Of items that offer only some of their list: by the name of the item.
    pub(super) filters: BTreeMap<String, Expression>,
    pub(super) ends: Ends,
    pub(super) reading: Read,
    /// Length of a vector that counts every code of every question.
    pub width: usize,
}

/// How the records of a questionnaire are read. It follows from the questionnaire, so two of the same plan are equal.
#[derive(Clone)]
pub(super) struct Read(pub Arc<Reading>);

impl PartialEq for Read {
    fn eq(&self, _: &Read) -> bool {
        true
    }
}

impl fmt::Debug for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Read")
    }
}

/// One grade asked for: one unit by one indicator, in one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Name of the item.
    pub item: String,
    /// Position in the plan's units.
    pub unit: u16,
    /// Position in [`Codebook::leaves`].
    pub indicator: u16,
    /// Position in the plan's scales.
    pub scale: u16,
    /// Position of its code 0 in a vector of counts.
    pub offset: usize,
    /// Number of codes.
    pub codes: u8,
}

/// What an item takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field {
    Grade {
        question: usize,
    },
    /// `subset`: the matrix as the plan has it, where each interview asks about some of its units only.
    Matrix {
        first: usize,
        units: BTreeMap<String, usize>,
        indicators: BTreeMap<String, usize>,
        subset: Option<Box<Item>>,
    },
    /// `other`: one more choice than the list has.
    SelectOne {
        list: usize,
        other: bool,
    },
    SelectMultiple {
        list: usize,
        other: bool,
    },
    Rank {
        list: usize,
    },
    Range(Steps),
    Acknowledge,
    Place,
    /// The name of an attachment that answers items of this type.
    Attachment(ItemType),
    Text,
    Integer,
}

/// Why records of a plan cannot be counted. `minping plan check` says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodebookError {
    /// An item names a scale, unit, indicator or choice list that the plan does not have.
    UnknownReference { questionnaire: String, item: String, member: &'static str, value: String },
    /// An item has to name one, and does not.
    MissingReference { questionnaire: String, item: String, member: &'static str },
    /// A `relevant` that does not parse.
    BadExpression { questionnaire: String, item: String, error: ExpressionError },
    /// The questionnaire cannot be laid out.
    Unsound { questionnaire: String, error: BeginError },
    /// More entries than a count can be made of: at most 250 grades and missing answers in a scale, 65,535 of the rest.
    TooMany { what: &'static str, found: usize },
}

impl fmt::Display for CodebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodebookError::UnknownReference { questionnaire, item, member, value } => write!(
                f,
                "questionnaire `{questionnaire}`, item `{item}`: `{member}` refers to unknown `{value}`; correct the plan and check it with `minping plan check`"
            ),
            CodebookError::MissingReference { questionnaire, item, member } => write!(
                f,
                "questionnaire `{questionnaire}`, item `{item}`: `{member}` is missing; correct the plan and check it with `minping plan check`"
            ),
            CodebookError::BadExpression { questionnaire, item, error } => {
                write!(f, "questionnaire `{questionnaire}`, item `{item}`: `relevant`: {error}")
            }
            CodebookError::Unsound { questionnaire, error } => write!(f, "questionnaire `{questionnaire}`: {error}"),
            CodebookError::TooMany { what, found } => {
                write!(f, "the plan has {found} {what}, more than can be counted; use fewer")
            }
        }
    }
}

impl std::error::Error for CodebookError {}

impl Codebook {
    /// `host`: what the edge lends to the conditions of graded items.
    pub fn new(plan: &Plan, reference: &PlanRef, host: &'static dyn Host) -> Result<Codebook, CodebookError> {
        for (what, found) in [
            ("units", plan.units.len()),
            ("rounds", plan.rounds.len()),
            ("rater groups", plan.rater_groups.len()),
            ("strata", plan.strata.len()),
            ("questionnaires", plan.questionnaires.len()),
            ("scales", plan.scales.len()),
        ] {
            if found > u16::MAX as usize {
                return Err(CodebookError::TooMany { what, found });
            }
        }
        for scale in &plan.scales {
            let found = scale.grades.len() + scale.missing.len();
            if found > 250 {
                return Err(CodebookError::TooMany { what: "answers in one scale", found });
            }
        }
        let leaves: Vec<String> = plan.leaf_indicators().into_iter().map(|(leaf, _)| leaf.id.clone()).collect();
        if leaves.len() > u16::MAX as usize {
            return Err(CodebookError::TooMany { what: "indicators", found: leaves.len() });
        }
        let mut instruments = Vec::with_capacity(plan.questionnaires.len());
        for questionnaire in &plan.questionnaires {
            let mut builder = Builder {
                plan,
                leaves: &leaves,
                questionnaire: &questionnaire.id,
                questions: Vec::new(),
                fields: BTreeMap::new(),
                conditions: BTreeMap::new(),
                filters: BTreeMap::new(),
                width: 0,
            };
            builder.walk(&questionnaire.items, &[])?;
            let Builder { questions, fields, conditions, filters, width, .. } = builder;
            let reading = Reading::new(plan, questionnaire, host)
                .map_err(|error| CodebookError::Unsound { questionnaire: questionnaire.id.clone(), error })?;
            let ends = Ends::of(plan, questionnaire).map_err(|error| CodebookError::BadExpression {
                questionnaire: questionnaire.id.clone(),
                item: "ends".to_owned(),
                error,
            })?;
            let reading = Read(Arc::new(reading));
            instruments.push(Instrument { questions, fields, conditions, filters, ends, reading, width });
        }
        Ok(Codebook { plan: plan.clone(), reference: reference.clone(), instruments, leaves })
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }
    pub fn reference(&self) -> &PlanRef {
        &self.reference
    }
    /// In the order of the plan's questionnaires.
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }
    /// Ids of the indicators that have none below them, in the order of the plan.
    pub fn leaves(&self) -> &[String] {
        &self.leaves
    }
}

/// A cell of the cross-classification in which a record is counted. Numbers are positions in the plan's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain {
    pub round: u16,
    pub questionnaire: u16,
    pub mode: Mode,
    pub rater_group: Option<u16>,
    pub stratum: Option<u16>,
}

carry!(struct Domain { round, questionnaire, mode, rater_group, stratum });

struct Builder<'a> {
    plan: &'a Plan,
    leaves: &'a [String],
    questionnaire: &'a str,
    questions: Vec<Question>,
    fields: BTreeMap<String, Field>,
    conditions: BTreeMap<String, Vec<Expression>>,
    filters: BTreeMap<String, Expression>,
    width: usize,
}

impl Builder<'_> {
    fn walk(&mut self, items: &[Item], around: &[Expression]) -> Result<(), CodebookError> {
        for item in items {
            let mut conditions = around.to_vec();
            if let Some(text) = &item.relevant {
                conditions.push(Expression::parse(text).map_err(|error| CodebookError::BadExpression {
                    questionnaire: self.questionnaire.to_owned(),
                    item: item.name.clone(),
                    error,
                })?);
            }
            if !conditions.is_empty() && !item.kind.is_group() {
                self.conditions.insert(item.name.clone(), conditions.clone());
            }
            if let Some(text) = &item.choice_filter {
                let filter = Expression::parse_filter(text).map_err(|error| CodebookError::BadExpression {
                    questionnaire: self.questionnaire.to_owned(),
                    item: item.name.clone(),
                    error,
                })?;
                self.filters.insert(item.name.clone(), filter);
            }
            match item.kind {
                ItemType::Group | ItemType::Repeat => self.walk(&item.items, &conditions)?,
                ItemType::Note => {}
                ItemType::Grade => {
                    let scale = self.scale(item)?;
                    let unit = self.need(item, "unit", item.unit.as_deref())?;
                    let unit = self.unit(item, unit)?;
                    let indicator = self.need(item, "indicator", item.indicator.as_deref())?;
                    let indicator = self.leaf(item, indicator)?;
                    let question = self.question(item, unit, indicator, scale);
                    self.fields.insert(item.name.clone(), Field::Grade { question });
                }
                ItemType::GradeMatrix => self.matrix(item)?,
                ItemType::SelectOne => {
                    let list = self.list(item)?;
                    let other = self.other(item);
                    self.fields.insert(item.name.clone(), Field::SelectOne { list, other });
                }
                ItemType::SelectMultiple => {
                    let list = self.list(item)?;
                    let other = self.other(item);
                    self.fields.insert(item.name.clone(), Field::SelectMultiple { list, other });
                }
                ItemType::Rank => {
                    let list = self.list(item)?;
                    self.fields.insert(item.name.clone(), Field::Rank { list });
                }
                ItemType::Range => drop(self.fields.insert(item.name.clone(), Field::Range(item.steps()))),
                ItemType::Acknowledge => drop(self.fields.insert(item.name.clone(), Field::Acknowledge)),
                ItemType::Geopoint => drop(self.fields.insert(item.name.clone(), Field::Place)),
                ItemType::Image | ItemType::Audio => {
                    drop(self.fields.insert(item.name.clone(), Field::Attachment(item.kind)));
                }
                ItemType::Text
                | ItemType::Barcode
                | ItemType::Decimal
                | ItemType::Date
                | ItemType::Time
                | ItemType::Datetime
                | ItemType::Calculate
                | ItemType::Hidden => drop(self.fields.insert(item.name.clone(), Field::Text)),
                ItemType::Integer => drop(self.fields.insert(item.name.clone(), Field::Integer)),
            }
        }
        Ok(())
    }

    fn matrix(&mut self, item: &Item) -> Result<(), CodebookError> {
        let scale = self.scale(item)?;
        let (rows, columns) = (self.plan.rows_of(item), self.plan.columns_of(item));
        let first = self.questions.len();
        for row in &rows {
            let unit = self.unit(item, row)?;
            for column in &columns {
                let indicator = self.leaf(item, column)?;
                self.question(item, unit, indicator, scale);
            }
        }
        let positions = |ids: &[String]| ids.iter().cloned().enumerate().map(|(i, id)| (id, i)).collect();
        let subset = item.subset.is_some().then(|| Box::new(item.clone()));
        let field = Field::Matrix { first, units: positions(&rows), indicators: positions(&columns), subset };
        self.fields.insert(item.name.clone(), field);
        Ok(())
    }

    fn question(&mut self, item: &Item, unit: u16, indicator: u16, scale: u16) -> usize {
        let of = &self.plan.scales[scale as usize];
        let codes = FIRST_GRADE + (of.grades.len() + of.missing.len()) as u8;
        let offset = self.width;
        self.width += codes as usize;
        self.questions.push(Question { item: item.name.clone(), unit, indicator, scale, offset, codes });
        self.questions.len() - 1
    }

    /// Whether the item has `other`; its words are a field of their own.
    fn other(&mut self, item: &Item) -> bool {
        let name = item.other_name();
        let has = name.is_some();
        self.fields.extend(name.map(|name| (name, Field::Text)));
        has
    }

    fn need<'t>(&self, item: &Item, member: &'static str, value: Option<&'t str>) -> Result<&'t str, CodebookError> {
        value.ok_or_else(|| CodebookError::MissingReference {
            questionnaire: self.questionnaire.to_owned(),
            item: item.name.clone(),
            member,
        })
    }
    fn unknown(&self, item: &Item, member: &'static str, value: &str) -> CodebookError {
        CodebookError::UnknownReference {
            questionnaire: self.questionnaire.to_owned(),
            item: item.name.clone(),
            member,
            value: value.to_owned(),
        }
    }
    fn scale(&self, item: &Item) -> Result<u16, CodebookError> {
        let id = self.need(item, "scale", item.scale.as_deref())?;
        let at = self.plan.scales.iter().position(|scale| scale.id == id);
        at.map(|at| at as u16).ok_or_else(|| self.unknown(item, "scale", id))
    }
    fn unit(&self, item: &Item, id: &str) -> Result<u16, CodebookError> {
        let at = self.plan.units.iter().position(|unit| unit.id == id);
        at.map(|at| at as u16).ok_or_else(|| self.unknown(item, "unit", id))
    }
    fn leaf(&self, item: &Item, id: &str) -> Result<u16, CodebookError> {
        let at = self.leaves.iter().position(|leaf| leaf == id);
        at.map(|at| at as u16).ok_or_else(|| self.unknown(item, "indicator", id))
    }
    fn list(&self, item: &Item) -> Result<usize, CodebookError> {
        let id = self.need(item, "choices", item.choices.as_deref())?;
        let at = self.plan.choice_lists.iter().position(|list| list.id == id);
        at.ok_or_else(|| self.unknown(item, "choices", id))
    }
}
