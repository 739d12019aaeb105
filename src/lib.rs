//! Minping 民评: a public satisfaction evaluation from the plan to the published result.
//!
//! The crate is one pure core with two edges. Dependencies point one way, top to bottom of this list:
//!
//! | room | owns |
//! |---|---|
//! | [`json`] | JSON in and out: one strict reader and one writer for every format |
//! | [`carry`] | values as bytes, from one thread of the app to the other |
//! | [`named`] | values by name, small |
//! | [`decimal`] | exact decimal numbers: weights, scores, numbers in expressions |
//! | [`expression`] | ODK expressions: parse, evaluate, dependencies |
//! | [`plan`] | the JSON plan: types, JSON Schema, checks with positions, translations |
//! | `import` | XLSForm workbooks in and out; only where an office works (features `cli`, `web`) |
//! | [`session`] | one interview: events, relevance, validity, navigation, the record it closes into |
//! | [`batch`] | records sealed, batches signed and chained, roster, receipts, link tokens (FORMAT.md) |
//! | [`ledger`] | what an office accepted: quarantine, duplicates, gaps, forks, conflicts |
//! | [`tally`] | exact counts and the estimates made from them |
//! | [`estimate`] | survey estimates from any table: design, weights, variances, intervals |
//! | `design` | changing a plan in steps that can be undone, what changed in words, pasted tables, drawing a sample (features `cli`, `web`) |
//! | [`scores`] | what the plan's own results are worth: errors, ranks, differences, change between rounds |
//! | [`quality`] | what looks odd in the records, for people to judge; the sample to call again |
//! | [`rectification`] | what became of each finding: cases, deadlines, replies, call-backs, appeals |
//! | [`fieldwork`] | how far a round is: records by stratum, group, quota, mode, day and device, against the plan |
//! | [`suggestions`] | what people wrote: names and numbers masked, notes of clerks, words, groups, what may be published |
//! | [`hall`] | a ballot in a hall: what belongs to it, paper entered twice, the balance, the protocol |
//! | [`report`] | tables of a tally, for people, spreadsheets and programs |
//! | `posters` | links on paper: posters, cards, single-use codes, each read back from its drawing (features `cli`, `web`) |
//! | `export` | data and metadata for other programs, and the published numbers recomputed (features `cli`, `web`) |
//! | `simulate` | rounds that never were: a population of known opinions, interviewed by the real engine (feature `cli`) |
//! | [`language`] | the languages of the interface, and its texts in both |
//! | [`store`] | what a device keeps: entries with revisions, the log format, reconciliation |
//! | [`outbox`] | what happens on the device to a closed session: sealed, batched, sent, receipted |
//! | [`course`] | the course for canvassers: pages to read, the pool of questions, the quiz drawn from it |
//! | [`contact`] | cases to call on, attempts and their outcomes by AAPOR, contact and response rates |
//! | `vault` | several canvassers on one device: PINs, and what lies there wrapped for whom (features `cli`, `web`) |
//! | [`clearance`] | giving a device back: what on it is in no other hands yet, and the step that clears it |
//!
//! What the first question does not need comes later: a function marked `#[chunk(name)]` (`ui::element`) goes, with all
//! that only it reaches, into a file of its own, which is loaded when it is first called and kept by the service worker
//! like the rest. The controls that few plans use, the review, sealing and sending come so.
//!
//! The edges are `browser` and `ui` (feature `web`), `native` and `receiver` (feature `cli`). The core reads no
//! clock, randomness or storage; the edges supply them.

pub mod batch;
pub mod carry;
pub mod clearance;
pub mod contact;
pub mod course;
pub mod decimal;
#[cfg(any(feature = "cli", feature = "web"))]
pub mod design;
pub mod estimate;
#[cfg(any(feature = "cli", feature = "web"))]
pub mod export;
pub mod expression;
pub mod fieldwork;
pub mod hall;
#[cfg(any(feature = "cli", feature = "web"))]
pub mod import;
pub mod json;
pub mod language;
pub mod ledger;
pub mod named;
pub mod outbox;
pub mod plan;
#[cfg(any(feature = "cli", feature = "web"))]
pub mod posters;
pub mod quality;
pub mod rectification;
pub mod report;
pub mod scores;
pub mod session;
#[cfg(feature = "cli")]
pub mod simulate;
pub mod store;
pub mod suggestions;
pub mod tally;
#[cfg(any(feature = "cli", feature = "web"))]
pub mod vault;

#[cfg(feature = "web")]
pub mod browser;
#[cfg(feature = "web")]
pub mod ui;

#[cfg(feature = "cli")]
pub mod native;
#[cfg(feature = "cli")]
pub mod receiver;
