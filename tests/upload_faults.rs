//! The last row of the fault list: uploads cut at every stage, repeated, reordered, and answered wrongly in every way.
//! Nothing is lost, nothing is stored twice, and nothing may be deleted without a receipt. The outbox is the real one,
//! over a store in memory; the receiver is the real program.
#![cfg(feature = "cli")]

#[path = "receiver/office.rs"]
#[allow(dead_code)]
mod office;
#[path = "receiver/running.rs"]
#[allow(dead_code)]
mod running;

use base64ct::{Base64UrlUnpadded, Encoding};
use minping::batch::{Crypto, Receipt, sign_batch, sign_receipt, thumbprint};
use minping::native::crypto::Native;
use minping::outbox::{self, Changes, Closed, Handed, Reply, State, Verdict};
use minping::plan::{Digest, PublicKey};
use minping::store::{Entries, Entry, MemoryStore, Store};
use office::Office;
use pollster::block_on;
use running::Running;
use std::collections::BTreeSet;
use std::io::{Read, Write};

/// Batches that each weather is tried on.
const BATCHES: usize = 3;

/// What happens to one upload.
#[derive(Clone, Debug)]
enum Weather {
    Clear,
    /// The connection breaks after this share of the request: of its head, or of its body.
    HeadCut(f64),
    BodyCut(f64),
    /// All of the request arrives; the connection breaks after this share of the answer.
    AnswerCut(f64),
    /// Something on the way answers instead of the receiver.
    Instead(u16, String),
    /// The receiver has it, and its answer is exchanged for this one.
    Exchanged(u16, String),
}

/// A canvasser's tablet.
struct Tablet<'a> {
    office: &'a Office,
    store: MemoryStore,
    device: Digest,
    key: <Native as Crypto>::SignKey,
    public: PublicKey,
    /// Ids of all records closed here.
    records: Vec<String>,
}

impl Tablet<'_> {
    fn new(office: &Office) -> Tablet<'_> {
        let (key, public) = block_on(Native.generate_sign(false)).unwrap();
        let device = block_on(thumbprint(&Native, &public)).unwrap();
        Tablet { office, store: MemoryStore::default(), device, key, public, records: Vec::new() }
    }

    fn view(&self) -> Entries {
        self.store.load().entries
    }

    fn commit(&mut self, changes: Changes) {
        let view = self.view();
        let step: Vec<Entry> = changes
            .into_iter()
            .map(|(key, body)| {
                let revision = view.get(&key).map_or(1, |entry| entry.revision + 1);
                Entry { key, revision, body }
            })
            .collect();
        self.store.write(&step).unwrap();
    }

    /// Closes an interview and hands over.
    fn make_batch(&mut self) {
        let (id, record) = self.office.record("");
        let closed = Closed { id: &id, plan: &self.office.plan, round: "r1", link: None };
        self.commit(outbox::seal(&self.view(), closed, &record));
        self.records.push(id);
        let parcel = outbox::hand_over(&self.view(), &self.office.plan.digest, "r1", &self.device).unwrap().unwrap();
        let signed = block_on(sign_batch(&Native, &self.key, &self.public, parcel.draft.clone())).unwrap();
        self.commit(outbox::store_batch(&parcel, &signed));
    }

    /// One upload through this weather, and what the outbox makes of it.
    fn upload(&mut self, one: &Handed, server: &Running, weather: &Weather) {
        let Some(text) = outbox::read_batch(&self.view(), &one.digest) else { panic!("a batch is gone") };
        let answer = send(server, one.digest.as_str(), &text, weather);
        let reply = answer.as_ref().map_or(Reply::None, |(status, body)| Reply::Some { status: *status, body });
        let keys = [self.office.receipt_key.clone()];
        match block_on(outbox::judge(&Native, reply, &keys, &one.digest)) {
            Verdict::Received { receipt } => self.commit(outbox::keep_receipt(one, &receipt, 1)),
            Verdict::Refused { status, code } => self.commit(outbox::keep_refusal(one, status, &code)),
            Verdict::Retry(_) => {}
        }
    }

    /// Batches without a receipt are held and not deletable, and receipts are true.
    fn check(&self, weather: &Weather) {
        let stored: BTreeSet<String> = self.office.stored().into_iter().collect();
        let view = self.view();
        for one in outbox::handed(&view) {
            assert!(one.held, "{weather:?}: a batch was deleted");
            let received = matches!(one.state, State::Received { .. });
            assert!(!received || stored.contains(&one.digest.0), "{weather:?}: a receipt for nothing");
            assert!(received || outbox::delete(&one).is_empty(), "{weather:?}: deletable without a receipt");
        }
        let deletable = outbox::deletable(&view, u64::MAX, &|_| Some(0));
        assert!(deletable.iter().all(|one| stored.contains(&one.digest.0)), "{weather:?}");
    }
}

/// Status and body, as a browser would see them: an answer that is not whole is no answer.
fn send(server: &Running, digest: &str, text: &str, weather: &Weather) -> Option<(u16, String)> {
    if let Weather::Instead(status, body) = weather {
        return Some((*status, body.clone()));
    }
    let length = text.len();
    let head = format!(
        "PUT /api/batches/{digest} HTTP/1.1\r\nhost: minping\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    let share = |bytes: &str, share: f64| ((bytes.len() as f64 * share) as usize).min(bytes.len() - 1);
    let mut stream = server.connect();
    match weather {
        Weather::HeadCut(part) => {
            stream.write_all(&head.as_bytes()[..share(&head, *part)]).unwrap();
            return None;
        }
        Weather::BodyCut(part) => {
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&text.as_bytes()[..share(text, *part)]).unwrap();
            return None;
        }
        _ => {
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
        }
    }
    if let Weather::AnswerCut(part) = weather {
        let mut some = vec![0; (700.0 * part) as usize];
        // Less may come than is waited for; either way the connection is dropped here.
        let _ = stream.read_exact(&mut some);
        return None;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    if let Weather::Exchanged(status, body) = weather {
        return Some((*status, body.clone()));
    }
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Some((head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned()))
}

/// How many stored batches hold this record.
fn batches_with(office: &Office, record: &str) -> usize {
    let holds = |digest: &String| {
        let text = std::fs::read_to_string(office.batch_file(&Digest(digest.clone()))).unwrap();
        let payload = Base64UrlUnpadded::decode_vec(text.split('.').nth(1).unwrap()).unwrap();
        String::from_utf8(payload).unwrap().contains(record)
    };
    office.stored().iter().filter(|digest| holds(digest)).count()
}

fn receipt_by_a_stranger(batch: &str) -> String {
    let (key, public) = block_on(Native.generate_sign(false)).unwrap();
    let receipt = Receipt { v: 1, batch: Digest(batch.to_owned()) };
    block_on(sign_receipt(&Native, &key, &public, &receipt)).unwrap()
}

fn weathers() -> Vec<Weather> {
    let mut all = vec![Weather::Clear];
    for share in [0.0, 0.01, 0.5, 0.99, 1.0] {
        all.extend([Weather::HeadCut(share), Weather::BodyCut(share), Weather::AnswerCut(share)]);
    }
    let error = |code: &str| format!(r#"{{"code":"{code}","message":{{"zh":"x","en":"x"}}}}"#);
    let mut answers: Vec<(u16, String)> =
        [204, 301, 302, 408, 425, 429, 500, 502, 503, 504, 507, 511].map(|status| (status, error("any"))).to_vec();
    answers.extend([400, 401, 403, 404, 409, 410, 413, 422].map(|status| (status, error("any"))));
    for status in [200, 201] {
        answers.push((status, String::new()));
        answers.push((status, "<!doctype html>please log in".into()));
        answers.push((status, receipt_by_a_stranger(&"A".repeat(43))));
    }
    for (status, body) in answers {
        all.push(Weather::Instead(status, body.clone()));
        all.push(Weather::Exchanged(status, body));
    }
    all
}

#[test]
fn uploads_cut_repeated_reordered_and_answered_wrongly_lose_and_double_nothing() {
    let office = Office::new();
    let server = office.serve(&["--rate", "0"]);
    let mut tablet = Tablet::new(&office);
    let weathers = weathers();
    let mut uploads = 0;
    for weather in &weathers {
        for _ in 0..BATCHES {
            tablet.make_batch();
        }
        // Everything that waits, in one order and then in the other, twice each.
        for turn in 0..4 {
            let mut waiting = outbox::uploads(&tablet.view());
            if turn % 2 == 1 {
                waiting.reverse();
            }
            for one in waiting {
                tablet.upload(&one, &server, weather);
                uploads += 1;
            }
            tablet.check(weather);
        }
        // The user asks for another try, and the weather clears.
        for one in outbox::handed(&tablet.view()) {
            let again = outbox::try_again(&one);
            tablet.commit(again);
        }
        for one in outbox::uploads(&tablet.view()) {
            tablet.upload(&one, &server, &Weather::Clear);
            uploads += 1;
        }
        tablet.check(weather);
        let view = tablet.view();
        assert!(outbox::uploads(&view).is_empty(), "{weather:?}: something still waits");
        assert_eq!(outbox::summarize(&view, None).received, tablet.records.len(), "{weather:?}");
    }
    // A receipt that came is given again for the same batch, also much later.
    for one in outbox::handed(&tablet.view()) {
        tablet.upload(&one, &server, &Weather::Clear);
        uploads += 1;
    }
    let made: BTreeSet<String> = outbox::handed(&tablet.view()).into_iter().map(|one| one.digest.0).collect();
    assert_eq!(made.len(), tablet.records.len());
    assert_eq!(office.stored().into_iter().collect::<BTreeSet<_>>(), made);
    assert_eq!(office.stored().len(), made.len());
    for id in &tablet.records {
        assert_eq!(batches_with(&office, id), 1, "record {id}");
    }
    println!("{} kinds of trouble, {uploads} uploads, {} records: 0 lost, 0 doubled", weathers.len(), made.len());
}
