//! Camera, microphone and what reads barcodes.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, MediaRecorder, MediaRecorderOptions, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::object::{self, Deferred};
use super::picture;

/// Why a camera or microphone gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaError {
    /// The person or the system does not allow it.
    Denied,
    /// There is none, or something else uses it.
    None,
    /// This browser cannot do it, at this address or at all.
    Unable,
}

/// Bits a second: enough for speech.
const SPEECH: u32 = 24_000;

/// What is recorded in, the first that the browser can.
const SOUNDS: [&str; 3] = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

/// A camera (the one at the back where there are two) or a microphone. Asks the person.
pub async fn open(camera: bool) -> Result<MediaStream, MediaError> {
    let devices = web_sys::window().and_then(|window| window.navigator().media_devices().ok());
    // Undefined on an insecure origin.
    let devices = devices.filter(|devices| object::present(devices)).ok_or(MediaError::Unable)?;
    let constraints = MediaStreamConstraints::new();
    if camera {
        constraints.set_video(&object::make(&[("facingMode", "environment".into())]));
    } else {
        constraints.set_audio(&JsValue::TRUE);
    }
    let promise = devices.get_user_media_with_constraints(&constraints).map_err(|_| MediaError::Unable)?;
    let stream = promise.await.map_err(|error| match object::text(&error, "name").as_deref() {
        Some("NotAllowedError" | "SecurityError") => MediaError::Denied,
        _ => MediaError::None,
    })?;
    Ok(stream.unchecked_into())
}

/// Lets go of the device.
pub fn close(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

/// What reads barcodes and QR codes.
#[derive(Clone)]
pub struct Reader(JsValue);

impl Reader {
    /// `None`: this browser has none, or none that reads anything.
    pub async fn new() -> Option<Reader> {
        let class: Function = object::get(&js_sys::global(), "BarcodeDetector").dyn_into().ok()?;
        let ask: Function = object::get(&class, "getSupportedFormats").dyn_into().ok()?;
        let formats = ask.call0(&class).ok()?.unchecked_into::<Promise>().await.ok()?;
        let reader = js_sys::Reflect::construct(&class, &Array::new()).ok()?;
        (Array::from(&formats).length() > 0).then_some(Reader(reader))
    }

    /// What the first code in a picture or video says.
    pub async fn read(&self, source: &JsValue) -> Option<String> {
        let detect: Function = object::get(&self.0, "detect").dyn_into().ok()?;
        let found = detect.call1(&self.0, source).ok()?.unchecked_into::<Promise>().await.ok()?;
        object::text(&Array::from(&found).get(0), "rawValue").filter(|text| !text.is_empty())
    }
}

/// A recording that is going on.
pub struct Recording {
    stream: MediaStream,
    recorder: MediaRecorder,
    parts: Array,
    ended: Promise,
    _heard: [Closure<dyn Fn(JsValue)>; 2],
}

impl Recording {
    /// Begins at once.
    pub fn start(stream: MediaStream) -> Result<Recording, MediaError> {
        let begun = Recording::begin(&stream);
        if begun.is_err() {
            close(&stream);
        }
        begun
    }

    fn begin(stream: &MediaStream) -> Result<Recording, MediaError> {
        if !object::present(&object::get(&js_sys::global(), "MediaRecorder")) {
            return Err(MediaError::Unable);
        }
        let kind = SOUNDS.into_iter().find(|kind| MediaRecorder::is_type_supported(kind));
        let options = MediaRecorderOptions::new();
        options.set_mime_type(kind.ok_or(MediaError::Unable)?);
        options.set_audio_bits_per_second(SPEECH);
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(stream, &options)
            .map_err(|_| MediaError::Unable)?;
        let parts = Array::new();
        let kept = parts.clone();
        let heard = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            kept.push(&object::get(&event, "data"));
        });
        let done = Deferred::new();
        let ended = done.promise.clone();
        let stopped = Closure::<dyn Fn(JsValue)>::new(move |_: JsValue| done.resolve(&JsValue::UNDEFINED));
        recorder.set_ondataavailable(Some(heard.as_ref().unchecked_ref()));
        recorder.set_onstop(Some(stopped.as_ref().unchecked_ref()));
        recorder.start().map_err(|_| MediaError::Unable)?;
        Ok(Recording { stream: stream.clone(), recorder, parts, ended, _heard: [heard, stopped] })
    }

    /// Ends it. Twice is as once.
    pub fn stop(&self) {
        let _ = self.recorder.stop();
    }

    /// Waits for its end, by [`Recording::stop`] or because the microphone went away, and gives the file.
    pub async fn file(&self) -> Option<Vec<u8>> {
        // It is only ever fulfilled.
        let _ = self.ended.clone().await;
        close(&self.stream);
        let blob = Blob::new_with_blob_sequence(&self.parts).ok()?;
        picture::read(&blob).await.filter(|file| !file.is_empty())
    }
}
