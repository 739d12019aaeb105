//! One class of units as a table, with the counts behind every number, and what people wrote.

use super::desk::Desk;
use super::parts::said;
use crate::language::Language;
use crate::plan::{ItemType, Plan};
use crate::session::Answer;
use crate::tally::{Estimate, Measure, Results, Undefined, UnitResult, percent, round_half_up};
use crate::ui::words::office as words;
use leptos::prelude::*;
use std::rc::Rc;

/// Results to be shown, with what names them.
#[derive(Clone)]
pub struct Shown {
    pub results: Rc<Results>,
    pub plan: Rc<Plan>,
    pub language: Language,
}

/// More comments than this are for the file, not for the screen.
const MOST_COMMENTS: usize = 200;

impl Shown {
    fn score(&self, value: &Estimate) -> String {
        match value {
            Ok(value) => round_half_up(value, 2),
            Err(why) => self.why(why),
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
        shown.results.units.iter().filter(|unit| unit.group.as_deref() == group).collect();
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
    let caption = title.clone();
    Some(
        view! {
            <h2>{title}</h2>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption><table class="table results-table">
                <thead><tr>
                    <th scope="col" class="number">{words::RANK.of(language)}</th>
                    <th scope="col">{words::UNIT.of(language)}</th>
                    <th scope="col" class="number">{words::INDEX.of(language)}</th>
                    <th scope="col" class="number">{words::SCORE.of(language)}</th>
                    <th scope="col" class="number">{words::RATE.of(language)}</th>
                    <th scope="col" class="number">{words::VALID.of(language)}</th>
                    <th scope="col" class="number">{words::DONT_KNOW.of(language)}</th>
                </tr></thead>
                <tbody>{units.into_iter().map(|unit| unit_row(shown, unit, most)).collect_view()}</tbody>
            </table></div>
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
    let width = unit.index.as_ref().ok().filter(|_| most > 0).map(|value| {
        let share = value * num_bigint::BigInt::from(1_000_000) / num_bigint::BigInt::from(most);
        let mut width = percent(&share, 1);
        width.push('%');
        width
    });
    let label = words::DETAILS_OF.fill(language, &[&name]);
    let details = details(shown, unit);
    view! {
        <tr>
            <td class="number">{unit.rank}</td>
            <th scope="row" class="name">
                <button type="button" class="unit-button" aria-expanded=move || if open.get() { "true" } else { "false" }
                    title=label.clone() on:click=move |_| open.update(|open| *open = !*open)>
                    {name}
                </button>
                {width.map(|width| view! { <span class="bar" aria-hidden="true"><span class="bar-fill" style:width=width></span></span> })}
            </th>
            <td class="number"><strong>{shown.score(&unit.index)}</strong></td>
            <td class="number">{shown.score(&unit.overall.score)}</td>
            <td class="number">{shown.share(&unit.overall.rate)}</td>
            <td class="number">{shown.number(unit.overall.valid)}</td>
            <td class="number">{shown.share(&unit.overall.dont_know_rate)}</td>
        </tr>
        <tr class="details" hidden=move || !open.get()><td colspan="7">{details}</td></tr>
    }
    .into_any()
}

/// Indicators and counts by grade of one unit.
fn details(shown: &Shown, unit: &UnitResult) -> AnyView {
    let language = shown.language;
    let grade_label = |scale: &str, grade: &str| {
        let known = shown.plan.scale(scale).and_then(|scale| scale.grades.iter().find(|known| known.name == grade));
        known.map_or_else(|| grade.to_owned(), |known| said(&known.label, language, &shown.plan))
    };
    let line = |name: String, measure: &Measure| {
        let grades: Vec<_> = measure
            .grades
            .iter()
            .map(|grade| {
                let satisfied = if grade.satisfied { "grade satisfied" } else { "grade" };
                view! { <span class=satisfied>{grade_label(&grade.scale, &grade.grade)}" "<b>{shown.number(grade.count)}</b></span> }
            })
            .collect();
        view! {
            <tr>
                <th scope="row" class="name">{name}</th>
                <td class="number">{shown.score(&measure.score)}</td>
                <td class="number">{shown.share(&measure.rate)}<br/><span class="hint small">{shown.interval(measure)}</span></td>
                <td class="number">{shown.number(measure.valid)}</td>
                <td class="number">{shown.number(measure.dont_know)}</td>
                <td class="number">{shown.number(measure.blank)}</td>
                <td><span class="grades">{grades}</span></td>
            </tr>
        }
    };
    let mut lines = Vec::new();
    for result in &unit.indicators {
        let name = label_of(&shown.plan.indicators, &result.indicator)
            .map_or_else(|| result.indicator.clone(), |label| said(label, language, &shown.plan));
        lines.push(line(name, &result.measure).into_any());
        for (group, measure) in &result.by_group {
            let group = group.as_ref().and_then(|id| shown.plan.rater_group(id));
            let mut name = String::from("└ ");
            name.push_str(
                &group.map_or_else(
                    || words::ANY.of(language).to_owned(),
                    |group| said(&group.label, language, &shown.plan),
                ),
            );
            lines.push(line(name, measure).into_any());
        }
    }
    view! {
        <table class="table inner">
            <thead><tr>
                <th scope="col">{words::INDICATOR.of(language)}</th>
                <th scope="col" class="number">{words::SCORE.of(language)}</th>
                <th scope="col" class="number">{words::RATE.of(language)}<br/><span class="small">{words::RATE_INTERVAL.of(language)}</span></th>
                <th scope="col" class="number">{words::VALID.of(language)}</th>
                <th scope="col" class="number">{words::DONT_KNOW_COUNT.of(language)}</th>
                <th scope="col" class="number">{words::BLANK.of(language)}</th>
                <th scope="col">{words::GRADES.of(language)}</th>
            </tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

fn label_of<'a>(list: &'a [crate::plan::Indicator], id: &str) -> Option<&'a crate::plan::Text> {
    list.iter().find_map(|one| if one.id == id { Some(&one.label) } else { label_of(&one.indicators, id) })
}

/// What people wrote, item by item, in the order of the records' random ids.
pub fn comments(desk: Desk, round: &str, language: Language) -> AnyView {
    let Some(chosen) = desk.chosen.get_untracked() else { return ().into_any() };
    let plan = &chosen.plan;
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    desk.ledger.with_value(|ledger| {
        let Some(ledger) = ledger else { return };
        for (id, row) in &ledger.account().counted {
            let record = ledger.codebook().unpack(id, row);
            if record.round != round {
                continue;
            }
            let Some(questionnaire) = plan.questionnaire(&record.questionnaire) else { continue };
            for (name, answer) in &record.answers {
                let Answer::Text(text) = answer else { continue };
                let Some(label) = text_item(&questionnaire.items, name) else { continue };
                let label = said(label, language, plan);
                match found.iter_mut().find(|(known, _)| *known == label) {
                    Some((_, texts)) => texts.push(text.clone()),
                    None => found.push((label, vec![text.clone()])),
                }
            }
        }
    });
    if found.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="stack">
            <h2>{words::COMMENTS.of(language)}</h2>
            <p class="hint">{words::COMMENTS_HINT.of(language)}</p>
            {found.into_iter().map(|(label, texts)| {
                let more = texts.len().saturating_sub(MOST_COMMENTS);
                view! {
                    <details class="card">
                        <summary class="summary">{label}" ("{texts.len()}")"</summary>
                        <ul class="comments">{texts.into_iter().take(MOST_COMMENTS).map(|text| view! { <li class="pre">{text}</li> }).collect_view()}</ul>
                        {(more > 0).then(|| view! { <p class="hint">{words::MORE_COMMENTS.count(language, &[more])}</p> })}
                    </details>
                }
            }).collect_view()}
        </section>
    }
    .into_any()
}

/// The label of a text item, in whatever group it stands.
fn text_item<'a>(items: &'a [crate::plan::Item], name: &str) -> Option<&'a crate::plan::Text> {
    items.iter().find_map(|item| match item.kind {
        ItemType::Text if item.name == name => Some(&item.label),
        ItemType::Group => text_item(&item.items, name),
        _ => None,
    })
}
