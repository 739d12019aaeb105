//! The report of a round: one HTML file, for the screen, for paper, and to be sent on. It loads nothing from anywhere.

mod appendix;
mod coverage;
mod figure;
mod interviewers;
mod method;
mod outcome;
mod page;
mod questions;
mod remarks;
mod sheet;
mod suggestions;

pub use interviewers::notes;
pub(super) use method::MODES;
pub(super) use sheet::{Sheet, sheet, table};
use suggestions::{Opinions, opinions, released};
pub use suggestions::{Suggestions, suggestions};

use super::Table;
use super::parts::{combined_note, combined_table};
use super::rectification::{later, later_note, later_table};
use crate::batch::{Decision, Roster};
use crate::fieldwork::{Arrivals, Fieldwork};
use crate::language::{Language, Words};
use crate::ledger::{Account, Balance, Finding, Ledger, findings};
use crate::plan::{Plan, Text, pick, prose};
use crate::rectification::Book;
use crate::scores::{Changes, Counted, Earlier, Scored, changes, rounds_before, scored};
use crate::suggestions::Notes;
use crate::tally::{
    Answered, Combined, Estimate, Fraction, Knowledge, KnowledgeQuestion, Results, Tally, answered, combined,
    knowledge, percent, results, round_half_up,
};
use maud::{Markup, html};

/// Which report.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Id of the round; None: the last that has a record.
    pub round: Option<&'a str>,
    /// For publication: small cells are withheld, and nothing that names a device or quotes a person is in it.
    pub published: bool,
    pub part: Part<'a>,
    /// What the office says of the results, with the small Markdown of plans; empty: nothing.
    pub remarks: &'a str,
    /// Day of the report, `YYYY-MM-DD`.
    pub day: &'a str,
    pub language: Language,
}

/// How much of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    Whole,
    /// One page about the unit of this id.
    Unit(&'a str),
    /// One page for everybody, always as published.
    Page,
}

/// Why there is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReport {
    /// The plan has no such round.
    UnknownRound(String),
    /// The plan has no such unit.
    UnknownUnit(String),
    /// No record counts in the round, or in any.
    NoRecord,
    /// So many units do not fit on one page.
    TooManyUnits(usize),
}

/// The report of a round as one HTML file: UTF-8, complete in itself. `account` is the ledger's own.
///
/// # Errors
/// [`NoReport`].
pub fn document(ledger: &Ledger, account: &Account<'_>, asked: Asked<'_>) -> Result<String, NoReport> {
    document_with(ledger, account, asked, Beside::default())
}

/// What the office knows beside the ledger. All of it may be missing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// Where the report is published, the suggestions that were released in them are in it.
    pub notes: Option<&'a Notes>,
    /// On which day each batch arrived.
    pub arrivals: Option<&'a Arrivals>,
    /// What devices are called, and which of them handed over nothing.
    pub roster: Option<&'a Roster>,
    /// The rectification ledger: what became of the findings of earlier rounds.
    pub book: Option<&'a Book>,
    /// Rounds whose numbers came as a table: in the trend, and compared where they are the last before.
    pub imported: &'a [Earlier],
}

/// The same, with what the office knows beside the ledger.
///
/// # Errors
/// [`NoReport`].
pub fn document_with(
    ledger: &Ledger,
    account: &Account<'_>,
    asked: Asked<'_>,
    beside: Beside<'_>,
) -> Result<String, NoReport> {
    let codebook = ledger.codebook();
    let plan = codebook.plan();
    if let Some(round) = asked.round.filter(|round| plan.round(round).is_none()) {
        return Err(NoReport::UnknownRound(round.to_owned()));
    }
    if let Part::Unit(unit) = asked.part
        && plan.unit(unit).is_none()
    {
        return Err(NoReport::UnknownUnit(unit.to_owned()));
    }
    if asked.part == Part::Page && plan.units.len() > page::MOST_UNITS {
        return Err(NoReport::TooManyUnits(plan.units.len()));
    }
    let asked = Asked { published: asked.published || asked.part == Part::Page, ..asked };
    let counted = Counted::of_rows(codebook.clone(), account.counted.iter().map(|(_, row)| *row));
    let smallest = plan.privacy.smallest_cell;
    let has_records = |round: &Results| round.records != Some(0) || round.screened_out != Some(0);
    let shown = |made: Scored| if asked.published { made.published(smallest) } else { made };
    // The rounds up to the one that is reported, with a record; it is the last.
    let last = plan.rounds.iter().position(|round| asked.round == Some(&round.id));
    let until = last.map_or(plan.rounds.len(), |last| last + 1);
    let rounds = plan.rounds[..until].iter().filter_map(|round| scored(&counted, &round.id));
    let mut rounds: Vec<Scored> = rounds.filter(|made| has_records(&made.results)).map(shown).collect();
    let reported = rounds.pop();
    // Where nothing was graded there is nothing to compare with.
    rounds.retain(|made| made.results.is_graded());
    let made = reported.filter(|made| asked.round.is_none_or(|id| *id == made.results.round));
    let made = made.ok_or(NoReport::NoRecord)?;
    if made.results.is_graded() {
        rounds = rounds_before(plan, rounds, beside.imported, &made);
    }
    let round = made.results.round.clone();
    // A case names people's posts: for the office alone.
    let followed = beside.book.filter(|_| !asked.published).and_then(|book| {
        let all: Vec<Scored> = rounds.iter().filter(|made| !made.imported).chain([&made]).cloned().collect();
        let cases = book.cases();
        let mut found = later(plan, &cases, &all, &round);
        found.retain(|one| one.after.is_some());
        let table = later_table(plan, &found, true, asked.language);
        (!found.is_empty()).then(|| (table, later_note(&found, asked.language)))
    });
    let parts = results(counted.tally(), &round)
        .and_then(|all| combined(codebook, account.counted.iter().map(|(id, row)| (*id, *row)), &all))
        .map(|parts| if asked.published { parts.published(&plan.parts, &made.results, smallest) } else { parts });
    let known = knowledge(codebook, account.counted.iter().map(|(id, row)| (*id, *row)), &round);
    // A test of another round says nothing of this one.
    let known = known.filter(|known| known.questions.iter().any(KnowledgeQuestion::is_asked));
    let known = known.map(|known| if asked.published { known.published(smallest) } else { known });
    let suggestions = match (asked.published, beside.notes) {
        (false, _) => opinions(ledger, account, &round),
        (true, Some(notes)) => released(ledger, account, &round, notes),
        (true, None) => Vec::new(),
    };
    let fieldwork = (!asked.published).then(|| {
        let none = Arrivals::default();
        let at = plan.rounds.iter().position(|known| known.id == round)?;
        Fieldwork::of(ledger, account, beside.roster, beside.arrivals.unwrap_or(&none), None, at)
    });
    let answered = answered(codebook, account.counted.iter().map(|(id, row)| (*id, *row)), &round);
    let document = Document {
        plan,
        answered: match asked.published {
            true => answered.iter().map(|question| question.published(smallest)).collect(),
            false => answered,
        },
        since: rounds.last().map(|before| changes(before, &made)),
        scored: made,
        earlier: rounds,
        fieldwork: fieldwork.flatten(),
        followed,
        knowledge: known,
        parts,
        tally: counted.tally(),
        balance: account.balance,
        findings: if asked.published { Vec::new() } else { findings(ledger, account) },
        decisions: ledger.decisions().iter().collect(),
        suggestions,
        remarks: asked.remarks,
        notes: if asked.published { Vec::new() } else { interviewers::notes(ledger, account, &round) },
        published: asked.published,
        day: asked.day,
        language: asked.language,
    };
    Ok(match asked.part {
        Part::Whole => document.to_html(),
        Part::Unit(unit) => document.unit_page(unit),
        Part::Page => document.public_page(),
    })
}

/// Everything that a report says.
struct Document<'a> {
    plan: &'a Plan,
    /// Of the round; as published, where the report is for publication.
    scored: Scored,
    /// Rounds before it that have a record, the last one last; likewise.
    earlier: Vec<Scored>,
    /// Against the last of them.
    since: Option<Changes>,
    /// How far the round is; None where the report is for publication.
    fieldwork: Option<Fieldwork>,
    /// Findings of earlier rounds, before and after, and how that was judged; None: there is none to show.
    followed: Option<(Table, String)>,
    /// As published, where it is; None: no question has a right answer.
    knowledge: Option<Knowledge>,
    /// Likewise; None: the plan has no parts.
    parts: Option<Combined>,
    /// Questions that grade nothing, likewise.
    answered: Vec<Answered>,
    tally: &'a Tally,
    balance: Balance,
    findings: Vec<Finding>,
    /// In the order of the time.
    decisions: Vec<&'a Decision>,
    suggestions: Vec<Opinions>,
    /// Of interviewers, likewise.
    notes: Vec<Suggestions>,
    /// Of the office.
    remarks: &'a str,
    published: bool,
    day: &'a str,
    language: Language,
}

pub(super) const fn pair(zh: &'static str, en: &'static str) -> Words {
    Words::pair(zh, en)
}

/// 一、二、三 … as official papers number their parts.
const NUMBERS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

impl Document<'_> {
    fn to_html(&self) -> String {
        let title = self.title();
        let mut parts: Vec<(Words, Markup)> = vec![
            (pair("摘要", "Summary"), self.summary()),
            (pair("方法", "Method"), self.method()),
            (pair("总体结果", "Results"), self.overview()),
            (pair("图示", "Plots"), self.figures()),
            (pair("各测评对象", "Each unit"), self.units()),
        ];
        if let Some(combined) = &self.parts {
            let shown = html! {
                p.note { (combined_note(self.plan, self.language)) }
                (table(&combined_table(self.plan, &[(combined, &self.scored)], 2, true, self.language), self.language))
            };
            parts.insert(3, (pair("综合得分", "Combined score"), shown));
        }
        if let Some(since) = &self.since {
            parts.push((pair("与上一轮相比", "Change since the round before"), self.change(since)));
        }
        if let Some((before_and_after, note)) = &self.followed {
            let shown = html! { p.note { (note) } (table(before_and_after, self.language)) };
            parts.push((pair("上一轮问题的整改", "What became of earlier findings"), shown));
        }
        if let Some(known) = &self.knowledge {
            parts.push((pair("知晓情况", "What people know"), self.what_people_know(known)));
        }
        if !self.answered.is_empty() {
            parts.push((pair("其他问题", "Other questions"), self.other_questions()));
        }
        if !self.remarks.trim().is_empty() {
            parts.push((pair("结果解读", "The office's explanation"), self.remarks(self.remarks)));
        }
        if !self.suggestions.is_empty() {
            parts.push((pair("意见和建议", "Opinions and suggestions"), self.opinions()));
        }
        if !self.notes.is_empty() {
            parts.push((pair("调查员备注", "Interviewers' notes"), self.interviewers()));
        }
        if let Some(found) = &self.fieldwork {
            parts.push((pair("覆盖与进度", "Coverage and progress"), self.coverage(found)));
        }
        parts.push((pair("数据核验", "Account of the data"), self.account()));
        let appendix = self.appendix();
        self.page(
            false,
            &title,
            &html! {
                @for (at, (heading, content)) in parts.iter().enumerate() {
                    section {
                        h2 { (self.number(at)) (heading.of(self.language)) }
                        (content)
                    }
                }
                section.appendix {
                    h2 { (self.say(pair("附录：问卷", "Appendix: the questionnaire"))) }
                    (appendix)
                }
            },
        )
    }

    /// A paper with this title and content. `one`: it has to stand on one page.
    fn page(&self, one: bool, title: &str, content: &Markup) -> String {
        let head = Sheet {
            title,
            asker: &self.text(&self.plan.asker),
            day: self.day,
            basis: &self.basis(),
            one,
            language: self.language,
        };
        sheet(&head, content)
    }

    fn title(&self) -> String {
        let (title, round) = (self.text(&self.plan.title), self.round());
        match self.language {
            Language::Zh => format!("{title}（{round}）测评报告"),
            Language::En => format!("{title} ({round}): report"),
        }
    }

    fn round(&self) -> String {
        let id = &self.results().round;
        self.plan.round(id).map_or_else(|| id.clone(), |round| self.text(&round.label))
    }

    fn results(&self) -> &Results {
        &self.scored.results
    }

    /// Who may read it.
    fn basis(&self) -> String {
        let smallest = self.plan.privacy.smallest_cell;
        match (self.published, self.language) {
            (true, Language::Zh) => format!("公布稿：少于 {smallest} 人的数不公布"),
            (true, Language::En) => format!("For publication: counts under {smallest} are withheld"),
            (false, Language::Zh) => "内部稿：含有人数少的数和意见原文，不可直接公布".to_owned(),
            (false, Language::En) => {
                "Internal: small counts and people's own words are in it; do not publish as it is".to_owned()
            }
        }
    }

    fn number(&self, at: usize) -> String {
        match (self.language, NUMBERS.get(at)) {
            (Language::Zh, Some(number)) => format!("{number}、"),
            _ => format!("{}. ", at + 1),
        }
    }

    /// A text of the plan, without its marks.
    fn text(&self, text: &Text) -> String {
        let fallback = self.plan.languages.first().map_or("", String::as_str);
        prose::plain(pick(text, self.language.tag(), fallback))
    }

    fn say(&self, words: Words) -> &'static str {
        words.of(self.language)
    }

    /// A number with two places, or why there is none.
    fn score(&self, estimate: &Estimate) -> String {
        estimate.as_ref().map_or_else(|_| self.say(NONE).to_owned(), |value| round_half_up(value, 2))
    }

    fn percent(&self, estimate: &Estimate) -> String {
        estimate.as_ref().map_or_else(|_| self.say(NONE).to_owned(), |share| [&percent(share, 1), "%"].concat())
    }

    fn count(&self, count: Option<u64>) -> String {
        count.map_or_else(|| self.say(NONE).to_owned(), |count| count.to_string())
    }
}

/// In the place of a number that is not there: why stands beside or below the table.
const NONE: Words = pair("—", "–");

fn float(value: &Fraction) -> f64 {
    num_traits::ToPrimitive::to_f64(value).unwrap_or(0.0)
}
