use super::{Device, close};
use crate::browser::host::FULL;
use crate::contact::{CONTACT, goes_along};
use crate::named::Named;
use crate::outbox::{self, BEFORE, Closed, HANDED, OWN_NAME, PIN};
use crate::session::{Disposition, Draft, Session};
use crate::store::{ATTACHMENT, DRAFT, Entry};

/// The entry of this device's card: name, check code and the card's text, a line each.
pub const CARD: &str = "setting/card";
/// While the device is being cleared: its thumbprint, and the card that it was of.
pub const LEAVING: &str = "setting/leaving";
/// The certificate of the course that was made here last.
pub const CERTIFICATE: &str = "setting/certificate";

/// A rescue file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    pub text: String,
    /// Drafts that could not be sealed and are not in it.
    pub left_out: usize,
    /// Interviews that were taken over from another version: what fell away then is not in it.
    pub taken_over: usize,
}

impl Device {
    /// All that is kept here as one text. A draft goes in as what it would be if it were closed now, partial and sealed,
    /// so that no answer leaves the device in the clear; the draft itself stays here and can be finished.
    pub async fn rescue(self) -> Rescued {
        let keeper = self.keeper();
        let mut sealed = Named::new();
        for (key, body) in keeper.list(DRAFT) {
            if let Some(entry) = self.seal_draft(&body).await {
                sealed.insert(key, entry);
            }
        }
        let (mut left_out, mut taken_over) = (0, 0);
        let text = keeper.rescue(|entry| {
            // Attachments are in what their drafts are sealed into.
            if entry.key.starts_with(ATTACHMENT) {
                return None;
            }
            // What an interview was before it went to another version holds answers in the clear. What fell away is nowhere else,
            // and is no record of its own: whoever saves the file is told.
            if entry.key.starts_with(BEFORE) {
                taken_over += usize::from(entry.body.is_some());
                return None;
            }
            if [CARD, LEAVING, CERTIFICATE, OWN_NAME, HANDED, PIN].contains(&&*entry.key) {
                // They are of this device: on another one they would be a lie.
                return None;
            }
            if entry.key.starts_with(CONTACT) && !goes_along(&entry.key, entry.body.as_deref()) {
                return None;
            }
            if !entry.is_draft() || entry.body.is_none() {
                return Some(entry.clone());
            }
            let found = sealed.remove(&entry.key);
            left_out += usize::from(found.is_none());
            found
        });
        Rescued { text, left_out, taken_over }
    }

    async fn seal_draft(self, body: &str) -> Option<Entry> {
        let draft = Draft::parse(body).ok()?;
        let plan = self.kept_plan(&draft.opening.plan.digest)?;
        let link = draft.opening.link.clone();
        let keeper = self.keeper();
        let mut record = Session::resume(plan.clone(), draft, &FULL).ok()?.close(Disposition::Partial).ok()?;
        outbox::attach(&keeper, &mut record);
        let text = close::wrap(&plan, &record).await.ok()?;
        let closed = Closed { id: &record.id, plan: &record.plan, round: &record.round, link: link.as_deref() };
        // The first change of the step is the sealed entry. Revision 1: a session that is finished here later outranks it.
        let (key, body) = outbox::seal(&keeper, closed, &text).into_iter().next()?;
        Some(Entry { key, revision: 1, body })
    }
}
