//! One case in the list.

use super::{What, Work, case_route, label};
use crate::contact::{OnList, State};
use crate::ui::element::{Element, el};
use crate::ui::field::href;
use crate::ui::field::when::said_moment;
use crate::ui::words::{Language, Words, contacts as words};

/// What a state is called, and how it looks.
pub fn state_words(state: State) -> (Words, &'static str) {
    match state {
        State::Interviewing => (words::INTERVIEWING, "tag warn"),
        State::Due => (words::DUE, "tag warn"),
        State::Open => (words::OPEN, "tag"),
        State::Later => (words::LATER, "tag"),
        State::Spent => (words::SPENT, "tag bad"),
        State::Done => (words::DONE, "tag good"),
        State::Locked => (words::LOCKED, "tag"),
    }
}

/// How a distance is said.
pub fn distance(metres: f64, language: Language) -> String {
    match metres < 950.0 {
        true => words::METRES.fill(language, &[&format!("{:.0}", (metres / 10.0).round() * 10.0)]),
        false => words::KILOMETRES.fill(language, &[&format!("{:.1}", metres / 1000.0)]),
    }
}

pub fn row(work: Work, round: &str, found: &OnList, metres: Option<f64>, language: Language) -> Element {
    let case = &found.case;
    let (state, class) = state_words(found.state);
    let mut about = vec![case.id.clone()];
    about.extend(case.stratum.as_deref().map(|id| label(work.opened, What::Stratum, id)));
    about.extend(case.group.as_deref().map(|id| label(work.opened, What::Group, id)));
    about.extend(case.phone.clone());
    about.extend(case.substitute_for.as_deref().map(|id| words::SUBSTITUTE.fill(language, &[id])));
    if !found.attempts.is_empty() {
        about.push(words::ATTEMPTS.count(language, &[found.attempts.len()]));
    }
    about.extend(
        found.outcome().filter(|_| !found.attempts.is_empty()).map(|known| known.words.of(language).to_owned()),
    );
    if matches!(found.state, State::Due | State::Later) {
        about.extend(found.call_back().map(|at| words::AGREED.fill(language, &[&said_moment(at, language)])));
    }
    about.extend(metres.map(|metres| distance(metres, language)));
    let link =
        el("a", "case-link").attr("href", &href(&case_route(&work.opened.digest(), round, &case.id))).text(&case.label);
    let told = el("div", "grow stack tight")
        .child(el("p", "").child(link))
        .child(el("p", "hint small").text(&about.join(" · ")));
    el("li", "list-row case-row").child(told).child(el("span", class).text(state.of(language)))
}
