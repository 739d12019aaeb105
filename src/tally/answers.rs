use super::{Cell, Fraction};
use crate::ledger::{BLANK, Codebook, DONT_KNOW, FIRST_GRADE, NOT_ASKED, REFUSED};
use crate::plan::{Mode, Scale};
use num_bigint::BigInt;
use num_traits::Zero;
use std::collections::BTreeMap;

/// Answers to like questions, pooled: the counts that a score and a rate are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Scale (position in the plan) to the count of each of its grades.
    pub grades: BTreeMap<u16, Vec<u64>>,
    /// The scale's missing answers, and "don't know" said to the canvasser.
    pub dont_know: u64,
    pub refused: u64,
    /// Asked and left empty.
    pub blank: u64,
    pub not_asked: u64,
    /// Of the grades, those given by self-selected people on the web.
    pub by_web: u64,
}

impl Answers {
    pub(super) fn add_cell(&mut self, codebook: &Codebook, cell: &Cell<'_>) {
        let scale = &codebook.plan().scales[cell.question.scale as usize];
        let (grades, missing) = cell.codes[FIRST_GRADE as usize..].split_at(scale.grades.len());
        let ours = self.grades.entry(cell.question.scale).or_insert_with(|| vec![0; grades.len()]);
        ours.iter_mut().zip(grades).for_each(|(ours, more)| *ours += more);
        self.dont_know += missing.iter().sum::<u64>() + cell.codes[DONT_KNOW as usize];
        self.refused += cell.codes[REFUSED as usize];
        self.blank += cell.codes[BLANK as usize];
        self.not_asked += cell.codes[NOT_ASKED as usize];
        if cell.domain.mode == Mode::Web {
            self.by_web += grades.iter().sum::<u64>();
        }
    }

    pub(super) fn add(&mut self, other: &Answers) {
        for (scale, counts) in &other.grades {
            let ours = self.grades.entry(*scale).or_insert_with(|| vec![0; counts.len()]);
            ours.iter_mut().zip(counts).for_each(|(ours, more)| *ours += more);
        }
        self.dont_know += other.dont_know;
        self.refused += other.refused;
        self.blank += other.blank;
        self.not_asked += other.not_asked;
        self.by_web += other.by_web;
    }

    /// n: answers that are a grade.
    pub fn valid(&self) -> u64 {
        self.grades.values().flatten().sum()
    }

    /// Of these, grades that the plan calls satisfied.
    pub fn satisfied(&self, scales: &[Scale]) -> u64 {
        let counted = self.grades.iter().flat_map(|(at, counts)| scales[*at as usize].grades.iter().zip(counts));
        counted.filter(|(grade, _)| grade.satisfied).map(|(_, count)| count).sum()
    }

    /// 满意度得分: points per valid answer. None without a valid answer.
    pub fn score(&self, scales: &[Scale]) -> Option<Fraction> {
        let (n, sum, _) = self.moments(scales);
        (!n.is_zero()).then(|| Fraction::new(sum, n * scale_unit()))
    }

    /// 满意率: share of satisfied grades among valid answers. None without a valid answer.
    pub fn rate(&self, scales: &[Scale]) -> Option<Fraction> {
        let n = self.valid();
        (n > 0).then(|| Fraction::new(self.satisfied(scales).into(), n.into()))
    }

    /// Don't-know answers among those who gave a grade or said that they do not know.
    pub fn dont_know_rate(&self) -> Option<Fraction> {
        let of = self.valid() + self.dont_know;
        (of > 0).then(|| Fraction::new(self.dont_know.into(), of.into()))
    }

    /// Variance of the points of the answers themselves, Σ(y−m)²/n: it describes these people, not the estimate.
    pub fn variance_population(&self, scales: &[Scale]) -> Option<Fraction> {
        let (n, sum, squares) = self.moments(scales);
        (!n.is_zero()).then(|| Fraction::new(&n * squares - &sum * &sum, &n * &n * scale_unit() * scale_unit()))
    }

    /// The same with n−1. None under two answers.
    pub fn variance_sample(&self, scales: &[Scale]) -> Option<Fraction> {
        let (n, sum, squares) = self.moments(scales);
        let less_one = &n - 1;
        let denominator = &n * &less_one * scale_unit() * scale_unit();
        (less_one > BigInt::zero()).then(|| Fraction::new(&n * squares - &sum * &sum, denominator))
    }

    /// n, Σ points and Σ points², in millionths and their squares.
    fn moments(&self, scales: &[Scale]) -> (BigInt, BigInt, BigInt) {
        let (mut n, mut sum, mut squares) = (BigInt::zero(), BigInt::zero(), BigInt::zero());
        for (at, counts) in &self.grades {
            for (grade, count) in scales[*at as usize].grades.iter().zip(counts) {
                let points = BigInt::from(grade.score.millionths());
                n += *count;
                sum += &points * *count;
                squares += &points * &points * *count;
            }
        }
        (n, sum, squares)
    }
}

fn scale_unit() -> BigInt {
    BigInt::from(crate::plan::Decimal::SCALE)
}
