//! Sending at once, where this browser keeps nothing: the same steps as ever, over a store that lives in memory.

use crate::batch::{Crypto, SealError, seal_record, sign_batch};
use crate::browser::{crypto::Web, net};
use crate::outbox::{self, Closed, Verdict};
use crate::plan::{Plan, PublicKey};
use crate::session::Record;
use crate::store::{Entries, Entry};

/// What became of an answer that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Direct {
    /// The receipt was verified.
    Arrived,
    /// Not received, but it is sealed and signed: the text of a `.minping` file, and the receiver's code where it refused.
    Stays { batch: String, refused: Option<String> },
    /// Not even sealed.
    Failed,
}

/// Seals, signs and uploads.
pub async fn send(plan: &Plan, record: &Record, token: &str) -> Direct {
    let Some(batch) = pack(plan, record, token).await else { return Direct::Failed };
    upload(plan, batch).await
}

/// Tries again with a batch that is made.
pub async fn upload(plan: &Plan, batch: String) -> Direct {
    let Ok(digest) = crate::batch::batch_digest(&Web, &batch).await else { return Direct::Failed };
    let keys: Vec<PublicKey> = plan.receivers.iter().map(|receiver| receiver.key.clone()).collect();
    let mut refused = None;
    for receiver in &plan.receivers {
        let answer = net::upload(&receiver.url, &digest, &batch).await;
        match outbox::judge(&Web, net::reply(&answer), &keys, &digest).await {
            Verdict::Received { .. } => return Direct::Arrived,
            Verdict::Refused { code, .. } => refused = Some(code),
            Verdict::Retry(_) => {}
        }
    }
    Direct::Stays { batch, refused }
}

async fn pack(plan: &Plan, record: &Record, token: &str) -> Option<String> {
    let text = match plan.privacy.seal {
        true => {
            let keys = plan.keys.as_ref().ok_or(SealError::NoRecipient).ok()?;
            seal_record(&Web, &keys.seal, record).await.ok()?
        }
        false => record.encode(),
    };
    let closed = Closed { id: &record.id, plan: &record.plan, round: &record.round, link: Some(token) };
    let mut entries = Entries::new();
    for (key, body) in outbox::seal(&Entries::new(), closed, &text) {
        entries.insert(key.clone(), Entry { key, revision: 1, body });
    }
    let parcel = outbox::send_off(&entries, &record.id).ok().flatten()?;
    let (key, public) = Web.generate_sign(false).await.ok()?;
    sign_batch(&Web, &key, &public, parcel.draft.clone()).await.ok().map(|signed| signed.text)
}
