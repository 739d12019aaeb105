use super::Device;
use crate::batch::{AssignmentError, sign_contacts, verify_assignment};
use crate::browser::crypto::Web;
use crate::browser::device::{Device as Key, DeviceError};
use crate::browser::keeper::SaveError;
use crate::browser::net;
use crate::contact::{self, HandOver, List, LogState};
use crate::outbox::{self, Verdict};
use crate::plan::{Plan, PublicKey};
use crate::session::PlanRef;

/// Why a list was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeListError {
    /// It is no list for this device by this plan's office; and this device's own code.
    Bad(AssignmentError, String),
    Key(DeviceError),
    Save(SaveError),
}

/// Why contacts were not handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandError {
    NoKeys,
    Key(DeviceError),
    Crypto,
    Save(SaveError),
}

impl Device {
    /// Takes in a list that came as a file: its round. None: what is kept is as new.
    pub async fn take_list(self, plan: &Plan, text: &str) -> Result<Option<String>, TakeListError> {
        let key = Key::open().await.map_err(TakeListError::Key)?;
        let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
        let list = verify_assignment(&Web, text, office, &plan.id, Some(&key.id)).await;
        let list = list.map_err(|error| TakeListError::Bad(error, key.id.short().to_owned()))?;
        let changes = contact::keep_list(&self.keeper(), &list, text);
        if changes.is_empty() {
            return Ok(None);
        }
        self.commit(changes).await.map_err(TakeListError::Save)?;
        Ok(Some(list.round))
    }

    /// Seals and signs what is in the list, and keeps it to be sent or carried.
    pub async fn hand_over_contacts(
        self,
        plan: &Plan,
        reference: &PlanRef,
        list: &List,
        day: &str,
    ) -> Result<HandOver, HandError> {
        let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.seal);
        if office.is_empty() {
            return Err(HandError::NoKeys);
        }
        let key = Key::open().await.map_err(HandError::Key)?;
        let head = contact::hand_over(&self.keeper(), reference, &list.round, &key.id, day);
        let log = contact::log_of(list);
        let signed = sign_contacts(&Web, &key.key, &key.public, office, &head, &log).await;
        let signed = signed.map_err(|_| HandError::Crypto)?;
        self.commit(contact::keep_log(&head, &key.id, &signed, list)).await.map_err(HandError::Save)?;
        contact::log_state(&self.keeper(), &plan.id, &list.round, &key.id).ok_or(HandError::Crypto)
    }

    /// Uploads every log that waits. False: one has to be tried again.
    pub async fn send_contacts(self) -> bool {
        // One tab at a time.
        let _sender = net::sender("contacts").await;
        let mut done = true;
        for log in contact::logs(&self.keeper()) {
            if !matches!(log.state, LogState::Waiting | LogState::Exported) {
                continue;
            }
            let Some(plan) = self.kept_plan(&log.plan.digest) else { continue };
            let keys: Vec<PublicKey> = plan.receivers.iter().map(|receiver| receiver.key.clone()).collect();
            let mut settled = plan.receivers.is_empty();
            for receiver in &plan.receivers {
                let answer = net::upload_contacts(&receiver.url, &log.digest, &log.text).await;
                let state = match outbox::judge(&Web, net::reply(&answer), &keys, &log.digest).await {
                    Verdict::Received { .. } => LogState::Received,
                    // A receiver of before there were contact logs knows no such address: the file is carried.
                    Verdict::Refused { .. } => LogState::Refused,
                    Verdict::Retry(_) => continue,
                };
                // Where that cannot be kept, the log waits on, and is sent once more: a receiver takes it twice as once.
                let _ = self.commit(contact::settle_log(&self.keeper(), &log, state)).await;
                settled = true;
                break;
            }
            done &= settled;
        }
        done
    }
}
