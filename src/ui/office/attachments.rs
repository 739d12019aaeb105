//! Photos, drawings and recordings of a round: what people gave in answer to the items that ask for a file. The viewer is
//! a chunk of its own.

mod find;
mod viewer;

use super::desk::Desk;
use crate::plan::{Item, ItemType, Plan};
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use leptos::prelude::*;

/// Nothing where the plan asks for no file, and where nobody gave one.
pub fn attachments(desk: Desk, round: String) -> AnyView {
    let asks = desk.chosen.with_untracked(|chosen| chosen.as_ref().is_some_and(|chosen| asks_for_files(&chosen.plan)));
    match asks {
        true => in_view(on_demand(move || files(desk, round.clone()))),
        false => ().into_any(),
    }
}

fn asks_for_files(plan: &Plan) -> bool {
    fn any(items: &[Item]) -> bool {
        items.iter().any(|item| matches!(item.kind, ItemType::Image | ItemType::Audio) || any(&item.items))
    }
    plan.questionnaires.iter().any(|questionnaire| any(&questionnaire.items))
}

#[chunk(attachments, fallible)]
fn files(desk: Desk, round: String) -> Result<Element, NotLoaded> {
    Ok(of_view(viewer::viewer(desk, &round)))
}
