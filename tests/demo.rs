//! `minping demo` as a newcomer runs it: from the printed link to the printed command that shows the result.
#![cfg(feature = "cli")]

#[path = "receiver/running.rs"]
#[allow(dead_code)]
mod running;

use base64ct::{Base64UrlUnpadded, Encoding};
use minping::batch::{
    BatchDraft, Crypto, Link, plan_digest, read_link, seal_record, sign_batch, verify_link, verify_receipt,
};
use minping::named::Named;
use minping::native::crypto::Native;
use minping::plan::{Item, ItemType, Plan, load};
use minping::session::{Answer, Disposition, PlanRef, Record};
use pollster::block_on;
use running::send;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running demo and what it printed.
struct Demo {
    child: Child,
    lines: Vec<String>,
}

impl Demo {
    fn start(folder: &Path, arguments: &[&str]) -> Demo {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["--lang", "en", "demo"]).args(arguments).current_dir(folder);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut demo = Demo { child, lines: Vec::new() };
        for line in BufReader::new(demo.child.stdout.as_mut().unwrap()).lines() {
            demo.lines.push(line.unwrap());
            if demo.lines.last().unwrap().starts_with("Ctrl-C") {
                return demo;
            }
        }
        panic!("the demo ended: {:?}", demo.lines)
    }

    fn links(&self) -> Vec<&str> {
        self.lines.iter().map(String::as_str).filter(|line| line.contains("#/a/")).collect()
    }

    fn stop(mut self) -> Option<i32> {
        let stopped = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(stopped.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn app() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("dist")).unwrap();
    fs::write(folder.path().join("dist/index.html"), "<!doctype html>app").unwrap();
    folder
}

/// Best grade everywhere.
fn answer(plan: &Plan, items: &[Item], answers: &mut Named<Answer>) {
    for item in items {
        let best = || plan.scale(item.scale.as_deref().unwrap()).unwrap().grades[0].name.clone();
        match item.kind {
            ItemType::Group => answer(plan, &item.items, answers),
            ItemType::Grade => {
                answers.insert(item.name.clone(), Answer::Text(best()));
            }
            _ => {}
        }
    }
}

fn record(plan: &Plan, link: &Link) -> Record {
    let mut id = [0; 16];
    Native.random(&mut id).unwrap();
    let mut answers = Named::new();
    answer(plan, &plan.questionnaire(&link.questionnaire).unwrap().items, &mut answers);
    assert!(!answers.is_empty());
    Record {
        v: 1,
        id: Base64UrlUnpadded::encode_string(&id),
        plan: PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: link.plan.clone() },
        round: link.round.clone(),
        questionnaire: link.questionnaire.clone(),
        mode: link.mode,
        rater_group: link.rater_group.clone(),
        stratum: link.stratum.clone(),
        disposition: Disposition::Complete,
        repeats: Default::default(),
        answers,
        missing: Named::new(),
        notes: Named::new(),
        attachments: Default::default(),
    }
}

#[test]
fn an_answer_by_the_printed_link_is_counted_by_the_printed_command() {
    let folder = app();
    let demo = Demo::start(folder.path(), &["--bind", "127.0.0.1:0"]);
    let (page, token) = demo.links()[0].split_once("#/a/").unwrap();
    let address = page.strip_prefix("http://").unwrap().strip_suffix("/index.html").unwrap();
    let connect = || TcpStream::connect(address).unwrap();
    let link = read_link(token).unwrap();
    let file = send(connect(), "GET", &["/", &link.file].concat(), &[], "");
    assert_eq!(block_on(plan_digest(&Native, file.body.as_bytes())).unwrap(), link.plan);
    let plan = load(&file.body).unwrap();
    let keys = plan.keys.as_ref().unwrap();
    block_on(verify_link(&Native, token, &keys.sign)).unwrap();

    let record = record(&plan, &link);
    let sealed = block_on(seal_record(&Native, &keys.seal, &record)).unwrap();
    let draft = BatchDraft {
        plan: record.plan.clone(),
        round: link.round.clone(),
        seq: 0,
        prev: None,
        link: Some(token.to_owned()),
        records: vec![sealed],
        voided: Vec::new(),
    };
    let (key, public) = block_on(Native.generate_sign(false)).unwrap();
    let batch = block_on(sign_batch(&Native, &key, &public, draft)).unwrap();
    let receiver = &plan.receivers[0];
    let path = ["/", &receiver.url, "batches/", batch.digest.as_str()].concat();
    let receipt = send(connect(), "PUT", &path, &[], &batch.text);
    assert_eq!(receipt.status, 201, "{}", receipt.body);
    block_on(verify_receipt(&Native, &receipt.body, std::slice::from_ref(&receiver.key), &batch.digest)).unwrap();

    let command = demo.lines.iter().find(|line| line.contains(" tally ") && line.contains(&plan.id)).unwrap();
    let shell = [command.trim(), " --format json"].concat();
    let output = Command::new("sh").args(["-c", &shell]).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), plan.units.len());
    assert_eq!(rows[0]["n"], 1, "{rows}");
    assert_eq!(demo.stop(), Some(0));
}

#[test]
fn a_second_start_keeps_keys_and_plans_and_links_carry_the_address_that_was_given() {
    let folder = app();
    let arguments = ["--bind", "127.0.0.1:0", "--url", "https://app.example/ask/"];
    let published = |demo: &Demo| -> Vec<_> {
        let tokens = demo.links().into_iter().map(|link| link.split_once("#/a/").unwrap());
        let plans = tokens.map(|(page, token)| {
            assert_eq!(page, "https://app.example/ask/index.html");
            read_link(token).unwrap().plan
        });
        plans.collect()
    };
    let first = Demo::start(folder.path(), &arguments);
    let plans = published(&first);
    let passphrase = |demo: &Demo| demo.lines.iter().find(|line| line.contains("passphrase: ")).unwrap().clone();
    let words = passphrase(&first);
    assert_eq!(first.stop(), Some(0));
    let second = Demo::start(folder.path(), &arguments);
    assert_eq!((published(&second), passphrase(&second)), (plans, words));
}

#[test]
fn a_taken_port_is_an_error_where_it_was_asked_for() {
    let folder = app();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
    let output = command.args(["demo", "--bind", &address]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains(&address));
}

#[test]
fn without_an_app_the_demo_says_how_to_build_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
    let output = command.arg("demo").current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("scripts/build.mjs"));
    assert!(!folder.path().join("data").exists(), "nothing is made before the app is found");
}

#[test]
fn the_gallery_shows_every_ready_plan_and_the_report_of_a_simulated_round() {
    let folder = app();
    let demo = Demo::start(folder.path(), &["--bind", "127.0.0.1:0"]);
    let dist = folder.path().join("dist");
    let index: Value = serde_json::from_str(&fs::read_to_string(dist.join("plans/index.json")).unwrap()).unwrap();
    assert_eq!(index["gallery"], "gallery/");
    let plans = index["plans"].as_array().unwrap();
    let page = || fs::read_to_string(dist.join("gallery/en.html")).unwrap();
    for plan in plans {
        let (page, id) = (page(), plan["id"].as_str().unwrap());
        assert!(page.contains(&["<article id=\"", id, "\""].concat()), "{id}");
        assert!(page.contains(&["field.html#/field/", plan["digest"].as_str().unwrap()].concat()), "{id}");
    }
    // The first plan's report comes first.
    let address = || {
        let page = page();
        let from = page.find("href=\"study-practice.")? + 6;
        Some(page[from..].split('"').next().unwrap().to_owned())
    };
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(120);
    let report = loop {
        match address() {
            Some(name) => break name,
            None => assert!(std::time::Instant::now() < patience, "no report: {}", page()),
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    };
    let text = fs::read_to_string(dist.join("gallery").join(&report)).unwrap();
    assert!(text.starts_with("<!DOCTYPE html>") && text.contains("Study and practice campaign"), "{report}");
    assert_eq!(demo.stop(), Some(0));

    // A second start finds it made.
    let made = || fs::metadata(dist.join("gallery").join(&report)).unwrap().modified().unwrap();
    let before = made();
    let demo = Demo::start(folder.path(), &["--bind", "127.0.0.1:0"]);
    assert_eq!((address(), made()), (Some(report.clone()), before));
    assert_eq!(demo.stop(), Some(0));
}
