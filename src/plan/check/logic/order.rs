use super::Instrument;
use crate::expression::Expression;
use crate::plan::check::node::Node;
use crate::plan::check::{Code, Report};

/// Conditions on an item that random order may put after this one.
pub(super) fn check(questionnaire: &Node, instrument: &Instrument, item: usize, report: &mut Report) {
    let node = &instrument.items[item];
    let Some(relevant) = node.text("relevant").and_then(|text| Expression::parse(text).ok()) else { return };
    for (name, at) in relevant.references_at() {
        let Some(target) = instrument.index.get(name).map(|&target| &instrument.items[target]) else { continue };
        let Some((around, this, that)) = part(&node.path, &target.path) else { continue };
        let container = match instrument.items.iter().find(|item| item.path == around) {
            Some(group) => group,
            None => questionnaire,
        };
        if container.text("order") != Some("random") {
            continue;
        }
        // Questions outside groups that follow each other are one section, which moves as one.
        let list = container.list("items");
        let (from, to) = (this.min(that), this.max(that));
        let loose = list.get(from..=to).is_some_and(|run| run.iter().all(|item| item.text("type") != Some("group")));
        if around != questionnaire.path || !loose {
            let container = container.text("name").or(container.text("id")).unwrap_or_default();
            report.add_within(Code::OrderBreaksCondition, &node.at("relevant"), at, ["relevant", name, container]);
            return;
        }
    }
}

/// The innermost list's owner around both pointers, and the places in its `items` under which they lie. `None`: one lies
/// in the other.
fn part<'a>(this: &'a str, that: &str) -> Option<(&'a str, usize, usize)> {
    let step = |text: &str| text.split('/').next().and_then(|place| place.parse::<usize>().ok());
    let mut from = 0;
    loop {
        let at = this.get(from..)?.find("/items/")? + from;
        let next = at + "/items/".len();
        if that.get(..next) != Some(&this[..next]) {
            return None;
        }
        let (a, b) = (step(&this[next..])?, step(&that[next..])?);
        if a != b {
            return Some((&this[..at], a, b));
        }
        from = next;
    }
}
