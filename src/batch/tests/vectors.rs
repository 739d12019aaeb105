//! Walks `tests/vectors/batch/`: texts made with other people's code, and what must come of each. A new file is a new test.
use super::super::roster::roster;
use super::*;
use crate::json::{self, Node};
use std::fs;
use std::path::Path;

struct Vector {
    about: String,
    operation: String,
    text: String,
    expect: String,
    trust: Option<TrustOf>,
    key: Option<PrivateKey>,
    keys: Option<Vec<PublicKey>>,
    batch: Option<Digest>,
    plan: Option<String>,
    passphrase: Option<String>,
    content: Option<Record>,
}

struct TrustOf {
    plan: PlanRef,
    rounds: Vec<String>,
    office: Vec<PublicKey>,
    roster: Option<Roster>,
}

fn vector(node: Node) -> Vector {
    let node = node.only(&[
        "about",
        "operation",
        "text",
        "expect",
        "trust",
        "key",
        "keys",
        "batch",
        "plan",
        "passphrase",
        "content",
    ]);
    Vector {
        about: node.text("about"),
        operation: node.text("operation"),
        text: node.text("text"),
        expect: node.text("expect"),
        trust: node.find("trust").map(trust),
        key: node.find("key").map(PrivateKey::read),
        keys: node.find("keys").map(|keys| keys.as_list(PublicKey::read)),
        batch: node.find("batch").map(Digest::read),
        plan: node.text_or_none("plan"),
        passphrase: node.text_or_none("passphrase"),
        content: node.find("content").map(Record::read),
    }
}

fn trust(node: Node) -> TrustOf {
    let node = node.only(&["plan", "rounds", "office", "roster"]);
    TrustOf {
        plan: node.object("plan", PlanRef::read),
        rounds: node.list("rounds", Node::as_text),
        office: node.list("office", PublicKey::read),
        roster: node.find("roster").map(roster),
    }
}

#[test]
fn every_vector_has_the_outcome_that_it_names() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/batch");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let vector = json::read(&fs::read_to_string(&path).unwrap(), vector)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let found = outcome(&vector);
        if found != vector.expect {
            wrong.push(format!("{}: {}: {found}, not {}", path.display(), vector.about, vector.expect));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "only {count} vectors were found");
}

fn outcome(vector: &Vector) -> &'static str {
    let text = &vector.text;
    let keys = vector.keys.as_deref().unwrap_or_default();
    match vector.operation.as_str() {
        "batch" => {
            let trust = vector.trust.as_ref().expect("a batch needs `trust`");
            let trust = Trust {
                plan: &trust.plan,
                rounds: trust.rounds.clone(),
                office: &trust.office,
                roster: trust.roster.as_ref(),
            };
            match block_on(verify_batch(&Native, text, &trust)) {
                Ok(Admission::Admitted(_)) => "admitted",
                Ok(Admission::Quarantined(_, reason)) => match reason {
                    Quarantine::UnknownDevice => "unknown device",
                    Quarantine::Revoked => "revoked",
                    Quarantine::OtherPlanVersion { .. } => "other plan version",
                    Quarantine::OtherPlan { .. } => "other plan",
                    Quarantine::UnknownRound(_) => "unknown round",
                    Quarantine::BadLink => "bad link",
                },
                Err(BatchError::NotABatch) => "not a batch",
                Err(BatchError::WrongKind(_)) => "wrong kind",
                Err(BatchError::BadSignature) => "bad signature",
                Err(BatchError::BadContent(_)) => "bad content",
                Err(BatchError::NewerVersion(_)) => "newer version",
                Err(BatchError::Crypto(_)) => "crypto",
            }
        }
        "record" => {
            let key = vector.key.as_ref().expect("a record needs `key`");
            let (sign, sign_public) = block_on(Native.generate_sign(true)).unwrap();
            let secrets = OfficeSecrets {
                seal: block_on(Native.import_agree(key)).unwrap(),
                seal_public: key.public(),
                sign,
                sign_public,
            };
            match block_on(open_record(&Native, &secrets, text)) {
                Ok(record) if Some(&record) == vector.content.as_ref() => "opened",
                Ok(_) => "opened with other content",
                Err(OpenError::Malformed) => "malformed",
                Err(OpenError::WrongKey) => "wrong key",
                Err(OpenError::Changed) => "changed",
                Err(OpenError::UnknownRecord) => "unknown record",
                Err(OpenError::Crypto(_)) => "crypto",
            }
        }
        "receipt" => {
            let batch = vector.batch.as_ref().expect("a receipt needs `batch`");
            match block_on(verify_receipt(&Native, text, keys, batch)) {
                Ok(_) => "accepted",
                Err(ReceiptError::NotAReceipt) => "not a receipt",
                Err(ReceiptError::WrongKind(_)) => "wrong kind",
                Err(ReceiptError::BadSignature) => "bad signature",
                Err(ReceiptError::WrongKey) => "wrong key",
                Err(ReceiptError::OtherBatch(_)) => "other batch",
                Err(ReceiptError::BadContent(_)) => "bad content",
                Err(ReceiptError::Crypto(_)) => "crypto",
            }
        }
        "roster" => {
            let plan = vector.plan.as_ref().expect("a roster needs `plan`");
            match block_on(verify_roster(&Native, text, keys, plan)) {
                Ok(_) => "accepted",
                Err(RosterError::NotARoster) => "not a roster",
                Err(RosterError::WrongKind(_)) => "wrong kind",
                Err(RosterError::BadSignature) => "bad signature",
                Err(RosterError::WrongKey) => "wrong key",
                Err(RosterError::OtherPlan(_)) => "other plan",
                Err(RosterError::BadContent(_)) => "bad content",
                Err(RosterError::Crypto(_)) => "crypto",
            }
        }
        "quotas" => {
            let plan = Digest(vector.plan.clone().expect("a standing needs `plan`, its digest"));
            match block_on(verify_quotas(&Native, text, keys, &plan)) {
                // What was verified is read again as it is kept.
                Ok(quotas) if read_quotas(text).as_ref() == Ok(&quotas) => "accepted",
                Ok(_) => "accepted, and read as another",
                Err(QuotasError::NotAStanding) => "not a standing",
                Err(QuotasError::WrongKind(_)) => "wrong kind",
                Err(QuotasError::BadSignature) => "bad signature",
                Err(QuotasError::WrongKey) => "wrong key",
                Err(QuotasError::OtherPlan(..)) => "other plan",
                Err(QuotasError::BadContent(_)) => "bad content",
                Err(QuotasError::Crypto(_)) => "crypto",
            }
        }
        "link" => match block_on(verify_link(&Native, text, keys)) {
            Ok(_) => "accepted",
            Err(LinkError::NotALink) => "not a link",
            Err(LinkError::WrongKind(_)) => "wrong kind",
            Err(LinkError::BadSignature) => "bad signature",
            Err(LinkError::BadContent(_)) => "bad content",
            Err(LinkError::Crypto(_)) => "crypto",
        },
        "card" => match block_on(verify_card(&Native, text)) {
            Ok(_) => "accepted",
            Err(CardError::NotACard) => "not a card",
            Err(CardError::WrongKind(_)) => "wrong kind",
            Err(CardError::BadSignature) => "bad signature",
            Err(CardError::BadContent(_)) => "bad content",
            Err(CardError::Crypto(_)) => "crypto",
        },
        "claim" => match block_on(verify_claim(&Native, text)) {
            Ok(_) => "accepted",
            Err(ClaimError::NotAClaim) => "not a claim",
            Err(ClaimError::WrongKind(_)) => "wrong kind",
            Err(ClaimError::BadSignature) => "bad signature",
            Err(ClaimError::BadContent(_)) => "bad content",
            Err(ClaimError::Crypto(_)) => "crypto",
        },
        "certificate" => match block_on(verify_certificate(&Native, text)) {
            Ok(_) => "accepted",
            Err(CertificateError::NotACertificate) => "not a certificate",
            Err(CertificateError::WrongKind(_)) => "wrong kind",
            Err(CertificateError::BadSignature) => "bad signature",
            Err(CertificateError::BadContent(_)) => "bad content",
            Err(CertificateError::Crypto(_)) => "crypto",
        },
        "keys" => {
            let passphrase = vector.passphrase.as_ref().expect("a key file needs `passphrase`");
            match block_on(open_keys(&Native, text, passphrase)) {
                Ok(_) => "opened",
                Err(KeyFileError::NotAKeyFile) => "not a key file",
                Err(KeyFileError::WrongKind(_)) => "wrong kind",
                Err(KeyFileError::WrongPassphrase) => "wrong passphrase",
                Err(KeyFileError::BadContent(_)) => "bad content",
                Err(KeyFileError::Crypto(_)) => "crypto",
            }
        }
        _ => "an operation that the test does not know",
    }
}
