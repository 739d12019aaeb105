//! One interview of a canvasser: opened from its draft, held by one window at a time, closed into a sealed record.

use super::contacts::{self, Ended};
use super::handed;
use super::health::HealthLine;
use super::note;
use super::plan::with_plan;
use super::when::today;
use super::{Opened, begin, href, plan_route, save_words};
use crate::batch::SealError;
use crate::browser::clock;
use crate::browser::host::FULL;
use crate::browser::keeper::{Copies, DraftLock};
use crate::outbox::{self, Changes};
use crate::plan::{Digest, Mode};
use crate::session::{Disposition, Draft, DraftError, Record, Session};
use crate::store::DRAFT;
use crate::ui::answer::{Live, Pace, interview as answering};
use crate::ui::device::{CloseError, Device, use_device};
use crate::ui::element::in_view;
use crate::ui::shell::{focus_heading, go, t, use_shell};
use crate::ui::words::{
    Language, contacts as contact_words, field as words, handed as handed_words, lock as lock_words,
    phone as phone_words,
};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// How often, and after how many milliseconds, the right to write is asked for again.
const RETRIES: usize = 5;
const PAUSE: i32 = 100;

/// Where the screen is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Opening,
    /// This window writes.
    Open,
    /// Another window writes; here it is only to look at.
    Elsewhere,
    Done(Copies),
}

/// What the parts of the screen share.
#[derive(Clone)]
struct Screen {
    opened: Opened,
    id: String,
    key: String,
    device: Device,
    stage: RwSignal<Stage>,
    lock: StoredValue<Option<DraftLock>, LocalStorage>,
    failure: RwSignal<Option<String>>,
    language: RwSignal<Language>,
    /// It is the interview of a case of the list.
    of_case: bool,
    /// On the telephone; known when it is open.
    by_phone: StoredValue<bool>,
    /// Its round, and the language in which it was closed.
    spoken: StoredValue<(String, String)>,
    /// It is in the resident's hands.
    alone: bool,
    /// Then: what the PIN ends.
    ender: Option<handed::Ender>,
}

pub fn interview(digest: Digest, id: String) -> AnyView {
    with_plan(digest, move |opened| {
        // It was taken over to another version, or back: there it goes on.
        let body = use_device().keeper().get(&[DRAFT, &id].concat());
        let plan = body.and_then(|body| Draft::parse(&body).ok()).map(|draft| draft.opening.plan);
        if let Some(plan) = plan.filter(|plan| plan.id == opened.plan().id && plan.digest != opened.digest()) {
            go(&super::interview_route(&plan.digest, &id));
        }
        run(opened, id.clone(), false)
    })
}

/// The same in the resident's hands: without the canvasser's ways out.
pub fn alone(digest: Digest, id: String) -> AnyView {
    with_plan(digest, move |opened| run(opened, id.clone(), true))
}

fn run(opened: Opened, id: String, alone: bool) -> AnyView {
    let mut key = String::from(DRAFT);
    key.push_str(&id);
    let (shell, device) = (use_shell(), use_device());
    let of_case = contacts::is_of_case(device, &opened.plan(), &id);
    let screen = Screen {
        of_case,
        by_phone: StoredValue::new(false),
        spoken: StoredValue::default(),
        alone,
        ender: use_context::<handed::Ender>().filter(|_| alone),
        opened,
        id,
        key,
        device,
        stage: RwSignal::new(Stage::Opening),
        lock: StoredValue::new_local(None),
        failure: RwSignal::new(None),
        language: shell.language,
    };
    Effect::new(move |_| shell.title(opened.say(|plan| &plan.title, shell.language.get())));
    if let Some(ender) = screen.ender {
        on_cleanup(move || ender.clear());
    }
    screen.acquire(false);
    screen.watch();
    if of_case {
        let by_phone = screen.by_phone;
        on_cleanup(move || {
            // The desk claims what it shows; nobody else renews for a call that is not gone on with.
            if by_phone.try_get_value() == Some(true) {
                let turn = contacts::turn();
                spawn_local(async move { _ = contacts::leave(turn).await });
            }
        });
    }
    (move || match screen.stage.get() {
        Stage::Opening => super::opening(),
        Stage::Open => screen.open(false),
        Stage::Elsewhere if screen.alone => screen.elsewhere(),
        Stage::Elsewhere => screen.open(true),
        Stage::Done(copies) => screen.done(copies),
    })
    .into_any()
}

impl Screen {
    /// Asks for the right to write; `take`: from the window that has it.
    fn acquire(&self, take: bool) {
        let Screen { device, stage, lock, key, alone, ender, .. } = self.clone();
        spawn_local(async move {
            let keeper = device.keeper();
            let mut got = if take { keeper.take_over(&key).await } else { keeper.lock(&key).await };
            // The canvasser's screen of this very window lets go a moment later.
            for _ in 0..RETRIES {
                if got.is_some() || !alone {
                    break;
                }
                clock::sleep(PAUSE).await;
                got = keeper.lock(&key).await;
            }
            // Who has entered the PIN here ends it here.
            if got.is_none() && !take && ender.is_some_and(handed::Ender::is_asked) {
                got = keeper.take_over(&key).await;
            }
            let next = if got.is_some() { Stage::Open } else { Stage::Elsewhere };
            if lock.try_set_value(got).is_none() {
                let _ = stage.try_set(next);
            }
        });
    }

    /// Another window may take over at any time.
    fn watch(&self) {
        let Screen { device, stage, lock, .. } = self.clone();
        Effect::new(move |_| {
            device.keep.track_drafts();
            let lost = lock.with_value(|lock| lock.as_ref().is_some_and(|lock| !lock.held()));
            if lost && stage.get_untracked() == Stage::Open {
                stage.set(Stage::Elsewhere);
            }
        });
    }

    fn open(&self, read_only: bool) -> AnyView {
        let Some(body) = self.device.keeper().get(&self.key) else { return self.unable(Stop::Gone) };
        let session = match Draft::parse(&body).and_then(|draft| Session::resume(self.opened.plan(), draft, &FULL)) {
            Ok(session) => session,
            Err(error) => return self.unable(Stop::Draft(error)),
        };
        begin::touch(&self.id);
        let (keeper, key) = (self.device.keeper(), self.key.clone());
        let kept = keeper.clone();
        let live = Live::open(session, move |draft: &Draft, pace| {
            match pace {
                Pace::Now => keeper.put_draft(&key, draft.encode()),
                Pace::Soon => keeper.put_draft_soon(&key, draft.encode()),
            };
        })
        .keep_in(kept);
        live.locked.set(read_only);
        live.alone.set_value(self.alone);
        if !self.alone && !read_only {
            live.beside.set_value(Some(note::offer));
        }
        let (keep, key) = (self.device.keep, self.key.clone());
        let saved = Rc::new(move || keep.saved(&key));
        let closing = self.clone();
        let on_close = Rc::new(move |disposition| closing.close(live, disposition));
        let called = self.of_case && live.with(|session| session.opening().mode == Mode::Phone);
        let route = match called {
            true => contacts::desk_route(&self.opened.digest()),
            false => plan_route(&self.opened.digest()),
        };
        let on_leave: Option<Rc<dyn Fn()>> = (!self.alone).then(|| Rc::new(move || go(&route)) as Rc<dyn Fn()>);
        if let Some(ender) = self.ender {
            let ending = self.clone();
            ender.set(Rc::new(move || {
                live.closing.set(true);
                ending.close(live, Disposition::Partial);
            }));
        }
        let by_hand = live.with(|session| matches!(session.opening().mode, Mode::Face | Mode::Hall));
        let offer = (by_hand && !self.alone && !read_only).then(|| {
            let back = match self.of_case {
                true => contacts::list_route(&self.opened.digest()),
                false => plan_route(&self.opened.digest()),
            };
            handed::offer(self.opened.digest(), self.id.clone(), back)
        });
        let by_phone = live.with(|session| session.opening().mode == Mode::Phone) && !self.alone;
        self.by_phone.set_value(by_phone);
        let keys = (by_phone && !read_only).then(contacts::by_keys);
        let failure = self.failure;
        let taking = self.clone();
        view! {
            {read_only.then(|| view! {
                <div class="page">
                    <div class="banner warn stack tight" role="alert">
                        <p>{t(words::ELSEWHERE)}</p>
                        <p>
                            <button type="button" class="button primary" on:click=move |_| taking.acquire(true)>
                                {t(words::TAKE_OVER)}
                            </button>
                        </p>
                    </div>
                </div>
            })}
            {move || failure.get().map(|text| view! {
                <div class="page"><p class="banner bad" role="alert">{text}</p></div>
            })}
            {offer}
            {keys}
            {in_view(answering(live, on_close, on_leave, saved))}
        }
        .into_any()
    }

    fn elsewhere(&self) -> AnyView {
        let taking = self.clone();
        if let Some(ender) = self.ender {
            let taking = self.clone();
            ender.set_taking(Rc::new(move || taking.acquire(true)));
        }
        view! {
            <div class="page stack">
                <div class="banner warn stack tight" role="alert">
                    <p>{t(handed_words::ELSEWHERE)}</p>
                    <p>
                        <button type="button" class="button primary" on:click=move |_| taking.acquire(true)>
                            {t(handed_words::HERE)}
                        </button>
                    </p>
                </div>
            </div>
        }
        .into_any()
    }

    fn close(&self, live: Live, disposition: Disposition) {
        self.failure.set(None);
        let language = self.language.get_untracked();
        let mut record = match live.with(|session| session.close(disposition)) {
            Ok(record) => record,
            Err(_) => return self.failed(live, words::FAULTS_LEFT.of(language), language),
        };
        live.attach_to(&mut record);
        self.spoken.set_value(live.with(|session| (record.round.clone(), session.language().to_owned())));
        let screen = self.clone();
        let plan = self.opened.plan();
        let mut also = count_today(self.device, &self.opened.digest());
        also.extend(self.count_cells(live, &record));
        let (progress, by_quota) = live.with(|session| (session.progress(), session.ended_by_quota()));
        let (answered, asked) = (progress.answered, progress.asked);
        let how = Ended::Closed { disposition: record.disposition, answered, asked, by_quota };
        if self.alone {
            also.extend(handed::done_step(self.device));
        }
        spawn_local(async move {
            if screen.of_case {
                let ended = contacts::ended(screen.device, plan.id.clone(), screen.id.clone(), record.mode.name(), how);
                match ended.await {
                    Ok(ended) => also.extend(ended),
                    Err(_) => return screen.failed(live, contact_words::NOT_LOADED.of(language), language),
                }
            }
            match screen.device.close(&plan, &record, None, also).await {
                Ok(copies) => {
                    begin::forget(&screen.id);
                    if screen.of_case {
                        let _ = contacts::let_go().await;
                    }
                    screen.lock.try_set_value(None);
                    let _ = screen.stage.try_set(Stage::Done(copies));
                    match screen.of_case && screen.by_phone.try_get_value() == Some(true) {
                        true => request_animation_frame(|| crate::ui::shell::focus_on(".next-call")),
                        false => request_animation_frame(focus_heading),
                    }
                }
                Err(error) => screen.failed(live, close_words(&error).of(language), language),
            }
        });
    }

    /// What the record adds to the device's counts for quotas.
    fn count_cells(&self, live: Live, record: &Record) -> Changes {
        let cells = live.with(|session| session.cells());
        if record.disposition != Disposition::Complete || cells.is_empty() {
            return Changes::new();
        }
        // Without randomness the interview is closed all the same, uncounted: the office counts it.
        let Ok(name) = begin::random_id() else { return Changes::new() };
        outbox::count(&self.device.keeper(), &record.plan.digest, &record.round, &cells, &name)
    }

    fn failed(&self, live: Live, why: &str, language: Language) {
        let _ = live.closing.try_set(false);
        let _ = self.failure.try_set(Some(words::FINISH_FAILED.fill(language, &[why])));
        request_animation_frame(|| crate::ui::shell::focus_on(".banner.bad"));
    }

    fn done(&self, copies: Copies) -> AnyView {
        let shell = use_shell();
        let sealed = self.opened.plan().privacy.seal;
        let kept = if copies == Copies::Two { words::FINISHED_TWO } else { words::FINISHED_ONE };
        let (opened, device, of_case) = (self.opened, self.device, self.of_case);
        let by_phone = self.by_phone.get_value();
        let last = (by_phone && of_case).then(|| {
            let last = self.spoken.get_value();
            contacts::last_words(opened, last.0, last.1)
        });
        let next = move |_| begin::again(opened, device, shell.language.get_untracked());
        view! {
            <div class="page stack">
                <div class="banner good stack tight">
                    <h1>{t(words::FINISHED)}</h1>
                    <p>{t(kept)}</p>
                    {sealed.then(|| view! { <p>{t(words::FINISHED_SEALED)}</p> })}
                </div>
                {last}
                {match of_case {
                    true if by_phone => view! {
                        <a class="button primary wide next-call" href=href(&contacts::desk_route(&opened.digest()))>
                            {t(phone_words::NEXT_CALL)}
                        </a>
                    }
                    .into_any(),
                    true => view! {
                        <a class="button primary wide" href=href(&contacts::list_route(&opened.digest()))>
                            {t(contact_words::BACK)}
                        </a>
                    }
                    .into_any(),
                    false => view! {
                        <button type="button" class="button primary wide" on:click=next>{t(words::NEXT)}</button>
                    }
                    .into_any(),
                }}
                <a class="button wide" href=href(&plan_route(&self.opened.digest()))>{t(words::TO_PLAN)}</a>
                <HealthLine/>
            </div>
        }
        .into_any()
    }

    fn unable(&self, stop: Stop) -> AnyView {
        if let Some(ender) = self.ender {
            ender.set_leaving();
        }
        let language = use_shell().language;
        let text = move || match &stop {
            Stop::Gone => words::GONE.of(language.get()).to_owned(),
            Stop::Draft(error) => words::DRAFT_DAMAGED.fill(language.get(), &[&draft_words(error, language.get())]),
        };
        view! {
            <div class="page stack">
                <p class="banner warn" role="alert">{text}</p>
                {(!self.alone).then(|| view! {
                    <p><a class="button primary" href=href(&plan_route(&self.opened.digest()))>{t(words::TO_PLAN)}</a></p>
                })}
            </div>
        }
        .into_any()
    }
}

enum Stop {
    Gone,
    Draft(DraftError),
}

/// Why a draft cannot be gone on with.
pub fn draft_words(error: &DraftError, language: Language) -> String {
    match error {
        DraftError::Malformed => words::DAMAGED.of(language).to_owned(),
        DraftError::Locked => lock_words::DRAFT.of(language).to_owned(),
        DraftError::NewerVersion(_) => words::NEWER.of(language).to_owned(),
        DraftError::OtherPlan(_) => words::OTHER_PLAN.of(language).to_owned(),
        DraftError::UnknownReference(what) | DraftError::Unfit(what) => words::UNFIT.fill(language, &[what]),
        DraftError::Plan(error) => words::UNFIT.fill(language, &[&error.to_string()]),
    }
}

fn close_words(error: &CloseError) -> crate::ui::words::Words {
    match error {
        CloseError::Seal(SealError::NoRecipient) => words::SEAL_NO_KEY,
        CloseError::Seal(SealError::Crypto(_)) => words::CRYPTO_FAILED,
        CloseError::Save(error) => save_words(error),
    }
}

fn finished_key(digest: &Digest) -> String {
    let mut key = String::from("setting/finished/");
    key.push_str(digest.as_str());
    key
}

/// Interviews of this plan that were finished today on this device. The day is all that is kept.
pub fn finished_today(device: Device, digest: &Digest) -> usize {
    let kept = device.track().get(&finished_key(digest)).unwrap_or_default();
    kept.split_once(' ').filter(|(day, _)| *day == today()).and_then(|(_, count)| count.parse().ok()).unwrap_or(0)
}

fn count_today(device: Device, digest: &Digest) -> Changes {
    let count = untrack(|| finished_today(device, digest)) + 1;
    let mut body = today();
    body.push(' ');
    body.push_str(&count.to_string());
    vec![(finished_key(digest), Some(body))]
}
