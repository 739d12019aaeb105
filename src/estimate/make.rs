//! All estimates of a question.

mod whole;

use super::adjust::Adjusted;
use super::drawn::Drawn;
use super::number::{Number, Sum};
use super::part::{Part, Select, Values, combined_point, part};
use super::quantile::{beta_quantile, normal_quantile, t_tail, t_two_sided};
use super::question::{Asked, Question, Reference, ShareInterval};
use super::result::{Compared, Estimated, Estimates, Factor, Kind, Reason, Test, holm};
use super::sample::{Frame, Sample, State, analysed};
use super::variance::{Influence, Maker, combine};
use super::{EstimateError, Figure};
use crate::tally::wilson_bounds;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
pub use whole::share_basis;
use whole::{Alone, Whole};

/// Pairs grow with the square of the groups.
const GROUPS: usize = 1000;

/// Makes the estimates that the sample was read for.
pub fn estimate(sample: &Sample) -> Result<Estimates, EstimateError> {
    let drawn = Drawn::of(sample)?;
    let adjusted = Adjusted::of(sample, &drawn)?;
    let leaves = Leaves::of(sample)?;
    let question = &sample.question;
    if question.differences && leaves.domains.len() > GROUPS {
        return Err(EstimateError::TooManyPairs { groups: leaves.domains.len() });
    }
    let maker = Maker { drawn: &drawn, adjusted: adjusted.as_ref() };
    let mut rows = Vec::new();
    for asked in &question.asked {
        let columns: Vec<usize> = analysed(asked).into_iter().map(|name| sample.column(name)).collect();
        let frame = sample.frames.iter().find(|frame| frame.columns == columns);
        let frame = frame.expect("a frame was read for everything asked");
        let cells = leaves.cells(frame);
        let desk = Desk { sample, maker: &maker, leaves: &leaves, frame, cells: &cells };
        match asked {
            Asked::Quantile(column, p) => desk.quantiles(column, *p, &mut rows),
            _ => desk.estimates(asked, &mut rows),
        }
    }
    let compares = |row: &Estimated| match row.compared {
        Compared::Nothing => 0,
        Compared::Domain(_) => 1,
        Compared::Round(_) => 2,
    };
    for family in [1, 2] {
        let members: Vec<usize> = (0..rows.len()).filter(|at| compares(&rows[*at]) == family).collect();
        let p: Vec<Option<f64>> = members.iter().map(|at| rows[*at].test.and_then(|test| test.p)).collect();
        for (at, p) in members.into_iter().zip(holm(&p)) {
            if let Some(test) = &mut rows[at].test {
                test.p_holm = p;
            }
        }
    }
    let records = sample.rows.iter().sum();
    let outside =
        leaves.of_site.iter().zip(&sample.rows).filter(|(leaf, _)| leaf.is_none()).map(|(_, rows)| rows).sum();
    let factors = adjusted.iter().flat_map(|adjusted| &adjusted.classes).map(|class| Factor {
        category: class.names.clone(),
        rows: class.rows,
        base: class.base,
        factor: class.factor,
    });
    Ok(Estimates {
        rows,
        factors: factors.collect(),
        by: question.by.clone(),
        records,
        outside,
        strata: drawn.strata.len(),
        units: drawn.strata.iter().map(|stratum| stratum.units).sum(),
        simple: drawn.simple,
    })
}

/// The smallest pieces of the sample that estimates are put together from: domain, round and group.
struct Leaves {
    of_site: Vec<Option<u32>>,
    domains: Vec<Vec<String>>,
    /// In order of time; one None where there are no rounds.
    rounds: Vec<Option<String>>,
    /// With their weights; one None where there are no groups.
    groups: Vec<(Option<String>, Number)>,
    /// By domain, round and group: one after the other.
    count: usize,
}

impl Leaves {
    fn of(sample: &Sample) -> Result<Leaves, EstimateError> {
        let question = &sample.question;
        let by: Vec<usize> = question.by.iter().map(|name| sample.at_site(name)).collect();
        let text = |at: usize, site: &[u32]| sample.text(sample.site_columns[at], site[at]).trim();
        let rounds: Vec<Option<String>> = match &question.rounds {
            None => vec![None],
            Some(rounds) if !rounds.order.is_empty() => rounds.order.iter().cloned().map(Some).collect(),
            Some(rounds) => {
                let column = &sample.columns[sample.column(&rounds.column)];
                column.texts.iter().map(|text| Some(text.trim().to_owned())).collect()
            }
        };
        let groups: Vec<(Option<String>, Number)> = match &question.groups {
            None => vec![(None, Number::one())],
            Some(groups) => groups.weights.iter().map(|(name, weight)| (Some(name.clone()), *weight)).collect(),
        };
        let round_at = question.rounds.as_ref().map(|rounds| sample.at_site(&rounds.column));
        let group_at = question.groups.as_ref().map(|groups| sample.at_site(&groups.column));
        let only: Vec<(usize, &Vec<String>)> =
            question.only.iter().map(|(name, values)| (sample.at_site(name), values)).collect();
        let domain_of = |site: &[u32]| -> Option<Vec<String>> {
            if !only.iter().all(|(at, values)| values.iter().any(|value| value == text(*at, site))) {
                return None;
            }
            let mut domain = Vec::with_capacity(by.len());
            for &at in &by {
                let column = &sample.columns[sample.site_columns[at]];
                (column.states[site[at] as usize] == State::Answer).then_some(())?;
                domain.push(text(at, site).to_owned());
            }
            Some(domain)
        };
        let mut index: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        let domains: Vec<Option<Vec<String>>> = sample.sites.iter().map(|site| domain_of(site)).collect();
        domains.iter().flatten().for_each(|domain| _ = index.insert(domain.clone(), 0));
        if by.is_empty() {
            // The whole sample is a domain even where the filter leaves nobody.
            index.insert(Vec::new(), 0);
        }
        index.values_mut().enumerate().for_each(|(at, value)| *value = at as u32);
        let place = |at: Option<usize>, names: &[Option<&str>], site: &[u32]| match at {
            None => Some(0),
            Some(at) => names.iter().position(|name| *name == Some(text(at, site))),
        };
        let round_names: Vec<Option<&str>> = rounds.iter().map(Option::as_deref).collect();
        let group_names: Vec<Option<&str>> = groups.iter().map(|(name, _)| name.as_deref()).collect();
        let of_site = sample.sites.iter().zip(domains).map(|(site, domain)| {
            let domain = index[&domain?] as usize;
            let round = place(round_at, &round_names, site)?;
            let group = place(group_at, &group_names, site)?;
            Some(((domain * rounds.len() + round) * groups.len() + group) as u32)
        });
        let of_site: Vec<Option<u32>> = of_site.collect();
        drop((round_names, group_names));
        let count = index.len() * rounds.len() * groups.len();
        Ok(Leaves { of_site, domains: index.into_keys().collect(), rounds, groups, count })
    }

    fn at(&self, domain: usize, round: usize, group: usize) -> usize {
        (domain * self.rounds.len() + round) * self.groups.len() + group
    }

    /// Cells of each leaf.
    fn cells(&self, frame: &Frame) -> Vec<Vec<u32>> {
        let mut cells = vec![Vec::new(); self.count];
        for (at, cell) in frame.cells.iter().enumerate() {
            if let Some(leaf) = self.of_site[cell.site as usize] {
                cells[leaf as usize].push(at as u32);
            }
        }
        cells
    }
}

struct Desk<'a> {
    sample: &'a Sample,
    maker: &'a Maker<'a>,
    leaves: &'a Leaves,
    frame: &'a Frame,
    cells: &'a [Vec<u32>],
}

/// One quantity asked for: the sum of coefficient times part.
struct Quantity {
    kind: Kind,
    of: String,
    level: Option<String>,
    terms: Vec<(Number, Select)>,
}

impl Desk<'_> {
    fn question(&self) -> &Question {
        &self.sample.question
    }

    fn quantities(&self, asked: &Asked) -> Vec<Quantity> {
        let one = |kind, of: &str, level: Option<String>, select| Quantity {
            kind,
            of: of.to_owned(),
            level,
            terms: vec![(Number::one(), select)],
        };
        match asked {
            Asked::Mean(y) => vec![one(Kind::Mean, y, None, Select::Number(0))],
            Asked::Total(y, None) => vec![one(Kind::Total, y, None, Select::Number(0))],
            Asked::Total(y, Some(levels)) => {
                vec![one(Kind::Total, y, Some(levels.join("|")), Select::Levels(levels.clone()))]
            }
            Asked::Proportion(y, Some(levels)) => {
                vec![one(Kind::Proportion, y, Some(levels.join("|")), Select::Levels(levels.clone()))]
            }
            Asked::Proportion(y, None) => {
                let levels = self.levels().into_iter();
                levels.map(|level| one(Kind::Proportion, y, Some(level.clone()), Select::Levels(vec![level]))).collect()
            }
            Asked::Ratio(y, x) => vec![one(Kind::Ratio, &[y, "/", x].concat(), None, Select::Ratio)],
            Asked::Index(name, parts) => {
                let terms = parts.iter().enumerate().map(|(at, (_, weight))| (*weight, Select::Number(at)));
                vec![Quantity { kind: Kind::Index, of: name.clone(), level: None, terms: terms.collect() }]
            }
            Asked::Quantile(..) => Vec::new(),
        }
    }

    /// Answers of the frame's column: as its points are listed, or sorted.
    fn levels(&self) -> Vec<String> {
        let column = &self.sample.columns[self.frame.columns[0]];
        if let Some(points) = &column.scores {
            return points.iter().map(|(grade, _)| grade.clone()).collect();
        }
        let answers = column.texts.iter().zip(&column.states).filter(|(_, state)| **state == State::Answer);
        let mut levels: Vec<String> = answers.map(|(text, _)| text.trim().to_owned()).collect();
        levels.dedup();
        levels
    }

    fn estimates(&self, asked: &Asked, rows: &mut Vec<Estimated>) {
        let leaves = self.leaves;
        for quantity in self.quantities(asked) {
            let exact = self.maker.drawn.exact.as_ref().filter(|_| self.maker.adjusted.is_none());
            let total = quantity.kind == Kind::Total;
            // By term and leaf.
            let parts: Vec<Vec<Part>> = quantity
                .terms
                .iter()
                .map(|(_, select)| {
                    let values = Values::of(self.frame, &self.sample.columns, select);
                    let of =
                        |cells: &Vec<u32>| part(self.frame, cells, &values, self.maker.weights(), exact, select, total);
                    self.cells.iter().map(of).collect()
                })
                .collect();
            let at = |domain: usize, round: usize| {
                let mut terms: Vec<(Number, &Part)> = Vec::new();
                for ((weight, _), parts) in quantity.terms.iter().zip(&parts) {
                    for (group, (name, of_group)) in leaves.groups.iter().enumerate() {
                        let part = &parts[leaves.at(domain, round, group)];
                        let weight = if name.is_some() { weight.times(*of_group) } else { *weight };
                        terms.push((weight, part));
                    }
                }
                terms
            };
            let whole: Vec<Vec<Whole>> = (0..leaves.domains.len())
                .map(|domain| (0..leaves.rounds.len()).map(|round| self.whole(&at(domain, round))).collect())
                .collect();
            let row = |whole: &Whole, domain: usize, round: usize, compared: Compared, test: Option<Test>| Estimated {
                kind: quantity.kind,
                of: quantity.of.clone(),
                level: quantity.level.clone(),
                domain: leaves.domains[domain].clone(),
                round: leaves.rounds[round].clone(),
                compared,
                test,
                ..whole.told(self, quantity.kind)
            };
            for (domain, own) in whole.iter().enumerate() {
                for (round, one) in own.iter().enumerate() {
                    rows.push(row(one, domain, round, Compared::Nothing, None));
                }
            }
            for (domain, own) in whole.iter().enumerate() {
                for (round, pair) in own.windows(2).enumerate() {
                    let (difference, test) = self.difference(&pair[1], &pair[0]);
                    let before = leaves.rounds[round].clone().unwrap_or_default();
                    rows.push(row(&difference, domain, round + 1, Compared::Round(before), Some(test)));
                }
            }
            if !self.question().differences {
                continue;
            }
            for round in 0..leaves.rounds.len() {
                for second in 0..whole.len() {
                    for first in 0..second {
                        let (difference, test) = self.difference(&whole[first][round], &whole[second][round]);
                        let against = Compared::Domain(leaves.domains[second].clone());
                        rows.push(row(&difference, first, round, against, Some(test)));
                    }
                }
            }
        }
    }

    /// Σ coefficient · part.
    fn whole(&self, terms: &[(Number, &Part)]) -> Whole {
        // A group of weight 0 is not asked for.
        let terms: Vec<(Number, &Part)> = terms.iter().filter(|(weight, _)| weight.float != 0.0).copied().collect();
        let influences: Vec<(f64, &Influence)> =
            terms.iter().map(|(weight, part)| (weight.float, &part.influence)).collect();
        let influence = combine(&influences);
        let mut point = combined_point(&terms);
        if self.leaves.groups.len() > 1
            && let Some(at) = terms.iter().position(|(_, part)| part.point.is_err())
            && terms.iter().any(|(_, part)| part.point.is_ok())
        {
            let name = self.leaves.groups.iter().filter(|(_, weight)| weight.float != 0.0).cycle().nth(at);
            point = Err(Reason::NoAnswersFrom(name.and_then(|(name, _)| name.clone()).unwrap_or_default()));
        }
        let weights = self.maker.weights();
        let count = |cell: &(u32, f64)| {
            let cell = self.frame.cells[cell.0 as usize];
            if weights[cell.site as usize] != 0.0 { cell.count } else { 0 }
        };
        let alone = match terms.as_slice() {
            [(weight, part)] if weight.float == 1.0 => Some(Alone::of(part)),
            _ => None,
        };
        // Don't-knows of several items would be added up over the same people.
        let sum = |of: fn(&Part) -> u64| terms.iter().map(|(_, part)| of(part)).sum();
        Whole {
            n: influence.iter().map(count).sum(),
            missing: sum(|part| part.missing),
            dont_know: sum(|part| part.dont_know),
            df: self.maker.degrees(self.frame, &[&influence]),
            variance: self.variance(&point, &influence),
            point,
            influence,
            alone,
        }
    }

    fn variance(&self, point: &Result<Figure, Reason>, influence: &Influence) -> Result<f64, Reason> {
        point.as_ref().map_err(Clone::clone)?;
        match self.maker.matrix(self.frame, [influence]) {
            // Rounding can leave a little below 0 where nothing varies.
            Some([[variance]]) => Ok(variance.max(0.0)),
            None => Err(Reason::NothingToAverage),
        }
    }

    fn difference(&self, a: &Whole, b: &Whole) -> (Whole, Test) {
        let influence = combine(&[(1.0, &a.influence), (-1.0, &b.influence)]);
        let point = match (&a.point, &b.point) {
            (Ok(a), Ok(b)) => Ok(match (&a.exact, &b.exact) {
                (Some(a), Some(b)) => Figure::exact(a - b),
                _ => Figure::float(a.float - b.float),
            }),
            (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
        };
        let variance = self.variance(&point, &influence);
        let both = self.maker.matrix(self.frame, [&a.influence, &b.influence]);
        let covariance = both.filter(|_| point.is_ok()).map(|matrix| matrix[0][1]);
        let df = self.maker.degrees(self.frame, &[&influence]);
        let t = match (&point, &variance) {
            (Ok(point), Ok(variance)) if *variance > 0.0 && df > 0 => Some(point.float / variance.sqrt()),
            _ => None,
        };
        let p = t.map(|t| t_tail(t, df as f64));
        let whole = Whole {
            n: a.n + b.n,
            missing: a.missing + b.missing,
            dont_know: a.dont_know + b.dont_know,
            df,
            variance,
            point,
            influence,
            alone: None,
        };
        (whole, Test { covariance, t, p, p_holm: None })
    }
}

impl Desk<'_> {
    /// The smallest value with at least the share p at or below it (R's `qrule = "math"`), and Woodruff's interval
    /// (1952): the quantiles at the ends of the interval of that share. Standard error: the interval's half width / t.
    fn quantiles(&self, column: &str, p: f64, rows: &mut Vec<Estimated>) {
        let values = Values::of(self.frame, &self.sample.columns, &Select::Number(0));
        let weights = self.maker.weights();
        for (domain, cells) in self.cells.iter().enumerate() {
            let mut by_value: Vec<u32> = (0..values.y.len() as u32).collect();
            by_value.sort_by(|a, b| values.y[*a as usize].total_cmp(&values.y[*b as usize]));
            let mut sums: FxHashMap<u32, Sum> = FxHashMap::default();
            let mut whole = Sum::default();
            let answers: Vec<u32> = cells
                .iter()
                .copied()
                .filter(|at| values.states[self.frame.cells[*at as usize].value as usize] == State::Answer)
                .collect();
            for at in &answers {
                let cell = self.frame.cells[*at as usize];
                let weight = weights[cell.site as usize] * cell.count as f64;
                sums.entry(cell.value).or_default().add(weight);
                whole.add(weight);
            }
            let mut steps: Vec<(f64, f64)> = Vec::new();
            let mut running = Sum::default();
            for value in by_value {
                if let Some(sum) = sums.get(&value).filter(|sum| sum.value() > 0.0) {
                    running.add(sum.value());
                    steps.push((values.y[value as usize], running.value() / whole.value()));
                }
            }
            // A share that differs from p by rounding is p.
            let at = |p: f64| steps.iter().find(|(_, share)| *share >= p - 1e-12).map(|(value, _)| *value);
            let part_of = |y: &dyn Fn(f64) -> f64| {
                let shares = values.replaced(y);
                part(self.frame, cells, &shares, weights, None, &Select::Number(0), false)
            };
            let found = at(p).filter(|_| !steps.is_empty());
            let share = part_of(&|value| f64::from(u8::from(found.is_some_and(|found| value <= found))));
            let whole = self.whole(&[(Number::one(), &share)]);
            let told = whole.told(self, Kind::Quantile);
            let interval = told.interval.clone().and_then(|(low, high)| {
                let inside = |p: f64| if (0.0..=1.0).contains(&p) { at(p) } else { None };
                inside(low).zip(inside(high)).ok_or(Reason::BeyondTheData)
            });
            let t = (told.df > 0).then(|| t_two_sided(1.0 - self.question().level, told.df as f64));
            let se =
                interval.clone().and_then(|(low, high)| t.map(|t| (high - low) / (2.0 * t)).ok_or(Reason::NoDegrees));
            rows.push(Estimated {
                kind: Kind::Quantile,
                of: column.to_owned(),
                level: Some(p.to_string()),
                domain: self.leaves.domains[domain].clone(),
                estimate: found.map(Figure::float).ok_or(Reason::NoAnswers),
                se,
                interval,
                deff: None,
                n_eff: None,
                spread: None,
                ..told
            });
        }
    }
}
