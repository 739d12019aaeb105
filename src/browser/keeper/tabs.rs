//! Several tabs of one device: who may write a draft, and how each learns what the others wrote.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Keeper, SaveError, Standing};
use crate::browser::clock::{sleep, within};
use crate::browser::locks::{self, Ask, Lock};
use crate::store::{Entry, decode_log};

/// How long the other tab has to save and let go before the draft is taken from it.
const GRACE: i32 = 2000;
const RELEASE: &str = "release ";
const DISTRUST: &str = "distrust";

/// The right to write one draft. Dropping it lets another tab have it.
pub struct DraftLock {
    slot: Rc<RefCell<Option<Lock>>>,
    key: String,
    keeper: Keeper,
    lost: Rc<Cell<bool>>,
}

impl DraftLock {
    /// False once another tab has taken over: show the draft read-only.
    pub fn held(&self) -> bool {
        !self.lost.get() && self.slot.borrow().as_ref().is_some_and(|lock| !lock.lost())
    }
}

impl Drop for DraftLock {
    fn drop(&mut self) {
        // The next holder must find the last keystroke in the journals.
        let lock = self.slot.take();
        let (keeper, key) = (self.keeper.clone(), std::mem::take(&mut self.key));
        let mut held = self.keeper.0.held.borrow_mut();
        if held.get(&key).is_some_and(|holding| Rc::ptr_eq(&holding.slot, &self.slot)) {
            held.remove(&key);
        }
        drop(held);
        if lock.is_some() {
            spawn_local(async move {
                let _ = keeper.flush().await;
                drop(lock);
            });
        }
    }
}

/// What a tab that holds a draft needs to let it go when asked.
pub(super) struct Holding {
    slot: Rc<RefCell<Option<Lock>>>,
    lost: Rc<Cell<bool>>,
}

impl Keeper {
    /// The right to write a draft; `None` while another tab has it.
    pub async fn lock(&self, key: &str) -> Option<DraftLock> {
        self.acquire(key, Ask::IfFree).await
    }

    /// As [`Keeper::lock`], but asks the other tab to save and let go, and takes the draft if it does not answer. Read the
    /// draft again afterwards. `None` only where the browser has no locks.
    pub async fn take_over(&self, key: &str) -> Option<DraftLock> {
        let mut message = String::from(RELEASE);
        message.push_str(key);
        self.post(&message.into());
        if let Some(Some(lock)) = within(GRACE, self.acquire(key, Ask::Wait)).await {
            return Some(lock);
        }
        self.acquire(key, Ask::Steal).await
    }

    async fn acquire(&self, key: &str, ask: Ask) -> Option<DraftLock> {
        let mut name = String::from("minping-");
        name.push_str(self.0.space);
        name.push(':');
        name.push_str(key);
        let lost = Rc::new(Cell::new(false));
        let on_lost = {
            let (keeper, key, lost) = (self.clone(), key.to_owned(), lost.clone());
            move || {
                lost.set(true);
                keeper.0.lost.borrow_mut().insert(key.clone(), ());
                keeper.notify(&key);
            }
        };
        let lock = locks::acquire_watched(&name, ask, Some(Box::new(on_lost))).await?;
        self.refresh(key).await;
        self.0.lost.borrow_mut().remove(key);
        let slot = Rc::new(RefCell::new(Some(lock)));
        let holding = Holding { slot: slot.clone(), lost: lost.clone() };
        self.0.held.borrow_mut().insert(key.to_owned(), holding);
        Some(DraftLock { slot, key: key.to_owned(), keeper: self.clone(), lost })
    }

    /// Looks for what another tab wrote last.
    async fn refresh(&self, key: &str) {
        if let Some(cached) = self.0.cache.read_one(key) {
            self.adopt(cached);
        }
        if let Some(indexed) = &self.0.indexed
            && *self.0.indexed_standing.borrow() == Standing::Trusted
            && let Some(Ok(Some(stored))) = within(GRACE, indexed.read_one(key)).await
        {
            self.adopt(stored);
        }
    }

    /// Takes what another tab wrote, if it is newer.
    pub(super) fn adopt(&self, entry: Entry) {
        let key = entry.key.clone();
        {
            let mut entries = self.0.entries.borrow_mut();
            if entries.get(&key).is_some_and(|held| held.revision > entry.revision || *held == entry) {
                return;
            }
            if let Some(seen) = self.0.seen.borrow_mut().get_mut(&key) {
                *seen = entry.revision;
            }
            entries.insert(key.clone(), entry);
        }
        self.notify(&key);
    }

    pub(super) fn listen(&self) {
        let Some(channel) = &self.0.channel else { return };
        let keeper = self.clone();
        let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| keeper.receive(&event.data()));
        channel.set_onmessage(Some(listen.into_js_value().unchecked_ref::<Function>()));
    }

    fn receive(&self, message: &JsValue) {
        if let Some(text) = message.as_string() {
            if text == DISTRUST {
                self.distrust_indexed(SaveError::Failed("it failed in another tab".into()));
            } else if let Some(key) = text.strip_prefix(RELEASE) {
                self.let_go(key);
            }
        } else if let Some(bytes) = message.dyn_ref::<Uint8Array>() {
            for entry in decode_log(&bytes.to_vec()).steps.into_iter().flatten() {
                // What this tab is typing is settled by the journals, not by hearsay.
                if !self.0.dirty.borrow().contains_key(&entry.key) {
                    self.adopt(entry);
                }
            }
        }
    }

    /// Saves and lets another tab have the draft.
    fn let_go(&self, key: &str) {
        let Some(holding) = self.0.held.borrow_mut().remove(key) else { return };
        holding.lost.set(true);
        self.0.lost.borrow_mut().insert(key.to_owned(), ());
        self.notify(key);
        let keeper = self.clone();
        spawn_local(async move {
            // Unsaved text is in local storage and in this tab's memory; the other tab takes what it finds.
            let _ = keeper.flush().await;
            // Messages of the flush are on their way before the lock is.
            sleep(0).await;
            drop(holding.slot.take());
        });
    }

    /// Tells the other tabs of a step, as it is in the log.
    pub(super) fn broadcast(&self, frame: &[u8]) {
        if self.0.channel.is_some() {
            self.post(&Uint8Array::from(frame).into());
        }
    }

    pub(super) fn tell_distrust(&self) {
        self.post(&DISTRUST.into());
    }

    fn post(&self, message: &JsValue) {
        if let Some(channel) = &self.0.channel {
            // Another tab that does not hear it finds it in the journals.
            let _ = channel.post_message(message);
        }
    }
}

/// Where the browser has no channels, tabs see each other's changes when they lock a draft.
pub(super) fn open_channel(space: &str) -> Option<BroadcastChannel> {
    let mut name = String::from("minping-");
    name.push_str(space);
    BroadcastChannel::new(&name).ok()
}
