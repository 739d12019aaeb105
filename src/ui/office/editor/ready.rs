//! The ready plans that come with the app, to begin with.

use crate::browser::net;
use crate::json;
use crate::plan::{Text, pick};
use crate::ui::words::Language;

const LIST: &str = "ready/index.json";

#[derive(Clone)]
pub struct Ready {
    id: String,
    title: Text,
}

impl Ready {
    pub fn title(&self, language: Language) -> &str {
        pick(&self.title, language.tag(), "zh")
    }

    /// The title, and the name of its file: several plans have the same title.
    pub fn listed(&self, language: Language) -> String {
        [self.title(language), " · ", &self.id].concat()
    }

    pub async fn fetch(&self) -> Option<String> {
        let answer = net::fetch_text(&["ready/", &self.id, ".json"].concat()).await?;
        (answer.status == 200).then_some(answer.body)
    }
}

/// The list of them; an error: it could not be fetched.
pub async fn hear() -> Result<Vec<Ready>, ()> {
    let answer = net::fetch_text(LIST).await.filter(|answer| answer.status == 200).ok_or(())?;
    let read = |node: json::Node| {
        node.list("plans", |node| Ready { id: node.text("id"), title: node.map("title", json::Node::as_text) })
    };
    json::read(&answer.body, read).map_err(drop)
}
