//! How changes reach the journals: one step at a time, IndexedDB first because it alone checks the revision, then the log.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::indexed::Refusal;
use super::{Copies, Keeper, SaveError, Saved, Standing, startup};
use crate::browser::clock::{Timer, within};
use crate::browser::locks::{self, Ask};
use crate::browser::object::Deferred;
use crate::store::{Entry, Step, encode_frame};

/// A store that has not answered after so long is reported and left behind.
pub const PATIENCE: i32 = 10_000;
/// Typing reaches the journals no later than this.
const SOON: i32 = 300;
const IDLE: i32 = 20_000;
const LONGEST_PAUSE: i32 = 30_000;

/// First come, first served.
pub struct Turns(RefCell<Promise>);

/// The next one's turn comes when this is dropped.
pub struct Turn(Deferred);

impl Turns {
    pub fn new() -> Turns {
        Turns(RefCell::new(Promise::resolve(&JsValue::UNDEFINED)))
    }

    pub async fn take(&self) -> Turn {
        let turn = Turn(Deferred::new());
        let before = self.0.replace(turn.0.promise.clone());
        // It is only ever fulfilled.
        let _ = before.await;
        turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.resolve(&JsValue::UNDEFINED);
    }
}

fn no_answer() -> SaveError {
    SaveError::Failed("no answer in time".into())
}

impl Keeper {
    pub(super) fn pump_soon(&self) {
        if self.0.soon.borrow().is_none() {
            let keeper = self.clone();
            self.0.soon.replace(Some(Timer::start(SOON, move || keeper.pump())));
        }
    }

    /// Writes the drafts that wait. One write is in flight at a time; what is typed meanwhile goes into the next.
    pub(super) fn pump(&self) {
        if self.0.pumping.replace(true) {
            return;
        }
        let keeper = self.clone();
        spawn_local(async move {
            // An error is on the drafts' states.
            let _ = keeper.write_drafts().await;
            keeper.0.pumping.set(false);
            keeper.schedule_rest();
        });
    }

    fn schedule_rest(&self) {
        let keeper = self.clone();
        if self.0.dirty.borrow().is_empty() {
            self.0.idle.replace(Some(Timer::start(IDLE, move || keeper.tidy())));
        } else if self.0.failures.get() == 0 {
            // Typed after the last look.
            self.pump();
        } else {
            let pause = (1000 << self.0.failures.get().min(5)).min(LONGEST_PAUSE);
            self.0.retry.replace(Some(Timer::start(pause, move || keeper.pump())));
        }
    }

    async fn write_drafts(&self) -> Result<(), SaveError> {
        loop {
            let turn = self.0.turns.take().await;
            // Whatever waits for the timer is written now.
            self.0.soon.take();
            let step: Step = {
                let entries = self.0.entries.borrow();
                self.0.dirty.borrow().keys().filter_map(|key| entries.get(key).cloned()).collect()
            };
            if step.is_empty() {
                return Ok(());
            }
            let frame = encode_frame(&step);
            let result = self.write_step(&step, &frame).await;
            match &result {
                Ok(copies) => {
                    self.0.failures.set(0);
                    self.settle_drafts(&step, *copies);
                    self.broadcast(&frame);
                }
                // That draft is out of the way; the others are tried again.
                Err(SaveError::Conflict { .. }) => {}
                Err(error) => {
                    self.0.failures.set(self.0.failures.get() + 1);
                    for entry in &step {
                        self.set_state(&entry.key, Saved::Failed(error.clone()));
                    }
                    return Err(error.clone());
                }
            }
            drop(turn);
        }
    }

    fn settle_drafts(&self, step: &[Entry], copies: Copies) {
        for written in step {
            self.0.seen.borrow_mut().insert(written.key.clone(), written.revision);
            let newest =
                self.0.entries.borrow().get(&written.key).is_none_or(|entry| entry.revision == written.revision);
            if newest {
                self.0.dirty.borrow_mut().remove(&written.key);
                self.set_state(&written.key, Saved::Saved(copies));
            } else {
                self.set_state(&written.key, Saved::Saving);
            }
        }
    }

    /// Waits until every draft is in the journals.
    pub async fn flush(&self) -> Result<(), SaveError> {
        self.write_drafts().await
    }

    /// One step, whole or not at all, in each journal. `None` removes. After [`SaveError::Conflict`] the newer entry of
    /// the other tab is here: read it again and make the step anew.
    pub async fn commit(&self, changes: Vec<(String, Option<String>)>) -> Result<Copies, SaveError> {
        let turn = self.0.turns.take().await;
        let step: Result<Step, SaveError> = changes
            .into_iter()
            .map(|(key, body)| {
                let body = body.map(|body| self.dressed(&key, body)).transpose()?;
                let revision = self.0.entries.borrow().get(&key).map_or(0, |entry| entry.revision) + 1;
                Ok(Entry { key, revision, body })
            })
            .collect();
        let step = step?;
        self.commit_in_turn(step, turn).await
    }

    /// As [`Keeper::commit`], with the revisions given.
    pub(super) async fn commit_step(&self, step: Step) -> Result<Copies, SaveError> {
        let turn = self.0.turns.take().await;
        self.commit_in_turn(step, turn).await
    }

    async fn commit_in_turn(&self, step: Step, _turn: Turn) -> Result<Copies, SaveError> {
        if step.is_empty() {
            return self.copies().ok_or(SaveError::Unavailable);
        }
        let drafts = || step.iter().filter(|entry| entry.is_draft());
        self.0.closing.borrow_mut().extend(drafts().map(|entry| (entry.key.clone(), None)));
        let frame = encode_frame(&step);
        let result = self.write_step(&step, &frame).await;
        // No step runs beside this one.
        let typed = self.0.closing.take();
        if let Ok(copies) = result {
            for entry in &step {
                self.0.dirty.borrow_mut().remove(&entry.key);
                self.0.seen.borrow_mut().remove(&entry.key);
                if entry.is_draft() {
                    match entry.body {
                        Some(_) => drop(self.0.cache.put(entry)),
                        None => self.0.cache.remove(&entry.key),
                    }
                }
                self.0.entries.borrow_mut().insert(entry.key.clone(), entry.clone());
                self.set_state(&entry.key, Saved::Saved(copies));
            }
            self.broadcast(&frame);
            let keeper = self.clone();
            self.0.idle.replace(Some(Timer::start(IDLE, move || keeper.tidy())));
        }
        for (key, body) in typed {
            // A removed draft takes nothing more.
            if let Some(body) = body {
                self.put_draft(&key, body);
            }
        }
        result
    }

    /// Into every journal that is trusted. To be called in turn. `frame`: the step as it is in the log.
    async fn write_step(&self, step: &[Entry], frame: &[u8]) -> Result<Copies, SaveError> {
        let mut copies = None;
        let mut failed = SaveError::Unavailable;
        if let Some(indexed) = &self.0.indexed
            && *self.0.indexed_standing.borrow() == Standing::Trusted
        {
            let seen = |entry: &Entry| self.0.seen.borrow().get(&entry.key).copied();
            match within(PATIENCE, indexed.write(step, seen)).await.unwrap_or(Err(Refusal::Failed(no_answer()))) {
                Ok(()) => copies = Some(Copies::One),
                Err(Refusal::Conflict(stored)) => {
                    let conflict = SaveError::Conflict { key: stored.key.clone(), stored: stored.revision };
                    self.yield_to(stored);
                    return Err(conflict);
                }
                Err(Refusal::Failed(error)) => {
                    failed = error.clone();
                    self.distrust_indexed(error);
                    self.tell_distrust();
                }
            }
        }
        match self.write_log(step, frame).await {
            Ok(()) => copies = Some(if copies.is_some() { Copies::Two } else { Copies::One }),
            Err(SaveError::Unavailable) => {}
            Err(error) => failed = error,
        }
        copies.ok_or(failed)
    }

    async fn write_log(&self, step: &[Entry], frame: &[u8]) -> Result<(), SaveError> {
        let Some(log) = &self.0.log else { return Err(SaveError::Unavailable) };
        let standing = self.0.log_standing.borrow().clone();
        if matches!(standing, Standing::Absent(_)) {
            return Err(SaveError::Unavailable);
        }
        let result = within(PATIENCE, async {
            if standing != Standing::Trusted {
                log.verify().await?;
                let lacking: Step = {
                    let entries = self.0.entries.borrow();
                    let lacks = self.0.log_lacks.borrow();
                    lacks.keys().filter_map(|key| entries.get(key).cloned()).collect()
                };
                if !lacking.is_empty() {
                    log.append(&lacking).await?;
                }
            }
            log.append_frame(frame).await
        })
        .await;
        match result {
            Some(Ok(())) => {
                self.0.log_lacks.borrow_mut().clear();
                self.set_log_standing(Standing::Trusted);
                Ok(())
            }
            Some(Err(error)) => {
                self.0.log_lacks.borrow_mut().extend(step.iter().map(|entry| (entry.key.clone(), ())));
                self.set_log_standing(Standing::Distrusted(error.clone()));
                Err(error)
            }
            None => {
                log.stop();
                self.set_log_standing(Standing::Absent("no answer in time".into()));
                Err(no_answer())
            }
        }
    }

    /// Another tab has written this. It stands here as well from now on, whatever number ours had come to; what was typed
    /// here since is kept aside.
    fn yield_to(&self, stored: Entry) {
        let key = stored.key.clone();
        self.0.seen.borrow_mut().remove(&key);
        let revision = stored.revision;
        if stored.is_draft() {
            // The cache must not bring ours back at the next start.
            match stored.body {
                Some(_) => drop(self.0.cache.put(&stored)),
                None => self.0.cache.remove(&key),
            }
        }
        let ours = self.0.entries.borrow_mut().insert(key.clone(), stored);
        if self.0.dirty.borrow_mut().remove(&key).is_none() {
            return self.notify(&key);
        }
        self.set_state(&key, Saved::Failed(SaveError::Conflict { key: key.clone(), stored: revision }));
        if let Some(ours) = ours {
            self.keep_aside(&ours);
        }
    }

    pub(super) fn set_log_standing(&self, standing: Standing) {
        if self.0.log_standing.replace(standing.clone()) != standing {
            self.notify("");
        }
    }

    /// Until a restart: it may go on acknowledging what it loses.
    pub(super) fn distrust_indexed(&self, error: SaveError) {
        self.0.mark.set();
        if *self.0.indexed_standing.borrow() == Standing::Trusted {
            self.0.indexed_standing.replace(Standing::Distrusted(error));
            self.notify("");
        }
    }

    /// Compacts the log when nothing else goes on.
    fn tidy(&self) {
        let keeper = self.clone();
        spawn_local(async move {
            // An error is on the log's standing.
            let _ = keeper.compact().await;
        });
    }

    /// Takes what was removed out of the log's bytes too. False: it could not be done now, another tab has it open; it is done when
    /// that tab is gone and nothing else goes on.
    pub async fn purge(&self) -> bool {
        if self.0.log.is_none() {
            return true;
        }
        self.0.compaction_due.set(true);
        self.compact().await.is_ok() && !self.0.compaction_due.get()
    }

    pub(super) async fn compact(&self) -> Result<(), SaveError> {
        let Some(log) = &self.0.log else { return Ok(()) };
        let live = {
            let entries = self.0.entries.borrow();
            entries.values().map(|entry| entry.body.as_deref().map_or(0, str::len) + entry.key.len() + 40).sum()
        };
        let due = self.0.compaction_due.get() || log.wants_compaction(live);
        if !due || *self.0.log_standing.borrow() != Standing::Trusted {
            return Ok(());
        }
        // A tab that starts goes first.
        let name = startup::lock_name(self.0.space);
        let starting = locks::acquire(&name, Ask::Wait);
        let Some(Some(_starting)) = within(PATIENCE, starting).await else { return Ok(()) };
        let _turn = self.0.turns.take().await;
        let entries: Vec<Entry> = self.0.entries.borrow().values().cloned().collect();
        match within(PATIENCE, log.compact(entries.iter())).await {
            Some(Ok(done)) => {
                if done {
                    self.0.compaction_due.set(false);
                }
                Ok(())
            }
            Some(Err(error)) => {
                self.set_log_standing(Standing::Distrusted(error.clone()));
                Err(error)
            }
            None => {
                log.stop();
                self.set_log_standing(Standing::Absent("no answer in time".into()));
                Err(no_answer())
            }
        }
    }
}
