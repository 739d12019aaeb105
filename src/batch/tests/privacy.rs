//! Invariant 6: what an anonymous record must not hold. The tests read the bytes.
use super::*;

/// All strings and numbers of a JSON text, names of members included.
fn leaves(text: &str) -> Vec<String> {
    fn walk(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::Array(list) => list.iter().for_each(|x| walk(x, out)),
            serde_json::Value::Object(object) => object.iter().for_each(|(name, x)| {
                out.push(name.clone());
                walk(x, out);
            }),
            serde_json::Value::String(text) => out.push(text.clone()),
            other => out.push(other.to_string()),
        }
    }
    let mut out = Vec::new();
    walk(&serde_json::from_str(text).unwrap(), &mut out);
    out
}

#[test]
fn a_sealed_record_is_readable_to_nobody_but_the_office_and_says_nothing_around_it() {
    let scene = Scene::new();
    let record = scene.record("gYJ3lM9yX0mJ8Qk2Ew5x9A");
    let sealed = scene.seal(&record);
    let device = block_on(thumbprint(&Native, &scene.device_key)).unwrap();
    for secret in
        ["满意", "cadres", "county", "main", record.id.as_str(), device.as_str(), &scene.device_key.x, "tablet 1"]
    {
        assert!(!sealed.contains(secret), "{secret}");
        assert!(!sealed.contains(&base64url::encode(secret.as_bytes())), "{secret}");
    }
    let names: Vec<String> = leaves(&sealed).into_iter().filter(|x| x.len() < 20).collect();
    let known = ["protected", "recipients", "header", "kid", "epk", "kty", "EC", "crv", "P-256", "x", "y"];
    let known = [&known[..], &["encrypted_key", "iv", "ciphertext", "tag"]].concat();
    assert!(names.iter().all(|x| known.contains(&x.as_str()) || x.len() == 16), "{names:?}");
}

#[test]
fn an_anonymous_record_holds_no_device_canvasser_time_or_place() {
    let scene = Scene::new();
    let record = scene.record("gYJ3lM9yX0mJ8Qk2Ew5x9A");
    let opened = block_on(open_record(&Native, &scene.office, &scene.seal(&record))).unwrap();
    let text = opened.encode();
    let device = block_on(thumbprint(&Native, &scene.device_key)).unwrap();
    let mut expected = vec!["v", "1", "id", "gYJ3lM9yX0mJ8Qk2Ew5x9A", "plan", "id", "county", "version", "2024.1"];
    expected.extend(["digest", scene.plan.digest.as_str(), "round", "r1", "questionnaire", "main", "mode", "face"]);
    expected.extend(["rater_group", "cadres", "disposition", "complete", "answers", "q1", "满意"]);
    let mut found = leaves(&text);
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert!(!text.contains(device.as_str()));
}

#[test]
fn answers_of_different_lengths_make_records_of_one_length() {
    let scene = Scene::new();
    let length = |answer: &str| {
        let mut record = scene.record("gYJ3lM9yX0mJ8Qk2Ew5x9A");
        record.answers.insert("q1".into(), Answer::Text(answer.into()));
        scene.seal(&record).len()
    };
    assert_eq!(length("satisfied"), length("very dissatisfied"));
    assert_eq!(length(""), length(&"x".repeat(100)));
}

#[test]
fn the_private_half_of_a_key_is_not_in_debug_output() {
    let secrets = Scene::new().office;
    let key = block_on(Native.export_sign(&secrets.sign)).unwrap();
    assert!(!format!("{key:?}").contains(&key.d));
}
