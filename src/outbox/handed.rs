//! An interview in the resident's hands, and the PIN that ends it early.
//!
//! The PIN keeps a person from leaving the resident's screen. It has few digits: who takes the storage out of the device
//! finds them, whatever the hash. So nothing is encrypted by it; sealed answers need no PIN.

use super::Tries;
use crate::batch::{Crypto, CryptoError};
use crate::json::{self, Writer};
use crate::plan::Digest;
use base64ct::{Base64UrlUnpadded, Encoding};

/// The interview that is handed over, or was until it was closed. While it is there, the app shows nothing else.
pub const HANDED: &str = "setting/handed";
/// The PIN of this device.
pub const PIN: &str = "setting/pin";

/// PBKDF2 with HMAC-SHA-512, as many rounds as the OWASP Password Storage Cheat Sheet asks for (210,000). A tablet of ten years ago
/// takes about a second: once at each hand-over, and a guess costs it as much.
const ROUNDS: u32 = 210_000;

/// How an interview left the resident's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is in them.
    Open,
    /// Sealed, complete or broken off: which of the two this device does not keep.
    Done,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InHands {
    pub plan: Digest,
    /// Id of the draft; empty once it is sealed, so that nothing here names the record.
    pub draft: String,
    pub stage: Stage,
    /// Where the canvasser goes on.
    pub back: String,
    /// The canvasser's own text size and reading aloud, to be put back.
    pub text_size: u64,
    pub aloud: bool,
    /// The canvasser's language, and the one in which texts of plans are wanted; the first apps did not keep them.
    pub language: Option<String>,
    pub tongue: Option<String>,
}

impl InHands {
    pub fn parse(text: &str) -> Option<InHands> {
        json::read(text, |node| {
            let node = node.only(&["plan", "draft", "stage", "back", "text_size", "aloud", "language", "tongue"]);
            InHands {
                plan: node.object("plan", Digest::read),
                draft: node.text("draft"),
                stage: [Stage::Open, Stage::Done][node.one_of("stage", &["open", "done"]).min(1)],
                back: node.text("back"),
                text_size: node.whole("text_size", 1000),
                aloud: node.flag("aloud", None),
                language: node.text_or_none("language"),
                tongue: node.text_or_none("tongue"),
            }
        })
        .ok()
    }

    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.text("plan", self.plan.as_str());
        out.text("draft", &self.draft);
        out.text("stage", ["open", "done"][self.stage as usize]);
        out.text("back", &self.back);
        out.number("text_size", self.text_size);
        out.name("aloud");
        out.raw(if self.aloud { "true" } else { "false" });
        out.text_if_some("language", self.language.as_ref());
        out.text_if_some("tongue", self.tongue.as_ref());
        out.close('}');
        out.finish()
    }

    /// In the step that seals the record.
    pub fn done(self) -> InHands {
        InHands { draft: String::new(), stage: Stage::Done, ..self }
    }
}

/// Whether these can be a PIN: four to eight digits.
pub fn is_pin(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A PIN as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    rounds: u32,
    salt: String,
    hash: String,
    tries: Tries,
}

impl Pin {
    pub async fn make<C: Crypto>(crypto: &C, pin: &str) -> Result<Pin, CryptoError> {
        let mut salt = [0; 16];
        crypto.random(&mut salt)?;
        let hash = crypto.pbkdf2_sha512(pin.as_bytes(), &salt, ROUNDS).await?;
        let text = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        Ok(Pin { rounds: ROUNDS, salt: text(&salt), hash: text(&hash), tries: Tries::default() })
    }

    pub fn parse(text: &str) -> Option<Pin> {
        let pin = json::read(text, |node| {
            let node = node.only(&["rounds", "salt", "hash", "wrong", "until"]);
            Pin {
                rounds: node.whole("rounds", 10_000_000) as u32,
                salt: node.text("salt"),
                hash: node.text("hash"),
                tries: Tries::read(node),
            }
        });
        pin.ok().filter(|pin| pin.rounds > 0)
    }

    pub fn encode(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.number("rounds", u64::from(self.rounds));
        out.text("salt", &self.salt);
        out.text("hash", &self.hash);
        self.tries.write(&mut out);
        out.close('}');
        out.finish()
    }

    pub async fn fits<C: Crypto>(&self, crypto: &C, pin: &str) -> Result<bool, CryptoError> {
        let Ok(salt) = Base64UrlUnpadded::decode_vec(&self.salt) else { return Ok(false) };
        let hash = crypto.pbkdf2_sha512(pin.as_bytes(), &salt, self.rounds).await?;
        Ok(Base64UrlUnpadded::encode_string(&hash) == self.hash)
    }

    /// Milliseconds until the next try, at `now`.
    pub fn pause(&self, now: u64) -> u64 {
        self.tries.pause(now)
    }

    /// After a wrong try, at `now`: to be kept before it is said.
    pub fn after_wrong(self, now: u64) -> Pin {
        Pin { tries: self.tries.after_wrong(now), ..self }
    }

    /// After the right one; None: nothing has changed.
    pub fn after_right(&self) -> Option<Pin> {
        self.tries.after_right().map(|tries| Pin { tries, ..self.clone() })
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::native::crypto::Native;
    use pollster::block_on;

    #[test]
    fn a_pin_is_known_again_and_not_kept() {
        let pin = block_on(Pin::make(&Native, "2580")).unwrap();
        let kept = Pin::parse(&pin.encode()).unwrap();
        assert_eq!(kept, pin);
        assert!(!pin.encode().contains("2580"));
        assert!(block_on(kept.fits(&Native, "2580")).unwrap());
        assert!(!block_on(kept.fits(&Native, "2581")).unwrap());
        assert_ne!(block_on(Pin::make(&Native, "2580")).unwrap().encode(), pin.encode(), "a salt of its own");
    }

    #[test]
    fn wrong_pins_cost_more_and_more_time_and_the_right_one_ends_that() {
        let mut pin = block_on(Pin::make(&Native, "2580")).unwrap();
        let mut pauses = Vec::new();
        for _ in 0..12 {
            pin = Pin::parse(&pin.after_wrong(1_000).encode()).unwrap();
            pauses.push(pin.pause(1_000) / 1000);
        }
        assert_eq!(pauses, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(pin.pause(901_000), 0);
        assert_eq!(pin.pause(0), 900_000, "a clock that was put back does not lock for ever");
        assert_eq!(pin.after_right().unwrap().pause(1_000), 0);
    }

    #[test]
    fn digits_are_a_pin_and_other_texts_are_none() {
        assert!(is_pin("0000") && is_pin("12345678"));
        assert!(!["", "123", "123456789", "12a4", "１２３４"].into_iter().any(is_pin));
    }

    #[test]
    fn what_is_in_the_residents_hands_reads_back_and_names_no_draft_once_it_is_done() {
        let plan = Digest("p".repeat(43));
        let back = "/field/x/cases".to_owned();
        let (language, tongue) = (Some("zh".into()), Some(String::new()));
        let open = InHands {
            plan,
            draft: "id".into(),
            stage: Stage::Open,
            back,
            text_size: 125,
            aloud: true,
            language,
            tongue,
        };
        assert_eq!(InHands::parse(&open.encode()), Some(open.clone()));
        let done = open.done();
        assert_eq!(InHands::parse(&done.encode()), Some(done.clone()));
        assert_eq!((done.draft.as_str(), done.stage), ("", Stage::Done));
        // As the first apps kept it.
        let before = done.encode().replace(r#","language":"zh","tongue":"""#, "");
        assert_eq!(InHands::parse(&before), Some(InHands { language: None, tongue: None, ..done }));
    }
}
