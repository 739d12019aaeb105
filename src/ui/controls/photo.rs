use super::attachment::{Holder, State};
use super::frame::Asked;
use crate::browser::picture::{self, PictureError};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, group};
use crate::ui::words::{Words, attached as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlInputElement};

/// Pixels of the longer side, where the plan says nothing.
const SIDE: u32 = 1280;
/// Bytes of one photo: several fit into a record.
const MOST: u64 = 400_000;

/// A photo: taken with the camera, or chosen. The longer side has at most `max_pixels`.
pub fn photo(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let holder = Holder::new(&asked, true);
    let (side, only_new) = live.with(|session| {
        let item = session.item(index);
        (item.max_pixels.unwrap_or(SIDE), item.appearance.as_deref() == Some("new"))
    });
    let value = live.value(index);
    let answered = move || {
        value.track();
        holder.current()
    };
    let shown = answered.clone();
    let about = asked.label.clone();
    let view = move || match shown().and_then(|name| live.attached_url(&name)) {
        Some(url) => el("img", "photo-view").attr("src", &url).attr("alt", &about),
        None => group(),
    };
    let buttons = el("div", "row").child(source(
        &asked,
        holder,
        ("-take", true),
        side,
        words_of(answered.clone(), words::PHOTO_TAKE, words::PHOTO_AGAIN),
    ));
    if !only_new {
        let words = words_of(answered, words::PHOTO_CHOOSE, words::PHOTO_OTHER);
        buttons.add(&source(&asked, holder, ("-choose", false), side, words));
    }
    let inside = group().child(holder.status(words::PHOTO_NONE)).live(view).child(buttons);
    holder.frame(&asked, "field question attached", inside)
}

fn words_of(
    answered: impl Fn() -> Option<String> + 'static,
    first: Words,
    again: Words,
) -> impl Fn() -> Words + 'static {
    move || if answered().is_some() { again } else { first }
}

/// A button that is a file input: with `camera` phones and tablets open theirs, and other devices ask for a file.
fn source(
    asked: &Asked,
    holder: Holder,
    (part, camera): (&str, bool),
    side: u32,
    words: impl Fn() -> Words + 'static,
) -> Element {
    let input = file_input(asked, part, holder);
    let input = if camera { input.attr("capture", "environment") } else { input };
    let language = asked.language;
    let taken = move |file: Blob| {
        holder.state.set(State::Working);
        let (key, most) = (holder.key(), holder.room().min(MOST));
        spawn_local(async move {
            match picture::shrink(&file, side, most).await {
                Ok(bytes) => holder.put(key, bytes).await,
                Err(error) => holder.fail(why(error)),
            }
        });
    };
    el("label", "button file")
        .child(el("span", "").live_text(move || words().of(language).to_owned()))
        .child(heard(input, taken))
}

/// An input for a picture.
pub fn file_input(asked: &Asked, part: &str, holder: Holder) -> Element {
    let (live, state) = (holder.live, holder.state);
    el("input", "file-input")
        .attr("type", "file")
        .attr("accept", "image/*")
        .attr("id", &super::anchor(asked.index, part))
        .attr("aria-describedby", &asked.described_by())
        .live_flag("disabled", move || live.locked.get() || state.get() == State::Working)
}

/// Tells of the file that is chosen; the same may be chosen again.
pub fn heard(input: Element, taken: impl Fn(Blob) + 'static) -> Element {
    input.on("change", move |event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            taken(file.unchecked_into());
            input.set_value("");
        }
    })
}

pub fn why(error: PictureError) -> Words {
    match error {
        PictureError::Unreadable => words::NO_PICTURE,
        PictureError::TooLarge => words::FULL,
        PictureError::Failed => words::NOT_MADE,
    }
}
