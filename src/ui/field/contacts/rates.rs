//! Contact and response rates of this device, as they are now.

use crate::contact::{Counts, E, List, OnList, rates};
use crate::ui::element::{Element, el};
use crate::ui::words::{Language, contacts as words};

/// Tiles with rates over the cases that were tried.
pub fn tiles(list: &List, language: Language) -> Element {
    let used = list.cases.iter().filter(|one| one.outcome().is_some()).count();
    let tried: Vec<&OnList> = list.cases.iter().filter(|one| !one.attempts.is_empty()).collect();
    let mut counts = Counts::default();
    tried.iter().filter_map(|one| one.outcome()).for_each(|outcome| counts.add(outcome.class));
    let all = rates(&counts, E::Estimated);
    let value = |name: &str| {
        let value = all.iter().find(|rate| rate.name == name).and_then(|rate| rate.value);
        value.map_or_else(|| "–".to_owned(), |value| format!("{:.0} %", value * 100.0))
    };
    let tiles = [
        (words::CONTACT_RATE, value("CON1")),
        (words::COOPERATION_RATE, value("COOP2")),
        (words::RESPONSE_RATE, value("RR2")),
    ];
    let shown = tiles.into_iter().map(|(name, value)| {
        let number = el("dd", "").text(&value);
        el("div", "rate").child(el("dt", "hint small").text(name.of(language))).child(number)
    });
    el("section", "stack tight")
        .attr("aria-labelledby", "live-rates")
        .child(el("h2", "").attr("id", "live-rates").text(words::RATES.of(language)))
        .child(el("p", "hint").text(&words::TRIED.count(language, &[used, tried.len()])))
        .child(el("dl", "rates").children(shown.collect()))
        .child(el("p", "hint small").text(words::RATES_NOTE.of(language)))
}
