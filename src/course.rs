//! The course for canvassers: a few pages on how to ask, and a quiz that says whether they were understood. It belongs to no plan
//! and needs no network.
//!
//! **Owns** the pages, the pool of questions with their explanations, how a quiz is drawn, and what passing means. **Promises**: every
//! page is asked about in every quiz; the same seed draws the same quiz; what counts is what was answered first. **Refuses** to know
//! devices and signatures: the certificate is a matter of the room `batch`.

mod pages;
mod pool;

use crate::language::Words;

pub use pages::PAGES;
pub use pool::POOL;

/// Which course it is, in certificates. Another content that means something else gets another name.
pub const COURSE: &str = "canvasser-1";
/// Questions in a quiz.
pub const ASKED: usize = 12;
/// Right answers that it takes to pass.
pub const PASS: usize = 10;

/// One page to read.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub title: Words,
    /// Paragraphs.
    pub lines: &'static [Words],
    /// An example, as it goes well.
    pub good: Words,
    /// And as it must not go.
    pub bad: Words,
}

/// One question of the pool.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// The page that it is about.
    pub page: usize,
    pub asked: Words,
    /// The first is right.
    pub choices: [Words; 3],
    /// Why, said after the answer, whichever it was.
    pub because: Words,
}

/// One question of a quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its place in the pool.
    pub question: usize,
    /// In which order its choices are shown.
    pub order: [usize; 3],
}

/// A quiz: one question about each page, the others from what is left, in random order. It follows from the seed.
pub fn draw(seed: u64) -> Vec<Drawn> {
    let mut chance = Chance(seed);
    let mut left: Vec<usize> = (0..POOL.len()).collect();
    chance.shuffle(&mut left);
    let mut chosen: Vec<usize> = Vec::with_capacity(ASKED);
    for page in 0..PAGES.len() {
        if let Some(at) = left.iter().position(|question| POOL[*question].page == page) {
            chosen.push(left.remove(at));
        }
    }
    let more = ASKED.saturating_sub(chosen.len());
    chosen.extend(left.into_iter().take(more));
    chance.shuffle(&mut chosen);
    let drawn = chosen.into_iter().map(|question| {
        let mut order = [0, 1, 2];
        chance.shuffle(&mut order);
        Drawn { question, order }
    });
    drawn.collect()
}

/// What came of a quiz, of the places of the choices that were given first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub right: usize,
    pub of: usize,
    /// Pages about which something was answered wrongly, in their order.
    pub again: Vec<usize>,
}

impl Mark {
    /// `given`: for each question which of the choices, as they were shown.
    pub fn of(quiz: &[Drawn], given: &[usize]) -> Mark {
        let is_right = |(drawn, shown): (&Drawn, &usize)| drawn.order.get(*shown) == Some(&0);
        let answers: Vec<bool> = quiz.iter().zip(given).map(is_right).collect();
        let wrong = quiz.iter().zip(&answers).filter(|(_, right)| !**right);
        let mut again: Vec<usize> = wrong.map(|(drawn, _)| POOL[drawn.question].page).collect();
        again.sort_unstable();
        again.dedup();
        Mark { right: answers.iter().filter(|right| **right).count(), of: quiz.len(), again }
    }

    pub fn passed(&self) -> bool {
        self.of == ASKED && self.right >= PASS
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough for the order of a quiz.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        (((z >> 32) * end as u64) >> 32) as usize
    }

    /// Fisher and Yates.
    fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (1..things.len()).rev() {
            things.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_quiz_asks_about_every_page_and_nothing_twice() {
        for seed in 0..500 {
            let quiz = draw(seed);
            assert_eq!(quiz.len(), ASKED);
            let questions: BTreeSet<usize> = quiz.iter().map(|drawn| drawn.question).collect();
            let pages: BTreeSet<usize> = questions.iter().map(|question| POOL[*question].page).collect();
            assert_eq!((questions.len(), pages.len()), (ASKED, PAGES.len()));
            assert!(quiz.iter().all(|drawn| BTreeSet::from(drawn.order).len() == 3));
            assert_eq!(quiz, draw(seed), "the same seed draws the same quiz");
        }
    }

    #[test]
    fn every_question_is_drawn_and_the_right_choice_stands_in_every_place() {
        let mut times = vec![0; POOL.len()];
        let mut places = [0; 3];
        for drawn in (0..2000).flat_map(draw) {
            times[drawn.question] += 1;
            places[drawn.order.iter().position(|at| *at == 0).unwrap()] += 1;
        }
        assert!(times.iter().all(|count| *count > 500), "{times:?}");
        assert!(places.iter().all(|count| (7_500..8_500).contains(count)), "{places:?}");
    }

    #[test]
    fn ten_of_twelve_pass_and_what_was_wrong_names_its_pages() {
        let quiz = draw(7);
        let right: Vec<usize> = quiz.iter().map(|drawn| drawn.order.iter().position(|at| *at == 0).unwrap()).collect();
        let mark = Mark::of(&quiz, &right);
        assert_eq!((mark.right, mark.passed(), mark.again.is_empty()), (12, true, true));
        let mut given = right.clone();
        for at in [0, 1] {
            given[at] = (right[at] + 1) % 3;
        }
        assert!(Mark::of(&quiz, &given).passed());
        given[2] = (right[2] + 1) % 3;
        let mark = Mark::of(&quiz, &given);
        assert_eq!((mark.right, mark.passed()), (9, false));
        let wrong: BTreeSet<usize> = quiz[..3].iter().map(|drawn| POOL[drawn.question].page).collect();
        assert_eq!(mark.again, wrong.into_iter().collect::<Vec<_>>());
        // Half a quiz is none.
        assert!(!Mark::of(&quiz[..11], &right[..11]).passed());
    }

    #[test]
    fn pages_and_questions_are_whole_in_both_languages() {
        let said = |words: &Words| assert!(!words.zh.trim().is_empty() && !words.en.trim().is_empty());
        for page in PAGES {
            [page.title, page.good, page.bad].iter().chain(page.lines).for_each(said);
        }
        for question in POOL {
            assert!(question.page < PAGES.len());
            [question.asked, question.because].iter().chain(&question.choices).for_each(said);
            assert!(
                question.choices[0].en != question.choices[1].en && question.choices[1].en != question.choices[2].en
            );
        }
        for page in 0..PAGES.len() {
            assert!(POOL.iter().filter(|question| question.page == page).count() >= 3, "{page}");
        }
    }
}
