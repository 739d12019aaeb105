//! Similar texts together. Two texts are alike by the cosine of their pairs of characters (Chinese) and words (other scripts),
//! rare ones weighing more (tf-idf, Salton and Buckley 1988). Each text joins the most similar leader, or leads a group of its
//! own (leader clustering, Hartigan 1975): one pass, and every member can be held against one text. Equal texts are one.

use super::lexicon::{Run, runs};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Texts are alike from this cosine on.
const ALIKE: f32 = 0.34;

/// So many texts more are thought to have every feature: among a few texts, rarity says little, and what two share would else
/// weigh less than what stands in one only because there are so few.
const THOUGHT: f32 = 5.0;

/// Texts that say much the same, by their places in the list that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The text that the others are like.
    pub leader: usize,
    /// Every one, the leader first.
    pub members: Vec<usize>,
}

/// Puts texts into groups, in portions.
#[derive(Clone, Debug)]
pub struct Grouper {
    /// Different texts, the most frequent first: features with weights of length one together, and where it stands.
    texts: Vec<(Vec<(u64, f32)>, Vec<usize>)>,
    next: usize,
    /// Feature to leaders and the weight that it has there.
    index: FxHashMap<u64, Vec<(u32, f32)>>,
    groups: Vec<Group>,
    /// Products with each leader while one text is looked at.
    products: Vec<f32>,
}

fn features(text: &str) -> Vec<u64> {
    let hash = |part: &dyn Fn(&mut FxHasher)| {
        let mut hasher = FxHasher::default();
        part(&mut hasher);
        hasher.finish()
    };
    let mut found = Vec::new();
    for run in runs(text) {
        match run {
            Run::Other(word) => found.push(hash(&|hasher| word.hash(hasher))),
            Run::Han(run) if run.len() == 1 => found.push(hash(&|hasher| run[0].hash(hasher))),
            Run::Han(run) => found.extend(run.windows(2).map(|pair| hash(&|hasher| pair.hash(hasher)))),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

impl Grouper {
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Grouper {
        let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        texts.enumerate().for_each(|(at, text)| places.entry(text.trim()).or_default().push(at));
        let mut all: Vec<(&str, Vec<usize>)> = places.into_iter().collect();
        all.sort_by(|(a, of_a), (b, of_b)| of_b.len().cmp(&of_a.len()).then_with(|| a.cmp(b)));
        let mut known: Vec<(Vec<u64>, Vec<usize>)> =
            all.into_iter().map(|(text, places)| (features(text), places)).collect();
        let mut texts_with: FxHashMap<u64, u32> = FxHashMap::default();
        known
            .iter()
            .flat_map(|(features, _)| features)
            .for_each(|feature| *texts_with.entry(*feature).or_default() += 1);
        let number = known.len() as f32;
        // What a tenth of the texts have tells none apart.
        let most = (known.len() / 10).max(50) as u32;
        let weigh = |feature: u64| {
            let with = texts_with.get(&feature).copied().unwrap_or(1);
            (with <= most).then(|| (feature, (1.0 + (number + THOUGHT) / (with as f32 + THOUGHT)).ln()))
        };
        let texts = known
            .drain(..)
            .map(|(features, places)| {
                let mut weights: Vec<(u64, f32)> = features.into_iter().filter_map(weigh).collect();
                let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
                weights.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
                (weights, places)
            })
            .collect();
        Grouper { texts, next: 0, index: FxHashMap::default(), groups: Vec::new(), products: Vec::new() }
    }

    /// Different texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Looks at the next texts; false: there are no more.
    pub fn go_on(&mut self, number: usize) -> bool {
        let end = self.next.saturating_add(number).min(self.texts.len());
        while self.next < end {
            let at = self.next;
            self.next += 1;
            let (weights, places) = std::mem::take(&mut self.texts[at]);
            self.put(&weights, places);
        }
        self.next < self.texts.len()
    }

    fn put(&mut self, weights: &[(u64, f32)], places: Vec<usize>) {
        self.products.clear();
        self.products.resize(self.groups.len(), 0.0);
        for (feature, weight) in weights {
            for (leader, there) in self.index.get(feature).map_or(&[][..], Vec::as_slice) {
                self.products[*leader as usize] += weight * there;
            }
        }
        let best = self.products.iter().enumerate().max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)));
        match best.filter(|(_, product)| **product >= ALIKE) {
            Some((group, _)) => self.groups[group].members.extend(places),
            None => {
                let group = self.groups.len() as u32;
                weights.iter().for_each(|(feature, weight)| {
                    self.index.entry(*feature).or_default().push((group, *weight));
                });
                self.groups.push(Group { leader: places[0], members: places });
            }
        }
    }

    /// The groups, the largest first; every text is in one.
    pub fn finish(mut self) -> Vec<Group> {
        while self.go_on(usize::MAX) {}
        self.groups.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then(a.leader.cmp(&b.leader)));
        self.groups
    }
}
