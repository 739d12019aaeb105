use super::Checked;
use crate::plan::{Place, Severity};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::office as words;
use leptos::prelude::*;
use std::rc::Rc;

/// Problems that are listed; the rest come when these are mended.
const MOST: usize = 100;

/// What was found in the text, each a button that leads to its line; below, how long the questionnaires take.
#[component]
pub fn Problems(checked: RwSignal<Option<Rc<Checked>>, LocalStorage>, visit: Callback<Place>) -> impl IntoView {
    let shell = use_shell();
    move || {
        let language = shell.language.get();
        let Some(checked) = checked.get() else {
            return view! { <p class="hint" role="status">{t(words::EDIT_CHECKING)}</p> }.into_any();
        };
        let errors = checked.problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
        let warnings = checked.problems.len() - errors;
        let verdict = match (errors, warnings) {
            (0, 0) => words::EDIT_SOUND.of(language).to_owned(),
            (0, _) => words::EDIT_WARNINGS.count(language, &[warnings]),
            (_, 0) => words::EDIT_ERRORS.count(language, &[errors]),
            _ => [words::EDIT_ERRORS.count(language, &[errors]), words::EDIT_WARNINGS.count(language, &[warnings])]
                .join(" · "),
        };
        let rows = checked.problems.iter().take(MOST).map(|problem| {
            let error = problem.severity() == Severity::Error;
            let place = problem.place.unwrap_or(Place { line: 1, column: 1 });
            let kind = if error { words::EDIT_ERROR } else { words::EDIT_WARNING };
            view! {
                <li>
                    <button type="button" class="fault" on:click=move |_| visit.run(place)>
                        <span class="small">
                            <strong class:error=error>{t(kind)}</strong>" · "
                            {words::EDIT_LINE.count(language, &[place.line])}
                        </span>
                        <span class="fault-name">{problem.found(language.tag())}</span>
                        <span class="hint small">{problem.advice(language.tag())}</span>
                    </button>
                </li>
            }
        });
        let times = checked.burdens.iter().map(|burden| {
            let minutes = format!("{:.0}", burden.minutes);
            let words = if burden.minutes < 1.0 { words::EDIT_MINUTE } else { words::EDIT_MINUTES };
            view! { <p class="hint small">{words.fill(language, &[&burden.questionnaire, &minutes])}</p> }
        });
        view! {
            <h2>{t(words::EDIT_PROBLEMS)}</h2>
            <p role="status"><strong>{verdict}</strong></p>
            <ul class="editor-problems">{rows.collect_view()}</ul>
            {times.collect_view()}
        }
        .into_any()
    }
}
