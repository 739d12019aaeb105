//! One case: what leads to it, who is asked, the interview, and what happened else.

use super::row::state_words;
use super::{What, Work, attempt, household, label, list_route, nothing};
use crate::batch::Selection;
use crate::contact::{self, OnList, State};
use crate::session::Draft;
use crate::store::DRAFT;
use crate::ui::element::{Element, button, el, follow, group, next_frame, of_view};
use crate::ui::field::begin::{self, Chosen, Known};
use crate::ui::field::when::said_moment;
use crate::ui::field::{Opened, href, interview_route};
use crate::ui::shell::{focus_heading, use_shell};
use crate::ui::words::{Language, contacts as words, field as field_words};
use leptos::{prelude::*, task::spawn_local};

/// Name, place and group are those of the list and stay: only what follows from attempts is made anew.
pub fn screen(opened: Opened, round: String, id: String) -> Element {
    let (work, shell) = (Work::new(opened), use_shell());
    follow(move || shell.title(words::TITLE.of(shell.language.get())));
    next_frame(focus_heading);
    let back = el("p", "back").child(
        el("a", "button quiet")
            .attr("href", &href(&list_route(&opened.digest())))
            .live_text(move || ["← ", words::BACK.of(shell.language.get())].concat()),
    );
    let page = el("div", "page stack contacts").child(back);
    let list = untrack(|| work.list(&round));
    let Some(found) = list.case(&id) else {
        return page.child(el("h1", "").say(words::CASE_GONE));
    };
    let (most, selection) = match &list.assignment {
        Some(list) => (list.attempts, list.selection),
        None => (0, Selection::None),
    };
    let known = Known {
        round: round.clone(),
        group: found.case.group.clone(),
        stratum: found.case.stratum.clone(),
        mode: None,
    };
    let chosen = begin::choose_for(opened, work.device, &known);
    let (state_round, state_id) = (round.clone(), id.clone());
    let now = Memo::new(move |_| {
        let list = work.list(&state_round);
        list.case(&state_id).map(|case| (case.state, case.pick.is_some(), case.draft.clone()))
    });
    let facts = {
        let (round, id) = (round.clone(), id.clone());
        nothing().live(move || {
            let list = work.list(&round);
            list.case(&id).map_or_else(group, |case| facts(work, case, most, shell.language.get()))
        })
    };
    let original = found.case.substitute_for.clone().unwrap_or_default();
    let (round_of, id_of) = (round.clone(), id.clone());
    let middle = move || {
        let Some((state, picked, draft)) = now.get() else { return group() };
        let language = shell.language.get();
        let (round, id) = (round_of.clone(), id_of.clone());
        match state {
            State::Locked => el("p", "banner").text(&words::LOCKED_TEXT.fill(language, &[&original])),
            State::Done => el("p", "banner good").text(words::DONE_TEXT.of(language)),
            State::Spent => el("p", "banner warn").text(&words::SPENT_TEXT.count(language, &[most as usize])),
            State::Interviewing => interviewing(work, draft.unwrap_or_default(), &round, &id, chosen),
            State::Due | State::Open | State::Later => {
                let chooses = selection != Selection::None;
                let form_round = round.clone();
                group()
                    .maybe(chooses.then(|| household::part(work, round.clone(), id.clone(), selection)))
                    .child(interview(work, known.clone(), form_round, id.clone(), chosen, !chooses || picked))
                    .child(attempt::form(work, round, id, chosen.mode))
            }
        }
    };
    page.child(el("h1", "").attr("tabindex", "-1").text(&found.case.label))
        .child(facts)
        .live(middle)
        .child(attempt::history(work, round, id))
}

fn facts(work: Work, found: &OnList, most: u32, language: Language) -> Element {
    let case = &found.case;
    let (state, class) = state_words(found.state);
    let list = el("dl", "facts");
    let fact = |name: crate::ui::words::Words, value: Element| {
        list.add(&el("dt", "").text(name.of(language)));
        list.add(&el("dd", "").child(value));
    };
    let text = crate::ui::element::text;
    fact(words::ID, text(&case.id));
    let attempts = match most {
        0 => words::ATTEMPTS_NO_LIMIT.count(language, &[found.attempts.len()]),
        most => words::ATTEMPTS_OF.count(language, &[found.attempts.len(), most as usize]),
    };
    let mut about = vec![attempts];
    about.extend(found.call_back().map(|at| words::AGREED.fill(language, &[&said_moment(at, language)])));
    fact(
        words::STATE,
        group().child(el("span", class).text(state.of(language))).child(text(&[" ", &about.join(" · ")].concat())),
    );
    if let Some(phone) = &case.phone {
        let numbers = contact::numbers(phone);
        let links = numbers.iter().map(|one| match &one.tel {
            Some(tel) => el("a", "").attr("href", tel).text(&one.said),
            None => el("span", "").text(&one.said),
        });
        let mut links: Vec<Element> = links.flat_map(|link| [link, text(" ")]).collect();
        if links.is_empty() {
            links.push(text(phone));
        }
        fact(words::PHONE, group().children(links));
    }
    if let Some(id) = &case.stratum {
        fact(words::STRATUM, text(&label(work.opened, What::Stratum, id)));
    }
    if let Some(id) = &case.group {
        fact(words::GROUP, text(&label(work.opened, What::Group, id)));
    }
    if let Some(place) = &case.place {
        fact(words::COORDINATES, el("bdi", "mono").text(&place.replacen(' ', ", ", 1)));
    }
    if let Some(original) = &case.substitute_for {
        fact(words::STATE, text(&words::SUBSTITUTE.fill(language, &[original])));
    }
    list
}

/// Starts the interview, with what the case says.
fn interview(work: Work, known: Known, round: String, id: String, chosen: Chosen, ready: bool) -> Element {
    let shell = use_shell();
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let starting = StoredValue::new(false);
    let start = move |_| {
        if starting.get_value() {
            return;
        }
        starting.set_value(true);
        let language = shell.language.get_untracked();
        let (round, id) = (round.clone(), id.clone());
        spawn_local(async move {
            let join = |draft: &str| work.change(&round, &id, |list, case| contact::begin(list, case, draft));
            let result = begin::start_for(work.opened, chosen, work.device, join, language).await;
            let _ = starting.try_set_value(false);
            if let Err(why) = result {
                shell.announce(why.clone());
                let _ = failure.try_set(Some(why));
            }
        });
    };
    let fields =
        nothing().live(move || of_view(begin::open_fields(work.opened, chosen, known.clone(), shell.language.get())));
    let last = match ready {
        true => button("button primary wide").on("click", start).say(field_words::START),
        false => el("p", "hint").say(words::CHOOSE_FIRST),
    };
    el("section", "card stack")
        .attr("aria-labelledby", "case-interview")
        .child(el("h2", "").attr("id", "case-interview").say(words::INTERVIEW))
        .child(fields)
        .child(
            el("div", "")
                .attr("role", "alert")
                .live(move || failure.get().map_or_else(group, |why| el("p", "error").text(&why))),
        )
        .child(last)
}

/// Goes on with the open interview; where it is not here any more, how it ended is written down by hand.
fn interviewing(work: Work, draft: String, round: &str, id: &str, chosen: Chosen) -> Element {
    let key = [DRAFT, &draft].concat();
    if let Some(body) = work.device.keeper().get(&key) {
        // It is gone on with in the version of the plan in which it was begun.
        let digest = Draft::parse(&body).map_or_else(|_| work.opened.digest(), |draft| draft.opening.plan.digest);
        let route = href(&interview_route(&digest, &draft));
        return el("p", "").child(el("a", "button primary wide").attr("href", &route).say(words::RESUME));
    }
    group().child(el("p", "banner warn").say(words::GONE_TEXT)).child(attempt::form(
        work,
        round.to_owned(),
        id.to_owned(),
        chosen.mode,
    ))
}
