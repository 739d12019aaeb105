//! How full the quotas of a plan are, before an interview starts. A part that few plans need: it comes when it is shown.

use super::Opened;
use super::begin::Chosen;
use super::when::when;
use crate::batch::QuotasError;
use crate::browser::files::{self, Pick};
use crate::browser::net;
use crate::outbox::{self, CellStanding};
use crate::plan::{Cell, Mode, Plan, WhenFull};
use crate::report::cell_name;
use crate::session::Opening;
use crate::ui::device::{Device, ToldError, use_device};
use crate::ui::element::{Element, NotLoaded, button, chunk, el, group, listen};
use crate::ui::shell::use_shell;
use crate::ui::words::{Language, Words, quota as words};
use leptos::{prelude::*, task::spawn_local};

/// What is full for an interview that is about to begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Places of the cells that are full and that it can be in.
    pub full: Vec<usize>,
    /// What it is in whatever is answered, and full: the interview is not begun.
    pub stop: Option<String>,
}

/// What is full for an interview of this opening.
#[chunk(quotas, fallible)]
pub fn ahead(
    device: Device,
    plan: std::rc::Rc<Plan>,
    opening: Opening,
    language: Language,
) -> Result<Ahead, NotLoaded> {
    let standing = outbox::quotas(&device.keeper(), &plan, &opening.plan.digest, &opening.round);
    let (group, stratum) = (opening.rater_group.as_deref(), opening.stratum.as_deref());
    let mut ahead = Ahead::default();
    for (at, (cell, stands)) in plan.cells().iter().zip(&standing.cells).enumerate() {
        if !stands.full || !cell.admits(opening.mode, group, stratum) {
            continue;
        }
        ahead.full.push(at);
        if cell.when.is_none() && cell.when_full == WhenFull::ScreenOut {
            ahead.stop = Some(cell_name(&plan, cell, language.tag()));
        }
    }
    Ok(ahead)
}

/// The progress of every cell in the chosen round; what the chosen group, place and way lead to stands first.
#[chunk(quotas, fallible)]
pub fn progress(opened: Opened, chosen: Chosen) -> Result<Element, NotLoaded> {
    let device = use_device();
    let told: RwSignal<Option<Result<bool, ToldError>>> = RwSignal::new(None);
    hear(device, opened, None);
    listen(&window(), "online", move |_| hear(device, opened, None));
    let fetch = button("button").on("click", move |_| hear(device, opened, Some(told))).say(words::HEAR);
    let open = button("button").on("click", move |_| open_file(device, opened, told)).say(words::OPEN_FILE);
    let status = el("p", "hint small").attr("role", "status").live(move || match told.get() {
        None => group(),
        Some(result) => group().say(told_words(&result)),
    });
    Ok(el("section", "stack tight quotas")
        .attr("aria-labelledby", "quota-progress")
        .child(el("h3", "").attr("id", "quota-progress").say(words::TITLE))
        .child(el("p", "hint small").say(words::TITLE_HINT))
        .live(move || cells(device, opened, chosen))
        .child(el("div", "row").child(fetch).child(open))
        .child(status))
}

/// Asks the site. Unasked, a failure is no news.
fn hear(device: Device, opened: Opened, told: Option<RwSignal<Option<Result<bool, ToldError>>>>) {
    if told.is_none() && !net::online() {
        return;
    }
    let (plan, digest) = (opened.plan(), opened.digest());
    spawn_local(async move {
        let result = device.hear_quotas(&plan, &digest).await;
        if let Some(told) = told {
            let _ = told.try_set(Some(result));
        }
    });
}

fn open_file(device: Device, opened: Opened, told: RwSignal<Option<Result<bool, ToldError>>>) {
    let (plan, digest) = (opened.plan(), opened.digest());
    spawn_local(async move {
        let Some(picked) = files::pick(Pick::One, ".minping-quotas").await.into_iter().next() else { return };
        let result = match picked.text {
            Some(text) => device.take_quotas(&plan, &digest, &text).await,
            None => Err(ToldError::Bad(QuotasError::NotAStanding)),
        };
        let _ = told.try_set(Some(result));
    });
}

fn told_words(result: &Result<bool, ToldError>) -> Words {
    match result {
        Ok(true) => words::HEARD,
        Ok(false) => words::HEARD_SAME,
        Err(ToldError::NoAnswer) => words::HEARD_NOTHING,
        Err(ToldError::None) => words::HEARD_NONE,
        Err(ToldError::Bad(QuotasError::OtherPlan(..))) => words::HEARD_OTHER,
        Err(ToldError::Bad(_)) => words::HEARD_BAD,
        Err(ToldError::Save(_)) => words::HEARD_UNSAVED,
    }
}

/// Whether an interview of what is chosen can be in the cell; what is not chosen yet may come to be anything.
fn fits(cell: &Cell, chosen: Chosen) -> bool {
    let open = |own: Option<&str>, chosen: RwSignal<String>| {
        own.is_none_or(|own| chosen.with(|chosen| chosen.is_empty() || *chosen == own))
    };
    open(cell.rater_group, chosen.group)
        && open(cell.stratum, chosen.stratum)
        && open(cell.mode.map(Mode::name), chosen.mode)
}

/// Whether an interview of what is chosen is in the cell, whatever is answered.
fn is_in(cell: &Cell, chosen: Chosen) -> bool {
    let here = |own: Option<&str>, chosen: RwSignal<String>| own.is_none_or(|own| chosen.with(|chosen| *chosen == own));
    cell.when.is_none()
        && here(cell.rater_group, chosen.group)
        && here(cell.stratum, chosen.stratum)
        && here(cell.mode.map(Mode::name), chosen.mode)
}

fn cells(device: Device, opened: Opened, chosen: Chosen) -> Element {
    let language = use_shell().language.get();
    let (plan, digest) = (opened.plan(), opened.digest());
    let standing = chosen.round.with(|round| outbox::quotas(&device.track(), &plan, &digest, round));
    let known = standing.at.is_some();
    let cells = plan.cells();
    let all: Vec<(&Cell, &CellStanding)> = cells.iter().zip(&standing.cells).collect();
    let (here, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(cell, _)| fits(cell, chosen));
    let rows = |list: &[(&Cell, &CellStanding)]| {
        let rows = list.iter().map(|(cell, stands)| row(&plan, cell, stands, known, language)).collect();
        el("ul", "list quota-list").children(rows)
    };
    let at = match standing.at.as_deref().and_then(milliseconds) {
        Some(at) => words::TOLD_AT.fill(language, &[&when(at, language)]),
        None => words::TOLD_NEVER.of(language).to_owned(),
    };
    let mut about = at;
    let smallest = plan.privacy.smallest_cell;
    if known && smallest > 1 {
        about.push(' ');
        about.push_str(&words::FEWER.fill(language, &[&smallest.to_string()]));
    }
    let said = here.iter().filter(|(cell, stands)| stands.full && (cell.when.is_some() || is_in(cell, chosen)));
    let said: Vec<Element> = said.map(|(cell, _)| full(&plan, cell, language)).collect();
    let part = el("div", "stack tight").child(el("div", "stack tight").attr("role", "status").children(said));
    let part = part
        .maybe(standing.unreadable.then(|| el("p", "banner warn").text(words::UNREADABLE.of(language))))
        .child(rows(&here))
        .child(el("p", "hint small").text(&about));
    if others.is_empty() {
        return part;
    }
    let summary = el("summary", "reveal").text(&words::OTHERS.count(language, &[others.len()]));
    part.child(el("details", "").child(summary).child(rows(&others)))
}

/// What is full for what is chosen, said before the interview starts.
fn full(plan: &Plan, cell: &Cell, language: Language) -> Element {
    let text = match (cell.when, cell.when_full) {
        (None, WhenFull::Warn) => words::WARN_TEXT,
        (None, WhenFull::ScreenOut) => words::STOP_TEXT,
        (Some(_), WhenFull::Warn) => words::LATER_WARN,
        (Some(_), WhenFull::ScreenOut) => words::LATER_TEXT,
    };
    let title = words::WARN_TITLE.fill(language, &[&cell_name(plan, cell, language.tag())]);
    let title = el("p", "").child(el("strong", "").text(&title));
    el("div", "banner warn tight").child(title).child(el("p", "small").text(text.of(language)))
}

fn row(plan: &Plan, cell: &Cell, stands: &CellStanding, known: bool, language: Language) -> Element {
    let done = stands.all.unwrap_or(stands.own);
    let counts = words::OF.fill(language, &[&done.to_string(), &stands.target.to_string()]);
    let own = match (known, stands.all) {
        (true, None) => words::ONLY_OWN.of(language).to_owned(),
        (true, Some(_)) => words::OWN.fill(language, &[&stands.own.to_string()]),
        (false, _) => String::new(),
    };
    let tag = match cell.when_full {
        WhenFull::Warn => words::FULL,
        WhenFull::ScreenOut => words::FULL_OUT,
    };
    let name = cell_name(plan, cell, language.tag());
    let meter = el("progress", "meter")
        .attr("max", &stands.target.to_string())
        .attr("value", &done.min(stands.target).to_string())
        .attr("aria-hidden", "true");
    let told = el("div", "grow stack tight").child(el("p", "").text(&name)).child(meter);
    let numbers = el("div", "quota-numbers").child(el("p", "").text(&counts));
    let numbers = numbers.maybe((!own.is_empty()).then(|| el("p", "hint small").text(&own)));
    let numbers = numbers.maybe(stands.full.then(|| el("span", "tag warn").text(tag.of(language))));
    el("li", "list-row").child(told).child(numbers)
}

fn milliseconds(at: &str) -> Option<u64> {
    let at = js_sys::Date::parse(at);
    (at >= 0.0).then_some(at as u64)
}
