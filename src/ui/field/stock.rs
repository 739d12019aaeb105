//! What lies on this device and where it has gone, over all plans; and giving the device back. A chunk of its own: it is looked at
//! once a day.

mod carry;
mod leave;
mod list;
mod page;
mod stray;

use crate::session::PlanRef;
use crate::ui::device::Device;
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::words::{Language, stock as words};
use leptos::prelude::*;

pub fn stock() -> AnyView {
    in_view(on_demand(stock_screen))
}

pub fn leave() -> AnyView {
    in_view(on_demand(leave_screen))
}

#[chunk(stock, fallible)]
fn stock_screen() -> Result<Element, NotLoaded> {
    Ok(of_view(page::page()))
}

#[chunk(stock, fallible)]
fn leave_screen() -> Result<Element, NotLoaded> {
    Ok(of_view(leave::page()))
}

/// What people call a plan: its title, or its id where the plan itself is not here.
fn title(device: Device, plan: &PlanRef, language: Language) -> String {
    let name = match device.kept_plan(&plan.digest) {
        Some(kept) => super::say(&kept, &kept.title, language).to_owned(),
        None => words::PLAN_NOT_HERE.fill(language, &[&plan.id]),
    };
    [&name, " · ", &super::words::VERSION.fill(language, &[&plan.version])].concat()
}
