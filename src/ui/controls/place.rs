use super::frame::{Asked, anchor};
use super::inputs::source;
use crate::browser::object::get;
use crate::session::{Answer, Event};
use crate::ui::answer::{Live, coordinates};
use crate::ui::element::{Element, button, el, follow, group};
use crate::ui::words::{Words, answer as words};
use js_sys::Number;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{HtmlInputElement, PositionOptions};

/// Metres within which a position is taken by itself, where the plan says nothing.
const NEAR: u32 = 10;
/// The code of a position error that is a refusal (Geolocation, `PERMISSION_DENIED`).
const DENIED: f64 = 1.0;

/// How far the device is in finding out where it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Search {
    Idle,
    /// Nothing is known yet, or a place within these metres.
    Running(Option<u32>),
    Failed(Failure),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Failure {
    Denied,
    Unavailable,
    Insecure,
    /// What was typed is no place.
    Typed,
}

/// A search and what it has found.
#[derive(Clone, Copy)]
struct Finder {
    live: Live,
    name: StoredValue<String>,
    state: RwSignal<Search>,
    watch: StoredValue<Option<i32>>,
    /// The best place so far, as it is kept, and its accuracy.
    best: StoredValue<Option<(String, f64)>>,
    near: u32,
}

/// A place: the device is asked where it is, and what it says gets better while it searches; or coordinates are typed.
pub fn geopoint(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let near = live.with(|session| session.item(index).accuracy).unwrap_or(NEAR);
    let finder = Finder {
        live,
        name: StoredValue::new(asked.name.clone()),
        state: RwSignal::new(Search::Idle),
        watch: StoredValue::new(None),
        best: StoredValue::new(None),
        near,
    };
    on_cleanup(move || finder.stop());
    let language = asked.language;
    let changed = live.value(index);
    let shown = move || {
        changed.track();
        let kept = live.with(|session| match session.answer(index) {
            Some(Answer::Text(text)) => Some(coordinates(text)),
            _ => None,
        });
        kept.unwrap_or_else(|| words::PLACE_NONE.of(language).to_owned())
    };
    let told = move || match finder.state.get() {
        Search::Idle => String::new(),
        Search::Running(None) => words::PLACE_SEARCHING.of(language).to_owned(),
        Search::Running(Some(metres)) => words::PLACE_BETTER.count(language, &[metres as usize, near as usize]),
        Search::Failed(failure) => failure.words().of(language).to_owned(),
    };
    let failed = move || matches!(finder.state.get(), Search::Failed(_));
    let running = move || usize::from(matches!(finder.state.get(), Search::Running(_)));
    let describe = asked.described_by();
    let actions = move |running| match running {
        0 => group().child(
            button("button")
                .attr("aria-describedby", &describe)
                .live_flag("disabled", move || live.locked.get())
                .on("click", move |_| finder.start())
                .text(words::PLACE_FIND.of(language)),
        ),
        _ => {
            let found = move || matches!(finder.state.get(), Search::Running(Some(_)));
            group()
                .child(
                    button("button primary")
                        .live_flag("disabled", move || !found())
                        .on("click", move |_| finder.take())
                        .text(words::PLACE_TAKE.of(language)),
                )
                .child(button("button").on("click", move |_| finder.stop()).text(words::PLACE_STOP.of(language)))
        }
    };
    el("fieldset", "field question place")
        .attr("id", &asked.id)
        .child(asked.labelled(el("legend", "field-label")))
        .maybe(asked.image_view())
        .maybe(asked.hint_view())
        .child(el("p", "place-now").attr("role", "status").live_text(shown))
        .child(el("div", "row").switch(running, actions))
        .child(
            el("p", "place-told")
                .attr("role", "status")
                .live_attr("class", move || {
                    Some(if failed() { "place-told error" } else { "place-told hint" }.to_owned())
                })
                .live_text(told),
        )
        .child(typed(finder, index, &asked))
        .child(
            el("div", "question-foot")
                .child(asked.error_view(None))
                .maybe(asked.reasons_view())
                .child(asked.clear_view()),
        )
}

/// Latitude and longitude by hand: what a map or another device says.
fn typed(finder: Finder, index: usize, asked: &Asked) -> Element {
    let (live, language) = (finder.live, asked.language);
    let inputs: Vec<Element> = [("-north", "25.0330"), ("-east", "121.5654")]
        .into_iter()
        .map(|(part, example)| {
            el("input", "input")
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("id", &anchor(index, part))
                .attr("placeholder", example)
                .live_flag("readonly", move || live.locked.get())
        })
        .collect();
    let nodes: Vec<HtmlInputElement> = inputs.iter().map(|input| input.node().clone().unchecked_into()).collect();
    let changed = live.value(index);
    let shown = nodes.clone();
    // Not while somebody types there: the answer follows the typing.
    follow(move || {
        changed.track();
        let kept = live.with(|session| match session.answer(index) {
            Some(Answer::Text(text)) => text.clone(),
            _ => String::new(),
        });
        if kept.is_empty() && matches!(finder.state.get_untracked(), Search::Failed(Failure::Typed)) {
            return;
        }
        let mut parts = kept.split(' ');
        for node in &shown {
            let part = parts.next().unwrap_or("");
            if node.value() != part {
                node.set_value(part);
            }
        }
    });
    let told = move |event: web_sys::Event| {
        if source(&event).is_none() {
            return;
        }
        finder.stop();
        let [north, east] = [nodes[0].value(), nodes[1].value()].map(|text| text.trim().to_owned());
        let item = finder.name.get_value();
        if north.is_empty() && east.is_empty() {
            let _ = live.tell(Event::Cleared { item });
        } else if !north.is_empty() && !east.is_empty() {
            let value = Answer::Text([&north, " ", &east].concat());
            if live.tell(Event::Answered { item: item.clone(), value }).is_err() {
                finder.state.set(Search::Failed(Failure::Typed));
                let _ = live.tell(Event::Cleared { item });
            }
        }
    };
    let mut parts = [words::PLACE_LATITUDE, words::PLACE_LONGITUDE].into_iter().zip(["-north", "-east"]);
    let fields = el("div", "place-typed").on("change", told);
    for input in inputs {
        let Some((label, part)) = parts.next() else { break };
        let label = el("label", "field-label").attr("for", &anchor(index, part)).text(label.of(language));
        fields.add(&el("div", "").child(label).child(input));
    }
    el("details", "").child(el("summary", "reveal").text(words::PLACE_TYPE.of(language))).child(fields)
}

impl Failure {
    fn words(self) -> Words {
        match self {
            Failure::Denied => words::PLACE_DENIED,
            Failure::Unavailable => words::PLACE_UNAVAILABLE,
            Failure::Insecure => words::PLACE_INSECURE,
            Failure::Typed => words::PLACE_NO_PLACE,
        }
    }
}

impl Finder {
    fn start(self) {
        self.stop();
        self.best.set_value(None);
        if !window().is_secure_context() {
            return self.state.set(Search::Failed(Failure::Insecure));
        }
        let Ok(geolocation) = window().navigator().geolocation() else {
            return self.state.set(Search::Failed(Failure::Unavailable));
        };
        self.state.set(Search::Running(None));
        let found: Closure<dyn Fn(JsValue)> = Closure::new(move |position| self.found(&position));
        let failed: Closure<dyn Fn(JsValue)> = Closure::new(move |error| self.failed(&error));
        let options = PositionOptions::new();
        options.set_enable_high_accuracy(true);
        options.set_maximum_age(0);
        let watch = geolocation.watch_position_with_error_callback_and_options(
            found.as_ref().unchecked_ref(),
            Some(failed.as_ref().unchecked_ref()),
            &options,
        );
        // They end with the item; the watch ends before them.
        StoredValue::new_local((found, failed));
        match watch {
            Ok(watch) => self.watch.set_value(Some(watch)),
            Err(_) => self.state.set(Search::Failed(Failure::Unavailable)),
        }
    }

    fn found(self, position: &JsValue) {
        // The item may be gone.
        let Some(state) = self.state.try_get_untracked() else { return };
        if !matches!(state, Search::Running(_)) {
            return;
        }
        let at = get(position, "coords");
        let number = |name: &str| get(&at, name).as_f64();
        let (Some(latitude), Some(longitude)) = (number("latitude"), number("longitude")) else { return };
        let accuracy = number("accuracy").unwrap_or(f64::MAX);
        let better = self.best.with_value(|best| best.as_ref().is_none_or(|(_, known)| accuracy <= *known));
        if better {
            let altitude = number("altitude").unwrap_or(0.0);
            let place = [digits(latitude, 7), digits(longitude, 7), digits(altitude, 1), digits(accuracy, 1)];
            self.best.set_value(Some((place.join(" "), accuracy)));
            self.state.set(Search::Running(Some(accuracy.ceil() as u32)));
        }
        if accuracy <= f64::from(self.near) {
            self.take();
        }
    }

    fn failed(self, error: &JsValue) {
        let denied = get(error, "code").as_f64() == Some(DENIED);
        // One that is unavailable for a moment does not undo what was found.
        if !denied && self.best.try_with_value(Option::is_some) != Some(false) {
            return;
        }
        self.stop();
        let failure = if denied { Failure::Denied } else { Failure::Unavailable };
        let _ = self.state.try_set(Search::Failed(failure));
    }

    fn take(self) {
        let best = self.best.get_value();
        self.stop();
        if let Some((place, _)) = best {
            let _ = self.live.tell(Event::Answered { item: self.name.get_value(), value: Answer::Text(place) });
        }
    }

    fn stop(self) {
        if let Some(watch) = self.watch.try_update_value(Option::take).flatten()
            && let Ok(geolocation) = window().navigator().geolocation()
        {
            geolocation.clear_watch(watch);
        }
        let _ = self.state.try_set(Search::Idle);
    }
}

/// A number with at most so many digits after the point.
fn digits(value: f64, places: u8) -> String {
    let text: String = Number::from(value).to_fixed(places).map(Into::into).unwrap_or_default();
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0" } else { text }.to_owned()
}
