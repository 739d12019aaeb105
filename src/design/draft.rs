//! A text that is being changed, with what was done to it.

use crate::json::{self, Node, Writer};

/// Steps that can be undone.
const MOST: usize = 500;
/// Bytes of steps that are kept with the draft.
const LONGEST: usize = 64_000;

/// A replaced stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Splice {
    /// Byte at which it begins.
    at: usize,
    removed: String,
    inserted: String,
    /// Where it was typed: what is typed there next belongs to the same step.
    place: String,
}

impl Splice {
    /// What makes `new` of `old`; `None` where they are alike.
    fn between(old: &str, new: &str, place: &str) -> Option<Splice> {
        if old == new {
            return None;
        }
        let mut at = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(at) || !new.is_char_boundary(at) {
            at -= 1;
        }
        let least = old.len().min(new.len()) - at;
        let mut tail = old.bytes().rev().zip(new.bytes().rev()).take(least).take_while(|(a, b)| a == b).count();
        while !old.is_char_boundary(old.len() - tail) || !new.is_char_boundary(new.len() - tail) {
            tail -= 1;
        }
        Some(Splice {
            at,
            removed: old[at..old.len() - tail].to_owned(),
            inserted: new[at..new.len() - tail].to_owned(),
            place: place.to_owned(),
        })
    }

    fn reversed(&self) -> Splice {
        Splice { removed: self.inserted.clone(), inserted: self.removed.clone(), ..self.clone() }
    }

    /// `None` where the text is not the one that it was made for.
    fn apply(&self, text: &str) -> Option<String> {
        let rest = text.get(self.at..)?.strip_prefix(self.removed.as_str())?;
        Some([&text[..self.at], &self.inserted, rest].concat())
    }
}

/// A plan that is being changed: its name, its text, the text that it began as, and its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    name: String,
    text: String,
    done: Vec<Splice>,
    undone: Vec<Splice>,
    /// The next change at the same place is a step of its own.
    closed: bool,
}

impl Draft {
    pub fn new(name: &str, text: String) -> Draft {
        Draft { name: name.to_owned(), text, done: Vec::new(), undone: Vec::new(), closed: true }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes a new text. What is typed at one place, a name that is not empty, is one step until something else happens. False:
    /// the text is as it was.
    pub fn change(&mut self, new: String, place: &str) -> bool {
        let Some(splice) = Splice::between(&self.text, &new, place) else { return false };
        self.undone.clear();
        let joins = !self.closed && !place.is_empty() && self.done.last().is_some_and(|last| last.place == place);
        let before = if joins { self.done.pop().and_then(|last| last.reversed().apply(&self.text)) } else { None };
        let step = match &before {
            Some(before) => Splice::between(before, &new, place),
            None => Some(splice),
        };
        self.done.extend(step);
        if self.done.len() > MOST {
            self.done.remove(0);
        }
        self.closed = false;
        self.text = new;
        true
    }

    /// The next change is a step of its own.
    pub fn close_step(&mut self) {
        self.closed = true;
    }

    /// Takes the last step back. False: there is none.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.done.pop() else { return false };
        self.closed = true;
        match step.reversed().apply(&self.text) {
            Some(text) => {
                self.text = text;
                self.undone.push(step);
                true
            }
            None => false,
        }
    }

    /// Makes the step again that was taken back last.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.undone.pop() else { return false };
        self.closed = true;
        match step.apply(&self.text) {
            Some(text) => {
                self.text = text;
                self.done.push(step);
                true
            }
            None => false,
        }
    }

    /// To be kept: with the last steps, as many as are worth keeping.
    pub fn write(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.number("v", 1);
        out.text("name", &self.name);
        out.text("text", &self.text);
        for (name, steps) in [("done", &self.done), ("undone", &self.undone)] {
            let mut room = LONGEST;
            let size = |step: &Splice| step.removed.len() + step.inserted.len() + step.place.len() + 64;
            let fits = steps.iter().rev().take_while(|step| {
                let fits = size(step) <= room;
                room = room.saturating_sub(size(step));
                fits
            });
            let fitting = fits.count();
            out.name(name);
            out.open('[');
            for step in &steps[steps.len() - fitting..] {
                out.open('{');
                out.number("at", step.at as u64);
                out.text("removed", &step.removed);
                out.text("inserted", &step.inserted);
                out.text("place", &step.place);
                out.close('}');
            }
            out.close(']');
        }
        out.close('}');
        out.finish()
    }

    /// What was kept; `None` where it is no draft.
    pub fn read(kept: &str) -> Option<Draft> {
        json::read(kept, read).ok().flatten()
    }
}

fn read(node: Node) -> Option<Draft> {
    if node.whole("v", u64::MAX) != 1 {
        return None;
    }
    Some(Draft {
        name: node.text("name"),
        text: node.text("text"),
        done: node.list_or_empty("done", read_step),
        undone: node.list_or_empty("undone", read_step),
        closed: true,
    })
}

fn read_step(node: Node) -> Splice {
    Splice {
        at: usize::try_from(node.whole("at", u64::MAX)).unwrap_or(usize::MAX),
        removed: node.text("removed"),
        inserted: node.text("inserted"),
        place: node.text("place"),
    }
}
