use super::chance::{Of, chance};
use super::population::{one_of, share};
use super::{Conduct, Population};
use crate::plan::Mode;
use base64ct::{Base64UrlUnpadded, Encoding};
use rand_distr::{Distribution, StandardUniform};
use std::collections::BTreeSet;

/// What goes wrong in a round. Shares are from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Misconduct {
    /// Of the people asked, those who do not take part.
    pub nonresponse: f64,
    /// How much readier kind people are to take part than others, in logits for one standard deviation; 0: as ready.
    pub bias: f64,
    pub careless: f64,
    pub coached: f64,
    /// Canvassers' devices on which three of four interviews are fabricated.
    pub cheaters: usize,
}

/// One interview of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Place of the person in the population.
    pub person: usize,
    /// Id of the record.
    pub id: String,
    /// Number of the canvasser's device; None: the person's own.
    pub device: Option<usize>,
    pub conduct: Conduct,
}

/// Who was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// People who were asked, those who did not take part with them.
    pub contacts: usize,
    pub asked: Vec<Asked>,
}

/// Share of the interviews on a cheater's device that nobody gave.
const FABRICATED: f64 = 0.75;

impl Round {
    /// Draws people at random, nobody twice, until as many as wanted took part or all were asked. Who is reached by a
    /// canvasser is asked with one of `devices` devices, of which the first are the cheaters'.
    pub fn draw(population: &Population, wanted: usize, devices: usize, misconduct: &Misconduct) -> Round {
        let seed = population.seed();
        let people = population.people();
        let mut draws = chance(seed, Of::Round, 0, 0);
        let mut left: Vec<usize> = (0..people.len()).collect();
        let mut asked: Vec<Asked> = Vec::with_capacity(wanted);
        let mut contacts = 0;
        // What each cheater writes down again: the first honest interview on the device.
        let mut models: Vec<Option<usize>> = vec![None; misconduct.cheaters.min(devices)];
        while asked.len() < wanted && !left.is_empty() {
            let person = left.swap_remove(one_of(&mut draws, left.len()));
            contacts += 1;
            let ready = logistic(logit(1.0 - misconduct.nonresponse) + misconduct.bias * people[person].leniency);
            if share(&mut draws) >= ready {
                continue;
            }
            let device = (people[person].mode != Mode::Web && devices > 0).then(|| one_of(&mut draws, devices));
            let conduct = match (share(&mut draws), device.and_then(|device| models.get_mut(device))) {
                (luck, Some(Some(after))) if luck < FABRICATED => Conduct::Fabricated { after: *after },
                (_, Some(model)) => {
                    // Only who is asked the same can be written down again.
                    if model.is_none() {
                        *model = Some(person);
                    }
                    Conduct::Honest
                }
                (luck, None) if luck < misconduct.careless => Conduct::Careless,
                (luck, None) if luck < misconduct.careless + misconduct.coached => Conduct::Coached,
                _ => Conduct::Honest,
            };
            asked.push(Asked { person, id: record_id(seed, asked.len()), device, conduct });
        }
        Round { contacts, asked }
    }

    /// So many numbers below `count`, each once: which batches get lost, or are handed over twice.
    pub fn pick(seed: u64, count: usize, wanted: usize) -> BTreeSet<usize> {
        let mut draws = chance(seed, Of::Round, 1, 0);
        let mut left: Vec<usize> = (0..count).collect();
        (0..wanted.min(count)).map(|_| left.swap_remove(one_of(&mut draws, left.len()))).collect()
    }
}

/// 128 bits as 22 characters.
pub(super) fn record_id(seed: u64, at: usize) -> String {
    let bytes: [u8; 16] = StandardUniform.sample(&mut chance(seed, Of::Ids, at as u64, 0));
    Base64UrlUnpadded::encode_string(&bytes)
}

fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
