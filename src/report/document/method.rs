use super::{Document, pair};
use crate::language::{Language, Words};
use crate::plan::{Decimal, Indicator, Mode};
use crate::report::{how, scores_notes};
use crate::tally::Counts;
use maud::{Markup, html};

/// What a way of asking is called.
pub(in crate::report) const MODES: [(Mode, Words); 4] = [
    (Mode::Web, pair("扫码或链接自填", "by link, alone")),
    (Mode::Face, pair("当面访问", "face to face")),
    (Mode::Phone, pair("电话", "by telephone")),
    (Mode::Hall, pair("会场测评", "in a meeting")),
];

/// How many answered, and how many were wanted.
type Part = (String, u64, Option<u64>);

impl Document<'_> {
    pub(super) fn method(&self) -> Markup {
        let round = self.plan.round(&self.results().round);
        let days = round.map(|round| (round.opens.as_deref(), round.closes.as_deref()));
        html! {
            p { (self.text(&self.plan.purpose)) }
            @if let Some((opens, closes)) = days.filter(|(opens, closes)| opens.is_some() || closes.is_some()) {
                p { (self.say(pair("时间：", "Dates: "))) (opens.unwrap_or("…")) (self.say(pair(" 至 ", " to "))) (closes.unwrap_or("…")) }
            }
            p { (self.say(pair("对回答者的承诺：", "What was promised to those who answered: "))) (self.text(&self.plan.privacy.notice)) }
            (self.who())
            (self.scales())
            (self.weights())
            h3 { (self.say(pair("数字是怎么来的", "How the numbers are made"))) }
            ul { @for words in how::ALL { li { (words.of(self.language)) } } }
            h3 { (self.say(pair("局限", "Limits"))) }
            ul { @for limit in self.limits() { li { (limit) } } }
        }
    }

    pub(super) fn limits(&self) -> Vec<String> {
        let zh = self.language == Language::Zh;
        let mut limits = Vec::new();
        if self.results().self_selected != Some(0) {
            let web = self.count(self.results().self_selected);
            limits.push(match zh {
                true => format!("其中 {web} 份由群众自愿通过链接填写，不是随机抽样，不能推断全体，区间只是名义上的。"),
                false => format!("{web} records come from people who chose themselves by a link: no random sample, so nothing follows for all people, and intervals are nominal."),
            });
        }
        limits.push(
            self.say(pair(
                "名次相邻的对象，分差可能只是抽样的偶然：高下以名次范围和“显示优于”为准。",
                "Units next to each other in rank may differ by the luck of the sample alone: go by the ranges of the ranks, and by what is shown to be better.",
            ))
            .to_owned(),
        );
        limits.push(
            self.say(pair(
                "区间只含抽样误差；没有参加的人若想法不同，其影响不在区间之内。",
                "Intervals hold the error of sampling only; if those who did not take part think otherwise, that is not in them.",
            ))
            .to_owned(),
        );
        limits.extend(scores_notes(&self.scored, self.language));
        if self.published {
            limits.push(self.say(pair(
                "人数少的数未公布，以保护回答者；与其他公布稿相减可能得出这些数，因此同一轮只应公布一稿。",
                "Small counts are withheld to protect those who answered. Two publications of one round can be subtracted: publish one.",
            )).to_owned());
        }
        limits
    }

    /// Who answered. In what is published a table is left out whole where one of its counts is small.
    fn who(&self) -> Markup {
        let at = self.plan.rounds.iter().position(|round| round.id == self.results().round);
        let domains: Vec<_> =
            self.tally.domains().iter().filter(|(domain, _)| Some(domain.round as usize) == at).collect();
        let sum = |fits: &dyn Fn(&crate::ledger::Domain) -> bool| -> u64 {
            let fitting = domains.iter().filter(|(domain, _)| fits(domain));
            fitting.map(|(_, counts): &(_, &Counts)| counts.records).sum()
        };
        let modes = MODES.iter().filter(|(mode, _)| self.plan.modes.contains(mode));
        let modes = modes.map(|(mode, words)| (self.say(*words).to_owned(), sum(&|domain| domain.mode == *mode), None));
        // Who is not asked in this round is wanted in none of it.
        let round = &self.results().round;
        let asked = |id: &str| self.plan.asks_group(round, id);
        let groups = self.plan.rater_groups.iter().enumerate().filter_map(|(at, group)| {
            let count = sum(&|domain| domain.rater_group == Some(at as u16));
            let target = group.target.filter(|_| asked(&group.id)).map(u64::from);
            (count > 0 || asked(&group.id)).then(|| (self.text(&group.label), count, target))
        });
        let strata = self.plan.strata.iter().enumerate().map(|(at, stratum)| {
            (self.text(&stratum.label), sum(&|domain| domain.stratum == Some(at as u16)), stratum.target.map(u64::from))
        });
        html! {
            (self.parts(pair("答卷：按方式", "Records by mode"), modes.collect()))
            (self.parts(pair("答卷：按人群", "Records by rater group"), groups.collect()))
            (self.parts(pair("答卷：按抽样层", "Records by stratum"), strata.collect()))
        }
    }

    fn parts(&self, caption: Words, parts: Vec<Part>) -> Markup {
        let smallest = u64::from(self.plan.privacy.smallest_cell);
        let few = parts.iter().any(|(_, count, _)| 0 < *count && *count < smallest);
        let wanted = parts.iter().any(|(.., target)| target.is_some());
        html! {
            @if parts.len() > 1 && !(self.published && few) {
                table {
                    caption { (caption.of(self.language)) }
                    thead { tr {
                        th scope="col" {}
                        th.number scope="col" { (self.say(pair("份", "records"))) }
                        @if wanted { th.number scope="col" { (self.say(pair("计划", "planned"))) } }
                    } }
                    tbody { @for (name, count, target) in &parts { tr {
                        th scope="row" { (name) }
                        td.number { (count) }
                        @if wanted { td.number { @if let Some(target) = target { (target) } } }
                    } } }
                }
            }
        }
    }

    fn scales(&self) -> Markup {
        html! {
            @for scale in &self.plan.scales {
                table {
                    caption { (self.say(pair("量表", "Scale"))) }
                    thead { tr {
                        th scope="col" { (self.say(pair("档次", "Grade"))) }
                        th.number scope="col" { (self.say(pair("分值", "Points"))) }
                        th scope="col" { (self.say(pair("计为满意", "Counts as satisfied"))) }
                    } }
                    tbody {
                        @for grade in &scale.grades { tr {
                            th scope="row" { (self.text(&grade.label)) }
                            td.number { (grade.score.to_text()) }
                            td { (self.say(if grade.satisfied { pair("是", "yes") } else { pair("否", "no") })) }
                        } }
                        @for missing in &scale.missing { tr {
                            th scope="row" { (self.text(&missing.label)) }
                            td.number { (self.say(super::NONE)) }
                            td { (self.say(pair("不计入", "not counted"))) }
                        } }
                    }
                }
            }
        }
    }

    /// One of weight 0 is shown beside the index.
    pub(super) fn weight(&self, indicator: &Indicator) -> String {
        match indicator.weight {
            Decimal::ZERO => self.say(pair("参考", "for reference")).to_owned(),
            weight => weight.to_text(),
        }
    }

    /// For which units it is, where it is not for all.
    fn only_for(&self, indicator: &Indicator) -> String {
        let named = self.plan.unit_groups.iter().filter(|group| indicator.unit_groups.contains(&group.id));
        let named: Vec<String> = named.map(|group| self.text(&group.label)).collect();
        match (named.is_empty(), self.language) {
            (true, _) => String::new(),
            (false, Language::Zh) => format!("（只用于：{}）", named.join("、")),
            (false, Language::En) => format!(" (only for: {})", named.join("; ")),
        }
    }

    fn weights(&self) -> Markup {
        fn walk<'a>(list: &'a [Indicator], depth: usize, out: &mut Vec<(&'a Indicator, usize)>) {
            for indicator in list {
                out.push((indicator, depth));
                walk(&indicator.indicators, depth + 1, out);
            }
        }
        let mut rows = Vec::new();
        walk(&self.plan.indicators, 0, &mut rows);
        let groups = self.plan.rater_groups.iter().filter_map(|group| Some((self.text(&group.label), group.weight?)));
        let groups: Vec<(String, Decimal)> = groups.collect();
        html! {
            @if rows.len() > 1 {
                table {
                    caption { (self.say(pair("指标和权重", "Indicators and weights"))) }
                    tbody { @for (indicator, depth) in &rows { tr {
                        th scope="row" style={ "padding-inline-start:" (0.5 + *depth as f64 * 1.5) "rem" } { (self.text(&indicator.label)) (self.only_for(indicator)) }
                        td.number { (self.weight(indicator)) }
                    } } }
                }
            }
            @if !groups.is_empty() {
                table {
                    caption { (self.say(pair("人群权重", "Weights of rater groups"))) }
                    tbody { @for (name, weight) in &groups { tr {
                        th scope="row" { (name) }
                        td.number { (weight.to_text()) }
                    } } }
                }
            }
        }
    }
}
