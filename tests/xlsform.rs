//! Plans as workbooks and workbooks as plans.
#![cfg(feature = "cli")]

use minping::import::{MediaFile, Options, Weight, media_files, read, write};
use minping::plan::Plan;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The plan that comes back from the workbook of a plan.
fn back(plan: &Plan) -> Plan {
    let (bytes, _) = write(plan).unwrap_or_else(|error| panic!("{}: {error}", plan.id));
    let imported = read(&bytes, &Options::default()).expect("our own workbook is read");
    Plan::parse(&imported.plan).expect("a plan")
}

fn plans(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root().join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    paths
}

#[test]
fn a_plan_comes_back_from_its_workbook_the_same() {
    let paths: Vec<PathBuf> = ["plans", "tests/vectors/plan/good"].into_iter().flat_map(plans).collect();
    assert!(paths.len() > 6);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let plan = Plan::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(back(&plan), plan, "{}", path.display());
        // The same bytes each time.
        assert_eq!(write(&plan).unwrap().0, write(&plan).unwrap().0, "{}", path.display());
    }
}

#[test]
fn an_exported_workbook_says_that_odk_knows_no_quotas() {
    let told = |name: &str| {
        let text = std::fs::read_to_string(root().join("tests/vectors/plan/good").join(name)).unwrap();
        let (_, findings) = write(&Plan::parse(&text).unwrap()).unwrap();
        findings.iter().filter(|finding| finding.code == "quotas-only-here").count()
    };
    assert_eq!((told("quotas.json"), told("small.json")), (1, 0));
}

/// Texts that cells are apt to spoil.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z]{1,8}( [a-zA-Z]{1,5}){0,2}",
        2 => "[\\PC]{1,12}",
        1 => prop::sample::select(vec![
            " lead", "trail ", "a  b", "a\nb", "a\r\nb", "tab\there", "“quoted”", "'", "=1+1", "_x0041_", "TRUE", "001", "1.0",
            "${q1} and", "<b>x</b>", "\u{a0}x", "1e5", "2024-01-02", "#REF!", "\u{200f}ئۇ", "👍", "a::b", "中文，“引号”",
        ])
        .prop_map(str::to_owned),
    ]
    .prop_filter("a text says something", |text| !text.trim().is_empty())
}

fn text() -> impl Strategy<Value = serde_json::Value> {
    (words(), prop::option::of(words())).prop_map(|(en, zh)| match zh {
        Some(zh) => serde_json::json!({"en": en, "zh": zh}),
        None => serde_json::json!({"en": en}),
    })
}

fn item(depth: u32) -> BoxedStrategy<serde_json::Value> {
    use serde_json::json;
    let kinds = prop::sample::select(vec![
        "text",
        "integer",
        "decimal",
        "date",
        "time",
        "note",
        "calculate",
        "hidden",
        "select_one",
        "select_multiple",
        "grade",
        "grade_matrix",
        "rank",
        "range",
        "acknowledge",
        "datetime",
    ]);
    let expressions = || {
        prop::option::of(prop::sample::select(vec![
            "${q0} > 1",
            "selected(${q0}, 'a b')",
            ". != ‘x’",
            "true",
            "  . > 0",
            "a\nb",
            "TRUE",
            "pulldata('x')",
            "${ q0 }",
            "${last-saved#q0}",
            "x  y",
        ]))
    };
    let defaults = prop::option::of(prop::sample::select(vec![
        "'bus'",
        "3",
        "today()",
        "'5'",
        "\"it's\"",
        "concat('a', \"'\", 'b\"c')",
        "${q0}",
        "'2024-01-02'",
        "''",
        "bad (",
        "-1",
        "' x'",
        "'a + b'",
        "'${q0}'",
    ]));
    let leaf =
        (kinds, text(), prop::option::of(text()), expressions(), expressions(), defaults, any::<(bool, bool, bool)>())
            .prop_map(|(kind, label, hint, relevant, constraint, default, (required, read_only, random))| {
                let mut item = json!({"type": kind, "label": label});
                let mut put = |name: &str, value: serde_json::Value| item[name] = value;
                if let Some(hint) = hint.clone() {
                    put("hint", hint);
                }
                if let Some(relevant) = relevant {
                    put("relevant", relevant.into());
                }
                let answered = !matches!(kind, "note" | "calculate" | "hidden");
                if answered {
                    put("required", required.into());
                    if let Some(constraint) = constraint {
                        put("constraint", constraint.into());
                        if let Some(message) = hint {
                            put("constraint_message", message);
                        }
                    }
                }
                if answered && kind != "grade_matrix" || kind == "hidden" {
                    if let Some(default) = default {
                        put("default", default.into());
                    }
                    if answered && read_only {
                        put("read_only", true.into());
                    }
                }
                match kind {
                    "select_one" | "select_multiple" => {
                        put("choices", "list".into());
                        if random {
                            put("order", "random".into());
                            put("seed", "${q0}".into());
                            put("choice_filter", "province = ${q0}".into());
                        }
                    }
                    "grade" => {
                        put("scale", "s".into());
                        put("unit", "u".into());
                        put("indicator", "i".into());
                    }
                    "grade_matrix" => put("scale", "s".into()),
                    "calculate" => {
                        put("calculation", "1 + 1".into());
                        if random {
                            put("trigger", json!(["q0"]));
                        }
                    }
                    "text" if random => {
                        put("max_length", 20.into());
                        put("appearance", "multiline".into());
                    }
                    _ => {}
                }
                item
            });
    if depth == 0 {
        return leaf.boxed();
    }
    let group = (text(), prop::collection::vec(item(depth - 1), 1..4), any::<bool>(), expressions()).prop_map(
        |(label, items, repeat, relevant)| {
            let mut group = json!({"type": if repeat { "repeat" } else { "group" }, "label": label, "items": items});
            if let Some(relevant) = relevant {
                group["relevant"] = relevant.into();
            }
            if repeat {
                group["repeat_count"] = "3".into();
            }
            group
        },
    );
    prop_oneof![3 => leaf, 1 => group].boxed()
}

/// Names `q0`, `q1` … in the order of the questionnaire.
fn name(items: &mut [serde_json::Value], next: &mut usize) {
    for item in items {
        item["name"] = format!("q{next}").into();
        *next += 1;
        if let Some(items) = item.get_mut("items").and_then(|items| items.as_array_mut()) {
            name(items, next);
        }
    }
}

prop_compose! {
    fn plan()(
        title in text(), label in text(), column in words(), items in prop::collection::vec(item(2), 1..6),
        second in prop::option::of(prop::collection::vec(item(1), 1..3)), asker in text(),
    ) -> Plan {
        let mut questionnaires = Vec::new();
        for (place, mut items) in [Some(items), second].into_iter().flatten().enumerate() {
            name(&mut items, &mut 0);
            questionnaires.push(serde_json::json!({"id": format!("form{place}"), "title": title, "items": items}));
        }
        let plan = serde_json::json!({
            "format": 1, "id": "p", "version": "2026.1", "languages": ["en", "zh"], "title": title, "asker": asker,
            "purpose": label, "privacy": {"notice": title, "anonymous": true, "smallest_cell": 5},
            "rounds": [{"id": "1", "label": label, "opens": "2026-01-31"}],
            "units": [{"id": "u", "label": label}],
            "scales": [{"id": "s", "grades": [
                {"name": "good", "label": label, "score": 100, "satisfied": true},
                {"name": "bad", "label": title, "score": 33.3, "satisfied": false},
            ], "missing": [{"name": "dk", "label": label}]}],
            "indicators": [{"id": "all", "label": label, "weight": 1, "indicators": [
                {"id": "i", "label": title, "description": label, "weight": 0.333333},
                {"id": "j", "label": title, "weight": 0.666667}]}],
            "modes": ["web", "face"],
            "choice_lists": [{"id": "list", "choices": [
                {"name": "a", "label": label, "columns": {"province": column, "label": "x", "image": "y"}},
                {"name": "1", "label": title, "exclusive": true}]}],
            "questionnaires": questionnaires,
        });
        Plan::parse(&plan.to_string()).expect("what was made has the shape of a plan")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_comes_back_from_its_workbook_the_same(plan in plan()) {
        prop_assert_eq!(back(&plan), plan.clone());
        // Also where whole sheets are absent.
        let bare = Plan { choice_lists: Vec::new(), units: Vec::new(), ..plan };
        prop_assert_eq!(back(&bare), bare);
    }

    #[test]
    fn bytes_that_are_no_workbook_are_refused_in_words(bytes in prop::collection::vec(any::<u8>(), 0..400), packed in any::<bool>()) {
        let mut file = if packed { b"PK\x03\x04".to_vec() } else { Vec::new() };
        file.extend(bytes);
        let error = read(&file, &Options::default()).unwrap_err();
        prop_assert!(!error.told("zh").is_empty() && !error.told("en").is_empty());
    }
}

/// What comes back is told as carried over whole, where it is.
#[test]
fn nothing_is_lost_of_a_ready_plan() {
    for path in plans("plans") {
        let plan = Plan::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let imported = read(&write(&plan).unwrap().0, &Options::default()).unwrap();
        let found: Vec<String> =
            imported.findings.iter().filter(|f| f.weight != Weight::Note).map(|f| f.found("en")).collect();
        assert_eq!(found, Vec::<String>::new(), "{}", path.display());
    }
}

/// A workbook with pictures: of a question, of choices, in two languages, and of another kind.
fn pictured() -> Vec<u8> {
    let sheets: [(&str, &[&[&str]]); 2] = [
        (
            "survey",
            &[
                &["type", "name", "label", "media::image::English (en)", "media::image::中文 (zh)", "media::audio"],
                &["select_one ways", "way", "How did you come?", "map.png", "图.png", "hello.mp3"],
                &["text", "why", "Why?", "jr://images/map.png", "", ""],
                &["note", "end", "Thanks", "huge.png", "", ""],
            ],
        ),
        (
            "choices",
            &[
                &["list_name", "name", "label", "image"],
                &["ways", "bus", "Bus", "the bus.jpg"],
                &["ways", "foot", "On foot", "gone.png"],
                &["ways", "car", "By car", "drawing.svg"],
            ],
        ),
    ];
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn pictures_come_out_of_the_folder_and_what_cannot_is_told_with_the_reason() {
    let file = |name: &str, bytes: &[u8]| MediaFile { name: name.to_owned(), bytes: bytes.to_vec() };
    let png = b"\x89PNG\r\n\x1a\nrest";
    let mut huge = png.to_vec();
    huge.resize(100_001, 0);
    let media = vec![
        file("map.png", png),
        file("the bus.jpg", b"\xff\xd8\xff\xe0rest"),
        file("huge.png", &huge),
        file("drawing.svg", b"<svg/>"),
        file("not asked for.png", png),
    ];
    let words = |text: &str| vec![(None, text.to_owned())];
    let options = Options {
        name: "pictures".to_owned(),
        asker: words("An office"),
        purpose: words("A test"),
        notice: words("Nothing is kept"),
        media: Some(media),
        ..Options::default()
    };
    let imported = read(&pictured(), &options).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&imported.plan).unwrap();
    let items = &plan["questionnaires"][0]["items"];
    assert_eq!((&items[0]["image"], &items[1]["image"]), (&"map".into(), &"map".into()), "one picture, named once");
    assert_eq!(items[2]["image"], serde_json::Value::Null);
    assert_eq!(plan["choice_lists"][0]["choices"][0]["image"], "the_bus");
    let kinds: Vec<(&String, &serde_json::Value)> =
        plan["media"].as_object().unwrap().iter().map(|(name, medium)| (name, &medium["type"])).collect();
    assert_eq!(kinds, [(&"map".to_owned(), &"image/png".into()), (&"the_bus".to_owned(), &"image/jpeg".into())]);
    let found: Vec<(&str, &str, &[u32])> =
        imported.findings.iter().map(|one| (one.code, one.sheet.as_str(), one.rows.as_slice())).collect();
    for told in [
        ("picture-missing", "choices", &[3][..]),
        ("picture-other-kind", "choices", &[4]),
        ("picture-too-large", "survey", &[4]),
        ("picture-of-language", "survey", &[2]),
        ("media-not-carried", "survey", &[2]),
    ] {
        assert!(found.contains(&told), "{told:?} in {found:?}");
    }
    // The plan is good, and goes out and comes in again with its pictures.
    let loaded = Plan::parse(&imported.plan).unwrap();
    let (bytes, _) = write(&loaded).unwrap();
    assert_eq!(Plan::parse(&read(&bytes, &Options::default()).unwrap().plan).unwrap(), loaded);
    let files: Vec<String> = media_files(&loaded).into_iter().map(|file| file.name).collect();
    assert_eq!(files, ["map.png", "the_bus.jpg"]);
    // Without a folder, each of them is named.
    let imported = read(&pictured(), &Options { media: None, ..options }).unwrap();
    let lost = imported.findings.iter().filter(|one| one.code == "media-not-carried");
    assert!(lost.map(|one| one.rows.len()).sum::<usize>() >= 6, "{:?}", imported.findings);
    assert!(!imported.plan.contains("\"image\""), "{}", imported.plan);
}
