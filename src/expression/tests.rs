use super::*;
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
        ("q7 = 1", 0, "`q7` is no value: write `${q7}` for the item, `'q7'` for the text"),
        ("1 = stringlength()", 4, "there is no function `stringlength`: similar ones are `string`, `string-length`"),
        (
            "pulldata('a', 'b')",
            0,
            "there is no function `pulldata`: similar ones are `if`, `not`, `selected`, `coalesce`, `number`, `string`, `count`",
        ),
        ("1 + [2]", 4, "`[` stands where a value has to: write a value before it"),
        ("${a}[. = 1", 4, "`[` is never closed: add `]`"),
        ("${a}]", 4, "`]` belongs to nothing: remove it"),
        ("//a", 0, "there is no such path: a name, `..` or `.` follows a `/`; `//` and attributes are not known"),
        ("weighted-checklist(1, 2, 3)", 0, "`weighted-checklist` takes 2 or more values, in pairs: one is missing"),
        ("not()", 0, "`not` takes 1 value: some are missing"),
        ("1 + selected(1, 2, 3)", 4, "`selected` takes 2 values: remove the others"),
        ("round()", 0, "`round` takes 1 to 2 values: some are missing"),
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
    for (i, &(function, ..)) in Function::ALL.iter().enumerate() {
        assert_eq!(function as usize, i);
    }
}

#[test]
fn an_expression_names_what_it_refers_to() {
    let expression = Expression::parse("${b} = 1 or ${a} = ${b} or selected(${c}, 'x') or . = 'y'").unwrap();
    assert_eq!(expression.references().into_iter().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(expression.uses_own());
    assert_eq!(expression.comparisons(), [(Some("c"), "x", 42), (None, "y", 54)]);
    assert!(!Expression::parse("1.5 = ${a}").unwrap().uses_own());
}

#[test]
fn an_expression_without_end_is_refused_and_not_a_full_stack() {
    for text in [
        "(".repeat(500_000),
        "1+".repeat(500_000) + "1",
        "not(".repeat(250_000),
        "-".repeat(1_000_000) + "1",
        "${a}[".repeat(200_000),
        ["../".repeat(300_000), "a".into()].concat(),
        "if(1,2,".repeat(1_000),
        "concat(".repeat(1_000) + &")".repeat(1_000),
        "a".repeat(1_000_000),
        "'".to_owned() + &"x".repeat(1_000_000),
    ] {
        assert!(Expression::parse(&text).is_err());
    }
    let long = (0..5_000).map(|_| "1").collect::<Vec<_>>().join(" + ");
    assert_eq!(value(&long), Value::integer(5_000));
    let deep = "if(0, 1, ".repeat(150) + "7" + &")".repeat(150);
    assert_eq!(value(&deep), Value::integer(7));
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused_at_a_place_inside_it(text in "[ -~满]{0,40}|[()0-9./$a{}'+<=,*|\\[\\] -]{0,40}") {
        match Expression::parse(&text) {
            Ok(expression) => { expression.evaluate(&Answers); }
            Err(error) => prop_assert!(text.is_char_boundary(error.at)),
        }
    }

    #[test]
    fn any_bytes_are_parsed_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(expression) = Expression::parse_filter(&text) {
            expression.evaluate(&Answers);
        }
    }

    #[test]
    fn whole_number_arithmetic_agrees_with_machine_integers(a in -9999i64..9999, b in -9999i64..9999, c in 1i64..99) {
        let expected = a + b * c - a % c;
        let text = format!("{a} + {b} * {c} - {a} mod {c}");
        prop_assert_eq!(value(&text), Value::integer(expected));
    }

    #[test]
    fn what_is_written_again_is_the_same_expression(text in expression()) {
        let once = Expression::parse(&text).map_err(|e| TestCaseError::fail(format!("{text}: {e} at {}", e.at)))?;
        let again = Expression::parse(&once.write()).map_err(|e| TestCaseError::fail(format!("{}: {e}", once.write())))?;
        prop_assert_eq!(&once.steps, &again.steps, "{}", once.write());
        let (first, second) = (once.evaluate(&Answers), again.evaluate(&Answers));
        prop_assert!(first == second || (first.to_number().is_nan() && second.to_number().is_nan()));
    }
}

/// Expressions of every part of the grammar.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[0-9]{1,6}",
        "[0-9]{1,3}\\.[0-9]{1,9}",
        "'[a-z满 \"]{0,6}'",
        "\"[a-z']{0,6}\"",
        "[$]\\{(grade|many|matrix|age|words|none)\\}",
        Just(".".to_owned()),
        Just("../age".to_owned()),
        Just("instance('l')/root/item[name = 3]/label".to_owned()),
    ];
    leaf.prop_recursive(5, 60, 4, |inner| {
        let known: Vec<(&'static str, u8, u8)> = Function::ALL
            .iter()
            .filter(|f| !matches!(f.0, Function::IndexedRepeat | Function::WeightedChecklist))
            .map(|f| (f.1, f.2, f.3))
            .collect();
        let operators = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"];
        prop_oneof![
            (inner.clone(), prop::sample::select(operators.to_vec()), inner.clone())
                .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            inner.clone().prop_map(|value| format!("({value})")),
            inner.clone().prop_map(|value| format!("-{value}")),
            inner.clone().prop_map(|value| format!("${{many}}[{value}]/x")),
            (prop::sample::select(known), prop::collection::vec(inner, 7), 0u8..4).prop_map(
                |((name, least, most), values, more)| {
                    let count = (least + more).min(most).min(7);
                    format!("{name}({})", values[..usize::from(count)].join(", "))
                }
            ),
        ]
    })
}
