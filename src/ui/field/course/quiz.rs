//! Twelve questions, each with its reason after the answer. What counts is what was answered first.

use super::{Room, Stage, certificate};
use crate::batch::Crypto;
use crate::browser::crypto::Web;
use crate::course::{ASKED, Mark, PAGES, PASS, POOL, draw};
use crate::ui::element::{Element, button, el, group, next_frame};
use crate::ui::shell::{focus_heading, focus_on};
use crate::ui::words::course as words;
use leptos::prelude::*;
use std::rc::Rc;

pub fn quiz(room: Room) -> Element {
    let mut random = [0; 8];
    // Without randomness it is another quiz each second.
    if Web.random(&mut random).is_err() {
        random = crate::browser::clock::now().to_le_bytes();
    }
    let drawn = Rc::new(draw(u64::from_le_bytes(random)));
    let given: RwSignal<Vec<usize>> = RwSignal::new(Vec::new());
    let at = RwSignal::new(0_usize);
    let shown = move || match at.get() {
        at_now if at_now < drawn.len() => {
            let one = drawn[at_now];
            let last = at_now + 1 == drawn.len();
            question(room, one.question, one.order, at_now, last, given, at)
        }
        _ => result(room, Mark::of(&drawn, &given.get_untracked())),
    };
    group().live(shown)
}

fn question(
    room: Room,
    number: usize,
    order: [usize; 3],
    place: usize,
    last: bool,
    given: RwSignal<Vec<usize>>,
    at: RwSignal<usize>,
) -> Element {
    let language = room.shell.language;
    let question = &POOL[number];
    let chosen: RwSignal<Option<usize>> = RwSignal::new(None);
    let (answered, missing) = (RwSignal::new(None::<bool>), RwSignal::new(false));
    let options = order.into_iter().enumerate().map(|(shown, choice)| {
        let input = el("input", "option-input")
            .attr("type", "radio")
            .attr("name", "choice")
            .live_flag("disabled", move || answered.get().is_some())
            .on("change", move |_| {
                chosen.set(Some(shown));
                missing.set(false);
            });
        el("label", "option").child(input).child(el("span", "option-body").say(question.choices[choice]))
    });
    let legend = el("legend", "field-label visually-hidden").say(question.asked);
    let choices = el("fieldset", "field").child(legend).child(el("div", "options").children(options.collect()));
    let answer = move |_| {
        let Some(shown) = chosen.get_untracked() else {
            missing.set(true);
            return next_frame(|| focus_on(".course .option-input"));
        };
        given.update(|given| given.push(shown));
        answered.set(Some(order[shown] == 0));
        next_frame(|| focus_on(".because"));
    };
    let next = move |_| {
        at.set(place + 1);
        next_frame(focus_heading);
    };
    let told = move || {
        let language = language.get();
        let Some(right) = answered.get() else { return group() };
        let said = match right {
            true => words::RIGHT.of(language).to_owned(),
            false => words::WRONG.fill(language, &[question.choices[0].of(language)]),
        };
        el("div", if right { "banner good stack tight because" } else { "banner bad stack tight because" })
            .attr("tabindex", "-1")
            .child(el("p", "").child(el("strong", "").text(&said)))
            .child(el("p", "").text(question.because.of(language)))
    };
    let failed = move || match missing.get() {
        true => el("p", "error").say(words::CHOOSE),
        false => group(),
    };
    let action = move |stage| match stage {
        0 => button("button primary").on("click", answer).say(words::ANSWER),
        _ => button("button primary").on("click", next).say(if last { words::RESULT } else { words::NEXT_QUESTION }),
    };
    let meter = el("progress", "meter")
        .attr("max", &ASKED.to_string())
        .attr("value", &(place + 1).to_string())
        .attr("aria-hidden", "true");
    group()
        .child(meter)
        .child(el("p", "hint small").live_text(move || words::QUESTION_OF.count(language.get(), &[place + 1, ASKED])))
        .child(el("h1", "").attr("tabindex", "-1").say(question.asked))
        .child(choices)
        .child(el("div", "").attr("role", "alert").live(failed))
        .child(el("div", "").attr("role", "status").live(told))
        .child(el("div", "actions").switch(move || usize::from(answered.get().is_some()), action))
}

fn result(room: Room, mark: Mark) -> Element {
    let language = room.shell.language;
    let (right, of) = (mark.right, mark.of);
    let heading = el("h1", "").attr("tabindex", "-1");
    if mark.passed() {
        let heading = heading.live_text(move || words::PASSED.count(language.get(), &[right, of]));
        return group().child(el("div", "banner good").child(heading)).child(certificate::form(room, right, of));
    }
    let heading = heading.live_text(move || words::FAILED.count(language.get(), &[right, of, PASS]));
    let pages = mark.again.into_iter().map(|at| {
        let open = button("button quiet").on("click", move |_| room.go(Stage::Page(at)));
        el("li", "").child(open.say(PAGES[at].title))
    });
    let again = move |_| {
        // The same stage again draws another quiz.
        room.stage.set(Stage::Front);
        room.go(Stage::Quiz);
    };
    group()
        .child(el("div", "banner warn").child(heading))
        .child(el("p", "").say(words::READ_AGAIN))
        .child(el("ul", "course-pages").children(pages.collect()))
        .child(button("button primary wide").on("click", again).say(words::AGAIN))
}
