use super::{acknowledge, combobox, dropdown, fixed, moment, number, range, rank, repeat, select};
use crate::plan::ItemType;
use crate::ui::answer::Live;
use crate::ui::element::{Element, NotLoaded, chunk, group};

/// The controls that few plans use, in one chunk. A control that is large by itself has a chunk of its own.
#[chunk(controls, fallible, preload(load))]
pub fn rare(live: Live, index: usize) -> Result<Element, NotLoaded> {
    let (kind, read_only, typed) = live.with(|session| {
        let item = session.item(index);
        (item.kind, item.read_only, item.appearance.as_deref() == Some("autocomplete"))
    });
    Ok(match kind {
        _ if read_only => fixed::fixed(live, index),
        ItemType::Repeat => repeat::repeat(live, index),
        ItemType::SelectOne | ItemType::SelectMultiple if typed => combobox::combobox(live, index),
        ItemType::SelectOne => dropdown::dropdown(live, index),
        ItemType::SelectMultiple => select::folded(live, index),
        ItemType::Rank => rank::rank(live, index),
        ItemType::Range => range::range(live, index),
        ItemType::Acknowledge => acknowledge::acknowledge(live, index),
        ItemType::Date | ItemType::Time | ItemType::Datetime => moment::moment(live, index),
        ItemType::Integer | ItemType::Decimal => number::number(live, index),
        // The others come with the app or in chunks of their own: `chunk_of`.
        _ => group(),
    })
}
