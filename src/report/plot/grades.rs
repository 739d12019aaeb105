use super::frame::{
    At, DISSATISFIED, NAMES, ROW, SATISFIED, SIZE, SOFT, WIDTH, bar, cut, drawing, line, on, row_name, shade, text,
    width,
};
use super::{Class, Plot};
use crate::plan::Scale;
use crate::report::results::{float as number, words};
use crate::report::{Cell, Column, Table};
use crate::tally::Measure;
use maud::{Markup, html};

const NUMBERS: f64 = 70.0;
const TOP: f64 = 58.0;

impl Class<'_> {
    /// How the grades divide, unit by unit or indicator by indicator: satisfied to the right, the others to the left. One plot
    /// for each scale.
    pub(super) fn grades(&self) -> Vec<Plot> {
        let rows: Vec<(String, &Measure)> = match self.places.as_slice() {
            [only] => {
                let one = self.unit(*only).asked();
                one.map(|(_, one)| (self.indicator_label(&one.indicator), &one.measure)).collect()
            }
            places => places.iter().map(|at| (self.unit_label(*at), &self.unit(*at).overall)).collect(),
        };
        let used = self.plan.scales.iter();
        let plots = used.filter_map(|scale| self.of_scale(scale, &rows));
        plots.collect()
    }

    fn of_scale(&self, scale: &Scale, rows: &[(String, &Measure)]) -> Option<Plot> {
        let counts = |measure: &Measure| -> Option<Vec<u64>> {
            let own = measure.grades.iter().filter(|grade| grade.scale == scale.id);
            own.map(|grade| grade.count).collect::<Option<Vec<u64>>>().filter(|counts| !counts.is_empty())
        };
        let rows: Vec<(&str, Vec<u64>)> = rows
            .iter()
            .filter_map(|(name, measure)| Some((name.as_str(), counts(measure)?)))
            .filter(|(_, counts)| counts.iter().sum::<u64>() > 0)
            .collect();
        if rows.is_empty() {
            return None;
        }
        // From the middle outwards.
        let of = |satisfied: bool| -> Vec<usize> {
            (0..scale.grades.len()).filter(|at| scale.grades[*at].satisfied == satisfied).collect()
        };
        let (good, bad) = (of(true), of(false));
        let fill = |at: usize| match good.iter().position(|known| *known == at) {
            Some(place) => (shade(place, good.len(), SATISFIED), false),
            None => {
                let place = bad.iter().position(|known| *known == at).unwrap_or(0);
                (shade(place, bad.len(), DISSATISFIED), true)
            }
        };
        let share = |counts: &[u64], at: usize| counts[at] as f64 / counts.iter().sum::<u64>() as f64;
        let side = |counts: &[u64], list: &[usize]| list.iter().map(|at| share(counts, *at)).sum::<f64>();
        let most = |list: &[usize]| rows.iter().map(|(_, counts)| side(counts, list)).fold(0.05, f64::max);
        let (left, right) = (most(&bad), most(&good));
        let room = WIDTH - NAMES - NUMBERS - 20.0;
        let unit = room / (left + right);
        let middle_x = NAMES + left * unit;
        let bottom = TOP + ROW * rows.len() as f64;
        let label = |at: usize| words(self.plan, &scale.grades[at].label, self.language);
        let several = if self.plan.scales.len() > 1 { ["-", &scale.id].concat() } else { String::new() };
        let name = self.name("grades") + &several;
        let segment = |x: f64, y: f64, counts: &[u64], at: usize| -> Markup {
            let (colour, stripes) = fill(at);
            let wide = share(counts, at) * unit;
            let shown = number(share(counts, at) * 100.0, 0);
            html! { @if wide > 0.0 {
                (bar(x, y, wide, ROW - 7.0, colour, stripes.then_some(&name)))
                @if wide > width(&shown) + 6.0 {
                    @if stripes {
                        (bar(x + wide / 2.0 - width(&shown) / 2.0 - 1.0, y + 3.0, width(&shown) + 2.0, ROW - 13.0, colour, None))
                    }
                    (text(x + wide / 2.0, y + 14.0, At::Middle, on(colour), &shown))
                }
            } }
        };
        let row = |at: usize, title: &str, counts: &[u64]| -> Markup {
            let y = TOP + ROW * at as f64 + 3.0;
            let mut parts = Vec::new();
            let mut x = middle_x;
            for grade in good.iter().rev() {
                parts.push(segment(x, y, counts, *grade));
                x += share(counts, *grade) * unit;
            }
            let mut x = middle_x;
            for grade in &bad {
                x -= share(counts, *grade) * unit;
                parts.push(segment(x, y, counts, *grade));
            }
            html! {
                (row_name(y + ROW / 2.0 - 3.0, title))
                @for part in parts { (part) }
                (text(WIDTH - 10.0, y + 14.0, At::End, SOFT, &counts.iter().sum::<u64>().to_string()))
            }
        };
        // The key, from left to right as the bars lie.
        let order: Vec<usize> = bad.iter().rev().chain(good.iter().rev()).copied().collect();
        let room_each = (WIDTH - 20.0) / order.len() as f64;
        let body = html! {
            @for (place, at) in order.iter().enumerate() {
                @let x = 10.0 + place as f64 * room_each;
                @let (colour, stripes) = fill(*at);
                (bar(x, 8.0, SIZE, SIZE, colour, stripes.then_some(&name)))
                (text(x + SIZE + 5.0, 19.5, At::Start, "#1a1a1a", &cut(label(*at), room_each - SIZE - 10.0)))
            }
            (text(middle_x - 6.0, TOP - 8.0, At::End, SOFT, self.say("← 未计为满意 %", "← not satisfied %")))
            (text(middle_x + 6.0, TOP - 8.0, At::Start, SOFT, self.say("计为满意 % →", "satisfied % →")))
            (text(WIDTH - 10.0, TOP - 8.0, At::End, SOFT, "n"))
            @for (at, (title, counts)) in rows.iter().enumerate() { (row(at, title, counts)) }
            (line((middle_x, TOP - 2.0), (middle_x, bottom), "#1a1a1a", 1.5, false))
        };
        let title = self.title(self.say("各档次所占份额", "How the grades divide"));
        let description = self.say(
            "每行一条：中线右边是计为满意的档次，左边（带斜纹）是其余档次，离中线越远越好或越差；数字是占有效答案的百分比，n 是有效答案数。按人群加权的方案，这里是未加权的份额。",
            "One bar for each row: grades that count as satisfied lie to the right of the middle line, the others (striped) to the left, the best and the worst farthest out. Numbers are per cent of the valid answers, n their number. Where the plan weighs rater groups, these are the shares before weighting.",
        );
        let mut columns = vec![match self.places.len() {
            1 => Column::new("indicator", "指标", "indicator"),
            _ => Column::new("unit", "测评对象", "unit"),
        }];
        columns
            .extend(scale.grades.iter().enumerate().map(|(at, grade)| Column::planned(grade.name.clone(), label(at))));
        columns.push(Column::new("n", "有效答案", "valid answers"));
        let mut table = Table::new(&columns);
        for (title, counts) in &rows {
            let mut cells = vec![Cell::text(*title)];
            cells.extend(counts.iter().map(|count| Cell::Number(count.to_string())));
            cells.push(Cell::Number(counts.iter().sum::<u64>().to_string()));
            table.push(cells);
        }
        let svg = drawing(&name, &title, description, bottom + 10.0, body);
        Some(Plot { name, title, description: description.to_owned(), svg, table })
    }
}
