pub use crate::language::{Language as Lang, Words};

impl Lang {
    /// As the POSIX locale variables say, the first that is set and not empty; English otherwise.
    pub fn from_environment() -> Lang {
        Lang::of_locale(["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()))
    }

    fn of_locale(values: impl Iterator<Item = String>) -> Lang {
        match values.into_iter().find(|value| !value.is_empty()) {
            Some(locale) if locale.starts_with("zh") => Lang::Zh,
            _ => Lang::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_that_is_set_decides() {
        let of = |values: &[&str]| Lang::of_locale(values.iter().map(|v| v.to_string()));
        assert_eq!(of(&["", "zh_CN.UTF-8", "en_GB.UTF-8"]), Lang::Zh);
        assert_eq!(of(&["C", "zh_CN.UTF-8"]), Lang::En);
        assert_eq!(of(&[]), Lang::En);
    }
}
