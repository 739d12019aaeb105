use super::evaluate::{Machine, Spot};
use super::{Function, Node, Value, date, geo, number, random};

/// Longest text that `uuid(n)` makes.
const LONGEST: f64 = 10_000.0;

impl Machine<'_> {
    /// The argument at a place, as text; empty where there is none.
    #[inline(never)]
    fn text_at(&self, given: &[Value], at: usize) -> String {
        given.get(at).map_or_else(String::new, |value| self.text(value))
    }

    #[inline(never)]
    fn number_at(&self, given: &[Value], at: usize) -> f64 {
        given.get(at).map_or(f64::NAN, |value| self.number(value))
    }

    #[inline(never)]
    fn truth_at(&self, given: &[Value], at: usize) -> bool {
        given.get(at).is_some_and(|value| self.truth(value))
    }

    pub(super) fn call(&mut self, function: Function, given: &[Value], spot: Spot) -> Value {
        use Function as F;
        let count = given.len();
        let numeric = function as u8 >= F::Number as u8 && function as u8 <= F::Pow as u8;
        Value::Number(match function {
            F::Sum | F::Max | F::Min => self.gather(function, given),
            F::Random => random::fraction(self.draw()),
            F::Number if count == 0 => self.number(&self.here(spot)),
            _ if numeric => self.calculate(function, given),
            F::StringLength => self.text_at(given, 0).chars().count() as f64,
            F::CountSelected => self.text_at(given, 0).split_whitespace().count() as f64,
            F::Count => match given {
                [Value::Nodes(nodes)] => nodes.len() as f64,
                _ => 1.0,
            },
            F::CountNonEmpty => self.texts(given).iter().filter(|text| !text.is_empty()).count() as f64,
            F::Last => spot.size as f64,
            F::Position if count == 0 => spot.position as f64,
            F::Position => match given {
                [Value::Nodes(nodes)] if !nodes.is_empty() => self.values.position(nodes[0]) as f64,
                _ => f64::NAN,
            },
            F::DecimalDateTime => self.days_of(&given[0]).unwrap_or(f64::NAN),
            F::DecimalTime => date::time_of_day(&self.text_at(given, 0), self.offset()).unwrap_or(f64::NAN),
            F::Area | F::Distance => geo::measure(function == F::Area, &self.texts(given), self.values.host()),
            _ => return self.call_other(function, given, spot),
        })
    }

    fn calculate(&self, function: Function, given: &[Value]) -> f64 {
        use Function as F;
        let (x, y) = (self.number_at(given, 0), self.number_at(given, 1));
        let host = self.values.host();
        match function {
            F::Pi => std::f64::consts::PI,
            F::Int => x.trunc(),
            F::Floor => x.floor(),
            F::Ceiling => x.ceil(),
            F::Abs => x.abs(),
            F::Number => x,
            F::Round => number::round_to(x, if given.len() == 1 { 0.0 } else { y }),
            F::Exp10 => host.math("pow", 10.0, x),
            // JavaScript's `pow` and C's differ in what NaN to the power of 0 is.
            _ if x.is_nan() || (given.len() > 1 && y.is_nan()) => f64::NAN,
            _ => host.math(function.name(), x, y),
        }
    }

    /// What a function without a value takes: the node of a predicate, or the item's own value.
    fn here(&self, spot: Spot) -> Value {
        match spot.node {
            Some(node) => Value::Nodes(vec![node]),
            None => self.values.own(),
        }
    }

    fn call_other(&mut self, function: Function, given: &[Value], spot: Spot) -> Value {
        use Function as F;
        let text = |at: usize| self.text_at(given, at);
        let boolean = match function {
            F::True => true,
            F::False => false,
            F::Not => !self.truth_at(given, 0),
            F::Boolean => self.truth_at(given, 0),
            F::BooleanFromString => matches!(text(0).as_str(), "1" | "true"),
            F::Checklist | F::WeightedChecklist => self.checklist(function, given),
            F::Contains => text(0).contains(&text(1)),
            F::StartsWith => text(0).starts_with(&text(1)),
            F::EndsWith => text(0).ends_with(&text(1)),
            F::Selected => text(0).split_whitespace().any(|chosen| chosen == text(1).trim()),
            // What is no regular expression matches nothing; the checker has said so.
            F::Regex => self.values.host().matches(&text(0), &text(1)).unwrap_or(false),
            F::Geofence => geo::is_inside(&text(0), &text(1)),
            _ => return self.call_for_nodes(function, given, spot),
        };
        Value::Boolean(boolean)
    }

    fn call_for_nodes(&mut self, function: Function, given: &[Value], spot: Spot) -> Value {
        use Function as F;
        let first = || match given {
            [Value::Nodes(nodes), ..] => nodes.clone(),
            _ => Vec::new(),
        };
        Value::Nodes(match function {
            F::If => return given[if self.truth(&given[0]) { 1 } else { 2 }].clone(),
            F::Instance => self.values.instance(&self.text_at(given, 0)).into_iter().collect(),
            F::Current => self.values.node().into_iter().collect(),
            F::Randomize => {
                let seed = match given.get(1) {
                    None => (self.draw() >> 2) as i64,
                    Some(seed) => self.shuffling_seed(seed),
                };
                random::shuffle(first(), seed)
            }
            F::IndexedRepeat => self.indexed_repeat(first(), &given[1..]),
            _ => return Value::Text(self.call_for_text(function, given, spot)),
        })
    }

    /// Every value of the arguments, as text.
    fn texts(&self, given: &[Value]) -> Vec<String> {
        let mut texts = Vec::new();
        for value in given {
            match value {
                Value::Nodes(nodes) => texts.extend(nodes.iter().map(|&node| self.values.text(node))),
                value => texts.push(self.text(value)),
            }
        }
        texts
    }

    fn call_for_text(&mut self, function: Function, given: &[Value], spot: Spot) -> String {
        use Function as F;
        let count = given.len();
        let text = match function {
            F::String | F::NormalizeSpace if count == 0 => self.text(&self.here(spot)),
            F::Concat | F::Join | F::Uuid | F::Date | F::DateTime => String::new(),
            _ => self.text_at(given, 0),
        };
        let other = self.text_at(given, 1);
        match function {
            F::Concat => self.texts(given).join(""),
            F::Join => self.texts(&given[1..]).join(&self.text_at(given, 0)),
            F::Coalesce if text.is_empty() => other,
            F::Once => {
                let own = self.text(&self.values.own());
                if own.is_empty() { text } else { own }
            }
            F::NormalizeSpace => {
                let mut words = String::new();
                for word in text.split_whitespace() {
                    if !words.is_empty() {
                        words.push(' ');
                    }
                    words.push_str(word);
                }
                words
            }
            F::SubstringBefore => text.find(&other).map_or("", |at| &text[..at]).to_owned(),
            F::SubstringAfter => text.find(&other).map_or("", |at| &text[at + other.len()..]).to_owned(),
            F::SelectedAt => {
                let index = self.number_at(given, 1);
                // A negative or undefined index is none, not the first.
                let index = if index > -1.0 { index as usize } else { usize::MAX };
                text.split_whitespace().nth(index).unwrap_or("").to_owned()
            }
            F::Substr | F::Substring => {
                let second = self.number_at(given, 1);
                let third = if count > 2 { self.number_at(given, 2) } else { f64::INFINITY };
                let (start, end) = if function == F::Substr {
                    let length = text.chars().count() as f64;
                    // From 0; negative ones count from the end.
                    let place = |at: f64| if at < 0.0 { length + at.trunc() } else { at.trunc() };
                    (place(second), place(third))
                } else {
                    // From 1, and a length.
                    let start = (second + 0.5).floor() - 1.0;
                    (start, start + (third + 0.5).floor())
                };
                let mut cut = String::new();
                for (i, c) in text.chars().enumerate() {
                    if i as f64 >= start && (i as f64) < end {
                        cut.push(c);
                    }
                }
                cut
            }
            F::Translate => {
                let to = self.text_at(given, 2);
                let mut changed = String::new();
                for c in text.chars() {
                    match other.chars().position(|from| from == c) {
                        Some(at) => changed.extend(to.chars().nth(at)),
                        None => changed.push(c),
                    }
                }
                changed
            }
            F::Digest => {
                let hex = self.text_at(given, 2) == "hex";
                self.values.host().digest(&text, &other, hex).unwrap_or_default()
            }
            F::Base64Decode => self.values.host().decode(&text).unwrap_or_default(),
            // XLSForm writes `jr:choice-name(${q}, '${q}')`.
            F::ChoiceName => self.values.choice_name(super::named_in(&other), &text),
            F::FormatDate | F::FormatDateTime => {
                let time = function == F::FormatDateTime;
                date::format(&text, &other, self.offset(), time, self.values.language())
            }
            F::Uuid => {
                let wanted = if count == 0 { 36.0 } else { self.number_at(given, 0).min(LONGEST) };
                let mut text = String::new();
                while (text.len() as f64) < wanted {
                    let (high, low) = (self.draw(), self.draw());
                    random::write_uuid(high, low, &mut text);
                }
                text.truncate(wanted.max(0.0) as usize);
                text
            }
            F::Today | F::Now => self.moment.map_or(String::new(), |moment| date::write(moment, function == F::Now)),
            F::Date | F::DateTime => match self.days_of(&given[0]) {
                Some(days) => date::write(date::moment(days, self.offset()), function == F::DateTime),
                None => String::new(),
            },
            _ => text,
        }
    }

    fn gather(&self, function: Function, given: &[Value]) -> f64 {
        let mut result: Option<f64> = None;
        for value in given.iter().flat_map(|value| self.each(value)) {
            let value = self.number(&value);
            let so_far = result.unwrap_or(if function == Function::Sum { 0.0 } else { value });
            result = Some(match function {
                _ if value.is_nan() => return f64::NAN,
                Function::Sum => number::settle(so_far + value, so_far, value),
                Function::Max => so_far.max(value),
                _ => so_far.min(value),
            });
        }
        result.unwrap_or(if function == Function::Sum { 0.0 } else { f64::NAN })
    }

    fn checklist(&self, function: Function, given: &[Value]) -> bool {
        let (least, most) = (self.number_at(given, 0), self.number_at(given, 1));
        let mut total = 0.0;
        for pair in given[2..].chunks(if function == Function::Checklist { 1 } else { 2 }) {
            let weights = pair.get(1).map(|weights| self.each(weights));
            for (i, value) in self.each(&pair[0]).iter().enumerate() {
                if self.truth(value) {
                    total += match &weights {
                        None => 1.0,
                        Some(weights) => weights.get(i).map_or(0.0, |weight| self.number(weight)),
                    };
                }
            }
        }
        // -1 is no limit.
        (least < 0.0 || total >= least) && (most < 0.0 || total <= most)
    }

    fn lies_in(&self, node: Node, around: Node) -> bool {
        let mut up = self.values.parent(node);
        while let Some(node) = up {
            if node == around {
                return true;
            }
            up = self.values.parent(node);
        }
        false
    }

    fn indexed_repeat(&self, mut found: Vec<Node>, pairs: &[Value]) -> Vec<Node> {
        // Each repeat narrows what is found, in whichever order they are written: an inner one counts within an outer one
        // only when that was narrowed first, so the outer ones come first.
        let mut left: Vec<usize> = (0..pairs.len() / 2).collect();
        let repeats = |pair: usize| match &pairs[2 * pair] {
            Value::Nodes(nodes) => &nodes[..],
            _ => &[],
        };
        let mut around: Option<Node> = None;
        while !left.is_empty() {
            let outer = |&at: &usize| {
                let node = repeats(left[at]).first().copied();
                let inside = |other: &usize| {
                    repeats(*other).iter().any(|&other| node.is_some_and(|node| self.lies_in(node, other)))
                };
                !left.iter().any(inside)
            };
            let pair = left.remove((0..left.len()).find(outer).unwrap_or(0));
            let index = self.number(&pairs[2 * pair + 1]);
            let mut inside =
                repeats(pair).iter().filter(|&&node| around.is_none_or(|around| self.lies_in(node, around)));
            let chosen = if index >= 1.0 && index.trunc() == index { inside.nth(index as usize - 1) } else { None };
            around = chosen.copied();
            if around.is_none() {
                break;
            }
        }
        found.retain(|&node| around.is_some_and(|around| self.lies_in(node, around)));
        found
    }

    /// As JavaRosa takes it: a number without its places, 0 for nothing, and for words a number made of their digest.
    pub(super) fn shuffling_seed(&self, value: &Value) -> i64 {
        let number = self.number(value);
        if !number.is_nan() {
            return number as i64;
        }
        let text = self.text(value);
        if text.is_empty() {
            return 0;
        }
        let digest = self.values.host().digest(&text, "SHA-256", true).unwrap_or_default();
        let digits = digest.bytes().take(16).map(|b| u64::from(char::from(b).to_digit(16).unwrap_or(0)));
        digits.fold(0u64, |seed, digit| seed << 4 | digit) as i64
    }

    /// Days since 1970-01-01T00:00Z of a date or a number of days.
    fn days_of(&self, value: &Value) -> Option<f64> {
        let days = match value {
            Value::Number(days) => Some(*days),
            Value::Boolean(_) => None,
            _ => date::days(&self.text(value), self.offset()),
        };
        days.filter(|days| days.abs() < date::FAR)
    }

    fn draw(&mut self) -> u64 {
        self.drawn += 1;
        random::draw(self.values.seed(), self.drawn)
    }
}
