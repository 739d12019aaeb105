//! The first journal: IndexedDB. One strict readwrite transaction for each step; the revision is checked inside it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::browser::object;
use crate::store::record::{decode_record, encode_record};
use crate::store::{Contents, Entry, SaveError, Source, Unreadable, check_revision};

use super::aside;

const ENTRIES: &str = "entries";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = IdbDatabase)]
    #[derive(Clone)]
    type Database;
    // web-sys has the third argument behind its unstable flag only.
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, store: &str, mode: &str, options: &JsValue) -> Result<IdbTransaction, JsValue>;
}

/// Why a step is not in the database.
pub enum Refusal {
    /// This newer entry is there. Nothing of the step was written.
    Conflict(Entry),
    Failed(SaveError),
}

pub struct Indexed {
    name: String,
    /// `None` once the connection was closed, by another version of the app or by the system.
    database: Rc<RefCell<Option<Database>>>,
}

impl Indexed {
    pub async fn open(space: &str) -> Result<Indexed, SaveError> {
        let mut name = String::from("minping-");
        name.push_str(space);
        let indexed = Indexed { name, database: Rc::default() };
        indexed.connection().await?;
        Ok(indexed)
    }

    async fn connection(&self) -> Result<Database, SaveError> {
        if let Some(open) = self.database.borrow().clone() {
            return Ok(open);
        }
        let database = connect(&self.name, &[ENTRIES]).await?;
        for event in ["versionchange", "close"] {
            let slot = self.database.clone();
            let forget = Closure::once_into_js(move || {
                if let Some(database) = slot.take() {
                    database.close();
                }
            });
            let _ = database.add_event_listener_with_callback(event, forget.unchecked_ref());
        }
        let database: Database = database.unchecked_into();
        self.database.replace(Some(database.clone()));
        Ok(database)
    }

    /// A connection that was severed (iPadOS does that to tabs in the background) is opened again, once.
    async fn begin(&self, mode: &str) -> Result<IdbTransaction, SaveError> {
        let options = object::make(&[("durability", "strict".into())]);
        if let Ok(transaction) = self.connection().await?.transaction(ENTRIES, mode, &options) {
            return Ok(transaction);
        }
        if let Some(severed) = self.database.take() {
            severed.close();
        }
        self.connection().await?.transaction(ENTRIES, mode, &options).map_err(|error| name_failure(&error))
    }

    pub async fn read(&self) -> Result<Contents, SaveError> {
        let transaction = self.begin("readonly").await?;
        let store = transaction.object_store(ENTRIES).map_err(|error| name_failure(&error))?;
        let keys = store.get_all_keys().map_err(|error| name_failure(&error))?;
        let values = store.get_all().map_err(|error| name_failure(&error))?;
        settle(&keys).await?;
        let values: Array = settle(&values).await?.unchecked_into();
        let keys: Array = keys.result().map_err(|error| name_failure(&error))?.unchecked_into();
        let mut contents = Contents::default();
        for (key, value) in keys.iter().zip(values.iter()) {
            let entry = key.as_string().zip(value.as_string()).and_then(|(key, text)| decode_record(&key, &text));
            match entry {
                Some(entry) => contents.take(Source::Indexed, entry),
                None => contents.unreadable.push(unreadable(&key, &value)),
            }
        }
        Ok(contents)
    }

    pub async fn read_one(&self, key: &str) -> Result<Option<Entry>, SaveError> {
        let transaction = self.begin("readonly").await?;
        let store = transaction.object_store(ENTRIES).map_err(|error| name_failure(&error))?;
        let request = store.get(&key.into()).map_err(|error| name_failure(&error))?;
        Ok(settle(&request).await?.as_string().and_then(|text| decode_record(key, &text)))
    }

    /// All of the step or nothing of it, and on disk when this returns. `seen` is the highest revision of a key that may be
    /// there already; `None`: any lower one.
    pub async fn write(&self, step: &[Entry], seen: impl Fn(&Entry) -> Option<u64>) -> Result<(), Refusal> {
        match self.transact(step, Some(&seen)).await {
            Ok(_) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }

    /// Start-up's repair: leaves alone what another tab has made newer meanwhile, and returns it.
    pub async fn repair(&self, step: &[Entry]) -> Result<Vec<Entry>, Refusal> {
        self.transact(step, None).await
    }

    async fn transact(&self, step: &[Entry], seen: Option<&Seen<'_>>) -> Result<Vec<Entry>, Refusal> {
        let fail = |error: &JsValue| Refusal::Failed(name_failure(error));
        let transaction = self.begin("readwrite").await.map_err(Refusal::Failed)?;
        let finished = completion(&transaction);
        let store = transaction.object_store(ENTRIES).map_err(|error| fail(&error))?;
        let mut requests = Vec::new();
        for entry in step {
            let request = store.get(&entry.key.as_str().into()).map_err(|error| fail(&error))?;
            let settled = settlement(&request);
            requests.push((request, settled));
        }
        let mut newer = Vec::new();
        let mut puts = Vec::new();
        for (entry, (request, settled)) in step.iter().zip(requests) {
            if settled.await.is_err() {
                break;
            }
            let value = request.result().map_err(|error| fail(&error))?;
            let stored = value.as_string().and_then(|text| decode_record(&entry.key, &text));
            match stored {
                Some(stored) => match seen {
                    Some(seen) if !follows(&stored, entry, seen(entry)) => {
                        let _ = transaction.abort();
                        let _ = finished.await;
                        return Err(Refusal::Conflict(stored));
                    }
                    None if stored.revision > entry.revision => newer.push(stored),
                    // A repair brings a tie to what all stores agreed on.
                    _ => puts.push(entry.clone()),
                },
                None => {
                    if !value.is_undefined() {
                        puts.push(aside::set_aside(&unreadable(&entry.key.as_str().into(), &value)));
                    }
                    puts.push(entry.clone());
                }
            }
        }
        for entry in puts {
            // A failed request aborts the transaction, which is awaited below.
            let value = encode_record(&entry).into();
            if let Err(error) = store.put_with_key(&value, &entry.key.into()) {
                let _ = transaction.abort();
                let _ = finished.await;
                return Err(fail(&error));
            }
        }
        if finished.await.is_ok() {
            return Ok(newer);
        }
        let reason = transaction.error().map_or_else(
            || SaveError::Failed("the database gave the transaction up".into()),
            |error| name_failure(&error),
        );
        Err(Refusal::Failed(reason))
    }
}

type Seen<'a> = dyn Fn(&Entry) -> Option<u64> + 'a;

/// Whether `new` was made from what is stored, or is the same.
fn follows(stored: &Entry, new: &Entry, seen: Option<u64>) -> bool {
    check_revision(stored, new).is_ok() && (new == stored || seen.is_none_or(|seen| stored.revision <= seen))
}

/// Opens a database, with these object stores at version 1. Later versions only ever add stores.
pub async fn connect(name: &str, stores: &'static [&'static str]) -> Result<IdbDatabase, SaveError> {
    let window = web_sys::window().ok_or(SaveError::Unavailable)?;
    let factory: IdbFactory =
        window.indexed_db().map_err(|error| name_failure(&error))?.ok_or(SaveError::Unavailable)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(name, 1).map_err(|error| name_failure(&error))?;
    let opening = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let Ok(result) = opening.result() else { return };
        let database: IdbDatabase = result.unchecked_into();
        for store in stores {
            // One that exists already stays as it is.
            let _ = database.create_object_store(store);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    Ok(settle(&request).await?.unchecked_into())
}

/// The request's own outcome; its handlers are the promise's functions, so nothing is kept alive for it here.
fn settlement(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(resolve.unchecked_ref()));
        request.set_onerror(Some(reject.unchecked_ref()));
    })
}

/// Waits for a request and takes its result.
pub async fn settle(request: &IdbRequest) -> Result<JsValue, SaveError> {
    if settlement(request).await.is_ok() {
        return request.result().map_err(|error| name_failure(&error));
    }
    Err(match request.error() {
        Ok(Some(error)) => name_failure(&error),
        _ => SaveError::Failed("the database refused without a reason".into()),
    })
}

/// Fulfilled when the transaction is on disk, rejected when it was aborted.
pub fn completion(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(resolve.unchecked_ref()));
        transaction.set_onabort(Some(reject.unchecked_ref()));
    })
}

/// A strict readwrite transaction on one store of any database of this app.
pub fn begin_strict(database: &IdbDatabase, store: &str) -> Result<IdbTransaction, SaveError> {
    let options = object::make(&[("durability", "strict".into())]);
    database.unchecked_ref::<Database>().transaction(store, "readwrite", &options).map_err(|error| name_failure(&error))
}

fn unreadable(key: &JsValue, value: &JsValue) -> Unreadable {
    let raw = value.as_string().or_else(|| js_sys::JSON::stringify(value).ok()?.as_string()).unwrap_or_default();
    Unreadable { source: Source::Indexed, key: key.as_string(), raw }
}

/// The error of a store in our words.
pub fn name_failure(error: &JsValue) -> SaveError {
    match object::text(error, "name").as_deref() {
        Some("QuotaExceededError") => SaveError::Full,
        _ => SaveError::Failed(object::describe(error)),
    }
}
