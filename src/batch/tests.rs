mod answers;
mod certificate;
mod contacts;
mod envelope;
mod primitives;
mod privacy;
mod refusal;
mod vectors;

use super::*;
use crate::named::Named;
use crate::native::crypto::{Native, SignKey};
use crate::plan::{Digest, Mode, PublicKey};
use crate::session::{Answer, Disposition, PlanRef, Record};
use pollster::block_on;
use std::collections::BTreeMap;

/// Everything that a round of a made-up plan needs.
struct Scene {
    office: OfficeSecrets<Native>,
    device: SignKey,
    device_key: PublicKey,
    plan: PlanRef,
}

impl Scene {
    fn new() -> Scene {
        let (device, device_key) = block_on(Native.generate_sign(false)).unwrap();
        let digest = block_on(plan_digest(&Native, b"{}")).unwrap();
        Scene {
            office: block_on(OfficeSecrets::generate(&Native)).unwrap(),
            device,
            device_key,
            plan: PlanRef { id: "county".into(), version: "2024.1".into(), digest },
        }
    }

    fn office_keys(&self) -> Vec<PublicKey> {
        vec![self.office.sign_public.clone()]
    }

    fn roster(&self) -> Roster {
        let device = block_on(thumbprint(&Native, &self.device_key)).unwrap();
        let entry = RosterEntry { device, key: self.device_key.clone(), name: "tablet 1".into(), revoked: false };
        Roster { v: 1, plan: self.plan.id.clone(), issue: 1, devices: vec![entry] }
    }

    fn record(&self, id: &str) -> Record {
        Record {
            v: 1,
            id: id.into(),
            plan: self.plan.clone(),
            round: "r1".into(),
            questionnaire: "main".into(),
            mode: Mode::Face,
            rater_group: Some("cadres".into()),
            stratum: None,
            disposition: Disposition::Complete,
            repeats: Default::default(),
            answers: Named::from([("q1".to_owned(), Answer::Text("满意".into()))]),
            missing: Named::new(),
            notes: Named::new(),
            attachments: Default::default(),
        }
    }

    fn seal(&self, record: &Record) -> String {
        block_on(seal_record(&Native, std::slice::from_ref(&self.office.seal_public), record)).unwrap()
    }

    fn draft(&self, seq: u64, records: Vec<String>) -> BatchDraft {
        let prev = (seq > 1).then(|| Digest("p".repeat(43)));
        BatchDraft { plan: self.plan.clone(), round: "r1".into(), seq, prev, link: None, records, voided: vec![] }
    }

    fn sign(&self, draft: BatchDraft) -> SignedBatch {
        block_on(sign_batch(&Native, &self.device, &self.device_key, draft)).unwrap()
    }

    fn link(&self) -> Link {
        Link {
            v: 1,
            plan: self.plan.digest.clone(),
            file: ["plans/county.", self.plan.digest.short(), ".json"].concat(),
            round: "r1".into(),
            questionnaire: "main".into(),
            mode: Mode::Web,
            rater_group: None,
            stratum: None,
            place: Named::new(),
            code: None,
        }
    }

    fn token(&self, link: &Link) -> String {
        block_on(sign_link(&Native, &self.office.sign, link)).unwrap()
    }

    fn verify(&self, text: &str) -> Result<Admission, BatchError> {
        self.verify_with(text, Some(&self.roster()))
    }

    fn verify_with(&self, text: &str, roster: Option<&Roster>) -> Result<Admission, BatchError> {
        let office = self.office_keys();
        let trust = Trust { plan: &self.plan, rounds: vec!["r1".into(), "r2".into()], office: &office, roster };
        block_on(verify_batch(&Native, text, &trust))
    }
}
