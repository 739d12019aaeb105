use super::frame::{
    At, Axis, INK, LINE, NAMES, ROW, SIZE, SOFT, WIDTH, circle, cut, drawing, line, row_name, text, whisker,
};
use super::{Class, Plot, float};
use crate::language::Language;
use crate::report::differences::change_shown;
use crate::report::no_change;
use crate::report::results::{float as number, words};
use crate::report::{Cell, Column, Table};
use crate::scores::{Change, NoChange, Precise, Scored, changes};
use crate::tally::{Estimate, round_half_up};
use maud::html;

const NUMBERS: f64 = 190.0;
const TOP: f64 = 50.0;

struct Row<'a> {
    name: String,
    now: &'a Estimate,
    precise: Precise,
    /// From each round before that can be compared.
    before: Vec<(&'a Scored, Result<Change, NoChange>)>,
}

impl Class<'_> {
    /// Where each unit was in the rounds before; of a single unit, its index and its indicators.
    pub(super) fn trend(&self) -> Option<Plot> {
        if self.earlier.is_empty() {
            return None;
        }
        let all: Vec<_> = self.earlier.iter().map(|before| (before, changes(before, self.scored))).collect();
        let single = self.places.len() == 1;
        let rows: Vec<Row<'_>> = match self.places.as_slice() {
            [only] => {
                let (unit, scored) = (self.unit(*only), &self.scored.units[*only]);
                let each = unit.asked();
                let index = Row {
                    name: self.say("综合指数", "Index").to_owned(),
                    now: &unit.index,
                    precise: scored.index,
                    before: all.iter().map(|(round, changes)| (*round, changes.units[*only].index.clone())).collect(),
                };
                let each = each.map(|(leaf, one)| Row {
                    name: self.indicator_label(&one.indicator),
                    now: &one.measure.score,
                    precise: scored.indicators[leaf].worth.score,
                    before: { all.iter() }
                        .map(|(round, changes)| (*round, changes.units[*only].indicators[leaf].score.clone()))
                        .collect(),
                });
                std::iter::once(index).chain(each).collect()
            }
            places => { places.iter() }
                .map(|at| Row {
                    name: self.unit_label(*at),
                    now: &self.unit(*at).index,
                    precise: self.scored.units[*at].index,
                    before: all.iter().map(|(round, changes)| (*round, changes.units[*at].index.clone())).collect(),
                })
                .collect(),
        };
        let rows: Vec<Row<'_>> = rows.into_iter().filter(|row| row.now.is_ok()).collect();
        let values = rows.iter().flat_map(|row| {
            let now = row.now.as_ref().map_or(f64::NAN, float);
            let ends = row.precise.map_or([now, now], |found| [found.low.min(now), found.high.max(now)]);
            let before = row.before.iter().filter_map(|(_, change)| Some(float(&change.as_ref().ok()?.before)));
            ends.into_iter().chain(before).collect::<Vec<f64>>()
        });
        let axis = Axis::around(values, NAMES, WIDTH - NUMBERS - 20.0)?;
        if !rows.iter().any(|row| row.before.iter().any(|(_, change)| change.is_ok())) {
            return None;
        }
        let bottom = TOP + ROW * rows.len() as f64;
        let round_label = |scored: &Scored| {
            let id = &scored.results.round;
            self.plan
                .round(id)
                .map_or_else(|| id.clone(), |round| words(self.plan, &round.label, self.language).to_owned())
        };
        let verdict = |row: &Row<'_>| match &row.before.last()?.1 {
            Ok(change) => {
                let by = number(float(&change.compared.difference), 2);
                let sign = if by.starts_with('-') { "" } else { "+" };
                Some(format!("{sign}{by} {}", change_shown(change.compared.verdict, self.language)))
            }
            Err(why) => Some(no_change(self.plan, why, self.language)),
        };
        let last = self.earlier.len() - 1;
        // The rounds before are hollow, older ones smaller.
        let radius = |at: usize| if at == last { 4.5 } else { 3.0 };
        let name = self.name("trend");
        let keys = 10.0 + NAMES;
        let body = html! {
            @for (at, round) in self.earlier.iter().chain([self.scored]).enumerate() {
                @let x = keys + at as f64 * 130.0;
                @if x < WIDTH - 130.0 {
                    (circle(x, 16.0, if at > last { 4.5 } else { radius(at) }, if at > last { super::frame::FILL } else { "#fff" }))
                    (text(x + 10.0, 20.5, At::Start, INK, &cut(&round_label(round), 112.0)))
                }
            }
            (axis.grid(TOP, bottom))
            @for (at, row) in rows.iter().enumerate() {
                @let middle = TOP + ROW * (at as f64 + 0.5);
                @let now = row.now.as_ref().map_or(0.0, float);
                (row_name(middle, &row.name))
                @for (round, (_, change)) in row.before.iter().enumerate() {
                    @if let Ok(change) = change {
                        (line((axis.x(float(&change.before)), middle), (axis.x(now), middle), LINE, 3.0, false))
                        (circle(axis.x(float(&change.before)), middle, radius(round), "#fff"))
                    }
                }
                (whisker(&axis, middle, now, row.precise.ok().map(|found| (found.low, found.high, found.nominal))))
                @if let Some(said) = verdict(row) { (text(WIDTH - NUMBERS, middle + 4.5, At::Start, SOFT, &cut(&said, NUMBERS - SIZE))) }
            }
        };
        let title = match single {
            true => self.title(self.say("各轮的综合指数和指标得分", "Index and scores of the indicators by round")),
            false => self.title(self.say("各轮的综合指数", "Index by round")),
        };
        let description = self.say(
            "实心点是这一轮，连同 95% 区间；空心点是之前各轮，越早越小。右边是与上一轮之差，以及一并检验后能说的结论：区间包含 0 即“未显示变化”。问法或量表不同的轮次不画。",
            "The full point is this round with its 95% interval, hollow points are the rounds before, older ones smaller. On the right, the difference to the round before and what it shows when all are judged together: “no change shown” where its interval holds 0. Rounds that asked otherwise, or on another scale, are not drawn.",
        );
        let imported: Vec<String> = self.earlier.iter().filter(|round| round.imported).map(round_label).collect();
        let mut description = description.to_owned();
        if !imported.is_empty() {
            description.push_str(&match self.language {
                Language::Zh => format!("由表格导入、未核对问法的轮次：{}。", imported.join("、")),
                Language::En => {
                    format!(" Imported from a table, not checked for how it asked: {}.", imported.join(", "))
                }
            });
        }
        let mut columns = vec![match single {
            true => Column::new("indicator", "指标", "indicator"),
            false => Column::new("unit", "测评对象", "unit"),
        }];
        columns
            .extend(self.earlier.iter().map(|round| Column::planned(round.results.round.clone(), &round_label(round))));
        columns.push(Column::planned(self.scored.results.round.clone(), &round_label(self.scored)));
        columns.push(Column::new("change", "与上一轮相比", "since the round before"));
        let mut table = Table::new(&columns);
        for row in &rows {
            let before = row.before.iter().map(|(_, change)| match change {
                Ok(change) => Cell::Number(round_half_up(&change.before, 2)),
                Err(_) => Cell::None,
            });
            let now = row.now.as_ref().map_or(Cell::None, |now| Cell::Number(round_half_up(now, 2)));
            let said = verdict(row).map_or(Cell::None, Cell::text);
            table.push([Cell::text(&row.name)].into_iter().chain(before).chain([now, said]).collect());
        }
        let svg = drawing(&name, &title, &description, bottom + 26.0, body);
        Some(Plot { name, title, description, svg, table })
    }
}
