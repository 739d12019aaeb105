use super::full::told_full;
use super::interview::ask;
use super::invitation::{Invitation, Trouble};
use super::live::plan_language;
use super::resident::{Stage, Visit};
use super::told::{apart, spoken};
use crate::batch::Crypto;
use crate::browser::crypto::Web;
use crate::browser::host::HOST;
use crate::outbox;
use crate::plan::{Plan, Text};
use crate::session::{Draft, Opening, Session};
use crate::store::DRAFT;
use crate::ui::element::{Element, NotLoaded, button, chunk, el, follow, group, on_demand, text};
use crate::ui::shell::{dialog, guide};
use crate::ui::words::{Words, answer as words};
use base64ct::{Base64UrlUnpadded, Encoding};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// Who asks, why, what happens to the answers; then start, or go on where it was left.
pub fn welcome(visit: Visit) -> Element {
    let Some(invitation) = visit.invitation() else { return group() };
    visit.hold(None);
    visit.shell.offer(&invitation.plan.languages);
    let kept = visit.kept();
    let found = if kept { find_draft(visit, &invitation.token) } else { None };
    follow(move || {
        if let Some(invitation) = visit.invitation() {
            visit.shell.title(visit.text(&invitation.plan.title));
        }
    });
    let title = el("div", "stack tight")
        .child(said(el("h1", "").attr("tabindex", "-1"), visit, |invitation| Some(&invitation.plan.title)))
        .child(said(el("p", "lead"), visit, |invitation| Some(&invitation.plan.asker)));
    let facts = el("dl", "invitation")
        .maybe(fact(visit, words::ROUND, |invitation| {
            invitation.plan.round(&invitation.link.round).map(|round| &round.label)
        }))
        .maybe(fact(visit, words::PLACE, place))
        .maybe(fact(visit, words::RATER_GROUP, |invitation| {
            invitation
                .link
                .rater_group
                .as_deref()
                .and_then(|id| invitation.plan.rater_group(id))
                .map(|group| &group.label)
        }));
    let page = spoken(el("div", "page stack loose welcome"), move || {
        visit.invitation().map_or(String::new(), |invitation| plan_language(&invitation.plan, visit.shell).to_owned())
    });
    let page = page.child(title).child(facts);
    if !kept {
        page.add(&el("p", "banner warn").say(words::BLOCKED));
    }
    if found.is_some() {
        page.add(&el("p", "banner good").say(words::RESUME_TEXT));
    }
    let part = |heading, body| el("section", "stack tight").child(el("h2", "").say(heading)).child(body);
    page.add(&part(words::PURPOSE, apart_said(visit, |plan| &plan.purpose)));
    let privacy = part(words::PRIVACY, apart_said(visit, |plan| &plan.privacy.notice));
    if !invitation.plan.privacy.seal {
        privacy.add(&el("p", "banner warn").say(words::PLAIN_NOTICE));
    }
    page.add(&privacy);
    if kept {
        page.add(&unsent(visit));
    }
    if invitation.holds() {
        let told = move |count| if count == 0 { group() } else { on_demand(move || told_full(visit)) };
        page.add(&el("div", "").attr("role", "status").switch(move || visit.full.with(Vec::len), told));
    }
    let actions = match found {
        Some(draft) => resume_actions(visit, Rc::new(draft)),
        None => button("button primary wide").on("click", move |_| begin(visit)).say(words::START),
    };
    page.child(guide("resident")).child(el("div", "actions").child(actions))
}

/// What the person before has sent and the network has not taken yet, as soon as that is known.
fn unsent(visit: Visit) -> Element {
    let count = RwSignal::new(0);
    spawn_local(async move {
        if let Ok(found) = count_unsent(visit).await {
            let _ = count.try_set(found);
        }
    });
    let language = visit.shell.language;
    let told = move |count| match count {
        0 => group(),
        _ => el("p", "banner").live_text(move || words::UNSENT.count(language.get(), &[count])),
    };
    group().switch(move || count.get(), told)
}

#[chunk(later, fallible)]
fn count_unsent(visit: Visit) -> Result<usize, NotLoaded> {
    Ok(outbox::uploads(&visit.device.keeper()).len())
}

fn place(invitation: &Invitation) -> Option<&Text> {
    let stratum = invitation.link.stratum.as_deref().and_then(|id| invitation.plan.stratum(id));
    Some(&invitation.link.place).filter(|place| !place.is_empty()).or(stratum.map(|stratum| &stratum.label))
}

/// An element with a text of the invitation, which follows the language.
fn said(element: Element, visit: Visit, find: fn(&Invitation) -> Option<&Text>) -> Element {
    element.live_text(move || {
        visit.invitation().and_then(|invitation| find(&invitation).map(|text| visit.text(text))).unwrap_or_default()
    })
}

/// A longer text of the plan, which follows the language.
fn apart_said(visit: Visit, find: fn(&Plan) -> &Text) -> Element {
    group().live(move || {
        let Some(invitation) = visit.invitation() else { return group() };
        let written = visit.text(find(&invitation.plan));
        apart("prose", &written, &invitation.plan.links, &text)
    })
}

fn fact(visit: Visit, name: Words, find: fn(&Invitation) -> Option<&Text>) -> Option<Element> {
    visit.invitation().filter(|invitation| find(invitation).is_some())?;
    Some(el("div", "").child(el("dt", "").say(name)).child(said(el("dd", ""), visit, find)))
}

/// The newest draft that this link was answered in.
pub fn find_draft(visit: Visit, token: &str) -> Option<Draft> {
    let drafts = visit.device.keeper().list(DRAFT);
    let mut drafts = drafts.iter().filter_map(|(_, body)| Draft::parse(body).ok());
    drafts.find(|draft| draft.opening.link.as_deref() == Some(token))
}

fn resume_actions(visit: Visit, draft: Rc<Draft>) -> Element {
    let asking = RwSignal::new(false);
    let over = draft.clone();
    let content = move || {
        let draft = over.clone();
        let yes = button("button danger").on("click", move |_| {
            asking.set(false);
            let draft = draft.clone();
            spawn_local(async move {
                // What could not be removed stays, and is offered again another time.
                let _ = visit.device.discard(&draft, "restarted", Vec::new()).await;
                begin(visit);
            });
        });
        ask(asking, words::START_OVER_TEXT, words::KEEP_THEM, yes.say(words::START_OVER))
    };
    let resume = move |_| visit.show(Stage::Answering(draft.clone()));
    let language = visit.shell.language;
    group()
        .child(button("button").on("click", move |_| asking.set(true)).say(words::START_OVER))
        .child(button("button primary").on("click", resume).say(words::RESUME))
        .child(dialog(asking, move || words::START_OVER_TITLE.of(language.get()).to_owned(), content))
}

/// Begins an interview and shows it.
pub fn begin(visit: Visit) {
    let Some(invitation) = visit.invitation() else { return };
    let mut bytes = [0; 16];
    if Web.random(&mut bytes).is_err() {
        return visit.show(Stage::Trouble(Trouble::Insecure));
    }
    let id = Base64UrlUnpadded::encode_string(&bytes);
    let language = untrack(|| plan_language(&invitation.plan, visit.shell));
    let opening = Opening { full: visit.full.get_untracked(), ..invitation.opening() };
    match Session::begin(invitation.plan.clone(), opening, id, language, &HOST) {
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
#[chunk(later, fallible)]
pub fn broken(visit: Visit) -> Result<Element, NotLoaded> {
    let start = button("button primary").on("click", move |_| begin(visit)).say(words::START);
    Ok(el("div", "page stack")
        .child(el("h1", "").attr("tabindex", "-1").say(words::PLAN_UNFIT))
        .child(el("p", "banner warn").say(words::BROKEN_DRAFT))
        .child(el("p", "").child(start)))
}
