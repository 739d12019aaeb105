use super::direct::{self, Direct};
use super::interview::interview;
use super::live::{Live, Pace};
use super::resident::{Outcome, Stage, Visit, code_key};
use super::welcome::broken;
use crate::browser::host::HOST;
use crate::session::{Disposition, Draft, Session};
use crate::store::DRAFT;
use crate::ui::device::CloseError;
use crate::ui::element::{Element, NotLoaded, button, chunk, el, follow, group, listen, on_demand};
use crate::ui::words::{answer as words, shell as frame_words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// What stood in the way of closing; 0 where nothing did.
const SEAL_FAILED: usize = 1;
const CLOSE_FAILED: usize = 2;
const NOT_LOADED: usize = 3;

/// The interview from a draft to the sealed answer.
pub fn answering(visit: Visit, draft: &Draft) -> Element {
    let Some(invitation) = visit.invitation() else { return group() };
    let Ok(session) = Session::resume(invitation.plan.clone(), draft.clone(), &HOST) else {
        return on_demand(move || broken(visit));
    };
    let mut key = String::from(DRAFT);
    key.push_str(&draft.id);
    let problem = RwSignal::new(0);
    let elsewhere = RwSignal::new(false);
    let live = if visit.kept() { open_kept(visit, session, &key, elsewhere) } else { Live::open(session, |_, _| {}) };
    let kept = visit.kept();
    if !kept {
        warn_before_leaving();
    }
    let saved_key = key.clone();
    let saved = Rc::new(move || if kept { visit.device.keep.saved(&saved_key) } else { None });
    let on_close = Rc::new(move |disposition| {
        problem.set(0);
        spawn_local(async move {
            if close(visit, live, disposition, problem).await.is_err() {
                let _ = live.closing.try_set(false);
                let _ = problem.try_set(NOT_LOADED);
            }
        });
    });
    let locked = move |locked| {
        if locked == 0 {
            return group();
        }
        let key = key.clone();
        let take = button("button").on("click", move |_| spawn_local(take_from_other(visit, key.clone(), problem)));
        let told = el("div", "banner warn stack tight").attr("role", "alert").child(el("p", "").say(words::LOCKED));
        el("div", "page").child(told.child(el("p", "").child(take.say(words::TAKE_OVER))))
    };
    let failed = |problem| match problem {
        0 => group(),
        NOT_LOADED => el("div", "page").child(el("p", "banner bad").say(frame_words::NOT_LOADED)),
        SEAL_FAILED => el("div", "page").child(el("p", "banner bad").say(words::SEAL_FAILED)),
        _ => el("div", "page").child(el("p", "banner bad").say(words::CLOSE_FAILED)),
    };
    group()
        .switch(move || usize::from(elsewhere.get()), locked)
        .child(interview(live, on_close, None, saved))
        .child(el("div", "").attr("role", "alert").switch(move || problem.get(), failed))
}

async fn take_from_other(visit: Visit, key: String, problem: RwSignal<usize>) {
    if take_over(visit, key).await.is_err() {
        let _ = problem.try_set(NOT_LOADED);
    }
}

#[chunk(later, fallible)]
fn take_over(visit: Visit, key: String) -> Result<(), NotLoaded> {
    spawn_local(take(visit, key));
    Ok(())
}

async fn take(visit: Visit, key: String) {
    let keeper = visit.device.keeper();
    let lock = keeper.take_over(&key).await;
    visit.hold(lock);
    // The other tab has saved all of it before it let go.
    match keeper.get(&key).and_then(|body: String| Draft::parse(&body).ok()) {
        Some(draft) => visit.show(Stage::Answering(Rc::new(draft))),
        None => visit.show(Stage::Welcome),
    }
}

/// A session whose every change is put into the draft, while this tab has the right to write it.
fn open_kept(visit: Visit, session: Session, key: &str, elsewhere: RwSignal<bool>) -> Live {
    let keeper = visit.device.keeper();
    let (writer, name) = (keeper.clone(), key.to_owned());
    if keeper.get(key).is_none() {
        keeper.put_draft(key, session.draft().encode());
    }
    let kept = keeper.clone();
    let live = Live::open(session, move |draft, pace| {
        let body = draft.encode();
        match pace {
            Pace::Now => writer.put_draft(&name, body),
            Pace::Soon => writer.put_draft_soon(&name, body),
        };
    })
    .keep_in(kept);
    let held = move || visit.held() == Some(true);
    let lose = move || {
        live.locked.set(true);
        elsewhere.set(true);
    };
    if !held() {
        let name = key.to_owned();
        spawn_local(async move {
            match keeper.lock(&name).await {
                Some(lock) => {
                    visit.hold(Some(lock));
                }
                None => {
                    let _ = live.locked.try_set(true);
                    let _ = elsewhere.try_set(true);
                }
            }
        });
    }
    follow(move || {
        visit.device.keep.track_drafts();
        if visit.held() == Some(false) {
            lose();
        }
    });
    live
}

/// Sealing and sending are needed once, at the end.
#[chunk(later, fallible)]
fn close(visit: Visit, live: Live, disposition: Disposition, problem: RwSignal<usize>) -> Result<(), NotLoaded> {
    if visit.kept() {
        visit.courier.set_out();
    }
    spawn_local(seal(visit, live, disposition, problem));
    Ok(())
}

async fn seal(visit: Visit, live: Live, disposition: Disposition, problem: RwSignal<usize>) {
    let Some(invitation) = visit.invitation() else { return };
    let Ok(mut record) = live.with(|session| session.close(disposition)) else {
        live.closing.set(false);
        return;
    };
    live.attach_to(&mut record);
    let (plan, token) = (&invitation.plan, invitation.token.as_str());
    if visit.kept() {
        let code = invitation.link.code.as_deref();
        let also = code.map(|code| (code_key(code), Some("sent".to_owned()))).into_iter().collect();
        match visit.device.close(plan, &record, Some(token), also).await {
            Ok(copies) => {
                // What cannot be packed now is sealed on the device, and packed when the app is opened next.
                let digest = visit.courier.send_off(&record.id).await.ok().flatten();
                visit.hold(None);
                return visit.show(Stage::Sent(Outcome::Kept(digest, copies)));
            }
            Err(CloseError::Seal(_)) => {
                live.closing.set(false);
                return problem.set(SEAL_FAILED);
            }
            // The device's storage failed; the network may not.
            Err(CloseError::Save(_)) => {}
        }
    }
    match direct::send(plan, &record, token).await {
        Direct::Failed => {
            live.closing.set(false);
            problem.set(SEAL_FAILED);
        }
        Direct::Stays { .. } if visit.kept() => {
            // The draft is still on the screen and, as far as the storage goes, on the device.
            live.closing.set(false);
            problem.set(CLOSE_FAILED);
        }
        outcome => visit.show(Stage::Sent(Outcome::Direct(outcome))),
    }
}

/// Asks the browser to ask before the page is closed, as long as the calling screen is shown.
pub fn warn_before_leaving() {
    listen(&window(), "beforeunload", |event| event.prevent_default());
}
