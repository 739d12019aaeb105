use super::Fraction;

/// Competition ranks (1, 2, 2, 4): highest value first, equal values share a rank. Places without a value have none.
pub fn competition_ranks(values: &[Option<&Fraction>]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..values.len()).filter(|at| values[*at].is_some()).collect();
    order.sort_by(|a, b| values[*b].cmp(&values[*a]));
    let mut ranks = vec![None; values.len()];
    for (place, at) in order.iter().enumerate() {
        let tied = place.checked_sub(1).map(|before| order[before]).filter(|before| values[*before] == values[*at]);
        ranks[*at] = match tied {
            Some(before) => ranks[before],
            None => Some(place + 1),
        };
    }
    ranks
}
