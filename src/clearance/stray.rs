//! What nobody can read on this device: it goes out as it is, into safe hands, and only then is it no longer in the way.

use super::ASIDE;
use crate::contact;
use crate::outbox::{self, Changes, View};
use crate::session::Draft;
use crate::store::checksum::{crc32, hex8};
use crate::store::{DRAFT, Source, Unreadable};

/// Before the mark of a body that somebody confirmed to have elsewhere.
const GIVEN: &str = "setting/given-out/";

/// An entry that cannot be read here, that was set aside because it could not, or that is sealed and in no count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    pub key: String,
    /// As it is kept.
    pub raw: String,
    /// Of this body and no other: what changes since is in nobody's hands.
    mark: String,
}

impl Stray {
    fn new(key: String, raw: String) -> Stray {
        let sum = hex8(crc32(&[key.as_bytes(), b"\n", raw.as_bytes()]));
        let mark = [GIVEN, &String::from_utf8_lossy(&sum), "-", &raw.len().to_string()].concat();
        Stray { key, raw, mark }
    }

    /// The same with what lies in the store, where less of it is shown.
    pub fn with(self, raw: String) -> Stray {
        Stray { raw, ..self }
    }

    pub fn is_draft(&self) -> bool {
        self.key.starts_with(DRAFT)
    }

    /// As it stands in a rescue file.
    pub fn unreadable(&self) -> Unreadable {
        Unreadable { source: Source::Indexed, key: Some(self.key.clone()), raw: self.raw.clone() }
    }
}

/// What is in no other hands yet, in the order of keys.
pub fn strays(view: &impl View) -> Vec<Stray> {
    let mut keys = outbox::summarize(view, None).unreadable;
    for kind in [ASIDE, outbox::FALLEN] {
        view.each(kind, &mut |key, _| keys.push(key.to_owned()));
    }
    view.each(DRAFT, &mut |key, text| {
        if Draft::parse(text).is_err() {
            keys.push(key.to_owned());
        }
    });
    keys.extend(contact::unreadable(view));
    keys.sort();
    keys.dedup();
    let found = keys.into_iter().filter_map(|key| view.body(&key).map(|raw| Stray::new(key, raw)));
    found.filter(|stray| view.body(&stray.mark).is_none()).collect()
}

/// Somebody confirmed that a file with these is in safe hands.
pub fn give_out(strays: &[Stray]) -> Changes {
    strays.iter().map(|stray| (stray.mark.clone(), Some(stray.key.clone()))).collect()
}
