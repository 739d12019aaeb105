//! A device without a screen: it makes the batches that a clerk opens, as many as a test needs.

use base64ct::{Base64, Encoding};
use minping::batch::{BatchDraft, Crypto, SignedBatch, plan_digest, seal_record, sign_batch, sign_card, thumbprint};
use minping::named::Named;
use minping::native::crypto::{Native, SignKey};
use minping::plan::{Digest, ItemType, Plan, PublicKey, load};
use minping::session::{Answer, Attachment, AttachmentType, Disposition, PlanRef, Record};
use pollster::block_on;
use std::path::Path;

pub struct Tablet {
    key: SignKey,
    public: PublicKey,
    pub id: Digest,
    plan: Plan,
    reference: PlanRef,
    round: String,
    seq: u64,
    prev: Option<Digest>,
    made: usize,
}

impl Tablet {
    /// A new device that works with this published plan, in the plan's last round.
    pub fn new(plan: &Path) -> Self {
        let text = std::fs::read_to_string(plan).expect("the published plan");
        let plan = load(&text).expect("a plan without errors");
        let digest = block_on(plan_digest(&Native, text.as_bytes())).expect("a digest");
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
        let round = plan.rounds.last().expect("a plan has a round").id.clone();
        let (key, public) = block_on(Native.generate_sign(false)).expect("a key");
        let id = block_on(thumbprint(&Native, &public)).expect("a thumbprint");
        Self { key, public, id, plan, reference, round, seq: 0, prev: None, made: 0 }
    }

    /// The card that the office enrols.
    pub fn card(&self, name: &str) -> String {
        block_on(sign_card(&Native, &self.key, &self.public, name)).expect("a card")
    }

    /// The next batch of the chain: one record for each grade, which is given to everything that is asked. A suggestion goes
    /// with it where the plan asks for one.
    pub fn hand_over(&mut self, grades: &[&str], suggestion: Option<&str>) -> SignedBatch {
        let records = grades.iter().zip(self.made..).map(|(grade, number)| self.record(number, grade, suggestion));
        let records = records.collect();
        self.hand_over_records(records)
    }

    /// The next batch of the chain: one record for each of these, with these answers and no others.
    pub fn hand_over_answers(&mut self, given: &[&[(&str, Answer)]]) -> SignedBatch {
        let records = given.iter().zip(self.made..).map(|(answers, number)| {
            let mut record = self.record(number, "", None);
            record.answers = answers.iter().map(|(item, answer)| (item.to_string(), answer.clone())).collect();
            record
        });
        let records = records.collect();
        self.hand_over_records(records)
    }

    /// The next batch of the chain: one record for each of these files, which is its answer to the item. With `torn` the
    /// file that its name promises is not the one that is in the record.
    pub fn hand_over_files(&mut self, given: &[(&str, &[u8], bool)]) -> SignedBatch {
        let records = given.iter().zip(self.made..).map(|(&(item, file, torn), number)| {
            let kind = AttachmentType::of(file).expect("a photo or a recording");
            let digest = block_on(Native.sha256(file)).expect("a digest");
            let name = Attachment { kind, bytes: file.len() as u64 }.name(&digest);
            let held =
                if torn { Base64::encode_string(&[file, b"more"].concat()) } else { Base64::encode_string(file) };
            let mut record = self.record(number, "", None);
            record.answers = Named::from([(item.to_owned(), Answer::Text(name.clone()))]);
            record.attachments = Named::from([(name, held)]);
            record
        });
        let records = records.collect();
        self.hand_over_records(records)
    }

    fn hand_over_records(&mut self, records: Vec<Record>) -> SignedBatch {
        let seal = &self.plan.keys.as_ref().expect("a published plan has keys").seal;
        self.made += records.len();
        let records =
            records.iter().map(|record| block_on(seal_record(&Native, seal, record)).expect("a sealed record"));
        let records = records.collect();
        self.seq += 1;
        let draft = BatchDraft {
            plan: self.reference.clone(),
            round: self.round.clone(),
            seq: self.seq,
            prev: self.prev.clone(),
            link: None,
            records,
            voided: Vec::new(),
        };
        let signed = block_on(sign_batch(&Native, &self.key, &self.public, draft)).expect("a signed batch");
        self.prev = Some(signed.digest.clone());
        signed
    }

    fn record(&self, number: usize, grade: &str, suggestion: Option<&str>) -> Record {
        let questionnaire = &self.plan.questionnaires[0];
        let mut answers = Named::new();
        for item in questionnaire.items.iter().flat_map(|item| std::iter::once(item).chain(&item.items)) {
            match item.kind {
                ItemType::Grade => drop(answers.insert(item.name.clone(), Answer::Text(grade.to_owned()))),
                ItemType::GradeMatrix => {
                    let row: Named<_> = item.indicators.iter().map(|id| (id.clone(), grade.to_owned())).collect();
                    let grid = item.units.iter().map(|unit| (unit.clone(), row.clone())).collect();
                    answers.insert(item.name.clone(), Answer::Grid(grid));
                }
                ItemType::Text if item.name == "suggestions" => {
                    if let Some(text) = suggestion {
                        answers.insert(item.name.clone(), Answer::Text(text.to_owned()));
                    }
                }
                _ => {}
            }
        }
        Record {
            v: 1,
            // 22 characters of base64url, different for every device and record.
            id: format!("{}{number:05}A", &self.id.as_str()[..16]),
            plan: self.reference.clone(),
            round: self.round.clone(),
            questionnaire: questionnaire.id.clone(),
            mode: minping::plan::Mode::Face,
            rater_group: self.plan.rater_groups.last().map(|group| group.id.clone()),
            stratum: None,
            disposition: Disposition::Complete,
            repeats: Default::default(),
            answers,
            missing: Named::new(),
            notes: Named::new(),
            attachments: Default::default(),
        }
    }
}
