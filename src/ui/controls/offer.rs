use super::frame::Asked;
use crate::plan::{Choice, OTHER, Text};
use crate::session::{Answer, Session};
use crate::ui::answer::{Live, say, told};
use crate::ui::element::{Element, el, group};
use crate::ui::shell::Shell;
use crate::ui::words::answer as words;

/// A choice as it is offered.
#[derive(Clone)]
pub struct Offer {
    pub name: String,
    /// In words alone.
    pub label: String,
    /// The label as it is written in the plan.
    pub written: String,
    /// Address of its picture.
    pub image: Option<String>,
}

impl Offer {
    /// One that is nothing but a name and a label.
    pub fn plain(session: &Session, index: usize, name: &str, label: &Text) -> Offer {
        let (label, written) = (session.say(index, label), say(session, label).to_owned());
        Offer { name: name.to_owned(), label, written, image: None }
    }

    /// Label and picture, for a button or beside an input.
    pub fn body(&self, asked: &Asked) -> Element {
        let picture = self.image.as_ref().map(|image| picture(image, "offer-image"));
        group().maybe(picture).child(told(asked.live, asked.index, &self.written))
    }
}

/// A picture whose meaning is told by the words beside it.
pub fn picture(url: &str, class: &str) -> Element {
    el("img", class).attr("src", url).attr("alt", "")
}

/// Address of one of the plan's pictures.
pub fn picture_url(session: &Session, name: Option<&String>) -> Option<String> {
    Some(session.plan().media.get(name?)?.url())
}

/// What the item offers now, `other` last.
pub fn offers(live: Live, index: usize) -> Vec<Offer> {
    live.with(|session| {
        let item = session.item(index);
        let list = item.choices.as_deref().and_then(|id| session.plan().choice_list(id));
        let offer = |choice: &Choice| Offer {
            image: picture_url(session, choice.image.as_ref()),
            ..Offer::plain(session, index, &choice.name, &choice.label)
        };
        let places = session.choices(index);
        let choices = places.iter().filter_map(|&at| list?.choices.get(at)).map(offer);
        let other = item.other.as_ref().map(|label| Offer::plain(session, index, OTHER, label));
        choices.chain(other).collect()
    })
}

/// What is chosen of several once this is, or is no longer. A choice that goes with no other takes the others' place, and
/// they its; that is said aloud, since it happens elsewhere on the screen.
pub fn toggled(asked: &Asked, shell: Shell, name: String, chosen: bool) -> Vec<String> {
    let (choices, told) = asked.live.with(|session| {
        let mut choices = match session.answer(asked.index) {
            Some(Answer::Choices(choices)) => choices.clone(),
            _ => Vec::new(),
        };
        choices.retain(|choice| *choice != name);
        if !chosen {
            return (choices, None);
        }
        let list = session.item(asked.index).choices.as_deref().and_then(|id| session.plan().choice_list(id));
        let alone = |name: &String| {
            list.and_then(|list| list.choices.iter().find(|choice| choice.exclusive && choice.name == *name))
        };
        let (this, before) = (alone(&name), choices.len());
        let label = |choice: &Choice| session.say(asked.index, &choice.label);
        let told = match this {
            Some(this) => words::ALONE_CHOSEN.fill(asked.language, &[&label(this)]),
            None => {
                let other = choices.iter().find_map(alone).map_or(String::new(), label);
                words::ALONE_LEFT.fill(asked.language, &[&other])
            }
        };
        choices.retain(|choice| this.is_none() && alone(choice).is_none());
        let told = (choices.len() < before).then_some(told);
        choices.push(name);
        (choices, told)
    });
    if let Some(told) = told {
        shell.announce(told);
    }
    choices
}
