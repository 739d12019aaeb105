//! What is let in: a batch that is what its address says, signed, of a plan that is published here.

use super::{Refusal, Rosters, Standing};
use crate::batch::{
    Admission, Batch, BatchError, ContactsError, Quarantine, Trust, VerifiedClaim, batch_digest, plan_digest,
    verify_batch, verify_claim, verify_contacts,
};
use crate::json;
use crate::native::crypto::Native;
use crate::plan::{Digest, Plan, PublicKey};
use crate::session::PlanRef;
use base64ct::{Base64UrlUnpadded, Encoding};
use pollster::block_on;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How often, at most, the folder is looked at again for a plan that is not known.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Knows the plans whose batches are taken.
pub struct Door {
    known: Mutex<Known>,
    /// The app's `plans/`, where more may be published while the receiver runs.
    folder: Option<PathBuf>,
}

#[derive(Default)]
struct Known {
    plans: Vec<Arc<Published>>,
    looked: Option<Instant>,
}

/// A plan with keys.
struct Published {
    plan: PlanRef,
    rounds: Vec<String>,
    office: Vec<PublicKey>,
    receivers: Vec<PublicKey>,
}

/// What may be said of a batch that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Id of its plan.
    pub plan: String,
    pub records: usize,
    /// It came by a link, not from an enrolled device.
    pub resident: bool,
}

impl Admitted {
    fn of(batch: &Batch) -> Admitted {
        Admitted { plan: batch.plan.id.clone(), records: batch.records.len(), resident: batch.seq == 0 }
    }
}

/// Why a plan cannot be served.
#[derive(Debug)]
pub enum PlanError {
    File { path: PathBuf, cause: io::Error },
    Malformed { path: PathBuf, cause: crate::plan::LoadError },
    Unpublished { path: PathBuf },
    NoPlan,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlanError::File { path, cause } => write!(f, "{}: {cause}", path.display()),
            PlanError::Malformed { path, cause } => {
                write!(f, "{}: {cause}; `minping plan check` names every problem", path.display())
            }
            PlanError::Unpublished { path } => {
                write!(f, "{}: the plan has no office keys; publish it with `minping plan publish`", path.display())
            }
            PlanError::NoPlan => f.write_str(
                "no plan to serve; publish one into the app's folder with `minping plan publish`, or name its file with `--plan`",
            ),
        }
    }
}

impl std::error::Error for PlanError {}

impl Door {
    /// Takes batches of these published plans only.
    pub fn of_files(files: &[PathBuf]) -> Result<Door, PlanError> {
        let plans = files.iter().map(|path| read_plan(path).map(Arc::new)).collect::<Result<Vec<_>, _>>()?;
        Ok(Door { known: Mutex::new(Known { plans, looked: None }), folder: None })
    }

    /// Takes batches of every plan published in `app`, those published later included.
    pub fn of_app(app: &Path) -> Result<Door, PlanError> {
        let door = Door { known: Mutex::new(Known::default()), folder: Some(app.join("plans")) };
        let mut known = door.lock();
        door.look(&mut known);
        let empty = known.plans.is_empty();
        drop(known);
        if empty { Err(PlanError::NoPlan) } else { Ok(door) }
    }

    /// Plans that are known now.
    pub fn plans(&self) -> Vec<PlanRef> {
        self.lock().plans.iter().map(|known| known.plan.clone()).collect()
    }

    /// Plans that do not name `key` among their receivers: devices would not accept its receipts.
    pub fn strangers_to(&self, key: &PublicKey) -> Vec<PlanRef> {
        let known = self.lock();
        known.plans.iter().filter(|known| !known.receivers.contains(key)).map(|known| known.plan.clone()).collect()
    }

    /// Checks a batch that came for `digest`. Genuine batches that an office would quarantine are let in: this door has no
    /// roster, and the office decides.
    pub fn admit(&self, digest: &Digest, text: &str) -> Result<Admitted, Refusal> {
        let found = block_on(batch_digest(&Native, text)).map_err(Refusal::NotABatch)?;
        if found != *digest {
            return Err(Refusal::WrongDigest);
        }
        // A batch too odd to name its plan is checked against any, to learn what is wrong with it.
        let wanted = peek(text);
        let published = match &wanted {
            Some(plan) => self.find(plan).ok_or(Refusal::ForeignPlan)?,
            None => self.lock().plans.first().cloned().ok_or(Refusal::ForeignPlan)?,
        };
        let trust =
            Trust { plan: &published.plan, rounds: published.rounds.clone(), office: &published.office, roster: None };
        match block_on(verify_batch(&Native, text, &trust)).map_err(Refusal::NotABatch)? {
            Admission::Admitted(batch) => Ok(Admitted::of(&batch)),
            Admission::Quarantined(_, Quarantine::OtherPlan { .. }) => Err(Refusal::ForeignPlan),
            Admission::Quarantined(_, Quarantine::BadLink) => Err(Refusal::BadLink),
            Admission::Quarantined(batch, _) => Ok(Admitted::of(&batch)),
        }
    }

    /// Whether this text is the batch `digest`, whole.
    pub fn holds(&self, digest: &Digest, text: &str) -> bool {
        self.admit(digest, text).is_ok()
    }

    /// Checks a contact log that came for `digest`: its id of a plan that is published here. What is in it only the office reads.
    pub fn admit_contacts(&self, digest: &Digest, text: &str) -> Result<Admitted, Refusal> {
        let log = block_on(verify_contacts(&Native, text, None)).map_err(|error| match error {
            ContactsError::NotALog => Refusal::NotABatch(BatchError::NotABatch),
            ContactsError::WrongKind(typ) => Refusal::NotABatch(BatchError::WrongKind(typ)),
            ContactsError::BadSignature => Refusal::NotABatch(BatchError::BadSignature),
            ContactsError::Crypto(error) => Refusal::NotABatch(BatchError::Crypto(error)),
            error => Refusal::NotABatch(BatchError::BadContent(error.to_string())),
        })?;
        if log.digest != *digest {
            return Err(Refusal::WrongDigest);
        }
        let published = self.find(&log.head.plan).ok_or(Refusal::ForeignPlan)?;
        if !published.rounds.contains(&log.head.round) {
            return Err(Refusal::ForeignPlan);
        }
        Ok(Admitted { plan: log.head.plan.id, records: 0, resident: false })
    }

    /// Checks a claim that came for `case`: of a plan that is published here, by a device on its roster.
    pub fn admit_claim(&self, case: &Digest, text: &str, rosters: &Rosters) -> Result<VerifiedClaim, Refusal> {
        let claim = block_on(verify_claim(&Native, text)).map_err(Refusal::NotAClaim)?;
        if claim.claim.case != *case {
            return Err(Refusal::WrongDigest);
        }
        let published = self.find(&claim.claim.plan).ok_or(Refusal::ForeignPlan)?;
        match rosters.standing(&published.plan.id, &published.office, &claim.device) {
            Standing::Enrolled => Ok(claim),
            Standing::Stranger => Err(Refusal::NotEnrolled),
            Standing::NoRoster => Err(Refusal::NoRoster),
        }
    }

    /// The plan itself, or else another version of it.
    fn find(&self, plan: &PlanRef) -> Option<Arc<Published>> {
        let mut known = self.lock();
        if let Some(found) = known.plans.iter().find(|known| known.plan == *plan) {
            return Some(found.clone());
        }
        self.look(&mut known);
        let exact = known.plans.iter().find(|known| known.plan == *plan);
        exact.or_else(|| known.plans.iter().rfind(|known| known.plan.id == plan.id)).cloned()
    }

    fn look(&self, known: &mut Known) {
        let Some(folder) = &self.folder else { return };
        if known.looked.is_some_and(|at| at.elapsed() < LOOK_AGAIN) {
            return;
        }
        let first = known.looked.replace(Instant::now()).is_none();
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.sort();
        for path in files {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            if !name.ends_with(".json") || name == "index.json" {
                continue;
            }
            match read_plan(&path) {
                Ok(found) if known.plans.iter().any(|known| known.plan == found.plan) => {}
                Ok(found) => known.plans.push(Arc::new(found)),
                // Ready plans lie there too, until they are published; and one bad file is told once, not at every look.
                Err(PlanError::Unpublished { .. }) => {}
                Err(error) if first => tracing::warn!("plan left out: {error}"),
                Err(_) => {}
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn read_plan(path: &Path) -> Result<Published, PlanError> {
    let path = || path.to_owned();
    let text = std::fs::read_to_string(path()).map_err(|cause| PlanError::File { path: path(), cause })?;
    let plan: Plan = crate::plan::load(&text).map_err(|cause| PlanError::Malformed { path: path(), cause })?;
    let Some(keys) = plan.keys else { return Err(PlanError::Unpublished { path: path() }) };
    let digest = block_on(plan_digest(&Native, text.as_bytes()))
        .map_err(|_| PlanError::File { path: path(), cause: io::Error::other("no SHA-256 here") })?;
    Ok(Published {
        plan: PlanRef { id: plan.id, version: plan.version, digest },
        rounds: plan.rounds.into_iter().map(|round| round.id).collect(),
        office: keys.sign,
        receivers: plan.receivers.into_iter().map(|receiver| receiver.key).collect(),
    })
}

/// The plan that a batch names, before anything is checked.
fn peek(text: &str) -> Option<PlanRef> {
    let payload = Base64UrlUnpadded::decode_vec(text.trim().split('.').nth(1)?).ok()?;
    json::read_bytes(&payload, |payload| payload.object("plan", PlanRef::read)).ok()
}
