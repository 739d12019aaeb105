//! The ballots of the plan on the desk, as they are kept: one entry of the keeper for each thing that changes by itself, so
//! that two windows never write over one another.

use crate::batch::link_token;
use crate::browser::clock;
use crate::browser::keeper::Keeper;
use crate::hall::{Ballot, Outcome, Papers, Place, Protocol, Received, Slip, Standing, Way, mark_of, received, ways};
use crate::outbox;
use crate::plan::{Digest, Plan};
use crate::ui::office::desk::Desk;
use crate::ui::office::intake::{self, FetchError};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

const FOLDER: &str = "hall/";
/// Between two looks at the receiver, in milliseconds.
const PAUSE: i32 = 3_000;

/// A ballot with all that is kept of it, but for the slips.
#[derive(Clone, PartialEq)]
pub struct Kept {
    pub ballot: Ballot,
    /// Rater group and address of each link.
    pub links: Vec<(Option<String>, String)>,
    /// Paper ballots in the box, by rater group (empty: none).
    pub collected: BTreeMap<String, u64>,
    /// Paper ballots that are records now, and what they were then.
    pub sealed: BTreeMap<Place, Option<Outcome>>,
    /// Records of paper ballots that are sealed and in no batch yet.
    pub waiting: BTreeSet<String>,
    /// Batches of paper ballots that no receiver has acknowledged.
    pub unsent: Vec<Digest>,
    /// The signed protocol, once the ballot is closed.
    pub protocol: Option<(String, Protocol)>,
}

/// How the last look at the receiver went.
#[derive(Clone, Copy, PartialEq)]
pub enum Look {
    /// No token was given since the page was opened, or the look was stopped.
    Off,
    Done,
    Failed(FetchError),
}

thread_local! {
    /// The receiver's token, as long as the window is open: the host goes to other pages and comes back.
    static TOKEN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What the page works on. Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct Work {
    pub desk: Desk,
    pub ballots: RwSignal<Vec<Kept>, LocalStorage>,
    pub token: RwSignal<String>,
    pub receiver: RwSignal<String>,
    pub look: RwSignal<Look>,
    /// Marks of the links in batches that were looked into.
    marks: StoredValue<BTreeMap<Digest, Option<String>>, LocalStorage>,
    looking: StoredValue<bool>,
}

pub fn key(ballot: &str, what: &str) -> String {
    [FOLDER, ballot, "/", what].concat()
}

pub fn slip_key(ballot: &str, place: &Place, pass: usize) -> String {
    let number = format!("{:06}", place.1);
    [FOLDER, ballot, "/slip/", &place.0, "/", &number, "/", &pass.to_string()].concat()
}

pub fn sealed_key(ballot: &str, place: &Place) -> String {
    [FOLDER, ballot, "/sealed/", &place.0, "/", &format!("{:06}", place.1)].concat()
}

/// Rater group and number of a key's last parts.
fn place_of(rest: &str) -> Option<Place> {
    let (group, number) = rest.rsplit_once('/')?;
    Some((group.to_owned(), number.parse().ok()?))
}

impl Kept {
    fn of(keeper: &Keeper, ballot: Ballot, before: Option<&(String, Protocol)>) -> Kept {
        let list = |what: &str| {
            let prefix = key(&ballot.id, what);
            let found = keeper.list(&prefix).into_iter();
            found.map(move |(key, body)| (key[prefix.len()..].to_owned(), body)).collect::<Vec<_>>()
        };
        let protocol = keeper.get(&key(&ballot.id, "protocol")).and_then(|text| match before {
            Some(before) if before.0 == text => Some(before.clone()),
            _ => Protocol::read_unverified(&text).map(|protocol| (text, protocol)),
        });
        let is_waiting = |record: &String| keeper.get(&[outbox::SEALED, record].concat()).is_some();
        Kept {
            links: list("link/")
                .into_iter()
                .map(|(_, body)| {
                    let (group, url) = body.split_once('\n').unwrap_or(("", &body));
                    (Some(group.to_owned()).filter(|group| !group.is_empty()), url.to_owned())
                })
                .collect(),
            collected: list("collected/")
                .into_iter()
                .filter_map(|(group, count)| Some((group, count.parse().ok()?)))
                .collect(),
            sealed: list("sealed/")
                .into_iter()
                .filter_map(|(rest, body)| Some((place_of(&rest)?, Outcome::parse(&body))))
                .collect(),
            waiting: list("record/").into_iter().map(|(record, _)| record).filter(is_waiting).collect(),
            unsent: list("unsent/").into_iter().filter_map(|(digest, _)| Digest::parse(&digest)).collect(),
            protocol,
            ballot,
        }
    }
}

impl Work {
    pub fn open(desk: Desk) -> Work {
        let receiver = desk.chosen.with_untracked(|chosen| {
            let named = chosen.as_ref().and_then(|chosen| chosen.plan.receivers.first().map(|one| one.url.clone()));
            named.unwrap_or_else(|| "api/".to_owned())
        });
        let work = Work {
            desk,
            ballots: RwSignal::new_local(Vec::new()),
            token: RwSignal::new(TOKEN.with_borrow(String::clone)),
            receiver: RwSignal::new(receiver),
            look: RwSignal::new(Look::Off),
            marks: StoredValue::new_local(BTreeMap::new()),
            looking: StoredValue::new(false),
        };
        // Also when another window has written.
        Effect::new(move |_| {
            desk.stirred.track();
            work.read();
        });
        work.read();
        if work.token.with_untracked(|token| !token.trim().is_empty()) {
            work.look_on();
        }
        work
    }

    pub fn plan(self) -> Option<Rc<Plan>> {
        self.desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.plan.clone()))
    }

    /// Reads what is kept anew; slips are read where they are entered.
    pub fn read(self) {
        let keeper = self.desk.keeper();
        let Some(reference) =
            self.desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.reference.clone()))
        else {
            return;
        };
        // The page was left meanwhile.
        let Some(known) = self.ballots.try_get_untracked() else { return };
        let mut all = Vec::new();
        let heads = keeper.list(FOLDER).into_iter().filter(|(key, _)| key.ends_with("/ballot"));
        for ballot in heads.filter_map(|(_, text)| Ballot::parse(&text).ok()) {
            if ballot.plan != reference {
                continue;
            }
            // Verified when it was made here; read again only when it is new to this page.
            let before = known.iter().find(|one| one.ballot.id == ballot.id).and_then(|one| one.protocol.as_ref());
            all.push(Kept::of(&keeper, ballot, before));
        }
        all.sort_by(|a, b| b.ballot.opened.cmp(&a.ballot.opened));
        if known != all {
            self.ballots.set(all);
        }
    }

    /// The ballot of this id; follows changes.
    pub fn kept(self, id: &str) -> Option<Kept> {
        self.ballots.with(|all| all.iter().find(|one| one.ballot.id == id).cloned())
    }

    /// The ballot as it is kept at this moment, whatever page is shown.
    pub fn fresh(self, id: &str) -> Option<Kept> {
        let keeper = self.desk.keeper();
        let ballot = Ballot::parse(&keeper.get(&key(id, "ballot"))?).ok()?;
        Some(Kept::of(&keeper, ballot, None))
    }

    /// A paper ballot as two people or a third settled it, as it is kept now.
    pub fn settled(self, id: &str, place: &Place) -> Option<Slip> {
        let (keeper, mut papers) = (self.desk.keeper(), Papers::default());
        for pass in 1..=3 {
            let slip = keeper.get(&slip_key(id, place, pass)).and_then(|text| Slip::parse(&text).ok());
            slip.into_iter().for_each(|slip| papers.put(place.clone(), pass, slip));
        }
        match papers.standing(place) {
            Standing::Settled(slip) => Some(slip.clone()),
            _ => None,
        }
    }

    /// All readings of the paper ballots, as they are kept now.
    pub fn papers(self, id: &str) -> Papers {
        let mut papers = Papers::default();
        let prefix = key(id, "slip/");
        for (key, body) in self.desk.keeper().list(&prefix) {
            let Some((rest, pass)) = key[prefix.len()..].rsplit_once('/') else { continue };
            if let (Some(place), Ok(pass), Ok(slip)) = (place_of(rest), pass.parse(), Slip::parse(&body)) {
                papers.put(place, pass, slip);
            }
        }
        papers
    }

    /// Writes, and shows what is kept then. False: the desk says why not.
    pub async fn keep(self, changes: Vec<(String, Option<String>)>) -> bool {
        let kept = self.desk.keep(changes).await;
        match self.ballots.try_with_untracked(|_| ()) {
            Some(()) => self.read(),
            // The page was left meanwhile; another one of this ballot may be open.
            None => self.desk.stirred.update(|stirred| *stirred += 1),
        }
        kept
    }

    /// Which batches belong to a ballot. Follows the ledger.
    pub fn ways(self, ballot: &Ballot) -> BTreeMap<Digest, Way> {
        self.desk.turned.track();
        self.desk.ledger.with_value(|ledger| {
            let Some(ledger) = ledger else { return BTreeMap::new() };
            let known = self.marks.try_update_value(|marks| {
                for (digest, kept) in ledger.batches() {
                    if kept.head().seq == 0 && !marks.contains_key(digest) {
                        let token = intake::kept(self.desk, digest).and_then(|text| link_token(&text));
                        // Not kept yet: it is asked again.
                        if let Some(token) = token {
                            marks.insert(digest.clone(), Some(mark_of(&token).to_owned()));
                        }
                    }
                }
                ways(ledger, ballot, |digest| marks.get(digest).and_then(Option::as_deref))
            });
            // The page was left meanwhile: nothing is counted there.
            known.unwrap_or_default()
        })
    }

    /// How many ballots came in. Follows the ledger.
    pub fn received(self, ballot: &Ballot) -> Received {
        let ways = self.ways(ballot);
        self.desk.ledger.with_value(|ledger| ledger.as_ref().map(|ledger| received(ledger, &ways))).unwrap_or_default()
    }

    /// One look at the receiver, and how it went.
    pub async fn look_once(self) -> Look {
        let (Some(receiver), Some(token)) = (self.receiver.try_get_untracked(), self.token.try_get_untracked()) else {
            return Look::Off;
        };
        if receiver.trim().is_empty() || token.trim().is_empty() {
            return Look::Off;
        }
        let look = match intake::fetch(self.desk, receiver.trim(), token.trim()).await {
            // Stopped by hand: the rest is still there.
            Ok(_) if self.desk.opened.get_untracked().is_some_and(|opened| opened.left > 0) => Look::Off,
            Ok(_) => Look::Done,
            Err(why) => Look::Failed(why),
        };
        let _ = self.look.try_set(look);
        // The page of batches is to say what its own last work did.
        let _ = self.desk.opened.try_set(None);
        look
    }

    /// Looks again and again, as long as the page is open and nobody stops it.
    pub fn look_on(self) {
        if self.looking.get_value() {
            return;
        }
        self.looking.set_value(true);
        TOKEN.set(self.token.get_untracked());
        spawn_local(async move {
            // Gone with the page.
            while self.looking.try_get_value() == Some(true) {
                self.look_once().await;
                let wrong = self.look.try_get_untracked() == Some(Look::Failed(FetchError::Token));
                if wrong || self.token.try_with_untracked(|token| token.trim().is_empty()).unwrap_or(true) {
                    self.looking.try_set_value(false);
                    return;
                }
                clock::sleep(PAUSE).await;
            }
        });
    }
}

/// The time where the host is, to the second, with how far it is from UTC.
pub fn local_now() -> String {
    let offset = clock::offset_minutes();
    let shifted = js_sys::Date::new(&((clock::now() + i64::from(offset) * 60_000) as f64).into());
    let text = String::from(shifted.to_iso_string());
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    format!("{}{sign}{hours:02}:{minutes:02}", text.get(..19).unwrap_or_default())
}
