use super::again::again;
use super::settings::Thresholds;
use super::work::{Ended, Made, VIEWS, inspect_desk};
use crate::ui::office::desk::Desk;
use crate::ui::office::parts::{Choice, print};
use crate::ui::office::shown::table;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office, quality as words, shell as shell_words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// How far the check is.
#[derive(Clone)]
enum State {
    Idle,
    Busy,
    Ended(Ended),
    /// With the state of the ledger that was checked.
    Made(Rc<(Made, u32)>),
}

/// Thresholds, the button, and what was found.
pub fn bench(desk: Desk) -> AnyView {
    let shell = use_shell();
    let thresholds = Thresholds::new();
    let state = RwSignal::new_local(State::Idle);
    let shown = RwSignal::new(VIEWS[0].1.to_owned());
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let start = move |_| {
        if matches!(state.get_untracked(), State::Busy) {
            return;
        }
        state.set(State::Busy);
        spawn_local(async move {
            let ended = match inspect_desk(desk, thresholds.settings()).await {
                Ok(made) => State::Made(Rc::new(made)),
                Err(why) => State::Ended(why),
            };
            // The clerk may have left.
            let _ = state.try_set(ended);
        });
    };
    let busy = move || state.with(|state| matches!(state, State::Busy));
    let made = move || match state.get() {
        State::Made(made) => Some(made),
        _ => None,
    };
    let label = move || if made().is_some() { words::CHECK_AGAIN } else { words::CHECK };
    let status = move || {
        let language = shell.language.get();
        match state.get() {
            State::Made(made) => Some(("banner good", words::DONE.count(language, &[made.0.records, made.0.flagged]))),
            State::Ended(why) => Some(("banner warn", ended(why).of(language).to_owned())),
            State::Idle | State::Busy => None,
        }
    };
    let options = Signal::derive_local(move || {
        let language = shell.language.get();
        VIEWS.iter().map(|(_, id, name)| ((*id).to_owned(), name.of(language).to_owned())).collect::<Vec<_>>()
    });
    let at = move || shown.with(|id| VIEWS.iter().position(|(_, known, _)| known == id)).unwrap_or(0);
    let plan = chosen.plan.clone();
    let save = move |_| {
        let Some(made) = made() else { return };
        let name = [&plan.id, "-", VIEWS[at()].1, ".csv"].concat();
        if let Some(table) = made.0.table(at(), shell.language.get_untracked()) {
            desk.save(&name, &table.to_csv(), "text/csv");
        }
    };
    let save = StoredValue::new_local(save);
    view! {
        {thresholds.fields(chosen.plan.clone())}
        <div class="row no-print">
            <button type="button" class="button primary" disabled=busy on:click=start>{move || t(label())}</button>
        </div>
        <div role="status">{move || status().map(|(class, text)| view! { <p class=class>{text}</p> })}</div>
        {move || made().map(|made| {
            let language = shell.language.get();
            let turned = made.1;
            let stale = move || (desk.turned.get() != turned).then(|| view! { <p class="banner warn">{t(words::STALE)}</p> });
            let notes = made.0.notes(language).iter().map(|note| view! { <p class="hint small">{note.clone()}</p> }).collect_view();
            let inner = StoredValue::new_local(made);
            view! {
                {stale}
                {notes}
                <div class="grid-fields no-print"><Choice label=words::VIEW options value=shown/></div>
                <h2>{move || VIEWS[at()].2.of(language)}</h2>
                {move || inner.with_value(|made| made.0.table(at(), language).map(|made| table(made, VIEWS[at()].2.of(language), language)))}
                <div class="row no-print">
                    <button type="button" class="button primary" on:click=move |event| save.with_value(|save| save(event))>{t(office::SAVE_CSV)}</button>
                    <button type="button" class="button" on:click=|_| print()>{t(office::PRINT)}</button>
                </div>
            }
            .into_any()
        })}
        {again(desk, thresholds, chosen.plan.clone())}
    }
    .into_any()
}

fn ended(why: Ended) -> Words {
    match why {
        Ended::Stopped => words::STOPPED,
        Ended::Changed => words::CHANGED,
        Ended::NotLoaded => shell_words::NOT_LOADED,
    }
}
