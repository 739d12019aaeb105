//! ODK's public test forms: each gives a plan or an explanation, and where ODK's own engine takes the form too, the plan asks
//! the same questions under the same answers, and gives the same values.
//!
//! `scripts/toolchain --tests` fetches the forms and pyxform, which turns them into XForms. Where the two differ is listed in
//! `oracle/form-differences.json`, each difference with its reason; another one fails.
#![cfg(feature = "cli")]

use minping::expression::Moment;
use minping::import::{Imported, Options, Weight, read, write};
use minping::native::host::NATIVE;
use minping::plan::{Digest, Item, ItemType, Mode, Plan, Severity, load};
use minping::session::{Answer, Event, Opening, Part, PlanRef, Session};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;

/// Where the forms and pyxform are. None, and a loud word: this machine has not fetched them, and it is no CI.
fn tools() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("HOME")?;
        Some(Path::new(&home).join(".cache"))
    })?;
    let script = std::fs::read_to_string(root().join("scripts/toolchain")).expect("the script");
    let version = |name: &str| {
        let line =
            script.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).expect("a pinned version");
        line.split_whitespace().next().unwrap_or_default().to_owned()
    };
    let folder = format!("pyxform-{}-forms-{}", version("pyxform"), version("pyxform_forms"));
    let place = cache.join("minping/tools").join(folder);
    if place.join("whole").exists() {
        return Some(place);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing: scripts/toolchain --tests", place.display());
    eprintln!("SKIPPED: ODK's forms are not here; `scripts/toolchain --tests` fetches them");
    None
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A form as the converter lays it out.
#[derive(Deserialize)]
struct Listed {
    name: String,
    /// What pyxform has against it.
    error: Option<String>,
}

/// What ODK's engine says.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Error { error: String },
    States { states: Vec<BTreeMap<String, (bool, String, bool)>> },
}

fn lay_out(tools: &Path, folder: &Path) -> Vec<Listed> {
    let source = std::fs::read_dir(tools.join("forms")).unwrap().map(|e| e.unwrap().path()).find(|path| path.is_dir());
    let run = Command::new(tools.join("bin/python3"))
        .arg(root().join("tests/oracle/workbooks.py"))
        .arg(source.expect("the source package is unpacked"))
        .arg(folder)
        .output()
        .expect("python runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_str(&std::fs::read_to_string(folder.join("index.json")).unwrap()).unwrap()
}

fn import(path: &Path) -> Imported {
    let words = |text: &str| vec![(None, text.to_owned())];
    let options = Options {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        asker: words("An office"),
        purpose: words("A test"),
        notice: words("Nothing is kept"),
        ..Options::default()
    };
    let bytes = std::fs::read(path).unwrap();
    read(&bytes, &options).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn begin(plan: Plan) -> Option<Session> {
    let opening = Opening {
        plan: PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: Digest("A".repeat(43)) },
        round: plan.rounds[0].id.clone(),
        questionnaire: plan.questionnaires[0].id.clone(),
        mode: Mode::Face,
        rater_group: None,
        stratum: None,
        link: None,
        full: Vec::new(),
    };
    let language = plan.languages[0].clone();
    let mut session = Session::begin(Rc::new(plan), opening, "A".repeat(22), &language, &NATIVE).ok()?;
    // 2026-11-24T09:30+08:00, as the other side has it.
    session.apply(Event::Clock(Moment { milliseconds: 1_795_483_800_000, offset: 480 })).ok()?;
    Some(session)
}

fn names(items: &[Item], out: &mut BTreeSet<String>) {
    for item in items {
        out.insert(item.name.clone());
        names(&item.items, out);
    }
}

/// The answer that a turn gives, as ours and as ODK's. None: an answer that this script does not give.
fn answer(session: &Session, index: usize, turn: usize) -> Option<(Answer, Value)> {
    let item = session.item(index);
    let last = turn == 1;
    let pick = |texts: [&str; 2]| texts[turn.min(1)].to_owned();
    let text = |text: String| {
        if turn == 2 { (Answer::Text(String::new()), Value::Null) } else { (Answer::Text(text.clone()), text.into()) }
    };
    Some(match item.kind {
        ItemType::Text => text(pick(["hello", "5"])),
        ItemType::Integer if turn == 2 => (Answer::Text(String::new()), Value::Null),
        ItemType::Integer => {
            let number = if last { 50 } else { 1 };
            (Answer::Integer(number), number.to_string().into())
        }
        ItemType::Decimal => text(pick(["1.5", "100"])),
        ItemType::Date => text(pick(["2026-01-31", "1990-05-06"])),
        ItemType::SelectOne | ItemType::SelectMultiple => {
            let list = session.plan().choice_list(item.choices.as_deref()?)?;
            let offered: Vec<String> = session
                .choices(index)
                .into_iter()
                .filter_map(|place| Some(list.choices.get(place)?.name.clone()))
                .collect();
            let one = item.kind == ItemType::SelectOne;
            let chosen: Vec<String> = match turn {
                0 => offered.into_iter().take(if one { 1 } else { 2 }).collect(),
                1 => offered.into_iter().next_back().into_iter().collect(),
                _ => Vec::new(),
            };
            if chosen.is_empty() && turn < 2 {
                return None;
            }
            let words = if chosen.is_empty() { Value::Null } else { chosen.join(" ").into() };
            let own = match one {
                true => Answer::Text(chosen.into_iter().next().unwrap_or_default()),
                false => Answer::Choices(chosen),
            };
            (own, words)
        }
        _ => return None,
    })
}

fn state(
    session: &Session,
    known: &BTreeSet<String>,
    sets: &mut BTreeSet<String>,
) -> BTreeMap<String, (bool, String, bool)> {
    let mut out = BTreeMap::new();
    for index in 0..session.len() {
        let item = session.item(index);
        if !known.contains(&item.name) || session.part(index) != Part::Item {
            continue;
        }
        let value = match session.answer(index) {
            Some(Answer::Text(text)) => text.clone(),
            Some(Answer::Integer(number)) => number.to_string(),
            Some(Answer::Choices(chosen)) => {
                // In the order of the list here, in the order that is shown there: a set for both.
                let mut chosen = chosen.clone();
                chosen.sort();
                chosen.join(" ")
            }
            Some(Answer::Grid(_)) | None => String::new(),
        };
        out.insert(session.key(index), (session.is_relevant(index), value, !session.is_refused(index)));
        if item.kind == ItemType::SelectMultiple {
            sets.insert(session.key(index));
        }
    }
    out
}

#[test]
fn odks_own_forms_ask_the_same() {
    let Some(tools) = tools() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let forms = lay_out(&tools, scratch.path());
    assert!(forms.len() > 250, "only {} forms", forms.len());

    let (mut asked, mut ours, mut unfit) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    let (mut findings, mut empty) = (0, 0);
    for form in &forms {
        let imported = import(&scratch.path().join(format!("{}.xlsx", form.name)));
        findings += imported.findings.len();
        for finding in &imported.findings {
            for language in ["zh", "en"] {
                assert!(!finding.found(language).is_empty() && !finding.advice(language).is_empty(), "{finding:?}");
            }
        }
        // An anonymous plan asks for no place, photo or voice; whoever imports such a form has to say that it is none.
        let named = imported.plan.replace("\"anonymous\": true", "\"anonymous\": false");
        let kinds = ["geopoint", "image", "audio"].map(|kind| format!("\"type\": \"{kind}\""));
        let identifies = kinds.iter().any(|kind| imported.plan.contains(kind));
        let plan = match load(if identifies { &named } else { &imported.plan }) {
            Ok(plan) => plan,
            Err(error) => {
                // What keeps the plan from being run is among the findings.
                let told = imported.findings.iter().any(|finding| finding.weight == Weight::Error);
                assert!(told, "{}: {error}", form.name);
                // What ODK refuses too, and a form of which no question is left, need no explanation.
                let errors = error.problems.iter().filter(|problem| problem.severity() == Severity::Error);
                let left: Vec<String> = errors
                    .filter(|problem| !(problem.code.name() == "empty-list" && problem.path.ends_with("/items")))
                    .map(ToString::to_string)
                    .collect();
                match left.first() {
                    Some(first) if form.error.is_none() => {
                        unfit.insert(form.name.clone(), first.clone());
                    }
                    _ => empty += 1,
                }
                continue;
            }
        };
        if form.error.is_some() {
            continue;
        }
        let (workbook, _) = write(&plan).unwrap_or_else(|error| panic!("{}: {error}", form.name));
        let again = read(&workbook, &Options::default()).expect("our own workbook is read");
        assert_eq!(Plan::parse(&again.plan).unwrap(), plan, "{}", form.name);
        let mut known = BTreeSet::new();
        names(&plan.questionnaires[0].items, &mut known);
        let mut session = begin(plan).unwrap_or_else(|| panic!("{} begins", form.name));
        let mut sets = BTreeSet::new();
        let (mut states, mut turns) = (vec![state(&session, &known, &mut sets)], Vec::new());
        for turn in 0..3 {
            let mut answers = Vec::new();
            // Before the second turn, another instance of each repeat that people add to.
            let repeats = (0..session.len()).filter(|&index| session.part(index) == Part::Repeat && turn == 1);
            let repeats =
                repeats.filter(|&index| session.is_relevant(index) && session.item(index).repeat_count.is_none());
            let repeats: Vec<String> = repeats.map(|index| session.key(index)).collect();
            for repeat in repeats {
                session.apply(Event::Added { repeat: repeat.clone() }).expect("there is room for a second");
                answers.push(json!([repeat, { "add": true }]));
            }
            let all: Vec<String> = (0..session.len()).map(|index| session.key(index)).collect();
            let last = |key: &str| key.rsplit('/').next().unwrap_or_default().to_owned();
            for key in all.into_iter().filter(|key| known.contains(&last(key))) {
                let Some(index) = session.index(&key).filter(|&index| session.is_relevant(index)) else { continue };
                if session.item(index).read_only || session.item(index).calculation.is_some() {
                    continue;
                }
                if let Some((own, theirs)) = answer(&session, index, turn) {
                    let event = match theirs.is_null() {
                        true => Event::Cleared { item: key.clone() },
                        false => Event::Answered { item: key.clone(), value: own },
                    };
                    session.apply(event).unwrap_or_else(|why| panic!("{}: {why:?}", form.name));
                    answers.push(json!([key, theirs]));
                }
            }
            states.push(state(&session, &known, &mut sets));
            turns.push(answers);
        }
        let xml = std::fs::read_to_string(scratch.path().join(format!("{}.xml", form.name))).unwrap();
        asked.push(json!({"name": form.name, "xml": xml, "turns": turns}));
        ours.insert(form.name.clone(), (states, sets));
    }

    let mut node = Command::new("node")
        .arg(root().join("tests/oracle/forms.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is there: scripts/toolchain --tests");
    let mut input = node.stdin.take().expect("a pipe");
    let sending = std::thread::spawn(move || input.write_all(Value::Array(asked).to_string().as_bytes()));
    let output = node.wait_with_output().unwrap();
    sending.join().unwrap().expect("node reads all");
    assert!(output.status.success());
    let said: BTreeMap<String, Said> = serde_json::from_slice(&output.stdout).expect("states");

    let explained = Explained::read();
    let (mut compared, mut repeated, mut differences, mut refused) = (0, 0, BTreeMap::new(), 0);
    for (name, (states, sets)) in &ours {
        let theirs = match &said[name] {
            Said::Error { error } => {
                refused += 1;
                differences.insert(format!("{name}: -"), error.clone());
                continue;
            }
            Said::States { states } => states,
        };
        for (turn, (ours, theirs)) in states.iter().zip(theirs).enumerate() {
            for (question, (relevant, value, valid)) in ours {
                let Some((their_relevant, their_value, their_valid)) = theirs.get(question) else { continue };
                compared += 1;
                repeated += usize::from(question.contains('['));
                let mut words: Vec<&str> = their_value.split(' ').collect();
                words.sort_unstable();
                let their_value = &if sets.contains(question) { words.join(" ") } else { their_value.clone() };
                let both = *relevant && *their_relevant;
                // A value that no one can see is kept here and hidden there, or the other way round.
                let same = relevant == their_relevant
                    && (!both || value == their_value)
                    && (!both || value.is_empty() || valid == their_valid);
                if !same {
                    let what = format!(
                        "turn {turn}: ours {relevant} {value:?} {valid}, ODK's {their_relevant} {their_value:?} {their_valid}"
                    );
                    differences.entry(format!("{name}: {question}")).or_insert(what);
                }
            }
        }
    }
    println!(
        "{} forms, {findings} findings; {} do not load, nor {empty} that ODK refuses too or \
         in which nothing is left to ask; {} asked on both sides, {refused} not taken by ODK's engine; \
         {compared} states compared, {repeated} of them in repeats, {} questions differ",
        forms.len(),
        unfit.len(),
        ours.len(),
        differences.len()
    );
    let mut wrong: Vec<String> = Vec::new();
    for (place, what) in &differences {
        if !explained.differences.contains_key(place) {
            wrong.push(format!("{place}: {what}"));
        }
    }
    for (name, problem) in &unfit {
        if !explained.not_loaded.contains_key(name) {
            wrong.push(format!("{name} does not load: {problem}"));
        }
    }
    let idle = explained.differences.keys().filter(|place| !differences.contains_key(*place));
    wrong.extend(idle.map(|place| format!("{place}: explained, and does not differ")));
    let idle = explained.not_loaded.keys().filter(|name| !unfit.contains_key(*name));
    wrong.extend(idle.map(|name| format!("{name}: explained, and loads")));
    for reason in explained.differences.values().chain(explained.not_loaded.values()) {
        assert!(explained.reasons.contains_key(reason), "no such reason: {reason}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 2_000 && repeated > 500, "only {compared} states were compared, {repeated} of them in repeats");
}

/// What the converter says of a workbook.
#[derive(Deserialize)]
struct Read {
    error: Option<String>,
    warnings: Vec<String>,
    questions: usize,
}

/// What it warns of in our workbooks: `or_other` beside translations (it does not know the label of `other`), tags that are
/// longer than its list of languages knows, and photos without a size of their own (ours are made small without saying so).
const WARNINGS: [&str; 3] = [
    "This form uses or_other and translations",
    "do not contain valid machine-readable codes: ",
    "Use the max-pixels parameter",
];

#[test]
fn every_plan_that_is_written_as_a_workbook_is_a_form_to_odks_converter() {
    let Some(tools) = tools() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for folder in ["plans", "tests/browser/plans", "tests/vectors/plan/good"] {
        for path in std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            let plan = load(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let name = format!("{}-{}", folder.replace('/', "_"), path.file_stem().unwrap().to_string_lossy());
            let (bytes, _) = write(&plan).unwrap();
            std::fs::write(scratch.path().join(format!("{name}.xlsx")), bytes).unwrap();
            // The first questionnaire is the sheet that the converter reads.
            asked.insert(name, questions(&plan, &plan.questionnaires[0].items));
        }
    }
    let run = Command::new(tools.join("bin/python3"))
        .arg(root().join("tests/oracle/exported.py"))
        .arg(scratch.path())
        .output()
        .expect("python runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read: BTreeMap<String, Read> = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(read.keys().collect::<Vec<_>>(), asked.keys().collect::<Vec<_>>());
    for (name, said) in &read {
        assert_eq!(said.error, None, "{name}");
        assert_eq!(said.questions, asked[name], "{name}: every question is asked there too");
        for warning in &said.warnings {
            println!("{name}: {warning}");
            assert!(WARNINGS.iter().any(|known| warning.contains(known)), "{name}: {warning}");
        }
    }
    assert!(asked.len() >= 14, "{asked:?}");
}

/// How many questions ODK's programs ask where ours ask these: one for each cell of a matrix, and one for the words of `other`.
fn questions(plan: &Plan, items: &[Item]) -> usize {
    let count = |item: &Item| match item.kind {
        ItemType::Group | ItemType::Repeat => questions(plan, &item.items),
        ItemType::Calculate | ItemType::Hidden => 0,
        ItemType::GradeMatrix => plan.rows_of(item).len() * plan.columns_of(item).len(),
        _ => 1 + usize::from(item.other.is_some()),
    };
    items.iter().map(count).sum()
}

/// Where ours and ODK's differ, and why.
#[derive(Deserialize)]
struct Explained {
    /// Key to words.
    reasons: BTreeMap<String, String>,
    /// `form: question` to the key of the reason.
    differences: BTreeMap<String, String>,
    /// Forms whose plans are not run, to the key of the reason.
    not_loaded: BTreeMap<String, String>,
}

impl Explained {
    fn read() -> Explained {
        let text = std::fs::read_to_string(root().join("tests/oracle/form-differences.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}
