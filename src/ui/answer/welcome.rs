use super::invitation::{Invitation, Trouble};
use super::live::plan_language;
use super::resident::{Stage, Visit};
use crate::batch::Crypto;
use crate::browser::crypto::Web;
use crate::outbox;
use crate::plan::Text;
use crate::session::{Draft, Session};
use crate::store::DRAFT;
use crate::ui::shell::{Dialog, t};
use crate::ui::words::{Words, answer as words};
use base64ct::{Base64UrlUnpadded, Encoding};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// Who asks, why, what happens to the answers; then start, or go on where it was left.
pub fn welcome(visit: Visit) -> AnyView {
    let Some(invitation) = visit.invitation() else { return ().into_any() };
    visit.lock.set_value(None);
    let found = if visit.kept.get_value() { find_draft(visit, &invitation.token) } else { None };
    let unsent = if visit.kept.get_value() { outbox::uploads(&visit.device.keeper()).len() } else { 0 };
    let sealed = invitation.plan.privacy.seal;
    Effect::new(move |_| {
        if let Some(invitation) = visit.invitation() {
            visit.shell.title(visit.text(&invitation.plan.title));
        }
    });
    let resuming = found.is_some();
    let actions = match found {
        Some(draft) => resume_actions(visit, Rc::new(draft)),
        None => view! {
            <button type="button" class="button primary wide" on:click=move |_| begin(visit)>{t(words::START)}</button>
        }
        .into_any(),
    };
    view! {
        <div class="page stack loose welcome">
            <div class="stack tight">
                <h1 tabindex="-1">{said(visit, |invitation| Some(&invitation.plan.title))}</h1>
                <p class="lead">{said(visit, |invitation| Some(&invitation.plan.asker))}</p>
            </div>
            <dl class="invitation">
                {fact(visit, words::ROUND, |invitation| invitation.plan.round(&invitation.link.round).map(|round| &round.label))}
                {fact(visit, words::PLACE, place)}
                {fact(visit, words::RATER_GROUP, |invitation| {
                    invitation.link.rater_group.as_deref().and_then(|id| invitation.plan.rater_group(id)).map(|group| &group.label)
                })}
            </dl>
            {(!visit.kept.get_value()).then(|| view! { <p class="banner warn">{t(words::BLOCKED)}</p> })}
            {resuming.then(|| view! { <p class="banner good">{t(words::RESUME_TEXT)}</p> })}
            <section class="stack tight">
                <h2>{t(words::PURPOSE)}</h2>
                <p class="prose">{said(visit, |invitation| Some(&invitation.plan.purpose))}</p>
            </section>
            <section class="stack tight">
                <h2>{t(words::PRIVACY)}</h2>
                <p class="prose">{said(visit, |invitation| Some(&invitation.plan.privacy.notice))}</p>
                {(!sealed).then(|| view! { <p class="banner warn">{t(words::PLAIN_NOTICE)}</p> })}
            </section>
            {(unsent > 0).then(|| view! {
                <p class="banner">{move || words::UNSENT.count(visit.shell.language.get(), &[unsent])}</p>
            })}
            <div class="actions">{actions}</div>
        </div>
    }
    .into_any()
}

fn place(invitation: &Invitation) -> Option<&Text> {
    let stratum = invitation.link.stratum.as_deref().and_then(|id| invitation.plan.stratum(id));
    Some(&invitation.link.place).filter(|place| !place.is_empty()).or(stratum.map(|stratum| &stratum.label))
}

fn said(visit: Visit, find: fn(&Invitation) -> Option<&Text>) -> impl Fn() -> String + Copy + Send + 'static {
    move || visit.invitation().and_then(|invitation| find(&invitation).map(|text| visit.text(text))).unwrap_or_default()
}

fn fact(visit: Visit, name: Words, find: fn(&Invitation) -> Option<&Text>) -> Option<AnyView> {
    visit.invitation().filter(|invitation| find(invitation).is_some())?;
    Some(view! { <div><dt>{t(name)}</dt><dd>{said(visit, find)}</dd></div> }.into_any())
}

/// The newest draft that this link was answered in.
fn find_draft(visit: Visit, token: &str) -> Option<Draft> {
    let drafts = visit.device.keeper().list(DRAFT);
    let mut drafts = drafts.iter().filter_map(|(_, body)| Draft::parse(body).ok());
    drafts.find(|draft| draft.opening.link.as_deref() == Some(token))
}

fn resume_actions(visit: Visit, draft: Rc<Draft>) -> AnyView {
    let asking = RwSignal::new(false);
    let discarded = draft.clone();
    let over = StoredValue::new_local(discarded);
    view! {
        <button type="button" class="button" on:click=move |_| asking.set(true)>{t(words::START_OVER)}</button>
        <button type="button" class="button primary" on:click=move |_| visit.show(Stage::Answering(draft.clone()))>
            {t(words::RESUME)}
        </button>
        <Dialog open=asking title=Signal::derive(move || words::START_OVER_TITLE.of(visit.shell.language.get()).to_owned())>
            <p>{t(words::START_OVER_TEXT)}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| asking.set(false)>{t(words::KEEP_THEM)}</button>
                <button type="button" class="button danger" on:click=move |_| {
                    asking.set(false);
                    let draft = over.get_value();
                    spawn_local(async move {
                        // What could not be removed stays, and is offered again another time.
                        let _ = visit.device.discard(&draft, "restarted").await;
                        begin(visit);
                    });
                }>{t(words::START_OVER)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Begins an interview and shows it.
pub fn begin(visit: Visit) {
    let Some(invitation) = visit.invitation() else { return };
    let mut bytes = [0; 16];
    if Web.random(&mut bytes).is_err() {
        return visit.show(Stage::Trouble(Trouble::Insecure));
    }
    let id = Base64UrlUnpadded::encode_string(&bytes);
    let language = plan_language(&invitation.plan, visit.shell.language.get_untracked());
    match Session::begin(invitation.plan.clone(), invitation.opening(), id, language) {
        Ok(session) => visit.show(Stage::Answering(Rc::new(session.draft().clone()))),
        Err(error) => {
            use std::fmt::Write;
            let mut detail = String::new();
            let _ = write!(detail, "{error}");
            visit.show(Stage::Trouble(Trouble::Unfit(detail)));
        }
    }
}

/// Shown in place of a draft that cannot be opened.
pub fn broken(visit: Visit) -> AnyView {
    view! {
        <div class="page stack">
            <h1 tabindex="-1">{t(words::PLAN_UNFIT)}</h1>
            <p class="banner warn">{t(words::BROKEN_DRAFT)}</p>
            <p><button type="button" class="button primary" on:click=move |_| begin(visit)>{t(words::START)}</button></p>
        </div>
    }
    .into_any()
}
