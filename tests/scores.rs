//! The errors of a plan's own results against R's `survey`: tests/vectors/stats/scores.R made the answers, this needs no R.

use minping::ledger::{Codebook, Row};
use minping::named::Named;
use minping::plan::{Decimal, Digest, Mode, Plan, load};
use minping::scores::{Change, Compared, Counted, Measured, Precision, Scored, changes, scored};
use minping::session::{Answer, Disposition, PlanRef, Record};
use minping::tally::Fraction;
use num_traits::ToPrimitive;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const UNITS: [&str; 4] = ["u1", "u2", "u3", "u4"];
const LEAVES: [&str; 3] = ["a", "b", "c"];

fn vectors(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/stats").join(name)).unwrap()
}

/// The plan of the vectors; `case` says what is known of how the raters were drawn.
fn plan(case: &str) -> Plan {
    let label = |text: &str| json!({ "en": text });
    let grade = |(name, score, satisfied): (&str, u32, bool)| json!({ "name": name, "label": label(name), "score": score, "satisfied": satisfied });
    let grades = [("best", 100, true), ("good", 80, true), ("fair", 60, true), ("bad", 30, false), ("worst", 0, false)]
        .map(grade);
    let units = UNITS.map(|id| json!({ "id": id, "label": label(id) }));
    let indicators = LEAVES.iter().zip([0.5, 0.3, 0.2]);
    let indicators = indicators.map(|(id, weight)| json!({ "id": id, "label": label(id), "weight": weight }));
    let groups = [("cadres", 0.3, Some(70)), ("users", 0.3, Some(150)), ("residents", 0.4, None)];
    let groups = groups.map(|(id, weight, people)| {
        let mut group = json!({ "id": id, "label": label(id) });
        if case == "groups" || case == "endless" {
            group["weight"] = json!(weight);
        }
        if let Some(people) = people.filter(|_| case == "groups") {
            group["population"] = json!(people);
        }
        group
    });
    let strata = [("town", 260), ("hills", 900)]
        .map(|(id, people)| json!({ "id": id, "label": label(id), "population": people }));
    let rounds = ["r1", "r2"].map(|id| json!({ "id": id, "label": label(id) }));
    let mut plan = json!({
        "format": 1, "id": "vectors", "version": "1", "languages": ["en"], "title": label("t"), "asker": label("a"),
        "purpose": label("p"), "privacy": { "notice": label("n"), "anonymous": true, "seal": false, "smallest_cell": 5 },
        "rounds": rounds, "units": units,
        "scales": [{ "id": "five", "grades": grades, "missing": [{ "name": "dk", "label": label("dk") }] }],
        "indicators": indicators.collect::<Vec<_>>(), "rater_groups": groups, "modes": ["face"],
        "questionnaires": [{ "id": "q", "title": label("q"), "items": [
            { "type": "grade_matrix", "name": "m", "label": label("m"), "scale": "five" }] }],
    });
    if case == "strata" {
        plan["strata"] = json!(strata);
    }
    load(&plan.to_string()).unwrap()
}

fn reference() -> PlanRef {
    PlanRef { id: "vectors".into(), version: "1".into(), digest: Digest("p".repeat(43)) }
}

fn rows(case: &str, codebook: &Codebook) -> Vec<Row> {
    let text = vectors("cases/scores.csv");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let pack = |(at, line): (usize, Vec<&str>)| {
        let cell = |name: &str| line[head.iter().position(|column| *column == name).unwrap()];
        let mut grid: Named<Named<String>> = Named::new();
        for (unit, leaf) in UNITS.iter().flat_map(|unit| LEAVES.map(|leaf| (*unit, leaf))) {
            let grade = cell(&[unit, ".", leaf].concat());
            if !grade.is_empty() {
                grid.get_or_insert_with(unit, Named::new).insert(leaf.into(), grade.into());
            }
        }
        let mut answers = Named::new();
        if !grid.is_empty() {
            answers.insert("m".into(), Answer::Grid(grid));
        }
        let record = Record {
            v: 1,
            id: at.to_string(),
            plan: reference(),
            round: cell("round").into(),
            questionnaire: "q".into(),
            mode: Mode::Face,
            rater_group: Some(cell("group").into()),
            stratum: (case == "strata").then(|| cell("stratum").into()),
            disposition: Disposition::Complete,
            repeats: Named::new(),
            answers,
            missing: Named::new(),
            notes: Named::new(),
            attachments: Named::new(),
        };
        codebook.pack(&record).unwrap()
    };
    lines.enumerate().map(pack).collect()
}

fn both_rounds(case: &str) -> [Scored; 2] {
    let codebook = Arc::new(Codebook::new(&plan(case), &reference(), &minping::expression::Plain).unwrap());
    let rows = rows(case, &codebook);
    let counted = Counted::of_rows(codebook, &rows);
    ["r1", "r2"].map(|round| scored(&counted, round).unwrap())
}

type Found = (f64, Precision, Option<f64>, Option<f64>);

fn told(estimate: &Fraction, precision: Precision) -> Found {
    (estimate.to_f64().unwrap(), precision, None, None)
}

fn compared(one: &Compared) -> Found {
    (one.difference.to_f64().unwrap(), one.precision.unwrap(), one.p, one.p_holm)
}

fn find(rounds: &[Scored; 2], want: &Value) -> Found {
    let text = |key: &str| want[key].as_str();
    let scored = &rounds[usize::from(text("round") == Some("r2"))];
    let place = scored.place(text("unit").unwrap()).unwrap();
    let (result, own) = (&scored.results.units[place], &scored.units[place]);
    let leaf = text("indicator").map(|id| LEAVES.iter().position(|leaf| *leaf == id).unwrap());
    let all = || changes(&rounds[0], &rounds[1]).units.swap_remove(place);
    let change = |change: Change| compared(&change.compared);
    match (text("what").unwrap(), leaf) {
        ("index", _) => told(result.index.as_ref().unwrap(), own.index.unwrap()),
        ("score", Some(leaf)) => match text("group") {
            None => {
                told(result.indicators[leaf].measure.score.as_ref().unwrap(), own.indicators[leaf].worth.score.unwrap())
            }
            Some(group) => {
                let at =
                    result.indicators[leaf].by_group.iter().position(|(id, _)| id.as_deref() == Some(group)).unwrap();
                let measure = &result.indicators[leaf].by_group[at].1;
                told(measure.score.as_ref().unwrap(), own.indicators[leaf].by_group[at].score.unwrap())
            }
        },
        ("rate", Some(leaf)) => {
            let (measure, worth) = (&result.indicators[leaf].measure, &own.indicators[leaf].worth);
            let interval = measure.interval.unwrap();
            assert_eq!((interval.low, interval.high), (worth.rate.unwrap().low, worth.rate.unwrap().high));
            told(measure.rate.as_ref().unwrap(), worth.rate.unwrap())
        }
        ("class", _) => compared(own.against_class.as_ref().unwrap()),
        ("pair", _) => {
            let other = scored.place(text("against").unwrap()).unwrap();
            let pair = scored.pairs.iter().find(|pair| pair.first == place && pair.second == other).unwrap();
            compared(&pair.compared)
        }
        ("change of index", _) => change(all().index.unwrap()),
        ("change of score", Some(leaf)) => change(all().indicators.swap_remove(leaf).score.unwrap()),
        (what, _) => panic!("no such number: {what}"),
    }
}

#[test]
fn errors_differences_and_changes_agree_with_r_to_a_relative_1e_9() {
    let known: Value = serde_json::from_str(&vectors("scores.json")).unwrap();
    let cases: BTreeMap<&str, [Scored; 2]> =
        ["groups", "endless", "strata", "simple"].into_iter().map(|case| (case, both_rounds(case))).collect();
    let (mut checked, mut worst, mut wrong) = (0, 0.0f64, Vec::new());
    for want in known["known"].as_array().unwrap() {
        let (estimate, precision, p, p_holm) = find(&cases[want["case"].as_str().unwrap()], want);
        for (key, value) in want["values"].as_object().unwrap() {
            let value = value.as_f64().unwrap();
            let own = match key.as_str() {
                "est" => estimate,
                "se" => precision.se,
                "df" => precision.df as f64,
                "low" => precision.low,
                "high" => precision.high,
                "p" => p.unwrap(),
                "p_holm" => p_holm.unwrap(),
                other => panic!("no such value: {other}"),
            };
            // A bound near 0 is the difference of larger numbers.
            let size = value.abs().max(if ["low", "high"].contains(&key.as_str()) { precision.se } else { 0.0 });
            let off = (own - value).abs() / size.max(f64::MIN_POSITIVE);
            (checked, worst) = (checked + 1, worst.max(off));
            if off > 1e-9 {
                wrong.push(format!("{want}: {key} is {own}, off by {off:e}"));
            }
        }
    }
    println!("{checked} values, worst {worst:e}");
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 2000, "{checked}");
}

/// Any way of cutting the records into parts, in any order.
#[test]
fn any_split_and_order_of_the_records_gives_the_same_bits() {
    for case in ["groups", "strata"] {
        let codebook = Arc::new(Codebook::new(&plan(case), &reference(), &minping::expression::Plain).unwrap());
        let rows = rows(case, &codebook);
        let whole = scored(&Counted::of_rows(codebook.clone(), &rows), "r1").unwrap();
        for step in [1, 7, 61, 400] {
            let mut parts: Vec<Counted> =
                rows.chunks(step).map(|part| Counted::of_rows(codebook.clone(), part.iter().rev())).collect();
            let middle = parts.len() / 3;
            parts.rotate_left(middle);
            let mut sum = Counted::of_rows(codebook.clone(), []);
            parts.iter().for_each(|part| sum.add(part).unwrap());
            assert_eq!(format!("{:?}", scored(&sum, "r1").unwrap()), format!("{whole:?}"), "{case} in parts of {step}");
        }
    }
}

#[test]
fn what_is_asked_for_by_itself_is_judged_by_itself() {
    let [before, after] = both_rounds("groups");
    let all = changes(&before, &after);
    for (unit, id) in all.units.iter().zip(UNITS) {
        let one = minping::scores::change(&before, &after, id, Measured::Index).unwrap();
        let among = unit.index.clone().unwrap();
        assert_eq!((one.compared.p, one.compared.p_holm), (among.compared.p, among.compared.p));
    }
    assert_eq!(all.other_modes, []);
    let weights = Decimal::parse("0.3").unwrap();
    assert_eq!(before.group_weights[0], ("cadres".to_owned(), weights));
}
