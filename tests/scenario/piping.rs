//! Answers in the words of later questions.

use crate::interview::{Interview, item, open, plan};
use minping::plan::Text;
use serde_json::json;

fn text(words: &str) -> Text {
    Text::from([("zh".to_owned(), words.to_owned())])
}

fn interview() -> Interview {
    open(json!([
        item("text", "name", json!({})),
        item("integer", "age", json!({})),
        item("select_one", "one", json!({})),
        item("select_multiple", "many", json!({})),
        item("grade", "grade", json!({ "unit": "u1", "indicator": "i1" })),
        item("text", "hidden_now", json!({ "relevant": "${age} > 60" })),
    ]))
}

#[test]
fn a_text_says_the_label_of_what_was_chosen_and_the_words_that_were_written() {
    let mut interview = interview();
    let said = |interview: &Interview, words: &str| interview.session.say(0, &text(words));
    assert_eq!(said(&interview, "${name},${age} 岁,${nobody}"), "…,… 岁,…");
    interview.answer("name", "王 ${age} **x**");
    interview.answer_number("age", 41);
    interview.answer("one", "b");
    interview.choose("many", &["a", "c"]);
    interview.answer("grade", "unknown");
    assert_eq!(
        said(&interview, "**${name}** ${ age }"),
        "王 ${age} **x** 41",
        "an answer is neither mark nor reference"
    );
    assert_eq!(said(&interview, "${one}/${many}/${grade}"), "乙/甲、丙/不了解");
    interview.answer("hidden_now", "曾答");
    assert_eq!(said(&interview, "${hidden_now}"), "…", "what does not apply is not said");
    interview.answer_number("age", 61);
    assert_eq!(said(&interview, "${hidden_now}"), "曾答");
    interview.clear("name");
    assert_eq!(said(&interview, "${name}"), "…");
}

#[test]
fn an_answer_cannot_turn_the_direction_of_the_question() {
    let mut interview = interview();
    interview.answer("name", "\u{202e}abc\u{202c}");
    assert_eq!(interview.session.say(0, &text("a ${name} b")), "a abc b");
    interview.answer("name", "مرحبا");
    assert_eq!(interview.session.say(0, &text("a ${name} b")), "a \u{2068}مرحبا\u{2069} b");
}

#[test]
fn a_label_that_names_its_own_item_has_an_end() {
    let mut raw = serde_json::to_value(&*plan(json!([item("select_one", "one", json!({}))]))).unwrap();
    raw["choice_lists"][0]["choices"][0]["label"]["zh"] = json!("又是 ${one}");
    let plan = std::rc::Rc::new(minping::plan::Plan::parse(&raw.to_string()).unwrap());
    let mut interview = Interview { session: crate::interview::begin_with(&plan, crate::interview::ID) };
    interview.answer("one", "a");
    assert_eq!(interview.session.say(0, &text("${one}")), "又是 …");
}
