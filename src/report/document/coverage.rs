//! How far the round came, for the office: counts of participation, small ones among them.

use super::{Document, table};
use crate::fieldwork::{Fieldwork, Split};
use crate::report::{days_plot, fieldwork_notes, fieldwork_table, reached_told, split_words};
use maud::{Markup, html};

impl Document<'_> {
    pub(super) fn coverage(&self, found: &Fieldwork) -> Markup {
        let tables = Split::ALL.into_iter().skip(1);
        let tables = tables.map(|split| (split, fieldwork_table(self.plan, found, split, true, self.language)));
        html! {
            p { (reached_told(found, self.language)) }
            @if let Some(plot) = days_plot(self.plan, found, self.language) { (self.plot(&plot)) }
            @for (split, made) in tables.filter(|(split, made)| !made.rows.is_empty() && *split != Split::Day) {
                h3 { (self.say(split_words(split))) }
                (table(&made, self.language))
            }
            ul.note { @for note in fieldwork_notes(found, None, self.language) { li { (note) } } }
        }
    }
}
