use crate::{ALONE, ENGINES, Profile, Rig, count, expect_no_fault, health, open, times};

/// One write with the fault in force, then more without it, then a restart: what was shown as saved is there.
async fn recovers(row: &str, cause: &str, after_fault: &str, afterwards: &str) {
    for engine in ENGINES {
        let rig = Rig::start_with_faults().await;
        let runs = times(1, 20);
        let profile = Profile::new();
        let (mut browser, mut page) = open(&rig, engine, &profile).await;
        for run in 0..runs {
            let state =
                page.text("probe.put('draft/a', 'before'); await probe.flush(); return probe.saved('draft/a')").await;
            assert_eq!(state, "two");
            let script =
                format!("{cause}; probe.put('draft/a', 'during'); await probe.flush(); return probe.saved('draft/a')");
            assert_eq!(page.text(&script).await, after_fault, "{row}, {engine:?}, run {run}: {}", health(&page).await);
            let script = "globalThis.heal && globalThis.heal();
                probe.put('draft/a', 'after'); await probe.flush(); return probe.saved('draft/a')";
            assert_eq!(page.text(script).await, afterwards, "{row}, {engine:?}, run {run}: {}", health(&page).await);
            expect_no_fault(&page).await;
            browser.kill();
            (browser, page) = open(&rig, engine, &profile).await;
            assert_eq!(page.text("return probe.get('draft/a')").await, "after", "{row}, {engine:?}, run {run}");
            let health = health(&page).await;
            assert_eq!(
                (&health["copies"], &health["unreadable"]),
                (&"two".into(), &0.into()),
                "{row}, {engine:?}: {health}"
            );
        }
        drop(browser);
        count(row, engine, runs, "never called saved in the journal that failed; whole after a restart");
    }
}

/// The log is opened anew and read back before it is written again, so it counts again at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_short_write_to_the_log_is_noticed_and_the_log_recovers() {
    let _alone = ALONE.lock().await;
    recovers("short OPFS write", "await probe_fault('short')", "one", "two").await;
}

/// IndexedDB is distrusted until the restart.
#[tokio::test(flavor = "multi_thread")]
async fn an_aborted_transaction_is_never_called_saved() {
    let _alone = ALONE.lock().await;
    let cause = "const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...all) {
            const request = put.apply(this, all);
            this.transaction.abort();
            return request;
        };
        globalThis.heal = () => { IDBObjectStore.prototype.put = put; }";
    recovers("aborted transaction", cause, "one", "one").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_severed_connection_is_opened_again() {
    let _alone = ALONE.lock().await;
    let cause = "const begin = IDBDatabase.prototype.transaction;
        let severed = false;
        IDBDatabase.prototype.transaction = function (...all) {
            if (!severed) { severed = true; this.close(); }
            return begin.apply(this, all);
        }";
    recovers("severed connection", cause, "two", "two").await;
}

/// A store that never answers is reported and left behind.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_log_is_not_waited_for_without_end() {
    let _alone = ALONE.lock().await;
    recovers("silent log", "await probe_fault('silent')", "one", "one").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_local_storage_keeps_the_old_value_and_the_journals_go_on() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        for (name, filler) in [("ASCII", "x"), ("Chinese", "满")] {
            let runs = times(1, 5);
            for run in 0..runs {
                let rig = Rig::start().await;
                let profile = Profile::new();
                let (browser, page) = open(&rig, engine, &profile).await;
                let old = page
                    .text(&format!(
                        "
                    probe.put('draft/a', 'old');
                    await probe.flush();
                    const old = localStorage.getItem('minping:field:draft/a');
                    let size = 4000000, n = 0;
                    while (size > 0) {{
                        try {{ localStorage.setItem(`filler${{n++}}`, '{filler}'.repeat(size)); }}
                        catch {{ size = Math.floor(size / 2); }}
                    }}
                    return old"
                    ))
                    .await;
                let state = page
                    .text(&format!(
                        "
                    probe.put('draft/a', '{filler}'.repeat(5000));
                    await probe.flush();
                    return probe.saved('draft/a')"
                    ))
                    .await;
                assert_eq!(state, "two", "{engine:?}, {name}, run {run}");
                assert_eq!(page.text("return localStorage.getItem('minping:field:draft/a')").await, old);
                assert_eq!(health(&page).await["cache"], "distrusted: Full");
                expect_no_fault(&page).await;
                drop(browser);
                let (_browser, page) = open(&rig, engine, &profile).await;
                let length = page.run("return probe.get('draft/a').length").await;
                assert_eq!(length, 5000, "{engine:?}, {name}, run {run}");
            }
            count(
                &format!("local storage full, {name}"),
                engine,
                runs,
                "old value kept, no panic, both journals went on",
            );
        }
    }
}

/// A newer version of the app opens the database in another tab: the old tab steps aside at once and goes on in the log.
#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_is_not_held_up_and_the_old_tab_goes_on() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        let runs = times(1, 10);
        let rig = Rig::start().await;
        for run in 0..runs {
            let profile = Profile::new();
            let (browser, page) = open(&rig, engine, &profile).await;
            let before = "probe.put('draft/a', 'before'); await probe.flush(); return probe.saved('draft/a')";
            assert_eq!(page.text(before).await, "two");
            let upgrade = "
                const newer = await new Promise((resolve, reject) => {
                    const request = indexedDB.open('minping-field', 2);
                    request.onupgradeneeded = () => request.result.createObjectStore('more');
                    request.onsuccess = () => resolve(request.result);
                    request.onblocked = () => reject(new Error('the old tab is in the way'));
                    request.onerror = () => reject(request.error);
                });
                const store = newer.transaction('entries').objectStore('entries');
                const kept = await new Promise((resolve) => {
                    const request = store.get('draft/a');
                    request.onsuccess = () => resolve(request.result);
                });
                newer.close();
                return kept";
            assert!(page.text(upgrade).await.ends_with(" 1 +before"), "{engine:?}, run {run}");
            let after = "probe.put('draft/a', 'after'); await probe.flush(); return probe.saved('draft/a')";
            assert_eq!(page.text(after).await, "one", "{engine:?}, run {run}: {}", health(&page).await);
            expect_no_fault(&page).await;
            browser.kill();
            let (_browser, page) = open(&rig, engine, &profile).await;
            assert_eq!(page.text("return probe.get('draft/a')").await, "after", "{engine:?}, run {run}");
        }
        count("upgrade with an old tab open", engine, runs, "not held up, draft whole, one copy and said");
    }
}
