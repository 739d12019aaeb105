//! What the other thread does when it is asked.

use super::question::{Failed, Question};
use super::{LANES, Portion, Reins, Text, answer};
use crate::batch::{Admission, OfficeSecrets, Roster, Trust, plan_digest, verify_batch, verify_roster};
use crate::browser::crypto::Web;
use crate::browser::helper::{self, Job};
use crate::browser::object;
use crate::carry::{arrived, carried};
use crate::ledger::{Codebook, Ledger, Seals};
use crate::plan::{Plan, PublicKey};
use crate::session::PlanRef;
use js_sys::{Array, Object, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use web_sys::CryptoKey;

/// What the thread was given.
#[derive(Default)]
pub struct Inside {
    plan: Option<Rc<Briefed>>,
    ledger: Option<Rc<Ledger>>,
}

struct Briefed {
    plan: Plan,
    reference: PlanRef,
    codebook: Arc<Codebook>,
    roster: Option<Roster>,
}

/// Answers the page until it goes: the whole work of the worker.
pub fn help() {
    let inside = Rc::new(RefCell::new(Inside::default()));
    helper::serve(move |job| {
        let inside = inside.clone();
        async move {
            let done = match object::text(&job.question, "do").as_deref() {
                Some("plan") => brief(&inside, &job).await,
                Some("take") => take(&inside, &job).await,
                Some("part") => part(&inside, &job),
                Some("answer") => return reply(&inside, job).await,
                _ => None,
            };
            done.unwrap_or(JsValue::FALSE)
        }
    });
}

/// The plan that is worked on. It was checked when the page took it.
async fn brief(inside: &RefCell<Inside>, job: &Job) -> Option<JsValue> {
    let text = object::text(&job.question, "plan")?;
    // The same plan with the right answers that are sealed in it.
    let opened = object::text(&job.question, "opened");
    let plan = crate::plan::load(opened.as_ref().unwrap_or(&text)).ok()?;
    let digest = plan_digest(&Web, text.as_bytes()).await.ok()?;
    let reference = PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest };
    let codebook = Arc::new(Codebook::new(&plan, &reference, &crate::browser::host::FULL).ok()?);
    let roster = match object::text(&job.question, "roster") {
        Some(text) => {
            let office = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
            Some(verify_roster(&Web, &text, office, &plan.id).await.ok()?)
        }
        None => None,
    };
    *inside.borrow_mut() = Inside { plan: Some(Rc::new(Briefed { plan, reference, codebook, roster })), ledger: None };
    Some(JsValue::TRUE)
}

async fn take(inside: &RefCell<Inside>, job: &Job) -> Option<JsValue> {
    let briefed = inside.borrow().plan.clone()?;
    let list = |name| Array::from(&object::get(&job.question, name)).iter().collect::<Vec<JsValue>>();
    let texts = list("names").into_iter().zip(list("texts")).zip(list("open"));
    let texts = texts.map(|((name, text), open)| {
        Some(Text { name: name.as_string()?, day: None, text: text.as_string()?, open: open.is_truthy() })
    });
    let texts: Vec<Text> = texts.collect::<Option<_>>()?;
    let keys = received(&object::get(&job.question, "keys"));
    let Briefed { plan, reference, codebook, roster } = &*briefed;
    let taking = Taking { trust: Trust::of(plan, reference, roster.as_ref()), lanes: LANES };
    let decided = Uint8Array::new(&object::get(&job.question, "decided")).to_vec();
    let decided = Ledger::arrive(codebook.clone(), &decided)?;
    let Portion { found, part } = taking.take(decided, &texts, keys.as_ref()).await;
    let all: Vec<_> = part.batches().keys().cloned().collect();
    let bytes = |bytes: Vec<u8>| JsValue::from(Uint8Array::from(&bytes[..]));
    let answer = object::make(&[("found", bytes(carried(&found))), ("part", bytes(part.carry(&all, Seals::With)))]);
    Some(answer.into())
}

fn part(inside: &RefCell<Inside>, job: &Job) -> Option<JsValue> {
    let codebook = inside.borrow().plan.as_ref()?.codebook.clone();
    let bytes = Uint8Array::new(&object::get(&job.question, "part")).to_vec();
    inside.borrow_mut().take_part(codebook, object::get(&job.question, "first").is_truthy(), &bytes);
    Some(JsValue::TRUE)
}

async fn reply(inside: &RefCell<Inside>, job: Job) -> JsValue {
    let bytes = Uint8Array::new(&object::get(&job.question, "question")).to_vec();
    let ledger = inside.borrow().ledger.clone();
    let answer = match (ledger, arrived::<Question>(&bytes)) {
        (Some(ledger), Some(question)) => {
            let reins = Reins(Some(Rc::new(move |done, total| job.tell(done, total))));
            answer::answer(ledger, question, reins).await
        }
        _ => Err(Failed::NothingHere),
    };
    let answer = match answer {
        Ok(bytes) => ("bytes", Uint8Array::from(&bytes[..]).into()),
        Err(failed) => ("failed", failed.name().into()),
    };
    object::make(&[answer]).into()
}

impl Inside {
    /// The first part of a ledger takes the place of what was there, the others are added.
    pub fn take_part(&mut self, codebook: Arc<Codebook>, first: bool, bytes: &[u8]) {
        let Some(part) = Ledger::arrive(codebook, bytes) else { return };
        match self.ledger.as_mut().filter(|_| !first).and_then(Rc::get_mut) {
            // Of one codebook, so it fits.
            Some(ledger) => drop(ledger.merge(part)),
            None => self.ledger = Some(Rc::new(part)),
        }
    }

    pub fn ledger(&self) -> Option<Rc<Ledger>> {
        self.ledger.clone()
    }
}

/// How batches are looked at.
pub struct Taking<'a> {
    pub trust: Trust<'a>,
    /// Records that are opened at once.
    pub lanes: usize,
}

impl Taking<'_> {
    /// Verifies each text, and opens what is admitted and to be opened. `decided`: a ledger without batches, with what was
    /// decided about them.
    pub async fn take(&self, decided: Ledger, texts: &[Text], keys: Option<&OfficeSecrets<Web>>) -> Portion {
        let (mut shut, mut part) = (decided.clone(), decided);
        let mut found = Vec::with_capacity(texts.len());
        for Text { name, text, open, .. } in texts {
            let part = if *open { &mut part } else { &mut shut };
            found.push(match verify_batch(&Web, text, &self.trust).await {
                Ok(admission) => {
                    let digest = match &admission {
                        Admission::Admitted(batch) => batch.digest.clone(),
                        Admission::Quarantined(batch, _) => batch.digest.clone(),
                    };
                    part.take(admission, name);
                    Some(digest)
                }
                Err(error) => {
                    part.refuse(name, error);
                    None
                }
            });
        }
        if let Some(keys) = keys {
            part.open_all(&Web, keys, self.lanes).await;
        }
        // Of one codebook, so they fit.
        let _ = part.merge(shut);
        Portion { found, part }
    }
}

/// Keys that go to the other thread: handles, as the browser has them.
pub fn hand_over(keys: &OfficeSecrets<Web>) -> Object {
    let public = |key: &PublicKey| Array::of2(&key.x.as_str().into(), &key.y.as_str().into()).into();
    object::make(&[
        ("seal", keys.seal.clone().into()),
        ("sealPublic", public(&keys.seal_public)),
        ("sign", keys.sign.clone().into()),
        ("signPublic", public(&keys.sign_public)),
    ])
}

fn received(keys: &JsValue) -> Option<OfficeSecrets<Web>> {
    let key = |name| object::get(keys, name).dyn_into::<CryptoKey>().ok();
    let public = |name| {
        let both = Array::from(&object::get(keys, name));
        Some(PublicKey::p256(both.get(0).as_string()?, both.get(1).as_string()?))
    };
    if !object::present(keys) {
        return None;
    }
    Some(OfficeSecrets {
        seal: key("seal")?,
        seal_public: public("sealPublic")?,
        sign: key("sign")?,
        sign_public: public("signPublic")?,
    })
}
