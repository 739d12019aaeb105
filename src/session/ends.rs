//! Where a questionnaire ends early. An end depends on some sections; the sections that stand after all of these do not
//! apply while its condition holds. They get the condition into their `relevant`, so that nothing else has to know of it.

use super::order::{place_of, sections};
use crate::expression::Expression;
use crate::named::Named;
use crate::plan::{End, Item, Outcome, Plan, Questionnaire, Text, WhenFull};

/// The ends of an interview: those of the questionnaire, then those of the cells of quotas that were full when it began and
/// screen out. `full`: places in [`Plan::cells`].
pub(super) fn all(plan: &Plan, questionnaire: &Questionnaire, full: &[usize]) -> Vec<End> {
    let mut ends = questionnaire.ends.clone();
    if !full.is_empty() {
        let cells = plan.cells();
        let found = full.iter().filter_map(|at| cells.get(*at)).filter(|cell| cell.when_full == WhenFull::ScreenOut);
        ends.extend(found.filter_map(|cell| end(cell.when?, cell.message, questionnaire)));
    }
    ends
}

/// What a cell of a quota is as an end, where the questionnaire asks what its condition names.
pub(crate) fn end(when: &str, message: Option<&Text>, questionnaire: &Questionnaire) -> Option<End> {
    super::quota::asks(&questionnaire.items, when).then(|| End {
        when: when.to_owned(),
        message: message.cloned().unwrap_or_default(),
        outcome: Outcome::ScreenedOut,
    })
}

/// The sections that each of these conditions depends on, by their places in the plan.
pub(crate) fn needs<'a>(items: &[Item], conditions: impl Iterator<Item = &'a str>) -> Vec<Vec<usize>> {
    let mut known = Named::new();
    let (_, places) = sections(items);
    items.iter().zip(places).for_each(|(item, section)| enter(item, section, &[], &mut known));
    conditions.map(|when| reach(when, &known)).collect()
}

/// An item's section, and the names that its value and relevance depend on.
type Entry = (usize, Vec<String>);

fn enter(item: &Item, section: usize, around: &[String], known: &mut Named<Entry>) {
    let mut names = around.to_vec();
    let texts = [&item.relevant, &item.calculation, &item.choice_filter, &item.repeat_count, &item.default];
    for expression in texts.into_iter().flatten().filter_map(|text| Expression::parse(text).ok()) {
        names.extend(expression.references().into_iter().map(str::to_owned));
    }
    item.items.iter().for_each(|item| enter(item, section, &names, known));
    known.insert(item.name.clone(), (section, names));
}

fn reach(when: &str, known: &Named<Entry>) -> Vec<usize> {
    let mut sections = Vec::new();
    let mut seen: Named<()> = Named::new();
    let mut waiting: Vec<String> = match Expression::parse(when) {
        Ok(when) => when.references().into_iter().map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    };
    while let Some(name) = waiting.pop() {
        let Some((section, names)) = known.get(&name) else { continue };
        if seen.insert(name, ()).is_none() {
            if !sections.contains(section) {
                sections.push(*section);
            }
            waiting.extend(names.iter().cloned());
        }
    }
    sections
}

/// The place, in the order in which the interview of this id shows them, of the last section that still applies when the
/// end does: of the end that depends on these.
pub(crate) fn cut(questionnaire: &Questionnaire, needs: &[usize], sections: usize, id: &str) -> usize {
    let places = needs.iter().map(|&section| place_of(questionnaire, section, sections, id));
    places.max().unwrap_or(0)
}

/// Puts the conditions of the ends before the relevance of what stands after them. `sections`: in the order shown.
pub(super) fn impose(questionnaire: &Questionnaire, ends: &[End], sections: &mut [Vec<Item>], id: &str) {
    let count = sections.len();
    let needs = needs(&questionnaire.items, ends.iter().map(|end| &*end.when));
    for (end, needs) in ends.iter().zip(needs) {
        let cut = cut(questionnaire, &needs, count, id);
        for item in sections.iter_mut().skip(cut + 1).flatten() {
            let own = item.relevant.take();
            let mut relevant = ["not(", &end.when, ")"].concat();
            if let Some(own) = own {
                relevant = ["(", &own, ") and ", &relevant].concat();
            }
            item.relevant = Some(relevant);
        }
    }
}
