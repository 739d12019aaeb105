//! Claims of cases, so that two callers of an office do not call the same number.

use crate::office::Office;
use crate::running::{Answer, Running, send};
use minping::batch::{Claim, Crypto, claimed_case, sign_claim};
use minping::native::crypto::Native;
use minping::plan::{Digest, PublicKey};
use pollster::block_on;
use serde_json::{Value, json};

struct Caller {
    key: <Native as Crypto>::SignKey,
    public: PublicKey,
}

impl Caller {
    fn new() -> Caller {
        let (key, public) = block_on(Native.generate_sign(false)).unwrap();
        Caller { key, public }
    }

    fn claim(&self, office: &Office, case: &Digest, minutes: u64) -> String {
        let claim = Claim { plan: office.plan.clone(), case: case.clone(), minutes };
        block_on(sign_claim(&Native, &self.key, &self.public, &claim)).unwrap()
    }
}

fn case(id: &str) -> Digest {
    block_on(claimed_case(&Native, "office", "r1", id)).unwrap()
}

fn put(server: &Running, case: &str, text: &str) -> Answer {
    send(server.connect(), "PUT", &["/api/claims/", case].concat(), &[], text)
}

fn told(answer: &Answer) -> (u16, String) {
    let body: Value = serde_json::from_str(&answer.body).expect("JSON");
    let what = body.get("claim").or_else(|| body.get("code")).and_then(Value::as_str).expect("a claim or a code");
    (answer.status, what.to_owned())
}

#[test]
fn of_two_callers_one_has_the_case_until_the_other_may() {
    let office = Office::new();
    let (first, second) = (Caller::new(), Caller::new());
    let roster = office.enrol(1, &[(&first.public, false), (&second.public, false)]);
    let mut server = office.serve(&["--roster", roster.to_str().unwrap()]);
    let case = case("E-001");
    let ask = |server: &Running, who: &Caller, minutes| {
        told(&put(server, case.as_str(), &who.claim(&office, &case, minutes)))
    };
    assert_eq!(ask(&server, &first, 10), (200, "yours".into()));
    assert_eq!(ask(&server, &second, 10), (200, "other".into()));
    assert_eq!(ask(&server, &first, 10), (200, "yours".into()));
    assert_eq!(ask(&server, &second, 0), (200, "yours".into()), "giving back what another has does nothing");
    assert_eq!(ask(&server, &second, 10), (200, "other".into()));
    assert_eq!(ask(&server, &first, 0), (200, "yours".into()));
    assert_eq!(ask(&server, &second, 10), (200, "yours".into()));
    // Nothing of it is written down: neither in the folder nor in the log.
    let names: Vec<String> = std::fs::read_dir(office.data())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!names.iter().any(|name| name.contains("claim")), "{names:?}");
    server.terminate();
    server.wait();
    let log = server.log();
    assert!(log.contains("/claims/{case}") && !log.contains(case.as_str()), "{log}");
}

#[test]
fn only_devices_on_the_roster_claim_and_a_new_roster_holds_at_once() {
    let office = Office::new();
    let (caller, stranger) = (Caller::new(), Caller::new());
    let case = case("E-001");
    let text = caller.claim(&office, &case, 10);
    let server = office.serve(&[]);
    assert_eq!(told(&put(&server, case.as_str(), &text)), (403, "no_roster".into()));
    drop(server);

    let roster = office.enrol(1, &[(&stranger.public, true)]);
    let server = office.serve(&["--roster", roster.to_str().unwrap()]);
    assert_eq!(told(&put(&server, case.as_str(), &text)), (403, "not_enrolled".into()));
    let revoked = stranger.claim(&office, &case, 10);
    assert_eq!(told(&put(&server, case.as_str(), &revoked)), (403, "not_enrolled".into()));
    office.enrol(2, &[(&stranger.public, true), (&caller.public, false)]);
    assert_eq!(told(&put(&server, case.as_str(), &text)), (200, "yours".into()));
    // A file that is no roster takes nothing away.
    std::fs::write(&roster, "half of a ros").unwrap();
    assert_eq!(told(&put(&server, case.as_str(), &text)), (200, "yours".into()));
}

#[test]
fn what_is_no_claim_of_its_address_is_refused() {
    let (office, elsewhere) = (Office::new(), Office::of("elsewhere"));
    let caller = Caller::new();
    let roster = office.enrol(1, &[(&caller.public, false)]);
    let server = office.serve(&["--roster", roster.to_str().unwrap()]);
    let (one, other) = (case("E-001"), case("E-002"));
    let text = caller.claim(&office, &one, 10);
    assert_eq!(told(&put(&server, other.as_str(), &text)), (422, "wrong_digest".into()));
    assert_eq!(told(&put(&server, "short", &text)), (400, "bad_digest".into()));
    assert_eq!(told(&put(&server, one.as_str(), "not a claim")), (422, "not_a_claim".into()));
    assert_eq!(told(&put(&server, one.as_str(), &caller.claim(&office, &one, 31))), (422, "not_a_claim".into()));
    assert_eq!(told(&put(&server, one.as_str(), &caller.claim(&elsewhere, &one, 10))), (422, "foreign_plan".into()));
    assert_eq!(told(&put(&server, one.as_str(), &"x".repeat(5000))), (413, "too_big".into()));
    // A batch is no claim.
    let batch = office.device_batch(1, None);
    assert_eq!(told(&put(&server, one.as_str(), &batch.text)), (422, "not_a_claim".into()));
    let mut changed = text.clone().into_bytes();
    let at = changed.len() - 20;
    changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8(changed).unwrap();
    assert_eq!(told(&put(&server, one.as_str(), &changed)), (422, "bad_signature".into()));
    assert_eq!(json!(told(&put(&server, one.as_str(), &text)).1), json!("yours"));
}
