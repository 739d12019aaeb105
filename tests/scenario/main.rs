//! Interviews told in domain words: open, answer, expect. One file per rule.

mod calculations;
mod cascades;
mod closing;
mod drafts;
mod ends;
mod expressions;
mod interview;
mod kinds;
mod known;
mod matrix;
mod notes;
mod numerals;
mod order;
mod piping;
mod properties;
mod quotas;
mod relevance;
mod repeats;
mod scale;
mod sections;
mod triggers;
mod values;
