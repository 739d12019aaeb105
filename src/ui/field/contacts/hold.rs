//! The case that is this device's own while it is called, at the office's receiver: renewed as long as the call and the interview
//! last, given back at the end. Without a network nothing is held, and nothing waits for it.

use crate::browser::clock::{self, Timer};
use crate::plan::Plan;
use crate::session::PlanRef;
use crate::ui::device::{Claimed, Device};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A claim lasts so many minutes, and is renewed well before.
const MINUTES: u64 = 10;
const LEASE: i64 = MINUTES as i64 * 60_000;
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

/// What is held, and who is told when it is not this device's own any more.
struct Held {
    hold: Hold,
    told: Rc<dyn Fn(Claimed)>,
    /// When the receiver last said that it is.
    since: Cell<Option<i64>>,
    /// Asks again.
    timer: RefCell<Option<Timer>>,
}

thread_local! {
    /// How often it was said what is to be held: an answer to anything but the last wish comes too late.
    static TURN: Cell<u64> = const { Cell::new(0) };
    /// What is to be held; one for the page, since a caller is in one call.
    static WANTED: RefCell<Option<Hold>> = const { RefCell::new(None) };
    static HELD: RefCell<Option<Rc<Held>>> = const { RefCell::new(None) };
}

/// Which wish is the last one.
pub fn turn() -> u64 {
    TURN.get()
}

fn want(hold: Option<Hold>) -> u64 {
    TURN.set(TURN.get() + 1);
    WANTED.replace(hold);
    TURN.get()
}

fn is_wanted(hold: &Hold) -> bool {
    WANTED.with_borrow(|wanted| wanted.as_ref().is_some_and(|wanted| wanted.is(hold)))
}

fn is_held(held: &Rc<Held>) -> bool {
    HELD.with_borrow(|now| now.as_ref().is_some_and(|now| Rc::ptr_eq(now, held)))
}

/// Claims a case, and keeps it from then on where it was given; what was held before is given back. `told` hears of it when the case
/// is somebody else's later on, or nobody can say any more. `None`: another case is wanted by now, or none.
pub async fn take(hold: Hold, told: impl Fn(Claimed) + 'static) -> Option<Claimed> {
    let turn = want(Some(hold.clone()));
    release();
    let claimed = hold.ask(MINUTES).await;
    if turn != TURN.get() {
        // Given too late: nobody is to wait for it.
        if claimed == Claimed::Yours && !is_wanted(&hold) {
            give_back(hold);
        }
        return None;
    }
    // Whether it was given, or is to be had when there is a network again.
    if matches!(claimed, Claimed::Yours | Claimed::Offline) {
        let since = Cell::new((claimed == Claimed::Yours).then(clock::now));
        let held = Rc::new(Held { hold, told: Rc::new(told), since, timer: RefCell::new(None) });
        HELD.replace(Some(held.clone()));
        renew_later(held);
    }
    Some(claimed)
}

fn renew_later(held: Rc<Held>) {
    let renewed = held.clone();
    let timer = Timer::start(RENEWED, move || {
        let held = renewed.clone();
        spawn_local(async move { renew(held).await });
    });
    // The timer before may be the one that is ending: it is dropped outside of the borrow.
    let before = held.timer.replace(Some(timer));
    drop(before);
}

async fn renew(held: Rc<Held>) {
    if !is_held(&held) {
        return;
    }
    let claimed = held.hold.ask(MINUTES).await;
    if !is_held(&held) {
        // Given back meanwhile, and the renewal may have come after that.
        if claimed == Claimed::Yours && !is_wanted(&held.hold) {
            give_back(held.hold.clone());
        }
        return;
    }
    let now = clock::now();
    match claimed {
        Claimed::Yours => {
            let again = held.since.replace(Some(now)).is_none_or(|since| now - since >= LEASE);
            if again {
                (held.told)(claimed);
            }
        }
        // It is not asked for again: who has it is in a call.
        Claimed::Other(_) => {
            HELD.replace(None);
            held.timer.replace(None);
            return (held.told)(claimed);
        }
        Claimed::Offline | Claimed::Unkept | Claimed::Stranger => {
            if held.since.get().is_some_and(|since| now - since >= LEASE) {
                (held.told)(claimed);
            }
        }
    }
    renew_later(held);
}

/// Ends the renewals, and gives back what is held unless it is what is wanted.
fn release() {
    let Some(held) = HELD.replace(None) else { return };
    let timer = held.timer.replace(None);
    drop(timer);
    if !is_wanted(&held.hold) {
        give_back(held.hold.clone());
    }
}

fn give_back(hold: Hold) {
    spawn_local(async move {
        hold.ask(0).await;
        // Wanted anew meanwhile: this may have come after that claim.
        if is_wanted(&hold) {
            hold.ask(MINUTES).await;
        }
    });
}

/// Gives back what is held.
pub fn let_go() {
    want(None);
    release();
}

/// The same, unless something else was wanted since.
pub fn let_go_if(turn: u64) {
    if turn == TURN.get() {
        let_go();
    }
}
