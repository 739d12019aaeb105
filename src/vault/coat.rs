//! What the store asks before it keeps a body and before it shows one.

use super::Keys;
use super::cipher::{self, SHARED, Wrapped};
use super::cover::{For, cover};
use crate::contact::is_try;
use crate::store::{Coat, Locked};
use std::borrow::Cow;

/// A canvasser works here: bodies are wrapped for them, and theirs are opened.
pub struct Open {
    keys: Keys,
    /// Fills with random bytes; false: there are none.
    random: fn(&mut [u8]) -> bool,
}

impl Open {
    pub fn new(keys: Keys, random: fn(&mut [u8]) -> bool) -> Open {
        Open { keys, random }
    }

    fn open(&self, key: &str, wrapped: &Wrapped) -> Option<String> {
        let secret = match wrapped.whose {
            SHARED => &self.keys.shared,
            whose if whose == self.keys.id => &self.keys.own,
            _ => return None,
        };
        cipher::unwrap(secret, key, wrapped)
    }

    /// What is wrapped, whole; `None`: it is not wrapped, or not for this canvasser.
    pub(super) fn opened(&self, key: &str, body: &str) -> Option<String> {
        self.open(key, &cipher::read(body)?)
    }

    pub(super) fn wrap(&self, key: &str, body: &str, whom: For, open: &str) -> Result<String, Locked> {
        let mut nonce = [0; 12];
        if !(self.random)(&mut nonce) {
            return Err(Locked);
        }
        let (secret, whose) = match whom {
            For::Own => (&self.keys.own, &*self.keys.id),
            For::All => (&self.keys.shared, SHARED),
        };
        cipher::wrap(secret, nonce, whose, key, body, open).ok_or(Locked)
    }
}

impl Coat for Open {
    fn put_on(&self, key: &str, body: String, held: Option<&str>) -> Result<String, Locked> {
        if held.and_then(cipher::read).is_some_and(|held| self.open(key, &held).is_none()) {
            return Shut.put_on(key, body, held);
        }
        if cipher::read(&body).is_some() {
            return Ok(body);
        }
        match cover(key, &body) {
            None => Ok(body),
            Some((whom, open)) => self.wrap(key, &body, whom, &open),
        }
    }

    fn take_off<'a>(&self, key: &str, body: &'a str) -> Cow<'a, str> {
        match cipher::read(body) {
            None => Cow::Borrowed(body),
            Some(wrapped) => self.open(key, &wrapped).map_or(Cow::Borrowed(wrapped.open), Cow::Owned),
        }
    }
}

/// Nobody works here: what is wrapped shows its open part, and nothing that has to be wrapped is kept.
pub struct Shut;

impl Coat for Shut {
    fn put_on(&self, key: &str, body: String, held: Option<&str>) -> Result<String, Locked> {
        let may = match held.and_then(cipher::read) {
            // Of an attempt what the office is told may be kept without the note that nobody can open any more.
            Some(held) => is_try(key) && held.open == body,
            None => cipher::read(&body).is_some() || cover(key, &body).is_none(),
        };
        if may { Ok(body) } else { Err(Locked) }
    }

    fn take_off<'a>(&self, _key: &str, body: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(cipher::read(body).map_or(body, |wrapped| wrapped.open))
    }
}
