//! In which order an interview asks, and about which units. All of it follows from the record's random id and the names
//! in the plan (FORMAT.md, "Order"), so that whoever has the record knows what was not asked, and no record says more.

use crate::expression::{draw, permutation};
use crate::plan::{End, Item, ItemType, Order, Plan, Questionnaire};
use std::borrow::Cow;

/// The questionnaire as this interview asks it: sections, items and units in their order, units outside the subset left
/// out. Borrowed where nothing is random and it has no `ends`.
pub(crate) fn arrange<'a>(
    plan: &Plan,
    questionnaire: &'a Questionnaire,
    ends: &[End],
    id: &str,
) -> Cow<'a, Questionnaire> {
    let whole = questionnaire.order.is_some() || !ends.is_empty();
    if !whole && !any(&questionnaire.items, &is_random) {
        return Cow::Borrowed(questionnaire);
    }
    let mut arranged = questionnaire.clone();
    if whole {
        let mut sections = split(std::mem::take(&mut arranged.items));
        if arranged.order.is_some() {
            shuffle(&mut sections, seed(id, ""));
        }
        super::ends::impose(questionnaire, ends, &mut sections, id);
        arranged.items = sections.into_iter().flatten().collect();
    }
    arranged.items.iter_mut().for_each(|item| arrange_item(plan, item, id));
    Cow::Owned(arranged)
}

/// Top-level items as they stand in sections: a group is one, and so is a run of items outside groups.
fn split(items: Vec<Item>) -> Vec<Vec<Item>> {
    let mut sections: Vec<Vec<Item>> = Vec::new();
    for item in items {
        match sections.last_mut() {
            Some(run) if !is_section(&item) && !is_section(&run[0]) => run.push(item),
            _ => sections.push(vec![item]),
        }
    }
    sections
}

/// Whether a top-level item is a section by itself.
pub(super) fn is_section(item: &Item) -> bool {
    item.kind.is_group()
}

/// Where the interview of this id shows a section, by its place in the plan, among as many as there are.
pub(crate) fn place_of(questionnaire: &Questionnaire, section: usize, sections: usize, id: &str) -> usize {
    if questionnaire.order.is_none() {
        return section;
    }
    let mut order: Vec<usize> = (0..sections).collect();
    shuffle(&mut order, seed(id, ""));
    order.iter().position(|&at| at == section).unwrap_or(section)
}

/// How many sections the questionnaire has, and the place of the section of each top-level item.
pub(crate) fn sections(items: &[Item]) -> (usize, Vec<usize>) {
    let mut places = Vec::with_capacity(items.len());
    let mut section = 0;
    for (at, item) in items.iter().enumerate() {
        if at > 0 && (is_section(item) || is_section(&items[at - 1])) {
            section += 1;
        }
        places.push(section);
    }
    (if items.is_empty() { 0 } else { section + 1 }, places)
}

fn is_random(item: &Item) -> bool {
    item.subset.is_some() || (item.order.is_some() && matches!(item.kind, ItemType::Group | ItemType::GradeMatrix))
}

fn any(items: &[Item], found: &dyn Fn(&Item) -> bool) -> bool {
    items.iter().any(|item| found(item) || any(&item.items, found))
}

/// What is in a repeat has another order in each instance, so it is arranged where instances are laid out.
fn arrange_item(plan: &Plan, item: &mut Item, id: &str) {
    match item.kind {
        ItemType::Repeat => return,
        ItemType::GradeMatrix if is_random(item) => {
            // Of all its units, whichever of them are drawn.
            item.indicators = plan.columns_of(item);
            item.units = units(plan, item, id);
        }
        ItemType::Group if item.order.is_some() => shuffle(&mut item.items, seed(id, &item.name)),
        _ => {}
    }
    item.items.iter_mut().for_each(|item| arrange_item(plan, item, id));
}

/// Ids of the units that a matrix asks the interview of this id about, in the order in which they are shown.
pub(crate) fn units(plan: &Plan, item: &Item, id: &str) -> Vec<String> {
    let all: Vec<&String> = match item.units.is_empty() {
        true => plan.units.iter().map(|unit| &unit.id).collect(),
        false => item.units.iter().collect(),
    };
    let mut drawn: Vec<usize> = (0..all.len()).collect();
    if is_random(item) {
        shuffle(&mut drawn, seed(id, &item.name));
        drawn.truncate(item.subset.map_or(all.len(), |subset| subset as usize));
    }
    if item.order.is_none() {
        drawn.sort_unstable();
        return drawn.into_iter().map(|at| all[at].clone()).collect();
    }
    // The units of a class stay together, below its heading.
    let class = |id: &str| {
        let group = plan.unit(id).and_then(|unit| unit.group.as_ref())?;
        plan.unit_groups.iter().position(|known| known.id == *group)
    };
    let classes = (0..plan.unit_groups.len()).map(Some).chain([None]);
    let (drawn, class) = (&drawn, &class);
    let of = |wanted| drawn.iter().map(|&at| all[at]).filter(move |unit| class(unit) == wanted);
    classes.flat_map(of).cloned().collect()
}

/// Puts what is in a group in the order that it has where the group has this key.
pub(super) fn inside<T>(things: &mut [T], id: &str, key: &str) {
    shuffle(things, seed(id, key));
}

/// Puts the choices that are offered, given by their places in the list of `count`, in the order in which they are shown. `last`
/// says which of them stay at the end. With a `seed`, the order is the one that ODK makes of it; without, it follows from
/// the id and the key of the item, and a choice keeps its place among the others whatever else is offered.
pub(crate) fn choices(
    item: &Item,
    offered: Vec<usize>,
    count: usize,
    (id, key): (&str, &str),
    seed_given: Option<i64>,
    last: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    if item.order != Some(Order::Random) {
        return offered;
    }
    let mut ordered: Vec<usize> = match seed_given {
        Some(seed) => permutation(offered.len(), seed).into_iter().map(|at| offered[at]).collect(),
        None => {
            let Some(greatest) = offered.iter().max() else { return offered };
            let mut in_list = vec![false; greatest + 1];
            offered.iter().for_each(|&at| in_list[at] = true);
            let mut all: Vec<usize> = (0..count).collect();
            shuffle(&mut all, seed(id, key));
            all.retain(|&at| in_list.get(at) == Some(&true));
            all
        }
    };
    let pinned: Vec<usize> = offered.into_iter().filter(|&at| last(at)).collect();
    ordered.retain(|at| !pinned.contains(at));
    ordered.extend(pinned);
    ordered
}

/// FNV-1a of the id, a slash and the name.
fn seed(id: &str, name: &str) -> u64 {
    let bytes = id.bytes().chain([b'/']).chain(name.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Fisher and Yates, from the end.
fn shuffle<T>(list: &mut [T], seed: u64) {
    for (drawn, end) in (1..list.len()).rev().enumerate() {
        // Of 2³² values, a place gets at most one more than another.
        let at = ((draw(seed, drawn as u64 + 1) >> 32) * (end as u64 + 1)) >> 32;
        list.swap(at as usize, end);
    }
}
