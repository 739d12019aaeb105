//! Start-up: every store is read, brought to agree, and what was found and done is told.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::cache::{Cache, Mark};
use super::indexed::{Indexed, Refusal};
use super::log::{Hands, Log, Opened};
use super::writer::{PATIENCE, Turns};
use super::{Inner, Keeper, KeeperError, SaveError, Standing, aside, health, tabs};
use crate::browser::clock::within;
use crate::browser::locks::{self, Ask};
use crate::named::Named;
use crate::store::{Contents, Entry, Note, Source, Step, Unreadable, reconcile, record};

pub fn lock_name(space: &str) -> String {
    let mut name = String::from("minping-");
    name.push_str(space);
    name.push_str(":start");
    name
}

/// The losing body of a conflict, as something to keep aside.
pub fn conflicting(entry: &Entry) -> Unreadable {
    Unreadable { source: Source::Cache, key: Some(entry.key.clone()), raw: record::encode_record(entry) }
}

/// What a store said when it could not be opened. Not by `Display`, whose machinery the answering app does without.
fn reason(error: SaveError) -> Standing {
    Standing::Absent(match error {
        SaveError::Failed(what) => what,
        SaveError::Full => "the device is full".into(),
        SaveError::Unavailable | SaveError::Locked | SaveError::Conflict { .. } => {
            "this browser does not have it".into()
        }
    })
}

fn late() -> SaveError {
    SaveError::Failed("no answer in time".into())
}

pub async fn open(space: &'static str) -> Result<Keeper, KeeperError> {
    let window = web_sys::window().ok_or(KeeperError::Blocked)?;
    if !window.is_secure_context() {
        return Err(KeeperError::Insecure);
    }
    let cache = Cache::open(space).ok_or(KeeperError::Blocked)?;
    let mark = Mark::of(space);
    // No tab may compact while this one reads. If another holds it for long, go on: reading twice is harmless.
    let starting = within(PATIENCE, locks::acquire(&lock_name(space), Ask::Wait)).await;
    let channel = tabs::open_channel(space);

    let hands = Hands::start();
    let indexed = within(PATIENCE, Indexed::open(space)).await.unwrap_or(Err(late()));
    let log = match hands {
        Ok(hands) => within(PATIENCE, Log::open(hands, space)).await.unwrap_or(Err(late())),
        Err(error) => Err(error),
    };
    let (indexed, mut indexed_standing, indexed_contents) = read_indexed(indexed, &mark).await;
    let (log, mut log_standing, log_contents, damaged) = match log {
        Ok(Opened { log, contents, damaged }) => (Some(log), Standing::Trusted, Some(contents), damaged),
        Err(error) => (None, reason(error), None, false),
    };
    if let (None, None, Standing::Absent(indexed), Standing::Absent(log)) =
        (&indexed, &log, &indexed_standing, &log_standing)
    {
        return Err(KeeperError::Unavailable { indexed: indexed.clone(), log: log.clone() });
    }

    let (cached, cache_unreadable) = cache.read();
    let mut agreed = reconcile(indexed_contents, log_contents, &cached);
    if !cache_unreadable.is_empty() {
        agreed.notes.push(Note::SetAside { source: Source::Cache, count: cache_unreadable.len() });
    }
    // What is unreadable is kept before anything is written over it.
    let kept: Step = agreed
        .unreadable
        .iter()
        .chain(&cache_unreadable)
        .map(aside::set_aside)
        .filter(|entry| !agreed.entries.contains_key(&entry.key))
        .collect();
    for entry in &kept {
        agreed.entries.insert(entry.key.clone(), entry.clone());
    }
    if let (Some(indexed), Standing::Trusted) = (&indexed, &indexed_standing) {
        let step: Step = kept.iter().chain(&agreed.repair_indexed).cloned().collect();
        match within(PATIENCE, indexed.repair(&step)).await.unwrap_or(Err(Refusal::Failed(late()))) {
            Ok(newer) => agreed.entries.extend(newer.into_iter().map(|entry| (entry.key.clone(), entry))),
            Err(Refusal::Conflict(_)) => {}
            Err(Refusal::Failed(error)) => {
                mark.set();
                indexed_standing = Standing::Distrusted(error);
            }
        }
    }
    let mut lacks = Named::new();
    if let Some(log) = &log {
        let step: Step = kept.into_iter().chain(agreed.repair_log).collect();
        if !step.is_empty() {
            match within(PATIENCE, log.append(&step)).await.unwrap_or(Err(late())) {
                Ok(()) => {}
                Err(error) => {
                    lacks = step.into_iter().map(|entry| (entry.key, ())).collect();
                    log_standing = Standing::Distrusted(error);
                }
            }
        }
    }
    drop(starting);

    let conflict = agreed.notes.iter().any(|note| matches!(note, Note::Conflict { .. }));
    let keeper = Keeper(Rc::new(Inner {
        space,
        entries: RefCell::new(agreed.entries),
        coat: RefCell::new(None),
        states: RefCell::default(),
        dirty: RefCell::default(),
        seen: RefCell::default(),
        closing: RefCell::default(),
        cache,
        mark,
        indexed,
        indexed_standing: RefCell::new(indexed_standing),
        log,
        log_standing: RefCell::new(log_standing),
        log_lacks: RefCell::new(lacks),
        turns: Turns::new(),
        pumping: Cell::new(false),
        failures: Cell::new(0),
        soon: RefCell::new(None),
        retry: RefCell::new(None),
        idle: RefCell::new(None),
        compaction_due: Cell::new(conflict || damaged),
        channel,
        held: RefCell::default(),
        lost: RefCell::default(),
        watchers: RefCell::default(),
        notes: agreed.notes,
        persisted: Cell::new(None),
        usage: Cell::new(None),
        quota: Cell::new(None),
    }));
    keeper.listen();
    keeper.flush_when_hidden();
    let background = keeper.clone();
    spawn_local(async move {
        background.0.persisted.set(health::persisted().await);
        let (usage, quota) = health::estimate().await;
        background.0.usage.set(usage);
        background.0.quota.set(quota);
        background.notify("");
        // An error is on the log's standing.
        let _ = background.compact().await;
    });
    Ok(keeper)
}

async fn read_indexed(
    opened: Result<Indexed, SaveError>,
    mark: &Mark,
) -> (Option<Indexed>, Standing, Option<Contents>) {
    let indexed = match opened {
        Ok(indexed) => indexed,
        Err(error) => return (None, reason(error), None),
    };
    match within(PATIENCE, indexed.read()).await.unwrap_or(Err(late())) {
        Ok(contents) => {
            // What it reads back may still be used; what it acknowledges may not.
            let standing = if mark.stands() {
                Standing::Distrusted(SaveError::Failed("it failed before this page was loaded again".into()))
            } else {
                Standing::Trusted
            };
            (Some(indexed), standing, Some(contents))
        }
        Err(error) => (Some(indexed), Standing::Distrusted(error), None),
    }
}

impl Keeper {
    /// A page may be ended without another word from the moment it is hidden.
    fn flush_when_hidden(&self) {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        let keeper = self.clone();
        let flushing = Cell::new(false);
        // Firefox tells that a page is hidden while it is being told that it goes, within the same call.
        let flush = Closure::<dyn Fn()>::new(move || {
            if flushing.replace(true) {
                return;
            }
            if !keeper.0.dirty.borrow().is_empty() {
                keeper.pump();
            }
            flushing.set(false);
        })
        .into_js_value();
        let _ = document.add_event_listener_with_callback("visibilitychange", flush.unchecked_ref());
        let _ = window.add_event_listener_with_callback("pagehide", flush.unchecked_ref());
    }
}
