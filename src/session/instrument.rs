use super::BeginError;
use super::key;
use crate::named::Named;
use crate::plan::{Item, ItemType, Plan, Questionnaire};
use std::ops::Range;
use std::sync::Arc;

/// What an item of the interview is: a repeat is laid out as itself, its instances, and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A question, a note, a group.
    Item,
    /// Before the instances of a repeat.
    Repeat,
    /// Before the items of one instance.
    Instance,
    /// After the last instance.
    End,
}

/// Rows and columns of one matrix, defaults filled in.
pub(super) struct Matrix {
    pub units: Vec<String>,
    pub indicators: Vec<String>,
}

/// Where items are answered once for each instance: a repeat, or (the first one) the questionnaire itself.
pub(super) struct Frame {
    /// The repeat, in [`Instrument::items`]; its instance comes after it.
    pub repeat: usize,
    /// The frame around it.
    pub outer: usize,
    /// How many frames are around it.
    pub level: usize,
}

/// A questionnaire as the plan has it: what does not change while an interview runs. Each of its items stands for all the
/// instances of it; which there are is the [`super::layout::Layout`]'s.
pub(super) struct Instrument {
    /// Without their `items`. A repeat stands three times: see [`Part`].
    pub items: Vec<Arc<Item>>,
    pub parts: Vec<Part>,
    /// The group, or the instance of a repeat, around each item; of instances and ends the repeat.
    pub parents: Vec<Option<usize>>,
    /// Past what is in each item.
    pub ends: Vec<usize>,
    /// In [`Instrument::frames`]: in which the item is.
    pub frame_of: Vec<usize>,
    pub frames: Vec<Frame>,
    /// Of each item that is a matrix.
    pub matrices: Vec<Option<Matrix>>,
    /// Place of the choice list in the plan.
    pub lists: Vec<Option<usize>>,
    /// Items that make sections: the first of each, and past its last.
    pub sections: Vec<(bool, Range<usize>)>,
    /// Names of the columns of all choice lists.
    pub columns: Vec<String>,
    names: Named<usize>,
}

impl Instrument {
    pub fn lay_out(plan: &Plan, questionnaire: &Questionnaire) -> Result<Instrument, BeginError> {
        let mut out = Instrument {
            items: Vec::new(),
            parts: Vec::new(),
            parents: Vec::new(),
            ends: Vec::new(),
            frame_of: Vec::new(),
            frames: vec![Frame { repeat: 0, outer: 0, level: 0 }],
            matrices: Vec::new(),
            lists: Vec::new(),
            sections: Vec::new(),
            columns: Vec::new(),
            names: Named::new(),
        };
        for choice in plan.choice_lists.iter().flat_map(|list| &list.choices) {
            for column in choice.columns.keys() {
                if !out.columns.contains(column) {
                    out.columns.push(column.clone());
                }
            }
        }
        let mut loose = false;
        for item in &questionnaire.items {
            let start = out.items.len();
            let group = item.kind.is_group();
            if group || !loose {
                out.sections.push((group, start..start));
            }
            loose = !group;
            out.flatten(plan, item, None, 0)?;
            if let Some((_, section)) = out.sections.last_mut() {
                section.end = out.items.len();
            }
        }
        Ok(out)
    }

    pub fn matrix(&self, item: usize) -> Option<&Matrix> {
        self.matrices.get(item)?.as_ref()
    }

    /// The item of a name; of a repeat the first of its parts.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The innermost frame that both are in.
    pub fn common(&self, mut one: usize, mut two: usize) -> usize {
        while one != two {
            if self.frames[one].level > self.frames[two].level {
                one = self.frames[one].outer;
            } else {
                two = self.frames[two].outer;
            }
        }
        one
    }

    /// The frame of the instances of a repeat.
    pub fn inner_frame(&self, repeat: usize) -> usize {
        self.frame_of[repeat + 1]
    }

    /// Whether what is in this group stands in another order in each instance of a repeat.
    pub fn shuffles(&self, item: usize) -> bool {
        let found = &self.items[item];
        found.kind == ItemType::Group && found.order.is_some() && self.frame_of[item] != 0
    }

    /// The items in a group, each with what is in it and the words of its `other`.
    pub fn blocks(&self, group: usize) -> Vec<Range<usize>> {
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut item = group + 1;
        while item < self.ends[group] {
            let next = self.ends[item];
            match blocks.last_mut() {
                Some(block)
                    if self.items[block.start].other_name().is_some_and(|name| name == self.items[item].name) =>
                {
                    block.end = next;
                }
                _ => blocks.push(item..next),
            }
            item = next;
        }
        blocks
    }

    /// The frame of what is reached from an item by so many steps upwards; the instances of a repeat stand beside each other.
    pub fn climb(&self, mut item: usize, steps: usize) -> usize {
        for _ in 0..steps {
            let from = match self.parts[item] {
                Part::Instance => self.frames[self.frame_of[item]].repeat,
                _ => item,
            };
            match self.parents[from] {
                Some(up) => item = up,
                None => return 0,
            }
        }
        self.frame_of[item]
    }

    /// The item that a key is of, whether the instance is there or not; of a repeat's key the repeat.
    pub fn of_key(&self, key: &str) -> Option<usize> {
        let mut frame = 0;
        let mut found = None;
        for (name, instance) in key::parts(key) {
            // Only a repeat's instance has something after it.
            if found.is_some_and(|item| self.parts[item] != Part::Instance) {
                return None;
            }
            let item = self.named(name)?;
            if self.frame_of[item] != frame {
                return None;
            }
            found = Some(item);
            if instance.is_some() {
                if self.parts[item] != Part::Repeat {
                    return None;
                }
                frame = self.inner_frame(item);
                found = Some(item + 1);
            }
        }
        found
    }

    fn push(&mut self, item: &Arc<Item>, part: Part, parent: Option<usize>, frame: usize) -> usize {
        let index = self.items.len();
        self.items.push(item.clone());
        self.parts.push(part);
        self.parents.push(parent);
        self.ends.push(index + 1);
        self.frame_of.push(frame);
        self.matrices.push(None);
        self.lists.push(None);
        index
    }

    fn flatten(&mut self, plan: &Plan, item: &Item, parent: Option<usize>, frame: usize) -> Result<(), BeginError> {
        require("scale", &item.scale, takes_grades(item.kind), |id| plan.scale(id).is_some())?;
        require("choices", &item.choices, takes_choices(item.kind), |id| plan.choice_list(id).is_some())?;
        // The children are entries of their own, so the copy of a group goes without them.
        let mut own = item.clone();
        own.items = Vec::new();
        let own = Arc::new(own);
        let repeat = item.kind == ItemType::Repeat;
        let index = self.push(&own, if repeat { Part::Repeat } else { Part::Item }, parent, frame);
        if self.names.insert(item.name.clone(), index).is_some() {
            return Err(BeginError::DuplicateName(item.name.clone()));
        }
        self.lists[index] = item.choices.as_ref().and_then(|id| plan.choice_lists.iter().position(|l| l.id == *id));
        self.matrices[index] = (item.kind == ItemType::GradeMatrix)
            .then(|| Matrix { units: plan.rows_of(item), indicators: plan.columns_of(item) });
        let (mut around, mut inner) = (index, frame);
        if repeat {
            inner = self.frames.len();
            self.frames.push(Frame { repeat: index, outer: frame, level: self.frames[frame].level + 1 });
            around = self.push(&own, Part::Instance, Some(index), inner);
        }
        for child in &item.items {
            self.flatten(plan, child, Some(around), inner)?;
        }
        self.ends[around] = self.items.len();
        if repeat {
            self.push(&own, Part::End, Some(index), frame);
            self.ends[index] = self.items.len();
        }
        match item.other_item() {
            Some(words) => self.flatten(plan, &words, parent, frame),
            None => Ok(()),
        }
    }
}

fn takes_grades(kind: ItemType) -> bool {
    matches!(kind, ItemType::Grade | ItemType::GradeMatrix)
}

fn takes_choices(kind: ItemType) -> bool {
    matches!(kind, ItemType::SelectOne | ItemType::SelectMultiple | ItemType::Rank)
}

fn require(
    member: &'static str,
    id: &Option<String>,
    needed: bool,
    known: impl Fn(&str) -> bool,
) -> Result<(), BeginError> {
    match id {
        Some(id) if needed && !known(id) => Err(BeginError::UnknownReference { member, value: id.clone() }),
        None if needed => Err(BeginError::UnknownReference { member, value: String::new() }),
        _ => Ok(()),
    }
}
