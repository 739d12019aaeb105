//! Batches from files, good and bad ones mixed, to the results: the numbers are those of `minping tally` for the same
//! files, and everything is there again after a reload.

use crate::harness::office::program;
use crate::harness::{Clerk, Engine, Office, Pickable, Tablet, file};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;

const PLAN: &str = "study-practice";
const TITLE: &str = "Study and practice campaign";
const UNIT: &str = "unit";
const SCRIPT: &str = "<img src=x onerror=\"window.broken = 1\"><script>window.broken = 1</script>";

/// A folder as a clerk gets it: a chain with a gap, a copy, a changed batch, a stranger's, and what is no batch at all.
fn mixed(office: &Office) -> (Tablet, Vec<Pickable>) {
    let mut tablet = Tablet::new(&office.plan_file(PLAN));
    let grades = ["satisfied", "fairly_satisfied", "dissatisfied"];
    let chain: Vec<String> = (0..4)
        .map(|number| {
            let given: Vec<&str> = (0..7).map(|at| grades[(at * at + number) % 3]).collect();
            tablet.hand_over(&given, (number == 0).then_some(SCRIPT)).text
        })
        .collect();
    let mut changed = chain[2].clone().into_bytes();
    let middle = changed.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    let stranger = Tablet::new(&office.plan_file(PLAN)).hand_over(&["satisfied"], None);
    let files = vec![
        file("round/1.minping", chain[0].clone()),
        file("round/2.minping", chain[1].clone()),
        file("round/4.minping", chain[3].clone()),
        file("round/copy of 1.minping", chain[0].clone()),
        file("round/changed.minping", changed),
        file("round/stranger.minping", stranger.text),
        file("round/empty.minping", ""),
        file("round/picture.png", [0x89, b'P', 0xff, 0, 1]),
        file("round/noise.minping", vec![b'x'; 10_000_000]),
        file("round/office.minping-keys", fs::read(office.keys()).expect("the key file")),
    ];
    (tablet, files)
}

/// What a command of the program says of the same files and the clerk's roster.
fn said(command: &str, office: &Office, files: &[Pickable], roster: &str, more: &[&str]) -> String {
    let folder = office.folder().join("in");
    fs::create_dir_all(&folder).expect("a folder");
    for (name, bytes) in files.iter().filter(|(_, bytes)| bytes.len() < 1_000_000) {
        fs::write(folder.join(name.rsplit('/').next().expect("a name")), bytes).expect("a file");
    }
    let roster_file = office.folder().join("clerk.minping-roster");
    fs::write(&roster_file, roster).expect("the roster");
    let (plan, keys) = (office.plan_file(PLAN), office.keys());
    let mut words: Vec<&OsStr> = vec![command.as_ref(), folder.as_ref(), "--plan".as_ref(), plan.as_ref()];
    words.extend(["--keys".as_ref(), keys.as_os_str(), "--roster".as_ref(), roster_file.as_os_str()]);
    words.extend(more.iter().map(|word| OsStr::new(*word)));
    let output = program(words);
    // Code 1: counted, and there is something to be looked at.
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A report without its day and its list of findings, where files are named by where they came from.
fn without_day(report: &str) -> String {
    let (before, after) = report.split_once("<p class=\"day\">").expect("a day");
    let after = after.split_once("</p>").expect("its end").1;
    let whole = [before, after].concat();
    match whole.split_once("What somebody has to look at") {
        Some((before, after)) => [before, after.split_once("</ul>").expect("its end").1].concat(),
        None => whole,
    }
}

/// What the page shows of the one unit: index, score, rate, n, and counts by grade.
async fn shown(clerk: &Clerk) -> Value {
    clerk
        .browser
        .until(
            "the results",
            "const row = document.querySelector('.unit-row'); if (!row) return null;
             const cells = [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim().split('\\n')[0]);
             return [...cells.slice(1, 5), [...row.querySelectorAll('.grade b')].map((b) => b.innerText).join(' ')]",
        )
        .await
}

/// The interval beside the index is the program's, a touch says how it was made, and the plots are drawn and saved.
async fn defended(clerk: &Clerk, row: &Value) {
    let browser = &clerk.browser;
    let ends =
        ["score_low", "score_high"].map(|key| format!("{:.2}", row[key].as_f64().expect("an end of the interval")));
    let interval = ends.join("–");
    let cell = browser.eval("return document.querySelector('.unit-row td[data-heading=Index]').innerText").await;
    assert!(cell.as_str().is_some_and(|cell| cell.contains(&interval)), "{interval} in {cell}");
    browser.click(".how summary").await;
    let how = browser.eval("return document.querySelector('.how').innerText").await;
    let how = how.as_str().unwrap_or_default();
    for said in
        ["Index = 1 × ", "people gave it a grade", &ends.join(" to "), "Left out of the denominators: don't know"]
    {
        assert!(how.contains(said), "{said} in {how}");
    }
    browser.click_text("Draw the plots").await;
    browser.until_shown(".plot svg[role=img]").await;
    browser.click_text("The numbers of this plot").await;
    browser.until_shown(".plot-table").await;
    clerk.look("the plots").await;
    let drawn = browser.eval("const svg = document.querySelector('.plot svg'); return [svg.querySelector('title').textContent, svg.querySelector('desc').textContent.length > 40]").await;
    assert_eq!(drawn[1], true, "{drawn}");
    let name = format!("{PLAN}-stage-2-grades");
    let svg = clerk.save("Save as SVG", &format!("{name}.svg")).await;
    assert!(svg.starts_with("<?xml") && svg.contains("role=\"img\"") && !svg.contains("<script"), "{svg}");
    let png = clerk.downloaded(&format!("{name}.png"));
    browser.click_text("Save as PNG").await;
    let began = std::time::Instant::now();
    let is_png = || fs::read(&png).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG") && bytes.len() > 1000);
    while !is_png() {
        assert!(began.elapsed() < crate::harness::PATIENCE, "{} was not saved", png.display());
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
    }
}

/// Each file for other programs is the program's, byte for byte; so are the page of a unit and the page for the public.
async fn exported(clerk: &Clerk, office: &Office, files: &[Pickable], roster: &str) {
    let browser = &clerk.browser;
    browser.click(".exports > summary").await;
    browser.until_shown(".exports select").await;
    clerk.look("the exports").await;
    let choose = async |format: &str| {
        let set = "const list = document.querySelector('.exports select'); list.value = given;
                   list.dispatchEvent(new Event('change', { bubbles: true }))";
        browser.eval_with(set, json!(format)).await;
    };
    let bytes = async |name: &str| {
        let _ = fs::remove_file(clerk.downloaded(name));
        browser.click(".exports .button.primary").await;
        clerk.saved_bytes(name).await
    };
    let out = office.folder().join("exported");
    let to = ["--out=", &out.to_string_lossy()].concat();
    let formats = [
        ("xlsx", "stage-2.xlsx"),
        ("sav", "stage-2.sav"),
        ("ddi", "stage-2-ddi.xml"),
        ("published", "stage-2-published-data.json"),
    ];
    for (format, name) in formats {
        choose(format).await;
        let saved = bytes(&format!("{PLAN}-{name}")).await;
        let _ = fs::remove_file(&out);
        said("export", office, files, roster, &["--round=stage-2", "--format", format, &to]);
        assert!(saved == fs::read(&out).expect("the program's file"), "{format}: {} bytes", saved.len());
    }
    // What people wrote goes only where it is asked for.
    choose("csv").await;
    let archive = bytes(&format!("{PLAN}-stage-2-csv.zip")).await;
    fs::remove_file(&out).expect("the last file");
    said("export", office, files, roster, &["--round=stage-2", "--format=csv", &to]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
    assert_eq!(archive.len(), 3);
    for name in ["records.csv", "grades.csv", "codebook.csv"] {
        let mut text = String::new();
        let mut file = archive.by_name(name).expect("a table");
        std::io::Read::read_to_string(&mut file, &mut text).expect("UTF-8");
        assert_eq!(text, fs::read_to_string(out.join(name)).expect("the program's table"), "{name}");
        assert!(!text.contains("onerror"), "people's own words are in {name}");
    }
    browser.until_text_in(".exports", "--format parquet").await;

    let page = office.folder().join("page.html");
    let to = ["--out=", &page.to_string_lossy()].concat();
    for (button, name, more) in [
        ("Save the page for the public", format!("{PLAN}-stage-2-public.html"), vec!["--one-page", &to]),
        ("Save the page of this unit", format!("{PLAN}-stage-2-{UNIT}-internal.html"), vec!["--unit", UNIT, &to]),
    ] {
        let saved = clerk.save(button, &name).await;
        said("report", office, files, roster, &more);
        let made = fs::read_to_string(&page).expect("the program's page");
        assert_eq!(without_day(&saved), without_day(&made), "{name}");
    }
}

const EXPLAINED: &str = "**Better** than last year.\n- <b>doors</b> stay open at noon";

/// The office's own words are kept while they are typed.
async fn explain(clerk: &Clerk) {
    let browser = &clerk.browser;
    let typed = "const field = document.querySelector('#remarks'); field.value = given;
        field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.eval_with(typed, json!("Ask Director Wang, 13800001234.")).await;
    browser.until_text("look like a name or a number; the report prints them").await;
    browser.eval_with(typed, json!(EXPLAINED)).await;
    browser.until_text_in("section", "Kept on this computer.").await;
    clerk.look("the office's explanation").await;
    for language in ["zh", "en"] {
        browser.eval("document.querySelector('header [lang]').click()").await;
        for width in [360, 820, 1280] {
            browser.size(width, 1100).await;
            browser.expect_fits("results", width).await;
            browser.eval("document.querySelector('#remarks').closest('section').scrollIntoView()").await;
            browser.screenshot(&format!("results-files-{language}-{width}")).await;
        }
    }
    browser.size(1280, 800).await;
}

async fn count(engine: Engine) {
    let office = Office::open(&[PLAN]).await;
    let (tablet, files) = mixed(&office);
    let clerk = Clerk::open(engine, &office.url("office.html")).await;
    let browser = &clerk.browser;
    clerk.look("the first page").await;
    clerk.page("batches").await;
    clerk.look("the batches without a plan").await;
    clerk.choose_plan(TITLE).await;
    clerk.page("results").await;
    clerk.look("the results without a batch").await;

    // Without keys and roster everything is kept and nothing is counted yet.
    clerk.page("batches").await;
    clerk.look("no batch").await;
    clerk.pick("Open a folder", &files).await;
    browser.until_text("4 set apart").await;
    browser.until_text("5 files could not be used").await;
    for found in [
        "The device is not on the roster",
        "The signature does not hold",
        "Not a batch",
        "Another kind of Minping file",
    ] {
        browser.until_text_in(".finding", found).await;
    }
    clerk.look("batches of devices that nobody enrolled").await;
    clerk.open_keys(&office).await;
    clerk.page("roster").await;
    clerk.pick("Open a card file", &[file("east.minping-card", tablet.card("East side 3"))]).await;
    browser.click_text("They agree: enrol").await;
    browser.until_text("Issue 1, 1 devices").await;
    clerk.until_done().await;
    let roster = clerk.save("Save the roster file", &format!("{PLAN}.minping-roster")).await;

    clerk.page("batches").await;
    browser.until_text("Device East side 3 lacks batch 3").await;
    browser.until_text("The same batch was also opened as (counted once): round/copy of 1.minping").await;
    let opened = "return [...document.querySelectorAll('.tile')].some((tile) => tile.querySelector('dt').innerText.startsWith('Records waiting') && tile.querySelector('dd').innerText === '0')";
    browser.until("every record to be opened", opened).await;
    let account = clerk.account().await;
    for (name, number) in [
        ("Records counted", 21),
        ("Batches admitted", 3),
        ("Batches set apart", 1),
        ("Records in batches set apart (not counted)", 1),
        ("Files that are no batch", 5),
        ("Missing batches", 1),
        ("Forks", 0),
    ] {
        assert_eq!(account[name], number, "{name} in {account:#}");
    }
    clerk.look("the account").await;
    clerk.open_batches(&files[..1]).await;
    browser.until_text("1 were here already").await;
    assert_eq!(clerk.account().await["Records counted"], 21);

    clerk.page("results").await;
    let before = shown(&clerk).await;
    let rows: Value =
        serde_json::from_str(&said("tally", &office, &files, &roster, &["--format=json", "--by=indicator"]))
            .expect("JSON");
    let text = |key: &str| rows[0][key].to_string().trim_matches('"').to_owned();
    let number = |key: &str| format!("{:.2}", text(key).parse::<f64>().unwrap_or_else(|_| panic!("{key} in {rows:#}")));
    let rate = format!("{:.1}%", text("satisfaction_rate").parse::<f64>().expect("a rate"));
    let counts = ["satisfied", "fairly_satisfied", "not_very_satisfied", "dissatisfied"]
        .map(|grade| text(&format!("grade.{grade}")))
        .join(" ");
    assert_eq!(before, json!([number("score"), number("score"), rate, text("n"), counts]), "{rows:#}");
    browser.click(".unit-button").await;
    browser.until_shown(".details .inner").await;
    clerk.look("the results").await;
    // Another language has drawn the table anew.
    browser.click(".unit-button").await;
    browser.until_shown(".details .inner").await;
    defended(&clerk, &rows[0]).await;
    assert_eq!(browser.eval("return document.querySelectorAll('.knowledge').length").await, 0, "nobody was asked");
    // What a resident wrote is text, whatever it looks like.
    browser.click_text("Your opinions and suggestions").await;
    browser.until_text(SCRIPT).await;
    assert_eq!(browser.eval("return window.broken || 0").await, 0);

    let saved = clerk.save("Save as JSON", &format!("{PLAN}-stage-2.json")).await;
    assert_eq!(serde_json::from_str::<Value>(&saved).expect("JSON"), rows, "the file is the program's");
    let csv = clerk.save("Save as CSV", &format!("{PLAN}-stage-2.csv")).await;
    assert_eq!(csv, said("tally", &office, &files, &roster, &["--format=csv", "--by=indicator"]));

    exported(&clerk, &office, &files, &roster).await;

    explain(&clerk).await;

    // The report is the program's too, but for what the office calls the files and the hour of the day.
    let out = office.folder().join("report.html");
    let to = ["--out=", &out.to_string_lossy()].concat();
    let words = office.folder().join("explained.txt");
    fs::write(&words, EXPLAINED).expect("the office's words");
    let words = ["--remarks=", &words.to_string_lossy()].concat();
    for (kind, more) in [("internal", vec![&*to, &*words]), ("published", vec![&*to, &*words, "--publish"])] {
        let saved = clerk.save("Save the report", &format!("{PLAN}-stage-2-{kind}.html")).await;
        said("report", &office, &files, &roster, &more);
        let made = fs::read_to_string(&out).expect("the program's report");
        assert_eq!(without_day(&saved), without_day(&made), "{kind}");
        assert_eq!(saved.contains("&lt;script&gt;"), kind == "internal", "people's own words, as words");
        assert!(!saved.contains("<script"));
        assert!(saved.contains("<strong>Better</strong>") && saved.contains("&lt;b&gt;doors&lt;/b&gt;"), "{kind}");
        browser.click_text("Show as published").await;
    }

    clerk.reload().await;
    browser.until_text(TITLE).await;
    clerk.page("batches").await;
    browser.until_text("Open the key file first").await;
    assert_eq!(clerk.account().await["Records waiting to be opened"], 21);
    clerk.open_keys(&office).await;
    clerk.page("batches").await;
    browser.until("every record", "return [...document.querySelectorAll('.tile dd')][0]?.innerText === '21'").await;
    clerk.page("results").await;
    assert_eq!(shown(&clerk).await, before, "after a reload");
    browser.until("the office's words", "return !!document.querySelector('#remarks')?.value.includes('noon')").await;
    browser.expect_no_errors().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mixed_folder_gives_the_numbers_of_the_program_and_is_there_after_a_reload_in_chromium() {
    count(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mixed_folder_gives_the_numbers_of_the_program_and_is_there_after_a_reload_in_firefox() {
    count(Engine::Firefox).await;
}
