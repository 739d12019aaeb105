//! Questions read aloud by the browser's own voices: off until a person asks for it, and not there at all where the
//! browser has no voices. Its code is loaded by who uses it.

use crate::ui::answer::{Live, say};
use crate::ui::element::{Element, NotLoaded, button, chunk, el, group, listen};
use crate::ui::shell::{read_setting, use_shell, write_setting};
use crate::ui::words::shell as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

/// Address of the voice that was chosen.
const VOICE: &str = "minping.voice";

fn speech() -> Option<SpeechSynthesis> {
    // Where there is none, the browser gives `undefined`.
    window().speech_synthesis().ok().filter(|speech| speech.is_object())
}

fn voices() -> Vec<SpeechSynthesisVoice> {
    speech().map_or_else(Vec::new, |speech| speech.get_voices().iter().map(JsCast::unchecked_into).collect())
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or("")
}

/// The settings: whether each question has a button that reads it, and by which voice.
#[chunk(aloud, fallible)]
pub fn settings() -> Result<Element, NotLoaded> {
    let found = RwSignal::new(voices().len());
    if let Some(speech) = speech() {
        // Some browsers fetch the list first.
        listen(&speech, "voiceschanged", move |_| _ = found.try_set(voices().len()));
    }
    Ok(group().live(move || if found.get() == 0 { group() } else { offer() }))
}

fn offer() -> Element {
    let shell = use_shell();
    let input = el("input", "option-input").attr("type", "checkbox").flag("checked", shell.aloud.get_untracked());
    let input = input.on("change", move |event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            shell.aloud.set(input.checked());
        }
    });
    let option = el("label", "option").child(input).child(el("span", "option-body").say(words::ALOUD_EACH));
    let list = el("select", "input");
    list.add(&el("option", "").attr("value", "").say(words::ALOUD_ANY));
    let chosen = read_setting(VOICE).unwrap_or_default();
    for voice in voices() {
        let name = [voice.name(), " (".to_owned(), voice.lang(), ")".to_owned()].concat();
        let uri = voice.voice_uri();
        list.add(&el("option", "").attr("value", &uri).flag("selected", uri == chosen).text(&name));
    }
    let list = list.on("change", |event| {
        if let Some(list) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            write_setting(VOICE, &list.value());
        }
    });
    let field = el("label", "field").child(el("span", "field-label").say(words::ALOUD_VOICE)).child(list);
    let set = el("fieldset", "field").child(el("legend", "field-label").say(words::ALOUD));
    set.child(option).child(field)
}

/// The button that reads one item: its label, its hint and what can be chosen.
#[chunk(aloud, fallible)]
pub fn reader(live: Live, index: usize) -> Result<Element, NotLoaded> {
    let mut label = words::ALOUD_READ.of(live.language()).to_owned();
    label.push_str(&live.with(|session| session.say(index, &session.item(index).label)));
    let read = move |_| {
        let Some(speech) = speech() else { return };
        let speaking = speech.speaking();
        speech.cancel();
        // The same button ends it.
        if !speaking {
            speak(&speech, &words_of(live, index), &live.with(|session| session.language().to_owned()));
        }
    };
    on_cleanup(|| {
        if let Some(speech) = speech() {
            speech.cancel();
        }
    });
    let sign = el("span", "").attr("aria-hidden", "true").text("▶ ");
    let word = el("span", "").attr("aria-hidden", "true").text(words::ALOUD.of(live.language()));
    let button = button("button quiet").attr("aria-label", &label).on("click", read).child(sign).child(word);
    Ok(el("p", "aloud no-print").child(button))
}

fn words_of(live: Live, index: usize) -> String {
    live.with(|session| {
        let item = session.item(index);
        let mut parts = vec![session.say(index, &item.label)];
        parts.extend(item.hint.as_ref().map(|hint| session.say(index, hint)));
        let list = item.choices.as_deref().and_then(|id| session.plan().choice_list(id));
        let choices = session.choices(index);
        // Nobody listens to a list of all villages.
        let choices = if choices.len() > 20 { Vec::new() } else { choices };
        let offered = list.into_iter().flat_map(|list| choices.iter().map(|&at| &list.choices[at]));
        parts.extend(offered.map(|choice| session.say(index, &choice.label)));
        let scale = item.scale.as_deref().and_then(|id| session.plan().scale(id));
        if let Some(scale) = scale {
            let grades = scale.grades.iter().map(|grade| &grade.label);
            let all = grades.chain(scale.missing.iter().map(|answer| &answer.label));
            parts.extend(all.map(|label| say(session, label).to_owned()));
        }
        parts.join(if session.language().starts_with("zh") { "。" } else { ". " })
    })
}

fn speak(speech: &SpeechSynthesis, text: &str, language: &str) {
    let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) else { return };
    utterance.set_lang(language);
    let wanted = read_setting(VOICE).unwrap_or_default();
    let fits =
        |voice: &SpeechSynthesisVoice| voice.voice_uri() == wanted && primary(&voice.lang()) == primary(language);
    if let Some(voice) = voices().into_iter().find(fits) {
        utterance.set_voice(Some(&voice));
    }
    utterance.set_rate(0.9);
    speech.speak(&utterance);
}
