//! The power is cut: the profile lies on an ext4 file system in a file, which is shut down without writing anything more
//! (EXT4_IOC_SHUTDOWN, no log flush), so that only what was synced before is there afterwards. Needs root.
//!
//! What this row has shown: Chromium does not sync the names in OPFS, only the bytes, so a log is lost when the power fails
//! before the system itself has written the names, as it does within half a minute of the first start; and Chromium may throw
//! its whole IndexedDB away at a start after a cut, when it has gone on writing behind a torn record. Each journal
//! fails in a way of its own and the other one brings everything back. Cut again and again with seconds between, both
//! can be gone: no promise is made for that. The row lets the system write once, then cuts once.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::answering::{Promises, list, script};
use crate::rig::Browser;
use crate::{ALONE, Dice, ENGINES, Engine, OPEN, Rig, count, expect_no_fault, health, times};

struct Machine {
    folder: tempfile::TempDir,
}

fn done(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

impl Machine {
    /// `None` where this process may not mount, or there is no ext4.
    fn make() -> Option<Machine> {
        let machine = Machine { folder: tempfile::tempdir().expect("a scratch folder") };
        let image = std::fs::File::create(machine.image()).expect("a file");
        image.set_len(400 << 20).expect("a sparse file");
        std::fs::create_dir(machine.root()).expect("a folder");
        (done(Command::new("mkfs.ext4").arg("-qF").arg(machine.image())) && machine.mount()).then_some(machine)
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    /// The file system's own timer is set far away: nothing reaches the disk that was not asked to.
    fn mount(&self) -> bool {
        done(Command::new("mount").args(["-o", "loop,commit=600"]).arg(self.image()).arg(self.root()))
    }

    /// As the system does by itself within half a minute.
    fn write_back(&self) {
        assert!(done(Command::new("sync").arg("-f").arg(self.root())), "the disk takes what waits for it");
    }

    fn cut_power(&self) {
        const EXT4_IOC_SHUTDOWN: libc::Ioctl = 0x8004_587d_u32 as libc::Ioctl;
        const NO_LOG_FLUSH: u32 = 2;
        let root = std::fs::File::open(self.root()).expect("the root is there");
        let descriptor = std::os::fd::AsRawFd::as_raw_fd(&root);
        // SAFETY: the descriptor is open, and the call reads one u32 through the pointer.
        let result = unsafe { libc::ioctl(descriptor, EXT4_IOC_SHUTDOWN, &NO_LOG_FLUSH) };
        assert_eq!(result, 0, "the file system is shut down: {}", std::io::Error::last_os_error());
    }

    fn restart(&self) {
        // The last of the killed processes may not have let go of its files yet.
        let end = Instant::now() + Duration::from_secs(10);
        while !done(Command::new("umount").arg(self.root())) {
            assert!(Instant::now() < end, "nothing uses the disk any more");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(self.mount(), "the disk is mounted again");
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.root()).output();
    }
}

async fn power_cuts(engine: Engine, cuts: usize) {
    let row = "power cut while answering";
    let mut dice = Dice::new();
    let (mut things, mut indexed, mut log) = (0, 0, 0);
    for cut in 0..cuts {
        let Some(machine) = Machine::make() else {
            println!("durability | {row} | {engine:?} | 0 | not run: needs root, loop devices and ext4");
            return;
        };
        let rig = Rig::start().await;
        let profile = machine.root().join("profile");
        let (page, address) = rig.page();
        let browser = Browser::start(engine, &profile, &address);
        page.run(OPEN).await;
        page.begin(&script(1, 40));
        page.reported(|report| report.starts_with("saved")).await;
        machine.write_back();
        tokio::time::sleep(Duration::from_millis(dice.below(3000))).await;
        machine.cut_power();
        browser.kill();
        let mut promises = Promises::default();
        promises.take(&page);
        machine.restart();

        let (page, address) = rig.page();
        let _browser = Browser::start(engine, &profile, &address);
        page.run(OPEN).await;
        let broken = promises.broken(&list(&page).await);
        let health = health(&page).await;
        assert!(broken.is_empty(), "{engine:?}, cut {cut}: {broken:?}, {health}");
        assert_eq!((&health["copies"], &health["unreadable"]), (&"two".into(), &0.into()), "{engine:?}: {health}");
        expect_no_fault(&page).await;
        let notes = health["notes"].to_string();
        indexed += usize::from(notes.contains("Repaired { source: Indexed"));
        log += usize::from(notes.contains("Repaired { source: Log"));
        things += promises.len();
    }
    let found =
        format!("0 lost, 0 torn of {things} things; the database repaired {indexed} times, the log {log} times");
    count(row, engine, cuts, &found);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_shown_as_saved_is_lost_when_the_power_is_cut() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        power_cuts(engine, times(1, 20)).await;
    }
}
