//! Text files out and in, without a server.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, HtmlAnchorElement, HtmlElement, HtmlInputElement, Url};

use super::clock::Timer;
use super::object::{self, Deferred};

/// A file that the user picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// With the folders below the one that was picked.
    pub name: String,
    /// `None`: it could not be read, or is no UTF-8 text.
    pub text: Option<String>,
}

/// A file that was picked and is not read yet, so that a folder does not have to fit into memory.
#[derive(Clone, Debug)]
pub struct Handle {
    /// With the folders below the one that was picked.
    pub name: String,
    file: JsValue,
}

/// Why a file has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Larger than what was asked for: not read.
    TooLarge,
    /// It is no UTF-8 text.
    NotText,
    /// The browser could not read it: a folder, a file that is gone, or no right to it.
    Failed,
}

impl Handle {
    /// The text, if it has at most `longest` bytes.
    pub async fn read(&self, longest: f64) -> Result<String, Unread> {
        // Strict: `text()` would put other characters in the place of what is no UTF-8.
        String::from_utf8(self.read_bytes(longest).await?).map_err(|_| Unread::NotText)
    }

    /// When the file was last written, as its folder says, in milliseconds since 1970; None: the browser does not say.
    pub fn written(&self) -> Option<i64> {
        let time = object::get(&self.file, "lastModified").as_f64()?;
        time.is_finite().then_some(time as i64)
    }

    /// The bytes, if there are at most `longest`.
    pub async fn read_bytes(&self, longest: f64) -> Result<Vec<u8>, Unread> {
        let blob = self.file.unchecked_ref::<Blob>();
        if blob.size() > longest {
            return Err(Unread::TooLarge);
        }
        let buffer = blob.array_buffer().await.map_err(|_| Unread::Failed)?;
        Ok(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}

/// What the user may pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    One,
    Several,
    /// All files below a folder, where the browser can do that; several files where it cannot.
    Folder,
}

/// How handing a file to the system's share sheet ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    Done,
    Cancelled,
    /// This browser cannot share such a file: offer [`download`].
    Impossible,
}

fn make_file(name: &str, content: &JsValue, kind: &str) -> Result<File, JsValue> {
    let constructor: js_sys::Function = object::get(&js_sys::global(), "File").unchecked_into();
    let options = object::make(&[("type", kind.into())]);
    let file = js_sys::Reflect::construct(&constructor, &Array::of3(&Array::of1(content), &name.into(), &options))?;
    Ok(file.unchecked_into())
}

/// Lets the browser save `text` under `name`. False: it could not be offered. Whether the user kept it is not known:
/// ask before anything is deleted for it.
pub fn download(name: &str, text: &str, kind: &str) -> bool {
    offer(name, &text.into(), kind).is_ok()
}

/// The same with bytes.
pub fn download_bytes(name: &str, bytes: &[u8], kind: &str) -> bool {
    offer(name, &js_sys::Uint8Array::from(bytes), kind).is_ok()
}

fn offer(name: &str, content: &JsValue, kind: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let file = make_file(name, content, kind)?;
    let url = Url::create_object_url_with_blob(file.unchecked_ref::<Blob>())?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.unchecked_ref::<HtmlElement>().click();
    // The download reads the text after this call has returned.
    let timer = Timer::start(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    std::mem::forget(timer);
    Ok(())
}

/// Puts a text on the clipboard. False: this browser does not allow it, and the text has to be marked by hand.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = object::get(&window.navigator(), "clipboard");
    let Ok(write) = object::get(&clipboard, "writeText").dyn_into::<Function>() else { return false };
    match write.call1(&clipboard, &text.into()) {
        Ok(promise) => promise.unchecked_into::<Promise>().await.is_ok(),
        Err(_) => false,
    }
}

/// Whether [`share`] can hand over a file of this name.
pub fn can_share(name: &str, kind: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    let Ok(can) = object::get(&navigator, "canShare").dyn_into::<js_sys::Function>() else { return false };
    let Ok(file) = make_file(name, &"".into(), kind) else { return false };
    let data = object::make(&[("files", Array::of1(&file).into())]);
    can.call1(&navigator, &data).is_ok_and(|answer| answer.as_bool() == Some(true))
}

/// Opens the system's share sheet. Must be called from a tap or key press.
pub async fn share(name: &str, text: &str, kind: &str, title: &str) -> Shared {
    if !can_share(name, kind) {
        return Shared::Impossible;
    }
    share_files(&[(name, text)], kind, title).await
}

/// The same with several files, names and texts.
pub async fn share_all(files: &[(String, String)], kind: &str, title: &str) -> Shared {
    match files.first() {
        Some((name, _)) if can_share(name, kind) => {
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
            share_files(&files, kind, title).await
        }
        _ => Shared::Impossible,
    }
}

async fn share_files(files: &[(&str, &str)], kind: &str, title: &str) -> Shared {
    let Some(window) = web_sys::window() else { return Shared::Impossible };
    let list = Array::new();
    for (name, text) in files {
        match make_file(name, &(*text).into(), kind) {
            Ok(file) => drop(list.push(&file)),
            Err(_) => return Shared::Impossible,
        }
    }
    let navigator = window.navigator();
    let data = object::make(&[("files", list.into()), ("title", title.into())]);
    let share: js_sys::Function = object::get(&navigator, "share").unchecked_into();
    let outcome = match share.call1(&navigator, &data) {
        Ok(promise) => promise.unchecked_into::<Promise>().await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Shared::Done,
        Err(error) if object::text(&error, "name").as_deref() == Some("AbortError") => Shared::Cancelled,
        Err(_) => Shared::Impossible,
    }
}

/// Lets the user pick files; `accept` as in HTML, such as `.json,.minping`. Must be called from a tap or key press.
/// Empty when the user cancelled.
pub async fn pick(what: Pick, accept: &str) -> Vec<Picked> {
    let mut list = Vec::new();
    for handle in choose(what, accept).await {
        let text = handle.read(f64::INFINITY).await.ok();
        list.push(Picked { name: handle.name, text });
    }
    list
}

/// The same, with nothing read yet.
pub async fn choose(what: Pick, accept: &str) -> Vec<Handle> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Vec::new() };
    let Ok(element) = document.create_element("input") else { return Vec::new() };
    let input: HtmlInputElement = element.unchecked_into();
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(what != Pick::One);
    if what == Pick::Folder {
        // Not in every browser's bindings; where it is unknown it stays without effect.
        let _ = js_sys::Reflect::set(&input, &"webkitdirectory".into(), &true.into());
    }
    let picked = Deferred::new();
    let promise = picked.promise.clone();
    let settle = Closure::<dyn FnMut()>::new(move || picked.resolve(&JsValue::UNDEFINED));
    for event in ["change", "cancel"] {
        let _ = input.add_event_listener_with_callback(event, settle.as_ref().unchecked_ref());
    }
    input.click();
    // It is only ever fulfilled.
    let _ = promise.await;
    handles(&input)
}

/// The files of an input element or, with its `files`, of something dropped on the page.
pub fn handles(holder: &JsValue) -> Vec<Handle> {
    let files = object::get(holder, "files");
    if !object::present(&files) {
        return Vec::new();
    }
    Array::from(&files)
        .iter()
        .map(|file| {
            let path = object::text(&file, "webkitRelativePath").filter(|path| !path.is_empty());
            let name = path.or_else(|| object::text(&file, "name")).unwrap_or_default();
            Handle { name, file }
        })
        .collect()
}
