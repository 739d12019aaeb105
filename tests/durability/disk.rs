//! A disk that fills while someone types: a small file system in memory, mounted for the profile alone. Needs root.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::answering::list;
use crate::rig::Browser;
use crate::{ALONE, Engine, OPEN, Rig, count, expect_no_fault, is_whole, times};

struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// `None` where this process may not mount.
    fn mount(megabytes: u32) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "minping"]).arg(folder.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(SmallDisk { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }

    /// To the last byte.
    fn fill(&self) {
        use std::io::Write;
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(self.filler()).expect("the disk");
        let mut size = 1 << 20;
        while size > 0 {
            match file.write(&vec![0; size]) {
                Ok(written) if written > 0 => {}
                _ => size /= 2,
            }
        }
    }

    fn free(&self) {
        std::fs::remove_file(self.filler()).expect("the filler is there");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.folder.path()).output();
    }
}

/// Answers into fresh keys and returns `[key, body, state, milliseconds until the state]` of each.
fn answer(first: usize, last: usize, length: usize) -> String {
    format!(
        "const outcomes = [];
        for (let n = {first}; n <= {last}; n += 1) {{
            const key = `draft/${{n}}`, body = `${{n}}:${{'x'.repeat({length})}}`, start = performance.now();
            probe.put(key, body);
            while (probe.saved(key) === 'saving') await pause(2);
            outcomes.push([key, body, probe.saved(key), performance.now() - start]);
        }}
        return JSON.stringify(outcomes)"
    )
}

type Outcome = (String, String, String, f64);

async fn fill_while_typing(row: &str, more: Option<usize>, runs: usize) {
    let engine = Engine::Chromium;
    let mut told_after = 0.0_f64;
    let (mut failed, mut shown) = (0, 0);
    for run in 0..runs {
        let Some(disk) = SmallDisk::mount(160) else {
            // Said, not passed over: this row needs a file system of its own.
            println!("durability | {row} | {engine:?} | 0 | not run: mounting a small disk needs root");
            return;
        };
        let rig = Rig::start().await;
        let profile = disk.path().join("profile");
        let (page, address) = rig.page();
        let browser = Browser::start(engine, &profile, &address);
        page.run(OPEN).await;
        let mut outcomes: Vec<Outcome> = Vec::new();
        let answer = async |first, last, length| -> Vec<Outcome> {
            serde_json::from_str(&page.text(&answer(first, last, length)).await).expect("outcomes")
        };
        outcomes.extend(answer(1, 10, 2000).await);
        assert!(outcomes.iter().all(|outcome| outcome.2 == "two"), "{row}, run {run}: {outcomes:?}");

        disk.fill();
        let full = answer(11, 40, 20_000).await;
        let bad: Vec<&Outcome> = full.iter().filter(|outcome| outcome.2 != "two").collect();
        assert!(!bad.is_empty(), "{row}, run {run}: the disk was full and everything was called saved twice");
        told_after = bad.iter().fold(told_after, |most, outcome| most.max(outcome.3));
        failed += full.iter().filter(|outcome| outcome.2.starts_with("failed")).count();
        outcomes.extend(full);

        disk.free();
        outcomes.extend(answer(41, 46, 2000).await);
        if let Some(megabytes) = more {
            outcomes.extend(answer(47, 46 + megabytes, 1 << 20).await);
        }
        tokio::time::sleep(Duration::from_millis(1500)).await;
        // What failed at first may have been saved since, on its own.
        let states = page
            .text("return JSON.stringify(JSON.parse(probe.list('draft/')).map(([key]) => [key, probe.saved(key)]))");
        let states: Vec<(String, String)> = serde_json::from_str(&states.await).expect("pairs");
        expect_no_fault(&page).await;
        browser.kill();

        let (page, address) = rig.page();
        let _browser = Browser::start(engine, &profile, &address);
        page.run(OPEN).await;
        let found: Vec<(String, String)> = serde_json::from_str(&list(&page).await).expect("pairs");
        for (key, body, at_once, _) in &outcomes {
            let later = states.iter().find(|(of, _)| of == key).map_or("", |(_, state)| state.as_str());
            if ["one", "two"].contains(&at_once.as_str()) || ["one", "two"].contains(&later) {
                shown += 1;
                let held = found.iter().find(|(of, _)| of == key).map(|(_, body)| body.as_str());
                assert!(
                    held == Some(body),
                    "{row}, run {run}: {key} was shown as saved ({at_once}, {later}) and is lost"
                );
            }
        }
        let after = outcomes.iter().rev().take(6 + more.unwrap_or(0)).filter(|outcome| outcome.2 == "one").count();
        assert_eq!(after, 6 + more.unwrap_or(0), "{row}, run {run}: answers after the space returned: {outcomes:.0?}");
        assert_eq!(crate::health(&page).await["copies"], "two", "{row}, run {run}");
    }
    assert!(told_after < 1000.0 || !is_whole(), "{row}: a failure was told only after {told_after} ms");
    let found =
        format!("0 of {shown} shown as saved lost; {failed} said to be not saved; told within {told_after:.0} ms");
    count(row, engine, runs, &found);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_while_typing_loses_nothing_that_was_shown_as_saved() {
    let _alone = ALONE.lock().await;
    fill_while_typing("disk full, space returns, six answers", None, times(1, 20)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twelve_megabytes_after_a_full_disk_old_records_are_still_there() {
    let _alone = ALONE.lock().await;
    fill_while_typing("disk full, space returns, 12 MB more", Some(12), times(1, 20)).await;
}
