mod comparing;
mod drawing;
mod editing;
mod pasting;

use super::Value;

/// A ready plan's text.
fn ready(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans").join(name).with_extension("json");
    std::fs::read_to_string(path).expect("a ready plan")
}

/// The pointers of everything in a value.
fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    for (index, child) in value.list().iter().enumerate() {
        pointers(child, &format!("{at}/{index}"), out);
    }
    for (name, child) in value.members() {
        pointers(child, &format!("{at}/{}", super::token(name)), out);
    }
}
