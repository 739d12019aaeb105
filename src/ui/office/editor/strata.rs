//! Sampling cells with people and targets; the size of the sample, its sharing, and the draw from a list.

use super::basics::modes;
use super::field::{faults, number, several, tongues};
use super::paste::{Taking, paste};
use super::pen::Pen;
use super::rows::{Copying, add, adder, fresh_id, headed, id_field, list, more, tools};
use super::{drawing, sample};
use crate::design::{Named, Value, object};
use crate::ui::element::{Element, el};
use crate::ui::words::design as words;

/// The modes of the plan.
fn planned_modes(pen: Pen) -> Vec<(String, String)> {
    let planned = pen.list("/modes");
    let known = |name: &str| planned.iter().any(|mode| mode.as_text() == Some(name));
    modes(pen).into_iter().filter(|(name, _)| known(name)).collect()
}

pub fn strata(pen: Pen) -> Element {
    let row = move |at: &str, index: usize, count: usize| {
        let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
        let copying = Copying { member: "id", stem: "stratum-" };
        headed(
            at,
            &name,
            tools(pen, "/strata", index, count, &name, copying, Some(Named::Stratum)),
            vec![
                tongues(pen, &[at, "/label"].concat(), false, true),
                el("div", "grid-fields")
                    .child(number(pen, &[at, "/population"].concat(), words::POPULATION, None))
                    .child(number(pen, &[at, "/target"].concat(), words::TARGET, None)),
                more(vec![
                    several(pen, &[at, "/modes"].concat(), words::STRATUM_MODES, &planned_modes(pen)),
                    id_field(pen, at, "id", words::ID, Named::Stratum),
                ]),
                faults(pen, at, false),
            ],
        )
    };
    let fresh = move || {
        let id = fresh_id(pen, "/strata", "id", "", "stratum-");
        let label = Value::Object(pen.languages().iter().take(1).map(|tag| (tag.clone(), Value::text(""))).collect());
        add(pen, "/strata", object([("id", Value::Text(id)), ("label", label)]), "/label/zh");
    };
    el("div", "stack")
        .child(el("p", "hint").say(words::STRATA_TEXT))
        .child(paste(pen, Taking::Strata))
        .child(list(pen, "/strata", row))
        .child(faults(pen, "/strata", false))
        .child(adder(words::STRATUM_ADD, fresh))
        .child(sample::sample(pen))
        .child(drawing::drawing(pen))
}
