use super::desk::*;
use serde_json::Value;
use std::fs;

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
