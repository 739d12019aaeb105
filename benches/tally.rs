//! How fast the office counts: `cargo bench --bench tally [-- RECORDS]`, 100,000 records unless told.
//!
//! Times are of one thread, best of five, and vary with the machine; the ratios are to a pass of the same run that only
//! adds up the same codes in one array, with no domains, no ids and no checks: the practical limit.

use minping::batch::{
    Admission, BatchDraft, Crypto, OfficeSecrets, Trust, open_record, seal_record, sign_batch, verify_batch,
};
use minping::ledger::{Codebook, Row};
use minping::named::Named;
use minping::native::crypto::Native;
use minping::plan::{Digest, Plan};
use minping::scores::{Counted, scored};
use minping::session::{Answer, Disposition, PlanRef, Record};
use minping::tally::{Tally, results};
use pollster::block_on;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Records that are sealed and opened: enough for a steady figure.
const SEALED: usize = 1000;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let count = asked.unwrap_or(100_000);
    println!("{:<28} {:>12} {:>14} {:>10}", "step", "ms", "records/s", "x plain");
    for (name, plan) in [("20 items, 1 unit", items(20)), ("matrix, 60 units x 8", matrix(60, 8))] {
        workload(name, plan, count);
    }
}

fn workload(name: &str, mut plan: Plan, count: usize) {
    let secrets = block_on(OfficeSecrets::generate(&Native)).expect("the system gives random numbers");
    plan.keys = Some(secrets.public());
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: Digest("p".repeat(43)) };
    let codebook = Arc::new(
        Codebook::new(&plan, &reference, &minping::expression::Plain).expect("the plan refers to what it has"),
    );
    let mut random = Random(42);
    let records: Vec<Record> = (0..count.min(20_000)).map(|at| answer(&plan, &reference, at, &mut random)).collect();
    println!("\n{name}: {} codes in a record, {count} records", codebook.instruments()[0].questions.len());

    let packed = time(3, || records.iter().map(|record| codebook.pack(record).expect("it fits")).collect::<Vec<Row>>());
    let rows: Vec<Row> = packed.1.iter().cycle().take(count).cloned().collect();
    let plain = time(5, || plain_pass(&rows));
    let tally = time(5, || Tally::of_rows(codebook.clone(), &rows));
    assert_eq!(plain.1.iter().sum::<u64>(), (rows.len() * rows[0].codes.len()) as u64, "both passes count every code");
    let per_record = plain.0.as_secs_f64() / count as f64;
    let show = |step: &str, took: Duration, records: usize| {
        let each = took.as_secs_f64() / records as f64;
        println!("{step:<28} {:>12.2} {:>14.0} {:>10.1}", took.as_secs_f64() * 1e3, 1.0 / each, each / per_record);
    };
    show("plain pass (limit)", plain.0, count);
    show("tally", tally.0, count);
    show("pack a record", packed.0, records.len());
    let estimated = time(3, || results(&tally.1, &plan.rounds[0].id));
    println!(
        "{:<28} {:>12.2}   all estimates, whatever the number of records",
        "estimates",
        estimated.0.as_secs_f64() * 1e3
    );
    let counted = time(3, || Counted::of_rows(codebook.clone(), &rows));
    show("count for errors", counted.0, count);
    let scored = time(3, || scored(&counted.1, &plan.rounds[0].id));
    show("errors, ranks, differences", scored.0, count);

    let some = &records[..SEALED.min(records.len())];
    let seal = |record| block_on(seal_record(&Native, &secrets.public().seal, record)).expect("the key is good");
    let sealed: Vec<String> = some.iter().map(seal).collect();
    let opened =
        time(1, || sealed.iter().map(|text| block_on(open_record(&Native, &secrets, text))).collect::<Vec<_>>());
    assert!(opened.1.iter().all(Result::is_ok), "what was sealed for the office opens");
    show("open a sealed record", opened.0, some.len());
    let (key, public) = block_on(Native.generate_sign(false)).expect("the system gives random numbers");
    let draft = BatchDraft {
        plan: reference.clone(),
        round: plan.rounds[0].id.clone(),
        seq: 1,
        prev: None,
        link: None,
        records: sealed,
        voided: Vec::new(),
    };
    let batch = block_on(sign_batch(&Native, &key, &public, draft)).expect("the key is good");
    let rounds = plan.rounds.iter().map(|round| round.id.clone()).collect();
    let trust = Trust { plan: &reference, rounds, office: &secrets.public().sign, roster: None };
    let verified = time(3, || block_on(verify_batch(&Native, &batch.text, &trust)));
    show("verify a batch, per record", verified.0, some.len());
    assert!(matches!(verified.1, Ok(Admission::Quarantined(..))), "genuine, and of no roster");
    let share = opened.0.as_secs_f64() + verified.0.as_secs_f64();
    let work =
        (tally.0.as_secs_f64() / count as f64 + packed.0.as_secs_f64() / records.len() as f64) * some.len() as f64;
    println!("cryptography and JSON are {:.1} % of a tally from sealed batches", 100.0 * share / (share + work));
}

/// Adds up codes by question, nothing else.
fn plain_pass(rows: &[Row]) -> Vec<u64> {
    let mut counts = vec![0u64; rows[0].codes.len() * 16];
    for row in rows {
        for (at, code) in row.codes.iter().enumerate() {
            counts[at * 16 + (*code as usize & 15)] += 1;
        }
    }
    counts
}

/// The shortest of `times` runs, and what the last gave.
fn time<T>(times: u32, mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut best: Option<(Duration, T)> = None;
    for _ in 0..times {
        let start = Instant::now();
        let made = black_box(run());
        let took = start.elapsed();
        let shortest = best.as_ref().map_or(took, |(before, _)| took.min(*before));
        best = Some((shortest, made));
    }
    best.expect("it runs at least once")
}

/// SplitMix64: the same answers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

fn answer(plan: &Plan, reference: &PlanRef, at: usize, random: &mut Random) -> Record {
    let grades = ["a", "b", "c", "d", "unknown"];
    let questionnaire = &plan.questionnaires[0];
    let mut answers = Named::new();
    for item in &questionnaire.items {
        let value = match item.unit {
            Some(_) => Answer::Text(grades[random.below(5)].into()),
            None => {
                let row = |random: &mut Random| {
                    let cells = plan.indicators.iter().map(|one| (one.id.clone(), grades[random.below(5)].to_owned()));
                    cells.collect::<Named<String>>()
                };
                Answer::Grid(plan.units.iter().map(|unit| (unit.id.clone(), row(random))).collect())
            }
        };
        answers.insert(item.name.clone(), value);
    }
    Record {
        v: 1,
        id: format!("{at:022}"),
        plan: reference.clone(),
        round: plan.rounds[0].id.clone(),
        questionnaire: questionnaire.id.clone(),
        mode: plan.modes[random.below(plan.modes.len())],
        rater_group: None,
        stratum: Some(plan.strata[random.below(plan.strata.len())].id.clone()),
        disposition: Disposition::Complete,
        repeats: Named::new(),
        answers,
        missing: Named::new(),
        attachments: Default::default(),
    }
}

fn items(count: usize) -> Plan {
    let items = (0..count).map(|at| {
        format!(
            r#"{{"type":"grade","name":"i{at}","label":{{"en":"i"}},"scale":"four","unit":"u0","indicator":"k{at}"}}"#
        )
    });
    make_plan(1, count, &items.collect::<Vec<_>>().join(","))
}

fn matrix(units: usize, indicators: usize) -> Plan {
    make_plan(units, indicators, r#"{"type":"grade_matrix","name":"m","label":{"en":"m"},"scale":"four"}"#)
}

fn make_plan(units: usize, indicators: usize, items: &str) -> Plan {
    let list = |count: usize, make: &dyn Fn(usize) -> String| (0..count).map(make).collect::<Vec<_>>().join(",");
    let label = r#""label":{"en":"x"}"#;
    let weight = 1.0 / indicators as f64;
    let text = format!(
        r#"{{"format":1,"id":"bench","version":"1","languages":["en"],"title":{{"en":"x"}},"asker":{{"en":"x"}},
        "purpose":{{"en":"x"}},"privacy":{{"notice":{{"en":"x"}},"anonymous":true}},"rounds":[{{"id":"r",{label}}}],
        "units":[{}],"scales":[{{"id":"four","grades":[{}],"missing":[{{"name":"unknown",{label}}}]}}],
        "indicators":[{}],"strata":[{}],"modes":["web","face"],
        "questionnaires":[{{"id":"q","title":{{"en":"x"}},"items":[{items}]}}]}}"#,
        list(units, &|at| format!(r#"{{"id":"u{at}",{label}}}"#)),
        list(4, &|at| {
            let name = ["a", "b", "c", "d"][at];
            format!(r#"{{"name":"{name}",{label},"score":{},"satisfied":{}}}"#, [100, 80, 50, 0][at], at < 2)
        }),
        list(indicators, &|at| format!(r#"{{"id":"k{at}",{label},"weight":{weight:.6}}}"#)),
        list(20, &|at| format!(r#"{{"id":"s{at}",{label}}}"#)),
    );
    // Shape alone: 1/60 has no six-place decimal, so the weights of some sizes do not sum to 1.
    Plan::parse(&text).expect("the text above has the shape of a plan")
}
