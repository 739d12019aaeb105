//! See tests/fuzzing/plan.rs.
#![no_main]

#[path = "../../tests/fuzzing/plan.rs"]
mod plan;

libfuzzer_sys::fuzz_target!(|text: &str| {
    plan::run(text);
});
