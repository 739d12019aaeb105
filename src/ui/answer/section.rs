use super::live::{Live, say};
use super::saved::SavedLine;
use crate::browser::keeper::Saved;
use crate::session::{Event, Fault, FaultKind};
use crate::ui::controls;
use crate::ui::shell::{focus_heading, focus_on, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// One section: heading, what stands in the way, items, and the way on.
pub fn section(live: Live, saved: Signal<Option<Saved>>) -> AnyView {
    let language = live.language();
    let (heading, hint, items, first) = live.with(|session| {
        let number = session.section();
        let section = session.sections().get(number);
        let group = section.and_then(|section| section.group).map(|group| &session.items()[group]);
        let heading = match group {
            Some(group) => say(session, &group.label).to_owned(),
            None if session.sections().len() < 2 => questionnaire_title(session),
            None => words::SECTION.count(language, &[place(session).0]),
        };
        let hint = group.and_then(|group| group.hint.as_ref()).map(|hint| say(session, hint).to_owned());
        let items = section.map_or(0..0, |section| section.items.clone());
        (heading, hint, items, session.previous_section().is_none())
    });
    let wanted = RwSignal::new(0);
    let start = items.start;
    let shell = use_shell();
    let next = move |_| {
        let (faults, next) = live.with(|session| (session.faults(Some(session.section())), session.next_section()));
        if !faults.is_empty() {
            live.attempted.set(true);
            shell.announce(words::FAULTS.count(language, &[faults.len()]));
            request_animation_frame(|| focus_on(".faults"));
            return;
        }
        go(live, next.map_or(Event::Reviewed(true), |section| Event::Moved { section }));
    };
    let back = move |_| {
        if let Some(section) = live.with(|session| session.previous_section()) {
            go(live, Event::Moved { section });
        }
    };
    let last = move || {
        live.answers.track();
        live.with(|session| session.next_section().is_none())
    };
    let faults = move || {
        live.answers.track();
        if !live.attempted.get() {
            return None;
        }
        let faults = live.with(|session| session.faults(Some(session.section())));
        Some(fault_list(live, faults, move |fault| {
            wanted.update(|wanted| *wanted = (*wanted).max(fault.item + 1 - start));
            request_animation_frame(move || focus_item(fault.item));
        }))
    };
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {hint.map(|hint| view! { <p class="hint prose">{hint}</p> })}
        {faults}
        <div class="items">
            {controls::in_steps(items.len(), wanted, move |at| controls::item(live, start + at))}
        </div>
        <div class="actions">
            <SavedLine saved/>
            {(!first).then(|| view! {
                <button type="button" class="button" on:click=back>{words::BACK.of(language)}</button>
            })}
            <button type="button" class="button primary" on:click=next>
                {move || if last() { words::TO_REVIEW } else { words::NEXT }.of(language)}
            </button>
        </div>
    }
    .into_any()
}

/// Goes somewhere, with the heading read out there.
pub fn go(live: Live, event: Event) {
    live.attempted.set(false);
    if live.tell(event).is_ok() {
        request_animation_frame(focus_heading);
    }
}

/// What stands in the way, as buttons that lead there.
pub fn fault_list(live: Live, faults: Vec<Fault>, visit: impl Fn(Fault) + Copy + 'static) -> Option<AnyView> {
    if faults.is_empty() {
        return None;
    }
    let language = live.language();
    let count = words::FAULTS.count(language, &[faults.len()]);
    let label = count.clone();
    let entries: Vec<AnyView> = faults
        .into_iter()
        .map(|fault| {
            let (label, told) = live.with(|session| {
                let label = say(session, &session.items()[fault.item].label).to_owned();
                // That an answer is missing is said once, above the list.
                let told = (fault.kind != FaultKind::Required).then(|| controls::describe_fault(session, &fault));
                (label, told)
            });
            view! {
                <li>
                    <button type="button" class="fault" on:click=move |_| visit(fault.clone())>
                        <span class="fault-name">{label}</span>
                        {told.map(|told| view! { <span class="error small">{told}</span> })}
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    let list = view! {
        <div class="banner bad faults" tabindex="-1" role="group" aria-label=label>
            <p><strong>{count}</strong></p>
            <ul>{entries}</ul>
        </div>
    };
    Some(list.into_any())
}

/// Focuses an item's first control.
pub fn focus_item(item: usize) {
    let mut selector = String::from("#");
    selector.push_str(&controls::anchor(item, ""));
    selector.push_str(" :is(input, textarea)");
    focus_on(&selector);
}

/// Which of the sections that apply is shown, from 1, and how many there are.
pub fn place(session: &crate::session::Session) -> (usize, usize) {
    let applying: Vec<usize> = (0..session.sections().len()).filter(|&at| session.section_applies(at)).collect();
    (applying.iter().filter(|&&at| at <= session.section()).count(), applying.len())
}

pub fn questionnaire_title(session: &crate::session::Session) -> String {
    let questionnaire = session.plan().questionnaire(&session.opening().questionnaire);
    questionnaire.map_or("", |questionnaire| say(session, &questionnaire.title)).to_owned()
}
