//! Several canvassers on one device: who they are, their PINs, and what lies on the device wrapped for whom.
//!
//! **Owns** the bodies of `setting/canvasser/<id>` and `setting/idle`, and the wrapping of other rooms' bodies. A PIN becomes a key by Argon2id
//! (RFC 9106); that key opens two others: the canvasser's own, for drafts, and one that all canvassers of the device have, for lists
//! of cases and notes at attempts. Bodies are wrapped by ChaCha20-Poly1305 (RFC 8439), which answers at once: the last keystroke is
//! wrapped before it is written anywhere, also while the page goes away.
//! **Promises**: a store needs no key to repair itself, because what it keeps is text as before; what is wrapped is never written over by
//! who cannot open it; a lost PIN costs what [`lost`] counts and nothing else. **Refuses** to read a store or a clock, and to guess: a
//! wrong PIN erases nothing. A PIN is short: who takes the storage out of the device and has time finds it. It keeps a tablet that was
//! left lying from telling what people said.
//!
//! | what happened | step |
//! |---|---|
//! | a canvasser gets a PIN | [`enrol`]; of the first one all that is there is wrapped: [`bare`] |
//! | the PIN is entered | [`Canvasser::unlock`], and with [`Canvasser::tried`] what a wrong one costs |
//! | another PIN | [`Canvasser::change`] |
//! | a canvasser leaves | [`hand_on`]: the drafts are everyone's from then on |
//! | the last one leaves | [`lay_bare`]: as before there was a PIN |
//! | the PIN is lost | [`forget`]: the drafts are counted as discarded |

mod canvasser;
mod cipher;
mod coat;
mod cover;
mod steps;

pub use canvasser::{CANVASSER, Canvasser, Hashing, Keys, PinFault, canvassers, check_pin, enrol};
pub use cipher::{SHARED, whose};
pub use coat::{Open, Shut};
pub use cover::bare;
pub use steps::{IDLE, Lost, forget, hand_on, idle_minutes, lay_bare, lost};

#[cfg(all(test, feature = "cli"))]
mod tests;
