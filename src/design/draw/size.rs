//! How many are drawn in each stratum.

use super::{DrawError, Method, Order, Size, Unit};
use crate::estimate::{Number, allocate};

/// How a sample is shared among strata.
#[derive(Clone, Debug, PartialEq)]
pub enum Sharing {
    /// By their units; with a measure of size, by its sum.
    Proportional,
    /// As many of each.
    Equal,
    /// By units times the standard deviation that is given for each (Neyman 1934).
    Neyman(Vec<(String, Number)>),
}

/// Sizes in the order of the parts. A stratum that has fewer than its share is taken whole, and the rest is shared again.
pub(super) fn sizes(parts: &[(String, Vec<Unit>)], order: &Order) -> Result<Vec<u64>, DrawError> {
    let can = |units: &Vec<Unit>| match order.method {
        Method::Pps => units.iter().filter(|unit| unit.measure > 0).count(),
        _ => units.len(),
    };
    let too_many = |stratum: &str, wanted, units| DrawError::TooMany { stratum: stratum.to_owned(), wanted, units };
    let sizes = match &order.size {
        Size::Each(list) => {
            if let Some((name, _)) = list.iter().find(|(name, _)| !parts.iter().any(|(known, _)| known == name)) {
                return Err(DrawError::NoSuchStratum(name.clone()));
            }
            let own = |name: &String| {
                let found = list.iter().find(|(known, _)| known == name).map(|(_, size)| *size);
                found.ok_or_else(|| DrawError::NoSize(name.clone()))
            };
            parts.iter().map(|(name, _)| own(name)).collect::<Result<Vec<_>, _>>()?
        }
        Size::Total(total, sharing) => {
            let all: usize = parts.iter().map(|(_, units)| can(units)).sum();
            if *total > all as u64 {
                return Err(too_many("", *total, all));
            }
            share(parts, *total, sharing, order.method, &can)?
        }
    };
    for ((name, units), size) in parts.iter().zip(&sizes) {
        if *size > can(units) as u64 {
            return Err(too_many(name, *size, can(units)));
        }
    }
    if sizes.iter().all(|size| *size == 0) {
        return Err(DrawError::NothingWanted);
    }
    Ok(sizes)
}

fn share(
    parts: &[(String, Vec<Unit>)],
    total: u64,
    sharing: &Sharing,
    method: Method,
    can: &impl Fn(&Vec<Unit>) -> usize,
) -> Result<Vec<u64>, DrawError> {
    if total == 0 {
        return Err(DrawError::NothingWanted);
    }
    let number = |text: String| Number::parse(&text).ok_or(DrawError::BadShares);
    let mut shares = Vec::new();
    for (name, units) in parts {
        let own = match method {
            Method::Pps => units.iter().map(|unit| unit.measure).sum::<u128>().to_string(),
            _ => units.len().to_string(),
        };
        shares.push(match sharing {
            Sharing::Proportional => number(own)?,
            Sharing::Equal => Number::one(),
            Sharing::Neyman(list) => {
                let found = list.iter().find(|(known, _)| known == name).filter(|(_, sd)| sd.float >= 0.0);
                number(own)?.times(found.ok_or(DrawError::BadShares)?.1)
            }
        });
    }
    if let Sharing::Neyman(list) = sharing
        && let Some((name, _)) = list.iter().find(|(name, _)| !parts.iter().any(|(known, _)| known == name))
    {
        return Err(DrawError::NoSuchStratum(name.clone()));
    }
    let named: Vec<(String, Number)> = parts.iter().map(|(name, _)| name.clone()).zip(shares).collect();
    let most: Vec<Option<u64>> = parts.iter().map(|(_, units)| Some(can(units) as u64)).collect();
    share_within(total, &named, &most).ok_or(DrawError::BadShares)
}

/// A total shared by the sizes of parts; of each at most so many, where that is known. One that has fewer than its share is taken
/// whole, and the rest is shared again. None where it cannot be shared so.
pub fn share_within(total: u64, parts: &[(String, Number)], most: &[Option<u64>]) -> Option<Vec<u64>> {
    let mut sizes: Vec<Option<u64>> = vec![None; parts.len()];
    loop {
        let open: Vec<usize> = (0..parts.len()).filter(|at| sizes[*at].is_none()).collect();
        let left = total - sizes.iter().flatten().sum::<u64>();
        let list: Vec<(String, Number)> = open.iter().map(|at| parts[*at].clone()).collect();
        let made: Vec<u64> = match allocate(left, &list) {
            Some(made) => made.into_iter().map(|part| part.n).collect(),
            None if left == 0 => vec![0; open.len()],
            None => return None,
        };
        let limit = |at: usize| most.get(at).copied().flatten();
        let full = |(at, wanted): (&usize, &u64)| limit(*at).filter(|most| wanted > most);
        if open.iter().zip(&made).all(|one| full(one).is_none()) {
            for (at, size) in open.iter().zip(&made) {
                sizes[*at] = Some(*size);
            }
            return Some(sizes.into_iter().flatten().collect());
        }
        for (at, size) in open.iter().zip(&made) {
            if let Some(most) = full((at, size)) {
                sizes[*at] = Some(most);
            }
        }
    }
}
