use crate::ui::answer::{Live, say};
use crate::ui::controls::inputs::width;

/// A matrix as it is shown, in the language of the interview.
pub struct Sheet {
    /// The item's name.
    pub name: String,
    pub rows: Vec<Row>,
    pub columns: Vec<Column>,
    /// Grades, best first, then answers that are no grade.
    pub options: Vec<Choice>,
}

pub struct Row {
    pub unit: String,
    pub label: String,
    /// The class of units that begins with this row, where the matrix has several.
    pub class: Option<String>,
}

pub struct Column {
    pub id: String,
    pub label: String,
    pub description: Option<String>,
}

pub struct Choice {
    pub name: String,
    pub label: String,
    pub missing: bool,
}

impl Sheet {
    pub fn read(live: Live, index: usize) -> Sheet {
        live.with(|session| {
            let plan = session.plan();
            let item = session.item(index);
            let (units, indicators) = session.matrix(index);
            let mut class = None;
            let mut classes = 0;
            let mut rows: Vec<Row> = Vec::with_capacity(units.len());
            for id in units {
                let unit = plan.unit(id);
                let group = unit.and_then(|unit| unit.group.as_deref());
                let begins = group.is_some() && group != class;
                class = group;
                classes += usize::from(begins);
                let heading = plan.unit_groups.iter().find(|known| begins && Some(known.id.as_str()) == group);
                rows.push(Row {
                    unit: id.clone(),
                    label: unit.map_or(id.as_str(), |unit| say(session, &unit.label)).to_owned(),
                    class: heading.map(|heading| say(session, &heading.label).to_owned()),
                });
            }
            if classes < 2 {
                // The only class is what the question is about: its name is in the section's heading.
                rows.iter_mut().for_each(|row| row.class = None);
            }
            let leaves = plan.leaf_indicators();
            let columns = indicators.iter().map(|id| {
                let leaf = leaves.iter().find(|(leaf, _)| leaf.id == *id).map(|(leaf, _)| *leaf);
                Column {
                    id: id.clone(),
                    label: leaf.map_or(id.as_str(), |leaf| say(session, &leaf.label)).to_owned(),
                    description: leaf
                        .and_then(|leaf| leaf.description.as_ref())
                        .map(|description| say(session, description).to_owned()),
                }
            });
            let mut options = Vec::new();
            if let Some(scale) = item.scale.as_deref().and_then(|id| plan.scale(id)) {
                options.extend(scale.grades.iter().map(|grade| Choice {
                    name: grade.name.clone(),
                    label: say(session, &grade.label).to_owned(),
                    missing: false,
                }));
                options.extend(scale.missing.iter().map(|answer| Choice {
                    name: answer.name.clone(),
                    label: say(session, &answer.label).to_owned(),
                    missing: true,
                }));
            }
            Sheet { name: session.key(index), columns: columns.collect(), rows, options }
        })
    }

    /// Whether the units are in classes, each with a heading.
    pub fn has_classes(&self) -> bool {
        self.rows.iter().any(|row| row.class.is_some())
    }

    /// The answer that a whole row gets when the rater does not know the unit.
    pub fn missing(&self) -> Option<&Choice> {
        self.options.iter().find(|option| option.missing)
    }

    /// How wide an option has to be: one of the classes in the style sheet. Chinese may break anywhere, words may not.
    pub fn segments_class(&self) -> &'static str {
        let longest = |option: &Choice| option.label.split_whitespace().map(width).max().unwrap_or(0);
        let latin = self.options.iter().all(|option| option.label.is_ascii());
        match self.options.iter().map(longest).max().unwrap_or(0) {
            0..=6 => "segments narrow",
            7..=10 if !latin => "segments narrow",
            7..=9 => "segments medium",
            _ => "segments broad",
        }
    }
}
