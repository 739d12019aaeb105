use serde_json::json;

use crate::rig::{Browser, HANG};
use crate::{ALONE, ENGINES, Engine, OPEN, Page, Profile, Rig, count, expect_no_fault, open, times};

async fn open_two(rig: &Rig, engine: Engine, profile: &Profile) -> (Browser, Page, Page) {
    let ((one, first), (two, second)) = (rig.page(), rig.page());
    let browser = Browser::start_two(engine, &profile.path(), &first, &second).await;
    one.run(OPEN).await;
    two.run(OPEN).await;
    (browser, one, two)
}

/// Each edit adds an entry of its own and its name to a list that both tabs write.
fn edit(tab: &str, edits: usize) -> String {
    format!(
        "for (let n = 0; n < {edits}; n += 1) {{
            const id = `{tab}${{n}}`;
            for (;;) {{
                const list = JSON.parse(probe.get('setting/list') || '[]');
                const changes = [[`sealed/${{id}}`, id], ['setting/list', JSON.stringify([...list, id])]];
                const outcome = await probe.commit(JSON.stringify(changes));
                if (outcome === 'two') break;
                if (!outcome.includes('Conflict')) throw new Error(outcome);
            }}
        }}"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_lose_and_double_none_of_their_interleaved_edits() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        let runs = times(1, 10);
        for run in 0..runs {
            let rig = Rig::start().await;
            let profile = Profile::new();
            let (browser, one, two) = open_two(&rig, engine, &profile).await;
            one.begin(&edit("a", 100));
            two.begin(&edit("b", 100));
            one.end().await;
            two.end().await;
            expect_no_fault(&one).await;
            expect_no_fault(&two).await;
            browser.kill();
            let (_browser, page) = open(&rig, engine, &profile).await;
            let list = page.text("return probe.get('setting/list')").await;
            let mut list: Vec<String> = serde_json::from_str(&list).expect("a list");
            let sealed = page.text("return probe.list('sealed/')").await;
            let sealed: Vec<(String, String)> = serde_json::from_str(&sealed).expect("pairs");
            assert_eq!((list.len(), sealed.len()), (200, 200), "{engine:?}, run {run}");
            list.sort();
            list.dedup();
            assert_eq!(list.len(), 200, "{engine:?}, run {run}: doubled");
            assert_eq!(crate::health(&page).await["unreadable"], 0);
        }
        count("two tabs, 200 interleaved edits", engine, runs, "0 lost, 0 doubled");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_written_by_one_tab_and_can_be_taken_over_with_its_last_keystroke() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        let rig = Rig::start().await;
        let profile = Profile::new();
        let (_browser, one, two) = open_two(&rig, engine, &profile).await;
        assert_eq!(one.run("return await probe.lock('draft/a')").await, json!(true));
        assert_eq!(two.run("return await probe.lock('draft/a')").await, json!(false));
        one.run("probe.put_soon('draft/a', 'typed by one')").await;
        assert_eq!(two.run("return await probe.take_over('draft/a')").await, json!(true));
        assert_eq!(two.text("return probe.get('draft/a')").await, "typed by one");
        assert_eq!(one.run("return probe.held('draft/a')").await, json!(false));
        assert_eq!(two.run("return probe.held('draft/a')").await, json!(true));
        two.run("probe.put('draft/a', 'typed by two'); await probe.flush()").await;
        let seen = "for (let n = 0; n < 200 && probe.get('draft/a') !== 'typed by two'; n += 1) await pause(10);
            return probe.get('draft/a')";
        assert_eq!(one.text(seen).await, "typed by two");
        two.run("probe.release('draft/a')").await;
        let again =
            "for (let n = 0; n < 200; n += 1) { if (await probe.lock('draft/a')) return true; await pause(10) }";
        assert_eq!(one.run(again).await, json!(true));
        expect_no_fault(&one).await;
        expect_no_fault(&two).await;
    }
}

/// The other tab hangs, so that it can neither save nor let go. It wakes with text that is older than what was written since.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_taken_from_a_tab_that_does_not_answer_and_its_late_text_is_kept_aside() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        let rig = Rig::start().await;
        let profile = Profile::new();
        let (browser, one, two) = open_two(&rig, engine, &profile).await;
        one.run("await probe.lock('draft/a'); probe.put('draft/a', 'first'); await probe.flush()").await;
        one.begin(
            "
            report('hangs');
            await pause(50);
            const end = Date.now() + 5000;
            while (Date.now() < end);
            // More changes than the other tab has made: a higher revision, and yet not the newer text.
            for (let n = 0; n < 5; n += 1) probe.put('draft/a', `late ${n}`);
            await probe.flush();
            return probe.held('draft/a');",
        );
        one.reported(|report| report == "hangs").await;
        assert_eq!(two.run("return await probe.take_over('draft/a')").await, json!(true), "{engine:?}");
        let second = "probe.put('draft/a', 'second'); await probe.flush();
            probe.put('draft/a', 'third'); await probe.flush(); return probe.saved('draft/a')";
        assert_eq!(two.text(second).await, "two");
        one.wake();
        assert_eq!(one.end().await, json!(false));
        // What was shown as saved stands in both tabs; the late text is aside, not gone.
        let everything = "let rescue;
        for (let n = 0; n < 20; n += 1) {
            rescue = probe.rescue();
            if (rescue.includes('third') && rescue.includes('late 4')) break;
            await pause(100);
        }
        return rescue";
        for page in [&one, &two] {
            let rescue = page.text(everything).await;
            assert!(rescue.contains("third") && rescue.contains("late 4"), "{engine:?}: {rescue}");
        }
        for page in [&one, &two] {
            assert_eq!(page.text("return probe.get('draft/a')").await, "third", "{engine:?}");
        }
        browser.kill();
        let (_browser, page) = open(&rig, engine, &profile).await;
        assert_eq!(page.text("return probe.get('draft/a')").await, "third", "{engine:?}, after a kill");
    }
}

/// A take-over that the other tab answers in time leaves no claim behind that would lock everyone out later.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_can_go_back_and_forth_between_tabs() {
    let _alone = ALONE.lock().await;
    for engine in ENGINES {
        let rig = Rig::start().await;
        let profile = Profile::new();
        let (_browser, one, two) = open_two(&rig, engine, &profile).await;
        one.run("await probe.lock('draft/a')").await;
        // The first tab hangs, so that the second one's polite request is still queued when it takes the draft.
        one.begin(HANG);
        one.reported(|report| report == "hangs").await;
        two.run("await probe.take_over('draft/a'); probe.put('draft/a', 'two')").await;
        one.wake();
        one.end().await;
        two.run("probe.release('draft/a')").await;
        for page in [&one, &two, &one] {
            let again =
                "for (let n = 0; n < 50; n += 1) { if (await probe.lock('draft/a')) return true; await pause(10) }
                return false";
            assert_eq!(page.run(again).await, json!(true), "{engine:?}");
            page.run("probe.release('draft/a')").await;
        }
    }
}
