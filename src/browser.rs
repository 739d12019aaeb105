//! The browser edge: storage, WebCrypto, clock, files, network, the service worker's client.
//!
//! **Owns** every call into the browser that is not the screen. **Promises**: nothing is called saved before it is; a
//! store that fails, lies or does not answer is reported and never waited for without end; what cannot be read is kept.
//! **Refuses** to decide what an entry means: the pure rooms make the steps, this one keeps and carries them.

pub mod clock;
pub mod crypto;
pub mod device;
pub mod files;
pub mod helper;
pub mod host;
pub mod keeper;
pub mod locale;
pub mod locks;
pub mod media;
pub mod net;
pub(crate) mod object;
pub mod picture;
pub mod worker;
