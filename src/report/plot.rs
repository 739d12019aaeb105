//! Plots of a round, as SVG that stands alone: on the screen, on paper, in a file. Each has a title and a description for who
//! does not see it, and the table of what is drawn. A plot is drawn from what may be shown: what is published is plotted from
//! what is published.

mod days;
mod frame;
mod grades;
mod heat;
mod importance;
mod ranked;
mod trend;

pub use days::days_plot;
pub(super) use frame::{DISSATISFIED, SATISFIED, shade};

use super::Table;
use super::differences::unit_label;
use super::results::{indicator_label, words};
use crate::carry::{Carry, Load};
use crate::language::{Language, Words};
use crate::plan::Plan;
use crate::scores::Scored;
use crate::tally::{Fraction, UnitResult};
use maud::{Markup, PreEscaped};
use num_traits::ToPrimitive;

/// One plot.
#[derive(Clone, Debug)]
pub struct Plot {
    /// Name for files and anchors, such as `ranked-departments`.
    pub name: String,
    pub title: String,
    /// What is drawn and how to read it.
    pub description: String,
    svg: Markup,
    /// The numbers behind it.
    pub table: Table,
}

impl Carry for Plot {
    fn put(&self, out: &mut Vec<u8>) {
        let Plot { name, title, description, svg, table } = self;
        [name, title, description, &svg.0].into_iter().for_each(|text| text.put(out));
        table.put(out);
    }
    fn take(from: &mut Load<'_>) -> Option<Plot> {
        let mut text = || String::take(from);
        let (name, title, description, svg) = (text()?, text()?, text()?, text()?);
        Some(Plot { name, title, description, svg: PreEscaped(svg), table: Table::take(from)? })
    }
}

impl Plot {
    /// The SVG element.
    pub fn svg(&self) -> &str {
        &self.svg.0
    }
    /// A file of its own.
    pub fn to_file(&self) -> String {
        ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", &self.svg.0, "\n"].concat()
    }
}

/// All plots of a round that its data allow, class by class. `earlier`: rounds before it, the last one last.
pub fn plots(plan: &Plan, scored: &Scored, earlier: &[Scored], language: Language) -> Vec<Plot> {
    let mut ids: Vec<Option<&str>> = plan.unit_groups.iter().map(|group| Some(group.id.as_str())).collect();
    ids.push(None);
    let mut plots = Vec::new();
    for id in ids {
        let places = (0..scored.units.len()).filter(|at| scored.results.units[*at].group.as_deref() == id);
        let mut places: Vec<usize> = places.collect();
        if places.is_empty() {
            continue;
        }
        places.sort_by_key(|at| scored.units[*at].rank.map_or(usize::MAX, |ranked| ranked.rank));
        let class = Class { plan, scored, earlier, language, id, places };
        plots.extend(class.ranked());
        plots.extend(class.grades());
        plots.extend(class.heat());
        plots.extend(class.trend());
    }
    plots.extend(importance::importance(plan, scored, language));
    plots
}

/// The units of one class, best first; those without an index last.
struct Class<'a> {
    plan: &'a Plan,
    scored: &'a Scored,
    earlier: &'a [Scored],
    language: Language,
    id: Option<&'a str>,
    places: Vec<usize>,
}

impl Class<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Words::pair(zh, en).of(self.language)
    }

    fn unit(&self, at: usize) -> &UnitResult {
        &self.scored.results.units[at]
    }

    fn unit_label(&self, at: usize) -> String {
        crate::plan::prose::plain(unit_label(self.plan, &self.unit(at).unit, self.language))
    }

    fn indicator_label(&self, id: &str) -> String {
        crate::plan::prose::plain(indicator_label(self.plan, id, self.language))
    }

    /// Name of a plot of this class.
    fn name(&self, kind: &str) -> String {
        self.id.map_or_else(|| kind.to_owned(), |id| [kind, "-", id].concat())
    }

    /// A title that names the class, where there are several.
    fn title(&self, title: &str) -> String {
        let group = self.plan.unit_groups.iter().find(|group| Some(group.id.as_str()) == self.id);
        let of = match (group, self.places.as_slice()) {
            (Some(group), _) => words(self.plan, &group.label, self.language).to_owned(),
            (None, [only]) => self.unit_label(*only),
            _ => return title.to_owned(),
        };
        match self.language {
            Language::Zh => format!("{title}：{of}"),
            Language::En => format!("{title}: {of}"),
        }
    }
}

fn float(value: &Fraction) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

#[cfg(test)]
mod tests;
