//! What leaves a device: records sealed for the office, batches signed and chained, and the tokens around them. Only
//! published standards (JOSE); the bytes are described in FORMAT.md, which is compiled into these docs.
//!
//! **Promises**: no kind is accepted as another (`typ`); nothing verifies after one bit is changed; [`Verified`] can only
//! be made here. **Refuses** to hold a primitive: they come through [`Crypto`], WebCrypto in the browser and a native
//! library in the program.
#![doc = include_str!("../FORMAT.md")]

pub mod crypto;

mod admission;
mod answers;
mod assignment;
mod base64url;
mod card;
mod certificate;
mod claim;
mod contacts;
mod decision;
mod envelope;
mod fingerprint;
mod jws;
mod key_agreement;
mod key_file;
mod link;
mod protocol;
mod quotas;
mod receipt;
mod roster;
mod seal;
mod sent;

pub use admission::{Admission, Quarantine, Trust, Verified, link_token, verify_batch};
pub use answers::{SealRightError, open_right_answers, seal_right_answers};
pub use assignment::{
    Assignment, AssignmentError, Case, Selection, is_case_id, read_assignment, sign_assignment, verify_assignment,
};
pub use card::{Card, CardError, sign_card, verify_card};
pub use certificate::{Certificate, CertificateError, VerifiedCertificate, sign_certificate, verify_certificate};
pub use claim::{Claim, ClaimError, LONGEST_CLAIM, VerifiedClaim, claimed_case, sign_claim, verify_claim};
pub use contacts::{
    CaseStanding, ContactLog, ContactsError, DayCount, LogHead, SignedLog, VerifiedLog, open_contacts, sign_contacts,
    verify_contacts,
};
pub use crypto::{Crypto, CryptoError, PrivateKey, plan_digest, thumbprint};
pub use decision::{Decision, DecisionError, Subject, Verdict, sign_decision, verify_decision};
pub use envelope::{Batch, BatchDraft, BatchError, SignedBatch, Slip, Voided, batch_digest, sign_batch};
pub use fingerprint::{fingerprint, plan_digits};
pub use key_file::{KeyFileError, OfficeSecrets, open_keys, seal_keys};
pub use link::{Link, LinkError, read_link, sign_link, verify_link};
pub use protocol::{ProtocolError, protocol_payload, sign_protocol, verify_protocol};
pub use quotas::{Quotas, QuotasError, quotas_file, read_quotas, sign_quotas, verify_quotas};
pub use receipt::{Receipt, ReceiptError, sign_receipt, verify_receipt};
pub use roster::{Roster, RosterEntry, RosterError, sign_roster, verify_roster};
pub use seal::{OpenError, SealError, open_record, seal_record};
pub use sent::{SentBatch, SentError, SentList, SentPlan, SentState};

// Needs real primitives, so the tests of the room run where the native edge is built.
#[cfg(all(test, feature = "cli"))]
mod tests;
