use super::{Plan, Text, pick};
use crate::plan::prose::{Piece, pieces, plain};
use serde::Serialize;

#[cfg(feature = "schema")]
use schemars::JsonSchema;

/// What a caller says on the telephone around the questions. `${title}`, `${asker}`, `${purpose}`, `${notice}`, `${round}`, `${place}` and
/// `${group}` stand for the plan's own texts: those of the case where they differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Telephone {
    /// When somebody answers. Left out: who asks, what it is called, why, and what happens to the answers.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub opening: Text,
    /// When somebody hesitates or is about to refuse.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub persuasion: Text,
    /// What is left on an answering machine.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub voicemail: Text,
    /// The last words, after an interview and after a refusal.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub ending: Text,
}

/// What `${…}` may name in these texts.
pub const PIPED: [&str; 7] = ["title", "asker", "purpose", "notice", "round", "place", "group"];

/// Of which case a script speaks, by ids of the plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Called<'a> {
    pub round: &'a str,
    pub stratum: Option<&'a str>,
    pub group: Option<&'a str>,
}

impl Plan {
    /// A text of the script with the plan's texts put in, in a language of the plan; what is not known of the case is left
    /// out. Marks stay, for whoever shows them.
    pub fn script(&self, text: &Text, called: Called, language: &str) -> String {
        let fallback = self.languages.first().map_or("", String::as_str);
        let mut out = String::new();
        for piece in pieces(pick(text, language, fallback)) {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Answer(name, _) => out.push_str(&plain(pick(self.piped(name, called), language, fallback))),
            }
        }
        out
    }

    fn piped(&self, name: &str, called: Called) -> &Text {
        static NONE: Text = Text::new();
        let found = match name {
            "title" => Some(&self.title),
            "asker" => Some(&self.asker),
            "purpose" => Some(&self.purpose),
            "notice" => Some(&self.privacy.notice),
            "round" => self.round(called.round).map(|round| &round.label),
            "place" => called.stratum.and_then(|id| self.stratum(id)).map(|stratum| &stratum.label),
            "group" => called.group.and_then(|id| self.rater_group(id)).map(|group| &group.label),
            _ => None,
        };
        found.unwrap_or(&NONE)
    }
}
