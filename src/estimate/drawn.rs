//! The design as the sample has it: which primary unit a site lies in, how many units each stratum has, what share of
//! its population was drawn. Domains and missing answers never change it.
use super::layer::Layer;
use super::number::Scaled;
use super::question::{Adjustment, Lonely};
use super::sample::Sample;
use super::{EstimateError, Number};
use rustc_hash::FxHashMap;

pub(super) struct Drawn {
    pub strata: Vec<Layer>,
    pub stratum_of: Vec<u32>,
    /// Primary units, and of each site; None: each row is one.
    pub units: Vec<Layer>,
    pub unit_of: Option<Vec<u32>>,
    pub stratum_of_unit: Vec<u32>,
    /// Secondary unit of each site, where their variance is asked for.
    pub second_of: Option<Vec<u32>>,
    pub seconds: usize,
    /// Base weight of each site's rows.
    pub weights: Vec<f64>,
    /// The same as integers, where they are decimals.
    pub exact: Option<Scaled>,
    pub lonely: Lonely,
    /// No strata, clusters, weights, finite population or known totals.
    pub simple: bool,
}

const NONE: u32 = u32::MAX;

impl Drawn {
    pub fn of(sample: &Sample) -> Result<Drawn, EstimateError> {
        let design = &sample.question.design;
        let at = |name: &String| sample.at_site(name);
        let strata_at = design.strata.as_ref().map(at);
        let cluster_at: Vec<usize> = design.clusters.iter().map(at).collect();
        let rounds = sample.question.rounds.as_ref();
        let shared = rounds.is_some_and(|rounds| rounds.shared == Some(true));
        let round_at = rounds.filter(|_| !shared).map(|rounds| at(&rounds.column));
        let text = |at: usize, code: u32| sample.text(sample.site_columns[at], code).to_owned();
        let code = |at: Option<usize>, site: &[u32]| at.map_or(NONE, |at| site[at]);

        let mut strata: Vec<Layer> = Vec::new();
        let mut stratum_index: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut units: Vec<Layer> = Vec::new();
        let mut stratum_of_unit: Vec<u32> = Vec::new();
        let mut unit_index: FxHashMap<(u32, u32, u32), u32> = FxHashMap::default();
        let mut second_index: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut round_of_cluster: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let (mut stratum_of, mut unit_of, mut second_of) = (Vec::new(), Vec::new(), Vec::new());
        for (site, rows) in sample.sites.iter().zip(&sample.rows) {
            let round = code(round_at, site);
            let stratum = *stratum_index.entry((round, code(strata_at, site))).or_insert_with(|| {
                let name = strata_at.map_or_else(String::new, |at| text(at, site[at]));
                strata.push(Layer { name, units: 0, population: None });
                strata.len() as u32 - 1
            });
            stratum_of.push(stratum);
            let Some(&first) = cluster_at.first() else {
                strata[stratum as usize].units += rows;
                continue;
            };
            let nest = if design.nested { code(strata_at, site) } else { NONE };
            let unit = *unit_index.entry((round, nest, site[first])).or_insert_with(|| {
                units.push(Layer { name: text(first, site[first]), units: 0, population: None });
                stratum_of_unit.push(stratum);
                strata[stratum as usize].units += 1;
                units.len() as u32 - 1
            });
            let home = stratum_of_unit[unit as usize];
            if home != stratum {
                let strata = [home, stratum].map(|stratum| strata[stratum as usize].name.clone());
                return Err(EstimateError::ClusterInTwoStrata { cluster: text(first, site[first]), strata });
            }
            if round_at.is_some() && rounds.is_some_and(|rounds| rounds.shared.is_none()) {
                let before = *round_of_cluster.entry((nest, site[first])).or_insert(round);
                if before != round {
                    return Err(EstimateError::SharedClusters { cluster: text(first, site[first]) });
                }
            }
            unit_of.push(unit);
            if let Some(&second) = cluster_at.get(1) {
                let next = second_index.len() as u32;
                let second = *second_index.entry((unit, site[second])).or_insert_with(|| {
                    units[unit as usize].units += 1;
                    next
                });
                second_of.push(second);
            }
        }
        let mut drawn = Drawn {
            strata,
            stratum_of,
            units,
            unit_of: (!cluster_at.is_empty()).then_some(unit_of),
            stratum_of_unit,
            // Without a finite population the primary units carry the whole variance (ultimate cluster).
            second_of: (cluster_at.len() > 1 && !design.populations.is_empty()).then_some(second_of),
            seconds: second_index.len(),
            weights: Vec::new(),
            exact: None,
            lonely: design.lonely,
            simple: design.strata.is_none()
                && design.clusters.is_empty()
                && design.weight.is_none()
                && design.populations.is_empty()
                && sample.question.adjustment.is_none(),
        };
        drawn.populate(sample)?;
        drawn.weigh(sample)?;
        drawn.refuse_lonely()?;
        Ok(drawn)
    }

    /// Reads the population sizes.
    fn populate(&mut self, sample: &Sample) -> Result<(), EstimateError> {
        for (stage, name) in sample.question.design.populations.iter().enumerate() {
            let at = sample.at_site(name);
            let column = &sample.columns[sample.site_columns[at]];
            let size = |code: u32| column.numbers[code as usize].map(|number| number.float);
            // Inf has no number.
            let sizes = || sample.sites.iter().map(|site| size(site[at]).unwrap_or(f64::INFINITY));
            let fractions = sizes().all(|size| size <= 1.0);
            if !fractions && sizes().any(|size| size < 1.0) {
                return Err(EstimateError::PopulationMixed { column: name.clone() });
            }
            let (layers, of): (&mut Vec<Layer>, &[u32]) = match (stage, &self.unit_of) {
                (0, _) => (&mut self.strata, &self.stratum_of),
                (_, Some(unit_of)) => (&mut self.units, unit_of),
                _ => unreachable!("two population columns need two cluster columns"),
            };
            let mut seen: Vec<Option<f64>> = vec![None; layers.len()];
            for (layer, size) in of.iter().zip(sizes()) {
                let before = *seen[*layer as usize].get_or_insert(size);
                if before != size {
                    let unit = layers[*layer as usize].name.clone();
                    return Err(EstimateError::PopulationVaries { unit, column: name.clone() });
                }
            }
            for (layer, size) in layers.iter_mut().zip(seen) {
                let size = size.unwrap_or(f64::INFINITY);
                let population = if fractions { layer.units as f64 / size } else { size };
                if population < layer.units as f64 {
                    let (unit, drawn) = (layer.name.clone(), layer.units);
                    return Err(EstimateError::PopulationTooSmall { unit, population, drawn });
                }
                layer.population = Some(population).filter(|population| population.is_finite());
            }
        }
        Ok(())
    }

    fn weigh(&mut self, sample: &Sample) -> Result<(), EstimateError> {
        let design = &sample.question.design;
        if let Some(name) = &design.weight {
            let at = sample.at_site(name);
            let column = &sample.columns[sample.site_columns[at]];
            let number = |site: &[u32]| column.numbers[site[at] as usize].expect("every weight was read");
            let numbers: Vec<Number> = sample.sites.iter().map(|site| number(site)).collect();
            self.weights = numbers.iter().map(|number| number.float).collect();
            self.exact = Scaled::of(&numbers).filter(|_| sample.question.adjustment.is_none());
            return Ok(());
        }
        if design.populations.is_empty() {
            self.weights = vec![1.0; sample.sites.len()];
            self.exact = Some(Scaled { values: vec![1; sample.sites.len()], places: 0 })
                .filter(|_| sample.question.adjustment.is_none());
            return Ok(());
        }
        // As R does: 1/probability is N/n at each stage.
        let known = |layer: &Layer| layer.population.map(|population| population / layer.units as f64);
        for (at, stratum) in self.stratum_of.iter().enumerate() {
            let mut weight = known(&self.strata[*stratum as usize]);
            if let (Some(unit_of), 2) = (&self.unit_of, design.clusters.len()) {
                let second = known(&self.units[unit_of[at] as usize]);
                weight = weight.zip(second).map(|(first, second)| first * second);
            }
            self.weights.push(weight.ok_or(EstimateError::Invalid {
                what: "--fpc does not give the weights, since a population is infinite or not given; give --weight",
                zh: "总体无限或未给出，无法由 --fpc 推出权数；请给出 --weight",
            })?);
        }
        Ok(())
    }

    fn refuse_lonely(&self) -> Result<(), EstimateError> {
        if self.lonely != Lonely::Refuse {
            return Ok(());
        }
        let seconds = self.units.iter().filter(|_| self.second_of.is_some());
        match self.strata.iter().chain(seconds).find(|layer| layer.units == 1 && !layer.is_census()) {
            Some(layer) => Err(EstimateError::LonelyUnit { unit: layer.name.clone() }),
            None => Ok(()),
        }
    }

    /// Whether the adjustment keeps every row in the variance.
    pub fn adjusted(sample: &Sample) -> Option<&Adjustment> {
        sample.question.adjustment.as_ref()
    }
}
