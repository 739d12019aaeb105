//! What is handed over of the contacts, and how far it is; and the end of a list.

use super::Work;
use crate::browser::device::{Device as Key, DeviceError};
use crate::browser::files::{self, Shared};
use crate::contact::{self, HandOver, List, LogState};
use crate::ui::device::{CARD, HandError};
use crate::ui::element::{Element, button, el, group};
use crate::ui::field::when::today;
use crate::ui::field::{card, save_words};
use crate::ui::shell::{dialog, use_shell};
use crate::ui::words::{Language, Words, contacts as words, field as field_words, shell as shell_words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

const KIND: &str = "application/jose";

pub fn part(work: Work, round: String) -> Element {
    let shell = use_shell();
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    // This device's own code, as soon as its key is open: logs that came with a rescue file are another's.
    let device = RwSignal::new(None::<crate::plan::Digest>);
    spawn_local(async move {
        if let Ok(key) = Key::open().await {
            let _ = device.try_set(Some(key.id));
        }
    });
    let log_round = round.clone();
    let log = Memo::new(move |_| {
        let keeper = work.device.track();
        device.with(|device| contact::log_state(&keeper, &work.opened.plan().id, &log_round, device.as_ref()?))
    });
    let list_round = round.clone();
    let list = Memo::new(move |_| work.list(&list_round));
    let hand_round = round.clone();
    let hand = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let round = hand_round.clone();
        spawn_local(async move {
            let failed = hand_over(work, &round).await;
            let _ = failure.try_set(failed);
            let _ = busy.try_set(false);
            work.device.send_contacts().await;
        });
    };
    let top = move || {
        if work.device.track().get(CARD).is_none() {
            return group()
                .child(el("p", "hint").say(field_words::NEED_CARD))
                .child(el("p", "").child(el("a", "button").attr("href", "#/device").say(field_words::MAKE_CARD)));
        }
        let words = move || if busy.get() { words::HANDING } else { words::HAND_OVER };
        button("button primary wide hand-contacts")
            .live_flag("disabled", move || busy.get())
            .on("click", hand.clone())
            .live_text(move || words().of(shell.language.get()).to_owned())
    };
    let shown = move || standing(work, log.get(), &list.get(), failure);
    let failed = move || match failure.get() {
        None => group(),
        Some(why) => {
            let language = shell.language.get();
            el("p", "banner bad").text(&words::HAND_FAILED.fill(language, &[why.of(language)]))
        }
    };
    el("section", "stack hand-over-contacts")
        .attr("aria-labelledby", "hand-contacts")
        .child(el("h2", "").attr("id", "hand-contacts").say(words::HAND))
        .child(el("p", "hint").say(words::HAND_TEXT))
        .live(shown)
        .live(top)
        .child(el("div", "").attr("role", "alert").live(failed))
        .child(removal(work, round, log, list))
}

async fn hand_over(work: Work, round: &str) -> Option<Words> {
    if !card::fits(work.device).await {
        return Some(field_words::CARD_STALE_SHORT);
    }
    let list = untrack(|| work.list(round));
    let done = work.device.hand_over_contacts(&work.opened.plan(), &work.reference(), &list, &today()).await;
    done.err().map(|error| match error {
        HandError::NoKeys => words::NO_KEYS,
        HandError::Crypto | HandError::Key(DeviceError::Crypto(_)) => field_words::CRYPTO_FAILED,
        HandError::Key(DeviceError::Unreadable) => field_words::KEY_LOST,
        HandError::Key(DeviceError::Storage(error)) | HandError::Save(error) => save_words(&error),
    })
}

fn standing(work: Work, log: Option<HandOver>, list: &List, failure: RwSignal<Option<Words>>) -> Element {
    let language = use_shell().language.get();
    let Some(log) = log else { return el("p", "").text(words::NEVER.of(language)) };
    let sends = !work.opened.plan().receivers.is_empty();
    let (class, state) = match log.state {
        LogState::Waiting if sends => ("tag warn", words::WAITING),
        LogState::Waiting => ("tag warn", words::WAITING_FILE),
        LogState::Exported => ("tag good", words::EXPORTED),
        LogState::Received => ("tag good", words::RECEIVED),
        LogState::Refused => ("tag bad", words::REFUSED),
    };
    let about = words::NUMBER.fill(language, &[&log.number.to_string(), &log.attempts.to_string()]);
    let more = !log.holds(list);
    // Where it is sent to stands in the version with which it was made.
    let gone = log.state == LogState::Waiting && work.device.kept_plan(&log.plan.digest).is_none();
    let now = (sends && !gone && log.state == LogState::Waiting).then(|| {
        let send = move |_| {
            spawn_local(async move {
                let sent = work.device.send_contacts().await;
                let _ = failure.try_set((!sent).then_some(words::NOT_SENT));
            });
        };
        button("button").on("click", send).text(words::SEND_NOW.of(language))
    });
    el("div", "stack tight")
        .child(
            el("p", "").attr("role", "status").text(&about).text(" ").child(el("span", class).text(state.of(language))),
        )
        .maybe(gone.then(|| el("p", "banner warn").text(words::VERSION_GONE.of(language))))
        .maybe(more.then(|| el("p", "banner warn").text(words::CHANGED.of(language))))
        .child(el("div", "row").maybe(now).child(file_buttons(work, log, failure, language)))
}

fn file_buttons(work: Work, log: HandOver, failure: RwSignal<Option<Words>>, language: Language) -> Element {
    let name = ["minping-", &log.plan.id, "-", &log.round, "-", &log.number.to_string(), "-", log.digest.short()];
    let name = [&name.concat(), ".minping-contacts"].concat();
    let log = Rc::new(log);
    let (saved, saved_name) = (log.clone(), name.clone());
    let save = move |_| {
        let done = files::download(&saved_name, &saved.text, KIND);
        failure.set((!done).then_some(field_words::FILE_FAILED));
    };
    let share = files::can_share(&name, KIND).then(|| {
        let (log, name) = (log.clone(), name.clone());
        let share = move |_| {
            let (log, name) = (log.clone(), name.clone());
            spawn_local(async move {
                let done = files::share(&name, &log.text, KIND, &name).await != Shared::Impossible;
                let _ = failure.try_set((!done).then_some(field_words::FILE_FAILED));
            });
        };
        button("button").on("click", share).text(words::SHARE.of(language))
    });
    let confirm = matches!(log.state, LogState::Waiting | LogState::Refused).then(|| {
        let log = log.clone();
        let confirm = move |_| {
            let changes = contact::settle_log(&work.device.keeper(), &log, LogState::Exported);
            spawn_local(async move {
                let failed = work.device.commit(changes).await.err().map(|error| save_words(&error));
                let _ = failure.try_set(failed);
            });
        };
        button("button quiet").on("click", confirm).text(words::CONFIRM.of(language))
    });
    group().child(button("button").on("click", save).text(words::SAVE_FILE.of(language))).maybe(share).maybe(confirm)
}

/// A list is personal data: it goes when the work is over, and only when the office has what was done.
fn removal(work: Work, round: String, log: Memo<Option<HandOver>>, list: Memo<List>) -> Element {
    let shell = use_shell();
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let open = RwSignal::new(false);
    let may = move || list.with(|list| log.with(|log| contact::may_remove(list, log.as_ref())));
    let interviewing = move || list.with(|list| list.cases.iter().any(|case| case.draft.is_some()));
    let remove = Rc::new(move || {
        open.set(false);
        failure.set(None);
        // What stood on the screen may be over.
        if !untrack(may) {
            return;
        }
        let changes = contact::remove(&work.device.keeper(), &work.opened.plan().id, &round);
        spawn_local(async move {
            match work.device.commit(changes).await {
                Ok(_) => shell.say(words::REMOVED),
                Err(error) => {
                    let _ = failure.try_set(Some(save_words(&error)));
                }
            }
        });
    });
    let content = move || {
        let remove = remove.clone();
        let back = button("button").on("click", move |_| open.set(false)).say(shell_words::CANCEL);
        let yes = button("button danger").on("click", move |_| remove()).say(words::REMOVE);
        group().child(el("p", "").say(words::REMOVE_TEXT)).child(el("div", "dialog-actions").child(back).child(yes))
    };
    let failed = move || {
        let language = shell.language.get();
        let said = failure.get().map(|why| words::UNSAVED.fill(language, &[why.of(language)]));
        said.map_or_else(group, |said| el("p", "error").text(&said))
    };
    let hint = move || match (may(), interviewing()) {
        (true, _) => String::new(),
        (false, true) => words::REMOVE_OPEN.of(shell.language.get()).to_owned(),
        (false, false) => words::REMOVE_NOT_YET.of(shell.language.get()).to_owned(),
    };
    group()
        .child(
            el("div", "row").child(
                button("button quiet")
                    .live_flag("disabled", move || !may())
                    .on("click", move |_| open.set(true))
                    .say(words::REMOVE),
            ),
        )
        .child(el("p", "hint small").live_text(hint))
        .child(el("div", "").attr("role", "alert").live(failed))
        .child(dialog(open, move || words::REMOVE.of(shell.language.get()).to_owned(), content))
}
