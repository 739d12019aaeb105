//! The power is cut: the profile lies on an ext4 file system in a file, which is shut down without writing anything more
//! (EXT4_IOC_SHUTDOWN, no log flush), so that only what was synced before is there afterwards. Needs root.

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
    let Some(machine) = Machine::make() else {
        println!("durability | {row} | {engine:?} | 0 | not run: needs root, loop devices and ext4");
        return;
    };
    let mut dice = Dice::new();
    let rig = Rig::start().await;
    let profile = machine.root().join("profile");
    let mut promises = Promises::default();
    let (mut reports, mut repaired) = (0, 0);
    for cut in 0..=cuts {
        let (page, address) = rig.page();
        let browser = Browser::start(engine, &profile, &address);
        page.run(OPEN).await;
        let broken = promises.broken(&list(&page).await);
        let health = health(&page).await;
        assert!(broken.is_empty(), "{engine:?}, after cut {cut}: {broken:?}, {health}");
        assert_eq!((&health["copies"], &health["unreadable"]), (&"two".into(), &0.into()), "{engine:?}: {health}");
        repaired += usize::from(health["notes"].to_string().contains("Repaired"));
        expect_no_fault(&page).await;
        if cut == cuts {
            break;
        }
        page.begin(&script(1, 40));
        page.reported(|report| report.starts_with("saved")).await;
        tokio::time::sleep(Duration::from_millis(dice.below(3000))).await;
        machine.cut_power();
        browser.kill();
        reports += promises.take(&page);
        machine.restart();
    }
    let found = format!(
        "0 lost, 0 torn of {} things in {reports} reports; one journal repaired from the other {repaired} times",
        promises.len()
    );
    count(row, engine, cuts, &found);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_shown_as_saved_is_lost_when_the_power_is_cut() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        power_cuts(engine, times(1, 20)).await;
    }
}
