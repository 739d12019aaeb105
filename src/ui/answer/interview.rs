use super::live::Live;
use super::review::review;
use super::section::{place, section};
use crate::browser::keeper::Saved;
use crate::session::{Disposition, Event};
use crate::ui::shell::{Dialog, focus_heading, t, use_shell};
use crate::ui::words::answer as words;
use leptos::prelude::*;

/// The question whether the interview ends.
#[derive(Clone, Copy)]
pub struct Ending {
    disposition: RwSignal<Disposition>,
    asked: RwSignal<bool>,
}

impl Ending {
    pub fn ask(self, disposition: Disposition) {
        self.disposition.set(disposition);
        self.asked.set(true);
    }
}

/// The interview from its first section to its end: shared by residents and canvassers. It shows and tells the session; the
/// caller closes it, and sets `live.closing` back to false when that fails.
#[component]
pub fn Interview(
    live: Live,
    /// Called once it is confirmed that the interview ends, with what it ends as. Nothing is closed yet.
    #[prop(into)]
    on_close: UnsyncCallback<Disposition>,
    /// Called when a canvasser puts the interview aside. Residents are not offered it.
    #[prop(into)]
    on_leave: UnsyncCallback<()>,
    /// How far the newest change has come; `None` where nothing is kept.
    saved: Signal<Option<Saved>>,
) -> impl IntoView {
    let shell = use_shell();
    shell.busy.set(true);
    on_cleanup(move || {
        let _ = shell.busy.try_set(false);
    });
    let resident = live.with(|session| session.opening().link.is_some());
    follow_language(live);
    let ending = Ending { disposition: RwSignal::new(Disposition::Complete), asked: RwSignal::new(false) };
    let screen = move || {
        live.place.track();
        if live.with(|session| session.in_review()) { review(live, ending, saved) } else { section(live, saved) }
    };
    let whereabouts = move || {
        live.place.track();
        live.answers.track();
        live.with(|session| (place(session), session.in_review()))
    };
    let progress = move || {
        let ((at, of), review) = whereabouts();
        (of > 1 && !review).then(|| words::SECTION_OF.count(shell.language.get(), &[at, of]))
    };
    let meter = move || {
        let ((at, of), review) = whereabouts();
        if review { of + 1 } else { at }.to_string()
    };
    let whole = move || (whereabouts().0.1 + 1).to_string();
    view! {
        <div class="page stack interview">
            <div class="interview-head">
                <progress class="meter" max=whole prop:value=meter aria-hidden="true"></progress>
                <div class="row spread">
                    {move || progress().map(|text| view! { <p class="hint small">{text}</p> })}
                    {(!resident).then(|| view! {
                        <button type="button" class="button quiet" on:click=move |_| on_leave.run(())>{t(words::LEAVE)}</button>
                    })}
                </div>
            </div>
            {screen}
            {(!resident).then(|| view! {
                <p>
                    <button type="button" class="button quiet" disabled=move || live.locked.get()
                        on:click=move |_| ending.ask(Disposition::Partial)>{t(words::BREAK_OFF)}</button>
                </p>
            })}
        </div>
        {confirm(live, ending, on_close)}
    }
}

/// The interview is in the language of the interface where the plan has it.
fn follow_language(live: Live) {
    let shell = use_shell();
    Effect::new(move |before: Option<()>| {
        let wanted = shell.language.get();
        let tag = live.with(|session| {
            let own = session.language().to_owned();
            let known =
                session.plan().languages.iter().find(|tag| crate::ui::words::Language::read(tag) == Some(wanted));
            known.filter(|tag| **tag != own).cloned()
        });
        if let Some(tag) = tag {
            let _ = live.tell(Event::Language(tag));
        }
        if before.is_none() {
            request_animation_frame(focus_heading);
        }
    });
}

fn confirm(live: Live, ending: Ending, on_close: UnsyncCallback<Disposition>) -> AnyView {
    let shell = use_shell();
    let open = ending.asked;
    let (resident, sealed) = live.with(|session| (session.opening().link.is_some(), session.plan().privacy.seal));
    let texts = move || match ending.disposition.get() {
        Disposition::Partial => (words::BREAK_OFF_TITLE, words::BREAK_OFF_TEXT, words::BREAK_OFF),
        _ if !sealed => (words::SEND_TITLE, words::SEND_PLAIN_TEXT, words::SEND),
        _ if resident => (words::SEND_TITLE, words::SEND_TEXT, words::SEND),
        _ => (words::FINISH_TITLE, words::FINISH_TEXT, words::FINISH),
    };
    let yes = move |_| {
        open.set(false);
        live.closing.set(true);
        on_close.run(ending.disposition.get_untracked());
    };
    view! {
        <Dialog open title=Signal::derive(move || texts().0.of(shell.language.get()).to_owned())>
            <p>{move || texts().1.of(shell.language.get())}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>{t(words::CANCEL)}</button>
                <button type="button" class="button primary" on:click=yes>{move || texts().2.of(shell.language.get())}</button>
            </div>
        </Dialog>
    }
    .into_any()
}
