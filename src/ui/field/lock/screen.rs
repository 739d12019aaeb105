//! The locked app: who are you, and the PIN.

use super::enter::{Entered, try_pin};
use super::{Lock, lost, use_lock};
use crate::outbox::View;
use crate::store::DRAFT;
use crate::ui::shell::{focus_on, t};
use crate::ui::words::lock as words;
use crate::vault;
use leptos::{prelude::*, task::spawn_local};

/// More than these are a list to open.
const BUTTONS: usize = 8;

pub fn screen() -> AnyView {
    let lock = use_lock();
    let shell = lock.shell;
    Effect::new(move |_| shell.title(words::WHO.of(shell.language.get())));
    let all = lock.all_now();
    let chosen = RwSignal::new(match all.as_slice() {
        [only] => only.id.clone(),
        _ => String::new(),
    });
    let alone = all.len() == 1;
    request_animation_frame(move || focus_on(if alone { "#pin" } else { "main h1" }));
    let pin = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    let enter = move || {
        let id = chosen.get_untracked();
        let language = shell.language.get_untracked();
        if busy.get_untracked() {
            return;
        }
        if id.is_empty() {
            failure.set(Some(words::CHOOSE.of(language).to_owned()));
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let entered = try_pin(lock, &id, &pin.get_untracked()).await;
            let _ = (busy.try_set(false), pin.try_set(String::new()));
            match entered {
                Entered::Right(keys) => {
                    shell.say(words::UNLOCKED);
                    lock.enter(keys);
                }
                wrong => {
                    let _ = failure.try_set(wrong.said(language));
                    request_animation_frame(|| focus_on("#pin"));
                }
            }
        });
    };
    view! {
        <div class="page stack locked">
            <h1 tabindex="-1">{t(words::WHO)}</h1>
            <p class="hint">{t(words::WHO_TEXT)}</p>
            <form class="card stack" on:submit=move |event| { event.prevent_default(); enter(); }>
                {names(lock, chosen)}
                <label class="field">
                    <span class="field-label">{t(words::PIN)}</span>
                    <input id="pin" class="input" type="password" autocomplete="off" maxlength="64"
                        prop:value=move || pin.get() on:input:target=move |event| pin.set(event.target().value())/>
                </label>
                <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{why}</p> })}</div>
                <button type="submit" class="button primary wide unlock" disabled=move || busy.get()>
                    {move || if busy.get() { words::CHECKING } else { words::UNLOCK }.of(shell.language.get())}
                </button>
            </form>
            {lost::lost(lock, chosen, failure)}
        </div>
    }
    .into_any()
}

fn names(lock: Lock, chosen: RwSignal<String>) -> AnyView {
    let language = lock.shell.language;
    let drafts = move |id: &str| {
        let mut count = 0;
        let keeper = lock.device.keeper();
        keeper.at_rest().each(DRAFT, &mut |_, body| count += usize::from(vault::whose(body) == Some(id)));
        (count > 0).then(|| words::OPEN_DRAFTS.count(language.get(), &[count]))
    };
    // Wrong tries change neither names nor ids: what is chosen and typed stays.
    let all = Memo::new(move |_| lock.all.get().into_iter().map(|one| (one.id, one.name)).collect::<Vec<_>>());
    Effect::new(move |_| {
        if let [(only, _)] = all.get().as_slice() {
            chosen.set(only.clone());
        } else if all.with(|all| !all.iter().any(|(id, _)| chosen.with_untracked(|chosen| chosen == id))) {
            chosen.set(String::new());
        }
    });
    (move || list(all.get(), chosen, drafts)).into_any()
}

fn list(
    all: Vec<(String, String)>,
    chosen: RwSignal<String>,
    drafts: impl Fn(&str) -> Option<String> + Copy + Send + Sync + 'static,
) -> AnyView {
    if all.len() > BUTTONS {
        let options = all.into_iter().map(|(id, name)| {
            let own = id.clone();
            view! { <option value=id selected=move || chosen.get() == own>{name}</option> }
        });
        return view! {
            <label class="field">
                <span class="field-label">{t(words::NAMES)}</span>
                <select class="input" on:change:target=move |event| chosen.set(event.target().value())>
                    <option value="">"…"</option>
                    {options.collect_view()}
                </select>
            </label>
        }
        .into_any();
    }
    let options = all.into_iter().map(|(id, name)| {
        let (own, counted) = (id.clone(), id.clone());
        view! {
            <label class="option">
                <input type="radio" class="option-input" name="canvasser" prop:checked=move || chosen.get() == own
                    on:change=move |_| { chosen.set(id.clone()); focus_on("#pin"); }/>
                <span class="option-body">
                    <span class="stack tight">
                        <span>{name}</span>
                        {move || drafts(&counted).map(|text| view! { <span class="hint small">{text}</span> })}
                    </span>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="field-label">{t(words::NAMES)}</legend>
            <div class="options columns">{options.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
