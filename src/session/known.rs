//! What is known of an interview before its first question, given to the `hidden` items that ask for it.

use super::Opening;
use crate::plan::{Item, Known, Questionnaire};
use std::borrow::Cow;

/// Each item with `from` has what is known as its default. Borrowed where there is none.
pub(super) fn fill(questionnaire: &mut Cow<Questionnaire>, opening: &Opening) {
    if any(&questionnaire.items) {
        give(&mut questionnaire.to_mut().items, opening);
    }
}

fn any(items: &[Item]) -> bool {
    items.iter().any(|item| item.from.is_some() || any(&item.items))
}

fn give(items: &mut [Item], opening: &Opening) {
    for item in items {
        let known = item.from.and_then(|from| match from {
            Known::Stratum => opening.stratum.as_deref(),
            Known::RaterGroup => opening.rater_group.as_deref(),
            Known::Mode => Some(opening.mode.name()),
            Known::Round => Some(opening.round.as_str()),
        });
        // An id holds no quotes.
        if let Some(known) = known {
            item.default = Some(["'", known, "'"].concat());
        }
        give(&mut item.items, opening);
    }
}
