//! The ledger on paper: one HTML file that loads nothing.

use super::{about, cases_table, due_told, history_table};
use crate::language::{Language, Words};
use crate::rectification::{Book, Calendar, Case, Day, State};
use crate::report::document::{Sheet, sheet, table};
use maud::{Markup, html};

/// Which ledger is printed.
pub struct Register<'a> {
    pub book: &'a Book,
    /// The plan's title and who asks, as people know them; without a plan, its id and nothing.
    pub title: &'a str,
    pub asker: &'a str,
    /// Only this case, by id.
    pub only: Option<&'a str>,
    pub today: Day,
    pub calendar: &'a Calendar,
    pub language: Language,
}

const fn pair(zh: &'static str, en: &'static str) -> Words {
    Words::pair(zh, en)
}

/// The ledger as one HTML file: a summary, the list of cases, and a page for each with its history.
pub fn register(register: &Register<'_>) -> String {
    let Register { book, language, today, calendar, .. } = *register;
    let say = |words: Words| words.of(language);
    let cases: Vec<Case<'_>> =
        book.cases().into_iter().filter(|case| register.only.is_none_or(|id| case.id.as_str() == id)).collect();
    let title = match language {
        Language::Zh => format!("{}整改台账", register.title),
        Language::En => format!("{}: rectification ledger", register.title),
    };
    let calendar_told = calendar.told(language);
    let notices: Vec<String> = book.notices(language).iter().map(|notice| notice.told(language)).collect();
    let body = html! {
        section {
            h2 { (say(pair("一、概况", "1. Summary"))) }
            (summary(&cases, today, calendar, language))
            p.note { (pair("工作日按以下日历计算：{0}。", "Working days by this calendar: {0}.").fill(language, &[&calendar_told])) }
            @if !notices.is_empty() {
                h3 { (say(pair("需要更正的", "To be corrected"))) }
                ul { @for notice in &notices { li { (notice) } } }
            }
        }
        section {
            h2 { (say(pair("二、清单", "2. Cases"))) }
            (table(&cases_table(&cases, today, calendar, true, language), language))
        }
        section {
            h2 { (say(pair("三、逐项记录", "3. Each case"))) }
            @for case in &cases {
                article.unit {
                    h3 { (case.opening.name) " " (case.opening.title) }
                    p { (about(case.opening, language)) }
                    p { (standing(case, today, calendar, language)) }
                    (table(&history_table(case, true, language), language))
                    table.signatures { tbody { tr {
                        th scope="row" { (say(pair("责任单位（签章）", "Unit (signature)"))) } td {}
                        th scope="row" { (say(pair("测评办公室（签章）", "Office (signature)"))) } td {}
                    } } }
                }
            }
        }
    };
    let basis = pair(
        "内部资料：含有意见原文和责任人，不可直接公布",
        "Internal: people's words and posts are in it; do not publish as it is",
    );
    let head = Sheet {
        title: &title,
        asker: register.asker,
        day: &today.to_string(),
        basis: basis.of(language),
        one: false,
        language,
    };
    sheet(&head, &body)
}

fn summary(cases: &[Case<'_>], today: Day, calendar: &Calendar, language: Language) -> Markup {
    let counted = |state: State| cases.iter().filter(|case| case.status.state == state).count();
    let overdue = cases.iter().filter(|case| case.due(today, calendar).is_some_and(|due| due.is_overdue())).count();
    let closed = counted(State::Closed);
    let all = cases.len() - counted(State::Void);
    let states = State::ALL.iter().filter(|state| counted(**state) > 0);
    html! {
        p { (pair(
            "共 {0} 项，已销号 {1} 项，逾期 {2} 项。",
            "{0} cases, {1} closed, {2} overdue.",
        ).count(language, &[all, closed, overdue])) }
        table { tbody { @for state in states { tr {
            th scope="row" { (state.words().of(language)) }
            td.number { (counted(*state)) }
        } } } }
    }
}

fn standing(case: &Case<'_>, today: Day, calendar: &Calendar, language: Language) -> String {
    let state = case.status.state.words().of(language);
    match case.due(today, calendar) {
        Some(due) => pair("状态：{0}；下一步：{1}。", "State: {0}. Next: {1}.")
            .fill(language, &[state, &due_told(&due, language)]),
        None => pair("状态：{0}。", "State: {0}.").fill(language, &[state]),
    }
}
