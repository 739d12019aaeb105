//! What lies on the clerk's desk: the chosen plan, the open keys, the roster, the ledger. Plan, roster and batches are
//! kept in the keeper's space "office" and are there again after a reload; keys are only in memory.

use crate::batch::{OfficeSecrets, Roster, fingerprint, verify_roster};
use crate::browser::crypto::Web;
use crate::browser::keeper::{Keeper, KeeperError};
use crate::ledger::Ledger;
use crate::plan::Plan;
use crate::session::PlanRef;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Words, office as words};
use leptos::prelude::*;
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
    /// Counts up when the ledger changed.
    pub turned: RwSignal<u32>,
    pub work: RwSignal<Option<Work>>,
    /// The clerk asked to stop the work.
    pub stop: RwSignal<bool>,
    /// Something that could not be kept, in words.
    pub trouble: RwSignal<Option<String>>,
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
        turned: RwSignal::new(0),
        work: RwSignal::new(None),
        stop: RwSignal::new(false),
        trouble: RwSignal::new(None),
    };
    let keeper = desk.keeper();
    if let Some(text) = keeper.get(CHOSEN).and_then(|digest| keeper.get(&plan_key(&digest))) {
        // A plan that was fine when it was kept and is not now was made by another version: choose it again.
        let _ = desk.choose(text).await;
    }
    Ok(desk)
}

fn plan_key(digest: &str) -> String {
    let mut key = String::from("plan/");
    key.push_str(digest);
    key
}

fn roster_key(plan: &str) -> String {
    let mut key = String::from("setting/roster/");
    key.push_str(plan);
    key
}

impl Desk {
    pub fn keeper(self) -> Keeper {
        self.keeper.get_value()
    }

    /// Writes into the keeper; what could not be kept is said on the screen and stays usable until the page is closed.
    pub async fn keep(self, changes: Vec<(String, Option<String>)>) -> bool {
        match self.keeper().commit(changes).await {
            Ok(_) => {
                self.trouble.set(None);
                true
            }
            Err(error) => {
                let language = use_language();
                self.trouble.set(Some(words::NOT_KEPT.fill(language, &[&error.to_string()])));
                false
            }
        }
    }

    /// Makes a plan the one that the desk works on. Its text must be the file's, byte for byte.
    pub async fn choose(self, text: String) -> Result<(), crate::plan::LoadError> {
        let plan = Rc::new(crate::plan::load(&text)?);
        let digest = crate::batch::plan_digest(&Web, text.as_bytes()).await.ok();
        let Some(digest) = digest else {
            self.trouble.set(Some(words::CRYPTO_FAILED.of(use_language()).to_owned()));
            return Ok(());
        };
        let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest: digest.clone() };
        let key = plan_key(digest.as_str());
        if self.keeper().get(&key).is_none() {
            self.keep(vec![(key, Some(text))]).await;
        }
        if self.keeper().get(CHOSEN).as_deref() != Some(digest.as_str()) {
            self.keep(vec![(CHOSEN.to_owned(), Some(digest.0))]).await;
        }
        self.ledger.set_value(Ledger::new(&plan, &reference).ok());
        self.chosen.set(Some(Rc::new(Chosen { plan, reference })));
        self.load_roster().await;
        self.turned.update(|turned| *turned += 1);
        super::intake::reread(self).await;
        Ok(())
    }

    async fn load_roster(self) {
        self.roster.set(None);
        let Some(chosen) = self.chosen.get_untracked() else { return };
        let Some(text) = self.keeper().get(&roster_key(&chosen.plan.id)) else { return };
        let Some(keys) = &chosen.plan.keys else { return };
        if let Ok(roster) = verify_roster(&Web, &text, &keys.sign, &chosen.plan.id).await {
            self.roster.set(Some(Rc::new(Enrolled { roster, text })));
        }
    }

    /// Puts a signed roster in force: kept, and every batch looked at again.
    pub async fn enrol(self, roster: Roster, text: String) {
        self.keep(vec![(roster_key(&roster.plan), Some(text.clone()))]).await;
        self.roster.set(Some(Rc::new(Enrolled { roster, text })));
        super::intake::reread(self).await;
    }

    /// Puts keys on the desk and opens with them what waits.
    pub async fn open_keys(self, secrets: OfficeSecrets<Web>, file: Option<String>) {
        let Ok(fingerprint) = fingerprint(&Web, &secrets.public()).await else {
            self.trouble.set(Some(words::CRYPTO_FAILED.of(use_language()).to_owned()));
            return;
        };
        self.keys.set(Some(Rc::new(OpenKeys { secrets, fingerprint, file })));
        self.ledger.update_value(|ledger| {
            if let Some(ledger) = ledger {
                ledger.retry();
            }
        });
        super::intake::open_waiting(self).await;
    }

    /// Whether the open keys are keys of the chosen plan; `None` while one of them is missing.
    pub fn keys_fit(self) -> Option<bool> {
        let keys = self.keys.get()?;
        let chosen = self.chosen.get()?;
        let office = chosen.plan.keys.as_ref()?;
        Some(office.sign.contains(&keys.secrets.sign_public) && office.seal.contains(&keys.secrets.seal_public))
    }
}

/// Language of the interface, outside of a view.
pub fn use_language() -> crate::ui::words::Language {
    use_context::<crate::ui::shell::Shell>()
        .map_or(crate::ui::words::Language::Zh, |shell| shell.language.get_untracked())
}

/// The line under the navigation: plan and keys.
#[component]
pub fn Standing() -> impl IntoView {
    let shell = use_shell();
    let desk = use_desk();
    let title = move || {
        desk.chosen.with(|chosen| {
            chosen.as_ref().map(|chosen| {
                let fallback = chosen.plan.languages.first().map_or("", String::as_str);
                crate::plan::pick(&chosen.plan.title, shell.language.get().tag(), fallback).to_owned()
            })
        })
    };
    view! {
        <div class="standing row spread no-print">
            <span class="grow">
                {move || match title() {
                    Some(title) => view! { <strong>{title}</strong> }.into_any(),
                    None => view! { <a href="#/plans">{t(words::PLAN_NONE)}</a> }.into_any(),
                }}
            </span>
            {move || match (desk.keys.with(Option::is_some), desk.keys_fit()) {
                (false, _) => view! { <a class="tag" href="#/keys">{t(words::KEYS_CLOSED)}</a> }.into_any(),
                (true, Some(false)) => view! { <a class="tag bad" href="#/keys">{t(words::KEYS_WRONG)}</a> }.into_any(),
                (true, _) => view! { <a class="tag good" href="#/keys">{t(words::KEYS_OPEN)}</a> }.into_any(),
            }}
        </div>
        {move || desk.work.get().map(|work| {
            let shown = work.clone();
            view! {
                <div class="banner row no-print" role="status">
                    <span class="grow">{move || shown.words.count(shell.language.get(), &[shown.done, shown.total])}</span>
                    <progress class="meter" max=work.total value=work.done></progress>
                    <button type="button" class="button" on:click=move |_| desk.stop.set(true)>{t(words::STOP)}</button>
                </div>
            }
        })}
    }
}

/// Shown where a page needs something that is not on the desk yet.
#[component]
pub fn Needed(title: Words, text: Words, href: &'static str, action: Words) -> impl IntoView {
    view! {
        <div class="empty stack">
            <h2>{t(title)}</h2>
            <p>{t(text)}</p>
            <p><a class="button primary" href=href>{t(action)}</a></p>
        </div>
    }
}
