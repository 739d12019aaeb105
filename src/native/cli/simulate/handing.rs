//! From records to batch files, as devices hand them over.
use crate::batch::{
    BatchDraft, Crypto, CryptoError, Link, OfficeSecrets, Roster, RosterEntry, SealError, SignedBatch, seal_record,
    sign_batch, sign_link, sign_roster, thumbprint,
};
use crate::native::crypto::{Native, SignKey};
use crate::plan::{Digest, Listed, Plan, PublicKey};
use crate::session::{PlanRef, Record};
use pollster::block_on;

/// Records in one batch of a canvasser.
const FULL: usize = 20;

/// Everything that signs.
pub struct Office<'a> {
    pub plan: &'a Plan,
    pub reference: &'a PlanRef,
    pub round: &'a str,
    pub secrets: &'a OfficeSecrets<Native>,
}

/// A canvasser's device: its key, and where its chain is.
pub struct Device {
    pub name: String,
    key: SignKey,
    public: PublicKey,
    seq: u64,
    prev: Option<Digest>,
    waiting: Vec<String>,
}

/// A batch and who made it: the number of the device and of the batch on its chain; None: a resident's.
pub struct Handed {
    pub from: Option<(usize, u64)>,
    pub batch: SignedBatch,
    pub records: usize,
}

impl Device {
    pub fn new(name: String) -> Result<Device, CryptoError> {
        let (key, public) = block_on(Native.generate_sign(false))?;
        Ok(Device { name, key, public, seq: 0, prev: None, waiting: Vec::new() })
    }
}

impl Office<'_> {
    /// The signed list of these devices.
    pub fn roster(&self, devices: &[Device]) -> Result<String, CryptoError> {
        let entry = |device: &Device| {
            let (key, name) = (device.public.clone(), device.name.clone());
            Ok(RosterEntry { device: block_on(thumbprint(&Native, &key))?, key, name, revoked: false })
        };
        let devices = devices.iter().map(entry).collect::<Result<_, CryptoError>>()?;
        let roster = Roster { v: 1, plan: self.plan.id.clone(), issue: 1, devices };
        block_on(sign_roster(&Native, &self.secrets.sign, &self.secrets.sign_public, &roster))
    }

    /// A record as it lies on a device: sealed where the plan seals.
    pub fn close(&self, record: &Record) -> Result<String, CryptoError> {
        match self.plan.keys.as_ref().filter(|_| self.plan.privacy.seal) {
            Some(keys) => block_on(seal_record(&Native, &keys.seal, record)).map_err(|error| match error {
                SealError::Crypto(error) => error,
                SealError::NoRecipient => CryptoError::BadKey,
            }),
            None => Ok(record.encode()),
        }
    }

    /// A resident's record, by a link of the office and a key of its own.
    pub fn by_link(&self, record: &Record, closed: String) -> Result<Handed, CryptoError> {
        let link = Link {
            v: 1,
            plan: self.reference.digest.clone(),
            file: Listed::of(self.plan, &self.reference.digest).file,
            round: self.round.to_owned(),
            questionnaire: record.questionnaire.clone(),
            mode: record.mode,
            rater_group: record.rater_group.clone(),
            stratum: record.stratum.clone(),
            place: Default::default(),
            code: None,
        };
        let token = block_on(sign_link(&Native, &self.secrets.sign, &link))?;
        let (key, public) = block_on(Native.generate_sign(false))?;
        let batch = self.sign((&key, &public), 0, None, Some(token), vec![closed])?;
        Ok(Handed { from: None, batch, records: 1 })
    }

    /// Puts a record on a device; a full batch is handed over.
    pub fn put(&self, at: usize, device: &mut Device, closed: String) -> Result<Option<Handed>, CryptoError> {
        device.waiting.push(closed);
        if device.waiting.len() < FULL { Ok(None) } else { self.hand_over(at, device) }
    }

    /// What is still on the device.
    pub fn hand_over(&self, at: usize, device: &mut Device) -> Result<Option<Handed>, CryptoError> {
        let waiting = std::mem::take(&mut device.waiting);
        if waiting.is_empty() {
            return Ok(None);
        }
        device.seq += 1;
        let records = waiting.len();
        let batch = self.sign((&device.key, &device.public), device.seq, device.prev.take(), None, waiting)?;
        device.prev = Some(batch.digest.clone());
        Ok(Some(Handed { from: Some((at, device.seq)), batch, records }))
    }

    fn sign(
        &self,
        key: (&SignKey, &PublicKey),
        seq: u64,
        prev: Option<Digest>,
        link: Option<String>,
        records: Vec<String>,
    ) -> Result<SignedBatch, CryptoError> {
        let (plan, round) = (self.reference.clone(), self.round.to_owned());
        block_on(sign_batch(
            &Native,
            key.0,
            key.1,
            BatchDraft { plan, round, seq, prev, link, records, voided: vec![] },
        ))
    }
}
