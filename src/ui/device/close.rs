use super::Device;
use crate::batch::{SealError, seal_record};
use crate::browser::crypto::Web;
use crate::browser::keeper::{Copies, SaveError};
use crate::outbox::{self, Changes, Closed};
use crate::plan::Plan;
use crate::session::{Draft, Record};

/// Why a session is not closed. Its draft is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseError {
    Seal(SealError),
    Save(SaveError),
}

impl From<SaveError> for CloseError {
    fn from(error: SaveError) -> CloseError {
        CloseError::Save(error)
    }
}

/// The record as it is handed over: sealed for the office, or plain in a plan that does not seal.
pub(super) async fn wrap(plan: &Plan, record: &Record) -> Result<String, SealError> {
    if plan.privacy.seal {
        let keys = plan.keys.as_ref().map_or(&[][..], |keys| &keys.seal);
        seal_record(&Web, keys, record).await
    } else {
        Ok(record.encode())
    }
}

impl Device {
    /// Seals the record and puts it in the draft's place, in one durable step together with `also`. `link`: the resident's token.
    pub async fn close(
        self,
        plan: &Plan,
        record: &Record,
        link: Option<&str>,
        also: Changes,
    ) -> Result<Copies, CloseError> {
        let text = wrap(plan, record).await.map_err(CloseError::Seal)?;
        let closed = Closed { id: &record.id, plan: &record.plan, round: &record.round, link };
        let mut changes = outbox::seal(&self.keeper(), closed, &text);
        changes.extend(also);
        Ok(self.commit(changes).await?)
    }

    /// Ends a session without a record, in one durable step together with `also`. `reason` is a short code and goes to the
    /// office with the next batch.
    pub async fn discard(self, draft: &Draft, reason: &str, also: Changes) -> Result<Copies, SaveError> {
        let opening = &draft.opening;
        let closed =
            Closed { id: &draft.id, plan: &opening.plan, round: &opening.round, link: opening.link.as_deref() };
        let mut changes = outbox::void(&self.keeper(), closed, reason);
        changes.extend(also);
        self.commit(changes).await
    }
}
