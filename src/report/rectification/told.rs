use crate::language::{Language, Words};
use crate::rectification::{Counted, Day, Due, Evidence, Figure, Line, Opening, Standing, Step};

const fn pair(zh: &'static str, en: &'static str) -> Words {
    Words::pair(zh, en)
}

/// What an entry says, in one paragraph.
pub fn step_told(step: &Step, language: Language) -> String {
    let fill = |words: Words, values: &[&str]| words.fill(language, values);
    match step {
        Step::Opened(opening) => about(opening, language),
        Step::Assigned { unit, post } => {
            fill(pair("责任单位：{0}；责任岗位：{1}", "unit: {0}; post: {1}"), &[unit, post])
        }
        Step::Planned { measure, due, counted } => {
            let until = until(*due, counted.as_ref(), language);
            fill(pair("整改措施：{0}；{1}", "measure: {0}; {1}"), &[measure, &until])
        }
        Step::Extended { due, reason, counted } => {
            let until = until(*due, counted.as_ref(), language);
            fill(pair("{0}；理由：{1}", "{0}; reason: {1}"), &[&until, reason])
        }
        Step::Replied { text, evidence } => with_evidence(text.clone(), evidence, language),
        Step::CalledBack { whom, consent, outcome, text } => {
            let (whom, outcome) = (whom.words().of(language), outcome.words().of(language));
            let mut told = fill(pair("回访对象：{0}；结果：{1}", "called: {0}; outcome: {1}"), &[whom, outcome]);
            if let Some(item) = consent {
                told.push_str(&fill(pair("；同意见题目 {0}", "; consent in item {0}"), &[item]));
            }
            if !text.is_empty() {
                told.push_str(&fill(pair("；{0}", "; {0}"), &[text]));
            }
            told
        }
        Step::Verified { passed: true, text } => fill(pair("核查通过：{0}", "found true: {0}"), &[text]),
        Step::Verified { passed: false, text } => {
            fill(pair("核查不通过，退回：{0}", "not found true, sent back: {0}"), &[text])
        }
        Step::Closed { how, text } => fill(pair("{0}：{1}", "{0}: {1}"), &[how.words().of(language), text]),
        Step::Reopened { reason } => fill(pair("理由：{0}", "reason: {0}"), &[reason]),
        Step::Appealed { text, evidence, due } => {
            let mut told = with_evidence(text.clone(), evidence, language);
            if let Some(due) = due {
                told.push_str(&fill(pair("；{0} 前作出处理", "; to be decided by {0}"), &[&due.to_string()]));
            }
            told
        }
        Step::Decided { upheld: true, text } => fill(pair("申诉成立：{0}", "upheld: {0}"), &[text]),
        Step::Decided { upheld: false, text } => fill(pair("申诉不成立：{0}", "rejected: {0}"), &[text]),
        Step::Corrected { entry, reason, step } => match step {
            None => fill(pair("撤销记录 {0}：{1}", "withdraws entry {0}: {1}"), &[entry.short(), reason]),
            Some(step) => {
                let now = step_told(step, language);
                let words = pair("更正记录 {0}：{1}；更正为：{2}", "corrects entry {0}: {1}; it now says: {2}");
                fill(words, &[entry.short(), reason, &now])
            }
        },
    }
}

/// The finding that a case is of.
pub fn about(opening: &Opening, language: Language) -> String {
    let mut told = opening.title.clone();
    let mut add = |words: Words, value: &str| told.push_str(&words.fill(language, &[value]));
    add(pair("；测评对象：{0}", "; evaluated: {0}"), &opening.unit);
    if let Some((_, label)) = &opening.indicator {
        add(pair("；指标：{0}", "; indicator: {0}"), label);
    }
    if let Some(round) = &opening.round {
        add(pair("；轮次：{0}", "; round: {0}"), round);
    }
    if let Some(figure) = &opening.figure {
        add(pair("；{0}", "; {0}"), &figure_told(figure, language));
    }
    if let Some(words) = &opening.suggestion {
        add(pair("；意见：“{0}”", "; suggestion: \"{0}\""), words);
    }
    told
}

/// A figure with what it rests on.
pub fn figure_told(figure: &Figure, language: Language) -> String {
    let mut told = [figure.measure.words().of(language), " ", &figure.value.to_text()].concat();
    if let Some((low, high)) = figure.interval {
        let nominal = if figure.nominal { pair("，名义", ", nominal").of(language) } else { "" };
        let words = pair("（95% 区间 {0}–{1}{2}）", " (95 % interval {0}–{1}{2})");
        told.push_str(&words.fill(language, &[&low.to_text(), &high.to_text(), nominal]));
    }
    told.push_str(&pair("，有效答案 {0} 个", ", {0} valid answers").fill(language, &[&figure.n.to_string()]));
    if let Some((rank, of)) = figure.rank {
        let words = pair("，同类 {1} 个中第 {0} 名", ", rank {0} of {1} in its class");
        told.push_str(&words.fill(language, &[&rank.to_string(), &of.to_string()]));
    }
    if let Some(threshold) = figure.threshold {
        told.push_str(&pair("，门槛 {0}", ", threshold {0}").fill(language, &[&threshold.to_text()]));
    }
    told
}

fn until(due: Day, counted: Option<&Counted>, language: Language) -> String {
    let mut told = pair("时限：{0}", "until {0}").fill(language, &[&due.to_string()]);
    if let Some(Counted { days, from, calendar, covered }) = counted {
        let calendar = match calendar.is_empty() {
            true => pair("周一至周五，未计节假日", "Monday to Friday, no holidays").of(language),
            false => calendar,
        };
        let words = pair("（自 {1} 起 {0} 个工作日；日历：{2}）", " ({0} working days after {1}; calendar: {2})");
        told.push_str(&words.fill(language, &[&days.to_string(), &from.to_string(), calendar]));
        if !covered && !calendar.is_empty() {
            told.push_str(pair("，日历未涵盖全部日期", ", which does not cover all these days").of(language));
        }
    }
    told
}

fn with_evidence(mut told: String, evidence: &[Evidence], language: Language) -> String {
    if !evidence.is_empty() {
        let one = |file: &Evidence| format!("{} (SHA-256 {}, {} B)", file.name, file.digest.as_str(), file.bytes);
        let all = evidence.iter().map(one).collect::<Vec<_>>().join(pair("、", ", ").of(language));
        told.push_str(&pair("；佐证材料：{0}", "; evidence: {0}").fill(language, &[&all]));
    }
    told
}

/// How an entry stands, where there is something to say.
pub fn standing_told(line: &Line<'_>, language: Language) -> Option<String> {
    let mut told = match &line.standing {
        Standing::Counts => None,
        Standing::Corrected(by) => {
            Some(pair("已由记录 {0} 更正", "corrected by entry {0}").fill(language, &[by.id().short()]))
        }
        Standing::Withdrawn(by) => {
            Some(pair("已由记录 {0} 撤销", "withdrawn by entry {0}").fill(language, &[by.id().short()]))
        }
        Standing::Apart(misfit) => {
            Some(pair("不起作用：{0}", "changes nothing: {0}").fill(language, &[&misfit.told(language)]))
        }
    };
    if line.beside {
        let beside = pair("与另一副本同时写成", "written in another copy at the same time").of(language);
        told = Some(told.map_or(beside.to_owned(), |told| [&told, pair("；", "; ").of(language), beside].concat()));
    }
    told
}

/// What is to be done next, by when.
pub fn due_told(due: &Due, language: Language) -> String {
    let task = due.task.words().of(language);
    match (due.day, left_told(due, language)) {
        (Some(day), Some(left)) => {
            pair("{0}：{1}（{2}）", "{0}: {1} ({2})").fill(language, &[task, &day.to_string(), &left])
        }
        _ => task.to_owned(),
    }
}

/// How far off it is.
pub fn left_told(due: &Due, language: Language) -> Option<String> {
    let left = due.left?;
    let days = left.unsigned_abs() as usize;
    Some(match left {
        0 => pair("今天到期", "due today").of(language).to_owned(),
        1.. => pair("还有 {0} 个工作日", "{0} working days left").count(language, &[days]),
        _ => pair("已逾期 {0} 个工作日", "{0} working days overdue").count(language, &[days]),
    })
}
