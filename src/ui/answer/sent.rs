use super::direct::{self, Direct};
use super::resident::{Outcome, Stage, Visit};
use crate::browser::keeper::Copies;
use crate::browser::{files, net};
use crate::outbox::{self, State};
use crate::plan::Digest;
use crate::ui::courier::Sending;
use crate::ui::element::{Element, NotLoaded, button, chunk, el, group};
use crate::ui::words::{Words, answer as words};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// How far the answers have come, in what the screen says about it.
enum Progress {
    Arrived,
    Sending,
    Waiting,
    Refused(String),
    ByFile,
}

/// What can be done meanwhile.
const TRY: usize = 1;
const SAVE: usize = 2;

/// After sending: the answers are gone from the screen, what became of them stays.
#[chunk(later, fallible)]
pub fn sent(visit: Visit, outcome: Outcome) -> Result<Element, NotLoaded> {
    Ok(whole(visit, outcome))
}

fn whole(visit: Visit, outcome: Outcome) -> Element {
    // Where nothing is kept, what is not sent yet would be lost with the next person.
    let held = matches!(outcome, Outcome::Direct(Direct::Stays { .. }));
    if held {
        super::answering::warn_before_leaving();
    }
    let again = !held && visit.invitation().is_some_and(|invitation| invitation.link.code.is_none());
    let body = match outcome {
        Outcome::Kept(digest, copies) => kept(visit, digest, copies),
        Outcome::Direct(outcome) => unkept(visit, outcome),
    };
    let next = move |_| visit.show(Stage::Welcome);
    let again = again.then(|| el("p", "").child(button("button").on("click", next).say(words::NEXT_PERSON)));
    el("div", "page stack loose sent").child(body).maybe(again)
}

fn arrived_text(visit: Visit) -> Words {
    let sealed = visit.invitation().is_some_and(|invitation| invitation.plan.privacy.seal);
    if sealed { words::ARRIVED_TEXT } else { words::ARRIVED_PLAIN_TEXT }
}

fn kept(visit: Visit, digest: Option<Digest>, copies: Copies) -> Element {
    let by_file = visit.invitation().is_some_and(|invitation| invitation.plan.receivers.is_empty());
    let wanted = digest.clone();
    let progress = move || {
        let keeper = visit.device.track();
        let sending = visit.courier.state.get();
        let Some(digest) = &wanted else { return Progress::Waiting };
        let found = outbox::handed(&keeper).into_iter().find(|one| one.digest == *digest);
        match found {
            Some(one) if matches!(one.state, State::Received { .. }) => Progress::Arrived,
            Some(one) => match one.refusal {
                Some(refusal) => Progress::Refused(refusal.code),
                None if by_file => Progress::ByFile,
                None if sending == Sending::Waiting || !net::online() => Progress::Waiting,
                None => Progress::Sending,
            },
            None => Progress::Sending,
        }
    };
    let progress = Rc::new(progress);
    let waiting_text = if copies == Copies::Two { words::WAITING_CLOSE } else { words::WAITING_KEEP };
    let (now, shown, told) = (progress.clone(), progress.clone(), progress.clone());
    let texts = move |progress| match progress {
        Progress::Arrived => (words::ARRIVED, arrived_text(visit), String::new()),
        Progress::Sending => (words::SENDING, words::SENDING_TEXT, String::new()),
        Progress::Waiting => (words::WAITING, waiting_text, String::new()),
        Progress::Refused(code) => (words::REFUSED, words::REFUSED_TEXT, code),
        Progress::ByFile => (words::BY_FILE, words::BY_FILE_TEXT, String::new()),
    };
    let class = move || {
        let class = match now() {
            Progress::Arrived => "state done",
            Progress::Sending | Progress::Waiting | Progress::ByFile => "state waiting",
            Progress::Refused(_) => "state refused",
        };
        Some(class.to_owned())
    };
    let offered = move || match progress() {
        Progress::Waiting => TRY,
        Progress::Refused(_) | Progress::ByFile => SAVE,
        _ => 0,
    };
    let save = move || {
        let Some(digest) = &digest else { return };
        if let Some(text) = outbox::read_batch(&visit.device.keeper(), digest) {
            download(digest.short(), &text);
        }
    };
    let save = Rc::new(save);
    let buttons = move |offered| match offered {
        TRY => button("button primary").on("click", move |_| visit.courier.wake()).say(words::TRY_NOW),
        SAVE => {
            let save = save.clone();
            button("button primary").on("click", move |_| save()).say(words::SAVE_FILE)
        }
        _ => group(),
    };
    let language = visit.shell.language;
    let title = move || texts(shown()).0.of(language.get()).to_owned();
    let lead = move || {
        let (_, text, detail) = texts(told());
        text.fill(language.get(), &[&detail])
    };
    let state = el("div", "").live_attr("class", class).attr("role", "status");
    let state =
        state.child(el("h1", "").attr("tabindex", "-1").live_text(title)).child(el("p", "lead").live_text(lead));
    group().child(state).child(el("div", "").switch(offered, buttons))
}

fn unkept(visit: Visit, outcome: Direct) -> Element {
    let state = |class, role| el("div", class).attr("role", role);
    let title = |words| el("h1", "").attr("tabindex", "-1").say(words);
    let Direct::Stays { batch, refused } = outcome else {
        let lead = el("p", "lead").say(arrived_text(visit));
        return state("state done", "status").child(title(words::ARRIVED)).child(lead);
    };
    let busy = RwSignal::new(false);
    let (again, file) = (batch.clone(), batch);
    let (heading, text) = match &refused {
        Some(_) => (words::REFUSED, words::REFUSED_TEXT),
        None => (words::NOT_SENT, words::NOT_SENT_TEXT),
    };
    let code = refused.unwrap_or_default();
    let language = visit.shell.language;
    let lead = el("p", "lead").live_text(move || text.fill(language.get(), &[&code]));
    let send = move |_| {
        let (Some(invitation), batch) = (visit.invitation(), again.clone()) else { return };
        busy.set(true);
        spawn_local(async move {
            let outcome = direct::upload(&invitation.plan, batch).await;
            visit.show(Stage::Sent(Outcome::Direct(outcome)));
        });
    };
    let send = button("button primary").live_flag("disabled", move || busy.get()).on("click", send);
    let save = button("button").on("click", move |_| download("answers", &file));
    group()
        .child(state("state refused", "alert").child(title(heading)).child(lead))
        .child(el("div", "row").child(send.say(words::TRY_NOW)).child(save.say(words::SAVE_FILE)))
}

fn download(name: &str, text: &str) {
    let mut name = name.to_owned();
    name.push_str(".minping");
    files::download(&name, text, "application/jose");
}
