use super::desk::*;
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

#[test]
fn a_key_file_is_made_once_and_shown_with_the_same_fingerprint() {
    let desk = Desk::new();
    let made = desk.done(&["keys", "new", "office.minping-keys", "--passphrase-file", "passphrase"]);
    let shown = desk.done(&["keys", "show", "office.minping-keys", "--passphrase-file", "passphrase"]);
    assert_eq!(fingerprint_in(&made), fingerprint_in(&shown));
    assert_eq!(fingerprint_in(&made).split(' ').count(), 6);
    let before = desk.files();
    desk.fails(1, "left as it is", &["keys", "new", "office.minping-keys", "--passphrase-file", "passphrase"]);
    assert_eq!(desk.files(), before);

    let json =
        desk.done(&["keys", "show", "office.minping-keys", "--passphrase-file", "passphrase", "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.iter().map(|x| x["purpose"].as_str().unwrap()).collect::<Vec<_>>(), ["seal", "sign"]);
    assert!(!json.contains("\\\"d\\\""), "the private half is not shown: {json}");
}

#[cfg(unix)]
#[test]
fn a_key_file_is_readable_to_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new().with_keys();
    let mode = fs::metadata(desk.path("office.minping-keys")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_passphrase_that_is_missing_short_or_wrong_is_said_to_be_so() {
    let desk = Desk::new().with_keys();
    desk.fails(2, "no passphrase", &["keys", "new", "second"]);
    fs::write(desk.path("short"), "password").unwrap();
    desk.fails(1, "has 8 characters", &["keys", "new", "second", "--passphrase-file", "short"]);
    desk.fails(3, "no-such", &["keys", "new", "second", "--passphrase-file", "no-such"]);
    desk.fails(3, "nowhere", &["keys", "new", "nowhere/second", "--passphrase-file", "passphrase"]);
    assert!(!desk.path("second").exists());
    fs::write(desk.path("wrong"), "four unrelated words").unwrap();
    desk.fails(1, "passphrase does not open", &["keys", "show", "office.minping-keys", "--passphrase-file", "wrong"]);
    desk.fails(1, "not an office key file", &["keys", "show", "plan.json", "--passphrase-file", "passphrase"]);
    desk.card("card", "tablet");
    desk.fails(1, "a device card", &["keys", "show", "card", "--passphrase-file", "passphrase"]);
    desk.fails(3, "no-keys", &["keys", "show", "no-keys", "--passphrase-file", "passphrase"]);
}

/// Types lines into the terminal that the program believes it has.
#[cfg(target_os = "linux")]
fn typed(desk: &Desk, lines: &[&str]) -> (Option<i32>, String) {
    use std::io::{Read, Write};
    let command = [env!("CARGO_BIN_EXE_minping"), " --lang en keys new typed.minping-keys"].concat();
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .current_dir(desk.folder.path())
        .env_remove("MINPING_PASSPHRASE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut screen = String::new();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    for line in lines {
        // Each line is typed when it is asked for: what is typed ahead is thrown away by the terminal.
        let mut byte = [0];
        let mut seen = Vec::new();
        while !seen.ends_with(b": ") && stdout.read(&mut byte).unwrap() == 1 {
            seen.push(byte[0]);
        }
        screen.push_str(&String::from_utf8_lossy(&seen));
        stdin.write_all([line, "\n"].concat().as_bytes()).unwrap();
    }
    let mut rest = Vec::new();
    stdout.read_to_end(&mut rest).unwrap();
    screen.push_str(&String::from_utf8_lossy(&rest));
    (child.wait().unwrap().code(), screen)
}

#[cfg(target_os = "linux")]
#[test]
fn a_passphrase_is_typed_twice_and_must_be_the_same() {
    let desk = Desk::new();
    let (code, screen) = typed(&desk, &["four unrelated words", "four unrelated word"]);
    assert_eq!(code, Some(1), "{screen}");
    assert!(screen.contains("the two passphrases differ"), "{screen}");
    assert!(!desk.path("typed.minping-keys").exists());
    let (code, screen) = typed(&desk, &["four unrelated words", "four unrelated words"]);
    assert_eq!(code, Some(0), "{screen}");
    fs::write(desk.path("same"), "four unrelated words").unwrap();
    let shown = desk.done(&["keys", "show", "typed.minping-keys", "--passphrase-file", "same"]);
    assert_eq!(fingerprint_in(&shown), fingerprint_in(&screen).trim());
}
