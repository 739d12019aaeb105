use crate::batch::{Crypto, ReceiptError, verify_receipt};
use crate::json;
use crate::plan::{Digest, PublicKey};

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
            // Members for people are of no use here.
            let code = json::read(body, |refusal| refusal.text("code")).unwrap_or_default();
            // The code becomes part of a body of words and of a message: only the receiver's own form is taken.
            let known = code.len() <= 40 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            Verdict::Refused { status, code: if known { code } else { String::new() } }
        }
        _ => Verdict::Retry(Retry::Status(status)),
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::batch::{Receipt, sign_receipt};
    use crate::native::crypto::Native;
    use pollster::block_on;

    fn digest(letter: &str) -> Digest {
        Digest(letter.repeat(43))
    }

    /// The receiver's key, and its receipt for batch `a`.
    fn receipt() -> (PublicKey, String) {
        block_on(async {
            let (key, public) = Native.generate_sign(false).await.unwrap();
            let receipt = Receipt { v: 1, batch: digest("a") };
            let text = sign_receipt(&Native, &key, &public, &receipt).await.unwrap();
            (public, text)
        })
    }

    fn judged(status: u16, body: &str, keys: &[PublicKey], batch: &str) -> Verdict {
        block_on(judge(&Native, Reply::Some { status, body }, keys, &digest(batch)))
    }

    #[test]
    fn only_a_receipt_for_this_batch_by_a_receiver_of_the_plan_counts_as_received() {
        let (key, text) = receipt();
        let (stranger, _) = receipt();
        let keys = [stranger.clone(), key];
        for status in [200, 201] {
            assert_eq!(judged(status, &text, &keys, "a"), Verdict::Received { receipt: text.clone() });
            assert_eq!(
                judged(status, &[&text, "\n"].concat(), &keys, "a"),
                Verdict::Received { receipt: text.clone() }
            );
            for (body, keys, batch) in [
                ("", &keys[..], "a"),
                ("<!doctype html>please log in", &keys, "a"),
                (&text, &keys, "b"),
                (&text, std::slice::from_ref(&stranger), "a"),
                (&text, &[], "a"),
                (&text[..text.len() - 1], &keys, "a"),
            ] {
                let verdict = judged(status, body, keys, batch);
                assert!(matches!(verdict, Verdict::Retry(Retry::WrongReceipt(_))), "{body:?}: {verdict:?}");
            }
        }
    }

    #[test]
    fn a_receipt_under_another_status_is_no_receipt() {
        let (key, text) = receipt();
        for status in [202, 204, 301, 302, 500, 502, 503, 504, 507, 511] {
            assert_eq!(judged(status, &text, std::slice::from_ref(&key), "a"), Verdict::Retry(Retry::Status(status)));
        }
    }

    #[test]
    fn what_is_about_the_moment_is_tried_again_and_what_is_about_the_batch_stops() {
        for status in [408, 425, 429] {
            assert_eq!(judged(status, "{}", &[], "a"), Verdict::Retry(Retry::Status(status)));
        }
        let body = r#"{"code":"too_big","message":{"zh":"大","en":"big"}}"#;
        assert_eq!(judged(413, body, &[], "a"), Verdict::Refused { status: 413, code: "too_big".into() });
        assert_eq!(block_on(judge(&Native, Reply::None, &[], &digest("a"))), Verdict::Retry(Retry::NoAnswer));
    }

    #[test]
    fn a_refusal_by_something_else_has_no_code() {
        for body in ["", "<html>", "{}", r#"{"code":7}"#, r#"{"code":"<b>Not Ours"}"#, r#"{"code":"a b"}"#] {
            assert_eq!(judged(404, body, &[], "a"), Verdict::Refused { status: 404, code: String::new() }, "{body}");
        }
    }
}
