use super::{Answer, Session};
use crate::expression::{is_date, is_number, is_time};
use crate::language::{Numerals, is_rtl};
use crate::plan::prose::{Piece, pieces, plain};
use crate::plan::{Item, ItemType, Text, pick};

/// What stands in a text for an answer that is not there.
const NOTHING: &str = "…";

impl Session {
    /// A text of the plan in the language of the interview, as it is written: with its marks and with `${name}`.
    pub fn written<'a>(&'a self, text: &'a Text) -> &'a str {
        pick(text, self.language(), self.plan().languages.first().map_or("", String::as_str))
    }

    /// Words with the answers put in where `${name}` stands: for a choice or grade its label, for a number or a text what was
    /// answered, for what has no answer or does not apply `…`. `at`: the item whose words they are, since in a repeat
    /// `${name}` is the answer of the same instance.
    ///
    /// What was answered is isolated from the words around it, so that it cannot turn their direction.
    pub fn fill(&self, at: usize, words: &str) -> String {
        let mut text = String::with_capacity(words.len());
        for piece in pieces(words) {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Answer(name, _) => match self.near(at, name) {
                    Some(item) => isolate(&self.said(item), is_rtl(self.language()), &mut text),
                    None => text.push_str(NOTHING),
                },
            }
        }
        text
    }

    /// The items whose answers stand in the words: `None` for one that is not there now.
    pub fn told_in(&self, at: usize, words: &str) -> Vec<Option<usize>> {
        let names = pieces(words).filter_map(|piece| match piece {
            Piece::Answer(name, _) => Some(name),
            Piece::Words(_) => None,
        });
        names.map(|name| self.near(at, name)).collect()
    }

    /// A text of the plan as one line of words: marks taken away, answers put in.
    pub fn say(&self, at: usize, text: &Text) -> String {
        self.fill(at, &plain(self.written(text)))
    }

    /// The item that a name means where it stands beside the item `at`: in a repeat that of the same instance, from outside of
    /// one that of the first.
    fn near(&self, at: usize, name: &str) -> Option<usize> {
        let item = self.instrument.named(name)?;
        let (own, instance) = self.spot(at);
        let (frame, here) = (self.instrument.frame_of[item], self.instrument.frame_of[own]);
        let common = self.instrument.common(frame, here);
        let around = self.state.layout.ancestor(&self.instrument, here, instance, common);
        let mut found = self.state.layout.descend(&self.instrument, common, around, frame);
        found.next().map(|instance| self.state.layout.index((item, instance)))
    }

    /// The answer of an item as a person reads it; empty where there is none.
    pub fn reads(&self, item: usize) -> String {
        let said = self.said(item);
        if said == NOTHING { String::new() } else { said }
    }

    fn said(&self, item: usize) -> String {
        let Some(answer) = self.answer(item).filter(|_| self.is_relevant(item)) else { return NOTHING.to_owned() };
        let found = self.item(item);
        let text = match answer {
            Answer::Integer(number) => self.numerals().write(&number.to_string()),
            Answer::Text(text) => self.worded(found, text),
            Answer::Choices(names) => {
                let separator = if self.language().starts_with("zh") { "、" } else { ", " };
                let labels: Vec<String> = names.iter().map(|name| self.label(found, name)).collect();
                labels.join(separator)
            }
            Answer::Grid(_) => String::new(),
        };
        if text.trim().is_empty() { NOTHING.to_owned() } else { text }
    }

    /// How the language of the interview writes numbers.
    pub fn numerals(&self) -> Numerals {
        self.graph.host.numerals(self.language()).unwrap_or_default()
    }

    /// A value that is kept as text: numbers and days as the language of the interview writes them.
    fn worded(&self, item: &Item, text: &str) -> String {
        use ItemType::{Calculate, Date, Datetime, Decimal, Hidden, Range, Time};
        let free = matches!(item.kind, Calculate | Hidden);
        if matches!(item.kind, Decimal | Range) || free && is_number(text) {
            return self.numerals().write(text);
        }
        if matches!(item.kind, Date | Time | Datetime) || free && is_day(text) {
            return self.graph.host.moment(text, self.language()).unwrap_or_else(|| text.replacen('T', " ", 1));
        }
        self.label(item, text)
    }

    /// The label of a choice or grade; of anything else, the words themselves. A label that names answers in turn is not
    /// followed further: a text that showed itself would have no end.
    fn label(&self, item: &Item, name: &str) -> String {
        let list = item.choices.as_deref().and_then(|id| self.plan().choice_list(id));
        let scale = item.scale.as_deref().and_then(|id| self.plan().scale(id));
        let choices = list.into_iter().flat_map(|list| &list.choices).map(|choice| (&choice.name, &choice.label));
        let grades = scale.into_iter().flat_map(|scale| &scale.grades).map(|grade| (&grade.name, &grade.label));
        let missing = scale.into_iter().flat_map(|scale| &scale.missing).map(|answer| (&answer.name, &answer.label));
        let mut all = choices.chain(grades).chain(missing);
        let Some((_, label)) = all.find(|(known, _)| *known == name) else { return name.to_owned() };
        let words = plain(self.written(label));
        let words = pieces(&words).map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Answer(..) => NOTHING,
        });
        words.collect()
    }
}

/// Whether a value that was worked out is a day, or a day and a time as `now()` writes it.
fn is_day(text: &str) -> bool {
    let (day, time) = text.split_once('T').unwrap_or((text, "00:00"));
    is_date(day) && time.get(..5).is_some_and(is_time)
}

/// Puts what was answered between marks of isolation where it could turn the direction of what is around it; control
/// characters of direction are left out.
fn isolate(said: &str, rtl: bool, text: &mut String) {
    let turns = rtl || said.chars().any(|letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'));
    if turns {
        text.push('\u{2068}');
    }
    text.extend(said.chars().filter(|letter| {
        !matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    }));
    if turns {
        text.push('\u{2069}');
    }
}
