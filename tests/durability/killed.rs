use std::time::{Duration, Instant};

use crate::answering::{Promises, list, script};
use crate::{ALONE, Dice, ENGINES, Engine, OPEN, Profile, Rig, count, expect_no_fault, health, is_whole, open, times};

/// Kills a browser that answers, again and again on one profile; `pause` says how long to let it live.
async fn kill_repeatedly(
    row: &str,
    engine: Engine,
    kills: usize,
    mut dice: Dice,
    mut after_saved: impl FnMut(&mut Dice) -> Option<u64>,
) {
    let rig = Rig::start().await;
    let profile = Profile::new();
    let mut promises = Promises::default();
    let mut reports = 0;
    for kill in 0..=kills {
        let (browser, page) = open(&rig, engine, &profile).await;
        let broken = promises.broken(&list(&page).await);
        assert!(broken.is_empty(), "{row}, {engine:?}, after kill {kill}: {broken:?}");
        let health = health(&page).await;
        assert_eq!(health["copies"], "two", "{row}, {engine:?}, after kill {kill}: {health}");
        assert_eq!(health["unreadable"], 0, "{row}, {engine:?}, after kill {kill}: {health}");
        expect_no_fault(&page).await;
        if kill == kills {
            break;
        }
        page.begin(&script(1, 40));
        match after_saved(&mut dice) {
            Some(milliseconds) => {
                let many = 3 + dice.below(20) as usize;
                let mut saved = 0;
                while saved < many {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    saved = page.reports().iter().filter(|(_, report)| report.starts_with("saved")).count();
                }
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            }
            None => {
                page.reported(|report| report.starts_with("put")).await;
                tokio::time::sleep(Duration::from_millis(dice.below(2000))).await;
            }
        }
        browser.kill();
        reports += promises.take(&page);
    }
    count(row, engine, kills, &format!("0 lost, 0 torn of {} things in {reports} reports", promises.len()));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_shown_as_saved_is_lost_when_the_browser_is_killed_at_random_moments() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        kill_repeatedly("killed at random moments", engine, times(2, 200), Dice::new(), |_| None).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_when_the_browser_is_killed_right_after_saved() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        let after = |dice: &mut Dice| Some(dice.below(51));
        kill_repeatedly("killed 0–50 ms after saved", engine, times(2, 50), Dice::new(), after).await;
    }
}

/// Not even the last keystroke: local storage outlives the page's process.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_keystroke_is_back_within_two_seconds_of_a_dead_page_process() {
    let _alone = ALONE.lock().await;
    let rig = Rig::start().await;
    let profile = Profile::new();
    let mut dice = Dice::new();
    let (browser, mut page) = open(&rig, Engine::Chromium, &profile).await;
    let port = browser.debugging_port(&profile.path()).await;
    let mut promises = Promises::default();
    let mut slowest = Duration::ZERO;
    let kills = times(3, 50);
    for kill in 0..kills {
        page.begin(&script(1, 30));
        page.reported(|report| report.starts_with("put")).await;
        tokio::time::sleep(Duration::from_millis(dice.below(600))).await;
        browser.kill_pages();
        let dead = Instant::now();
        promises.take(&page);
        let (next, address) = rig.page();
        crate::rig::open_tab(port, &address).await;
        next.run(OPEN).await;
        let back = dead.elapsed();
        slowest = slowest.max(back);
        let list = list(&next).await;
        let broken = promises.broken(&list);
        assert!(broken.is_empty(), "after kill {kill}: {broken:?}");
        let newest = promises.last_put;
        // What was removed by a step in flight is not a keystroke any more.
        let found =
            newest % 40 > 36 || list.contains(&format!(":{newest}\"")) || list.contains(&format!("\"{newest}:"));
        assert!(found, "after kill {kill}: keystroke {newest} is not here");
        assert!(back < Duration::from_secs(2) || !is_whole(), "after kill {kill}: back after {back:?}");
        page = next;
    }
    let found = format!("0 lost of {} things and of the last keystrokes, back in {slowest:?} at most", promises.len());
    count("page process killed", Engine::Chromium, kills, &found);
}
