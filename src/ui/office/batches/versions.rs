//! Batches of other versions of the plan on the desk: how many, that nothing is pooled, and how the questions answer to each other.

use crate::batch::Quarantine;
use crate::ledger::Standing;
use crate::plan::{Plan, read};
use crate::report::{POOLING, how_words, mapping_table};
use crate::session::{How, PlanRef, map_items};
use crate::ui::element::{Element, NotLoaded, chunk, in_view, of_view, on_demand};
use crate::ui::office::desk::{Desk, use_desk};
use crate::ui::office::table::shown_table;
use crate::ui::shell::use_shell;
use crate::ui::words::{Language, stock as words};
use leptos::prelude::*;

/// Another version, with its batches and records.
#[derive(Clone, PartialEq)]
struct Other {
    plan: PlanRef,
    batches: usize,
    records: usize,
}

#[component]
pub fn Versions() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    let found = Memo::new(move |_| {
        desk.turned.track();
        others(desk)
    });
    move || {
        let language = shell.language.get();
        found.get().into_iter().map(move |other| part(desk, other, language)).collect_view()
    }
}

fn others(desk: Desk) -> Vec<Other> {
    desk.ledger.with_value(|ledger| {
        let mut found: Vec<Other> = Vec::new();
        for kept in ledger.iter().flat_map(|ledger| ledger.batches().values()) {
            let Standing::Quarantined(Quarantine::OtherPlanVersion { found: plan }) = kept.standing() else { continue };
            let at = found.iter().position(|known| known.plan == *plan).unwrap_or_else(|| {
                found.push(Other { plan: plan.clone(), batches: 0, records: 0 });
                found.len() - 1
            });
            found[at].batches += 1;
            found[at].records += kept.len();
        }
        found
    })
}

fn part(desk: Desk, other: Other, language: Language) -> AnyView {
    let open = RwSignal::new(false);
    let counts = [other.plan.version.as_str(), &other.batches.to_string(), &other.records.to_string()];
    let title = words::VERSIONS.fill(language, &counts);
    let plan = StoredValue::new(other.plan);
    view! {
        <details class="card versions" on:toggle=move |_| open.set(true)>
            <summary class="summary">{title}</summary>
            {move || open.get().then(|| in_view(on_demand(move || mapped(desk, plan.get_value()))))}
        </details>
    }
    .into_any()
}

#[chunk(compare, fallible)]
fn mapped(desk: Desk, other: PlanRef) -> Result<Element, NotLoaded> {
    let text = desk.keeper().get(&["plan/", other.digest.as_str()].concat());
    let old: Option<Plan> = text.and_then(|text| read(&text).ok());
    let shell = use_shell();
    let shown = move || {
        let language = shell.language.get();
        let rule = POOLING.of(language);
        let Some(chosen) = desk.chosen.get() else { return view! { <p>{rule}</p> }.into_any() };
        let Some(old) = &old else {
            return view! {
                <div class="stack tight"><p>{rule}</p><p class="hint">{words::VERSIONS_NO_PLAN.of(language)}</p></div>
            }
            .into_any();
        };
        let list = map_items(old, &chosen.plan);
        let count = |how: How| list.iter().filter(|one| one.how == how).count();
        let hows = [How::Same, How::Reworded, How::AsksElse, How::Gone, How::Added];
        let sums: Vec<String> = hows
            .into_iter()
            .filter(|how| count(*how) > 0)
            .map(|how| [how_words(how).of(language), ": ", &count(how).to_string()].concat())
            .collect();
        let table = mapping_table(old, &chosen.plan, language);
        view! {
            <div class="stack tight">
                <p>{rule}</p>
                <ul class="plain">{sums.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                {shown_table(table, &other.version, Some("name"), "", language)}
            </div>
        }
        .into_any()
    };
    Ok(of_view(shown.into_any()))
}
