//! What the browser lends to expressions: its `Math`, `RegExp`, `atob` and `Intl`.
use super::locale;
use crate::expression::{Host, Moment, digest};
use crate::language::Numerals;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;

use super::{clock, object};

/// [`Host`] for the app; with digests or, where size counts, without.
pub struct WebHost {
    digests: Option<Digests>,
}

type Digests = fn(&str, &str, bool, &dyn Host) -> Option<String>;

/// For residents: their page carries no digests, and the checker refuses plans that would need them there.
pub static HOST: WebHost = WebHost { digests: None };

/// For canvassers.
pub static FULL: WebHost = WebHost { digests: Some(digest) };

/// What the clock of this device says now.
pub fn moment() -> Moment {
    Moment { milliseconds: clock::now(), offset: clock::offset_minutes() }
}

/// Calls a method with values; `undefined` when it throws or is none.
fn call(object: &JsValue, name: &str, values: &Array) -> JsValue {
    let method = object::get(object, name).dyn_into::<Function>();
    method.ok().and_then(|method| method.apply(object, values).ok()).unwrap_or(JsValue::UNDEFINED)
}

impl Host for WebHost {
    fn math(&self, name: &str, x: f64, y: f64) -> f64 {
        let math = object::get(&js_sys::global(), "Math");
        call(&math, name, &Array::of2(&x.into(), &y.into())).as_f64().unwrap_or(f64::NAN)
    }

    fn number(&self, value: f64) -> String {
        call(&js_sys::global(), "String", &Array::of1(&value.into())).as_string().unwrap_or_default()
    }

    fn matches(&self, text: &str, pattern: &str) -> Option<bool> {
        let class = object::get(&js_sys::global(), "RegExp").dyn_into::<Function>().ok()?;
        // By characters, as in the program; a pattern with needless backslashes is only taken without.
        let [with, without] = ["u", ""].map(|flag| Array::of2(&pattern.into(), &flag.into()));
        let expression = Reflect::construct(&class, &with).or_else(|_| Reflect::construct(&class, &without)).ok()?;
        call(&expression, "test", &Array::of1(&text.into())).as_bool()
    }

    fn digest(&self, text: &str, algorithm: &str, hex: bool) -> Option<String> {
        self.digests.and_then(|digests| digests(text, algorithm, hex, self))
    }

    fn decode(&self, base64: &str) -> Option<String> {
        let binary = call(&js_sys::global(), "atob", &Array::of1(&base64.into())).as_string()?;
        let bytes: Vec<u8> = binary.chars().map(|c| c as u8).collect();
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn numerals(&self, language: &str) -> Option<Numerals> {
        locale::numerals(language)
    }

    fn moment(&self, kept: &str, language: &str) -> Option<String> {
        locale::moment(kept, language)
    }
}
