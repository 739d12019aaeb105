//! A canvasser of the device as kept in `setting/canvasser/<id>`: the name, how the PIN becomes a key, and what that key opens.

use super::cipher::{seal, unseal};
use crate::batch::{Crypto, CryptoError};
use crate::json::{self, Writer};
use crate::outbox::{Tries, View};
use argon2::{Algorithm, Argon2, Params, Version};
use base64ct::{Base64UrlUnpadded, Encoding};

/// What the key of each entry begins with; the id comes after it.
pub const CANVASSER: &str = "setting/canvasser/";

/// How long a name may be, in characters.
const LONGEST_NAME: usize = 40;
const SHORTEST: usize = 6;
const LONGEST: usize = 64;

/// Cost of Argon2id, version 1.3. It is kept with each PIN, so that later ones may cost more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashing {
    /// KiB of memory.
    pub memory: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl Hashing {
    /// 32 MiB, four passes, one lane: well above what the OWASP Password Storage Cheat Sheet asks of Argon2id at least (19 MiB, two passes),
    /// and about 0.7 s on a slow tablet. A page's memory never shrinks again, and a tablet has little of it: the rest is spent in passes.
    pub const NOW: Hashing = Hashing { memory: 32 * 1024, passes: 4, lanes: 1 };

    pub(super) fn key(self, pin: &str, salt: &[u8]) -> Option<[u8; 32]> {
        let params = Params::new(self.memory, self.passes, self.lanes, Some(32)).ok()?;
        let mut key = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.as_bytes(), salt, &mut key)
            .ok()?;
        Some(key)
    }
}

/// What an entered PIN opens. It is in memory while the canvasser works, and nowhere else.
#[derive(Clone)]
pub struct Keys {
    /// Of the canvasser.
    pub id: String,
    pub(super) own: [u8; 32],
    pub(super) shared: [u8; 32],
}

/// A canvasser as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canvasser {
    pub id: String,
    pub name: String,
    hashing: Hashing,
    salt: String,
    /// Both keys, sealed by the PIN's.
    keys: String,
    tries: Tries,
}

/// Why a text cannot be a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinFault {
    /// Fewer than six characters, or more than 64.
    Length,
    /// One character again and again, or digits in their order: what is guessed first.
    Simple,
}

/// Six to 64 characters of any kind.
pub fn check_pin(pin: &str) -> Result<(), PinFault> {
    let signs: Vec<u32> = pin.chars().map(u32::from).collect();
    if !(SHORTEST..=LONGEST).contains(&signs.len()) {
        return Err(PinFault::Length);
    }
    let steps: Vec<i64> = signs.windows(2).map(|pair| i64::from(pair[1]) - i64::from(pair[0])).collect();
    let simple = [0, 1, -1].iter().any(|step| steps.iter().all(|found| found == step));
    if simple { Err(PinFault::Simple) } else { Ok(()) }
}

/// A name as it is kept: without control characters and double blanks, at most 40 characters. `None`: nothing is left.
fn tidy(name: &str) -> Option<String> {
    let name: String = name.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

/// All canvassers of the device, by name.
pub fn canvassers(view: &impl View) -> Vec<Canvasser> {
    let mut found = Vec::new();
    view.each(CANVASSER, &mut |key, body| found.extend(Canvasser::parse(&key[CANVASSER.len()..], body)));
    found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    found
}

/// A new canvasser. `beside`: the keys of one who works here now; `None`: this is the first. The caller has checked name and PIN.
pub fn enrol<C: Crypto>(
    crypto: &C,
    name: &str,
    pin: &str,
    hashing: Hashing,
    beside: Option<&Keys>,
) -> Result<(Canvasser, Keys), CryptoError> {
    let (mut id, mut own, mut shared) = ([0; 9], [0; 32], [0; 32]);
    crypto.random(&mut id)?;
    crypto.random(&mut own)?;
    match beside {
        Some(keys) => shared = keys.shared,
        None => crypto.random(&mut shared)?,
    }
    let id = Base64UrlUnpadded::encode_string(&id);
    let keys = Keys { id: id.clone(), own, shared };
    let name = tidy(name).ok_or(CryptoError::Refused)?;
    let empty = Canvasser { id, name, hashing, salt: String::new(), keys: String::new(), tries: Tries::default() };
    Ok((empty.change(crypto, &keys, pin, hashing)?, keys))
}

impl Canvasser {
    pub fn parse(id: &str, text: &str) -> Option<Canvasser> {
        let kept = json::read(text, |node| {
            let node = node.only(&["v", "name", "memory", "passes", "lanes", "salt", "keys", "wrong", "until"]);
            let cost = |name, most| node.whole(name, most) as u32;
            (node.whole("v", u64::MAX) == 1).then(|| Canvasser {
                id: String::new(),
                name: node.text("name"),
                // What costs more than this no device of ours has written.
                hashing: Hashing {
                    memory: cost("memory", 1 << 20),
                    passes: cost("passes", 64),
                    lanes: cost("lanes", 16),
                },
                salt: node.text("salt"),
                keys: node.text("keys"),
                tries: Tries::read(node),
            })
        });
        kept.ok().flatten().map(|kept| Canvasser { id: id.to_owned(), ..kept })
    }

    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.number("v", 1);
        out.text("name", &self.name);
        out.number("memory", u64::from(self.hashing.memory));
        out.number("passes", u64::from(self.hashing.passes));
        out.number("lanes", u64::from(self.hashing.lanes));
        out.text("salt", &self.salt);
        out.text("keys", &self.keys);
        self.tries.write(&mut out);
        out.close('}');
        out.finish()
    }

    /// Key and body of the entry.
    pub fn entry(&self) -> (String, Option<String>) {
        ([CANVASSER, &self.id].concat(), Some(self.encode()))
    }

    /// The keys, by the right PIN. It takes as long as the hashing costs.
    pub fn unlock(&self, pin: &str) -> Option<Keys> {
        let salt = Base64UrlUnpadded::decode_vec(&self.salt).ok()?;
        let both = unseal(&self.hashing.key(pin, &salt)?, self.id.as_bytes(), &self.keys)?;
        let (own, shared) = both.split_first_chunk::<32>()?;
        Some(Keys { id: self.id.clone(), own: *own, shared: shared.try_into().ok()? })
    }

    /// The same canvasser with another PIN: what was wrapped stays as it is.
    pub fn change<C: Crypto>(
        &self,
        crypto: &C,
        keys: &Keys,
        pin: &str,
        hashing: Hashing,
    ) -> Result<Canvasser, CryptoError> {
        let (mut salt, mut nonce) = ([0; 16], [0; 12]);
        crypto.random(&mut salt)?;
        crypto.random(&mut nonce)?;
        let secret = hashing.key(pin, &salt).ok_or(CryptoError::Unavailable)?;
        let both = [keys.own, keys.shared].concat();
        let sealed = seal(&secret, nonce, self.id.as_bytes(), &both).ok_or(CryptoError::Unavailable)?;
        let salt = Base64UrlUnpadded::encode_string(&salt);
        Ok(Canvasser { hashing, salt, keys: sealed, tries: Tries::default(), ..self.clone() })
    }

    /// Milliseconds until the next try.
    pub fn pause(&self, now: u64) -> u64 {
        self.tries.pause(now)
    }

    /// As it is to be kept before the outcome of a try is told; `None`: nothing has changed.
    pub fn tried(&self, right: bool, now: u64) -> Option<Canvasser> {
        let tries = if right { self.tries.after_right() } else { Some(self.tries.after_wrong(now)) };
        tries.map(|tries| Canvasser { tries, ..self.clone() })
    }
}
