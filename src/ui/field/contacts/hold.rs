//! The case that is this device's own while it is called, at the office's receiver: renewed as long as the call and the interview
//! last, given back at the end. Without a network nothing is held, and nothing waits for it.

use crate::browser::clock::Timer;
use crate::plan::Plan;
use crate::session::PlanRef;
use crate::ui::device::{Claimed, Device};
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;

/// A claim lasts so many minutes, and is renewed well before.
const MINUTES: u64 = 10;
const RENEWED: i32 = 4 * 60_000;

#[derive(Clone)]
pub struct Hold {
    pub device: Device,
    pub plan: Rc<Plan>,
    pub reference: PlanRef,
    pub round: String,
    pub case: String,
}

impl Hold {
    fn is(&self, other: &Hold) -> bool {
        self.reference.id == other.reference.id && self.round == other.round && self.case == other.case
    }

    async fn ask(&self, minutes: u64) -> Claimed {
        self.device.claim(&self.plan, &self.reference, &self.round, &self.case, minutes).await
    }
}

thread_local! {
    /// One for the page: a caller is in one call.
    static HELD: RefCell<Option<(Hold, Timer)>> = const { RefCell::new(None) };
}

/// Claims a case, and keeps it from then on where it was given; what was held before is given back.
pub async fn take(hold: Hold) -> Claimed {
    let kept = HELD.with_borrow(|held| held.as_ref().is_some_and(|(held, _)| held.is(&hold)));
    if !kept {
        let_go();
    }
    let claimed = hold.ask(MINUTES).await;
    match claimed {
        // Whether it was given, or is to be had when there is a network again.
        Claimed::Yours | Claimed::Offline => keep(hold),
        _ => let_go(),
    }
    claimed
}

fn keep(hold: Hold) {
    let timer = Timer::start(RENEWED, || {
        let Some(hold) = HELD.with_borrow(|held| held.as_ref().map(|(hold, _)| hold.clone())) else { return };
        spawn_local(async move {
            hold.ask(MINUTES).await;
            // Unless it was given back meanwhile.
            if HELD.with_borrow(|held| held.as_ref().is_some_and(|(held, _)| held.is(&hold))) {
                keep(hold);
            }
        });
    });
    // What was there is dropped outside of the borrow: a timer may be ending itself.
    let before = HELD.with_borrow_mut(|held| held.replace((hold, timer)));
    drop(before);
}

/// Gives back what is held.
pub fn let_go() {
    let held = HELD.with_borrow_mut(Option::take);
    if let Some((hold, timer)) = held {
        drop(timer);
        spawn_local(async move { _ = hold.ask(0).await });
    }
}
