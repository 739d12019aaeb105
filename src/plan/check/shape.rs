use super::{Code, Problem, Report};
use crate::plan::{Place, Plan};
use serde_json::Value;

/// The one problem of a text that is no JSON.
pub(super) fn not_json(error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned();
    let place = Some(Place { line: error.line().max(1), column: error.column().max(1) });
    Problem { code: Code::NotJson, path: String::new(), place, arguments: vec![what] }
}

/// What some editors put before the text: JSON begins with no such thing (RFC 8259 section 8.1).
pub(super) fn byte_order_mark() -> Problem {
    let place = Some(Place { line: 1, column: 1 });
    Problem { code: Code::ByteOrderMark, path: String::new(), place, arguments: Vec::new() }
}

/// Members, types and numbers.
pub(super) fn check(text: &str, value: &Value, report: &mut Report) {
    #[cfg(feature = "cli")]
    by_schema::check(text, value, report);
    // What the types refuse and nothing above has named; without the schema, the first mistake of shape.
    if report.problems.is_empty() {
        match Plan::parse(text) {
            Err(error) => report.add(Code::BadShape, error.path, [&error.mistake.to_string()]),
            Ok(plan) => {
                if let Err(error) = plan.work_steps.read() {
                    let path = ["/work_steps", &error.path].concat();
                    report.add(Code::BadShape, path, [&error.mistake.to_string()]);
                }
            }
        }
    }
    let _ = value;
}

#[cfg(all(test, feature = "cli"))]
pub(super) use by_schema::accepts;

#[cfg(feature = "cli")]
mod by_schema {
    use super::*;
    use crate::decimal::{Decimal, DecimalError};
    use crate::plan::check::listed;
    use crate::plan::locate::Places;
    use jsonschema::error::{TypeKind, ValidationErrorKind};
    use jsonschema::{ValidationError, Validator};
    use std::sync::LazyLock;

    static SCHEMA: LazyLock<Value> = LazyLock::new(crate::plan::schema::schema);
    static VALIDATOR: LazyLock<Validator> =
        LazyLock::new(|| jsonschema::validator_for(&SCHEMA).expect("the schema that the types generate is one"));

    pub(super) fn check(text: &str, value: &Value, report: &mut Report) {
        for (path, member, place) in Places::of(text).iter().flat_map(Places::repeated_members) {
            let arguments = vec![member];
            report.problems.push(Problem { code: Code::RepeatedMember, path, place: Some(place), arguments });
        }
        for error in VALIDATOR.iter_errors(value) {
            name(&error, report);
        }
        check_numbers(value, "", report);
    }

    /// Whether the schema alone takes a plan.
    #[cfg(test)]
    pub(in crate::plan::check) fn accepts(value: &Value) -> bool {
        VALIDATOR.is_valid(value)
    }

    fn name(error: &ValidationError, report: &mut Report) {
        let path = error.instance_path().to_string();
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let known = known_members(error);
                for member in unexpected {
                    let inner = format!("{path}/{}", member.replace('~', "~0").replace('/', "~1"));
                    report.add(Code::UnknownMember, inner, [member, &known]);
                }
            }
            ValidationErrorKind::Required { property } => {
                report.add(Code::MissingMember, path, [property.as_str().unwrap_or_default()]);
            }
            ValidationErrorKind::Type { kind } => {
                // `null` is only how an optional member may also be written.
                let expected: Vec<String> = match kind {
                    TypeKind::Single(kind) => vec![kind.to_string()],
                    TypeKind::Multiple(kinds) => kinds.iter().map(|k| k.to_string()).filter(|k| k != "null").collect(),
                };
                let (en, zh) = type_words(expected.first().map_or("", String::as_str));
                let (found, found_zh) = type_words(type_name(error.instance()));
                report.add(Code::WrongType, path, [found, en, found_zh, zh]);
            }
            // An optional member: either `null` or what it is for. The mistakes are in the latter.
            ValidationErrorKind::AnyOf { context } => {
                let null = |e: &ValidationError| matches!(e.kind(), ValidationErrorKind::Type { kind: TypeKind::Single(kind) } if kind.to_string() == "null");
                for error in context.iter().filter(|branch| !branch.iter().any(null)).flatten() {
                    name(error, report);
                }
            }
            ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::Enum { .. } => {
                let allowed = allowed_values(error);
                let found = error.instance().as_str().map_or_else(|| error.instance().to_string(), str::to_owned);
                report.add(Code::NotOneOf, path, [&found, &listed(allowed.iter().map(String::as_str))]);
            }
            // These stand in the schema for editors; the other checks name them in their own words.
            ValidationErrorKind::Constant { .. }
            | ValidationErrorKind::MinItems { .. }
            | ValidationErrorKind::Pattern { .. } => {}
            ValidationErrorKind::Minimum { limit } if *limit == 1 && error.instance().as_u64() == Some(0) => {}
            ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => {
                add_number(report, path, &error.instance().to_string(), None);
            }
            _ => report.add(Code::BadShape, path, [&error.to_string()]),
        }
    }

    /// Weights and scores are decimals: JSON Schema can only say that they are numbers.
    fn check_numbers(value: &Value, path: &str, report: &mut Report) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let inner = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
                    match name.as_str() {
                        "weight" | "score" | "points" | "start" | "end" | "step" if member.is_number() => {
                            let text = member.to_string();
                            if let Err(why) = Decimal::from_json(&text) {
                                add_number(report, inner, &text, Some(why));
                            }
                        }
                        _ => check_numbers(member, &inner, report),
                    }
                }
            }
            Value::Array(elements) => {
                for (i, element) in elements.iter().enumerate() {
                    check_numbers(element, &format!("{path}/{i}"), report);
                }
            }
            _ => {}
        }
    }

    fn add_number(report: &mut Report, path: String, found: &str, why: Option<DecimalError>) {
        let (en, zh) = match why {
            Some(DecimalError::TooPrecise) => ("more than six decimal places", "小数超过六位"),
            Some(DecimalError::NotANumber) => ("not written as a plain decimal", "不是普通小数写法"),
            Some(DecimalError::TooLarge) => ("too large", "太大"),
            None => ("out of range", "超出范围"),
        };
        report.add(Code::BadNumber, path, [found, en, zh]);
    }

    fn type_name(value: &Value) -> &'static str {
        match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }

    /// What people call a JSON type, in English and in Chinese.
    fn type_words(name: &str) -> (&'static str, &'static str) {
        match name {
            "boolean" => ("`true` or `false`", " `true` 或 `false`"),
            "integer" => ("a whole number", "整数"),
            "number" => ("a number", "数字"),
            "string" => ("a text in quotes", "加引号的文字"),
            "array" => ("a list `[ … ]`", "列表 `[ … ]`"),
            "object" => ("an object `{ … }`", "对象 `{ … }`"),
            _ => ("`null`", " `null`"),
        }
    }

    /// The schema that holds the keyword which failed.
    fn schema_around(error: &ValidationError) -> Option<&'static Value> {
        let path = error.schema_path().to_string();
        SCHEMA.pointer(path.rsplit_once('/').map_or("", |(parent, _)| parent))
    }

    fn known_members(error: &ValidationError) -> String {
        let members = schema_around(error).and_then(|s| s.get("properties")).and_then(Value::as_object);
        listed(members.into_iter().flatten().map(|(name, _)| name.as_str()))
    }

    fn allowed_values(error: &ValidationError) -> Vec<String> {
        let Some(schema) = schema_around(error) else { return Vec::new() };
        let text = |v: &Value| v.as_str().map(str::to_owned);
        let lists = ["oneOf", "enum"].into_iter().filter_map(|k| schema.get(k)).filter_map(Value::as_array).flatten();
        lists.flat_map(|v| text(v).or_else(|| v.get("const").and_then(text))).collect()
    }
}
