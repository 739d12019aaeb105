use super::Session;
use super::validity::asks;
use crate::plan::ItemType;

/// How far the interview is, over relevant items that take answers. A matrix counts each of its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub answered: usize,
    pub asked: usize,
}

/// The progress, and how much of each section applies, kept up to date item by item: neither is counted anew for an answer.
#[derive(Default)]
pub(super) struct Standing {
    pub progress: Progress,
    /// How many items people see in each section.
    pub visible: Vec<usize>,
    /// What each item has in them.
    parts: Vec<(Progress, bool)>,
}

impl Session {
    pub fn progress(&self) -> Progress {
        self.standing.progress
    }

    /// Whether anything in the section is relevant.
    pub fn section_applies(&self, section: usize) -> bool {
        self.standing.visible.get(section).is_some_and(|visible| *visible > 0)
    }

    /// Counts everything.
    pub(super) fn stand(&mut self) {
        self.standing = Standing {
            progress: Progress::default(),
            visible: vec![0; self.sections().len()],
            parts: vec![(Progress::default(), false); self.len()],
        };
        (0..self.len()).for_each(|index| self.count_again(index));
    }

    /// Counts one item, whose value or relevance changed.
    pub(super) fn count_again(&mut self, index: usize) {
        let (now, visible) = self.part_of_standing(index);
        let section = self.section_of(index);
        let standing = &mut self.standing;
        let (before, was_visible) = std::mem::replace(&mut standing.parts[index], (now, visible));
        let progress = &mut standing.progress;
        progress.asked = progress.asked + now.asked - before.asked;
        progress.answered = progress.answered + now.answered - before.answered;
        let seen = &mut standing.visible[section];
        *seen = *seen + usize::from(visible) - usize::from(was_visible);
    }

    fn part_of_standing(&self, index: usize) -> (Progress, bool) {
        let item = self.item(index);
        let relevant = self.is_relevant(index);
        let visible = relevant && item.kind != ItemType::Group && item.kind.is_shown();
        let mut part = Progress::default();
        if relevant && asks(item.kind) && !item.read_only {
            let settled = self.missing(index).is_some();
            if item.kind == ItemType::GradeMatrix {
                let (units, indicators) = self.matrix(index);
                let full = |row: &usize| settled || self.row_filled(index, *row) == indicators.len();
                part.asked = units.len();
                part.answered = (0..units.len()).filter(full).count();
            } else {
                part.asked = 1;
                part.answered = usize::from(settled || self.is_answered(index));
            }
        }
        (part, visible)
    }
}
