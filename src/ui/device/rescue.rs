use super::{Device, close};
use crate::browser::host::FULL;
use crate::contact::{CONTACT, goes_along};
use crate::named::Named;
use crate::outbox::{self, BEFORE, Closed, FALLEN, HANDED, OWN_NAME, PIN};
use crate::session::{Disposition, Draft, Record, Session};
use crate::store::{ATTACHMENT, DRAFT, Entry};
use crate::vault::{CANVASSER, IDLE};

/// The entry of this device's card: name, check code and the card's text, a line each.
pub const CARD: &str = "setting/card";
/// While the device is being cleared: its thumbprint, and the card that it was of.
pub const LEAVING: &str = "setting/leaving";
/// What the keys of certificates of the course begin with.
pub const CERTIFICATE: &str = "setting/certificate";

/// A rescue file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    pub text: String,
    /// Drafts that could not be sealed and are not in it.
    pub left_out: usize,
    /// Drafts of other canvassers, whose PIN is needed to seal them: not in it either.
    pub locked: usize,
    /// Interviews that were taken over from another version: how they were before is in it apart, sealed, and in no count.
    pub taken_over: usize,
}

impl Device {
    /// All that is kept here as one text. A draft goes in as what it would be if it were closed now, partial and sealed,
    /// so that no answer leaves the device in the clear; the draft itself stays here and can be finished.
    pub async fn rescue(self) -> Rescued {
        let keeper = self.keeper();
        let mut sealed = Named::new();
        let mut others: Vec<String> = Vec::new();
        for (key, body) in keeper.list(DRAFT) {
            if Draft::parse(&body).is_ok_and(|draft| draft.locked) {
                others.push(key);
                continue;
            }
            if let Some(entry) = self.seal_draft(&body).await {
                sealed.insert(key, entry);
            }
        }
        // What fell away at a take-over is nowhere else.
        let mut before = Named::new();
        for (key, body) in keeper.list(BEFORE) {
            if let Some(text) = self.seal_before(&body).await {
                before.insert(key, text);
            }
        }
        let (mut left_out, mut taken_over) = (0, 0);
        let text = keeper.rescue(|entry| {
            // Attachments are in what their drafts are sealed into.
            if entry.key.starts_with(ATTACHMENT) {
                return None;
            }
            // What an interview was before it went to another version holds answers in the clear: sealed, it is no record of its own.
            if let Some(id) = entry.key.strip_prefix(BEFORE) {
                let text = before.remove(&entry.key)?;
                taken_over += 1;
                return Some(Entry::new([FALLEN, id].concat(), 1, text));
            }
            if [CARD, LEAVING, OWN_NAME, HANDED, PIN, IDLE].contains(&&*entry.key)
                || [CANVASSER, CERTIFICATE].iter().any(|kind| entry.key.starts_with(kind))
            {
                // They are of this device: on another one they would be a lie.
                return None;
            }
            if entry.key.starts_with(CONTACT) && !goes_along(&entry.key, entry.body.as_deref()) {
                return None;
            }
            if !entry.is_draft() || entry.body.is_none() {
                return Some(entry.clone());
            }
            if others.contains(&entry.key) {
                return None;
            }
            let found = sealed.remove(&entry.key);
            left_out += usize::from(found.is_none());
            found
        });
        Rescued { text, left_out, locked: others.len(), taken_over }
    }

    async fn seal_draft(self, body: &str) -> Option<Entry> {
        let link = Draft::parse(body).ok()?.opening.link;
        let keeper = self.keeper();
        let (record, text) = self.seal_now(body).await?;
        let closed = Closed { id: &record.id, plan: &record.plan, round: &record.round, link: link.as_deref() };
        // The first change of the step is the sealed entry. Revision 1: a session that is finished here later outranks it.
        let (key, body) = outbox::seal(&keeper, closed, &text).into_iter().next()?;
        Some(Entry { key, revision: 1, body })
    }

    async fn seal_before(self, body: &str) -> Option<String> {
        self.seal_now(body).await.map(|(_, text)| text)
    }

    /// What a draft would be if it were closed now, broken off: its record, and as it is handed over.
    async fn seal_now(self, body: &str) -> Option<(Record, String)> {
        let draft = Draft::parse(body).ok()?;
        let plan = self.kept_plan(&draft.opening.plan.digest)?;
        let mut record = Session::resume(plan.clone(), draft, &FULL).ok()?.close(Disposition::Partial).ok()?;
        outbox::attach(&self.keeper(), &mut record);
        let text = close::wrap(&plan, &record).await.ok()?;
        Some((record, text))
    }
}
