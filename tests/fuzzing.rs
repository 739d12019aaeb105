//! The fuzz targets of `fuzz/`, each for a bounded number of inputs: texts that are near the real ones, changed by a fixed
//! generator, so that every run tries the same. `cargo fuzz run plan` goes on from there for as long as one likes.

#[path = "fuzzing/expression.rs"]
mod expression;
#[path = "fuzzing/plan.rs"]
mod plan;

use serde_json::Value;
use std::path::Path;

/// Marsaglia's xorshift64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Cuts, doubles, exchanges and puts in pieces at random places, between characters.
fn change(text: &str, pieces: &[&str], dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..1 + dice.roll(4) {
        let at = dice.roll(characters.len() + 1);
        let end = (at + 1 + dice.roll(12)).min(characters.len());
        match dice.roll(4) {
            0 => drop(characters.drain(at..end)),
            1 => {
                let copy = characters[at..end].to_vec();
                characters.splice(at..at, copy);
            }
            _ => {
                let piece = pieces[dice.roll(pieces.len())];
                let until = if dice.roll(2) == 0 { at } else { end };
                characters.splice(at..until, piece.chars());
            }
        }
    }
    characters.into_iter().collect()
}

#[test]
fn expressions_near_real_ones_are_refused_or_hold_together() {
    let seeds = [
        "${age} > 18 and not(selected(${used}, 'bus'))",
        "if(count-selected(.) >= 2, 'many', once(random()))",
        "sum(${household}/income[position() < 3]) div count(${household})",
        "format-date(today(), '%Y-%m-%d') != '' or regex(., '^[a-z]+$')",
        "instance('towns')/root/item[county = ${county}]/label",
        "coalesce(${a}, -1.5) mod 7 | ../b",
    ];
    let pieces = [
        "(",
        ")",
        "[",
        "]",
        "'",
        "\"",
        "${a}",
        ".",
        "..",
        "/",
        "//",
        ",",
        " or ",
        "-",
        "1e999",
        "0",
        "*",
        "@",
        "::",
        "not(",
        "满意",
        "\u{202e}",
        "\u{0}",
        "string-length(",
        "position(..)",
        "selected-at(",
        "regex(., '[')",
        "randomize(",
    ];
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for i in 0..20_000 {
        expression::run(&change(seeds[i % seeds.len()], &pieces, &mut dice));
    }
}

#[test]
fn plans_near_real_ones_are_refused_or_work() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds: Vec<String> = ["tests/vectors/plan/good", "tests/vectors/plan/bad", "tests/browser/plans"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    assert!(seeds.len() > 20);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "-1",
        "1e400",
        "\"items\": []",
        "\"relevant\": \"${a}\",",
        "\\u0000",
        "\\ud800",
        "<script>",
        "\u{202e}",
        "\"type\": \"group\",",
        "\"repeat\"",
        "\"required\": true,",
        "\"name\": \"age\",",
        "\"calculation\": \". + 1\",",
        "\"choice_filter\": \"name = .\",",
        "\"order\": \"random\",",
        "999999999999999999999",
    ];
    let mut dice = Dice(0xD1B5_4A32_D192_ED03);
    let mut held = 0;
    for i in 0..1_500 {
        let seed = &seeds[i % seeds.len()];
        // Changed letters are rarely JSON any more: every other time it is the values that change places.
        let text = match serde_json::from_str(seed) {
            Ok(value) if i % 2 == 0 => exchange(value, &mut dice).to_string(),
            _ => change(seed, &pieces, &mut dice),
        };
        held += usize::from(plan::run(&text));
    }
    assert!(held > 30, "interviews were held on {held} plans");
}

/// Puts a copy of one value in the place of another, up to three times.
fn exchange(mut value: Value, dice: &mut Dice) -> Value {
    for _ in 0..1 + dice.roll(3) {
        let mut places = Vec::new();
        list_places(&value, String::new(), &mut places);
        let from = value.pointer(&places[dice.roll(places.len())]).cloned().unwrap_or(Value::Null);
        if let Some(to) = value.pointer_mut(&places[dice.roll(places.len())]) {
            *to = from;
        }
    }
    value
}

/// The JSON Pointers of every value.
fn list_places(value: &Value, path: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            list_places(value, format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), places)
        }),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| list_places(value, format!("{path}/{i}"), places))
        }
        _ => {}
    }
    places.push(path);
}
