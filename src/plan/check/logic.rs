mod order;

use super::names::all_items;
use super::node::Node;
use super::{Code, Report, listed, quotas};
use crate::expression::{Expression, Kind, PatternFault, Range, SuspicionKind, Value, Values, can_hold};
use crate::plan::{ACKNOWLEDGED, OTHER};
use std::collections::{BTreeMap, BTreeSet};

/// Expressions: what they refer to, in which order, and in circles.
pub(super) fn check(root: &Node, report: &mut Report) {
    let mut cells = quotas::cells(root);
    cells.retain(|cell| cell.has("when"));
    for questionnaire in root.list("questionnaires") {
        let items = all_items(&questionnaire);
        let mut index: BTreeMap<&str, usize> = BTreeMap::new();
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for (i, item) in items.iter().enumerate() {
            if let Some(name) = item.text("name") {
                index.entry(name).or_insert(i);
                if item.has("other") {
                    words.insert([name, "_other"].concat(), i);
                }
            }
        }
        let named = questionnaire.texts("modes");
        let modes = if named.is_empty() { root.texts("modes") } else { named };
        let web = modes.iter().any(|(_, mode)| *mode == "web");
        let places = items.iter().enumerate().map(|(i, item)| (item.path.as_str(), i)).collect();
        let instrument = Instrument { root, items: &items, index, words, places, web };
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for (i, item) in items.iter().enumerate() {
            if let Some(parent) = instrument.parent(item) {
                edges[i].push(parent);
            }
            if let Some(relevant) = instrument.parse(i, "relevant", report) {
                for name in relevant.references() {
                    edges[i].extend(instrument.find(name));
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
            if let Some(calculation) = instrument.parse(i, "calculation", report) {
                let own = item.text("name").unwrap_or_default();
                // `once()` and `.` look at the value before: that is no circle. A trigger says when alone.
                let reads = calculation.references().into_iter().filter(|name| *name != own && !item.has("trigger"));
                edges[i].extend(reads.filter_map(|name| instrument.find(name)));
            }
            edges[i].extend(instrument.check_trigger(item, report));
            for member in ["choice_filter", "repeat_count"] {
                if let Some(expression) = instrument.parse(i, member, report) {
                    edges[i].extend(expression.references().into_iter().filter_map(|name| instrument.find(name)));
                }
            }
            instrument.parse(i, "default", report);
            instrument.parse(i, "seed", report);
            order::check(&questionnaire, &instrument, i, report);
            instrument.check_possible(i, report);
        }
        instrument.find_cycles(&edges, report);
        for end in questionnaire.list("ends") {
            instrument.check_apart(&end, Code::NeverEnds, report);
        }
        // A cell is looked at with the first questionnaire that asks what it names.
        cells.retain(|cell| {
            let asked = |names: BTreeSet<String>| names.iter().all(|name| instrument.find(name).is_some());
            let here = quotas::asks(root, &questionnaire, cell) && quotas::names(cell).is_none_or(asked);
            if here {
                instrument.check_cell(cell, report);
            }
            !here
        });
    }
    for cell in cells {
        check_unasked(root, &cell, report);
    }
}

/// A cell whose condition no questionnaire can decide.
fn check_unasked(root: &Node, cell: &Node, report: &mut Report) {
    let items: Vec<Node> = root.list("questionnaires").iter().flat_map(all_items).collect();
    let known = |name: &str| {
        items.iter().any(|item| {
            let words = || item.has("other") && name.strip_suffix("_other") == item.text("name");
            item.text("name") == Some(name) || words()
        })
    };
    let unknown: Vec<String> =
        quotas::names(cell).unwrap_or_default().into_iter().filter(|name| !known(name)).collect();
    let valued = items.iter().filter(|item| !matches!(item.text("type"), Some("group" | "note")));
    let valued = listed(valued.filter_map(|item| item.text("name")));
    for name in &unknown {
        report.add(Code::UnknownItem, cell.at("when"), ["when", name, &valued]);
    }
    if unknown.is_empty() {
        report.add(Code::NobodyInCell, cell.at("when"), []);
    }
}

/// What can be part of a circle.
const MEMBERS: [&str; 5] = ["relevant", "calculation", "trigger", "choice_filter", "repeat_count"];

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
    /// The items that take the words of `other`: each by the item that has it.
    words: BTreeMap<String, usize>,
    /// The items by their JSON Pointers.
    places: BTreeMap<&'a str, usize>,
    /// Whether residents answer it on their own devices.
    web: bool,
}

impl Instrument<'_> {
    fn name(&self, item: usize) -> &str {
        self.items[item].text("name").unwrap_or("?")
    }

    /// The item of a name. The words of `other` stand at the item that has it.
    fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).or_else(|| self.words.get(name)).copied()
    }

    /// Whether the name is that of the words of `other`.
    fn is_words(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| !self.index.contains_key(name) && self.words.contains_key(name))
    }

    /// The group around an item.
    fn parent(&self, item: &Node) -> Option<usize> {
        let (list, _) = item.path.rsplit_once('/')?;
        self.places.get(list.strip_suffix("/items")?).copied()
    }

    /// The repeat around an item that is not around another one: seen from there, the item is all its instances.
    fn repeat_between(&self, item: usize, other: usize) -> Option<usize> {
        let mut up = self.parent(&self.items[other]);
        while let Some(around) = up {
            let inside = [&self.items[around].path, "/items/"].concat();
            // The condition of an end belongs to no item.
            if self.items.get(item).is_some_and(|item| item.path.starts_with(&inside)) {
                return None;
            }
            if self.items[around].text("type") == Some("repeat") {
                return Some(around);
            }
            up = self.parent(&self.items[around]);
        }
        None
    }

    /// What a trigger names has to be there and to have a value.
    fn check_trigger(&self, item: &Node, report: &mut Report) -> Vec<usize> {
        let mut found = Vec::new();
        for (path, name) in item.texts("trigger") {
            match self.find(name) {
                None => report.add(Code::UnknownItem, path, ["trigger", name, &self.known()]),
                Some(target) => match self.items[target].text("type") {
                    Some(kind @ ("group" | "note" | "repeat")) => {
                        report.add(Code::NoValue, path, ["trigger", name, kind]);
                    }
                    _ => found.push(target),
                },
            }
        }
        found
    }

    /// The items that have a value, for a message.
    fn known(&self) -> String {
        let known = self.items.iter().filter(|i| !matches!(i.text("type"), Some("group" | "note")));
        listed(known.filter_map(|i| i.text("name")))
    }

    /// The columns of an item's choices.
    fn columns(&self, item: &Node) -> Option<BTreeSet<&str>> {
        let id = item.text("choices")?;
        let list = self.root.list("choice_lists").into_iter().find(|list| list.text("id") == Some(id))?;
        let choices = list.value.get("choices").and_then(|v| v.as_array()).into_iter().flatten();
        let columns = choices.filter_map(|choice| choice.get("columns").and_then(|v| v.as_object()));
        Some(columns.flat_map(|columns| columns.keys().map(String::as_str)).chain(["name", "label"]).collect())
    }

    fn parse(&self, item: usize, member: &str, report: &mut Report) -> Option<Expression> {
        let node = &self.items[item];
        self.parse_text(item, member, node.text(member)?, node.at(member), report)
    }

    /// A condition that belongs to no item: `never` says that it cannot hold.
    fn check_apart(&self, node: &Node, never: Code, report: &mut Report) -> Option<Expression> {
        let when = self.parse_text(self.items.len(), "when", node.text("when")?, node.at("when"), report)?;
        if when.uses_own() {
            report.add(Code::UnknownItem, node.at("when"), ["when", ".", "-"]);
        }
        let range = |name: Option<&str>| self.range(self.items.len(), name);
        if !when.is_constant() && can_hold(&[&when], &range) == Some(false) {
            report.add(never, node.at("when"), []);
        }
        Some(when)
    }

    /// The condition of a cell of a quota: an office has to come to the same from the record, and it is about who somebody is.
    fn check_cell(&self, cell: &Node, report: &mut Report) {
        let Some(when) = self.check_apart(cell, Code::NobodyInCell, report) else { return };
        if when.uses_clock() || when.uses_language() {
            report.add(Code::CellAsksMoment, cell.at("when"), []);
        }
        let mut waiting: Vec<usize> = when.references().into_iter().filter_map(|name| self.find(name)).collect();
        let mut seen = BTreeSet::new();
        while let Some(item) = waiting.pop().filter(|_| seen.len() <= self.items.len()) {
            if !seen.insert(item) {
                continue;
            }
            let node = &self.items[item];
            if node.text("type").is_some_and(|kind| kind.starts_with("grade")) {
                report.add(Code::CellAsksOpinion, cell.at("when"), [self.name(item)]);
            }
            let calculation = node.text("calculation").and_then(|text| Expression::parse(text).ok());
            let names = calculation.iter().flat_map(Expression::references);
            waiting.extend(names.filter_map(|name| self.find(name)));
        }
    }

    /// `item`: whose expression it is; their number for one that belongs to no item.
    fn parse_text(
        &self,
        item: usize,
        member: &str,
        text: &str,
        path: String,
        report: &mut Report,
    ) -> Option<Expression> {
        let filter = member == "choice_filter";
        let expression = match if filter { Expression::parse_filter(text) } else { Expression::parse(text) } {
            Ok(expression) => expression,
            Err(error) => {
                let column = (text[..error.at].chars().count() + 1).to_string();
                let arguments = [&column, text, &error.to_string(), &error.to_chinese()];
                report.add_within(Code::BadExpression, &path, error.at, arguments);
                return None;
            }
        };
        let condition = matches!(member, "relevant" | "constraint" | "when");
        if condition && expression.is_constant() {
            let result = if expression.holds(&Nothing) { "true" } else { "false" };
            report.add(Code::AlwaysTheSame, &path, [member, result]);
        }
        if filter
            && let Some(node) = self.items.get(item)
            && let Some(columns) = self.columns(node)
        {
            for (name, at) in expression.columns_at().filter(|(name, _)| !columns.contains(name)) {
                let known = listed(columns.iter().copied());
                report.add_within(Code::UnknownColumn, &path, at, [name, node.text("choices").unwrap_or("?"), &known]);
            }
        }
        if member == "repeat_count" {
            let (kind, _) = expression.kinds(&|name| self.kind(item, name));
            let fixed = expression.is_constant().then(|| expression.evaluate(&Nothing).to_number());
            let whole = fixed.is_none_or(|number| number >= 0.0 && number.fract() == 0.0);
            if !whole || !matches!(kind, Kind::Number | Kind::Any | Kind::Text) {
                report.add(Code::CountIsNoNumber, &path, [text]);
            }
        }
        for (name, at) in expression.singles_at() {
            let target = self.find(name);
            if let Some(repeat) = target.and_then(|target| self.repeat_between(item, target)) {
                report.add_within(Code::FirstInstance, &path, at, [member, name, self.name(repeat)]);
            } else if target.is_some_and(|target| self.items[target].text("type") == Some("repeat")) {
                report.add_within(Code::NoValue, &path, at, [member, name, "repeat"]);
            }
        }
        let mut named = BTreeSet::new();
        for (name, at) in expression.references_at().filter(|(name, _)| named.insert(*name)) {
            match self.find(name) {
                None => {
                    report.add_within(Code::UnknownItem, &path, at, [member, name, &self.known()]);
                }
                Some(target) => match self.items[target].text("type") {
                    Some(kind @ ("group" | "note")) => {
                        report.add_within(Code::NoValue, &path, at, [member, name, kind]);
                    }
                    // A group holds what comes after it: a question inside it cannot come first either.
                    _ if target > item && condition => {
                        report.add_within(Code::ForwardReference, &path, at, [member, name])
                    }
                    _ => {}
                },
            }
        }
        let lists = self.root.ids("choice_lists");
        for (id, at) in expression.instances_at().filter(|(id, _)| !lists.contains(id)) {
            let known = listed(lists.iter().copied());
            report.add_within(Code::UnknownReference, &path, at, [id, "choice_lists", &known]);
        }
        for (name, text, at) in expression.comparisons() {
            let target = name.map_or(Some(item), |name| self.find(name)).filter(|_| !self.is_words(name));
            if let Some(answers) = target.and_then(|t| self.answers(self.items.get(t)?))
                && !text.is_empty()
                && !answers.contains(&text)
            {
                let shown = name.map_or_else(|| ".".to_owned(), |name| format!("${{{name}}}"));
                report.add_within(Code::ImpossibleAnswer, &path, at, [member, &shown, text, &listed(answers)]);
            }
        }
        let anonymous =
            self.root.member("privacy").is_some_and(|privacy| privacy.value.get("anonymous") == Some(&true.into()));
        if !condition && !filter && anonymous && expression.uses_clock() {
            report.add(Code::TimeInRecord, &path, [member]);
        }
        if expression.uses_digests() && self.web {
            report.add(Code::NotForResidents, &path, [member]);
        }
        let suspicions = match condition {
            true => expression.kinds_of_condition(&|name| self.kind(item, name)),
            false => expression.kinds(&|name| self.kind(item, name)).1,
        };
        for suspicion in suspicions {
            let (code, what) = words_of(&suspicion.kind);
            report.add_within(code, &path, suspicion.at, [member, &what[0], &what[1]]);
        }
        Some(expression)
    }

    /// The item of a name, or for `.` the one that is checked.
    fn target(&self, item: usize, name: Option<&str>) -> Option<&Node<'_>> {
        let target = name.map_or(Some(item), |name| self.find(name));
        target.and_then(|target| self.items.get(target))
    }

    fn kind(&self, item: usize, name: Option<&str>) -> Kind {
        match self.target(item, name).and_then(|target| target.text("type")) {
            _ if self.is_words(name) => Kind::Text,
            Some("integer" | "decimal" | "range") => Kind::Number,
            Some("date") => Kind::Date,
            Some("grade" | "select_one" | "acknowledge") => Kind::Choice,
            Some("grade_matrix" | "select_multiple" | "rank") => Kind::Choices,
            Some("text") => Kind::Text,
            Some("hidden") if self.target(item, name).is_some_and(|target| target.has("from")) => Kind::Choice,
            _ => Kind::Any,
        }
    }

    fn range(&self, item: usize, name: Option<&str>) -> Range {
        let Some(target) = self.target(item, name) else { return Range::Words };
        let answers = || self.answers(target).unwrap_or_default().into_iter().map(str::to_owned).collect();
        match self.kind(item, name) {
            Kind::Number if target.text("type") == Some("integer") => Range::Whole,
            Kind::Choice => Range::Choice(answers()),
            Kind::Choices => Range::Choices(answers()),
            _ => Range::Words,
        }
    }

    /// Conditions that cannot hold: of the item alone, and together with those of the groups around it.
    fn check_possible(&self, item: usize, report: &mut Report) {
        let node = &self.items[item];
        let read = |node: &Node, member: &str| node.text(member).and_then(|text| Expression::parse(text).ok());
        let range = |name: Option<&str>| self.range(item, name.filter(|name| Some(*name) != node.text("name")));
        if let Some(constraint) = read(node, "constraint").filter(|constraint| !constraint.is_constant())
            && can_hold(&[&constraint], &range) == Some(false)
        {
            report.add(Code::ConstraintNeverHolds, node.at("constraint"), []);
        }
        let Some(relevant) = read(node, "relevant").filter(|relevant| !relevant.is_constant()) else { return };
        let mut around = Vec::new();
        let mut up = self.parent(node);
        while let Some(group) = up {
            around.extend(read(&self.items[group], "relevant"));
            up = self.parent(&self.items[group]);
        }
        let outer: Vec<&Expression> = around.iter().collect();
        let all: Vec<&Expression> = outer.iter().copied().chain([&relevant]).collect();
        // What its groups already rule out is named at the group.
        if can_hold(&all, &range) == Some(false) && can_hold(&outer, &range) != Some(false) {
            report.add(Code::NeverRelevant, node.at("relevant"), []);
        }
    }

    /// The answers that an item can have, where they are a list and the plan has it.
    fn answers(&self, item: &Node) -> Option<Vec<&str>> {
        let (lists, id, parts): (_, _, &[&str]) = match item.text("type")? {
            "grade" | "grade_matrix" => ("scales", item.text("scale")?, &["grades", "missing"]),
            "acknowledge" => return Some(vec![ACKNOWLEDGED]),
            "hidden" => {
                return match item.text("from")? {
                    "mode" => Some(self.root.texts("modes").into_iter().map(|(_, mode)| mode).collect()),
                    "stratum" => Some(self.root.ids("strata")),
                    "rater_group" => Some(self.root.ids("rater_groups")),
                    "round" => Some(self.root.ids("rounds")),
                    _ => None,
                };
            }
            "select_one" | "select_multiple" | "rank" => ("choice_lists", item.text("choices")?, &["choices"]),
            _ => return None,
        };
        let list = self.root.list(lists).into_iter().find(|l| l.text("id") == Some(id))?;
        let options = parts.iter().flat_map(|part| {
            let options = list.value.get(part).and_then(|v| v.as_array()).into_iter().flatten();
            options.filter_map(|o| o.get("name").and_then(|n| n.as_str()))
        });
        Some(options.chain(item.has("other").then_some(OTHER)).collect())
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
        let at = circle
            .iter()
            .map(|&i| &self.items[i])
            .find(|i| MEMBERS.iter().any(|member| i.has(member)))
            .unwrap_or(&self.items[circle[0]]);
        let member = MEMBERS.iter().find(|member| at.has(member)).unwrap_or(&"relevant");
        report.add(Code::Cycle, at.at(member), [&names.join(" → ")]);
    }
}

/// The code of what is suspicious, and its words in English and Chinese.
fn words_of(kind: &SuspicionKind) -> (Code, [String; 2]) {
    let both = |text: &str| [text.to_owned(), text.to_owned()];
    match kind {
        SuspicionKind::NotANumber(text) => (Code::NotANumber, both(text)),
        SuspicionKind::NeverEqual(text) => (Code::NeverEqual, both(text)),
        SuspicionKind::TruthAgainstText(text) => (Code::TruthAgainstText, both(text)),
        SuspicionKind::SeveralChoices(text) => (Code::SeveralChoices, both(text)),
        SuspicionKind::NumberAsTruth => (Code::NumberAsTruth, both("")),
        SuspicionKind::ChoicesAsNumber => (Code::ChoicesAsNumber, both("")),
        SuspicionKind::NoNodes(function) => (Code::NoNodes, both(function.name())),
        SuspicionKind::Pattern(fault) => {
            let (english, chinese) = match fault {
                PatternFault::LookAround => {
                    ("this program cannot look around with `(?=`", "本程序不支持 `(?=` 一类的前后查看")
                }
                PatternFault::BackReference => {
                    ("this program cannot refer back with `\\1`", "本程序不支持 `\\1` 一类的反向引用")
                }
                PatternFault::InlineFlag => ("browsers know no flags such as `(?i)`", "浏览器不支持 `(?i)` 一类的标志"),
                PatternFault::RustOnly => ("browsers read this differently", "浏览器对此处的理解不同"),
                PatternFault::Unbalanced => ("something here has no partner", "此处缺少配对"),
            };
            (Code::PatternDiffers, [english.to_owned(), chinese.to_owned()])
        }
    }
}
