use serde_json::Value;

/// A value in the plan and where it is. Whatever has not the expected shape is passed over: the shape check names it.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub value: &'a Value,
    /// JSON Pointer.
    pub path: String,
}

impl<'a> Node<'a> {
    pub fn root(value: &'a Value) -> Node<'a> {
        Node { value, path: String::new() }
    }

    /// The pointer of a member, whether it is there or not.
    pub fn at(&self, member: &str) -> String {
        [&self.path, "/", &member.replace('~', "~0").replace('/', "~1")].concat()
    }

    pub fn has(&self, member: &str) -> bool {
        self.value.get(member).is_some_and(|v| !v.is_null())
    }

    pub fn member(&self, name: &str) -> Option<Node<'a>> {
        let value = self.value.get(name).filter(|v| !v.is_null())?;
        Some(Node { value, path: self.at(name) })
    }

    pub fn text(&self, member: &str) -> Option<&'a str> {
        self.value.get(member).and_then(Value::as_str)
    }

    /// The elements of a list; none when it is not there or no list.
    pub fn list(&self, member: &str) -> Vec<Node<'a>> {
        let path = self.at(member);
        let elements = self.value.get(member).and_then(Value::as_array).into_iter().flatten().enumerate();
        elements.map(|(i, value)| Node { value, path: format!("{path}/{i}") }).collect()
    }

    /// The elements of a list that are texts.
    pub fn texts(&self, member: &str) -> Vec<(String, &'a str)> {
        self.list(member).into_iter().filter_map(|n| Some((n.path, n.value.as_str()?))).collect()
    }

    /// The `id`s in a list.
    pub fn ids(&self, list: &str) -> Vec<&'a str> {
        self.list(list).iter().filter_map(|n| n.text("id")).collect()
    }

    /// Members and their values.
    pub fn members(&self) -> Vec<(&'a str, Node<'a>)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), Node { value, path: self.at(name) })).collect()
    }
}
