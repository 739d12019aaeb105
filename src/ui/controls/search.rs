//! What is searched in: all labels and names as one text, so that a search is one pass, and fifty thousand of them are not
//! as many strings.

/// After each entry, and between its label and its name. Nobody types them.
const AFTER: char = '\u{1}';
const BETWEEN: char = '\u{2}';

pub struct Index {
    text: String,
    /// Where each entry ends in the text.
    ends: Vec<u32>,
}

impl Index {
    /// Of labels alone.
    pub fn of_labels<'a>(labels: impl Iterator<Item = &'a str>) -> Index {
        Index::of(labels.map(|label| (label, "")))
    }

    /// Of labels and names.
    pub fn of<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Index {
        let mut text = String::new();
        for (label, name) in entries {
            for part in [label, BETWEEN.encode_utf8(&mut [0; 4]), name, AFTER.encode_utf8(&mut [0; 4])] {
                text.push_str(part);
            }
        }
        let text = fold(text);
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == AFTER as u8).map(|(at, _)| at as u32).collect();
        Index { text, ends }
    }

    /// Entries that hold what is wanted, by number, in order. Nothing wanted is in all of them.
    pub fn find(&self, wanted: &str) -> Vec<u32> {
        if wanted.is_empty() {
            return (0..self.ends.len() as u32).collect();
        }
        let wanted = fold(wanted.to_owned());
        let mut found = Vec::new();
        let (mut from, mut entry) = (0, 0);
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(wanted.as_str())) {
            let at = (from + at) as u32;
            while self.ends.get(entry).is_some_and(|end| *end < at) {
                entry += 1;
            }
            let Some(end) = self.ends.get(entry) else { break };
            found.push(entry as u32);
            // On behind the entry: once is enough.
            from = *end as usize + 1;
            entry += 1;
        }
        found
    }
}

/// Without case and width, by the browser's own tables, in one call.
fn fold(text: String) -> String {
    js_sys::JsString::from(text).normalize("NFKC").to_lower_case().into()
}
