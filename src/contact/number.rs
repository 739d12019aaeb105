//! Telephone numbers as they stand in lists.

/// A number that somebody can call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// As it is read out and dialled by hand.
    pub said: String,
    /// An address of RFC 3966, such as `tel:+861012345678;ext=801`. `None`: what is written may be more than one number, or more than
    /// a number, and nothing is dialled by guess.
    pub tel: Option<String>,
}

/// What stands between the number and the extension behind a switchboard.
const EXTENSIONS: [&str; 5] = ["分机", "转", "ext", "x", "#"];
/// What may stand between that and the extension's digits.
const BEFORE_EXTENSION: [char; 10] = [' ', '\t', '.', ':', '：', '-', '号', '機', '机', '　'];
/// So many digits beside so many others are two numbers: no part of one number is as long.
const WHOLE: usize = 7;
/// ITU-T E.164 has no longer ones.
const LONGEST: usize = 15;

/// Each number of a cell of a list, which may hold several. What has fewer than three digits is none.
pub fn numbers(cell: &str) -> Vec<Number> {
    let separator = |letter: char| matches!(letter, '/' | ';' | '；' | '、' | '，' | ',' | '\n' | '或');
    cell.split(separator).flat_map(apart).filter_map(number).collect()
}

/// Whole numbers with nothing but white space between them.
fn apart(part: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut before) = (0, 0);
    for (at, word) in part.split_whitespace().map(|word| (word.as_ptr() as usize - part.as_ptr() as usize, word)) {
        let here = digits(word).len();
        if before >= WHOLE && here >= WHOLE {
            found.push(&part[start..at]);
            start = at;
        }
        before = here;
    }
    found.push(&part[start..]);
    found
}

fn number(part: &str) -> Option<Number> {
    let part = part.trim();
    if digits(part).len() < 3 {
        return None;
    }
    Some(Number { said: part.to_owned(), tel: address(part) })
}

fn address(part: &str) -> Option<String> {
    let (main, extension) = match extension(part) {
        Some((main, extension)) => (main, Some(extension)),
        None => (part, None),
    };
    // What is said of a number stands in brackets behind it: whose it is, or where.
    let said = main
        .char_indices()
        .find(|(at, letter)| matches!(letter, '(' | '（' | '[' | '【' | '〔') && digits(&main[..*at]).len() >= WHOLE);
    let main = said.map_or(main, |(at, _)| &main[..at]);
    let number = digits(main);
    if !(3..=LONGEST).contains(&number.len()) || !is_one(main) {
        return None;
    }
    let mut tel = String::from(if main.starts_with(['+', '＋']) { "tel:+" } else { "tel:" });
    tel.push_str(&number);
    if let Some(extension) = extension {
        // Digits behind it that do not follow each other belong to something else.
        if !is_one(extension) || digits(extension).len() > WHOLE {
            return None;
        }
        tel.push_str(";ext=");
        tel.push_str(&digits(extension));
    }
    Some(tel)
}

/// The number and what follows the mark of an extension, where digits do.
fn extension(part: &str) -> Option<(&str, &str)> {
    // Only ASCII: the lower case of other letters may take other places.
    let lower = part.to_ascii_lowercase();
    let places = EXTENSIONS.iter().flat_map(|mark| lower.match_indices(mark).map(|(at, mark)| (at, at + mark.len())));
    let followed = places.filter_map(|(at, end)| {
        let rest = part[end..].trim_start_matches(BEFORE_EXTENSION);
        (digit(rest.chars().next()?).is_some() && !digits(&part[..at]).is_empty()).then_some((at, rest))
    });
    followed.min_by_key(|(at, _)| *at).map(|(at, rest)| (&part[..at], rest))
}

/// Whether no words stand between digits.
fn is_one(text: &str) -> bool {
    let mut words = false;
    let mut begun = false;
    for letter in text.chars() {
        match digit(letter) {
            Some(_) if words => return false,
            Some(_) => begun = true,
            None => words |= begun && letter.is_alphabetic(),
        }
    }
    true
}

fn digit(letter: char) -> Option<char> {
    match letter {
        '０'..='９' => char::from_digit(letter as u32 - '０' as u32, 10),
        _ => Some(letter).filter(char::is_ascii_digit),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}
