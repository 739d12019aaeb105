use super::{Item, ItemType, Plan};
use crate::json::{self, JsonError};
use std::fmt;

/// Why a plan cannot be used here.
#[derive(Debug)]
pub enum ReadError {
    /// A later version of the plan format: the app has to be updated.
    NewerFormat(u32),
    /// Not JSON, or not the shape of a plan: damaged, or no plan at all.
    Malformed(JsonError),
    /// An item lacks what its type needs, or names what the plan does not have.
    Unsound {
        item: String,
        /// The member that is missing or names something unknown.
        member: &'static str,
    },
}

// Written piece by piece, and the place left to `source`: the answering app carries no formatting machinery for them.
impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: [&str; 5] = match self {
            ReadError::NewerFormat(_) => {
                ["the plan has a later format than this program reads; update the program", "", "", "", ""]
            }
            ReadError::Malformed(_) => ["this is no plan of format 1; fetch it again, or check it", "", "", "", ""],
            ReadError::Unsound { item, member } => {
                ["item `", item, "`: `", member, "` is missing or names what the plan does not have; check the plan"]
            }
        };
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReadError::Malformed(error) => Some(error),
            ReadError::NewerFormat(_) | ReadError::Unsound { .. } => None,
        }
    }
}

/// Parses a plan and looks at what an interview relies on: the format, and in every item the members that its type needs
/// and what they name. Everything else was checked when the plan was published; see [`super::check`].
pub fn read(text: &str) -> Result<Plan, ReadError> {
    let plan = match Plan::parse(text) {
        Ok(plan) => plan,
        Err(error) => {
            // What a later format adds is unknown here: say that, and not that the plan is damaged.
            return Err(match json::version(text, "format") {
                Some(later @ 2..=0xFFFF_FFFF) => ReadError::NewerFormat(later as u32),
                _ => ReadError::Malformed(error),
            });
        }
    };
    if plan.format > 1 {
        return Err(ReadError::NewerFormat(plan.format));
    }
    let known = Known {
        plan: &plan,
        units: sorted(plan.units.iter().map(|unit| &unit.id)),
        leaves: { sorted(plan.leaf_indicators().into_iter().map(|(indicator, _)| &indicator.id)) },
    };
    for questionnaire in &plan.questionnaires {
        check_items(&known, &questionnaire.items, false)?;
    }
    Ok(plan)
}

/// What items may name; ids in their order, to be found without walking over them all.
struct Known<'a> {
    plan: &'a Plan,
    units: Vec<&'a str>,
    leaves: Vec<&'a str>,
}

fn sorted<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = ids.map(String::as_str).collect();
    ids.sort_unstable();
    ids
}

fn check_items(known: &Known, items: &[Item], repeated: bool) -> Result<(), ReadError> {
    for item in items {
        if let Some(member) = find_unsound(known, item) {
            return Err(ReadError::Unsound { item: item.name.clone(), member });
        }
        if repeated && matches!(item.kind, ItemType::Grade | ItemType::GradeMatrix) {
            return Err(ReadError::Unsound { item: item.name.clone(), member: "type" });
        }
        check_items(known, &item.items, repeated || item.kind == ItemType::Repeat)?;
    }
    Ok(())
}

fn find_unsound(known: &Known, item: &Item) -> Option<&'static str> {
    let plan = known.plan;
    let scale = || item.scale.as_ref().is_some_and(|id| plan.scale(id).is_some());
    let unit = |id: &String| known.units.binary_search(&id.as_str()).is_ok();
    let leaf = |id: &String| known.leaves.binary_search(&id.as_str()).is_ok();
    let sound: &[(&'static str, bool)] = &match item.kind {
        ItemType::Grade => [
            ("scale", scale()),
            ("unit", item.unit.as_ref().is_some_and(unit)),
            ("indicator", item.indicator.as_ref().is_some_and(leaf)),
        ],
        ItemType::GradeMatrix => [
            ("scale", scale()),
            ("units", item.units.iter().all(unit)),
            ("indicators", item.indicators.iter().all(leaf)),
        ],
        ItemType::SelectOne | ItemType::SelectMultiple | ItemType::Rank => {
            let choices = item.choices.as_ref().is_some_and(|id| plan.choice_list(id).is_some());
            [("choices", choices); 3]
        }
        ItemType::Range => [("step", item.steps().lead()); 3],
        ItemType::Calculate => [("calculation", item.calculation.is_some()); 3],
        _ => return None,
    };
    sound.iter().find(|(_, sound)| !sound).map(|(member, _)| *member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn plan() -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/plan/good/small.json");
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn a_plan_of_a_later_format_is_not_called_damaged() {
        let text = plan().replace("\"format\": 1", "\"format\": 2, \"audience\": []");
        assert!(matches!(read(&text), Err(ReadError::NewerFormat(2))));
        assert!(matches!(read(&plan().replace("\"format\": 1", "\"format\": 2")), Err(ReadError::NewerFormat(2))));
        assert!(matches!(read(&text[..40]), Err(ReadError::Malformed(_))));
    }

    #[test]
    fn an_item_that_names_what_the_plan_lacks_is_refused() {
        for (from, to, expected) in [
            ("\"scale\": \"s\"", "\"scale\": \"t\"", "scale"),
            ("\"scale\": \"s\"", "\"scale\": \"s\", \"units\": [\"u9\"]", "units"),
            ("\"scale\": \"s\"", "\"scale\": \"s\", \"indicators\": [\"i9\"]", "indicators"),
            ("\"choices\": \"c\"", "\"hint\": {}", "choices"),
        ] {
            match read(&plan().replace(from, to)) {
                Err(ReadError::Unsound { member, .. }) => assert_eq!(member, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }
}
