use super::{Digest, Plan, Text, parse};
use crate::json::{self, JsonError, Node};
use serde::Serialize;

/// The list of plans that lie beside the app: `plans/index.json`. Version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanIndex {
    pub v: u32,
    pub plans: Vec<Listed>,
    /// The folder of pages that show the plans to newcomers, relative to the app's page; only where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gallery: Option<String>,
}

/// One plan of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    pub id: String,
    pub version: String,
    /// Of the file's bytes.
    pub digest: Digest,
    /// Relative to the app's page: `plans/<id>.<first 10 of the digest>.json`.
    pub file: String,
    pub title: Text,
    pub asker: Text,
    pub languages: Vec<String>,
}

impl Listed {
    /// The entry of a plan whose file has this digest.
    pub fn of(plan: &Plan, digest: &Digest) -> Listed {
        let mut file = String::from("plans/");
        for part in [&plan.id, ".", digest.short(), ".json"] {
            file.push_str(part);
        }
        Listed {
            id: plan.id.clone(),
            version: plan.version.clone(),
            digest: digest.clone(),
            file,
            title: plan.title.clone(),
            asker: plan.asker.clone(),
            languages: plan.languages.clone(),
        }
    }
}

impl PlanIndex {
    /// Members that are not known here are passed over: the list is the site's, and nothing in it is signed.
    ///
    /// # Errors
    /// The first thing that such a list has not there.
    pub fn parse(text: &str) -> Result<PlanIndex, JsonError> {
        fn listed(node: Node) -> Listed {
            Listed {
                id: node.text("id"),
                version: node.text("version"),
                digest: node.object("digest", Digest::read),
                file: node.text("file"),
                title: node.object("title", parse::text),
                asker: node.object("asker", parse::text),
                languages: node.list("languages", Node::as_text),
            }
        }
        json::read(text, |node| PlanIndex {
            v: node.whole("v", u64::from(u32::MAX)) as u32,
            plans: node.list("plans", listed),
            gallery: node.text_or_none("gallery"),
        })
    }

    /// The list with this plan in it: in the place of the version of the same id that was there, or at the end.
    pub fn with(mut self, listed: Listed) -> PlanIndex {
        match self.plans.iter_mut().find(|known| known.id == listed.id) {
            Some(known) => *known = listed,
            None => self.plans.push(listed),
        }
        self
    }
}

impl Default for PlanIndex {
    fn default() -> Self {
        PlanIndex { v: 1, plans: Vec::new(), gallery: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_version_takes_the_place_of_the_one_before() {
        let text = include_str!("../../plans/study-practice.json");
        let plan = crate::plan::load(text).unwrap();
        let old = Listed::of(&plan, &Digest("a".repeat(43)));
        let new = Listed::of(&plan, &Digest("b".repeat(43)));
        assert_eq!(new.file, format!("plans/{}.bbbbbbbbbb.json", plan.id));
        let index = PlanIndex::default().with(old).with(new.clone());
        assert_eq!(index, PlanIndex { v: 1, plans: vec![new], gallery: None });
    }
}
