//! An office with a published plan, an app's folder, a receiver's data folder, and devices that hand over.

use crate::running::Running;
use base64ct::{Base64UrlUnpadded, Encoding};
use minping::batch::{
    BatchDraft, Crypto, Link, OfficeSecrets, Roster, RosterEntry, SignedBatch, plan_digest, sign_batch, sign_link,
    sign_roster, thumbprint,
};
use minping::native::crypto::Native;
use minping::plan::{Digest, Mode, OfficeKeys, PublicKey, Receiver, Text};
use minping::receiver::ReceiptKey;
use minping::session::PlanRef;
use pollster::block_on;
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

pub struct Office {
    folder: TempDir,
    secrets: OfficeSecrets<Native>,
    pub plan: PlanRef,
    pub receipt_key: PublicKey,
}

/// A small plan, with keys and a receiver when given.
pub fn plan(id: &str, published: Option<(OfficeKeys, Receiver)>) -> String {
    let text = |text: &str| json!({ "zh": text });
    let mut plan = json!({
        "format": 1, "id": id, "version": "1", "languages": ["zh"],
        "title": text("测评"), "asker": text("办公室"), "purpose": text("改进工作"),
        "privacy": { "notice": text("匿名"), "anonymous": true },
        "rounds": [{ "id": "r1", "label": text("第一轮") }],
        "units": [{ "id": "u1", "label": text("单位") }],
        "scales": [{ "id": "s1", "grades": [
            { "name": "satisfied", "label": text("满意"), "score": 100, "satisfied": true },
            { "name": "dissatisfied", "label": text("不满意"), "score": 0, "satisfied": false },
        ] }],
        "indicators": [{ "id": "i1", "label": text("总体"), "weight": 1 }],
        "modes": ["web", "face"],
        "questionnaires": [{ "id": "q1", "title": text("问卷"), "items": [
            { "type": "grade", "name": "g1", "label": text("评价"), "scale": "s1", "unit": "u1", "indicator": "i1" },
        ] }],
    });
    if let Some((keys, receiver)) = published {
        plan["keys"] = serde_json::to_value(keys).unwrap();
        plan["receivers"] = json!([receiver]);
    }
    plan.to_string()
}

impl Office {
    pub fn new() -> Office {
        Office::of("office")
    }

    pub fn of(id: &str) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let secrets = block_on(OfficeSecrets::generate(&Native)).unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        let receipt_key = ReceiptKey::open(&data).unwrap().public;
        let receiver = Receiver { url: "api/".into(), key: receipt_key.clone() };
        let text = plan(id, Some((secrets.public(), receiver)));
        let digest = block_on(plan_digest(&Native, text.as_bytes())).unwrap();
        let office =
            Office { folder, secrets, plan: PlanRef { id: id.into(), version: "1".into(), digest }, receipt_key };
        for (path, content) in [
            ("index.html", "<!doctype html>app"),
            ("sw.js", "// worker"),
            ("assets/answer.0123abcd.wasm", "plain"),
            ("assets/answer.0123abcd.wasm.br", "brotli"),
            ("assets/answer.0123abcd.wasm.gz", "gzip"),
            ("plans/index.json", "{}"),
            (&office.plan_file(), &text),
        ] {
            let path = office.app().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        office
    }

    pub fn app(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn plan_file(&self) -> String {
        format!("plans/{}.{}.json", self.plan.id, self.plan.digest.short())
    }

    pub fn serve(&self, arguments: &[&str]) -> Running {
        let app = self.app();
        Running::start(&self.data(), &[&["--app", app.to_str().unwrap()], arguments].concat())
    }

    /// No file may grow beyond `blocks` of 512 bytes.
    #[cfg(unix)]
    pub fn serve_with_small_files(&self, blocks: u32) -> Running {
        let mut command = Command::new("sh");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_minping"), "serve", "--bind", "127.0.0.1:0"]);
        command.arg("--data").arg(self.data()).arg("--app").arg(self.app());
        Running::of(command)
    }

    /// Writes a roster that this office signed.
    pub fn enrol(&self, issue: u64, devices: &[(&PublicKey, bool)]) -> PathBuf {
        let entries = devices.iter().map(|(key, revoked)| RosterEntry {
            device: block_on(thumbprint(&Native, key)).unwrap(),
            key: (*key).clone(),
            name: "tablet".into(),
            revoked: *revoked,
        });
        let roster = Roster { v: 1, plan: self.plan.id.clone(), issue, devices: entries.collect() };
        let public = &self.secrets.public().sign[0];
        let text = block_on(sign_roster(&Native, &self.secrets.sign, public, &roster)).unwrap();
        let file = self.folder.path().join("office.minping-roster");
        // In one step, as a careful copy is made.
        let fresh = file.with_extension("new");
        fs::write(&fresh, text).unwrap();
        fs::rename(fresh, &file).unwrap();
        file
    }

    /// A start that ends by itself: its exit code and what it said.
    pub fn fail(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["serve", "--data"]).arg(self.data()).args(arguments);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    pub fn token(&self) -> String {
        fs::read_to_string(self.data().join("office-token")).unwrap()
    }

    pub fn batch_file(&self, digest: &Digest) -> PathBuf {
        self.data().join("batches").join(format!("{}.minping", digest.0))
    }

    /// Digests of the batches on disk.
    pub fn stored(&self) -> Vec<String> {
        let entries = fs::read_dir(self.data().join("batches")).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        entries.map(|entry| name(entry.unwrap()).strip_suffix(".minping").unwrap().to_owned()).collect()
    }

    /// Id and JSON of a record that is not sealed.
    pub fn record(&self, words: &str) -> (String, String) {
        let mut random = [0; 16];
        Native.random(&mut random).unwrap();
        let id = Base64UrlUnpadded::encode_string(&random);
        let record = json!({
            "v": 1, "id": id, "plan": self.plan, "round": "r1", "questionnaire": "q1", "mode": "web",
            "disposition": "complete", "answers": { "g1": "satisfied", "why": words },
        });
        (id, record.to_string())
    }

    fn sign(&self, draft: BatchDraft) -> SignedBatch {
        let (key, public) = block_on(Native.generate_sign(false)).unwrap();
        block_on(sign_batch(&Native, &key, &public, draft)).unwrap()
    }

    fn draft(&self, seq: u64) -> BatchDraft {
        BatchDraft {
            plan: self.plan.clone(),
            round: "r1".into(),
            seq,
            prev: None,
            link: None,
            records: vec![self.record("").1],
            voided: Vec::new(),
        }
    }

    pub fn device_batch(&self, seq: u64, prev: Option<Digest>) -> SignedBatch {
        self.sign(BatchDraft { prev, ..self.draft(seq) })
    }

    pub fn big_batch(&self, bytes: usize) -> SignedBatch {
        let record = self.record(&"x".repeat(bytes)).1;
        self.sign(BatchDraft { records: vec![record], ..self.draft(1) })
    }

    pub fn batch_of_another_version(&self) -> SignedBatch {
        let plan = PlanRef { version: "0".into(), digest: Digest("B".repeat(43)), ..self.plan.clone() };
        self.sign(BatchDraft { plan, ..self.draft(1) })
    }

    pub fn resident_batch(&self, round: &str) -> SignedBatch {
        self.sign(BatchDraft { link: Some(self.link(round)), ..self.draft(0) })
    }

    /// Of this office's plan, by a link that `other` signed.
    pub fn batch_by_link_of(&self, other: &Office) -> SignedBatch {
        let link = self.link_content("r1");
        let token = block_on(sign_link(&Native, &other.secrets.sign, &link)).unwrap();
        self.sign(BatchDraft { link: Some(token), ..self.draft(0) })
    }

    fn link(&self, round: &str) -> String {
        block_on(sign_link(&Native, &self.secrets.sign, &self.link_content(round))).unwrap()
    }

    fn link_content(&self, round: &str) -> Link {
        Link {
            v: 1,
            plan: self.plan.digest.clone(),
            file: self.plan_file(),
            round: round.into(),
            questionnaire: "q1".into(),
            mode: Mode::Web,
            rater_group: None,
            stratum: None,
            place: Text::new(),
            code: None,
        }
    }
}
