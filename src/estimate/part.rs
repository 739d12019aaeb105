//! One estimate of one domain: the point and its influence.
use super::Figure;
use super::number::{Exact, Number, Scaled, Sum};
use super::result::{Reason, Spread};
use super::sample::{Column, Frame, State};
use super::variance::Influence;
use num_rational::BigRational;
use num_traits::Zero;

/// What is averaged, added up or divided.
#[derive(Clone, Debug)]
pub(super) enum Select {
    /// The frame's column at this place.
    Number(usize),
    /// 1 for these texts of the frame's first column.
    Levels(Vec<String>),
    /// First column over second.
    Ratio,
}

/// y and x of each value of a frame.
pub(super) struct Values {
    pub states: Vec<State>,
    pub y: Vec<f64>,
    x: Vec<f64>,
    exact: Option<(Scaled, Scaled)>,
}

impl Values {
    pub fn of(frame: &Frame, columns: &[Column], select: &Select) -> Values {
        let column = |place: usize| &columns[frame.columns[place]];
        let number =
            |place: usize, value: &[u32]| column(place).numbers[value[place] as usize].unwrap_or(Number::zero());
        let state = |place: usize, value: &[u32]| column(place).states[value[place] as usize];
        let mut states = Vec::with_capacity(frame.values.len());
        let (mut ys, mut xs) = (Vec::new(), Vec::new());
        for value in &frame.values {
            let (own, y, x) = match select {
                Select::Number(place) => (state(*place, value), number(*place, value), Number::one()),
                Select::Levels(levels) => {
                    let text = column(0).texts[value[0] as usize].trim();
                    let hit = levels.iter().any(|level| level == text);
                    (state(0, value), if hit { Number::one() } else { Number::zero() }, Number::one())
                }
                Select::Ratio => {
                    let both = match [state(0, value), state(1, value)] {
                        [State::Answer, State::Answer] => State::Answer,
                        [State::DontKnow, _] | [_, State::DontKnow] => State::DontKnow,
                        _ => State::Missing,
                    };
                    (both, number(0, value), number(1, value))
                }
            };
            states.push(own);
            let answer = own == State::Answer;
            ys.push(if answer { y } else { Number::zero() });
            xs.push(if answer { x } else { Number::zero() });
        }
        let float = |numbers: &[Number]| numbers.iter().map(|number| number.float).collect();
        Values { states, y: float(&ys), x: float(&xs), exact: Scaled::of(&ys).zip(Scaled::of(&xs)) }
    }
}

impl Values {
    /// With other numbers for the same answers.
    pub fn replaced(&self, y: &dyn Fn(f64) -> f64) -> Values {
        let ys = self.y.iter().map(|value| y(*value)).collect();
        Values { states: self.states.clone(), y: ys, x: self.x.clone(), exact: None }
    }
}

/// An estimate from the cells of one domain.
pub(super) struct Part {
    pub missing: u64,
    pub dont_know: u64,
    pub point: Result<Figure, Reason>,
    pub weight_sum: f64,
    pub weight_squares: f64,
    /// Of the answers with y = 1 (shares).
    pub hits: u64,
    pub spread: Option<Spread>,
    /// Variance of the estimate from a simple random sample of n.
    pub simple_variance: Option<f64>,
    pub influence: Influence,
}

/// `total`: Σwvy instead of Σwvy / Σwvx. `exact`: the weights as integers, where they are decimals.
pub(super) fn part(
    frame: &Frame,
    cells: &[u32],
    values: &Values,
    weights: &[f64],
    exact: Option<&Scaled>,
    select: &Select,
    total: bool,
) -> Part {
    let (mut n, mut missing, mut dont_know, mut hits) = (0, 0, 0, 0);
    let (mut weight_sum, mut weight_squares) = (Sum::default(), Sum::default());
    let (mut above, mut below) = (Sum::default(), Sum::default());
    let (mut above_exact, mut below_exact) = (Exact::default(), Exact::default());
    let decimal = exact.zip(values.exact.as_ref());
    let mut answers: Vec<u32> = Vec::new();
    for &at in cells {
        let cell = frame.cells[at as usize];
        let (site, value) = (cell.site as usize, cell.value as usize);
        match values.states[value] {
            State::Missing => missing += cell.count,
            State::DontKnow => dont_know += cell.count,
            State::Answer => {
                answers.push(at);
                let (weight, count, y) = (weights[site], cell.count as f64, values.y[value]);
                if weight != 0.0 {
                    n += cell.count;
                    hits += if y == 1.0 { cell.count } else { 0 };
                }
                weight_sum.add(count * weight);
                weight_squares.add(count * (weight * weight));
                match decimal {
                    Some((weights, (ys, xs))) => {
                        above_exact.add(cell.count, weights.values[site], ys.values[value]);
                        below_exact.add(cell.count, weights.values[site], xs.values[value]);
                    }
                    None => {
                        above.add(count * (weight * y));
                        below.add(count * (weight * values.x[value]));
                    }
                }
            }
        }
    }
    let weight_sum = weight_sum.value();
    let mut made = Part {
        missing,
        dont_know,
        point: Err(Reason::NoAnswers),
        weight_sum,
        weight_squares: weight_squares.value(),
        hits,
        spread: None,
        simple_variance: None,
        influence: answers.iter().map(|at| (*at, 0.0)).collect(),
    };
    if n == 0 {
        return made;
    }
    let (point, below) = match decimal {
        Some((weights, (ys, xs))) => {
            let above = above_exact.fraction(weights.places + ys.places);
            let below = below_exact.fraction(weights.places + xs.places);
            let divisor = Figure::exact(below.clone()).float;
            match () {
                () if total => (Ok(Figure::exact(above)), divisor),
                () if below.is_zero() => (Err(Reason::ZeroDenominator), divisor),
                () => (Ok(Figure::exact(above / below)), divisor),
            }
        }
        None => match (above.value(), below.value()) {
            (above, below) if total => (Ok(Figure::float(above)), below),
            (_, 0.0) => (Err(Reason::ZeroDenominator), 0.0),
            // Shares of all or nothing must be just that.
            (_, below) if matches!(select, Select::Levels(_)) && hits == n => (Ok(Figure::float(1.0)), below),
            (above, below) => (Ok(Figure::float(above / below)), below),
        },
    };
    made.point = point;
    let Ok(point) = &made.point else { return made };
    let point = point.float;
    for (at, u) in &mut made.influence {
        let value = frame.cells[*at as usize].value as usize;
        *u = if total { values.y[value] } else { (values.y[value] - point * values.x[value]) / below };
    }
    // What varies between people: y, or for a ratio the influence itself.
    let ratio = matches!(select, Select::Ratio) && !total;
    let varies = |(at, u): &(u32, f64)| if ratio { *u } else { values.y[frame.cells[*at as usize].value as usize] };
    let scaled = |at: u32| {
        let cell = frame.cells[at as usize];
        cell.count as f64 * weights[cell.site as usize]
    };
    let centre = match (ratio, total) {
        (false, false) => point,
        _ => {
            let mut sum = Sum::default();
            made.influence.iter().for_each(|own| sum.add(scaled(own.0) * varies(own)));
            sum.value() / weight_sum
        }
    };
    let mut squares = Sum::default();
    made.influence.iter().for_each(|own| squares.add(scaled(own.0) * (varies(own) - centre).powi(2)));
    let population = squares.value() / weight_sum;
    let sample = (n > 1).then(|| population * (n as f64 / (n as f64 - 1.0)));
    if !ratio {
        made.spread = Some(Spread { population, sample });
    }
    let enlarge = if ratio || total { weight_sum * weight_sum } else { 1.0 };
    made.simple_variance = sample.map(|sample| sample * enlarge / n as f64);
    made
}

/// Σ coefficient · point; exact where all are.
pub(super) fn combined_point(terms: &[(Number, &Part)]) -> Result<Figure, Reason> {
    let mut points = Vec::with_capacity(terms.len());
    for (coefficient, part) in terms {
        points.push((*coefficient, part.point.as_ref().map_err(Clone::clone)?));
    }
    if let [(coefficient, only)] = points.as_slice()
        && coefficient.float == 1.0
    {
        return Ok((*only).clone());
    }
    let exact = points.iter().map(|(coefficient, point)| {
        let coefficient = Scaled::of(&[*coefficient])?;
        let mut sum = Exact::default();
        sum.add(1, coefficient.values[0], 1);
        Some(sum.fraction(coefficient.places) * point.exact.clone()?)
    });
    if let Some(exact) = exact.sum::<Option<BigRational>>() {
        return Ok(Figure::exact(exact));
    }
    let mut sum = Sum::default();
    points.iter().for_each(|(coefficient, point)| sum.add(coefficient.float * point.float));
    Ok(Figure::float(sum.value()))
}
