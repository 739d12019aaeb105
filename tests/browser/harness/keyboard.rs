//! A person without a mouse.

use super::Browser;
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;
use serde_json::json;

impl Browser {
    /// Presses one key and lets it go.
    pub async fn press(&self, key: Key) {
        self.strike(key.into()).await;
    }

    /// Strikes the key of one letter.
    pub async fn strike(&self, value: char) {
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

    /// Presses Shift and Tab until the focus is on something that matches.
    pub async fn back_to(&self, selector: &str) {
        let body = format!("return document.activeElement.matches({})", json!(selector));
        for _ in 0..60 {
            if self.eval(&body).await == true {
                return;
            }
            let keys = KeyActions::new("keyboard".to_owned())
                .then(KeyAction::Down { value: Key::Shift.into() })
                .then(KeyAction::Down { value: Key::Tab.into() })
                .then(KeyAction::Up { value: Key::Tab.into() })
                .then(KeyAction::Up { value: Key::Shift.into() });
            self.client.perform_actions(keys).await.expect("the keys are pressed");
        }
        panic!("{:?}: Shift and Tab never reach {selector}", self.engine);
    }

    /// Takes hold of something with the mouse and lets it go on something else.
    pub async fn drag(&self, from: &str, to: &str) {
        let place = "const e = document.querySelector(given); e.scrollIntoView({ block: 'center' }); \
            const box = e.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]";
        let _ = self.eval_with(place, json!(to)).await;
        let from = self.eval_with(place, json!(from)).await;
        let at = |place: &serde_json::Value| {
            let number = |at: usize| place[at].as_f64().expect("a place");
            (number(0), number(1))
        };
        let measure = place.replace("e.scrollIntoView({ block: 'center' });", "");
        let (x, y) = at(&from);
        let (to_x, to_y) = at(&self.eval_with(&measure, json!(to)).await);
        let move_to = |x: f64, y: f64| PointerAction::MoveTo { duration: None, x, y };
        let mut actions = MouseActions::new("mouse".to_owned())
            .then(move_to(x, y))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        for step in 1..=12 {
            let part = f64::from(step) / 12.0;
            actions = actions.then(move_to(x + (to_x - x) * part, y + (to_y + 4.0 - y) * part));
        }
        let actions = actions.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(actions).await.expect("the mouse is dragged");
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
