use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The JSON files of a folder under the repository.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} holds plans", folder.display());
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// Two lines for each problem: place, severity, code and path; then both languages.
fn describe(problems: &[Problem]) -> String {
    let mut text = String::new();
    for problem in problems {
        let place = problem.place.expect("the native check places everything");
        let severity = if problem.severity() == Severity::Error { "error" } else { "warning" };
        text += &format!("{}:{} {severity} {} {}\n", place.line, place.column, problem.code.name(), problem.path);
        for language in ["en", "zh"] {
            text += &format!("    {}; {}\n", problem.found(language), problem.advice(language));
        }
    }
    text
}

/// To write the expectations anew after a change, run with `MINPING_WRITE_VECTORS=1` and read the difference.
#[test]
fn each_bad_plan_has_exactly_the_problems_written_beside_it() {
    for (path, text) in files("tests/vectors/plan/bad") {
        let found = describe(&check(&text));
        let beside = path.with_extension("problems");
        if std::env::var_os("MINPING_WRITE_VECTORS").is_some() {
            std::fs::write(&beside, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        assert!(!expected.is_empty(), "{} names the problems", beside.display());
        assert_eq!(found, expected, "{}", path.display());
    }
}

#[test]
fn good_plans_have_no_problems() {
    for (path, text) in files("tests/vectors/plan/good").into_iter().chain(files("plans")) {
        let ready = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let told: Vec<&str> = check(&text).iter().map(|problem| problem.code.name()).collect();
        let expected: Vec<&str> = TOLD.iter().filter(|(plan, _)| *plan == ready).map(|(_, code)| *code).collect();
        assert_eq!(told, expected, "{}: {}", path.display(), describe(&check(&text)));
    }
}

/// Warnings that ready plans have because the document they are faithful to asks for it.
const TOLD: [(&str, &str); 3] =
    [("city-units", "too-long"), ("development-outlook", "right-answers-travel"), ("study-practice", "no-dont-know")];

/// The schema is what editors check: what they mark has to be an error here too, in words.
#[test]
fn whatever_the_schema_refuses_is_named() {
    for (path, text) in files("tests/vectors/plan/bad") {
        let Ok(value) = serde_json::from_str(&text) else { continue };
        let named = check(&text).iter().any(|p| p.severity() == Severity::Error);
        assert!(shape::accepts(&value) || named, "{}", path.display());
    }
}

/// Values to put where something else belongs.
fn intruder() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(Value::Bool(true)),
        Just(Value::from(0)),
        Just(Value::from(-3)),
        Just(Value::from(0.1234567)),
        Just(Value::from(u64::MAX)),
        Just(Value::from("")),
        Just(Value::from("../../x\u{0}")),
        Just(Value::from("${grades} = 'bad'")),
        Just(Value::from("not(((")),
        Just(serde_json::json!([])),
        Just(serde_json::json!({})),
        Just(serde_json::json!([{}, "u1", 7])),
        Just(serde_json::json!({ "zh": "x", "en": 1 })),
    ]
}

/// Every place in a JSON value.
fn pointers(value: &Value, path: &str, out: &mut Vec<String>) {
    out.push(path.to_owned());
    match value {
        Value::Object(members) => members.iter().for_each(|(k, v)| pointers(v, &format!("{path}/{k}"), out)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(i, v)| pointers(v, &format!("{path}/{i}"), out))
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_damaged_plan_is_named_or_still_whole(changes in prop::collection::vec((any::<prop::sample::Index>(), intruder()), 1..4)) {
        let good = files("tests/vectors/plan/good").pop().unwrap().1;
        let mut value: Value = serde_json::from_str(&good).unwrap();
        for (index, intruder) in changes {
            let mut places = Vec::new();
            pointers(&value, "", &mut places);
            *value.pointer_mut(&places[index.index(places.len())]).unwrap() = intruder;
        }
        let text = value.to_string();
        let sound = check(&text).iter().all(|p| p.severity() == Severity::Warning);
        prop_assert_eq!(crate::plan::load(&text).is_ok(), sound);
        if sound {
            prop_assert!(shape::accepts(&value), "{}", text);
            prop_assert!(crate::plan::read(&text).is_ok());
        }
    }
}

#[test]
fn what_has_no_error_is_loaded_and_read_alike() {
    let bad = files("tests/vectors/plan/bad");
    let all = bad.into_iter().chain(files("tests/vectors/plan/good")).chain(files("plans"));
    for (path, text) in all {
        let sound = check(&text).iter().all(|p| p.severity() == Severity::Warning);
        let loaded = crate::plan::load(&text);
        assert_eq!(loaded.is_ok(), sound, "{}", path.display());
        if let Ok(plan) = loaded {
            assert_eq!(crate::plan::read(&text).unwrap(), plan, "{}", path.display());
            let again = serde_json::to_string(&plan).unwrap();
            assert_eq!(crate::plan::load(&again).unwrap(), plan, "{} survives being written", path.display());
        }
    }
}

#[test]
fn every_code_occurs_in_a_bad_plan() {
    let found: BTreeSet<Code> =
        files("tests/vectors/plan/bad").iter().flat_map(|(_, text)| check(text)).map(|p| p.code).collect();
    // What the schema and the types disagree about is not known: that is why the code is there.
    // A thousand problems are no vector to read, nor are pictures so large or so many cells: they have tests of their own.
    let never = [Code::BadShape, Code::MoreProblems, Code::MediumTooLarge, Code::MediaTooLarge, Code::TooManyCells];
    let missing: Vec<&str> =
        Code::ALL.iter().filter(|c| !found.contains(c) && !never.contains(c)).map(|c| c.name()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn pictures_are_small_one_by_one_and_together() {
    use base64ct::{Base64, Encoding};
    let good = std::fs::read_to_string("tests/vectors/plan/good/kinds.json").unwrap();
    let codes = |pictures: usize, bytes: usize| {
        let mut value: Value = serde_json::from_str(&good).unwrap();
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        file.resize(bytes, 0);
        let picture = serde_json::json!({ "type": "image/png", "data": Base64::encode_string(&file) });
        for at in 0..pictures {
            value["media"][format!("p{at}")] = picture.clone();
            value["questionnaires"][0]["items"][at]["image"] = format!("p{at}").into();
        }
        check(&value.to_string()).into_iter().map(|problem| problem.code).collect::<BTreeSet<Code>>()
    };
    assert_eq!(codes(4, 100_000), BTreeSet::from([]));
    assert_eq!(codes(4, 100_001), BTreeSet::from([Code::MediumTooLarge]));
    assert_eq!(codes(4, 300_000), BTreeSet::from([Code::MediumTooLarge, Code::MediaTooLarge]));
}

#[test]
fn a_plan_has_no_more_cells_than_a_device_counts() {
    let good = std::fs::read_to_string("tests/vectors/plan/good/quotas.json").unwrap();
    let codes = |cells: usize| {
        let mut value: Value = serde_json::from_str(&good).unwrap();
        let cell = |at: usize| serde_json::json!({ "label": { "zh": "格", "en": "Cell" }, "when": format!("${{sex}} = 'm' and {at} = {at}"), "target": 1 });
        value["quotas"][1]["cells"] = (0..cells).map(cell).collect();
        check(&value.to_string()).into_iter().map(|problem| problem.code).collect::<BTreeSet<Code>>()
    };
    assert!(!codes(497).contains(&Code::TooManyCells));
    assert!(codes(498).contains(&Code::TooManyCells));
}

#[test]
fn both_languages_say_what_was_found_and_what_to_do() {
    for code in Code::ALL {
        let ((found, advice), (found_zh, advice_zh)) = (code.words("en"), code.words("zh-CN"));
        for (english, chinese) in [(found, found_zh), (advice, advice_zh)] {
            assert!(english.is_ascii() && !english.ends_with('.'), "{}: {english}", code.name());
            assert!(chinese.chars().any(|c| c as u32 > 0x4dff), "{}: {chinese}", code.name());
        }
    }
}

#[test]
fn content_that_looks_like_a_placeholder_is_shown_as_it_is() {
    assert_eq!(fill("`{0}` and ${{1}}", &["{1}".into(), "x".into()]), "`{1}` and ${x}");
}
