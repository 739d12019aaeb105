//! The way to a receiver and to the plans beside the app.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::clock::Timer;
use super::locks::{self, Ask, Lock};
use super::object;
use crate::outbox::Reply;
use crate::plan::Digest;

/// An upload over a weak connection may take this long, and a millisecond more for every so many bytes: batches with
/// photos are large. After that it is tried again.
const UPLOAD: i32 = 60_000;
const SLOWEST: usize = 16;
const FETCH: i32 = 20_000;
const CLAIM: i32 = 5_000;
/// A receipt or a refusal is short; an endless answer is none.
const LONGEST_REPLY: usize = 64 * 1024;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn fetch(url: &str, options: &JsValue) -> Promise;
}

/// An answer, whoever gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    /// When the server says that it was last written, in milliseconds since 1970.
    pub written: Option<i64>,
}

/// `None`: no answer, or none in time.
pub fn reply(answer: &Option<Answer>) -> Reply<'_> {
    match answer {
        None => Reply::None,
        Some(Answer { status, body, .. }) => Reply::Some { status: *status, body },
    }
}

/// An address under a receiver's `api/` folder (`plan::Receiver::url`; empty: beside the app).
pub fn address(receiver: &str, path: &str) -> String {
    let mut url = String::from(if receiver.is_empty() { "api" } else { receiver.trim_end_matches('/') });
    url.push('/');
    url.push_str(path);
    url
}

/// Uploads a batch to `receiver`, an address from the plan. Repeating it is harmless.
pub async fn upload(receiver: &str, digest: &Digest, text: &str) -> Option<Answer> {
    put(receiver, "batches/", digest, text).await
}

/// The same with a contact log.
pub async fn upload_contacts(receiver: &str, digest: &Digest, text: &str) -> Option<Answer> {
    put(receiver, "contacts/", digest, text).await
}

/// Claims a case at a receiver. Answered soon or not at all: nobody waits with a telephone in the hand.
pub async fn put_claim(receiver: &str, case: &Digest, text: &str) -> Option<Answer> {
    let mut path = String::from("claims/");
    path.push_str(case.as_str());
    let headers = object::make(&[("content-type", "application/jose".into())]);
    let options = [("method", "PUT".into()), ("body", text.into()), ("headers", headers.into())];
    request(&address(receiver, &path), &options, CLAIM, LONGEST_REPLY).await
}

async fn put(receiver: &str, folder: &str, digest: &Digest, text: &str) -> Option<Answer> {
    let mut path = String::from(folder);
    path.push_str(digest.as_str());
    let url = address(receiver, &path);
    let headers = object::make(&[("content-type", "application/jose".into())]);
    let options = [("method", "PUT".into()), ("body", text.into()), ("headers", headers.into())];
    request(&url, &options, UPLOAD + (text.len() / SLOWEST) as i32, LONGEST_REPLY).await
}

/// Fetches a text, such as `plans/index.json`; addresses are relative to the page. `None`: no network.
///
/// What the page began to fetch while the app was on its way (`public/boot.js`) is taken from there, once.
pub async fn fetch_text(url: &str) -> Option<Answer> {
    if let Some(text) = early(url)
        && let Some(body) = text.await.ok().and_then(|text| text.as_string())
    {
        return Some(Answer { status: 200, body, written: None });
    }
    request(url, &[], FETCH, 16 << 20).await
}

/// Fetches with a bearer token, as the office does from its receiver.
pub async fn fetch_with_token(url: &str, token: &str) -> Option<Answer> {
    let mut bearer = String::from("Bearer ");
    bearer.push_str(token);
    let headers = object::make(&[("authorization", bearer.as_str().into())]);
    request(url, &[("headers", headers.into())], UPLOAD, 64 << 20).await
}

fn early(url: &str) -> Option<Promise> {
    const NAME: &str = "minpingEarly";
    let window: JsValue = web_sys::window()?.into();
    let early = object::get(&window, NAME);
    if !object::present(&early) || object::text(&early, "url").as_deref() != Some(url) {
        return None;
    }
    let _ = js_sys::Reflect::set(&window, &NAME.into(), &JsValue::UNDEFINED);
    object::get(&early, "text").dyn_into().ok()
}

async fn request(url: &str, options: &[(&str, JsValue)], patience: i32, longest: usize) -> Option<Answer> {
    let abort = Rc::new(web_sys::AbortController::new().ok()?);
    // No cookie, no address of the page, no copy in a cache: a resident's upload says nothing but its batch.
    let all = object::make(options);
    let fixed = [
        ("signal", abort.signal().into()),
        ("credentials", JsValue::from_str("omit")),
        ("referrerPolicy", "no-referrer".into()),
        ("cache", "no-store".into()),
        ("redirect", "error".into()),
    ];
    for (name, value) in fixed {
        let _ = js_sys::Reflect::set(&all, &name.into(), &value);
    }
    let aborting = abort.clone();
    let _late = Timer::start(patience, move || aborting.abort());
    let response: web_sys::Response = fetch(url, &all).await.ok()?.unchecked_into();
    // The signal ends a body that does not come, too.
    let body = response.text().ok()?.await.ok()?.as_string()?;
    if body.len() > longest {
        return Some(Answer { status: response.status(), body: String::new(), written: None });
    }
    let written = response.headers().get("last-modified").ok().flatten().map(|time| js_sys::Date::parse(&time));
    let written = written.filter(|time| time.is_finite()).map(|time| time as i64);
    Some(Answer { status: response.status(), body, written })
}

/// False only when the browser is sure that there is no network.
pub fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Calls `f` whenever the network comes back, as long as the page lives.
pub fn on_online(f: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        let listener = Closure::<dyn FnMut()>::new(f).into_js_value();
        let _ = window.add_event_listener_with_callback("online", listener.unchecked_ref());
    }
}

/// The right to send: one tab at a time. Waits for it; where the browser has no locks, `None` at once, and sending twice is
/// harmless because uploads are idempotent.
pub async fn sender(space: &str) -> Option<Sender> {
    let mut name = String::from("minping-");
    name.push_str(space);
    name.push_str(":send");
    locks::acquire(&name, Ask::Wait).await.map(Sender)
}

/// Dropping it lets another tab send.
pub struct Sender(#[expect(dead_code, reason = "held for its drop")] Lock);
