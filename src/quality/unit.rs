use super::{Settings, Sheet};
use crate::ledger::FIRST_GRADE;

/// How alike the grades of one unit are.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitGrades {
    /// Place in the plan's units.
    pub unit: u16,
    /// Records that graded it.
    pub raters: u32,
    /// Questions about it with enough grades to be judged, and those of them whose grades are as alike as flagged.
    pub judged: u32,
    pub uniform: u32,
    /// Largest share of one grade in one of those questions.
    pub share: Option<f64>,
}

/// One for each unit that a record grades, in the plan's order.
pub(super) fn unit_grades(sheet: &Sheet<'_>, settings: &Settings) -> Vec<UnitGrades> {
    let plan = sheet.codebook.plan();
    let questions = &sheet.codebook.instruments()[sheet.questionnaire].questions;
    let mut counts: Vec<Vec<u32>> =
        questions.iter().map(|question| vec![0; plan.scales[question.scale as usize].grades.len()]).collect();
    let (mut raters, mut last) = (vec![0u32; plan.units.len()], vec![usize::MAX; plan.units.len()]);
    for (at, case) in sheet.cases.iter().enumerate() {
        for ((code, question), counts) in case.row.codes.iter().zip(questions).zip(&mut counts) {
            let grade = code.checked_sub(FIRST_GRADE).and_then(|place| counts.get_mut(place as usize));
            if let Some(count) = grade {
                *count += 1;
                let unit = question.unit as usize;
                raters[unit] += u32::from(last[unit] != at);
                last[unit] = at;
            }
        }
    }
    let graded = raters.into_iter().enumerate().filter(|(_, raters)| *raters > 0);
    let units = graded.map(|(unit, raters)| {
        let unit = unit as u16;
        let own = questions.iter().zip(&counts).filter(|(question, _)| question.unit == unit);
        let mut grades = UnitGrades { unit, raters, judged: 0, uniform: 0, share: None };
        for (_, counts) in own {
            let n: u32 = counts.iter().sum();
            if n < settings.fewest_raters.max(2) {
                continue;
            }
            let share = f64::from(counts.iter().copied().max().unwrap_or(0)) / f64::from(n);
            grades.judged += 1;
            grades.uniform += u32::from(share >= settings.uniform);
            grades.share = Some(grades.share.map_or(share, |before| before.max(share)));
        }
        grades
    });
    units.collect()
}
