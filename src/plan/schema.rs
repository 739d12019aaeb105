//! The JSON Schema of the plan, generated from the types, so that editors complete and check a plan while it is written.

use super::Plan;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// JSON Schema (2020-12) of a plan of format 1.
pub fn schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Plan>().to_value();
    if let Some(members) = schema.as_object_mut() {
        members.insert("$id".into(), "plan-1.json".into());
        members.insert("title".into(), "Minping plan, format 1".into());
    }
    schema
}

/// The schema as it lies in `schema/plan-1.json`.
pub fn schema_text() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).expect("a schema is plain JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_schema_in_the_repository_is_the_one_the_types_generate() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/plan-1.json");
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written == schema_text(), "stale: run `cargo run -- plan schema > schema/plan-1.json`");
    }

    #[test]
    fn ready_plans_name_the_schema_beside_them() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut plans = 0;
        for entry in std::fs::read_dir(root.join("plans")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "json") {
                let plan: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let named = path.parent().unwrap().join(plan["$schema"].as_str().unwrap());
                assert_eq!(named.canonicalize().unwrap(), root.join("schema/plan-1.json").canonicalize().unwrap());
                assert_eq!(path.file_stem().unwrap().to_str(), plan["id"].as_str());
                plans += 1;
            }
        }
        assert!(plans >= 3);
    }
}
