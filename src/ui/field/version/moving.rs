use crate::browser::host::FULL;
use crate::outbox;
use crate::plan::{Digest, Item, ItemType, Plan, Text};
use crate::session::{Answer, Draft, DraftError, Fallen, Fell, Migrated, PlanRef, Session, migrate};
use crate::store::DRAFT;
use crate::ui::device::{Device, use_device};
use crate::ui::field::interview::draft_words;
use crate::ui::field::{interview_route, save_words, say};
use crate::ui::shell::{go, t, use_shell};
use crate::ui::words::{Language, shell as shell_words, version as words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// What taking an open interview over would mean, and the button that does it.
pub fn moving(id: String, other: Digest, open: RwSignal<bool>) -> AnyView {
    let (device, shell) = (use_device(), use_shell());
    let language = shell.language.get_untracked();
    let (old, found) = match prepare(device, &id, &other) {
        Ok(found) => found,
        Err(why) => {
            return view! {
                <p class="banner warn">{words::CANNOT.fill(language, &[&why.said(language)])}</p>
                <div class="dialog-actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
                </div>
            }
            .into_any();
        }
    };
    let failure = RwSignal::new(None::<String>);
    let (id, other) = (StoredValue::new(id), StoredValue::new(other));
    let shown = StoredValue::new_local(found);
    let lists = RwSignal::new_local(Rc::new((old, shown.get_value())));
    let lists_told = move || lists.with(|both| told(device, &both.0, &both.1, &other.get_value(), language));
    let yes = move |_| {
        spawn_local(async move {
            let (id, keeper) = (id.get_value(), device.keeper());
            let language = shell.language.get_untracked();
            let Some(alone) = keeper.lock(&[DRAFT, &id].concat()).await else {
                return failure.set(Some(words::BUSY.of(language).to_owned()));
            };
            // What is in the interview now, and not what was when this was opened: it may have gone on in another window.
            let (old, now) = match prepare(device, &id, &other.get_value()) {
                Ok(found) => found,
                Err(why) => return failure.set(Some(words::CANNOT.fill(language, &[&why.said(language)]))),
            };
            if now != shown.get_value() {
                shown.set_value(now.clone());
                lists.set(Rc::new((old, now)));
                return failure.set(Some(words::MOVE_CHANGED.of(language).to_owned()));
            }
            let Some(step) = outbox::take_over(&keeper, &id, &now.draft) else { return open.set(false) };
            match device.commit(step).await {
                Ok(_) => {
                    drop(alone);
                    open.set(false);
                    shell.say(words::MOVED);
                    go(&interview_route(&other.get_value(), &id));
                }
                Err(error) => failure.set(Some(words::NOT_KEPT.fill(language, &[save_words(&error).of(language)]))),
            }
        });
    };
    view! {
        {lists_told}
        <p class="hint">{t(words::MOVE_UNDO)}</p>
        <div role="alert">{move || failure.get().map(|text| view! { <p class="error">{text}</p> })}</div>
        <div class="dialog-actions">
            <button type="button" class="button" on:click=move |_| open.set(false)>{t(shell_words::CANCEL)}</button>
            <button type="button" class="button primary" on:click=yes>{t(words::MOVE_YES)}</button>
        </div>
    }
    .into_any()
}

enum Cannot {
    NotHere,
    Draft(DraftError),
}

impl Cannot {
    fn said(&self, language: Language) -> String {
        match self {
            Cannot::NotHere => words::NOT_HERE.of(language).to_owned(),
            Cannot::Draft(DraftError::UnknownReference(what)) => words::CANNOT_PLACE.fill(language, &[what]),
            Cannot::Draft(error) => draft_words(error, language),
        }
    }
}

fn prepare(device: Device, id: &str, other: &Digest) -> Result<(Session, Migrated), Cannot> {
    let body = device.keeper().get(&[DRAFT, id].concat()).ok_or(Cannot::NotHere)?;
    let draft = Draft::parse(&body).map_err(Cannot::Draft)?;
    let old = device.kept_plan(&draft.opening.plan.digest).ok_or(Cannot::NotHere)?;
    let new = device.kept_plan(other).ok_or(Cannot::NotHere)?;
    let old = Session::resume(old, draft, &FULL).map_err(Cannot::Draft)?;
    let to = PlanRef { id: new.id.clone(), version: new.version.clone(), digest: other.clone() };
    let found = migrate(&old, new, to, &FULL).map_err(Cannot::Draft)?;
    Ok((old, found))
}

fn told(device: Device, old: &Session, found: &Migrated, other: &Digest, language: Language) -> AnyView {
    let of_old = |key: &str| label(old, key, language);
    let list = |lines: Vec<String>| {
        view! { <ul class="plain">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
    };
    let fallen: Vec<String> = found.fallen.iter().map(|one| fallen_line(old, one, language)).collect();
    let new = device.kept_plan(other);
    let fresh = new.and_then(|plan| Session::resume(plan, found.draft.clone(), &FULL).ok());
    let reworded = found.reworded.iter().map(|key| {
        let (was, now) = (of_old(key), fresh.as_ref().map(|fresh| label(fresh, key, language)));
        match now {
            Some(now) if now != was => [&was, " → ", &now].concat(),
            // Its scale or its choices.
            _ => was,
        }
    });
    let reworded: Vec<String> = reworded.collect();
    let added: Vec<String> = match &fresh {
        Some(fresh) => found.added.iter().map(|key| label(fresh, key, language)).collect(),
        None => Vec::new(),
    };
    view! {
        <p>{words::KEPT.count(language, &[found.kept.len()])}</p>
        {match fallen.is_empty() {
            true => view! { <p class="banner good">{words::FALLEN_NONE.of(language)}</p> }.into_any(),
            false => view! {
                <div class="banner bad stack tight fallen">
                    <p><strong>{words::FALLEN.of(language)}</strong></p>
                    {list(fallen)}
                </div>
            }.into_any(),
        }}
        {(!reworded.is_empty()).then(|| view! {
            <div class="banner warn stack tight">
                <p><strong>{words::REWORDED.of(language)}</strong></p>
                {list(reworded)}
            </div>
        })}
        {(!added.is_empty()).then(|| view! {
            <div class="stack tight">
                <p><strong>{words::ADDED.of(language)}</strong></p>
                {list(added)}
            </div>
        })}
    }
    .into_any()
}

/// What a question is called; with the instances around it where there are some.
fn label(session: &Session, key: &str, language: Language) -> String {
    let item = session.index(key).map(|index| session.item(index));
    match item {
        Some(item) if key.contains('[') => [said(session.plan(), &item.label, language), " (", key, ")"].concat(),
        Some(item) => said(session.plan(), &item.label, language).to_owned(),
        None => key.to_owned(),
    }
}

fn said<'a>(plan: &'a Rc<Plan>, text: &'a Text, language: Language) -> &'a str {
    say(plan, text, language)
}

fn fallen_line(old: &Session, one: &Fallen, language: Language) -> String {
    let plan = old.plan();
    let item = old.index(&one.key).map(|index| old.item(index));
    let mut line = label(old, &one.key, language);
    if let Some((unit, indicator)) = &one.cell {
        let unit = plan.unit(unit).map_or(unit.as_str(), |known| said(plan, &known.label, language));
        let leaves = plan.leaf_indicators();
        let leaf = leaves.iter().find(|(leaf, _)| leaf.id == *indicator);
        let indicator = leaf.map_or(indicator.as_str(), |(leaf, _)| said(plan, &leaf.label, language));
        line = [&line, " · ", unit, " · ", indicator].concat();
    }
    let value = one.value.as_ref().map(|value| value_words(plan, item, value, language));
    let why = match one.why {
        Fell::Gone => words::WHY_GONE,
        Fell::AsksElse => words::WHY_ELSE,
        Fell::Unfit => words::WHY_UNFIT,
    };
    let value = value.unwrap_or_else(|| words::NO_VALUE.of(language).to_owned());
    [&line, " “", &value, "” — ", why.of(language)].concat()
}

/// An answer as people read it.
fn value_words(plan: &Rc<Plan>, item: Option<&Item>, value: &Answer, language: Language) -> String {
    let one = |name: &str| {
        let scale = item.and_then(|item| item.scale.as_deref()).and_then(|id| plan.scale(id));
        if let Some(scale) = scale {
            let grade = scale.grades.iter().find(|grade| grade.name == name).map(|grade| &grade.label);
            let missing = || scale.missing.iter().find(|answer| answer.name == name).map(|answer| &answer.label);
            return grade.or_else(missing).map_or(name, |text| said(plan, text, language)).to_owned();
        }
        let list = item.and_then(|item| item.choices.as_deref()).and_then(|id| plan.choice_list(id));
        let choice = list.and_then(|list| list.choices.iter().find(|choice| choice.name == name));
        choice.map_or(name, |choice| said(plan, &choice.label, language)).to_owned()
    };
    match value {
        Answer::Text(_) if item.is_some_and(|item| matches!(item.kind, ItemType::Image | ItemType::Audio)) => {
            words::FILE.of(language).to_owned()
        }
        Answer::Text(text) => one(text),
        Answer::Integer(number) => number.to_string(),
        Answer::Choices(names) => names.iter().map(|name| one(name)).collect::<Vec<_>>().join(", "),
        Answer::Grid(grid) => words::MANY.count(language, &[grid.iter().map(|(_, row)| row.len()).sum()]),
    }
}
