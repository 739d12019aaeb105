use super::field::Field;
use super::packed::BIAS;
use super::{FAR, RANGE, SavNotes, cut};
use crate::export::variable::{missing_codes, say};
use crate::export::{Kind, Reason};
use crate::language::Language;
use crate::plan::Plan;
use std::collections::BTreeMap;

/// What the file says of itself.
pub struct Head<'a> {
    pub title: &'a str,
    pub day: &'a str,
    pub cases: u64,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Formats of SPSS, by their numbers.
const A: i32 = 1;
const F: i32 = 5;
const TIME: i32 = 21;
const DATETIME: i32 = 22;
const SDATE: i32 = 39;

/// All that stands before the data.
pub fn encode(plan: &Plan, fields: &[Field<'_>], head: &Head<'_>, language: Language, notes: &mut SavNotes) -> Vec<u8> {
    let mut out = Bytes(Vec::new());
    out.head(fields, head);
    let mut place = 1i32;
    // Labels that several variables share are written once.
    let mut labelled: BTreeMap<Vec<(u64, String)>, Vec<i32>> = BTreeMap::new();
    for field in fields {
        let labels = value_labels(plan, field, language, notes);
        if !labels.is_empty() {
            labelled.entry(labels).or_default().push(place);
        }
        for (segment, (_, held)) in field.segments().enumerate() {
            let held = if field.width == 0 { 0 } else { held };
            place += out.variable(plan, field, segment, held, language, notes);
        }
    }
    for (labels, places) in &labelled {
        out.labels(labels, places);
    }
    out.info(3, 4, &[20, 0, 0, -1, 1, 1, 2, 65_001].map(i32::to_le_bytes).concat());
    let lowest = f64::from_bits((-f64::MAX).to_bits() - 1);
    out.info(4, 8, &[-f64::MAX, f64::MAX, lowest].map(f64::to_le_bytes).concat());
    out.info(11, 4, &display(fields));
    let names: Vec<String> = fields.iter().map(|field| format!("{}={}", field.short[0], field.name)).collect();
    out.info(13, 1, names.join("\t").as_bytes());
    let long = fields.iter().filter(|field| field.short.len() > 1);
    let long: String = long.map(|field| format!("{}={:05}\0\t", field.short[0], field.width)).collect();
    if !long.is_empty() {
        out.info(14, 1, long.as_bytes());
    }
    out.info(16, 8, &[1u64, head.cases].map(u64::to_le_bytes).concat());
    out.info(20, 1, b"UTF-8");
    out.whole(999);
    out.whole(0);
    out.0
}

/// Codes and labels of a variable's values, the missing ones among them. Codes are kept as the bits of their doubles.
fn value_labels(plan: &Plan, field: &Field<'_>, language: Language, notes: &mut SavNotes) -> Vec<(u64, String)> {
    let variable = field.variable;
    if field.width > 0 {
        return Vec::new();
    }
    let valid = variable.categories().iter().filter(|category| !category.missing);
    let valid = valid.map(|category| (category.code, &category.name, category.label.clone()));
    let missing = missing_codes(variable);
    let shift = if matches!(variable.kind, Kind::Whole | Kind::Number) { FAR } else { 0 };
    let missing = missing.iter().map(|(name, code, label)| (shift + code, name, label.clone()));
    let mut labels = Vec::new();
    for (code, name, label) in valid.chain(missing) {
        let text = match say(plan, &label, language) {
            "" => name.as_str(),
            label => label,
        };
        let kept = cut(text, 120);
        if kept.len() < text.len() && !notes.labels_cut.contains(&variable.name) {
            notes.labels_cut.push(variable.name.clone());
        }
        labels.push(((code as f64).to_bits(), kept.to_owned()));
    }
    labels
}

/// Measure, width on screen and side, one for each segment.
fn display(fields: &[Field<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for field in fields {
        let measure = match &field.variable.kind {
            _ if field.why => 1,
            Kind::Coded { ordered: true, .. } => 2,
            Kind::Coded { .. } | Kind::Text => 1,
            _ => 3i32,
        };
        let side = if field.width > 0 { 0 } else { 1i32 };
        for _ in &field.short {
            let width = if field.width > 0 { 24 } else { 12i32 };
            out.extend([measure, width, side].map(i32::to_le_bytes).concat());
        }
    }
    out
}

struct Bytes(Vec<u8>);

impl Bytes {
    fn whole(&mut self, number: i32) {
        self.0.extend(number.to_le_bytes());
    }

    /// A text in a fixed number of bytes.
    fn fixed(&mut self, text: &str, bytes: usize) {
        let text = cut(text, bytes);
        self.0.extend(text.as_bytes());
        self.0.resize(self.0.len() + bytes - text.len(), b' ');
    }

    fn head(&mut self, fields: &[Field<'_>], head: &Head<'_>) {
        let elements: usize =
            fields.iter().flat_map(|field| field.segments().map(|(_, held)| held.div_ceil(8).max(1))).sum();
        self.fixed("$FL2", 4);
        self.fixed("@(#) SPSS DATA FILE minping", 60);
        self.whole(2);
        self.whole(elements as i32);
        self.whole(1);
        self.whole(0);
        self.whole(i32::try_from(head.cases).unwrap_or(-1));
        self.0.extend((BIAS as f64).to_le_bytes());
        self.fixed(&short_day(head.day), 9);
        self.fixed("00:00:00", 8);
        self.fixed(head.title, 64);
        self.fixed("", 3);
    }

    /// One segment; returns how many places it takes.
    fn variable(
        &mut self,
        plan: &Plan,
        field: &Field<'_>,
        segment: usize,
        held: usize,
        language: Language,
        notes: &mut SavNotes,
    ) -> i32 {
        let variable = field.variable;
        let said = say(plan, &variable.label, language);
        let said = match (field.why, language) {
            (false, _) => said.to_owned(),
            (true, Language::Zh) => format!("{said}（缺失原因）"),
            (true, Language::En) => format!("{said} (why missing)"),
        };
        let said = if segment > 0 { "" } else { said.as_str() };
        let label = cut(said, 255);
        if label.len() < said.len() && !notes.labels_cut.contains(&variable.name) {
            notes.labels_cut.push(variable.name.clone());
        }
        let missing = missing_range(field);
        self.whole(2);
        self.whole(held as i32);
        self.whole(i32::from(!label.is_empty()));
        self.whole(if missing.is_some() { -2 } else { 0 });
        let format = format(field, held);
        self.whole(format);
        self.whole(format);
        self.fixed(&field.short[segment], 8);
        if !label.is_empty() {
            self.whole(label.len() as i32);
            self.fixed(label, label.len().next_multiple_of(4));
        }
        if let Some((low, high)) = missing {
            self.0.extend([low, high].map(|bound| (bound as f64).to_le_bytes()).concat());
        }
        let places = held.div_ceil(8).max(1);
        for _ in 1..places {
            [2, -1, 0, 0, 0, 0].into_iter().for_each(|number| self.whole(number));
            self.fixed("", 8);
        }
        places as i32
    }

    fn labels(&mut self, labels: &[(u64, String)], places: &[i32]) {
        self.whole(3);
        self.whole(labels.len() as i32);
        for (code, label) in labels {
            self.0.extend(code.to_le_bytes());
            self.0.push(label.len() as u8);
            self.fixed(label, (label.len() + 1).next_multiple_of(8) - 1);
        }
        self.whole(4);
        self.whole(places.len() as i32);
        places.iter().for_each(|place| self.whole(*place));
    }

    fn info(&mut self, subtype: i32, size: i32, data: &[u8]) {
        [7, subtype, size, data.len() as i32 / size].into_iter().for_each(|number| self.whole(number));
        self.0.extend(data);
    }
}

/// From where to where codes say why there is no answer.
fn missing_range(field: &Field<'_>) -> Option<(i64, i64)> {
    let variable = field.variable;
    let own = variable.categories().iter().any(|category| category.missing);
    // The reasons beside a text are what that variable is about.
    if field.width > 0 || field.why || !(variable.reasons || own) {
        return None;
    }
    let first = super::reason_code(variable, Reason::NotAsked);
    Some((first - RANGE, first))
}

fn format(field: &Field<'_>, held: usize) -> i32 {
    let (kind, width, places) = match &field.variable.kind {
        _ if field.why => (F, 8, 0),
        Kind::Text => (A, held as i32, 0),
        Kind::Coded { .. } => (F, 8, 0),
        Kind::Whole => (F, 16, 0),
        Kind::Number => (F, 20, 6),
        Kind::Day => (SDATE, 10, 0),
        Kind::Time => (TIME, 8, 0),
        Kind::Moment => (DATETIME, 20, 0),
    };
    (kind << 16) | (width << 8) | places
}

/// `29 Nov 26`
fn short_day(day: &str) -> String {
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let year = year.and_then(|year| year.get(2..4));
    format!("{} {} {}", day.unwrap_or("01"), month.unwrap_or(&"Jan"), year.unwrap_or("00"))
}
