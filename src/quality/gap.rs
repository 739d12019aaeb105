use super::Sheet;
use super::sheet::{Column, IGNORANCE, REFUSAL};
use crate::ledger::{FIRST_GRADE, NOT_ASKED};

/// What a person left out, of the questions that the interview is known to have asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Questions asked that have an answer or could have one.
    pub asked: u32,
    /// Left blank, or refused.
    pub unanswered: u32,
    /// "Don't know", said to the canvasser or chosen on the scale.
    pub dont_know: u32,
}

/// One [`Gap`] for each case. Of items that are no grades only those count that every interview asks: of others a record
/// without an answer does not say whether they were asked.
pub(super) fn gaps(sheet: &Sheet<'_>) -> Vec<Gap> {
    let plan = sheet.codebook.plan();
    let questions = &sheet.codebook.instruments()[sheet.questionnaire].questions;
    let gaps = sheet.cases.iter().enumerate().map(|(at, case)| {
        let mut gap = Gap::default();
        for (column, value) in sheet.columns.iter().zip(sheet.row(at)) {
            match column {
                Column::Grade(question) => {
                    let code = case.row.codes[*question];
                    if code == NOT_ASKED {
                        continue;
                    }
                    let grades = plan.scales[questions[*question].scale as usize].grades.len();
                    let beyond = code.checked_sub(FIRST_GRADE).is_some_and(|place| place as usize >= grades);
                    gap.dont_know += u32::from(beyond);
                }
                Column::Item { always: true, .. } => {}
                Column::Item { .. } => continue,
            }
            gap.asked += 1;
            gap.unanswered += u32::from(matches!(*value, 0 | REFUSAL));
            gap.dont_know += u32::from(*value == IGNORANCE);
        }
        gap
    });
    gaps.collect()
}

impl Gap {
    /// Share of questions without an answer; `None`: none is known to have been asked.
    pub fn unanswered_share(&self) -> Option<f64> {
        (self.asked > 0).then(|| f64::from(self.unanswered) / f64::from(self.asked))
    }

    /// Share of "don't know".
    pub fn dont_know_share(&self) -> Option<f64> {
        (self.asked > 0).then(|| f64::from(self.dont_know) / f64::from(self.asked))
    }
}
