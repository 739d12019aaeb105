use super::BeginError;
use super::choices::Columns;
use super::instrument::{Instrument, Part};
use super::validity::takes_answer;
use crate::expression::{Expression, Host, Lookup};
use crate::plan::Plan;
use std::cell::Cell;
use std::rc::Rc;

/// What of an item has to be worked out again.
pub(super) mod what {
    pub const RELEVANT: u8 = 1;
    pub const CALCULATION: u8 = 2;
    /// The calculation of an item with a `trigger`, after what it names changed.
    pub const TRIGGER: u8 = 4;
    pub const COUNT: u8 = 8;
    pub const CHOICES: u8 = 16;
    pub const CONSTRAINT: u8 = 32;
}

/// The expressions of one item.
#[derive(Default)]
pub(super) struct Rules {
    pub relevant: Option<Expression>,
    pub constraint: Option<Expression>,
    pub calculation: Option<Expression>,
    pub default: Option<Expression>,
    pub count: Option<Expression>,
    pub filter: Option<Filter>,
    /// What the random order of choices starts from.
    pub seed: Option<Expression>,
}

/// A choice filter, and how it is looked up.
pub(super) struct Filter {
    pub expression: Expression,
    pub lookup: Option<Lookup>,
    /// Place of the list in the plan.
    pub list: usize,
}

/// That an item has to be looked at when another one changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub to: usize,
    /// See [`what`].
    pub what: u8,
    /// In the instances of the other one that have the instance of this frame in common with what changed.
    pub scope: usize,
}

/// The expressions of a questionnaire and what depends on what, so that a change re-evaluates only its dependents. Items
/// stand for all their instances: how much is kept here does not grow with the interview.
pub(super) struct Graph {
    pub plan: Rc<Plan>,
    pub host: &'static dyn Host,
    pub rules: Vec<Rules>,
    /// By the item that changes.
    pub edges: Vec<Vec<Edge>>,
    /// Place of each item in an order in which everything comes after what it depends on.
    pub rank: Vec<usize>,
    pub order: Vec<usize>,
    pub columns: Columns,
    /// How many expressions were evaluated.
    pub evaluated: Cell<u64>,
}

impl Graph {
    pub fn compile(plan: Rc<Plan>, instrument: &Instrument, host: &'static dyn Host) -> Result<Graph, BeginError> {
        let count = instrument.items.len();
        let mut graph = Graph {
            plan,
            host,
            rules: (0..count).map(|_| Rules::default()).collect(),
            edges: vec![Vec::new(); count],
            rank: vec![0; count],
            order: Vec::with_capacity(count),
            columns: Columns::default(),
            evaluated: Cell::new(0),
        };
        for index in 0..count {
            graph.compile_item(instrument, index)?;
        }
        graph.sort(instrument)?;
        Ok(graph)
    }

    fn compile_item(&mut self, instrument: &Instrument, index: usize) -> Result<(), BeginError> {
        let item = &*instrument.items[index];
        let part = instrument.parts[index];
        let mut rules = Rules::default();
        if let Some(parent) = instrument.parents[index] {
            let scope = instrument.common(instrument.frame_of[parent], instrument.frame_of[index]);
            self.add(parent, Edge { to: index, what: what::RELEVANT, scope });
        }
        if part != Part::End {
            rules.relevant = self.compile_rule(instrument, index, item.relevant.as_deref(), what::RELEVANT)?;
        }
        if part == Part::Repeat {
            rules.count = self.compile_rule(instrument, index, item.repeat_count.as_deref(), what::COUNT)?;
        }
        if part == Part::Item && takes_answer(item.kind) {
            rules.constraint = self.compile_rule(instrument, index, item.constraint.as_deref(), what::CONSTRAINT)?;
            if rules.constraint.is_some() {
                self.add(index, Edge { to: index, what: what::CONSTRAINT, scope: instrument.frame_of[index] });
            }
            let triggered = !item.trigger.is_empty();
            let when = if triggered { 0 } else { what::CALCULATION };
            rules.calculation = self.compile_rule(instrument, index, item.calculation.as_deref(), when)?;
            for name in &item.trigger {
                self.depend(instrument, index, name, what::TRIGGER, None)?;
            }
            rules.seed = self.compile_rule(instrument, index, item.seed.as_deref(), what::CHOICES)?;
            rules.default = self.compile_rule(instrument, index, item.default.as_deref(), 0)?;
            if let (Some(text), Some(list)) = (item.choice_filter.as_deref(), instrument.lists[index]) {
                let expression = parse(instrument, index, text, true)?;
                self.watch(instrument, index, &expression, what::CHOICES)?;
                // A label is read in the language of the interview.
                let lookup = expression.lookup().filter(|lookup| lookup.column != "label");
                rules.filter = Some(Filter { lookup, expression, list });
            }
        }
        self.rules[index] = rules;
        Ok(())
    }

    fn compile_rule(
        &mut self,
        instrument: &Instrument,
        index: usize,
        text: Option<&str>,
        what: u8,
    ) -> Result<Option<Expression>, BeginError> {
        let Some(text) = text else { return Ok(None) };
        let expression = parse(instrument, index, text, false)?;
        self.watch(instrument, index, &expression, what)?;
        Ok(Some(expression))
    }

    fn watch(
        &mut self,
        instrument: &Instrument,
        index: usize,
        expression: &Expression,
        what: u8,
    ) -> Result<(), BeginError> {
        let reached = expression.reached(what != what::CHOICES);
        for name in expression.references() {
            let paths = reached.iter().filter(|(found, _)| *found == name);
            let frames = paths.map(|(_, steps)| steps.map_or(0, |steps| instrument.climb(index, steps)));
            self.depend(instrument, index, name, what, frames.reduce(|one, two| instrument.common(one, two)))?;
        }
        Ok(())
    }

    /// `around`: the frame in whose instance it may be read in any place; `None`: only in the instances around.
    fn depend(
        &mut self,
        instrument: &Instrument,
        index: usize,
        name: &str,
        what: u8,
        around: Option<usize>,
    ) -> Result<(), BeginError> {
        let Some(other) = instrument.named(name) else {
            let item = instrument.items[index].name.clone();
            return Err(BeginError::UnknownItem { item, reference: name.to_owned() });
        };
        // A calculation may look at its own value, as `once()` does.
        let own = other == index && matches!(what, what::CALCULATION | what::CONSTRAINT);
        if what != 0 && !own {
            let scope = instrument.common(instrument.frame_of[other], instrument.frame_of[index]);
            let scope = around.map_or(scope, |around| instrument.common(scope, around));
            self.add(other, Edge { to: index, what, scope });
        }
        Ok(())
    }

    fn add(&mut self, from: usize, edge: Edge) {
        match self.edges[from].iter_mut().find(|known| known.to == edge.to && known.scope == edge.scope) {
            Some(known) => known.what |= edge.what,
            None => self.edges[from].push(edge),
        }
    }

    /// The items that have to be worked out after this one: all that look at it but for what a constraint does.
    fn after(&self, item: usize) -> impl Iterator<Item = usize> {
        self.edges[item].iter().filter(|edge| edge.what != what::CONSTRAINT).map(|edge| edge.to)
    }

    /// Kahn's algorithm; what is left over is a cycle or hangs on one.
    fn sort(&mut self, instrument: &Instrument) -> Result<(), BeginError> {
        let count = self.rank.len();
        let mut waiting = vec![0usize; count];
        for item in 0..count {
            self.after(item).for_each(|other| waiting[other] += 1);
        }
        let mut order: Vec<usize> = (0..count).filter(|item| waiting[*item] == 0).collect();
        let mut next = 0;
        while let Some(&item) = order.get(next) {
            self.rank[item] = next;
            next += 1;
            for dependent in self.after(item) {
                waiting[dependent] -= 1;
                if waiting[dependent] == 0 {
                    order.push(dependent);
                }
            }
        }
        self.order = order;
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
            let leads = |other: &usize| waiting[*other] > 0 && self.after(*other).any(|dependent| dependent == item);
            match (0..waiting.len()).find(leads) {
                Some(other) => item = other,
                None => break,
            }
        }
        let start = path.iter().position(|&other| other == item).unwrap_or(0);
        let mut names: Vec<String> = Vec::new();
        for &other in path[start..].iter().rev() {
            let name = &instrument.items[other].name;
            // A repeat and its instance are one to whoever reads this.
            if names.last() != Some(name) {
                names.push(name.clone());
            }
        }
        if names.len() > 1 && names.first() == names.last() {
            names.pop();
        }
        names
    }

    /// Whether an expression asks the clock.
    pub fn asks_clock(&self) -> bool {
        self.rules
            .iter()
            .any(|rules| rules.clocked() != 0 || rules.default.as_ref().is_some_and(Expression::uses_clock))
    }
}

impl Rules {
    /// What has to be worked out again when the clock is told.
    pub fn clocked(&self) -> u8 {
        let asks =
            |rule: &Option<Expression>, what| if rule.as_ref().is_some_and(Expression::uses_clock) { what } else { 0 };
        let filter = self.filter.as_ref().is_some_and(|filter| filter.expression.uses_clock());
        asks(&self.relevant, what::RELEVANT)
            | asks(&self.constraint, what::CONSTRAINT)
            | asks(&self.calculation, what::CALCULATION)
            | asks(&self.count, what::COUNT)
            | if filter { what::CHOICES } else { 0 }
    }
}

fn parse(instrument: &Instrument, index: usize, text: &str, filter: bool) -> Result<Expression, BeginError> {
    let parsed = if filter { Expression::parse_filter(text) } else { Expression::parse(text) };
    parsed.map_err(|error| BeginError::BadExpression { item: instrument.items[index].name.clone(), error })
}
