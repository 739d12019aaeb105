use crate::answering::list;
use crate::{ALONE, Dice, ENGINES, OPEN, Profile, Rig, count, health, open, start, times};

const DELETE_INDEXED: &str = "
    await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('minping-field');
        request.onsuccess = resolve;
        request.onerror = request.onblocked = reject;
    });";

const DELETE_LOG: &str = "
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('minping-field', { recursive: true });";

/// Cuts every log file at `at` thousandths of its length.
const CUT_LOG: &str = "
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('minping-field');
    for await (const file of folder.values()) {
        const bytes = await (await file.getFile()).arrayBuffer();
        const stream = await file.createWritable();
        await stream.write(bytes.slice(0, Math.floor(bytes.byteLength * AT / 1000)));
        await stream.close();
    }";

/// Turns one byte of every log file over.
const SPOIL_LOG: &str = "
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('minping-field');
    for await (const file of folder.values()) {
        const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
        bytes[Math.floor((bytes.length - 1) * AT / 1000)] ^= 255;
        const stream = await file.createWritable();
        await stream.write(bytes);
        await stream.close();
    }";

/// Removes about AT thousandths of the records, cuts as many short, and sets as many back to nonsense.
const SPOIL_INDEXED: &str = "
    let hit = false;
    const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open('minping-field', 1);
        request.onsuccess = () => resolve(request.result);
        request.onerror = reject;
    });
    await new Promise((resolve, reject) => {
        const transaction = database.transaction('entries', 'readwrite');
        transaction.oncomplete = resolve;
        transaction.onabort = reject;
        const request = transaction.objectStore('entries').openCursor();
        request.onsuccess = () => {
            const cursor = request.result;
            if (!cursor) return;
            // The first is always hit.
            const dice = Math.random() * (hit ? 3000 : 3 * AT);
            hit = true;
            if (dice < AT) cursor.delete();
            else if (dice < 2 * AT) cursor.update(cursor.value.slice(0, cursor.value.length / 2));
            else if (dice < 3 * AT) cursor.update({ not: 'a record' });
            cursor.continue();
        };
    });
    database.close();";

/// The entries of a list but for what lies aside.
fn kept(list: &str) -> Vec<(String, String)> {
    let mut list: Vec<(String, String)> = serde_json::from_str(list).expect("pairs");
    list.retain(|(key, _)| !key.starts_with("aside/"));
    list
}

/// Fills a space, does the damage with no keeper open, and sees that everything is there from the other journal.
async fn survives(row: &str, damage: &str, repaired: &str, few: usize, whole: usize) {
    let mut dice = Dice::new();
    for engine in ENGINES {
        let rig = Rig::start().await;
        let profile = Profile::new();
        let (_browser, page) = open(&rig, engine, &profile).await;
        let mut n = 0;
        let runs = times(few, whole);
        let mut promised = Vec::new();
        for run in 0..runs {
            let first = n + 1;
            n += 12;
            let fill = format!(
                "for (let n = {first}; n <= {n}; n += 1) {{
                    const body = `${{n}}:${{'满意very'.repeat(n * 7919 % 400)}}:${{n}}`;
                    if (n % 3) probe.put(`draft/${{n}}`, body);
                    else await probe.commit(JSON.stringify([[`sealed/${{n - 1}}`, body], [`draft/${{n - 1}}`, null]]));
                }}
                const error = await probe.flush();
                if (error) throw new Error(error);
                return probe.list('');"
            );
            let filled = page.text(&fill).await;
            promised = kept(&filled);
            // Not at the very ends, where the damage may touch nothing and there is nothing to tell.
            let at = 150 + dice.below(701);
            let place = format!("{row}, {engine:?}, run {run} at {at}");

            page.reload();
            page.run(&format!("localStorage.clear(); {}", damage.replace("AT", &at.to_string()))).await;
            page.reload();
            page.run(OPEN).await;
            assert_eq!(kept(&list(&page).await), promised, "{place}");
            let health = health(&page).await;
            assert_eq!(health["copies"], "two", "{place}: {health}");
            let told = health["notes"].to_string();
            assert!(told.contains(repaired), "{place}: {told}");

            // And the repair is in both.
            page.reload();
            page.run(OPEN).await;
            let again = crate::health(&page).await["notes"].to_string();
            assert!(!again.contains("Repaired"), "{place}: repaired again: {again}");
            assert_eq!(kept(&list(&page).await), promised, "{place}: after the repair");
        }
        count(row, engine, runs, &format!("0 of {} entries lost, told, both whole again", promised.len()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_back_after_the_database_was_deleted() {
    let _alone = ALONE.lock().await;
    survives("database deleted", DELETE_INDEXED, "Repaired { source: Indexed", 1, 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_back_after_the_log_was_deleted() {
    let _alone = ALONE.lock().await;
    survives("log deleted", DELETE_LOG, "Repaired { source: Log", 1, 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_back_after_the_log_was_cut_anywhere() {
    let _alone = ALONE.lock().await;
    survives("log cut", CUT_LOG, "Repaired { source: Log", 1, 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_back_after_a_byte_of_the_log_was_changed() {
    let _alone = ALONE.lock().await;
    survives("log spoilt", SPOIL_LOG, "Log", 1, 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_back_after_records_of_the_database_were_cut_changed_or_removed() {
    let _alone = ALONE.lock().await;
    survives("database spoilt", SPOIL_INDEXED, "Indexed", 1, 20).await;
}

/// Bytes of all log files, and how many there are.
const MEASURE_LOG: &str = "
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('minping-field');
    let bytes = 0, files = 0;
    for await (const file of folder.values()) {
        files += 1;
        // One that goes away meanwhile.
        try { bytes += (await file.getFile()).size; } catch { files += 1; }
    }";

/// A log that is mostly outdated is written anew at start-up; a kill while that goes on loses nothing. The database is
/// deleted each time, so that the log alone has to know.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_compacted_and_a_kill_meanwhile_loses_nothing() {
    let _alone = ALONE.lock().await;
    let mut dice = Dice::new();
    for engine in ENGINES {
        let rig = Rig::start().await;
        let profile = Profile::new();
        let runs = times(1, 20);
        for run in 0..runs {
            let (browser, page) = open(&rig, engine, &profile).await;
            let grow = format!(
                "
                for (let n = 0; n < 120; n += 1) {{
                    probe.put(`draft/${{n % 3}}`, `{run}:${{n}}:` + '满意'.repeat(1000));
                    await probe.flush();
                }}
                await probe.commit(JSON.stringify([['sealed/{run}', 'sealed {run}']]));
                return probe.list('')"
            );
            let written = page.text(&grow).await;
            drop(browser);
            let (browser, page) = open(&rig, engine, &profile).await;
            assert_eq!(list(&page).await, written, "{engine:?}, run {run}");
            tokio::time::sleep(std::time::Duration::from_millis(dice.below(80))).await;
            browser.kill();
            let (browser, page) = start(&rig, engine, &profile);
            page.run(&format!("localStorage.clear(); {DELETE_INDEXED}")).await;
            drop(browser);
            let (browser, page) = open(&rig, engine, &profile).await;
            assert_eq!(list(&page).await, written, "{engine:?}, run {run}: after a kill while compacting");
            let small = format!(
                "
                let found;
                for (let n = 0; n < 100; n += 1) {{
                    {MEASURE_LOG}
                    found = `${{bytes}} bytes in ${{files}} files `;
                    if (bytes < 100000) return '';
                    await pause(50);
                }}
                return found + JSON.stringify(await navigator.locks.query())"
            );
            let big = page.text(&small).await;
            assert_eq!(big, "", "{engine:?}, run {run}: it stays big: {}", health(&page).await);
            assert_eq!(health(&page).await["copies"], "two", "{engine:?}, run {run}");
            drop(browser);
        }
        count("log compacted, killed meanwhile", engine, runs, "0 lost, small again in the end");
    }
}

/// A page that is loaded again in the same tab must not take a database at its word that failed a moment ago.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_failed_is_distrusted_across_a_reload_and_trusted_after_a_restart() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        let rig = Rig::start().await;
        let profile = Profile::new();
        let (browser, page) = open(&rig, engine, &profile).await;
        page.run(
            "
            IDBObjectStore.prototype.put = function () { this.transaction.abort(); };
            probe.put('draft/a', 'x');
            await probe.flush();",
        )
        .await;
        page.reload();
        page.run(OPEN).await;
        let reloaded = health(&page).await;
        assert_eq!(reloaded["copies"], "one", "{engine:?}: {reloaded}");
        assert_eq!(page.text("return probe.get('draft/a')").await, "x");
        drop(browser);
        let (_browser, page) = open(&rig, engine, &profile).await;
        assert_eq!(health(&page).await["copies"], "two", "{engine:?}");
    }
}
