//! The list of units to jump to, with what is done of each.

use super::{Board, rows::state};
use crate::ui::shell::Dialog;
use crate::ui::words::answer as words;
use leptos::prelude::*;

pub fn find(board: Board, open: RwSignal<bool>) -> AnyView {
    let language = board.live.language();
    view! {
        <Dialog open title=Signal::derive(move || words::MATRIX_FIND_TITLE.of(language).to_owned())>
            {list(board, open)}
        </Dialog>
    }
    .into_any()
}

fn list(board: Board, open: RwSignal<bool>) -> AnyView {
    let language = board.live.language();
    let wanted = RwSignal::new(String::new());
    let found = move || {
        let wanted = wanted.with(|wanted| wanted.trim().to_lowercase());
        board.sheet.with_value(|sheet| {
            let matching = sheet.rows.iter().enumerate();
            let matching = matching.filter(|(_, row)| row.label.to_lowercase().contains(&wanted));
            let entries: Vec<AnyView> = matching
                .map(|(row, unit)| {
                    let state = state(board.filled(row), sheet.columns.len());
                    let told = match state {
                        "open" => words::MATRIX_OPEN,
                        "begun" => words::MATRIX_BEGUN,
                        _ => words::MATRIX_DONE,
                    };
                    view! {
                        <li>
                            <button type="button" class="jump" data-state=state on:click=move |_| {
                                open.set(false);
                                // The dialog gives the focus back to its button first.
                                request_animation_frame(move || board.go_to(row));
                            }>
                                <span class="grow">{unit.label.clone()}</span>
                                <span class="small jump-state">{told.of(language)}</span>
                            </button>
                        </li>
                    }
                    .into_any()
                })
                .collect();
            if entries.is_empty() {
                return view! { <p class="empty">{words::MATRIX_NONE_FOUND.of(language)}</p> }.into_any();
            }
            view! { <ul class="jumps">{entries}</ul> }.into_any()
        })
    };
    view! {
        <label class="field">
            <span class="field-label">{words::MATRIX_SEARCH.of(language)}</span>
            <input type="search" class="input" autocomplete="off"
                on:input=move |event| wanted.set(event_target_value(&event))/>
        </label>
        {found}
        <button type="button" class="button" on:click=move |_| open.set(false)>{words::CLOSE.of(language)}</button>
    }
    .into_any()
}
