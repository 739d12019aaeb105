use super::attached::attached;
use super::{Changes, SEALED, View, body, join, version};
use crate::session::PlanRef;
use crate::store::DRAFT;

/// What is known of a session when it ends, besides its record.
#[derive(Clone, Copy, Debug)]
pub struct Closed<'a> {
    /// The session's id; its record's id too.
    pub id: &'a str,
    pub plan: &'a PlanRef,
    pub round: &'a str,
    /// The resident's link token, where the session was opened by one.
    pub link: Option<&'a str>,
}

impl Closed<'_> {
    fn head(&self) -> body::Head {
        let mut head = body::Head::new(self.plan.clone(), self.round.to_owned());
        head.link = self.link.map(str::to_owned);
        head
    }
}

/// A closed session: `record` is its sealed record (JWE JSON), or, in plans that do not seal, the record's JSON. Its
/// attachments are in it. The first change is the sealed entry.
pub fn seal(view: &impl View, closed: Closed, record: &str) -> Changes {
    let mut changes = vec![(join(SEALED, closed.id), Some(body::encode(&closed.head(), record)))];
    changes.extend(removal(view, closed.id));
    changes
}

/// The draft, and what was attached to it.
fn removal(view: &impl View, id: &str) -> impl Iterator<Item = (String, Option<String>)> {
    std::iter::once(join(DRAFT, id)).chain(attached(view, id)).chain(version::forget(view, id)).map(|key| (key, None))
}

/// A discarded session, counted with its reason in the device's next batch. A resident who goes away without sending
/// has handed nothing over: a session with a link only loses its draft.
pub fn void(view: &impl View, closed: Closed, reason: &str) -> Changes {
    let removal = removal(view, closed.id);
    if closed.link.is_some() {
        return removal.collect();
    }
    let mut head = closed.head();
    head.void = Some(reason.to_owned());
    let mut changes = vec![(join(SEALED, closed.id), Some(body::encode(&head, "")))];
    changes.extend(removal);
    changes
}
