//! Knowledge questions: who knows what the plan says is right. Rules, in full:
//!
//! - An answer is right or wrong. One choice, a whole number and words are right when they are one of the item's `right`;
//!   several choices when they are all of `right` and no others. Words are compared without case, width and outer or
//!   repeated blanks.
//! - "Don't know", said to the canvasser, is an answer that is not right: who is asked what he knows has said so.
//! - Refused and left empty are neither right nor wrong: they are counted apart, and in no share.
//! - Share right = right ÷ (answers + "don't know").
//! - A record's score = points of its right answers ÷ points of the questions that it answered ("don't know" among them).
//!   The mean score is over the records that have one. Both are exact fractions.

use super::{Fraction, Undefined, exact::fraction};
use crate::carry::carry;
use crate::ledger::{Codebook, Row};
use crate::plan::{Decimal, Item, ItemType};
use crate::session::{Answer, MissingReason, Record};
use num_traits::Zero;

/// What is known, in one round.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowledge {
    /// Id of the round.
    pub round: String,
    /// In the order of the plan.
    pub questions: Vec<KnowledgeQuestion>,
    /// Records that have a score. None: withheld.
    pub records: Option<u64>,
    /// Mean of their scores, from 0 to 1.
    pub mean: Result<Fraction, Undefined>,
}

carry!(struct Knowledge { round, questions, records, mean });

/// One question with right answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnowledgeQuestion {
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Name of the item.
    pub item: String,
    pub points: Decimal,
    /// Answers and "don't know". None here and below: withheld.
    pub n: Option<u64>,
    pub right: Option<u64>,
    /// Of `n`.
    pub dont_know: Option<u64>,
    pub refused: Option<u64>,
    /// Asked and left empty.
    pub blank: Option<u64>,
}

carry!(struct KnowledgeQuestion { questionnaire, item, points, n, right, dont_know, refused, blank });

impl KnowledgeQuestion {
    /// Whether anybody was asked, of counts that are not withheld.
    pub fn is_asked(&self) -> bool {
        [self.n, self.refused, self.blank].into_iter().any(|count| count != Some(0))
    }

    /// Share of right answers. Not given without an answer, and where it is withheld.
    pub fn share(&self) -> Result<Fraction, Undefined> {
        match (self.right, self.n) {
            (Some(_), Some(0)) => Err(Undefined::NoAnswers),
            (Some(right), Some(n)) => Ok(Fraction::new(right.into(), n.into())),
            _ => Err(Undefined::Withheld),
        }
    }
}

/// What the records of a round show that people know. `rows`: with the ids of the records. None
/// when the plan asks for no knowledge, or has no such round.
pub fn knowledge<'a>(
    codebook: &Codebook,
    rows: impl IntoIterator<Item = (&'a str, &'a Row)>,
    round: &str,
) -> Option<Knowledge> {
    let plan = codebook.plan();
    plan.round(round)?;
    let mut items: Vec<(usize, &Item)> = Vec::new();
    for (at, questionnaire) in plan.questionnaires.iter().enumerate() {
        collect(&questionnaire.items, at, &mut items);
    }
    if items.is_empty() {
        return None;
    }
    let mut questions: Vec<KnowledgeQuestion> = items
        .iter()
        .map(|(at, item)| KnowledgeQuestion {
            questionnaire: plan.questionnaires[*at].id.clone(),
            item: item.name.clone(),
            points: item.points.unwrap_or(Decimal::ONE),
            n: Some(0),
            right: Some(0),
            dont_know: Some(0),
            refused: Some(0),
            blank: Some(0),
        })
        .collect();
    let (mut records, mut sum) = (0u64, Fraction::zero());
    for (id, row) in rows {
        if plan.rounds[row.domain.round as usize].id != round {
            continue;
        }
        let at = row.domain.questionnaire as usize;
        let record = codebook.unpack(id, row);
        let (mut gained, mut possible) = (Fraction::zero(), Fraction::zero());
        for ((_, item), question) in items.iter().zip(&mut questions).filter(|((of, _), _)| *of == at) {
            let points = fraction(question.points);
            for outcome in outcomes(codebook, at, item, &record) {
                let count = match outcome {
                    Outcome::Right | Outcome::Wrong => None,
                    Outcome::DontKnow => Some(&mut question.dont_know),
                    Outcome::Refused => Some(&mut question.refused),
                    Outcome::Blank => Some(&mut question.blank),
                };
                if let Some(Some(count)) = count {
                    *count += 1;
                }
                if matches!(outcome, Outcome::Refused | Outcome::Blank) {
                    continue;
                }
                possible += &points;
                question.n = question.n.map(|n| n + 1);
                if outcome == Outcome::Right {
                    gained += &points;
                    question.right = question.right.map(|right| right + 1);
                }
            }
        }
        if !possible.is_zero() {
            records += 1;
            sum += gained / possible;
        }
    }
    let mean = if records == 0 { Err(Undefined::NoAnswers) } else { Ok(sum / Fraction::from_integer(records.into())) };
    Some(Knowledge { round: round.to_owned(), questions, records: Some(records), mean })
}

impl Knowledge {
    /// What may be published, as [`super::Results::published`] has it: counts above 0 and below `smallest` are withheld, and
    /// with one of right or wrong the other, and the share; the mean while it rests on so few records, or is that of one
    /// question that is withheld.
    pub fn published(&self, smallest: u32) -> Knowledge {
        let small = |count: Option<u64>| count.is_none_or(|count| 0 < count && count < u64::from(smallest));
        let mut out = self.clone();
        for question in &mut out.questions {
            let wrong = question.n.zip(question.right).map(|(n, right)| n - right);
            if small(question.n) || small(question.right) || small(wrong) {
                question.right = None;
            }
            for count in [&mut question.n, &mut question.dont_know, &mut question.refused, &mut question.blank] {
                if small(*count) {
                    *count = None;
                }
            }
        }
        let single = out.questions.len() == 1 && out.questions[0].right.is_none();
        if small(out.records) || single {
            out.mean = Err(Undefined::Withheld);
        }
        if small(out.records) {
            out.records = None;
        }
        out
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Right,
    Wrong,
    DontKnow,
    Refused,
    Blank,
}

/// What a record says to a question: once, or in a repeat once for each answer.
fn outcomes(codebook: &Codebook, questionnaire: usize, item: &Item, record: &Record) -> Vec<Outcome> {
    let is_of = |key: &str| key == item.name || key.rsplit_once('/').is_some_and(|(_, last)| last == item.name);
    let answers = record.answers.iter().filter(|(key, _)| is_of(key));
    let judged = answers.map(|(_, answer)| if is_right(item, answer) { Outcome::Right } else { Outcome::Wrong });
    let reasons = record.missing.iter().filter(|(key, _)| is_of(key)).map(|(_, reason)| match reason {
        MissingReason::DontKnow => Outcome::DontKnow,
        MissingReason::Refused => Outcome::Refused,
    });
    let mut all: Vec<Outcome> = judged.chain(reasons).collect();
    if all.is_empty() && codebook.is_asked(questionnaire, &item.name, record) {
        all.push(Outcome::Blank);
    }
    all
}

/// Whether an answer is what the item's `right` says.
pub fn is_right(item: &Item, answer: &Answer) -> bool {
    match answer {
        Answer::Text(text) if item.kind == ItemType::Text => {
            let given = fold(text);
            item.right.iter().any(|right| fold(right) == given)
        }
        Answer::Text(choice) => item.right.contains(choice),
        Answer::Integer(number) => item.right.iter().any(|right| right.parse() == Ok(*number)),
        Answer::Choices(chosen) => {
            chosen.len() == item.right.len() && chosen.iter().all(|choice| item.right.contains(choice))
        }
        Answer::Grid(_) => false,
    }
}

/// Words without case, width and blanks that say nothing.
fn fold(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    let text: String = text.chars().map(narrow).flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect<'a>(items: &'a [Item], questionnaire: usize, out: &mut Vec<(usize, &'a Item)>) {
    for item in items {
        if !item.right.is_empty() {
            out.push((questionnaire, item));
        }
        collect(&item.items, questionnaire, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::named::Named;
    use crate::plan::{Digest, Mode, load};
    use crate::session::{Disposition, PlanRef};

    const REASONED: fn(&str, MissingReason) -> Record = |item, reason| {
        let mut made = record(&[]);
        made.missing.insert(item.to_owned(), reason);
        made
    };

    fn codebook() -> Codebook {
        let text = std::fs::read_to_string("tests/browser/plans/kinds.json").unwrap();
        Codebook::new(&load(&text).unwrap(), &reference(), &crate::expression::Plain).unwrap()
    }

    fn reference() -> PlanRef {
        PlanRef { id: "kinds".into(), version: "1".into(), digest: Digest("p".repeat(43)) }
    }

    fn record(answers: &[(&str, Answer)]) -> Record {
        let mut answered: Named<Answer> = Named::new();
        answers.iter().for_each(|(item, answer)| drop(answered.insert(item.to_string(), answer.clone())));
        Record {
            plan: reference(),
            answers: answered,
            round: "r".into(),
            questionnaire: "form".into(),
            rater_group: None,
            stratum: None,
            mode: Mode::Face,
            disposition: Disposition::Complete,
            ..crate::ledger::tests::record("one")
        }
    }

    fn text(text: &str) -> Answer {
        Answer::Text(text.into())
    }

    fn choices(names: &[&str]) -> Answer {
        Answer::Choices(names.iter().map(|name| name.to_string()).collect())
    }

    fn of(records: &[Record]) -> Knowledge {
        let codebook = codebook();
        let rows: Vec<Row> = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
        knowledge(&codebook, rows.iter().map(|row| ("one", row)), "r").unwrap()
    }

    fn question(knowledge: &Knowledge, item: &str) -> KnowledgeQuestion {
        knowledge.questions.iter().find(|question| question.item == item).unwrap().clone()
    }

    #[test]
    fn a_number_is_right_as_a_number_words_as_words_and_choices_all_together() {
        let right = |item: &str, answer: Answer| {
            let known = of(&[record(&[(item, answer)])]);
            question(&known, item).right == Some(1)
        };
        assert!(right("hotline", Answer::Integer(12345)) && !right("hotline", Answer::Integer(1)));
        assert!(right("town", text("　柳河 ")) && right("town", text("ＬＩＵＨＥ")) && !right("town", text("柳 河")));
        assert!(right("law", text("three")) && !right("law", text("five")));
        assert!(right("duties", choices(&["safety", "aid"])));
        assert!(!right("duties", choices(&["safety"])) && !right("duties", choices(&["safety", "aid", "tax"])));
    }

    #[test]
    fn left_empty_and_refused_are_not_wrong_and_dont_know_is_not_right() {
        let known = of(&[
            record(&[("law", text("three"))]),
            record(&[]),
            REASONED("law", MissingReason::Refused),
            REASONED("law", MissingReason::DontKnow),
        ]);
        let law = question(&known, "law");
        assert_eq!((law.n, law.right, law.dont_know), (Some(2), Some(1), Some(1)));
        assert_eq!((law.refused, law.blank), (Some(1), Some(1)));
        assert_eq!(law.share(), Ok(Fraction::new(1.into(), 2.into())));
        assert_eq!(question(&known, "town").share(), Err(Undefined::NoAnswers));
    }

    #[test]
    fn the_score_of_a_record_is_over_what_it_answered_and_the_mean_is_exact() {
        // law 1 point, hotline 0.5, duties 2, town 1: 1.5 of 3.5 and 1 of 1; the third record has no score.
        let known = of(&[
            record(&[("law", text("three")), ("hotline", Answer::Integer(12345)), ("duties", choices(&["tax"]))]),
            record(&[("town", text("柳河"))]),
            record(&[]),
        ]);
        assert_eq!(known.records, Some(2));
        assert_eq!(known.mean, Ok(Fraction::new(5.into(), 7.into())));
    }

    #[test]
    fn without_an_answer_there_is_no_mean_and_not_zero() {
        let known = of(&[record(&[])]);
        assert_eq!((known.records, known.mean), (Some(0), Err(Undefined::NoAnswers)));
    }

    #[test]
    fn what_is_published_gives_no_small_count_away() {
        let right = record(&[("law", text("three"))]);
        let wrong = record(&[("law", text("five"))]);
        let mut records = vec![right; 9];
        records.push(wrong.clone());
        let known = of(&records);
        let law = question(&known.published(5), "law");
        assert_eq!((law.n, law.right), (Some(10), None), "one wrong answer is not told");
        assert_eq!(law.share(), Err(Undefined::Withheld));
        assert_eq!(of(&[wrong]).published(5).mean, Err(Undefined::Withheld));
        records.extend(vec![record(&[("law", text("five"))]); 9]);
        assert_eq!(question(&of(&records).published(5), "law").right, Some(9));
    }
}
