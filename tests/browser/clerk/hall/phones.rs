//! Phones in a hall, without a browser each.

use super::PLAN;
use crate::harness::Office;
use base64ct::{Base64UrlUnpadded, Encoding};
use minping::batch::{BatchDraft, Crypto, SignedBatch, plan_digest, seal_record, sign_batch};
use minping::hall::{From, Sheet, Slip, paper_record};
use minping::native::crypto::Native;
use minping::native::host::NATIVE;
use minping::plan::{Plan, load};
use minping::session::PlanRef;
use pollster::block_on;
use std::rc::Rc;

/// Somebody's phone: what it makes of marks on the form, by the link that it scanned.
pub struct Phones {
    plan: Rc<Plan>,
    reference: PlanRef,
    sheet: Sheet,
}

impl Phones {
    pub fn new(office: &Office) -> Phones {
        let text = std::fs::read_to_string(office.plan_file(PLAN)).expect("the published plan");
        let plan = Rc::new(load(&text).expect("a plan"));
        let digest = block_on(plan_digest(&Native, text.as_bytes())).expect("a digest");
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
        let sheet = Sheet::of(&plan, "form").expect("a sheet");
        Phones { plan, reference, sheet }
    }

    pub fn vote(&self, url: &str, group: &str, marks: &str) -> SignedBatch {
        let mut random = [0; 16];
        Native.random(&mut random).expect("randomness");
        let marks: String = marks.chars().cycle().take(self.sheet.fields.len()).collect();
        let slip = Slip { v: 1, by: String::new(), spoiled: false, marks, done: true };
        let from = From {
            plan: &self.plan,
            reference: &self.reference,
            round: "2026",
            questionnaire: "form",
            rater_group: group,
        };
        let id = Base64UrlUnpadded::encode_string(&random);
        let record = paper_record(from, &self.sheet, &slip, id, &NATIVE).expect("a record");
        let seal = &self.plan.keys.as_ref().expect("keys").seal;
        let draft = BatchDraft {
            plan: self.reference.clone(),
            round: "2026".into(),
            seq: 0,
            prev: None,
            link: Some(url.split("#/a/").nth(1).expect("a token").to_owned()),
            records: vec![block_on(seal_record(&Native, seal, &record)).expect("a sealed record")],
            voided: Vec::new(),
        };
        let (key, public) = block_on(Native.generate_sign(false)).expect("a key");
        block_on(sign_batch(&Native, &key, &public, draft)).expect("a batch")
    }
}
