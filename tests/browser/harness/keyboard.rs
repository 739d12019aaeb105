//! A person without a mouse.

use super::Browser;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

impl Browser {
    /// Presses one key and lets it go.
    pub async fn press(&self, key: Key) {
        self.strike(key.into()).await;
    }

    async fn strike(&self, value: char) {
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.expect("the key is pressed");
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&self, text: &str) {
        for value in text.chars() {
            self.strike(value).await;
        }
    }

    pub async fn tab(&self) {
        self.press(Key::Tab).await;
    }

    /// Presses Tab until the focus is on something that matches. Fails when it never gets there.
    pub async fn tab_to(&self, selector: &str) {
        let quoted = json!(selector);
        let mut path = Vec::new();
        for _ in 0..400 {
            // Past the last element, Tab goes round by the browser's own bar; in Firefox without a window the page does not
            // get the focus back by it.
            let body = format!(
                "if (!document.hasFocus()) window.focus();
                 const e = document.activeElement;
                 return [!!e && e.matches({quoted}), e && e !== document.body ? e.outerHTML.slice(0, 120) : '']"
            );
            let now = self.eval(&body).await;
            if now[0] == true {
                return;
            }
            path.push(now[1].as_str().unwrap_or_default().to_owned());
            self.tab().await;
        }
        path.dedup();
        path.truncate(40);
        panic!("{:?}: Tab never reaches {selector}; it went over {path:#?}", self.engine);
    }

    /// Goes to something by Tab and presses Enter on it.
    pub async fn enter_on(&self, selector: &str) {
        self.tab_to(selector).await;
        self.press(Key::Enter).await;
    }

    /// Goes to something by Tab and presses the space bar on it.
    pub async fn space_on(&self, selector: &str) {
        self.tab_to(selector).await;
        self.strike(' ').await;
    }
}
