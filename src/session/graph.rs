use super::instrument::Instrument;
use super::{Answer, BeginError, Draft};
use crate::expression::{Expression, Value, Values};
use std::collections::{BTreeMap, BTreeSet};

/// The expressions of a questionnaire and what depends on what, so that a change re-evaluates only its dependents.
pub(super) struct Graph {
    relevant: Vec<Option<Expression>>,
    constraint: Vec<Option<Expression>>,
    /// Items whose relevance reads this item's value or lies inside this group.
    dependents: Vec<Vec<usize>>,
    /// Items whose constraint reads this item's value, the item itself included.
    constrained: Vec<Vec<usize>>,
    /// Place of each item in an order in which everything comes after what it depends on.
    rank: Vec<usize>,
    order: Vec<usize>,
}

impl Graph {
    pub fn compile(instrument: &Instrument) -> Result<Graph, BeginError> {
        let count = instrument.items.len();
        let mut graph = Graph {
            relevant: Vec::with_capacity(count),
            constraint: Vec::with_capacity(count),
            dependents: vec![Vec::new(); count],
            constrained: vec![Vec::new(); count],
            rank: vec![0; count],
            order: Vec::with_capacity(count),
        };
        for (index, item) in instrument.items.iter().enumerate() {
            let relevant = compile(instrument, index, item.relevant.as_deref(), &mut graph.dependents)?;
            graph.relevant.push(relevant);
            let constraint = compile(instrument, index, item.constraint.as_deref(), &mut graph.constrained)?;
            if constraint.is_some() && !graph.constrained[index].contains(&index) {
                graph.constrained[index].push(index);
            }
            graph.constraint.push(constraint);
            if let Some(parent) = instrument.parents[index] {
                graph.dependents[parent].push(index);
            }
        }
        graph.sort(instrument)?;
        Ok(graph)
    }

    /// Kahn's algorithm; what is left over is a cycle or hangs on one.
    fn sort(&mut self, instrument: &Instrument) -> Result<(), BeginError> {
        let count = self.rank.len();
        let mut waiting = vec![0usize; count];
        for item in self.dependents.iter().flatten() {
            waiting[*item] += 1;
        }
        self.order.extend((0..count).filter(|item| waiting[*item] == 0));
        let mut next = 0;
        while let Some(&item) = self.order.get(next) {
            self.rank[item] = next;
            next += 1;
            for &dependent in &self.dependents[item] {
                waiting[dependent] -= 1;
                if waiting[dependent] == 0 {
                    self.order.push(dependent);
                }
            }
        }
        if next == count {
            return Ok(());
        }
        Err(BeginError::Cycle(self.find_cycle(&waiting, instrument)))
    }

    /// Walks back along unfinished items until one comes again: each of them waits for another one.
    fn find_cycle(&self, waiting: &[usize], instrument: &Instrument) -> Vec<String> {
        let mut path: Vec<usize> = Vec::new();
        let mut item = waiting.iter().position(|&left| left > 0).unwrap_or(0);
        while !path.contains(&item) {
            path.push(item);
            let before = (0..waiting.len()).find(|&other| waiting[other] > 0 && self.dependents[other].contains(&item));
            match before {
                Some(other) => item = other,
                None => break,
            }
        }
        let start = path.iter().position(|&other| other == item).unwrap_or(0);
        path[start..].iter().rev().map(|&other| instrument.items[other].name.clone()).collect()
    }

    /// Relevance of everything, from nothing.
    pub fn settle_all(&self, instrument: &Instrument, draft: &Draft) -> Vec<bool> {
        let mut shown = vec![false; self.order.len()];
        for &item in &self.order {
            shown[item] = self.evaluate_relevant(instrument, draft, &shown, item);
        }
        shown
    }

    /// Brings `shown` up to date after the value of `changed` changed; answers what appeared or went away, and whose
    /// constraint has to be looked at again.
    pub fn settle(
        &self,
        instrument: &Instrument,
        draft: &Draft,
        shown: &mut [bool],
        changed: usize,
    ) -> (Vec<usize>, Vec<usize>) {
        let mut turned = Vec::new();
        let mut constrained = self.constrained[changed].clone();
        let mut dirty: BTreeSet<usize> = self.dependents[changed].iter().map(|&item| self.rank[item]).collect();
        while let Some(rank) = dirty.pop_first() {
            let item = self.order[rank];
            let now = self.evaluate_relevant(instrument, draft, shown, item);
            if now != shown[item] {
                shown[item] = now;
                turned.push(item);
                constrained.extend(&self.constrained[item]);
                dirty.extend(self.dependents[item].iter().map(|&other| self.rank[other]));
            }
        }
        turned.sort_unstable();
        constrained.sort_unstable();
        constrained.dedup();
        (turned, constrained)
    }

    fn evaluate_relevant(&self, instrument: &Instrument, draft: &Draft, shown: &[bool], item: usize) -> bool {
        instrument.parents[item].is_none_or(|parent| shown[parent])
            && self.relevant[item].as_ref().is_none_or(|expression| {
                // `.` has no value here: relevance that read the item itself would be a circle of one.
                expression.holds(&Scene { instrument, draft, shown, own: None })
            })
    }

    /// Whether the item's constraint accepts its value. An empty value is never refused: ODK XForms 1.0, `constraint`.
    pub fn accepts(&self, instrument: &Instrument, draft: &Draft, shown: &[bool], item: usize) -> bool {
        !draft.answers.contains_key(&instrument.items[item].name)
            || self.constraint[item]
                .as_ref()
                .is_none_or(|expression| expression.holds(&Scene { instrument, draft, shown, own: Some(item) }))
    }
}

fn compile(
    instrument: &Instrument,
    index: usize,
    text: Option<&str>,
    edges: &mut [Vec<usize>],
) -> Result<Option<Expression>, BeginError> {
    let Some(text) = text else { return Ok(None) };
    let name = || instrument.items[index].name.clone();
    let expression = Expression::parse(text).map_err(|error| BeginError::BadExpression { item: name(), error })?;
    for reference in expression.references() {
        let Some(other) = instrument.index(reference) else {
            return Err(BeginError::UnknownItem { item: name(), reference: reference.to_owned() });
        };
        if !edges[other].contains(&index) {
            edges[other].push(index);
        }
    }
    Ok(Some(expression))
}

/// What an expression sees: the values of relevant items. ODK gives an irrelevant item the empty value.
struct Scene<'a> {
    instrument: &'a Instrument,
    draft: &'a Draft,
    shown: &'a [bool],
    own: Option<usize>,
}

impl Scene<'_> {
    fn read(&self, item: usize) -> Value {
        match self.draft.answers.get(&self.instrument.items[item].name) {
            Some(Answer::Text(text)) => Value::Text(text.clone()),
            Some(Answer::Integer(number)) => Value::integer(*number),
            Some(Answer::Choices(choices)) => Value::Text(choices.join(" ")),
            Some(Answer::Grid(grid)) => {
                let grades: Vec<&str> = grid.values().flat_map(BTreeMap::values).map(String::as_str).collect();
                Value::Text(grades.join(" "))
            }
            None => Value::empty(),
        }
    }
}

impl Values for Scene<'_> {
    fn value(&self, name: &str) -> Value {
        match self.instrument.index(name) {
            Some(item) if self.shown[item] => self.read(item),
            _ => Value::empty(),
        }
    }
    fn own(&self) -> Value {
        self.own.map_or_else(Value::empty, |item| self.read(item))
    }
}
