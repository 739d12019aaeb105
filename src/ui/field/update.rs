use crate::browser::worker::{self, Update};
use crate::ui::shell::{t, use_shell};
use crate::ui::words::field as words;
use leptos::{prelude::*, task::spawn_local};

/// Whether a new version of the app waits. It is taken only from screens on which no interview is open.
#[derive(Clone, Copy)]
pub struct Waiting(RwSignal<bool>);

/// Provides [`Waiting`] to everything below the calling component. Call it once.
pub fn watch_updates() {
    let waiting = RwSignal::new(false);
    provide_context(Waiting(waiting));
    worker::on_update(move || waiting.set(true));
}

#[component]
pub fn UpdateBanner() -> impl IntoView {
    let shell = use_shell();
    let waiting = expect_context::<Waiting>().0;
    let busy = RwSignal::new(false);
    let take = move |_| {
        spawn_local(async move {
            match worker::apply_update().await {
                Update::Taken => {}
                Update::OtherPageOpen => {
                    let _ = busy.try_set(true);
                    shell.say(words::UPDATE_BUSY);
                }
                Update::NoneWaiting => waiting.set(false),
            }
        });
    };
    move || {
        waiting.get().then(|| {
            view! {
                <div class="banner stack tight">
                    <p><strong>{t(words::UPDATE)}</strong></p>
                    <p>{t(words::UPDATE_TEXT)}</p>
                    {move || busy.get().then(|| view! { <p class="error">{t(words::UPDATE_BUSY)}</p> })}
                    <p><button type="button" class="button" on:click=take>{t(words::UPDATE_NOW)}</button></p>
                </div>
            }
        })
    }
}
