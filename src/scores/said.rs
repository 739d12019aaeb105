use super::Counted;
use super::design::Design;
use crate::ledger::{Codebook, FIRST_GRADE};
use crate::plan::Mode;

/// What one record says to one measure of a unit: Σ points in millionths, satisfied grades, grades.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Said {
    pub points: i64,
    pub satisfied: i64,
    pub valid: i64,
}

impl Said {
    fn add(&mut self, other: Said, times: i64) {
        self.points += other.points * times;
        self.satisfied += other.satisfied * times;
        self.valid += other.valid * times;
    }
}

/// Records that agree throughout.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alike {
    pub layer: u32,
    /// Place in what is weighted, and its weight.
    pub part: usize,
    pub weight: f64,
    /// Rater group, weighted or not.
    pub group: Option<u16>,
    pub web: bool,
    pub count: u64,
}

/// The records of a round by layer, with the questions of one unit at hand.
pub(super) struct Round<'a> {
    codebook: &'a Codebook,
    pub alike: Vec<Alike>,
    answers: Vec<(u16, &'a [u8])>,
    /// By questionnaire and unit: place of the question, its indicator and scale.
    questions: Vec<Vec<Vec<(usize, u16, u16)>>>,
}

/// All that a unit was told, measure by measure; the last measure is all indicators that have a weight.
pub(super) struct OfUnit {
    /// By measure and record.
    pub said: Vec<Vec<Said>>,
    /// Fewest records above none behind one count of a grade, and behind those satisfied or the others, in one layer: by measure.
    pub fewest: Vec<(u64, u64)>,
}

impl<'a> Round<'a> {
    pub fn of(counted: &'a Counted<'_>, design: &Design, round: u16) -> Round<'a> {
        let codebook = counted.tally().codebook();
        let units = codebook.plan().units.len();
        let questions = codebook.instruments().iter().map(|instrument| {
            let mut by_unit = vec![Vec::new(); units];
            for (at, question) in instrument.questions.iter().enumerate() {
                by_unit[question.unit as usize].push((at, question.indicator, question.scale));
            }
            by_unit
        });
        let questions = questions.collect();
        let mut found: Vec<(Alike, (u16, &[u8]))> = { counted.patterns(round) }
            .map(|(domain, codes, count)| {
                let (part, weight) = design.part(domain);
                let (layer, web, group) = (design.layer(domain), domain.mode == Mode::Web, domain.rater_group);
                (Alike { layer, part, weight, group, web, count }, (domain.questionnaire, codes))
            })
            .collect();
        found.sort_by_key(|(alike, _)| alike.layer);
        let (alike, answers) = found.into_iter().unzip();
        Round { codebook, alike, answers, questions }
    }

    /// `weighed`: whether each indicator has a weight.
    pub fn unit(&self, unit: usize, design: &Design, weighed: &[bool]) -> OfUnit {
        let leaves = self.codebook.leaves().len();
        let scales = &self.codebook.plan().scales;
        let grades = scales.iter().map(|scale| scale.grades.len()).max().unwrap_or(0);
        let records = self.alike.len();
        let mut said = vec![vec![Said::default(); records]; leaves + 1];
        let width = scales.len() * grades;
        // By measure, layer, scale and grade.
        let mut counts = vec![0u64; leaves * design.layers.len() * width];
        for (at, (questionnaire, codes)) in self.answers.iter().enumerate() {
            for (question, leaf, scale) in &self.questions[*questionnaire as usize][unit] {
                let grades_of = &scales[*scale as usize].grades;
                let Some(place) = codes[*question].checked_sub(FIRST_GRADE).map(usize::from) else { continue };
                let Some(grade) = grades_of.get(place) else { continue };
                let one = Said { points: grade.score.millionths(), satisfied: i64::from(grade.satisfied), valid: 1 };
                said[*leaf as usize][at].add(one, 1);
                if weighed[*leaf as usize] {
                    said[leaves][at].add(one, 1);
                }
                let Alike { layer, count, .. } = self.alike[at];
                let cell = (*leaf as usize * design.layers.len() + layer as usize) * width;
                counts[cell + *scale as usize * grades + place] += count;
            }
        }
        let layer = |cells: &[u64]| -> (u64, u64) {
            let (mut by_grade, mut sides) = (u64::MAX, [0u64; 2]);
            for (at, count) in cells.iter().enumerate().filter(|(_, count)| **count > 0) {
                by_grade = by_grade.min(*count);
                sides[usize::from(scales[at / grades].grades[at % grades].satisfied)] += count;
            }
            let by_side = sides.into_iter().filter(|side| *side > 0).min().unwrap_or(u64::MAX);
            (by_grade, by_side)
        };
        let least = |a: (u64, u64), b: (u64, u64)| (a.0.min(b.0), a.1.min(b.1));
        let mut fewest = vec![(u64::MAX, u64::MAX); leaves + 1];
        for (at, cells) in counts.chunks(width.max(1)).enumerate() {
            let found = layer(cells);
            let leaf = at / design.layers.len().max(1);
            fewest[leaf] = least(fewest[leaf], found);
            if weighed[leaf] {
                fewest[leaves] = least(fewest[leaves], found);
            }
        }
        OfUnit { said, fewest }
    }

    /// Sums by part of the records that `counts`.
    pub fn totals(&self, said: &[Said], parts: usize, counts: impl Fn(&Alike) -> Option<usize>) -> Vec<Said> {
        let mut totals = vec![Said::default(); parts];
        for (alike, said) in self.alike.iter().zip(said) {
            if let Some(part) = counts(alike) {
                totals[part].add(*said, alike.count as i64);
            }
        }
        totals
    }
}
