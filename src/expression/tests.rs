use super::*;
use crate::decimal::Decimal;
use proptest::prelude::*;

struct Answers;

impl Values for Answers {
    fn value(&self, name: &str) -> Value {
        match name {
            "grade" => Value::Text("dissatisfied".into()),
            "many" => Value::Text("roads taxis buses".into()),
            "matrix" => Value::Text("good good dont_know".into()),
            "age" => Value::integer(42),
            "words" => Value::Text("办事快".into()),
            _ => Value::empty(),
        }
    }
    fn own(&self) -> Value {
        Value::integer(7)
    }
}

fn value(text: &str) -> Value {
    Expression::parse(text).unwrap_or_else(|e| panic!("{text}: {e} at {}", e.at)).evaluate(&Answers)
}

#[test]
fn each_expression_has_its_xpath_value() {
    let number = |text: &str| Value::Number(Some(Decimal::parse(text).unwrap()));
    let (yes, no) = (Value::Boolean(true), Value::Boolean(false));
    let table = [
        ("1 + 2 * 3", number("7")),
        ("(1 + 2) * 3", number("9")),
        ("10 - 4 - 3", number("3")),
        ("7 div 2", number("3.5")),
        ("2 div 3", number("0.666667")),
        ("-2 div 3", number("-0.666667")),
        ("-5 mod 2", number("-1")),
        ("5 mod -2", number("1")),
        ("1.5 mod 0.5", number("0")),
        ("0.1 + 0.2 = 0.3", yes.clone()),
        (".5 + 5.", number("5.5")),
        ("--3", number("3")),
        ("-3 + 5", number("2")),
        ("1 div 0", Value::Number(None)),
        ("9000000000000 * 10", Value::Number(None)),
        ("'a' + 1", Value::Number(None)),
        ("'12' + 1", number("13")),
        ("' 1.25 ' + 0", number("1.25")),
        ("'0.1234565' + 0", number("0.123457")),
        ("true() + true()", number("2")),
        ("${grade} = 'dissatisfied'", yes.clone()),
        ("${grade} = \"satisfied\"", no.clone()),
        ("${grade}!='satisfied'", yes.clone()),
        ("${none} = ''", yes.clone()),
        ("${none} > 5", no.clone()),
        ("${none} < 5", no.clone()),
        ("${none} != 5", yes.clone()),
        ("${none} = 0", no.clone()),
        ("${age} = '42'", yes.clone()),
        ("${age} != ''", yes.clone()),
        ("${age} >= 18 and ${age} < 60", yes.clone()),
        ("1 = 2 or 2 = 2 and 3 = 4", no.clone()),
        ("(1 = 1 or 2 = 3) and 3 = 3", yes.clone()),
        ("1 < 2 = true()", yes.clone()),
        ("3 > 2 > 1", no.clone()),
        ("'false' = true()", yes.clone()),
        (". > 5 and . <= 7", yes.clone()),
        ("not(${none})", yes.clone()),
        ("not(${age} = 42)", no.clone()),
        ("'x' and 0", no.clone()),
        ("selected(${many}, 'taxis')", yes.clone()),
        ("selected(${many}, 'taxi')", no.clone()),
        ("selected(${none}, '')", no.clone()),
        ("selected(${matrix}, 'dont_know')", yes.clone()),
        ("count-selected(${many})", number("3")),
        ("count-selected(${none})", number("0")),
        ("count-selected(${matrix}) - 1", number("2")),
        ("string-length(${words})", number("3")),
        ("string-length(12.50)", number("4")),
        ("if(${age} > 40, 'old', 'young')", Value::Text("old".into())),
        ("if(${none}, 1, 2)", number("2")),
        ("coalesce(${none}, ${grade})", Value::Text("dissatisfied".into())),
        ("coalesce(${age}, 1)", number("42")),
        ("string-length ( 'a-b' )=3", yes.clone()),
        ("6 div 2 mod 2", number("1")),
        ("coalesce('', 'or') = 'or' or false()", yes),
    ];
    for (text, expected) in table {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_expression_says_where_and_what_to_do() {
    let table = [
        ("", 0, "the expression is empty: write one, or leave the member out"),
        ("1 +", 3, "the expression stops where a value has to follow"),
        ("${a} and and ${b}", 9, "`and` is no value: write `${and}` for the item, `'and'` for the text"),
        ("1 = = 2", 4, "`=` stands where a value has to: write a value before it"),
        ("${a} ${b}", 5, "`${b}` follows a value directly: write an operator between, such as `and`"),
        ("满意", 0, "`满意` is no value: write `${满意}` for the item, `'满意'` for the text"),
        ("1 # 2", 2, "`#` has no meaning here: texts go into quotes, item names into `${…}`"),
        ("'a = 1", 0, "a text begins here and its closing quote is missing"),
        (
            "1 = ${a b}",
            4,
            "`${` has to be followed by an item name and `}`: a letter or `_`, then letters, digits, `_`, `-`, `.`",
        ),
        ("1.2.3", 0, "not a decimal number: write digits with at most one point"),
        ("0.1234567", 0, "more than six decimal places: round it to six"),
        ("q7 = 1", 0, "`q7` is no value: write `${q7}` for the item, `'q7'` for the text"),
        (
            "1 = today()",
            4,
            "there is no function `today`: known are `not`, `true`, `false`, `selected`, `count-selected`, \
             `string-length`, `if`, `coalesce`",
        ),
        ("not()", 0, "`not` takes 1 value: some are missing"),
        ("1 + selected(1, 2, 3)", 4, "`selected` takes 2 values: remove the others"),
        ("2 * (1 + 1", 4, "`(` is never closed: add `)`"),
        ("1)", 1, "`)` belongs to nothing: remove it"),
        ("(1, 2)", 2, "`,` belongs to nothing: remove it"),
    ];
    for (text, at, message) in table {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!((error.at, error.to_string().as_str()), (at, message), "{text}");
        assert!(error.to_chinese().chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)), "{text}");
    }
}

#[test]
fn the_table_of_functions_is_in_the_order_of_the_enum() {
    for (i, (function, ..)) in Function::ALL.into_iter().enumerate() {
        assert_eq!(function as usize, i);
    }
}

#[test]
fn an_expression_names_what_it_refers_to() {
    let expression = Expression::parse("${b} = 1 or ${a} = ${b} or selected(${c}, 'x') or . = 'y'").unwrap();
    assert_eq!(expression.references().into_iter().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(expression.uses_own());
    assert_eq!(expression.comparisons(), [(Some("c"), "x"), (None, "y")]);
    assert!(!Expression::parse("1.5 = ${a}").unwrap().uses_own());
}

#[test]
fn an_expression_without_end_is_refused_and_not_a_full_stack() {
    for text in ["(".repeat(100_000), "1+".repeat(100_000) + "1", "not(".repeat(100_000), "-".repeat(100_000) + "1"] {
        assert_eq!(Expression::parse(&text).expect_err("too large").fault, ExpressionFault::TooLarge);
    }
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused_at_a_place_inside_it(text in "[ -~满]{0,40}|[()0-9.$a{}'+<=,* -]{0,40}") {
        match Expression::parse(&text) {
            Ok(expression) => { expression.evaluate(&Answers); }
            Err(error) => prop_assert!(text.is_char_boundary(error.at)),
        }
    }

    #[test]
    fn whole_number_arithmetic_agrees_with_machine_integers(a in -9999i64..9999, b in -9999i64..9999, c in 1i64..99) {
        let expected = a + b * c - a % c;
        let text = format!("{a} + {b} * {c} - {a} mod {c}");
        prop_assert_eq!(value(&text), Value::integer(expected));
    }
}
