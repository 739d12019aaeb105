//! One control per item type: native inputs in fieldsets, so that keyboard and screen reader work as the browser makes
//! them. A control listens once on its outermost element, not on every option.

mod acknowledge;
mod attachment;
mod barcode;
mod combobox;
mod drawing;
mod dropdown;
mod fixed;
mod frame;
mod grade;
mod inputs;
mod matrix;
mod moment;
mod note;
mod number;
mod offer;
mod photo;
mod place;
mod range;
mod rank;
mod rare;
mod recording;
mod repeat;
mod search;
mod select;
mod sensor;
mod steps;
mod text;

pub use frame::{anchor, describe_fault, focused};

use crate::plan::{Item, ItemType, Plan};
use crate::ui::aloud;
use crate::ui::answer::Live;
use crate::ui::element::{Element, group, on_demand};
use crate::ui::shell::use_shell;
use leptos::{prelude::*, task::spawn_local};

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
    let kind = live.with(|session| session.item(index).kind);
    if !kind.is_shown() {
        return group();
    }
    let control = control_of(live, index);
    // Before what it reads, so that the keyboard comes to it first. The section is drawn anew when it is switched on.
    match use_shell().aloud.get_untracked() {
        true => group().child(on_demand(move || aloud::reader(live, index))).child(control),
        false => control,
    }
}

fn control_of(live: Live, index: usize) -> Element {
    let (kind, chunk, filtered) = live.with(|session| {
        let item = session.item(index);
        (item.kind, chunk_of(item), item.choice_filter.is_some())
    });
    let build = move || match kind {
        ItemType::Group => note::heading(live, index),
        ItemType::Note => note::note(live, index),
        ItemType::Grade if chunk.is_none() => grade::grade(live, index),
        ItemType::SelectOne if chunk.is_none() => select::one(live, index),
        ItemType::SelectMultiple if chunk.is_none() => select::many(live, index),
        ItemType::Text if chunk.is_none() => text::text(live, index),
        _ => match chunk {
            Some(MATRIX) => on_demand(move || matrix::matrix(live, index)),
            Some(SENSORS) => on_demand(move || sensor::sensor(live, index)),
            Some(_) => on_demand(move || rare::rare(live, index)),
            None => group(),
        },
    };
    if !filtered {
        return build();
    }
    let offered = live.choices(index);
    group().live(move || {
        offered.track();
        untrack(build)
    })
}

const MATRIX: usize = 0;
const RARE: usize = 1;
const SENSORS: usize = 2;

/// Whether a list of choices is shown otherwise than as radios or checkboxes.
fn is_apart(item: &Item) -> bool {
    matches!(item.appearance.as_deref(), Some("autocomplete" | "minimal"))
}

/// The chunk that a control is in; `None` for those that come with the app, and for what is not shown.
fn chunk_of(item: &Item) -> Option<usize> {
    match item.kind {
        ItemType::Calculate | ItemType::Hidden => None,
        _ if item.read_only => Some(RARE),
        ItemType::SelectOne | ItemType::SelectMultiple if is_apart(item) => Some(RARE),
        ItemType::Repeat => Some(RARE),
        ItemType::Group | ItemType::Note | ItemType::Text => None,
        ItemType::Grade | ItemType::SelectOne | ItemType::SelectMultiple => None,
        ItemType::GradeMatrix => Some(MATRIX),
        ItemType::Rank | ItemType::Range | ItemType::Acknowledge => Some(RARE),
        ItemType::Date | ItemType::Time | ItemType::Datetime => Some(RARE),
        ItemType::Integer | ItemType::Decimal => Some(RARE),
        ItemType::Geopoint | ItemType::Image | ItemType::Audio | ItemType::Barcode => Some(SENSORS),
    }
}

/// Brings the chunks of a plan's controls, before they are shown. What cannot be had now is asked for again then.
pub fn expect(plan: &Plan) {
    let mut wanted = [false; 3];
    for questionnaire in &plan.questionnaires {
        look(&questionnaire.items, &mut wanted);
    }
    spawn_local(async move {
        if wanted[MATRIX] {
            _ = matrix::load().await;
        }
        if wanted[RARE] {
            _ = rare::load().await;
        }
        if wanted[SENSORS] {
            _ = sensor::load().await;
        }
    });
}

fn look(items: &[Item], wanted: &mut [bool; 3]) {
    for item in items {
        if let Some(chunk) = chunk_of(item) {
            wanted[chunk] = true;
        }
        look(&item.items, wanted);
    }
}
