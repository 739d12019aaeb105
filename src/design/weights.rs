//! Weights that sum to 1.

use super::Value;
use crate::decimal::Decimal;

/// The weights of a list of indicators or rater groups together, as far as they are numbers; `None` where none has one.
pub fn sum(list: &[Value]) -> Option<Decimal> {
    let weights = list.iter().filter_map(|one| Decimal::from_json(one.get("weight")?.digits()?).ok());
    weights
        .map(Decimal::millionths)
        .try_fold(None, |sum: Option<i64>, own| Some(Some(sum.unwrap_or(0).checked_add(own)?)))?
        .map(Decimal::from_millionths)
}

/// The list with weights that are as equal as six places allow and sum to 1 exactly: the first ones get what is left over.
pub fn share_evenly(list: &[Value]) -> Vec<Value> {
    let count = i64::try_from(list.len()).unwrap_or(i64::MAX).max(1);
    let (each, over) = (Decimal::SCALE / count, Decimal::SCALE % count);
    let share = |(at, one): (usize, &Value)| {
        let extra = i64::from((at as i64) < over);
        let mut one = one.clone();
        one.set("weight", Value::Number(Decimal::from_millionths(each + extra).to_text()));
        one
    };
    list.iter().enumerate().map(share).collect()
}
