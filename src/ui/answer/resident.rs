use super::answering::answering;
use super::direct::Direct;
use super::full::{ask, full};
use super::invitation::{Invitation, Trouble, today};
use super::live::plan_language;
use super::sent::sent;
use super::trouble::{already, trouble};
use super::welcome::welcome;
use crate::browser::keeper::{Copies, DraftLock, KeeperError};
use crate::plan::{Digest, Text, pick};
use crate::session::Draft;
use crate::ui::controls;
use crate::ui::courier::{Courier, use_courier};
use crate::ui::device::{Device, use_device};
use crate::ui::element::{Element, el, follow, group, next_frame, on_demand};
use crate::ui::shell::{Shell, focus_heading, use_shell};
use crate::ui::words::shell as frame_words;
use leptos::{prelude::*, task::spawn_local};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// What a resident's screen shows.
#[derive(Clone)]
pub enum Stage {
    Opening,
    Trouble(Trouble),
    /// The link's single-use code was used on this device.
    Already,
    Welcome,
    /// Enough people like this one have answered: what the plan says about it.
    Full(Text),
    Answering(Rc<Draft>),
    Sent(Outcome),
}

/// What became of the answers.
#[derive(Clone)]
pub enum Outcome {
    /// Sealed on the device, in so many copies, and in a batch; without a digest it is still to be packed.
    Kept(Option<Digest>, Copies),
    /// This browser keeps nothing.
    Direct(Direct),
}

/// One visit by one link. Copy: handles.
#[derive(Clone, Copy)]
pub struct Visit {
    pub device: Device,
    pub courier: Courier,
    pub shell: Shell,
    pub stage: RwSignal<Stage, LocalStorage>,
    /// Cells of quotas that hold residents, and are full as far as it is known.
    pub full: RwSignal<Vec<usize>>,
    own: StoredValue<Rc<Own>, LocalStorage>,
}

/// What a visit has found.
#[derive(Default)]
struct Own {
    /// Whether this browser keeps anything.
    kept: Cell<bool>,
    invitation: RefCell<Option<Rc<Invitation>>>,
    /// The right to write the draft that is being answered.
    lock: RefCell<Option<DraftLock>>,
}

impl Visit {
    /// Where a stage has one, the visit has it.
    pub fn invitation(self) -> Option<Rc<Invitation>> {
        self.own().invitation.borrow().clone()
    }

    /// Empty once the person has left.
    fn own(self) -> Rc<Own> {
        self.own.try_get_value().unwrap_or_default()
    }

    /// Whether this browser keeps anything.
    pub fn kept(self) -> bool {
        self.own().kept.get()
    }

    /// Takes or gives back the right to write the draft.
    pub fn hold(self, lock: Option<DraftLock>) {
        let before = self.own().lock.replace(lock);
        // Not while it is borrowed: giving it back may tell the screens.
        drop(before);
    }

    /// Whether the right that this tab took is still its own; `None` where it took none.
    pub fn held(self) -> Option<bool> {
        self.own().lock.borrow().as_ref().map(DraftLock::held)
    }

    /// Shows another stage, with its heading read out.
    pub fn show(self, stage: Stage) {
        // The person may have left in the meantime.
        if self.stage.try_set(stage).is_none() {
            next_frame(focus_heading);
        }
    }

    /// A text of the plan in the language of the interface; follows it.
    pub fn text(self, text: &Text) -> String {
        let shell = self.shell;
        match self.invitation() {
            Some(invitation) => {
                let plan = &invitation.plan;
                pick(text, plan_language(plan, shell), plan.languages.first().map_or("", String::as_str)).to_owned()
            }
            None => String::new(),
        }
    }
}

/// Everything between a resident's link and the receipt. `token` is the link's.
pub fn resident(token: String) -> Element {
    let visit = Visit {
        device: use_device(),
        courier: use_courier(),
        shell: use_shell(),
        stage: RwSignal::new_local(Stage::Opening),
        full: RwSignal::new(Vec::new()),
        own: StoredValue::new_local(Rc::default()),
    };
    let keep = visit.device.keep;
    let mut begun = false;
    follow(move || {
        if begun || keep.is_opening() {
            return;
        }
        begun = true;
        match keep.error() {
            Some(KeeperError::Insecure) => visit.show(Stage::Trouble(Trouble::Insecure)),
            error => {
                visit.own().kept.set(error.is_none());
                spawn_local(open(visit, token.clone()));
            }
        }
    });
    group().live(move || match visit.stage.get() {
        Stage::Opening => el("div", "page").child(el("p", "hint").say(frame_words::LOADING)),
        Stage::Trouble(what) => on_demand(move || trouble(what.clone())),
        Stage::Already => on_demand(already),
        Stage::Welcome => welcome(visit),
        Stage::Full(message) => on_demand(move || full(visit, message.clone())),
        Stage::Answering(draft) => answering(visit, &draft),
        Stage::Sent(outcome) => on_demand(move || sent(visit, outcome.clone())),
    })
}

async fn open(visit: Visit, token: String) {
    match Invitation::open(visit.device, visit.kept(), &token, &today()).await {
        Err(what) => visit.show(Stage::Trouble(what)),
        Ok(invitation) => {
            let used = invitation.link.code.as_deref().is_some_and(|code| is_used(visit, code));
            controls::expect(&invitation.plan);
            let held = invitation.holds();
            *visit.own().invitation.borrow_mut() = Some(Rc::new(invitation));
            if held {
                // Beside the first screen, which does not wait for it.
                spawn_local(async move { _ = ask(visit).await });
            }
            visit.show(if used { Stage::Already } else { Stage::Welcome });
        }
    }
}

/// Key of the mark that a single-use code was used on this device.
pub fn code_key(code: &str) -> String {
    let mut key = String::from("setting/code/");
    key.push_str(code);
    key
}

fn is_used(visit: Visit, code: &str) -> bool {
    visit.kept() && visit.device.keeper().get(&code_key(code)).is_some()
}
