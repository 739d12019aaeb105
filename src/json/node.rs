use super::error::{JsonError, Mistake, pointer};
use super::parse::{Kind, Member, Value, sorted};
use crate::named::Named;
use std::cell::RefCell;

/// What readers did not find. They go on with empty values after a fault, so that reading is straight on; whoever began the
/// reading throws its result away.
#[derive(Default)]
pub(super) struct Faults(RefCell<Option<Fault>>);

struct Fault {
    /// The text of the value, which says where it is.
    raw: *const u8,
    mistake: Mistake,
}

impl Faults {
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_none()
    }

    #[inline(never)]
    pub fn first(&self, text: &str, root: &Value) -> Option<JsonError> {
        let Fault { raw, mistake } = self.0.take()?;
        let position = raw as usize - text.as_ptr() as usize;
        Some(JsonError::at(text, position, pointer(root, text, position), mistake))
    }

    #[inline(never)]
    fn add(&self, raw: &str, mistake: Mistake) {
        self.0.borrow_mut().get_or_insert(Fault { raw: raw.as_ptr(), mistake });
    }
}

/// A value and where to report what is wrong with it. A reader is a function from a node to what the format has there.
///
/// Methods with a `name` are about a member of an object. Without the member they report it missing, but for those
/// that answer with an `Option` and take `null` for absence.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    value: &'a Value<'a>,
    faults: &'a Faults,
}

impl<'a> Node<'a> {
    pub(super) fn new(value: &'a Value<'a>, faults: &'a Faults) -> Node<'a> {
        Node { value, faults }
    }

    /// Reports that the value should be something else.
    #[inline(never)]
    pub fn expected(self, what: &'static str) {
        self.faults.add(self.value.raw, Mistake::Expected(what));
    }

    /// The text of the value as it stands.
    pub fn raw(self) -> &'a str {
        self.value.raw
    }

    fn members(self) -> Option<&'a [Member<'a>]> {
        match &self.value.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Refuses what is no object, or has a member that is not among these.
    #[inline(never)]
    pub fn only(self, known: &[&str]) -> Node<'a> {
        let Some(members) = self.members() else {
            self.expected("an object");
            return self;
        };
        if let Some((name, _)) = members.iter().find(|(name, _)| !known.contains(&&**name)) {
            self.faults.add(self.value.raw, Mistake::Unknown(name.clone().into_owned()));
        }
        self
    }

    /// A member, also where it is `null`.
    #[inline(never)]
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        let (_, value) = self.members()?.iter().find(|(known, _)| *known == name)?;
        Some(Node { value, ..self })
    }

    #[inline(never)]
    fn need(self, name: &str) -> Node<'a> {
        static ABSENT: Value = Value { raw: "", kind: Kind::Null };
        self.get(name).unwrap_or_else(|| {
            let mistake = match self.members() {
                Some(_) => Mistake::Missing(name.to_owned()),
                None => Mistake::Expected("an object"),
            };
            self.faults.add(self.value.raw, mistake);
            Node { value: &ABSENT, ..self }
        })
    }

    /// A member that is there and not `null`.
    #[inline(never)]
    pub fn find(self, name: &str) -> Option<Node<'a>> {
        self.get(name).filter(|node| !matches!(node.value.kind, Kind::Null))
    }

    #[inline(never)]
    pub fn as_text(self) -> String {
        match self.as_str() {
            Some(text) => text.to_owned(),
            None => {
                self.expected("a text in quotes");
                String::new()
            }
        }
    }

    /// The text, if it is one; reports nothing.
    pub fn as_str(self) -> Option<&'a str> {
        match &self.value.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number from 0 to `most`.
    #[inline(never)]
    pub fn as_whole(self, most: u64) -> u64 {
        match self.value.raw.parse() {
            Ok(number) if number <= most => number,
            _ => {
                self.expected("a whole number in its range");
                0
            }
        }
    }

    /// A whole number, if it is one; reports nothing.
    pub fn as_integer(self) -> Option<i64> {
        // JSON has a negative zero, whole numbers have not.
        if self.value.raw == "-0" { None } else { self.value.raw.parse().ok() }
    }

    /// The digits of a number as they were written.
    pub fn as_number(self) -> Option<&'a str> {
        matches!(self.value.kind, Kind::Number).then_some(self.value.raw)
    }

    /// Whether it is a list or an object; reports nothing.
    pub fn is_list(self) -> bool {
        matches!(self.value.kind, Kind::List(_))
    }

    /// The elements of a list.
    pub fn as_list<T>(self, reader: fn(Node<'a>) -> T) -> Vec<T> {
        self.elements().iter().map(|value| reader(Node { value, ..self })).collect()
    }

    #[inline(never)]
    fn elements(self) -> &'a [Value<'a>] {
        match &self.value.kind {
            Kind::List(list) => list,
            _ => {
                self.expected("a list");
                &[]
            }
        }
    }

    /// The members of an object whose names are not fixed.
    pub fn as_map<T>(self, reader: fn(Node<'a>) -> T) -> Named<T> {
        let members = self.members().unwrap_or_else(|| {
            self.expected("an object");
            &[]
        });
        let mut map = Named::with_room(members.len());
        // In the order of names, so that each goes to the end.
        for (name, value) in sorted(members) {
            map.insert(name.clone().into_owned(), reader(Node { value, ..self }));
        }
        map
    }

    pub fn text(self, name: &str) -> String {
        self.need(name).as_text()
    }

    #[inline(never)]
    pub fn text_or_none(self, name: &str) -> Option<String> {
        self.find(name).map(Node::as_text)
    }

    pub fn whole(self, name: &str, most: u64) -> u64 {
        self.need(name).as_whole(most)
    }

    /// A whole number that is 0 where it is not written.
    #[inline(never)]
    pub fn whole_or_zero(self, name: &str) -> u64 {
        self.get(name).map_or(0, |node| node.as_whole(u64::MAX))
    }

    pub fn whole_or_none(self, name: &str, most: u64) -> Option<u64> {
        self.find(name).map(|node| node.as_whole(most))
    }

    /// `absent`: what it is where it is not written; `None`: it must be.
    #[inline(never)]
    pub fn flag(self, name: &str, absent: Option<bool>) -> bool {
        match (absent, self.get(name)) {
            (Some(absent), None) => absent,
            _ => {
                let node = self.need(name);
                match node.value.kind {
                    Kind::Flag(flag) => flag,
                    _ => {
                        node.expected("`true` or `false`");
                        false
                    }
                }
            }
        }
    }

    pub fn list<T>(self, name: &str, reader: fn(Node<'a>) -> T) -> Vec<T> {
        self.need(name).as_list(reader)
    }

    /// Empty where it is not written.
    pub fn list_or_empty<T>(self, name: &str, reader: fn(Node<'a>) -> T) -> Vec<T> {
        self.get(name).map_or(Vec::new(), |node| node.as_list(reader))
    }

    pub fn map<T>(self, name: &str, reader: fn(Node<'a>) -> T) -> Named<T> {
        self.need(name).as_map(reader)
    }

    pub fn map_or_empty<T>(self, name: &str, reader: fn(Node<'a>) -> T) -> Named<T> {
        self.get(name).map_or(Named::new(), |node| node.as_map(reader))
    }

    pub fn object<T>(self, name: &str, reader: fn(Node<'a>) -> T) -> T {
        reader(self.need(name))
    }

    /// Which of these names the text is; the first if it is none of them.
    #[inline(never)]
    pub fn as_one_of(self, names: &[&str]) -> usize {
        let text = self.as_str();
        names.iter().position(|name| Some(*name) == text).unwrap_or_else(|| {
            self.expected("one of the names that the format has for this");
            0
        })
    }

    pub fn one_of(self, name: &str, names: &[&str]) -> usize {
        self.need(name).as_one_of(names)
    }
}
