//! What lies in the stores may be wrapped ([`Coat`]): bodies are dressed when they come and undressed when they are shown. Everything
//! between, the cache, the journals, other tabs and the repair, has them as they are kept.

use std::rc::Rc;

use super::{Keeper, SaveError};
use crate::outbox::View;
use crate::store::{Coat, Entry};

/// The entries as they lie in the stores.
pub struct AtRest(Keeper);

impl Keeper {
    /// From now on bodies are kept and shown so; `None`: as they come.
    pub fn wear(&self, coat: Option<Rc<dyn Coat>>) {
        self.0.coat.replace(coat);
    }

    pub fn at_rest(&self) -> AtRest {
        AtRest(self.clone())
    }

    /// As it is to be kept.
    pub(super) fn dressed(&self, key: &str, body: String) -> Result<String, SaveError> {
        let Some(coat) = self.0.coat.borrow().clone() else { return Ok(body) };
        let entries = self.0.entries.borrow();
        Ok(coat.put_on(key, body, entries.get(key).and_then(|entry| entry.body.as_deref()))?)
    }

    /// As it is shown.
    pub(super) fn bare(&self, key: &str, body: &str) -> String {
        match &*self.0.coat.borrow() {
            Some(coat) => coat.take_off(key, body).into_owned(),
            None => body.to_owned(),
        }
    }

    pub(super) fn bare_entry(&self, entry: &Entry) -> Entry {
        Entry { body: entry.body.as_deref().map(|body| self.bare(&entry.key, body)), ..entry.clone() }
    }
}

impl View for Keeper {
    fn body(&self, key: &str) -> Option<String> {
        self.get(key)
    }

    fn each(&self, prefix: &str, f: &mut dyn FnMut(&str, &str)) {
        let coat = self.0.coat.borrow().clone();
        self.0.entries.borrow().each(prefix, &mut |key, body| match &coat {
            // Who looks at everything asks for keys and kinds; what is wrapped is opened for who asks for its kind.
            Some(coat) if !prefix.is_empty() => f(key, &coat.take_off(key, body)),
            _ => f(key, body),
        });
    }
}

impl View for AtRest {
    fn body(&self, key: &str) -> Option<String> {
        self.0.0.entries.borrow().get(key)?.body.clone()
    }

    fn each(&self, prefix: &str, f: &mut dyn FnMut(&str, &str)) {
        self.0.0.entries.borrow().each(prefix, f);
    }
}
