use super::{barcode, drawing, photo, place, recording};
use crate::plan::ItemType;
use crate::ui::answer::Live;
use crate::ui::element::{Element, NotLoaded, chunk, group};

/// The controls that ask what the device can sense, in one chunk.
#[chunk(sensors, fallible, preload(load))]
pub fn sensor(live: Live, index: usize) -> Result<Element, NotLoaded> {
    let (kind, drawn) = live.with(|session| {
        let item = session.item(index);
        (item.kind, matches!(item.appearance.as_deref(), Some("draw" | "signature")))
    });
    Ok(match kind {
        ItemType::Geopoint => place::geopoint(live, index),
        ItemType::Image if drawn => drawing::drawing(live, index),
        ItemType::Image => photo::photo(live, index),
        ItemType::Audio => recording::recording(live, index),
        ItemType::Barcode => barcode::barcode(live, index),
        // The others are elsewhere: `chunk_of`.
        _ => group(),
    })
}
