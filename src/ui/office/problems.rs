//! What is wrong with a plan file, problem by problem.

use crate::plan::{LoadError, Severity};
use crate::ui::shell::use_shell;
use crate::ui::words::office as words;
use leptos::prelude::*;
use std::rc::Rc;

/// More than this nobody mends at once; the program's `plan check` lists them all.
const MOST: usize = 20;

#[component]
pub fn Problems(error: Rc<LoadError>) -> impl IntoView {
    let shell = use_shell();
    let error = StoredValue::new_local(error);
    move || {
        let (language, error) = (shell.language.get(), error.get_value());
        let errors: Vec<_> = error.problems.iter().filter(|problem| problem.severity() == Severity::Error).collect();
        let more = errors.len().saturating_sub(MOST);
        view! {
            <p>{words::PLAN_FOUND_PROBLEMS.count(language, &[errors.len()])}</p>
            <ul class="problems">{errors.into_iter().take(MOST).map(|problem| view! {
                <li>
                    {(!problem.path.is_empty()).then(|| view! { <span class="mono small">{problem.path.clone()}</span><br/> })}
                    <strong>{problem.found(language.tag())}</strong><br/>{problem.advice(language.tag())}
                </li>
            }).collect_view()}</ul>
            {(more > 0).then(|| view! { <p>{words::MORE_PROBLEMS.count(language, &[more])}</p> })}
        }
    }
}
