use super::pen::Pen;
use crate::plan::{Place, Severity};
use crate::ui::shell::t;
use crate::ui::words::office as words;
use leptos::prelude::*;

/// Problems that are listed; the rest come when these are mended.
const MOST: usize = 100;

/// What was found in the plan, each a button that leads to its field; below, how long the questionnaires take.
#[component]
pub fn Faults(pen: Pen) -> impl IntoView {
    move || {
        let language = pen.shell.language.get();
        let Some(checked) = pen.checked.get() else {
            return view! { <p class="hint" role="status">{t(words::EDIT_CHECKING)}</p> }.into_any();
        };
        let rows = checked.problems.iter().take(MOST).map(|problem| {
            let error = problem.severity() == Severity::Error;
            let place = problem.place.unwrap_or(Place { line: 1, column: 1 });
            let kind = if error { words::EDIT_ERROR } else { words::EDIT_WARNING };
            let visited = problem.clone();
            let section = super::sections::Section::of(&problem.path).words();
            view! {
                <li>
                    <button type="button" class="fault" on:click=move |_| pen.visit(&visited)>
                        <span class="small">
                            <strong class:error=error>{t(kind)}</strong>" · "{t(section)}" · "
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
            <ul class="editor-problems">{rows.collect_view()}</ul>
            {times.collect_view()}
        }
        .into_any()
    }
}
