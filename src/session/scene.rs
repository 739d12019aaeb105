use super::Answer;
use super::instrument::{Instrument, Part};
use super::layout::{Layout, Spot};
use super::state::State;
use crate::expression::{Host, Moment, Node, Value, Values};
use crate::named::Named;
use crate::plan::{Plan, Text, pick};

/// What an expression sees: the values of relevant items (ODK gives an irrelevant item the empty value), the groups and
/// instances around them, and the plan's choice lists.
pub(super) struct Scene<'a> {
    pub plan: &'a Plan,
    pub host: &'a dyn Host,
    pub instrument: &'a Instrument,
    pub layout: &'a Layout,
    pub answers: &'a Named<Answer>,
    /// What is relevant and offered. `None`: all of the answers are, as in a record.
    pub state: Option<&'a State>,
    /// The id of the interview: what is random follows from it.
    pub id: &'a str,
    pub language: &'a str,
    pub clock: Option<Moment>,
    /// The item whose expression it is.
    pub spot: Spot,
    /// Whether `.` has its value.
    pub own: bool,
}

/// The questionnaire itself; its items are the nodes after it, in the order of the interview.
const ROOT: Node = Node(0);

/// Nodes of choice lists: from here on, so many for each list, and in it for each row.
const LISTS: u64 = 1 << 32;
const COLUMNS: u64 = 1 << 12;

/// What a node of a choice list is: a row, one of its columns (those of the plan come after these), or the list itself.
const ROW: u64 = 0;
const NAME: u64 = 1;
const LABEL: u64 = 2;
const FIRST_COLUMN: u64 = 3;
const ABOVE: u64 = COLUMNS - 1;

/// The node of a row of a choice list.
pub(super) fn row(list: usize, row: usize) -> Node {
    Node(LISTS * (list as u64 + 1) + row as u64 * COLUMNS)
}

/// List, row and column of a node of a choice list.
fn cell(node: Node) -> (usize, usize, u64) {
    ((node.0 / LISTS) as usize - 1, (node.0 % LISTS / COLUMNS) as usize, node.0 % COLUMNS)
}

impl Scene<'_> {
    /// The value of what is seen there.
    fn read(&self, spot: Spot) -> Value {
        let seen = self.state.is_none_or(|state| state.shown[spot.0][spot.1]) && (spot != self.spot || self.own);
        if !seen {
            return Value::empty();
        }
        let answer = match self.state {
            Some(state) => state.answer(self.instrument, self.answers, spot),
            None => self.layout.get(self.instrument, self.answers, spot),
        };
        match answer {
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

    fn node_of(&self, spot: Spot) -> Node {
        Node(self.layout.index(spot) as u64 + 1)
    }

    fn spot_of(&self, node: Node) -> Option<Spot> {
        self.layout.places.get((node.0 as usize).wrapping_sub(1)).copied()
    }

    /// Where an item of this name is seen from here; a repeat is its instances.
    fn seen(&self, name: &str, every: bool) -> Vec<Spot> {
        let Some(item) = self.instrument.named(name) else { return Vec::new() };
        let (outer, instance) = match every {
            true => (0, 0),
            false => {
                let here = self.instrument.frame_of[self.spot.0];
                let common = self.instrument.common(self.instrument.frame_of[item], here);
                (common, self.layout.ancestor(self.instrument, here, self.spot.1, common))
            }
        };
        let item = if self.instrument.parts[item] == Part::Repeat { item + 1 } else { item };
        let frame = self.instrument.frame_of[item];
        self.layout.descend(self.instrument, outer, instance, frame).map(|instance| (item, instance)).collect()
    }

    fn pick<'t>(&self, text: &'t Text) -> &'t str {
        pick(text, self.language, self.plan.languages.first().map_or("", String::as_str))
    }
}

impl Values for Scene<'_> {
    fn value(&self, name: &str) -> Value {
        let Some(item) = self.instrument.named(name) else { return Value::empty() };
        let (frame, here) = (self.instrument.frame_of[item], self.instrument.frame_of[self.spot.0]);
        if self.instrument.parts[item] == Part::Item && self.instrument.common(frame, here) == frame {
            return self.read((item, self.layout.ancestor(self.instrument, here, self.spot.1, frame)));
        }
        Value::Nodes(self.find(name, false))
    }
    fn own(&self) -> Value {
        if self.own { self.read(self.spot) } else { Value::empty() }
    }
    fn node(&self) -> Option<Node> {
        Some(self.node_of(self.spot))
    }
    fn find(&self, name: &str, every: bool) -> Vec<Node> {
        self.seen(name, every).into_iter().map(|spot| self.node_of(spot)).collect()
    }
    fn text(&self, node: Node) -> String {
        if node.0 < LISTS {
            return self.spot_of(node).map_or_else(String::new, |spot| self.read(spot).to_text(self.host));
        }
        let (list, row, column) = cell(node);
        let choice = self.plan.choice_lists.get(list).and_then(|list| list.choices.get(row));
        choice.map_or(String::new(), |choice| match column {
            NAME => choice.name.clone(),
            LABEL => self.pick(&choice.label).to_owned(),
            _ => {
                let column = column.checked_sub(FIRST_COLUMN).and_then(|at| self.instrument.columns.get(at as usize));
                column.and_then(|column| choice.columns.get(column)).cloned().unwrap_or_default()
            }
        })
    }
    fn parent(&self, node: Node) -> Option<Node> {
        if node == ROOT {
            return None;
        }
        if node.0 < LISTS {
            let (item, instance) = self.spot_of(node)?;
            let (mut up, mut at) = (self.instrument.parents[item], instance);
            // The instances of a repeat stand beside each other: the repeat itself is nothing between.
            if self.instrument.parts[item] == Part::Instance {
                let frame = self.instrument.frame_of[item];
                let repeat = self.instrument.frames[frame].repeat;
                at = self.layout.ancestor(self.instrument, frame, instance, self.instrument.frames[frame].outer);
                up = self.instrument.parents[repeat];
            }
            return Some(up.map_or(ROOT, |up| self.node_of((up, at))));
        }
        let (list, _, column) = cell(node);
        Some(match column {
            ROW => Node(LISTS * (list as u64 + 1) + ABOVE),
            _ => Node(node.0 - column),
        })
    }
    fn children(&self, node: Node, name: &str) -> Vec<Node> {
        if node.0 < LISTS {
            let around = self.spot_of(node);
            let (mut item, end) = match around {
                None if node == ROOT => (0, self.instrument.items.len()),
                Some((item, _)) if self.instrument.parts[item] != Part::Repeat => {
                    (item + 1, self.instrument.ends[item])
                }
                _ => return Vec::new(),
            };
            let instance = around.map_or(0, |(_, instance)| instance);
            let mut found = Vec::new();
            while item < end {
                if name == "*" || self.instrument.items[item].name == name {
                    match self.instrument.parts[item] {
                        Part::Repeat => {
                            let inside = self.layout.inside(instance, self.instrument.inner_frame(item));
                            found.extend(inside.map(|instance| self.node_of((item + 1, instance))));
                        }
                        _ => found.push(self.node_of((item, instance))),
                    }
                }
                item = self.instrument.ends[item];
            }
            return found;
        }
        let (list, _, column) = cell(node);
        match (column, name) {
            // `instance('list')` and its `root` are one node here: nothing lies between them.
            (ABOVE, "root") => vec![node],
            (ABOVE, "item" | "*") => {
                let rows = self.plan.choice_lists.get(list).map_or(0, |list| list.choices.len());
                (0..rows).map(|at| row(list, at)).collect()
            }
            (ROW, "name") => vec![Node(node.0 + NAME)],
            (ROW, "label") => vec![Node(node.0 + LABEL)],
            (ROW, _) => {
                let (list, row, _) = cell(node);
                let choice = self.plan.choice_lists.get(list).and_then(|list| list.choices.get(row));
                let here = choice.is_some_and(|choice| choice.columns.contains_key(name));
                let column = self.instrument.columns.iter().position(|column| here && column == name);
                column.map(|at| Node(node.0 + FIRST_COLUMN + at as u64)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
    fn position(&self, node: Node) -> usize {
        match self.spot_of(node) {
            Some((item, instance)) if self.instrument.parts[item] == Part::Instance => {
                self.layout.position(self.instrument.frame_of[item], instance)
            }
            _ => 1,
        }
    }
    fn instance(&self, id: &str) -> Option<Node> {
        let list = self.plan.choice_lists.iter().position(|list| list.id == id)?;
        Some(Node(LISTS * (list as u64 + 1) + ABOVE))
    }
    fn choice_name(&self, item: &str, choice: &str) -> String {
        let Some(item) = self.instrument.named(item).map(|item| &self.instrument.items[item]) else {
            return String::new();
        };
        let list = item.choices.as_deref().and_then(|id| self.plan.choice_list(id));
        let scale = item.scale.as_deref().and_then(|id| self.plan.scale(id));
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
        self.clock
    }
    /// From the random id of the interview, for each item and instance another one.
    fn seed(&self) -> u64 {
        let key = self.layout.key(self.instrument, self.spot);
        // FNV-1a.
        let bytes = self.id.bytes().chain([b':']).chain(key.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
    fn language(&self) -> &str {
        self.language
    }
    fn host(&self) -> &dyn Host {
        self.host
    }
}
