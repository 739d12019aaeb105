//! What went wrong on the desk, with the reason and what to do. A fault stays on the screen until it is over.

use super::desk::use_desk;
use super::problems::Problems;
use super::reasons::{roster_words, save_words};
use crate::batch::RosterError;
use crate::browser::files;
use crate::ledger::Explanation;
use crate::plan::LoadError;
use crate::store::SaveError;
use crate::ui::shell::{t, use_shell};
use crate::ui::words::{Language, office as words};
use leptos::prelude::*;
use std::mem::discriminant;
use std::rc::Rc;

/// Something that the clerk has to know.
#[derive(Clone)]
pub enum Fault {
    /// This computer could not keep what is on the desk.
    NotKept(SaveError),
    /// Entries of this computer's storage cannot be read. They are not touched.
    Unreadable(usize),
    Crypto,
    /// The browser did not take a file to save.
    NotSaved,
    /// The plan that was used last, as it is kept: it does not load any more.
    KeptPlan {
        text: String,
        why: Rc<LoadError>,
    },
    /// A plan was used last and is not kept.
    PlanGone,
    /// The plan's roster, as it is kept: it does not verify.
    KeptRoster {
        text: String,
        plan: String,
        why: RosterError,
    },
    /// Decisions about the plan, as they are kept, that do not verify.
    KeptDecisions {
        count: usize,
        text: String,
        plan: String,
    },
    /// The plan cannot be counted: what the ledger says.
    NotCountable(String),
    /// The plan could not be written: what was said.
    NotPublished(String),
    /// The plan's right answers are sealed, and why they are not open.
    RightSealed(Explanation),
    /// The clipboard does not take the link.
    NotCopied,
}

/// The faults of the desk. Copy: a handle.
#[derive(Clone, Copy)]
pub struct Faults(RwSignal<Vec<Fault>, LocalStorage>);

impl Default for Faults {
    fn default() -> Self {
        Faults(RwSignal::new_local(Vec::new()))
    }
}

impl Faults {
    /// Shows it, in the place of an earlier one of its kind.
    pub fn tell(self, fault: Fault) {
        self.0.update(|all| {
            all.retain(|known| discriminant(known) != discriminant(&fault));
            all.push(fault);
        });
    }

    /// Takes away what is over.
    pub fn settle(self, over: fn(&Fault) -> bool) {
        if self.0.with_untracked(|all| all.iter().any(over)) {
            self.0.update(|all| all.retain(|fault| !over(fault)));
        }
    }
}

/// The faults, above every page of the office.
#[component]
pub fn FaultList() -> impl IntoView {
    let (shell, desk) = (use_shell(), use_desk());
    move || {
        let language = shell.language.get();
        desk.faults.0.get().into_iter().map(|fault| one(fault, language)).collect_view()
    }
}

fn one(fault: Fault, language: Language) -> AnyView {
    let desk = use_desk();
    let text = match &fault {
        Fault::NotKept(why) => words::NOT_KEPT.fill(language, &[save_words(why).of(language)]),
        Fault::Unreadable(count) => words::KEPT_UNREADABLE.count(language, &[*count]),
        Fault::Crypto => words::CRYPTO_FAILED.of(language).to_owned(),
        Fault::NotSaved => words::NOT_SAVED.of(language).to_owned(),
        Fault::KeptPlan { .. } => words::KEPT_PLAN.of(language).to_owned(),
        Fault::PlanGone => words::KEPT_PLAN_GONE.of(language).to_owned(),
        Fault::KeptRoster { why, .. } => words::KEPT_ROSTER.fill(language, &[roster_words(why).of(language)]),
        Fault::KeptDecisions { count, .. } => words::KEPT_DECISIONS.count(language, &[*count]),
        Fault::NotCountable(why) => words::NOT_COUNTABLE.fill(language, &[why]),
        Fault::NotPublished(why) => words::NOT_PUBLISHED.fill(language, &[why]),
        Fault::RightSealed(why) => words::RIGHT_SEALED.fill(language, &[why.of(language)]),
        Fault::NotCopied => words::NOT_COPIED.of(language).to_owned(),
    };
    let passing = matches!(fault, Fault::NotSaved | Fault::NotPublished(_) | Fault::NotCopied | Fault::Crypto);
    let (file, problems) = match &fault {
        Fault::KeptPlan { text, why } => (Some((words::KEPT_PLAN_SAVE, "kept-plan.json".to_owned(), text)), Some(why)),
        Fault::KeptRoster { text, plan, .. } => {
            (Some((words::KEPT_ROSTER_SAVE, [plan.as_str(), "-kept.minping-roster"].concat(), text)), None)
        }
        Fault::KeptDecisions { text, plan, .. } => {
            let name = [plan.as_str(), "-kept.minping-decisions"].concat();
            (Some((words::KEPT_DECISIONS_SAVE, name, text)), None)
        }
        _ => (None, None),
    };
    let file = file.map(|(label, name, text)| {
        let text = text.clone();
        let save = move |_| desk.save(&name, &text, "application/octet-stream");
        view! { <p><button type="button" class="button" on:click=save>{t(label)}</button></p> }
    });
    let problems = problems.map(|why| view! { <Problems error=why.clone()/> });
    let close = passing.then(|| {
        let kind = discriminant(&fault);
        let close = move |_| desk.faults.0.update(|all| all.retain(|known| discriminant(known) != kind));
        view! { <p><button type="button" class="button quiet" on:click=close>{t(words::UNDERSTOOD)}</button></p> }
    });
    view! { <div class="banner bad stack no-print" role="alert"><p>{text}</p>{problems}{file}{close}</div> }.into_any()
}

impl super::desk::Desk {
    /// Gives a file to the browser to save, and says so when it does not take it.
    pub fn save(self, name: &str, text: &str, kind: &str) {
        self.offered(files::download(name, text, kind));
    }

    /// The same with bytes; None: they could not be made.
    pub fn save_bytes(self, name: &str, bytes: Option<&[u8]>, kind: &str) {
        self.offered(bytes.is_some_and(|bytes| files::download_bytes(name, bytes, kind)));
    }

    fn offered(self, offered: bool) {
        match offered {
            true => self.faults.settle(|fault| matches!(fault, Fault::NotSaved)),
            false => self.faults.tell(Fault::NotSaved),
        }
    }
}
