//! The office's second thread: batches are verified and opened there, and what takes long is worked out there, while the
//! page stays free. The desk keeps the ledger; the other thread is given what it needs for each piece of work and keeps
//! nothing that is not here as well. Where no second thread can be had, the same is done on the page, in slices.

mod answer;
mod inside;
mod question;

pub use answer::Reins;
pub use inside::help;
pub use question::{Failed, Format, Page, Question, Wanted};

use super::desk::Desk;
use super::intake::Breath;
use super::right::text_to_edit;
use crate::batch::{OfficeSecrets, Trust};
use crate::browser::clock;
use crate::browser::crypto::Web;
use crate::browser::helper::{Broken, Helper, Told};
use crate::browser::object;
use crate::carry::{Carry, arrived, carried};
use crate::ledger::{Ledger, Seals};
use crate::plan::Digest;
use crate::rectification::Day;
use inside::{Inside, Taking};
use js_sys::{Array, Object, Uint8Array};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Records that are opened at once: the browser has threads of its own for that.
const LANES: usize = 16;
/// Records in one part of the ledger that goes over.
const PART: usize = 1_000;

/// What is known of the other thread. Copy: a handle.
#[derive(Clone, Copy)]
pub struct Backroom(StoredValue<State, LocalStorage>);

#[derive(Default)]
struct State {
    helper: Option<Helper>,
    /// It could not be started: it is not tried again until the page is opened anew.
    none: bool,
    /// Somebody is just giving it something.
    busy: bool,
    /// The plan and the roster that it has: what was chosen, the roster's text, and the plan's with its right answers, where
    /// they were sealed and are open.
    plan: Option<(Digest, Option<String>, Option<String>)>,
    /// The state of the ledger that it has, and of which plan.
    ledger: Option<(Digest, u32)>,
    /// Where there is no other thread: the ledger as it was given last.
    here: Inside,
}

/// The text of what may be a batch.
pub struct Text {
    /// Under which it came, for people.
    pub name: String,
    /// The day on which it arrived, where it is known.
    pub day: Option<Day>,
    pub text: String,
    /// Whether its records are to be opened.
    pub open: bool,
}

/// What became of a portion of batches.
pub struct Portion {
    /// Which batch each text is; `None`: no batch.
    pub found: Vec<Option<Digest>>,
    /// The batches, opened as far as there were keys.
    pub part: Ledger,
}

impl Backroom {
    pub fn new() -> Backroom {
        Backroom(StoredValue::new_local(State::default()))
    }

    /// The other thread, with the plan and the roster of the desk. `None`: there is none.
    async fn helper(self, desk: Desk) -> Option<Helper> {
        let _busy = Busy::take(self).await;
        let broken = self.0.with_value(|state| state.helper.as_ref().is_some_and(Helper::is_broken));
        if broken {
            self.0.update_value(|state| (state.helper, state.plan, state.ledger) = (None, None, None));
        }
        if self.0.with_value(|state| state.none) {
            return None;
        }
        let helper = match self.0.with_value(|state| state.helper.clone()) {
            Some(helper) => helper,
            None => match Helper::start().await {
                Ok(helper) => helper,
                Err(Broken) => {
                    self.0.update_value(|state| state.none = true);
                    return None;
                }
            },
        };
        self.0.update_value(|state| state.helper = Some(helper.clone()));
        let chosen = desk.chosen.get_untracked()?;
        let roster = desk.roster.get_untracked().map(|enrolled| enrolled.text.clone());
        let opened = text_to_edit(&chosen);
        let wanted = (chosen.reference.digest.clone(), roster.clone(), opened.clone());
        if self.0.with_value(|state| state.plan.as_ref() != Some(&wanted)) {
            let text = desk.chosen_text()?;
            let question = object::make(&[
                ("do", "plan".into()),
                ("plan", text.into()),
                ("opened", opened.into()),
                ("roster", roster.into()),
            ]);
            helper.ask(&question, None).answer().await.ok()?.is_truthy().then_some(())?;
            self.0.update_value(|state| (state.plan, state.ledger) = (Some(wanted), None));
        }
        Some(helper)
    }

    /// Has these texts verified, and their records opened as far as they are to be and there are keys. The work goes on
    /// beside what the page does, until [`Begun::end`] waits for it.
    pub async fn begin(self, desk: Desk, texts: Vec<Text>, keys: Option<OfficeSecrets<Web>>) -> Begun {
        let helper = self.helper(desk).await;
        let decided = desk.ledger.with_value(|ledger| Some(ledger.as_ref()?.carry([], Seals::Without)));
        let decided = decided.unwrap_or_default();
        let coming = helper.map(|helper| helper.ask(&take_question(&texts, keys.as_ref(), &decided), None));
        Begun { desk, texts, keys, decided, coming }
    }

    /// What the other thread finds in the ledger of the desk.
    pub async fn ask<T: Carry>(self, desk: Desk, question: Question, told: Option<Told>) -> Result<T, Failed> {
        let bytes = match self.helper(desk).await {
            Some(helper) => match self.give_ledger(desk, Some(&helper)).await {
                Ok(()) => self.ask_helper(&helper, &question, told.clone()).await,
                Err(Broken) => None,
            },
            None => None,
        };
        let answer = match bytes {
            Some(answer) => answer,
            None => {
                let _ = self.give_ledger(desk, None).await;
                let ledger = self.0.with_value(|state| state.here.ledger()).ok_or(Failed::NothingHere)?;
                answer::answer(ledger, question, Reins(told)).await
            }
        };
        arrived(&answer?).ok_or(Failed::NothingHere)
    }

    async fn ask_helper(
        self,
        helper: &Helper,
        question: &Question,
        told: Option<Told>,
    ) -> Option<Result<Vec<u8>, Failed>> {
        let bytes = Uint8Array::from(&carried(question)[..]);
        let coming = helper.ask(&object::make(&[("do", "answer".into()), ("question", bytes.into())]), told);
        let answer = coming.answer().await.ok()?;
        let bytes = object::get(&answer, "bytes");
        Some(if object::present(&bytes) {
            Ok(Uint8Array::new(&bytes).to_vec())
        } else {
            Err(Failed::of(&object::text(&answer, "failed").unwrap_or_default()))
        })
    }

    /// Gives the ledger over as it is now, in parts with the browser in between; not again while it is the same.
    async fn give_ledger(self, desk: Desk, helper: Option<&Helper>) -> Result<(), Broken> {
        let _busy = Busy::take(self).await;
        let Some(plan) =
            desk.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| chosen.reference.digest.clone()))
        else {
            return Ok(());
        };
        let now = (plan, desk.turned.get_untracked());
        if self.0.with_value(|state| state.ledger.as_ref() == Some(&now)) {
            return Ok(());
        }
        let mut waiting: Vec<(Digest, usize)> = desk.ledger.with_value(|ledger| {
            let batches = ledger.iter().flat_map(Ledger::batches);
            batches.map(|(digest, kept)| (digest.clone(), kept.len())).collect()
        });
        let (mut first, mut breath) = (true, Breath::new());
        while first || !waiting.is_empty() {
            let mut records = 0;
            let more = waiting.iter().take_while(|(_, len)| {
                records += len;
                records <= PART
            });
            let more = more.count().max(1).min(waiting.len());
            let portion: Vec<Digest> = waiting.drain(..more).map(|(digest, _)| digest).collect();
            let part = desk.ledger.with_value(|ledger| Some(ledger.as_ref()?.carry(&portion, Seals::Without)));
            let Some(part) = part else { return Ok(()) };
            match helper {
                Some(helper) => {
                    let bytes = Uint8Array::from(&part[..]);
                    let question =
                        object::make(&[("do", "part".into()), ("first", first.into()), ("part", bytes.into())]);
                    helper.ask(&question, None).answer().await?;
                }
                None => self.0.update_value(|state| {
                    let codebook = desk.ledger.with_value(|ledger| Some(ledger.as_ref()?.codebook().clone()));
                    codebook.into_iter().for_each(|codebook| state.here.take_part(codebook, first, &part));
                }),
            }
            breath.pause().await;
            first = false;
        }
        self.0.update_value(|state| state.ledger = Some(now));
        Ok(())
    }
}

fn take_question(texts: &[Text], keys: Option<&OfficeSecrets<Web>>, decided: &[u8]) -> Object {
    let list = |pick: fn(&Text) -> JsValue| -> JsValue { texts.iter().map(pick).collect::<Array>().into() };
    let keys = keys.map_or(JsValue::NULL, |keys| inside::hand_over(keys).into());
    object::make(&[
        ("do", "take".into()),
        ("names", list(|one| one.name.as_str().into())),
        ("texts", list(|one| one.text.as_str().into())),
        ("open", list(|one| one.open.into())),
        ("keys", keys),
        ("decided", Uint8Array::from(decided).into()),
    ])
}

/// Batches that are being verified and opened.
pub struct Begun {
    desk: Desk,
    texts: Vec<Text>,
    keys: Option<OfficeSecrets<Web>>,
    /// The ledger's decisions: what they admit is opened.
    decided: Vec<u8>,
    coming: Option<crate::browser::helper::Coming>,
}

impl Begun {
    /// What became of them, with their texts. `None`: another plan was chosen meanwhile.
    pub async fn end(self) -> Option<(Portion, Vec<Text>)> {
        let Begun { desk, texts, keys, decided, coming } = self;
        let codebook = desk.ledger.with_value(|ledger| Some(ledger.as_ref()?.codebook().clone()))?;
        let answer = match coming {
            Some(coming) => coming.answer().await.ok(),
            None => None,
        };
        let portion = match answer {
            Some(answer) => {
                let bytes = |name| Uint8Array::new(&object::get(&answer, name)).to_vec();
                let found = arrived::<Vec<Option<Digest>>>(&bytes("found"))?;
                Portion { found, part: Ledger::arrive(codebook, &bytes("part"))? }
            }
            // No other thread, or one that broke over this.
            None => {
                let chosen = desk.chosen.get_untracked()?;
                let enrolled = desk.roster.get_untracked();
                let roster = enrolled.as_ref().map(|enrolled| &enrolled.roster);
                let taking = Taking { trust: Trust::of(&chosen.plan, &chosen.reference, roster), lanes: LANES };
                taking.take(Ledger::arrive(codebook, &decided)?, &texts, keys.as_ref()).await
            }
        };
        Some((portion, texts))
    }
}

/// Held by whoever gives the other thread something that others rely on.
struct Busy(Backroom);

impl Busy {
    async fn take(room: Backroom) -> Busy {
        while room.0.try_with_value(|state| state.busy).unwrap_or(false) {
            clock::sleep(20).await;
        }
        room.0.update_value(|state| state.busy = true);
        Busy(room)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.try_update_value(|state| state.busy = false);
    }
}

/// Shows how far a work is, with words of its own; the clerk may stop it.
pub fn telling(desk: Desk, words: crate::ui::words::Words) -> Told {
    Rc::new(move |done, total| {
        desk.work.try_set(Some(super::desk::Work { words, done, total }));
        !desk.stop.try_get_untracked().unwrap_or(true)
    })
}
