use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use crate::browser::object;
use crate::store::{Copies, Note, SaveError};

/// How far one store can be relied on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Trusted,
    /// It failed once and may lie since: not counted as a copy until it is verified after a restart.
    Distrusted(SaveError),
    /// This browser does not have it, or it could not be opened: what it said.
    Absent(String),
}

/// What the health line and the device page show.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// Journals that can be trusted now. `None`: nothing can be saved; offer the rescue file and block "finish".
    pub copies: Option<Copies>,
    /// IndexedDB.
    pub indexed: Standing,
    /// The append log in the origin-private file system.
    pub log: Standing,
    /// Local storage: [`SaveError::Full`] here is harmless, the journals go on.
    pub cache: Standing,
    /// Whether the browser promised not to evict this site; `None` while it has not answered.
    pub persisted: Option<bool>,
    /// Bytes used and allowed for this site, as far as the browser says. It does not see a full disk.
    pub usage: Option<u64>,
    pub quota: Option<u64>,
    /// What start-up repaired.
    pub notes: Vec<Note>,
    /// Unreadable things that are kept raw, for the rescue file.
    pub unreadable: usize,
}

fn storage() -> Option<JsValue> {
    let storage = object::get(&web_sys::window()?.navigator(), "storage");
    object::present(&storage).then_some(storage)
}

/// Calls a method without arguments that answers with a promise. `None`: this browser does not have it, or it failed.
async fn ask(method: &str) -> Option<JsValue> {
    let storage = storage()?;
    let function = object::get(&storage, method).dyn_into::<Function>().ok()?;
    let promise: Promise = function.call0(&storage).ok()?.unchecked_into();
    promise.await.ok()
}

pub(super) async fn persist() -> bool {
    ask("persist").await.and_then(|answer| answer.as_bool()).unwrap_or(false)
}

pub(super) async fn persisted() -> Option<bool> {
    ask("persisted").await?.as_bool()
}

/// Bytes used and allowed.
pub(super) async fn estimate() -> (Option<u64>, Option<u64>) {
    let Some(answer) = ask("estimate").await else { return (None, None) };
    let bytes = |name| object::get(&answer, name).as_f64().map(|bytes| bytes as u64);
    (bytes("usage"), bytes("quota"))
}
