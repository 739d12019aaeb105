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
    /// In the order in which they were made: from, to, and what hides it; None: it was lifted.
    pub changes: Vec<(usize, usize, Option<Kind>)>,
    /// Digest of the masked text that was released, and who released it.
    released: Option<(Digest, String)>,
    withheld: bool,
}

/// Whether a text may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Nobody decided.
    Open,
    Released,
    /// It was released, and is masked otherwise now: it has to be looked at again, and is not published.
    Stale,
    Withheld,
}

/// Of every text that a note is about, by id.
pub type Standings = BTreeMap<Digest, Standing>;

/// Digest of a masked text.
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
                self.unit.clone_from(unit);
                self.indicator.clone_from(indicator);
            }
            NoteStep::Masked { from, to, kind } => self.changes.push((*from, *to, Some(*kind))),
            NoteStep::Lifted { from, to } => self.changes.push((*from, *to, None)),
            NoteStep::Released(texts) => {
                self.released = texts.get(at).map(|text| (text.clone(), note.by().to_owned()));
                self.withheld = false;
            }
            NoteStep::Withheld => {
                self.released = None;
                self.withheld = true;
            }
        }
    }

    /// Who released it.
    pub fn released_by(&self) -> Option<&str> {
        self.released.as_ref().map(|(_, by)| by.as_str())
    }

    /// `text`: as it was written.
    pub fn release(&self, text: &str) -> Release {
        match &self.released {
            None if self.withheld => Release::Withheld,
            None => Release::Open,
            Some((released, _)) if *released == digest(&masked(text, Some(self))) => Release::Released,
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
        let masked = texts.iter().map(|said| digest(&masked(&said.text, standings.get(&said.id))));
        let step = NoteStep::Released(masked.collect());
        (texts.iter().map(|said| said.id.clone()).collect(), step)
    }
}

/// Of these texts those that were released, masked. Nothing else of what people wrote may leave the office.
pub fn published<'a>(texts: &'a [Said], standings: &'a Standings) -> Vec<(&'a Said, &'a Standing, String)> {
    let released = texts.iter().filter_map(|said| {
        let standing = standings.get(&said.id)?;
        (standing.release(&said.text) == Release::Released)
            .then(|| (said, standing, masked(&said.text, Some(standing))))
    });
    released.collect()
}
