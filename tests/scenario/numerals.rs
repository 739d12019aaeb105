//! Numbers and days in the interview's language: typed in any script, kept in ASCII, said as the edge says.

use crate::interview::{ID, Interview, item, opening, plan};
use minping::expression::{Host, Plain};
use minping::language::Numerals;
use minping::plan::Text;
use minping::session::{Answer, Event, Refusal, Session};
use serde_json::json;

/// An edge that knows one language besides the record's own writing.
struct Arabic;

impl Host for Arabic {
    fn math(&self, name: &str, x: f64, y: f64) -> f64 {
        Plain.math(name, x, y)
    }
    fn number(&self, value: f64) -> String {
        Plain.number(value)
    }
    fn matches(&self, text: &str, pattern: &str) -> Option<bool> {
        Plain.matches(text, pattern)
    }
    fn digest(&self, text: &str, algorithm: &str, hex: bool) -> Option<String> {
        Plain.digest(text, algorithm, hex)
    }
    fn decode(&self, base64: &str) -> Option<String> {
        Plain.decode(base64)
    }
    fn numerals(&self, language: &str) -> Option<Numerals> {
        (language == "ar").then(|| Numerals::read("١٢٣٤٥٦٧٨٩٠٫٥").expect("a sample"))
    }
    fn moment(&self, kept: &str, language: &str) -> Option<String> {
        (language == "ar").then(|| ["<", kept, ">"].concat())
    }
}

fn interview() -> Interview {
    let items = json!([
        item("integer", "trips", json!({ "constraint": ". < 100" })),
        item("decimal", "fare", json!({})),
        item("calculate", "paid", json!({ "calculation": "${trips} * ${fare}" })),
        item("calculate", "code", json!({ "calculation": "concat('A', ${trips})" })),
        item("calculate", "due", json!({ "calculation": "if(${day} = '', '', concat(${day}, ''))" })),
        item("calculate", "span", json!({ "calculation": "concat(${day}, ' – ')" })),
        item("date", "day", json!({})),
        item("datetime", "when", json!({})),
        item("text", "words", json!({})),
    ]);
    let mut raw = serde_json::to_value(&*plan(items)).expect("JSON");
    raw["languages"] = json!(["zh", "ar"]);
    let plan = std::rc::Rc::new(minping::plan::Plan::parse(&raw.to_string()).expect("a plan"));
    Interview { session: Session::begin(plan, opening(), ID.into(), "zh", &Arabic).expect("it can begin") }
}

fn said(interview: &Interview, words: &str) -> String {
    let all = interview.session.say(0, &Text::from([("zh".to_owned(), words.to_owned())]));
    all.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn a_number_typed_in_any_script_is_kept_in_ascii_digits() {
    let mut interview = interview();
    for (typed, kept) in [("１２", 12), ("٣", 3), ("۴", 4), ("५", 5), ("༦", 6), ("᠗", 7), ("−8", -8)] {
        interview.answer("trips", typed);
        let trips = interview.item("trips");
        assert_eq!(interview.session.answer(trips), Some(&Answer::Integer(kept)), "{typed}");
    }
    for (typed, kept) in [("１．５", "1.5"), ("٣٫٢٥", "3.25"), ("-༤.༥", "-4.5")] {
        interview.answer("fare", typed);
        interview.expect_values(&[("fare", kept)]);
    }
    for (name, typed) in [("trips", "三"), ("trips", "1٫5"), ("fare", "1,5"), ("fare", "٣٫٢٫٥")] {
        let event = Event::Answered { item: name.into(), value: Answer::Text(typed.into()) };
        interview.expect_refused(event, Refusal::Unfit(name.into()));
    }
}

#[test]
fn what_was_typed_in_another_script_is_reckoned_with_like_any_number() {
    let mut interview = interview();
    interview.answer("trips", "٣");
    interview.answer("fare", "１．５");
    interview.expect_values(&[("paid", "4.5")]);
    interview.answer("trips", "١٠٠");
    let trips = interview.item("trips");
    assert!(interview.session.is_refused(trips), "the constraint reads the number");
    interview.answer("trips", "٢٠");
    let record = interview.break_off();
    assert_eq!(record.answers.get("trips"), Some(&Answer::Integer(20)));
    assert_eq!(record.answers.get("fare"), Some(&Answer::Text("1.5".into())));
}

#[test]
fn numbers_and_days_are_said_as_the_language_of_the_interview_writes_them() {
    let mut interview = interview();
    interview.answer_number("trips", 12);
    interview.answer("fare", "1.5");
    interview.answer("day", "2026-11-24");
    interview.answer("when", "2026-11-24T08:30");
    interview.answer("words", "12 2026-11-24");
    let all = "${trips}|${fare}|${paid}|${code}|${day}|${due}|${when}|${words}";
    assert_eq!(said(&interview, all), "12|1.5|18|A12|2026-11-24|2026-11-24|2026-11-24 08:30|12 2026-11-24");
    interview.tell(Event::Language("ar".into()));
    assert_eq!(
        said(&interview, all),
        "١٢|١٫٥|١٨|A12|<2026-11-24>|<2026-11-24>|<2026-11-24T08:30>|12 2026-11-24",
        "what people wrote, and codes, stay as they are"
    );
    assert_eq!(said(&interview, "${span}"), "2026-11-24 – ", "a text with a day in it is no day");
    let record = interview.break_off();
    assert_eq!(record.answers.get("day"), Some(&Answer::Text("2026-11-24".into())), "the record does not change");
    assert_eq!(record.answers.get("paid"), Some(&Answer::Text("18".into())));
}
