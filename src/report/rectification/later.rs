//! Before and after: the figure of a case, and the same number in a later round.

use super::super::{Cell, Column, Table, no_change};
use crate::language::{Language, Words};
use crate::plan::{Decimal, Plan};
use crate::rectification::{Case, Figure, Measure, change, figure_of};
use crate::scores::{self, Measured, NoChange, Scored, Verdict};
use num_traits::ToPrimitive;

/// A case with its figure in a later round.
pub struct Later<'a> {
    pub case: &'a Case<'a>,
    /// None: that round has none that may be shown, or is not later.
    pub after: Option<After>,
}

/// The later figure, and how far it is from the first.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    /// Id of the later round.
    pub round: String,
    pub figure: Figure,
    pub change: Result<Followed, NoChange>,
}

/// A change: points, or percentage points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Followed {
    pub difference: f64,
    /// 95 %; None: nothing tells.
    pub interval: Option<(f64, f64)>,
    /// Of no change: alone, and together with the other cases (Holm). None where it was made of the two figures.
    pub p: Option<(f64, f64)>,
    pub verdict: Verdict,
    /// Made of the records of both rounds, by the design of their samples; else of the two figures as they were written down.
    pub by_records: bool,
}

/// Cases with a figure, and the same number in the round of the id `after`. `rounds`: as counted; small numbers are withheld here.
///
/// Where the round of a case is among them, and gives the case's figure, the change is made of the records ([`scores::followed`]), and all
/// these are judged together. Else it is made of the two figures (docs/rectification.md), each alone.
pub fn later<'a>(plan: &Plan, cases: &'a [Case<'a>], rounds: &[Scored], after: &str) -> Vec<Later<'a>> {
    let smallest = plan.privacy.smallest_cell;
    let cases = cases.iter().filter(|case| case.opening.figure.is_some());
    let Some(now) = rounds.iter().find(|made| made.results.round == after) else {
        return cases.map(|case| Later { case, after: None }).collect();
    };
    let shown: Vec<Scored> = rounds.iter().map(|made| made.published(smallest)).collect();
    let of = |id: &str| shown.iter().find(|made| made.results.round == id);
    let found: Vec<(&Case<'_>, Option<Figure>)> =
        cases.map(|case| (case, figure_in(plan, case, now).filter(|_| is_later(plan, case, after)))).collect();
    let named: Vec<Option<(&Scored, &Scored, &str, Measured<'_>)>> = { found.iter() }
        .map(|(case, figure)| {
            figure.as_ref()?;
            let (opening, before) = (case.opening, case.opening.figure.as_ref()?);
            let round = opening.round.as_deref()?;
            let counted = rounds.iter().find(|made| made.results.round == round)?;
            let same = figure_in(plan, case, counted)?;
            let whole = (same.value, same.n, &same.scale) == (before.value, before.n, &before.scale);
            let measured = match (before.measure, opening.indicator.as_ref()) {
                (Measure::Index, None) => Measured::Index,
                (Measure::Score, Some((id, _))) => Measured::Score(id),
                (Measure::Rate, Some((id, _))) => Measured::Rate(id),
                _ => return None,
            };
            whole.then_some((of(round)?, of(after)?, opening.unit_id.as_deref()?, measured))
        })
        .collect();
    let together: Vec<_> = named.iter().flatten().copied().collect();
    let mut judged = scores::followed(&together).into_iter();
    let pairs = found.into_iter().zip(named);
    pairs
        .map(|((case, figure), named)| {
            let of_records = named.and_then(|_| judged.next());
            let after = figure.zip(case.opening.figure.as_ref()).map(|(figure, before)| {
                let change = match of_records {
                    Some(found) => found.map(|found| of_change(&found, before.measure)),
                    None => of_figures(before, &figure).ok_or(NoChange::OtherScale),
                };
                After { round: after.to_owned(), figure, change }
            });
            Later { case, after }
        })
        .collect()
}

/// The figure of a case in a round; None: it has none that may be shown.
fn figure_in(plan: &Plan, case: &Case<'_>, round: &Scored) -> Option<Figure> {
    let (opening, before) = (case.opening, case.opening.figure.as_ref()?);
    let indicator = opening.indicator.as_ref().map(|(id, _)| id.as_str());
    figure_of(plan, &round.results, opening.unit_id.as_deref()?, indicator, before.measure)
}

fn of_change(found: &scores::Change, measure: Measure) -> Followed {
    let times = if measure == Measure::Rate { 100.0 } else { 1.0 };
    let compared = &found.compared;
    Followed {
        difference: compared.difference.to_f64().unwrap_or(0.0) * times,
        interval: compared.precision.ok().map(|found| (found.low * times, found.high * times)),
        p: compared.p.zip(compared.p_holm),
        verdict: compared.verdict,
        by_records: true,
    }
}

fn of_figures(before: &Figure, after: &Figure) -> Option<Followed> {
    let found = change(before, after)?;
    let verdict = match (found.is_shown(), found.difference > 0.0) {
        (None, _) => Verdict::Unknown,
        (Some(false), _) => Verdict::NotShown,
        (Some(true), true) => Verdict::Higher,
        (Some(true), false) => Verdict::Lower,
    };
    Some(Followed { difference: found.difference, interval: found.interval, p: None, verdict, by_records: false })
}

/// Whether the round comes after the case's in the plan. A round that the plan does not have is of an earlier version.
fn is_later(plan: &Plan, case: &Case<'_>, round: &str) -> bool {
    let place = |id: &str| plan.rounds.iter().position(|round| round.id == id);
    match case.opening.round.as_deref().and_then(place) {
        Some(first) => place(round).is_some_and(|second| second > first),
        None => true,
    }
}

/// Before and after, one row for each case that has a figure.
pub fn later_table(plan: &Plan, later: &[Later<'_>], for_people: bool, language: Language) -> Table {
    let mut table = Table::new(&[
        Column::new("name", "编号", "name"),
        Column::new("title", "问题", "finding"),
        Column::new("unit", "责任单位", "unit"),
        Column::new("state", "状态", "state"),
        Column::new("measure", "数值", "measure"),
        Column::new("before_round", "整改前轮次", "round before"),
        Column::new("before", "整改前", "before"),
        Column::new("before_n", "整改前有效答案", "n before"),
        Column::new("after_round", "整改后轮次", "round after"),
        Column::new("after", "整改后", "after"),
        Column::new("after_n", "整改后有效答案", "n after"),
        Column::new("change", "变化", "change"),
        Column::new("low", "变化下限", "change, low"),
        Column::new("high", "变化上限", "change, high"),
        Column::new("p", "p", "p"),
        Column::new("p_holm", "p（Holm）", "p (Holm)"),
        Column::new("nominal", "名义区间", "nominal"),
        Column::new("shown", "结论", "shown"),
    ]);
    for Later { case, after } in later {
        let Some(before) = &case.opening.figure else { continue };
        let number = |value: f64| Cell::Number(format!("{value:.2}"));
        let decimal = |value: Decimal| Cell::Number(value.to_text());
        let found = after.as_ref();
        let change = found.and_then(|found| found.change.as_ref().ok());
        let nominal = before.nominal || found.is_some_and(|found| found.figure.nominal);
        let interval = change.and_then(|change| change.interval);
        let p = change.and_then(|change| change.p);
        let p_cell = |p: Option<f64>| p.map_or(Cell::None, |p| Cell::Number(format!("{p:.4}")));
        let coded = |words: Words, code: &str| Cell::text(if for_people { words.of(language) } else { code });
        table.push(vec![
            Cell::text(&case.opening.name),
            Cell::text(&case.opening.title),
            Cell::text(case.unit()),
            coded(case.status.state.words(), case.status.state.code()),
            coded(before.measure.words(), before.measure.code()),
            case.opening.round.as_ref().map_or(Cell::None, Cell::text),
            decimal(before.value),
            Cell::Number(before.n.to_string()),
            found.map_or(Cell::None, |found| Cell::text(&found.round)),
            found.map_or(Cell::None, |found| decimal(found.figure.value)),
            found.map_or(Cell::None, |found| Cell::Number(found.figure.n.to_string())),
            change.map_or(Cell::None, |change| number(change.difference)),
            interval.map_or(Cell::None, |(low, _)| number(low)),
            interval.map_or(Cell::None, |(_, high)| number(high)),
            p_cell(p.map(|(alone, _)| alone)),
            p_cell(p.map(|(_, together)| together)),
            match (interval, nominal, for_people) {
                (None, ..) => Cell::None,
                (_, true, _) => Cell::text(if for_people && language == Language::Zh { "是" } else { "yes" }),
                (_, false, true) => Cell::None,
                (_, false, false) => Cell::text("no"),
            },
            Cell::Text(verdict(plan, found, for_people, language)),
        ]);
    }
    if for_people { table.without_empty_columns() } else { table }
}

/// What a comparison says. "No change shown" is not "no change".
pub fn verdict(plan: &Plan, after: Option<&After>, for_people: bool, language: Language) -> String {
    let [code, zh, en] = match after.map(|after| after.change.as_ref().map(|change| change.verdict)) {
        None => ["no-later-figure", "以后的轮次没有可比的数", "not measured again"],
        Some(Err(NoChange::OtherScale)) => ["other-scale", "量表不同，不作比较", "another scale: not compared"],
        Some(Err(why)) => {
            return if for_people { no_change(plan, why, language) } else { "not-compared".to_owned() };
        }
        Some(Ok(Verdict::Unknown)) => ["no-interval", "没有区间，不作判断", "no interval: not judged"],
        Some(Ok(Verdict::NotShown)) => ["no-change-shown", "未显示出变化", "no change shown"],
        Some(Ok(Verdict::OnlyAlone)) => {
            ["only-alone", "单独看有变化，与其他事项一并检验后未定", "changed alone, not among all cases together"]
        }
        Some(Ok(Verdict::Higher)) => ["higher", "提高", "higher"],
        Some(Ok(Verdict::Lower)) => ["lower", "降低", "lower"],
    };
    match (for_people, language) {
        (false, _) => code,
        (true, Language::En) => en,
        (true, Language::Zh) => zh,
    }
    .to_owned()
}

/// How the changes were made and judged.
pub fn later_note(later: &[Later<'_>], language: Language) -> String {
    let changes = || later.iter().filter_map(|one| one.after.as_ref()?.change.as_ref().ok());
    let together = changes().filter(|change| change.by_records).count();
    let alone = changes().filter(|change| !change.by_records && change.interval.is_some()).count();
    let mut told =
        Words::pair("各轮视为独立样本，区间为 95%。", "Rounds count as independent samples; intervals are 95 %.")
            .of(language)
            .to_owned();
    let mut add = |count: usize, words: Words| {
        if count > 0 {
            told.push_str(&words.fill(language, &[&count.to_string()]));
        }
    };
    add(
        together,
        Words::pair(
            "其中 {0} 项由两轮的答卷按抽样设计算得，一并检验（Holm）。",
            " {0} changes are made of the records of both rounds, by the design of the samples, and judged together (Holm).",
        ),
    );
    add(
        alone,
        Words::pair(
            "其中 {0} 项只有立案时记下的数，由两个数的区间算得，每项单独按 95% 计：没有变化的二十项里，约有一项会显示出变化。",
            " {0} are made of the two figures alone, since the first round's records are not here as they were: each by itself, at 95 %; of twenty without a change, about one shows one.",
        ),
    );
    told.push_str(
        Words::pair(
            "因为低才选出的对象，下一轮往往自己就会高一些（趋中回归）。",
            " Units that were chosen because they were low tend to come out higher the next time by chance alone.",
        )
        .of(language),
    );
    told
}
