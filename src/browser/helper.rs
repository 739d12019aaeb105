//! A second thread of the app: the same code once more, in a worker with a memory of its own. What takes long is asked of
//! it by message, and the page stays free.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker, WorkerOptions};

use super::clock::within;
use super::object::{self, Deferred};

/// Relative to the page. The service worker keeps it with the office's page.
const SCRIPT: &str = "office-worker.js";
/// A worker that is not there after so many milliseconds is done without.
const PATIENCE: i32 = 30_000;

/// The worker seen from the page. Ended with its last owner. Cloning is cheap.
#[derive(Clone)]
pub struct Helper(Rc<Inner>);

struct Inner {
    worker: Worker,
    asked: Cell<u32>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    broken: Cell<bool>,
}

struct Waiting {
    answer: Deferred,
    told: Option<Told>,
}

/// Hears how far a work is (done, and of how many), and says whether it is to go on.
pub type Told = Rc<dyn Fn(usize, usize) -> bool>;

/// The worker could not be started, or has ended in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// An answer that is on its way. What was asked goes on when this is dropped.
pub struct Coming {
    id: u32,
    promise: js_sys::Promise,
    /// The worker lives until it has answered.
    _inner: Rc<Inner>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Helper {
    /// Starts it, and waits until it listens.
    pub async fn start() -> Result<Helper, Broken> {
        let options: WorkerOptions = object::make(&[("type", "module".into())]).unchecked_into();
        let worker = Worker::new_with_options(SCRIPT, &options).map_err(|_| Broken)?;
        let inner =
            Rc::new(Inner { worker, asked: Cell::new(0), waiting: RefCell::default(), broken: Cell::new(false) });
        let helper = Helper(inner);
        // Its first answer says that it listens.
        let ready = helper.expect(None);
        helper.listen();
        let place = |query: &str| -> Option<String> {
            object::text(web_sys::window()?.document()?.query_selector(query).ok()??.as_ref(), "href")
        };
        let (script, wasm) =
            place("link[rel=modulepreload]").zip(place("link[rel=preload][as=fetch]")).ok_or(Broken)?;
        let message = object::make(&[("script", script.into()), ("wasm", wasm.into())]);
        helper.0.worker.post_message(&message).map_err(|_| Broken)?;
        within(PATIENCE, ready.answer()).await.unwrap_or(Err(Broken))?;
        Ok(helper)
    }

    /// Handlers hold the worker weakly: a helper that nobody has ends.
    fn listen(&self) {
        let weak = Rc::downgrade(&self.0);
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(inner) = weak.upgrade() {
                inner.hear(&event.data());
            }
        });
        self.0.worker.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
        let weak = Rc::downgrade(&self.0);
        let fail = Closure::<dyn FnMut()>::new(move || {
            if let Some(inner) = weak.upgrade() {
                inner.give_up();
            }
        });
        self.0.worker.set_onerror(Some(fail.into_js_value().unchecked_ref()));
    }

    fn expect(&self, told: Option<Told>) -> Coming {
        let id = self.0.asked.get();
        self.0.asked.set(id + 1);
        let answer = Deferred::new();
        let promise = answer.promise.clone();
        self.0.waiting.borrow_mut().insert(id, Waiting { answer, told });
        Coming { id, promise, _inner: self.0.clone() }
    }

    /// Sends a question off at once. `told` hears how far the work on it is.
    pub fn ask(&self, question: &Object, told: Option<Told>) -> Coming {
        let coming = self.expect(told);
        // A plain object takes any property.
        let _ = js_sys::Reflect::set(question, &"id".into(), &coming.id.into());
        if self.0.broken.get() || self.0.worker.post_message(question).is_err() {
            self.0.give_up();
        }
        coming
    }

    /// Whether it has ended in the middle of a work: another has to be started.
    pub fn is_broken(&self) -> bool {
        self.0.broken.get()
    }
}

impl Inner {
    fn hear(&self, message: &JsValue) {
        let Some(id) = object::get(message, "id").as_f64() else {
            return self.give_up();
        };
        let step = object::get(message, "step");
        if object::present(&step) {
            let told = self.waiting.borrow().get(&(id as u32)).and_then(|waiting| waiting.told.clone());
            let number = |at: u32| Array::from(&step).get(at).as_f64().unwrap_or(0.0) as usize;
            if told.is_some_and(|told| !told(number(0), number(1))) {
                // A worker that is gone works no more.
                let _ = self.worker.post_message(&object::make(&[("stop", id.into())]));
            }
            return;
        }
        let waiting = self.waiting.borrow_mut().remove(&(id as u32));
        if let Some(waiting) = waiting {
            waiting.answer.resolve(&object::get(message, "answer"));
        }
    }

    fn give_up(&self) {
        self.broken.set(true);
        self.worker.terminate();
        for waiting in self.waiting.take().into_values() {
            waiting.answer.resolve(&JsValue::UNDEFINED);
        }
    }
}

impl Coming {
    pub async fn answer(self) -> Result<JsValue, Broken> {
        // It is only ever fulfilled.
        let answer = self.promise.clone().await.unwrap_or(JsValue::UNDEFINED);
        if object::present(&answer) { Ok(answer) } else { Err(Broken) }
    }
}

/// Whether this code runs in a worker.
pub fn is_worker() -> bool {
    web_sys::window().is_none()
}

/// A question, inside the worker.
pub struct Job {
    id: u32,
    pub question: JsValue,
    stopped: Rc<RefCell<Vec<u32>>>,
}

impl Job {
    /// Tells the page how far the work is. Whether it is to go on: what the page says to that is heard only while the work
    /// waits for something, such as a moment's sleep.
    pub fn tell(&self, done: usize, total: usize) -> bool {
        let step = Array::of2(&(done as f64).into(), &(total as f64).into());
        post(&object::make(&[("id", self.id.into()), ("step", step.into())]));
        !self.stopped.borrow().contains(&self.id)
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage)]
    fn post(message: &JsValue);
}

/// Answers the page's questions, inside the worker. An answer is never undefined.
pub fn serve<F>(answer: impl Fn(Job) -> F + 'static)
where
    F: Future<Output = JsValue> + 'static,
{
    let stopped = Rc::new(RefCell::new(Vec::new()));
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let question = event.data();
        if let Some(stop) = object::get(&question, "stop").as_f64() {
            return stopped.borrow_mut().push(stop as u32);
        }
        let Some(id) = object::get(&question, "id").as_f64() else { return };
        let id = id as u32;
        let coming = answer(Job { id, question, stopped: stopped.clone() });
        wasm_bindgen_futures::spawn_local(async move {
            let answer = coming.await;
            post(&object::make(&[("id", id.into()), ("answer", answer)]));
        });
    });
    let _ = js_sys::Reflect::set(&js_sys::global(), &"onmessage".into(), &hear.into_js_value());
    post(&object::make(&[("id", 0.into()), ("answer", true.into())]));
}
