use super::Sheet;
use crate::expression::draw;

/// How many records are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Of each interviewer this share, rounded up.
    Share(f64),
    /// So many in all, divided among the interviewers in proportion to their records (largest remainder), at least one of each
    /// while there are enough.
    Total(u32),
}

/// Draws records to ask again: places of cases, in order. Each interviewer or device is a stratum, and residents who answered
/// alone are one. Within it every record is as likely as any other. `seed` and the records decide all: the order in which
/// they came changes nothing, and a record keeps its lot when others join.
pub fn draw_backcheck(sheet: &Sheet<'_>, size: Size, seed: u64) -> Vec<u32> {
    let mut strata: Vec<Vec<u32>> = vec![Vec::new(); sheet.holders.len() + 1];
    for (at, case) in sheet.cases.iter().enumerate() {
        strata[case.holder.map_or(sheet.holders.len(), |holder| holder as usize)].push(at as u32);
    }
    strata.retain(|stratum| !stratum.is_empty());
    let counts: Vec<u32> = strata.iter().map(|stratum| stratum.len() as u32).collect();
    let wanted = match size {
        Size::Share(share) => counts.iter().map(|count| part(*count, share)).collect(),
        Size::Total(total) => divide(total, &counts),
    };
    let mut drawn = Vec::new();
    for (mut stratum, wanted) in strata.into_iter().zip(wanted) {
        // The lowest lots: a simple random sample, since lots are independent of everything else.
        stratum.sort_by_key(|at| (lot(seed, sheet.cases[*at as usize].id), *at));
        drawn.extend(stratum.into_iter().take(wanted as usize));
    }
    drawn.sort_unstable();
    drawn
}

/// `share` of `count`, rounded up; what rounding of the product adds is not a record more.
fn part(count: u32, share: f64) -> u32 {
    (((f64::from(count) * share) - 1e-9).ceil().max(0.0) as u32).min(count)
}

/// Divides `total` in proportion to `counts` by largest remainder, none above its count; at least one each where that is possible.
fn divide(total: u32, counts: &[u32]) -> Vec<u32> {
    let all: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let total = u64::from(total).min(all);
    let least = u64::from(total >= counts.len() as u64);
    let (rest, spare) = (total - least * counts.len() as u64 * least, all - least * counts.len() as u64 * least);
    if spare == 0 {
        return counts.iter().map(|_| least as u32).collect();
    }
    let quota = |count: &u32| (u64::from(*count) - least) * rest;
    let mut parts: Vec<u64> = counts.iter().map(|count| least + quota(count) / spare).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(quota(&counts[*at]) % spare), *at));
    let left = total - parts.iter().sum::<u64>();
    for at in order.into_iter().take(left as usize) {
        parts[at] += 1;
    }
    parts.into_iter().map(|part| part as u32).collect()
}

/// The lot of a record: a number that follows from the seed and its id.
fn lot(seed: u64, id: &str) -> u64 {
    // FNV-1a of the id, then SplitMix64, so that neighbouring ids or seeds have nothing in common.
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    draw(draw(seed, 1) ^ hash, 1)
}
