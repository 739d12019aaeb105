use std::ops::Range;

/// A text as phrases are looked for in it: small letters, one kind of apostrophe, cut into sentences.
pub(super) struct Sentences {
    /// Each character with the byte at which it stands in the text.
    characters: Vec<(usize, char)>,
    /// Ranges of `characters`.
    sentences: Vec<Range<usize>>,
    end: usize,
}

const ENDS: [char; 10] = ['。', '？', '！', '；', '?', '!', '.', ';', '\n', '…'];

impl Sentences {
    /// The first `most` characters of a text.
    pub fn of(text: &str, most: usize) -> Sentences {
        let plain = |c: char| match c {
            '’' | '‘' => '\'',
            c => c.to_lowercase().next().unwrap_or(c),
        };
        let characters: Vec<(usize, char)> = text.char_indices().take(most).map(|(at, c)| (at, plain(c))).collect();
        let mut sentences = Vec::new();
        let mut start = 0;
        for (i, (_, c)) in characters.iter().enumerate() {
            if ENDS.contains(c) {
                sentences.push(start..i + 1);
                start = i + 1;
            }
        }
        sentences.push(start..characters.len());
        let end = characters.last().map_or(0, |(at, _)| at + text[*at..].chars().next().map_or(0, char::len_utf8));
        Sentences { characters, sentences, end }
    }

    /// Where the first sentence has the phrase and none of `unless`: its bytes in the text. `…` in a phrase stands for
    /// anything inside a sentence.
    pub fn find(&self, phrase: &str, unless: &[&str]) -> Option<Range<usize>> {
        self.sentences.iter().find_map(|sentence| {
            let found = self.find_in(sentence.clone(), phrase)?;
            let excused = unless.iter().any(|other| self.find_in(sentence.clone(), other).is_some());
            (!excused).then(|| self.bytes(found))
        })
    }

    /// Where a word of `words` is joined to another one by a word of `joins`, with at most `gap` characters between the
    /// join and the second.
    pub fn find_pair(&self, words: &[&str], joins: &[&str], gap: usize) -> Option<Range<usize>> {
        self.sentences.iter().find_map(|sentence| {
            let mut at = sentence.start;
            while at < sentence.end {
                let first = words.iter().filter_map(|word| Some((word, self.starts(at, sentence.end, word)?)));
                let pair = first.max_by_key(|(_, end)| *end).and_then(|(word, end)| {
                    let after = joins.iter().find_map(|join| self.starts(end, sentence.end, join))?;
                    let reach = sentence.end.min(after + gap + 1);
                    let second = (after..reach).find_map(|from| {
                        let others = words.iter().filter(|other| *other != word);
                        others.filter_map(|other| self.starts(from, sentence.end, other)).max()
                    })?;
                    Some(at..second)
                });
                if let Some(pair) = pair {
                    return Some(self.bytes(pair));
                }
                at += 1;
            }
            None
        })
    }

    fn find_in(&self, sentence: Range<usize>, phrase: &str) -> Option<Range<usize>> {
        let mut parts = phrase.split('…');
        let first = parts.next()?;
        let (start, mut end) = self.find_part(sentence.clone(), first)?;
        for part in parts {
            end = self.find_part(end..sentence.end, part)?.1;
        }
        Some(start..end)
    }

    fn find_part(&self, within: Range<usize>, part: &str) -> Option<(usize, usize)> {
        within.clone().find_map(|at| Some((at, self.starts(at, within.end, part)?)))
    }

    /// Where the part ends that stands at this place. Latin words are whole: `rate` is not in `operated`.
    fn starts(&self, at: usize, end: usize, part: &str) -> Option<usize> {
        let latin = |i: usize| self.characters.get(i).is_some_and(|(_, c)| c.is_ascii_alphanumeric());
        let mut next = at;
        for wanted in part.chars() {
            if next >= end || self.characters[next].1 != wanted {
                return None;
            }
            next += 1;
        }
        let cut = |inside: usize, outside: Option<usize>| latin(inside) && outside.is_some_and(latin);
        let whole = next > at && !cut(at, at.checked_sub(1)) && !cut(next - 1, Some(next));
        whole.then_some(next)
    }

    fn bytes(&self, found: Range<usize>) -> Range<usize> {
        let byte = |i: usize| self.characters.get(i).map_or(self.end, |(at, _)| *at);
        byte(found.start)..byte(found.end)
    }
}
