use crate::browser::keeper::{Copies, SaveError, Saved};
use crate::ui::element::{Element, el, group};
use crate::ui::words::answer as words;
use std::rc::Rc;

/// How far the newest change has come, for screens: `None` where nothing is kept.
pub type HowFar = Rc<dyn Fn() -> Option<Saved>>;

/// How far the newest change has come. Silent for screen readers until it fails.
pub fn saved_line(saved: HowFar) -> Element {
    let state = move || match saved() {
        None => 0,
        Some(Saved::Saving) => 1,
        Some(Saved::Saved(Copies::Two)) => 2,
        Some(Saved::Saved(Copies::One)) => 3,
        Some(Saved::Failed(SaveError::Full)) => 4,
        Some(Saved::Failed(_)) => 5,
    };
    let failed = state.clone();
    let line = |state| {
        let (class, text) = match state {
            0 => ("saved small open", words::NOT_KEPT),
            1 => ("saved small", words::SAVING),
            2 => ("saved small done", words::SAVED),
            3 => ("saved small done", words::SAVED_ONCE),
            _ => return group(),
        };
        el("p", class).say(text)
    };
    let alarm = |state| match state {
        4 => el("p", "banner bad").say(words::SAVE_FULL),
        5 => el("p", "banner bad").say(words::SAVE_FAILED),
        _ => group(),
    };
    let alarm = el("div", "").attr("role", "alert").switch(move || failed().max(3), alarm);
    el("div", "saved-line").switch(state, line).child(alarm)
}
