//! The canvasser's screens: the plans on this device, one plan with its interviews and its outbox, the interview, and the
//! device's own card, health and rescue.

mod batches;
mod begin;
mod card;
mod contacts;
mod course;
mod device;
mod discard;
mod drafts;
mod handed;
mod health;
mod install;
mod interview;
mod lock;
mod note;
mod opening;
mod outbox;
mod plan;
mod plans;
mod practice;
mod preview;
mod quota;
mod rescue;
mod stock;
mod storage;
mod unable;
mod update;
mod version;
mod when;

pub use handed::{handed, in_hands};
pub use lock::{open_lock, screen as locked};
pub use opening::opening;
pub use unable::unable;

use crate::browser::keeper::SaveError;
use crate::plan::{Digest, Plan, Text, pick};
use crate::ui::device::Device;
use crate::ui::words::{Language, Words, field as words, lock as lock_words};
use leptos::prelude::*;
use std::rc::Rc;

/// Listens for what the browser offers: an installation, a new version, the network. Call it once, at the start.
pub fn watch(device: Device) {
    install::watch_offer();
    update::watch_updates();
    contacts::watch(device);
}

/// What a route shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    Plans,
    Plan(Digest),
    /// Plan and session id.
    Interview(Digest, String),
    /// The list of the day.
    Cases(Digest),
    /// The telephone desk.
    Calls(Digest),
    /// A plan to practise with.
    Practice(Digest),
    /// Plan, round and id of a case.
    Case(Digest, String, String),
    Device,
    /// What lies on this device and where it has gone.
    Stock,
    /// Giving the device back.
    Leave,
    /// The course for canvassers.
    Course,
    /// Who shares this device.
    Canvassers,
    /// A plan tried out inside the office's editor.
    Preview,
    Unknown,
}

impl Screen {
    pub fn read(route: &str) -> Screen {
        let mut parts = route.trim_matches('/').split('/');
        if let Some(screen) = Screen::read_cases(route) {
            return screen;
        }
        match (parts.next(), parts.next().and_then(Digest::parse), parts.next(), parts.next()) {
            (Some(""), ..) => Screen::Plans,
            (Some("device"), None, None, None) => Screen::Device,
            (Some("stock"), None, None, None) => Screen::Stock,
            (Some("leave"), None, None, None) => Screen::Leave,
            (Some("course"), None, None, None) => Screen::Course,
            (Some("canvassers"), None, None, None) => Screen::Canvassers,
            (Some("preview"), None, None, None) => Screen::Preview,
            (Some("field"), Some(plan), None, None) => Screen::Plan(plan),
            (Some("field"), Some(plan), Some("calls"), None) => Screen::Calls(plan),
            (Some("field"), Some(plan), Some("practice"), None) => Screen::Practice(plan),
            (Some("field"), Some(plan), Some(id), None) => Screen::Interview(plan, id.to_owned()),
            _ => Screen::Unknown,
        }
    }

    fn read_cases(route: &str) -> Option<Screen> {
        let mut parts = route.trim_matches('/').split('/');
        let (Some("field"), Some(plan), Some("cases")) = (parts.next(), parts.next(), parts.next()) else {
            return None;
        };
        let plan = Digest::parse(plan)?;
        let decoded = |text: &str| js_sys::decode_uri_component(text).map(String::from).ok();
        match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Some(Screen::Cases(plan)),
            (Some(round), Some(case), None) => Some(Screen::Case(plan, decoded(round)?, decoded(case)?)),
            _ => None,
        }
    }

    pub fn view(self) -> AnyView {
        match self {
            Screen::Plans => plans::plans(),
            Screen::Plan(digest) => plan::plan(digest),
            Screen::Interview(digest, id) => interview::interview(digest, id),
            Screen::Practice(digest) => practice::practice(digest),
            Screen::Calls(digest) => plan::with_plan(digest, |opened| {
                version::onward(opened, contacts::desk_route);
                contacts::desk(opened)
            }),
            Screen::Cases(digest) => plan::with_plan(digest, |opened| {
                version::onward(opened, contacts::list_route);
                contacts::list(opened)
            }),
            Screen::Case(digest, round, case) => plan::with_plan(digest, move |opened| {
                version::onward(opened, |newer| contacts::case_route(newer, &round, &case));
                contacts::case(opened, round.clone(), case.clone())
            }),
            Screen::Device => device::device(),
            Screen::Stock => stock::stock(),
            Screen::Leave => stock::leave(),
            Screen::Course => course::course(),
            Screen::Canvassers => lock::page(),
            Screen::Preview => preview::preview(),
            Screen::Unknown => unable::unknown(),
        }
    }
}

/// A screen, and above it who works here.
pub fn at_work(screen: Screen) -> AnyView {
    view! {
        {lock::bar()}
        {screen.view()}
    }
    .into_any()
}

/// A plan that a screen shows. Copy: a handle that lives as long as the screen.
#[derive(Clone, Copy)]
struct Opened {
    plan: StoredValue<Rc<Plan>, LocalStorage>,
    digest: StoredValue<Digest>,
}

impl Opened {
    fn new(plan: Rc<Plan>, digest: Digest) -> Opened {
        Opened { plan: StoredValue::new_local(plan), digest: StoredValue::new(digest) }
    }

    fn plan(self) -> Rc<Plan> {
        self.plan.get_value()
    }

    fn digest(self) -> Digest {
        self.digest.get_value()
    }

    /// One of its texts in the language of the interface, or else in the plan's first.
    fn say(self, choose: impl Fn(&Plan) -> &Text, language: Language) -> String {
        self.plan.with_value(|plan| say(plan, choose(plan), language).to_owned())
    }
}

/// Address of a plan's screen.
fn plan_route(digest: &Digest) -> String {
    let mut route = String::from("/field/");
    route.push_str(digest.as_str());
    route
}

/// Address of an interview.
fn interview_route(digest: &Digest, id: &str) -> String {
    let mut route = plan_route(digest);
    route.push('/');
    route.push_str(id);
    route
}

fn href(route: &str) -> String {
    let mut href = String::from("#");
    href.push_str(route);
    href
}

/// A plan's text in the language of the interface, or else in the plan's first.
fn say<'a>(plan: &'a Plan, text: &'a Text, language: Language) -> &'a str {
    pick(text, language.tag(), plan.languages.first().map_or("", String::as_str))
}

/// What to do when something was not saved.
fn save_words(error: &SaveError) -> Words {
    match error {
        SaveError::Full => words::SAVE_FULL,
        SaveError::Conflict { .. } => words::SAVE_CONFLICT,
        SaveError::Unavailable => words::SAVE_UNAVAILABLE,
        SaveError::Locked => lock_words::SAVE_LOCKED,
        SaveError::Failed(_) => words::SAVE_FAILED,
    }
}
