//! The parts of a plan as the editor shows them.

use super::pen::Pen;
use super::{basics, indicators, parts, questions, quotas, raters, scales, strata, text, texts, units, versions};
use crate::ui::element::Element;
use crate::ui::words::{Words, design as words};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Basics,
    Units,
    Indicators,
    Scales,
    Raters,
    Strata,
    Quotas,
    Questions,
    Parts,
    Texts,
    Versions,
    Text,
}

impl Section {
    pub const ALL: [Section; 12] = [
        Section::Basics,
        Section::Units,
        Section::Indicators,
        Section::Scales,
        Section::Raters,
        Section::Strata,
        Section::Quotas,
        Section::Questions,
        Section::Parts,
        Section::Texts,
        Section::Versions,
        Section::Text,
    ];

    /// In the address.
    pub fn name(self) -> &'static str {
        match self {
            Section::Basics => "basics",
            Section::Units => "units",
            Section::Indicators => "indicators",
            Section::Scales => "scales",
            Section::Raters => "raters",
            Section::Strata => "strata",
            Section::Quotas => "quotas",
            Section::Questions => "questions",
            Section::Parts => "parts",
            Section::Texts => "texts",
            Section::Versions => "versions",
            Section::Text => "text",
        }
    }

    pub fn read(name: &str) -> Section {
        Section::ALL.into_iter().find(|section| section.name() == name).unwrap_or(Section::Basics)
    }

    pub fn words(self) -> Words {
        match self {
            Section::Basics => words::S_BASICS,
            Section::Units => words::S_UNITS,
            Section::Indicators => words::S_INDICATORS,
            Section::Scales => words::S_SCALES,
            Section::Raters => words::S_RATERS,
            Section::Strata => words::S_STRATA,
            Section::Quotas => words::S_QUOTAS,
            Section::Questions => words::S_QUESTIONS,
            Section::Parts => words::S_PARTS,
            Section::Texts => words::S_TEXTS,
            Section::Versions => words::S_VERSIONS,
            Section::Text => words::S_TEXT,
        }
    }

    /// Where what stands at a JSON Pointer is changed. What has no fields of its own: in the text.
    pub fn of(path: &str) -> Section {
        match path.split('/').nth(1).unwrap_or_default() {
            "id" | "version" | "languages" | "title" | "asker" | "purpose" | "privacy" | "rounds" | "modes"
            | "telephone" => Section::Basics,
            "units" | "unit_groups" => Section::Units,
            "indicators" => Section::Indicators,
            "scales" => Section::Scales,
            "rater_groups" => Section::Raters,
            "strata" => Section::Strata,
            "quotas" => Section::Quotas,
            "questionnaires" | "choice_lists" => Section::Questions,
            "parts" => Section::Parts,
            _ => Section::Text,
        }
    }

    /// Whether its fields need a text that is JSON.
    pub fn needs_json(self) -> bool {
        !matches!(self, Section::Text | Section::Versions)
    }

    pub fn build(self, pen: Pen) -> Element {
        match self {
            Section::Basics => basics::basics(pen),
            Section::Units => units::units(pen),
            Section::Indicators => indicators::indicators(pen),
            Section::Scales => scales::scales(pen),
            Section::Raters => raters::raters(pen),
            Section::Strata => strata::strata(pen),
            Section::Quotas => quotas::quotas(pen),
            Section::Questions => questions::questions(pen),
            Section::Parts => parts::parts(pen),
            Section::Texts => texts::texts(pen),
            Section::Versions => versions::versions(pen),
            Section::Text => text::text(pen),
        }
    }
}
