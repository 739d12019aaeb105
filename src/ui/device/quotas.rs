use super::Device;
use crate::batch::{Quotas, QuotasError, quotas_file, verify_quotas};
use crate::browser::keeper::SaveError;
use crate::browser::{crypto::Web, net};
use crate::outbox;
use crate::plan::{Digest, Plan};
use crate::session::PlanRef;

/// Why nothing was heard of the quotas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToldError {
    NoAnswer,
    /// The office has put none beside the plan.
    None,
    /// What came is no standing of this plan by its office.
    Bad(QuotasError),
    Save(SaveError),
}

/// The office's standing beside the plan, verified, and its text.
pub async fn fetch_quotas(plan: &Plan, digest: &Digest) -> Result<(Quotas, String), ToldError> {
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: digest.clone() };
    let answer = net::fetch_text(&quotas_file(&reference)).await.ok_or(ToldError::NoAnswer)?;
    match answer.status {
        200 => verify(plan, digest, &answer.body).await.map(|quotas| (quotas, answer.body)),
        // What a receiver says, and what other servers do.
        204 | 404 => Err(ToldError::None),
        _ => Err(ToldError::NoAnswer),
    }
}

async fn verify(plan: &Plan, digest: &Digest, text: &str) -> Result<Quotas, ToldError> {
    let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
    verify_quotas(&Web, text, office, digest).await.map_err(ToldError::Bad)
}

impl Device {
    /// Takes in what the site has. False: what is kept is as new.
    pub async fn hear_quotas(self, plan: &Plan, digest: &Digest) -> Result<bool, ToldError> {
        let (quotas, text) = fetch_quotas(plan, digest).await?;
        self.keep_quotas(&quotas, &text).await
    }

    /// Takes in what came as a file. False: what is kept is as new.
    pub async fn take_quotas(self, plan: &Plan, digest: &Digest, text: &str) -> Result<bool, ToldError> {
        let quotas = verify(plan, digest, text).await?;
        self.keep_quotas(&quotas, text).await
    }

    async fn keep_quotas(self, quotas: &Quotas, text: &str) -> Result<bool, ToldError> {
        let changes = outbox::keep_told(&self.keeper(), quotas, text);
        if changes.is_empty() {
            return Ok(false);
        }
        self.commit(changes).await.map(|_| true).map_err(ToldError::Save)
    }
}
