//! Takes batches to the receivers: one loop for the whole page. It makes the batches of a hand-over, uploads what waits, judges
//! the replies and tries again. It decides nothing about what may be deleted: the outbox does.

use crate::batch::Crypto;
use crate::batch::{CryptoError, sign_batch};
use crate::browser::clock::{self, Timer};
use crate::browser::crypto::Web;
use crate::browser::device::{Device as Key, DeviceError};
use crate::browser::keeper::SaveError;
use crate::browser::net;
use crate::named::Named;
use crate::outbox::{self, HandOverError, Handed, Parcel, Signer, Verdict};
use crate::plan::{Digest, PublicKey};
use crate::ui::device::Device;
use crate::ui::element::{NotLoaded, chunk, follow, when_idle};
use leptos::{prelude::*, task::spawn_local};
use std::cell::Cell;

/// How the sending goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Nothing to send, or all of it was received or refused.
    Idle,
    Busy,
    /// The last attempt failed; the next comes by itself.
    Waiting,
}

/// What came of the last attempt at a batch that still waits. Only until the page is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    NoAnswer,
    Status(u16),
    /// It was sent, and no receipt that holds came back.
    NoReceipt,
}

/// Why nothing was packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    Outbox(HandOverError),
    Key(DeviceError),
    Crypto(CryptoError),
    Save(SaveError),
}

impl From<CryptoError> for PackError {
    fn from(error: CryptoError) -> PackError {
        PackError::Crypto(error)
    }
}

/// Copy: every field is a handle that lives as long as the page.
#[derive(Clone, Copy)]
pub struct Courier {
    pub state: RwSignal<Sending>,
    /// Which batch is on its way, counted from 1, and how many there are.
    pub progress: RwSignal<(usize, usize)>,
    /// By digest.
    pub tried: RwSignal<Named<Tried>>,
    /// The batch that goes first.
    first: StoredValue<Option<Digest>>,
    device: Device,
    begun: StoredValue<bool>,
    running: StoredValue<bool>,
    /// Something new came while a pass was under way.
    again: StoredValue<bool>,
    attempts: StoredValue<u32>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

/// Provides the [`Courier`] and starts it as soon as the keeper is open. Call it once.
pub fn open_courier(device: Device) -> Courier {
    let courier = Courier {
        state: RwSignal::new(Sending::Idle),
        progress: RwSignal::new((0, 0)),
        tried: RwSignal::new(Named::new()),
        first: StoredValue::new(None),
        device,
        begun: StoredValue::new(false),
        running: StoredValue::new(false),
        again: StoredValue::new(false),
        attempts: StoredValue::new(0),
        timer: StoredValue::new_local(None),
    };
    provide_context(courier);
    let set_out = move || spawn_local(async move { _ = set_out(courier).await });
    let opened = Cell::new(false);
    follow(move || {
        if device.keep.keeper().is_some() && !opened.replace(true) {
            when_idle(set_out);
            net::on_online(set_out);
        }
    });
    courier
}

/// The page's [`Courier`].
pub fn use_courier() -> Courier {
    expect_context::<Courier>()
}

/// The way of the batches is not needed for the first question.
#[chunk(later, fallible)]
fn set_out(courier: Courier) -> Result<(), NotLoaded> {
    courier.set_out();
    Ok(())
}

impl Courier {
    /// Begins, once; later, that the network is back and nothing has to wait.
    pub fn set_out(self) {
        if self.begun.get_value() {
            self.attempts.set_value(0);
            self.wake();
        } else {
            self.begun.set_value(true);
            spawn_local(self.begin());
        }
    }

    /// Puts right what a crash left, frees what is due, and sends.
    async fn begin(self) {
        for id in outbox::unsent_links(&self.device.keeper()) {
            // What cannot be packed now stays where it is, and the screens show it.
            let _ = self.pack_link(&id).await;
        }
        let device = self.device;
        let retention = |digest: &Digest| device.kept_plan(digest).map(|plan| plan.privacy.retention_days);
        for one in outbox::deletable(&device.keeper(), now(), &retention) {
            let _ = device.commit(outbox::delete(&one)).await;
        }
        self.wake();
    }

    /// Sends what waits, now.
    pub fn wake(self) {
        self.timer.set_value(None);
        if self.running.get_value() {
            self.again.set_value(true);
            return;
        }
        self.running.set_value(true);
        spawn_local(self.run());
    }

    /// The same, with this batch before the others.
    pub fn send_first(self, digest: &Digest) {
        self.first.set_value(Some(digest.clone()));
        self.wake();
    }

    async fn run(self) {
        // One tab at a time; the other waits here and finds nothing left.
        let _sender = net::sender("field").await;
        loop {
            self.again.set_value(false);
            let done = self.pass().await;
            if self.again.get_value() {
                continue;
            }
            if done {
                self.attempts.set_value(0);
                self.state.set(Sending::Idle);
            } else {
                self.wait();
            }
            break;
        }
        self.running.set_value(false);
    }

    fn wait(self) {
        let attempts = self.attempts.get_value().saturating_add(1);
        self.attempts.set_value(attempts);
        self.state.set(Sending::Waiting);
        let mut random = [0; 4];
        // Without randomness only the spread of the delays is lost.
        let _ = Web.random(&mut random);
        let now = now();
        let delay = outbox::retry_at(now, attempts, u32::from_le_bytes(random)) - now;
        let delay = i32::try_from(delay).unwrap_or(i32::MAX);
        self.timer.set_value(Some(Timer::start(delay, move || {
            // Not from inside the timer's own call, which `wake` would drop.
            spawn_local(async move { self.wake() });
        })));
    }

    /// True when nothing has to be tried again.
    async fn pass(self) -> bool {
        let mut done = true;
        let mut waiting = outbox::uploads(&self.device.keeper());
        // A receipt may have come another way.
        let settled = |digest: &str| !waiting.iter().any(|one| one.digest.as_str() == digest);
        if self.tried.with_untracked(|known| known.keys().any(|digest| settled(digest))) {
            self.tried.update(|known| known.retain(|digest, _| !settled(digest)));
        }
        if let Some(first) = self.first.get_value() {
            waiting.sort_by_key(|one| one.digest != first);
        }
        let total = waiting.len();
        for (at, one) in waiting.into_iter().enumerate() {
            let Some(plan) = self.device.kept_plan(&one.plan.digest) else { continue };
            if plan.receivers.is_empty() {
                continue;
            }
            self.state.set(Sending::Busy);
            self.progress.set((at + 1, total));
            let keys: Vec<PublicKey> = plan.receivers.iter().map(|receiver| receiver.key.clone()).collect();
            let mut received = false;
            for receiver in &plan.receivers {
                match self.upload(&one, &receiver.url, &keys).await {
                    Ok(true) => {
                        received = true;
                        break;
                    }
                    Ok(false) => {}
                    // The next batch would find no network either.
                    Err(()) if !net::online() => return false,
                    Err(()) => {}
                }
            }
            done &= received;
        }
        done
    }

    /// True: received or refused, and that is kept. False: to be tried again. An error: nobody answered.
    async fn upload(self, one: &Handed, url: &str, keys: &[PublicKey]) -> Result<bool, ()> {
        let Some(text) = outbox::read_batch(&self.device.keeper(), &one.digest) else { return Ok(true) };
        let answer = net::upload(url, &one.digest, &text).await;
        let changes = match outbox::judge(&Web, net::reply(&answer), keys, &one.digest).await {
            Verdict::Received { receipt } => outbox::keep_receipt(one, &receipt, now()),
            Verdict::Refused { status, code } => outbox::keep_refusal(one, status, &code),
            Verdict::Retry(why) => {
                let tried = match why {
                    outbox::Retry::NoAnswer => Tried::NoAnswer,
                    outbox::Retry::Status(status) => Tried::Status(status),
                    outbox::Retry::WrongReceipt(_) => Tried::NoReceipt,
                };
                self.note(one, Some(tried));
                return if tried == Tried::NoAnswer { Err(()) } else { Ok(false) };
            }
        };
        self.note(one, None);
        // A receipt that could not be kept is asked for again: the upload is idempotent.
        Ok(self.device.commit(changes).await.is_ok())
    }

    fn note(self, one: &Handed, tried: Option<Tried>) {
        if tried.is_none() && self.tried.with_untracked(|known| known.get(one.digest.as_str()).is_none()) {
            return;
        }
        self.tried.update(|known| match tried {
            Some(tried) => drop(known.insert(one.digest.as_str().to_owned(), tried)),
            None => drop(known.remove(one.digest.as_str())),
        });
    }

    /// Makes the batch of a resident's closed session and sends it.
    pub async fn send_off(self, id: &str) -> Result<Option<Digest>, PackError> {
        let digest = self.pack_link(id).await?;
        self.wake();
        Ok(digest)
    }

    async fn pack_link(self, id: &str) -> Result<Option<Digest>, PackError> {
        let parcel = outbox::send_off(&self.device.keeper(), id).map_err(PackError::Outbox)?;
        match parcel {
            None => Ok(None),
            Some(parcel) => {
                let (key, public) = Web.generate_sign(false).await?;
                self.pack(&parcel, &key, &public).await.map(Some)
            }
        }
    }

    /// Makes the batches of one plan, of every round in it, by this device's key, and sends them. The number of batches.
    pub async fn hand_over(self, plan: &Digest) -> Result<usize, PackError> {
        let key = Key::open().await.map_err(PackError::Key)?;
        let (mut packed, mut conflicts) = (0, 0);
        for group in outbox::pending(&self.device.keeper()).into_iter().filter(|group| group.plan.digest == *plan) {
            loop {
                let parcel = outbox::hand_over(&self.device.keeper(), plan, &group.round, &key.id);
                let Some(parcel) = parcel.map_err(PackError::Outbox)? else { break };
                debug_assert_eq!(parcel.signer, Signer::Device(key.id.clone()));
                match self.pack(&parcel, &key.key, &key.public).await {
                    Ok(_) => packed += 1,
                    // Another tab was first: what is left is seen anew.
                    Err(PackError::Save(SaveError::Conflict { .. })) if conflicts < 3 => conflicts += 1,
                    Err(error) => return Err(error),
                }
            }
        }
        self.wake();
        Ok(packed)
    }

    /// Signs and stores: only a stored batch is ever sent.
    async fn pack(
        self,
        parcel: &Parcel,
        key: &<Web as Crypto>::SignKey,
        public: &PublicKey,
    ) -> Result<Digest, PackError> {
        let signed = sign_batch(&Web, key, public, parcel.draft.clone()).await?;
        let mut changes = outbox::store_batch(parcel, &signed);
        if parcel.signer != Signer::Fresh {
            let draft = &parcel.draft;
            changes.extend(outbox::pack(&self.device.keeper(), &draft.plan.digest, &draft.round, &signed.digest));
        }
        self.device.commit(changes).await.map_err(PackError::Save)?;
        Ok(signed.digest)
    }
}

fn now() -> u64 {
    u64::try_from(clock::now()).unwrap_or(0)
}
