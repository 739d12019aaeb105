use super::Device;
use crate::batch::{Claim, claimed_case, sign_claim};
use crate::browser::crypto::Web;
use crate::browser::device::Device as Key;
use crate::browser::net;
use crate::json;
use crate::plan::Plan;
use crate::session::PlanRef;

/// What a receiver says to a claim of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    Yours,
    /// Another device has it, for so many seconds if it does not renew.
    Other(u64),
    /// Nobody answered.
    Offline,
    /// There is no receiver, or it keeps no claims.
    Unkept,
    /// The receiver does not know this device.
    Stranger,
}

impl Device {
    /// Claims a case, renews it, or (0 minutes) gives it back.
    pub async fn claim(self, plan: &Plan, reference: &PlanRef, round: &str, case: &str, minutes: u64) -> Claimed {
        if plan.receivers.is_empty() {
            return Claimed::Unkept;
        }
        let made = async {
            let key = Key::open().await.ok()?;
            let case = claimed_case(&Web, &plan.id, round, case).await.ok()?;
            let claim = Claim { plan: reference.clone(), case, minutes };
            let text = sign_claim(&Web, &key.key, &key.public, &claim).await.ok()?;
            Some((claim.case, text))
        };
        let Some((case, text)) = made.await else { return Claimed::Unkept };
        let mut told = Claimed::Offline;
        // The first that answers keeps it, for all devices the same one.
        for receiver in &plan.receivers {
            let Some(answer) = net::put_claim(&receiver.url, &case, &text).await else { continue };
            let read = || json::read(&answer.body, |node| (node.text("claim"), node.whole_or_zero("seconds"))).ok();
            told = match answer.status {
                200 => match read() {
                    Some((claim, _)) if claim == "yours" => Claimed::Yours,
                    Some((claim, seconds)) if claim == "other" => Claimed::Other(seconds.clamp(1, 3600)),
                    // Whoever answered, it was no receiver.
                    _ => Claimed::Unkept,
                },
                403 if answer.body.contains("\"not_enrolled\"") => Claimed::Stranger,
                500.. => continue,
                _ => Claimed::Unkept,
            };
            break;
        }
        told
    }
}
