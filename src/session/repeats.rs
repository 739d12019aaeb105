use super::instrument::Part;
use super::layout::{Layout, MOST_INSTANCES, Spot, count_at_first};
use super::settle::{Settled, Settling};
use super::{Change, Refusal, Session, key};
use crate::named::Named;

impl Session {
    /// What the item is: a question, or a part of a repeat.
    pub fn part(&self, index: usize) -> Part {
        self.instrument.parts[self.spot(index).0]
    }

    /// Of the instance that the item is, or is in: which one of its repeat it is, from 1. `None` outside of repeats.
    pub fn instance(&self, index: usize) -> Option<usize> {
        let (item, instance) = self.spot(index);
        let frame = self.instrument.frame_of[item];
        (frame != 0).then(|| self.state.layout.position(frame, instance))
    }

    /// How many instances the repeat has, whichever of its parts is asked.
    pub fn instances(&self, index: usize) -> usize {
        let (item, instance) = self.spot(index);
        let frame = self.instrument.frame_of[item];
        match self.instrument.parts[item] {
            Part::Repeat => self.state.layout.inside(instance, self.instrument.inner_frame(item)).len(),
            Part::End => {
                let repeat = self.instrument.parents[item].unwrap_or(item);
                self.state.layout.inside(instance, self.instrument.inner_frame(repeat)).len()
            }
            _ if frame == 0 => 1,
            _ => {
                let outer = self.instrument.frames[frame].outer;
                let around = self.state.layout.ancestor(&self.instrument, frame, instance, outer);
                self.state.layout.inside(around, frame).len()
            }
        }
    }

    /// Whether the questionnaire has repeats: then items can come to stand at other places.
    pub fn has_repeats(&self) -> bool {
        self.instrument.frames.len() > 1
    }

    /// Whether people add and remove instances of the repeat; else the plan says how many there are.
    pub fn is_open(&self, index: usize) -> bool {
        self.part(index) != Part::Item && self.item(index).repeat_count.is_none()
    }

    pub(super) fn add(&mut self, repeat: String) -> Result<Change, Refusal> {
        let index = self.find(&repeat)?;
        if self.part(index) != Part::Repeat || !self.is_open(index) {
            return Err(Refusal::Unfit(repeat));
        }
        let spot = self.spot(index);
        let count = self.instances(index);
        let before = self.draft.repeats.get(&repeat).copied();
        if count >= MOST_INSTANCES {
            return Err(Refusal::Full(repeat));
        }
        self.draft.repeats.insert(repeat.clone(), count as u32 + 1);
        let fits = Layout::build(&self.instrument, &self.draft.id, &self.draft.repeats, &count_at_first);
        if fits.inside(spot.1, self.instrument.inner_frame(spot.0)).len() == count {
            match before {
                Some(before) => self.draft.repeats.insert(repeat.clone(), before),
                None => self.draft.repeats.remove(&repeat),
            };
            return Err(Refusal::Full(repeat));
        }
        Ok(self.counted(spot, &|prefix| Some(prefix.to_owned()), None))
    }

    pub(super) fn remove(&mut self, instance: String) -> Result<Change, Refusal> {
        let index = self.find(&instance)?;
        if self.part(index) != Part::Instance || !self.is_open(index) {
            return Err(Refusal::Unfit(instance));
        }
        let (item, at) = self.spot(index);
        let frame = self.instrument.frame_of[item];
        let number = self.state.layout.position(frame, at);
        let outer = self.instrument.frames[frame].outer;
        let around = self.state.layout.ancestor(&self.instrument, frame, at, outer);
        let repeat = (item - 1, around);
        let key = self.state.layout.key(&self.instrument, repeat);
        let count = self.instances(index);
        self.draft.repeats.insert(key.clone(), count as u32 - 1);
        let moved = |old: &str| key::without(old, &key, number);
        rename(&mut self.draft.answers, &moved);
        rename(&mut self.draft.missing, &moved);
        rename(&mut self.draft.notes, &moved);
        rename(&mut self.draft.repeats, &moved);
        // What stands in its place is the next one, though it has the same place.
        Ok(self.counted(repeat, &moved, Some(index)))
    }

    fn counted(&mut self, repeat: Spot, rename: &dyn Fn(&str) -> Option<String>, moved: Option<usize>) -> Change {
        let settling = Settling::new(&self.graph, &self.instrument, &mut self.draft, &mut self.state);
        let mut settled = settling.after_count(repeat, rename);
        if let Some(from) = moved {
            settled.moved(from);
        }
        self.finish(settled)
    }

    /// Gives the items of instances that were never there their defaults, as long as that makes more of them.
    pub(super) fn bring_up(&mut self, settled: &mut Settled) {
        while let Some(prefix) = settled.born.pop() {
            let Some((instance, at)) = self.state.layout.find(&self.instrument, prefix.trim_end_matches('/')) else {
                continue;
            };
            let frame = self.instrument.frame_of[instance];
            for item in instance + 1..self.instrument.ends[instance] {
                if self.instrument.frame_of[item] == frame {
                    self.give_default((item, at), true, settled);
                }
            }
        }
    }
}

fn rename<V>(kept: &mut Named<V>, moved: &dyn Fn(&str) -> Option<String>) {
    let old = std::mem::take(kept);
    *kept = old.into_iter().filter_map(|(key, value)| Some((moved(&key)?, value))).collect();
}
