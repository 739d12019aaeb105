//! Right answers sealed for the office when a plan is published: a JWE as a record is, with a type of its own.

use super::seal::{OpenError, SealError, Sealed, open_bytes, pad, seal_bytes};
use super::{Crypto, OfficeSecrets};
use crate::json::{self, Node, Writer};
use crate::named::Named;
use crate::plan::{Plan, RightAnswers, SealedAnswers};

/// The protected header.
const PROTECTED: &str = r#"{"alg":"ECDH-ES+A256KW","enc":"A256GCM","typ":"minping-right-answers+jwe"}"#;

const VERSION: u64 = 1;

/// Takes the right answers out of a plan that wants them sealed, and seals them for its keys. Answers that were sealed before
/// stay, where the plan has no others; else `keys` open them, and those that the plan has take the place of the old.
///
/// # Errors
/// [`SealRightError`]; the plan is then as it was.
pub async fn seal_right_answers<C: Crypto>(
    crypto: &C,
    keys: &OfficeSecrets<C>,
    plan: &mut Plan,
) -> Result<(), SealRightError> {
    let mut made = plan.clone();
    if !plan.right_answers.is_empty() {
        if made.privacy.seal_right_answers && !made.has_right() {
            return Ok(());
        }
        open_right_answers(crypto, keys, &mut made).await.map_err(SealRightError::Open)?;
        made.right_answers = SealedAnswers::default();
    }
    if made.privacy.seal_right_answers {
        let right = made.take_right();
        if !right.is_empty() {
            let recipients = made.keys.as_ref().map_or(&[][..], |keys| &keys.seal);
            if recipients.is_empty() {
                return Err(SealRightError::Seal(SealError::NoRecipient));
            }
            let plain = pad(content(&made.id, &right));
            let sealed = seal_bytes(crypto, recipients, PROTECTED, &plain).await;
            made.right_answers =
                SealedAnswers::of(sealed.map_err(|error| SealRightError::Seal(SealError::Crypto(error)))?);
        }
    }
    *plan = made;
    Ok(())
}

/// Puts the sealed right answers of a plan back where they are asked; the seal stays in the plan. Nothing where there is none.
///
/// # Errors
/// [`OpenError`]; [`OpenError::WrongKey`] where they are sealed for other keys.
pub async fn open_right_answers<C: Crypto>(
    crypto: &C,
    keys: &OfficeSecrets<C>,
    plan: &mut Plan,
) -> Result<(), OpenError> {
    if plan.right_answers.is_empty() {
        return Ok(());
    }
    let sealed = json::read(plan.right_answers.text(), Sealed::read).map_err(|_| OpenError::Malformed)?;
    let plain = open_bytes(crypto, keys, PROTECTED, &sealed).await?;
    let (version, of, right) = json::read_bytes(&plain, read).map_err(|_| OpenError::UnknownRecord)?;
    if version != VERSION || of != plan.id {
        return Err(OpenError::UnknownRecord);
    }
    plan.put_right(&right);
    Ok(())
}

/// Why the right answers of a plan were not sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealRightError {
    Seal(SealError),
    /// Those that were sealed before cannot be read, and would be lost.
    Open(OpenError),
}

fn content(plan: &str, right: &RightAnswers) -> String {
    let mut out = Writer::new();
    out.open('{');
    out.number("v", VERSION);
    out.text("plan", plan);
    out.name("right");
    out.open('{');
    for (questionnaire, items) in right.iter() {
        out.name(questionnaire);
        out.open('{');
        for (item, answers) in items.iter() {
            out.name(item);
            out.open('[');
            answers.iter().for_each(|answer| out.string(answer));
            out.close(']');
        }
        out.close('}');
    }
    out.close('}');
    out.close('}');
    out.finish()
}

fn read(node: Node) -> (u64, String, RightAnswers) {
    let node = node.only(&["v", "plan", "right"]);
    (node.whole("v", u64::from(u32::MAX)), node.text("plan"), node.object("right", |node| node.as_map(items)))
}

fn items(node: Node) -> Named<Vec<String>> {
    node.as_map(|node| node.as_list(Node::as_text))
}

impl std::fmt::Display for SealRightError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SealRightError::Seal(error) => error.fmt(f),
            SealRightError::Open(error) => {
                write!(f, "`/right_answers`, the right answers that were sealed before, cannot be opened: {error}")
            }
        }
    }
}

impl std::error::Error for SealRightError {}
