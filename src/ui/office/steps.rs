//! Work steps: what is to be done besides asking, ticked off as it is done.

use super::batches::WithPlan;
use super::desk::{Desk, use_desk};
use super::parts::{Heading, print, said, today};
use super::standing::Needed;
use crate::expression::parse_day;
use crate::plan::{Dated, Plan, When, calendar, to_ics, write_day};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, office, steps as words};
use leptos::prelude::*;
use leptos::task::spawn_local;

const CALENDAR: &str = "text/calendar";

#[component]
pub fn Steps() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    view! {
        <section class="stack work-steps">
            <Heading title=words::TITLE text=words::TEXT/>
            <WithPlan>{move || list(desk, shell.language.get())}</WithPlan>
        </section>
    }
}

/// A step as it is shown.
#[derive(Clone)]
struct Row {
    /// Where its tick is kept; the value is the day on which it was ticked.
    key: String,
    label: String,
    about: String,
    when: When,
}

impl Row {
    fn of(plan: &Plan, dated: &Dated, on: i64, language: Language) -> Row {
        let step = dated.step;
        let round = dated.round.map_or("-", |round| round.id.as_str());
        let mut about = Vec::new();
        if let Some((from, to)) = dated.days {
            let last = if from < to { [" – ", &write_day(to)].concat() } else { String::new() };
            about.push([write_day(from), last].concat());
        }
        about.extend(dated.round.map(|round| said(&round.label, language, plan)));
        about.push(words::OWNER.fill(language, &[&said(&step.owner, language, plan)]));
        about.extend(step.produces.as_ref().map(|text| words::PRODUCES.fill(language, &[&said(text, language, plan)])));
        Row {
            key: [&done_key(&plan.id), round, "/", &step.id].concat(),
            label: said(&step.label, language, plan),
            about: about.join(" · "),
            when: dated.on(on),
        }
    }

    fn presses(&self) -> bool {
        matches!(self.when, When::Due | When::Over)
    }
}

fn done_key(plan: &str) -> String {
    ["done/", plan, "/"].concat()
}

fn list(desk: Desk, language: Language) -> AnyView {
    let Some(chosen) = desk.chosen.get() else { return ().into_any() };
    let steps = match desk.work_steps().read() {
        Ok(steps) => steps,
        Err(_) => return view! { <p class="banner bad" role="alert">{t(words::UNREADABLE)}</p> }.into_any(),
    };
    if steps.is_empty() {
        return view! {
            <Needed title=words::EMPTY text=words::EMPTY_TEXT href="#/plans" action=office::PLAN_CHOOSE/>
        }
        .into_any();
    }
    let day = today();
    let on = parse_day(&day).unwrap_or_default();
    let dated = calendar(&chosen.plan, &steps);
    let rows: Vec<Row> = dated.iter().map(|dated| Row::of(&chosen.plan, dated, on, language)).collect();
    let (ics, name) = (to_ics(&chosen.plan, &dated, on, language), [&chosen.plan.id, ".ics"].concat());
    let only_due = RwSignal::new(false);
    let nothing = !rows.iter().any(Row::presses);
    let summary = {
        let (rows, day) = (rows.clone(), day.clone());
        move || {
            let is_done = |row: &Row| done(desk, &row.key).is_some();
            let open = |when: When| rows.iter().filter(|row| row.when == when && !is_done(row)).count().to_string();
            let ticked = rows.iter().filter(|row| is_done(row)).count().to_string();
            let parts = [&day, &open(When::Due), &open(When::Over), &ticked, &rows.len().to_string()];
            words::NOW.fill(language, &parts.map(String::as_str))
        }
    };
    view! {
        <p class="lead" role="status">{summary}</p>
        <div class="row spread no-print">
            <label class="option">
                <input type="checkbox" class="option-input" prop:checked=move || only_due.get()
                    on:change=move |event| only_due.set(event_target_checked(&event))/>
                <span class="option-body">{t(words::ONLY_DUE)}</span>
            </label>
            <span class="row">
                <button type="button" class="button" on:click=move |_| desk.save(&name, &ics, CALENDAR)>{t(words::CALENDAR)}</button>
                <button type="button" class="button" on:click=move |_| print()>{t(words::PRINT)}</button>
            </span>
        </div>
        {move || (only_due.get() && nothing).then(|| view! { <p class="empty">{t(words::NONE_DUE)}</p> })}
        <ul class="list" aria-label=t(words::LIST)>
            {rows.into_iter().map(|row| shown(desk, row, &day, only_due, language)).collect_view()}
        </ul>
        <p class="hint small no-print">{t(words::CALENDAR_HINT)}</p>
    }
    .into_any()
}

/// The day on which a step was ticked.
fn done(desk: Desk, key: &str) -> Option<String> {
    desk.stirred.track();
    desk.keeper().get(key)
}

fn shown(desk: Desk, row: Row, day: &str, only_due: RwSignal<bool>, language: Language) -> impl IntoView + use<> {
    let day = day.to_owned();
    let presses = row.presses();
    let key = StoredValue::new(row.key);
    let ticked = move || key.with_value(|key| done(desk, key));
    let tick = move |event: leptos::ev::Event| {
        let value = event_target_checked(&event).then(|| day.clone());
        // What cannot be kept is said above the page, and the box shows what is kept.
        spawn_local(async move {
            desk.keep(vec![(key.get_value(), value)]).await;
            desk.stirred.update(|stirred| *stirred += 1);
        });
    };
    let aside = move || only_due.get() && !presses;
    let standing = move || match (ticked(), row.when) {
        (Some(day), _) => ("tag good", words::DONE.fill(language, &[&day])),
        (None, When::Due) => ("tag warn", words::DUE.of(language).to_owned()),
        (None, When::Over) => ("tag bad", words::LATE.of(language).to_owned()),
        (None, When::Ahead) => ("tag", words::AHEAD.of(language).to_owned()),
        (None, When::Unknown) => ("tag", words::UNKNOWN.of(language).to_owned()),
    };
    view! {
        <li class="list-row" hidden=aside>
            <label class="option grow">
                <input type="checkbox" class="option-input" prop:checked=move || ticked().is_some() on:change=tick/>
                <span class="option-body"><span><strong>{row.label}</strong><br/><span class="hint small">{row.about}</span></span></span>
            </label>
            {move || { let (class, text) = standing(); view! { <span class=class>{text}</span> } }}
        </li>
    }
}
