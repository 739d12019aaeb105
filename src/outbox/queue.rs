use super::body::{self, Head};
use super::{BATCH, CARRIED, Changes, RECEIPT, REFUSED, SEALED, SENT, View, join};
use crate::named::Named;
use crate::plan::Digest;
use crate::session::PlanRef;

/// One batch that this device made or carries, whether it is still here or only its receipt is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    pub digest: Digest,
    pub plan: PlanRef,
    pub round: String,
    /// Place on the device's chain; 0: a resident's.
    pub seq: u64,
    pub records: u64,
    pub voided: u64,
    pub state: State,
    /// The receiver refused it for good; it waits for the user. An exported batch may be refused too.
    pub refusal: Option<Refusal>,
    /// The batch itself is still on the device.
    pub held: bool,
    /// Another device made it; this one took it in, to send or to carry it.
    pub carried: bool,
}

impl Handed {
    /// It is here, and the receiver has not confirmed it.
    pub fn still_waits(&self) -> bool {
        self.held && !matches!(self.state, State::Received { .. })
    }
}

/// How far a batch has come. `at`: milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// In no other hands yet.
    Waiting,
    /// The user confirmed that its file is in safe hands. It is still uploaded where the plan has receivers.
    Exported { at: u64 },
    /// A receipt was verified.
    Received { at: u64 },
}

/// What the receiver said: HTTP status, and its code, which is empty when something else answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: String,
}

/// Counts for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Closed sessions not yet in a batch.
    pub sealed: usize,
    /// Discarded sessions not yet in a batch.
    pub voided: usize,
    /// Batches by state.
    pub waiting: usize,
    pub exported: usize,
    pub received: usize,
    /// Batches among the waiting and the exported that the receiver refused.
    pub refused: usize,
    /// Records inside the batches that are waiting.
    pub unsent_records: u64,
    /// Keys whose bodies cannot be read here: damaged, or of a newer version. They stay as they are.
    pub unreadable: Vec<String>,
}

/// Every batch that is here or was handed over, in the order of digests.
pub fn handed(view: &impl View) -> Vec<Handed> {
    let mut found: Named<Handed> = Named::new();
    for prefix in [BATCH, SENT, RECEIPT] {
        view.each(prefix, &mut |key, text| {
            let name = &key[prefix.len()..];
            let (Some(digest), Some((head, _))) = (Digest::parse(name), body::decode(text)) else { return };
            let at = head.at;
            let one = found.get_or_insert_with(name, || Handed {
                digest,
                plan: head.plan,
                round: head.round,
                seq: head.seq,
                records: head.records,
                voided: head.voided,
                state: State::Waiting,
                refusal: None,
                held: false,
                carried: false,
            });
            match prefix {
                SENT => one.state = State::Exported { at },
                RECEIPT => one.state = State::Received { at },
                _ => one.held = true,
            }
        });
    }
    view.each(CARRIED, &mut |key, _| {
        if let Some(one) = found.get_mut(&key[CARRIED.len()..]) {
            one.carried = true;
        }
    });
    view.each(REFUSED, &mut |key, text| {
        let Some(one) = found.get_mut(&key[REFUSED.len()..]) else { return };
        if let Some((status, code)) = body::decode_words(text) {
            one.refusal = Some(Refusal { status: u16::try_from(status).unwrap_or(0), code: code.to_owned() });
        }
    });
    found.into_values().collect()
}

/// Batches to upload: here, without a receipt, and not refused.
pub fn uploads(view: &impl View) -> Vec<Handed> {
    let mut list = handed(view);
    list.retain(|one| one.held && one.refusal.is_none() && !matches!(one.state, State::Received { .. }));
    list
}

/// The text of a stored batch: what is uploaded, or saved as a `.minping` file. `None`: not here, or unreadable.
pub fn read_batch(view: &impl View, digest: &Digest) -> Option<String> {
    let text = view.body(&join(BATCH, digest.as_str()))?;
    Some(body::decode(&text)?.1.to_owned())
}

/// A verified receipt, at `now` (milliseconds since 1970). Its entry stays when the batch is deleted.
pub fn keep_receipt(one: &Handed, receipt: &str, now: u64) -> Changes {
    let mut changes = keep(one, RECEIPT, receipt, now);
    changes.extend(try_again(one));
    changes
}

/// The user confirmed that the exported file is in safe hands.
pub fn keep_export(one: &Handed, now: u64) -> Changes {
    keep(one, SENT, "", now)
}

fn keep(one: &Handed, prefix: &str, text: &str, now: u64) -> Changes {
    let mut head = Head::new(one.plan.clone(), one.round.clone());
    head.seq = one.seq;
    head.records = one.records;
    head.voided = one.voided;
    head.at = now;
    vec![(join(prefix, one.digest.as_str()), Some(body::encode(&head, text)))]
}

/// The receiver refused the batch for good: it is not tried again by itself.
pub fn keep_refusal(one: &Handed, status: u16, code: &str) -> Changes {
    vec![(join(REFUSED, one.digest.as_str()), Some(body::encode_words(u64::from(status), code)))]
}

/// The user wants a refused batch tried again; empty when it was not refused.
pub fn try_again(one: &Handed) -> Changes {
    one.refusal.iter().map(|_| (join(REFUSED, one.digest.as_str()), None)).collect()
}

/// Batches that may be deleted at `now`: receipted or exported, and the retention is over. `retention` gives a plan's
/// `retention_days`; batches of a plan that it does not know stay.
pub fn deletable(view: &impl View, now: u64, retention: &dyn Fn(&Digest) -> Option<u32>) -> Vec<Handed> {
    let mut list = handed(view);
    list.retain(|one| {
        let (State::Exported { at } | State::Received { at }) = one.state else { return false };
        let days = retention(&one.plan.digest).map(u64::from);
        one.held && days.is_some_and(|days| now >= at.saturating_add(days * 86_400_000))
    });
    list
}

/// Frees the space of a batch that is [`deletable`]; empty for any other. The receipt, or the note of the export, stays.
pub fn delete(one: &Handed) -> Changes {
    match one.state {
        State::Exported { .. } | State::Received { .. } => vec![(join(BATCH, one.digest.as_str()), None)],
        State::Waiting => Changes::new(),
    }
}

/// Counts over all plans, or over one.
pub fn summarize(view: &impl View, plan: Option<&Digest>) -> Summary {
    let mut sum = Summary::default();
    let ours = |found: &PlanRef| plan.is_none_or(|plan| *plan == found.digest);
    for prefix in [SEALED, BATCH, SENT, RECEIPT] {
        view.each(prefix, &mut |key, text| {
            let name = &key[prefix.len()..];
            match body::decode(text) {
                Some((head, _)) if prefix == SEALED => {
                    if ours(&head.plan) {
                        *(if head.void.is_some() { &mut sum.voided } else { &mut sum.sealed }) += 1;
                    }
                }
                Some(_) if Digest::parse(name).is_some() => {}
                // Whose plan it is cannot be known: it is told everywhere.
                _ => sum.unreadable.push(key.to_owned()),
            }
        });
    }
    for one in handed(view).into_iter().filter(|one| ours(&one.plan)) {
        match one.state {
            State::Waiting => {
                sum.waiting += 1;
                sum.unsent_records += one.records;
            }
            State::Exported { .. } => sum.exported += 1,
            State::Received { .. } => sum.received += 1,
        }
        if one.refusal.is_some() && !matches!(one.state, State::Received { .. }) {
            sum.refused += 1;
        }
    }
    sum
}
