//! Who is asked in a household: worked out, not picked, and written down.

use super::{Work, nothing};
use crate::batch::Selection;
use crate::contact::{self, KishTable, Pick, kish_table};
use crate::ui::element::{Element, button, el, group};
use crate::ui::shell::use_shell;
use crate::ui::words::{Words, contacts as words};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

const MOST: u64 = 30;

pub fn part(work: Work, round: String, id: String, selection: Selection) -> Element {
    let shell = use_shell();
    let table = kish_table(&work.opened.plan().id, &id);
    let failure: RwSignal<Option<Words>> = RwSignal::new(None);
    let again = RwSignal::new(false);
    let (kept_round, kept_id) = (round.clone(), id.clone());
    let kept = Memo::new(move |_| work.list(&kept_round).case(&kept_id).and_then(|case| case.pick));
    let hint = move || match selection {
        Selection::Kish => words::KISH_HINT.fill(shell.language.get(), &[table.name]),
        _ => words::BIRTHDAY_HINT.of(shell.language.get()).to_owned(),
    };
    let body = move || match kept.get().filter(|_| !again.get()) {
        Some(pick) => chosen(pick, again),
        None => form(work, &round, &id, (selection == Selection::Kish).then_some(table), failure, again),
    };
    el("section", "card stack tight")
        .attr("aria-labelledby", "household")
        .child(el("h2", "").attr("id", "household").say(words::HOUSEHOLD))
        .child(el("p", "hint").attr("id", "household-hint").live_text(hint))
        .live(body)
        .child(el("div", "").attr("role", "alert").live(move || match failure.get() {
            Some(why) => el("p", "error").say(why),
            None => group(),
        }))
}

fn chosen(pick: Pick, again: RwSignal<bool>) -> Element {
    let language = use_shell().language.get();
    let text = match pick.selected {
        0 => words::CHOSEN_BIRTHDAY.count(language, &[pick.household as usize]),
        selected => words::CHOSEN_KISH.count(language, &[selected as usize]),
    };
    let back = button("button quiet").on("click", move |_| again.set(true)).text(words::CHOOSE_AGAIN.of(language));
    nothing().child(el("p", "banner good").attr("role", "status").text(&text)).child(el("div", "row").child(back))
}

fn form(
    work: Work,
    round: &str,
    id: &str,
    table: Option<KishTable>,
    failure: RwSignal<Option<Words>>,
    again: RwSignal<bool>,
) -> Element {
    let input = el("input", "input number-input")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("maxlength", "2")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "household-hint");
    let field: HtmlInputElement = input.node().clone().unchecked_into();
    let (round, id) = (round.to_owned(), id.to_owned());
    let decide = move |event: web_sys::Event| {
        event.prevent_default();
        let adults = field.value().trim().parse::<u64>().ok().filter(|adults| (1..=MOST).contains(adults));
        let Some(household) = adults else { return failure.set(Some(words::ADULTS_BAD)) };
        failure.set(None);
        let selected = table.and_then(|table| table.choose(household)).unwrap_or(0);
        let changes = work.change(&round, &id, |list, case| contact::choose(list, case, Pick { household, selected }));
        spawn_local(async move {
            match work.device.commit(changes).await {
                Ok(_) => {
                    let _ = again.try_set(false);
                }
                Err(error) => {
                    let _ = failure.try_set(Some(crate::ui::field::save_words(&error)));
                }
            }
        });
    };
    let label = el("label", "field").child(el("span", "field-label").say(words::ADULTS)).child(input);
    let send = el("button", "button").attr("type", "submit").say(words::CHOOSE);
    el("form", "stack tight").on("submit", decide).child(label).child(el("div", "row").child(send))
}
