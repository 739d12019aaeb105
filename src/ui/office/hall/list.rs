//! The ballots of the plan, and the form for a new one.

use super::looking::looking;
use super::opening::{in_hall, opening};
use super::work::Work;
use crate::report::local_time;
use crate::ui::element::in_view;
use crate::ui::office::parts::Heading;
use crate::ui::shell::{guide, t};
use crate::ui::words::hall as words;
use leptos::prelude::*;

pub fn list(work: Work) -> AnyView {
    let rows = move || {
        work.ballots.with(|all| {
            all.iter()
                .map(|one| {
                    let ballot = &one.ballot;
                    (ballot.id.clone(), ballot.name.clone(), ballot.opened.clone(), one.protocol.is_some())
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <Heading title=words::TITLE text=words::TEXT/>
        {in_view(guide("host"))}
        <Show when=move || !rows().is_empty()>
            <ul class="list">{move || rows().into_iter().map(|(id, name, opened, closed)| {
                let (state, class) = if closed { (words::CLOSED, "tag") } else { (words::RUNNING, "tag good") };
                view! {
                    <li class="list-row">
                        <span class="grow">
                            <strong>{name}</strong>" "<span class=class>{t(state)}</span><br/>
                            <span class="hint small">{local_time(&opened)}</span>
                        </span>
                        <a class="button" href=["#/hall/", &id].concat()>{t(words::GO)}</a>
                    </li>
                }
            }).collect_view()}</ul>
        </Show>
        {work.plan().is_some_and(|plan| in_hall(&plan).next().is_some()).then(|| looking(work))}
        {opening(work)}
    }
    .into_any()
}
