//! Figures that are tables: the numbers stand beside what is drawn, on paper too.

use super::{Document, float, pair, table};
use crate::report::Plot;
use crate::report::plot::{DISSATISFIED, SATISFIED, shade};
use crate::tally::{Estimate, Measure};
use maud::{Markup, PreEscaped, html};

/// One grade of a bar.
pub(super) struct Grade {
    pub label: String,
    pub colour: &'static str,
    pub count: Option<u64>,
}

impl Document<'_> {
    /// The grades of a measure with their colours, best first.
    pub(super) fn grades(&self, measure: &Measure) -> Vec<Grade> {
        let satisfied = measure.grades.iter().filter(|grade| grade.satisfied).count();
        let rest = measure.grades.len() - satisfied;
        let (mut good, mut bad) = (0, 0);
        let grade = |found: &crate::tally::GradeCount| {
            let scale = self.plan.scale(&found.scale);
            let known = scale.and_then(|scale| scale.grades.iter().find(|grade| grade.name == found.grade));
            let label = known.map_or_else(|| found.grade.clone(), |grade| self.text(&grade.label));
            let (at, of, shades) =
                if found.satisfied { (&mut good, satisfied, SATISFIED) } else { (&mut bad, rest, DISSATISFIED) };
            *at += 1;
            Grade { label, colour: shade(*at - 1, of, shades), count: found.count }
        };
        measure.grades.iter().map(grade).collect()
    }

    /// How the grades divide, as one bar. Empty where a count is withheld or there is no answer.
    pub(super) fn divided(&self, grades: &[Grade]) -> Markup {
        let total: Option<u64> = grades.iter().map(|grade| grade.count).sum();
        html! {
            @if let Some(total) = total.filter(|total| *total > 0) {
                div.grades aria-hidden="true" {
                    @for grade in grades {
                        @let width = grade.count.unwrap_or(0) as f64 * 100.0 / total as f64;
                        span style={ "width:" (format!("{width:.2}")) "%;background:" (grade.colour) } {}
                    }
                }
            }
        }
    }

    pub(super) fn key(&self, grades: &[Grade]) -> Markup {
        html! {
            ul.key { @for grade in grades { li { span style={ "background:" (grade.colour) } {} (grade.label) } } }
        }
    }

    /// A number as a bar from nothing to `most`. Below nothing there is no bar.
    pub(super) fn bar(&self, value: &Estimate, most: f64) -> Markup {
        let width = value.as_ref().map_or(0.0, |value| (float(value) * 100.0 / most).clamp(0.0, 100.0));
        html! { @if width > 0.0 && most > 0.0 { span style={ "width:" (format!("{width:.2}")) "%" } aria-hidden="true" {} } }
    }

    /// A plot with what it says, and the numbers behind it one tap away.
    pub(super) fn plot(&self, plot: &Plot) -> Markup {
        html! {
            figure.plot id=(plot.name) {
                div.wide { (PreEscaped(plot.svg())) }
                figcaption { strong { (plot.title) } br; span.note { (plot.description) } }
                details { summary { (self.say(pair("图中的数", "The numbers of this plot"))) } (table(&plot.table, self.language)) }
            }
        }
    }
}
