use super::{Changes, SEALED, body, join};
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

/// A closed session: `record` is its sealed record (JWE JSON), or, in plans that do not seal, the record's JSON.
pub fn seal(closed: Closed, record: &str) -> Changes {
    vec![(join(SEALED, closed.id), Some(body::encode(&closed.head(), record))), (join(DRAFT, closed.id), None)]
}

/// A discarded session, counted with its reason in the device's next batch. A resident who goes away without sending
/// has handed nothing over: a session with a link only loses its draft.
pub fn void(closed: Closed, reason: &str) -> Changes {
    let removal = (join(DRAFT, closed.id), None);
    if closed.link.is_some() {
        return vec![removal];
    }
    let mut head = closed.head();
    head.void = Some(reason.to_owned());
    vec![(join(SEALED, closed.id), Some(body::encode(&head, ""))), removal]
}
