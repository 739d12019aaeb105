//! Times as people read them. They are shown on this device and never leave it.

use crate::ui::words::Language;
use js_sys::{Date, Object, Reflect};

/// A moment in milliseconds since 1970: the time, and the date unless it is today's.
pub fn when(milliseconds: u64, language: Language) -> String {
    let date = Date::new(&(milliseconds as f64).into());
    let options = Object::new();
    let _ = Reflect::set(&options, &"timeStyle".into(), &"short".into());
    if day(&date) != today() {
        let _ = Reflect::set(&options, &"dateStyle".into(), &"medium".into());
    }
    let tag = if language == Language::Zh { "zh-CN" } else { "en-GB" };
    date.to_locale_string(tag, &options).into()
}

/// The day of a moment in milliseconds since 1970.
pub fn on_day(milliseconds: u64, language: Language) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"dateStyle".into(), &"medium".into());
    let tag = if language == Language::Zh { "zh-CN" } else { "en-GB" };
    Date::new(&(milliseconds as f64).into()).to_locale_date_string(tag, &options).into()
}

/// Today where the device is, `YYYY-MM-DD`.
pub fn today() -> String {
    day(&Date::new_0())
}

/// This moment where the device is, `YYYY-MM-DDThh:mm`.
pub fn this_minute() -> String {
    let now = Date::new_0();
    let mut text = day(&now);
    for (before, part) in [("T", now.get_hours()), (":", now.get_minutes())] {
        text.push_str(before);
        if part < 10 {
            text.push('0');
        }
        text.push_str(&part.to_string());
    }
    text
}

/// A moment of that form as people read it.
pub fn said_moment(moment: &str, language: Language) -> String {
    let at = Date::parse(moment);
    if at.is_nan() { moment.to_owned() } else { when(at as u64, language) }
}

fn day(date: &Date) -> String {
    let mut text = date.get_full_year().to_string();
    for part in [date.get_month() + 1, date.get_date()] {
        text.push_str(if part < 10 { "-0" } else { "-" });
        text.push_str(&part.to_string());
    }
    text
}
