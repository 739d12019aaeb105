//! The second journal: an append log in the origin-private file system, written by a worker. Each tab has its own pair of
//! files, chosen by a Web Lock: one to write, one to compact into; start-up reads them all. Files are emptied and never
//! removed or renamed: Chromium syncs the bytes of a file but not the names, which reach the disk half a minute later.

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
const TABS: u32 = 32;
/// A log is worth compacting from this size on, if most of it is outdated.
const WORTH: usize = 256 * 1024;

pub struct Log {
    worker: Hands,
    space: String,
    name: RefCell<String>,
    spare: RefCell<String>,
    _lock: Lock,
    /// Bytes of this tab's file that are known to be whole frames on disk.
    end: Cell<usize>,
    /// Damaged places before `end` that were there at start-up.
    flaws: Cell<usize>,
    /// Bytes of all files, for compaction.
    total: Cell<usize>,
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
        let names = list_files(&worker, &folder).await?;
        let Claim { name, spare, lock, bytes: own } = claim(&worker, &folder).await?;
        let mut total = own.len();
        let mut decoded = decode_log(&own);
        let flaws = decoded.damaged.iter().filter(|damage| !damage.torn_tail).count();
        let torn = decoded.damaged.last().filter(|damage| damage.torn_tail).map(|damage| damage.offset);
        let end = torn.unwrap_or(own.len());
        for other in names.iter().filter(|other| **other != name) {
            let bytes = ask(&worker, "peek", other).await?;
            total += bytes.len();
            let Decoded { steps, damaged } = decode_log(&bytes);
            decoded.steps.extend(steps);
            decoded.damaged.extend(damaged);
        }
        let damaged = decoded.damaged.iter().any(|damage| !damage.torn_tail);
        let contents = frame::read_contents(decoded);
        let log = Log {
            worker,
            space: folder,
            name: RefCell::new(name),
            spare: RefCell::new(spare),
            _lock: lock,
            end: Cell::new(end),
            flaws: Cell::new(flaws),
            total: Cell::new(total),
        };
        Ok(Opened { log, contents, damaged })
    }

    /// One frame, and on disk when this returns.
    pub async fn append(&self, step: &[Entry]) -> Result<(), SaveError> {
        self.append_frame(&encode_frame(step)).await
    }

    /// The same, of a step that is encoded already; also of several frames.
    pub async fn append_frame(&self, bytes: &[u8]) -> Result<(), SaveError> {
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
        let name = self.name.borrow().clone();
        let bytes = self.switch(&name).await?;
        let whole = bytes.get(..self.end.get()).ok_or_else(|| SaveError::Failed("the log file was cut".into()))?;
        if decode_log(whole).damaged.len() == self.flaws.get() {
            return Ok(());
        }
        Err(SaveError::Failed("the log file was damaged".into()))
    }

    /// Whether enough of it is outdated.
    pub fn wants_compaction(&self, live: usize) -> bool {
        self.total.get() > WORTH && self.total.get() > live * 4
    }

    /// Writes `entries` into the spare file, reads it back, and only then empties the others. To be called under the
    /// start-up lock, so that no tab is reading. `false`: another tab has a log open.
    pub async fn compact(&self, entries: impl Iterator<Item = &Entry>) -> Result<bool, SaveError> {
        let mut prefix = self.space.clone();
        prefix.push_str(":log-");
        if locks::held().await.iter().filter(|name| name.starts_with(&prefix)).count() != 1 {
            return Ok(false);
        }
        let bytes = frame::compact(entries);
        let before = self.name.borrow().clone();
        let spare = self.spare.borrow().clone();
        if !self.switch(&spare).await?.is_empty() {
            // A compaction that was cut short. What it holds is in the other file too, unless that was the one to be emptied.
            self.switch(&before).await?;
            self.append_frame(&bytes).await?;
            self.empty(&spare).await?;
            self.switch(&spare).await?;
        }
        self.spare.replace(before);
        self.name.replace(spare.clone());
        self.end.set(0);
        self.flaws.set(0);
        self.append_frame(&bytes).await?;
        self.verify().await?;
        for other in list_files(&self.worker, &self.space).await?.iter().filter(|name| **name != spare) {
            self.empty(other).await?;
        }
        self.total.set(bytes.len());
        Ok(true)
    }

    /// Lets go of this tab's file and opens its other one.
    async fn switch(&self, name: &str) -> Result<Vec<u8>, SaveError> {
        ask(&self.worker, "reopen", name).await
    }

    async fn empty(&self, name: &str) -> Result<(), SaveError> {
        ask(&self.worker, "empty", name).await.map(drop)
    }

    /// Stops the worker: it did not answer, and a late answer would be taken for that of another question.
    pub fn stop(&self) {
        self.worker.0.terminate();
    }
}

/// A pair of files that no other tab has, and the bytes of the one to write.
struct Claim {
    name: String,
    spare: String,
    lock: Lock,
    bytes: Vec<u8>,
}

async fn claim(worker: &Hands, folder: &str) -> Result<Claim, SaveError> {
    let mut refused = SaveError::Unavailable;
    for tab in 0..TABS {
        let (name, spare) = (file_name(2 * tab), file_name(2 * tab + 1));
        let mut lock_name = String::from(folder);
        lock_name.push(':');
        lock_name.push_str(&name);
        let Some(lock) = locks::acquire(&lock_name, Ask::IfFree).await else { continue };
        let open = object::make(&[
            ("operation", "open".into()),
            ("name", name.as_str().into()),
            ("spare", spare.as_str().into()),
        ]);
        match call(worker, &open).await {
            Ok(answer) => {
                let bytes = Uint8Array::from(object::get(&answer, "bytes")).to_vec();
                // The worker opened the one of the two that is in use.
                let swapped = object::text(&answer, "name").is_some_and(|opened| opened == spare);
                let (name, spare) = if swapped { (spare, name) } else { (name, spare) };
                return Ok(Claim { name, spare, lock, bytes });
            }
            // A tab that was killed may not have let go of the file yet.
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn file_name(number: u32) -> String {
    let mut name = String::from("log-");
    name.push_str(&number.to_string());
    name
}

/// The names of all log files of the space.
async fn list_files(worker: &Hands, space: &str) -> Result<Vec<String>, SaveError> {
    let list = object::make(&[("operation", "list".into()), ("space", space.into())]);
    let names: Array = call(worker, &list).await?.unchecked_into();
    Ok(names.iter().filter_map(|name| name.as_string()).collect())
}

/// An operation on one file, and the bytes that it answers with: none if it has none to give.
async fn ask(worker: &Hands, operation: &str, name: &str) -> Result<Vec<u8>, SaveError> {
    let message = object::make(&[("operation", operation.into()), ("name", name.into())]);
    let answer = call(worker, &message).await?;
    Ok(answer.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default())
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
