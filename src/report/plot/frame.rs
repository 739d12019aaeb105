//! One look for all plots: black on white, two families of colour that differ in lightness and have a pattern each, so that
//! they are told apart in print without colour and by people who do not see red or green.

use maud::{Markup, html};

pub(super) const WIDTH: f64 = 760.0;
pub(super) const INK: &str = "#1a1a1a";
pub(super) const SOFT: &str = "#5a5a5a";
pub(super) const LINE: &str = "#c4c4c4";
pub(super) const FILL: &str = "#1d4f7c";
/// Room for the names of rows.
pub(super) const NAMES: f64 = 190.0;
pub(super) const ROW: f64 = 26.0;
pub(super) const SIZE: f64 = 13.0;
const FONT: &str = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',system-ui,sans-serif";

/// Satisfied, from the best grade on; dissatisfied, to the worst. The second family is drawn with stripes.
pub(in crate::report) const SATISFIED: [&str; 3] = ["#1d4f7c", "#5b94c4", "#a9cde9"];
pub(in crate::report) const DISSATISFIED: [&str; 3] = ["#f7e0c8", "#e0a468", "#9c4a0f"];

/// A whole drawing. `name` makes its ids unique in a page.
pub(super) fn drawing(name: &str, title: &str, description: &str, height: f64, body: Markup) -> Markup {
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (n(WIDTH)) " " (n(height)) } width=(n(WIDTH)) height=(n(height)) role="img"
            aria-labelledby={ (name) "-title " (name) "-desc" } font-family=(FONT) font-size=(n(SIZE)) fill=(INK) {
            title id={ (name) "-title" } { (title) }
            desc id={ (name) "-desc" } { (description) }
            defs { pattern id={ (name) "-stripes" } width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                line x1="0" y1="0" x2="0" y2="5" stroke="#1a1a1a" stroke-opacity="0.35" stroke-width="1.4" {}
            } }
            rect width="100%" height="100%" fill="#fff" {}
            (body)
        }
    }
}

/// A number as an attribute: short, and the same everywhere.
pub(super) fn n(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Where a text hangs.
#[derive(Clone, Copy)]
pub(super) enum At {
    Start,
    Middle,
    End,
}

pub(super) fn text(x: f64, y: f64, at: At, fill: &str, words: &str) -> Markup {
    let anchor = match at {
        At::Start => "start",
        At::Middle => "middle",
        At::End => "end",
    };
    html! { text x=(n(x)) y=(n(y)) text-anchor=(anchor) fill=(fill) { (words) } }
}

/// The name of a row, cut where it has no room; whole for the pointer.
pub(super) fn row_name(middle: f64, words: &str) -> Markup {
    let short = cut(words, NAMES - 14.0);
    html! { text x=(n(NAMES - 10.0)) y=(n(middle + 4.5)) text-anchor="end" fill=(INK) {
        @if short != words { title { (words) } }
        (short)
    } }
}

pub(super) fn line((x1, y1): (f64, f64), (x2, y2): (f64, f64), stroke: &str, width: f64, dashed: bool) -> Markup {
    let dash = dashed.then_some("4 3");
    html! { line x1=(n(x1)) y1=(n(y1)) x2=(n(x2)) y2=(n(y2)) stroke=(stroke) stroke-width=(n(width)) stroke-dasharray=[dash] {} }
}

/// A bar; `stripes`: the name of the drawing whose pattern lies on it.
pub(super) fn bar(x: f64, y: f64, width: f64, height: f64, fill: &str, stripes: Option<&str>) -> Markup {
    html! {
        rect x=(n(x)) y=(n(y)) width=(n(width)) height=(n(height)) fill=(fill) stroke="#fff" stroke-width="0.8" {}
        @if let Some(name) = stripes {
            rect x=(n(x)) y=(n(y)) width=(n(width)) height=(n(height)) fill={ "url(#" (name) "-stripes)" } {}
        }
    }
}

/// One of three for its place among so many.
pub(in crate::report) fn shade(place: usize, count: usize, shades: [&'static str; 3]) -> &'static str {
    match count {
        0 | 1 => shades[1],
        _ => shades[place * 2 / (count - 1)],
    }
}

/// What is read on this colour.
pub(super) fn on(fill: &str) -> &'static str {
    if ["#1d4f7c", "#9c4a0f"].contains(&fill) { "#fff" } else { INK }
}

/// About how wide a text is drawn.
pub(super) fn width(words: &str) -> f64 {
    words.chars().map(|letter| if (letter as u32) < 0x2e80 { 0.56 } else { 1.0 }).sum::<f64>() * SIZE
}

pub(super) fn cut(words: &str, room: f64) -> String {
    if width(words) <= room {
        return words.to_owned();
    }
    let mut out = String::new();
    for letter in words.chars() {
        out.push(letter);
        if width(&out) > room - SIZE {
            out.pop();
            break;
        }
    }
    out.push('…');
    out
}

/// A scale from left to right with round ticks.
pub(super) struct Axis {
    low: f64,
    high: f64,
    left: f64,
    right: f64,
    step: f64,
}

impl Axis {
    /// Holds all of these; None where there is none.
    pub fn around(values: impl Iterator<Item = f64>, left: f64, right: f64) -> Option<Axis> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        values.for_each(|value| (low, high) = (low.min(value), high.max(value)));
        if !low.is_finite() {
            return None;
        }
        let span = (high - low).max(1e-9);
        let rough = span / 5.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough)?;
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        let high = if high > low { high } else { low + step };
        Some(Axis { low, high, left, right, step })
    }

    pub fn x(&self, value: f64) -> f64 {
        self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(|at| self.low + at as f64 * self.step)
    }

    fn label(&self, value: f64) -> String {
        let places = (-self.step.log10().floor()).max(0.0) as usize;
        super::super::results::float(value, places as u32)
    }

    /// Lines from `top` to `bottom`, with their numbers below.
    pub fn grid(&self, top: f64, bottom: f64) -> Markup {
        html! { @for value in self.ticks() {
            (line((self.x(value), top), (self.x(value), bottom), LINE, 0.7, false))
            (text(self.x(value), bottom + 16.0, At::Middle, SOFT, &self.label(value)))
        } }
    }

    /// The same for an axis that goes up: `x` of a value is then its height.
    pub fn grid_up(&self, left: f64, right: f64) -> Markup {
        html! { @for value in self.ticks() {
            (line((left, self.x(value)), (right, self.x(value)), LINE, 0.7, false))
            (text(left - 6.0, self.x(value) + 4.5, At::End, SOFT, &self.label(value)))
        } }
    }
}

/// A number with its interval: a line with ends and a point; dashed where it is nominal.
pub(super) fn whisker(axis: &Axis, middle: f64, value: f64, ends: Option<(f64, f64, bool)>) -> Markup {
    html! {
        @if let Some((low, high, nominal)) = ends {
            (line((axis.x(low), middle), (axis.x(high), middle), FILL, 2.0, nominal))
            @for end in [low, high] { (line((axis.x(end), middle - 5.0), (axis.x(end), middle + 5.0), FILL, 1.5, false)) }
        }
        circle cx=(n(axis.x(value))) cy=(n(middle)) r="4.5" fill=(FILL) {}
    }
}

pub(super) fn circle(x: f64, y: f64, radius: f64, fill: &str) -> Markup {
    html! { circle cx=(n(x)) cy=(n(y)) r=(n(radius)) fill=(fill) stroke=(FILL) stroke-width="1.5" {} }
}
