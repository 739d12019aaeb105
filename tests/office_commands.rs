//! The office's commands as they are typed: `keys`, `roster`, `link`, `plan publish`.
#![cfg(feature = "cli")]

use minping::batch::{Crypto, Link, fingerprint, plan_digest, sign_card, thumbprint, verify_link};
use minping::native::crypto::Native;
use minping::plan::{Plan, PlanIndex, load};
use pollster::block_on;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PASSPHRASE: &str = "四个 不相干的 词 horse battery";

/// An office's desk: a folder with a passphrase, and where asked for, keys and a built app.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("passphrase"), [PASSPHRASE, "\n"].concat()).unwrap();
        fs::create_dir_all(folder.path().join("dist/plans")).unwrap();
        fs::write(folder.path().join("dist/index.html"), "<!doctype html>").unwrap();
        let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/county-transport.json");
        fs::copy(plan, folder.path().join("plan.json")).unwrap();
        Desk { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_minping"))
            .args(arguments)
            .env("LC_ALL", "C")
            .current_dir(self.folder.path())
            .env_remove("MINPING_PASSPHRASE")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs, expects exit code 0, and returns what was printed.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs, expects an exit code and words on standard error, and nothing on standard output.
    fn fails(&self, code: i32, words: &str, arguments: &[&str]) {
        let output = self.run(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        assert!(errors.contains(words), "{arguments:?}: {errors}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
    }

    fn with_keys(self) -> Desk {
        self.done(&["keys", "new", "office.minping-keys", "--passphrase-file", "passphrase"]);
        self
    }

    const PUBLISH: &[&str] = &[
        "plan",
        "publish",
        "plan.json",
        "--keys",
        "office.minping-keys",
        "--passphrase-file",
        "passphrase",
        "--app",
        "dist",
    ];

    /// A desk with keys, a published plan (copied to `published.json`) and a roster.
    fn open() -> Desk {
        let desk = Desk::new().with_keys();
        desk.done(Self::PUBLISH);
        let file = desk.index().plans[0].file.clone();
        fs::copy(desk.path("dist").join(file), desk.path("published.json")).unwrap();
        desk.done(&[&["roster", "new"], ROSTER].concat());
        desk
    }

    fn index(&self) -> PlanIndex {
        serde_json::from_str(&fs::read_to_string(self.path("dist/plans/index.json")).unwrap()).unwrap()
    }

    fn published(&self) -> Plan {
        load(&fs::read_to_string(self.path("published.json")).unwrap()).unwrap()
    }

    /// Makes the card of a fresh device; returns the device's thumbprint.
    fn card(&self, file: &str, name: &str) -> String {
        let (key, public) = block_on(Native.generate_sign(false)).unwrap();
        fs::write(self.path(file), block_on(sign_card(&Native, &key, &public, name)).unwrap()).unwrap();
        block_on(thumbprint(&Native, &public)).unwrap().0
    }

    fn roster(&self) -> Vec<Value> {
        let arguments =
            ["roster", "show", "--roster", "r.minping-roster", "--plan", "published.json", "--format", "json"];
        serde_json::from_str(&self.done(&arguments)).unwrap()
    }

    /// All files of the folder with their bytes: to see that nothing changed.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, out: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => walk(&path, out),
                    false => out.push((path.clone(), fs::read(&path).unwrap())),
                }
            }
        }
        let mut out = Vec::new();
        walk(self.folder.path(), &mut out);
        out.sort();
        out
    }
}

const ROSTER: &[&str] = &[
    "--roster",
    "r.minping-roster",
    "--plan",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
];

const LINK: &[&str] = &[
    "link",
    "published.json",
    "--keys",
    "office.minping-keys",
    "--passphrase-file",
    "passphrase",
    "--base",
    "https://example.org/ask",
];

fn fingerprint_in(text: &str) -> String {
    let (_, rest) = text.split_once("fingerprint").expect("a fingerprint is printed");
    rest.lines().next().unwrap().split_once(": ").unwrap().1.to_owned()
}

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

#[test]
fn a_plan_is_published_under_its_digest_with_keys_and_receiver_and_again_without_a_change() {
    let desk = Desk::new().with_keys();
    let (_, receiver) = block_on(Native.generate_sign(false)).unwrap();
    let jwk = serde_json::to_string(&receiver).unwrap();
    let arguments = [Desk::PUBLISH, &["--receiver", "api/", "--receiver-key", &jwk]].concat();
    let printed = desk.done(&arguments);

    let index = desk.index();
    assert_eq!(index.plans.len(), 1);
    let listed = &index.plans[0];
    let bytes = fs::read(desk.path("dist").join(&listed.file)).unwrap();
    assert_eq!(block_on(plan_digest(&Native, &bytes)).unwrap(), listed.digest);
    assert_eq!(listed.file, format!("plans/county-transport.{}.json", listed.digest.short()));
    let plan = load(std::str::from_utf8(&bytes).unwrap()).unwrap();
    assert_eq!((&plan.receivers[0].url, &plan.receivers[0].key), (&"api/".to_owned(), &receiver));
    let keys = plan.keys.clone().unwrap();
    assert_eq!(fingerprint_in(&printed), block_on(fingerprint(&Native, &keys)).unwrap());
    assert!(!printed.contains("--connect"));
    // Nothing else changed.
    let original = load(&fs::read_to_string(desk.path("plan.json")).unwrap()).unwrap();
    assert_eq!(Plan { keys: None, receivers: vec![], schema: original.schema.clone(), ..plan }, original);

    let before = desk.files();
    assert!(desk.done(&arguments).contains("nothing changed"));
    // The published file itself can be published again, to another app or the same.
    fs::copy(desk.path("dist").join(&listed.file), desk.path("plan.json")).unwrap();
    assert!(desk.done(Desk::PUBLISH).contains("nothing changed"));
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/county-transport.json"), desk.path("plan.json"))
        .unwrap();
    assert_eq!(desk.files(), before);
}

#[test]
fn publishing_for_a_receiver_elsewhere_says_how_the_app_must_be_built() {
    let desk = Desk::new().with_keys();
    let (_, receiver) = block_on(Native.generate_sign(false)).unwrap();
    fs::write(desk.path("receiver.jwk"), serde_json::to_string(&receiver).unwrap()).unwrap();
    let elsewhere = ["--receiver", "https://receive.example/app/api/", "--receiver-key", "receiver.jwk"];
    let printed = desk.done(&[Desk::PUBLISH, &elsewhere].concat());
    assert!(printed.contains("--connect https://receive.example\n"), "{printed}");
}

#[test]
fn a_new_version_takes_the_place_of_the_old_in_the_list_and_the_old_file_stays() {
    let desk = Desk::new().with_keys();
    desk.done(Desk::PUBLISH);
    let old = desk.index().plans[0].clone();
    let mut plan: Value = serde_json::from_str(&fs::read_to_string(desk.path("plan.json")).unwrap()).unwrap();
    plan["version"] = "2099.9".into();
    fs::write(desk.path("plan.json"), plan.to_string()).unwrap();
    desk.done(Desk::PUBLISH);
    let index = desk.index();
    assert_eq!(index.plans.iter().map(|x| x.version.as_str()).collect::<Vec<_>>(), ["2099.9"]);
    assert!(desk.path("dist").join(&old.file).exists() && old.file != index.plans[0].file);
}

#[test]
fn what_cannot_be_published_is_refused_and_changes_nothing() {
    let desk = Desk::new().with_keys();
    desk.done(&["keys", "new", "other.minping-keys", "--passphrase-file", "passphrase"]);
    desk.done(Desk::PUBLISH);
    let file = desk.index().plans[0].file.clone();
    fs::copy(desk.path("dist").join(&file), desk.path("published.json")).unwrap();
    let good = fs::read_to_string(desk.path("plan.json")).unwrap();
    fs::write(desk.path("broken.json"), good.replacen("\"rounds\"", "\"round\"", 1)).unwrap();
    fs::create_dir(desk.path("empty")).unwrap();
    let before = desk.files();

    let publish = |plan: &str, keys: &str, app: &str, more: &[&str]| {
        let mut list = vec!["plan", "publish", plan, "--keys", keys, "--passphrase-file", "passphrase", "--app", app];
        list.extend(more);
        list.iter().map(|x| (*x).to_owned()).collect::<Vec<String>>()
    };
    let office = "office.minping-keys";
    let (_, key) = block_on(Native.generate_sign(false)).unwrap();
    let off_curve = serde_json::to_string(&key).unwrap().replace(&key.y, &key.x);
    for (code, words, arguments) in [
        (1, "rounds", publish("broken.json", office, "dist", &[])),
        (1, "no index.html", publish("plan.json", office, "empty", &[])),
        (1, "other office keys", publish("published.json", "other.minping-keys", "dist", &[])),
        (1, "--receiver-key", publish("plan.json", office, "dist", &["--receiver", "api/", "--receiver-key", "{}"])),
        (
            1,
            "--receiver-key",
            publish("plan.json", office, "dist", &["--receiver", "api/", "--receiver-key", &off_curve]),
        ),
        (2, "--receiver-key", publish("plan.json", office, "dist", &["--receiver", "api/"])),
        (3, "no-plan.json", publish("no-plan.json", office, "dist", &[])),
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        desk.fails(code, words, &arguments);
        assert_eq!(desk.files(), before, "{arguments:?}");
    }

    // A list that cannot be read is kept for whoever can.
    fs::write(desk.path("dist/plans/index.json"), "{\"v\":1,\"plans\":[").unwrap();
    let before = desk.files();
    desk.fails(1, "left as it is", Desk::PUBLISH);
    assert_eq!(desk.files(), before);
}

#[test]
fn devices_are_enrolled_by_their_cards_and_revoked_by_name_or_thumbprint() {
    let desk = Desk::open();
    let first = desk.card("1.minping-card", "平板 1");
    let second = desk.card("2.minping-card", "平板 2");
    let third = desk.card("3.minping-card", "");
    desk.done(&[&["roster", "add", "1.minping-card", "2.minping-card"], ROSTER].concat());
    desk.done(&[&["roster", "add", "3.minping-card", "--name", "热线 电话"], ROSTER].concat());
    let names =
        |rows: &[Value], key: &str| rows.iter().map(|x| x[key].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&desk.roster(), "device"), [first.clone(), second.clone(), third]);
    assert_eq!(names(&desk.roster(), "name"), ["平板 1", "平板 2", "热线 电话"]);

    desk.done(&[&["roster", "revoke", "平板 1"], ROSTER].concat());
    // A thumbprint may begin with a hyphen.
    desk.done(&[&["roster", "revoke"], ROSTER, &["--", &second[..12]]].concat());
    assert_eq!(names(&desk.roster(), "standing"), ["revoked", "revoked", "enrolled"]);

    let table = desk.done(&["roster", "show", "--roster", "r.minping-roster", "--plan", "published.json"]);
    assert!(table.contains("county-transport · issue 5") && table.contains("热线 电话"), "{table}");

    // Again: nothing to do, nothing written.
    let before = desk.files();
    assert!(
        desk.done(&[&["roster", "add", "3.minping-card", "--name", "x"], ROSTER].concat()).contains("nothing changed")
    );
    assert!(desk.done(&[&["roster", "revoke", "平板 1"], ROSTER].concat()).contains("nothing changed"));
    assert!(desk.done(&[&["roster", "restore", "热线 电话"], ROSTER].concat()).contains("nothing changed"));
    assert_eq!(desk.files(), before);
    desk.done(&[&["roster", "restore", "平板 1"], ROSTER].concat());
    assert_eq!(names(&desk.roster(), "standing"), ["enrolled", "revoked", "enrolled"]);
}

#[test]
fn a_roster_is_never_changed_by_what_does_not_fit() {
    let desk = Desk::open();
    desk.done(&["keys", "new", "other.minping-keys", "--passphrase-file", "passphrase"]);
    let first = desk.card("1.minping-card", "平板 1");
    desk.card("2.minping-card", "平板 2");
    desk.card("nameless.minping-card", "");
    desk.done(&[&["roster", "add", "1.minping-card"], ROSTER].concat());
    desk.done(&[&["roster", "revoke", &first], ROSTER].concat());
    let card = fs::read_to_string(desk.path("2.minping-card")).unwrap();
    fs::write(desk.path("cut.minping-card"), &card[..card.len() - 5]).unwrap();
    let roster = fs::read_to_string(desk.path("r.minping-roster")).unwrap();
    let other: Vec<&str> =
        ROSTER.iter().map(|x| if *x == "office.minping-keys" { "other.minping-keys" } else { x }).collect();
    let unpublished: Vec<&str> = ROSTER.iter().map(|x| if *x == "published.json" { "plan.json" } else { x }).collect();
    let before = desk.files();

    for (code, words, arguments) in [
        (1, "left as it is", [&["roster", "new"], ROSTER].concat()),
        (1, "cut.minping-card", [&["roster", "add", "2.minping-card", "cut.minping-card"], ROSTER].concat()),
        (1, "not a device card", [&["roster", "add", "plan.json"], ROSTER].concat()),
        (1, "has no name", [&["roster", "add", "nameless.minping-card"], ROSTER].concat()),
        (1, "was revoked", [&["roster", "add", "1.minping-card"], ROSTER].concat()),
        (2, "one by one", [&["roster", "add", "1.minping-card", "2.minping-card", "--name", "x"], ROSTER].concat()),
        (3, "gone.minping-card", [&["roster", "add", "gone.minping-card"], ROSTER].concat()),
        (1, "does not name these keys", [&["roster", "add", "2.minping-card"], &other[..]].concat()),
        (1, "names no office keys", [&["roster", "add", "2.minping-card"], &unpublished[..]].concat()),
        (1, "no device `平板 9`", [&["roster", "revoke", "平板 9"], ROSTER].concat()),
    ] {
        desk.fails(code, words, &arguments);
        assert_eq!(desk.files(), before, "{arguments:?}");
    }

    // A damaged roster is refused, shown as damaged, and left alone.
    let at = roster.len() / 2;
    let letter = if &roster[at..=at] == "A" { "B" } else { "A" };
    fs::write(desk.path("r.minping-roster"), [&roster[..at], letter, &roster[at + 1..]].concat()).unwrap();
    let before = desk.files();
    desk.fails(1, "r.minping-roster: ", &[&["roster", "add", "2.minping-card"], ROSTER].concat());
    desk.fails(
        1,
        "r.minping-roster: ",
        &["roster", "show", "--roster", "r.minping-roster", "--plan", "published.json"],
    );
    assert_eq!(desk.files(), before);
}

/// The rows that `link --format json` prints, and the verified link of each.
fn links(desk: &Desk, more: &[&str]) -> Vec<(Value, Link)> {
    let printed = desk.done(&[LINK, &["--format", "json"], more].concat());
    let rows: Vec<Value> = serde_json::from_str(&printed).unwrap();
    let office = desk.published().keys.unwrap().sign;
    rows.into_iter()
        .map(|row| {
            let token = row["url"].as_str().unwrap().strip_prefix("https://example.org/ask/index.html#/a/").unwrap();
            let link = block_on(verify_link(&Native, token, &office)).unwrap();
            (row, link)
        })
        .collect()
}

#[test]
fn links_are_signed_for_the_published_file_and_each_group() {
    let desk = Desk::open();
    let plan = desk.published();
    let (round, questionnaire) = (plan.rounds[0].id.as_str(), plan.questionnaires[0].id.as_str());
    let group = plan.rater_groups[0].id.as_str();
    let chosen = ["--round", round, "--questionnaire", questionnaire];
    let of_group = ["--round", round, "--group", group];
    let one = links(&desk, &of_group);
    assert_eq!(one.len(), 1);
    let link = &one[0].1;
    let listed = &desk.index().plans[0];
    assert_eq!((&link.plan, &link.file), (&listed.digest, &listed.file));
    assert_eq!((link.round.as_str(), link.questionnaire.as_str(), link.mode.name()), (round, questionnaire, "web"));
    assert_eq!((link.rater_group.as_deref(), &link.code), (Some(group), &None));

    let every = links(&desk, &[&chosen[..], &["--every-group"]].concat());
    let groups: Vec<Option<String>> = plan.rater_groups.iter().map(|x| Some(x.id.clone())).collect();
    assert_eq!(every.iter().map(|x| x.1.rater_group.clone()).collect::<Vec<_>>(), groups);

    let single = links(&desk, &[&of_group[..], &["--single", "5"]].concat());
    let mut codes: Vec<String> = single.iter().map(|x| x.1.code.clone().unwrap()).collect();
    assert_eq!(single.iter().map(|x| x.0["code"].as_str().unwrap()).collect::<Vec<_>>(), codes);
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 5);

    let csv = desk.done(&[LINK, &of_group[..], &["--format", "csv"]].concat());
    assert!(csv.lines().count() == 2 && csv.contains("https://example.org/ask/index.html#/a/"), "{csv}");
}

#[test]
fn a_qr_code_is_shown_in_the_terminal_and_written_as_a_picture() {
    let desk = Desk::open();
    let plan = desk.published();
    let chosen = ["--round", &plan.rounds[0].id, "--group", &plan.rater_groups[0].id];
    let shown = desk.done(&[LINK, &chosen[..], &["--qr", "--svg", "posters"]].concat());
    assert!(shown.lines().filter(|x| x.contains('█')).count() > 30, "{shown}");
    let name = format!("posters/county-transport-{}-0001.svg", plan.rounds[0].id);
    assert!(fs::read_to_string(desk.path(&name)).unwrap().starts_with("<svg"));
}

#[test]
fn a_link_that_the_app_would_refuse_is_not_made() {
    let desk = Desk::open();
    desk.done(&["keys", "new", "other.minping-keys", "--passphrase-file", "passphrase"]);
    let plan = desk.published();
    assert!(plan.privacy.anonymous && plan.rounds.len() > 1);
    let round = plan.rounds[0].id.as_str();
    let other: Vec<&str> =
        LINK.iter().map(|x| if *x == "office.minping-keys" { "other.minping-keys" } else { x }).collect();
    let unpublished: Vec<&str> = LINK.iter().map(|x| if *x == "published.json" { "plan.json" } else { x }).collect();
    let elsewhere: Vec<&str> =
        LINK.iter().map(|x| if *x == "https://example.org/ask" { "ask.html" } else { x }).collect();
    for (code, words, arguments) in [
        (1, "several choices of round", LINK.to_vec()),
        (1, "no round `x`", [LINK, &["--round", "x"]].concat()),
        (1, "cannot be counted", [LINK, &["--round", round]].concat()),
        (1, "no rater group `x`", [LINK, &["--round", round, "--group", "x"]].concat()),
        (1, "no stratum `x`", [LINK, &["--round", round, "--stratum", "x"]].concat()),
        (1, "no mode `x`", [LINK, &["--round", round, "--mode", "x"]].concat()),
        (1, "promises anonymity", [LINK, &["--round", round, "--place", "zh=二号窗口"]].concat()),
        (1, "does not name these keys", [&other[..], &["--round", round, "--every-group"]].concat()),
        (1, "names no office keys", [&unpublished[..], &["--round", round]].concat()),
        (2, "--base `ask.html`", [&elsewhere[..], &["--round", round]].concat()),
        (2, "--single", [LINK, &["--round", round, "--single", "0"]].concat()),
    ] {
        desk.fails(code, words, &arguments);
    }
}

#[test]
fn what_went_wrong_is_told_in_the_clerks_language() {
    let desk = Desk::open();
    desk.card("1.minping-card", "");
    let broken = fs::read_to_string(desk.path("plan.json")).unwrap().replacen("\"rounds\"", "\"round\"", 1);
    fs::write(desk.path("broken.json"), broken).unwrap();
    fs::write(desk.path("wrong"), "four unrelated words").unwrap();
    let publish = ["plan", "publish", "broken.json", "--keys", "x", "--passphrase-file", "passphrase", "--app", "dist"];
    for (code, words, arguments) in [
        (1, "已有此文件", vec!["keys", "new", "office.minping-keys"]),
        (2, "没有密钥文件的口令", vec!["keys", "show", "office.minping-keys"]),
        (1, "口令打不开", vec!["keys", "show", "office.minping-keys", "--passphrase-file", "wrong"]),
        (1, "这是设备卡", vec!["keys", "show", "1.minping-card", "--passphrase-file", "wrong"]),
        (3, "无法读取此文件", vec!["keys", "show", "gone", "--passphrase-file", "wrong"]),
        (1, "设备卡上没有名称", [&["roster", "add", "1.minping-card"], ROSTER].concat()),
        (1, "名册上没有设备", [&["roster", "revoke", "x"], ROSTER].concat()),
        (1, "方案里有多个轮次", LINK.to_vec()),
        (1, "方案有错误，没有发布", publish.to_vec()),
    ] {
        let output = desk.run(&[&["--lang", "zh"], &arguments[..]].concat());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        assert!(errors.contains(words), "{arguments:?}: {errors}");
    }
}
