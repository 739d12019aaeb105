//! One page: about one unit, or for everybody.

use super::{Document, float, pair};
use crate::language::Language;
use crate::plan::Unit;
use crate::report::{how, results_note};
use crate::tally::{Fraction, UnitResult, round_half_up};
use maud::{Markup, html};

/// Units that fit on one page of A4.
pub(super) const MOST_UNITS: usize = 120;
/// Indicators that are shown one by one beside a single unit.
const MOST_INDICATORS: usize = 24;

impl Document<'_> {
    /// What one unit is told: where it stands, and how each of its indicators was graded.
    pub(super) fn unit_page(&self, id: &str) -> String {
        let found = self.results().units.iter().find(|unit| unit.unit == id);
        let name = self.plan.unit(id).map_or_else(|| id.to_owned(), |unit: &Unit| self.text(&unit.label));
        let title = match self.language {
            Language::Zh => format!("{name}：{}（{}）", self.text(&self.plan.title), self.round()),
            Language::En => format!("{name}: {} ({})", self.text(&self.plan.title), self.round()),
        };
        self.page(
            true,
            &title,
            &html! { @if let Some(unit) = found {
                @let class = self.class_of(unit);
                p { (results_note(self.plan, self.results(), self.language)) (self.say(pair("。", "."))) }
                (self.unit(unit, class.len() <= 1))
                @if let Some(span) = self.span(&class) { p { (span) } }
                (self.notes())
            } },
        )
    }

    /// What everybody may read: who asked, how many answered, and what came out.
    pub(super) fn public_page(&self) -> String {
        let title = match self.language {
            Language::Zh => format!("{}（{}）结果公布", self.text(&self.plan.title), self.round()),
            Language::En => format!("{} ({}): results", self.text(&self.plan.title), self.round()),
        };
        let classes = self.classes();
        let single = matches!(classes.as_slice(), [(_, units)] if units.len() == 1);
        self.page(true, &title, &html! {
            p { (self.text(&self.plan.purpose)) }
            p { (results_note(self.plan, self.results(), self.language)) (self.say(pair("。", "."))) }
            @if single {
                @for (_, units) in &classes { @for unit in units { (self.unit_figures(unit)) } }
            } @else {
                @let columns = match self.results().units.len() { 0..=24 => "", 25..=60 => "two", _ => "three" };
                div class={ "lists " (columns) } { @for (name, units) in &classes { (self.list(name.as_deref(), units)) } }
            }
            (self.notes())
        })
    }

    fn notes(&self) -> Markup {
        html! { ul.note {
            @for words in [how::SCORE, how::RATE, how::INDEX] { li { (words.of(self.language)) } }
            @for limit in self.limits() { li { (limit) } }
        } }
    }

    fn class_of(&self, unit: &UnitResult) -> Vec<&UnitResult> {
        self.results().units.iter().filter(|other| other.group == unit.group).collect()
    }

    /// From where to where the class goes.
    fn span(&self, class: &[&UnitResult]) -> Option<String> {
        let known: Vec<&Fraction> = class.iter().filter_map(|unit| unit.index.as_ref().ok()).collect();
        let (low, high) = (known.iter().min()?, known.iter().max()?);
        if known.len() < 2 {
            return None;
        }
        let (low, high, count) = (round_half_up(low, 2), round_half_up(high, 2), known.len());
        Some(match self.language {
            Language::Zh => format!("同类 {count} 个对象有综合指数，从 {low} 到 {high}。"),
            Language::En => format!("{count} units of the class have an index, from {low} to {high}."),
        })
    }

    /// One unit alone, in large figures.
    fn unit_figures(&self, unit: &UnitResult) -> Markup {
        let asked = unit.asked().count();
        html! {
            p.large {
                (self.unit_label(unit)) " "
                (self.say(pair("满意率 ", "satisfied "))) strong { (self.percent(&unit.overall.rate)) } " "
                (self.say(pair("综合指数 ", "index "))) strong { (self.score(&unit.index)) }
            }
            @if let Some(why) = self.why(unit) { p.note { (why) } }
            @if (2..=MOST_INDICATORS).contains(&asked) { table { tbody { @for (_, one) in unit.asked() { tr {
                th scope="row" { (crate::report::results::indicator_label(self.plan, &one.indicator, self.language)) }
                td.bar { (self.rate_bar(one.measure.rate.as_ref().ok())) }
                td.number { (self.percent(&one.measure.rate)) }
            } } } } }
        }
    }

    fn rate_bar(&self, rate: Option<&Fraction>) -> Markup {
        let width = rate.map_or(0.0, |rate| (float(rate) * 100.0).clamp(0.0, 100.0));
        html! { @if width > 0.0 { span style={ "width:" (format!("{width:.2}")) "%" } aria-hidden="true" {} } }
    }

    fn list(&self, name: Option<&str>, units: &[&UnitResult]) -> Markup {
        html! { table {
            @if let Some(name) = name { caption { (name) } }
            thead { tr {
                th.number scope="col" { (self.say(pair("名次", "Rank"))) }
                th scope="col" { (self.say(pair("测评对象", "Unit"))) }
                th.number scope="col" { (self.say(pair("指数", "Index"))) }
                th.number scope="col" { (self.say(pair("满意率", "Satisfied"))) }
            } }
            tbody { @for unit in units { tr {
                td.number { @if let Some(ranked) = self.scored_of(unit).rank { (ranked.rank) } @else { (self.say(super::NONE)) } }
                th scope="row" { (self.unit_label(unit)) }
                td.number { (self.score(&unit.index)) }
                td.number { (self.percent(&unit.overall.rate)) }
            } } }
        } }
    }
}
