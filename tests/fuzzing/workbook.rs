//! Any bytes are a workbook or refused in words; what is made of one is a plan's text that the checker reads, with findings in
//! both languages.

use minping::import::{Options, read};
use minping::plan;

/// Answers whether a plan was made.
pub fn run(bytes: &[u8]) -> bool {
    match read(bytes, &Options::default()) {
        Err(why) => {
            assert!(!why.told("zh").is_empty() && !why.told("en").is_empty());
            false
        }
        Ok(imported) => {
            for finding in &imported.findings {
                assert!(!finding.found("zh").is_empty() && !finding.advice("en").is_empty());
            }
            for problem in plan::check(&imported.plan) {
                assert!(!problem.found("en").is_empty());
            }
            true
        }
    }
}
