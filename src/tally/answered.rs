//! What was answered where nothing is graded and nothing known: how often each choice was made, where choices were ranked,
//! and numbers in brief. Rules, in full:
//!
//! - n is the number of answers; who left the question empty, refused or did not know is not in it.
//! - Choices are counted as answers that hold them: where several may be chosen the counts may come to more than n.
//! - A ranking counts who put a choice first, and the mean of its places among those who placed it.
//! - Numbers have a mean, a least and a greatest.
//! - In a repeat each instance is an answer of its own.

use super::{Estimate, Fraction, Undefined};
use crate::ledger::{Codebook, Row};
use crate::plan::{Decimal, Item, ItemType, OTHER};
use crate::session::{Answer, key};
use num_bigint::BigInt;
use std::collections::BTreeMap;

/// The answers to one question in one round.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Name of the item.
    pub item: String,
    /// None: withheld, with all that follows from it.
    pub n: Option<u64>,
    pub said: Said,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// In the order of the list, `other` last.
    Chosen(Vec<Chosen>),
    Ranked(Vec<Ranked>),
    Number {
        mean: Estimate,
        least: Option<Decimal>,
        greatest: Option<Decimal>,
    },
}

/// A choice (its name) and how many made it. None: withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub choice: String,
    pub count: Option<u64>,
}

/// A choice (its name), how many put it first, and its mean place.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub choice: String,
    pub first: Option<u64>,
    pub place: Estimate,
}

/// The questions that somebody answered in a round, in the order of the plan. `rows`: with the ids of the records.
pub fn answered<'a>(
    codebook: &Codebook,
    rows: impl IntoIterator<Item = (&'a str, &'a Row)>,
    round: &str,
) -> Vec<Answered> {
    let plan = codebook.plan();
    let mut questions: Vec<Vec<(&Item, Collected)>> = Vec::new();
    for questionnaire in &plan.questionnaires {
        let mut items = Vec::new();
        collect(&questionnaire.items, &mut items);
        questions.push(items.into_iter().map(|item| (item, Collected::default())).collect());
    }
    if questions.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    for (id, row) in rows.into_iter().filter(|(_, row)| plan.rounds[row.domain.round as usize].id == round) {
        let asked = &mut questions[row.domain.questionnaire as usize];
        if asked.is_empty() || row.disposition == crate::session::Disposition::ScreenedOut {
            continue;
        }
        let record = codebook.unpack(id, row);
        for (item, answer) in &record.answers {
            let name = key::name(item);
            if let Some((item, collected)) = asked.iter_mut().find(|(item, _)| item.name == name) {
                collected.add(item.kind, answer);
            }
        }
    }
    let questions = questions.into_iter().zip(&plan.questionnaires).flat_map(|(asked, questionnaire)| {
        let answered = asked.into_iter().filter(|(_, collected)| collected.n > 0);
        answered.map(|(item, collected)| Answered {
            questionnaire: questionnaire.id.clone(),
            item: item.name.clone(),
            n: Some(collected.n),
            said: collected.said(item, |id| {
                let list = plan.choice_list(id);
                list.map_or_else(Vec::new, |list| list.choices.iter().map(|choice| choice.name.as_str()).collect())
            }),
        })
    });
    questions.collect()
}

/// Items whose answers can be summed up.
fn collect<'a>(items: &'a [Item], out: &mut Vec<&'a Item>) {
    for item in items {
        let chosen = matches!(item.kind, ItemType::SelectOne | ItemType::SelectMultiple | ItemType::Rank);
        let summed = chosen || matches!(item.kind, ItemType::Integer | ItemType::Decimal | ItemType::Range);
        // What people know is told apart.
        if summed && item.right.is_empty() {
            out.push(item);
        }
        collect(&item.items, out);
    }
}

#[derive(Default)]
struct Collected {
    n: u64,
    /// Name of a choice: how many chose it, or put it first; how many placed it; the sum of its places.
    choices: BTreeMap<String, (u64, u64, u64)>,
    /// In millionths.
    sum: BigInt,
    bounds: Option<(Decimal, Decimal)>,
}

impl Collected {
    fn add(&mut self, kind: ItemType, answer: &Answer) {
        match (kind, answer) {
            (ItemType::SelectOne, Answer::Text(choice)) => self.choose(choice),
            (ItemType::SelectMultiple, Answer::Choices(chosen)) => chosen.iter().for_each(|choice| self.choose(choice)),
            (ItemType::Rank, Answer::Choices(ranked)) => {
                for (at, choice) in ranked.iter().enumerate() {
                    let known = self.choices.entry(choice.clone()).or_default();
                    known.0 += u64::from(at == 0);
                    known.1 += 1;
                    known.2 += at as u64 + 1;
                }
            }
            (ItemType::Integer | ItemType::Decimal | ItemType::Range, answer) => {
                let text = match answer {
                    Answer::Integer(number) => number.to_string(),
                    Answer::Text(number) => number.clone(),
                    _ => return,
                };
                // Beyond what a plan's numbers can be: it is in the record, and in no sum.
                let Ok(number) = Decimal::parse(&text) else { return };
                self.sum += number.millionths();
                let (least, greatest) = self.bounds.unwrap_or((number, number));
                self.bounds = Some((least.min(number), greatest.max(number)));
            }
            _ => return,
        }
        self.n += 1;
    }

    fn choose(&mut self, choice: &str) {
        self.choices.entry(choice.to_owned()).or_default().0 += 1;
    }

    fn said<'p>(&self, item: &Item, list: impl Fn(&str) -> Vec<&'p str>) -> Said {
        let mut names = item.choices.as_deref().map_or_else(Vec::new, list);
        names.extend(item.other.is_some().then_some(OTHER));
        let found = |name: &str| self.choices.get(name).copied().unwrap_or_default();
        let ratio = |sum: BigInt, of: u64| match of {
            0 => Err(Undefined::NoAnswers),
            of => Ok(Fraction::new(sum, of.into())),
        };
        match item.kind {
            ItemType::Rank => Said::Ranked(
                { names }
                    .into_iter()
                    .map(|name| {
                        let (first, placed, places) = found(name);
                        Ranked { choice: name.to_owned(), first: Some(first), place: ratio(places.into(), placed) }
                    })
                    .collect(),
            ),
            ItemType::SelectOne | ItemType::SelectMultiple => Said::Chosen(
                { names }
                    .into_iter()
                    .map(|name| Chosen { choice: name.to_owned(), count: Some(found(name).0) })
                    .collect(),
            ),
            _ => Said::Number {
                mean: ratio(self.sum.clone(), self.n).map(|mean| mean / BigInt::from(Decimal::SCALE)),
                least: self.bounds.map(|(least, _)| least),
                greatest: self.bounds.map(|(_, greatest)| greatest),
            },
        }
    }
}

impl Answered {
    /// What may be published, as [`super::Results::published`] has it: with one count above 0 and below `smallest`, or its
    /// rest, all counts of the question; of numbers never the least and the greatest, which are one person's each.
    pub fn published(&self, smallest: u32) -> Answered {
        let mut out = self.clone();
        let small = |count: u64| 0 < count && count < u64::from(smallest);
        let n = self.n.unwrap_or(0);
        let few = small(n);
        match &mut out.said {
            Said::Chosen(choices) => {
                if few
                    || choices.iter().filter_map(|one| one.count).any(|count| small(count) || small(n - count.min(n)))
                {
                    choices.iter_mut().for_each(|one| one.count = None);
                }
            }
            Said::Ranked(choices) => {
                if few || choices.iter().filter_map(|one| one.first).any(small) {
                    choices.iter_mut().for_each(|one| one.first = None);
                }
                if few {
                    choices.iter_mut().for_each(|one| one.place = Err(Undefined::Withheld));
                }
            }
            Said::Number { mean, least, greatest } => {
                if smallest > 0 {
                    (*least, *greatest) = (None, None);
                }
                if few {
                    *mean = Err(Undefined::Withheld);
                }
            }
        }
        if few {
            out.n = None;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::tests::{PLAN, plan, record, reference};
    use crate::plan::{Plan, load};
    use crate::session::{Disposition, Record};

    fn of(plan: &Plan, records: &[Record], round: &str) -> Vec<Answered> {
        let codebook = Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap();
        let rows: Vec<Row> = records.iter().map(|record| codebook.pack(record).unwrap()).collect();
        answered(&codebook, rows.iter().map(|row| ("one", row)), round)
    }

    fn saying(answers: &[(&str, Answer)]) -> Record {
        let mut made = record("one");
        answers.iter().for_each(|(item, answer)| drop(made.answers.insert((*item).to_owned(), answer.clone())));
        made
    }

    fn choices(names: &[&str]) -> Answer {
        Answer::Choices(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn counts(answered: &Answered) -> Vec<(&str, Option<u64>)> {
        let Said::Chosen(choices) = &answered.said else { panic!("{answered:?}") };
        choices.iter().map(|one| (one.choice.as_str(), one.count)).collect()
    }

    #[test]
    fn choices_are_counted_and_numbers_told_in_brief() {
        let records = [
            saying(&[
                ("visited", Answer::Text("yes".into())),
                ("why", choices(&["yes", "no"])),
                ("times", Answer::Integer(2)),
            ]),
            saying(&[
                ("visited", Answer::Text("yes".into())),
                ("why", choices(&["no"])),
                ("times", Answer::Integer(5)),
            ]),
            saying(&[]),
        ];
        let found = of(&plan(), &records, "r1");
        let [visited, why, times] = &found[..] else { panic!("{found:?}") };
        assert_eq!((visited.n, counts(visited)), (Some(2), vec![("yes", Some(2)), ("no", Some(0))]));
        assert_eq!((why.n, counts(why)), (Some(2), vec![("yes", Some(1)), ("no", Some(2))]));
        let mean = Ok(Fraction::new(7.into(), 2.into()));
        let [two, five] = ["2", "5"].map(|number| Decimal::parse(number).ok());
        assert_eq!(times.said, Said::Number { mean, least: two, greatest: five });
    }

    #[test]
    fn of_a_ranking_the_first_and_the_mean_place_are_told() {
        let ranks = PLAN.replace(r#""type": "select_multiple", "name": "why""#, r#""type": "rank", "name": "why""#);
        let ranks = load(&ranks).unwrap();
        let found =
            of(&ranks, &[saying(&[("why", choices(&["no", "yes"]))]), saying(&[("why", choices(&["no"]))])], "r1");
        let Said::Ranked(places) = &found[0].said else { panic!("{found:?}") };
        let places: Vec<_> =
            places.iter().map(|one| (one.choice.as_str(), one.first, one.place.clone().unwrap())).collect();
        let whole = |number: i64| Fraction::from_integer(number.into());
        assert_eq!(places, [("yes", Some(0), whole(2)), ("no", Some(2), whole(1))]);
    }

    #[test]
    fn what_nobody_answered_another_round_and_who_was_screened_out_are_not_told() {
        let mut out = saying(&[("times", Answer::Integer(1))]);
        assert!(of(&plan(), std::slice::from_ref(&out), "r2").is_empty());
        out.disposition = Disposition::ScreenedOut;
        assert!(of(&plan(), &[out], "r1").is_empty());
    }

    #[test]
    fn what_is_published_gives_no_small_count_away_and_nobodys_number() {
        let yes = saying(&[("visited", Answer::Text("yes".into())), ("times", Answer::Integer(1))]);
        let no = saying(&[("visited", Answer::Text("no".into())), ("times", Answer::Integer(9))]);
        let mut records = vec![yes; 9];
        records.push(no.clone());
        let found: Vec<Answered> = of(&plan(), &records, "r1").iter().map(|one| one.published(5)).collect();
        assert_eq!((found[0].n, counts(&found[0])), (Some(10), vec![("yes", None), ("no", None)]));
        let Said::Number { mean, least, greatest } = &found[1].said else { panic!("{found:?}") };
        assert_eq!((mean.is_ok(), least, greatest), (true, &None, &None));
        let few = of(&plan(), &[no], "r1")[1].published(5);
        assert_eq!(
            (few.n, few.said),
            (None, Said::Number { mean: Err(Undefined::Withheld), least: None, greatest: None })
        );
    }
}
