use super::node::Node;
use super::{Code, Report, listed};
use std::collections::BTreeMap;

/// Which indicators are for which classes of units.
pub(super) struct Classes<'a> {
    /// The class of each unit that has one.
    units: Vec<(&'a str, &'a str)>,
    /// The classes of each leaf indicator that is not for all.
    leaves: BTreeMap<&'a str, Vec<&'a str>>,
    all_leaves: usize,
}

impl<'a> Classes<'a> {
    pub fn of(root: &Node<'a>) -> Classes<'a> {
        let units = root.list("units");
        let classed = units.iter().filter_map(|unit| Some((unit.text("id")?, unit.text("group")?))).collect();
        let mut classes = Classes { units: classed, leaves: BTreeMap::new(), all_leaves: 0 };
        classes.walk(root, None);
        classes
    }

    fn walk(&mut self, parent: &Node<'a>, above: Option<&[&'a str]>) {
        for indicator in parent.list("indicators") {
            let own: Vec<&str> = indicator.texts("unit_groups").into_iter().map(|(_, id)| id).collect();
            let both: Option<Vec<&str>> = match (above, own.is_empty()) {
                (None, true) => None,
                (None, false) => Some(own),
                (Some(above), true) => Some(above.to_vec()),
                (Some(above), false) => Some(own.into_iter().filter(|id| above.contains(id)).collect()),
            };
            if indicator.list("indicators").is_empty() {
                self.all_leaves += 1;
                if let (Some(both), Some(id)) = (both, indicator.text("id")) {
                    self.leaves.entry(id).or_insert(both);
                }
            } else {
                self.walk(&indicator, both.as_deref());
            }
        }
    }

    /// Whether the indicator is for the class of the unit; for one without a class, only what is for all.
    pub fn fits(&self, indicator: &str, unit: &str) -> bool {
        let class = self.units.iter().find(|(id, _)| *id == unit).map(|(_, class)| *class);
        self.leaves.get(indicator).is_none_or(|own| class.is_some_and(|class| own.contains(&class)))
    }

    /// An item grades units on indicators that are for them.
    pub fn check(&self, item: &Node, report: &mut Report) {
        if self.leaves.is_empty() {
            return;
        }
        let own = |unit: &str| self.units.iter().find(|(id, _)| *id == unit);
        let fits = |indicator: &str, class: &str| self.leaves.get(indicator).is_none_or(|own| own.contains(&class));
        match item.text("type") {
            Some("grade") => {
                let (Some(unit), Some(indicator)) = (item.text("unit"), item.text("indicator")) else { return };
                if let Some((unit, class)) = own(unit).filter(|(_, class)| !fits(indicator, class)) {
                    report.add(Code::NotForItsClass, item.at("indicator"), [indicator, unit, class]);
                }
            }
            Some("grade_matrix") => {
                let named = item.texts("units");
                let rows =
                    self.units.iter().filter(|(id, _)| named.is_empty() || named.iter().any(|(_, row)| row == id));
                let rows: Vec<&(&str, &str)> = rows.collect();
                let columns = item.texts("indicators");
                for (path, column) in &columns {
                    if let Some((unit, class)) = rows.iter().find(|(_, class)| !fits(column, class)) {
                        report.add(Code::NotForItsClass, path, [column, unit, class]);
                    }
                }
                let shared = |own: &Vec<&str>| rows.iter().all(|(_, class)| own.contains(class));
                let for_all = self.leaves.values().filter(|own| shared(own)).count();
                if columns.is_empty() && self.all_leaves == self.leaves.len() && for_all == 0 {
                    let mut classes: Vec<&str> = rows.iter().map(|(_, class)| *class).collect();
                    classes.sort_unstable();
                    classes.dedup();
                    report.add(Code::NothingInCommon, &item.path, [&listed(classes)]);
                }
            }
            _ => {}
        }
    }
}
