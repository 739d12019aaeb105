//! A resident of whose kind enough have answered, where the plan says that residents are held to its quotas.

use super::resident::{Stage, Visit};
use super::welcome::find_draft;
use crate::plan::{Cell, Text};
use crate::ui::device::fetch_quotas;
use crate::ui::element::{Element, NotLoaded, chunk, el};
use crate::ui::shell::use_shell;
use crate::ui::words::quota as words;
use leptos::{prelude::*, task::spawn_local};

/// Asks what is full. Until it is known, and where it cannot be, nobody is screened out.
#[chunk(quotas, fallible)]
pub fn ask(visit: Visit) -> Result<(), NotLoaded> {
    spawn_local(hear(visit));
    Ok(())
}

async fn hear(visit: Visit) {
    let Some(invitation) = visit.invitation() else { return };
    let (plan, link) = (&invitation.plan, &invitation.link);
    let Ok((told, _)) = fetch_quotas(plan, &link.plan).await else { return };
    let told = told.of_round(plan, &link.round);
    let is_full = |(cell, told): &(&Cell, &Option<u64>)| {
        invitation.is_held(cell) && told.is_some_and(|count| count >= u64::from(cell.target))
    };
    let cells = plan.cells();
    let full: Vec<(usize, &Cell)> = (cells.iter().zip(&told))
        .enumerate()
        .filter(|(_, cell)| is_full(cell))
        .map(|(at, (cell, _))| (at, cell))
        .collect();
    let _ = visit.full.try_set(full.iter().map(|(at, _)| *at).collect());
    let closed = full.into_iter().find(|(_, cell)| cell.when.is_none());
    // An interview that was begun goes on.
    let waits = visit.stage.with_untracked(|stage| matches!(stage, Stage::Welcome));
    if let Some((_, cell)) = closed
        && waits
        && !(visit.kept() && find_draft(visit, &invitation.token).is_some())
    {
        visit.show(Stage::Full(cell.message.cloned().unwrap_or_default()));
    }
}

/// Of which kinds enough have answered, before the first question.
#[chunk(quotas, fallible)]
pub fn told_full(visit: Visit) -> Result<Element, NotLoaded> {
    let language = use_shell().language;
    let said = move || {
        let Some(invitation) = visit.invitation() else { return String::new() };
        let cells = invitation.plan.cells();
        let labels = visit.full.get().into_iter().filter_map(|at| cells[at].label).map(|label| visit.text(label));
        let labels: Vec<String> = labels.collect();
        words::ENOUGH.fill(language.get(), &[&labels.join(language.get().pick(words::BETWEEN))])
    };
    Ok(el("p", "banner").live_text(said))
}

/// Enough have answered: why, in the plan's words.
#[chunk(quotas, fallible)]
pub fn full(visit: Visit, message: Text) -> Result<Element, NotLoaded> {
    let language = use_shell().language;
    let title = el("h1", "").attr("tabindex", "-1").live_text(move || words::THANKS.of(language.get()).to_owned());
    Ok(el("div", "page stack").child(title).child(el("p", "lead").live_text(move || visit.text(&message))))
}
