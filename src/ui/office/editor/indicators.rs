//! Indicators as a tree, with the sums of their weights.

use super::field::{faults, number, optional, several, tongues};
use super::pen::Pen;
use super::rows::{Copying, add, adder, headed, id_field, list, more, tools};
use crate::decimal::Decimal;
use crate::design::{Edit, Named, Value, fresh, object, share_evenly, sum};
use crate::ui::element::{Element, button, el};
use crate::ui::words::{Language, design as words};
use leptos::prelude::*;

pub fn indicators(pen: Pen) -> Element {
    el("div", "stack").child(el("p", "hint").say(words::INDICATORS_TEXT)).child(level(pen, "/indicators".to_owned(), 0))
}

/// Indicators that stand beside each other.
fn level(pen: Pen, at: String, depth: usize) -> Element {
    let (own, listed) = (at.clone(), at.clone());
    let row = move |here: &str, index: usize, count: usize| one(pen, &own, here, index, count, depth);
    let label = if depth == 0 { words::INDICATOR_ADD } else { words::INDICATOR_UNDER };
    let into = at.clone();
    el("div", "stack tight")
        .child(list(pen, &at, row))
        .child(sums(pen, listed))
        .child(faults(pen, &at, false))
        .child(adder(label, move || add_one(pen, &into)))
}

/// What the weights of a list sum to, flagged while it is not 1, and the button that makes them equal. Where something in it is
/// for some classes of units only: the sum for each class.
pub fn sums(pen: Pen, at: String) -> Element {
    let (read, shared) = (at.clone(), at.clone());
    let said = move || {
        pen.turned.track();
        let language = pen.shell.language.get();
        let all = pen.list(&read);
        if all.iter().any(|one| !one.listed("unit_groups").is_empty()) {
            let mut good = true;
            let above = classes_above(pen, &read);
            let own = pen
                .named("/unit_groups")
                .into_iter()
                .filter(|(id, _)| above.as_ref().is_none_or(|all| all.contains(id)));
            let each = own.map(|(id, name)| {
                let of = |one: &&Value| {
                    let own = one.listed("unit_groups");
                    own.is_empty() || own.iter().any(|known| known.as_text() == Some(&id))
                };
                let own: Vec<Value> = all.iter().filter(of).cloned().collect();
                let total = sum(&own).unwrap_or(Decimal::ZERO);
                good &= total == Decimal::ONE;
                words::SUM_CLASS.fill(language, &[&name, &total.to_text()])
            });
            let each: Vec<String> = each.collect();
            let sums = each.join(if language == Language::Zh { "；" } else { "; " });
            return (good, if good { words::SUM_GOOD } else { words::SUM_BAD }.fill(language, &[&sums]));
        }
        match sum(&all) {
            Some(total) if total == Decimal::ONE => (true, words::SUM_GOOD.fill(language, &[&total.to_text()])),
            Some(total) => (false, words::SUM_BAD.fill(language, &[&total.to_text()])),
            None => (true, words::SUM_NONE.of(language).to_owned()),
        }
    };
    let shown = el("span", "").attr("role", "status").live(move || {
        let (good, text) = said();
        el("strong", if good { "tag good" } else { "tag bad" }).text(&text)
    });
    let evenly = button("button quiet").attr("id", &["evenly:", &at].concat()).on("click", move |_| {
        let list = share_evenly(&pen.list(&shared));
        pen.change(&[Edit::put(shared.as_str(), Value::List(list))]);
    });
    // Equal shares of indicators that no unit has together would be too little for each.
    let even = at;
    let offered = move || {
        pen.turned.track();
        pen.list(&even).iter().all(|one| one.listed("unit_groups").is_empty())
    };
    let evenly = evenly.say(words::EVENLY).live_attr("hidden", move || (!offered()).then(String::new));
    el("div", "row sums").child(shown).child(evenly)
}

/// The classes that the indicators above a list are for; `None`: all.
fn classes_above(pen: Pen, list: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = list.split('/').collect();
    let mut found: Option<Vec<String>> = None;
    for end in (3..parts.len()).step_by(2) {
        let here = [&parts[..end].join("/"), "/unit_groups"].concat();
        let own: Vec<String> = pen.list(&here).iter().filter_map(|id| id.as_text().map(str::to_owned)).collect();
        if !own.is_empty() {
            found = Some(match found {
                None => own,
                Some(above) => above.into_iter().filter(|id| own.contains(id)).collect(),
            });
        }
    }
    found
}

fn one(pen: Pen, siblings: &str, at: &str, index: usize, count: usize, depth: usize) -> Element {
    let name = pen.said(pen.at(&[at, "/label"].concat()).as_ref());
    let under = [at, "/indicators"].concat();
    let parent = !pen.list(&under).is_empty();
    let whole = at.to_owned();
    let absolute = el("span", "hint small").live_text(move || {
        pen.turned.track();
        share_of_whole(pen, &whole)
            .map_or(String::new(), |share| words::ABSOLUTE.fill(pen.shell.language.get(), &[&share]))
    });
    let weight = el("div", "weight").child(number(pen, &[at, "/weight"].concat(), words::WEIGHT, None)).child(absolute);
    let mut fields = vec![
        el("div", "label-and-weight").child(tongues(pen, &[at, "/label"].concat(), false, true)).child(weight),
        faults(pen, at, false),
    ];
    if parent {
        fields.push(el("div", "branch").child(level(pen, under.clone(), depth + 1)));
    }
    let about = [at, "/description"].concat();
    let mut seldom =
        vec![optional(pen, &about, words::DESCRIPTION), id_field(pen, at, "id", words::ID, Named::Indicator)];
    let classes = pen.named("/unit_groups");
    if !classes.is_empty() {
        seldom.push(several(pen, &[at, "/unit_groups"].concat(), words::FOR_CLASSES, &classes));
    }
    if !parent {
        seldom.push(adder(words::INDICATOR_UNDER, move || add_one(pen, &under)));
    }
    fields.push(more(seldom));
    let copying = Copying { member: "id", stem: "indicator-" };
    headed(at, &name, tools(pen, siblings, index, count, &name, copying, Some(Named::Indicator)), fields)
}

/// Ids of all indicators, for they are unique in the whole tree.
fn all_ids(list: &[Value], out: &mut Vec<String>) {
    for one in list {
        out.extend(one.said("id").map(str::to_owned));
        all_ids(one.listed("indicators"), out);
    }
}

fn add_one(pen: Pen, at: &str) {
    let mut taken = Vec::new();
    all_ids(&pen.list("/indicators"), &mut taken);
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let first = pen.languages().remove(0);
    // The first of a level has all of its weight.
    let weight = if pen.list(at).is_empty() { "1" } else { "0" };
    let one = object([
        ("id", Value::Text(fresh("", "indicator-", &taken))),
        ("label", Value::Object(vec![(first, Value::text(""))])),
        ("weight", Value::Number(weight.to_owned())),
    ]);
    add(pen, at, one, "/label/zh");
}

/// The product of the weights down to an indicator, in per cent.
fn share_of_whole(pen: Pen, at: &str) -> Option<String> {
    let parts: Vec<&str> = at.split('/').collect();
    let mut product = Decimal::ONE;
    for end in (3..=parts.len()).step_by(2) {
        let here = [&parts[..end].join("/"), "/weight"].concat();
        product = product.times(Decimal::from_json(pen.at(&here)?.digits()?).ok()?);
    }
    Some(product.times(Decimal::from_millionths(100 * Decimal::SCALE)).to_text())
}

/// The leaves of the tree, for questions.
pub fn leaves(pen: Pen) -> Vec<(String, String)> {
    fn walk(pen: Pen, list: &[Value], out: &mut Vec<(String, String)>) {
        for one in list {
            match one.listed("indicators") {
                [] => out.extend(one.said("id").map(|id| (id.to_owned(), pen.said(one.get("label"))))),
                under => walk(pen, under, out),
            }
        }
    }
    let mut out = Vec::new();
    walk(pen, &pen.list("/indicators"), &mut out);
    out
}
