use super::Session;
use crate::named::Named;
use crate::session::fit::{is_cell, is_grade};
use crate::session::{Answer, Change, Refusal};

impl Session {
    pub(super) fn grade_cell(
        &mut self,
        item: String,
        unit: String,
        indicator: String,
        grade: Option<String>,
    ) -> Result<Change, Refusal> {
        let index = self.find(&item)?;
        let fits = match &grade {
            Some(grade) => is_cell(&self.plan, &self.instrument, self.spot(index).0, &unit, &indicator, grade),
            None => self.matrix(index).1.contains(&indicator),
        };
        let row = self.matrix(index).0.iter().position(|id| *id == unit);
        let (true, Some(row)) = (fits, row) else { return Err(self.unfit(index)) };
        self.change_row(index, row, |cells| match grade {
            Some(grade) => {
                cells.insert(indicator, grade);
            }
            None => {
                cells.remove(&indicator);
            }
        })
    }

    pub(super) fn grade_row(&mut self, item: String, unit: String, grade: Option<String>) -> Result<Change, Refusal> {
        let index = self.find(&item)?;
        let (units, indicators) = self.matrix(index);
        let row = units.iter().position(|id| *id == unit);
        let fits = grade.as_deref().is_none_or(|grade| is_grade(&self.plan, self.item(index).scale.as_deref(), grade));
        let (true, Some(row)) = (fits, row) else { return Err(self.unfit(index)) };
        let indicators = indicators.to_vec();
        self.change_row(index, row, |cells| match grade {
            Some(grade) => cells.extend(indicators.into_iter().map(|indicator| (indicator, grade.clone()))),
            None => cells.clear(),
        })
    }

    fn change_row(
        &mut self,
        index: usize,
        row: usize,
        change: impl FnOnce(&mut Named<String>),
    ) -> Result<Change, Refusal> {
        let unit = self.matrix(index).0[row].clone();
        let name = self.key(index);
        // The grid is changed where it lies: a matrix of a whole city is not copied for one choice.
        let grid = self.draft.answers.get_or_insert_with(&name, || Answer::Grid(Named::new()));
        let Answer::Grid(grid) = grid else { return Err(Refusal::Unfit(name)) };
        let excused = self.draft.missing.remove(&name).is_some();
        let cells = grid.get_or_insert_with(&unit, Named::new);
        let before = cells.clone();
        change(cells);
        let changed = *cells != before || excused;
        if cells.is_empty() {
            grid.remove(&unit);
        }
        if grid.is_empty() {
            self.draft.answers.remove(&name);
        }
        Ok(match changed {
            true => Change { row: (!excused).then_some(row), ..self.changed(index) },
            false => Change::default(),
        })
    }
}
