//! The receiver as people run it: the real program, on a free port of this machine.
#![cfg(feature = "cli")]

#[path = "receiver/claiming.rs"]
mod claiming;
#[path = "receiver/office.rs"]
mod office;
#[path = "receiver/running.rs"]
mod running;

use minping::batch::verify_receipt;
use minping::native::crypto::Native;
use minping::plan::Digest;
use office::Office;
use pollster::block_on;
use running::{Running, send};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};

fn code(body: &str) -> String {
    let error: Value = serde_json::from_str(body).expect("an error is JSON");
    for language in ["zh", "en"] {
        assert!(error["message"][language].as_str().is_some_and(|text| !text.is_empty()), "{body}");
    }
    error["code"].as_str().unwrap().to_owned()
}

#[test]
fn an_upload_is_answered_with_a_receipt_that_verifies_and_the_same_again_changes_nothing() {
    let office = Office::new();
    let server = office.serve(&[]);
    let batch = office.device_batch(1, None);
    let first = server.put(&batch);
    let second = server.put(&batch);
    assert_eq!((first.status, second.status), (201, 200));
    for receipt in [&first.body, &second.body] {
        block_on(verify_receipt(&Native, receipt, std::slice::from_ref(&office.receipt_key), &batch.digest)).unwrap();
    }
    assert_eq!(office.stored(), [&*batch.digest.0]);
    assert_eq!(fs::read_to_string(office.batch_file(&batch.digest)).unwrap(), batch.text);
}

#[test]
fn a_batch_acknowledged_before_a_kill_is_there_after_a_restart() {
    let office = Office::new();
    let mut server = office.serve(&[]);
    let batch = office.resident_batch("r1");
    assert_eq!(server.put(&batch).status, 201);
    server.kill();
    let again = office.serve(&[]);
    let token = office.token();
    let list = again.get("/api/batches", &[("authorization", &["Bearer ", &token].concat())]);
    let list: Value = serde_json::from_str(&list.body).unwrap();
    assert_eq!(list["batches"], serde_json::json!([batch.digest.0]));
    assert_eq!(again.put(&batch).status, 200);
}

#[test]
fn a_cut_upload_stores_nothing_and_the_whole_one_is_taken_afterwards() {
    let office = Office::new();
    let server = office.serve(&[]);
    let batch = office.device_batch(1, None);
    for cut in [0, 1, batch.text.len() / 2, batch.text.len() - 1] {
        let mut stream = server.connect();
        let head = format!(
            "PUT /api/batches/{} HTTP/1.1\r\nhost: minping\r\ncontent-length: {}\r\n\r\n",
            batch.digest.0,
            batch.text.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&batch.text.as_bytes()[..cut]).unwrap();
        drop(stream);
    }
    assert_eq!(server.get("/api/health", &[]).status, 200);
    assert!(office.stored().is_empty());
    assert_eq!(server.put(&batch).status, 201);
    assert_eq!(office.stored().len(), 1);
}

#[test]
fn twenty_uploads_at_once_of_one_batch_are_all_acknowledged_and_stored_once() {
    let office = Office::new();
    let server = office.serve(&[]);
    let batch = office.device_batch(1, None);
    std::thread::scope(|scope| {
        let uploads: Vec<_> = (0..20).map(|_| scope.spawn(|| server.put(&batch))).collect();
        for upload in uploads {
            let answer = upload.join().unwrap();
            assert!(answer.status == 200 || answer.status == 201);
            block_on(verify_receipt(&Native, &answer.body, std::slice::from_ref(&office.receipt_key), &batch.digest))
                .unwrap();
        }
    });
    assert_eq!(office.stored(), [batch.digest.0]);
}

#[test]
fn what_is_not_the_batch_of_its_address_is_refused_and_not_stored() {
    let office = Office::new();
    let server = office.serve(&[]);
    let batch = office.device_batch(1, None);
    let other = office.device_batch(1, None);
    let put = |digest: &Digest, text: &str| {
        let answer = server.put_text(digest.as_str(), text);
        (answer.status, code(&answer.body))
    };
    assert_eq!(put(&other.digest, &batch.text), (422, "wrong_digest".into()));
    assert_eq!(put(&batch.digest, "not a batch"), (422, "not_a_batch".into()));
    assert_eq!(put(&batch.digest, ""), (422, "not_a_batch".into()));
    let short = server.put_text("short", &batch.text);
    assert_eq!((short.status, code(&short.body)), (400, "bad_digest".into()));

    // One changed character: in the payload it is another digest, in the signature the signature fails.
    let mut payload = batch.text.clone().into_bytes();
    let at = batch.text.find('.').unwrap() + 40;
    payload[at] = if payload[at] == b'A' { b'B' } else { b'A' };
    assert_eq!(put(&batch.digest, std::str::from_utf8(&payload).unwrap()), (422, "wrong_digest".into()));
    let mut signature = batch.text.clone().into_bytes();
    let at = signature.len() - 20;
    signature[at] = if signature[at] == b'A' { b'B' } else { b'A' };
    assert_eq!(put(&batch.digest, std::str::from_utf8(&signature).unwrap()), (422, "bad_signature".into()));
    assert!(office.stored().is_empty());
}

#[test]
fn a_foreign_plan_and_a_foreign_link_are_refused() {
    let (office, stranger) = (Office::new(), Office::of("elsewhere"));
    let server = office.serve(&[]);
    for (batch, wanted) in [
        (stranger.device_batch(1, None), "foreign_plan"),
        (stranger.resident_batch("r1"), "foreign_plan"),
        (office.batch_by_link_of(&stranger), "bad_link"),
    ] {
        let answer = server.put(&batch);
        assert_eq!((answer.status, code(&answer.body)), (422, wanted.into()));
    }
    assert!(office.stored().is_empty());
}

#[test]
fn genuine_batches_that_only_the_office_can_judge_are_stored() {
    let office = Office::new();
    let server = office.serve(&[]);
    // Of an unknown device, of an unknown round, and of another version of the plan.
    let first = office.device_batch(1, None);
    let second = office.device_batch(2, Some(first.digest.clone()));
    let older = office.batch_of_another_version();
    for batch in [&first, &second, &older] {
        assert_eq!(server.put(batch).status, 201);
    }
    assert_eq!(office.stored().len(), 3);
}

#[test]
fn a_batch_over_the_limit_is_refused_whether_its_length_is_announced_or_not() {
    let office = Office::new();
    let server = office.serve(&["--max-size", "1"]);
    let digest = "A".repeat(43);
    let big = "x".repeat((1 << 20) + 1);
    let announced = server.put_text(&digest, &big);
    assert_eq!((announced.status, code(&announced.body)), (413, "too_big".into()));
    let mut stream = server.connect();
    let head = format!(
        "PUT /api/batches/{digest} HTTP/1.1\r\nhost: minping\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The receiver may hang up before all is written.
    let _ = stream.write_all(format!("{:x}\r\n{big}\r\n0\r\n\r\n", big.len()).as_bytes());
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(office.stored().is_empty());
}

#[test]
fn listing_and_fetching_need_the_token_and_come_in_pages() {
    let office = Office::new();
    let server = office.serve(&[]);
    let batches: Vec<_> = (0..5).map(|_| office.resident_batch("r1")).collect();
    for batch in &batches {
        assert_eq!(server.put(batch).status, 201);
    }
    let one = format!("/api/batches/{}", batches[0].digest.0);
    for path in ["/api/batches", &one] {
        for headers in [&[][..], &[("authorization", "Bearer wrong")][..]] {
            let answer = server.get(path, headers);
            assert_eq!((answer.status, code(&answer.body)), (401, "token_required".into()));
            assert!(!answer.body.contains(&batches[0].digest.0));
        }
    }
    let bearer = ["Bearer ", &office.token()].concat();
    let headers = [("authorization", bearer.as_str())];
    let mut found = Vec::new();
    let mut path = "/api/batches?limit=2".to_owned();
    loop {
        let page: Value = serde_json::from_str(&server.get(&path, &headers).body).unwrap();
        assert_eq!(page["v"], 1);
        found.extend(page["batches"].as_array().unwrap().iter().map(|digest| digest.as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/batches?limit=2&after={next}");
    }
    let mut wanted: Vec<String> = batches.iter().map(|batch| batch.digest.0.clone()).collect();
    wanted.sort();
    assert_eq!(found, wanted);
    assert_eq!(server.get(&one, &headers).body, batches[0].text);
    assert_eq!(server.get(&format!("/api/batches/{}", "A".repeat(43)), &headers).status, 404);
}

#[test]
fn the_office_is_told_on_which_day_a_batch_came_and_not_at_which_hour() {
    let office = Office::new();
    let server = office.serve(&[]);
    let bearer = ["Bearer ", &office.token()].concat();
    for batch in [office.device_batch(1, None), office.resident_batch("r1")] {
        assert_eq!(server.put(&batch).status, 201);
        let path = format!("/api/batches/{}", batch.digest.0);
        let day = || server.get(&path, &[("authorization", bearer.as_str())]).header("last-modified").unwrap();
        assert!(day().ends_with(" 00:00:00 GMT"), "{}", day());
        let file = office.data().join("batches").join([&batch.digest.0, ".minping"].concat());
        let file = fs::File::options().write(true).open(file).unwrap();
        // 2026-03-04 in the evening.
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_772_582_400 + 70_000)).unwrap();
        assert_eq!(day(), "Wed, 04 Mar 2026 00:00:00 GMT");
        assert_eq!(server.get(&path, &[]).header("last-modified"), None, "without the token nothing is told");
    }
}

#[test]
fn a_signal_to_stop_lets_a_running_upload_end_with_its_receipt() {
    let office = Office::new();
    let mut server = office.serve(&[]);
    let batch = office.device_batch(1, None);
    let mut stream = server.connect();
    let (begin, end) = batch.text.split_at(batch.text.len() / 2);
    let head = format!(
        "PUT /api/batches/{} HTTP/1.1\r\nhost: minping\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        batch.digest.0,
        batch.text.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The answer to `expect` says that the upload is running.
    let mut line = [0; 25];
    stream.read_exact(&mut line).unwrap();
    assert_eq!(&line, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(begin.as_bytes()).unwrap();
    server.terminate();
    server.wait_for_log("finishing running requests");
    stream.write_all(end.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert_eq!(server.wait(), Some(0));
    assert_eq!(office.stored(), [batch.digest.0]);
}

#[test]
fn a_folder_that_cannot_be_written_acknowledges_nothing_and_says_so() {
    let office = Office::new();
    let server = office.serve(&[]);
    let batch = office.device_batch(1, None);
    let incoming = office.data().join("incoming");
    fs::remove_dir_all(&incoming).unwrap();
    let answer = server.put(&batch);
    assert_eq!((answer.status, code(&answer.body)), (503, "not_stored".into()));
    assert_eq!(server.get("/api/health", &[]).status, 503);
    assert!(office.stored().is_empty());
    fs::create_dir(&incoming).unwrap();
    assert_eq!(server.put(&batch).status, 201);
}

/// A limit on file size stands in for a full disk: writing fails in the middle, in the same place and way.
#[cfg(unix)]
#[test]
fn a_write_that_fails_in_the_middle_acknowledges_nothing_and_leaves_nothing() {
    let office = Office::new();
    office.serve(&[]).kill();
    let server = office.serve_with_small_files(8);
    let batch = office.big_batch(20_000);
    let answer = server.put(&batch);
    assert_eq!((answer.status, code(&answer.body)), (507, "disk_full".into()));
    assert!(office.stored().is_empty());
    assert_eq!(fs::read_dir(office.data().join("incoming")).unwrap().count(), 0);
}

#[test]
fn too_many_requests_from_one_address_are_told_to_wait() {
    let office = Office::new();
    let server = office.serve(&["--rate", "1"]);
    let answers: Vec<_> = (0..11).map(|_| server.get("/api/batches", &[])).collect();
    assert!(answers[..10].iter().all(|answer| answer.status == 401));
    assert_eq!((answers[10].status, code(&answers[10].body)), (429, "too_many".into()));
    let seconds: u64 = answers[10].header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
}

#[test]
fn the_log_names_no_address_and_no_residents_batch() {
    let office = Office::new();
    let mut server = office.serve(&[]);
    let (resident, device) = (office.resident_batch("r1"), office.device_batch(1, None));
    server.put(&resident);
    server.put(&device);
    server.put_text(&"A".repeat(43), "not a batch");
    server.terminate();
    assert_eq!(server.wait(), Some(0));
    let log = server.log();
    assert!(log.contains("201 office 1 records") && log.contains("422 not_a_batch"), "{log}");
    assert!(log.contains(&device.digest.0));
    for secret in [&resident.digest.0[..], "127.0.0.1", "satisfied", &office.token()] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn a_page_of_another_server_may_upload() {
    let office = Office::new();
    let server = office.serve(&[]);
    let batch = office.resident_batch("r1");
    let path = format!("/api/batches/{}", batch.digest.0);
    let origin = ("origin", "https://app.example");
    let asked = [origin, ("access-control-request-method", "PUT")];
    let preflight = send(server.connect(), "OPTIONS", &path, &asked, "");
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-origin").as_deref(), Some("*"));
    assert!(preflight.header("access-control-allow-methods").unwrap().contains("PUT"));
    let answer = send(server.connect(), "PUT", &path, &[origin], &batch.text);
    assert_eq!((answer.status, answer.header("access-control-allow-origin").as_deref()), (201, Some("*")));
}

#[test]
fn the_app_is_served_compressed_cached_by_its_names_and_with_its_headers() {
    let office = Office::new();
    let server = office.serve(&[]);
    let page = server.get("/", &[]);
    assert_eq!((page.status, page.body.as_str()), (200, "<!doctype html>app"));
    assert_eq!(page.header("cache-control").as_deref(), Some("no-cache"));
    assert_eq!(page.header("x-content-type-options").as_deref(), Some("nosniff"));
    assert_eq!(page.header("referrer-policy").as_deref(), Some("no-referrer"));
    assert_eq!(page.header("cross-origin-opener-policy").as_deref(), Some("same-origin"));
    assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'self'"));

    let lasting = Some("public, max-age=31536000, immutable");
    let wasm = server.get("/assets/answer.0123abcd.wasm", &[]);
    assert_eq!((wasm.body.as_str(), wasm.header("content-type").as_deref()), ("plain", Some("application/wasm")));
    assert_eq!(wasm.header("cache-control").as_deref(), lasting);
    let br = server.get("/assets/answer.0123abcd.wasm", &[("accept-encoding", "gzip, br")]);
    assert_eq!((br.body.as_str(), br.header("content-encoding").as_deref()), ("brotli", Some("br")));
    assert_eq!(br.header("content-type").as_deref(), Some("application/wasm"));
    assert!(br.header("vary").unwrap().to_lowercase().contains("accept-encoding"));
    let gzip = server.get("/assets/answer.0123abcd.wasm", &[("accept-encoding", "gzip")]);
    assert_eq!((gzip.body.as_str(), gzip.header("content-encoding").as_deref()), ("gzip", Some("gzip")));

    assert_eq!(server.get(&format!("/{}", office.plan_file()), &[]).header("cache-control").as_deref(), lasting);
    for path in ["/sw.js", "/plans/index.json"] {
        assert_eq!(server.get(path, &[]).header("cache-control").as_deref(), Some("no-cache"), "{path}");
    }
    for path in ["/assets/missing.wasm", "/../receiver-key.json", "/%2e%2e/data/office-token"] {
        let missing = server.get(path, &[]);
        assert_eq!((missing.status, missing.header("cache-control").as_deref()), (404, Some("no-cache")), "{path}");
    }
    // A standing of quotas that the office has not put there yet is asked for all the same.
    let told = server.get("/plans/county.0123456789.minping-quotas", &[]);
    assert_eq!((told.status, told.header("cache-control").as_deref(), told.body.as_str()), (204, Some("no-cache"), ""));
    let unknown = server.get("/api/nothing", &[]);
    assert_eq!((unknown.status, code(&unknown.body)), (404, "not_found".into()));
}

#[test]
fn a_plan_published_while_the_receiver_runs_is_served() {
    let (office, later) = (Office::new(), Office::of("later"));
    let server = office.serve(&[]);
    fs::copy(later.app().join(later.plan_file()), office.app().join(later.plan_file())).unwrap();
    // The folder is looked at again after two seconds at the earliest: until then the answer is a refusal.
    let batch = later.device_batch(1, None);
    let begun = std::time::Instant::now();
    while server.put(&batch).status != 201 {
        assert!(begun.elapsed().as_secs() < 20, "the plan was not found");
        std::thread::yield_now();
    }
}

#[test]
fn a_start_that_cannot_succeed_says_what_to_do() {
    let office = Office::new();
    let app = office.app();
    let app = app.to_str().unwrap();
    let (exit, error) = office.fail(&["--app", "/nowhere"]);
    assert_eq!(exit, Some(1));
    assert!(error.contains("--app"), "{error}");
    let plain = office.data().join("plain.json");
    fs::write(&plain, office::plan("office", None)).unwrap();
    let (exit, error) = office.fail(&["--app", app, "--plan", plain.to_str().unwrap()]);
    assert_eq!(exit, Some(1));
    assert!(error.contains("minping plan publish"), "{error}");
    let (exit, error) = office.fail(&["--app", app, "--plan", "/nowhere.json"]);
    assert_eq!(exit, Some(3));
    assert!(error.contains("/nowhere.json"), "{error}");
    let server = office.serve(&[]);
    let (exit, error) = office.fail(&["--app", app, "--bind", &server.address]);
    assert_eq!(exit, Some(3));
    assert!(error.contains("--bind"), "{error}");
}

#[test]
fn a_plan_that_does_not_name_the_receivers_key_is_warned_of() {
    let office = Office::new();
    let data = tempfile::tempdir().unwrap();
    let mut server = Running::start(data.path(), &["--app", office.app().to_str().unwrap()]);
    server.wait_for_log("does not name this receiver's key");
}

#[test]
fn what_stands_in_the_way_of_a_start_is_said_in_the_clerks_language() {
    let folder = tempfile::tempdir().unwrap();
    let start = |lang: &str, words: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_minping"))
            .args(["--lang", lang, "serve", "--data"])
            .arg(folder.path().join("data"))
            .args(words)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let nowhere = folder.path().join("nowhere");
    let app = ["--app", nowhere.to_str().unwrap()];
    let (code, said) = start("zh", &app);
    assert!(code == Some(1) && said.contains("这里没有 `index.html`") && said.contains("--app"), "{said}");
    let (code, said) = start("en", &app);
    assert!(code == Some(1) && said.contains("no `index.html` here"), "{said}");
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/plans/study-practice.json");
    let (code, said) = start("zh", &["--plan", plan]);
    assert!(code == Some(1) && said.contains("方案里没有办公室密钥"), "{said}");
    let (code, said) = start("zh", &["--plan", nowhere.to_str().unwrap()]);
    assert!(code == Some(3) && said.contains("不能读取方案文件"), "{said}");
    std::fs::write(folder.path().join("data/receiver-key.json"), "{}").unwrap();
    let (code, said) = start("zh", &["--plan", plan]);
    assert!(code == Some(3) && said.contains("请放回正确的副本"), "{said}");
}
