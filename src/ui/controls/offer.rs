use super::frame::Asked;
use crate::plan::{Choice, OTHER, Text};
use crate::session::Session;
use crate::ui::answer::{Live, say, told};
use crate::ui::element::{Element, el, group};

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
    /// Goes with no other.
    pub exclusive: bool,
}

impl Offer {
    /// One that is nothing but a name and a label.
    pub fn plain(session: &Session, index: usize, name: &str, label: &Text) -> Offer {
        let (label, written) = (session.say(index, label), say(session, label).to_owned());
        Offer { name: name.to_owned(), label, written, image: None, exclusive: false }
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
            exclusive: choice.exclusive,
            ..Offer::plain(session, index, &choice.name, &choice.label)
        };
        let places = session.choices(index);
        let choices = places.iter().filter_map(|&at| list?.choices.get(at)).map(offer);
        let other = item.other.as_ref().map(|label| Offer::plain(session, index, OTHER, label));
        choices.chain(other).collect()
    })
}
