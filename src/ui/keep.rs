//! The page's one registration at the keeper, as signals: screens ask here whether something is saved, and are woken.

use crate::browser::keeper::{Health, Keeper, KeeperError, Saved};
use crate::store::DRAFT;
use leptos::{prelude::*, task::spawn_local};
use std::rc::Rc;

/// What this device keeps, for screens. Copy: every field is a handle that lives as long as the page.
#[derive(Clone, Copy)]
pub struct Keep {
    keeper: StoredValue<Option<Keeper>, LocalStorage>,
    opened: RwSignal<Option<Result<(), KeeperError>>>,
    drafts: Trigger,
    entries: Trigger,
    health: Trigger,
}

/// Opens the space and provides the [`Keep`] to everything below the calling component. Call it once.
pub fn open_keep(space: &'static str) -> Keep {
    let keep = Keep {
        keeper: StoredValue::new_local(None),
        opened: RwSignal::new(None),
        drafts: Trigger::new(),
        entries: Trigger::new(),
        health: Trigger::new(),
    };
    provide_context(keep);
    spawn_local(async move {
        let result = Keeper::open(space).await.map(|keeper| {
            keeper.on_change(Rc::new(move |key| match key {
                "" => keep.health.notify(),
                key if key.starts_with(DRAFT) => keep.drafts.notify(),
                _ => keep.entries.notify(),
            }));
            keep.keeper.set_value(Some(keeper));
        });
        keep.opened.set(Some(result));
    });
    keep
}

/// The page's [`Keep`].
pub fn use_keep() -> Keep {
    expect_context::<Keep>()
}

impl Keep {
    /// `None` while it is being opened and when it cannot be; wakes when that is decided.
    pub fn keeper(self) -> Option<Keeper> {
        self.opened.track();
        self.keeper.get_value()
    }

    /// Why nothing can be kept; wakes when that is decided.
    pub fn error(self) -> Option<KeeperError> {
        self.opened.get().and_then(Result::err)
    }

    /// Whether it is decided if anything can be kept.
    pub fn is_opening(self) -> bool {
        self.opened.with(Option::is_none)
    }

    /// How far the newest revision of a draft has come; wakes when that changes.
    pub fn saved(self, key: &str) -> Option<Saved> {
        self.drafts.track();
        self.keeper().map(|keeper| keeper.saved(key))
    }

    /// Wakes when a draft was saved, or changed or taken over by another tab.
    pub fn track_drafts(self) {
        self.drafts.track();
    }

    /// Wakes when stored entries that are not drafts changed.
    pub fn track(self) {
        self.entries.track();
    }

    /// Says that a commit was made, where the keeper does not say so itself.
    pub fn changed(self) {
        self.entries.notify();
    }

    /// Wakes when it changes.
    pub fn health(self) -> Option<Health> {
        self.health.track();
        self.keeper().map(|keeper| keeper.health())
    }
}
