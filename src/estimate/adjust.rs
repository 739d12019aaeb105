//! Weights that agree with known totals, and what is left of an estimate's variance once they do.
//!
//! Post-stratification: w N_c / S_c(1). Raking: w times one factor for each category of each margin, found by fitting one
//! margin after the other (Deming & Stephan 1940). The variance of an estimate is that of the residuals of its influence
//! from the categories, by least squares with the base weights (Deville & Särndal 1992), times the new weights: what
//! `postStratify` and `calibrate` of R's `survey` do.
use super::EstimateError;
use super::drawn::Drawn;
use super::number::Sum;
use super::question::{Adjustment, Margin};
use super::sample::Sample;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Raking stops when no margin is off by more than this, relatively.
const CLOSE: f64 = 1e-12;
const ROUNDS: u32 = 20_000;
/// Margins must have equal totals up to this, relatively.
const SAME_TOTAL: f64 = 1e-9;

pub(super) struct Adjusted {
    /// New weight of each site's rows.
    pub weights: Vec<f64>,
    pub class_of: Vec<u32>,
    pub classes: Vec<Class>,
    /// Least squares on several margins; None: the classes themselves are the categories.
    squares: Option<Squares>,
}

/// Rows that agree in all categories.
pub(super) struct Class {
    /// Category in each margin.
    categories: Vec<usize>,
    pub names: Vec<(String, String)>,
    pub rows: u64,
    /// Σ base weights.
    pub base: f64,
    pub factor: f64,
}

impl Adjusted {
    pub fn of(sample: &Sample, drawn: &Drawn) -> Result<Option<Adjusted>, EstimateError> {
        let margins = match Drawn::adjusted(sample) {
            None => return Ok(None),
            Some(Adjustment::PostStratify(margin)) => std::slice::from_ref(margin),
            Some(Adjustment::Rake(margins)) => margins,
        };
        let known = margins.iter().map(Known::of).collect::<Result<Vec<_>, _>>()?;
        let total = |known: &Known| {
            let mut sum = Sum::default();
            known.totals.iter().for_each(|total| sum.add(*total));
            sum.value()
        };
        for other in &known[1..] {
            let (first, next) = (total(&known[0]), total(other));
            if (first - next).abs() > SAME_TOTAL * first.abs() {
                return Err(EstimateError::DifferentTotals { first, other: next, columns: other.columns.clone() });
            }
        }
        let (class_of, mut classes) = classes(sample, drawn, &known)?;
        let mut margin_sums: Vec<Vec<f64>> = known.iter().map(|known| vec![0.0; known.totals.len()]).collect();
        for class in &classes {
            for (sums, category) in margin_sums.iter_mut().zip(&class.categories) {
                sums[*category] += class.base;
            }
        }
        for (known, sums) in known.iter().zip(&margin_sums) {
            for (category, (total, sum)) in known.totals.iter().zip(sums).enumerate() {
                if *total > 0.0 && *sum <= 0.0 {
                    return Err(known.empty(category));
                }
            }
        }
        let squares = match known.as_slice() {
            [only] => {
                for class in &mut classes {
                    class.factor = only.totals[class.categories[0]] / class.base;
                }
                None
            }
            several => {
                rake(several, &mut classes)?;
                Some(Squares::of(several, &classes))
            }
        };
        let new = |(weight, class): (&f64, &u32)| weight * classes[*class as usize].factor;
        let weights = drawn.weights.iter().zip(&class_of).map(new).collect();
        Ok(Some(Adjusted { weights, class_of, classes, squares }))
    }

    /// What the categories explain of an influence, for each class, from the sums of base weight · influence.
    pub fn fitted(&self, sums: &[f64]) -> Vec<f64> {
        match &self.squares {
            None => self.classes.iter().zip(sums).map(|(class, sum)| share(*sum, class.base)).collect(),
            Some(squares) => {
                let mut fitted = squares.fit(&self.classes, sums);
                // One refinement: what is left over is fitted again.
                let left: Vec<f64> = self
                    .classes
                    .iter()
                    .zip(sums)
                    .zip(&fitted)
                    .map(|((class, sum), fit)| sum - class.base * fit)
                    .collect();
                for (fit, more) in fitted.iter_mut().zip(squares.fit(&self.classes, &left)) {
                    *fit += more;
                }
                fitted
            }
        }
    }
}

fn share(sum: f64, base: f64) -> f64 {
    if base > 0.0 { sum / base } else { 0.0 }
}

/// A margin with its categories in order.
struct Known {
    columns: Vec<String>,
    categories: Vec<Vec<String>>,
    totals: Vec<f64>,
}

impl Known {
    fn of(margin: &Margin) -> Result<Known, EstimateError> {
        let columns = margin.columns.clone();
        let mut sorted: BTreeMap<Vec<String>, f64> = BTreeMap::new();
        for (category, total) in &margin.totals {
            if total.float < 0.0 {
                let (category, found) = (category.clone(), total.float);
                return Err(EstimateError::BadTotal { columns, category, found });
            }
            if sorted.insert(category.clone(), total.float).is_some() {
                return Err(EstimateError::DuplicateCategory { columns, category: category.clone() });
            }
        }
        let (categories, totals) = sorted.into_iter().unzip();
        Ok(Known { columns, categories, totals })
    }

    fn empty(&self, category: usize) -> EstimateError {
        EstimateError::EmptyCategory { columns: self.columns.clone(), category: self.categories[category].clone() }
    }
}

fn classes(sample: &Sample, drawn: &Drawn, known: &[Known]) -> Result<(Vec<u32>, Vec<Class>), EstimateError> {
    let places: Vec<Vec<usize>> =
        known.iter().map(|known| known.columns.iter().map(|name| sample.at_site(name)).collect()).collect();
    let mut index: FxHashMap<Vec<usize>, u32> = FxHashMap::default();
    let mut classes: Vec<(Class, Sum)> = Vec::new();
    let mut class_of = Vec::with_capacity(sample.sites.len());
    for ((site, rows), weight) in sample.sites.iter().zip(&sample.rows).zip(&drawn.weights) {
        let mut categories = Vec::with_capacity(known.len());
        let mut names = Vec::new();
        for (known, places) in known.iter().zip(&places) {
            let category: Vec<String> =
                places.iter().map(|at| sample.text(sample.site_columns[*at], site[*at]).trim().to_owned()).collect();
            let place = known.categories.binary_search(&category).ok().filter(|at| known.totals[*at] > 0.0);
            let unknown =
                || EstimateError::UnknownCategory { columns: known.columns.clone(), category: category.clone() };
            categories.push(place.ok_or_else(unknown)?);
            names.extend(known.columns.iter().cloned().zip(category));
        }
        let class = *index.entry(categories.clone()).or_insert_with(|| {
            classes.push((Class { categories, names, rows: 0, base: 0.0, factor: 1.0 }, Sum::default()));
            classes.len() as u32 - 1
        });
        let (of, sum) = &mut classes[class as usize];
        of.rows += rows;
        sum.add(weight * *rows as f64);
        class_of.push(class);
    }
    let classes = classes.into_iter().map(|(class, sum)| Class { base: sum.value(), ..class });
    Ok((class_of, classes.collect()))
}

fn rake(known: &[Known], classes: &mut [Class]) -> Result<(), EstimateError> {
    let mut factors: Vec<Vec<f64>> = known.iter().map(|known| vec![1.0; known.totals.len()]).collect();
    let product = |factors: &[Vec<f64>], class: &Class| -> f64 {
        factors.iter().zip(&class.categories).map(|(margin, category)| margin[*category]).product()
    };
    let sums = |factors: &[Vec<f64>], margin: usize| {
        let mut sums = vec![Sum::default(); known[margin].totals.len()];
        for class in classes.iter() {
            sums[class.categories[margin]].add(class.base * product(factors, class));
        }
        sums
    };
    let mut error = f64::INFINITY;
    for round in 0..ROUNDS {
        for (margin, known) in known.iter().enumerate() {
            let sums = sums(&factors, margin);
            for ((factor, total), sum) in factors[margin].iter_mut().zip(&known.totals).zip(sums) {
                if *total > 0.0 {
                    *factor *= total / sum.value();
                }
            }
        }
        error = 0.0;
        for (margin, known) in known.iter().enumerate() {
            for (total, sum) in known.totals.iter().zip(sums(&factors, margin)) {
                if *total > 0.0 {
                    let off = ((sum.value() - total) / total).abs();
                    // Factors that run away end as no number.
                    error = if off.is_nan() { f64::INFINITY } else { off.max(error) };
                }
            }
        }
        if !error.is_finite() {
            return Err(EstimateError::NotConverged { rounds: round + 1, error });
        }
        if error < CLOSE {
            let made: Vec<f64> = classes.iter().map(|class| product(&factors, class)).collect();
            classes.iter_mut().zip(made).for_each(|(class, factor)| class.factor = factor);
            return Ok(());
        }
    }
    Err(EstimateError::NotConverged { rounds: ROUNDS, error })
}

/// The normal equations of least squares on the categories of all margins, factored.
struct Squares {
    /// Where each margin's categories begin.
    first: Vec<usize>,
    /// 1/√diagonal: all columns made equally long.
    scale: Vec<f64>,
    /// Columns that do not depend on those before, and the rows of the Cholesky factor among them.
    kept: Vec<usize>,
    rows: Vec<Vec<f64>>,
}

/// A column that keeps less than this of its square beside those before it depends on them.
const DEPENDENT: f64 = 1e-11;

impl Squares {
    fn of(known: &[Known], classes: &[Class]) -> Squares {
        let mut first = Vec::new();
        let mut width = 0;
        for known in known {
            first.push(width);
            width += known.totals.len();
        }
        let mut matrix = vec![vec![Sum::default(); width]; width];
        for class in classes {
            let columns: Vec<usize> = class.categories.iter().zip(&first).map(|(at, first)| first + at).collect();
            for &a in &columns {
                columns.iter().for_each(|&b| matrix[a][b].add(class.base));
            }
        }
        let length = |at: usize| matrix[at][at].value();
        let scale: Vec<f64> =
            (0..width).map(|at| if length(at) > 0.0 { length(at).sqrt().recip() } else { 0.0 }).collect();
        let (mut kept, mut rows): (Vec<usize>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
        for at in (0..width).filter(|at| scale[*at] > 0.0) {
            let mut row: Vec<f64> = Vec::with_capacity(kept.len() + 1);
            for (place, &other) in kept.iter().enumerate() {
                let mut sum = Sum::default();
                sum.add(matrix[at][other].value() * scale[at] * scale[other]);
                (0..place).for_each(|k| sum.add(-row[k] * rows[place][k]));
                row.push(sum.value() / rows[place][place]);
            }
            let mut rest = Sum::default();
            rest.add(1.0);
            row.iter().for_each(|x| rest.add(-x * x));
            if rest.value() > DEPENDENT {
                row.push(rest.value().sqrt());
                kept.push(at);
                rows.push(row);
            }
        }
        Squares { first, scale, kept, rows }
    }

    fn fit(&self, classes: &[Class], sums: &[f64]) -> Vec<f64> {
        let mut right = vec![Sum::default(); self.scale.len()];
        for (class, sum) in classes.iter().zip(sums) {
            for (at, first) in class.categories.iter().zip(&self.first) {
                right[first + at].add(*sum);
            }
        }
        let size = self.kept.len();
        let mut x = vec![0.0; size];
        for i in 0..size {
            let mut sum = Sum::default();
            sum.add(right[self.kept[i]].value() * self.scale[self.kept[i]]);
            (0..i).for_each(|k| sum.add(-self.rows[i][k] * x[k]));
            x[i] = sum.value() / self.rows[i][i];
        }
        for i in (0..size).rev() {
            let mut sum = Sum::default();
            sum.add(x[i]);
            (i + 1..size).for_each(|k| sum.add(-self.rows[k][i] * x[k]));
            x[i] = sum.value() / self.rows[i][i];
        }
        let mut effects = vec![0.0; self.scale.len()];
        self.kept.iter().zip(&x).for_each(|(at, x)| effects[*at] = x * self.scale[*at]);
        let effect =
            |class: &Class| class.categories.iter().zip(&self.first).map(|(at, first)| effects[first + at]).sum();
        classes.iter().map(effect).collect()
    }
}
