//! What a person chose for this device: language, look, text size. Kept in local storage; where that is blocked, kept
//! until the page is closed.

use super::Shell;
use crate::ui::element::follow;
use crate::ui::words::{Language, Words, shell as words};
use leptos::prelude::*;

/// How the app looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the device asks.
    Auto,
    Light,
    Dark,
    /// Highest contrast, for bright sun.
    Sunlight,
}

impl Theme {
    pub const ALL: [Theme; 4] = [Theme::Auto, Theme::Light, Theme::Dark, Theme::Sunlight];

    /// The name in storage and in the page's `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Sunlight => "sunlight",
        }
    }

    pub fn words(self) -> Words {
        match self {
            Theme::Auto => words::THEME_AUTO,
            Theme::Light => words::THEME_LIGHT,
            Theme::Dark => words::THEME_DARK,
            Theme::Sunlight => words::THEME_SUNLIGHT,
        }
    }
}

/// Per cent of the ordinary size.
pub const TEXT_SIZES: [usize; 4] = [100, 125, 150, 200];

const LANGUAGE: &str = "minping.language";
/// There while questions are read aloud.
pub(super) const ALOUD: &str = "minping.aloud";
const TONGUE: &str = "minping.tongue";
const THEME: &str = "minping.theme";
const TEXT_SIZE: &str = "minping.text";

/// A setting of this device. `None` also where local storage is blocked.
pub fn read_setting(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Keeps a setting where that is possible: nothing depends on it.
pub fn write_setting(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

pub fn remove_setting(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(name);
    }
}

pub(super) fn read_language() -> Language {
    let wanted = read_setting(LANGUAGE).or_else(|| window().navigator().language());
    wanted.as_deref().and_then(Language::read).unwrap_or(Language::En)
}

/// Before anything was chosen, what the device asks for.
pub(super) fn read_tongue() -> String {
    let device = || match read_setting(LANGUAGE) {
        Some(_) => None,
        None => window().navigator().language(),
    };
    read_setting(TONGUE).or_else(device).unwrap_or_default()
}

pub(super) fn read_theme() -> usize {
    let name = read_setting(THEME).unwrap_or_default();
    Theme::ALL.into_iter().position(|theme| theme.name() == name).unwrap_or(0)
}

pub(super) fn read_text_size() -> usize {
    let size = read_setting(TEXT_SIZE).and_then(|text| text.parse().ok());
    size.filter(|size| TEXT_SIZES.contains(size)).unwrap_or(100)
}

/// Shows what is chosen on the page's root. Only a choice is written down, not what the device asked for.
pub(super) fn keep(shell: Shell) {
    let mut before = None;
    follow(move || {
        let language = shell.language.get();
        if let Some(root) = super::root() {
            root.set_lang(if language == Language::Zh { "zh-CN" } else { "en" });
        }
        if before.replace(language).is_some_and(|before| before != language) {
            write_setting(LANGUAGE, language.tag());
        }
    });
    let mut before = None;
    follow(move || {
        let tongue = shell.tongue.get();
        if before.as_ref().is_some_and(|before| *before != tongue) {
            write_setting(TONGUE, &tongue);
        }
        before = Some(tongue);
    });
    let mut before = None;
    follow(move || {
        let aloud = shell.aloud.get();
        if before.replace(aloud).is_some_and(|before| before != aloud) {
            if aloud { write_setting(ALOUD, "1") } else { remove_setting(ALOUD) }
        }
    });
    let mut before = None;
    follow(move || {
        let theme = Theme::ALL[shell.theme.get()];
        if let Some(root) = super::root() {
            let _ = match theme {
                Theme::Auto => root.remove_attribute("data-theme"),
                _ => root.set_attribute("data-theme", theme.name()),
            };
        }
        if before.replace(theme).is_some_and(|before| before != theme) {
            write_setting(THEME, theme.name());
        }
    });
    let mut before = None;
    follow(move || {
        let size = shell.text_size.get();
        let mut scale = (size / 100).to_string();
        scale.push('.');
        scale.push_str(if size % 100 == 0 { "0" } else { "" });
        if size % 100 > 0 {
            scale.push_str(&(size % 100).to_string());
        }
        if let Some(root) = super::root() {
            let _ = root.style().set_property("--text-scale", &scale);
        }
        if before.replace(size).is_some_and(|before| before != size) {
            write_setting(TEXT_SIZE, &size.to_string());
        }
    });
}
