//! This device as the screens see it: the plans it knows, and the steps that end a session. What is kept is the
//! keeper's business; what the steps are is the outbox's.

mod claims;
mod close;
mod contacts;
mod plans;
mod quotas;
mod rescue;

pub use claims::Claimed;
pub use close::CloseError;
pub use contacts::{HandError, TakeListError};
pub use plans::{ListError, PlanError};
pub use quotas::{ToldError, fetch_quotas};
pub use rescue::{CARD, CERTIFICATE, LEAVING, Rescued};

use crate::browser::keeper::{Copies, Keeper, SaveError};
use crate::named::Named;
use crate::outbox::Changes;
use crate::plan::Plan;
use crate::ui::keep::Keep;
use leptos::prelude::*;
use std::rc::Rc;

/// Copy: every field is a handle that lives as long as the page.
#[derive(Clone, Copy)]
pub struct Device {
    pub keep: Keep,
    parsed: StoredValue<Named<Rc<Plan>>, LocalStorage>,
}

/// Provides the [`Device`] to everything below the calling component. Call it once.
pub fn open_device(keep: Keep) -> Device {
    let device = Device { keep, parsed: StoredValue::new_local(Named::new()) };
    provide_context(device);
    device
}

/// The page's [`Device`].
pub fn use_device() -> Device {
    expect_context::<Device>()
}

impl Device {
    /// For screens that are only shown once the keeper is open.
    pub fn keeper(self) -> Keeper {
        untrack(|| self.keep.keeper()).expect("screens that need the keeper are shown after it is open")
    }

    /// As [`Device::keeper`]; what asks follows every change of stored entries.
    pub fn track(self) -> Keeper {
        self.keep.track();
        self.keep.track_drafts();
        self.keeper()
    }

    /// One durable step, told to the screens.
    pub async fn commit(self, changes: Changes) -> Result<Copies, SaveError> {
        let result = self.keeper().commit(changes).await;
        self.keep.changed();
        result
    }
}
