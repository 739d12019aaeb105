//! Records written out for other programs.
use super::{Exit, Failure, FileError, Told};
use crate::ledger::{Account, Codebook, Ledger};
use crate::native::files::{Access, create};
use crate::plan::{Item, ItemType};
use crate::report::guard;
use crate::session::{self, Answer, MissingReason, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::PathBuf;

/// A new file for records.
pub struct Target {
    path: PathBuf,
    csv: bool,
}

/// Why no records are written.
#[derive(Debug)]
pub enum TargetError {
    UnknownEnding(PathBuf),
    Exists(PathBuf),
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TargetError::UnknownEnding(path) => {
                write!(f, "{}: the name has to end in .json or .csv, which says how to write it", path.display())
            }
            TargetError::Exists(path) => write!(f, "{}: is there already; choose another name", path.display()),
        }
    }
}

impl std::error::Error for TargetError {}

impl Told for TargetError {
    fn zh(&self) -> String {
        match self {
            TargetError::UnknownEnding(path) => {
                format!("{}：文件名要以 .json 或 .csv 结尾，由它决定写成什么", path.display())
            }
            TargetError::Exists(path) => format!("{}：已经存在；请换一个名字", path.display()),
        }
    }
}

impl Target {
    pub fn new(path: PathBuf) -> Result<Target, Failure> {
        let csv = match path.extension().and_then(|end| end.to_str()) {
            Some("csv") => true,
            Some("json") => false,
            _ => return Err(Failure::told(Exit::Usage, TargetError::UnknownEnding(path))),
        };
        if path.exists() {
            return Err(Failure::told(Exit::Refused, TargetError::Exists(path)));
        }
        Ok(Target { path, csv })
    }

    /// Writes the records that count, in order of id: an order that says nothing about when they came.
    pub fn write(self, ledger: &Ledger, account: &Account<'_>) -> Result<(), Failure> {
        let codebook = ledger.codebook();
        let records = || account.counted.iter().map(|(id, row)| codebook.unpack(id, row));
        let text = if self.csv { to_csv(codebook, &records) } else { to_json(records()) };
        let text = text.map_err(|cause| FileError::new("write", &self.path, cause))?;
        // Answers are for the office alone.
        Ok(create(&self.path, text.as_bytes(), Access::Owner)?)
    }
}

fn has_repeat(items: &[Item]) -> bool {
    items.iter().any(|item| item.kind == ItemType::Repeat || has_repeat(&item.items))
}

/// The keys of a record that belong to repeats: of their numbers, and of what is in them.
fn keys_in_repeats(record: Record) -> Vec<String> {
    let inside = record.answers.keys().filter(|key| key.contains('['));
    inside.chain(record.repeats.keys()).cloned().collect()
}

/// The keys of a repeat in the order in which an interview asks: by instance, then as the items stand in the plan.
fn repeated(repeat: &Item, keys: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    fn place(item: &Item, out: &mut Vec<String>) {
        out.push(item.name.clone());
        item.items.iter().for_each(|item| place(item, out));
    }
    let mut names = Vec::new();
    place(repeat, &mut names);
    let rank = |key: &str| -> Vec<(usize, usize)> {
        let parts = session::key::parts(key);
        let part = |(name, number): (&str, Option<usize>)| {
            (names.iter().position(|known| known == name).unwrap_or(usize::MAX), number.unwrap_or(0))
        };
        parts.map(part).collect()
    };
    let mut keys = keys.get(&repeat.name).cloned().unwrap_or_default();
    keys.sort_by_key(|key| rank(key));
    keys
}

fn to_json(records: impl Iterator<Item = Record>) -> io::Result<String> {
    let mut text = String::from("[");
    for (at, record) in records.enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str(&record.encode());
    }
    text.push_str("\n]\n");
    Ok(text)
}

/// The parts of a place, in the order in which records have them.
const PLACE: [&str; 4] = ["latitude", "longitude", "altitude", "accuracy"];

/// One column for each item, four for a place (`item/latitude` …), one for each cell of a matrix (`item/unit/indicator`), over all questionnaires; for each
/// repeat one with the number of its instances, then one for each item of each instance that a record has.
fn to_csv<R: Iterator<Item = Record>>(codebook: &Codebook, records: &dyn Fn() -> R) -> io::Result<String> {
    let plan = codebook.plan();
    let mut columns: Vec<(String, Option<(String, String)>)> = Vec::new();
    fn walk<'a>(items: &'a [Item], out: &mut Vec<&'a Item>) {
        for item in items {
            match item.kind {
                ItemType::Group => walk(&item.items, out),
                ItemType::Note => {}
                _ => out.push(item),
            }
        }
    }
    let repeats = plan.questionnaires.iter().any(|questionnaire| has_repeat(&questionnaire.items));
    let found = if repeats { records().flat_map(keys_in_repeats).collect() } else { BTreeSet::new() };
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for key in found {
        let repeat = key.split(['[', '/']).next().unwrap_or(&key).to_owned();
        keys.entry(repeat).or_default().push(key);
    }
    for (instrument, questionnaire) in codebook.instruments().iter().zip(&plan.questionnaires) {
        let mut items = Vec::new();
        walk(&questionnaire.items, &mut items);
        let mut places = Vec::new();
        find_places(&questionnaire.items, &mut places);
        for item in items {
            let cells = instrument.questions.iter().filter(|question| question.item == item.name);
            let made: Vec<_> = match item.kind {
                ItemType::GradeMatrix => cells
                    .map(|question| {
                        let unit = plan.units[question.unit as usize].id.clone();
                        let indicator = codebook.leaves()[question.indicator as usize].clone();
                        (item.name.clone(), Some((unit, indicator)))
                    })
                    .collect(),
                ItemType::Repeat => repeated(item, &keys).into_iter().map(|key| (key, None)).collect(),
                _ => vec![(item.name.clone(), None)],
            };
            let words = item.other_name().map(|name| (name, None));
            // Numbers apart, as maps take them.
            let parts = |(key, cell): (String, Option<(String, String)>)| -> Vec<_> {
                if cell.is_some() || !places.contains(&key.rsplit('/').next().unwrap_or(&key)) {
                    return vec![(key, cell)];
                }
                PLACE.iter().map(|part| (key.clone(), Some(((*part).to_owned(), String::new())))).collect()
            };
            for column in made.into_iter().chain(words).flat_map(parts) {
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fixed = ["id", "round", "questionnaire", "mode", "rater_group", "stratum", "disposition", "missing"];
    let names = columns.iter().map(|(item, cell)| match cell {
        None => item.clone(),
        Some((part, none)) if none.is_empty() => format!("{item}/{part}"),
        Some((unit, indicator)) => format!("{item}/{unit}/{indicator}"),
    });
    writer.write_record(fixed.into_iter().map(str::to_owned).chain(names).map(|name| guard(&name)))?;
    for record in records() {
        let missing = record.missing.iter().map(|(item, reason)| match reason {
            MissingReason::Refused => format!("{item}=refused"),
            MissingReason::DontKnow => format!("{item}=dont_know"),
        });
        let missing: Vec<String> = missing.collect();
        let head = [
            record.id.clone(),
            record.round.clone(),
            record.questionnaire.clone(),
            record.mode.name().to_owned(),
            record.rater_group.clone().unwrap_or_default(),
            record.stratum.clone().unwrap_or_default(),
            record.disposition.name().to_owned(),
            missing.join(" "),
        ];
        let answers = columns.iter().map(|(item, cell)| match (record.answers.get(item), cell) {
            (Some(Answer::Text(text)), None) => guard(text),
            (Some(Answer::Text(place)), Some((part, _))) => {
                let at = PLACE.iter().position(|known| known == part);
                at.and_then(|at| place.split(' ').nth(at)).unwrap_or("").to_owned()
            }
            // A number is a number: the guard is against words.
            (Some(Answer::Integer(number)), None) => number.to_string(),
            (Some(Answer::Choices(choices)), None) => guard(&choices.join(" ")),
            (Some(Answer::Grid(grid)), Some((unit, indicator))) => {
                guard(grid.get(unit).and_then(|row| row.get(indicator)).map_or("", String::as_str))
            }
            (None, None) => record.repeats.get(item).map_or(String::new(), u32::to_string),
            _ => String::new(),
        });
        // An id is base64url and may begin with `-`.
        writer.write_record(head.iter().map(|text| guard(text)).chain(answers))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    // Without the mark, spreadsheets on Chinese systems read UTF-8 as GBK.
    let text = String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(["\u{feff}", &text].concat())
}

/// Names of the items that ask for a place.
fn find_places<'a>(items: &'a [Item], out: &mut Vec<&'a str>) {
    for item in items {
        if item.kind == ItemType::Geopoint {
            out.push(&item.name);
        }
        find_places(&item.items, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Codebook;
    use crate::plan::{Digest, load};
    use crate::session::PlanRef;

    #[test]
    fn each_instance_of_a_repeat_has_its_columns_in_the_order_of_the_interview() {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/plan/good/repeats-and-cascades.json");
        let plan = load(&std::fs::read_to_string(path).unwrap()).unwrap();
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: Digest("p".repeat(43)) };
        let codebook = Codebook::new(&plan, &reference, &crate::native::host::NATIVE).unwrap();
        let record = |id: &str, repeats: &str, answers: &str| {
            let text = format!(
                r#"{{"v":1,"id":"{id}","plan":{{"id":"town","version":"1","digest":"{}"}},"round":"r1","questionnaire":"q",
                "mode":"face","disposition":"complete","repeats":{repeats},"answers":{answers}}}"#,
                "p".repeat(43)
            );
            Record::parse(&text).unwrap()
        };
        let made = [
            record(
                "A",
                r#"{"household":2,"household[2]/child":2}"#,
                r#"{"household[2]/age":7,"household[2]/called":"=x","household[2]/child[2]/child_name":"c"}"#,
            ),
            record("B", r#"{"household":11}"#, r#"{"household[11]/called":"k","household[1]/age":3}"#),
        ];
        let text = to_csv(&codebook, &|| made.iter().cloned()).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let start = header.iter().position(|name| name == "household").unwrap();
        assert_eq!(
            header[start..start + 7],
            [
                "household",
                "household[1]/age",
                "household[2]/called",
                "household[2]/age",
                "household[2]/child",
                "household[2]/child[2]/child_name",
                "household[11]/called"
            ]
        );
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let cells = |row: usize| rows[row].iter().skip(start).take(7).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cells(0), ["2", "", "'=x", "7", "2", "c", ""]);
        assert_eq!(cells(1), ["11", "3", "", "", "", "", "k"]);
    }

    #[test]
    fn a_place_is_four_numbers_beside_each_other() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/plan/good/kinds.json");
        let plan = load(&std::fs::read_to_string(path).unwrap()).unwrap();
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: Digest("p".repeat(43)) };
        let codebook = Codebook::new(&plan, &reference, &crate::native::host::NATIVE).unwrap();
        let made = Record::parse(&format!(
            r#"{{"v":1,"id":"A","plan":{{"id":"kinds","version":"1","digest":"{}"}},"round":"r1","questionnaire":"q",
            "mode":"face","disposition":"complete","answers":{{"where":"-33.8688 151.2093 0 8.5"}}}}"#,
            "p".repeat(43)
        ))
        .unwrap();
        let text = to_csv(&codebook, &|| [made.clone()].into_iter()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].contains(",where/latitude,where/longitude,where/altitude,where/accuracy,"), "{text}");
        assert!(lines[1].contains(",-33.8688,151.2093,0,8.5,"), "{text}");
    }
}
