//! One row for each record: what it is of, then one column for each item, choice and cell of a matrix.

use super::dataset::{DataSet, Keep, Row, Rows, sorted};
use super::variable::{Category, Kind, Variable, joined, ours, plain};
use super::{Reason, Value};
use crate::expression::{parse_day, parse_time};
use crate::language::Words;
use crate::ledger::{Account, BLANK, Codebook, DONT_KNOW, FIRST_GRADE, NOT_ASKED, REFUSED};
use crate::plan::{ACKNOWLEDGED, Item, ItemType, Mode, OTHER, Plan, Scale, Text};
use crate::session::{Answer, Disposition, Record};
use std::collections::{BTreeMap, HashMap};

/// Columns that every record has, before its answers.
pub(super) const FIXED: usize = 7;
pub(super) const ROUND: usize = 1;
pub(super) const STRATUM: usize = 5;

const DISPOSITIONS: [(Disposition, Words); 3] = [
    (Disposition::Complete, Words::pair("完成", "complete")),
    (Disposition::Partial, Words::pair("中途停止", "broken off")),
    (Disposition::ScreenedOut, Words::pair("不在范围或名额已满", "screened out")),
];

/// Where a value stands in a record of one questionnaire.
#[derive(Clone, Debug)]
enum Spot {
    /// A graded question, by its place.
    Grade(usize),
    Answer {
        key: String,
        part: Part,
    },
    /// How many instances a repeat has.
    Count(String),
}

#[derive(Clone, Debug)]
enum Part {
    Whole,
    /// The words of `other`, asked while that is chosen.
    Other(String),
    Ticked(String),
    Ranked(String),
    /// Latitude, longitude, altitude, accuracy.
    Coordinate(usize),
}

/// The parts of a place, in the order in which records have them.
const COORDINATES: [&str; 4] = ["latitude", "longitude", "altitude", "accuracy"];

struct Wide<'a> {
    codebook: &'a Codebook,
    ids: bool,
    /// For each variable after the fixed ones: questionnaire to spot.
    spots: Vec<BTreeMap<usize, Spot>>,
    /// The categories of the same variables.
    names: Vec<HashMap<String, usize>>,
    kinds: Vec<Kind>,
}

/// The records that count, in one table.
pub(super) fn records<'a>(codebook: &'a Codebook, account: &Account<'a>, keep: Keep) -> DataSet<'a> {
    let plan = codebook.plan();
    let counts = instances(codebook, account);
    let mut made = Maker { codebook, keep, counts, questionnaire: 0, question: Text::new(), found: Vec::new() };
    for (at, questionnaire) in plan.questionnaires.iter().enumerate() {
        made.questionnaire = at;
        made.walk(&questionnaire.items, "");
    }
    let mut variables = fixed(plan, keep.ids);
    let (mut spots, mut names, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
    for (variable, places) in made.found {
        let by_name = variable.categories().iter().enumerate().map(|(at, one)| (one.name.clone(), at));
        names.push(by_name.collect());
        kinds.push(variable.kind.clone());
        spots.push(places);
        variables.push(variable);
    }
    let rows = Wide { codebook, ids: keep.ids, spots, names, kinds };
    DataSet { name: "records", variables, parts: [ROUND, STRATUM], sorted: sorted(account, keep), rows: Box::new(rows) }
}

/// The greatest number of instances that a record has, for each repeat by its key.
fn instances(codebook: &Codebook, account: &Account<'_>) -> BTreeMap<String, u32> {
    fn repeats(items: &[Item]) -> bool {
        items.iter().any(|item| item.kind == ItemType::Repeat || repeats(&item.items))
    }
    let mut counts = BTreeMap::new();
    if codebook.plan().questionnaires.iter().any(|questionnaire| repeats(&questionnaire.items)) {
        for (id, row) in &account.counted {
            for (key, count) in &codebook.unpack(id, row).repeats {
                let most = counts.entry(key.clone()).or_insert(0);
                *most = (*most).max(*count);
            }
        }
    }
    counts
}

fn listed<'t>(entries: impl Iterator<Item = (&'t String, &'t Text)>) -> Kind {
    let categories = entries.zip(1..).map(|((id, label), code)| Category::new(id, plain(label), code));
    Kind::Coded { categories: categories.collect(), ordered: false }
}

/// What a record is of.
pub(super) fn fixed(plan: &Plan, ids: bool) -> Vec<Variable> {
    let variable = |name: &str, zh, en, kind| Variable {
        name: name.to_owned(),
        label: ours(Words::pair(zh, en)),
        question: Text::new(),
        kind,
        reasons: false,
    };
    let modes = Mode::ALL.into_iter().zip(1..).filter(|(mode, _)| plan.modes.contains(mode));
    let modes = modes.map(|(mode, code)| Category::new(mode.name(), ours(mode_label(mode)), code)).collect();
    let outcomes = DISPOSITIONS.iter().zip(1..);
    let outcomes = outcomes.map(|((of, words), code)| Category::new(of.name(), ours(*words), code)).collect();
    vec![
        match ids {
            true => variable("id", "答卷编号", "id of the record", Kind::Text),
            false => variable("record", "本表序号", "number in this table", Kind::Whole),
        },
        variable("round", "轮次", "round", listed(plan.rounds.iter().map(|x| (&x.id, &x.label)))),
        variable(
            "questionnaire",
            "问卷",
            "questionnaire",
            listed(plan.questionnaires.iter().map(|x| (&x.id, &x.title))),
        ),
        variable("mode", "方式", "mode", Kind::Coded { categories: modes, ordered: false }),
        variable("rater_group", "群体", "rater group", listed(plan.rater_groups.iter().map(|x| (&x.id, &x.label)))),
        variable("stratum", "抽样层", "stratum", listed(plan.strata.iter().map(|x| (&x.id, &x.label)))),
        variable("disposition", "结果", "disposition", Kind::Coded { categories: outcomes, ordered: false }),
    ]
}

pub(super) fn mode_label(mode: Mode) -> Words {
    match mode {
        Mode::Web => Words::pair("扫码或链接自填", "by link, alone"),
        Mode::Face => Words::pair("当面访问", "face to face"),
        Mode::Phone => Words::pair("电话", "by telephone"),
        Mode::Hall => Words::pair("会场测评", "in a meeting"),
    }
}

/// The values of [`fixed`].
pub(super) fn fixed_values(plan: &Plan, record: &Row<'_>, ids: bool) -> Vec<Value> {
    let domain = &record.packed.domain;
    let place = |at: Option<u16>| at.map_or(Value::None, |at| Value::Category(at.into()));
    let mode = Mode::ALL.into_iter().filter(|mode| plan.modes.contains(mode)).position(|mode| mode == domain.mode);
    let outcome = DISPOSITIONS.iter().position(|(of, _)| *of == record.packed.disposition);
    vec![
        if ids { Value::Text(record.id.to_owned()) } else { Value::Whole(record.number as i64) },
        place(Some(domain.round)),
        place(Some(domain.questionnaire)),
        mode.map_or(Value::None, Value::Category),
        place(domain.rater_group),
        place(domain.stratum),
        outcome.map_or(Value::None, Value::Category),
    ]
}

/// The grades of a scale, then its missing answers.
pub(super) fn scale_categories(scale: &Scale) -> Vec<Category> {
    let grades = scale.grades.iter().zip(1..).map(|(grade, code)| Category {
        points: Some(grade.score),
        ..Category::new(&grade.name, plain(&grade.label), code)
    });
    let missing = scale
        .missing
        .iter()
        .zip(11..)
        .map(|(answer, code)| Category { missing: true, ..Category::new(&answer.name, plain(&answer.label), -code) });
    grades.chain(missing).collect()
}

/// What the code of a graded question says.
pub(super) fn grade_value(code: u8) -> Value {
    match code {
        NOT_ASKED => Value::Missing(Reason::NotAsked),
        BLANK => Value::Missing(Reason::Blank),
        REFUSED => Value::Missing(Reason::Refused),
        DONT_KNOW => Value::Missing(Reason::DontKnow),
        grade => Value::Category((grade - FIRST_GRADE).into()),
    }
}

struct Maker<'a> {
    codebook: &'a Codebook,
    keep: Keep,
    counts: BTreeMap<String, u32>,
    questionnaire: usize,
    /// Label of the item that is laid out.
    question: Text,
    found: Vec<(Variable, BTreeMap<usize, Spot>)>,
}

impl Maker<'_> {
    fn walk(&mut self, items: &[Item], before: &str) {
        for item in items {
            let key = [before, &item.name].concat();
            match item.kind {
                ItemType::Group => self.walk(&item.items, before),
                ItemType::Repeat => {
                    self.question = plain(&item.label);
                    let most = self.counts.get(&key).copied().unwrap_or(0);
                    self.put(&key, plain(&item.label), Kind::Whole, Spot::Count(key.clone()));
                    for instance in 1..=most {
                        self.walk(&item.items, &format!("{key}[{instance}]/"));
                    }
                }
                _ => self.item(item, &key),
            }
        }
    }

    fn item(&mut self, item: &Item, key: &str) {
        let plan = self.codebook.plan();
        let label = plain(&item.label);
        self.question = label.clone();
        let whole = Spot::Answer { key: key.to_owned(), part: Part::Whole };
        match item.kind {
            ItemType::Group | ItemType::Repeat | ItemType::Note => {}
            ItemType::Grade | ItemType::GradeMatrix => self.graded(item),
            ItemType::SelectOne => {
                let kind = listed(self.choices(item).iter().map(|(name, label)| (name, label)));
                self.put(key, label, kind, whole);
            }
            ItemType::SelectMultiple => self.ticks(item, key),
            ItemType::Rank => {
                for (choice, label) in self.choices(item) {
                    let (name, label) = (format!("{key}/{choice}"), joined(plan, &[&item.label, &label]));
                    let spot = Spot::Answer { key: key.to_owned(), part: Part::Ranked(choice) };
                    self.put(&name, label, Kind::Whole, spot);
                }
            }
            ItemType::Acknowledge => {
                let words = ours(Words::pair("已确认", "acknowledged"));
                let categories = vec![Category::new(ACKNOWLEDGED, words, 1)];
                self.put(key, label, Kind::Coded { categories, ordered: false }, whole);
            }
            ItemType::Integer => self.put(key, label, Kind::Whole, whole),
            ItemType::Range if item.steps().are_whole() => self.put(key, label, Kind::Whole, whole),
            ItemType::Range | ItemType::Decimal => self.put(key, label, Kind::Number, whole),
            ItemType::Date => self.put(key, label, Kind::Day, whole),
            ItemType::Time => self.put(key, label, Kind::Time, whole),
            ItemType::Datetime => self.put(key, label, Kind::Moment, whole),
            ItemType::Geopoint if self.keep.places => {
                for (at, part) in COORDINATES.into_iter().enumerate() {
                    let spot = Spot::Answer { key: key.to_owned(), part: Part::Coordinate(at) };
                    self.put(&format!("{key}/{part}"), label.clone(), Kind::Number, spot);
                }
            }
            ItemType::Image | ItemType::Audio if self.keep.attachments => self.put(key, label, Kind::Text, whole),
            // A calculation can put words together, and what a plan hides it may have from a link.
            ItemType::Text | ItemType::Barcode | ItemType::Calculate | ItemType::Hidden if self.keep.words => {
                self.put(key, label, Kind::Text, whole);
            }
            _ => {}
        }
        if let (Some(words), true) = (&item.other, self.keep.words) {
            let spot = Spot::Answer { key: [key, "_other"].concat(), part: Part::Other(key.to_owned()) };
            self.put(&[key, "_other"].concat(), plain(words), Kind::Text, spot);
        }
    }

    fn graded(&mut self, item: &Item) {
        let plan = self.codebook.plan();
        let questions = &self.codebook.instruments()[self.questionnaire].questions;
        for (at, question) in questions.iter().enumerate().filter(|(_, question)| question.item == item.name) {
            let (unit, leaf) =
                (&plan.units[question.unit as usize], &self.codebook.leaves()[question.indicator as usize]);
            let leaves = plan.leaf_indicators();
            let indicator = leaves.iter().find(|(known, _)| known.id == *leaf).map(|(known, _)| &known.label);
            let (name, label) = match (item.kind, indicator) {
                (ItemType::GradeMatrix, Some(indicator)) => {
                    (format!("{}/{}/{leaf}", item.name, unit.id), joined(plan, &[&unit.label, indicator]))
                }
                _ => (item.name.clone(), plain(&item.label)),
            };
            let categories = scale_categories(&plan.scales[question.scale as usize]);
            self.put(&name, label, Kind::Coded { categories, ordered: true }, Spot::Grade(at));
        }
    }

    fn ticks(&mut self, item: &Item, key: &str) {
        let plan = self.codebook.plan();
        let words = [("0", Words::pair("未选", "not chosen")), ("1", Words::pair("选中", "chosen"))];
        let categories: Vec<Category> =
            words.into_iter().zip(0..).map(|((name, words), code)| Category::new(name, ours(words), code)).collect();
        for (choice, label) in self.choices(item) {
            let (name, label) = (format!("{key}/{choice}"), joined(plan, &[&item.label, &label]));
            let spot = Spot::Answer { key: key.to_owned(), part: Part::Ticked(choice) };
            self.put(&name, label, Kind::Coded { categories: categories.clone(), ordered: false }, spot);
        }
    }

    /// Names and labels of the item's choices, `other` last.
    fn choices(&self, item: &Item) -> Vec<(String, Text)> {
        let list = item.choices.as_deref().and_then(|id| self.codebook.plan().choice_list(id));
        let known = list.into_iter().flat_map(|list| &list.choices).map(|one| (one.name.clone(), one.label.clone()));
        known.chain(item.other.iter().map(|label| (OTHER.to_owned(), label.clone()))).collect()
    }

    /// Items of one name are one variable where they are the same in each questionnaire.
    fn put(&mut self, name: &str, label: Text, kind: Kind, spot: Spot) {
        let at = self.questionnaire;
        let question = self.question.clone();
        let same = self.found.iter_mut().find(|(known, _)| known.name == name);
        if let Some((known, places)) = same {
            if known.kind == kind && known.label == label && !places.contains_key(&at) {
                places.insert(at, spot);
                return;
            }
            let own = format!("{}::{name}", self.codebook.plan().questionnaires[at].id);
            let variable = Variable { name: own, label, question, kind, reasons: true };
            self.found.push((variable, BTreeMap::from([(at, spot)])));
            return;
        }
        let variable = Variable { name: name.to_owned(), label, question, kind, reasons: true };
        self.found.push((variable, BTreeMap::from([(at, spot)])));
    }
}

impl Rows for Wide<'_> {
    fn rows(&self, row: &Row<'_>) -> Vec<Vec<Value>> {
        let record = self.codebook.unpack(row.id, row.packed);
        let questionnaire = row.packed.domain.questionnaire as usize;
        let asked = self.codebook.asked(questionnaire, &record);
        let mut without: HashMap<&str, Reason> = HashMap::new();
        let mut values = fixed_values(self.codebook.plan(), row, self.ids);
        for (at, places) in self.spots.iter().enumerate() {
            let Some(spot) = places.get(&questionnaire) else {
                values.push(Value::Missing(Reason::NotAsked));
                continue;
            };
            values.push(match spot {
                Spot::Grade(question) => grade_value(row.packed.codes[*question]),
                Spot::Count(key) => match record.repeats.get(key) {
                    Some(count) => Value::Whole((*count).into()),
                    None => Value::Missing(Reason::NotAsked),
                },
                Spot::Answer { key, part } => match (record.answers.get(key), part) {
                    (Some(answer), _) => self.answered(at, answer, part),
                    (None, Part::Other(of)) => Value::Missing(match chosen(&record, of) {
                        true => Reason::Blank,
                        false => Reason::NotAsked,
                    }),
                    (None, _) => Value::Missing(*without.entry(key).or_insert_with(|| {
                        let holds = || asked.as_ref().is_some_and(|asked| asked.holds(key));
                        match record.missing.get(key) {
                            Some(reason) => (*reason).into(),
                            None if holds() => Reason::Blank,
                            None => Reason::NotAsked,
                        }
                    })),
                },
            });
        }
        vec![values]
    }
}

/// Whether `other` is chosen.
fn chosen(record: &Record, key: &str) -> bool {
    match record.answers.get(key) {
        Some(Answer::Text(choice)) => choice == OTHER,
        Some(Answer::Choices(choices)) => choices.iter().any(|choice| choice == OTHER),
        _ => false,
    }
}

/// Whether words are what they should be. A device sees to it; whoever wrote a record may not have.
fn reads(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
        Kind::Day => parse_day(text).is_some(),
        Kind::Time => parse_time(text).is_some(),
        Kind::Moment => {
            text.split_once('T').is_some_and(|(day, time)| parse_day(day).is_some() && parse_time(time).is_some())
        }
        Kind::Coded { .. } | Kind::Whole | Kind::Text => true,
    }
}

impl Wide<'_> {
    fn answered(&self, at: usize, answer: &Answer, part: &Part) -> Value {
        let category = |name: &str| self.names[at].get(name).map_or(Value::None, |at| Value::Category(*at));
        match (answer, part) {
            (Answer::Choices(chosen), Part::Ticked(choice)) => Value::Category(chosen.contains(choice).into()),
            (Answer::Choices(ranked), Part::Ranked(choice)) => match ranked.iter().position(|known| known == choice) {
                Some(place) => Value::Whole(place as i64 + 1),
                None => Value::Missing(Reason::Unranked),
            },
            (Answer::Text(place), Part::Coordinate(at)) => match place.split(' ').nth(*at) {
                Some(number) => Value::Number(number.to_owned()),
                None => Value::Missing(Reason::Blank),
            },
            (Answer::Integer(number), _) => Value::Whole(*number),
            (Answer::Text(text), _) => match &self.kinds[at] {
                Kind::Coded { .. } => category(text),
                kind if !reads(kind, text) => Value::Missing(Reason::Unreadable),
                Kind::Number => Value::Number(text.clone()),
                _ => Value::Text(text.clone()),
            },
            _ => Value::None,
        }
    }
}

impl<'a> DataSet<'a> {
    /// One row for each record that counts, those that were screened out too: `disposition` says so.
    pub fn records(codebook: &'a Codebook, account: &Account<'a>, keep: Keep) -> DataSet<'a> {
        records(codebook, account, keep)
    }
}
