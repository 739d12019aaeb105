//! JSON where a second reading must not differ: writing without serializer types, reading without duplicate members.
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// Appends `text` as a JSON string.
pub fn quote(out: &mut String, text: &str) {
    out.push_str(&serde_json::to_string(text).expect("a string always has a JSON form"));
}

/// Appends a whole number.
pub fn number(out: &mut String, value: u64) {
    out.push_str(&serde_json::to_string(&value).expect("a number always has a JSON form"));
}

/// Reads a value, refusing an object with two members of one name, at any depth: RFC 8259 lets readers disagree on which
/// one counts, and what was signed must mean one thing.
pub fn parse_strict<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    Unambiguous.deserialize(&mut reader)?;
    reader.end()?;
    serde_json::from_slice(bytes)
}

struct Unambiguous;

impl<'de> DeserializeSeed<'de> for Unambiguous {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unambiguous {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Unambiguous)?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(name) = object.next_key::<String>()? {
            object.next_value_seed(Unambiguous)?;
            if seen.contains(&name) {
                return Err(A::Error::custom(["member `", &name, "` occurs twice"].concat()));
            }
            seen.insert(name);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_occurs_twice_is_refused_at_any_depth() {
        assert!(parse_strict::<serde_json::Value>(br#"{"a":{"x":1,"y":[{"x":2}]},"x":null}"#).is_ok());
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":[0,{"b":1,"\u0062":2}]}"#, r#"[{"a":{"":1,"":2}}]"#] {
            assert!(parse_strict::<serde_json::Value>(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse_strict::<serde_json::Value>(b"{} {}").is_err());
    }
}
