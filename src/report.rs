//! What is shown and handed on of a tally: tables for people, spreadsheets and programs. Pure; the program and the office
//! print the same tables.

mod table;

pub use table::{Cell, Column, Heading, Table, guard};
