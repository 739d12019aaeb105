use super::*;

/// A calendar for these tests, with days that nobody announced.
fn calendar() -> Calendar {
    let text = r#"{"format": "minping-calendar", "v": 1, "name": "test", "covers": ["2026-10-01/2026-11-30"],
        "off": ["2026-11-11/2026-11-12"], "work": ["2026-11-15"]}"#;
    Calendar::parse(text, "").unwrap()
}

#[test]
fn days_are_those_of_the_calendar_and_nothing_else_is_a_day() {
    for text in ["2026-02-28", "2024-02-29", "1999-12-31"] {
        assert_eq!(day(text).to_string(), text);
    }
    for text in ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-11-30 ", "二〇二六年", "", "2026-00-10"]
    {
        assert_eq!(Day::parse(text), None, "{text}");
    }
    assert_eq!([day("2026-11-30").weekday(), day("2026-11-29").weekday()], [1, 7], "Monday and Sunday");
}

#[test]
fn a_deadline_leaves_out_the_day_it_starts_from_and_every_weekend() {
    let plain = Calendar::weekends_only();
    // A Friday: the first working day after it is Monday.
    assert_eq!(plain.after(day("2026-11-06"), 1), day("2026-11-09"));
    assert_eq!(plain.after(day("2026-11-06"), 5), day("2026-11-13"));
    assert_eq!(plain.after(day("2026-11-07"), 1), day("2026-11-09"), "from a Saturday");
    assert_eq!(plain.after(day("2026-11-06"), 0), day("2026-11-06"));
    assert_eq!(plain.between(day("2026-11-06"), day("2026-11-13")), 5);
    assert!(!plain.covers(day("2026-11-06"), day("2026-11-09")), "it knows of no holiday");
}

#[test]
fn holidays_are_left_out_and_days_that_are_worked_in_their_place_count() {
    let calendar = calendar();
    // Mon 9, Tue 10, (Wed 11 and Thu 12 off), Fri 13, (Sat 14), Sun 15 worked.
    assert_eq!(calendar.after(day("2026-11-06"), 3), day("2026-11-13"));
    assert_eq!(calendar.after(day("2026-11-06"), 4), day("2026-11-15"));
    assert!(calendar.covers(day("2026-11-06"), day("2026-11-30")));
    assert!(!calendar.covers(day("2026-11-06"), day("2026-12-01")));
    assert_eq!(calendar.told(Language::En), "test (2026-10-01–2026-11-30)");
}

#[test]
fn a_calendar_file_reads_back_and_a_table_covers_the_years_of_its_rows() {
    let calendar = calendar();
    assert_eq!(Calendar::parse(&calendar.to_json(), ""), Ok(calendar.clone()));
    let table = "\u{feff}日期,类型,说明\r\n2026-11-11/2026-11-12,休,x\r\n2026-11-15,班,\r\n2027-01-01,off,\r\n";
    let from_table = Calendar::parse(table, "days.csv").unwrap();
    assert_eq!(from_table.after(day("2026-11-06"), 4), day("2026-11-15"));
    assert_eq!(from_table.told(Language::En), "days.csv (2026, 2027)");
    assert!(from_table.covers(day("2026-01-01"), day("2027-12-31")));
    assert_eq!(from_table.counts(), (3, 1));
}

#[test]
fn a_calendar_that_is_wrong_says_where_and_what_to_do() {
    let json =
        |rest: &str| [r#"{"format": "minping-calendar", "v": 1, "name": "t", "covers": ["2026"]"#, rest, "}"].concat();
    for (text, words) in [
        ("date,kind\n".to_owned(), "columns `day` and `kind` are missing"),
        ("day,kind\n2026-11-11,holiday\n".to_owned(), "line 2: `holiday` is no kind"),
        ("day,kind\n2026-11-31,off\n".to_owned(), "line 2: `2026-11-31` is no day"),
        ("day,kind\n2026-11-11,off\n2026-11-11,work\n".to_owned(), "line 3: 2026-11-11 is both"),
        (json(r#", "off": ["2027-01-01"]"#), "outside of what `covers` lists"),
        (json(r#", "off": ["1/1"]"#), "`1/1` is no day"),
        (r#"{"format": "minping-rescue", "v": 1, "name": "t", "covers": []}"#.to_owned(), "no calendar"),
        ("{".to_owned(), "line 1"),
    ] {
        let error = Calendar::parse(&text, "f").unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(!error.told(Language::Zh).is_empty());
    }
}

#[test]
fn what_is_due_and_overdue_is_told_in_working_days() {
    let mut clerk = Clerk::new();
    let case = clerk.begins("2026-001");
    let calendar = calendar();
    let due = |clerk: &Clerk, on: &str| clerk.book.case("2026-001").unwrap().due(day(on), &calendar);
    // Thu 12 is off: Fri 13, Sun 15, Mon 16 to Fri 20.
    let found = due(&clerk, "2026-11-12").unwrap();
    assert_eq!((found.task, found.day, found.left), (Task::Reply, Some(day("2026-11-20")), Some(7)));
    assert!(found.covered && !found.is_overdue());
    assert_eq!(due(&clerk, "2026-11-20").unwrap().left, Some(0), "the day itself is not over");
    // Saturday after it: late, though no working day has passed.
    let late = due(&clerk, "2026-11-21").unwrap();
    assert!(late.is_overdue() && late.left == Some(-1));
    assert_eq!(due(&clerk, "2026-11-25").unwrap().left, Some(-3));
    assert!(!due(&clerk, "2026-12-02").unwrap().covered);
    let appeal = Step::Appealed { text: "x".into(), evidence: Vec::new(), due: Some(day("2026-11-10")) };
    clerk.does("2026-11-09", &case, appeal);
    assert_eq!(due(&clerk, "2026-11-10").unwrap().task, Task::Decide);
    clerk.does("2026-11-10", &case, Step::Decided { upheld: false, text: "x".into() });
    clerk.does("2026-11-10", &case, replied("x"));
    let found = due(&clerk, "2026-12-10").unwrap();
    assert_eq!((found.task, found.day, found.is_overdue()), (Task::Verify, None, false));
    clerk.does("2026-11-10", &case, verified(true));
    clerk.does("2026-11-10", &case, closed(Closing::Rectified));
    assert_eq!(due(&clerk, "2026-12-10"), None);
}
