//! What the texts of a plan may hold besides words: a small Markdown (emphasis, links to the plan's hosts, lists,
//! headings, line breaks) and `${name}`, the answer of an item. It becomes lines of runs, never HTML: what is no mark here
//! is shown as it is written.

/// A line as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub kind: LineKind,
    pub runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Of a paragraph; `true`: the first one after an empty line.
    Words(bool),
    Heading,
    /// Of a list; with its number where the list is numbered.
    Entry(Option<u32>),
}

/// Words that look alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// With `${name}` as it is written: answers are filled in after the marks were read, so that no answer is a mark.
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// Address of a link, `https` on a host that the plan allows.
    pub link: Option<String>,
}

/// Whether the text may hold anything but words and `${name}`.
pub fn is_marked(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'[' | b'\\' | b'\n' | b'#'))
        || text.starts_with(['-', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
}

/// The lines of a text. `hosts`: where links may lead.
pub fn read(text: &str, hosts: &[String]) -> Vec<Line> {
    lines(text, &|address| is_allowed(address, hosts))
}

fn lines(text: &str, allows: &dyn Fn(&str) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut parted = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            parted = !lines.is_empty();
            continue;
        }
        let (kind, words) = start(line, parted);
        parted = false;
        lines.push(Line { kind, runs: Reader { rest: words, allows, none: [false; 5], runs: Vec::new() }.read() });
    }
    lines
}

/// The text without its marks, on one line; `${name}` stays.
pub fn plain(text: &str) -> String {
    if !is_marked(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for line in read(text, &[]) {
        if !out.is_empty() {
            out.push(' ');
        }
        line.runs.iter().for_each(|run| out.push_str(&run.text));
    }
    out
}

/// The pieces of a text: words, and the names in `${…}` between them.
pub fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text, at: 0 }
}

/// See [`pieces`].
pub struct Pieces<'a> {
    rest: &'a str,
    at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    /// The name, and the byte at which its `${` stands.
    Answer(&'a str, usize),
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let (piece, length) = match reference(self.rest) {
            Some((name, length)) => (Piece::Answer(name, self.at), length),
            None if self.rest.is_empty() => return None,
            None => {
                let mut end = self.rest.len();
                let mut from = 0;
                while let Some(found) = self.rest[from..].find("${") {
                    if reference(&self.rest[from + found..]).is_some() {
                        end = from + found;
                        break;
                    }
                    from += found + 2;
                }
                (Piece::Words(&self.rest[..end]), end)
            }
        };
        self.rest = &self.rest[length..];
        self.at += length;
        Some(piece)
    }
}

/// The name that a text begins with in `${…}`, and the bytes that this takes.
fn reference(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("${")?;
    let end = inner.find(['}', '\n', '$', '{'])?;
    let name = inner[..end].trim();
    (inner[end..].starts_with('}') && !name.is_empty() && !name.contains(' ')).then_some((name, end + 3))
}

/// What the line is by its beginning, and its words.
fn start(line: &str, parted: bool) -> (LineKind, &str) {
    for bullet in ["- ", "* ", "+ "] {
        if let Some(words) = line.strip_prefix(bullet) {
            return (LineKind::Entry(None), words.trim_start());
        }
    }
    let words = line.trim_start_matches('#');
    if (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') {
        return (LineKind::Heading, words.trim());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if let Some(words) = line[digits..].strip_prefix(". ").filter(|_| (1..=3).contains(&digits)) {
        return (LineKind::Entry(line[..digits].parse().ok()), words.trim_start());
    }
    (LineKind::Words(parted), line)
}

/// Marks of emphasis; `__` and `_` count at the edge of a word only.
const MARKS: [(&str, bool); 4] = [("**", true), ("__", true), ("*", false), ("_", false)];

struct Reader<'a> {
    rest: &'a str,
    allows: &'a dyn Fn(&str) -> bool,
    /// For each mark, and last for links: nothing ends one any more in this line. So a long line is not searched again and
    /// again.
    none: [bool; 5],
    runs: Vec<Run>,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Run> {
        let mut run = Run::default();
        // The marks that are open, by their place.
        let mut open: Vec<usize> = Vec::new();
        let mut before = ' ';
        while let Some(letter) = self.rest.chars().next() {
            if let Some((_, length)) = reference(self.rest) {
                run.text.push_str(&self.rest[..length]);
                (self.rest, before) = (&self.rest[length..], '}');
                continue;
            }
            if letter == '\\'
                && let Some(escaped) = self.rest[1..].chars().next().filter(char::is_ascii_punctuation)
            {
                run.text.push(escaped);
                (self.rest, before) = (&self.rest[2..], escaped);
                continue;
            }
            if letter == '['
                && let Some((words, address, length)) = self.link()
            {
                self.rest = &self.rest[length..];
                self.end(&mut run);
                if (self.allows)(&address) {
                    self.runs.push(Run { text: words, link: Some(address), ..run.clone() });
                } else {
                    run.text = [&words, " (", &address, ")"].concat();
                }
                before = ')';
                continue;
            }
            if let Some((at, closes)) = self.mark(before, &open) {
                self.rest = &self.rest[MARKS[at].0.len()..];
                self.end(&mut run);
                if closes {
                    open.retain(|&other| other != at)
                } else {
                    open.push(at)
                }
                run.strong = open.iter().any(|&at| MARKS[at].1);
                run.emphasis = open.iter().any(|&at| !MARKS[at].1);
                before = '*';
                continue;
            }
            run.text.push(letter);
            (self.rest, before) = (&self.rest[letter.len_utf8()..], letter);
        }
        self.end(&mut run);
        self.runs
    }

    fn end(&mut self, run: &mut Run) {
        if !run.text.is_empty() {
            let text = std::mem::take(&mut run.text);
            self.runs.push(Run { text, ..run.clone() });
        }
    }

    /// The mark that stands here, and whether it closes one.
    fn mark(&mut self, before: char, open: &[usize]) -> Option<(usize, bool)> {
        let at = MARKS.iter().position(|(mark, _)| self.rest.starts_with(mark))?;
        let (mark, _) = MARKS[at];
        let after = self.rest[mark.len()..].chars().next().unwrap_or(' ');
        let in_word = mark.starts_with('_') && is_word(before) && is_word(after);
        if in_word {
            return None;
        }
        if open.contains(&at) {
            return (!before.is_whitespace()).then_some((at, true));
        }
        if after.is_whitespace() || (mark.starts_with('_') && is_word(before)) || self.none[at] {
            return None;
        }
        let mut rest = &self.rest[mark.len()..];
        let mut last = ' ';
        while let Some(letter) = rest.chars().next() {
            if rest.starts_with(mark) && !last.is_whitespace() {
                return Some((at, false));
            }
            last = letter;
            rest = &rest[letter.len_utf8()..];
        }
        self.none[at] = true;
        None
    }

    /// Words and address of the link that stands here, and the bytes that it takes.
    fn link(&mut self) -> Option<(String, String, usize)> {
        if self.none[4] {
            return None;
        }
        let middle = self.rest[1..].find(['[', ']'])? + 1;
        if !self.rest[middle..].starts_with("](") {
            return None;
        }
        let words = &self.rest[1..middle];
        let address = &self.rest[middle + 2..];
        let Some(end) = address.find(')') else {
            self.none[4] = true;
            return None;
        };
        let (words, address) = (words.trim(), address[..end].trim());
        let sound = !words.is_empty() && !address.is_empty();
        sound.then(|| (words.to_owned(), address.to_owned(), middle + 2 + end + 1))
    }
}

/// ASCII only: the tables of the world's letters are too large for the answering app, and Chinese has no words to be inside.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Every address to which the text has a link.
pub fn addresses(text: &str) -> Vec<String> {
    let all = &|_: &str| true;
    let runs = lines(text, all).into_iter().flat_map(|line| line.runs);
    runs.filter_map(|run| run.link).collect()
}

/// Whether a link may lead there. Compared letter by letter with what stands between `https://` and the path, so that
/// whatever browsers read otherwise (a user's name, a port, a backslash) is no host of the plan.
pub fn is_allowed(address: &str, hosts: &[String]) -> bool {
    let Some(rest) = address.strip_prefix("https://") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    hosts.iter().any(|host| *host == rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        for line in read(text, &["ok.example".to_owned()]) {
            out += match line.kind {
                LineKind::Words(true) => "¶",
                LineKind::Words(false) => "",
                LineKind::Heading => "#",
                LineKind::Entry(None) => "•",
                LineKind::Entry(Some(_)) => "№",
            };
            for run in line.runs {
                let style = ["", "e", "s", "se"][usize::from(run.strong) * 2 + usize::from(run.emphasis)];
                out += &match (run.link, style) {
                    (Some(link), _) => format!("<{style} {link}>{}</>", run.text),
                    (None, "") => run.text,
                    _ => format!("<{style}>{}</>", run.text),
                };
            }
            out += "|";
        }
        out
    }

    #[test]
    fn marks_become_runs_and_everything_else_stays_as_it_is_written() {
        for (written, expected) in [
            ("plain", "plain|"),
            ("**很** *快* __a__ _b_", "<s>很</> <e>快</> <s>a</> <e>b</>|"),
            ("**strong _both_**", "<s>strong </><se>both</>|"),
            ("2 * 3 * 4 and a_b_c and **open", "2 * 3 * 4 and a_b_c and **open|"),
            (r"\*kept\* and \\", r"*kept* and \|"),
            ("请**务必**填写", "请<s>务必</>填写|"),
            ("one\ntwo\n\nthree", "one|two|¶three|"),
            ("# Title\n- a\n- *b*\n3. c\n2026. d", "#Title|•a|•<e>b</>|№c|2026. d|"),
            ("[here](https://ok.example/x?y)", "< https://ok.example/x?y>here</>|"),
            ("**[here](https://ok.example)**", "<s https://ok.example>here</>|"),
            ("[here](https://bad.example/)", "here (https://bad.example/)|"),
            ("[here](javascript:alert(1))", "here (javascript:alert(1))|"),
            ("[a [b](https://ok.example)", "[a < https://ok.example>b</>|"),
            ("<b onclick=x>&amp;</b>", "<b onclick=x>&amp;</b>|"),
            ("${a_b_c} *${x*y}*", "${a_b_c} <e>${x*y}</>|"),
            ("", ""),
        ] {
            assert_eq!(shown(written), expected, "{written}");
        }
    }

    #[test]
    fn a_link_leads_to_the_hosts_of_the_plan_only() {
        let hosts = ["ok.example".to_owned()];
        for address in ["https://ok.example", "https://ok.example/a b", "https://ok.example?q", "https://ok.example#x"]
        {
            assert!(is_allowed(address, &hosts), "{address}");
        }
        for address in [
            "http://ok.example",
            "//ok.example",
            "https://ok.example.evil",
            "https://ok.example@evil/",
            "https://ok.example\\@evil/",
            "https://ok.example:8443/",
            "https://OK.example/",
            "https://evil/https://ok.example",
            "https:/ok.example",
            " https://ok.example",
            "https://ok.\texample",
        ] {
            assert!(!is_allowed(address, &hosts), "{address}");
        }
    }

    #[test]
    fn the_plain_form_has_the_words_and_no_marks() {
        assert_eq!(plain("# 一\n- **二** ${x}\n[三](https://a.b/c)"), "一 二 ${x} 三 (https://a.b/c)");
        assert_eq!(addresses("[a](https://x/) [b] [c](d)"), ["https://x/", "d"]);
    }

    #[test]
    fn names_are_found_with_their_places() {
        let found: Vec<Piece> = pieces("$a ${b} ${ c }${} ${d").collect();
        assert_eq!(
            found,
            [
                Piece::Words("$a "),
                Piece::Answer("b", 3),
                Piece::Words(" "),
                Piece::Answer("c", 8),
                Piece::Words("${} ${d")
            ]
        );
    }

    #[test]
    fn a_long_line_of_marks_takes_no_longer_than_its_length() {
        for piece in ["*a ", "**a", "[a", "[a](", "_a ", "\\", "__a_ ", "${", "*a*", "[", "[[](x)"] {
            let text = piece.repeat(250_000 / piece.len());
            let began = std::time::Instant::now();
            read(&text, &[]);
            plain(&text);
            let _ = pieces(&text).count();
            addresses(&text);
            assert!(began.elapsed().as_secs_f64() < 3.0, "{piece}: {:?}", began.elapsed());
        }
    }

    proptest! {
        #[test]
        fn no_text_is_refused_and_no_word_is_lost(text in "[a-c*_\\[\\]()#\\\\${}\\n .0-9中-]{0,40}") {
            let letters = |text: &str| text.chars().filter(|c| matches!(c, 'a'..='c' | '中')).collect::<String>();
            prop_assert_eq!(letters(&plain(&text)), letters(&text));
            let whole: String = pieces(&text).map(|piece| match piece {
                Piece::Words(words) => words.to_owned(),
                Piece::Answer(name, at) => { assert!(text[at..].starts_with("${")); format!("<{name}>") }
            }).collect();
            prop_assert_eq!(letters(&whole), letters(&text));
        }
    }
}
