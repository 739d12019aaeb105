//! What somebody can work out of counts that are withheld: n, the sum of the points (n times the score) and the number of
//! satisfied answers (n times the rate) are equations for the counts of the grades.

/// By how much the count at `at` is open: the difference between two values of it for which all of these sums are the same.
/// Counts are changed along one line at a time, over two to four grades; several lines together could only open it more.
pub(super) fn spread(counts: &[u64], points: &[i64], satisfied: &[bool], at: usize) -> u64 {
    let others: Vec<usize> = (0..counts.len()).filter(|other| *other != at).collect();
    let mut widest = 0;
    let mut try_line = |support: &[usize]| {
        if let Some(line) = line(support, points, satisfied) {
            widest = widest.max(open_along(counts, support, &line));
        }
    };
    for (first, a) in others.iter().enumerate() {
        try_line(&[at, *a]);
        for (second, b) in others.iter().enumerate().skip(first + 1) {
            try_line(&[at, *a, *b]);
            for c in others.iter().skip(second + 1) {
                try_line(&[at, *a, *b, *c]);
            }
        }
    }
    widest
}

/// The smallest whole steps over these grades that change no sum, and do change the first. None: there are none, or they are
/// not a single line.
fn line(support: &[usize], points: &[i64], satisfied: &[bool]) -> Option<Vec<i128>> {
    let mut rows: Vec<Vec<i128>> = vec![
        vec![1; support.len()],
        support.iter().map(|at| points[*at].into()).collect(),
        support.iter().map(|at| satisfied[*at].into()).collect(),
    ];
    // Without fractions: each column is cleared from all other rows.
    let (mut pivots, mut done) = (Vec::new(), 0);
    for column in (0..support.len()).rev() {
        let Some(found) = (done..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(done, found);
        let pivot = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != done) {
            let (factor, own) = (row[column], pivot[column]);
            for (cell, above) in row.iter_mut().zip(&pivot) {
                *cell = *cell * own - above * factor;
            }
            reduce(row);
            debug_assert!(at != done);
        }
        pivots.push((column, done));
        done += 1;
    }
    let free: Vec<usize> =
        (0..support.len()).filter(|column| pivots.iter().all(|(known, _)| known != column)).collect();
    // The first grade is the free one: the others follow from it.
    if free != [0] {
        return None;
    }
    let scale = pivots.iter().fold(1i128, |scale, (column, row)| {
        let own = rows[*row][*column].abs();
        scale / gcd(scale, own) * own
    });
    let mut line = vec![0; support.len()];
    line[0] = scale;
    for (column, row) in pivots {
        line[column] = -rows[row][0] * (scale / rows[row][column]);
    }
    reduce(&mut line);
    Some(line)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

fn reduce(row: &mut [i128]) {
    let common = row.iter().fold(0, |common, cell| gcd(common, *cell));
    if common > 1 {
        row.iter_mut().for_each(|cell| *cell /= common);
    }
}

/// How far the first count can move along the line, both ways, before a count is below zero.
fn open_along(counts: &[u64], support: &[usize], line: &[i128]) -> u64 {
    let steps = |sign: i128| {
        let bound = |(at, step): (&usize, &i128)| {
            let step = step * sign;
            (step < 0).then(|| i128::from(counts[*at]) / -step)
        };
        support.iter().zip(line).filter_map(bound).min().unwrap_or(0)
    };
    u64::try_from((steps(1) + steps(-1)) * line[0].abs()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNIT: i64 = 1_000_000;

    #[test]
    fn two_grades_are_told_by_the_score_and_three_by_score_and_rate() {
        let (two, three) = ([100 * UNIT, 30 * UNIT], [100 * UNIT, 60 * UNIT, 0]);
        assert_eq!(spread(&[95, 5], &two, &[false, false], 1), 0);
        assert_eq!(spread(&[5, 40, 55], &three, &[true, true, false], 0), 0);
        // Without the rate: three more of the first, five fewer of the second, two more of the last.
        assert_eq!(spread(&[5, 40, 55], &three, &[false; 3], 0), 27);
        // Four grades leave score and rate open.
        let four = [100 * UNIT, 80 * UNIT, 50 * UNIT, 0];
        assert_eq!(spread(&[80, 60, 8, 4], &four, &[true, true, false, false], 3), 12);
        // Two grades of equal points are told apart by nothing.
        assert_eq!(spread(&[4, 60], &[UNIT, UNIT], &[false, false], 0), 64);
    }

    proptest! {
        /// Against all ways to count: what is said to be open is open.
        #[test]
        fn every_spread_is_reached_by_counts_with_the_same_sums(
            counts in prop::collection::vec(0u64..9, 2..5), points in prop::collection::vec(0i64..6, 5),
            satisfied in prop::collection::vec(any::<bool>(), 5),
        ) {
            let grades = counts.len();
            let (points, satisfied) = (&points[..grades], &satisfied[..grades]);
            let sums = |counts: &[u64]| {
                let over = |value: &dyn Fn(usize) -> i64| (0..grades).map(|at| counts[at] as i64 * value(at)).sum::<i64>();
                (over(&|_| 1), over(&|at| points[at]), over(&|at| satisfied[at].into()))
            };
            let n: u64 = counts.iter().sum();
            let mut same: Vec<Vec<u64>> = Vec::new();
            let mut all = vec![Vec::new()];
            for _ in 0..grades {
                all = all.iter().flat_map(|begun: &Vec<u64>| (0..=n - begun.iter().sum::<u64>()).map(|next| [&begun[..], &[next]].concat())).collect();
            }
            same.extend(all.into_iter().filter(|other| sums(other) == sums(&counts)));
            for at in 0..grades {
                let values: Vec<u64> = same.iter().map(|other| other[at]).collect();
                let widest = values.iter().max().unwrap() - values.iter().min().unwrap();
                let found = spread(&counts, points, satisfied, at);
                prop_assert!(found <= widest, "{counts:?} {points:?} {satisfied:?} {at}: {found} of {widest}");
                prop_assert!(found > 0 || widest == 0 || grades > 3, "{counts:?} {points:?} {satisfied:?} {at}");
            }
        }
    }
}
