//! A canvasser's whole day, scripted: enrolled, forty contacts without a network over two versions of the plan, twenty-five interviews, of
//! which five in the resident's hands and three broken off; the device says that it is full, the browser dies, another window is
//! open, the PIN locks, a batch is sent twice. Then the office's ledger is what was done, record by record.

use crate::canvassing::{enrol, make_card, open_app, plan_route, visit};
use crate::contacting::{contacts, hand_out, pick};
use crate::harness::office::program;
use crate::harness::{Browser, Engine, Office};
use crate::locking::{add_canvasser, unlock};
use crate::versions::publish_as;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

const PLAN: &str = "day";
const CASES: usize = 40;
const FIRST: usize = 20;
const NAME: &str = "Wang Fang";
const SECRET: &str = "river77";
const GRADES: [(&str, &str); 3] = [("good", "Satisfied"), ("fair", "Fair"), ("bad", "Dissatisfied")];
const OUTCOMES: [&str; 3] = ["Nobody at home", "Refused by someone of the household", "Vacant"];

/// What is done at a case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Complete,
    /// In the resident's hands.
    Alone,
    /// Broken off after the grade.
    Broken,
    /// No interview, for this reason of [`OUTCOMES`].
    None(usize),
}

/// Fifteen of forty have no interview; of the others five are in the resident's hands and three broken off.
fn plan_of_the_day() -> Vec<Visit> {
    let mut interviews = 0;
    let visit = |at: usize| {
        if [2, 5, 7].contains(&(at % 8)) {
            return Visit::None(at / 8 % 3);
        }
        interviews += 1;
        match interviews {
            4 | 9 | 14 | 19 | 24 => Visit::Alone,
            6 | 13 | 22 => Visit::Broken,
            _ => Visit::Complete,
        }
    };
    (0..CASES).map(visit).collect()
}

fn grade(at: usize) -> (&'static str, &'static str) {
    GRADES[at % 3]
}

fn said(at: usize) -> String {
    format!("said at case {at:02}")
}

/// What its record has to be, as the office opens it: disposition, grade and words.
fn expected(at: usize, visit: Visit) -> Option<(String, String, String)> {
    let how = match visit {
        Visit::None(_) => return None,
        Visit::Broken => "partial",
        Visit::Complete | Visit::Alone => "complete",
    };
    let words = if visit == Visit::Broken { String::new() } else { said(at) };
    Some((how.to_owned(), grade(at).0.to_owned(), words))
}

struct Day {
    office: Office,
    browser: Option<Browser>,
    engine: Engine,
}

impl Day {
    fn browser(&self) -> &Browser {
        self.browser.as_ref().expect("the browser is open")
    }

    async fn open_case(&self, at: usize) {
        let route = format!("{}/cases/r1/E-{at:02}", plan_route(&self.office, PLAN));
        visit(self.browser(), &self.office, &route).await;
        self.browser().until_text_in("h1", &format!("{at} East Street")).await;
    }

    async fn give_grade(&self, at: usize) {
        self.browser().until_shown(".interview fieldset").await;
        self.browser().click_text(grade(at).1).await;
        self.browser().until_shown(".saved.done").await;
    }

    async fn type_words(&self, text: &str) {
        self.browser()
            .eval_with(
                "const field = document.querySelector('.interview textarea, .interview input[type=text]');
                 field.value = given;
                 for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))",
                json!(text),
            )
            .await;
        // Until it is on its way, the line is of what was before.
        self.browser().eval("await new Promise((done) => setTimeout(done, 400))").await;
    }

    async fn write_words(&self, text: &str) {
        self.type_words(text).await;
        self.browser().until("the words to be saved", "return !!document.querySelector('.saved.done')").await;
    }

    async fn close(&self) {
        let browser = self.browser();
        browser.click(".actions .primary").await;
        browser
            .until("the question or the review", "return !!document.querySelector('dialog[open] .primary') || document.body.textContent.includes('Check your answers')")
            .await;
        if browser.eval("return !document.querySelector('dialog[open]')").await == json!(true) {
            browser.click(".actions .primary").await;
        }
        browser.click("dialog[open] .primary").await;
    }

    async fn do_case(&self, at: usize, what: Visit) {
        let browser = self.browser();
        self.open_case(at).await;
        if let Visit::None(why) = what {
            browser.click_text(OUTCOMES[why]).await;
            browser.click_text("Write down").await;
            browser.until_text("Find an address").await;
            return;
        }
        browser.click_text("Start the interview").await;
        browser.until_shown(".interview").await;
        match what {
            Visit::Alone => {
                browser.click(".hand-to-resident").await;
                browser.until_text_in("dialog[open]", "use your own PIN").await;
                browser.click("dialog[open] .primary").await;
                browser.until_text("Now it is your turn").await;
                browser.click_text("Begin").await;
                self.give_grade(at).await;
                self.write_words(&said(at)).await;
                self.close().await;
                browser.until_text("Please give the tablet back").await;
                browser.click_text("Interviewer: go on").await;
                browser.until_text("Find an address").await;
            }
            Visit::Broken => {
                self.give_grade(at).await;
                browser.click_text("Break off").await;
                browser.click("dialog[open] .primary").await;
                browser.until_text("The interview is finished").await;
            }
            Visit::Complete | Visit::None(_) => {
                self.give_grade(at).await;
                self.finish(at).await;
            }
        }
    }

    async fn finish(&self, at: usize) {
        self.write_words(&said(at)).await;
        self.close().await;
        self.browser().until_text("The interview is finished").await;
    }

    /// In the midst of an interview the device is full for the database and the cache, which is said; the browser dies, and what was said
    /// to be saved is there. (Disks that are really full, for the other journal too, are rows of the durability tests.)
    async fn full_and_killed(&mut self, at: usize) {
        self.open_case(at).await;
        self.browser().click_text("Start the interview").await;
        self.give_grade(at).await;
        self.browser()
            .eval(
                "const full = () => { throw new DOMException('the disk is full', 'QuotaExceededError') };
                 IDBObjectStore.prototype.put = full;
                 Storage.prototype.setItem = full",
            )
            .await;
        self.type_words(&said(at)).await;
        self.browser().until_text("Saved on this device (one copy)").await;
        let profile = self.browser.take().expect("the browser").kill();
        self.browser = Some(Browser::open_on(self.engine, profile).await);
        self.open_locked(&plan_route(&self.office, PLAN)).await;
        self.open_case(at).await;
        self.browser().click_text("Go on with the interview").await;
        self.browser().until_shown(".interview fieldset").await;
        let found = "return [document.querySelectorAll('.interview input:checked').length,
            document.querySelector('.interview textarea, .interview input[type=text]').value]";
        assert_eq!(self.browser().eval(found).await, json!([1, said(at)]), "what was saved");
        self.finish(at).await;
    }

    /// Opens the app anew, which is locked, and lets the canvasser in.
    async fn open_locked(&self, route: &str) {
        visit(self.browser(), &self.office, route).await;
        // Local storage may have lost the language with the kill.
        self.browser().eval("localStorage.setItem('minping.language', 'en')").await;
        self.browser().reload().await;
        unlock(self.browser(), NAME, SECRET).await;
    }

    /// Another window opens the same interview: it may look, and the one that has it goes on.
    async fn two_windows(&self, at: usize) {
        let browser = self.browser();
        self.open_case(at).await;
        browser.click_text("Start the interview").await;
        self.give_grade(at).await;
        let address = browser.eval("return location.hash.slice(1)").await;
        let first = browser.client.window().await.expect("the window");
        let other = browser.client.new_window(true).await.expect("another window").handle;
        browser.client.switch_to_window(other).await.expect("another window");
        visit(browser, &self.office, address.as_str().expect("an address")).await;
        unlock(browser, NAME, SECRET).await;
        browser.until_text("open in another window").await;
        browser.client.close_window().await.expect("the other window closes");
        browser.client.switch_to_window(first).await.expect("the first window");
        self.finish(at).await;
    }

    /// The PIN locks in the midst of an interview.
    async fn locked(&self, at: usize) {
        let browser = self.browser();
        self.open_case(at).await;
        browser.click_text("Start the interview").await;
        self.give_grade(at).await;
        browser.click(".lock-now").await;
        browser.until_shown(".locked").await;
        unlock(browser, NAME, SECRET).await;
        browser.until_shown(".interview").await;
        self.finish(at).await;
    }

    /// The second version comes while an interview of the first is open, which finishes on its own.
    async fn next_version(&self, at: usize) {
        let browser = self.browser();
        let old = plan_route(&self.office, PLAN);
        self.open_case(at).await;
        browser.click_text("Start the interview").await;
        self.give_grade(at).await;
        let interview = browser.eval("return location.hash.slice(1)").await;
        publish_as(&self.office, PLAN, "2", |plan| {
            plan["questionnaires"][0]["items"][0]["label"]["en"] = json!("How do they treat you?");
        });
        self.office.network.restore();
        visit(browser, &self.office, "/").await;
        browser
            .until(
                "the new version is here",
                "return [...document.querySelectorAll('.plan-card')].map((card) => card.textContent)
                     .some((card) => /Version 2(?!\\d)/.test(card) && card.includes('Works offline'))",
            )
            .await;
        self.office.network.cut();
        visit(browser, &self.office, interview.as_str().expect("an address")).await;
        browser.until_shown(".interview").await;
        self.finish(at).await;
        visit(browser, &self.office, &old).await;
        browser.until_text("There is a new version of this evaluation: 2").await;
    }

    /// What the office has of a version, record by record.
    fn records(&self, plan: &Path, roster: &Path) -> Vec<(String, String, String)> {
        let (keys, batches, file) =
            (self.office.keys(), self.office.batches(), self.office.folder().join("records.json"));
        let words: [&OsStr; 10] = [
            "open".as_ref(),
            batches.as_ref(),
            "--plan".as_ref(),
            plan.as_ref(),
            "--keys".as_ref(),
            keys.as_ref(),
            "--roster".as_ref(),
            roster.as_ref(),
            "--records".as_ref(),
            file.as_ref(),
        ];
        // The other version's batch is kept apart, which the exit code tells.
        let output = program(words);
        let text = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        let _ = std::fs::remove_file(&file);
        assert!(!text.contains("E-0") && !text.contains(NAME), "no record names a case or a canvasser");
        let records: Vec<Value> = serde_json::from_str(&text).expect("records in JSON");
        let of = |record: &Value, name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let mut found: Vec<_> = records
            .iter()
            .map(|one| (of(one, "disposition"), of(&one["answers"], "grade"), of(&one["answers"], "said")))
            .collect();
        found.sort();
        found
    }
}

async fn whole_day(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let browser = open_app(engine, &office).await;
    let roster = enrol(&office, PLAN, &make_card(&browser, &office).await);
    let mut table = String::from("id,label,device\n");
    (1..=CASES).for_each(|at| table.push_str(&format!("E-{at:02},{at} East Street,East side tablet 3\n")));
    let list = hand_out(&office, PLAN, &roster, &table, "none");
    let (old_file, old_route) = (office.plan_file(PLAN), plan_route(&office, PLAN));
    visit(&browser, &office, "/").await;
    browser.until_text("Works offline").await;
    browser.until_offline_ready().await;
    add_canvasser(&browser, &office, NAME, SECRET).await;
    visit(&browser, &office, &old_route).await;
    browser.until_shown("#new-interview").await;
    office.network.cut();
    visit(&browser, &office, &format!("{old_route}/cases")).await;
    browser.until_text("There is no list on this device").await;
    pick(&browser, "Open a list file", "x.minping-assignment", &list).await;
    browser.until_text("The list is here").await;

    let mut day = Day { office, browser: Some(browser), engine };
    let plan = plan_of_the_day();
    let count = |wanted: fn(&Visit) -> bool| plan.iter().filter(|visit| wanted(visit)).count();
    assert_eq!(count(|visit| *visit == Visit::Alone), 5);
    assert_eq!(count(|visit| *visit == Visit::Broken), 3);
    assert_eq!(count(|visit| !matches!(visit, Visit::None(_))), 25);
    let mut special = plan.iter().enumerate().filter(|(_, visit)| **visit == Visit::Complete).map(|(at, _)| at + 1);
    let mut next = |from: usize| special.find(|at| *at >= from).expect("an interview of the canvasser");
    let [full, windows, version, lock] = [next(6), next(11), next(FIRST - 2), next(26)];
    for (place, what) in plan.iter().enumerate() {
        let at = place + 1;
        match at {
            _ if at == full => day.full_and_killed(at).await,
            _ if at == windows => day.two_windows(at).await,
            _ if at == version => day.next_version(at).await,
            _ if at == lock => day.locked(at).await,
            _ => day.do_case(at, *what).await,
        }
    }

    // In the evening: contacts and interviews of both versions.
    day.office.network.restore();
    let new_route = plan_route(&day.office, PLAN);
    let browser = day.browser();
    visit(browser, &day.office, &format!("{new_route}/cases")).await;
    browser.click(".hand-contacts").await;
    browser.until_text(&format!("attempts in it: {CASES}")).await;
    let done_on_first = (0..version).filter(|place| !matches!(plan[*place], Visit::None(_))).count();
    for (route, done) in [(&old_route, done_on_first), (&new_route, 25 - done_on_first)] {
        visit(browser, &day.office, route).await;
        browser.until_text(&format!("{done} finished and 0 discarded")).await;
        browser.click(".hand-over").await;
        browser.until_text("Everything was received").await;
    }
    let received = day.office.received();
    assert_eq!(received.len(), 2);

    // A batch is sent once more: the receiver takes it as once, and the ledger too where its file lies there twice.
    let (folder, name) = (day.office.batches(), &received[0]);
    let digest = name.trim_end_matches(".minping");
    let bytes = std::fs::read_to_string(folder.join(name)).expect("the batch");
    let again = browser
        .eval_with(
            "return (await fetch(`api/batches/${given[0]}`, { method: 'PUT', body: given[1] })).status",
            json!([digest, bytes]),
        )
        .await;
    assert_eq!(again, json!(200), "a batch that is there already");
    assert_eq!(day.office.received(), received);
    std::fs::write(folder.join("copy.minping"), &bytes).expect("the same batch under another name");
    browser.expect_no_errors().await;

    let of = |places: std::ops::Range<usize>| {
        let mut all: Vec<_> = places.filter_map(|place| expected(place + 1, plan[place])).collect();
        all.sort();
        all
    };
    assert_eq!(day.records(&old_file, &roster), of(0..version), "the first version");
    assert_eq!(day.records(&day.office.plan_file(PLAN), &roster), of(version..CASES), "the second version");

    // And the contacts: every case as it stands, by its outcome.
    let logs = folder.with_file_name("contacts");
    let told =
        contacts(&day.office, PLAN, &roster, &["rates".as_ref(), logs.as_ref(), "--format".as_ref(), "json".as_ref()]);
    let rows: Value = serde_json::from_str(&told).expect("a table in JSON");
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::from([("cases", CASES), ("I", 22), ("P", 3)]);
    for (why, class) in ["NC", "R", "NE"].iter().enumerate() {
        wanted.insert(class, plan.iter().filter(|visit| **visit == Visit::None(why)).count());
    }
    for (class, count) in wanted {
        assert_eq!(rows[0][class].as_f64(), Some(count as f64), "{class}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_day_is_in_the_offices_ledger_record_by_record_in_chromium() {
    whole_day(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_day_is_in_the_offices_ledger_record_by_record_in_firefox() {
    whole_day(Engine::Firefox).await;
}
