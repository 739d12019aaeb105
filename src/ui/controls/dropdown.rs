use super::frame::Asked;
use super::offer::offers;
use crate::session::{Answer, Event};
use crate::ui::answer::Live;
use crate::ui::element::{Element, el, follow};
use crate::ui::words::answer as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

/// One of a list, in the browser's own drop-down (`appearance: minimal`). Pictures are not shown in it.
pub fn dropdown(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let options = offers(live, index);
    let select = asked.typed_into(el("select", "input")).live_flag("disabled", move || live.locked.get());
    select.add(&el("option", "").attr("value", "").text(words::CHOOSE.of(asked.language)));
    for (at, offer) in options.iter().enumerate() {
        select.add(&el("option", "").attr("value", &at.to_string()).text(&offer.label));
    }
    let node: HtmlSelectElement = select.node().clone().unchecked_into();
    let (name, picked, shown) = (asked.name.clone(), node.clone(), node);
    let names: Vec<String> = options.into_iter().map(|offer| offer.name).collect();
    let known = names.clone();
    let select = select.on("change", move |_| {
        let item = name.clone();
        let chosen = picked.value().parse::<usize>().ok().and_then(|at| names.get(at));
        let _ = live.tell(match chosen {
            Some(choice) => Event::Answered { item, value: Answer::Text(choice.clone()) },
            None => Event::Cleared { item },
        });
    });
    let changed = live.value(index);
    follow(move || {
        changed.track();
        let place = live.with(|session| match session.answer(index) {
            Some(Answer::Text(choice)) => known.iter().position(|name| name == choice),
            _ => None,
        });
        let value = place.map_or(String::new(), |at| at.to_string());
        if shown.value() != value {
            shown.set_value(&value);
        }
    });
    asked.field(select, el("div", "question-foot").child(asked.error_view(None)).maybe(asked.reasons_view()))
}
