//! Records with repeats, and conditions that look into them or at what no record holds.

use super::*;

/// A repeat with another one in it, and graded items under conditions.
fn codebook(conditions: [&str; 2]) -> Codebook {
    let more = r#"
        {"type": "repeat", "name": "visit", "label": {"zh": "办事"}, "items": [
            {"type": "text", "name": "goal", "label": {"zh": "事由"}},
            {"type": "integer", "name": "minutes", "label": {"zh": "分钟"}},
            {"type": "repeat", "name": "paper", "label": {"zh": "材料"}, "items": [
                {"type": "select_one", "name": "asked", "label": {"zh": "要过吗"}, "choices": "yes_no"}]}]},
        {"type": "grade", "name": "speed", "label": {"zh": "快慢"}, "scale": "four", "unit": "u1", "indicator": "b1",
         "relevant": "CONDITION-0"},
        {"type": "grade", "name": "care", "label": {"zh": "用心"}, "scale": "four", "unit": "u1", "indicator": "b2",
         "relevant": "CONDITION-1"},
        {"type": "text", "name": "say","#;
    let mut text = PLAN.replace(r#"{"type": "text", "name": "say","#, more.trim_start());
    for (at, condition) in conditions.iter().enumerate() {
        text = text.replace(&format!("CONDITION-{at}"), condition);
    }
    let plan = load(&text).unwrap();
    #[cfg(feature = "cli")]
    return Codebook::new(&plan, &reference(), &crate::native::host::NATIVE).unwrap();
    #[cfg(not(feature = "cli"))]
    return Codebook::new(&plan, &reference(), &crate::expression::Plain).unwrap();
}

fn visited(repeats: &[(&str, u32)], answers: &[(&str, Answer)]) -> Record {
    let mut made = record("one");
    made.repeats = repeats.iter().map(|(key, count)| (key.to_string(), *count)).collect();
    made.answers = answers.iter().map(|(key, answer)| (key.to_string(), answer.clone())).collect();
    made
}

fn code(codebook: &Codebook, record: &Record, item: &str) -> u8 {
    let at = codebook.instruments()[0].questions.iter().position(|question| question.item == item).unwrap();
    codebook.pack(record).unwrap().codes[at]
}

#[test]
fn repeats_are_packed_and_come_back_whole() {
    let codebook = codebook(["true()", "true()"]);
    let full = visited(
        &[("visit", 2), ("visit[1]/paper", 0), ("visit[2]/paper", 1)],
        &[
            ("visit[1]/goal", Answer::Text("a".into())),
            ("visit[2]/minutes", Answer::Integer(30)),
            ("visit[2]/paper[1]/asked", Answer::Text("yes".into())),
        ],
    );
    assert_eq!(codebook.unpack("one", &codebook.pack(&full).unwrap()), full);
    let other = visited(&[("visit", 3)], &[]);
    assert_ne!(codebook.pack(&other).unwrap(), codebook.pack(&visited(&[("visit", 2)], &[])).unwrap());
}

#[test]
fn a_key_of_an_instance_that_the_record_does_not_have_is_named() {
    let codebook = codebook(["true()", "true()"]);
    let text = || Answer::Text("x".into());
    for (repeats, answers, named) in [
        (&[("visit", 1)][..], vec![("visit[2]/goal", text())], "visit[2]/goal"),
        (&[], vec![("visit[1]/goal", text())], "visit[1]/goal"),
        (&[("visit", 1)], vec![("goal", text())], "goal"),
        (&[("visit", 1)], vec![("visit[1]", text())], "visit[1]"),
        (&[("visit", 1)], vec![("visit[1]/say", text())], "visit[1]/say"),
        (&[("g", 1)], vec![], "g"),
        (&[("visit", 1), ("visit[2]/paper", 1)], vec![], "visit[2]/paper"),
        (&[("visit", 4_000_000_000)], vec![], "visit"),
    ] {
        assert_eq!(codebook.pack(&visited(repeats, &answers)), Err(Unfit::UnknownItem(named.into())));
    }
    let wrong = visited(&[("visit", 1)], &[("visit[1]/minutes", text())]);
    assert_eq!(codebook.pack(&wrong), Err(Unfit::WrongKind("visit[1]/minutes".into())));
}

#[test]
fn a_condition_looks_into_repeats() {
    let codebook = codebook(["sum(${minutes}) > 60", "count(${visit}) = 2"]);
    let minutes = |first, second| {
        visited(
            &[("visit", 2)],
            &[("visit[1]/minutes", Answer::Integer(first)), ("visit[2]/minutes", Answer::Integer(second))],
        )
    };
    assert_eq!(code(&codebook, &minutes(20, 30), "speed"), NOT_ASKED);
    assert_eq!(code(&codebook, &minutes(40, 30), "speed"), BLANK);
    assert_eq!(code(&codebook, &minutes(40, 30), "care"), BLANK);
    assert_eq!(code(&codebook, &visited(&[("visit", 1)], &[]), "care"), NOT_ASKED);
}

#[test]
fn what_a_condition_on_the_clock_left_open_counts_as_asked_only_where_it_was_answered() {
    let codebook = codebook(["today() > '2026-01-01'", "format-date(today(), '%a') = 'Mon' or ${visited} = 'yes'"]);
    assert_eq!(code(&codebook, &record("one"), "speed"), NOT_ASKED);
    let mut answered = record("one");
    answered.answers.insert("speed".into(), Answer::Text("满意".into()));
    assert_eq!(code(&codebook, &answered, "speed"), FIRST_GRADE);
    assert_eq!(code(&codebook, &answered, "care"), NOT_ASKED);
}

#[cfg(feature = "cli")]
#[test]
fn a_condition_with_a_regular_expression_is_decided() {
    let codebook = codebook(["regex(${say}, '^[0-9]{2}$')", "pow(${times}, 2) > 80"]);
    let mut said = record("one");
    said.answers.insert("say".into(), Answer::Text("12".into()));
    said.answers.insert("times".into(), Answer::Integer(9));
    assert_eq!(code(&codebook, &said, "speed"), BLANK);
    assert_eq!(code(&codebook, &said, "care"), BLANK);
    said.answers.insert("say".into(), Answer::Text("123".into()));
    assert_eq!(code(&codebook, &said, "speed"), NOT_ASKED);
}
