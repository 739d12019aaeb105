//! Any text is an expression or refused at a place inside it; what parses is typed, evaluated, and written so that it
//! parses to the same value again.

use minping::expression::{Expression, Kind, Value, Values};

struct Nothing;

impl Values for Nothing {
    fn value(&self, name: &str) -> Value {
        Value::Text(name.to_owned())
    }
    fn own(&self) -> Value {
        Value::integer(7)
    }
}

pub fn run(text: &str) {
    for parse in [Expression::parse, Expression::parse_filter] {
        match parse(text) {
            Err(error) => assert!(text.is_char_boundary(error.at)),
            Ok(expression) => {
                let (_, suspicions) = expression.kinds(&|_| Kind::Any);
                assert!(suspicions.iter().all(|suspicion| suspicion.at <= text.len()));
                let value = expression.text(&Nothing);
                let written = expression.write();
                // Writing adds parentheses: what was near the limit of levels may be over it.
                if let Ok(again) = parse(&written) {
                    assert_eq!(again.text(&Nothing), value, "{written}");
                }
            }
        }
    }
}
