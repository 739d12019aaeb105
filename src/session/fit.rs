use super::instrument::Instrument;
use super::{Answer, Attachment, Refusal};
use crate::expression::{is_date, is_number, is_place, is_time};
use crate::language::plain_number;
use crate::plan::{ACKNOWLEDGED, Choice, Decimal, Item, ItemType, OTHER, Plan};

/// Most characters of a text whose item sets no `max_length`, so that one paste cannot fill the device.
const LONGEST: usize = 10_000;

/// The value as it is kept, if the item can have it. `None`: it is empty, which is to have no value.
pub(super) fn fit(
    plan: &Plan,
    instrument: &Instrument,
    index: usize,
    value: Answer,
) -> Result<Option<Answer>, Refusal> {
    let item = &instrument.items[index];
    let kept = match (item.kind, value) {
        (ItemType::Text | ItemType::Barcode, Answer::Text(text)) => {
            let most = item.max_length.map_or(LONGEST, |most| most as usize);
            // A character takes at least one byte, so short texts need no counting.
            (text.len() <= most || text.chars().count() <= most)
                .then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Calculate | ItemType::Hidden, Answer::Text(text)) => {
            (text.len() <= LONGEST * 4).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        // As people type it: in the digits of any script.
        (ItemType::Integer, Answer::Text(text)) if !text.is_empty() => {
            plain_number(&text).parse().ok().map(|number| Some(Answer::Integer(number)))
        }
        (ItemType::Decimal, Answer::Text(text)) => {
            let text = plain_number(&text);
            (is_number(&text) || text.is_empty()).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Date | ItemType::Time, Answer::Text(text)) => {
            let written = match item.kind {
                ItemType::Date => is_date(&text),
                _ => is_time(&text),
            };
            (written || text.is_empty()).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Datetime, Answer::Text(text)) => {
            let written = text.split_once('T').is_some_and(|(day, time)| is_date(day) && is_time(time));
            (written || text.is_empty()).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Geopoint, Answer::Text(text)) => {
            (is_place(&text) || text.is_empty()).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Image | ItemType::Audio, Answer::Text(name)) => {
            let fits = Attachment::parse(&name).is_some_and(|attachment| attachment.kind.answers(item.kind));
            (fits || name.is_empty()).then(|| (!name.is_empty()).then_some(Answer::Text(name)))
        }
        (ItemType::Acknowledge, Answer::Text(text)) => {
            (text == ACKNOWLEDGED || text.is_empty()).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Range, Answer::Integer(number)) => {
            let steps = item.steps();
            let held = number.checked_mul(Decimal::SCALE).is_some_and(|n| steps.holds(Decimal::from_millionths(n)));
            (held && steps.are_whole()).then_some(Some(Answer::Integer(number)))
        }
        (ItemType::Range, Answer::Text(text)) => {
            let (steps, number) = (item.steps(), Decimal::parse(&text));
            let kept = number.ok().filter(|number| steps.holds(*number) && !steps.are_whole());
            kept.map(|number| Some(Answer::Text(number.to_text())))
        }
        (ItemType::Rank, Answer::Choices(choices)) => {
            let chosen = distinct(&choices);
            let known = list_of(plan, item).filter(|choice| chosen.binary_search(&choice.name.as_str()).is_ok());
            let fits = chosen.len() == choices.len() && known.count() == chosen.len();
            fits.then(|| (!choices.is_empty()).then_some(Answer::Choices(choices)))
        }
        (ItemType::Integer, Answer::Integer(number)) => Some(Some(Answer::Integer(number))),
        (ItemType::Grade, Answer::Text(grade)) => {
            is_grade(plan, item.scale.as_deref(), &grade).then_some(Some(Answer::Text(grade)))
        }
        (ItemType::SelectOne, Answer::Text(choice)) => {
            is_choice(plan, item, &choice).then_some(Some(Answer::Text(choice)))
        }
        (ItemType::SelectMultiple, Answer::Choices(choices)) => {
            let chosen = distinct(&choices);
            let names = list_of(plan, item).map(|choice| choice.name.as_str());
            let names = names.chain(item.other.is_some().then_some(OTHER));
            let kept: Vec<String> =
                names.filter(|name| chosen.binary_search(name).is_ok()).map(str::to_owned).collect();
            let fits = kept.len() == chosen.len() && !is_contradiction(plan, item, &choices);
            fits.then(|| (!kept.is_empty()).then_some(Answer::Choices(kept)))
        }
        (ItemType::GradeMatrix, Answer::Grid(mut grid)) => {
            grid.retain(|_, row| !row.is_empty());
            let fits = grid.iter().all(|(unit, row)| {
                row.iter().all(|(indicator, grade)| is_cell(plan, instrument, index, unit, indicator, grade))
            });
            fits.then(|| (!grid.is_empty()).then_some(Answer::Grid(grid)))
        }
        _ => None,
    };
    kept.ok_or_else(|| Refusal::Unfit(item.name.clone()))
}

/// The value of an expression as the item keeps it; `None` where there is none that fits.
pub(super) fn from_text(plan: &Plan, instrument: &Instrument, index: usize, text: String) -> Option<Answer> {
    let value = match instrument.items[index].kind {
        ItemType::Integer => Answer::Integer(text.parse().ok()?),
        ItemType::Range if instrument.items[index].steps().are_whole() => Answer::Integer(text.parse().ok()?),
        // `now()` has seconds and an offset after the minutes.
        ItemType::Datetime => Answer::Text(text.get(..16).unwrap_or(&text).to_owned()),
        ItemType::SelectMultiple | ItemType::Rank => {
            Answer::Choices(text.split_whitespace().map(str::to_owned).collect())
        }
        _ => Answer::Text(text),
    };
    fit(plan, instrument, index, value).ok().flatten()
}

/// The choices of the item's list.
fn list_of<'p>(plan: &'p Plan, item: &Item) -> impl Iterator<Item = &'p Choice> {
    item.choices.as_deref().and_then(|id| plan.choice_list(id)).into_iter().flat_map(|list| &list.choices)
}

/// Each once, in the order of the letters: a list may be long, and is walked over once.
fn distinct(choices: &[String]) -> Vec<&str> {
    let mut sorted: Vec<&str> = choices.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// Whether the matrix has this cell and its scale this grade.
pub(super) fn is_cell(
    plan: &Plan,
    instrument: &Instrument,
    index: usize,
    unit: &str,
    indicator: &str,
    grade: &str,
) -> bool {
    instrument.matrix(index).is_some_and(|matrix| {
        matrix.units.iter().any(|id| id == unit) && matrix.indicators.iter().any(|id| id == indicator)
    }) && is_grade(plan, instrument.items[index].scale.as_deref(), grade)
}

/// Whether the scale has this grade or missing answer.
pub(super) fn is_grade(plan: &Plan, scale: Option<&str>, grade: &str) -> bool {
    scale.and_then(|id| plan.scale(id)).is_some_and(|scale| {
        scale.grades.iter().any(|known| known.name == grade) || scale.missing.iter().any(|known| known.name == grade)
    })
}

/// Whether the item offers this choice: its list does, or it is `other` and the item has that.
fn is_choice(plan: &Plan, item: &Item, choice: &str) -> bool {
    let list = item.choices.as_deref().and_then(|id| plan.choice_list(id));
    (choice == OTHER && item.other.is_some())
        || list.is_some_and(|list| list.choices.iter().any(|known| known.name == choice))
}

/// Whether something is chosen beside a choice that goes with no other.
fn is_contradiction(plan: &Plan, item: &Item, chosen: &[String]) -> bool {
    let list = item.choices.as_deref().and_then(|id| plan.choice_list(id));
    chosen.len() > 1
        && list.is_some_and(|list| list.choices.iter().any(|known| known.exclusive && chosen.contains(&known.name)))
}
