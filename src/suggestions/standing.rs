use super::{Kind, Note, NoteStep, Notes, Said, masked};
use crate::expression::sha_256;
use crate::plan::Digest;
use base64ct::{Base64UrlUnpadded, Encoding};
use std::collections::{BTreeMap, BTreeSet};

/// What the notes of one text come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub tags: BTreeSet<String>,
    pub unit: Option<String>,
    pub indicator: Option<String>,
    /// What the office answered last.
    pub answer: Option<String>,
    /// In the order in which they were made: from, to, and what hides it; None: it was lifted.
    pub changes: Vec<(usize, usize, Option<Kind>)>,
    /// What was released ([`released`]), and who released it.
    released: Option<(Digest, String)>,
    withheld: bool,
    /// Every note that ever withheld it.
    withholdings: BTreeSet<Digest>,
}

/// Whether a text may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Nobody decided.
    Open,
    Released,
    /// It was released, and is masked otherwise now, or somebody withheld it without knowing of that: it has to be looked
    /// at again, and is not published.
    Stale,
    Withheld,
}

/// Of every text that a note is about, by id.
pub type Standings = BTreeMap<Digest, Standing>;

/// Digest of what a release is about: the text's id, which nobody can guess who has not the record, the masked text, and every
/// withholding that was known. One that was not known makes it another.
fn released(said: &Said, standing: Option<&Standing>) -> Digest {
    let masked = masked(&said.text, standing);
    let withheld = standing.into_iter().flat_map(|standing| &standing.withholdings).map(Digest::as_str);
    let parts: Vec<&str> =
        ["minping-release", said.id.as_str()].into_iter().chain(withheld).chain(["", &masked]).collect();
    digest(&parts.join("\n"))
}

fn digest(text: &str) -> Digest {
    Digest(Base64UrlUnpadded::encode_string(&sha_256(text.as_bytes())))
}

impl Standing {
    fn advance(&mut self, note: &Note, at: usize) {
        match note.step() {
            NoteStep::Tagged(tag) => {
                self.tags.insert(tag.clone());
            }
            NoteStep::Untagged(tag) => {
                self.tags.remove(tag);
            }
            NoteStep::Assigned { unit, indicator } => {
                let set = |own: &mut Option<String>, given: &Option<String>| {
                    if let Some(given) = given {
                        *own = Some(given.clone()).filter(|id| !id.is_empty());
                    }
                };
                set(&mut self.unit, unit);
                set(&mut self.indicator, indicator);
            }
            NoteStep::Answered(text) => self.answer = Some(text.clone()).filter(|text| !text.is_empty()),
            NoteStep::Masked { from, to, kind } => self.changes.push((*from, *to, Some(*kind))),
            NoteStep::Lifted { from, to } => self.changes.push((*from, *to, None)),
            NoteStep::Released(texts) => {
                self.released = texts.get(at).map(|text| (text.clone(), note.by().to_owned()));
                self.withheld = false;
            }
            NoteStep::Withheld => {
                self.released = None;
                self.withheld = true;
                self.withholdings.insert(note.id().clone());
            }
        }
    }

    /// Who released it.
    pub fn released_by(&self) -> Option<&str> {
        self.released.as_ref().map(|(_, by)| by.as_str())
    }

    /// `said`: the text that it is of.
    pub fn release(&self, said: &Said) -> Release {
        match &self.released {
            None if self.withheld => Release::Withheld,
            None => Release::Open,
            Some((digest, _)) if *digest == released(said, Some(self)) => Release::Released,
            Some(_) => Release::Stale,
        }
    }
}

impl Notes {
    /// How every text stands.
    pub fn standings(&self) -> Standings {
        let mut notes: Vec<&Note> = self.all().collect();
        notes.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut standings = Standings::new();
        for note in notes {
            for (at, id) in note.of().iter().enumerate() {
                standings.entry(id.clone()).or_default().advance(note, at);
            }
        }
        standings
    }

    /// The step that releases these texts as they are masked now.
    pub fn release(texts: &[&Said], standings: &Standings) -> (Vec<Digest>, NoteStep) {
        let released = texts.iter().map(|said| released(said, standings.get(&said.id)));
        let step = NoteStep::Released(released.collect());
        (texts.iter().map(|said| said.id.clone()).collect(), step)
    }

    /// Names exactly these texts as they are masked now, in any order: who releases them says with it that he saw them so.
    pub fn seen(texts: &[&Said], standings: &Standings) -> String {
        let mut all: Vec<String> = texts.iter().map(|said| released(said, standings.get(&said.id)).0).collect();
        all.sort();
        digest(&all.join("\n")).short().to_owned()
    }
}

/// Of these texts those that were released, masked. Nothing else of what people wrote may leave the office.
pub fn published<'a>(texts: &'a [Said], standings: &'a Standings) -> Vec<(&'a Said, &'a Standing, String)> {
    let released = texts.iter().filter_map(|said| {
        let standing = standings.get(&said.id)?;
        (standing.release(said) == Release::Released).then(|| (said, standing, masked(&said.text, Some(standing))))
    });
    released.collect()
}
