use super::Draft;
use super::fit::from_text;
use super::graph::{Filter, Graph, what};
use super::instrument::Instrument;
use super::layout::{Layout, MOST_INSTANCES, Spot, count_at_first};
use super::scene::{Scene, row};
use super::state::State;
use super::{Answer, choices};
use crate::expression::Expression;
use crate::named::Named;
use crate::plan::Item;
use std::collections::BinaryHeap;

/// Works out what follows from a change, and no more: items wait in the order of the graph, in which everything comes after
/// what it depends on, so that each is evaluated once.
pub(super) struct Settling<'a> {
    pub graph: &'a Graph,
    pub instrument: &'a Instrument,
    pub draft: &'a mut Draft,
    pub state: &'a mut State,
    pub settled: Settled,
    /// A repeat that has other numbers of instances, in these instances of the frame around it: laid out when all of them
    /// are known.
    recounted: Option<(usize, Vec<usize>)>,
    /// What has to be looked at: rank, instance and [`what`], the first one on top.
    waiting: BinaryHeap<(std::cmp::Reverse<(usize, usize)>, u8)>,
}

/// What a change brought with it.
#[derive(Default)]
pub(super) struct Settled {
    pub values: Vec<Spot>,
    pub relevance: Vec<Spot>,
    /// Whose constraint has to be looked at again.
    pub validity: Vec<Spot>,
    /// Whose choices are others.
    pub choices: Vec<Spot>,
    /// There are other instances: the first place that is not what it was.
    pub layout: Option<usize>,
    /// What the keys of instances begin with that were never there.
    pub born: Vec<String>,
}

impl Settled {
    /// From this place on items stand elsewhere.
    pub fn moved(&mut self, from: usize) {
        self.layout = Some(self.layout.map_or(from, |before| before.min(from)));
    }
}

impl<'a> Settling<'a> {
    pub fn new(graph: &'a Graph, instrument: &'a Instrument, draft: &'a mut Draft, state: &'a mut State) -> Self {
        Settling {
            graph,
            instrument,
            draft,
            state,
            settled: Settled::default(),
            recounted: None,
            waiting: BinaryHeap::new(),
        }
    }

    /// Everything, from nothing. `again`: the draft was kept, and with it what people made of calculations.
    pub fn everything(mut self, again: bool) -> Settled {
        for &item in &self.graph.order {
            let rules = &self.graph.rules[item];
            if rules.count.is_some() {
                let other = (0..self.state.shown[item].len()).filter(|&at| self.count((item, at))).count();
                if other > 0 {
                    self.lay_out_again(item, None, &|prefix| Some(prefix.to_owned()));
                }
            }
            let kept = again && self.is_kept(item);
            for instance in 0..self.state.shown[item].len() {
                let spot = (item, instance);
                self.state.shown[item][instance] = self.find_relevance(spot);
                if !kept {
                    self.calculate(spot);
                }
                if rules.filter.is_some() {
                    self.offer(spot);
                    self.see(spot);
                }
            }
        }
        self.settled
    }

    /// What follows from another value of this item, set by a person.
    pub fn after(mut self, spot: Spot) -> Settled {
        self.see(spot);
        self.spread(spot, true);
        self.run();
        self.settled
    }

    /// What follows when the clock is told.
    pub fn after_clock(mut self) -> Settled {
        for (item, rules) in self.graph.rules.iter().enumerate() {
            let asks = rules.clocked();
            if asks != 0 {
                (0..self.state.shown[item].len()).for_each(|instance| self.wait((item, instance), asks));
            }
        }
        self.run();
        self.settled
    }

    /// What follows when triggers that have a value set off what has none.
    pub fn after_triggers(mut self, wanted: &dyn Fn(&Item) -> bool) -> Settled {
        let (graph, instrument) = (self.graph, self.instrument);
        for (item, edges) in graph.edges.iter().enumerate() {
            for edge in edges.iter().filter(|edge| edge.what & what::TRIGGER != 0) {
                if !wanted(&instrument.items[edge.to]) {
                    continue;
                }
                for instance in 0..self.state.shown[item].len() {
                    if self.kept((item, instance)).is_none() {
                        continue;
                    }
                    let layout = &self.state.layout;
                    let around = layout.ancestor(instrument, instrument.frame_of[item], instance, edge.scope);
                    let places: Vec<usize> =
                        layout.descend(instrument, edge.scope, around, instrument.frame_of[edge.to]).collect();
                    for place in places {
                        let key = self.state.layout.key(instrument, (edge.to, place));
                        if self.kept((edge.to, place)).is_none() && !self.draft.missing.contains_key(&key) {
                            self.wait((edge.to, place), what::TRIGGER);
                        }
                    }
                }
            }
        }
        self.run();
        self.settled
    }

    /// What follows from another number of instances of a repeat. `rename`: how the keys of those that were there began
    /// before, and begin now.
    pub fn after_count(mut self, repeat: Spot, rename: &dyn Fn(&str) -> Option<String>) -> Settled {
        self.lay_out_again(repeat.0, Some(&[repeat.1]), rename);
        self.run();
        self.settled
    }

    fn scene(&self, spot: Spot, own: bool) -> Scene<'_> {
        self.graph.evaluated.set(self.graph.evaluated.get() + 1);
        scene(self.graph, self.instrument, self.draft, self.state, spot, own)
    }

    fn wait(&mut self, (item, instance): Spot, what: u8) {
        self.waiting.push((std::cmp::Reverse((self.graph.rank[item], instance)), what));
    }

    /// What looks at this item has to be looked at. `value`: it has another value, and did not only appear or go away.
    fn spread(&mut self, spot: Spot, value: bool) {
        let (graph, instrument) = (self.graph, self.instrument);
        for edge in &graph.edges[spot.0] {
            let mut what = edge.what;
            // A trigger waits for a value, not for an empty question to come up.
            if !value && self.kept(spot).is_none() {
                what &= !what::TRIGGER;
            }
            let layout = &self.state.layout;
            let instance = layout.ancestor(instrument, instrument.frame_of[spot.0], spot.1, edge.scope);
            for instance in layout.descend(instrument, edge.scope, instance, instrument.frame_of[edge.to]) {
                if what & what::CONSTRAINT != 0 {
                    self.settled.validity.push((edge.to, instance));
                }
                if what & !what::CONSTRAINT != 0 {
                    self.wait((edge.to, instance), what & !what::CONSTRAINT);
                }
            }
        }
    }

    fn run(&mut self) {
        loop {
            // Nothing else is looked at before the repeat is laid out: what comes after may be in it.
            let next = self.waiting.peek().map(|&(std::cmp::Reverse((rank, _)), _)| self.graph.order[rank]);
            if let Some((repeat, at)) = self.recounted.take_if(|(repeat, _)| next != Some(*repeat)) {
                self.lay_out_again(repeat, Some(&at), &|prefix| Some(prefix.to_owned()));
                continue;
            }
            let Some((first, mut what)) = self.waiting.pop() else { break };
            while let Some(&(next, more)) = self.waiting.peek()
                && next == first
            {
                what |= more;
                self.waiting.pop();
            }
            let std::cmp::Reverse((rank, instance)) = first;
            self.look_at((self.graph.order[rank], instance), what);
        }
        let settled = &mut self.settled;
        for spots in [&mut settled.relevance, &mut settled.validity, &mut settled.values, &mut settled.choices] {
            spots.sort_unstable();
            spots.dedup();
        }
    }

    fn look_at(&mut self, spot: Spot, what: u8) {
        let (item, instance) = spot;
        // It may have waited in an instance that is no more.
        if instance >= self.state.shown[item].len() {
            return;
        }
        if what & what::COUNT != 0 && self.count(spot) {
            self.recounted.get_or_insert_with(|| (item, Vec::new())).1.push(instance);
        }
        let now = match what & what::RELEVANT {
            0 => self.state.shown[item][instance],
            _ => self.find_relevance(spot),
        };
        let turned = now != self.state.shown[item][instance];
        self.state.shown[item][instance] = now;
        let mut changed = false;
        if what & what::TRIGGER != 0 {
            changed = self.work_out(spot);
        } else if turned || what & what::CALCULATION != 0 {
            changed = self.calculate(spot);
        }
        if what & what::CHOICES != 0 && self.offer(spot) {
            self.settled.choices.push(spot);
        }
        if what & what::CHOICES != 0 || changed {
            changed |= self.see(spot);
        }
        if turned {
            self.settled.relevance.push(spot);
        }
        if changed {
            self.settled.values.push(spot);
        }
        if turned || changed {
            self.spread(spot, changed);
        }
        if what & what::CONSTRAINT != 0 {
            self.settled.validity.push(spot);
        }
    }

    fn find_relevance(&self, spot: Spot) -> bool {
        let (item, instance) = spot;
        let around = self.instrument.parents[item].is_none_or(|parent| {
            let (inner, outer) = (self.instrument.frame_of[item], self.instrument.frame_of[parent]);
            self.state.shown[parent][self.state.layout.ancestor(self.instrument, inner, instance, outer)]
        });
        // `.` has no value here: relevance that read the item itself would be a circle of one.
        around && self.graph.rules[item].relevant.as_ref().is_none_or(|rule| rule.holds(&self.scene(spot, false)))
    }

    /// Whether people may change what the calculation gave: then it is worked out only when what it reads has changed.
    fn is_kept(&self, item: usize) -> bool {
        let item = &self.instrument.items[item];
        item.kind.is_shown() && !item.read_only
    }

    /// Works out a calculation; answers whether the value is another. One that does not apply keeps its value unseen, like
    /// every other item.
    fn calculate(&mut self, spot: Spot) -> bool {
        let (item, instance) = spot;
        let applies = self.graph.rules[item].calculation.is_some()
            && self.instrument.items[item].trigger.is_empty()
            && self.state.shown[item][instance];
        applies && self.work_out(spot)
    }

    /// NaN is no value; a trigger without a calculation empties the item.
    fn work_out(&mut self, spot: Spot) -> bool {
        let expression = self.graph.rules[spot.0].calculation.as_ref();
        let text = expression.map_or_else(String::new, |expression| expression.text(&self.scene(spot, true)));
        let value = if text == "NaN" { None } else { from_text(&self.graph.plan, self.instrument, spot.0, text) };
        if self.kept(spot) == value.as_ref() {
            return false;
        }
        let key = self.state.layout.key(self.instrument, spot);
        self.draft.missing.remove(&key);
        match value {
            Some(value) => self.draft.answers.insert(key, value),
            None => self.draft.answers.remove(&key),
        };
        true
    }

    fn kept(&self, spot: Spot) -> Option<&Answer> {
        self.state.layout.get(self.instrument, &self.draft.answers, spot)
    }

    /// Brings up to date which choices are offered; answers whether they are others.
    fn offer(&mut self, spot: Spot) -> bool {
        let Some(filter) = self.graph.rules[spot.0].filter.as_ref() else { return false };
        let rows = self.admitted(filter, spot);
        let offer = &mut self.state.offers[spot.0][spot.1];
        if offer.rows == rows {
            return false;
        }
        offer.rows = rows;
        true
    }

    fn admitted(&self, filter: &Filter, spot: Spot) -> Vec<usize> {
        let scene = self.scene(spot, false);
        let list = &self.graph.plan.choice_lists[filter.list].choices;
        let found = filter.lookup.as_ref().and_then(|lookup| {
            let texts = lookup.texts(&scene)?;
            Some((self.graph.columns.find(list, filter.list, &lookup.column, &texts), lookup.whole))
        });
        match found {
            Some((rows, true)) => rows,
            Some((rows, false)) => {
                filter.expression.admit(&scene, rows.into_iter().map(|at| (at, row(filter.list, at))))
            }
            None => filter.expression.admit(&scene, (0..list.len()).map(|at| (at, row(filter.list, at)))),
        }
    }

    /// Finds what is left of the value among the choices that are offered; answers whether that is another.
    fn see(&mut self, spot: Spot) -> bool {
        let Some(offer) = self.state.offer(spot) else { return false };
        let Some(list) = self.instrument.lists[spot.0] else { return false };
        let list = &self.graph.plan.choice_lists[list].choices;
        let other = self.instrument.items[spot.0].other.is_some();
        let left = self.kept(spot).and_then(|answer| choices::left(list, &offer.rows, other, answer));
        let offer = &mut self.state.offers[spot.0][spot.1];
        let changed = offer.left != left;
        offer.left = left;
        changed
    }

    /// Asks how many instances there are; answers whether that is another number.
    fn count(&mut self, spot: Spot) -> bool {
        let Some(expression) = self.graph.rules[spot.0].count.as_ref() else { return false };
        let number = expression.evaluate(&self.scene(spot, false)).to_number();
        // NaN and what is below 0 are none.
        let count = number.clamp(0.0, MOST_INSTANCES as f64) as u32;
        let key = self.state.layout.key(self.instrument, spot);
        if self.draft.repeats.get(&key).copied().unwrap_or(0) == count {
            return false;
        }
        self.draft.repeats.insert(key, count);
        true
    }

    /// Lays out anew after the number of a repeat's instances changed: what is inside of it is looked at again, and what
    /// looks at it from outside. `at`: in which instances of the frame around it that is, in order;
    /// `None`: in any.
    fn lay_out_again(&mut self, repeat: usize, at: Option<&[usize]>, rename: &dyn Fn(&str) -> Option<String>) {
        let (graph, instrument) = (self.graph, self.instrument);
        let outer = instrument.frame_of[repeat];
        let inside = repeat..instrument.ends[repeat];
        let fresh = Layout::build(instrument, &self.draft.id, &self.draft.repeats, &count_at_first);
        let before = std::mem::replace(&mut self.state.layout, fresh);
        let stays = before.places.iter().zip(&self.state.layout.places).take_while(|(was, is)| was == is).count();
        self.settled.moved(stays);
        for frame in 1..instrument.frames.len() {
            if !inside.contains(&instrument.frames[frame].repeat) {
                continue;
            }
            let mut known: Named<usize> = Named::new();
            for (at, prefix) in before.prefixes(frame).iter().enumerate() {
                if let Some(prefix) = rename(prefix) {
                    known.insert(prefix, at);
                }
            }
            let prefixes = self.state.layout.prefixes(frame).to_vec();
            for item in inside.clone().filter(|&item| instrument.frame_of[item] == frame) {
                let shown = std::mem::take(&mut self.state.shown[item]);
                let mut offers = std::mem::take(&mut self.state.offers[item]);
                self.state.make_room(instrument, item);
                for (here, prefix) in prefixes.iter().enumerate() {
                    let old = known.get(prefix).copied();
                    self.state.shown[item][here] = old.is_some_and(|old| shown[old]);
                    if let Some(offer) = old.and_then(|old| offers.get_mut(old)) {
                        self.state.offers[item][here] = std::mem::take(offer);
                    }
                    let around = self.state.layout.ancestor(instrument, frame, here, outer);
                    if at.is_some_and(|at| at.binary_search(&around).is_err()) {
                        continue;
                    }
                    let worked_out = old.is_none() || !self.is_kept(item);
                    let more = if worked_out { what::CALCULATION } else { 0 };
                    self.wait((item, here), what::RELEVANT | what::COUNT | what::CHOICES | what::CONSTRAINT | more);
                }
            }
            for prefix in prefixes {
                if !known.contains_key(&prefix) && !self.is_filled(&prefix) {
                    self.settled.born.push(prefix);
                }
            }
        }
        for item in inside.clone() {
            for edge in graph.edges[item].iter().filter(|edge| !inside.contains(&edge.to)) {
                let layout = &self.state.layout;
                let mut around: Vec<usize> = match at {
                    Some(at) if instrument.common(edge.scope, outer) == edge.scope => {
                        at.iter().map(|&at| layout.ancestor(instrument, outer, at, edge.scope)).collect()
                    }
                    _ => (0..layout.count(edge.scope)).collect(),
                };
                around.dedup();
                let frame = instrument.frame_of[edge.to];
                let places = around.into_iter().flat_map(|at| layout.descend(instrument, edge.scope, at, frame));
                for instance in places.collect::<Vec<_>>() {
                    if edge.what & what::CONSTRAINT != 0 {
                        self.settled.validity.push((edge.to, instance));
                    }
                    let what = edge.what & !what::CONSTRAINT & !what::TRIGGER;
                    if what != 0 {
                        self.wait((edge.to, instance), what);
                    }
                }
            }
        }
    }

    /// Whether anything is kept under keys that begin so.
    fn is_filled(&self, prefix: &str) -> bool {
        self.draft.answers.has_prefix(prefix) || self.draft.missing.has_prefix(prefix)
    }
}

/// What the expressions of an item see.
pub(super) fn scene<'a>(
    graph: &'a Graph,
    instrument: &'a Instrument,
    draft: &'a Draft,
    state: &'a State,
    spot: Spot,
    own: bool,
) -> Scene<'a> {
    Scene {
        plan: &graph.plan,
        host: graph.host,
        instrument,
        layout: &state.layout,
        answers: &draft.answers,
        state: Some(state),
        id: &draft.id,
        language: &draft.language,
        clock: draft.clock,
        spot,
        own,
    }
}

impl Graph {
    /// The value of the item's default, if it has one that asks the clock, or does not.
    pub fn default(
        &self,
        instrument: &Instrument,
        draft: &Draft,
        state: &State,
        spot: Spot,
        asks: impl Fn(&Expression) -> bool,
    ) -> Option<Answer> {
        let expression = self.rules[spot.0].default.as_ref().filter(|default| asks(default))?;
        let text = expression.text(&scene(self, instrument, draft, state, spot, false));
        from_text(&self.plan, instrument, spot.0, text)
    }

    /// Whether a condition that belongs to no item holds. It sees the first item too, which it is evaluated at.
    pub fn holds(&self, instrument: &Instrument, draft: &Draft, state: &State, condition: &str) -> bool {
        Expression::parse(condition)
            .is_ok_and(|condition| condition.holds(&scene(self, instrument, draft, state, (0, 0), true)))
    }

    /// Whether the item's constraint accepts its value. An empty value is never refused: ODK XForms 1.0, `constraint`.
    pub fn accepts(&self, instrument: &Instrument, draft: &Draft, state: &State, spot: Spot) -> bool {
        let Some(expression) = self.rules[spot.0].constraint.as_ref() else { return true };
        state.answer(instrument, &draft.answers, spot).is_none()
            || expression.holds(&scene(self, instrument, draft, state, spot, true))
    }
}
