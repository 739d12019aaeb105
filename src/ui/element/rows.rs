use super::{Element, Space, group, mark, when_idle};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Node;

/// Built before anything else happens: more than a screen shows.
const FIRST: usize = 8;
/// Built in one go later on: a slow phone stays responsive. So many make a run.
const MOST: usize = 16;

/// Many things below each other: the first at once, the others step by step while the page is idle. In the end all are
/// there, for searching in the page and for screen readers. A handle: it lasts as long as the owner around its making.
#[derive(Clone, Copy)]
pub struct Rows(StoredValue<Rc<Inner>, LocalStorage>);

struct Inner {
    space: Space,
    /// Makes the element around a run of rows, where there is one.
    run: Option<fn() -> Element>,
    /// Not below an effect in which rows are built.
    owner: Owner,
    build: Box<dyn Fn(usize) -> Element>,
    count: Cell<usize>,
    built: RefCell<Vec<Row>>,
    runs: RefCell<Vec<Element>>,
    /// The page is to say when it is idle.
    waiting: Cell<bool>,
}

/// What was built in one place, from its first node to that of the next row.
struct Row {
    first: Node,
    owner: Owner,
}

impl Rows {
    /// `count` things, and the place in which they stand. What is read while one is built is not followed.
    pub fn new(
        count: usize,
        run: Option<fn() -> Element>,
        build: impl Fn(usize) -> Element + 'static,
    ) -> (Element, Rows) {
        let part = group();
        let inner = Inner {
            space: Space::at_end_of(&part),
            run,
            owner: Owner::new(),
            build: Box::new(build),
            count: Cell::new(count),
            built: RefCell::default(),
            runs: RefCell::default(),
            waiting: Cell::new(false),
        };
        let rows = Rows(StoredValue::new_local(Rc::new(inner)));
        rows.reach(FIRST);
        (part, rows)
    }

    /// So many of them are there when this returns.
    pub fn reach(self, wanted: usize) {
        let Some(inner) = self.0.try_get_value() else { return };
        inner.build_to(wanted.min(inner.count.get()));
        if inner.built.borrow().len() < inner.count.get() && !inner.waiting.replace(true) {
            when_idle(move || self.go_on());
        }
    }

    fn go_on(self) {
        // The screen may be gone by then.
        let Some(inner) = self.0.try_get_value() else { return };
        inner.waiting.set(false);
        let built = inner.built.borrow().len();
        self.reach(built + MOST);
    }

    /// From the place `from` on there are others, and so many in all: what stands before is not touched.
    pub fn renew(self, from: usize, count: usize) {
        let Some(inner) = self.0.try_get_value() else { return };
        let from = inner.cut(from);
        inner.count.set(count);
        self.reach(from + FIRST);
    }
}

impl Inner {
    fn build_to(&self, wanted: usize) {
        let from = self.built.borrow().len();
        for at in from..wanted {
            let owner = self.owner.child();
            let made = owner.with(|| untrack(|| (self.build)(at)));
            let first = match made.0.node_type() {
                Node::DOCUMENT_FRAGMENT_NODE => made.0.first_child(),
                _ => Some(made.0.clone()),
            };
            let first = first.unwrap_or_else(|| {
                let nothing = mark();
                made.add(&nothing);
                nothing.0
            });
            self.built.borrow_mut().push(Row { first, owner });
            self.put(at, &made);
        }
    }

    fn put(&self, at: usize, made: &Element) {
        let Some(run) = self.run else { return self.space.append(made) };
        let mut runs = self.runs.borrow_mut();
        if at / MOST == runs.len() {
            let fresh = run();
            self.space.append(&fresh);
            runs.push(fresh);
        }
        if let Some(run) = runs.last() {
            run.add(made);
        }
    }

    /// Answers how many are left.
    fn cut(&self, from: usize) -> usize {
        let (from, gone) = {
            let mut built = self.built.borrow_mut();
            let from = from.min(built.len());
            (from, built.split_off(from))
        };
        if self.run.is_some() {
            let mut runs = self.runs.borrow_mut();
            let whole = from.div_ceil(MOST).min(runs.len());
            for run in runs.drain(whole..) {
                run.node().remove();
            }
        }
        if let Some(row) = gone.first() {
            self.space.clear_from(row.first.clone());
        }
        gone.iter().for_each(|row| row.owner.cleanup());
        from
    }
}
