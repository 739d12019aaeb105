use super::Counted;
use crate::estimate::Layer;
use crate::ledger::Domain;
use crate::plan::Plan;
use std::collections::BTreeMap;

/// How the raters of a round count as a sample: strata are the rater groups that have a weight, crossed with the plan's
/// strata.
pub(super) struct Design {
    pub layers: Vec<Layer>,
    index: BTreeMap<(Option<u16>, Option<u16>), u32>,
    /// W_g by place in the plan; empty: raters are pooled.
    pub weights: Vec<f64>,
    /// Ids of strata or rater groups with more records than people.
    pub overfull: Vec<String>,
}

impl Design {
    pub fn of(counted: &Counted<'_>, round: u16) -> Design {
        let plan = counted.tally().codebook().plan();
        let weighted = plan.rater_groups.iter().any(|group| group.weight.is_some());
        let weight =
            |weight: Option<crate::plan::Decimal>| weight.map_or(0.0, |weight| weight.millionths() as f64 / 1e6);
        let weights = plan.rater_groups.iter().map(|group| weight(group.weight)).filter(|_| weighted).collect();
        let mut made = Design { layers: Vec::new(), index: BTreeMap::new(), weights, overfull: Vec::new() };
        let mut units: BTreeMap<(Option<u16>, Option<u16>), u64> = BTreeMap::new();
        for (domain, counts) in counted.tally().domains().iter().filter(|(domain, _)| domain.round == round) {
            *units.entry(made.key(domain)).or_default() += counts.records;
        }
        for ((group, stratum), records) in units.into_iter().filter(|(_, records)| *records > 0) {
            let (name, people) = population(plan, group, stratum);
            let fits = people.filter(|people| *people >= records);
            if people.is_some() && fits.is_none() {
                made.overfull.push(name.clone());
            }
            made.index.insert((group, stratum), made.layers.len() as u32);
            made.layers.push(Layer { name, units: records, population: fits.map(|people| people as f64) });
        }
        made
    }

    fn key(&self, domain: &Domain) -> (Option<u16>, Option<u16>) {
        (domain.rater_group.filter(|_| !self.weights.is_empty()), domain.stratum)
    }

    /// The layer of a record that counts.
    pub fn layer(&self, domain: &Domain) -> u32 {
        self.index[&self.key(domain)]
    }

    /// The part of the score that a record belongs to, and its weight.
    pub fn part(&self, domain: &Domain) -> (usize, f64) {
        match domain.rater_group.filter(|_| !self.weights.is_empty()) {
            Some(group) => (group as usize, self.weights[group as usize]),
            None => (0, 1.0),
        }
    }

    pub fn parts(&self) -> usize {
        self.weights.len().max(1)
    }
}

/// How many people a layer was drawn from. Of a rater group within a stratum nobody has said it.
fn population(plan: &Plan, group: Option<u16>, stratum: Option<u16>) -> (String, Option<u64>) {
    let group = group.map(|at| &plan.rater_groups[at as usize]);
    let stratum = stratum.map(|at| &plan.strata[at as usize]);
    match (group, stratum) {
        (Some(group), None) if plan.strata.is_empty() => (group.id.clone(), group.population),
        (None, Some(stratum)) => (stratum.id.clone(), stratum.population),
        (group, stratum) => {
            let ids = [group.map(|group| group.id.as_str()), stratum.map(|stratum| stratum.id.as_str())];
            (ids.into_iter().flatten().collect::<Vec<_>>().join(" / "), None)
        }
    }
}
