//! See tests/fuzzing/workbook.rs.
#![no_main]

#[path = "../../tests/fuzzing/workbook.rs"]
mod workbook;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    workbook::run(bytes);
});
