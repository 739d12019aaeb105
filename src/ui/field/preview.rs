//! A plan tried out inside the office's editor: the interview as it will be, with nothing kept and nothing sent. The editor
//! frames this page and hands it the plan; another site's page is not listened to.

use crate::browser::host::FULL;
use crate::json;
use crate::plan::{self, Digest, Mode, Plan, Round};
use crate::session::{Draft, Opening, PlanRef, Session};
use crate::ui::answer::{Live, interview};
use crate::ui::element::in_view;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, field as words};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

/// What the page tells the editor when it can take a plan.
pub const READY: &str = "minping-preview-ready";

/// What the editor hands over.
struct Trial {
    plan: Rc<Plan>,
    questionnaire: String,
    mode: Mode,
    language: String,
}

fn read(text: &str) -> Option<Trial> {
    let (plan, questionnaire, mode, language) = json::read(text, |node| {
        let node = node.only(&["plan", "questionnaire", "mode", "language"]);
        (node.text("plan"), node.text("questionnaire"), node.object("mode", Mode::read), node.text("language"))
    })
    .ok()?;
    Some(Trial { plan: Rc::new(plan::read(&plan).ok()?), questionnaire, mode, language })
}

impl Trial {
    /// The interview that was going on, on the changed plan where it still fits; otherwise a new one.
    fn session(&self, before: Option<Draft>) -> Result<Session, String> {
        let plan =
            PlanRef { id: self.plan.id.clone(), version: self.plan.version.clone(), digest: Digest("A".repeat(43)) };
        let first = |ids: &[String]| ids.first().cloned();
        let groups = self.plan.questionnaire(&self.questionnaire).map(|asked| asked.rater_groups.clone());
        // The first in which it is asked.
        let asked = self.plan.questionnaire(&self.questionnaire);
        let fits = |round: &&Round| asked.is_none_or(|asked| asked.is_for_round(&round.id));
        let round = self.plan.rounds.iter().find(fits).or(self.plan.rounds.first());
        let opening = Opening {
            plan,
            round: round.map(|round| round.id.clone()).unwrap_or_default(),
            questionnaire: self.questionnaire.clone(),
            mode: self.mode,
            rater_group: groups
                .and_then(|groups| first(&groups))
                .or_else(|| self.plan.rater_groups.first().map(|group| group.id.clone())),
            stratum: None,
            link: None,
            full: Vec::new(),
        };
        if let Some(mut draft) = before.filter(|draft| draft.opening.questionnaire == self.questionnaire) {
            draft.opening = opening.clone();
            draft.language = self.language.clone();
            if let Ok(session) = Session::resume(self.plan.clone(), draft, &FULL) {
                return Ok(session);
            }
        }
        let id = "A".repeat(22);
        Session::begin(self.plan.clone(), opening, id, &self.language, &FULL).map_err(|error| error.to_string())
    }
}

pub fn preview() -> AnyView {
    let shell = use_shell();
    let trial = RwSignal::new_local(None::<Rc<Trial>>);
    let last = StoredValue::new_local(None::<Draft>);
    let round = RwSignal::new(0u32);
    let done = RwSignal::new(false);
    Effect::new(move |_| shell.title(words::PREVIEW.of(shell.language.get())));
    let heard = window_event_listener_untyped("message", move |event| {
        let event: web_sys::MessageEvent = event.unchecked_into();
        let own = window().location().origin().unwrap_or_default();
        let Some(text) = event.data().as_string().filter(|_| event.origin() == own) else { return };
        let Some(handed) = read(&text) else { return };
        if let Some(language) = Language::read(&handed.language) {
            shell.language.set(language);
        }
        done.set(false);
        trial.set(Some(Rc::new(handed)));
    });
    on_cleanup(move || heard.remove());
    if let Ok(Some(parent)) = window().parent() {
        let own = window().location().origin().unwrap_or_default();
        let _ = parent.post_message(&JsValue::from_str(READY), &own);
    }
    let again = move |_| {
        last.set_value(None);
        done.set(false);
        round.update(|round| *round += 1);
    };
    let shown = move || {
        round.track();
        let Some(trial) = trial.get() else {
            return view! { <div class="page"><p class="empty">{t(words::PREVIEW_WAITING)}</p></div> }.into_any();
        };
        if done.get() {
            return view! {
                <div class="page stack">
                    <p class="banner good" role="status">{t(words::PREVIEW_DONE)}</p>
                    <button type="button" class="button primary" on:click=again>{t(words::PREVIEW_AGAIN)}</button>
                </div>
            }
            .into_any();
        }
        match trial.session(last.get_value()) {
            Ok(session) => {
                let live = Live::open(session, move |draft, _| {
                    last.try_set_value(Some(draft.clone()));
                });
                in_view(interview(live, Rc::new(move |_| done.set(true)), None, Rc::new(|| None))).into_any()
            }
            Err(why) => view! { <div class="page"><p class="banner bad" role="alert">{why}</p></div> }.into_any(),
        }
    };
    view! { <p class="banner warn tight preview-note">{t(words::PREVIEW_NOTE)}</p>{shown} }.into_any()
}
