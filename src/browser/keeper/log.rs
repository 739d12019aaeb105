//! The second journal: an append log in the origin-private file system, written by a worker. Each tab has its own file,
//! chosen by a Web Lock; start-up reads them all.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use crate::browser::locks::{self, Ask, Lock};
use crate::browser::object;
use crate::store::{Contents, Decoded, Entry, SaveError, decode_log, encode_frame, frame};

use super::indexed::name_failure;

/// Relative to the page. The service worker keeps it with the page's own version.
const WORKER: &str = "log-worker.js";
/// More tabs than this at once have no log of their own.
const FILES: u32 = 64;
/// A log is worth compacting from this size on, if most of it is outdated.
const WORTH: usize = 256 * 1024;

pub struct Log {
    worker: Hands,
    space: String,
    name: RefCell<String>,
    lock: RefCell<Lock>,
    /// Bytes of this tab's file that are known to be whole frames on disk.
    end: Cell<usize>,
    /// Damaged places before `end` that were there at start-up.
    flaws: Cell<usize>,
    /// Bytes of all files, for compaction.
    total: Cell<usize>,
    files: Cell<usize>,
}

/// The worker, ended with its owner: a file stays locked for as long as its worker lives.
pub struct Hands(Worker);

impl Hands {
    /// Starts it without waiting.
    pub fn start() -> Result<Hands, SaveError> {
        Worker::new(WORKER).map(Hands).map_err(|error| name_failure(&error))
    }
}

impl Drop for Hands {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

/// What start-up finds.
pub struct Opened {
    pub log: Log,
    pub contents: Contents,
    /// Damage is held in some file and should be compacted away once it is kept aside.
    pub damaged: bool,
}

impl Log {
    pub async fn open(worker: Hands, space: &str) -> Result<Opened, SaveError> {
        let mut folder = String::from("minping-");
        folder.push_str(space);
        let list = object::make(&[("operation", "list".into()), ("space", folder.as_str().into())]);
        let names = read_names(call(&worker, &list).await?);
        let (name, lock, own) = claim(&worker, &folder, 0).await?;
        let mut total = own.len();
        let mut decoded = decode_log(&own);
        let flaws = decoded.damaged.iter().filter(|damage| !damage.torn_tail).count();
        let torn = decoded.damaged.last().filter(|damage| damage.torn_tail).map(|damage| damage.offset);
        let end = torn.unwrap_or(own.len());
        for other in names.iter().filter(|other| **other != name) {
            let peek = object::make(&[("operation", "peek".into()), ("name", other.as_str().into())]);
            let bytes = Uint8Array::from(call(&worker, &peek).await?).to_vec();
            total += bytes.len();
            let Decoded { steps, damaged } = decode_log(&bytes);
            decoded.steps.extend(steps);
            decoded.damaged.extend(damaged);
        }
        let damaged = decoded.damaged.iter().any(|damage| !damage.torn_tail);
        let contents = frame::read_contents(decoded);
        let files = names.len().max(1);
        let log = Log {
            worker,
            space: folder,
            name: RefCell::new(name),
            lock: RefCell::new(lock),
            end: Cell::new(end),
            flaws: Cell::new(flaws),
            total: Cell::new(total),
            files: Cell::new(files),
        };
        Ok(Opened { log, contents, damaged })
    }

    /// One frame, and on disk when this returns.
    pub async fn append(&self, step: &[Entry]) -> Result<(), SaveError> {
        self.append_bytes(&encode_frame(step)).await
    }

    async fn append_bytes(&self, bytes: &[u8]) -> Result<(), SaveError> {
        let message = object::make(&[
            ("operation", "append".into()),
            ("at", (self.end.get() as f64).into()),
            ("bytes", Uint8Array::from(bytes).into()),
        ]);
        call(&self.worker, &message).await?;
        self.end.set(self.end.get() + bytes.len());
        self.total.set(self.total.get() + bytes.len());
        Ok(())
    }

    /// After a failure: lets go of the file, opens it anew and sees whether all that was reported saved is there. If so
    /// the log may be written again.
    pub async fn verify(&self) -> Result<(), SaveError> {
        let message = object::make(&[("operation", "reopen".into()), ("name", self.name.borrow().as_str().into())]);
        let bytes = Uint8Array::from(call(&self.worker, &message).await?).to_vec();
        let whole = bytes.get(..self.end.get()).ok_or_else(|| SaveError::Failed("the log file was cut".into()))?;
        if decode_log(whole).damaged.len() == self.flaws.get() {
            return Ok(());
        }
        Err(SaveError::Failed("the log file was damaged".into()))
    }

    /// Whether enough of it is outdated.
    pub fn wants_compaction(&self, live: usize) -> bool {
        self.total.get() > WORTH && self.total.get() > live * 4 || self.files.get() > 4
    }

    /// Writes `entries` into a new file, reads it back, and only then removes the old ones. To be called under the
    /// start-up lock, so that no tab is reading. `false`: another tab has a log open.
    pub async fn compact(&self, entries: impl Iterator<Item = &Entry>) -> Result<bool, SaveError> {
        let mut prefix = self.space.clone();
        prefix.push_str(":log-");
        if locks::held().await.iter().filter(|name| name.starts_with(&prefix)).count() != 1 {
            return Ok(false);
        }
        let bytes = frame::compact(entries);
        let list = object::make(&[("operation", "list".into()), ("space", self.space.as_str().into())]);
        let old = read_names(call(&self.worker, &list).await?);
        let above = old.iter().filter_map(|name| number(name)).max().map_or(0, |highest| highest.wrapping_add(1));
        let above = if above >= FILES { free_number(&old).unwrap_or(0) } else { above };
        call(&self.worker, &object::make(&[("operation", "close".into())])).await?;
        let (name, lock, found) = claim(&self.worker, &self.space, above).await?;
        if old.contains(&name) || !found.is_empty() {
            return Err(SaveError::Failed("no free log file to compact into".into()));
        }
        self.name.replace(name.clone());
        drop(self.lock.replace(lock));
        self.end.set(0);
        self.flaws.set(0);
        self.append_bytes(&bytes).await?;
        self.verify().await?;
        for name in old {
            let remove = object::make(&[("operation", "remove".into()), ("name", name.as_str().into())]);
            call(&self.worker, &remove).await?;
        }
        self.total.set(bytes.len());
        self.files.set(1);
        Ok(true)
    }

    /// Stops the worker: it did not answer, and a late answer would be taken for that of another question.
    pub fn stop(&self) {
        self.worker.0.terminate();
    }
}

/// The first file from `from` on that no other tab has, and what is in it.
async fn claim(worker: &Hands, folder: &str, from: u32) -> Result<(String, Lock, Vec<u8>), SaveError> {
    let mut refused = SaveError::Unavailable;
    for number in from..FILES {
        let mut name = String::from("log-");
        name.push_str(&number.to_string());
        let mut lock_name = String::from(folder);
        lock_name.push(':');
        lock_name.push_str(&name);
        let Some(lock) = locks::acquire(&lock_name, Ask::IfFree, || {}).await else { continue };
        let open = object::make(&[("operation", "open".into()), ("name", name.as_str().into())]);
        match call(worker, &open).await {
            Ok(bytes) => return Ok((name, lock, Uint8Array::from(bytes).to_vec())),
            // A tab that was killed may not have let go of the file yet.
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn read_names(names: JsValue) -> Vec<String> {
    names.unchecked_into::<Array>().iter().filter_map(|name| name.as_string()).collect()
}

fn number(name: &str) -> Option<u32> {
    name.strip_prefix("log-")?.parse().ok()
}

fn free_number(names: &[String]) -> Option<u32> {
    (0..FILES).find(|free| names.iter().all(|name| number(name) != Some(*free)))
}

/// One question, one answer: the keeper asks the next only after this one is answered.
async fn call(Hands(worker): &Hands, message: &Object) -> Result<JsValue, SaveError> {
    let promise = Promise::new(&mut |resolve, reject| {
        worker.set_onmessage(Some(resolve.unchecked_ref()));
        worker.set_onerror(Some(reject.unchecked_ref()));
        if let Err(error) = worker.post_message(message) {
            let _ = reject.unchecked_ref::<js_sys::Function>().call1(&JsValue::UNDEFINED, &error);
        }
    });
    let event = promise.await.map_err(|error| SaveError::Failed(object::describe(&error)))?;
    let answer = event.unchecked_into::<MessageEvent>().data();
    if object::present(&object::get(&answer, "name")) {
        return Err(name_failure(&answer));
    }
    Ok(object::get(&answer, "value"))
}
