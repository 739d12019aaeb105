use crate::plan::{self, Burden, Problem, Severity};
use std::collections::BTreeMap;

/// What was found in a text.
pub struct Checked {
    pub text: String,
    pub problems: Vec<Problem>,
    pub burdens: Vec<Burden>,
    /// Which problems are at a JSON Pointer.
    places: BTreeMap<String, Vec<usize>>,
}

impl Checked {
    pub fn of(text: String) -> Checked {
        let problems = plan::check(&text);
        let sound = problems.iter().all(|problem| problem.severity() == Severity::Warning);
        let burdens = if sound { plan::burdens(&text) } else { Vec::new() };
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, problem) in problems.iter().enumerate() {
            places.entry(problem.path.clone()).or_default().push(number);
        }
        Checked { text, problems, burdens, places }
    }

    pub fn is_sound(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity() == Severity::Warning)
    }

    /// Problems at a place.
    pub fn at(&self, path: &str) -> impl Iterator<Item = &Problem> {
        self.places.get(path).into_iter().flatten().map(|number| &self.problems[*number])
    }

    /// Problems at a place and in what is there.
    pub fn within(&self, path: &str) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |problem| {
            problem.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity() == Severity::Error).count()
    }
}
