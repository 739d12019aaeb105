//! DDI-Codebook 2.5: what archives and catalogues of surveys read. No count of answers is in it, so that it can be
//! published.

use super::variable::{missing_codes, ours};
use super::{DataSet, Kind, Variable};
use crate::language::Words;
use crate::ledger::Codebook;
use crate::plan::{Plan, Text};
use maud::{Markup, PreEscaped, html};

/// What is described beside the plan and the variables.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// Day of the description, `YYYY-MM-DD`.
    pub day: &'a str,
    /// The program that wrote it, with its version.
    pub software: &'a str,
}

/// The study, how it was done, and every variable of a data set with its question, categories and missing values, in every
/// language of the plan. Well-formed XML; validity against the schema is tested.
pub fn ddi(codebook: &Codebook, data: &DataSet<'_>, study: Study<'_>) -> String {
    let plan = codebook.plan();
    let describer = Describer { plan, codebook, data, study };
    let first = plan.languages.first().map_or("zh", String::as_str);
    let document = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        codeBook xmlns="ddi:codebook:2_5" version="2.5" xml:lang=(first) {
            docDscr { citation {
                titlStmt { (describer.title()) }
                prodStmt { prodDate date=(study.day) { (study.day) } software { (study.software) } }
            } }
            stdyDscr { (describer.study()) }
            fileDscr ID="F1" { fileTxt {
                fileName { (data.name) }
                dimensns {
                    @if data.packed().len() as u64 >= u64::from(plan.privacy.smallest_cell) {
                        caseQnty { (data.packed().len()) }
                    }
                    varQnty { (data.variables.len()) }
                }
            } }
            dataDscr { (describer.groups()) @for (at, variable) in data.variables.iter().enumerate() { (describer.variable(at, variable)) } }
        }
        (PreEscaped("\n"))
    };
    // A control character is no character of XML 1.0.
    document.into_string().chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect()
}

struct Describer<'a> {
    plan: &'a Plan,
    codebook: &'a Codebook,
    data: &'a DataSet<'a>,
    study: Study<'a>,
}

/// Plain words of a text with the tag of each language.
fn said(text: &Text) -> Vec<(&String, String)> {
    text.iter().map(|(tag, words)| (tag, crate::plan::prose::plain(words))).collect()
}

impl Describer<'_> {
    fn title(&self) -> Markup {
        let all = said(&self.plan.title);
        let first = self.plan.languages.first();
        let main = all.iter().find(|(tag, _)| Some(*tag) == first).or(all.first());
        html! {
            @if let Some((tag, words)) = main {
                titl xml:lang=(tag) { (words) }
                @for (tag, words) in all.iter().filter(|(other, _)| other != tag) { parTitl xml:lang=(tag) { (words) } }
            } @else { titl { (self.plan.id) } }
            IDNo agency="minping" level="study" { (self.plan.id) }
        }
    }

    fn study(&self) -> Markup {
        let plan = self.plan;
        html! {
            citation {
                titlStmt { (self.title()) }
                rspStmt { @for (tag, words) in said(&plan.asker) { AuthEnty xml:lang=(tag) { (words) } } }
                prodStmt { prodDate date=(self.study.day) { (self.study.day) } software { (self.study.software) } }
                verStmt {
                    version { (plan.version) }
                    notes type="digest" subject="SHA-256" { (self.codebook.reference().digest.as_str()) }
                }
            }
            stdyInfo {
                @for (tag, words) in said(&plan.purpose) {
                    // `abstract` is a word of Rust's own, which the macro takes for no name.
                    (PreEscaped("<abstract xml:lang=\"")) (tag) (PreEscaped("\">")) (words) (PreEscaped("</abstract>"))
                }
                sumDscr {
                    @for round in &plan.rounds {
                        @if let Some(day) = &round.opens { collDate date=(day) event="start" cycle=(round.id) { (day) } }
                        @if let Some(day) = &round.closes { collDate date=(day) event="end" cycle=(round.id) { (day) } }
                    }
                    @for (tag, words) in said(&ours(Words::pair("一次访问（答卷）", "one interview (record)"))) { anlyUnit xml:lang=(tag) { (words) } }
                    @for group in &plan.rater_groups { @for (tag, words) in said(&group.label) { universe xml:lang=(tag) { (words) } } }
                    dataKind { "survey data" }
                }
            }
            method { dataColl {
                @for (tag, words) in said(&ours(self.waves())) { timeMeth xml:lang=(tag) { (words) } }
                @for stratum in &plan.strata { @for (tag, words) in said(&stratum.label) {
                    sampProc xml:lang=(tag) { (words) @if let Some(population) = stratum.population { " (N = " (population) ")" } }
                } }
                @for target in self.targets() { targetSampleSize { sampleSize { (target) } } }
                @for mode in &plan.modes { @for (tag, words) in said(&ours(super::records::mode_label(*mode))) {
                    collMode xml:lang=(tag) { (words) }
                } }
                @for questionnaire in &plan.questionnaires { @for (tag, words) in said(&questionnaire.title) {
                    resInstru xml:lang=(tag) { (words) }
                } }
                @for group in &plan.rater_groups { @if let Some(weight) = group.weight { @for (tag, words) in said(&group.label) {
                    weight xml:lang=(tag) { (words) ": " (weight.to_text()) }
                } } }
            } }
            dataAccs { useStmt {
                @for (tag, words) in said(&plan.privacy.notice) { confDec xml:lang=(tag) { (words) } }
            } }
        }
    }

    fn waves(&self) -> Words {
        match self.plan.rounds.len() {
            1 => Words::pair("一次性", "cross-section"),
            _ => Words::pair("多轮，每轮另行抽样或另行征集", "repeated cross-sections"),
        }
    }

    /// How many answers a round is to have: of rater groups where they have targets, else of strata.
    fn targets(&self) -> Vec<String> {
        let groups = self.plan.rater_groups.iter().filter_map(|group| Some(format!("{}: {}", group.id, group.target?)));
        let strata = self.plan.strata.iter().filter_map(|stratum| Some(format!("{}: {}", stratum.id, stratum.target?)));
        groups.chain(strata).collect()
    }

    /// Variables that belong to one item: cells of a matrix, choices of a list.
    fn groups(&self) -> Markup {
        let mut found: Vec<(&str, Vec<usize>)> = Vec::new();
        for (at, variable) in
            self.data.variables.iter().enumerate().filter(|(_, variable)| !variable.question.is_empty())
        {
            let Some((item, _)) = variable.name.split_once('/').filter(|(item, _)| !item.ends_with(']')) else {
                continue;
            };
            match found.iter_mut().find(|(known, _)| *known == item) {
                Some((_, places)) => places.push(at),
                None => found.push((item, vec![at])),
            }
        }
        html! {
            @for (number, (item, places)) in found.iter().enumerate() {
                @let first = &self.data.variables[places[0]];
                @let kind = if matches!(first.kind, Kind::Coded { ordered: true, .. }) { "grid" } else { "multipleResp" };
                @let ids: Vec<String> = places.iter().map(|at| format!("V{}", at + 1)).collect();
                varGrp ID=(format!("G{}", number + 1)) type=(kind) name=(item) var=(ids.join(" ")) {
                    @for (tag, words) in said(&first.question) { labl xml:lang=(tag) { (words) } }
                }
            }
        }
    }

    fn variable(&self, at: usize, variable: &Variable) -> Markup {
        let (nature, domain) = match &variable.kind {
            Kind::Coded { ordered: true, .. } => ("ordinal", "category"),
            Kind::Coded { .. } => ("nominal", "category"),
            Kind::Text => ("nominal", "text"),
            Kind::Whole | Kind::Number => ("ratio", "numeric"),
            Kind::Day | Kind::Time | Kind::Moment => ("interval", "datetime"),
        };
        let interval = if matches!(variable.kind, Kind::Number) { "contin" } else { "discrete" };
        let character = matches!(variable.kind, Kind::Coded { .. } | Kind::Text);
        let category = match variable.kind {
            Kind::Day | Kind::Moment => "date",
            Kind::Time => "time",
            _ => "other",
        };
        html! {
            var ID=(format!("V{}", at + 1)) name=(variable.name) files="F1" intrvl=(interval) nature=(nature) {
                @for (tag, words) in said(&variable.label) { labl xml:lang=(tag) { (words) } }
                @if !variable.question.is_empty() {
                    qstn responseDomainType=(domain) { @for (tag, words) in said(&variable.question) { qstnLit xml:lang=(tag) { (words) } } }
                }
                @for one in variable.categories().iter().filter(|one| !one.missing) {
                    catgry {
                        catValu { (one.name) }
                        @for (tag, words) in said(&one.label) { labl xml:lang=(tag) { (words) } }
                        @if let Some(points) = one.points { txt { (points.to_text()) } }
                    }
                }
                @for (name, _, label) in missing_codes(variable) {
                    catgry missing="Y" missType=(name) {
                        catValu { (name) }
                        @for (tag, words) in said(&label) { labl xml:lang=(tag) { (words) } }
                    }
                }
                varFormat type=(if character { "character" } else { "numeric" }) category=(category) {}
            }
        }
    }
}
