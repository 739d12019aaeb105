use super::*;

impl Reader<'_> {
    /// Puts a member into the item, if items of its type have it.
    fn put(&mut self, row: &Row, node: &mut Node, kind: &str, (key, member): (&str, &str), value: Value) {
        if takes(kind, member) == Some(true) {
            node.headers.push((member.to_owned(), row.sheet.header(key).to_owned()));
            node.members.insert(member.to_owned(), value);
        } else {
            self.findings.at(Code::MemberNotCarried, row, key, [row.sheet.header(key), kind]);
        }
    }

    pub(super) fn members(&mut self, row: &Row, node: &mut Node, kind: &str) {
        for key in ["hint", "constraint_message"] {
            let words = self.words(row, key);
            if !words.is_empty() {
                self.tell_marks(row, key);
                // A message without its constraint is never shown.
                if key == "hint" || row.get("constraint").is_some() {
                    self.put(row, node, kind, (key, key), text(words));
                } else {
                    self.findings.at(Code::MemberNotCarried, row, key, [key, kind]);
                }
            }
        }
        for key in ["relevant", "constraint", "calculation", "choice_filter", "repeat_count"] {
            if let Some(expression) = self.expression(row, key) {
                self.put(row, node, kind, (key, key), Value::String(expression));
            }
        }
        self.required(row, node, kind);
        match row.code("read_only").map(|cell| (truth(&cell), cell)) {
            None | Some((Some(false), _)) => {}
            Some((Some(true), _)) if kind == "note" => {}
            Some((Some(true), _)) => self.put(row, node, kind, ("read_only", "read_only"), Value::Bool(true)),
            Some((None, cell)) => self.findings.at(Code::NotATruth, row, "read_only", [&cell]),
        }
        if let Some(cell) = row.get("default") {
            let cell =
                if cell.contains("${") || Expression::parse(&straight(&cell)).is_ok() { straight(&cell) } else { cell };
            let formula = Formula::of(&default_of(&cell, kind), &self.today);
            if formula.last_saved {
                self.findings.at(Code::LastSaved, row, "default", []);
            } else {
                self.put(row, node, kind, ("default", "default"), Value::String(formula.text));
            }
        }
        if let Some(cell) = row.code("trigger") {
            let triggers: Vec<Value> = names(&cell).map(|name| Value::String(name.to_owned())).collect();
            if !triggers.is_empty() {
                self.put(row, node, kind, ("trigger", "trigger"), Value::Array(triggers));
            }
        }
        self.appearance(row, node, kind);
        self.parameters(row, node, kind);
        if kind == "range" {
            for (member, number) in [("start", 1), ("end", 10)] {
                node.members.entry(member.to_owned()).or_insert_with(|| number.into());
            }
        }
        self.lost_texts(row);
        picture::take(row, &mut node.members, self.findings);
        for key in ["scale", "unit", "indicator"] {
            if let Some(id) = row.get(key) {
                self.put(row, node, kind, (key, key), Value::String(id));
            }
        }
        for key in ["units", "indicators", "right"] {
            if let Some(ids) = row.get(key) {
                let ids = ids.split_whitespace().map(|id| Value::String(id.to_owned())).collect();
                self.put(row, node, kind, (key, key), Value::Array(ids));
            }
        }
        for key in ["max_length", "max_seconds", "subset", "points"] {
            if let Some(number) = row.get(key) {
                // What is no number is named by the check of the plan.
                let value = serde_json::from_str(&number).unwrap_or(Value::String(number));
                self.put(row, node, kind, (key, key), value);
            }
        }
        if let Some(more) = row.joined("minping") {
            match serde_json::from_str::<Members>(&more) {
                Ok(more) => merge(&mut node.members, more),
                Err(why) => self.findings.at(Code::BadMembers, row, "minping", [&why.to_string()]),
            }
        }
    }

    fn required(&mut self, row: &Row, node: &mut Node, kind: &str) {
        let Some(cell) = row.code("required") else { return };
        match truth(&cell) {
            Some(false) => {}
            // ODK's programs let a person pass a note, whatever it says here.
            Some(true) if matches!(kind, "note" | "calculate" | "hidden" | "group" | "repeat") => {}
            Some(true) => self.put(row, node, kind, ("required", "required"), Value::Bool(true)),
            None => self.findings.at(Code::RequiredExpression, row, "required", []),
        }
    }

    fn appearance(&mut self, row: &Row, node: &mut Node, kind: &str) {
        let mut kept: Option<&str> = None;
        let cell = row.code("appearance").unwrap_or_default();
        for word in cell.split_whitespace() {
            let grid = word.len() == 2 && word.starts_with('w');
            let like = match LIKE.iter().find(|(known, _)| *known == word) {
                Some((_, like)) => like,
                None if word.strip_prefix("columns-").is_some_and(|n| n.parse::<u8>().is_ok()) => "columns",
                None => word,
            };
            if kept.is_none() && appearances(kind).contains(&like) {
                kept = Some(like);
            } else if !(grid || matches!(kind, "group" | "repeat") && SECTION.contains(&word)) {
                self.findings.at(Code::AppearanceNotCarried, row, "appearance", [word]);
            }
        }
        if kind == "text" && row.get("rows").is_some_and(|rows| rows != "1") {
            kept = Some("multiline");
        }
        if let Some(kept) = kept {
            self.put(row, node, kind, ("appearance", "appearance"), Value::String(kept.to_owned()));
        }
    }

    fn parameters(&mut self, row: &Row, node: &mut Node, kind: &str) {
        let Some(cell) = row.code("parameters") else { return };
        let cell = cell.replace([',', ';'], " ").replace(" =", "=").replace("= ", "=");
        for parameter in cell.split_whitespace() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let text = |value: &str| Value::String(value.to_owned());
            match name.to_lowercase().as_str() {
                "randomize" if value == "true" && takes(kind, "order") == Some(true) => {
                    self.put(row, node, kind, ("parameters", "order"), text("random"));
                }
                "randomize" if value == "false" => {}
                "seed" if takes(kind, "seed") == Some(true) => {
                    let formula = Formula::of(value, &self.today).text;
                    self.put(row, node, kind, ("parameters", "seed"), text(&formula));
                }
                "rows" if kind == "text" => {
                    self.put(row, node, kind, ("parameters", "appearance"), text("multiline"));
                }
                "capture-accuracy" if kind == "geopoint" && value.parse::<u32>().is_ok_and(|metres| metres > 0) => {
                    let metres = value.parse::<u32>().unwrap_or_default();
                    self.put(row, node, kind, ("parameters", "accuracy"), metres.into());
                }
                "max-pixels" if kind == "image" && value.parse::<u32>().is_ok_and(|pixels| pixels > 0) => {
                    let pixels = value.parse::<u32>().unwrap_or_default();
                    self.put(row, node, kind, ("parameters", "max_pixels"), pixels.into());
                }
                "start" | "end" | "step" if takes(kind, name) == Some(true) => {
                    let number = serde_json::from_str(value).unwrap_or_else(|_| text(value));
                    self.put(row, node, kind, ("parameters", name), number);
                }
                _ => self.findings.at(Code::ParameterNotCarried, row, "parameters", [parameter]),
            }
        }
    }

    /// Words that a plan has no place for.
    fn lost_texts(&mut self, row: &Row) {
        for (key, code) in [("required_message", Code::OwnWords), ("guidance_hint", Code::GuidanceHint)] {
            let columns: Vec<String> = row.of(key).map(|(column, _)| column.header.clone()).collect();
            for header in columns {
                self.findings.add(code, row.sheet.name, Some(row.number), &header, []);
            }
        }
    }
}
