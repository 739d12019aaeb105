//! A hall of five hundred phones, one receiver on this machine, and the protocol: every ballot counted once.
#![cfg(feature = "cli")]

use minping::batch::{
    BatchDraft, Crypto, Link, OfficeSecrets, Roster, RosterEntry, SignedBatch, Trust, Voided, link_token, open_keys,
    plan_digest, seal_record, sign_batch, sign_link, sign_roster, thumbprint, verify_batch, verify_receipt,
};
use minping::hall::{
    Ballot, Closing, Entrance, From, Issued, NotYet, Papers, Protocol, Received, SPOILED, Sheet, Slip, Standing,
    mark_of, paper_record, received, ways,
};
use minping::ledger::Ledger;
use minping::native::crypto::Native;
use minping::native::host::NATIVE;
use minping::plan::{Digest, Mode, Plan, PublicKey, load};
use minping::session::PlanRef;
use minping::simulate::{Conduct, Population, interview};
use pollster::block_on;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

const PASSPHRASE: &str = "four unrelated words";
const PHONES: usize = 500;
const UNITS: usize = 60;
const GROUPS: [(&str, f64, u64); 2] = [("cadres", 0.4, 220), ("public", 0.6, 300)];

struct Office {
    folder: tempfile::TempDir,
    plan: Rc<Plan>,
    reference: PlanRef,
    secrets: OfficeSecrets<Native>,
    receipt_key: PublicKey,
}

fn plan() -> String {
    let text = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
    let units: Vec<Value> = (1..=UNITS)
        .map(|at| json!({ "id": format!("u{at:02}"), "label": text(&format!("第{at}局"), &format!("bureau {at}")), "group": if at % 2 == 0 { "a" } else { "b" } }))
        .collect();
    let grade = |name: &str, zh: &str, score: u32| json!({ "name": name, "label": text(zh, name), "score": score, "satisfied": score >= 80 });
    let groups: Vec<Value> =
        GROUPS.iter().map(|(id, weight, _)| json!({ "id": id, "label": text(id, id), "weight": weight })).collect();
    json!({
        "format": 1, "id": "hall-test", "version": "1", "languages": ["zh", "en"],
        "title": text("现场测评", "Hall ballot"), "asker": text("办公室", "Office"), "purpose": text("听取意见", "To listen"),
        "privacy": { "notice": text("匿名", "Anonymous"), "anonymous": true, "seal": true, "smallest_cell": 5 },
        "rounds": [{ "id": "r1", "label": text("第一轮", "First") }],
        "unit_groups": [{ "id": "a", "label": text("甲类", "Class A") }, { "id": "b", "label": text("乙类", "Class B") }],
        "units": units,
        "scales": [{ "id": "four", "grades": [
            grade("good", "满意", 100), grade("fair", "基本满意", 80), grade("poor", "不太满意", 40), grade("bad", "不满意", 0),
        ], "missing": [{ "name": "unknown", "label": text("不了解", "don't know") }] }],
        "indicators": [{ "id": "all", "label": text("总体", "Overall"), "weight": 1 }],
        "rater_groups": groups,
        "modes": ["hall"],
        "questionnaires": [{ "id": "form", "title": text("测评表", "Form"), "items": [
            { "type": "grade_matrix", "name": "grades", "label": text("请评价", "Please grade"), "scale": "four" },
        ] }],
    })
    .to_string()
}

fn minping(folder: &std::path::Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
    command.args(["--lang", "en"]).args(words).current_dir(folder);
    command.env("MINPING_PASSPHRASE", PASSPHRASE).stdin(Stdio::null()).output().unwrap()
}

fn done(folder: &std::path::Path, words: &[&str]) -> String {
    let output = minping(folder, words);
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{words:?}: {out}{errors}");
    out.into_owned()
}

impl Office {
    fn open() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::create_dir_all(at.join("app/plans")).unwrap();
        fs::write(at.join("app/index.html"), "<!doctype html>app").unwrap();
        fs::write(at.join("plan.json"), plan()).unwrap();
        done(at, &["keys", "new", "office.minping-keys"]);
        let receipt = done(at, &["serve", "--show-key", "--data", "data"]).trim().to_owned();
        let publish =
            ["plan", "publish", "plan.json", "--keys", "office.minping-keys", "--app", "app", "--receiver=api/"];
        done(at, &[&publish[..], &["--receiver-key", &receipt]].concat());
        let published = fs::read_dir(at.join("app/plans")).unwrap().map(|entry| entry.unwrap().path());
        let published = published
            .into_iter()
            .find(|path| {
                path.to_str().unwrap().contains("hall-test") && path.extension().is_some_and(|end| end == "json")
            })
            .unwrap();
        let text = fs::read_to_string(&published).unwrap();
        fs::copy(&published, at.join("published.json")).unwrap();
        let plan = Rc::new(load(&text).unwrap());
        let digest = block_on(plan_digest(&Native, text.as_bytes())).unwrap();
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
        let keys = fs::read_to_string(at.join("office.minping-keys")).unwrap();
        let secrets = block_on(open_keys(&Native, &keys, PASSPHRASE)).unwrap();
        let receipt_key = plan.receivers[0].key.clone();
        Office { folder, plan, reference, secrets, receipt_key }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn link(&self, group: &str) -> String {
        let link = Link {
            v: 1,
            plan: self.reference.digest.clone(),
            file: "plans/hall-test.json".into(),
            round: "r1".into(),
            questionnaire: "form".into(),
            mode: Mode::Hall,
            rater_group: Some(group.into()),
            stratum: None,
            place: Default::default(),
            code: None,
        };
        block_on(sign_link(&Native, &self.secrets.sign, &link)).unwrap()
    }

    /// What a phone makes of a person's answers: the engine's own record, sealed and signed by a key that is forgotten.
    fn phone(&self, people: &Population, person: usize, links: &BTreeMap<String, String>) -> SignedBatch {
        let who = &people.people()[person];
        let mut random = [0; 16];
        Native.random(&mut random).unwrap();
        let session = who.opened(&self.plan, &self.reference, "r1", id_of(&random), &NATIVE).unwrap();
        let made = interview(people, person, Conduct::Honest, session);
        assert!(made.refused.is_empty() && made.stuck.is_empty());
        let seal = &self.plan.keys.as_ref().unwrap().seal;
        let sealed = block_on(seal_record(&Native, seal, &made.record)).unwrap();
        let token = links[made.record.rater_group.as_deref().unwrap()].clone();
        let (key, public) = block_on(Native.generate_sign(false)).unwrap();
        let draft = BatchDraft {
            plan: self.reference.clone(),
            round: "r1".into(),
            seq: 0,
            prev: None,
            link: Some(token),
            records: vec![sealed],
            voided: Vec::new(),
        };
        block_on(sign_batch(&Native, &key, &public, draft)).unwrap()
    }

    fn ledger(&self) -> Ledger {
        Ledger::new(&self.plan, &self.reference, &NATIVE).unwrap()
    }
}

fn id_of(random: &[u8; 16]) -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    Base64UrlUnpadded::encode_string(random)
}

struct Serving(Child, String);

impl Serving {
    fn start(office: &Office) -> Serving {
        let mut child = Command::new(env!("CARGO_BIN_EXE_minping"))
            .args(["serve", "--bind", "127.0.0.1:0", "--data", "data", "--app", "app"])
            .current_dir(office.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Serving(child, address)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One request; None: the connection broke.
fn send(address: &str, method: &str, path: &str, header: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n{header}content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut bytes = String::new();
    stream.read_to_string(&mut bytes).ok()?;
    let (head, body) = bytes.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

/// Half an upload, and gone.
fn break_off(address: &str, batch: &SignedBatch) {
    let Ok(mut stream) = TcpStream::connect(address) else { return };
    let path = format!("/api/batches/{}", batch.digest.as_str());
    let head = format!("PUT {path} HTTP/1.1\r\nhost: hall\r\ncontent-length: {}\r\n\r\n", batch.text.len());
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&batch.text.as_bytes()[..batch.text.len() / 2]);
    let _ = stream.shutdown(Shutdown::Both);
}

/// The host's laptop: what the page does with every look at the receiver.
struct Board {
    ledger: Ledger,
    marks: BTreeMap<Digest, String>,
    ballot: Ballot,
    roster: Option<Roster>,
}

impl Board {
    fn look(&mut self, office: &Office, address: &str, token: &str) -> Received {
        let bearer = format!("authorization: Bearer {token}\r\n");
        let mut after = String::new();
        loop {
            let (status, body) =
                send(address, "GET", &format!("/api/batches?limit=200{after}"), &bearer, "").expect("an answer");
            assert_eq!(status, 200, "{body}");
            let page: Value = serde_json::from_str(&body).unwrap();
            for digest in page["batches"].as_array().unwrap() {
                let digest = Digest::parse(digest.as_str().unwrap()).unwrap();
                if !self.ledger.batches().contains_key(&digest) {
                    let path = format!("/api/batches/{}", digest.as_str());
                    let (status, text) = send(address, "GET", &path, &bearer, "").expect("a batch");
                    assert_eq!(status, 200);
                    self.take(office, &text);
                }
            }
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        received(&self.ledger, &self.ways())
    }

    fn take(&mut self, office: &Office, text: &str) {
        let trust = Trust {
            plan: &office.reference,
            rounds: vec!["r1".into()],
            office: &office.plan.keys.as_ref().unwrap().sign,
            roster: self.roster.as_ref(),
        };
        let admission = block_on(verify_batch(&Native, text, &trust)).unwrap();
        let digest = match &admission {
            minping::batch::Admission::Admitted(batch) => batch.digest.clone(),
            minping::batch::Admission::Quarantined(batch, _) => batch.digest.clone(),
        };
        if let Some(token) = link_token(text) {
            self.marks.insert(digest, mark_of(&token).to_owned());
        }
        self.ledger.take(admission, "receiver");
    }

    fn ways(&self) -> BTreeMap<Digest, minping::hall::Way> {
        ways(&self.ledger, &self.ballot, |digest| self.marks.get(digest).map(String::as_str))
    }
}

/// Three paper ballots, entered twice: one the same, one decided by the third, one spoiled.
fn papers(sheet: &Sheet) -> Papers {
    let read = |by: &str, marks: &str, spoiled: bool| {
        let mut slip = Slip::empty(by, sheet);
        (0..sheet.fields.len()).for_each(|at| slip.set(at, marks.chars().nth(at % marks.len()).unwrap()));
        Slip { spoiled, done: true, ..slip }
    };
    let mut papers = Papers::default();
    let place = |number| ("public".to_owned(), number);
    papers.put(place(1), 1, read("Li", "1234", false));
    papers.put(place(1), 2, read("Wang", "1234", false));
    papers.put(place(2), 1, read("Li", "1110", false));
    papers.put(place(2), 2, read("Wang", "1120", false));
    papers.put(place(3), 1, read("Li", "1", true));
    papers.put(place(3), 2, read("Wang", "2", true));
    assert_eq!(papers.standing(&place(2)), Standing::Differs((0..UNITS).filter(|at| at % 4 == 2).collect()));
    papers.put(place(2), 3, read("Zhao", "11x0", false));
    papers
}

#[test]
fn five_hundred_phones_are_counted_once_and_the_protocol_is_what_tally_says() {
    let office = Office::open();
    let serving = Serving::start(&office);
    let address = serving.1.clone();
    let token = fs::read_to_string(office.path("data/office-token")).unwrap().trim().to_owned();
    let links: BTreeMap<String, String> = GROUPS.iter().map(|(id, ..)| ((*id).to_owned(), office.link(id))).collect();

    // The device of the paper ballots is on the roster, by name.
    let (paper_key, paper_public) = block_on(Native.generate_sign(false)).unwrap();
    let paper_id = block_on(thumbprint(&Native, &paper_public)).unwrap();
    let entry =
        RosterEntry { device: paper_id.clone(), key: paper_public.clone(), name: "paper entry".into(), revoked: false };
    let roster = Roster { v: 1, plan: "hall-test".into(), issue: 1, devices: vec![entry] };
    let signed = block_on(sign_roster(&Native, &office.secrets.sign, &office.secrets.sign_public, &roster)).unwrap();
    fs::write(office.path("r.minping-roster"), signed).unwrap();

    let ballot = Ballot {
        v: 1,
        id: "A".repeat(22),
        plan: office.reference.clone(),
        round: "r1".into(),
        questionnaire: "form".into(),
        name: "Spring session".into(),
        place: "Great hall".into(),
        host: "Chen".into(),
        opened: "2026-06-01T09:00:00+08:00".into(),
        issued: GROUPS
            .iter()
            .map(|(id, _, ballots)| Issued { rater_group: Some((*id).into()), ballots: *ballots })
            .collect(),
        links: links
            .iter()
            .map(|(id, token)| Entrance { rater_group: Some(id.clone()), mark: mark_of(token).to_owned() })
            .collect(),
        codes: false,
        tablets: Vec::new(),
        paper: Some(paper_id),
        before: Vec::new(),
    };
    assert_eq!(Ballot::parse(&ballot.encode()).unwrap(), ballot);
    let mut board = Board { ledger: office.ledger(), marks: BTreeMap::new(), ballot, roster: Some(roster) };
    assert_eq!(board.look(&office, &address, &token).all(), 0);

    // Everybody sends at once; a fifth lose their connection first, a fifth send twice.
    let people = Population::new(&office.plan, &office.plan.rounds[0].id, PHONES, 11).unwrap();
    let phones: Vec<SignedBatch> = (0..PHONES).map(|person| office.phone(&people, person, &links)).collect();
    let phones = Arc::new(phones);
    let (gate, over) = (Arc::new(Barrier::new(PHONES + 1)), Arc::new(AtomicBool::new(false)));
    let keys = vec![office.receipt_key.clone()];
    let begun = Instant::now();
    let threads: Vec<_> = (0..PHONES)
        .map(|at| {
            let (phones, gate, address, keys) = (phones.clone(), gate.clone(), address.clone(), keys.clone());
            let work = move || {
                let batch = &phones[at];
                gate.wait();
                if at % 5 == 1 {
                    break_off(&address, batch);
                }
                let path = format!("/api/batches/{}", batch.digest.as_str());
                let mut left = if at % 5 == 2 { 2 } else { 1 };
                for _ in 0..50 {
                    match send(&address, "PUT", &path, "", &batch.text) {
                        Some((200 | 201, receipt)) => {
                            block_on(verify_receipt(&Native, &receipt, &keys, &batch.digest)).unwrap();
                            left -= 1;
                        }
                        Some((503 | 429, _)) | None => std::thread::sleep(Duration::from_millis(100)),
                        Some(other) => panic!("{other:?}"),
                    }
                    if left == 0 {
                        return;
                    }
                }
                panic!("phone {at} got no receipt");
            };
            std::thread::Builder::new().stack_size(512 << 10).spawn(work).unwrap()
        })
        .collect();
    let watching = over.clone();
    let joined = std::thread::spawn(move || {
        gate.wait();
        for thread in threads {
            thread.join().unwrap();
        }
        watching.store(true, Ordering::SeqCst);
        begun.elapsed()
    });
    // The board looks meanwhile, as the page does: it never goes back and never beyond.
    let mut seen = vec![0];
    while !over.load(Ordering::SeqCst) {
        let now = board.look(&office, &address, &token).all();
        assert!(now >= *seen.last().unwrap() && now <= PHONES as u64, "{now} after {seen:?}");
        seen.push(now);
        std::thread::sleep(Duration::from_millis(50));
    }
    let took = joined.join().unwrap();
    let now = board.look(&office, &address, &token);
    println!("{PHONES} phones had their receipts after {took:?}; the board looked {} times: {seen:?}", seen.len());
    assert_eq!((now.phones, now.all(), now.apart), (PHONES as u64, PHONES as u64, 0));
    let of = |group: &str| {
        let count = |person: &&minping::simulate::Person| person.rater_group.as_deref() == Some(group);
        people.people().iter().filter(count).count() as u64
    };
    for (group, ..) in GROUPS {
        assert_eq!(now.phones_of[&Some(group.to_owned())], of(group));
    }
    assert_eq!(fs::read_dir(office.path("data/batches")).unwrap().count(), PHONES);

    // The paper: through the same engine, sealed for the office, by the named device.
    let sheet = Sheet::of(&office.plan, "form").unwrap();
    assert_eq!(sheet.fields.len(), UNITS);
    let papers = papers(&sheet);
    let (mut records, mut voided) = (Vec::new(), Vec::new());
    for ((group, number), slip) in papers.settled() {
        let id = id_of(&[*number as u8; 16]);
        if slip.spoiled {
            voided.push(Voided { id, reason: SPOILED.into() });
            continue;
        }
        let from = From {
            plan: &office.plan,
            reference: &office.reference,
            round: "r1",
            questionnaire: "form",
            rater_group: group,
        };
        let record = paper_record(from, &sheet, slip, id, &NATIVE).unwrap();
        records.push(block_on(seal_record(&Native, &office.plan.keys.as_ref().unwrap().seal, &record)).unwrap());
    }
    assert_eq!((records.len(), voided.len()), (2, 1));
    let draft = BatchDraft {
        plan: office.reference.clone(),
        round: "r1".into(),
        seq: 1,
        prev: None,
        link: None,
        records,
        voided,
    };
    let paper = block_on(sign_batch(&Native, &paper_key, &paper_public, draft)).unwrap();
    let put = |batch: &SignedBatch| {
        let path = format!("/api/batches/{}", batch.digest.as_str());
        assert_eq!(send(&address, "PUT", &path, "", &batch.text).expect("an answer").0, 201);
    };
    put(&paper);
    let now = board.look(&office, &address, &token);
    assert_eq!((now.phones, now.paper, now.spoiled, now.all()), (PHONES as u64, 2, 1, PHONES as u64 + 3));

    // Not before everything is open, and not while numbers do not fit.
    let ways = board.ways();
    let mut closing = Closing {
        closed: "2026-06-01T10:30:00+08:00".into(),
        teller: "Li".into(),
        supervisor: "Zhao".into(),
        note: String::new(),
        collected: BTreeMap::from([("public".to_owned(), (4, 1))]),
        invalid_marks: papers.settled().map(|(_, slip)| slip.invalid_marks()).sum(),
    };
    let close = |board: &Board, closing: &Closing| Protocol::close(&board.ledger, &board.ballot, &ways, closing);
    assert_eq!(close(&board, &closing), Err(NotYet::Sealed(PHONES as u64 + 2)));
    while block_on(board.ledger.open(&Native, &office.secrets, 200)) > 0 {}
    assert_eq!(close(&board, &closing), Err(NotYet::NoteMissing), "one paper in the box was not entered");
    closing.collected.insert("public".into(), (3, 0));
    assert_eq!(close(&board, &closing), Err(NotYet::Spoiled { in_batches: 1, entered: 0 }));
    closing.collected.insert("public".into(), (3, 1));
    let issued: u64 = GROUPS.iter().map(|(.., ballots)| ballots).sum();
    let over_issued = GROUPS.iter().any(|(id, _, ballots)| of(id) + if *id == "public" { 3 } else { 0 } > *ballots);
    if over_issued {
        assert_eq!(close(&board, &closing), Err(NotYet::NoteMissing), "more came than were given out");
        closing.note = "guests".into();
    }
    let protocol = close(&board, &closing).unwrap();
    assert_eq!(protocol.total.issued, issued);
    assert_eq!((protocol.total.phones, protocol.total.paper, protocol.total.spoiled), (PHONES as u64, 2, 1));
    assert_eq!(protocol.total.missing(), issued as i64 - PHONES as i64 - 3);
    assert_eq!(protocol.invalid_marks, 15);
    assert_eq!(protocol.batches.len(), PHONES + 1);
    assert_eq!(protocol.not_counted.all(), 0);

    // Another smallest cell is another protocol.
    let recount = |protocol: &Protocol| protocol.recount(&board.ledger, &board.ways());
    assert!(recount(&protocol).agrees());
    assert_eq!(recount(&Protocol { smallest_cell: 4, ..protocol.clone() }).differs, ["smallest_cell"]);

    // Paper by a device that is on no roster is kept apart: in no number, said, and not late.
    let mut unknown =
        Board { ledger: office.ledger(), marks: BTreeMap::new(), ballot: board.ballot.clone(), roster: None };
    unknown.take(&office, &phones[0].text);
    unknown.take(&office, &paper.text);
    while block_on(unknown.ledger.open(&Native, &office.secrets, 200)) > 0 {}
    let ways = unknown.ways();
    assert_eq!(ways.len(), 2);
    let mut apart = Closing { closed: closing.closed.clone(), ..Closing::default() };
    let close_it = |closing: &Closing| Protocol::close(&unknown.ledger, &unknown.ballot, &ways, closing);
    assert_eq!(close_it(&apart), Err(NotYet::NoteMissing), "what is apart is explained");
    apart.note = "not on the roster".into();
    let without = close_it(&apart).unwrap();
    assert_eq!((without.not_counted.apart, without.not_counted.all()), (2, 2));
    assert_eq!((without.total.phones, without.total.paper, without.batches.len()), (1, 0, 1));
    assert_eq!(without.total.blank, None, "of one ballot");
    let silent = Protocol { note: String::new(), ..without.clone() };
    assert_eq!(silent.recount(&unknown.ledger, &ways).differs, ["note"], "an imbalance wants its words");
    assert!(without.recount(&unknown.ledger, &ways).agrees(), "{:?}", without.recount(&unknown.ledger, &ways));

    // What `minping tally` says of the receiver's folder, as published.
    let tally = [
        "tally",
        "data/batches",
        "--plan",
        "published.json",
        "--keys",
        "office.minping-keys",
        "--roster",
        "r.minping-roster",
        "--publish",
        "--by",
        "unit",
        "--format",
        "json",
    ];
    let told: Vec<Value> = serde_json::from_str(&done(office.folder.path(), &tally)).unwrap();
    assert_eq!((told.len(), protocol.units.len()), (UNITS, UNITS));
    let digits = |value: &Value| value.as_f64().map(|number| format!("{number:.2}"));
    let mut ranked = 0;
    for unit in &protocol.units {
        let row = told.iter().find(|row| row["unit"] == unit.unit.as_str()).unwrap();
        assert_eq!(digits(&row["index"]), unit.index, "{}", unit.unit);
        assert_eq!(digits(&row["score"]), unit.score, "{}", unit.unit);
        assert_eq!(row["rank"].as_u64(), unit.rank, "{}", unit.unit);
        assert_eq!(row["n"].as_u64(), unit.valid, "{}", unit.unit);
        ranked += u64::from(unit.rank.is_some());
    }
    assert!(ranked > 50, "{ranked} of {UNITS} units have a rank");

    // Signed, checked, and counted again by the program.
    let at = office.folder.path();
    let text = block_on(protocol.sign(&Native, &office.secrets.sign, &office.secrets.sign_public)).unwrap();
    fs::write(at.join("p.minping-protocol"), &text).unwrap();
    let verify = ["hall", "verify", "p.minping-protocol", "--plan", "published.json"];
    assert!(
        done(at, &verify)
            .contains("the signature holds: Spring session, closed 2026-06-01 10:30 (UTC+08:00), 502 valid")
    );
    let again = [
        &verify[..2],
        &["p.minping-protocol", "data/batches"],
        &verify[3..],
        &["--keys", "office.minping-keys", "--roster", "r.minping-roster"],
    ]
    .concat();
    assert!(done(at, &again).contains("501 batches were counted again"));
    let shown = done(at, &["hall", "show", "p.minping-protocol", "--plan", "published.json", "--html", "p.html"]);
    assert!(shown.contains("bureau 60"), "{shown}");
    let paper = fs::read_to_string(at.join("p.html")).unwrap();
    assert!(paper.contains("Supervisor Zhao") && paper.contains("bureau 1"), "the paper");
    assert_eq!(
        minping(at, &["hall", "show", "p.minping-protocol", "--plan", "published.json", "--html", "p.html"])
            .status
            .code(),
        Some(1)
    );

    // One changed letter, and one ballot that came late.
    let middle = text.len() / 2;
    let other = if text.as_bytes()[middle] == b'A' { "B" } else { "A" };
    fs::write(at.join("bad.minping-protocol"), [&text[..middle], other, &text[middle + 1..]].concat()).unwrap();
    let output = minping(at, &["hall", "verify", "bad.minping-protocol", "--plan", "published.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("signature does not hold"));
    let late = office.phone(&people, 0, &links);
    put(&late);
    let output = minping(at, &again);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains(&format!("batch {} (phone) came after closing", late.digest.short())), "{said}");
    assert!(!said.contains("is not what the protocol says"), "{said}");
    fs::remove_file(at.join(format!("data/batches/{}.minping", phones[0].digest.as_str()))).unwrap();
    let output = minping(at, &again);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains(&format!("batch {} was counted in the protocol and is not here", phones[0].digest.short())),
        "{said}"
    );
    assert!(said.contains("`total` is not what the protocol says"), "{said}");
}
