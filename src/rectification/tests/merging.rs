use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

/// One of the things that clerks write, whether it fits or not.
fn step(choice: u8) -> Step {
    match choice {
        0 => assigned(),
        1 => planned("2026-11-20"),
        2 => replied("已改"),
        3 => verified(true),
        4 => verified(false),
        5 => closed(Closing::Rectified),
        6 => closed(Closing::Dropped),
        7 => Step::Reopened { reason: "回访".into() },
        8 => Step::Appealed { text: "x".into(), evidence: Vec::new(), due: None },
        9 => Step::Decided { upheld: false, text: "x".into() },
        _ => called(Whom::Public, None, Outcome::Dissatisfied),
    }
}

/// Three copies of one book, in which clerks wrote on without knowing of each other.
fn copies() -> impl Strategy<Value = [Book; 3]> {
    let work = || prop::collection::vec((0u8..14, any::<Index>()), 0..12);
    [work(), work(), work()].prop_map(|works| {
        let mut first = Clerk::new();
        first.begins("2026-001");
        first.opens("2026-002");
        let mut minutes = 100;
        works.map(|work| {
            minutes += 1;
            let mut clerk = Clerk { book: first.book.clone(), minutes };
            for (choice, at) in work {
                let cases: Vec<Digest> = clerk.book.cases().iter().map(|case| case.id.clone()).collect();
                let case = at.get(&cases).clone();
                let written = match choice {
                    11 => {
                        let name = clerk.book.next_name(2026);
                        clerk.writes("2026-11-09", None, Step::Opened(Box::new(opening(&name))))
                    }
                    12 | 13 => {
                        let all: Vec<Entry> = clerk.book.entries().cloned().collect();
                        let target = at.get(&all);
                        let (entry, of) = (target.id().clone(), target.case().clone());
                        let step = (choice == 13).then(|| Box::new(target.step().clone()));
                        clerk.writes("2026-11-09", Some(&of), Step::Corrected { entry, reason: "改".into(), step })
                    }
                    choice => clerk.writes("2026-11-09", Some(&case), step(choice)),
                };
                // What did not fit was refused, and the next is tried.
                let _ = written;
            }
            clerk.book
        })
    })
}

fn union(books: &[&Book]) -> Book {
    let mut all = Book::new("demo");
    for book in books {
        all.merge(book).unwrap();
    }
    all
}

fn states(book: &Book) -> Vec<(String, Status)> {
    book.cases().into_iter().map(|case| (case.id.0.clone(), case.status)).collect()
}

proptest! {
    #[test]
    fn copies_merge_in_any_order_and_any_number_of_times([a, b, c] in copies()) {
        let all = union(&[&a, &b, &c]);
        prop_assert_eq!(&union(&[&c, &a, &b]), &all);
        prop_assert_eq!(&union(&[&b, &a, &c, &a, &b]), &all);
        prop_assert_eq!(&union(&[&union(&[&a, &b]), &c]), &union(&[&a, &union(&[&b, &c])]));
        prop_assert_eq!(all.to_json(), union(&[&b, &c, &a]).to_json());
        let lost = a.entries().chain(b.entries()).find(|entry| !all.entries().any(|kept| kept == *entry));
        prop_assert_eq!(lost, None, "nothing is removed");
    }

    #[test]
    fn the_state_of_a_case_follows_from_the_set_of_its_entries([a, b, c] in copies()) {
        let all = union(&[&a, &b, &c]);
        let mut one_by_one = Book::new("demo");
        let mut entries: Vec<Entry> = all.entries().cloned().collect();
        entries.reverse();
        entries.sort_by_key(|entry| entry.by().len());
        for entry in entries {
            one_by_one.take(entry);
        }
        prop_assert_eq!(states(&one_by_one), states(&all));
    }

    #[test]
    fn in_one_copy_every_entry_fits_and_a_file_reads_back([a, _, _] in copies()) {
        prop_assert_eq!(a.notices(Language::En), Vec::new());
        prop_assert_eq!(Book::parse(&a.to_json()), Ok(a));
    }

    #[test]
    fn an_entry_that_was_changed_by_hand_is_named([a, _, _] in copies(), at: Index) {
        let text = a.to_json();
        let lines: Vec<&str> = text.lines().collect();
        let line = at.index(lines.len() - 2) + 1;
        let other = lines[line].replace("王", "李");
        let mut changed = lines.clone();
        changed[line] = &other;
        let error = Book::parse(&changed.join("\n")).unwrap_err();
        prop_assert!(matches!(error, BookError::Entry(EntryError::Changed(_))), "{}", error);
    }
}

#[test]
fn what_two_copies_decided_differently_is_told_and_kept() {
    let mut here = Clerk::new();
    let case = here.begins("2026-001");
    here.does("2026-11-05", &case, replied("已改"));
    let mut there = Clerk { book: here.book.clone(), minutes: 50 };
    here.does("2026-11-09", &case, verified(true));
    let rejected = there.does("2026-11-09", &case, verified(false));
    let named = there.opens("2026-002");
    here.opens("2026-002");
    let merged = here.book.merge(&there.book).unwrap();
    assert_eq!(merged, Merged { added: 2, known: 4 });
    assert_eq!(here.state(&case), State::Verified, "the earlier one counts in every copy");
    let notices = here.book.notices(Language::En);
    assert!(matches!(&notices[0], Notice::SameName { name, cases: 2 } if name == "2026-002"), "{notices:?}");
    assert!(matches!(&notices[1], Notice::Apart { entry, .. } if *entry == rejected), "{notices:?}");
    let found = here.book.case("2026-001").unwrap();
    assert_eq!(found.lines.iter().filter(|line| line.beside).count(), 2);
    assert!(here.book.case("2026-002").is_err() && here.book.case(named.as_str()).is_ok());
    // The office says which counts: the other is withdrawn.
    here.does("2026-11-10", &case, Step::Corrected { entry: rejected, reason: "以首次核查为准".into(), step: None });
    assert_eq!(here.book.notices(Language::En).len(), 1);
}

#[test]
fn entries_without_their_opening_are_kept_and_told() {
    let mut clerk = Clerk::new();
    let case = clerk.begins("2026-001");
    let mut part = Book::new("demo");
    for entry in clerk.book.entries().filter(|entry| *entry.id() != case) {
        part.take(entry.clone());
    }
    assert_eq!(part.notices(Language::En), [Notice::Orphans { case, entries: 2 }]);
    assert!(part.cases().is_empty());
    assert_eq!(union(&[&part, &clerk.book]), clerk.book);
}

#[test]
fn another_plan_another_format_and_a_later_version_are_refused() {
    let book = Book::new("demo");
    assert!(matches!(book.clone().merge(&Book::new("other")), Err(BookError::OtherPlan { .. })));
    let text = book.to_json();
    assert_eq!(Book::parse(&text.replace("\"v\":1", "\"v\":2")), Err(BookError::Newer(2)));
    let other = text.replace("minping-rectification", "minping-rescue");
    assert_eq!(Book::parse(&other), Err(BookError::OtherFormat("minping-rescue".into())));
    for (text, words) in [
        (text.replace("\"plan\":\"demo\"", "\"plan\":\"demo\",\"more\":1"), "unknown member `more`"),
        (text.replace("\n]", "{}]"), "member `number` is missing"),
        ("[1".to_owned(), "no JSON"),
    ] {
        let error = Book::parse(&text).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.told(Language::Zh).contains('行'));
    }
}
