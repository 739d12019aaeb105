//! Telephone numbers as they stand in lists.

/// A number that can be dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// As it is read out and dialled by hand.
    pub said: String,
    /// An address of RFC 3966, such as `tel:+861012345678;ext=801`.
    pub tel: String,
}

/// What stands between the number and the extension behind a switchboard.
const EXTENSIONS: [&str; 5] = ["分机", "转", "ext", "x", "#"];

/// Each number of a cell of a list, which may hold several. What has fewer than three digits is none.
pub fn numbers(cell: &str) -> Vec<Number> {
    let separator = |letter: char| matches!(letter, '/' | ';' | '；' | '、' | '，' | ',' | '\n');
    cell.split(separator).filter_map(number).collect()
}

fn number(part: &str) -> Option<Number> {
    let part = part.trim();
    let lower = part.to_lowercase();
    // Where lower case takes other places than the text, there is no extension to be found.
    let lower = if lower.len() == part.len() { lower } else { part.to_owned() };
    let at = EXTENSIONS.iter().filter_map(|mark| lower.find(mark)).min();
    let (main, extension) = part.split_at(at.unwrap_or(part.len()));
    let main = digits(main);
    if main.len() < 3 {
        return None;
    }
    let mut tel = String::from(if part.starts_with(['+', '＋']) { "tel:+" } else { "tel:" });
    tel.push_str(&main);
    let extension = digits(extension);
    if !extension.is_empty() {
        tel.push_str(";ext=");
        tel.push_str(&extension);
    }
    Some(Number { said: part.to_owned(), tel })
}

fn digits(text: &str) -> String {
    let plain = |letter: char| match letter {
        '０'..='９' => char::from_digit(letter as u32 - '０' as u32, 10),
        _ => Some(letter).filter(char::is_ascii_digit),
    };
    text.chars().filter_map(plain).collect()
}
