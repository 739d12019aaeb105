//! Attachments of the interview that is on the screen.

use super::Live;
use super::live::Inner;
use crate::browser::keeper::SaveError;
use crate::outbox::{attach, attachment_key, superfluous};
use crate::session::{Answer, Attachment, Draft, Record};
use crate::store::Entry;
use leptos::prelude::WithValue;

impl Live {
    /// Keeps a file. Only once it is durable may its name become an answer.
    pub async fn attach(self, name: &str, data: String) -> Result<(), SaveError> {
        // The person has left: nothing names it.
        let Some((key, keeper)) = self.inner.try_with_value(|inner| {
            let inner = inner.borrow();
            (attachment_key(inner.session.id(), name), inner.keeper.clone())
        }) else {
            return Err(SaveError::Unavailable);
        };
        match keeper {
            Some(keeper) => {
                if keeper.get(&key).as_ref() == Some(&data) {
                    return Ok(());
                }
                keeper.commit(vec![(key, Some(data))]).await.map(drop)
            }
            None => {
                let entry = Entry::new(key.clone(), 1, data);
                self.inner.with_value(|inner| inner.borrow_mut().loose.insert(key, entry));
                Ok(())
            }
        }
    }

    /// Whether the interview is still on the screen: to be asked after every wait.
    pub fn is_open(self) -> bool {
        self.inner.try_with_value(|_| ()).is_some()
    }

    /// A file in base64; `None` where it is not here.
    pub fn attached(self, name: &str) -> Option<String> {
        self.inner.with_value(|inner| {
            let inner = inner.borrow();
            let key = attachment_key(inner.session.id(), name);
            match &inner.keeper {
                Some(keeper) => keeper.get(&key),
                None => inner.loose.get(&key)?.body.clone(),
            }
        })
    }

    /// Its address, with the whole file in it (RFC 2397).
    pub fn attached_url(self, name: &str) -> Option<String> {
        let (data, attachment) = (self.attached(name)?, Attachment::parse(name)?);
        let mut url = String::with_capacity(data.len() + 32);
        for part in ["data:", attachment.kind.media_type(), ";base64,", &data] {
            url.push_str(part);
        }
        Some(url)
    }

    /// Puts the attachments into a record that is about to be sealed.
    pub fn attach_to(self, record: &mut Record) {
        self.inner.with_value(|inner| {
            let Inner { keeper, loose, .. } = &*inner.borrow();
            match keeper {
                Some(keeper) => attach(keeper, record),
                None => attach(loose, record),
            }
        });
    }

    /// Removes what was attached once and is no longer named by any draft, after the draft without it is durable.
    pub async fn tidy_attached(self) {
        let found = self.inner.try_with_value(|inner| {
            let Inner { session, keeper, .. } = &*inner.borrow();
            let keeper = keeper.clone()?;
            let keys = superfluous(&keeper, session.id(), &|name| names(session.draft(), name));
            Some((keeper, session.id().to_owned(), keys))
        });
        let Some((keeper, id, keys)) = found.flatten() else { return };
        if keys.is_empty() || keeper.flush().await.is_err() {
            return;
        }
        // What was named in the meantime stays.
        let still = self
            .inner
            .try_with_value(|inner| superfluous(&keeper, &id, &|name| names(inner.borrow().session.draft(), name)));
        let changes: Vec<_> =
            keys.into_iter().filter(|key| still.as_ref().is_some_and(|still| still.contains(key))).collect();
        if !changes.is_empty() {
            // What stays is removed another time, at the latest with the draft.
            let _ = keeper.commit(changes.into_iter().map(|key| (key, None)).collect()).await;
        }
    }
}

fn names(draft: &Draft, name: &str) -> bool {
    draft.answers.values().any(|answer| matches!(answer, Answer::Text(text) if text == name))
}
