use super::names::all_items;
use super::node::Node;
use super::{Code, Report, listed};
use crate::expression::{Expression, Value, Values};
use std::collections::BTreeMap;

/// Expressions: what they refer to, in which order, and in circles.
pub(super) fn check(root: &Node, report: &mut Report) {
    for questionnaire in root.list("questionnaires") {
        let items = all_items(&questionnaire);
        let mut index: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, item) in items.iter().enumerate() {
            if let Some(name) = item.text("name") {
                index.entry(name).or_insert(i);
            }
        }
        let instrument = Instrument { root, items: &items, index };
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for (i, item) in items.iter().enumerate() {
            if let Some(parent) = instrument.parent(item) {
                edges[i].push(parent);
            }
            if let Some(relevant) = instrument.parse(i, "relevant", report) {
                for name in relevant.references() {
                    edges[i].extend(instrument.index.get(name));
                }
                if relevant.uses_own() || relevant.references().contains(item.text("name").unwrap_or_default()) {
                    report.add(Code::RefersToItself, item.at("relevant"), []);
                    edges[i].retain(|&target| target != i);
                }
            }
            if let Some(constraint) = instrument.parse(i, "constraint", report)
                && !constraint.uses_own()
                && !constraint.references().is_empty()
                && !constraint.references().contains(item.text("name").unwrap_or_default())
            {
                report.add(Code::ConstraintIgnoresAnswer, item.at("constraint"), []);
            }
        }
        instrument.find_cycles(&edges, report);
    }
}

/// An interview without answers, for expressions that ask for none.
struct Nothing;

impl Values for Nothing {
    fn value(&self, _: &str) -> Value {
        Value::empty()
    }
    fn own(&self) -> Value {
        Value::empty()
    }
}

struct Instrument<'a> {
    root: &'a Node<'a>,
    items: &'a [Node<'a>],
    index: BTreeMap<&'a str, usize>,
}

impl Instrument<'_> {
    fn name(&self, item: usize) -> &str {
        self.items[item].text("name").unwrap_or("?")
    }

    /// The group around an item.
    fn parent(&self, item: &Node) -> Option<usize> {
        let (list, _) = item.path.rsplit_once('/')?;
        let group = list.strip_suffix("/items")?;
        self.items.iter().position(|i| i.path == group)
    }

    fn parse(&self, item: usize, member: &str, report: &mut Report) -> Option<Expression> {
        let node = &self.items[item];
        let (text, path) = (node.text(member)?, node.at(member));
        let expression = match Expression::parse(text) {
            Ok(expression) => expression,
            Err(error) => {
                let column = (text[..error.at].chars().count() + 1).to_string();
                report.add(Code::BadExpression, path, [&column, text, &error.to_string(), &error.to_chinese()]);
                return None;
            }
        };
        if expression.references().is_empty() && !expression.uses_own() {
            let result = if expression.holds(&Nothing) { "true" } else { "false" };
            report.add(Code::AlwaysTheSame, &path, [member, result]);
        }
        for name in expression.references() {
            match self.index.get(name) {
                None => {
                    let known = self.items.iter().filter(|i| !matches!(i.text("type"), Some("group" | "note")));
                    let known = listed(known.filter_map(|i| i.text("name")));
                    report.add(Code::UnknownItem, &path, [member, name, &known]);
                }
                Some(&target) => match self.items[target].text("type") {
                    Some(kind @ ("group" | "note")) => report.add(Code::NoValue, &path, [member, name, kind]),
                    // A group holds what comes after it: a question inside it cannot come first either.
                    _ if target > item => report.add(Code::ForwardReference, &path, [member, name]),
                    _ => {}
                },
            }
        }
        for (name, text, _) in expression.comparisons() {
            let target = name.map_or(Some(item), |name| self.index.get(name).copied());
            if let Some(answers) = target.and_then(|t| self.answers(&self.items[t]))
                && !text.is_empty()
                && !answers.contains(&text)
            {
                let shown = name.map_or_else(|| ".".to_owned(), |name| format!("${{{name}}}"));
                report.add(Code::ImpossibleAnswer, &path, [member, &shown, text, &listed(answers)]);
            }
        }
        Some(expression)
    }

    /// The answers that an item can have, where they are a list and the plan has it.
    fn answers(&self, item: &Node) -> Option<Vec<&str>> {
        let (lists, id, parts): (_, _, &[&str]) = match item.text("type")? {
            "grade" | "grade_matrix" => ("scales", item.text("scale")?, &["grades", "missing"]),
            "select_one" | "select_multiple" => ("choice_lists", item.text("choices")?, &["choices"]),
            _ => return None,
        };
        let list = self.root.list(lists).into_iter().find(|l| l.text("id") == Some(id))?;
        let options = parts.iter().flat_map(|part| {
            let options = list.value.get(part).and_then(|v| v.as_array()).into_iter().flatten();
            options.filter_map(|o| o.get("name").and_then(|n| n.as_str()))
        });
        Some(options.collect())
    }

    /// Follows from each item what its relevance depends on; a way back to where it began is a circle.
    fn find_cycles(&self, edges: &[Vec<usize>], report: &mut Report) {
        #[derive(Clone, Copy, PartialEq)]
        enum Seen {
            No,
            OnTheWay,
            Done,
        }
        let mut seen = vec![Seen::No; edges.len()];
        for start in 0..edges.len() {
            // An explicit stack: outside data does not decide how deep this program calls itself.
            let mut way: Vec<(usize, usize)> = Vec::new();
            if seen[start] == Seen::No {
                seen[start] = Seen::OnTheWay;
                way.push((start, 0));
            }
            while let Some((item, next)) = way.last_mut() {
                let item = *item;
                let Some(&target) = edges[item].get(*next) else {
                    seen[item] = Seen::Done;
                    way.pop();
                    continue;
                };
                *next += 1;
                match seen[target] {
                    Seen::No => {
                        seen[target] = Seen::OnTheWay;
                        way.push((target, 0));
                    }
                    Seen::OnTheWay => {
                        let from = way.iter().position(|(i, _)| *i == target).unwrap_or(0);
                        let circle: Vec<usize> = way[from..].iter().map(|(i, _)| *i).collect();
                        self.report_cycle(&circle, report);
                    }
                    Seen::Done => {}
                }
            }
        }
    }

    fn report_cycle(&self, circle: &[usize], report: &mut Report) {
        let mut names: Vec<&str> = circle.iter().map(|&i| self.name(i)).collect();
        names.push(self.name(circle[0]));
        // Named at an expression of the circle: the edges of groups are not written anywhere.
        let at = circle.iter().map(|&i| &self.items[i]).find(|i| i.has("relevant")).unwrap_or(&self.items[circle[0]]);
        report.add(Code::Cycle, at.at("relevant"), [&names.join(" → ")]);
    }
}
