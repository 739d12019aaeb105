use super::frame::{At, Axis, NAMES, ROW, SOFT, WIDTH, cut, drawing, line, row_name, text, whisker};
use super::{Class, Plot, float};
use crate::report::results::float as number;
use crate::report::{Cell, Column, Table};
use crate::scores::Precise;
use crate::tally::{Estimate, round_half_up};
use maud::html;

/// Room for the numbers beside the rows.
const NUMBERS: f64 = 130.0;
const TOP: f64 = 30.0;

struct Row {
    name: String,
    value: f64,
    shown: String,
    ends: Option<(f64, f64, bool)>,
    beside: String,
}

fn ends(precise: &Precise) -> Option<(f64, f64, bool)> {
    precise.as_ref().ok().map(|found| (found.low, found.high, found.nominal))
}

impl Class<'_> {
    /// Units by their index with intervals and rank ranges; of a single unit, its indicators by their score.
    pub(super) fn ranked(&self) -> Option<Plot> {
        let single = self.places.len() == 1;
        let row = |name: String, estimate: &Estimate, precise: &Precise, beside: String| {
            let value = estimate.as_ref().ok()?;
            Some(Row { name, value: float(value), shown: round_half_up(value, 2), ends: ends(precise), beside })
        };
        let rows: Vec<Row> = if single {
            let (unit, scored) = (self.unit(self.places[0]), &self.scored.units[self.places[0]]);
            let rows = unit.asked().filter_map(|(leaf, one)| {
                let worth = &scored.indicators[leaf].worth;
                row(self.indicator_label(&one.indicator), &one.measure.score, &worth.score, String::new())
            });
            let mut rows: Vec<Row> = rows.collect();
            rows.sort_by(|a, b| b.value.total_cmp(&a.value));
            rows
        } else {
            let rows = self.places.iter().filter_map(|at| {
                let scored = &self.scored.units[*at];
                let ranked = scored.rank?;
                let mark = if ranked.tied { "=" } else { "" };
                let rank = if ranked.best == ranked.worst {
                    format!("{mark}{} ({})", ranked.rank, ranked.best)
                } else {
                    format!("{mark}{} ({}–{})", ranked.rank, ranked.best, ranked.worst)
                };
                row(self.unit_label(*at), &self.unit(*at).index, &scored.index, rank)
            });
            rows.collect()
        };
        if rows.len() < 2 {
            return None;
        }
        let values = rows.iter().flat_map(|row| {
            let (low, high, _) = row.ends.unwrap_or((row.value, row.value, false));
            [low.min(row.value), high.max(row.value)]
        });
        let axis = Axis::around(values, NAMES, WIDTH - NUMBERS - 20.0)?;
        let bottom = TOP + ROW * rows.len() as f64;
        let mean = rows.iter().map(|row| row.value).sum::<f64>() / rows.len() as f64;
        let title = match single {
            true => self.title(self.say("各指标得分和 95% 区间", "Scores of the indicators with 95% intervals")),
            false => self.title(self.say("综合指数和 95% 区间", "Index with 95% intervals")),
        };
        let description = match single {
            true => self.say(
                "每行一个指标：点是得分，横线是 95% 区间；虚横线表示名义区间。竖虚线是各指标得分的平均。",
                "One row for each indicator: the point is its score, the line its 95% interval, dashed where nominal. The dashed upright line is the mean of the indicators' scores.",
            ),
            false => self.say(
                "每行一个对象：点是指数，横线是 95% 区间；虚横线表示名义区间。竖虚线是同类平均。右边是指数、名次和名次范围；= 表示并列。两条区间重叠不等于没有差别，以名次范围为准。",
                "One row for each unit: the point is its index, the line its 95% interval, dashed where nominal. The dashed upright line is the mean of the class. On the right: index, rank, and range of ranks; = is a tie. Overlapping intervals do not mean that there is no difference: go by the range.",
            ),
        };
        let name = self.name("ranked");
        let body = html! {
            (text(NAMES, 16.0, At::Start, SOFT, if single { self.say("得分", "score") } else { self.say("指数", "index") }))
            @if !single { (text(WIDTH - 10.0, 16.0, At::End, SOFT, self.say("名次（范围）", "rank (range)"))) }
            (axis.grid(TOP, bottom))
            (line((axis.x(mean), TOP), (axis.x(mean), bottom), SOFT, 1.2, true))
            @for (at, row) in rows.iter().enumerate() {
                @let middle = TOP + ROW * (at as f64 + 0.5);
                (row_name(middle, &row.name))
                (whisker(&axis, middle, row.value, row.ends))
                (text(WIDTH - NUMBERS + 40.0, middle + 4.5, At::End, "#1a1a1a", &row.shown))
                (text(WIDTH - 10.0, middle + 4.5, At::End, SOFT, &cut(&row.beside, NUMBERS - 46.0)))
            }
        };
        let of = if single {
            Column::new("indicator", "指标", "indicator")
        } else {
            Column::new("unit", "测评对象", "unit")
        };
        let mut table = Table::new(&[
            of,
            Column::new("value", if single { "得分" } else { "指数" }, if single { "score" } else { "index" }),
            Column::new("low", "95% 下限", "95% low"),
            Column::new("high", "95% 上限", "95% high"),
            Column::new("rank", "名次（范围）", "rank (range)"),
        ]);
        for row in &rows {
            let bound = |bound: Option<f64>| bound.map_or(Cell::None, |bound| Cell::Number(number(bound, 2)));
            let beside = if row.beside.is_empty() { Cell::None } else { Cell::text(&row.beside) };
            table.push(vec![
                Cell::text(&row.name),
                Cell::Number(row.shown.clone()),
                bound(row.ends.map(|(low, ..)| low)),
                bound(row.ends.map(|(_, high, _)| high)),
                beside,
            ]);
        }
        let svg = drawing(&name, &title, description, bottom + 26.0, body);
        Some(Plot { name, title, description: description.to_owned(), svg, table: table.without_empty_columns() })
    }
}
