//! A PIN that is lost: what goes with it is said and counted first, and asked for twice.

use super::Lock;
use crate::ui::field::save_words;
use crate::ui::shell::{Dialog, go, t};
use crate::ui::words::{Language, lock as words, shell as shell_words};
use crate::vault::{self, Lost};
use leptos::{prelude::*, task::spawn_local};

pub fn lost(lock: Lock, chosen: RwSignal<String>, failure: RwSignal<Option<String>>) -> AnyView {
    let language = lock.shell.language;
    let asking = RwSignal::new(None::<String>);
    let ask = move |_| {
        let id = chosen.get_untracked();
        if id.is_empty() {
            failure.set(Some(words::CHOOSE.of(language.get_untracked()).to_owned()));
            return;
        }
        asking.set(Some(id));
    };
    view! {
        <p><button type="button" class="button quiet forgot" on:click=ask>{t(words::FORGOT)}</button></p>
        {removing(lock, asking, words::FORGOT_TITLE)}
    }
    .into_any()
}

/// Takes off the canvasser that `asking` names, in two questions.
pub fn removing(lock: Lock, asking: RwSignal<Option<String>>, title: crate::ui::words::Words) -> AnyView {
    let shell = lock.shell;
    let language = shell.language;
    let (first, second) = (RwSignal::new(false), RwSignal::new(false));
    let who = StoredValue::new(String::new());
    let failure: RwSignal<Option<String>> = RwSignal::new(None);
    Effect::new(move |_| {
        if let Some(id) = asking.get() {
            who.set_value(id);
            failure.set(None);
            first.set(true);
            asking.set(None);
        }
    });
    let found = move || who.with_value(|id| vault::lost(&lock.device.keeper().at_rest(), id));
    let name = move || who.with_value(|id| lock.find(id)).map_or(String::new(), |one| one.name);
    let headed = move || title.fill(language.get(), &[&name()]);
    let more = move |_| {
        first.set(false);
        second.set(true);
    };
    let yes = move |_| {
        spawn_local(async move {
            let id = who.get_value();
            match lock.forget(&id).await {
                Ok(()) => {
                    let _ = second.try_set(false);
                    let left = !lock.all_now().is_empty();
                    shell.say(if left { words::RESET } else { words::RESET_LAST });
                    if !left {
                        go("/canvassers");
                    }
                }
                Err(error) => {
                    let language = language.get_untracked();
                    let why = words::UNSAVED.fill(language, &[save_words(&error).of(language)]);
                    let _ = failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <Dialog open=first title=Signal::derive(headed)>
            {move || told(found(), language.get())}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| first.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=more>{t(words::GO_ON)}</button>
            </div>
        </Dialog>
        <Dialog open=second title=Signal::derive(move || words::SURE_TITLE.of(language.get()).to_owned())>
            <p>{move || { let Lost { drafts, notes, lists } = found(); words::SURE_TEXT.count(language.get(), &[drafts, notes, lists]) }}</p>
            <div role="alert">{move || failure.get().map(|why| view! { <p class="error">{why}</p> })}</div>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| second.set(false)>{t(shell_words::CANCEL)}</button>
                <button type="button" class="button danger" on:click=yes>{t(words::SURE_YES)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn told(lost: Lost, language: Language) -> AnyView {
    let lines = [(words::LOSE_DRAFTS, lost.drafts), (words::LOSE_NOTES, lost.notes), (words::LOSE_LISTS, lost.lists)];
    let lines: Vec<String> =
        lines.into_iter().filter(|(_, count)| *count > 0).map(|(text, count)| text.count(language, &[count])).collect();
    let what = match lines.is_empty() {
        true => view! { <p>{words::LOSE_NOTHING.of(language)}</p> }.into_any(),
        false => view! {
            <p>{words::FORGOT_TEXT.of(language)}</p>
            <ul class="plain banner bad">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        }
        .into_any(),
    };
    view! {
        {what}
        <p class="hint">{words::KEEP_REST.of(language)}</p>
    }
    .into_any()
}
