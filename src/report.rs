//! What is shown and handed on of a tally: tables for people, spreadsheets and programs. Pure; the program and the office
//! print the same tables, and write the same report.

mod backcheck;
mod contacts;
mod decisions;
mod differences;
mod document;
mod earlier;
mod estimates;
mod fieldwork;
mod hall;
pub mod how;
mod knowledge;
mod mapping;
mod parts;
mod plot;
mod quality;
mod quotas;
mod rectification;
mod results;
mod sent;
mod suggestions;
mod table;

pub use backcheck::{Answers, Drawn, answers_table, drawn_table};
pub use contacts::{dispositions_table, doubtful_text, handed_table, named_rates_table, rates_table};
pub use decisions::{decisions_table, verdict_words};
pub use differences::{change_shown, changes_note, changes_table, difference_shown, imprecise, no_change, pairs_table};
pub use document::{Asked, Beside, NoReport, Part, Suggestions, document, document_with, notes, suggestions};
pub use earlier::earlier_table;
pub use estimates::{Digits, estimates_note, estimates_table, factors_table, outcomes_table};
pub use fieldwork::{fieldwork_notes, fieldwork_table, pace_of, pace_told, reached_told, split_words};
pub use hall::{local_time, protocol_lines, protocol_notes, protocol_paper, protocol_units, way_words};
pub use knowledge::{knowledge_note, knowledge_table};
pub use mapping::{POOLING, how_words, mapping_table};
pub use parts::{combined_ends, combined_note, combined_table};
pub use plot::{Plot, days_plot, plots};
pub use quality::{QualityReport, View};
pub use quotas::{cell_name, quotas_table};
pub use rectification::{
    After, Followed, Later, Register, about, cases_table, due_told, figure_told, finding_names, finding_title,
    findings_table, history_table, later, later_note, later_table, left_told, register, standing_told, step_told,
    verdict, why_told,
};
pub use results::{By, Shape, results_note, results_table, scores_notes};
pub use sent::{EXTRA as SENT_EXTRA, empty_sent_table, found_words, sent_table, state_words};
pub use suggestions::{
    CountBy, groups_table, indicator_name, published_suggestions_table, suggestion_counts_table, suggestions_paper,
    suggestions_table, unit_name, words_table,
};
pub use table::{Cell, Column, Heading, Table, guard};
