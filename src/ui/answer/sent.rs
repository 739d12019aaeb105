use super::direct::{self, Direct};
use super::resident::{Outcome, Stage, Visit};
use crate::browser::keeper::Copies;
use crate::browser::{files, net};
use crate::outbox::{self, State};
use crate::plan::Digest;
use crate::ui::courier::Sending;
use crate::ui::shell::t;
use crate::ui::words::{Words, answer as words};
use leptos::{prelude::*, task::spawn_local};

/// How far the answers have come, in what the screen says about it.
#[derive(Clone, PartialEq, Eq)]
enum Progress {
    Arrived,
    Sending,
    Waiting,
    Refused(String),
    ByFile,
}

/// After sending: the answers are gone from the screen, what became of them stays.
pub fn sent(visit: Visit, outcome: Outcome) -> AnyView {
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
    view! {
        <div class="page stack loose sent">
            {body}
            {again.then(|| view! {
                <p>
                    <button type="button" class="button" on:click=move |_| visit.show(Stage::Welcome)>
                        {t(words::NEXT_PERSON)}
                    </button>
                </p>
            })}
        </div>
    }
    .into_any()
}

fn arrived_text(visit: Visit) -> Words {
    let sealed = visit.invitation().is_some_and(|invitation| invitation.plan.privacy.seal);
    if sealed { words::ARRIVED_TEXT } else { words::ARRIVED_PLAIN_TEXT }
}

fn kept(visit: Visit, digest: Option<Digest>, copies: Copies) -> AnyView {
    let by_file = visit.invitation().is_some_and(|invitation| invitation.plan.receivers.is_empty());
    let wanted = digest.clone();
    let progress = Memo::new(move |_| {
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
    });
    let waiting_text = if copies == Copies::Two { words::WAITING_CLOSE } else { words::WAITING_KEEP };
    let texts = move || match progress.get() {
        Progress::Arrived => (words::ARRIVED, arrived_text(visit), String::new()),
        Progress::Sending => (words::SENDING, words::SENDING_TEXT, String::new()),
        Progress::Waiting => (words::WAITING, waiting_text, String::new()),
        Progress::Refused(code) => (words::REFUSED, words::REFUSED_TEXT, code),
        Progress::ByFile => (words::BY_FILE, words::BY_FILE_TEXT, String::new()),
    };
    let file = digest.clone();
    let save = move || {
        let batch = file.as_ref().and_then(|digest| {
            outbox::read_batch(&visit.device.keeper(), digest).map(|text| (digest.short().to_owned(), text))
        });
        if let Some((name, text)) = batch {
            download(&name, &text);
        }
    };
    let save = StoredValue::new(save);
    let buttons = move || {
        match progress.get() {
        Progress::Waiting => Some(
            view! {
                <button type="button" class="button primary" on:click=move |_| visit.courier.wake()>{t(words::TRY_NOW)}</button>
            }
            .into_any(),
        ),
        Progress::Refused(_) | Progress::ByFile => Some(
            view! {
                <button type="button" class="button primary" on:click=move |_| save.with_value(|save| save())>
                    {t(words::SAVE_FILE)}
                </button>
            }
            .into_any(),
        ),
        _ => None,
    }
    };
    let state = move || match progress.get() {
        Progress::Arrived => "state done",
        Progress::Sending | Progress::Waiting => "state waiting",
        Progress::Refused(_) => "state refused",
        Progress::ByFile => "state waiting",
    };
    view! {
        <div class=state role="status">
            <h1 tabindex="-1">{move || texts().0.of(visit.shell.language.get())}</h1>
            <p class="lead">{move || {
                let (_, text, detail) = texts();
                text.fill(visit.shell.language.get(), &[&detail])
            }}</p>
        </div>
        <div>{buttons}</div>
    }
    .into_any()
}

fn unkept(visit: Visit, outcome: Direct) -> AnyView {
    let Direct::Stays { batch, refused } = outcome else {
        return view! {
            <div class="state done" role="status">
                <h1 tabindex="-1">{t(words::ARRIVED)}</h1>
                <p class="lead">{t(arrived_text(visit))}</p>
            </div>
        }
        .into_any();
    };
    let busy = RwSignal::new(false);
    let (again, file) = (batch.clone(), batch);
    let (title, text) = match &refused {
        Some(_) => (words::REFUSED, words::REFUSED_TEXT),
        None => (words::NOT_SENT, words::NOT_SENT_TEXT),
    };
    let code = refused.unwrap_or_default();
    view! {
        <div class="state refused" role="alert">
            <h1 tabindex="-1">{t(title)}</h1>
            <p class="lead">{move || text.fill(visit.shell.language.get(), &[&code])}</p>
        </div>
        <div class="row">
            <button type="button" class="button primary" disabled=move || busy.get() on:click=move |_| {
                let (Some(invitation), batch) = (visit.invitation(), again.clone()) else { return };
                busy.set(true);
                spawn_local(async move {
                    let outcome = direct::upload(&invitation.plan, batch).await;
                    visit.show(Stage::Sent(Outcome::Direct(outcome)));
                });
            }>{t(words::TRY_NOW)}</button>
            <button type="button" class="button" on:click=move |_| download("answers", &file)>{t(words::SAVE_FILE)}</button>
        </div>
    }
    .into_any()
}

fn download(name: &str, text: &str) {
    let mut name = name.to_owned();
    name.push_str(".minping");
    files::download(&name, text, "application/jose");
}
