//! Who is asked what: which questionnaires, modes and indicators go with a rater group, round, stratum and class of units.
//! An empty list in a plan means all.

use super::{Cell, Indicator, Item, ItemType, Mode, Plan, Questionnaire, Round, Stratum};

fn among<T: PartialEq<U>, U: ?Sized>(list: &[T], one: &U) -> bool {
    list.is_empty() || list.iter().any(|known| known == one)
}

impl Questionnaire {
    pub fn is_for_group(&self, rater_group: &str) -> bool {
        among(&self.rater_groups, rater_group)
    }

    pub fn is_for_mode(&self, mode: Mode) -> bool {
        among(&self.modes, &mode)
    }

    pub fn is_for_round(&self, round: &str) -> bool {
        among(&self.rounds, round)
    }
}

impl Stratum {
    pub fn takes(&self, mode: Mode) -> bool {
        among(&self.modes, &mode)
    }
}

impl Indicator {
    /// Whether it is for the units of this class; the indicators above it decide too.
    pub fn is_for_class(&self, group: Option<&str>) -> bool {
        self.unit_groups.is_empty() || group.is_some_and(|group| self.unit_groups.iter().any(|known| known == group))
    }
}

impl Plan {
    /// The modes in which a questionnaire is asked, in the order of the plan; in one stratum, where one is named.
    pub fn modes_of(&self, questionnaire: &Questionnaire, stratum: Option<&str>) -> Vec<Mode> {
        let stratum = stratum.and_then(|id| self.stratum(id));
        let here = |mode: &Mode| questionnaire.is_for_mode(*mode) && stratum.is_none_or(|stratum| stratum.takes(*mode));
        self.modes.iter().copied().filter(here).collect()
    }

    /// Whether a rater group is asked anything in a round.
    pub fn asks_group(&self, round: &str, rater_group: &str) -> bool {
        self.questionnaires.iter().any(|one| one.is_for_round(round) && one.is_for_group(rater_group))
    }

    /// Whether somebody is asked in this mode in a round; of a group or stratum that is not known, anybody may be.
    pub fn asks_by(&self, mode: Mode, round: &str, stratum: Option<&str>, rater_group: Option<&str>) -> bool {
        self.questionnaires.iter().any(|one| {
            one.is_for_round(round)
                && rater_group.is_none_or(|group| one.is_for_group(group))
                && self.modes_of(one, stratum).contains(&mode)
        })
    }

    /// Whether anybody can be in a cell of a quota in a round.
    pub fn asks_cell(&self, round: &str, cell: &Cell) -> bool {
        self.questionnaires.iter().any(|one| {
            one.is_for_round(round)
                && cell.rater_group.is_none_or(|group| one.is_for_group(group))
                && self.modes_of(one, cell.stratum).iter().any(|mode| cell.mode.is_none_or(|own| own == *mode))
        })
    }

    /// The first round in which a questionnaire grades something; the first, where none does.
    pub fn graded_round(&self) -> Option<&Round> {
        fn grades(items: &[Item]) -> bool {
            let graded = |item: &Item| matches!(item.kind, ItemType::Grade | ItemType::GradeMatrix);
            items.iter().any(|item| graded(item) || grades(&item.items))
        }
        let graded = |round: &&Round| self.questionnaires.iter().any(|q| q.is_for_round(&round.id) && grades(&q.items));
        self.rounds.iter().find(graded).or(self.rounds.first())
    }

    /// Of each leaf indicator, in the order of [`Plan::leaf_indicators`], whether it is for the units of this class.
    pub fn leaves_for(&self, group: Option<&str>) -> Vec<bool> {
        fn walk(list: &[Indicator], group: Option<&str>, above: bool, out: &mut Vec<bool>) {
            for indicator in list {
                let own = above && indicator.is_for_class(group);
                match indicator.indicators.is_empty() {
                    true => out.push(own),
                    false => walk(&indicator.indicators, group, own, out),
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.indicators, group, true, &mut out);
        out
    }

    /// Whether a leaf indicator is for a unit.
    pub fn is_asked_of(&self, indicator: &str, unit: &str) -> bool {
        let class = self.unit(unit).and_then(|unit| unit.group.as_deref());
        let leaves = self.leaf_indicators().into_iter().zip(self.leaves_for(class));
        { leaves }.any(|((leaf, _), own)| own && leaf.id == indicator)
    }

    /// Ids of the units that are the rows of a matrix.
    pub fn rows_of(&self, matrix: &Item) -> Vec<String> {
        match matrix.units.is_empty() {
            true => self.units.iter().map(|unit| unit.id.clone()).collect(),
            false => matrix.units.clone(),
        }
    }

    /// Ids of the indicators that are the columns of a matrix: those it names, or all leaves that are for every one of its
    /// units.
    pub fn columns_of(&self, matrix: &Item) -> Vec<String> {
        debug_assert_eq!(matrix.kind, ItemType::GradeMatrix);
        if !matrix.indicators.is_empty() {
            return matrix.indicators.clone();
        }
        let leaves = self.leaf_indicators();
        let mut taken = vec![true; leaves.len()];
        if self.has_classed_indicators() {
            let mut classes: Vec<Option<&str>> = Vec::new();
            for id in self.rows_of(matrix) {
                let class = self.unit(&id).and_then(|unit| unit.group.as_deref());
                if !classes.contains(&class) {
                    classes.push(class);
                }
            }
            for class in classes {
                self.leaves_for(class).into_iter().zip(&mut taken).for_each(|(own, taken)| *taken &= own);
            }
        }
        let columns = leaves.into_iter().zip(taken).filter(|(_, taken)| *taken);
        columns.map(|((leaf, _), _)| leaf.id.clone()).collect()
    }

    /// Whether some indicator is for some classes of units only.
    pub fn has_classed_indicators(&self) -> bool {
        fn any(list: &[Indicator]) -> bool {
            list.iter().any(|one| !one.unit_groups.is_empty() || any(&one.indicators))
        }
        any(&self.indicators)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_asked_by_telephone_follows_from_round_group_stratum_and_mode() {
        let text = include_str!("../../tests/browser/plans/telephone.json");
        let mut plan = crate::plan::load(text).expect("a plan");
        let by_phone = |plan: &Plan, stratum| plan.asks_by(Mode::Phone, "r1", stratum, None);
        assert!(by_phone(&plan, Some("east")) && by_phone(&plan, Some("west")) && by_phone(&plan, None));
        plan.strata[1].modes = vec![Mode::Face];
        assert!(by_phone(&plan, Some("east")) && !by_phone(&plan, Some("west")) && by_phone(&plan, None));
        plan.questionnaires[1].rounds = vec!["r2".into()];
        assert!(!by_phone(&plan, Some("east")), "what is asked by telephone is not asked in this round");
        plan.questionnaires[1].rounds.clear();
        plan.questionnaires[1].rater_groups = vec!["staff".into()];
        assert!(
            plan.asks_by(Mode::Phone, "r1", None, Some("staff"))
                && !plan.asks_by(Mode::Phone, "r1", None, Some("users"))
        );
    }
}
