//! One control per item type: native inputs in fieldsets, so that keyboard and screen reader work as the browser makes
//! them. A control listens once on its outermost element, not on every option.

mod acknowledge;
mod frame;
mod grade;
mod inputs;
mod matrix;
mod moment;
mod note;
mod number;
mod offer;
mod range;
mod rank;
mod select;
mod steps;
mod text;

pub use frame::{anchor, describe_fault};
pub use steps::in_steps;

use crate::plan::ItemType;
use crate::ui::answer::Live;
use crate::ui::element::{Element, group};
use leptos::prelude::*;

/// An item with what belongs to it, while it is relevant.
pub fn item(live: Live, index: usize) -> Element {
    let conditional = live.with(|session| {
        let mut at = Some(index);
        std::iter::from_fn(|| {
            let here = at?;
            at = session.parent(here);
            Some(session.item(here).relevant.is_some())
        })
        .any(|conditional| conditional)
    });
    if !conditional {
        return control(live, index);
    }
    let appears = live.relevance(index);
    let shown = move || {
        appears.track();
        usize::from(live.with(|session| session.is_relevant(index)))
    };
    group().switch(shown, move |shown| if shown == 1 { control(live, index) } else { group() })
}

fn control(live: Live, index: usize) -> Element {
    match live.with(|session| session.item(index).kind) {
        ItemType::Group | ItemType::Repeat => note::heading(live, index),
        ItemType::Note => note::note(live, index),
        ItemType::Grade => grade::grade(live, index),
        ItemType::GradeMatrix => matrix::matrix(live, index),
        ItemType::SelectOne => select::one(live, index),
        ItemType::SelectMultiple => select::many(live, index),
        ItemType::Rank => rank::rank(live, index),
        ItemType::Range => range::range(live, index),
        ItemType::Acknowledge => acknowledge::acknowledge(live, index),
        ItemType::Text => text::text(live, index),
        ItemType::Date | ItemType::Time | ItemType::Datetime => moment::moment(live, index),
        ItemType::Calculate | ItemType::Hidden => group(),
        ItemType::Integer | ItemType::Decimal => number::number(live, index),
    }
}
