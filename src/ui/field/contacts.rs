//! The list of the day: cases to call on, attempts, and what is handed over of them. A part that few plans need: it comes when
//! it is shown.

mod attempt;
mod case;
mod desk;
mod hand;
mod hold;
mod household;
mod keys;
mod list;
mod near;
mod rates;
mod row;

use super::when::this_minute;
use super::{Opened, plan_route};
use crate::contact::{self, Attempt, LIST, List, LogState, OPEN, OnList, State};
use crate::outbox::Changes;
use crate::plan::{Digest, Mode, Plan};
use crate::session::{Disposition, PlanRef};
use crate::store::DRAFT;
use crate::ui::device::{Device, use_device};
use crate::ui::element::{Element, NotLoaded, chunk, el, follow, group, in_view, on_demand, when_idle};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{contacts as words, phone as phone_words};
use leptos::{prelude::*, task::spawn_local};
use std::cell::Cell;

/// Address of the list.
pub fn list_route(digest: &Digest) -> String {
    [&plan_route(digest), "/cases"].concat()
}

/// Address of the telephone desk.
pub fn desk_route(digest: &Digest) -> String {
    [&plan_route(digest), "/calls"].concat()
}

/// Address of a case.
pub fn case_route(digest: &Digest, round: &str, case: &str) -> String {
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    [&list_route(digest), "/", &encoded(round), "/", &encoded(case)].concat()
}

/// On the plan's screen: how far the list is, or the way to take one in.
pub fn part(opened: Opened) -> AnyView {
    let device = use_device();
    let any = Memo::new(move |_| {
        let prefix = [LIST, &opened.plan().id, "/"].concat();
        !device.track().list(&prefix).is_empty()
    });
    let link = super::href(&list_route(&opened.digest()));
    view! {
        <section class="card stack tight list-of-day" aria-labelledby="list-of-day">
            <h2 id="list-of-day">{t(words::TITLE)}</h2>
            {move || match any.get() {
                true => in_view(on_demand(move || standing(opened))),
                false => view! { <p class="hint small">{t(words::NO_LIST_HINT)}</p> }.into_any(),
            }}
            <p><a class="button wide" href=link>{t(words::TO_LIST)}</a></p>
        </section>
    }
    .into_any()
}

pub fn list(opened: Opened) -> AnyView {
    in_view(on_demand(move || list_screen(opened)))
}

pub fn case(opened: Opened, round: String, case: String) -> AnyView {
    in_view(on_demand(move || case_screen(opened, round.clone(), case.clone())))
}

/// The telephone desk.
pub fn desk(opened: Opened) -> AnyView {
    in_view(on_demand(move || desk_screen(opened)))
}

/// Above an interview on the telephone: answers by keys.
pub fn by_keys() -> AnyView {
    in_view(on_demand(keys_part))
}

/// After an interview on the telephone: the last words of the script, where it has some, in this language of the plan.
pub fn last_words(opened: Opened, round: String, language: String) -> AnyView {
    in_view(on_demand(move || last_words_part(opened, round.clone(), language.clone())))
}

/// The interview is over: others may be given the case.
#[chunk(contacts, fallible)]
pub fn let_go() -> Result<(), NotLoaded> {
    hold::let_go();
    Ok(())
}

/// Leaves the interview of a case: others may be given it, unless something was claimed since `turn`.
#[chunk(contacts, fallible)]
pub fn leave(turn: u64) -> Result<(), NotLoaded> {
    hold::let_go_if(turn);
    Ok(())
}

/// Which claim is the last one.
pub fn turn() -> u64 {
    hold::turn()
}

/// How an interview of a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With a record; how many questions were answered of how many that were asked; and whether a full quota ended it.
    Closed { disposition: Disposition, answered: usize, asked: usize, by_quota: bool },
    /// Without one, for this reason.
    Discarded(&'static str),
}

/// Whether the draft is that of a case, which most are not.
pub fn is_of_case(device: Device, plan: &Plan, draft: &str) -> bool {
    device.keeper().list(&[OPEN, &plan.id, "/"].concat()).iter().any(|(_, body)| body == draft)
}

/// What the step that ends the interview adds: the attempt in, and what joined draft and case out.
#[chunk(contacts, fallible)]
pub fn ended(
    device: Device,
    plan: String,
    draft: String,
    mode: &'static str,
    how: Ended,
) -> Result<Changes, NotLoaded> {
    let keeper = device.keeper();
    let Some((round, id)) = contact::case_of(&keeper, &plan, &draft) else { return Ok(Changes::new()) };
    let list = contact::list(&keeper, &plan, &round, &this_minute());
    let Some(case) = list.case(&id) else { return Ok(Changes::new()) };
    let code = match how {
        Ended::Closed { disposition, answered, asked, by_quota } => {
            Some(contact::interview_code(disposition, answered, asked, by_quota))
        }
        Ended::Discarded("refused") => Some("2.11"),
        Ended::Discarded("broken_off") => Some("2.12"),
        Ended::Discarded("ineligible") => Some("4.7"),
        Ended::Discarded(_) => None,
    };
    let attempt = code.map(|code| Attempt {
        at: this_minute(),
        outcome: code.to_owned(),
        mode: mode.to_owned(),
        stratum: case.case.stratum.clone(),
        group: case.case.group.clone(),
        ..Attempt::default()
    });
    Ok(contact::end(&list, case, attempt.as_ref(), &mark()))
}

#[chunk(contacts, fallible)]
fn standing(opened: Opened) -> Result<Element, NotLoaded> {
    let (device, shell) = (use_device(), use_shell());
    let told = move || {
        let (keeper, plan) = (device.track(), opened.plan());
        let text = contact::lists(&keeper, &plan.id).into_iter().map(|round| {
            let list = contact::list(&keeper, &plan.id, &round, &this_minute());
            let count = |states: &[State]| list.cases.iter().filter(|one| states.contains(&one.state)).count();
            let to_do = count(&[State::Open, State::Due, State::Interviewing]);
            words::ON_PLAN.count(shell.language.get(), &[to_do, count(&[State::Due]), count(&[State::Done])])
        });
        text.collect::<Vec<_>>().join(" · ")
    };
    Ok(group().child(el("p", "").live_text(told)).child(to_desk(opened)))
}

/// The way to the telephone desk, where the plan is asked by telephone and a list has numbers.
fn to_desk(opened: Opened) -> Element {
    let device = use_device();
    let has = move || {
        let (keeper, plan) = (device.track(), opened.plan());
        let has_numbers = |round: &String| {
            let list = contact::list(&keeper, &plan.id, round, &this_minute());
            list.cases
                .iter()
                .any(|one| one.case.phone.as_deref().is_some_and(|phone| !contact::numbers(phone).is_empty()))
        };
        usize::from(plan.modes.contains(&Mode::Phone) && contact::lists(&keeper, &plan.id).iter().any(has_numbers))
    };
    group().switch(has, move |has| match has {
        0 => group(),
        _ => {
            let link = el("a", "button wide").attr("href", &super::href(&desk_route(&opened.digest())));
            el("p", "").child(link.say(phone_words::TO_DESK))
        }
    })
}

#[chunk(contacts, fallible)]
fn list_screen(opened: Opened) -> Result<Element, NotLoaded> {
    Ok(list::screen(opened))
}

#[chunk(contacts, fallible)]
fn desk_screen(opened: Opened) -> Result<Element, NotLoaded> {
    Ok(desk::screen(opened))
}

#[chunk(contacts, fallible)]
fn keys_part() -> Result<Element, NotLoaded> {
    Ok(keys::part())
}

#[chunk(contacts, fallible)]
fn last_words_part(opened: Opened, round: String, language: String) -> Result<Element, NotLoaded> {
    Ok(desk::last_words(opened, &round, &language))
}

#[chunk(contacts, fallible)]
fn case_screen(opened: Opened, round: String, id: String) -> Result<Element, NotLoaded> {
    Ok(case::screen(opened, round, id))
}

/// Sends what was handed over and waits: when the app is opened, and when the network comes back. Call it once.
pub fn watch(device: Device) {
    let look = move || {
        let waits = device.keep.keeper().is_some_and(|keeper| {
            contact::logs(&keeper).iter().any(|log| matches!(log.state, LogState::Waiting | LogState::Exported))
        });
        if waits {
            spawn_local(async move { _ = send(device).await });
        }
    };
    let begun = Cell::new(false);
    follow(move || {
        if device.keep.keeper().is_some() && !begun.replace(true) {
            when_idle(move || untrack(look));
            crate::browser::net::on_online(move || untrack(look));
        }
    });
}

#[chunk(contacts, fallible)]
fn send(device: Device) -> Result<(), NotLoaded> {
    spawn_local(async move { _ = device.send_contacts().await });
    Ok(())
}

/// What the screens of a list share. Copy: every field is a handle.
#[derive(Clone, Copy)]
struct Work {
    opened: Opened,
    device: Device,
}

impl Work {
    fn new(opened: Opened) -> Work {
        Work { opened, device: use_device() }
    }

    fn reference(self) -> PlanRef {
        let plan = self.opened.plan();
        PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: self.opened.digest() }
    }

    /// As it stands now; follows the store.
    fn list(self, round: &str) -> List {
        contact::list(&self.device.track(), &self.opened.plan().id, round, &this_minute())
    }

    /// Whether an interview of the case is open on this device.
    fn is_open(self, round: &str, id: &str) -> bool {
        untrack(|| self.list(round).case(id).is_some_and(|case| self.has_draft(case)))
    }

    fn has_draft(self, case: &OnList) -> bool {
        case.draft.as_ref().is_some_and(|draft| self.device.keeper().get(&[DRAFT, draft].concat()).is_some())
    }

    /// One more attempt. An interview that is open stays that of the case; what was begun and is not here any more ends with it.
    fn written(self, list: &List, case: &OnList, attempt: &Attempt) -> Changes {
        match case.draft.is_some() && !self.has_draft(case) {
            true => contact::end(list, case, Some(attempt), &mark()),
            false => contact::record(list, case, attempt, &mark()),
        }
    }

    /// A step made of the case as it is stored now.
    fn change(self, round: &str, id: &str, step: impl FnOnce(&List, &OnList) -> Changes) -> Changes {
        let list = contact::list(&self.device.keeper(), &self.opened.plan().id, round, &this_minute());
        list.case(id).map(|case| step(&list, case)).unwrap_or_default()
    }
}

/// What makes the name of an entry this device's own; without randomness it is its number alone.
fn mark() -> String {
    let random = super::begin::random_id().unwrap_or_default();
    random.chars().filter(char::is_ascii_alphanumeric).take(8).collect()
}

/// A text of the plan by id, or the id.
fn label(opened: Opened, what: What, id: &str) -> String {
    let (plan, language) = (opened.plan(), use_shell().language.get());
    let text = match what {
        What::Stratum => plan.stratum(id).map(|one| &one.label),
        What::Group => plan.rater_group(id).map(|one| &one.label),
    };
    text.map_or_else(|| id.to_owned(), |text| super::say(&plan, text, language).to_owned())
}

#[derive(Clone, Copy)]
enum What {
    Stratum,
    Group,
}

fn nothing() -> Element {
    group()
}
