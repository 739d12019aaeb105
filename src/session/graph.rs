use super::fit::from_text;
use super::instrument::Instrument;
use super::{Answer, BeginError, Draft};
use crate::expression::{Expression, Host, Moment, Node, Value, Values};
use crate::named::Named;
use crate::plan::{Plan, Text, pick};
use std::rc::Rc;

/// The expressions of a questionnaire and what depends on what, so that a change re-evaluates only its dependents.
pub(super) struct Graph {
    plan: Rc<Plan>,
    host: &'static dyn Host,
    relevant: Vec<Option<Expression>>,
    constraint: Vec<Option<Expression>>,
    calculation: Vec<Option<Expression>>,
    default: Vec<Option<Expression>>,
    /// Items whose relevance or calculation reads this item's value, or that lie inside this group.
    dependents: Vec<Vec<usize>>,
    /// Items whose constraint reads this item's value, the item itself included.
    constrained: Vec<Vec<usize>>,
    /// Place of each item in an order in which everything comes after what it depends on.
    rank: Vec<usize>,
    order: Vec<usize>,
}

/// What a change brought with it, by index of the items.
pub(super) struct Settled {
    /// Calculations with another value.
    pub values: Vec<usize>,
    /// What appeared or went away.
    pub relevance: Vec<usize>,
    /// Whose constraint has to be looked at again.
    pub validity: Vec<usize>,
}

impl Graph {
    pub fn compile(plan: Rc<Plan>, instrument: &Instrument, host: &'static dyn Host) -> Result<Graph, BeginError> {
        let count = instrument.items.len();
        let mut graph = Graph {
            plan,
            host,
            relevant: Vec::with_capacity(count),
            constraint: Vec::with_capacity(count),
            calculation: Vec::with_capacity(count),
            default: Vec::with_capacity(count),
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
            let calculation = compile(instrument, index, item.calculation.as_deref(), &mut graph.dependents)?;
            // A calculation may look at its own value, as `once()` does.
            graph.dependents[index].retain(|&other| other != index || calculation.is_none());
            graph.calculation.push(calculation);
            let unwatched = &mut vec![Vec::new(); count];
            graph.default.push(compile(instrument, index, item.default.as_deref(), unwatched)?);
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

    /// Relevance and calculations of everything, from nothing.
    pub fn settle_all(&self, instrument: &Instrument, draft: &mut Draft) -> Vec<bool> {
        let mut shown = vec![false; self.order.len()];
        for &item in &self.order {
            shown[item] = self.evaluate_relevant(instrument, draft, &shown, item);
            self.calculate(instrument, draft, &shown, item);
        }
        shown
    }

    /// Brings `shown` and calculations up to date after the value of `changed` changed.
    pub fn settle(&self, instrument: &Instrument, draft: &mut Draft, shown: &mut [bool], changed: usize) -> Settled {
        let mut dirty = vec![false; self.order.len()];
        self.mark_dependents(changed, &mut dirty);
        self.spread(instrument, draft, shown, dirty, self.constrained[changed].clone())
    }

    /// Whether an expression asks the clock.
    pub fn asks_clock(&self) -> bool {
        let all = self.relevant.iter().chain(&self.constraint).chain(&self.calculation).chain(&self.default);
        all.flatten().any(Expression::uses_clock)
    }

    /// As [`Graph::settle`], after the clock was told.
    pub fn settle_clock(&self, instrument: &Instrument, draft: &mut Draft, shown: &mut [bool]) -> Settled {
        let asking = |expressions: &[Option<Expression>]| -> Vec<usize> {
            let asks = |item: &usize| expressions[*item].as_ref().is_some_and(Expression::uses_clock);
            (0..expressions.len()).filter(asks).collect()
        };
        let items = asking(&self.relevant).into_iter().chain(asking(&self.calculation));
        let mut dirty = vec![false; self.order.len()];
        items.for_each(|item| dirty[self.rank[item]] = true);
        self.spread(instrument, draft, shown, dirty, asking(&self.constraint))
    }

    /// From the items of these ranks to whatever depends on them. What an item depends on comes before it, so one walk is
    /// enough.
    fn spread(
        &self,
        instrument: &Instrument,
        draft: &mut Draft,
        shown: &mut [bool],
        mut dirty: Vec<bool>,
        constrained: Vec<usize>,
    ) -> Settled {
        let mut settled = Settled { values: Vec::new(), relevance: Vec::new(), validity: constrained };
        for rank in 0..dirty.len() {
            if !dirty[rank] {
                continue;
            }
            let item = self.order[rank];
            let now = self.evaluate_relevant(instrument, draft, shown, item);
            let turned = now != shown[item];
            shown[item] = now;
            let changed = self.calculate(instrument, draft, shown, item);
            if turned {
                settled.relevance.push(item);
            }
            if changed {
                settled.values.push(item);
            }
            if turned || changed {
                settled.validity.extend(&self.constrained[item]);
                self.mark_dependents(item, &mut dirty);
            }
        }
        settled.relevance.sort_unstable();
        settled.validity.sort_unstable();
        settled.validity.dedup();
        settled
    }

    /// Works out a calculation; answers whether its value changed. One that does not apply keeps its value unseen, like
    /// every other item. NaN is no value.
    fn calculate(&self, instrument: &Instrument, draft: &mut Draft, shown: &[bool], item: usize) -> bool {
        let Some(expression) = self.calculation[item].as_ref().filter(|_| shown[item]) else { return false };
        let text = expression.text(&Scene { graph: self, instrument, draft, shown, item, own: true });
        let value = if text == "NaN" { None } else { from_text(&self.plan, instrument, item, text) };
        let name = &instrument.items[item].name;
        if draft.answers.get(name) == value.as_ref() {
            return false;
        }
        match value {
            Some(value) => draft.answers.insert(name.clone(), value),
            None => draft.answers.remove(name),
        };
        true
    }

    /// The value of the item's default, if it has one that does (`clock`) or does not ask the clock.
    pub fn default(
        &self,
        instrument: &Instrument,
        draft: &Draft,
        shown: &[bool],
        item: usize,
        clock: bool,
    ) -> Option<Answer> {
        let expression = self.default[item].as_ref().filter(|default| default.uses_clock() == clock)?;
        let text = expression.text(&Scene { graph: self, instrument, draft, shown, item, own: false });
        from_text(&self.plan, instrument, item, text)
    }

    /// Whether a condition that belongs to no item holds.
    pub fn holds(&self, instrument: &Instrument, draft: &Draft, shown: &[bool], condition: &str) -> bool {
        let scene = Scene { graph: self, instrument, draft, shown, item: 0, own: false };
        Expression::parse(condition).is_ok_and(|condition| condition.holds(&scene))
    }

    /// What random order of the item's choices starts from, where the plan says so.
    pub fn seed(&self, instrument: &Instrument, draft: &Draft, shown: &[bool], item: usize) -> Option<i64> {
        let expression = Expression::parse(instrument.items[item].seed.as_deref()?).ok()?;
        let scene = Scene { graph: self, instrument, draft, shown, item, own: false };
        Some(expression.shuffling_seed(&scene))
    }

    fn mark_dependents(&self, item: usize, dirty: &mut [bool]) {
        for &dependent in &self.dependents[item] {
            dirty[self.rank[dependent]] = true;
        }
    }

    fn evaluate_relevant(&self, instrument: &Instrument, draft: &Draft, shown: &[bool], item: usize) -> bool {
        instrument.parents[item].is_none_or(|parent| shown[parent])
            && self.relevant[item].as_ref().is_none_or(|expression| {
                // `.` has no value here: relevance that read the item itself would be a circle of one.
                expression.holds(&Scene { graph: self, instrument, draft, shown, item, own: false })
            })
    }

    /// Whether the item's constraint accepts its value. An empty value is never refused: ODK XForms 1.0, `constraint`.
    pub fn accepts(&self, instrument: &Instrument, draft: &Draft, shown: &[bool], item: usize) -> bool {
        !draft.answers.contains_key(&instrument.items[item].name)
            || self.constraint[item].as_ref().is_none_or(|expression| {
                expression.holds(&Scene { graph: self, instrument, draft, shown, item, own: true })
            })
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

/// What an expression sees: the values of relevant items (ODK gives an irrelevant item the empty value), the groups around
/// them, and the plan's choice lists.
struct Scene<'a> {
    graph: &'a Graph,
    instrument: &'a Instrument,
    draft: &'a Draft,
    shown: &'a [bool],
    /// The item whose expression it is.
    item: usize,
    /// Whether `.` has its value.
    own: bool,
}

impl Scene<'_> {
    fn read(&self, item: usize) -> Value {
        match self.draft.answers.get(&self.instrument.items[item].name) {
            Some(Answer::Text(text)) => Value::Text(text.clone()),
            Some(Answer::Integer(number)) => Value::integer(*number),
            Some(Answer::Choices(choices)) => Value::Text(choices.join(" ")),
            Some(Answer::Grid(grid)) => {
                let grades: Vec<&str> = grid.values().flat_map(Named::values).map(String::as_str).collect();
                Value::Text(grades.join(" "))
            }
            None => Value::empty(),
        }
    }

    fn pick<'t>(&self, text: &'t Text) -> &'t str {
        pick(text, &self.draft.language, self.graph.plan.languages.first().map_or("", String::as_str))
    }
}

/// The questionnaire itself; its items are the nodes after it.
const ROOT: Node = Node(0);

/// Nodes of choice lists: from here on, 2³² for each list, 4 for each row of it.
const LISTS: u64 = 1 << 32;

impl Values for Scene<'_> {
    fn value(&self, name: &str) -> Value {
        match self.instrument.index(name) {
            Some(item) if self.shown[item] => self.read(item),
            _ => Value::empty(),
        }
    }
    fn own(&self) -> Value {
        if self.own { self.read(self.item) } else { Value::empty() }
    }
    fn node(&self) -> Option<Node> {
        Some(Node(self.item as u64 + 1))
    }
    fn find(&self, name: &str, _: bool) -> Vec<Node> {
        self.instrument.index(name).map(|item| Node(item as u64 + 1)).into_iter().collect()
    }
    fn text(&self, node: Node) -> String {
        if node.0 < LISTS {
            let item = (node.0 as usize).wrapping_sub(1);
            let seen = self.shown.get(item) == Some(&true) && (item != self.item || self.own);
            return if seen { self.read(item).to_text(self.graph.host) } else { String::new() };
        }
        let (list, row, column) = cell(node);
        let choice = self.graph.plan.choice_lists.get(list).and_then(|list| list.choices.get(row));
        choice.map_or(String::new(), |choice| match column {
            NAME => choice.name.clone(),
            LABEL => self.pick(&choice.label).to_owned(),
            _ => String::new(),
        })
    }
    fn parent(&self, node: Node) -> Option<Node> {
        match node {
            ROOT => None,
            Node(item @ ..LISTS) => {
                let parent = self.instrument.parents.get(item as usize - 1).copied().flatten();
                Some(parent.map_or(ROOT, |parent| Node(parent as u64 + 1)))
            }
            Node(row) if row % 4 == u64::from(ROW) => Some(Node(row / LISTS * LISTS + u64::from(ABOVE))),
            Node(column) => Some(Node(column / 4 * 4)),
        }
    }
    fn children(&self, node: Node, name: &str) -> Vec<Node> {
        if node.0 < LISTS {
            let parent = (node != ROOT).then(|| node.0 as usize - 1);
            let inside = (0..self.instrument.items.len()).filter(|&item| self.instrument.parents[item] == parent);
            let named = inside.filter(|&item| name == "*" || self.instrument.items[item].name == name);
            return named.map(|item| Node(item as u64 + 1)).collect();
        }
        let (list, _, column) = cell(node);
        let first = Node(node.0 / LISTS * LISTS);
        match (column, name) {
            // `instance('list')` and its `root` are one node here: nothing lies between them.
            (ABOVE, "root") => vec![node],
            (ABOVE, "item" | "*") => {
                let rows = self.graph.plan.choice_lists.get(list).map_or(0, |list| list.choices.len());
                (0..rows as u64).map(|row| Node(first.0 + row * 4)).collect()
            }
            (ROW, "name") => vec![Node(node.0 + u64::from(NAME))],
            (ROW, "label") => vec![Node(node.0 + u64::from(LABEL))],
            _ => Vec::new(),
        }
    }
    fn instance(&self, id: &str) -> Option<Node> {
        let list = self.graph.plan.choice_lists.iter().position(|list| list.id == id)?;
        Some(Node(LISTS * (list as u64 + 1) + u64::from(ABOVE)))
    }
    fn choice_name(&self, item: &str, choice: &str) -> String {
        let Some(item) = self.instrument.index(item).map(|item| &self.instrument.items[item]) else {
            return String::new();
        };
        let list = item.choices.as_deref().and_then(|id| self.graph.plan.choice_list(id));
        let scale = item.scale.as_deref().and_then(|id| self.graph.plan.scale(id));
        let label = match (list, scale) {
            (Some(list), _) => list.choices.iter().find(|c| c.name == choice).map(|c| &c.label),
            (_, Some(scale)) => {
                let grade = scale.grades.iter().find(|g| g.name == choice).map(|g| &g.label);
                grade.or_else(|| scale.missing.iter().find(|m| m.name == choice).map(|m| &m.label))
            }
            _ => None,
        };
        label.map_or(String::new(), |label| self.pick(label).to_owned())
    }
    fn now(&self) -> Option<Moment> {
        self.draft.clock
    }
    /// From the random id of the interview, for each item another one.
    fn seed(&self) -> u64 {
        let id = self.draft.id.bytes().chain((self.item as u32).to_le_bytes());
        // FNV-1a.
        id.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
    fn language(&self) -> &str {
        &self.draft.language
    }
    fn host(&self) -> &dyn Host {
        self.graph.host
    }
}

/// What a node of a choice list is: a row, one of its columns, or the list itself.
const ROW: u8 = 0;
const NAME: u8 = 1;
const LABEL: u8 = 2;
const ABOVE: u8 = 3;

/// List, row and column of a node of a choice list.
fn cell(node: Node) -> (usize, usize, u8) {
    ((node.0 / LISTS) as usize - 1, (node.0 % LISTS / 4) as usize, (node.0 % 4) as u8)
}
