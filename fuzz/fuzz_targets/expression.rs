//! See tests/fuzzing/expression.rs.
#![no_main]

#[path = "../../tests/fuzzing/expression.rs"]
mod expression;

libfuzzer_sys::fuzz_target!(|text: &str| expression::run(text));
