use super::anchor;
use super::frame::Asked;
use super::photo::heard;
use super::text;
use crate::browser::clock::sleep;
use crate::browser::media::{self, MediaError, Reader};
use crate::browser::picture;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, group};
use crate::ui::words::{Words, attached as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlVideoElement, MediaStream};

/// Milliseconds between two looks at the camera's picture.
const PAUSE: i32 = 150;

/// Looking for a code. Copy: a handle that lives as long as the control.
#[derive(Clone, Copy)]
struct Scanner {
    live: Live,
    key: StoredValue<String>,
    /// Once it is known that this browser can.
    reader: StoredValue<Option<Reader>, LocalStorage>,
    able: RwSignal<Option<bool>>,
    stream: RwSignal<Option<MediaStream>, LocalStorage>,
    told: RwSignal<Option<Words>>,
}

/// What a barcode says, typed in any browser; where the browser reads barcodes, by the camera or from a picture too.
pub fn barcode(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let scanner = Scanner {
        live,
        key: StoredValue::new(asked.name.clone()),
        reader: StoredValue::new_local(None),
        able: RwSignal::new(None),
        stream: RwSignal::new_local(None),
        told: RwSignal::new(None),
    };
    on_cleanup(move || scanner.stop());
    spawn_local(async move {
        let reader = Reader::new().await;
        let able = reader.is_some();
        if scanner.reader.try_set_value(reader).is_none() {
            let _ = scanner.able.try_set(Some(able));
        }
    });
    let language = asked.language;
    let shown = move || scanner.able.get().map_or(0, |able| 1 + usize::from(able));
    let told = move || scanner.told.get().map_or(String::new(), |told| told.of(language).to_owned());
    let field = text::text(live, index);
    field.add(
        &el("div", "attached")
            .switch(shown, move |shown| match shown {
                0 => group(),
                1 => el("p", "hint small").text(words::CODE_UNABLE.of(language)),
                _ => scanner.view(&Asked::read(live, index)),
            })
            .child(el("p", "hint").attr("role", "status").live_text(told)),
    );
    field
}

impl Scanner {
    fn view(self, asked: &Asked) -> Element {
        let language = asked.language;
        let locked = move || self.live.locked.get();
        let input = el("input", "file-input")
            .attr("type", "file")
            .attr("accept", "image/*")
            .attr("id", &anchor(asked.index, "-picture"))
            .live_flag("disabled", locked);
        let picture = el("label", "button file")
            .child(el("span", "").text(words::CODE_PICTURE.of(language)))
            .child(heard(input, move |file| spawn_local(self.read_picture(file))));
        let shown = move || usize::from(self.stream.with(Option::is_some));
        group()
            .switch(shown, move |shown| match shown {
                0 => group(),
                _ => self.look(),
            })
            .child(
                el("div", "row")
                    .switch(shown, move |shown| match shown {
                        0 => button("button")
                            .live_flag("disabled", locked)
                            .on("click", move |_| spawn_local(self.start()))
                            .text(words::CODE_SCAN.of(language)),
                        _ => button("button")
                            .on("click", move |_| {
                                self.stop();
                                self.tell(None);
                            })
                            .text(words::CODE_STOP.of(language)),
                    })
                    .child(picture),
            )
    }

    fn tell(self, words: Option<Words>) {
        let _ = self.told.try_set(words);
    }

    async fn start(self) {
        self.tell(None);
        match media::open(true).await {
            // The person may have left while the browser asked.
            Ok(stream) => {
                if let Some(Some(unused)) = self.stream.try_set(Some(stream)) {
                    media::close(&unused);
                }
            }
            Err(error) => self.tell(Some(match error {
                MediaError::Denied => words::CAMERA_DENIED,
                MediaError::None | MediaError::Unable => words::CAMERA_NONE,
            })),
        }
    }

    /// What the camera sees, and the search in it.
    fn look(self) -> Element {
        let video = el("video", "photo-view").flag("muted", true).flag("playsinline", true).attr("aria-hidden", "true");
        let node: HtmlVideoElement = video.node().clone().unchecked_into();
        node.set_muted(true);
        let Some(stream) = self.stream.get_untracked() else { return video };
        node.set_src_object(Some(&stream));
        self.tell(Some(words::CODE_LOOKING));
        spawn_local(async move {
            if let Ok(playing) = node.play() {
                let _ = playing.await;
            }
            loop {
                // As long as it is this camera's picture that is looked at.
                let same = |now: &Option<MediaStream>| now.as_ref() == Some(&stream);
                let Some(Some(reader)) = self.reader.try_get_value() else { return };
                if self.stream.try_with_untracked(same) != Some(true) {
                    return;
                }
                let found = reader.read(&node).await;
                if self.stream.try_with_untracked(same) != Some(true) {
                    return;
                }
                if let Some(found) = found {
                    self.stop();
                    return self.take(found);
                }
                sleep(PAUSE).await;
            }
        });
        video
    }

    async fn read_picture(self, file: web_sys::Blob) {
        let Some(Some(reader)) = self.reader.try_get_value() else { return };
        self.stop();
        match picture::decode(&file).await {
            Ok(bitmap) => match reader.read(&bitmap).await {
                Some(found) => self.take(found),
                None => self.tell(Some(words::CODE_NOTHING)),
            },
            Err(_) => self.tell(Some(words::NO_PICTURE)),
        }
    }

    fn take(self, found: String) {
        let Some(item) = self.key.try_get_value() else { return };
        let taken = self.live.tell(Event::Answered { item, value: Answer::Text(found) });
        self.tell(Some(if taken.is_ok() { words::CODE_FOUND } else { words::CODE_NOTHING }));
    }

    fn stop(self) {
        if let Some(Some(stream)) = self.stream.try_update(Option::take) {
            media::close(&stream);
        }
    }
}
