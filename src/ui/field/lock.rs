//! Canvassers who share this device: who works here now, and the locked app while nobody does. The keys are in memory only, so
//! that a page that is loaded again is locked. What hashes and unwraps is in a chunk of its own, which devices without a PIN never load.

mod enter;
mod forms;
mod idle;
mod lost;
mod page;
mod people;
mod screen;

use super::handed;
use crate::batch::Crypto;
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::store::Coat;
use crate::ui::device::Device;
use crate::ui::element::{Element, NotLoaded, chunk, in_view, listen, of_view, on_demand};
use crate::ui::shell::{Shell, t, use_shell, write_setting};
use crate::ui::words::lock as words;
use crate::vault::{self, Canvasser, Keys, Shut};
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;
use wasm_bindgen::JsCast;

pub use enter::{Entered, check};
pub use people::owner;

/// Tells other windows of this device that the button was pressed.
const PRESSED: &str = "minping.locked";

/// Copy: every field is a handle that lives as long as the page.
#[derive(Clone, Copy)]
pub struct Lock {
    device: Device,
    shell: Shell,
    /// Id of the canvasser who works in this window.
    who: RwSignal<Option<String>>,
    keys: StoredValue<Option<Keys>, LocalStorage>,
    /// Seconds until it locks, when they are few.
    soon: RwSignal<Option<u64>>,
    /// When it was last touched.
    touched: StoredValue<i64>,
    all: Memo<Vec<Canvasser>>,
    /// Wrong tries change neither of these.
    shut: Memo<bool>,
    used: Memo<bool>,
}

/// Provides the [`Lock`] to everything below the calling component. Call it once.
pub fn open_lock(device: Device) -> Lock {
    let all = Memo::new(move |_| {
        device.keep.track();
        device.keep.keeper().map(|keeper| vault::canvassers(&keeper.at_rest())).unwrap_or_default()
    });
    let who = RwSignal::new(None::<String>);
    let shut = Memo::new(move |_| {
        let who = who.get();
        all.with(|all| !all.is_empty() && !all.iter().any(|one| Some(&one.id) == who.as_ref()))
    });
    let used = Memo::new(move |_| all.with(|all| !all.is_empty()));
    let lock = Lock {
        device,
        shell: use_shell(),
        who,
        shut,
        used,
        keys: StoredValue::new_local(None),
        soon: RwSignal::new(None),
        touched: StoredValue::new(clock::now()),
        all,
    };
    provide_context(lock);
    // Also where another window added the first canvasser, or took this one off.
    Effect::new(move |_| {
        let (shut, any) = (lock.is_shut(), lock.is_used());
        let Some(keeper) = device.keep.keeper() else { return };
        if shut {
            lock.keys.set_value(None);
            keeper.wear(Some(Rc::new(Shut)));
        } else if !any {
            // The last one left, or the device was cleared: nothing may be wrapped by keys that are nowhere kept.
            lock.who.set(None);
            lock.keys.set_value(None);
            keeper.wear(None);
        }
    });
    listen(&window(), "storage", move |event| {
        let told = event.dyn_ref::<web_sys::StorageEvent>().and_then(web_sys::StorageEvent::key);
        if told.as_deref() == Some(PRESSED) {
            lock.shut_here();
        }
    });
    idle::watch(lock);
    lock
}

/// The page's [`Lock`].
pub fn use_lock() -> Lock {
    expect_context::<Lock>()
}

impl Lock {
    /// Whether the device has canvassers.
    pub fn is_used(self) -> bool {
        self.used.get()
    }

    /// Whether nobody works in this window, where somebody has to.
    pub fn is_shut(self) -> bool {
        self.shut.get()
    }

    /// Whether somebody works in this window by a PIN of their own.
    pub fn is_open(self) -> bool {
        self.own().is_some()
    }

    /// Who works in this window.
    pub fn own(self) -> Option<Canvasser> {
        let who = self.who.get()?;
        self.all.with(|all| all.iter().find(|one| one.id == who).cloned())
    }

    pub fn find(self, id: &str) -> Option<Canvasser> {
        self.all.with(|all| all.iter().find(|one| one.id == id).cloned())
    }

    /// Locks every window of this device.
    fn press(self) {
        write_setting(PRESSED, &clock::now().to_string());
        self.shut_here();
    }

    /// Saves, takes every screen away, and lets go of the keys.
    fn shut_here(self) {
        if self.who.with_untracked(Option::is_none) {
            return;
        }
        let device = self.device;
        spawn_local(async move {
            // What could not be kept is on the draft's state, and in local storage, wrapped.
            let _ = clock::within(3000, device.keeper().flush()).await;
            self.soon.set(None);
            self.who.set(None);
            // Screens write their last words when they go.
            clock::sleep(0).await;
            let _ = clock::within(3000, device.keeper().flush()).await;
            if self.who.with_untracked(Option::is_none) {
                self.keys.set_value(None);
                device.keeper().wear(Some(Rc::new(Shut)));
            }
            self.shell.say(words::LOCKED);
        });
    }

    /// From now on this canvasser works in this window.
    fn let_in(self, keys: Keys, coat: Rc<dyn Coat>) {
        self.device.keeper().wear(Some(coat));
        self.touched.set_value(clock::now());
        self.who.set(Some(keys.id.clone()));
        self.keys.set_value(Some(keys));
    }
}

/// What is shown while nobody works here.
pub fn screen() -> AnyView {
    in_view(on_demand(screen_part))
}

/// Who shares this device.
pub fn page() -> AnyView {
    in_view(on_demand(page_part))
}

/// Above the canvasser's screens: who works, and the way to lock.
pub fn bar() -> AnyView {
    let lock = use_lock();
    let language = lock.shell.language;
    let warned = move || {
        lock.soon.get().map(|seconds| {
            view! {
                <div class="lock-soon no-print" role="alert">
                    <div class="page row spread">
                        <span>{move || words::SOON.count(language.get(), &[usize::try_from(seconds).unwrap_or(0)])}</span>
                        <button type="button" class="button" on:click=move |_| lock.soon.set(None)>{t(words::STAY)}</button>
                    </div>
                </div>
            }
        })
    };
    view! {
        {move || lock.own().map(|own| view! {
            <div class="page lock-bar no-print">
                <div class="row spread">
                    <a class="hint small" href="#/canvassers">
                        {move || words::AT_WORK.fill(language.get(), &[&own.name])}
                    </a>
                    <button type="button" class="button quiet lock-now" on:click=move |_| lock.press()>{t(words::LOCK)}</button>
                </div>
            </div>
        })}
        {warned}
    }
    .into_any()
}

fn random(out: &mut [u8]) -> bool {
    Web.random(out).is_ok()
}

#[chunk(vault, fallible)]
fn screen_part() -> Result<Element, NotLoaded> {
    Ok(of_view(screen::screen()))
}

#[chunk(vault, fallible)]
fn page_part() -> Result<Element, NotLoaded> {
    Ok(of_view(page::page()))
}

/// The keys that this PIN opens.
#[chunk(vault, fallible)]
fn keys_of(canvasser: Canvasser, pin: String) -> Result<Option<Keys>, NotLoaded> {
    Ok(canvasser.unlock(&pin))
}

/// The resident has the tablet: it does not lock under their hands.
fn is_handed(lock: Lock) -> bool {
    lock.device.keep.keeper().is_some_and(|keeper| handed::is_open(&keeper))
}
