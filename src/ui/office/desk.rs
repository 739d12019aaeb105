//! What lies on the clerk's desk: the chosen plan, the open keys, the roster, the ledger. Plan, roster and batches are
//! kept in the keeper's space "office" and are there again after a reload; keys are only in memory.

use super::backroom::Backroom;
use super::decisions;
use super::faults::{Fault, Faults};
use super::intake::{self, Opened};
use super::plans::Done;
use super::right::{is_sealed, open_right, text_to_edit};
use crate::batch::{OfficeSecrets, Roster, fingerprint, plan_digest, verify_roster};
use crate::browser::crypto::Web;
use crate::browser::files::Unread;
use crate::browser::keeper::{Keeper, KeeperError, SaveError};
use crate::fieldwork::Arrivals;
use crate::ledger::Ledger;
use crate::plan::{LoadError, Plan, WorkSteps};
use crate::session::PlanRef;
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

const CHOSEN: &str = "setting/chosen";

/// The plan that the desk works on.
pub struct Chosen {
    pub plan: Rc<Plan>,
    pub reference: PlanRef,
}

/// The office's keys while they are open.
pub struct OpenKeys {
    pub secrets: OfficeSecrets<Web>,
    /// Digits to compare by voice or on paper.
    pub fingerprint: String,
    /// The protected file, while it was made here and could be saved once more.
    pub file: Option<String>,
}

/// The roster in force, as it was signed.
pub struct Enrolled {
    pub roster: Roster,
    pub text: String,
}

/// Something that takes longer than a moment.
#[derive(Clone, PartialEq)]
pub struct Work {
    pub words: Words,
    pub done: usize,
    pub total: usize,
}

/// State of the desk. Copy: every field is a handle.
#[derive(Clone, Copy)]
pub struct Desk {
    keeper: StoredValue<Keeper, LocalStorage>,
    pub chosen: RwSignal<Option<Rc<Chosen>>, LocalStorage>,
    pub keys: RwSignal<Option<Rc<OpenKeys>>, LocalStorage>,
    pub roster: RwSignal<Option<Rc<Enrolled>>, LocalStorage>,
    pub ledger: StoredValue<Option<Ledger>, LocalStorage>,
    /// The second thread, for what takes long.
    pub backroom: Backroom,
    /// On which day each batch arrived, as far as it is known.
    pub arrivals: StoredValue<Arrivals, LocalStorage>,
    /// Counts up when the ledger changed.
    pub turned: RwSignal<u32>,
    pub work: RwSignal<Option<Work>>,
    /// The clerk asked to stop the work.
    pub stop: RwSignal<bool>,
    /// One long work at a time.
    pub taken: StoredValue<bool>,
    /// Counts up when what is kept, or who may write it, changed.
    pub stirred: RwSignal<u32>,
    /// Counts up when numbers of earlier rounds were imported or removed here.
    pub imported: RwSignal<u32>,
    /// Files that could not be read: name and why. Only until the page is closed.
    pub unread: RwSignal<Vec<(String, Unread)>>,
    /// What became of the files that were opened last.
    pub opened: RwSignal<Option<Opened>>,
    /// The plan that was published since the page was opened.
    pub published: RwSignal<Option<Done>>,
    pub faults: Faults,
}

/// The desk around the calling component.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

/// Opens the keeper and lays out what was there last time.
pub async fn open_desk() -> Result<Desk, Words> {
    let keeper = Keeper::open("office").await.map_err(|error| match error {
        KeeperError::Insecure => words::DESK_INSECURE,
        KeeperError::Blocked => words::DESK_BLOCKED,
        KeeperError::Unavailable { .. } => words::DESK_UNAVAILABLE,
    })?;
    let desk = Desk {
        keeper: StoredValue::new_local(keeper),
        chosen: RwSignal::new_local(None),
        keys: RwSignal::new_local(None),
        roster: RwSignal::new_local(None),
        ledger: StoredValue::new_local(None),
        backroom: Backroom::new(),
        arrivals: StoredValue::new_local(Arrivals::default()),
        turned: RwSignal::new(0),
        work: RwSignal::new(None),
        stop: RwSignal::new(false),
        taken: StoredValue::new(false),
        stirred: RwSignal::new(0),
        imported: RwSignal::new(0),
        unread: RwSignal::new(Vec::new()),
        opened: RwSignal::new(None),
        published: RwSignal::new(None),
        faults: Faults::default(),
    };
    desk.watch();
    desk.lay_out().await;
    Ok(desk)
}

fn plan_key(digest: &str) -> String {
    ["plan/", digest].concat()
}

fn roster_key(plan: &str) -> String {
    ["setting/roster/", plan].concat()
}

/// The steps of a plan, which its published file does not have.
fn steps_key(plan: &str) -> String {
    ["steps/", plan].concat()
}

/// Rosters that did not verify with the plan in use when another took their place.
fn aside_key(plan: &str) -> String {
    ["aside/roster/", plan, "/"].concat()
}

impl Desk {
    pub fn keeper(self) -> Keeper {
        self.keeper.get_value()
    }

    /// Says it as soon as this computer can keep nothing more.
    fn watch(self) {
        let look = move || {
            let health = self.keeper().health();
            if health.copies.is_none() {
                self.faults.tell(Fault::NotKept(SaveError::Unavailable));
            }
            if health.unreadable > 0 {
                self.faults.tell(Fault::Unreadable(health.unreadable));
            }
        };
        look();
        self.keeper().on_change(Rc::new(move |key| {
            self.stirred.update(|stirred| *stirred += 1);
            if key.is_empty() {
                look();
            }
        }));
    }

    /// The plan of last time, its roster, and its batches.
    async fn lay_out(self) {
        let Some(digest) = self.keeper().get(CHOSEN) else { return };
        let Some(text) = self.keeper().get(&plan_key(&digest)) else {
            return self.faults.tell(Fault::PlanGone);
        };
        match self.take_plan(text.clone()).await {
            // The page is there at once; the batches follow.
            Ok(()) => spawn_local(intake::reread(self)),
            Err(why) => self.faults.tell(Fault::KeptPlan { text, why: Rc::new(why) }),
        }
    }

    /// Writes into the keeper; what could not be kept is said on the screen and stays usable until the page is closed.
    pub async fn keep(self, changes: Vec<(String, Option<String>)>) -> bool {
        match self.keeper().commit(changes).await {
            Ok(_) => {
                self.faults.settle(|fault| matches!(fault, Fault::NotKept(_)));
                true
            }
            Err(error) => {
                self.faults.tell(Fault::NotKept(error));
                false
            }
        }
    }

    /// The text of the plan that the desk works on, as its file has it.
    pub fn chosen_text(self) -> Option<String> {
        let digest =
            self.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.reference.digest.clone()))?;
        self.keeper().get(&plan_key(digest.as_str()))
    }

    /// The same to go on with: with the right answers that are sealed in the file, where they are open.
    pub fn text_to_edit(self) -> Option<String> {
        let opened = self.chosen.with_untracked(|chosen| text_to_edit(chosen.as_ref()?));
        opened.or_else(|| self.chosen_text())
    }

    /// The work steps of the plan on the desk: its own, or those that it had here before it was published.
    pub fn work_steps(self) -> WorkSteps {
        let Some(chosen) = self.chosen.get() else { return WorkSteps::default() };
        match self.keeper().get(&steps_key(&chosen.plan.id)) {
            Some(kept) if chosen.plan.work_steps.is_empty() => WorkSteps::of(kept),
            _ => chosen.plan.work_steps.clone(),
        }
    }

    /// Makes a plan the one that the desk works on. Its text must be the file's, byte for byte.
    pub async fn choose(self, text: String) -> Result<(), LoadError> {
        self.take_plan(text).await?;
        self.opened.set(None);
        intake::reread(self).await;
        Ok(())
    }

    async fn take_plan(self, text: String) -> Result<(), LoadError> {
        let mut plan = crate::plan::load(&text)?;
        open_right(self, &mut plan).await;
        let plan = Rc::new(plan);
        let Ok(digest) = plan_digest(&Web, text.as_bytes()).await else {
            self.faults.tell(Fault::Crypto);
            return Ok(());
        };
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: digest.clone() };
        let ledger = match Ledger::new(&plan, &reference, &crate::browser::host::FULL) {
            Ok(ledger) => ledger,
            Err(why) => {
                self.faults.tell(Fault::NotCountable(why.to_string()));
                return Ok(());
            }
        };
        let key = plan_key(digest.as_str());
        let mut changes = Vec::new();
        if self.keeper().get(&key).as_ref() != Some(&text) {
            changes.push((key, Some(text)));
        }
        let steps = steps_key(&plan.id);
        if !plan.work_steps.is_empty() && self.keeper().get(&steps).as_deref() != Some(plan.work_steps.text()) {
            changes.push((steps, Some(plan.work_steps.text().to_owned())));
        }
        if self.keeper().get(CHOSEN).as_deref() != Some(digest.as_str()) {
            changes.push((CHOSEN.to_owned(), Some(digest.0)));
        }
        if !changes.is_empty() {
            self.keep(changes).await;
        }
        self.faults.settle(|fault| matches!(fault, Fault::KeptPlan { .. } | Fault::PlanGone | Fault::NotCountable(_)));
        self.ledger.set_value(Some(ledger));
        self.chosen.set(Some(Rc::new(Chosen { plan, reference })));
        self.load_roster().await;
        decisions::load(self).await;
        self.turned.update(|turned| *turned += 1);
        Ok(())
    }

    /// The kept roster that verifies with the plan; one that does not is said, and stays kept.
    async fn load_roster(self) {
        self.roster.set(None);
        self.faults.settle(|fault| matches!(fault, Fault::KeptRoster { .. }));
        let Some(chosen) = self.chosen.get_untracked() else { return };
        let office = chosen.plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
        let kept = self.keeper().get(&roster_key(&chosen.plan.id));
        let aside = self.keeper().list(&aside_key(&chosen.plan.id)).into_iter().map(|(_, text)| text);
        let mut bad = None;
        for text in kept.into_iter().chain(aside) {
            match verify_roster(&Web, &text, office, &chosen.plan.id).await {
                Ok(roster) => return self.roster.set(Some(Rc::new(Enrolled { roster, text }))),
                Err(why) if bad.is_none() => bad = Some((text, why)),
                Err(_) => {}
            }
        }
        // A plan that is not published has no keys to verify with.
        if let Some((text, why)) = bad.filter(|_| !office.is_empty()) {
            self.faults.tell(Fault::KeptRoster { text, plan: chosen.plan.id.clone(), why });
        }
    }

    /// Notes a file that could not be read.
    pub fn set_aside(self, name: &str, why: Unread) {
        self.unread.update(|all| {
            all.retain(|(known, _)| known != name);
            all.push((name.to_owned(), why));
        });
    }

    /// Puts a signed roster in force: kept, and every batch looked at again. One that was kept and does not verify is put
    /// aside, not overwritten.
    pub async fn enrol(self, roster: Roster, text: String) {
        let (key, aside) = (roster_key(&roster.plan), aside_key(&roster.plan));
        let mut changes = vec![(key.clone(), Some(text.clone()))];
        let before = self.roster.get_untracked();
        // At once: the next change goes on top of this one.
        self.roster.set(Some(Rc::new(Enrolled { roster, text })));
        if let Some(kept) = self.keeper().get(&key)
            && before.is_none_or(|before| before.text != kept)
            && let Ok(digest) = plan_digest(&Web, kept.as_bytes()).await
        {
            changes.push(([aside.as_str(), digest.short()].concat(), Some(kept)));
        }
        self.keep(changes).await;
        self.faults.settle(|fault| matches!(fault, Fault::KeptRoster { .. }));
        intake::reread(self).await;
    }

    /// Puts keys on the desk and opens with them what waits.
    pub async fn open_keys(self, secrets: OfficeSecrets<Web>, file: Option<String>) {
        let Ok(fingerprint) = fingerprint(&Web, &secrets.public()).await else {
            return self.faults.tell(Fault::Crypto);
        };
        self.keys.set(Some(Rc::new(OpenKeys { secrets, fingerprint, file })));
        // The same plan with its right answers is counted anew.
        let sealed = self.chosen.with_untracked(|chosen| chosen.as_ref().is_some_and(|chosen| is_sealed(&chosen.plan)));
        if let Some(text) = self.chosen_text().filter(|_| sealed)
            && self.take_plan(text).await.is_ok()
        {
            return intake::reread(self).await;
        }
        self.ledger.update_value(|ledger| {
            if let Some(ledger) = ledger {
                ledger.retry();
            }
        });
        intake::open_all(self).await;
    }

    /// Whether the open keys are keys of the chosen plan; `None` while one of them is missing.
    pub fn keys_fit(self) -> Option<bool> {
        let keys = self.keys.get()?;
        let chosen = self.chosen.get()?;
        let office = chosen.plan.keys.as_ref()?;
        Some(office.sign.contains(&keys.secrets.sign_public) && office.seal.contains(&keys.secrets.seal_public))
    }
}
