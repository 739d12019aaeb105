use super::{Answer, Change, Disposition, Draft, DraftError, Event, Fault, MissingReason, Opening, Record, Refusal};
use crate::plan::{Item, Plan};
use std::ops::Range;
use std::rc::Rc;

/// Items shown together: a top-level group, or a run of top-level items outside groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index in [`Session::items`] of the group that makes the section, if one does.
    pub group: Option<usize>,
    /// Indices in [`Session::items`] of what is in it, nested groups included.
    pub items: Range<usize>,
}

/// How far the interview is, over relevant items that take answers. A matrix counts each of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub answered: usize,
    pub asked: usize,
}

/// Why an interview cannot begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeginError {
    /// The plan does not have what the opening names: the member and its value.
    UnknownReference { member: &'static str, value: String },
    /// An expression of the questionnaire does not parse: item name and what is wrong.
    BadExpression { item: String, what: String },
}

/// One interview in progress.
pub struct Session {
    plan: Rc<Plan>,
}

impl Session {
    /// `id`: 22 characters of base64url, random.
    pub fn begin(plan: Rc<Plan>, opening: Opening, id: String, language: &str) -> Result<Session, BeginError> {
        let _ = (opening, id, language, plan);
        todo!()
    }
    pub fn resume(plan: Rc<Plan>, draft: Draft) -> Result<Session, DraftError> {
        let _ = (draft, plan);
        todo!()
    }
    pub fn plan(&self) -> &Rc<Plan> {
        &self.plan
    }
    pub fn id(&self) -> &str {
        todo!()
    }
    pub fn opening(&self) -> &Opening {
        todo!()
    }
    pub fn language(&self) -> &str {
        todo!()
    }
    /// All items of the questionnaire in order, nested ones flattened; a group stands before what is in it.
    pub fn items(&self) -> &[Item] {
        todo!()
    }
    pub fn index(&self, name: &str) -> Option<usize> {
        let _ = name;
        todo!()
    }
    pub fn sections(&self) -> &[Section] {
        todo!()
    }
    /// The section shown now.
    pub fn section(&self) -> usize {
        todo!()
    }
    pub fn in_review(&self) -> bool {
        todo!()
    }
    /// The next and the one before with anything relevant in them.
    pub fn next_section(&self) -> Option<usize> {
        todo!()
    }
    pub fn previous_section(&self) -> Option<usize> {
        todo!()
    }
    /// Whether the item applies now, the groups around it included.
    pub fn is_relevant(&self, item: usize) -> bool {
        let _ = item;
        todo!()
    }
    /// The value, kept also while the item is not relevant.
    pub fn answer(&self, item: usize) -> Option<&Answer> {
        let _ = item;
        todo!()
    }
    pub fn missing(&self, item: usize) -> Option<MissingReason> {
        let _ = item;
        todo!()
    }
    /// One cell of a matrix.
    pub fn grade(&self, item: usize, unit: &str, indicator: &str) -> Option<&str> {
        let _ = (item, unit, indicator);
        todo!()
    }
    /// Unit ids (rows) and indicator ids (columns) of a matrix, defaults filled in, in the order of the plan.
    pub fn matrix(&self, item: usize) -> (&[String], &[String]) {
        let _ = item;
        todo!()
    }
    pub fn apply(&mut self, event: Event) -> Result<Change, Refusal> {
        let _ = event;
        todo!()
    }
    /// What stands in the way of finishing: in one section, or (`None`) in the whole questionnaire.
    pub fn faults(&self, section: Option<usize>) -> Vec<Fault> {
        let _ = section;
        todo!()
    }
    pub fn progress(&self) -> Progress {
        todo!()
    }
    pub fn draft(&self) -> Draft {
        todo!()
    }
    /// The record: relevant answers only. `Complete` needs that there are no faults; `Partial` takes what there is and leaves out what a constraint refuses.
    pub fn close(&self, disposition: Disposition) -> Result<Record, Vec<Fault>> {
        let _ = disposition;
        todo!()
    }
}
