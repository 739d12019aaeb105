//! From an empty folder to a verified score with the program's own commands: keys, plan, links, roster, receiver, tally.
//! What a browser does in between is done here with the core that it runs.
#![cfg(feature = "cli")]

use minping::batch::{
    BatchDraft, Crypto, Link, SignedBatch, read_link, seal_record, sign_batch, sign_card, verify_receipt,
};
use minping::native::crypto::{Native, SignKey};
use minping::plan::{Digest, ItemType, Mode, Plan, PublicKey, load};
use minping::session::{Answer, Disposition, Event, Opening, PlanRef, Session};
use pollster::block_on;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::rc::Rc;

const PASSPHRASE: &str = "four unrelated words";
const ROUND: &str = "2026-11";

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["--lang", "en"]).args(line.split(' ')).current_dir(self.folder.path());
        command.env("MINPING_PASSPHRASE", PASSPHRASE).stdin(Stdio::null());
        command
    }

    /// Runs a command that must succeed; returns what it printed.
    fn run(&self, line: &str) -> String {
        let output = self.command(line).output().unwrap();
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{line}: {out}{errors}");
        out.into_owned()
    }

    fn json(&self, line: &str) -> Vec<Value> {
        serde_json::from_str(&self.run(&[line, " --format json"].concat())).unwrap()
    }
}

/// A running receiver, ended with the test.
struct Receiver {
    child: Child,
    address: String,
    /// Open as long as it runs: it has more to say than its address, and ends when nobody can hear it.
    _said: BufReader<ChildStdout>,
}

impl Receiver {
    fn start(office: &Office) -> Receiver {
        let mut child = office
            .command("serve --app dist --data data --bind 127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect("the first line is the address").trim_matches('/');
        Receiver { address: address.to_owned(), child, _said: said }
    }

    /// Uploads a batch; status and body of the answer.
    fn put(&self, batch: &SignedBatch) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (path, length) = (batch.digest.as_str(), batch.text.len());
        let head = format!(
            "PUT /api/batches/{path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(batch.text.as_bytes())).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(!head.to_lowercase().contains("transfer-encoding"), "{head}");
        (status, body.to_owned())
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody who answers every grade with the same one, and how their record leaves the device.
struct Rater<'a> {
    plan: &'a Rc<Plan>,
    reference: &'a PlanRef,
}

impl Rater<'_> {
    fn answer(&self, id: char, mode: Mode, group: &str, grade: &str, link: Option<&str>) -> String {
        let opening = Opening {
            plan: self.reference.clone(),
            round: ROUND.into(),
            questionnaire: "ballot".into(),
            mode,
            rater_group: Some(group.into()),
            stratum: None,
            link: link.map(str::to_owned),
            full: Vec::new(),
        };
        let mut session =
            Session::begin(self.plan.clone(), opening, id.to_string().repeat(22), "zh", &minping::expression::Plain)
                .unwrap();
        for index in 0..session.len() {
            let item = session.item(index).clone();
            if item.kind == ItemType::Grade {
                session.apply(Event::Answered { item: item.name, value: Answer::Text(grade.into()) }).unwrap();
            }
        }
        let record = session.close(Disposition::Complete).unwrap();
        block_on(seal_record(&Native, &self.plan.keys.as_ref().unwrap().seal, &record)).unwrap()
    }

    fn sign(
        &self,
        key: &(SignKey, PublicKey),
        seq: u64,
        prev: Option<Digest>,
        link: Option<&str>,
        records: Vec<String>,
    ) -> SignedBatch {
        let (plan, link) = (self.reference.clone(), link.map(str::to_owned));
        let draft = BatchDraft { plan, round: ROUND.into(), seq, prev, link, records, voided: vec![] };
        block_on(sign_batch(&Native, &key.0, &key.1, draft)).unwrap()
    }
}

#[test]
fn from_keys_to_a_verified_score() {
    let office = Office { folder: tempfile::tempdir().unwrap() };
    fs::create_dir(office.path("dist")).unwrap();
    fs::write(office.path("dist/index.html"), "<!doctype html>").unwrap();
    let ready = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/county-transport.json");
    fs::copy(ready, office.path("plan.json")).unwrap();

    // The office: two key files, so that a lost one is not a lost round; the plan; a link; an empty roster.
    office.run("keys new office.minping-keys");
    office.run("keys new deputy.minping-keys");
    let jwk = office.run("serve --data data --show-key");
    fs::write(office.path("receiver.jwk"), jwk).unwrap();
    office.run(
        "plan publish plan.json --keys office.minping-keys --keys deputy.minping-keys --receiver api/ --receiver-key receiver.jwk --app dist",
    );
    let index: Value =
        serde_json::from_str(&fs::read_to_string(office.path("dist/plans/index.json")).unwrap()).unwrap();
    let file = ["dist/", index["plans"][0]["file"].as_str().unwrap()].concat();
    let plan = Rc::new(load(&fs::read_to_string(office.path(&file)).unwrap()).unwrap());
    let digest = Digest::parse(index["plans"][0]["digest"].as_str().unwrap()).unwrap();
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    let links = office.json(&format!(
        "link {file} --keys office.minping-keys --base https://example.org/ --round {ROUND} --group users --single 1"
    ));
    let signed = format!("--roster r.minping-roster --plan {file} --keys office.minping-keys");
    office.run(&format!("roster new {signed}"));

    // A resident opens the link; a canvasser's tablet hands over twice.
    let rater = Rater { plan: &plan, reference: &reference };
    let token = links[0]["url"].as_str().unwrap().split_once("#/a/").unwrap().1;
    let Link { rater_group, mode, .. } = read_link(token).unwrap();
    let answer = rater.answer('a', mode, &rater_group.unwrap(), "basically_satisfied", Some(token));
    let fresh = block_on(Native.generate_sign(false)).unwrap();
    let resident = rater.sign(&fresh, 0, None, Some(token), vec![answer]);
    let tablet = block_on(Native.generate_sign(false)).unwrap();
    let cadre = |id| rater.answer(id, Mode::Face, "cadres", "very_satisfied", None);
    let first = rater.sign(&tablet, 1, None, None, vec![cadre('b'), cadre('c')]);
    let second = rater.sign(&tablet, 2, Some(first.digest.clone()), None, vec![cadre('d')]);

    // The receiver takes each once, however often it comes, and its receipt is the plan's.
    let receiver = Receiver::start(&office);
    let keys = [plan.receivers[0].key.clone()];
    for (batch, status) in [(&second, 201), (&resident, 201), (&second, 200), (&first, 201)] {
        let (found, receipt) = receiver.put(batch);
        assert_eq!(found, status, "{receipt}");
        block_on(verify_receipt(&Native, &receipt, &keys, &batch.digest)).unwrap();
    }
    drop(receiver);

    // Not on the roster yet: the tablet's batches wait, and the program says so.
    let tally = format!("tally data/batches --plan {file} --keys deputy.minping-keys --roster r.minping-roster");
    let early = office.command(&[&tally, " --format json"].concat()).output().unwrap();
    assert_eq!(early.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&early.stderr).contains("minping roster add"));

    // Enrolled by its card, its batches count; the deputy's key opens what was sealed.
    let card = block_on(sign_card(&Native, &tablet.0, &tablet.1, "平板 1")).unwrap();
    fs::write(office.path("tablet.minping-card"), card).unwrap();
    office.run(&format!("roster add tablet.minping-card {signed}"));
    let rows = office.json(&tally);
    assert_eq!(rows.len(), 1);
    // Three cadres at 100 with weight 0.4, one user at 60 with weight 0.6.
    assert_eq!((&rows[0]["index"], &rows[0]["round"]), (&Value::from(76.0), &ROUND.into()), "{rows:?}");
}
