use super::frame::{At, INK, LINE, NAMES, ROW, SOFT, WIDTH, cut, drawing, n, row_name, text};
use super::{Class, Plot, float};
use crate::report::{Cell, Column, Table};
use crate::tally::{Estimate, percent};
use maud::html;

/// More columns than this are too narrow to read.
const MOST: usize = 10;
const TOP: f64 = 44.0;

/// From orange (none) through white to blue (all): black numbers are read on all of it.
fn colour(share: f64) -> String {
    let share = share.clamp(0.0, 1.0);
    let (end, part) = match share < 0.5 {
        true => ([224.0, 164.0, 104.0], 1.0 - share * 2.0),
        false => ([120.0, 172.0, 214.0], share * 2.0 - 1.0),
    };
    let [red, green, blue] = end.map(|end| (255.0 + (end - 255.0) * part).round());
    format!("rgb({red},{green},{blue})")
}

impl Class<'_> {
    /// Satisfaction rates of units by indicators, where there are several of both.
    pub(super) fn heat(&self) -> Option<Plot> {
        // The units are of one class: what applies to one applies to all.
        let columns: Vec<_> = self.unit(*self.places.first()?).asked().map(|(_, one)| one).collect();
        if self.places.len() < 2 || !(2..=MOST).contains(&columns.len()) {
            return None;
        }
        let wide = (WIDTH - NAMES - 10.0) / columns.len() as f64;
        let bottom = TOP + ROW * self.places.len() as f64;
        let heads: Vec<String> = columns.iter().map(|one| self.indicator_label(&one.indicator)).collect();
        let shown = |rate: &Estimate| rate.as_ref().map_or_else(|_| "—".to_owned(), |rate| percent(rate, 1));
        let name = self.name("heat");
        let title = self.title(self.say("满意率（%）：对象 × 指标", "Satisfaction rate (%) by unit and indicator"));
        let description = self.say(
            "每格是一个对象在一个指标上的满意率：越蓝越高，越橙越低，白色在一半；— 表示没有或不公布。",
            "Each cell is the satisfaction rate of a unit on an indicator: the bluer the higher, the more orange the lower, white at one half; — where there is none or it is withheld.",
        );
        let body = html! {
            @for (at, head) in heads.iter().enumerate() {
                @let x = NAMES + wide * (at as f64 + 0.5);
                text x=(n(x)) y=(n(TOP - 10.0)) text-anchor="middle" fill=(SOFT) { title { (head) } (cut(head, wide - 6.0)) }
            }
            @for (at, place) in self.places.iter().enumerate() {
                @let y = TOP + ROW * at as f64;
                (row_name(y + ROW / 2.0, &self.unit_label(*place)))
                @for (column, (_, one)) in self.unit(*place).asked().enumerate() {
                    @let x = NAMES + wide * column as f64;
                    @let rate = &one.measure.rate;
                    @let fill = rate.as_ref().map_or_else(|_| "#fff".to_owned(), |rate| colour(float(rate)));
                    rect x=(n(x)) y=(n(y)) width=(n(wide)) height=(n(ROW)) fill=(fill) stroke=(LINE) stroke-width="0.8" {}
                    (text(x + wide / 2.0, y + ROW / 2.0 + 4.5, At::Middle, INK, &shown(rate)))
                }
            }
        };
        let mut head = vec![Column::new("unit", "测评对象", "unit")];
        head.extend(columns.iter().zip(&heads).map(|(one, label)| Column::planned(one.indicator.clone(), label)));
        let mut table = Table::new(&head);
        for place in &self.places {
            let rates = self.unit(*place).asked().map(|(_, one)| match &one.measure.rate {
                Ok(rate) => Cell::Number(percent(rate, 1)),
                Err(_) => Cell::None,
            });
            table.push([Cell::text(self.unit_label(*place))].into_iter().chain(rates).collect());
        }
        let svg = drawing(&name, &title, description, bottom + 10.0, body);
        Some(Plot { name, title, description: description.to_owned(), svg, table })
    }
}
