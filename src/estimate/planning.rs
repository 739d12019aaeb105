//! Sample sizes before a round: W. G. Cochran, "Sampling Techniques" (1977), chapters 4 and 5.
use super::number::Number;
use super::quantile::normal_quantile;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// What a share is to be known to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    /// Expected share; 0.5 is the safe guess.
    pub share: f64,
    /// Half width of the interval.
    pub margin: f64,
    /// Of the interval, such as 0.95.
    pub level: f64,
    pub deff: f64,
    /// None: infinite.
    pub population: Option<u64>,
    /// Share of the people asked who answer.
    pub response: f64,
}

/// People to draw: n₀ = z² p(1−p) deff / e², n₀ / (1 + (n₀−1)/N), divided by the response, rounded up. None when a
/// number is out of its range.
pub fn sample_size(planned: &Planned) -> Option<u64> {
    let Planned { share, margin, level, deff, population, response } = *planned;
    let inside = |x: f64| x > 0.0 && x < 1.0;
    let asked = inside(share) && inside(margin) && inside(level);
    let fits = asked && deff > 0.0 && deff.is_finite() && response > 0.0 && response <= 1.0;
    if !fits || population == Some(0) {
        return None;
    }
    let z = normal_quantile(0.5 + level / 2.0);
    let mut n = z * z * share * (1.0 - share) / (margin * margin) * deff;
    if let Some(population) = population {
        n = n / (1.0 + (n - 1.0) / population as f64);
    }
    // A whole number that rounding lifted by a hair stays what it is.
    let people = (n / response * (1.0 - 1e-12)).ceil();
    (people < 9e15).then_some(people.max(1.0) as u64)
}

/// The smallest true change between two independent rounds of `n` answers each that a test at 5 % finds in 8 of 10
/// cases: (z.975 + z.8) √(2 p(1−p) deff / n).
pub fn detectable_change(share: f64, deff: f64, n: u64) -> Option<f64> {
    let fits = share > 0.0 && share < 1.0 && deff > 0.0 && n > 0;
    let z = normal_quantile(0.975) + normal_quantile(0.8);
    fits.then(|| z * (2.0 * share * (1.0 - share) * deff / n as f64).sqrt())
}

/// One stratum's part of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    pub stratum: String,
    pub n: u64,
}

/// Divides `n` in proportion to `sizes` (N_h, or for Neyman's allocation N_h S_h) by largest remainder; equal remainders
/// go to the stratum that is listed first. None when the sizes are not all 0 or more with a sum above 0.
pub fn allocate(n: u64, sizes: &[(String, Number)]) -> Option<Vec<Allocation>> {
    let sizes: Option<Vec<(&String, BigRational)>> = sizes
        .iter()
        .map(|(name, size)| {
            let exact = size.exact_fraction().or_else(|| BigRational::from_float(size.float));
            exact.filter(|_| size.float >= 0.0).map(|size| (name, size))
        })
        .collect();
    let sizes = sizes?;
    let sum: BigRational = sizes.iter().map(|(_, size)| size).sum();
    if sum.is_zero() {
        return None;
    }
    let shares: Vec<BigRational> =
        sizes.iter().map(|(_, size)| size * BigRational::from_integer(n.into()) / &sum).collect();
    let mut whole: Vec<u64> = shares.iter().map(|share| share.floor().to_u64()).collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*b].fract().cmp(&shares[*a].fract()));
    let left = n - whole.iter().sum::<u64>();
    order.into_iter().take(left as usize).for_each(|at| whole[at] += 1);
    Some(sizes.iter().zip(whole).map(|((name, _), n)| Allocation { stratum: (*name).clone(), n }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_the_textbook() {
        let planned = Planned { share: 0.5, margin: 0.05, level: 0.95, deff: 1.0, population: None, response: 1.0 };
        assert_eq!(sample_size(&planned), Some(385));
        assert_eq!(sample_size(&Planned { population: Some(1000), ..planned }), Some(278));
        assert_eq!(sample_size(&Planned { deff: 1.5, response: 0.7, ..planned }), Some(824));
        assert_eq!(sample_size(&Planned { margin: 0.0, ..planned }), None);
        // (1.959964 + 0.841621) √(0.5 · 1.5 / 400)
        assert!((detectable_change(0.5, 1.5, 400).unwrap() - 0.121_312_2).abs() < 1e-6);
    }

    #[test]
    fn an_allocation_adds_up() {
        let sizes = |list: &[&str]| -> Vec<(String, Number)> {
            list.iter().enumerate().map(|(at, n)| (at.to_string(), Number::parse(n).unwrap())).collect()
        };
        let of =
            |n, list: &[&str]| allocate(n, &sizes(list)).map(|all| all.iter().map(|one| one.n).collect::<Vec<_>>());
        assert_eq!(of(10, &["1", "1", "1"]), Some(vec![4, 3, 3]));
        assert_eq!(of(100, &["5000", "3000", "2001"]), Some(vec![50, 30, 20]));
        assert_eq!(of(7, &["0", "0.5", "0.5"]), Some(vec![0, 4, 3]));
        assert_eq!(of(5, &["0"]), None);
        assert_eq!(of(5, &["-1", "2"]), None);
    }
}
