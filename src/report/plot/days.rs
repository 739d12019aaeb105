//! Progress over days: what came on each day below, and above it how it adds up, with the target and an even pace to it.

use super::super::fieldwork::fieldwork_table;
use super::Plot;
use super::frame::{At, Axis, FILL, INK, LINE, SOFT, WIDTH, bar, circle, drawing, line, n, text};
use crate::fieldwork::{DayLine, Fieldwork, Split};
use crate::language::{Language, Words};
use crate::plan::Plan;
use crate::rectification::Day;
use maud::{Markup, html};

const LEFT: f64 = 56.0;
const RIGHT: f64 = WIDTH - 20.0;
/// From the top: the sums, then the days.
const SUMS: (f64, f64) = (40.0, 230.0);
const DAYS: (f64, f64) = (270.0, 370.0);
const HEIGHT: f64 = 400.0;
/// Days that are named below the axis.
const NAMED: i64 = 8;

/// None: of no record the day is known.
pub fn days_plot(plan: &Plan, found: &Fieldwork, language: Language) -> Option<Plot> {
    let lines = &found.days.lines;
    let (first, last) = (lines.first()?, lines.last()?);
    let round = plan.rounds.get(found.round)?;
    let edge = |day: &Option<String>| day.as_deref().and_then(Day::parse);
    // The even pace has room only where the round is not much longer than what there is.
    let (opens, closes) = (edge(&round.opens), edge(&round.closes));
    let closes = closes.filter(|closes| *closes >= last.day && closes.0 - first.day.0 <= 366);
    let (from, to) = (first.day.0, closes.map_or(last.day.0, |closes| closes.0));
    let step = (RIGHT - LEFT) / (to - from + 1) as f64;
    let x = |day: Day| LEFT + ((day.0 - from) as f64 + 0.5) * step;
    let target = found.whole.target;
    let sums =
        Axis::around([0.0, last.until as f64].into_iter().chain(target.map(|target| target as f64)), SUMS.1, SUMS.0)?;
    let most = lines.iter().map(|line| line.count.all()).max().unwrap_or(0);
    let days = Axis::around([0.0, most as f64].into_iter(), DAYS.1, DAYS.0)?;
    let say = |zh, en| Words::pair(zh, en).of(language);
    let body = html! {
        (legend(target.is_some(), target.is_some() && opens.is_some() && closes.is_some(), language))
        (sums.grid_up(LEFT, RIGHT))
        @if let Some(target) = target {
            (line((LEFT, sums.x(target as f64)), (RIGHT, sums.x(target as f64)), INK, 1.5, false))
            @if let (Some(opens), Some(closes)) = (opens, closes) {
                (even(opens, closes, from, target as f64, &sums, &x))
            }
        }
        (curve(lines, &sums, &x))
        (text(LEFT, DAYS.0 - 10.0, At::Start, INK, say("每天的答卷", "records of each day")))
        (days.grid_up(LEFT, RIGHT))
        @for day in lines {
            (bars(day, x(day.day), step * 0.7, &days))
        }
        @for day in named(from, to) {
            (text(x(day), DAYS.1 + 18.0, At::Middle, SOFT, day.to_string().get(5..).unwrap_or_default()))
        }
    };
    let title = say("逐日进度", "Progress over days");
    let paced = target.is_some() && opens.is_some() && closes.is_some();
    let above = match (target.is_some(), paced) {
        (false, _) => say("上图是累计的完整答卷。", "Above, complete records added up. "),
        (true, false) => say(
            "上图是累计的完整答卷，横线是目标。",
            "Above, complete records added up, and the target as a level line. ",
        ),
        (true, true) => say(
            "上图是累计的完整答卷；横线是目标，虚线是从第一天到最后一天的均匀进度。",
            "Above, complete records added up; the level line is the target, the dashed one an even pace from the first day to the last. ",
        ),
    };
    let below = say(
        "下图是每天的答卷：深色是完整的，带斜纹的是中断或不符合条件的。不知道哪一天的答卷不在图上。",
        "Below, the records of each day: dark for complete ones, striped for those that were broken off or screened out. Records whose day is not known are not drawn.",
    );
    let description = [above, below].concat();
    let svg = drawing("days", title, &description, HEIGHT, body);
    let table = fieldwork_table(plan, found, Split::Day, true, language);
    Some(Plot { name: "days".to_owned(), title: title.to_owned(), description, svg, table })
}

fn legend(target: bool, even: bool, language: Language) -> Markup {
    let say = |zh, en| Words::pair(zh, en).of(language);
    html! {
        (circle(LEFT + 6.0, 16.0, 4.0, FILL))
        (text(LEFT + 18.0, 20.5, At::Start, INK, say("累计完整", "complete so far")))
        @if target {
            (line((LEFT + 150.0, 16.0), (LEFT + 176.0, 16.0), INK, 1.5, false))
            (text(LEFT + 184.0, 20.5, At::Start, INK, say("目标", "target")))
        }
        @if even {
            (line((LEFT + 260.0, 16.0), (LEFT + 286.0, 16.0), SOFT, 1.5, true))
            (text(LEFT + 294.0, 20.5, At::Start, INK, say("均匀进度", "even pace")))
        }
    }
}

/// From nothing before the first day to the target at the end of the last; cut where the drawing begins.
fn even(opens: Day, closes: Day, from: i64, target: f64, sums: &Axis, x: &dyn Fn(Day) -> f64) -> Markup {
    let all = (closes.0 - opens.0 + 1) as f64;
    let share = |day: Day| ((day.0 - opens.0 + 1) as f64 / all).max(0.0);
    let begin = Day(opens.0.max(from));
    html! { (line((x(begin), sums.x(target * share(begin))), (x(closes), sums.x(target)), SOFT, 1.5, true)) }
}

fn curve(lines: &[DayLine], sums: &Axis, x: &dyn Fn(Day) -> f64) -> Markup {
    let at = |day: &DayLine| (x(day.day), sums.x(day.until as f64));
    html! {
        @for (before, after) in lines.iter().zip(lines.iter().skip(1)) { (line(at(before), at(after), FILL, 2.5, false)) }
        @for day in lines { circle cx=(n(at(day).0)) cy=(n(at(day).1)) r=(if lines.len() > 40 { "1.5" } else { "3.5" }) fill=(FILL) {} }
    }
}

fn bars(day: &DayLine, middle: f64, width: f64, days: &Axis) -> Markup {
    let (complete, all) = (days.x(day.count.complete as f64), days.x(day.count.all() as f64));
    let left = middle - width / 2.0;
    html! {
        @if day.count.complete > 0 { (bar(left, complete, width, DAYS.1 - complete, FILL, None)) }
        @if day.count.all() > day.count.complete { (bar(left, all, width, complete - all, LINE, Some("days"))) }
    }
}

/// Few enough days to be read, evenly apart.
fn named(from: i64, to: i64) -> impl Iterator<Item = Day> {
    let step = ((to - from) / NAMED).max(1);
    (from..=to).step_by(usize::try_from(step).unwrap_or(1)).map(Day)
}
