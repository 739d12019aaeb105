//! How languages write numbers and days, as far as this browser knows. Of a language that it does not know it would take its
//! own instead: such a number or day is shown as it is kept.

use crate::language::{Language, Numerals};
use js_sys::{Array, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(locale: &str, options: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(js_namespace = Intl, static_method_of = NumberFormat, js_name = supportedLocalesOf, catch)]
    fn supported(locale: &str) -> Result<Array, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(js_namespace = Intl, constructor, catch)]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(js_namespace = Intl, static_method_of = DateTimeFormat, js_name = supportedLocalesOf, catch)]
    fn supported(locale: &str) -> Result<Array, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, moment: &js_sys::Date) -> Result<String, JsValue>;
}

thread_local! {
    /// Of the language that was asked for last: a page of numbers asks for each.
    static KNOWN: RefCell<(String, Option<Numerals>)> = const { RefCell::new((String::new(), None)) };
}

/// How the language writes numbers; `None`: as they are kept.
pub fn numerals(language: &str) -> Option<Numerals> {
    // Both have ASCII digits and a point.
    if Language::read(language).is_some() {
        return None;
    }
    let known = KNOWN.with_borrow(|(of, numerals)| (of == language).then(|| numerals.clone()));
    known.unwrap_or_else(|| {
        let found = find(language);
        KNOWN.set((language.to_owned(), found.clone()));
        found
    })
}

fn find(language: &str) -> Option<Numerals> {
    NumberFormat::supported(language).ok().filter(|list| list.length() > 0)?;
    let format = NumberFormat::new(language, &options(&[("useGrouping", JsValue::FALSE)])).ok()?;
    Numerals::read(&format.format(Numerals::SAMPLE))
}

/// A day, a time, or both as the language writes them. The calendar is the one in which days are asked for and kept.
pub fn moment(kept: &str, language: &str) -> Option<String> {
    DateTimeFormat::supported(language).ok().filter(|list| list.length() > 0)?;
    let (day, time) = match kept.split_once('T') {
        Some((day, time)) => (Some(day), Some(time)),
        None if kept.contains(':') => (None, Some(kept)),
        None => (Some(kept), None),
    };
    let mut wanted: Vec<(&str, JsValue)> = vec![("timeZone", "UTC".into()), ("calendar", "gregory".into())];
    let mut moment = String::from(day.unwrap_or("1970-01-01"));
    moment.push('T');
    moment.push_str(time.and_then(|time| time.get(..5)).unwrap_or("00:00"));
    moment.push('Z');
    if day.is_some() {
        wanted.push(("dateStyle", "long".into()));
    }
    if time.is_some() {
        wanted.push(("timeStyle", "short".into()));
    }
    let moment = js_sys::Date::new(&moment.into());
    // A moment that is none is refused by the format.
    let written = DateTimeFormat::new(language, &options(&wanted)).ok()?.format(&moment).ok()?;
    // Browsers with half of a language's data call months `M11`.
    let nameless = [" M0", " M1"].iter().any(|month| written.contains(month));
    (!nameless).then_some(written)
}

fn options(wanted: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in wanted {
        // An ordinary object takes every member.
        let _ = Reflect::set(&options, &(*name).into(), value);
    }
    options
}
