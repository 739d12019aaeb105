//! A plan to begin with, where no ready one fits: sound from the first moment, and small.

use super::value::{Value, object};

/// What is known before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton<'a> {
    /// Its name in files.
    pub id: &'a str,
    pub title: &'a str,
    /// The year in which it runs.
    pub year: &'a str,
}

fn both(zh: &str, en: &str) -> Value {
    object([("zh", Value::text(zh)), ("en", Value::text(en))])
}

/// Five grades from "very satisfied" to "very dissatisfied", 100 to 0, and "don't know".
pub fn five_grades(id: &str) -> Value {
    let grade = |name, zh, en, score: &str, satisfied| {
        object([
            ("name", Value::text(name)),
            ("label", both(zh, en)),
            ("score", Value::Number(score.to_owned())),
            ("satisfied", Value::Flag(satisfied)),
        ])
    };
    let grades = vec![
        grade("very_satisfied", "非常满意", "Very satisfied", "100", true),
        grade("satisfied", "满意", "Satisfied", "80", true),
        grade("neutral", "一般", "Neither satisfied nor dissatisfied", "60", false),
        grade("dissatisfied", "不满意", "Dissatisfied", "30", false),
        grade("very_dissatisfied", "非常不满意", "Very dissatisfied", "0", false),
    ];
    let missing = object([("name", Value::text("dont_know")), ("label", both("不了解", "Don't know"))]);
    object([("id", Value::text(id)), ("grades", Value::List(grades)), ("missing", Value::List(vec![missing]))])
}

impl Skeleton<'_> {
    /// Its text.
    pub fn write(&self) -> String {
        let text = Value::text;
        let list = Value::List;
        let whole = |number: &str| Value::Number(number.to_owned());
        let privacy = object([
            (
                "notice",
                both(
                    "不问姓名，不记录设备、时间和位置。答案加密后送出，只有测评办公室能打开，对外只公布汇总结果。",
                    "We do not ask your name and do not record your device, the time or where you are. Your answers are sealed, only the office can open them, and only totals are published.",
                ),
            ),
            ("anonymous", Value::Flag(true)),
            ("seal", Value::Flag(true)),
            ("smallest_cell", whole("10")),
        ]);
        let round = object([
            ("id", text(self.year)),
            ("label", both(&[self.year, "年"].concat(), self.year)),
            ("opens", text(&[self.year, "-01-01"].concat())),
            ("closes", text(&[self.year, "-12-31"].concat())),
        ]);
        let unit = object([("id", text("unit-1")), ("label", both("第一个测评对象", "The first unit"))]);
        let indicator = object([
            ("id", text("overall")),
            ("label", both("总体满意度", "Overall satisfaction")),
            ("weight", whole("1")),
        ]);
        let matrix = object([
            ("type", text("grade_matrix")),
            ("name", text("grades")),
            ("label", both("请您评价下列单位", "Please rate these units")),
            ("scale", text("five")),
        ]);
        let words = object([
            ("type", text("text")),
            ("name", text("suggestion")),
            ("label", both("您的意见和建议", "Your suggestions")),
            ("appearance", text("multiline")),
            ("max_length", whole("1000")),
        ]);
        let section = object([
            ("type", text("group")),
            ("name", text("main")),
            ("label", both("您的评价", "Your view")),
            ("items", list(vec![matrix, words])),
        ]);
        let questionnaire = object([
            ("id", text("main")),
            ("title", both("满意度问卷", "Satisfaction questionnaire")),
            ("items", list(vec![section])),
        ]);
        let plan = object([
            ("format", whole("1")),
            ("id", text(self.id)),
            ("version", text(&[self.year, ".1"].concat())),
            ("languages", list(vec![text("zh"), text("en")])),
            ("title", both(self.title, self.title)),
            ("asker", both("测评办公室", "The evaluation office")),
            (
                "purpose",
                both("请您评价，结果用于改进工作。", "Please tell us your view; the results are used to improve."),
            ),
            ("privacy", privacy),
            ("rounds", list(vec![round])),
            ("units", list(vec![unit])),
            ("scales", list(vec![five_grades("five")])),
            ("indicators", list(vec![indicator])),
            ("modes", list(vec![text("web"), text("face")])),
            ("questionnaires", list(vec![questionnaire])),
        ]);
        let mut out = plan.print(0, 0);
        out.push('\n');
        out
    }
}
