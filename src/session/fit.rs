use super::instrument::Instrument;
use super::{Answer, Refusal};
use crate::expression::{is_date, is_number, is_time};
use crate::plan::{ItemType, Plan};

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
        (ItemType::Text, Answer::Text(text)) => {
            let most = item.max_length.map_or(LONGEST, |most| most as usize);
            // A character takes at least one byte, so short texts need no counting.
            (text.len() <= most || text.chars().count() <= most)
                .then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Calculate | ItemType::Hidden, Answer::Text(text)) => {
            (text.len() <= LONGEST * 4).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Decimal | ItemType::Date | ItemType::Time, Answer::Text(text)) => {
            let written = match item.kind {
                ItemType::Decimal => is_number(&text),
                ItemType::Date => is_date(&text),
                _ => is_time(&text),
            };
            (written || text.is_empty()).then(|| (!text.is_empty()).then_some(Answer::Text(text)))
        }
        (ItemType::Integer, Answer::Integer(number)) => Some(Some(Answer::Integer(number))),
        (ItemType::Grade, Answer::Text(grade)) => {
            is_grade(plan, item.scale.as_deref(), &grade).then_some(Some(Answer::Text(grade)))
        }
        (ItemType::SelectOne, Answer::Text(choice)) => {
            is_choice(plan, item.choices.as_deref(), &choice).then_some(Some(Answer::Text(choice)))
        }
        (ItemType::SelectMultiple, Answer::Choices(choices)) => {
            let list = item.choices.as_deref().and_then(|id| plan.choice_list(id));
            let mut chosen: Vec<&str> = choices.iter().map(String::as_str).collect();
            chosen.sort_unstable();
            chosen.dedup();
            let names = list.into_iter().flat_map(|list| &list.choices).map(|choice| &choice.name);
            let kept: Vec<String> =
                names.filter(|name| chosen.binary_search(&name.as_str()).is_ok()).cloned().collect();
            (kept.len() == chosen.len()).then(|| (!kept.is_empty()).then_some(Answer::Choices(kept)))
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
        ItemType::SelectMultiple => Answer::Choices(text.split_whitespace().map(str::to_owned).collect()),
        _ => Answer::Text(text),
    };
    fit(plan, instrument, index, value).ok().flatten()
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

fn is_choice(plan: &Plan, list: Option<&str>, choice: &str) -> bool {
    list.and_then(|id| plan.choice_list(id)).is_some_and(|list| list.choices.iter().any(|known| known.name == choice))
}
