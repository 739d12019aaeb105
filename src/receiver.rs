//! The receiver: takes batches in over HTTP, puts them on disk, answers with a signed receipt, and serves the app.
//!
//! **Owns** a data folder: `batches/<digest>.minping`, its own receipt key and the office's token. **Promises**: a
//! receipt is given only after the batch is on disk (file and folder flushed); an upload repeated, cut or made twice at once changes nothing
//! but time; logs hold no answer and no address. **Refuses** whatever does not match its digest, is not signed, belongs
//! to a plan that is not published here, or comes by a link that the office did not sign. It holds no key that opens
//! an answer, and no state beside the folder but who is calling which case now: several can run on one shared folder, as
//! long as callers use one of them.
//!
//! | request | answer |
//! |---|---|
//! | `PUT /api/batches/<digest>`, body: the batch's text | 201 new or 200 known, and the receipt |
//! | `GET /api/batches?after=<digest>&limit=<n>` with the office's token | `{"v":1,"batches":[…],"next":"…"}` |
//! | `GET /api/batches/<digest>` with the office's token | the batch's text; `last-modified` is the day on which it came, without the hour |
//! | the same of `/api/contacts` | contact logs, `contacts/<digest>.minping-contacts` |
//! | `PUT /api/claims/<case>`, body: a signed claim | 200 and `{"v":1,"claim":"yours","seconds":600}`, or `"other"` |
//! | `GET /api/health` | 200 when batches can be stored |
//!
//! Errors are `{"code":"…","message":{"zh":"…","en":"…"}}`.

mod api;
mod app;
mod claims;
mod door;
mod enrolled;
mod folder;
mod limit;
mod refusal;
mod secret;
mod server;

pub use claims::{Answer, Claims};
pub use door::{Admitted, Door, PlanError};
pub use enrolled::{Rosters, Standing};
pub use folder::{Folder, FolderError, Put};
pub use limit::Limit;
pub use refusal::Refusal;
pub use secret::{ReceiptKey, SecretError, read_token};
pub use server::{Signal, Signals, run};

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

/// All that the handlers share.
pub struct Receiver {
    pub folder: Folder,
    pub door: Door,
    pub key: ReceiptKey,
    /// What the office shows to list and fetch batches.
    pub token: String,
    pub limit: Limit,
    /// Largest body of an upload, in bytes.
    pub largest: usize,
    /// Which devices may claim cases.
    pub rosters: Rosters,
    claims: Claims,
    /// Bytes of unfinished uploads in memory.
    buffered: AtomicUsize,
}

impl Receiver {
    pub fn new(folder: Folder, door: Door, key: ReceiptKey, token: String, limit: Limit, largest: usize) -> Receiver {
        Receiver {
            folder,
            door,
            key,
            token,
            limit,
            largest,
            rosters: Rosters::default(),
            claims: Claims::default(),
            buffered: AtomicUsize::new(0),
        }
    }

    /// The same, which keeps claims of the devices on these rosters.
    pub fn with_rosters(self, rosters: Rosters) -> Receiver {
        Receiver { rosters, ..self }
    }
}

/// The whole site: the API, and the app's folder where there is one.
pub fn router(receiver: Arc<Receiver>, app: Option<&Path>) -> axum::Router {
    let api = axum::Router::new().nest("/api", api::router(receiver));
    match app {
        Some(folder) => api.fallback_service(app::router(folder)),
        None => api,
    }
}
