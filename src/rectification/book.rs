use super::entry::Unproven;
use super::{Case, Day, Entry, EntryError, Refusal, Step, Whom};
use crate::expression::Moment;
use crate::json::{self, JsonError, Node, Writer};
use crate::language::Language;
use crate::plan::Digest;
use std::collections::BTreeMap;
use std::fmt;

const FORMAT: &str = "minping-rectification";
const VERSION: u64 = 1;

/// The ledger of one plan: a set of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    plan: String,
    entries: BTreeMap<Digest, Entry>,
}

/// Who writes an entry, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub by: String,
    pub at: Moment,
    /// The day on which it happened; None: the day of `at`, where the clerk is.
    pub day: Option<Day>,
}

/// Why a file is no book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookError {
    Json(JsonError),
    OtherFormat(String),
    Newer(u64),
    Entry(EntryError),
    /// It is of another plan: its id, and ours.
    OtherPlan {
        found: String,
        expected: String,
    },
}

/// What a merge brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub added: usize,
    pub known: usize,
}

/// Something about a book that people have to look at. Nothing of it was changed or left out for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Several cases have this name.
    SameName { name: String, cases: usize },
    /// Entries of a case whose opening is not in this copy.
    Orphans { case: Digest, entries: usize },
    /// An entry does not fit what was there, and changes nothing.
    Apart { name: String, entry: Digest, why: String },
}

impl Book {
    pub fn new(plan: &str) -> Book {
        Book { plan: plan.to_owned(), entries: BTreeMap::new() }
    }

    /// Id of the plan.
    pub fn plan(&self) -> &str {
        &self.plan
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry, in the order of ids.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Takes an entry from another copy in; false: it is here already.
    pub fn take(&mut self, entry: Entry) -> bool {
        self.entries.insert(entry.id().clone(), entry).is_none()
    }

    /// The union of two copies.
    ///
    /// # Errors
    /// A copy of another plan; nothing is changed then.
    pub fn merge(&mut self, other: &Book) -> Result<Merged, BookError> {
        if other.plan != self.plan {
            return Err(BookError::OtherPlan { found: other.plan.clone(), expected: self.plan.clone() });
        }
        let mut merged = Merged::default();
        for entry in other.entries() {
            match self.take(entry.clone()) {
                true => merged.added += 1,
                false => merged.known += 1,
            }
        }
        Ok(merged)
    }

    fn by_case(&self) -> BTreeMap<&Digest, Vec<&Entry>> {
        let mut all: BTreeMap<&Digest, Vec<&Entry>> = BTreeMap::new();
        for entry in self.entries() {
            all.entry(entry.case()).or_default().push(entry);
        }
        all
    }

    /// Every case, by name and then by the moment of its opening.
    pub fn cases(&self) -> Vec<Case<'_>> {
        let mut cases: Vec<Case<'_>> = self.by_case().into_values().filter_map(Case::of).collect();
        cases.sort_by(|a, b| (&a.opening.name, a.opened.order()).cmp(&(&b.opening.name, b.opened.order())));
        cases
    }

    /// The case of this name, or whose id begins so (six characters at least).
    ///
    /// # Errors
    /// None or several are so called.
    pub fn case(&self, called: &str) -> Result<Case<'_>, Refusal> {
        let found = self.cases().into_iter().filter(|case| case.opening.name == called).collect::<Vec<_>>();
        let mut found = match found.len() {
            0 if called.len() >= 6 => {
                self.cases().into_iter().filter(|case| case.id.as_str().starts_with(called)).collect()
            }
            _ => found,
        };
        match (found.pop(), found.is_empty()) {
            (Some(case), true) => Ok(case),
            _ => Err(Refusal::UnknownCase(called.to_owned())),
        }
    }

    /// What people have to look at.
    pub fn notices(&self, language: Language) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (case, entries) in self.by_case() {
            let number = entries.len();
            if Case::of(entries).is_none() {
                notices.push(Notice::Orphans { case: case.clone(), entries: number });
            }
        }
        let cases = self.cases();
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        cases.iter().for_each(|case| *names.entry(&case.opening.name).or_default() += 1);
        for (name, number) in names.into_iter().filter(|(_, number)| *number > 1) {
            notices.push(Notice::SameName { name: name.to_owned(), cases: number });
        }
        for case in &cases {
            let apart = case.misfits().map(|(entry, misfit)| Notice::Apart {
                name: case.opening.name.clone(),
                entry: entry.id().clone(),
                why: misfit.told(language),
            });
            notices.extend(apart);
        }
        notices
    }

    /// The next free name of a year, such as `2026-004`.
    pub fn next_name(&self, year: i64) -> String {
        let prefix = format!("{year}-");
        let number = |case: Case<'_>| case.opening.name.strip_prefix(&prefix)?.parse::<u32>().ok();
        let last = self.cases().into_iter().filter_map(number).max().unwrap_or(0);
        format!("{prefix}{:03}", last.saturating_add(1))
    }

    /// Adds an entry: an opening with `case` None, or else a step of that case. Answers it as it now stands in the book.
    ///
    /// # Errors
    /// The step does not fit, or says too little; nothing is changed then.
    pub fn write(&mut self, case: Option<&Digest>, seat: Seat, step: Step) -> Result<Entry, Refusal> {
        let Seat { by, at, day } = seat;
        let today = today_of(at);
        let day = day.unwrap_or(today);
        if by.trim().is_empty() {
            return Err(Refusal::Empty("by"));
        }
        if day > today {
            return Err(Refusal::Tomorrow(day.to_string()));
        }
        check_content(&step)?;
        let (number, before) = match case {
            None => (1, Vec::new()),
            Some(id) => {
                let case = self.cases().into_iter().find(|case| case.id == id);
                let case = case.ok_or_else(|| Refusal::UnknownCase(id.short().to_owned()))?;
                let apart: Vec<Digest> = case.misfits().map(|(entry, _)| entry.id().clone()).collect();
                (case.last_number() + 1, apart)
            }
        };
        let said = match &step {
            Step::Corrected { step: Some(step), .. } => &**step,
            step => step,
        };
        if let Step::Opened(opening) = said {
            let taken = |other: &Case<'_>| other.opening.name == opening.name && Some(other.id) != case;
            if self.cases().iter().any(taken) {
                return Err(Refusal::NameTaken(opening.name.clone()));
            }
            if case.is_some() && matches!(step, Step::Opened(_)) {
                return Err(Refusal::Misfit(super::Misfit::Opening));
            }
        } else if case.is_none() {
            return Err(Refusal::UnknownCase(String::new()));
        }
        let entry = Entry::new(case.cloned(), number, at, day, by.trim().to_owned(), step);
        if self.entries.contains_key(entry.id()) {
            return Err(Refusal::Known);
        }
        self.take(entry.clone());
        if let Err(refusal) = self.fits(&entry, &before) {
            self.entries.remove(entry.id());
            return Err(refusal);
        }
        Ok(entry)
    }

    /// Whether all stands that stood before, and the new entry too. An opening that is withdrawn takes nothing with it.
    fn fits(&self, entry: &Entry, before: &[Digest]) -> Result<(), Refusal> {
        let entries = self.entries().filter(|other| other.case() == entry.case()).collect();
        let Some(case) = Case::of(entries) else { return Err(Refusal::UnknownCase(entry.case().short().to_owned())) };
        let fresh = case.misfits().filter(|(entry, _)| !before.contains(entry.id())).collect::<Vec<_>>();
        if let Some((_, misfit)) = fresh.iter().find(|(apart, _)| apart.id() == entry.id()) {
            return Err(Refusal::Misfit((*misfit).clone()));
        }
        // The corrected entry itself may be what no longer fits, such as an earlier deadline than before.
        let corrected = match entry.step() {
            Step::Corrected { entry, .. } => Some(entry),
            _ => None,
        };
        match fresh.first() {
            None => Ok(()),
            Some((apart, misfit)) if Some(apart.id()) == corrected => Err(Refusal::Misfit((*misfit).clone())),
            Some((apart, _)) => {
                let (kind, entry) = (apart.step().kind(), apart.id().short().to_owned());
                Err(Refusal::Leaves { kind, entry })
            }
        }
    }

    /// As a file: one entry a line, in the order of ids, so that equal books are equal files.
    pub fn to_json(&self) -> String {
        let mut out = Writer::new();
        out.open('{');
        out.text("format", FORMAT);
        out.number("v", VERSION);
        out.text("plan", &self.plan);
        out.name("entries");
        out.open('[');
        let mut text = out.finish();
        for (at, entry) in self.entries().enumerate() {
            text.push_str(if at == 0 { "\n" } else { ",\n" });
            text.push_str(&entry.to_json());
        }
        text.push_str("\n]}\n");
        text
    }

    /// Reads a file that [`Book::to_json`] wrote; every entry is held against its id.
    ///
    /// # Errors
    /// [`BookError`]; nothing of such a file is used.
    pub fn parse(text: &str) -> Result<Book, BookError> {
        struct File {
            format: String,
            plan: String,
            entries: Vec<Unproven>,
        }
        fn file(node: Node) -> File {
            let node = node.only(&["format", "v", "plan", "entries"]);
            // What version it is was asked before.
            node.whole("v", VERSION);
            File { format: node.text("format"), plan: node.text("plan"), entries: node.list("entries", Unproven::read) }
        }
        let text = text.trim_start_matches('\u{feff}');
        if let Some(version) = json::version(text, "v").filter(|version| *version != VERSION) {
            return Err(BookError::Newer(version));
        }
        let file = json::read(text, file).map_err(BookError::Json)?;
        if file.format != FORMAT {
            return Err(BookError::OtherFormat(file.format));
        }
        let mut book = Book::new(&file.plan);
        for unproven in file.entries {
            book.take(unproven.prove().map_err(BookError::Entry)?);
        }
        Ok(book)
    }
}

/// The day of a moment where it was written.
fn today_of(at: Moment) -> Day {
    Day((at.milliseconds + i64::from(at.offset) * 60_000).div_euclid(86_400_000))
}

impl Seat {
    /// The day where the clerk is.
    pub fn today(&self) -> Day {
        today_of(self.at)
    }
}

/// A step has to say what it is for.
fn check_content(step: &Step) -> Result<(), Refusal> {
    let said = |members: &[(&'static str, &str)]| match members.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((member, _)) => Err(Refusal::Empty(member)),
        None => Ok(()),
    };
    match step {
        Step::Opened(opening) => said(&[("name", &opening.name), ("title", &opening.title), ("unit", &opening.unit)]),
        Step::Assigned { unit, post } => said(&[("unit", unit), ("post", post)]),
        Step::Planned { measure, .. } => said(&[("measure", measure)]),
        Step::Extended { reason, .. } | Step::Reopened { reason } => said(&[("reason", reason)]),
        Step::Replied { text, .. }
        | Step::Verified { text, .. }
        | Step::Closed { text, .. }
        | Step::Appealed { text, .. }
        | Step::Decided { text, .. } => said(&[("text", text)]),
        Step::CalledBack { whom, consent, .. } => match (whom, consent) {
            (Whom::Respondent, None) => Err(Refusal::NoConsent),
            (Whom::Respondent, Some(item)) if item.trim().is_empty() => Err(Refusal::NoConsent),
            _ => Ok(()),
        },
        Step::Corrected { reason, step, .. } => {
            said(&[("reason", reason)])?;
            step.as_ref().map_or(Ok(()), |step| check_content(step))
        }
    }
}

impl Case<'_> {
    /// The entry of this case whose id begins so, and how it stands.
    ///
    /// # Errors
    /// None or several do.
    pub fn entry(&self, called: &str) -> Result<&Entry, Refusal> {
        let mut found = self.lines.iter().filter(|line| line.entry.id().as_str().starts_with(called));
        match (found.next(), found.next()) {
            (Some(line), None) if called.len() >= 4 => Ok(line.entry),
            _ => Err(Refusal::UnknownEntry(called.to_owned())),
        }
    }
}

impl Notice {
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            Notice::SameName { name, cases } if zh => {
                format!("编号 `{name}` 有 {cases} 个事项；请更正其中一个的立案记录")
            }
            Notice::SameName { name, cases } => {
                format!("`{name}` is the name of {cases} cases; correct the opening of one of them")
            }
            Notice::Orphans { case, entries } if zh => {
                format!("有 {entries} 条记录属于本副本没有的事项 `{}`；请并入含有该事项的副本", case.short())
            }
            Notice::Orphans { case, entries } => format!(
                "{entries} entries are of a case `{}` that is not in this copy; merge the copy that has it",
                case.short()
            ),
            Notice::Apart { name, entry, why } if zh => {
                format!("`{name}`：记录 `{}` 与之前的记录不符，不起作用（{why}）；请更正", entry.short())
            }
            Notice::Apart { name, entry, why } => format!(
                "`{name}`: entry `{}` does not fit what was written before and changes nothing ({why}); correct it",
                entry.short()
            ),
        }
    }
}

impl BookError {
    pub fn told(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        match self {
            BookError::Json(error) if zh => format!("第 {} 行第 {} 列：{error}", error.line, error.column),
            BookError::Json(error) => error.to_string(),
            BookError::OtherFormat(found) if zh => format!("不是整改台账（`{found}`）；请选择 .minping-cases 文件"),
            BookError::OtherFormat(found) => {
                format!("this is no rectification ledger (`{found}`); choose a .minping-cases file")
            }
            BookError::Newer(version) if zh => format!("台账是第 {version} 版的格式，本程序不认识；请更新程序"),
            BookError::Newer(version) => {
                format!("the ledger is of version {version}, which this program does not know; update it")
            }
            BookError::Entry(error) => error.told(language),
            BookError::OtherPlan { found, expected } if zh => {
                format!("这是方案 `{found}` 的台账，不是 `{expected}` 的；请选择同一方案的台账")
            }
            BookError::OtherPlan { found, expected } => {
                format!("this ledger is of the plan `{found}`, not of `{expected}`; choose one of the same plan")
            }
        }
    }
}

impl fmt::Display for BookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
}

impl std::error::Error for BookError {}
