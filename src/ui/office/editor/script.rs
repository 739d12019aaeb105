//! What a caller says on the telephone.

use super::field::tongues;
use super::pen::Pen;
use crate::design::{Edit, Value};
use crate::ui::element::{Element, button, el, group};
use crate::ui::words::{Words, phone as words};
use leptos::prelude::*;

const PARTS: [(&str, Words); 4] = [
    ("/telephone/opening", words::S_OPENING),
    ("/telephone/persuasion", words::S_PERSUASION),
    ("/telephone/voicemail", words::S_VOICEMAIL),
    ("/telephone/ending", words::S_ENDING),
];

/// Shown where people are asked by telephone, or where there is a script already.
pub fn script(pen: Pen) -> Element {
    let stage = move || {
        pen.turned.track();
        let by_phone =
            || pen.at("/modes").is_some_and(|modes| modes.list().iter().any(|mode| *mode == Value::text("phone")));
        match pen.at("/telephone") {
            Some(Value::Object(_)) => 2,
            None if by_phone() => 1,
            _ => 0,
        }
    };
    group().switch(stage, move |stage| match stage {
        0 => group(),
        1 => {
            let begin = move |_| pen.change(&[Edit::put("/telephone", Value::Object(Vec::new()))]);
            section().child(el("div", "row").child(button("button").on("click", begin).say(words::S_ADD)))
        }
        _ => {
            let drop = move |_| pen.change(&[Edit::Drop { at: "/telephone".to_owned() }]);
            let all = section();
            for (at, name) in PARTS {
                let legend = el("legend", "field-label").say(name);
                all.add(&el("fieldset", "field").child(legend).child(tongues(pen, at, true, false)));
            }
            all.child(el("div", "row").child(button("button quiet").on("click", drop).say(words::S_DROP)))
        }
    })
}

fn section() -> Element {
    el("section", "stack tight").child(el("h2", "").say(words::SCRIPT)).child(el("p", "hint small").say(words::S_HINT))
}
