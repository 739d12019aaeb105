//! Times as people read them. They are shown on this device and never leave it.

use crate::ui::words::Language;
use js_sys::{Date, Object, Reflect};

/// A moment in milliseconds since 1970, as a short date and time.
pub fn when(milliseconds: u64, language: Language) -> String {
    let options = Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let date = Date::new(&(milliseconds as f64).into());
    let tag = if language == Language::Zh { "zh-CN" } else { "en-GB" };
    date.to_locale_string(tag, &options).into()
}

/// Today where the device is, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = Date::new_0();
    let mut text = now.get_full_year().to_string();
    for part in [now.get_month() + 1, now.get_date()] {
        text.push_str(if part < 10 { "-0" } else { "-" });
        text.push_str(&part.to_string());
    }
    text
}
