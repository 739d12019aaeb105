//! An interview in the resident's hands: while the store says so, the app shows nothing else, whatever the address, the window
//! or the reload.

mod offer;
mod pin;

use super::interview;
use super::plan::with_plan;
use crate::browser::keeper::{Keeper, SaveError};
use crate::outbox::{HANDED, InHands, Stage};
use crate::plan::{Digest, Plan};
use crate::store::DRAFT;
use crate::ui::device::{Device, use_device};
use crate::ui::shell::{Shell, TEXT_SIZES, focus_heading, go, t, use_shell};
use crate::ui::words::{Language, field as field_words, handed as words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

pub use offer::offer;

/// Type is at least so large for the resident, in per cent.
const LARGE: usize = 150;

/// What ends the interview that is shown; nothing while there is none.
#[derive(Clone, Copy)]
pub(super) struct Ender {
    end: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
    /// The PIN was entered before the interview was open here: it ends as soon as it is.
    asked: StoredValue<bool>,
    /// Back to the canvasser's screens without an end, which only a draft that nobody can read leaves.
    leave: StoredValue<Rc<dyn Fn()>, LocalStorage>,
}

impl Ender {
    /// The interview is open in this window.
    pub fn set(self, end: Rc<dyn Fn()>) {
        let _ = self.end.try_set_value(Some(end.clone()));
        if self.asked.get_value() {
            self.asked.set_value(false);
            // The screen is made first.
            spawn_local(async move { end() });
        }
    }

    /// Another window has it: `take` asks for it.
    pub fn set_taking(self, take: Rc<dyn Fn()>) {
        self.asked.set_value(false);
        self.end.set_value(Some(Rc::new(move || {
            self.asked.set_value(true);
            take();
        })));
    }

    /// It can be neither shown nor sealed.
    pub fn set_leaving(self) {
        self.set(self.leave.get_value());
    }

    pub fn is_asked(self) -> bool {
        self.asked.try_get_value() == Some(true)
    }

    pub fn clear(self) {
        let _ = self.end.try_set_value(None);
    }
}

/// What is in the resident's hands; follows the store, other windows too.
pub fn in_hands(device: Device) -> Memo<Option<InHands>> {
    Memo::new(move |_| {
        let keeper = device.keep.keeper()?;
        device.keep.track();
        InHands::parse(&keeper.get(HANDED)?)
    })
}

/// Whether the resident has it now.
pub fn is_open(keeper: &Keeper) -> bool {
    keeper.get(HANDED).and_then(|text| InHands::parse(&text)).is_some_and(|hands| hands.stage == Stage::Open)
}

/// The only screen there is.
pub fn handed(hands: InHands) -> AnyView {
    let shell = use_shell();
    shell.busy.set(true);
    on_cleanup(move || {
        let _ = shell.busy.try_set(false);
    });
    match hands.stage {
        Stage::Open => open(hands),
        Stage::Done => done(hands),
    }
}

fn open(hands: InHands) -> AnyView {
    let (shell, device) = (use_shell(), use_device());
    if shell.text_size.get_untracked() < LARGE {
        shell.text_size.set(LARGE);
    }
    shell.aloud.set(true);
    debug_assert!(TEXT_SIZES.contains(&LARGE));
    let leaving = hands.clone();
    let ender = Ender {
        end: StoredValue::new_local(None),
        asked: StoredValue::new(false),
        leave: StoredValue::new_local(Rc::new(move || leave(device, shell, leaving.clone()))),
    };
    provide_context(ender);
    // Also after a reload: who looks at the screen is told first whose it is.
    let begun = RwSignal::new(false);
    let (plan, draft) = (hands.plan.clone(), hands.draft.clone());
    let key = [DRAFT, &hands.draft].concat();
    let end = move || {
        if let Some(end) = ender.end.get_value() {
            return end();
        }
        // There is nothing to seal: the draft is gone, or its plan cannot be read here.
        if device.keeper().get(&key).is_none() || device.kept_plan(&hands.plan).is_none() {
            return ender.leave.get_value()();
        }
        // What was answered before the window was closed is sealed too, and for that it is opened.
        ender.asked.set_value(true);
        if !begun.get_untracked() {
            begun.set(true);
        }
    };
    view! {
        {move || match begun.get() {
            true => interview::alone(plan.clone(), draft.clone()),
            false => welcome(plan.clone(), begun),
        }}
        {pin::footer(Rc::new(end))}
    }
    .into_any()
}

fn welcome(plan: Digest, begun: RwSignal<bool>) -> AnyView {
    with_plan(plan, move |opened| {
        let shell = use_shell();
        let sealed = opened.plan().privacy.seal;
        Effect::new(move |_| shell.title(opened.say(|plan: &Plan| &plan.title, shell.language.get())));
        shell.offer(&opened.plan().languages);
        view! {
            <div class="page stack handed">
                <h1 tabindex="-1">{t(words::YOURS)}</h1>
                <p class="lead">{move || opened.say(|plan: &Plan| &plan.title, shell.language.get())}</p>
                <p class="lead">{t(words::YOURS_TEXT)}</p>
                <p>{t(if sealed { words::YOURS_SEALED } else { words::YOURS_PLAIN })}" "{t(words::YOURS_STOP)}</p>
                <p class="hint">{t(words::ALOUD_HINT)}</p>
                <button type="button" class="button primary wide" on:click=move |_| begun.set(true)>{t(words::BEGIN)}</button>
            </div>
        }
        .into_any()
    })
}

fn done(hands: InHands) -> AnyView {
    let device = use_device();
    let shell = use_shell();
    let sealed = device.kept_plan(&hands.plan).is_none_or(|plan| plan.privacy.seal);
    Effect::new(move |_| shell.title(words::DONE.of(shell.language.get())));
    request_animation_frame(focus_heading);
    let go_on = move |_| leave(device, shell, hands.clone());
    view! {
        <div class="page stack handed">
            <div class="banner good stack tight">
                <h1 tabindex="-1">{t(words::DONE)}</h1>
                <p class="lead">{t(if sealed { words::DONE_TEXT } else { words::DONE_PLAIN })}</p>
            </div>
            <button type="button" class="button wide" on:click=go_on>{t(words::GO_ON)}</button>
        </div>
    }
    .into_any()
}

/// Back to the canvasser's screens, with the canvasser's settings.
fn leave(device: Device, shell: Shell, hands: InHands) {
    spawn_local(async move {
        // Where it cannot be written, the screen stays as it is and may be tried again.
        if device.commit(vec![(HANDED.to_owned(), None)]).await.is_ok() {
            shell.text_size.set(hands.text_size as usize);
            shell.aloud.set(hands.aloud);
            if let Some(language) = hands.language.as_deref().and_then(Language::read) {
                shell.language.set(language);
            }
            if let Some(tongue) = hands.tongue {
                shell.tongue.set(tongue);
            }
            go(&hands.back);
        } else {
            shell.say(field_words::SAVE_FAILED);
        }
    });
}

/// Puts an interview into the resident's hands.
async fn hand_over(device: Device, hands: InHands) -> Result<(), SaveError> {
    device.commit(vec![(HANDED.to_owned(), Some(hands.encode()))]).await.map(|_| ())
}

/// What the step that seals the interview adds.
pub(super) fn done_step(device: Device) -> crate::outbox::Changes {
    let kept = device.keeper().get(HANDED).and_then(|text| InHands::parse(&text));
    kept.map(|hands| (HANDED.to_owned(), Some(hands.done().encode()))).into_iter().collect()
}
