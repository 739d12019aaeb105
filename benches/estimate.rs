//! How fast any table is estimated: `cargo bench --bench estimate [-- ROWS]`, a million rows of 20 items unless told.
//!
//! Times are processor seconds of one thread. The plain pass is the practical limit: it only splits the same bytes into
//! cells. Memory is what the step added to the process.

use minping::estimate::{Asked, Design, Number, Question, Sample, Score, estimate};
use std::hint::black_box;

const ITEMS: usize = 20;
const GRADES: [(&str, &str); 4] = [("非常满意", "100"), ("满意", "80"), ("基本满意", "60"), ("不满意", "0")];

fn main() {
    let rows = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let table = table(rows);
    println!("{rows} rows, {ITEMS} items, {} MB", table.len() / 1_000_000);
    println!("{:<44} {:>8} {:>8} {:>9}", "step", "CPU s", "x plain", "MB added");
    let plain = show("plain pass: split into cells", None, || {
        let mut reader = csv::ReaderBuilder::new().from_reader(table.as_slice());
        let mut record = csv::ByteRecord::new();
        let mut bytes = 0;
        while reader.read_byte_record(&mut record).expect("the table was just made") {
            bytes += record.iter().map(<[u8]>::len).sum::<usize>();
        }
        black_box(bytes);
    });
    let villages = Design {
        strata: Some("stratum".to_owned()),
        clusters: vec!["psu".to_owned()],
        weight: Some("w".to_owned()),
        ..Design::default()
    };
    let people = Design { clusters: Vec::new(), ..villages.clone() };
    for (name, design, by) in [
        ("20 means, 1,000 villages", &villages, None),
        ("20 means by 60 units, 1,000 villages", &villages, Some("unit")),
        ("20 means, each row its own unit", &people, None),
    ] {
        let question = question(design.clone(), by);
        show(name, Some(plain), || {
            let sample = Sample::read(table.as_slice(), question).expect("the table fits the question");
            black_box(estimate(&sample).expect("the design is sound"));
        });
    }
}

fn question(design: Design, by: Option<&str>) -> Question {
    let items = || (1..=ITEMS).map(|item| format!("q{item}"));
    let number = |text: &str| Number::parse(text).expect("a number");
    let points: Vec<(String, Number)> =
        GRADES.iter().map(|(grade, points)| ((*grade).to_owned(), number(points))).collect();
    Question {
        design,
        dont_know: vec!["不了解".to_owned()],
        scores: items().map(|column| Score { column, points: points.clone() }).collect(),
        by: by.map(str::to_owned).into_iter().collect(),
        asked: items().map(Asked::Mean).collect(),
        ..Question::default()
    }
}

/// Like a county: 10 strata, 1,000 villages of one weight each, 60 units.
fn table(rows: usize) -> Vec<u8> {
    let mut state = 42u64;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let items: Vec<String> = (1..=ITEMS).map(|item| format!("q{item}")).collect();
    let mut text = format!("stratum,psu,w,unit,{}\n", items.join(","));
    for _ in 0..rows {
        let village = random(1000);
        let weight = 0.5 + (village * 7919 % 2500) as f64 / 1000.0;
        text.push_str(&format!("s{},v{village:04},{weight},u{}", village / 100, random(60)));
        for _ in 0..ITEMS {
            text.push(',');
            text.push_str(match random(100) {
                0..2 => "",
                2..7 => "不了解",
                at => GRADES[(at % 4) as usize].0,
            });
        }
        text.push('\n');
    }
    text.into_bytes()
}

/// Runs a step and prints what it took; the processor seconds.
fn show(step: &str, plain: Option<f64>, run: impl FnOnce()) -> f64 {
    let (before, memory) = (processor_seconds(), resident("VmRSS"));
    // The peak is counted anew from here (Linux).
    _ = std::fs::write("/proc/self/clear_refs", "5");
    run();
    let took = processor_seconds() - before;
    let added = (resident("VmHWM") - memory).max(0.0);
    let times = plain.map_or(1.0, |plain| took / plain);
    println!("{step:<44} {took:>8.2} {times:>8.1} {added:>9.0}");
    took
}

fn processor_seconds() -> f64 {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the pointer is to a rusage of our own, which the call fills.
    let usage = unsafe {
        libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr());
        usage.assume_init()
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// A line of /proc/self/status, in MB; 0 where there is none.
fn resident(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1000.0
}
