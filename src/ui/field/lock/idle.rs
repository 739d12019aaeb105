//! Locks when nobody has touched the device for so long; says so half a minute before.

use super::{Lock, is_handed};
use crate::browser::clock;
use crate::ui::element::listen;
use crate::vault::idle_minutes;
use leptos::{prelude::*, task::spawn_local};

/// How long before it locks it says so, in seconds.
const WARNING: u64 = 30;
const TOUCHES: [&str; 5] = ["pointerdown", "pointermove", "keydown", "wheel", "input"];

pub fn watch(lock: Lock) {
    for kind in TOUCHES {
        listen(&window(), kind, move |_| {
            lock.touched.set_value(clock::now());
            if lock.soon.with_untracked(Option::is_some) {
                lock.soon.set(None);
            }
        });
    }
    // Timers rest while the device sleeps: whoever wakes it finds it locked, not half a second later.
    listen(&document(), "visibilitychange", move |_| look(lock));
    spawn_local(async move {
        loop {
            clock::sleep(if lock.soon.with_untracked(Option::is_some) { 1000 } else { 3000 }).await;
            look(lock);
        }
    });
}

fn look(lock: Lock) {
    if lock.who.with_untracked(Option::is_none) {
        return;
    }
    if untrack(|| is_handed(lock)) {
        lock.touched.set_value(clock::now());
        return;
    }
    let Some(keeper) = untrack(|| lock.device.keep.keeper()) else { return };
    // A clock that was put back counts as time that has passed.
    let idle = clock::now().abs_diff(lock.touched.get_value()) / 1000;
    let limit = idle_minutes(&keeper) * 60;
    if idle >= limit {
        lock.shut_here();
    } else if idle + WARNING >= limit {
        lock.soon.set(Some(limit - idle));
    }
}
