use super::population::{one_of, share};
use super::{Population, attached};
use crate::plan::{ACKNOWLEDGED, Choice, Decimal, Item, ItemType, OTHER, Plan, Scale};
use crate::session::{Answer, Disposition, Event, Part, Record, Session};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// How an interview comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conduct {
    /// The person says what they think.
    Honest,
    /// The person gives everything the grade of the first thing asked.
    Careless,
    /// The person was told to give everything the best grade.
    Coached,
    /// Nobody was asked: the canvasser wrote down the answers of this person again, with a change here and there.
    Fabricated { after: usize },
}

/// Share of the grades that whoever fabricates changes.
const CHANGED: f64 = 0.08;
/// Share of optional questions, grades aside, that are passed over.
const PASSED: f64 = 0.1;
/// Share of questions with a right answer that are answered rightly.
const RIGHT: f64 = 0.6;
/// Most times that a constraint is tried to be met.
const TRIES: usize = 24;

/// An interview that ended.
pub struct Interviewed {
    pub record: Record,
    /// Names of required items that could not be answered: the interview was broken off there.
    pub stuck: Vec<String>,
    /// Keys of grades and repeats that the session refused: never, unless engine and plan disagree.
    pub refused: Vec<String>,
}

/// Asks this person, from the first section to the last, as a device does: one event after another.
///
/// `session` is a new one for the person's questionnaire. What the session refuses is not answered.
pub fn interview(population: &Population, person: usize, conduct: Conduct, mut session: Session) -> Interviewed {
    let plan = session.plan().clone();
    let source = match conduct {
        Conduct::Fabricated { after } => after,
        _ => person,
    };
    let mind = Mind {
        population,
        plan: &plan,
        person: source,
        conduct,
        draws: population.answers(source),
        own: population.answers(person),
        first: None,
    };
    let mut asking = Asking { mind, asked: BTreeSet::new(), refused: Vec::new() };
    loop {
        asking.section(&mut session);
        match session.next_section() {
            Some(section) if session.apply(Event::Moved { section }).is_ok() => {}
            _ => break,
        }
    }
    let mut ended = match session.close(Disposition::Complete) {
        Ok(record) => Interviewed { record, stuck: Vec::new(), refused: asking.refused },
        Err(faults) => {
            let stuck = faults.iter().map(|fault| session.key(fault.item)).collect();
            let record = session.close(Disposition::Partial).expect("what is broken off has no faults");
            Interviewed { record, stuck, refused: asking.refused }
        }
    };
    attached::attach(&mut ended.record);
    ended
}

struct Asking<'a> {
    mind: Mind<'a>,
    /// Keys of what was asked.
    asked: BTreeSet<String>,
    refused: Vec<String>,
}

impl Asking<'_> {
    /// Everything in the section that applies, and what comes to apply by it.
    fn section(&mut self, session: &mut Session) {
        loop {
            let mut news = false;
            let mut at = session.sections().get(session.section()).map_or(0, |section| section.items.start);
            // Read anew each time: an answer may add instances.
            while session.sections().get(session.section()).is_some_and(|section| at < section.items.end) {
                news |= self.item(session, at);
                at += 1;
            }
            // A repeat that is a section by itself.
            let own = session.sections().get(session.section()).and_then(|section| section.group);
            news |= own.is_some_and(|own| self.item(session, own));
            if !news {
                return;
            }
        }
    }

    /// Tells whether it was asked for the first time.
    fn item(&mut self, session: &mut Session, at: usize) -> bool {
        if !session.is_relevant(at) {
            return false;
        }
        let item = session.item(at).clone();
        let key = session.key(at);
        match session.part(at) {
            Part::Repeat if item.repeat_count.is_none() => {
                let new = self.asked.insert([&key, "+"].concat());
                if new && share(&mut self.mind.draws) < 0.5 {
                    self.tell(session, &key, Event::Added { repeat: key.clone() });
                }
                return new;
            }
            Part::Item if item.kind.is_shown() && !item.kind.is_group() && !item.read_only => {}
            _ => return false,
        }
        if item.kind == ItemType::Note || !self.asked.insert(key.clone()) {
            return false;
        }
        match item.kind {
            ItemType::GradeMatrix => self.matrix(session, at, &item, &key),
            ItemType::Grade => {
                let (unit, indicator) = (item.unit.as_deref().unwrap_or(""), item.indicator.as_deref().unwrap_or(""));
                let grade = self.mind.plan.scale(item.scale.as_deref().unwrap_or(""));
                if let Some(grade) = grade.and_then(|scale| self.mind.grade(unit, indicator, scale)) {
                    self.tell(session, &key, Event::Answered { item: key.clone(), value: Answer::Text(grade) });
                }
            }
            _ => self.question(session, at, &item, &key),
        }
        true
    }

    fn tell(&mut self, session: &mut Session, key: &str, event: Event) {
        if session.apply(event).is_err() {
            self.refused.push(key.to_owned());
        }
    }

    fn matrix(&mut self, session: &mut Session, at: usize, item: &Item, key: &str) {
        let (units, indicators) = session.matrix(at);
        let (units, indicators) = (units.to_vec(), indicators.to_vec());
        let plan = self.mind.plan;
        let Some(scale) = plan.scale(item.scale.as_deref().unwrap_or("")) else { return };
        for unit in units {
            for indicator in &indicators {
                let grade = self.mind.grade(&unit, indicator, scale);
                let (item, unit, indicator) = (key.to_owned(), unit.clone(), indicator.clone());
                self.tell(session, key, Event::Graded { item, unit, indicator, grade });
            }
        }
    }

    /// Anything but a grade: what comes to mind, until a constraint is met.
    fn question(&mut self, session: &mut Session, at: usize, item: &Item, key: &str) {
        if !item.required && share(&mut self.mind.draws) < PASSED {
            return;
        }
        for turn in 0..TRIES {
            let Some(value) = self.mind.value(session, at, item, turn) else { return };
            let told = session.apply(Event::Answered { item: key.to_owned(), value });
            let met = |session: &Session| {
                item.constraint.is_none()
                    || !session.faults(Some(session.section())).iter().any(|fault| session.key(fault.item) == key)
            };
            if told.is_ok() && met(session) {
                return;
            }
        }
        // What cannot be said well is left unsaid.
        let _ = session.apply(Event::Cleared { item: key.to_owned() });
    }
}

/// What goes on in whoever answers.
struct Mind<'a> {
    population: &'a Population,
    plan: &'a Plan,
    person: usize,
    conduct: Conduct,
    draws: ChaCha8Rng,
    /// Of the person who is named, whoever answers.
    own: ChaCha8Rng,
    /// Place of the first grade that was given.
    first: Option<usize>,
}

impl Mind<'_> {
    fn grade(&mut self, unit: &str, indicator: &str, scale: &Scale) -> Option<String> {
        let last = scale.grades.len().checked_sub(1)?;
        let honest = |mind: &Self| {
            let known = mind.population.knows(mind.person, unit);
            match scale.missing.first() {
                Some(missing) if !known => Err(missing.name.clone()),
                _ => Ok(mind.population.grade(mind.person, unit, indicator, scale)),
            }
        };
        let place = match self.conduct {
            Conduct::Honest => honest(self),
            Conduct::Coached => Ok(0),
            Conduct::Careless => {
                let first = self.first.unwrap_or_else(|| self.population.grade(self.person, unit, indicator, scale));
                self.first = Some(first);
                Ok(first.min(last))
            }
            Conduct::Fabricated { .. } => match share(&mut self.own) < CHANGED {
                true => Ok(one_of(&mut self.own, last + 1)),
                false => honest(self),
            },
        };
        Some(match place {
            Ok(place) => scale.grades[place].name.clone(),
            Err(missing) => missing,
        })
    }

    fn value(&mut self, session: &Session, at: usize, item: &Item, turn: usize) -> Option<Answer> {
        let draws = &mut self.draws;
        let right = !item.right.is_empty() && turn == 0 && share(draws) < RIGHT;
        Some(match item.kind {
            ItemType::SelectOne if right => Answer::Text(item.right[0].clone()),
            ItemType::SelectMultiple if right => Answer::Choices(item.right.clone()),
            ItemType::Integer if right => Answer::Integer(item.right[0].parse().ok()?),
            ItemType::Text if right => Answer::Text(item.right[0].clone()),
            ItemType::SelectOne => {
                let offered = self.offered(session, at, item);
                Answer::Text(offered.get(one_of(&mut self.draws, offered.len()))?.0.clone())
            }
            ItemType::SelectMultiple => {
                let offered = self.offered(session, at, item);
                let (first, alone) = offered.get(one_of(&mut self.draws, offered.len()))?.clone();
                let more = |draws: &mut ChaCha8Rng| !alone && share(draws) < 0.3;
                let others = offered.iter().filter(|(name, alone)| !alone && *name != first);
                let others: Vec<String> =
                    others.filter(|_| more(&mut self.draws)).map(|(name, _)| name.clone()).collect();
                Answer::Choices([vec![first], others].concat())
            }
            ItemType::Rank => {
                let mut left = self.offered(session, at, item);
                let mut ranked = Vec::with_capacity(left.len());
                while !left.is_empty() {
                    ranked.push(left.swap_remove(one_of(&mut self.draws, left.len())).0);
                }
                Answer::Choices(ranked)
            }
            ItemType::Range => {
                let steps = item.steps();
                let place = (share(draws) * steps.count() as f64) as i64;
                let number = steps.start.millionths().checked_add(steps.step.millionths().checked_mul(place)?)?;
                match steps.are_whole() {
                    true => Answer::Integer(number / Decimal::SCALE),
                    false => Answer::Text(Decimal::from_millionths(number).to_text()),
                }
            }
            ItemType::Acknowledge => Answer::Text(ACKNOWLEDGED.to_owned()),
            ItemType::Text => {
                let text = words(self.plan.languages.first().map_or("", String::as_str))[one_of(draws, 5)];
                let most = item.max_length.map_or(usize::MAX, |most| most as usize);
                Answer::Text(text.chars().take(most).collect())
            }
            ItemType::Integer => Answer::Integer(number(draws, turn)),
            ItemType::Decimal => Answer::Text([&number(draws, turn).to_string(), ".5"].concat()),
            ItemType::Date => Answer::Text(day(draws)),
            ItemType::Time => Answer::Text(time(draws)),
            ItemType::Datetime => Answer::Text([&day(draws), "T", &time(draws)].concat()),
            ItemType::Geopoint => Answer::Text("30.25 120.15".to_owned()),
            ItemType::Image | ItemType::Audio => attached::answer(item.kind),
            ItemType::Barcode => Answer::Text("6901234567892".to_owned()),
            _ => return None,
        })
    }

    /// Names of the choices that are offered, and whether each goes with no other.
    fn offered(&self, session: &Session, at: usize, item: &Item) -> Vec<(String, bool)> {
        let list: &[Choice] =
            item.choices.as_deref().and_then(|id| self.plan.choice_list(id)).map_or(&[], |list| &list.choices);
        let places = session.choices(at).into_iter().filter_map(|place| list.get(place));
        let mut offered: Vec<(String, bool)> = places.map(|choice| (choice.name.clone(), choice.exclusive)).collect();
        offered.extend(item.other.is_some().then(|| (OTHER.to_owned(), false)));
        offered
    }
}

/// Numbers that questionnaires ask for: of people in a home as often as of years; then others, until one is allowed.
fn number(draws: &mut ChaCha8Rng, turn: usize) -> i64 {
    const OFTEN: [i64; 6] = [1, 0, 10, 100, 1_000, 2_000];
    match turn % 2 {
        0 if share(draws) < 0.5 => 1 + one_of(draws, 5) as i64,
        0 => 16 + one_of(draws, 75) as i64,
        _ => OFTEN[turn / 2 % OFTEN.len()],
    }
}

fn day(draws: &mut ChaCha8Rng) -> String {
    let [a, b] = [1 + one_of(draws, 12), 1 + one_of(draws, 28)].map(|part| format!("{part:02}"));
    ["2026-", &a, "-", &b].concat()
}

fn time(draws: &mut ChaCha8Rng) -> String {
    let [a, b] = [8 + one_of(draws, 10), one_of(draws, 60)].map(|part| format!("{part:02}"));
    [a, b].join(":")
}

/// What people write where they may write what they like.
fn words(language: &str) -> [&'static str; 5] {
    match language.starts_with("zh") {
        true => ["没有意见", "窗口太少，排队时间长", "希望周末也能办理", "工作人员态度很好", "网上办理的步骤太多"],
        false => [
            "nothing to add",
            "too few counters, long queues",
            "please open at weekends",
            "friendly staff",
            "too many steps online",
        ],
    }
}
