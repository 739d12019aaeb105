//! A PIN that was entered: what came of it is kept before it is told.

use super::{Lock, keys_of};
use crate::browser::clock;
use crate::ui::field::save_words;
use crate::ui::words::{Language, Words, lock as words};
use crate::vault::Keys;

/// What came of it.
pub enum Entered {
    Right(Keys),
    /// Seconds until the next try, if there is a pause.
    Wrong(Option<u64>),
    Failed(Words),
}

impl Entered {
    /// Why it was not right.
    pub fn said(&self, language: Language) -> Option<String> {
        match self {
            Entered::Right(_) => None,
            Entered::Wrong(None) => Some(words::WRONG.of(language).to_owned()),
            Entered::Wrong(Some(seconds)) => Some(words::WAIT.fill(language, &[&seconds.to_string()])),
            Entered::Failed(why) => Some(why.of(language).to_owned()),
        }
    }
}

fn now() -> u64 {
    u64::try_from(clock::now()).unwrap_or(0)
}

/// Tries a PIN of a canvasser of this device.
pub async fn try_pin(lock: Lock, id: &str, pin: &str) -> Entered {
    let Some(canvasser) = lock.all_now().into_iter().find(|one| one.id == id) else {
        return Entered::Failed(words::GONE);
    };
    let seconds = |pause: u64| (pause > 0).then(|| pause.div_ceil(1000));
    let pause = canvasser.pause(now());
    if pause > 0 {
        return Entered::Wrong(seconds(pause));
    }
    // What says that it is being checked is painted first: hashing takes the whole of this thread.
    clock::sleep(40).await;
    let Ok(keys) = keys_of(canvasser.clone(), pin.to_owned()).await else { return Entered::Failed(words::NOT_LOADED) };
    let kept = canvasser.tried(keys.is_some(), now());
    if let Some(kept) = &kept
        && let Err(error) = lock.device.commit(vec![kept.entry()]).await
        && keys.is_none()
    {
        return Entered::Failed(save_words(&error));
    }
    match keys {
        Some(keys) => Entered::Right(keys),
        None => Entered::Wrong(kept.and_then(|kept| seconds(kept.pause(now())))),
    }
}

/// Whether this is the PIN of who works here: what ends an interview in the resident's hands.
pub async fn check(lock: Lock, pin: &str) -> Entered {
    match lock.own_now() {
        Some(own) => try_pin(lock, &own.id, pin).await,
        None => Entered::Failed(words::GONE),
    }
}
