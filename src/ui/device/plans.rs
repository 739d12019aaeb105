use super::Device;
use crate::batch::plan_digest;
use crate::browser::{crypto::Web, net};
use crate::plan::{Digest, Listed, Plan, PlanIndex, read};
use leptos::prelude::{UpdateValue, WithValue};
use leptos::task::spawn_local;
use std::rc::Rc;

const INDEX: &str = "plans/index.json";
const KEPT_INDEX: &str = "setting/plans";
const PLAN: &str = "plan/";

/// Why the site's list of plans was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListError {
    /// No network, or no such list.
    NoAnswer,
    /// It came, and is no list of plans of version 1.
    Unreadable,
}

/// Why a plan cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// Not on the device, and no network.
    Offline,
    /// The site does not have it: HTTP status.
    Missing(u16),
    /// What came is not the plan of this digest.
    Changed,
    /// Not a plan of a format that is known here: what the parser says.
    Unreadable(String),
}

fn key(digest: &Digest) -> String {
    let mut key = String::from(PLAN);
    key.push_str(digest.as_str());
    key
}

fn parse_index(text: &str) -> Option<Vec<Listed>> {
    let index = PlanIndex::parse(text).ok()?;
    (index.v == 1 && index.plans.iter().all(|plan| Digest::parse(plan.digest.as_str()).is_some()))
        .then_some(index.plans)
}

impl Device {
    /// The list that the site gave last; `None` when there never was one.
    pub fn kept_list(self) -> Option<Vec<Listed>> {
        self.keeper().get(KEPT_INDEX).and_then(|text| parse_index(&text))
    }

    /// Asks the site for its list, and keeps it.
    pub async fn fetch_list(self) -> Result<Vec<Listed>, ListError> {
        let answer = net::fetch_text(INDEX).await.filter(|answer| answer.status == 200).ok_or(ListError::NoAnswer)?;
        let list = parse_index(&answer.body).ok_or(ListError::Unreadable)?;
        if self.keeper().get(KEPT_INDEX).as_deref() != Some(&*answer.body) {
            // Kept for the times without a network; nothing is lost when it cannot be.
            let _ = self.commit(vec![(KEPT_INDEX.to_owned(), Some(answer.body))]).await;
        }
        Ok(list)
    }

    /// Digests of the plans that are on the device.
    pub fn kept_plans(self) -> Vec<Digest> {
        let list = self.keeper().list(PLAN);
        list.iter().filter_map(|(key, _)| Digest::parse(&key[PLAN.len()..])).collect()
    }

    pub fn has_plan(self, digest: &Digest) -> bool {
        self.keeper().get(&key(digest)).is_some()
    }

    /// A plan that is on the device.
    pub fn kept_plan(self, digest: &Digest) -> Option<Rc<Plan>> {
        self.read_plan(digest)?.ok()
    }

    fn read_plan(self, digest: &Digest) -> Option<Result<Rc<Plan>, PlanError>> {
        if let Some(plan) = self.parsed.with_value(|parsed| parsed.get(digest.as_str()).cloned()) {
            return Some(Ok(plan));
        }
        let text = self.keeper().get(&key(digest))?;
        Some(self.take_plan(digest, &text))
    }

    fn take_plan(self, digest: &Digest, text: &str) -> Result<Rc<Plan>, PlanError> {
        let plan = Rc::new(read(text).map_err(|error| PlanError::Unreadable(error.to_string()))?);
        self.parsed.update_value(|parsed| {
            parsed.insert(digest.as_str().to_owned(), plan.clone());
        });
        Ok(plan)
    }

    /// The plan of this digest: the one that is on the device, or else the one in `file` on the site, which is then kept.
    pub async fn fetch_plan(self, file: &str, digest: &Digest) -> Result<Rc<Plan>, PlanError> {
        if let Some(kept) = self.read_plan(digest) {
            return kept;
        }
        let answer = net::fetch_text(file).await.ok_or(PlanError::Offline)?;
        match answer.status {
            200 => {}
            // What a service worker says when it has no copy.
            503 | 504 if !net::online() => return Err(PlanError::Offline),
            status => return Err(PlanError::Missing(status)),
        }
        if plan_digest(&Web, answer.body.as_bytes()).await.ok().as_ref() != Some(digest) {
            return Err(PlanError::Changed);
        }
        let plan = self.take_plan(digest, &answer.body)?;
        // Beside the answering, which need not wait for it. Not kept: it works now, and is fetched again next time.
        let kept = (key(digest), Some(answer.body));
        spawn_local(async move {
            let _ = self.commit(vec![kept]).await;
        });
        Ok(plan)
    }
}
