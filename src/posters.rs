//! Posters and cards: signed links on paper, one for each place or window, or single-use codes for households.
//!
//! A [`Place`] is a line of a list that somebody pasted; a [`Poster`] its link, drawn. **Promises**: every drawing is read
//! back ([`read_back`]) from its lines as a telephone would, so that what is printed is known to open what it says
//! ([`told`]); single-use codes are random and different; in a plan that promises anonymity the name of a place is printed
//! and is not in the link. **Refuses** to sign, and to publish: the edges do. docs/posters.md says what short addresses
//! can do without a server.

mod fits;
mod list;
mod paper;
mod picture;
mod short;
mod told;

#[cfg(test)]
mod tests;

pub use fits::{Misfit, askable, misfits};
pub use list::{Fault, Place, parse_places};
pub use paper::{Layout, paper};
pub use picture::{Drawing, draw, read_back};
pub use short::{CODE_BYTES, leading_page, leads_to, short_address, short_code};
pub use told::{link_words, resolved, told};

use crate::batch::Link;
use crate::language::{Language, Words};
use crate::plan::{Digest, Listed, Mode, Plan, Text};

/// Of a long list of faults the first, and how many more there are.
pub fn first_told(all: Vec<String>, language: Language) -> Vec<String> {
    const MOST: usize = 20;
    let more = all.len().saturating_sub(MOST);
    let rest = (more > 0).then(|| Words::pair("……另有 {0} 处", "… and {0} more").count(language, &[more]));
    all.into_iter().take(MOST).chain(rest).collect()
}

/// What all links of a print run share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub round: String,
    pub questionnaire: String,
    pub mode: Mode,
    /// For places that name none.
    pub group: Option<String>,
    pub stratum: Option<String>,
}

/// One piece of paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poster {
    pub link: Link,
    /// The whole address, with the token.
    pub url: String,
    /// A short one that leads there, where there is one.
    pub short: Option<String>,
    /// Name of the place, and what else is printed below it.
    pub name: String,
    pub note: String,
    /// Which of how many, where the code counts once.
    pub serial: Option<(usize, usize)>,
    /// Of the short address where there is one, since a picture of fewer squares is easier to read.
    pub drawing: Drawing,
}

impl Poster {
    /// None: the address is too long to be drawn.
    pub fn new(
        link: Link,
        url: String,
        short: Option<String>,
        place: &Place,
        serial: Option<(usize, usize)>,
    ) -> Option<Poster> {
        let drawing = draw(short.as_deref().unwrap_or(&url))?;
        Some(Poster { link, url, short, name: place.name.clone(), note: place.note.clone(), serial, drawing })
    }
}

/// The link of a place, unsigned. `code`: for one use.
pub fn link_of(plan: &Plan, digest: &Digest, run: &Run, place: &Place, code: Option<String>) -> Link {
    let stratum = place.stratum.clone().or_else(|| run.stratum.clone());
    let mut label = Text::new();
    if !place.name.is_empty() && !plan.privacy.anonymous {
        label.insert(plan.languages.first().cloned().unwrap_or_else(|| "zh".to_owned()), place.name.clone());
    } else if let Some(stratum) = stratum.as_deref().and_then(|id| plan.stratum(id)) {
        label = stratum.label.clone();
    }
    Link {
        v: 1,
        plan: digest.clone(),
        file: Listed::of(plan, digest).file,
        round: run.round.clone(),
        questionnaire: run.questionnaire.clone(),
        mode: run.mode,
        rater_group: place.group.clone().or_else(|| run.group.clone()),
        stratum,
        place: label,
        code,
    }
}
