use crate::rig::{Browser, Mode};
use crate::{ALONE, ENGINES, Profile, Rig, count, expect_no_fault, health};

#[tokio::test(flavor = "multi_thread")]
async fn blocked_cookies_are_named_and_nothing_panics() {
    let _alone = ALONE.lock().await;
    let rig = Rig::start().await;
    for engine in ENGINES {
        let profile = Profile::new();
        let (page, address) = rig.page();
        let _browser = Browser::start_in(engine, Mode::CookiesBlocked, &profile.path(), &[&address]);
        assert_eq!(page.text("return await probe.open()").await, "Blocked", "{engine:?}");
        expect_no_fault(&page).await;
        count("cookies blocked", engine, 1, "said, no panic");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_insecure_origin_is_named_and_nothing_panics() {
    let _alone = ALONE.lock().await;
    let rig = Rig::start().await;
    for engine in ENGINES {
        let profile = Profile::new();
        let (page, _) = rig.page();
        let address = rig.address("minping.example", page.name());
        let _browser = Browser::start(engine, &profile.path(), &address);
        assert_eq!(page.text("return await probe.open()").await, "Insecure", "{engine:?}");
        assert!(page.text("return await probe.device()").await.starts_with("failed"), "{engine:?}");
        expect_no_fault(&page).await;
        count("insecure origin", engine, 1, "said, no panic");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_window_works_and_says_how_many_copies_there_are() {
    let _alone = ALONE.lock().await;
    let rig = Rig::start().await;
    for engine in ENGINES {
        let profile = Profile::new();
        let (page, address) = rig.page();
        let _browser = Browser::start_in(engine, Mode::Private, &profile.path(), &[&address]);
        assert_eq!(page.text("return await probe.open()").await, "", "{engine:?}");
        let state = page.text("probe.put('draft/a', 'x'); await probe.flush(); return probe.saved('draft/a')").await;
        let health = health(&page).await;
        assert_eq!(health["copies"].as_str(), Some(state.as_str()), "{engine:?}: {health}");
        expect_no_fault(&page).await;
        count("private window", engine, 1, &format!("works with {state} of two journals, said, no panic"));
    }
}
