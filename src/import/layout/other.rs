//! The words of `or_other`, for ODK's converter: it makes their question itself, and does not find the name in expressions. A
//! path is not looked up.

use super::*;

/// Names of the words of `other` that are in no repeat, each with the path that ODK's form has to it.
pub(super) fn paths(items: &[Value], around: &str, found: &mut BTreeMap<String, String>) {
    for item in items.iter().filter_map(Value::as_object) {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
        let path = [around, "/", text("name")].concat();
        if item.contains_key("other") {
            found.insert([text("name"), "_other"].concat(), [&path, "_other"].concat());
        }
        if text("type") == "group" {
            paths(list(item, "items"), &path, found);
        }
    }
}

/// An expression with paths in the place of these names.
pub(super) fn with_paths(expression: &str, paths: &BTreeMap<String, String>) -> String {
    paths.iter().fold(expression.to_owned(), |text, (name, path)| text.replace(&["${", name, "}"].concat(), path))
}
