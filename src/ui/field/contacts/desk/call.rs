//! The case on the screen: number, script, the way into the interview, and what can be said of the call.

use super::super::{What, household, label};
use super::{Desk, hold_words, outcomes, script};
use crate::batch::Selection;
use crate::contact::{self, OnList, Turn, numbers};
use crate::plan::Mode;
use crate::session::Draft;
use crate::store::DRAFT;
use crate::ui::device::Claimed;
use crate::ui::element::{Element, el, group, of_view};
use crate::ui::field::begin::{self, Known};
use crate::ui::field::interview_route;
use crate::ui::field::when::said_moment;
use crate::ui::shell::go;
use crate::ui::words::{Language, Words, contacts as list_words, phone as words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// Made anew for each case, and when an interview of it was begun or who is asked was found out.
pub fn part(desk: Desk) -> Element {
    let shown = Memo::new(move |_| {
        let id = desk.current.get()?;
        desk.list.with(|list| {
            let found = list.case(&id)?;
            Some((id.clone(), found.draft.clone(), found.pick.is_some()))
        })
    });
    group().live(move || {
        let Some((id, draft, picked)) = shown.get() else { return group() };
        untrack(|| {
            let list = desk.list.get();
            let Some(found) = list.case(&id) else { return group() };
            let assignment = list.assignment.as_ref();
            let most = assignment.map_or(0, |list| list.attempts);
            let selection = assignment.map_or(Selection::None, |list| list.selection);
            card(desk, found, draft, selection, picked, most)
        })
    })
}

fn card(desk: Desk, found: &OnList, draft: Option<String>, selection: Selection, picked: bool, most: u32) -> Element {
    let shell = desk.shell;
    let (case, round) = (&found.case, desk.round.get_untracked());
    let name = el("h2", "call-name").attr("tabindex", "-1").text(&case.label);
    let facts = {
        let found = found.clone();
        el("p", "hint").live_text(move || facts(desk, &found, most, shell.language.get()))
    };
    let dial = el("ul", "dial");
    for number in numbers(case.phone.as_deref().unwrap_or_default()) {
        let (tel, said) = (number.tel, number.said);
        let Some(tel) = tel else {
            let doubtful = el("span", "hint small").say(words::DOUBTFUL);
            dial.add(&el("li", "").child(el("span", "dial-read").text(&said)).text(" ").child(doubtful));
            continue;
        };
        let link = el("a", "dial-number").attr("href", &tel).text(&said);
        let link = link.live_attr("aria-label", move || Some(words::DIAL.fill(shell.language.get(), &[&said])));
        let link = link.on("click", move |_| desk.begun.set_value(true));
        dial.add(&el("li", "").child(link));
    }
    let claimed = move || match desk.claimed.get() {
        None => el("p", "hint small claim").say(words::ASKING),
        Some(claimed) => el("p", if claimed == Claimed::Yours { "hint small claim" } else { "hint small claim open" })
            .say(hold_words(claimed)),
    };
    let top = el("section", "card stack tight call")
        .child(name)
        .child(facts)
        .child(dial)
        .child(el("p", "hint small").say(words::BY_HAND))
        .child(el("div", "").attr("role", "status").live(claimed));
    let known = Known {
        round: round.clone(),
        group: case.group.clone(),
        stratum: case.stratum.clone(),
        mode: Some(Mode::Phone),
    };
    let chooses = selection != Selection::None && draft.is_none();
    let household = chooses.then(|| household::part(desk.work, round.clone(), case.id.clone(), selection));
    let way = match &draft {
        Some(draft) => resume(desk, draft),
        None if chooses && !picked => {
            desk.start.set_value(None);
            el("p", "hint").say(words::CHOOSE_FIRST)
        }
        None => start(desk, known, round, case.id.clone()),
    };
    let said = el("div", "stack").child(top).maybe(household).child(way).child(script::part(desk, case));
    el("div", "call-board").child(said).child(outcomes::part(desk, &case.id))
}

/// Where it is, how often it was tried, and how that ended.
fn facts(desk: Desk, found: &OnList, most: u32, language: Language) -> String {
    let case = &found.case;
    let turn = untrack(|| {
        desk.queue.with(|queue| {
            let list = desk.list.get();
            queue.ready.iter().find(|(at, _)| list.cases[*at].case.id == case.id).map(|(_, turn)| *turn)
        })
    });
    let mut about = vec![case.id.clone()];
    about.extend(turn.map(|turn| turn_words(turn).of(language).to_owned()));
    about.extend(case.stratum.as_deref().map(|id| label(desk.work.opened, What::Stratum, id)));
    about.extend(case.group.as_deref().map(|id| label(desk.work.opened, What::Group, id)));
    let next = found.attempts.len() + 1;
    about.push(match most {
        0 => words::TRIED.count(language, &[next]),
        most => words::TRIED_OF.count(language, &[next, (most as usize).max(next)]),
    });
    if let Some((_, last)) = found.attempts.last() {
        let what = last.known().map_or(last.outcome.as_str(), |known| known.words.of(language));
        about.push(words::LAST.fill(language, &[what, &said_moment(&last.at, language)]));
        about.extend(last.call_back.as_ref().map(|at| words::APPOINTED.fill(language, &[&said_moment(at, language)])));
        about.extend(last.note.clone());
    }
    about.extend(case.substitute_for.as_deref().map(|id| list_words::SUBSTITUTE.fill(language, &[id])));
    about.join(" · ")
}

fn turn_words(turn: Turn) -> Words {
    match turn {
        Turn::Open => words::T_OPEN,
        Turn::Due => words::T_DUE,
        Turn::Never => words::T_NEVER,
        Turn::OtherTime => words::T_OTHER_TIME,
        Turn::OtherDay => words::T_OTHER_DAY,
    }
}

/// Begins the interview on the telephone questionnaire, with what the case says.
fn start(desk: Desk, known: Known, round: String, id: String) -> Element {
    let (work, shell) = (desk.work, desk.shell);
    let chosen = begin::choose_for(work.opened, work.device, &known);
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let begin = Rc::new(move || {
        if desk.busy.get_value() {
            return;
        }
        desk.busy.set_value(true);
        failure.set(None);
        let language = shell.language.get_untracked();
        let (round, id) = (round.clone(), id.clone());
        // The screen goes away in the step that begins it.
        desk.going_in.set_value(true);
        spawn_local(async move {
            let join = |draft: &str| work.change(&round, &id, |list, case| contact::begin(list, case, draft));
            let result = begin::start_for(work.opened, chosen, work.device, join, language).await;
            desk.busy.try_set_value(false);
            if let Err(why) = result {
                desk.going_in.try_set_value(false);
                shell.announce(why.clone());
                let _ = failure.try_set(Some(why));
            }
        });
    });
    desk.start.set_value(Some(begin.clone()));
    let fields =
        group().live(move || of_view(begin::open_fields(work.opened, chosen, known.clone(), shell.language.get())));
    let button = outcomes::keyed_live("button primary wide", 's', words::START).on("click", move |_| begin());
    let failed = move || failure.get().map_or_else(group, |why| el("p", "error").text(&why));
    el("div", "stack tight").child(fields).child(el("div", "").attr("role", "alert").live(failed)).child(button)
}

/// Goes on with the interview that is open; where it is not here any more, how it ended is said by hand.
fn resume(desk: Desk, draft: &str) -> Element {
    let Some(body) = desk.work.device.keeper().get(&[DRAFT, draft].concat()) else {
        desk.start.set_value(None);
        return el("p", "banner warn").say(words::GONE);
    };
    // In the version of the plan in which it was begun.
    let digest = Draft::parse(&body).map_or_else(|_| desk.work.opened.digest(), |draft| draft.opening.plan.digest);
    let route = interview_route(&digest, draft);
    let begin = Rc::new(move || {
        desk.going_in.set_value(true);
        go(&route);
    });
    desk.start.set_value(Some(begin.clone()));
    outcomes::keyed_live("button primary wide", 's', words::RESUME).on("click", move |_| begin())
}
