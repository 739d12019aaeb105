//! How fast all pairs of records are compared: `cargo bench --bench quality [-- RECORDS [QUESTIONS]]`, 20,000 records of 480
//! questions unless told: 2·10⁸ pairs.
//!
//! Best of three. The ratio is to a plain pass over the same pairs that compares byte by byte, one thread, measured on a
//! part of the pairs in the same run.

use minping::quality::Matcher;
use rayon::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rows that the plain pass compares with all after them.
const PLAIN_ROWS: usize = 50;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let rows = asked.first().copied().unwrap_or(20_000);
    let columns = asked.get(1).copied().unwrap_or(480);
    println!("{:<34} {:>10} {:>10} {:>10}", "step", "ms", "ns/pair", "x plain");
    for (name, gaps) in [("every question answered", 0), ("one in ten left out", 1)] {
        workload(name, rows, columns, gaps);
    }
}

fn workload(name: &str, rows: usize, columns: usize, gaps: usize) {
    let mut random = Random(42);
    let answer = |random: &mut Random| match random.below(10) {
        gap if gap < gaps => 0,
        _ => 1 + random.below(5) as u16,
    };
    let values: Vec<u16> = (0..rows * columns).map(|_| answer(&mut random)).collect();
    println!("\n{name}: {rows} records × {columns} questions");

    let bytes: Vec<u8> = values.iter().map(|value| *value as u8).collect();
    let some = PLAIN_ROWS.min(rows);
    let (plain, sums) = time(|| plain_pass(&bytes, columns, some));
    let pairs_of = |rows_done: usize| (0..rows_done).map(|row| (rows - 1 - row) as u64).sum::<u64>();
    let per_pair = plain.as_secs_f64() / pairs_of(some) as f64;
    let show = |step: &str, took: Duration, pairs: u64| {
        let each = took.as_secs_f64() / pairs.max(1) as f64;
        println!("{step:<34} {:>10.1} {:>10.2} {:>10.3}", took.as_secs_f64() * 1e3, each * 1e9, each / per_pair);
    };
    show("plain pass (part of the pairs)", plain, pairs_of(some));

    let (packing, matcher) = time(|| Matcher::new(&values, columns, 0.85, 20, 1000));
    show("pack", packing, matcher.pairs());
    let mut part = matcher.begin();
    matcher.compare(0..some, &mut part);
    assert_eq!(part.sums, sums, "both passes count the same");
    let (one, found) = time(|| {
        let mut found = matcher.begin();
        matcher.compare(0..matcher.rows(), &mut found);
        found
    });
    show("all pairs, one thread", one, matcher.pairs());
    let (many, joined) = time(|| {
        let chunks: Vec<usize> = (0..matcher.rows()).step_by(64).collect();
        let fold = chunks.into_par_iter().fold(
            || matcher.begin(),
            |mut found, from| {
                matcher.compare(from..(from + 64).min(matcher.rows()), &mut found);
                found
            },
        );
        fold.reduce(
            || matcher.begin(),
            |mut a, b| {
                a.join(b);
                a
            },
        )
    });
    assert!(found.highest == joined.highest && found.above == joined.above, "threads change nothing");
    show(&format!("all pairs, {} threads", rayon::current_num_threads()), many, matcher.pairs());
}

/// Byte by byte: equal answers, and answers that both gave.
fn plain_pass(bytes: &[u8], columns: usize, rows: usize) -> (u64, u64) {
    let row = |at: usize| &bytes[at * columns..][..columns];
    let mut sums = (0, 0);
    for first in 0..rows {
        for second in first + 1..bytes.len() / columns {
            let (mut equal, mut both) = (0u64, 0u64);
            for (a, b) in row(first).iter().zip(row(second)) {
                equal += u64::from(*a != 0 && a == b);
                both += u64::from(*a != 0 && *b != 0);
            }
            sums = (sums.0 + black_box(equal), sums.1 + both);
        }
    }
    sums
}

/// The shortest of three runs, and what the last gave.
fn time<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut best: Option<(Duration, T)> = None;
    for _ in 0..3 {
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
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((((z ^ (z >> 31)) >> 32) * limit as u64) >> 32) as usize
    }
}
