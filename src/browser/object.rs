//! Plain JavaScript objects, in and out.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

/// An object with these properties.
pub fn make(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// A property, `undefined` where there is none.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a string.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// Whether the browser has it: neither undefined nor null.
pub fn present(value: &JsValue) -> bool {
    !value.is_undefined() && !value.is_null()
}

/// What an exception says of itself: `name: message`.
pub fn describe(error: &JsValue) -> String {
    let mut words = text(error, "name").unwrap_or_default();
    let message = text(error, "message").or_else(|| error.as_string()).unwrap_or_default();
    if !words.is_empty() && !message.is_empty() {
        words.push_str(": ");
    }
    words.push_str(&message);
    if words.is_empty() {
        words.push_str("unknown error");
    }
    words
}

/// A promise and the function that fulfils it.
pub struct Deferred {
    pub promise: Promise,
    resolve: JsValue,
}

impl Deferred {
    pub fn new() -> Deferred {
        let mut resolve = JsValue::UNDEFINED;
        let promise = Promise::new(&mut |settle, _| resolve = settle.into());
        Deferred { promise, resolve }
    }

    /// A second call changes nothing.
    pub fn resolve(&self, value: &JsValue) {
        let _ = self.resolve.unchecked_ref::<js_sys::Function>().call1(&JsValue::UNDEFINED, value);
    }
}

impl Default for Deferred {
    fn default() -> Deferred {
        Deferred::new()
    }
}
