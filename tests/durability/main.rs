//! The fault list of the durability design, run in real browsers on the real keeper. `scripts/durability` runs it whole
//! and prints counts; an ordinary `cargo test` runs each row a few times.

mod answering;
mod blocked;
mod disk;
mod faults;
mod killed;
mod power;
mod recovery;
mod rig;
mod tabs;

use std::path::PathBuf;
use std::sync::LazyLock;

use rig::{Browser, ENGINES, Engine, Page, Rig};
use tempfile::TempDir;

/// One row at a time: a browser that shares two cores with another proves nothing about either.
static ALONE: LazyLock<tokio::sync::Mutex<()>> = LazyLock::new(|| tokio::sync::Mutex::new(()));

const OPEN: &str = "const error = await probe.open(); if (error) throw error;";

/// How often a row is run: `few` in an ordinary test, `whole` for the fault list.
fn times(few: usize, whole: usize) -> usize {
    if is_whole() { whole } else { few }
}

/// Only the fault list holds the seconds against their limits: an ordinary test may run on a machine that is busy.
fn is_whole() -> bool {
    std::env::var_os("MINPING_DURABILITY_WHOLE").is_some()
}

/// One line of the table that `scripts/durability` prints.
fn count(row: &str, engine: Engine, runs: usize, found: &str) {
    println!("durability | {row} | {engine:?} | {runs} | {found}");
}

struct Profile {
    folder: TempDir,
}

impl Profile {
    fn new() -> Profile {
        Profile { folder: tempfile::tempdir().expect("a scratch folder") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("profile")
    }
}

/// A browser with one page; the keeper is not open yet.
fn start(rig: &Rig, engine: Engine, profile: &Profile) -> (Browser, Page) {
    let (page, address) = rig.page();
    (Browser::start(engine, &profile.path(), &address), page)
}

/// A browser with one page that has the keeper open.
async fn open(rig: &Rig, engine: Engine, profile: &Profile) -> (Browser, Page) {
    let (browser, page) = start(rig, engine, profile);
    page.run(OPEN).await;
    (browser, page)
}

async fn health(page: &Page) -> serde_json::Value {
    serde_json::from_str(&page.text("return probe.health()").await).expect("JSON")
}

/// No uncaught error and no panic in the page.
async fn expect_no_fault(page: &Page) {
    assert_eq!(page.run("return faults").await, serde_json::json!([]), "{}", page.name());
}

/// Random numbers that a failed run can be repeated with: the seed is printed.
struct Dice(u64);

impl Dice {
    fn new() -> Dice {
        let seed = std::env::var("MINPING_SEED")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| std::time::SystemTime::UNIX_EPOCH.elapsed().expect("after 1970").as_nanos() as u64);
        println!("MINPING_SEED={seed}");
        Dice(seed | 1)
    }

    fn below(&mut self, end: u64) -> u64 {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_primitives_of_both_engines_give_the_published_values() {
    let _alone = ALONE.lock().await;
    let rig = Rig::start().await;
    for engine in ENGINES {
        let profile = Profile::new();
        let (_browser, page) = start(&rig, engine, &profile);
        assert_eq!(page.text("return await probe.crypto()").await, "", "{engine:?}: these are wrong");
        expect_no_fault(&page).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_keeps_its_one_key_through_a_kill_and_two_tabs_make_only_one() {
    let _alone = ALONE.lock().await;
    let rig = Rig::start().await;
    for engine in ENGINES {
        let profile = Profile::new();
        let ((one, first), (two, second)) = (rig.page(), rig.page());
        let browser = Browser::start_two(engine, &profile.path(), &first, &second).await;
        one.begin("return await probe.device()");
        two.begin("return await probe.device()");
        let (first, second) = (one.end().await, two.end().await);
        assert_eq!(first, second);
        browser.kill();
        let (_browser, page) = start(&rig, engine, &profile);
        assert_eq!(page.run("return await probe.device()").await, first);
    }
}
