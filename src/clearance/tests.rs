use super::*;
use crate::outbox::{Closed, Handed, keep_export, keep_receipt, keep_refusal, seal, void};
use crate::store::{Entries, Entry};

const DAY: u64 = 86_400_000;
const NOW: (u64, &str) = (100 * DAY, "2024-11-02T10:00");

fn digest(letter: char) -> Digest {
    Digest(letter.to_string().repeat(43))
}

fn plan() -> PlanRef {
    PlanRef { id: "city".into(), version: "1".into(), digest: digest('p') }
}

fn one(letter: char) -> Handed {
    Handed {
        digest: digest(letter),
        plan: plan(),
        round: "r".into(),
        seq: 1,
        records: 4,
        voided: 0,
        state: State::Waiting,
        refusal: None,
        held: true,
        carried: false,
    }
}

struct Shelf(Entries);

impl Shelf {
    fn new() -> Shelf {
        Shelf(Entries::new())
    }
    fn put(&mut self, key: &str, body: &str) {
        self.0.insert(key.into(), Entry::new(key, 1, body));
    }
    fn write(&mut self, changes: Changes) {
        for (key, body) in changes {
            let revision = self.0.get(&key).map_or(1, |entry| entry.revision + 1);
            self.0.insert(key.clone(), Entry { key, revision, body });
        }
    }
    /// A batch as it is stored: the body of a receipt has the same head.
    fn batch(&mut self, letter: char) {
        let (_, body) = keep_export(&one(letter), 0).remove(0);
        self.put(&[outbox::BATCH, digest(letter).as_str()].concat(), &body.unwrap());
    }
    fn look(&self) -> Standing {
        look(&self.0, Some(&digest('d')), NOW, &|_| Some(30))
    }
}

#[test]
fn an_empty_device_may_be_given_back() {
    let shelf = Shelf::new();
    assert_eq!(shelf.look(), Standing::default());
    assert_eq!(clear(&shelf.0, &shelf.look()), Some(Changes::new()));
}

#[test]
fn each_thing_that_is_in_no_other_hands_stands_in_the_way() {
    let closed = |link| Closed { id: "s1", plan: &PLAN, round: "r", link };
    static PLAN: std::sync::LazyLock<PlanRef> = std::sync::LazyLock::new(plan);
    type Case<'a> = (&'a str, &'a dyn Fn(&mut Shelf), Left);
    let empty = Entries::new();
    let cases: [Case; 8] = [
        (
            "sealed",
            &|shelf| shelf.write(seal(&empty, closed(None), "{}")),
            Left::Sealed { plan: plan(), count: 1, by_link: false },
        ),
        (
            "discarded",
            &|shelf| shelf.write(void(&empty, closed(None), "mistake")),
            Left::Sealed { plan: plan(), count: 1, by_link: false },
        ),
        (
            "a resident's",
            &|shelf| shelf.write(seal(&empty, closed(Some("t")), "{}")),
            Left::Sealed { plan: plan(), count: 1, by_link: true },
        ),
        ("waiting", &|shelf| shelf.batch('b'), Left::Waiting { plan: plan(), batches: 1, records: 4 }),
        (
            "refused",
            &|shelf| {
                shelf.batch('b');
                shelf.write(keep_refusal(&one('b'), 403, "revoked"));
            },
            Left::Refused { plan: plan(), batches: 1, records: 4 },
        ),
        ("a damaged draft", &|shelf| shelf.put("draft/x", "{"), Left::DamagedDrafts { count: 1 }),
        ("a damaged record", &|shelf| shelf.put("sealed/x", "{"), Left::Unreadable { count: 1 }),
        ("what was set aside", &|shelf| shelf.put("aside/x", "?"), Left::Unreadable { count: 1 }),
    ];
    for (name, make, wanted) in cases {
        let mut shelf = Shelf::new();
        make(&mut shelf);
        let found = shelf.look();
        assert_eq!(found.left, [wanted], "{name}");
        assert_eq!(clear(&shelf.0, &found), None, "{name}");
    }
}

#[test]
fn receipted_and_exported_batches_go_with_all_that_is_known_and_nothing_else() {
    let mut shelf = Shelf::new();
    for letter in ['a', 'b'] {
        shelf.batch(letter);
    }
    shelf.write(keep_receipt(&one('a'), "receipt", NOW.0 - 40 * DAY));
    shelf.write(keep_export(&one('b'), NOW.0 - DAY));
    shelf.put("plan/x", "{}");
    shelf.put("setting/card", "card");
    shelf.put("contact/gone/city/r", "0");
    shelf.put("later/kind", "of another app");
    let found = shelf.look();
    assert_eq!(found, Standing { left: vec![], received: 1, exported: 1, early: 1, unknown: 1 });
    let step = clear(&shelf.0, &found).unwrap();
    assert!(step.iter().all(|(_, body)| body.is_none()));
    shelf.write(step);
    let mut kept = Vec::new();
    shelf.0.each("", &mut |key, _| kept.push(key.to_owned()));
    assert_eq!(kept, ["later/kind"]);
}

#[test]
fn attempts_that_the_office_does_not_have_stand_in_the_way_and_once_more_if_they_cannot_be_read() {
    let mut shelf = Shelf::new();
    shelf.put("contact/try/city/r/case/1-ab", "what was done");
    let contacts = Left::Contacts { plan: "city".into(), round: "r".into() };
    assert_eq!(shelf.look().left, [contacts, Left::Unreadable { count: 1 }]);
}

#[test]
fn what_cannot_be_read_goes_once_it_is_confirmed_to_be_elsewhere_and_comes_back_when_it_changes() {
    let mut shelf = Shelf::new();
    for (key, body) in [
        ("draft/x", "{"),
        ("sealed/y", "?"),
        ("aside/z", "log draft/a\nraw"),
        ("contact/list/city/r", "torn"),
        ("fallen/s", "sealed"),
    ] {
        shelf.put(key, body);
    }
    assert_eq!(shelf.look().left, [Left::DamagedDrafts { count: 1 }, Left::Unreadable { count: 4 }]);
    let found = strays(&shelf.0);
    assert_eq!(
        found.iter().map(|one| &*one.key).collect::<Vec<_>>(),
        ["aside/z", "contact/list/city/r", "draft/x", "fallen/s", "sealed/y"]
    );
    assert_eq!(found[0].raw, "log draft/a\nraw", "whole");
    shelf.write(give_out(&found));
    assert_eq!(shelf.look().left, []);
    shelf.put("draft/x", "{ more");
    assert_eq!(shelf.look().left, [Left::DamagedDrafts { count: 1 }]);
    shelf.write(give_out(&strays(&shelf.0)));
    let step = clear(&shelf.0, &shelf.look()).unwrap();
    shelf.write(step);
    shelf.0.each("", &mut |key, _| panic!("{key} is left"));
}
