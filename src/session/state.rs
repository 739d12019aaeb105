use super::Answer;
use super::instrument::Instrument;
use super::layout::{Layout, Spot};
use crate::named::Named;

/// What follows from the answers: which instances there are, what is relevant, and which choices are offered. Kept by item
/// and instance, so that a repeat that grows moves nothing that is outside of it.
pub(super) struct State {
    pub layout: Layout,
    pub shown: Vec<Vec<bool>>,
    /// Of items with a choice filter.
    pub offers: Vec<Vec<Offer>>,
}

/// What a choice filter lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Offer {
    /// Places in the choice list, in its order.
    pub rows: Vec<usize>,
    /// Where the value that is kept is not, or not wholly, offered: what is left of it.
    pub left: Option<Option<Answer>>,
}

impl State {
    pub fn new(instrument: &Instrument, layout: Layout) -> State {
        let count = instrument.items.len();
        let mut state = State { layout, shown: vec![Vec::new(); count], offers: vec![Vec::new(); count] };
        for item in 0..count {
            state.make_room(instrument, item);
        }
        state
    }

    /// For every instance of an item, nothing known.
    pub fn make_room(&mut self, instrument: &Instrument, item: usize) {
        let count = self.layout.count(instrument.frame_of[item]);
        self.shown[item] = vec![false; count];
        if instrument.items[item].choice_filter.is_some() && instrument.lists[item].is_some() {
            self.offers[item] = vec![Offer::default(); count];
        }
    }

    pub fn offer(&self, (item, instance): Spot) -> Option<&Offer> {
        self.offers[item].get(instance)
    }

    /// The value as people see it: without choices that are not offered.
    pub fn answer<'a>(&'a self, instrument: &Instrument, answers: &'a Named<Answer>, spot: Spot) -> Option<&'a Answer> {
        match self.offer(spot).and_then(|offer| offer.left.as_ref()) {
            Some(left) => left.as_ref(),
            None => self.layout.get(instrument, answers, spot),
        }
    }
}
