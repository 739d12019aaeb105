use super::checked::Checked;
use super::paper::Paper;
use crate::json::Writer;
use crate::plan::{Mode, Plan};
use crate::ui::office::parts::{Choice, said};
use crate::ui::shell::{t, tongue_name, use_shell};
use crate::ui::words::{Language, Words, field as field_words, office as words};
use leptos::html::Iframe;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// What the framed page says when it can take a plan; see `ui::field::preview`.
const READY: &str = "minping-preview-ready";
const PHONE: &str = "phone";
const TABLET: &str = "tablet";
const PAPER: &str = "paper";

/// The plan as it will be: in the page in which it is answered, or on paper.
#[component]
pub fn Preview(sound: RwSignal<Option<Rc<Checked>>, LocalStorage>, ready: Signal<bool>) -> impl IntoView {
    let shell = use_shell();
    let shown_as = RwSignal::new(PHONE);
    let questionnaire = RwSignal::new(String::new());
    let mode = RwSignal::new(String::new());
    let tag = RwSignal::new(String::new());
    let frame = NodeRef::<Iframe>::new();
    let plan = RwSignal::new_local(None::<Rc<Plan>>);
    Effect::new(move |_| {
        let read = sound.with(|sound| sound.as_ref().and_then(|checked| Plan::parse(&checked.text).ok()));
        let Some(read) = read else { return };
        let keep = |value: RwSignal<String>, known: Vec<String>| {
            if value.with_untracked(|value| !known.contains(value)) {
                value.set(known.into_iter().next().unwrap_or_default());
            }
        };
        keep(questionnaire, read.questionnaires.iter().map(|q| q.id.clone()).collect());
        keep(mode, read.modes.iter().map(|mode| mode.name().to_owned()).collect());
        let own = |known: &String| Language::read(known) == Some(shell.language.get_untracked());
        let mut tags = read.languages.clone();
        tags.sort_by_key(|known| !own(known));
        keep(tag, tags);
        plan.set(Some(Rc::new(read)));
    });
    // The frame stays while the plan changes: the interview in it goes on.
    let there = Memo::new(move |_| plan.with(Option::is_some));
    let hand = move || {
        let Some(text) = sound.with_untracked(|sound| sound.as_ref().map(|checked| checked.text.clone())) else {
            return;
        };
        let Some(window) = frame.get_untracked().and_then(|frame| frame.content_window()) else { return };
        let mut out = Writer::new();
        out.open('{');
        out.text("plan", &text);
        out.text("questionnaire", &questionnaire.get_untracked());
        out.text("mode", &mode.get_untracked());
        out.text("language", &tag.get_untracked());
        out.close('}');
        let own = leptos::prelude::window().location().origin().unwrap_or_default();
        let _ = window.post_message(&JsValue::from_str(&out.finish()), &own);
    };
    Effect::new(move |_| {
        plan.track();
        let _ = (questionnaire.get(), mode.get(), tag.get());
        hand();
    });
    let heard = window_event_listener_untyped("message", move |event| {
        let event: web_sys::MessageEvent = event.unchecked_into();
        let own = leptos::prelude::window().location().origin().unwrap_or_default();
        if event.origin() == own && event.data().as_string().as_deref() == Some(READY) {
            hand();
        }
    });
    on_cleanup(move || heard.remove());
    let names = move |list: fn(&Plan, Language) -> Vec<(String, String)>| {
        Signal::derive_local(move || {
            plan.with(|plan| plan.as_ref().map_or(Vec::new(), |plan| list(plan, shell.language.get())))
        })
    };
    let questionnaires = names(|plan, language| {
        plan.questionnaires.iter().map(|q| (q.id.clone(), said(&q.title, language, plan))).collect()
    });
    let modes = names(|plan, language| {
        plan.modes.iter().map(|mode| (mode.name().to_owned(), mode_words(*mode).of(language).to_owned())).collect()
    });
    let tags = names(|plan, _| plan.languages.iter().map(|tag| (tag.clone(), tongue_name(tag))).collect());
    let sizes = [(PHONE, words::PREVIEW_PHONE), (TABLET, words::PREVIEW_TABLET), (PAPER, words::PREVIEW_PAPER)];
    view! {
        <div class="stack preview">
            <div class="no-print stack tight">
                <h2>{t(words::PREVIEW_TITLE)}</h2>
                <fieldset class="row" aria-label=t(words::PREVIEW_AS)>
                    {sizes.into_iter().map(|(size, name)| view! {
                        <button type="button" class="button" aria-pressed=move || (shown_as.get() == size).to_string()
                            on:click=move |_| shown_as.set(size)>{t(name)}</button>
                    }).collect_view()}
                </fieldset>
                <div class="grid-fields">
                    {move || questionnaires.with(|all| all.len() > 1).then(|| view! {
                        <Choice label=words::PREVIEW_QUESTIONNAIRE options=questionnaires value=questionnaire/>
                    })}
                    {move || modes.with(|all| all.len() > 1).then(|| view! {
                        <Choice label=words::PREVIEW_MODE options=modes value=mode/>
                    })}
                    {move || tags.with(|all| all.len() > 1).then(|| view! {
                        <Choice label=words::PREVIEW_LANGUAGE options=tags value=tag/>
                    })}
                </div>
                {move || match (plan.with(Option::is_some), ready.get()) {
                    (false, _) => view! { <p class="hint">{t(words::PREVIEW_NONE)}</p> }.into_any(),
                    (true, false) => view! { <p class="hint" role="status">{t(words::PREVIEW_STALE)}</p> }.into_any(),
                    _ => ().into_any(),
                }}
            </div>
            {move || there.get().then(|| match shown_as.get() {
                PAPER => view! { <Paper plan questionnaire tag/> }.into_any(),
                size => view! {
                    <div class="preview-stand" tabindex="0" role="region" aria-label=t(words::PREVIEW_TITLE)>
                        <iframe class=["preview-frame ", size].concat() src="field.html#/preview" title=t(words::PREVIEW_FRAME)
                            node_ref=frame></iframe>
                    </div>
                }
                .into_any(),
            })}
        </div>
    }
}

fn mode_words(mode: Mode) -> Words {
    match mode {
        Mode::Web => field_words::MODE_WEB,
        Mode::Face => field_words::MODE_FACE,
        Mode::Phone => field_words::MODE_PHONE,
        Mode::Hall => field_words::MODE_HALL,
    }
}
