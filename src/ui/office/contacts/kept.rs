//! Contact logs on the desk: kept as they came, opened anew with the keys.

use crate::batch::{ContactsError, open_contacts, verify_contacts};
use crate::browser::crypto::Web;
use crate::contact::Logs;
use crate::plan::Digest;
use crate::ui::office::desk::Desk;
use crate::ui::words::{Words, contacts as words};
use leptos::prelude::*;

/// Where a log of a plan is kept.
pub fn contacts_key(plan: &str, digest: &Digest) -> String {
    [&prefix(plan), digest.as_str()].concat()
}

fn prefix(plan: &str) -> String {
    ["contacts/", plan, "/"].concat()
}

/// Keeps a log; why it is none of this plan.
pub async fn take(desk: Desk, text: &str) -> Result<(), Words> {
    let Some(chosen) = desk.chosen.get_untracked() else { return Err(words::LOG_BAD) };
    let log = verify_contacts(&Web, text, Some(&chosen.plan.id)).await.map_err(|_| words::LOG_BAD)?;
    let key = contacts_key(&chosen.plan.id, &log.digest);
    if desk.keeper().get(&key).is_none() {
        // What could not be kept is said above the page.
        desk.keep(vec![(key, Some(text.trim().to_owned()))]).await;
    }
    Ok(())
}

/// All logs of the plan on the desk, opened; and how many these keys do not open.
pub async fn read(desk: Desk) -> Option<(Logs, usize)> {
    let (chosen, keys, enrolled) =
        (desk.chosen.get_untracked()?, desk.keys.get_untracked()?, desk.roster.get_untracked()?);
    let mut logs = Logs::new(&enrolled.roster);
    let mut sealed = 0;
    for (_, text) in desk.keeper().list(&prefix(&chosen.plan.id)) {
        let opened = async {
            let log = verify_contacts(&Web, &text, Some(&chosen.plan.id)).await?;
            let content = open_contacts(&Web, &keys.secrets, &log).await?;
            Ok::<_, ContactsError>((log, content))
        };
        match opened.await {
            Ok((log, content)) => logs.take(&log, content),
            Err(_) => sealed += 1,
        }
    }
    Some((logs, sealed))
}
