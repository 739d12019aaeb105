//! The report that the program writes: its numbers are the tally's, and nothing in it is more than it may say.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    /// An office with a simulated round of a plan, in `round/`.
    fn with_round(plan: &Path, more: &[&str]) -> Office {
        let office = Office { folder: tempfile::tempdir().unwrap() };
        office.done(&["keys", "new", "office.minping-keys"]);
        let plan = plan.to_str().unwrap();
        office.done(&[&["simulate", "round", plan, "--keys", "office.minping-keys", "--out", "round"], more].concat());
        office
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minping"));
        command.args(["--lang", "en"]).args(words).current_dir(self.folder.path());
        command.env("MINPING_PASSPHRASE", "four unrelated words").output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{words:?}: {out}{errors}");
        out.into_owned()
    }

    fn on_round(command: &str) -> Vec<&str> {
        let office =
            ["--plan", "round/plan.json", "--keys", "office.minping-keys", "--roster", "round/devices.minping-roster"];
        [&[command, "round/batches"], &office[..]].concat()
    }

    fn report(&self, more: &[&str]) -> String {
        self.done(&[&Office::on_round("report")[..], &["--out", "report.html"], more].concat());
        fs::read_to_string(self.folder.path().join("report.html")).unwrap()
    }

    fn tally(&self, more: &[&str]) -> Vec<Value> {
        let shown = self.done(&[&Office::on_round("tally")[..], &["--format", "json"], more].concat());
        serde_json::from_str(&shown).unwrap()
    }
}

fn ready(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("plans").join(name)
}

/// The words that are shown, without tags.
fn words(html: &str) -> String {
    let body = &html[html.find("<body").unwrap()..];
    let mut out = String::new();
    for part in body.split('<').skip(1) {
        out.push_str(part.split_once('>').unwrap().1);
        out.push(' ');
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of the first row whose name this is.
fn row<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let rows = html.split("<tr>").filter(|row| row.contains(&[">", name, "<"].concat()));
    let row = { rows }.next().unwrap_or_else(|| panic!("no row {name}"));
    let cells = row.split("<td").skip(1).map(|cell| cell.split_once('>').unwrap().1.split('<').next().unwrap());
    cells.collect()
}

#[test]
fn every_number_is_the_tallys_own() {
    let office = Office::with_round(&ready("city-units.json"), &["--records", "80", "--population", "80"]);
    let html = office.report(&[]);
    let rows = office.tally(&["--places", "2"]);
    assert!(rows.len() > 50, "a row for each unit");
    for unit in &rows {
        let name = unit["unit_label"].as_str().unwrap();
        let cells = row(&html, name);
        let two = |value: &Value| format!("{:.2}", value.as_f64().unwrap());
        let expected = [unit["rank"].to_string(), two(&unit["index"]), two(&unit["score"]), unit["n"].to_string()];
        // Rank, index, bar, satisfied, mean score, valid answers, don't know.
        assert_eq!([cells[0], cells[1], cells[4], cells[5]], expected.each_ref().map(String::as_str), "{name}");
        assert!(cells[3].ends_with('%'), "{cells:?}");
    }
    let text = words(&html);
    assert!(text.contains("records in batches 80 counted 80"), "{text}");
    for unit in rows.iter().filter(|unit| !unit["index_low"].is_null()).take(5) {
        let two = |key: &str| format!("{:.2}", unit[key].as_f64().unwrap());
        let interval = format!("{}–{}", two("index_low"), two("index_high"));
        let range = match (&unit["rank_best"], &unit["rank_worst"]) {
            (best, worst) if best == worst => format!("({best})"),
            (best, worst) => format!("({best}–{worst})"),
        };
        assert!(html.contains(&interval) && html.contains(&range), "{unit}");
    }
    assert!(html.matches("<svg").count() >= 3 * 4, "ranked, grades and heat of four classes");
    assert!(text.contains("Standard error") && text.contains("degrees of freedom"), "how the numbers were made");
    // The same round again gives the same file but for the day.
    let day = |html: &str| html.split("<p class=\"day\">").nth(1).unwrap()[..10].to_owned();
    assert_eq!(office.report(&[]).replace(&day(&html), ""), html.replace(&day(&html), ""));
}

#[test]
fn what_is_published_has_no_small_count_nobodys_words_and_no_device() {
    let plan = ready("county-transport.json");
    let office = Office::with_round(&plan, &["--records", "60", "--population", "60", "--gaps", "1", "--devices", "1"]);
    let run = |more: &[&str]| {
        let output = office.run(&[&Office::on_round("report")[..], &["--out", "report.html"], more].concat());
        // A batch is missing: the report is written, and the program says that something has to be looked at.
        assert_eq!(output.status.code(), Some(1));
        fs::read_to_string(office.folder.path().join("report.html")).unwrap()
    };
    let (own, published) = (run(&[]), run(&["--publish"]));
    let quoted = "窗口太少，排队时间长";
    assert!(own.contains(quoted) && !published.contains(quoted));
    assert!(own.contains("has not arrived") && !published.contains("has not arrived"));
    assert!(
        words(&own).contains("Internal:")
            && words(&published).contains("For publication: counts under 10 are withheld")
    );
    // Grade counts of the indicators: some are below ten, and then none of the row is there.
    let counts = |html: &str| -> Vec<Vec<u64>> {
        let unit = &html[html.find("<article").unwrap()..];
        let unit = &unit[..unit.find("</table>").unwrap()];
        let rows = unit.split("<tr>").skip(2);
        rows.map(|row| {
            row.split("<td")
                .skip(2)
                .take(5)
                .filter_map(|cell| cell.split_once('>')?.1.split('<').next()?.parse().ok())
                .collect()
        })
        .collect()
    };
    let small = |rows: &[Vec<u64>]| rows.iter().flatten().any(|count| (1..10).contains(count));
    assert!(small(&counts(&own)), "{:?}", counts(&own));
    assert_eq!(counts(&own).len(), counts(&published).len());
    assert!(!small(&counts(&published)), "{:?}", counts(&published));
}

#[test]
fn texts_of_plans_and_people_are_words_and_never_markup() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan: Value = serde_json::from_str(&fs::read_to_string(ready("study-practice.json")).unwrap()).unwrap();
    let nasty = "\"}</style><script>alert(1)</script><img src=x onerror=alert(2)>";
    for place in
        ["/title", "/asker", "/units/0/label", "/scales/0/grades/0/label", "/rounds/0/label", "/indicators/0/label"]
    {
        let text = plan.pointer_mut(place).unwrap_or_else(|| panic!("{place}"));
        for (_, words) in text.as_object_mut().unwrap() {
            *words = nasty.into();
        }
    }
    let path = folder.path().join("nasty.json");
    fs::write(&path, plan.to_string()).unwrap();
    let office = Office::with_round(&path, &["--records", "20", "--population", "20"]);
    let html = office.report(&[]);
    for mark in ["<script", "<img", "onerror=alert(2)>"] {
        assert!(!html.contains(mark), "{mark}");
    }
    assert_eq!(html.matches("</style>").count(), 1);
    let style = &html[html.find("<style>").unwrap()..html.find("</style>").unwrap()];
    assert!(!style.contains("alert"), "a text ends no string of the style sheet");
    assert!(words(&html).contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "it is shown as it was written");
    // The name of what SVG is, and a pattern of the same drawing.
    let html = html.replace("img src=x", "").replace("http://www.w3.org/2000/svg", "").replace("url(#", "");
    for outside in ["http:", "https:", "src=", "url(", "@import", "<link"] {
        assert!(!html.contains(outside), "nothing is loaded from anywhere: {outside}");
    }
}

#[test]
fn the_offices_own_words_are_a_part_marked_as_such_and_never_markup() {
    let office = Office::with_round(&ready("study-practice.json"), &["--records", "60"]);
    let text = "\u{feff}满意率比去年**高**。\n\n- 窗口已加开\n- <b onclick=x>周末</b>开放 [看](https://example.org)\n";
    fs::write(office.folder.path().join("remarks.md"), text).unwrap();
    for more in [&["--remarks", "remarks.md"][..], &["--remarks", "remarks.md", "--publish"]] {
        let html = office.report(more);
        assert!(html.contains("The office&#39;s explanation") || html.contains("The office's explanation"), "{html}");
        assert!(html.contains("nothing in this part is computed") && html.contains("<strong>高</strong>"));
        assert!(html.contains("<li>窗口已加开</li>") && html.contains("&lt;b onclick=x&gt;周末&lt;/b&gt;开放"));
        assert!(!html.contains("<b onclick") && !html.contains("href=\"https://example.org"), "{html}");
    }
    assert!(!office.report(&[]).contains("explanation"));
}

#[test]
fn a_report_replaces_a_report_and_nothing_else() {
    let office = Office::with_round(&ready("study-practice.json"), &["--records", "20", "--population", "20"]);
    let first = office.report(&[]);
    let second = office.report(&["--publish"]);
    assert_ne!(first, second);
    fs::write(office.folder.path().join("letter.html"), "<!DOCTYPE html><p>Dear office").unwrap();
    let output = office.run(&[&Office::on_round("report")[..], &["--out", "letter.html"]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("letter.html: this is no report"), "{said}");
    assert_eq!(fs::read_to_string(office.folder.path().join("letter.html")).unwrap(), "<!DOCTYPE html><p>Dear office");
}

#[test]
fn without_an_answer_or_a_key_there_is_no_report() {
    let office = Office::with_round(&ready("study-practice.json"), &["--records", "20", "--population", "20"]);
    let report = |words: &[&str]| {
        let output = office.run(words);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let sealed = [
        "report",
        "round/batches",
        "--plan",
        "round/plan.json",
        "--roster",
        "round/devices.minping-roster",
        "--out",
        "r.html",
    ];
    let (code, said) = report(&sealed);
    assert!(code == Some(1) && said.contains("records are sealed"), "{said}");
    let (code, said) = report(&[&Office::on_round("report")[..], &["--out", "r.html", "--round", "2031"]].concat());
    assert!(code == Some(1) && said.contains("no round `2031`"), "{said}");
    for entry in fs::read_dir(office.folder.path().join("round/batches")).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    let (code, said) = report(&[&Office::on_round("report")[..], &["--out", "r.html"]].concat());
    assert!(code == Some(1) && said.contains("no record counts"), "{said}");
    assert!(!office.folder.path().join("r.html").exists());
}

/// The finance bureau: three levels of indicators, a checklist on a scale of its own, four audiences.
#[test]
fn each_scale_has_its_table_each_level_its_score_and_each_group_its_column() {
    let plan = ready("finance-bureau.json");
    let office = Office::with_round(&plan, &["--records", "150", "--population", "150", "--round", "2026-second"]);
    let html = office.report(&[]);
    let unit = &html[html.find("<article").unwrap()..html.find("</article>").unwrap()];
    let column = |table: &str, grade: &str| table.contains(&[" scope=\"col\">", grade, "</th>"].concat());
    let tables: Vec<&str> = unit.split("<table").collect();
    let with = |grade: &str| tables.iter().filter(|table| column(table, grade)).count();
    assert_eq!((with("Meets it in part"), with("Very satisfied")), (1, 1));
    assert!(!tables.iter().any(|table| column(table, "Meets it in part") && column(table, "Very satisfied")));
    assert!(words(&["<body>", unit].concat()).contains("Notices online: timeliness (for reference)"));
    // Half the score of either branch is the index; the checklist is in neither.
    let score = |name: &str| row(unit, name)[2].parse::<f64>().unwrap();
    assert_eq!(row(unit, "Openness")[1], "for reference");
    let index = office.tally(&[])[0]["index"].as_f64().unwrap();
    let halves = (score("Quality of service") + score("Public satisfaction")) / 2.0;
    assert!((index - halves).abs() < 0.06, "{index} {halves}");
    assert!(column(unit, "Openness auditors") && column(unit, "Residents and bodies that dealt with the bureau"));
    assert!(!column(&office.report(&["--publish"]), "Openness auditors"), "nobody's group is told in public");
}

#[test]
fn words_to_like_questions_stand_under_their_sections() {
    let office = Office::with_round(&ready("government-conduct.json"), &["--records", "60", "--population", "60"]);
    let text = words(&office.report(&[]));
    for section in ["Credibility", "Efficiency", "Quality of service", "Integrity"] {
        assert!(text.contains(&format!("{section}: What happened? (")), "{section}");
    }
    assert!(text.contains("Integrity: Which departments were you dissatisfied with? Another department ("));
}

#[test]
fn a_test_that_nobody_took_in_the_round_is_not_in_its_report() {
    // Canvassers take it in a round of its own, before anything is graded.
    let plan = ready("finance-bureau.json");
    let more = ["--records", "60", "--population", "60", "--round"];
    let training = Office::with_round(&plan, &[&more[..], &["2026-training"]].concat());
    let html = words(&training.report(&[]));
    assert!(html.contains("What people know") && html.contains("Canvassers' training test"));
    let first = Office::with_round(&plan, &[&more[..], &["2026-first"]].concat());
    let html = words(&first.report(&[]));
    assert!(!html.contains("What people know") && html.contains("Residents and bodies that dealt with the bureau"));
    // Who is not asked in the round is not missed in it.
    assert!(!html.contains("Canvassers (training test)"), "a group with a target and no questionnaire in this round");
}

/// Counts of choices in the part on other questions.
fn chosen<'a>(html: &'a str, question: &str) -> Vec<&'a str> {
    let table = html.split("<table").find(|table| table.contains(question)).unwrap_or_else(|| panic!("no {question}"));
    let rows = table.split("<tr>").skip(2);
    rows.map(|row| row.split("<td").nth(2).unwrap().split_once('>').unwrap().1.split('<').next().unwrap()).collect()
}

#[test]
fn choices_are_counted_and_small_counts_of_them_not_published() {
    let plan = ready("government-conduct.json");
    let office = Office::with_round(&plan, &["--records", "90", "--population", "90"]);
    let (own, published) = (office.report(&[]), office.report(&["--publish"]));
    let change = chosen(&own, "Compared with a year ago");
    let total: u64 = change.iter().map(|count| count.parse::<u64>().unwrap()).sum();
    assert!(change.len() == 4 && words(&own).contains(&format!("or about the same? (n = {total})")), "{change:?}");
    let small = |counts: &[&str]| counts.iter().any(|count| (1..10).contains(&count.parse().unwrap_or(0)));
    let question = "Integrity: Which departments were you dissatisfied with?";
    assert!(small(&chosen(&own, question)), "{:?}", chosen(&own, question));
    assert!(chosen(&published, question).iter().all(|count| *count == "–"));
}

#[test]
fn rounds_are_compared_in_the_table_and_in_the_report() {
    // By link alone: then both rounds need no roster, and have one plan.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let mut plan: Value = serde_json::from_str(&fs::read_to_string(ready("county-transport.json")).unwrap()).unwrap();
    plan["modes"] = serde_json::json!(["web"]);
    for questionnaire in plan["questionnaires"].as_array_mut().unwrap() {
        questionnaire.as_object_mut().unwrap().remove("modes");
    }
    fs::write(&path, plan.to_string()).unwrap();
    let more = ["--records", "90", "--population", "300", "--round", "2026-06"];
    let office = Office::with_round(&path, &more);
    let path = path.to_str().unwrap();
    let second = ["--out", "second", "--records", "80", "--population", "300", "--round", "2026-11", "--seed", "2"];
    office.done(&[&["simulate", "round", path, "--keys", "office.minping-keys"][..], &second].concat());
    let on = |command: &'static str, more: &[&'static str]| -> Vec<&'static str> {
        let both =
            [command, "round/batches", "second/batches", "--plan", "round/plan.json", "--keys", "office.minping-keys"];
        [&both[..], more].concat()
    };
    let shown = office.done(&on("tally", &["--since", "2026-06", "--format", "json"]));
    let rows: Vec<Value> = serde_json::from_str(&shown).unwrap();
    assert_eq!(rows.len(), 1 + 2 * 8, "the index, and score and rate of each indicator");
    for row in &rows {
        let number = |key: &str| row[key].as_f64().unwrap_or_else(|| panic!("{key} in {row}"));
        let (low, difference, high) = (number("low"), number("difference"), number("high"));
        assert!(low < difference && difference < high && number("p") <= number("p_holm"), "{row}");
        assert!((number("after") - number("before") - difference).abs() < 0.011, "{row}");
        let holds = low <= 0.0 && 0.0 <= high;
        assert_eq!(holds, row["shown"] == "no change shown", "{row}");
        assert_eq!(row["note"], "nominal interval", "all chose themselves");
    }
    let one = on("tally", &["--round", "2026-06", "--since", "2026-06"]);
    let output = office.run(&one);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("no other round with a record"), "{said}");
    office.done(&on("report", &["--out", "report.html"]));
    let html = fs::read_to_string(office.folder.path().join("report.html")).unwrap();
    assert!(html.contains("Change since the round before") && html.contains("id=\"trend\""));
    assert!(words(&html).contains("the rounds are taken as drawn independently"));
}

#[test]
fn imported_rounds_stand_in_the_change_table_and_in_the_report() {
    let more = ["--records", "120", "--population", "600", "--round", "2026-06"];
    let office = Office::with_round(&ready("county-transport.json"), &more);
    let write = |text: &str| fs::write(office.folder.path().join("earlier.csv"), text).unwrap();
    write(
        "round,unit,indicator,score,se,n\n2024,transport-office,,40,,\n2025-11,transport-office,,41.5,0.8,300\n2025-11,transport-office,lawful,39,1,300\n",
    );
    let earlier = ["--earlier", "earlier.csv"];
    // The first round that was ever counted here has rounds before it.
    let since = |round: &str| -> Vec<Value> { office.tally(&[&["--since", round][..], &earlier].concat()) };
    let rows = since("2025-11");
    let index = &rows[0];
    assert_eq!((index["of"].as_str(), index["before"].as_f64()), (Some("index"), Some(41.5)));
    assert!(index["p_holm"].as_f64().unwrap() < 0.001 && index["shown"] == "risen", "{index}");
    let lawful = rows.iter().find(|row| row["indicator"] == "lawful" && row["of"] == "score").unwrap();
    assert_eq!(lawful["before"].as_f64(), Some(39.0));
    // What the table does not say is not compared.
    let other = rows.iter().find(|row| row["indicator"] == "attitude").unwrap();
    assert!(other["difference"].is_null() && other["shown"].is_null(), "{other}");
    assert!(other["note"].as_str().unwrap().contains("not in both rounds"), "{other}");
    // Without a standard error there is a difference and no test.
    let index = &since("2024")[0];
    assert!(index["difference"].as_f64().unwrap() > 0.0 && index["p"].is_null() && index["low"].is_null(), "{index}");
    assert_eq!(
        (index["shown"].as_str(), index["note"].as_str()),
        (Some("cannot be judged"), Some("the imported round gives no standard error: no test"))
    );
    for publish in [&[][..], &["--publish"]] {
        let html = office.report(&[&earlier[..], publish].concat());
        assert!(html.contains("Change since the round before") && html.contains("id=\"trend\""), "{publish:?}");
        let text = words(&html);
        assert!(
            text.contains("were imported from a table") && text.contains("Imported from a table, not checked"),
            "{text}"
        );
        assert!(text.contains("2025-11") && text.contains("41.50"), "{text}");
    }
    // A round that is nowhere, and a table that does not fit.
    let fails = |words: &[&str], wanted: &str| {
        let output = office.run(&[&Office::on_round("tally")[..], words].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains(wanted), "{said}");
    };
    fails(&[&["--since", "2019"][..], &earlier].concat(), "no round `2019`");
    write("round,unit,score\n2025-11,nobody,40\n");
    fails(&[&["--since", "2025-11"][..], &earlier].concat(), "line 2: the plan has no unit `nobody`");
}

/// Pages of A4 that a file prints on, as Chromium does it.
fn pages(office: &Office, file: &str) -> usize {
    let names =
        std::env::var("MINPING_CHROMIUM").ok().into_iter().chain(["chromium".to_owned(), "google-chrome".to_owned()]);
    let path = std::env::var("PATH").unwrap();
    let found = names.flat_map(|name| path.split(':').map(|folder| Path::new(folder).join(&name)).collect::<Vec<_>>());
    let browser = { found }.find(|path| path.is_file()).expect("no Chromium: run `scripts/toolchain --tests`");
    let folder = office.folder.path();
    let output = Command::new(browser)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--disable-quic", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--print-to-pdf={}", folder.join("page.pdf").display()))
        .arg(format!("file://{}", folder.join(file).display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pdf = fs::read(folder.join("page.pdf")).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    let count = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
    assert!(count > 0, "a file of pages");
    count
}

#[test]
fn a_page_about_a_unit_and_a_page_for_the_public_are_one_page_each_in_both_languages() {
    let office = Office::with_round(&ready("city-units.json"), &["--records", "60", "--population", "60"]);
    let rows = office.tally(&[]);
    let unit = rows.iter().find(|row| row["index"].is_number()).unwrap();
    let id = unit["unit"].as_str().unwrap();
    for lang in ["zh", "en"] {
        let write = |more: &[&str]| {
            let words = [&["--lang", lang][..], &Office::on_round("report"), &["--out", "page.html"], more].concat();
            let output = Command::new(env!("CARGO_BIN_EXE_minping"))
                .args(words)
                .current_dir(office.folder.path())
                .env("MINPING_PASSPHRASE", "four unrelated words")
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
            fs::read_to_string(office.folder.path().join("page.html")).unwrap()
        };
        let html = write(&["--unit", id]);
        let index = format!("{:.2}", unit["index"].as_f64().unwrap());
        assert!(words(&html).contains(&index), "{lang}");
        assert_eq!(html.matches("<article").count(), 1, "no other unit");
        assert_eq!(pages(&office, "page.html"), 1, "{lang}: unit");
        let html = write(&["--one-page"]);
        assert_eq!(html.matches("<article").count(), 0);
        for row in &rows {
            assert!(html.contains(&*row["unit_label"].as_str().unwrap().replace('&', "&amp;")) || lang == "zh");
        }
        let published = office.tally(&["--publish"]);
        for (own, shown) in rows.iter().zip(&published).filter(|(_, shown)| shown["index"].is_null()) {
            assert!(own["index"].is_number() || shown["note"].is_string());
        }
        let withheld = published.iter().filter(|row| row["index"].is_null()).count();
        let dashes = html.matches(if lang == "zh" { ">—<" } else { ">–<" }).count();
        assert!(dashes >= withheld, "{lang}: {dashes} of {withheld}");
        assert_eq!(pages(&office, "page.html"), 1, "{lang}: public");
    }
    let output = office.run(&[&Office::on_round("report")[..], &["--out", "no.html", "--unit", "nobody"]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("no unit `nobody`"), "{said}");
    assert!(!office.folder.path().join("no.html").exists());
}
