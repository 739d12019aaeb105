//! One class of units as a table, with the counts behind every number. On a narrow screen each line is a card: the roles
//! say that it is a table all the same, and every cell carries its heading.

use super::parts::said;
use crate::language::Language;
use crate::plan::Plan;
use crate::report::{difference_shown, how, imprecise};
use crate::scores::{Precise, Scored};
use crate::tally::{Estimate, Measure, Undefined, UnitResult, percent, round_half_up};
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use std::rc::Rc;

/// Results to be shown, with what names them.
#[derive(Clone)]
pub struct Shown {
    pub scored: Rc<Scored>,
    pub plan: Rc<Plan>,
    pub language: Language,
    /// All details are shown, for the screen and for paper.
    pub all_open: Signal<bool>,
}

const HEADINGS: [(Words, &str); 8] = [
    (words::RANK, "number"),
    (words::UNIT, ""),
    (words::INDEX, "number"),
    (words::SCORE, "number"),
    (words::RATE, "number"),
    (words::VALID, "number"),
    (words::DONT_KNOW, "number"),
    (words::AGAINST_CLASS, ""),
];

impl Shown {
    fn score(&self, value: &Estimate) -> String {
        match value {
            Ok(value) => round_half_up(value, 2),
            Err(why) => self.why(why),
        }
    }

    /// A rate that lacks what the score lacks does not say it twice.
    fn rate(&self, measure: &Measure) -> String {
        match (&measure.score, &measure.rate) {
            (Err(score), Err(rate)) if score == rate => "—".to_owned(),
            _ => self.share(&measure.rate),
        }
    }

    fn share(&self, value: &Estimate) -> String {
        match value {
            Ok(value) => {
                let mut text = percent(value, 1);
                text.push('%');
                text
            }
            Err(why) => self.why(why),
        }
    }

    fn why(&self, why: &Undefined) -> String {
        match why {
            Undefined::Withheld => words::WITHHELD_SHORT.of(self.language).to_owned(),
            Undefined::NoAnswers => words::NO_SCORE.of(self.language).to_owned(),
            Undefined::NoAnswersFrom(groups) => {
                let names: Vec<String> = groups
                    .iter()
                    .map(|id| {
                        self.plan
                            .rater_group(id)
                            .map_or(id.clone(), |group| said(&group.label, self.language, &self.plan))
                    })
                    .collect();
                words::NO_ANSWERS_FROM.fill(self.language, &[&names.join("、")])
            }
            Undefined::NoScoreFor(_) => words::NO_SCORE_FOR.of(self.language).to_owned(),
        }
    }

    fn number(&self, value: Option<u64>) -> String {
        value.map_or_else(|| words::WITHHELD_SHORT.of(self.language).to_owned(), |value| value.to_string())
    }

    /// Ends of an interval of a score or an index, or why there is none.
    fn ends(&self, estimate: &Estimate, precise: &Precise) -> String {
        match (estimate, precise) {
            (Err(_), _) => String::new(),
            (_, Ok(found)) => {
                let mut text = format!("{:.2}–{:.2}", found.low, found.high);
                if found.nominal {
                    text.push_str(words::NOMINAL.of(self.language));
                }
                text
            }
            (_, Err(why)) => imprecise(*why, self.language).to_owned(),
        }
    }

    fn interval(&self, measure: &Measure) -> String {
        measure.interval.as_ref().map_or_else(String::new, |interval| {
            let mut text = format!("{:.1}–{:.1}%", interval.low * 100.0, interval.high * 100.0);
            if interval.nominal {
                text.push_str(words::NOMINAL.of(self.language));
            }
            text
        })
    }
}

/// The units of one class, best first; those without an index last. None: the class has no unit.
pub fn class_table(shown: &Shown, group: Option<&str>) -> Option<AnyView> {
    let language = shown.language;
    let mut units: Vec<&UnitResult> =
        shown.scored.results.units.iter().filter(|unit| unit.group.as_deref() == group).collect();
    if units.is_empty() {
        return None;
    }
    units.sort_by_key(|unit| unit.rank.unwrap_or(usize::MAX));
    let title = group.and_then(|id| shown.plan.unit_groups.iter().find(|group| group.id == id));
    let title =
        title.map_or_else(|| words::UNIT.of(language).to_owned(), |group| said(&group.label, language, &shown.plan));
    // The bar runs from 0 to the highest points that a scale gives.
    let most = shown
        .plan
        .scales
        .iter()
        .flat_map(|scale| &scale.grades)
        .map(|grade| grade.score.millionths())
        .max()
        .unwrap_or(0);
    let (caption, name) = (title.clone(), title.clone());
    Some(
        view! {
            <h2>{title}</h2>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table class="table cards results-table" role="table" aria-label=name>
                    <thead role="rowgroup"><tr role="row">
                        {HEADINGS.iter().map(|(heading, class)| view! {
                            <th scope="col" role="columnheader" class=*class>{heading.of(language)}</th>
                        }).collect_view()}
                    </tr></thead>
                    <tbody role="rowgroup">{units.into_iter().map(|unit| unit_row(shown, unit, most)).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}

fn unit_row(shown: &Shown, unit: &UnitResult, most: i64) -> AnyView {
    let language = shown.language;
    let name = shown
        .plan
        .unit(&unit.unit)
        .map_or_else(|| unit.unit.clone(), |known| said(&known.label, language, &shown.plan));
    let open = RwSignal::new(false);
    let all_open = shown.all_open;
    let is_open = Memo::new(move |_| open.get() || all_open.get());
    let width = unit.index.as_ref().ok().filter(|_| most > 0).map(|value| {
        let share = value * num_bigint::BigInt::from(1_000_000) / num_bigint::BigInt::from(most);
        let mut width = percent(&share, 1);
        width.push('%');
        width
    });
    let place = shown.scored.place(&unit.unit).unwrap_or_default();
    let scored = &shown.scored.units[place];
    let range = scored.rank.map(|ranked| {
        let (best, worst) = (ranked.best.to_string(), ranked.worst.to_string());
        let mut text = if best == worst { best } else { [&best, "–", &worst].concat() };
        text = words::RANK_RANGE.fill(language, &[&text]);
        if ranked.tied {
            text.push(' ');
            text.push_str(words::RANK_TIED.of(language));
        }
        text
    });
    let against = scored.against_class.as_ref().map(|compared| {
        let by = round_half_up(&compared.difference, 2);
        let sign = if by.starts_with('-') { "" } else { "+" };
        [difference_shown(compared.verdict, language), " ", sign, &by].concat()
    });
    let against = against.unwrap_or_else(|| "—".to_owned());
    let label = words::DETAILS_OF.fill(language, &[&name]);
    let grades = grades(shown, &unit.overall);
    // Built when it is looked at: a city has a hundred units.
    let inside = StoredValue::new_local((shown.clone(), unit.clone()));
    let details = move || is_open.get().then(|| inside.with_value(|(shown, unit)| details(shown, unit)));
    view! {
        <tr role="row" class="unit-row">
            <td role="cell" class="number" data-heading=words::RANK.of(language)>{unit.rank}<br/><span class="hint small">{range}</span></td>
            <th scope="row" role="rowheader" class="name">
                <button type="button" class="unit-button" aria-expanded=move || if is_open.get() { "true" } else { "false" }
                    title=label.clone() on:click=move |_| open.update(|open| *open = !*open)>
                    {name}
                </button>
                {width.map(|width| view! { <span class="bar" aria-hidden="true"><span class="bar-fill" style:width=width></span></span> })}
                {grades}
            </th>
            {number(words::INDEX, language, view! {
                <strong>{shown.score(&unit.index)}</strong><br/><span class="hint small">{shown.ends(&unit.index, &scored.index)}</span>
            }.into_any())}
            {number(words::SCORE, language, shown.score(&unit.overall.score).into_any())}
            {number(words::RATE, language, shown.rate(&unit.overall).into_any())}
            {number(words::VALID, language, shown.number(unit.overall.valid).into_any())}
            {number(words::DONT_KNOW, language, shown.share(&unit.overall.dont_know_rate).into_any())}
            <td role="cell" data-heading=words::AGAINST_CLASS.of(language)>{against}</td>
        </tr>
        <tr role="row" class="details" hidden=move || !is_open.get()><td role="cell" colspan="8">{details}</td></tr>
    }
    .into_any()
}

/// A cell that carries its heading to where there is no heading row.
fn number(heading: Words, language: Language, value: AnyView) -> AnyView {
    view! { <td role="cell" class="number" data-heading=heading.of(language)>{value}</td> }.into_any()
}

fn grades(shown: &Shown, measure: &Measure) -> AnyView {
    let language = shown.language;
    let label = |scale: &str, grade: &str| {
        let known = shown.plan.scale(scale).and_then(|scale| scale.grades.iter().find(|known| known.name == grade));
        known.map_or_else(|| grade.to_owned(), |known| said(&known.label, language, &shown.plan))
    };
    let list = measure.grades.iter().map(|grade| {
        let satisfied = if grade.satisfied { "grade satisfied" } else { "grade" };
        view! { <span class=satisfied>{label(&grade.scale, &grade.grade)}" "<b>{shown.number(grade.count)}</b></span> }
    });
    view! { <span class="grades small">{list.collect_view()}</span> }.into_any()
}

/// Indicators and counts by grade of one unit.
fn details(shown: &Shown, unit: &UnitResult) -> AnyView {
    let language = shown.language;
    let place = shown.scored.place(&unit.unit).unwrap_or_default();
    let scored = &shown.scored.units[place];
    let line = |name: String, measure: &Measure, precise: &Precise| {
        let score = view! { {shown.score(&measure.score)}<br/><span class="hint small">{shown.ends(&measure.score, precise)}</span> };
        let rate = view! { {shown.rate(measure)}<br/><span class="hint small">{shown.interval(measure)}</span> };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader" class="name">{name}</th>
                {number(words::SCORE, language, score.into_any())}
                {number(words::RATE, language, rate.into_any())}
                {number(words::VALID, language, shown.number(measure.valid).into_any())}
                {number(words::DONT_KNOW_COUNT, language, shown.number(measure.dont_know).into_any())}
                {number(words::BLANK, language, shown.number(measure.blank).into_any())}
                <td role="cell" data-heading=words::GRADES.of(language)>{grades(shown, measure)}</td>
            </tr>
        }
    };
    let mut lines = Vec::new();
    for (leaf, result) in unit.asked() {
        let scored = &scored.indicators[leaf];
        let name = label_of(&shown.plan.indicators, &result.indicator)
            .map_or_else(|| result.indicator.clone(), |label| said(label, language, &shown.plan));
        lines.push(line(name, &result.measure, &scored.worth.score).into_any());
        for ((group, measure), worth) in result.by_group.iter().zip(&scored.by_group) {
            let group = group.as_ref().and_then(|id| shown.plan.rater_group(id));
            let mut name = String::from("└ ");
            name.push_str(
                &group.map_or_else(
                    || words::ANY.of(language).to_owned(),
                    |group| said(&group.label, language, &shown.plan),
                ),
            );
            lines.push(line(name, measure, &worth.score).into_any());
        }
    }
    view! {
        <table class="table cards inner" role="table">
            <thead role="rowgroup"><tr role="row">
                <th scope="col" role="columnheader">{words::INDICATOR.of(language)}</th>
                <th scope="col" role="columnheader" class="number">{words::SCORE.of(language)}</th>
                <th scope="col" role="columnheader" class="number">{words::RATE.of(language)}<br/><span class="small">{words::RATE_INTERVAL.of(language)}</span></th>
                <th scope="col" role="columnheader" class="number">{words::VALID.of(language)}</th>
                <th scope="col" role="columnheader" class="number">{words::DONT_KNOW_COUNT.of(language)}</th>
                <th scope="col" role="columnheader" class="number">{words::BLANK.of(language)}</th>
                <th scope="col" role="columnheader">{words::GRADES.of(language)}</th>
            </tr></thead>
            <tbody role="rowgroup">{lines}</tbody>
        </table>
        <details class="how small">
            <summary>{words::HOW_OF_UNIT.of(language)}</summary>
            <ul>{how::of_unit(&shown.plan, &shown.scored, place, language).into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </details>
    }
    .into_any()
}

fn label_of<'a>(list: &'a [crate::plan::Indicator], id: &str) -> Option<&'a crate::plan::Text> {
    list.iter().find_map(|one| if one.id == id { Some(&one.label) } else { label_of(&one.indicators, id) })
}
