//! Keys of values: the item's name, in a repeat with the instances around it, as XPath counts them:
//! `household[2]/child[1]/name`.

/// The parts of a key from the outside in: a name, and which instance of that repeat.
pub(crate) fn parts(key: &str) -> impl Iterator<Item = (&str, Option<usize>)> {
    key.split('/').map(|part| match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
        // No leading zeros or signs: an instance has one key.
        Some((name, number)) if number.starts_with(|c: char| c.is_ascii_digit() && c != '0') => match number.parse() {
            Ok(number) => (name, Some(number)),
            Err(_) => (part, None),
        },
        _ => (part, None),
    })
}

/// The name of the item that a key is of.
pub(crate) fn name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// What stands before the names in an instance of a repeat: `household[2]/`.
pub(super) fn prefix(repeat: &str, instance: usize) -> String {
    let mut prefix = instance_key(repeat, instance);
    prefix.push('/');
    prefix
}

/// The key of an instance, from 1.
pub(super) fn instance_key(repeat: &str, instance: usize) -> String {
    let mut key = String::from(repeat);
    key.push('[');
    key.push_str(&instance.to_string());
    key.push(']');
    key
}

/// What a key, or the beginning of one, is called after an instance of a repeat was removed; `None`: it was in it.
pub(super) fn without(key: &str, repeat: &str, removed: usize) -> Option<String> {
    let inside = key.strip_prefix(repeat).and_then(|rest| rest.strip_prefix('[')).and_then(|rest| rest.split_once(']'));
    let Some((number, rest)) = inside else { return Some(key.to_owned()) };
    match number.parse::<usize>() {
        Ok(number) if number == removed => None,
        Ok(number) if number > removed => {
            let mut key = instance_key(repeat, number - 1);
            key.push_str(rest);
            Some(key)
        }
        _ => Some(key.to_owned()),
    }
}
