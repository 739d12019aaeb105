use super::*;
use proptest::prelude::*;
use serde_json::Value as Theirs;

/// A number by its digits. serde_json itself reads a float with many digits a last place off, unless it is asked not to.
fn exact(digits: &str) -> Theirs {
    match serde_json::from_str(digits).unwrap() {
        Theirs::Number(number) if number.is_f64() => digits.parse::<f64>().unwrap().into(),
        number => number,
    }
}

/// Our tree as serde_json's, numbers as `number` reads their digits.
fn convert(value: &Value, number: fn(&str) -> Theirs) -> Theirs {
    use super::parse::Kind;
    match &value.kind {
        Kind::Null => Theirs::Null,
        Kind::Flag(flag) => Theirs::Bool(*flag),
        Kind::Number => number(value.raw),
        Kind::Text(text) => Theirs::String(text.clone().into_owned()),
        Kind::List(list) => list.iter().map(|value| convert(value, number)).collect(),
        Kind::Object(object) => {
            object.iter().map(|(name, value)| (name.clone().into_owned(), convert(value, number))).collect()
        }
    }
}

fn tree() -> impl Strategy<Value = Theirs> {
    let leaf = prop_oneof![
        Just(Theirs::Null),
        any::<bool>().prop_map(Theirs::from),
        any::<i64>().prop_map(Theirs::from),
        any::<u64>().prop_map(Theirs::from),
        (-1e300..1e300f64).prop_map(Theirs::from),
        "\\PC*".prop_map(Theirs::from),
        any::<String>().prop_map(Theirs::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Theirs::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Theirs::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_serde_json_writes_is_read_as_it_was(tree in tree(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&tree) } else { serde_json::to_string(&tree) }.unwrap();
        prop_assert_eq!(convert(&parse(&text).unwrap(), exact), tree);
    }

    #[test]
    fn a_text_is_refused_when_serde_json_refuses_it_and_never_panics(
        text in "[ \\[\\]{}:,0-9eE.+\\-\"\\\\a-fu\\n\u{1}满]{0,12}|.*",
    ) {
        match serde_json::from_str::<Theirs>(&text) {
            // serde_json refuses numbers beyond a double's range, and we repeated members.
            Ok(tree) => if let Ok(ours) = parse(&text) { prop_assert_eq!(convert(&ours, |digits| serde_json::from_str(digits).unwrap()), tree) },
            Err(error) => prop_assert!(parse(&text).is_err() || error.to_string().contains("out of range"), "{}", error),
        }
    }

    #[test]
    fn a_cut_text_is_an_error_at_its_end_at_the_latest(tree in tree(), at: prop::sample::Index) {
        let text = serde_json::to_string(&Theirs::from(vec![tree])).unwrap();
        let mut cut = at.index(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let error = parse(&text[..cut]).unwrap_err();
        prop_assert!(error.line == 1 && error.column <= text[..cut].chars().count() + 1);
    }

    #[test]
    fn strings_are_written_as_serde_json_writes_them(text: String) {
        let mut ours = String::new();
        quote(&mut ours, &text);
        prop_assert_eq!(ours, serde_json::to_string(&text).unwrap());
    }
}

#[test]
fn every_control_character_is_escaped() {
    for byte in 0..0x80u8 {
        let text = char::from(byte).to_string();
        let mut ours = String::new();
        quote(&mut ours, &text);
        assert_eq!(ours, serde_json::to_string(&text).unwrap());
        assert_eq!(read(&ours, |node| node.as_text()).unwrap(), text);
    }
}

#[test]
fn a_member_that_occurs_twice_is_refused_at_any_depth() {
    assert!(parse(r#"{"a":{"x":1,"y":[{"x":2}]},"x":null}"#).is_ok());
    for (text, name) in
        [(r#"{"a":1,"a":1}"#, "a"), (r#"{"a":[0,{"b":1,"\u0062":2}]}"#, "b"), (r#"[{"a":{"":1,"c":0,"":2}}]"#, "")]
    {
        assert_eq!(parse(text).unwrap_err().mistake, Mistake::Repeated(name.to_owned()), "{text}");
    }
    assert!(parse("{} {}").is_err());
}

#[test]
fn escapes_mean_what_they_mean_in_json() {
    let text = |json: &str| read(json, |node| node.as_text()).ok();
    assert_eq!(text(r#""\u6ee1\u610F\ud83d\ude42\n\/""#).as_deref(), Some("满意🙂\n/"));
    for json in [r#""\ud83d""#, r#""\ude42""#, r#""\ud83d\u0041""#, r#""\x""#, r#""\u12g4""#, "\"\t\"", "\"a"] {
        assert_eq!(text(json), None, "{json}");
    }
}

#[test]
fn numbers_are_written_as_json_has_them() {
    for json in ["0", "-0", "10", "0.5", "-1.5e+10", "1E5", "123456789012345678901234567890"] {
        assert_eq!(parse(json).unwrap().raw, json);
    }
    for json in ["01", "+1", "1.", ".5", "-", "1e", "0x1", "1 2", "NaN", "--1"] {
        assert!(parse(json).is_err(), "{json}");
    }
    for (json, number) in [("-9223372036854775808", Some(i64::MIN)), ("-0", None), ("1.0", None), ("\"1\"", None)] {
        assert_eq!(read(json, |node| node.as_integer()).unwrap(), number);
    }
    assert_eq!(read("18446744073709551615", |node| node.as_whole(u64::MAX)).unwrap(), u64::MAX);
    assert!(read("4294967296", |node| node.as_whole(u64::from(u32::MAX))).is_err());
}

#[test]
fn nesting_ends_somewhere() {
    let deep = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    assert!(parse(&deep(usize::from(DEEPEST))).is_ok());
    assert!(parse(&deep(usize::from(DEEPEST) + 1)).is_err());
}

#[test]
fn an_error_says_where_and_what() {
    fn units(node: Node) -> Vec<String> {
        node.only(&["units", "other"]).list("units", |unit| unit.only(&["id", "名"]).text("id"))
    }
    let fails = |text: &str| read(text, units).unwrap_err();
    for (text, said) in [
        ("{\n \"units\": [{\"id\": \"a\"},\n {\"名\": 1}]}", "member `id` is missing at line 3 column 2 (`/units/1`)"),
        ("{\"units\": [{\"id\": 7}]}", "here should be a text in quotes at line 1 column 19 (`/units/0/id`)"),
        ("{\"units\": [{\"id\": \"\", \"b\": 7}]}", "unknown member `b` at line 1 column 12 (`/units/0`)"),
        ("{\"units\": 3, \"other\": {}}", "here should be a list at line 1 column 11 (`/units`)"),
        ("{}", "member `units` is missing at line 1 column 1"),
        ("[]", "here should be an object at line 1 column 1"),
        ("{\"满\" 1}", "no JSON: here should be `:` at line 1 column 6"),
    ] {
        assert_eq!(fails(text).to_string(), said);
    }
    assert_eq!(read_bytes(b"\"\xff\"", |node| node.as_text()).unwrap_err().mistake, Mistake::Syntax("a text in UTF-8"));
}

#[test]
fn the_writer_puts_commas_where_they_belong() {
    let mut out = Writer::new();
    out.open('{');
    out.text("a", "x:{[");
    out.name("list");
    out.open('[');
    out.string("1");
    out.raw("{}");
    out.open('{');
    out.close('}');
    out.close(']');
    out.text_if_some("none", None);
    out.number_if_any("zero", 0);
    out.number("n", 7);
    out.close('}');
    assert_eq!(out.finish(), r#"{"a":"x:{[","list":["1",{},{}],"n":7}"#);
}
