use super::instrument::{Instrument, Part};
use super::{key, order};
use crate::named::Named;
use crate::plan::Item;
use std::ops::Range;

/// Most instances of one repeat.
pub(super) const MOST_INSTANCES: usize = 1_000;

/// Most items of one interview, all instances counted: repeats inside repeats multiply.
const MOST_PLACES: usize = 100_000;

/// Items shown together: a top-level group or repeat, or a run of top-level items outside of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index in [`super::Session::item`] of the group or repeat that makes the section, if one does.
    pub group: Option<usize>,
    /// Indices in [`super::Session::item`] of what is in it, nested groups included, the section's own group not.
    pub items: Range<usize>,
}

/// An item of the instrument in one instance of what is around it: the second number is the instance's place in its frame.
pub(super) type Spot = (usize, usize);

/// The instances of a frame, in the order of the interview.
struct Instances {
    /// For each instance of the frame around it, where its own begin; and past the last.
    starts: Vec<usize>,
    /// For each, the instance of the frame around it that it is in.
    outers: Vec<usize>,
    /// For each, what its keys begin with.
    prefixes: Vec<String>,
}

/// Which instances there are, and so in which order items stand. Nothing here is found by looking at all items: an instance
/// knows the one it is in, and where its own begin.
pub(super) struct Layout {
    frames: Vec<Instances>,
    /// The items in the order of the interview.
    pub places: Vec<Spot>,
    /// For each item of the instrument, its place in each instance.
    indices: Vec<Vec<usize>>,
    pub sections: Vec<Section>,
    pub section_of: Vec<usize>,
}

impl Layout {
    /// `id`: of the interview, from which the order in each instance follows. `counts`: by the keys of repeats. `unsaid`: how many instances a repeat has that is not among them.
    pub fn build(instrument: &Instrument, id: &str, counts: &Named<u32>, unsaid: &dyn Fn(&Item) -> usize) -> Layout {
        let root = Instances { starts: Vec::new(), outers: vec![0], prefixes: vec![String::new()] };
        let mut layout = Layout {
            frames: vec![root],
            places: Vec::new(),
            indices: vec![Vec::new(); instrument.items.len()],
            sections: Vec::new(),
            section_of: Vec::new(),
        };
        let mut left = MOST_PLACES;
        for frame in &instrument.frames[1..] {
            let item = &instrument.items[frame.repeat];
            let size = instrument.ends[frame.repeat] - frame.repeat;
            let mut made = Instances { starts: vec![0], outers: Vec::new(), prefixes: Vec::new() };
            for outer in 0..layout.frames[frame.outer].outers.len() {
                let key = layout.key_in(frame.outer, outer, &item.name);
                let wanted = counts.get(&key).map_or_else(|| unsaid(item), |&count| count as usize);
                let count = wanted.min(MOST_INSTANCES).min(left / size);
                left -= count * size;
                for instance in 1..=count {
                    made.outers.push(outer);
                    made.prefixes.push(key::prefix(&key, instance));
                }
                made.starts.push(made.outers.len());
            }
            layout.frames.push(made);
        }
        for (group, items) in &instrument.sections {
            let start = layout.places.len();
            layout.place(instrument, id, items.clone(), 0);
            let number = layout.sections.len();
            layout.section_of.resize(layout.places.len(), number);
            let items = start + usize::from(*group)..layout.places.len();
            layout.sections.push(Section { group: group.then_some(start), items });
        }
        layout
    }

    fn place(&mut self, instrument: &Instrument, id: &str, items: Range<usize>, instance: usize) {
        let mut item = items.start;
        while item < items.end {
            self.put(item, instance);
            if instrument.parts[item] == Part::Repeat {
                let (frame, end) = (instrument.inner_frame(item), instrument.ends[item] - 1);
                for inner in self.inside(instance, frame) {
                    self.place(instrument, id, item + 1..end, inner);
                }
                self.put(end, instance);
                item = end;
            } else if instrument.shuffles(item) {
                let mut blocks = instrument.blocks(item);
                order::inside(&mut blocks, id, &self.key(instrument, (item, instance)));
                blocks.into_iter().for_each(|block| self.place(instrument, id, block, instance));
                item = instrument.ends[item] - 1;
            }
            item += 1;
        }
    }

    fn put(&mut self, item: usize, instance: usize) {
        self.indices[item].push(self.places.len());
        self.places.push((item, instance));
    }

    /// How many instances a frame has.
    pub fn count(&self, frame: usize) -> usize {
        self.frames[frame].outers.len()
    }

    /// The instances of a frame in an instance of the one around it.
    pub fn inside(&self, outer: usize, frame: usize) -> Range<usize> {
        let starts = &self.frames[frame].starts;
        starts[outer]..starts[outer + 1]
    }

    /// The instance of a frame that an instance is in.
    pub fn ancestor(&self, instrument: &Instrument, mut frame: usize, mut instance: usize, outer: usize) -> usize {
        while frame != outer && frame != 0 {
            instance = self.frames[frame].outers[instance];
            frame = instrument.frames[frame].outer;
        }
        instance
    }

    /// The instances of a frame inside an instance of one that is somewhere around it.
    pub fn descend(&self, instrument: &Instrument, outer: usize, instance: usize, frame: usize) -> Range<usize> {
        if frame == outer {
            return instance..instance + 1;
        }
        let around = self.descend(instrument, outer, instance, instrument.frames[frame].outer);
        let starts = &self.frames[frame].starts;
        starts[around.start]..starts[around.end]
    }

    /// Which instance of its repeat it is, from 1.
    pub fn position(&self, frame: usize, instance: usize) -> usize {
        let frame = &self.frames[frame];
        match frame.starts.get(frame.outers[instance]) {
            Some(start) => instance - start + 1,
            None => 1,
        }
    }

    /// Place in the interview.
    pub fn index(&self, (item, instance): Spot) -> usize {
        self.indices[item][instance]
    }

    /// Places in the interview, without those that are no more.
    pub fn indices(&self, spots: &[Spot]) -> Vec<usize> {
        let mut places: Vec<usize> =
            spots.iter().filter_map(|&(item, instance)| self.indices[item].get(instance).copied()).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    pub fn prefixes(&self, frame: usize) -> &[String] {
        &self.frames[frame].prefixes
    }

    fn key_in(&self, frame: usize, instance: usize, name: &str) -> String {
        let prefix = &self.frames[frame].prefixes[instance];
        let mut key = String::with_capacity(prefix.len() + name.len());
        key.push_str(prefix);
        key.push_str(name);
        key
    }

    /// Of the value; of an instance, its own.
    pub fn key(&self, instrument: &Instrument, (item, instance): Spot) -> String {
        let frame = instrument.frame_of[item];
        match instrument.parts[item] {
            Part::Instance => {
                let mut key = self.frames[frame].prefixes[instance].clone();
                key.pop();
                key
            }
            _ => self.key_in(frame, instance, &instrument.items[item].name),
        }
    }

    /// What is kept under the key of a value.
    pub fn get<'a, V>(&self, instrument: &Instrument, kept: &'a Named<V>, spot: Spot) -> Option<&'a V> {
        match instrument.frame_of[spot.0] {
            0 => kept.get(&instrument.items[spot.0].name),
            _ => kept.get(&self.key(instrument, spot)),
        }
    }

    /// What has this key.
    pub fn find(&self, instrument: &Instrument, key: &str) -> Option<Spot> {
        let item = instrument.of_key(key)?;
        let mut instance = 0;
        for (name, number) in key::parts(key) {
            let Some(number) = number else { break };
            let inside = self.inside(instance, instrument.inner_frame(instrument.named(name)?));
            instance = inside.start.checked_add(number - 1).filter(|at| *at < inside.end)?;
        }
        Some((item, instance))
    }
}

/// People see one instance to fill in; an expression has said nothing yet.
pub(super) fn count_at_first(repeat: &Item) -> usize {
    usize::from(repeat.repeat_count.is_none())
}
