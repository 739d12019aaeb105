use super::Plot;
use super::frame::{At, Axis, FILL, INK, SOFT, WIDTH, circle, cut, drawing, line, text};
use crate::language::{Language, Words};
use crate::plan::{Plan, prose};
use crate::report::results::{float as number, indicator_label};
use crate::report::{Cell, Column, Table};
use crate::scores::Scored;
use maud::html;

const LEFT: f64 = 70.0;
const RIGHT: f64 = 440.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 380.0;

/// How much each indicator goes with the others, against its score. None: too few answers to say.
pub(super) fn importance(plan: &Plan, scored: &Scored, language: Language) -> Option<Plot> {
    let drivers = &scored.drivers;
    let say = |zh: &'static str, en: &'static str| Words::pair(zh, en).of(language);
    let across = Axis::around(drivers.iter().map(|driver| driver.score), LEFT, RIGHT)?;
    let up = Axis::around(drivers.iter().map(|driver| driver.correlation), BOTTOM, TOP)?;
    let mean = |of: fn(&crate::scores::Driver) -> f64| drivers.iter().map(of).sum::<f64>() / drivers.len() as f64;
    let (score, correlation) = (mean(|driver| driver.score), mean(|driver| driver.correlation));
    let label = |id: &str| prose::plain(indicator_label(plan, id, language));
    let (answers, raters) = drivers.first().map_or((0, 0), |driver| (driver.answers, driver.raters));
    let title = say("重要程度与表现", "Importance against performance").to_owned();
    let description = match language {
        Language::Zh => format!(
            "横轴是各对象得分的平均（表现），纵轴是该指标与其余指标平均分的相关系数（推算的重要程度），由 {raters} 人对全部指标都作答的 {answers} 份评价算出，未按人群加权。虚线是各指标的平均。左上：相关高而得分低，宜先改进。相关不等于因果。"
        ),
        Language::En => format!(
            "Across: the mean of the units' scores (performance). Up: the correlation of the indicator with the mean of the others (derived importance), from {answers} ratings by {raters} people that answer every indicator, before weighting. Dashed: means over the indicators. Upper left: goes along with the rest and scores low, so improve it first. A correlation is no cause."
        ),
    };
    let body = html! {
        (across.grid(TOP, BOTTOM))
        (up.grid_up(LEFT, RIGHT))
        (line((across.x(score), TOP), (across.x(score), BOTTOM), SOFT, 1.2, true))
        (line((LEFT, up.x(correlation)), (RIGHT, up.x(correlation)), SOFT, 1.2, true))
        (text(LEFT, 18.0, At::Start, SOFT, say("↑ 与其余指标的相关", "↑ correlation with the others")))
        (text(RIGHT, BOTTOM + 34.0, At::End, SOFT, say("得分 →", "score →")))
        (text(LEFT + 6.0, TOP + 16.0, At::Start, SOFT, say("优先改进", "improve first")))
        (text(RIGHT - 6.0, TOP + 16.0, At::End, SOFT, say("继续保持", "keep up")))
        @for (at, driver) in drivers.iter().enumerate() {
            @let (x, y) = (across.x(driver.score), up.x(driver.correlation));
            (circle(x, y, 9.0, "#fff"))
            (text(x, y + 4.5, At::Middle, INK, &(at + 1).to_string()))
            // The names beside the plot: points may lie on each other.
            @let row = TOP + 14.0 + at as f64 * (BOTTOM - TOP - 10.0) / drivers.len().max(8) as f64;
            (text(RIGHT + 40.0, row, At::End, FILL, &(at + 1).to_string()))
            (text(RIGHT + 48.0, row, At::Start, INK, &cut(&label(&driver.indicator), WIDTH - RIGHT - 56.0)))
        }
    };
    let mut table = Table::new(&[
        Column::new("number", "编号", "no."),
        Column::new("indicator", "指标", "indicator"),
        Column::new("score", "得分（表现）", "score (performance)"),
        Column::new("correlation", "相关（重要程度）", "correlation (importance)"),
        Column::new("answers", "评价数", "ratings"),
    ]);
    for (at, driver) in drivers.iter().enumerate() {
        table.push(vec![
            Cell::count(at + 1),
            Cell::text(label(&driver.indicator)),
            Cell::Number(number(driver.score, 2)),
            Cell::Number(number(driver.correlation, 2)),
            Cell::Number(driver.answers.to_string()),
        ]);
    }
    let name = "importance".to_owned();
    let svg = drawing(&name, &title, &description, BOTTOM + 44.0, body);
    Some(Plot { name, title, description, svg, table })
}
