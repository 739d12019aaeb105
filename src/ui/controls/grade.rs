use super::frame::Asked;
use super::offer::Offer;
use super::select::choose_one;
use crate::ui::answer::Live;
use crate::ui::element::Element;

/// One grade of a scale; the answers that are no grade stand last.
pub fn grade(live: Live, index: usize) -> Element {
    let options = live.with(|session| {
        let scale = session.item(index).scale.as_deref().and_then(|id| session.plan().scale(id));
        let mut options = Vec::new();
        if let Some(scale) = scale {
            options.extend(scale.grades.iter().map(|grade| Offer::plain(session, index, &grade.name, &grade.label)));
            options
                .extend(scale.missing.iter().map(|answer| Offer::plain(session, index, &answer.name, &answer.label)));
        }
        options
    });
    choose_one(Asked::read(live, index), options)
}
