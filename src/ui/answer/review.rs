use super::interview::Ending;
use super::live::{Live, say};
use super::saved::SavedLine;
use super::section::{fault_list, focus_item, go, questionnaire_title};
use crate::browser::keeper::Saved;
use crate::plan::ItemType;
use crate::session::{Answer, Disposition, Event, MissingReason, Session};
use crate::ui::shell::{focus_on, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// All answers before they are sent.
pub fn review(live: Live, ending: Ending, saved: Signal<Option<Saved>>) -> AnyView {
    let language = live.language();
    let shell = use_shell();
    let (resident, sections) = live.with(|session| {
        let sections: Vec<AnyView> = (0..session.sections().len())
            .filter(|&at| session.section_applies(at))
            .map(|at| part(live, session, at))
            .collect();
        (session.opening().link.is_some(), sections)
    });
    let finish = move |_| {
        let faults = live.with(|session| session.faults(None));
        if faults.is_empty() {
            ending.ask(Disposition::Complete);
            return;
        }
        live.attempted.set(true);
        shell.announce(words::FAULTS.count(language, &[faults.len()]));
        request_animation_frame(|| focus_on(".faults"));
    };
    let faults = move || {
        let faults = live.with(|session| session.faults(None));
        fault_list(live, faults, move |fault| visit(live, fault.section, fault.item))
    };
    let back = move |_| go(live, Event::Moved { section: live.with(|session| session.section()) });
    let finish_words = if resident { words::SEND } else { words::FINISH };
    view! {
        <h1 tabindex="-1">{words::REVIEW.of(language)}</h1>
        <p class="hint">{words::REVIEW_TEXT.of(language)}</p>
        {faults}
        {sections}
        <div class="actions">
            <SavedLine saved/>
            <button type="button" class="button" on:click=back>{words::BACK.of(language)}</button>
            <button type="button" class="button primary" on:click=finish disabled=move || live.closing.get() || live.locked.get()>
                {move || if live.closing.get() { words::CLOSING } else { finish_words }.of(language)}
            </button>
        </div>
    }
    .into_any()
}

fn visit(live: Live, section: usize, item: usize) {
    let shown = live.attempted.get_untracked();
    if live.tell(Event::Moved { section }).is_ok() {
        // Who comes from a list of faults sees them marked.
        live.attempted.set(shown);
        request_animation_frame(move || focus_item(item));
    }
}

fn part(live: Live, session: &Session, number: usize) -> AnyView {
    let language = live.language();
    let section = &session.sections()[number];
    let heading = match section.group {
        Some(group) => say(session, &session.items()[group].label).to_owned(),
        None if session.sections().len() < 2 => questionnaire_title(session),
        None => {
            let applying = (0..=number).filter(|&at| session.section_applies(at)).count();
            words::SECTION.count(language, &[applying])
        }
    };
    let rows: Vec<AnyView> = section
        .items
        .clone()
        .filter(|&index| {
            let kind = session.items()[index].kind;
            session.is_relevant(index) && kind != ItemType::Group && kind != ItemType::Note
        })
        .map(|index| {
            let label = say(session, &session.items()[index].label).to_owned();
            let mut change = String::from(words::CHANGE.of(language));
            change.push_str(words::COLON.of(language));
            change.push_str(&label);
            view! {
                <li class="list-row answered">
                    <div class="grow stack tight">
                        <p class="hint small">{label}</p>
                        <div>{answer(live, session, index)}</div>
                    </div>
                    <button type="button" class="button quiet" aria-label=change on:click=move |_| visit(live, number, index)>
                        {words::CHANGE.of(language)}
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="stack tight">
            <h2>{heading}</h2>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

/// What was answered, in words.
fn answer(live: Live, session: &Session, index: usize) -> AnyView {
    let language = live.language();
    if let Some(reason) = session.missing(index) {
        let reason = match reason {
            MissingReason::Refused => words::REASON_REFUSED,
            MissingReason::DontKnow => words::REASON_DONT_KNOW,
        };
        return reason.of(language).into_any();
    }
    let item = &session.items()[index];
    let choice = |name: &str| {
        let list = item.choices.as_deref().and_then(|id| session.plan().choice_list(id));
        let found = list.and_then(|list| list.choices.iter().find(|choice| choice.name == name));
        found.map_or(name, |choice| say(session, &choice.label)).to_owned()
    };
    match session.answer(index).filter(|_| session.is_answered(index)) {
        None => view! { <span class="hint">{words::NO_ANSWER.of(language)}</span> }.into_any(),
        Some(Answer::Integer(number)) => number.to_string().into_any(),
        Some(Answer::Text(text)) => match item.kind {
            ItemType::Grade => grade(session, item.scale.as_deref(), text).into_any(),
            ItemType::SelectOne => choice(text).into_any(),
            _ => view! { <span class="prose">{text.clone()}</span> }.into_any(),
        },
        Some(Answer::Choices(choices)) => {
            let chosen: Vec<AnyView> =
                choices.iter().map(|name| view! { <li>{choice(name)}</li> }.into_any()).collect();
            view! { <ul class="plain">{chosen}</ul> }.into_any()
        }
        Some(Answer::Grid(_)) => grid(live, session, index),
    }
}

fn grade(session: &Session, scale: Option<&str>, name: &str) -> String {
    let Some(scale) = scale.and_then(|id| session.plan().scale(id)) else { return name.to_owned() };
    let grades = scale.grades.iter().map(|grade| (&grade.name, &grade.label));
    let mut all = grades.chain(scale.missing.iter().map(|answer| (&answer.name, &answer.label)));
    all.find(|(known, _)| *known == name).map_or(name, |(_, label)| say(session, label)).to_owned()
}

/// A matrix: how many units, and each of them on demand.
fn grid(live: Live, session: &Session, index: usize) -> AnyView {
    let language = live.language();
    let (units, indicators) = session.matrix(index);
    let complete = (0..units.len()).filter(|&row| session.row_filled(index, row) == indicators.len()).count();
    let open = RwSignal::new(false);
    let rows = move || {
        open.get().then(|| {
            live.with(|session| {
                let (units, _) = session.matrix(index);
                let begun = (0..units.len()).filter(|&row| session.row_filled(index, row) > 0);
                begun.map(|row| view! { <li>{row_text(session, index, row)}</li> }.into_any()).collect::<Vec<_>>()
            })
        })
    };
    view! {
        <p>{words::MATRIX_SUMMARY.count(language, &[complete, units.len()])}</p>
        <details on:toggle=move |_| open.set(true)>
            <summary class="reveal">{words::MATRIX_SHOW.of(language)}</summary>
            <ul class="plain">{rows}</ul>
        </details>
    }
    .into_any()
}

fn row_text(session: &Session, index: usize, row: usize) -> String {
    let (units, indicators) = session.matrix(index);
    let unit = &units[row];
    let label = session.plan().unit(unit).map_or(unit.as_str(), |known| say(session, &known.label));
    let language = crate::ui::words::Language::read(session.language()).unwrap_or(crate::ui::words::Language::En);
    let mut text = String::from(label);
    text.push_str(words::COLON.of(language));
    let leaves = session.plan().leaf_indicators();
    let scale = session.items()[index].scale.as_deref();
    let mut separator = "";
    for indicator in indicators {
        let Some(name) = session.grade(index, unit, indicator) else { continue };
        text.push_str(separator);
        separator = " · ";
        if indicators.len() > 1 {
            let leaf = leaves.iter().find(|(leaf, _)| leaf.id == *indicator);
            text.push_str(leaf.map_or(indicator.as_str(), |(leaf, _)| say(session, &leaf.label)));
            text.push(' ');
        }
        text.push_str(&grade(session, scale, name));
    }
    text
}
