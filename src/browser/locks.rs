//! Web Locks: one holder for each name among all tabs of this site. A lock of a tab that died is free.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

use super::object::{self, Deferred};

#[wasm_bindgen]
extern "C" {
    type Locks;
    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, options: &JsValue, callback: &Function) -> Promise;
    #[wasm_bindgen(method)]
    fn query(this: &Locks) -> Promise;
}

/// How to ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Wait,
    IfFree,
    Steal,
}

/// Held until it is dropped or stolen.
pub struct Lock {
    release: Deferred,
    lost: Rc<Cell<bool>>,
}

impl Lock {
    /// Another tab took it.
    pub fn lost(&self) -> bool {
        self.lost.get()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.release.resolve(&JsValue::UNDEFINED);
    }
}

fn locks() -> Option<Locks> {
    let locks = object::get(&web_sys::window()?.navigator(), "locks");
    object::present(&locks).then(|| locks.unchecked_into())
}

/// `None`: not free (with [`Ask::IfFree`]), or the browser refused.
pub async fn acquire(name: &str, ask: Ask) -> Option<Lock> {
    acquire_watched(name, ask, None).await
}

/// As [`acquire`]; `on_lost` is called when it is stolen.
pub async fn acquire_watched(name: &str, ask: Ask, on_lost: Option<Box<dyn FnOnce()>>) -> Option<Lock> {
    let locks = locks()?;
    let lost = Rc::new(Cell::new(false));
    // Dropped with this future if nobody waits any longer: a request that is granted then lets go at once.
    let lock = Lock { release: Deferred::new(), lost: lost.clone() };
    let held = lock.release.promise.clone();
    let answer = Deferred::new();
    let promise = answer.promise.clone();
    let answer = Rc::new(answer);
    let granted = answer.clone();
    let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        granted.resolve(&lock);
        if lock.is_null() { JsValue::UNDEFINED } else { held.into() }
    });
    let options = object::make(&[("ifAvailable", (ask == Ask::IfFree).into()), ("steal", (ask == Ask::Steal).into())]);
    let request = locks.request(name, &options, callback.unchecked_ref());
    wasm_bindgen_futures::spawn_local(async move {
        if request.await.is_err() {
            lost.set(true);
            answer.resolve(&JsValue::NULL);
            if let Some(on_lost) = on_lost {
                on_lost();
            }
        }
    });
    let granted = promise.await.ok()?;
    object::present(&granted).then_some(lock)
}

/// Names of the locks that some tab holds now.
pub async fn held() -> Vec<String> {
    let Some(locks) = locks() else { return Vec::new() };
    let Ok(snapshot) = locks.query().await else { return Vec::new() };
    let held: Array = object::get(&snapshot, "held").unchecked_into();
    held.iter().filter_map(|lock| object::text(&lock, "name")).collect()
}
