use crate::batch::{Crypto, ReceiptError, verify_receipt};
use crate::plan::{Digest, PublicKey};
use serde::Deserialize;

/// How an upload ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply<'a> {
    /// No answer: no network, cut off, or too late.
    None,
    /// The answer's status and body, whoever gave it.
    Some { status: u16, body: &'a str },
}

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The receiver has it. The receipt's text is verified: [`super::keep_receipt`].
    Received { receipt: String },
    /// Nothing is changed; try again at [`super::retry_at`].
    Retry(Retry),
    /// Trying again would not help: stop, keep the batch, show what to do. [`super::keep_refusal`].
    Refused { status: u16, code: String },
}

/// Why an upload has to be tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retry {
    NoAnswer,
    /// Busy, out of order or full: its status. Redirects and captive portals' answers too.
    Status(u16),
    /// A success without a receipt that holds: an empty answer, a portal's page, another batch's receipt.
    WrongReceipt(ReceiptError),
}

/// The receiver's error body; members for people are of no use here.
#[derive(Deserialize)]
struct Refusal {
    code: String,
}

/// Judges the reply to an upload of `batch`. Only a receipt by one of `keys` (the plan's receivers) counts as received.
pub async fn judge<C: Crypto>(crypto: &C, reply: Reply<'_>, keys: &[PublicKey], batch: &Digest) -> Verdict {
    let (status, body) = match reply {
        Reply::None => return Verdict::Retry(Retry::NoAnswer),
        Reply::Some { status, body } => (status, body),
    };
    match status {
        200 | 201 => match verify_receipt(crypto, body.trim(), keys, batch).await {
            Ok(_) => Verdict::Received { receipt: body.trim().to_owned() },
            Err(error) => Verdict::Retry(Retry::WrongReceipt(error)),
        },
        // Request timeout, too early, too many requests: about this moment, not about this batch.
        408 | 425 | 429 => Verdict::Retry(Retry::Status(status)),
        400..=499 => {
            let code = serde_json::from_str(body).map_or(String::new(), |refusal: Refusal| refusal.code);
            // The code becomes part of a body of words and of a message: only the receiver's own form is taken.
            let known = code.len() <= 40 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            Verdict::Refused { status, code: if known { code } else { String::new() } }
        }
        _ => Verdict::Retry(Retry::Status(status)),
    }
}
