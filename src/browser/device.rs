//! This device's own key: made once, in the browser, where nothing can take it out, and kept there.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::CryptoKey;

use super::clock::within;
use super::crypto::Web;
use super::keeper::SaveError;
use super::keeper::indexed::{begin_strict, completion, connect, name_failure, settle};
use super::locks::{self, Ask};
use super::object;
use crate::batch::{Crypto, CryptoError, thumbprint};
use crate::plan::{Digest, PublicKey};

const DATABASE: &str = "minping-device";
const KEYS: &str = "keys";
const NAME: &str = "sign";
/// Before the id of a hall ballot: the key by which its paper is entered. Each ballot has a chain of its own, apart from the
/// canvasser's on the same computer.
const PAPER: &str = "paper/";
const PATIENCE: i32 = 10_000;

/// The key and its identity. Cloning copies a handle.
#[derive(Clone)]
pub struct Device {
    pub key: CryptoKey,
    pub public: PublicKey,
    /// Thumbprint of `public`: what the roster and the chain call this device.
    pub id: Digest,
}

/// Why this device has no key now. It must not make another one: the office knows it by the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceError {
    Crypto(CryptoError),
    Storage(SaveError),
    /// What lies in the key's place is no key. It is left as it is.
    Unreadable,
}

impl From<CryptoError> for DeviceError {
    fn from(error: CryptoError) -> DeviceError {
        DeviceError::Crypto(error)
    }
}

impl From<SaveError> for DeviceError {
    fn from(error: SaveError) -> DeviceError {
        DeviceError::Storage(error)
    }
}

impl Device {
    /// Reads the key, or makes it at the first call. Two tabs that call at once get the same one.
    pub async fn open() -> Result<Device, DeviceError> {
        Device::of(NAME).await
    }

    /// The same for the paper of a hall ballot that is entered on this computer.
    pub async fn open_paper(ballot: &str) -> Result<Device, DeviceError> {
        Device::of(&[PAPER, ballot].concat()).await
    }

    /// Deletes the canvasser's key: this device is another one from then on.
    pub async fn forget() -> Result<(), DeviceError> {
        within(PATIENCE, async {
            let _alone = locks::acquire("minping-device", Ask::Wait).await;
            let database = connect(DATABASE, &[KEYS]).await?;
            let transaction = begin_strict(&database, KEYS)?;
            let finished = completion(&transaction);
            let store = transaction.object_store(KEYS).map_err(|error| name_failure(&error))?;
            store.delete(&NAME.into()).map_err(|error| name_failure(&error))?;
            let done = finished.await.is_ok();
            database.close();
            if done { Ok(()) } else { Err(SaveError::Unavailable.into()) }
        })
        .await
        .unwrap_or_else(|| Err(SaveError::Failed("no answer in time".into()).into()))
    }

    async fn of(name: &str) -> Result<Device, DeviceError> {
        within(PATIENCE, async {
            let _alone = locks::acquire("minping-device", Ask::Wait).await;
            open_or_make(name).await
        })
        .await
        .unwrap_or_else(|| Err(SaveError::Failed("no answer in time".into()).into()))
    }
}

async fn open_or_make(name: &str) -> Result<Device, DeviceError> {
    let database = connect(DATABASE, &[KEYS]).await?;
    let transaction = database.transaction_with_str(KEYS).map_err(|error| name_failure(&error))?;
    let store = transaction.object_store(KEYS).map_err(|error| name_failure(&error))?;
    let kept = settle(&store.get(&name.into()).map_err(|error| name_failure(&error))?).await?;
    let (key, public) = if kept.is_undefined() {
        let (key, public) = Web.generate_sign(false).await?;
        // `add`, so that a key that came there another way is never replaced.
        let value = Array::of3(&key, &public.x.as_str().into(), &public.y.as_str().into());
        let transaction = begin_strict(&database, KEYS)?;
        let finished = completion(&transaction);
        let store = transaction.object_store(KEYS).map_err(|error| name_failure(&error))?;
        store.add_with_key(&value, &name.into()).map_err(|error| name_failure(&error))?;
        if finished.await.is_err() {
            let error = transaction.error().map(|error| name_failure(&error));
            return Err(error.unwrap_or(SaveError::Unavailable).into());
        }
        (key, public)
    } else {
        let parts: &Array = kept.dyn_ref().ok_or(DeviceError::Unreadable)?;
        let key = parts.get(0).dyn_into::<CryptoKey>().map_err(|_| DeviceError::Unreadable)?;
        let (Some(x), Some(y)) = (parts.get(1).as_string(), parts.get(2).as_string()) else {
            return Err(DeviceError::Unreadable);
        };
        (key, PublicKey::p256(x, y))
    };
    database.close();
    let id = thumbprint(&Web, &public).await?;
    Ok(Device { key, public, id })
}

/// Whether this browser can keep a key at all: a cheap question before enrolment is offered.
pub fn can_keep_keys() -> bool {
    web_sys::window()
        .is_some_and(|window| window.is_secure_context() && object::present(&object::get(&window, "indexedDB")))
}
