use super::place;
use crate::plan::ItemType;
use crate::ui::answer::Live;
use crate::ui::element::{Element, NotLoaded, chunk, group};

/// The controls that ask what the device can sense, in one chunk.
#[chunk(sensors, fallible, preload(load))]
pub fn sensor(live: Live, index: usize) -> Result<Element, NotLoaded> {
    Ok(match live.with(|session| session.item(index).kind) {
        ItemType::Geopoint => place::geopoint(live, index),
        // The others are elsewhere: `chunk_of`.
        _ => group(),
    })
}
