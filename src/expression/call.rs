use super::evaluate::{Machine, Spot, nodes};
use super::{Function, Node, Value, date, digest, geo, number, random};

/// Longest text that `uuid(n)` makes.
const LONGEST: f64 = 10_000.0;

/// Arguments that are there, in order, then empty ones.
struct Arguments(std::vec::IntoIter<Value>);

impl Arguments {
    fn next(&mut self) -> Value {
        self.0.next().unwrap_or_else(Value::empty)
    }
}

impl Machine<'_> {
    pub(super) fn call(&mut self, function: Function, given: Vec<Value>, spot: Spot) -> Value {
        use Function as F;
        let count = given.len();
        let mut next = Arguments(given.into_iter());
        match function {
            // Truth.
            F::True => Value::Boolean(true),
            F::False => Value::Boolean(false),
            F::Not => Value::Boolean(!self.truth(&next.next())),
            F::Boolean => Value::Boolean(self.truth(&next.next())),
            F::BooleanFromString => {
                let text = self.text(&next.next());
                Value::Boolean(text == "1" || text == "true")
            }
            F::If => {
                let (condition, yes, no) = (next.next(), next.next(), next.next());
                if self.truth(&condition) { yes } else { no }
            }
            F::Coalesce => {
                let first = self.text(&next.next());
                let text = if first.is_empty() { self.text(&next.next()) } else { first };
                Value::Text(text)
            }
            F::Once => {
                let own = self.text(&self.values.own());
                Value::Text(if own.is_empty() { self.text(&next.next()) } else { own })
            }
            F::Checklist | F::WeightedChecklist => Value::Boolean(self.checklist(function, &mut next)),
            // Texts.
            F::String | F::Number | F::NormalizeSpace if count == 0 => {
                let here = match spot.node {
                    Some(node) => Value::Nodes(vec![node]),
                    None => self.values.own(),
                };
                self.call(function, vec![here], spot)
            }
            F::Number => Value::Number(self.number(&next.next())),
            F::Concat => Value::Text(self.texts(next).concat()),
            F::Join => {
                let between = self.text(&next.next());
                Value::Text(self.texts(next).join(&between))
            }
            F::String
            | F::Substr
            | F::Substring
            | F::SubstringBefore
            | F::SubstringAfter
            | F::Translate
            | F::StringLength
            | F::NormalizeSpace
            | F::Contains
            | F::StartsWith
            | F::EndsWith
            | F::Regex
            | F::Digest
            | F::Base64Decode
            | F::Selected
            | F::SelectedAt
            | F::CountSelected
            | F::ChoiceName
            | F::FormatDate
            | F::FormatDateTime => {
                let [first, second, third] = [next.next(), next.next(), next.next()];
                self.call_on_text(function, count, self.text(&first), second, third)
            }
            F::Uuid => {
                let wanted = if count == 0 { 36.0 } else { self.number(&next.next()).min(LONGEST) };
                let mut text = String::new();
                while (text.len() as f64) < wanted {
                    let (high, low) = (self.draw(), self.draw());
                    random::write_uuid(high, low, &mut text);
                }
                text.truncate(wanted.max(0.0) as usize);
                Value::Text(text)
            }
            // Numbers.
            F::Random => Value::Number(random::fraction(self.draw())),
            F::Pi => Value::Number(std::f64::consts::PI),
            F::Sum | F::Max | F::Min => Value::Number(self.gather(function, next)),
            F::Count => Value::integer(match next.next() {
                Value::Nodes(nodes) => nodes.len() as i64,
                _ => 1,
            }),
            F::CountNonEmpty => {
                let values = self.each(&next.next());
                Value::integer(values.iter().filter(|value| !self.text(value).is_empty()).count() as i64)
            }
            F::Int | F::Floor | F::Ceiling | F::Round | F::Abs | F::Exp10 => {
                let value = self.number(&next.next());
                Value::Number(match function {
                    F::Int => value.trunc(),
                    F::Floor => value.floor(),
                    F::Ceiling => value.ceil(),
                    F::Abs => value.abs(),
                    F::Exp10 => self.values.host().math("pow", 10.0, value),
                    _ => number::round_to(value, if count == 1 { 0.0 } else { self.number(&next.next()) }),
                })
            }
            F::Sqrt
            | F::Exp
            | F::Log
            | F::Log10
            | F::Sin
            | F::Cos
            | F::Tan
            | F::Asin
            | F::Acos
            | F::Atan
            | F::Atan2
            | F::Pow => {
                let (x, y) = (self.number(&next.next()), if count > 1 { self.number(&next.next()) } else { 0.0 });
                // JavaScript's `pow` and C's differ in what NaN to the power of 0 is.
                let defined = !x.is_nan() && !y.is_nan();
                Value::Number(if defined { self.values.host().math(function.name(), x, y) } else { f64::NAN })
            }
            // Sets of nodes.
            F::Last => Value::integer(spot.size as i64),
            F::Position if count == 0 => Value::integer(spot.position as i64),
            F::Position => match nodes(next.next()).first() {
                Some(&node) => Value::integer(self.values.position(node) as i64),
                None => Value::Number(f64::NAN),
            },
            F::Instance => Value::Nodes(self.values.instance(&self.text(&next.next())).into_iter().collect()),
            F::Current => Value::Nodes(self.values.node().into_iter().collect()),
            F::Randomize => {
                let all = nodes(next.next());
                let seed = match count {
                    1 => (self.draw() >> 2) as i64,
                    _ => self.shuffling_seed(&next.next()),
                };
                Value::Nodes(random::shuffle(all, seed))
            }
            F::IndexedRepeat => self.indexed_repeat(next),
            // Dates and times.
            F::Today | F::Now => Value::Text(match self.moment {
                Some(moment) => date::write(moment, function == F::Now),
                None => String::new(),
            }),
            F::Date | F::DateTime | F::DecimalDateTime => self.moment_of(function, &next.next()),
            F::DecimalTime => {
                let time = date::time_of_day(&self.text(&next.next()), self.offset());
                Value::Number(time.unwrap_or(f64::NAN))
            }
            // Places.
            F::Area | F::Distance => {
                let places = self.texts(next);
                Value::Number(geo::measure(function == F::Area, &places, self.values.host()))
            }
            F::Geofence => {
                let (point, shape) = (self.text(&next.next()), self.text(&next.next()));
                Value::Boolean(geo::is_inside(&point, &shape))
            }
        }
    }

    /// Every value of the arguments left, as text.
    fn texts(&self, arguments: Arguments) -> Vec<String> {
        let values = arguments.0.flat_map(|value| self.each(&value));
        values.map(|value| self.text(&value)).collect()
    }

    fn call_on_text(&self, function: Function, count: usize, text: String, second: Value, third: Value) -> Value {
        use Function as F;
        let other = self.text(&second);
        match function {
            F::Contains => Value::Boolean(text.contains(&other)),
            F::StartsWith => Value::Boolean(text.starts_with(&other)),
            F::EndsWith => Value::Boolean(text.ends_with(&other)),
            F::StringLength => Value::integer(text.chars().count() as i64),
            F::Selected => Value::Boolean(text.split_whitespace().any(|chosen| chosen == other.trim())),
            F::CountSelected => Value::integer(text.split_whitespace().count() as i64),
            // What is no regular expression matches nothing; the checker has said so.
            F::Regex => Value::Boolean(self.values.host().matches(&text, &other).unwrap_or(false)),
            _ => Value::Text(match function {
                F::NormalizeSpace => text.split_whitespace().collect::<Vec<_>>().join(" "),
                F::SubstringBefore => text.split_once(&other).map_or("", |(before, _)| before).to_owned(),
                F::SubstringAfter => text.split_once(&other).map_or("", |(_, after)| after).to_owned(),
                F::SelectedAt => {
                    let index = self.number(&second);
                    // A negative or undefined index is none, not the first.
                    let index = if index > -1.0 { index as usize } else { usize::MAX };
                    text.split_whitespace().nth(index).unwrap_or("").to_owned()
                }
                F::Substr | F::Substring => {
                    let third = if count > 2 { self.number(&third) } else { f64::INFINITY };
                    let length = text.chars().count() as f64;
                    let (start, end) = if function == F::Substr {
                        // From 0; negative ones count from the end.
                        let place = |at: f64| if at < 0.0 { length + at.trunc() } else { at.trunc() };
                        (place(self.number(&second)), place(third))
                    } else {
                        // From 1, and a length.
                        let start = (self.number(&second) + 0.5).floor() - 1.0;
                        (start, start + (third + 0.5).floor())
                    };
                    let inside = |i: usize| i as f64 >= start && (i as f64) < end;
                    text.chars().enumerate().filter(|(i, _)| inside(*i)).map(|(_, c)| c).collect()
                }
                F::Translate => {
                    let to: Vec<char> = self.text(&third).chars().collect();
                    let replace = |c: char| match other.chars().position(|from| from == c) {
                        Some(at) => to.get(at).copied(),
                        None => Some(c),
                    };
                    text.chars().filter_map(replace).collect()
                }
                F::Digest => {
                    let hex = self.text(&third) == "hex";
                    digest::digest(&text, &other, hex, self.values.host()).unwrap_or_default()
                }
                F::Base64Decode => self.values.host().decode(&text).unwrap_or_default(),
                // XLSForm writes `jr:choice-name(${q}, '${q}')`.
                F::ChoiceName => self.values.choice_name(super::named_in(&other), &text),
                F::FormatDate | F::FormatDateTime => {
                    let time = function == F::FormatDateTime;
                    date::format(&text, &other, self.offset(), time, self.values.language())
                }
                _ => text,
            }),
        }
    }

    fn gather(&self, function: Function, arguments: Arguments) -> f64 {
        let mut result: Option<f64> = None;
        for value in arguments.0 {
            for value in self.each(&value) {
                let value = self.number(&value);
                let so_far = result.unwrap_or(if function == Function::Sum { 0.0 } else { value });
                result = Some(match function {
                    _ if value.is_nan() || so_far.is_nan() => return f64::NAN,
                    Function::Sum => number::settle(so_far + value, so_far, value),
                    Function::Max => so_far.max(value),
                    _ => so_far.min(value),
                });
            }
        }
        result.unwrap_or(if function == Function::Sum { 0.0 } else { f64::NAN })
    }

    fn checklist(&self, function: Function, arguments: &mut Arguments) -> bool {
        let (least, most) = (self.number(&arguments.next()), self.number(&arguments.next()));
        let mut total = 0.0;
        while let Some(value) = arguments.0.next() {
            let values = self.each(&value);
            let weights = match function {
                Function::Checklist => vec![Value::Number(1.0); values.len()],
                _ => self.each(&arguments.next()),
            };
            for (value, weight) in values.iter().zip(&weights) {
                if self.truth(value) {
                    total += self.number(weight);
                }
            }
        }
        // -1 is no limit.
        (least < 0.0 || total >= least) && (most < 0.0 || total <= most)
    }

    fn indexed_repeat(&self, mut arguments: Arguments) -> Value {
        let mut found = nodes(arguments.next());
        let lies_in = |node: Node, around: Node| {
            let mut up = self.values.parent(node);
            while let Some(node) = up
                && node != around
            {
                up = self.values.parent(node);
            }
            up.is_some()
        };
        let mut pairs: Vec<(Vec<Node>, f64)> = Vec::new();
        while let (Some(repeat), Some(index)) = (arguments.0.next(), arguments.0.next()) {
            pairs.push((nodes(repeat), self.number(&index)));
        }
        // An outer repeat has fewer nodes around it, in whichever order they are written.
        let depth = |nodes: &[Node]| {
            let mut up = nodes.first().copied();
            std::iter::from_fn(|| {
                up = up.and_then(|node| self.values.parent(node));
                up
            })
            .count()
        };
        pairs.sort_by_key(|(nodes, _)| depth(nodes));
        let mut around: Option<Node> = None;
        for (repeats, index) in pairs {
            let inside: Vec<Node> =
                repeats.into_iter().filter(|&node| around.is_none_or(|around| lies_in(node, around))).collect();
            let chosen = if index >= 1.0 { inside.get(index as usize - 1) } else { None };
            match chosen {
                Some(&node) if index.trunc() == index => around = Some(node),
                _ => return Value::Nodes(Vec::new()),
            }
        }
        found.retain(|&node| around.is_some_and(|around| lies_in(node, around)));
        Value::Nodes(found)
    }

    /// As JavaRosa takes it: a number without its places, 0 for nothing, and for words a number made of their digest.
    fn shuffling_seed(&self, value: &Value) -> i64 {
        let number = self.number(value);
        if !number.is_nan() {
            return number as i64;
        }
        let text = self.text(value);
        if text.is_empty() {
            return 0;
        }
        let digest = digest::digest(&text, "SHA-256", true, self.values.host()).unwrap_or_default();
        let digits = digest.bytes().take(16).map(|b| u64::from(char::from(b).to_digit(16).unwrap_or(0)));
        digits.fold(0u64, |seed, digit| seed << 4 | digit) as i64
    }

    fn moment_of(&self, function: Function, value: &Value) -> Value {
        let days = match value {
            Value::Number(days) => Some(*days),
            Value::Boolean(_) => None,
            _ => date::days(&self.text(value), self.offset()),
        };
        let days = days.filter(|days| days.abs() < date::FAR);
        if function == Function::DecimalDateTime {
            return Value::Number(days.unwrap_or(f64::NAN));
        }
        let written = days.map(|days| date::write(date::moment(days, self.offset()), function == Function::DateTime));
        Value::Text(written.unwrap_or_default())
    }

    fn draw(&mut self) -> u64 {
        self.drawn += 1;
        random::draw(self.values.seed(), self.drawn)
    }
}
