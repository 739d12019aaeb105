//! Rounds that never were: made by the program, counted by the program, and compared with what is true.
#![cfg(feature = "cli")]

use minping::native::host::NATIVE;
use minping::plan::{Digest, Plan, load};
use minping::session::{Answer, PlanRef, Record};
use minping::simulate::{Conduct, Misconduct, Population, Round, Stated, coverage, interview};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::rc::Rc;

const PASSPHRASE: &str = "four unrelated words";

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Office {
        let office = Office { folder: tempfile::tempdir().unwrap() };
        office.done(&["keys", "new", "office.minping-keys"]);
        office
    }

    fn run(&self, words: &[&str]) -> Output {
        self.run_in("en", words)
    }

    fn run_in(&self, language: &str, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["--lang", language]).args(words).current_dir(self.folder.path());
        command.env("MINPING_PASSPHRASE", PASSPHRASE).output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{words:?}: {out}{errors}");
        out.into_owned()
    }

    /// Exit code and what was said on standard error.
    fn refused(&self, words: &[&str]) -> (Option<i32>, String) {
        let output = self.run(words);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    fn simulate(&self, plan: &Path, out: &str, more: &[&str]) -> Value {
        let plan = plan.to_str().unwrap();
        let words = [&["simulate", "round", plan, "--keys", "office.minping-keys", "--out", out][..], more].concat();
        self.done(&words);
        serde_json::from_str(&self.read(out, "made.json")).unwrap()
    }

    fn read(&self, out: &str, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(out).join(name)).unwrap()
    }

    /// What the office's own command makes of a round.
    fn counted(&self, command: &str, out: &str, more: &[&str]) -> Output {
        self.counted_in("en", command, out, more)
    }

    fn counted_in(&self, language: &str, command: &str, out: &str, more: &[&str]) -> Output {
        let [batches, plan, roster] =
            ["batches", "plan.json", "devices.minping-roster"].map(|name| [out, "/", name].concat());
        let words =
            [&[command, &batches, "--plan", &plan, "--keys", "office.minping-keys", "--roster", &roster][..], more]
                .concat();
        self.run_in(language, &words)
    }

    fn records(&self, out: &str) -> Vec<Record> {
        let file = [out, "/records.json"].concat();
        self.counted("open", out, &["--records", &file]);
        let all: Vec<Value> = serde_json::from_str(&self.read(out, "records.json")).unwrap();
        all.iter().map(|record| Record::parse(&record.to_string()).unwrap()).collect()
    }
}

fn plans() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["plans", "tests/browser/plans"].map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut files: Vec<PathBuf> = files.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(files.len() >= 8, "{files:?}");
    files
}

fn ready(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("plans").join(name)
}

fn parsed(path: &Path) -> (Rc<Plan>, PlanRef) {
    let plan = load(&fs::read_to_string(path).unwrap()).unwrap();
    let digest = Digest::parse(&"A".repeat(43)).unwrap();
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    (Rc::new(plan), reference)
}

/// Two at a time: most of what is done are programs of their own.
#[test]
fn every_plan_works_from_its_questions_to_its_report_and_what_was_done_to_the_batches_is_found() {
    let office = Office::new();
    let paths = plans();
    std::thread::scope(|scope| {
        for turn in 0..2 {
            let (office, paths) = (&office, &paths);
            scope.spawn(move || paths.iter().skip(turn).step_by(2).for_each(|path| try_out(office, path)));
        }
    });
}

fn try_out(office: &Office, path: &Path) {
    let name = path.file_stem().unwrap().to_str().unwrap();
    let more = ["--records", "90", "--population", "110", "--devices", "2", "--gaps", "1", "--duplicates", "2"];
    let made = office.simulate(path, name, &more);
    let records = made["records"].as_array().unwrap();
    assert_eq!(records.len(), 90, "{name}");
    assert!(
        records.iter().all(|record| ["stuck_at", "refused"].iter().all(|name| record[name] == serde_json::json!([]))),
        "{name}: every question can be answered"
    );
    let lost: usize =
        made["lost_batches"].as_array().unwrap().iter().map(|lost| lost["records"].as_u64().unwrap() as usize).sum();
    let by_canvassers = records.iter().any(|record| !record["device"].is_null());
    assert_eq!(lost > 0, by_canvassers, "{name}: only canvassers' batches can be missed");

    let output = office.counted("tally", name, &["--by", "indicator", "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let arrived = 90 - lost;
    assert!(said.contains(&format!("records in batches {arrived} = counted {arrived}")), "{name}: {said}");
    assert_eq!(said.contains("has not arrived"), lost > 0, "{name}: {said}");
    assert!(said.contains("2 files repeat batches"), "{name}: {said}");
    // The ledger takes every record that the engine made.
    let ids: BTreeSet<String> = office.records(name).into_iter().map(|record| record.id).collect();
    assert_eq!(ids.len(), arrived, "{name}");
    assert!(ids.iter().all(|id| records.iter().any(|record| record["id"] == id.as_str())), "{name}");
    if path == ready(&[name, ".json"].concat()) {
        expect_results(office, name, path, std::str::from_utf8(&output.stdout).unwrap());
    }
}

/// The tally has every unit and indicator and is near the truth, and the report in both languages names every unit.
///
/// A score has a standard deviation of about 30 points. Where each person is asked about some of the units only, the truth
/// is what those say who would be asked, so both have their errors.
fn expect_results(office: &Office, name: &str, path: &Path, tally: &str) {
    let (plan, _) = parsed(path);
    let (found, truth) = (scores(tally), scores(&office.read(name, "truth.csv")));
    let cells =
        plan.units.iter().map(|unit| plan.leaves_for(unit.group.as_deref()).into_iter().filter(|own| *own).count());
    assert_eq!(found.len(), cells.sum::<usize>(), "{name}");
    assert_eq!(found.keys().collect::<Vec<_>>(), truth.keys().collect::<Vec<_>>(), "{name}");
    // In so small a round a cell may have no answer where few are asked about it.
    let both = found.iter().filter_map(|(cell, (score, n))| {
        assert!(score.is_some() || *n == 0.0, "{name} {cell:?}: {n} answers and no score");
        Some((cell, (*score)?, *n, truth[cell].0?, truth[cell].1))
    });
    let away: Vec<f64> = both
        .map(|(cell, score, n, true_score, all)| {
            let away = (score - true_score).abs() / (30.0 * (1.0 / n + 1.0 / all).sqrt());
            assert!(away < 4.5, "{name} {cell:?}: {away} standard errors from the truth");
            away
        })
        .collect();
    assert!(away.len() * 10 >= found.len() * 9, "{name}: {} of {} cells have a score", away.len(), found.len());
    let mean = away.iter().sum::<f64>() / away.len() as f64;
    assert!(mean < 1.2, "{name}: {mean} standard errors from the truth on average");
    for language in ["zh", "en"] {
        let file = [name, "-", language, ".html"].concat();
        office.counted_in(language, "report", name, &["--out", &file]);
        let report = fs::read_to_string(office.folder.path().join(&file)).unwrap();
        let texts = plan.units.iter().map(|unit| &unit.label).chain([&plan.title, &plan.asker]);
        for text in texts.map(|text| &text[language]) {
            assert!(report.contains(text.as_str()), "{name} in {language}: {text}");
        }
    }
}

#[test]
fn the_combined_score_is_what_its_parts_and_their_weights_come_to() {
    let office = Office::new();
    let (name, path) = ("indicator-kinds", ready("indicator-kinds.json"));
    let (plan, _) = parsed(&path);
    office.simulate(&path, name, &["--records", "400", "--population", "500", "--devices", "2"]);
    let more = ["--by", "part", "--places", "6", "--format", "csv"];
    let text = String::from_utf8(office.counted("tally", name, &more).stdout).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), plan.units.len(), "{text}");
    for row in rows {
        let number = |column: &str| -> f64 {
            let at = headers.iter().position(|header| header == column).unwrap();
            row[at].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
        };
        let weight = |part: &minping::plan::Part| part.weight.to_text().parse::<f64>().unwrap();
        let sum: f64 = plan.parts.iter().map(|part| weight(part) * number(&part.id)).sum();
        assert!((sum - number("combined")).abs() < 1e-5, "{row:?}");
        assert!(plan.parts.iter().all(|part| number(&[&part.id, ":n"].concat()) > 0.0), "{row:?}");
        assert!(number("low") < number("combined") && number("combined") < number("high"), "{row:?}");
    }
    office.counted_in("en", "report", name, &["--out", "parts.html"]);
    let report = fs::read_to_string(office.folder.path().join("parts.html")).unwrap();
    assert!(report.contains("Combined score"));
    assert!(plan.parts.iter().all(|part| report.contains(&part.label["en"])));
}

/// Score and answers by unit and indicator, of what `tally --by indicator` writes and of `truth.csv`.
fn scores(table: &str) -> BTreeMap<(String, String), (Option<f64>, f64)> {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let [unit, indicator, score, n] = ["unit", "indicator", "score", "n"].map(column);
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        ((row[unit].to_owned(), row[indicator].to_owned()), (row[score].parse().ok(), row[n].parse().unwrap()))
    });
    rows.collect()
}

#[test]
fn the_same_seed_makes_the_same_answers_and_another_seed_others() {
    let office = Office::new();
    let path = ready("study-practice.json");
    let more = |seed| ["--records", "60", "--nonresponse", "0.3", "--careless", "0.1", "--seed", seed];
    for (out, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
        office.simulate(&path, out, &more(seed));
    }
    assert_eq!(office.read("a", "made.json"), office.read("b", "made.json"));
    assert_eq!(office.read("a", "truth.csv"), office.read("b", "truth.csv"));
    assert_ne!(office.read("a", "truth.csv"), office.read("c", "truth.csv"));
    let answers = |out| -> BTreeMap<String, String> {
        office.records(out).into_iter().map(|record| (record.id, format!("{:?}", record.answers))).collect()
    };
    assert_eq!(answers("a"), answers("b"));
    assert_ne!(answers("a"), answers("c"));
}

#[test]
fn nothing_simulated_can_be_counted_in_a_real_round() {
    let office = Office::new();
    office.simulate(&ready("study-practice.json"), "round", &["--records", "20"]);
    let folder = office.folder.path();
    fs::create_dir(folder.join("dist")).unwrap();
    fs::write(folder.join("dist/index.html"), "<!doctype html>").unwrap();
    let plan = ready("study-practice.json");
    office.done(&["plan", "publish", plan.to_str().unwrap(), "--keys", "office.minping-keys", "--app", "dist"]);
    let published = fs::read_dir(folder.join("dist/plans")).unwrap().map(|entry| entry.unwrap().path());
    let real = { published }
        .find(|path| path.to_string_lossy().contains("study-practice.") && path.extension().unwrap() == "json")
        .unwrap();
    let output = office.run(&[
        "tally",
        "round/batches",
        "--plan",
        real.to_str().unwrap(),
        "--keys",
        "office.minping-keys",
        "--format",
        "json",
    ]);
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).trim()), (Some(1), "[]"));

    let published = real.to_str().unwrap();
    let (code, said) = office.refused(&["simulate", "round", published, "--keys", "office.minping-keys", "--out", "x"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("is published"), "{said}");
    assert!(!folder.join("x").exists(), "nothing was made");
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_overwritten() {
    let office = Office::new();
    let plan = ready("study-practice.json");
    let plan = plan.to_str().unwrap();
    office.simulate(Path::new(plan), "round", &["--records", "20"]);
    let before = office.read("round", "made.json");
    let again = ["simulate", "round", plan, "--keys", "office.minping-keys", "--out", "round"];
    let (code, said) = office.refused(&again);
    assert!(code == Some(1) && said.contains("round: there is something here already"), "{said}");
    assert_eq!(office.read("round", "made.json"), before);
    let (code, said) = office.refused(&["simulate", "coverage", plan, "--round", "2031"]);
    assert!(code == Some(1) && said.contains("no round `2031`; choose one of"), "{said}");
    let (code, said) = office.refused(&["simulate", "round", plan, "--keys", "x", "--out", "y", "--nonresponse", "1"]);
    assert!(code == Some(2) && said.contains("a share is a number from 0 to below 1"), "{said}");
}

#[test]
fn intervals_at_95_percent_hold_what_all_would_say_in_95_of_100_samples() {
    // Many cells with few people each, and one cell with many.
    for (name, people, size) in [("city-units.json", 300, (150, 40)), ("study-practice.json", 1_000, (200, 1_000))] {
        let (plan, reference) = parsed(&ready(name));
        let population = Population::new(&plan, &plan.rounds[0].id, people, 11).unwrap();
        let round = plan.rounds[0].id.clone();
        let mut told = 0;
        let found = coverage(&plan, &reference, &round, &population, size, &NATIVE, || told += 1).unwrap();
        assert_eq!((told, found.samples, found.population), (size.1, size.1, people));
        for stated in [Stated::Rate, Stated::Score, Stated::Index] {
            let (share, ..) = found.of(stated).share().unwrap();
            // The units of a sample share its raters: 40 samples are few, whatever the number of their intervals.
            assert!((0.92..=0.975).contains(&share), "{name}: {stated:?} {share} of {}", found.of(stated).stated);
        }
        // A single unit has nothing to be compared with.
        let compared = found.of(Stated::AgainstClass);
        assert_eq!(compared.stated == 0, plan.units.len() == 1);
        assert!(compared.share().is_none_or(|(share, ..)| (0.93..=0.975).contains(&share)), "{name}: {compared:?}");
        assert!(found.classes.share().is_none_or(|(share, ..)| share >= 0.93), "{name}: {:?}", found.classes);
    }
}

#[test]
fn intervals_of_weighted_groups_hold_too() {
    let (plan, reference) = parsed(&ready("county-transport.json"));
    let population = Population::new(&plan, &plan.rounds[0].id, 600, 4).unwrap();
    let round = plan.rounds[0].id.clone();
    let found = coverage(&plan, &reference, &round, &population, (150, 300), &NATIVE, || ()).unwrap();
    for stated in [Stated::Rate, Stated::Score, Stated::Index] {
        let (share, ..) = found.of(stated).share().unwrap();
        assert!((0.925..=0.98).contains(&share), "{stated:?} {share} of {}", found.of(stated).stated);
    }
}

#[test]
fn who_does_not_take_part_moves_the_result_only_where_kind_people_are_readier() {
    let (plan, _) = parsed(&ready("study-practice.json"));
    let population = Population::new(&plan, &plan.rounds[0].id, 20_000, 5).unwrap();
    let mean = |bias: f64| {
        let misconduct = Misconduct { nonresponse: 0.6, bias, ..Misconduct::default() };
        let drawn = Round::draw(&population, 4_000, 3, &misconduct);
        let share = drawn.asked.len() as f64 / drawn.contacts as f64;
        let kind: f64 = drawn.asked.iter().map(|asked| population.people()[asked.person].leniency).sum();
        (share, kind / drawn.asked.len() as f64)
    };
    let ((share, even), (_, bent)) = (mean(0.0), mean(1.0));
    assert!((0.38..0.42).contains(&share), "{share} take part");
    assert!(even.abs() < 0.06, "{even}");
    assert!(bent > 0.4, "{bent}");
}

/// Grades by unit and indicator.
fn grades(record: &Record) -> BTreeMap<(String, String), String> {
    let grids = record.answers.iter().filter_map(|(_, answer)| match answer {
        Answer::Grid(grid) => Some(grid),
        _ => None,
    });
    let cells = grids.flat_map(|grid| {
        grid.iter().flat_map(|(unit, row)| {
            row.iter().map(move |(indicator, grade)| ((unit.clone(), indicator.clone()), grade.clone()))
        })
    });
    cells.collect()
}

#[test]
fn each_conduct_answers_as_it_says() {
    let (plan, reference) = parsed(&ready("city-units.json"));
    let population = Population::new(&plan, &plan.rounds[0].id, 50, 3).unwrap();
    let round = plan.rounds[0].id.clone();
    let asked = |person: usize, conduct| {
        let id = format!("{person:022}");
        let session = population.people()[person].opened(&plan, &reference, &round, id, &NATIVE).unwrap();
        let done = interview(&population, person, conduct, session);
        assert_eq!(done.stuck, Vec::<String>::new());
        grades(&done.record)
    };
    let honest = asked(4, Conduct::Honest);
    assert!(honest.len() > 100);
    assert_eq!(asked(4, Conduct::Honest), honest, "who is asked twice says the same");
    let different = |found: BTreeMap<(String, String), String>| found.values().collect::<BTreeSet<_>>().len();
    assert!(different(honest.clone()) > 2);
    assert_eq!(different(asked(4, Conduct::Careless)), 1);
    assert!(asked(4, Conduct::Coached).values().all(|grade| *grade == plan.scales[0].grades[0].name));
    // People who are asked the same give the same answer to less than half; whoever copies, to nearly all.
    let alike = |other: &BTreeMap<(String, String), String>| {
        let same = honest.iter().filter(|(cell, grade)| other.get(*cell) == Some(grade)).count();
        same as f64 / honest.len() as f64
    };
    let same_list = |person: &usize| population.people()[*person].questionnaire == population.people()[4].questionnaire;
    let other = (5..50).find(same_list).unwrap();
    assert!(alike(&asked(other, Conduct::Honest)) < 0.7);
    let copied = alike(&asked(other, Conduct::Fabricated { after: 4 }));
    assert!((0.85..1.0).contains(&copied), "{copied}");
}

#[test]
fn a_cheating_canvasser_is_flagged_and_the_honest_ones_are_not() {
    let office = Office::new();
    let more = ["--records", "200", "--population", "300", "--cheaters", "1", "--careless", "0.02"];
    let made = office.simulate(&ready("city-units.json"), "round", &more);
    let output = office.counted("quality", "round", &["--show", "flags", "--format", "json"]);
    let flags: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let flagged = |check: &str| -> BTreeSet<&str> {
        flags.iter().filter(|flag| flag["check"] == check).filter_map(|flag| flag["record"].as_str()).collect()
    };
    let of = |conduct: &str| -> BTreeSet<&str> {
        let records = made["records"].as_array().unwrap().iter().filter(|record| record["conduct"] == conduct);
        records.map(|record| record["id"].as_str().unwrap()).collect()
    };
    let (copies, near) = (of("fabricated"), flagged("near_duplicate"));
    assert!(copies.len() > 20 && copies.is_subset(&near));
    // The interview that was copied is among the pairs; nobody else's is.
    assert!(near.difference(&copies).count() <= 1, "{near:?}");
    assert!(!of("careless").is_empty() && of("careless").is_subset(&flagged("same_grades")));
    let unlike = flags.iter().filter(|flag| flag["check"] == "interviewer" && flag["measure"] == "highest match");
    let unlike: Vec<&str> = unlike.map(|flag| flag["interviewer"].as_str().unwrap()).collect();
    assert_eq!(unlike, ["1"], "only the cheater's records match more than the others'");
}

#[test]
fn where_nobody_cheats_few_are_flagged() {
    let office = Office::new();
    office.simulate(&ready("city-units.json"), "round", &["--records", "300", "--population", "300", "--seed", "2"]);
    let output = office.counted("quality", "round", &["--show", "flags", "--format", "json"]);
    let flags: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let records: BTreeSet<&str> = flags.iter().filter_map(|flag| flag["record"].as_str()).collect();
    assert!(records.len() <= 9, "{} of 300 honest records have a flag", records.len());
    assert_eq!(flags.iter().filter(|flag| flag["check"] == "near_duplicate").count(), 0);
}

#[test]
fn each_stratum_can_be_counted_by_itself_and_together_they_are_the_whole() {
    let office = Office::new();
    let path = ready("by-region.json");
    office.simulate(&path, "round", &["--records", "120", "--seed", "4"]);
    let answers = |more: &[&str]| -> Vec<u64> {
        let words = [&["--format", "json"], more].concat();
        let rows: Vec<Value> = serde_json::from_slice(&office.counted("tally", "round", &words).stdout).unwrap();
        rows.iter().map(|row| row["n"].as_u64().unwrap()).collect()
    };
    let (plan, _) = parsed(&path);
    let mut sum = vec![0; plan.units.len()];
    for stratum in &plan.strata {
        let part = answers(&["--stratum", &stratum.id]);
        assert!(part.iter().sum::<u64>() > 0, "{}", stratum.id);
        sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
    }
    assert_eq!(sum, answers(&[]));
    let unknown = office.counted("tally", "round", &["--stratum", "nowhere"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no stratum `nowhere`"));
    let published = office.counted("tally", "round", &["--stratum", &plan.strata[0].id, "--publish"]);
    assert_eq!(published.status.code(), Some(2));
}
