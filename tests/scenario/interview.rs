//! The words that scenarios are written in.

use minping::plan::{Digest, Mode, Plan};
use minping::session::{
    Answer, BeginError, Change, Disposition, Draft, Event, Fault, FaultKind, MissingReason, Opening, PlanRef, Record,
    Refusal, Session,
};
use serde_json::{Value, json};
use std::rc::Rc;

pub const ID: &str = "AAAAAAAAAAAAAAAAAAAAAA";

/// A plan with two units, two indicators, one scale (`good`, `bad`, missing `unknown`), the lists `l` (`a`, `b`, `c`) and
/// `x` (`a`, `b`, `none`, which goes with no other) and these items.
pub fn plan(items: Value) -> Rc<Plan> {
    plan_with(items, json!([]))
}

/// A plan with these choice lists too.
pub fn plan_with(items: Value, lists: Value) -> Rc<Plan> {
    let text = |zh: &str| json!({ "zh": zh });
    let plan = json!({
        "format": 1, "id": "trial", "version": "1", "languages": ["zh", "en"],
        "title": text("试"), "asker": text("办"), "purpose": text("问"), "privacy": { "notice": text("密"), "anonymous": true },
        "rounds": [{ "id": "r1", "label": text("一") }],
        "units": [{ "id": "u1", "label": text("甲") }, { "id": "u2", "label": text("乙") }],
        "scales": [{
            "id": "s",
            "grades": [
                { "name": "good", "label": text("好"), "score": 100, "satisfied": true },
                { "name": "bad", "label": text("差"), "score": 0, "satisfied": false }
            ],
            "missing": [{ "name": "unknown", "label": text("不了解") }]
        }],
        "indicators": [
            { "id": "i1", "label": text("一"), "weight": 0.5 }, { "id": "i2", "label": text("二"), "weight": 0.5 }
        ],
        "strata": [{ "id": "east", "label": text("东") }],
        "modes": ["web", "face"],
        "choice_lists": [{ "id": "l", "choices": [
            { "name": "a", "label": text("甲") }, { "name": "b", "label": text("乙") }, { "name": "c", "label": text("丙") }
        ] }, { "id": "x", "choices": [
            { "name": "a", "label": text("甲") }, { "name": "b", "label": text("乙") },
            { "name": "none", "label": text("都没有"), "exclusive": true }
        ] }],
        "questionnaires": [{ "id": "q", "title": text("卷"), "items": items }]
    });
    let mut plan = plan;
    let known = plan["choice_lists"].as_array_mut().expect("a list of lists");
    known.extend(lists.as_array().expect("more lists").iter().cloned());
    Rc::new(Plan::parse(&plan.to_string()).expect("the trial plan has the shape of a plan"))
}

/// An item of this type and name; `more` is added to it.
pub fn item(kind: &str, name: &str, more: Value) -> Value {
    let mut item = json!({ "type": kind, "name": name, "label": { "zh": name } });
    match kind {
        "grade" => item["scale"] = json!("s"),
        "grade_matrix" => item["scale"] = json!("s"),
        "select_one" | "select_multiple" | "rank" => item["choices"] = json!("l"),
        _ => {}
    }
    for (member, value) in more.as_object().expect("members") {
        item[member] = value.clone();
    }
    item
}

pub fn opening() -> Opening {
    Opening {
        plan: PlanRef { id: "trial".into(), version: "1".into(), digest: Digest("A".repeat(43)) },
        round: "r1".into(),
        questionnaire: "q".into(),
        mode: Mode::Web,
        rater_group: None,
        stratum: Some("east".into()),
        link: None,
        full: Vec::new(),
    }
}

pub fn begin_with(plan: &Rc<Plan>, id: &str) -> Session {
    Session::begin(plan.clone(), opening(), id.into(), "zh", &minping::expression::Plain).expect("it can begin")
}

pub fn try_open(items: Value) -> Result<Session, BeginError> {
    Session::begin(plan(items), opening(), ID.into(), "zh", &minping::expression::Plain)
}

pub struct Interview {
    pub session: Session,
}

pub fn open(items: Value) -> Interview {
    Interview { session: try_open(items).expect("the questionnaire can begin") }
}

impl Interview {
    pub fn item(&self, name: &str) -> usize {
        self.session.index(name).expect("an item of the questionnaire")
    }
    fn names(&self, items: &[usize]) -> Vec<String> {
        items.iter().map(|&item| self.session.key(item)).collect()
    }
    pub fn add(&mut self, repeat: &str) -> Change {
        self.tell(Event::Added { repeat: repeat.into() })
    }
    pub fn remove(&mut self, instance: &str) -> Change {
        self.tell(Event::Removed { instance: instance.into() })
    }
    /// What people see of the value, as text; empty where there is none.
    pub fn value(&self, key: &str) -> String {
        match self.session.answer(self.item(key)) {
            Some(Answer::Text(text)) => text.clone(),
            Some(Answer::Integer(number)) => number.to_string(),
            Some(Answer::Choices(choices)) => choices.join(" "),
            Some(Answer::Grid(_)) => panic!("a matrix has no one value"),
            None => String::new(),
        }
    }
    pub fn expect_values(&self, values: &[(&str, &str)]) {
        let found: Vec<(&str, String)> = values.iter().map(|(key, _)| (*key, self.value(key))).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(key, value)| (*key, value.as_str())).collect();
        assert_eq!(found, values);
    }
    pub fn tell(&mut self, event: Event) -> Change {
        self.session.apply(event).expect("the event is taken")
    }
    pub fn answer(&mut self, name: &str, value: &str) -> Change {
        self.tell(Event::Answered { item: name.into(), value: Answer::Text(value.into()) })
    }
    pub fn answer_number(&mut self, name: &str, value: i64) -> Change {
        self.tell(Event::Answered { item: name.into(), value: Answer::Integer(value) })
    }
    pub fn choose(&mut self, name: &str, choices: &[&str]) -> Change {
        let value = Answer::Choices(choices.iter().map(|choice| choice.to_string()).collect());
        self.tell(Event::Answered { item: name.into(), value })
    }
    pub fn clear(&mut self, name: &str) -> Change {
        self.tell(Event::Cleared { item: name.into() })
    }
    pub fn refuse_to_answer(&mut self, name: &str) -> Change {
        self.tell(Event::Missing { item: name.into(), reason: MissingReason::Refused })
    }
    pub fn grade(&mut self, name: &str, unit: &str, indicator: &str, grade: &str) -> Change {
        let (item, unit, indicator) = (name.into(), unit.into(), indicator.into());
        self.tell(Event::Graded { item, unit, indicator, grade: Some(grade.into()) })
    }
    pub fn clear_grade(&mut self, name: &str, unit: &str, indicator: &str) -> Change {
        let (item, unit, indicator) = (name.into(), unit.into(), indicator.into());
        self.tell(Event::Graded { item, unit, indicator, grade: None })
    }
    pub fn grade_row(&mut self, name: &str, unit: &str, grade: Option<&str>) -> Change {
        self.tell(Event::RowGraded { item: name.into(), unit: unit.into(), grade: grade.map(Into::into) })
    }
    pub fn go_to(&mut self, section: usize) {
        self.tell(Event::Moved { section });
    }
    pub fn expect_refused(&mut self, event: Event, refusal: Refusal) {
        let before = self.session.draft().clone();
        assert_eq!(self.session.apply(event), Err(refusal));
        assert_eq!(self.session.draft(), &before);
    }
    pub fn expect_relevant(&self, names: &[&str]) {
        let shown: Vec<usize> = (0..self.session.len()).filter(|&item| self.session.is_relevant(item)).collect();
        assert_eq!(self.names(&shown), names);
    }
    pub fn expect_appeared_or_gone(&self, change: &Change, names: &[&str]) {
        assert_eq!(self.names(&change.relevance), names);
    }
    /// Faults as `item` or `item/unit` with what is wrong.
    pub fn expect_faults(&self, faults: &[(&str, FaultKind)]) {
        let found: Vec<(String, FaultKind)> =
            self.session.faults(None).iter().map(|fault| (self.place(fault), fault.kind)).collect();
        let found: Vec<(&str, FaultKind)> = found.iter().map(|(place, kind)| (place.as_str(), *kind)).collect();
        assert_eq!(found, faults);
    }
    fn place(&self, fault: &Fault) -> String {
        let name = self.session.key(fault.item);
        fault.unit.as_ref().map_or(name.clone(), |unit| format!("{name}/{unit}"))
    }
    pub fn expect_progress(&self, answered: usize, asked: usize) {
        let progress = self.session.progress();
        assert_eq!((progress.answered, progress.asked), (answered, asked));
    }
    pub fn expect_answered(&self, record: &Record, names: &[&str]) {
        assert_eq!(record.answers.keys().map(String::as_str).collect::<Vec<_>>(), names);
    }
    pub fn close(&self) -> Record {
        self.session.close(Disposition::Complete).expect("nothing stands in the way")
    }
    pub fn break_off(&self) -> Record {
        self.session.close(Disposition::Partial).expect("a partial record can always be made")
    }
    pub fn reload(self) -> Interview {
        let draft = Draft::parse(&self.session.draft().encode()).expect("a draft that was just written");
        Interview {
            session: Session::resume(self.session.plan().clone(), draft, &minping::expression::Plain)
                .expect("the same plan"),
        }
    }
}
