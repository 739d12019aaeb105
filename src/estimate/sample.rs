//! A table read row by row into counted cells: rows that agree in all that matters are one cell. What is kept is linear
//! in the primary units and the different answers, not in the rows; and since equal multisets of rows give equal
//! cells in the same order, whatever is computed from them is the same to the bit.
use super::question::{Adjustment, Asked, Question};
use super::{EstimateError, Number, error::Role};
use csv::ByteRecord;
use rustc_hash::FxHashMap;
use std::io::Read;

/// A column that matters. After reading, `texts` are sorted and a code is a place among them.
pub(super) struct Column {
    pub name: String,
    place: usize,
    roles: Vec<Role>,
    /// Its values are read as numbers, where they are answers.
    numeric: bool,
    pub scores: Option<Vec<(String, Number)>>,
    pub texts: Vec<Box<str>>,
    index: FxHashMap<Box<[u8]>, u32>,
    last: u32,
    /// For each text: its number, or the points of its grade; None where it is no answer, or no number is wanted.
    pub numbers: Vec<Option<Number>>,
    pub states: Vec<State>,
}

/// Whether a text is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Answer,
    Missing,
    DontKnow,
}

/// Rows that agree in the design, the domain and some analysed columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub site: u32,
    /// Of the frame's `values`.
    pub value: u32,
    pub count: u64,
}

/// The cells by some analysed columns. Every row is in one cell of each frame.
pub(super) struct Frame {
    pub columns: Vec<usize>,
    /// Codes of each column, sorted.
    pub values: Vec<Box<[u32]>>,
    /// Sorted by site and value.
    pub cells: Vec<Cell>,
    index: FxHashMap<Box<[u32]>, u32>,
    counts: FxHashMap<u64, u64>,
}

/// What was read.
pub struct Sample {
    pub(super) columns: Vec<Column>,
    /// Columns that make a site: design, round, groups, filter, known totals.
    pub(super) site_columns: Vec<usize>,
    /// Codes in the order of `site_columns`, sorted.
    pub(super) sites: Vec<Box<[u32]>>,
    /// Rows of each site.
    pub(super) rows: Vec<u64>,
    pub(super) frames: Vec<Frame>,
    pub(super) question: Question,
}

impl Sample {
    /// Reads a CSV table: UTF-8, comma, first line names the columns.
    pub fn read(table: impl Read, question: Question) -> Result<Sample, EstimateError> {
        question.check()?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table);
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record).map_err(EstimateError::Read)? {
            return Err(EstimateError::Empty);
        }
        let mut names = Vec::with_capacity(record.len());
        for (at, cell) in record.iter().enumerate() {
            let name = std::str::from_utf8(cell).map_err(|_| EstimateError::NotText { line: 1 })?;
            let name = if at == 0 { name.trim_start_matches('\u{feff}') } else { name }.trim();
            if names.iter().any(|known| known == name) && !name.is_empty() {
                return Err(EstimateError::DuplicateColumn(name.to_owned()));
            }
            names.push(name.to_owned());
        }
        let mut making = Making::new(names, question)?;
        while reader.read_byte_record(&mut record).map_err(EstimateError::Read)? {
            let line = record.position().map_or(0, csv::Position::line);
            making.row(&record, line)?;
        }
        making.finish()
    }

    pub(super) fn column(&self, name: &str) -> usize {
        self.columns.iter().position(|column| column.name == name).expect("every column of the question was looked up")
    }

    /// Where a column is in the codes of a site.
    pub(super) fn at_site(&self, name: &str) -> usize {
        let column = self.column(name);
        self.site_columns.iter().position(|known| *known == column).expect("the question's sites have this column")
    }

    pub(super) fn text(&self, column: usize, code: u32) -> &str {
        &self.columns[column].texts[code as usize]
    }
}

/// Columns whose values an estimate looks at.
pub(super) fn analysed(asked: &Asked) -> Vec<&str> {
    match asked {
        Asked::Mean(y) | Asked::Proportion(y, _) | Asked::Total(y, _) | Asked::Quantile(y, _) => vec![y],
        Asked::Ratio(y, x) => vec![y, x],
        Asked::Index(_, parts) => parts.iter().map(|(column, _)| column.as_str()).collect(),
    }
}

struct Making {
    names: Vec<String>,
    columns: Vec<Column>,
    count: Option<usize>,
    site_columns: Vec<usize>,
    sites: Vec<Box<[u32]>>,
    site_index: FxHashMap<Box<[u32]>, u32>,
    rows: Vec<u64>,
    frames: Vec<Frame>,
    question: Question,
    /// Scratch: codes of the row's columns, and of its site.
    codes: Vec<u32>,
    key: Vec<u32>,
}

impl Making {
    fn new(names: Vec<String>, question: Question) -> Result<Making, EstimateError> {
        let mut making = Making {
            names,
            columns: Vec::new(),
            count: None,
            site_columns: Vec::new(),
            sites: Vec::new(),
            site_index: FxHashMap::default(),
            rows: Vec::new(),
            frames: Vec::new(),
            question: question.clone(),
            codes: Vec::new(),
            key: Vec::new(),
        };
        let design = &question.design;
        if let Some(rounds) = &question.rounds {
            making.site(&rounds.column, Some(Role::Round))?;
        }
        for (names, role) in [
            (design.strata.iter().collect::<Vec<_>>(), Role::Stratum),
            (design.clusters.iter().collect(), Role::Cluster),
            (design.weight.iter().collect(), Role::Weight),
            (design.populations.iter().collect(), Role::Population),
            (question.groups.iter().map(|groups| &groups.column).collect(), Role::Group),
        ] {
            for name in names {
                making.site(name, Some(role))?;
            }
        }
        let margins: &[super::question::Margin] = match &question.adjustment {
            None => &[],
            Some(Adjustment::PostStratify(margin)) => std::slice::from_ref(margin),
            Some(Adjustment::Rake(margins)) => margins,
        };
        for name in margins.iter().flat_map(|margin| &margin.columns) {
            making.site(name, Some(Role::Margin))?;
        }
        for name in question.by.iter().chain(question.only.iter().map(|(name, _)| name)) {
            making.site(name, None)?;
        }
        if let Some(name) = &design.count {
            let column = making.column(name)?;
            making.columns[column].roles.push(Role::Count);
            making.count = Some(column);
        }
        for asked in &question.asked {
            let columns = analysed(asked).into_iter().map(|name| making.column(name)).collect::<Result<Vec<_>, _>>()?;
            let numbers = match asked {
                Asked::Proportion(..) | Asked::Total(_, Some(_)) => false,
                Asked::Mean(_) | Asked::Total(_, None) | Asked::Ratio(..) | Asked::Index(..) | Asked::Quantile(..) => {
                    true
                }
            };
            for &column in columns.iter().filter(|_| numbers) {
                making.columns[column].numeric = true;
            }
            if !making.frames.iter().any(|frame| frame.columns == columns) {
                making.frames.push(Frame {
                    columns,
                    values: Vec::new(),
                    cells: Vec::new(),
                    index: FxHashMap::default(),
                    counts: FxHashMap::default(),
                });
            }
        }
        for score in &question.scores {
            // A table of points may name columns that this question does not use; it must not name ones that are not there.
            let column = making.column(&score.column)?;
            making.columns[column].scores = Some(score.points.clone());
        }
        making.codes = vec![0; making.columns.len()];
        making.key = vec![0; making.site_columns.len()];
        Ok(making)
    }

    fn column(&mut self, name: &str) -> Result<usize, EstimateError> {
        if let Some(at) = self.columns.iter().position(|column| column.name == name) {
            return Ok(at);
        }
        let place = self.names.iter().position(|known| known == name);
        let unknown = || EstimateError::UnknownColumn { found: name.to_owned(), known: self.names.clone() };
        self.columns.push(Column {
            name: name.to_owned(),
            place: place.ok_or_else(unknown)?,
            roles: Vec::new(),
            numeric: false,
            scores: None,
            texts: Vec::new(),
            index: FxHashMap::default(),
            last: 0,
            numbers: Vec::new(),
            states: Vec::new(),
        });
        Ok(self.columns.len() - 1)
    }

    fn site(&mut self, name: &str, role: Option<Role>) -> Result<(), EstimateError> {
        let column = self.column(name)?;
        self.columns[column].roles.extend(role);
        if !self.site_columns.contains(&column) {
            self.site_columns.push(column);
        }
        Ok(())
    }

    fn row(&mut self, record: &ByteRecord, line: u64) -> Result<(), EstimateError> {
        if record.len() != self.names.len() {
            // A blank line at the end of a one-column table and the like.
            if record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                return Ok(());
            }
            return Err(EstimateError::Ragged { line, cells: record.len() as u64, columns: self.names.len() as u64 });
        }
        for (column, code) in self.columns.iter_mut().zip(&mut self.codes) {
            *code = column.code(&record[column.place], line, &self.question)?;
        }
        let times = match self.count {
            None => 1,
            Some(column) => {
                let number = self.columns[column].numbers[self.codes[column] as usize];
                number.map_or(0, |number| number.float as u64)
            }
        };
        if times == 0 {
            return Ok(());
        }
        for (key, column) in self.key.iter_mut().zip(&self.site_columns) {
            *key = self.codes[*column];
        }
        let site = match self.site_index.get(self.key.as_slice()) {
            Some(site) => *site,
            None => {
                let site = self.sites.len() as u32;
                let key: Box<[u32]> = self.key.as_slice().into();
                self.sites.push(key.clone());
                self.site_index.insert(key, site);
                self.rows.push(0);
                site
            }
        };
        self.rows[site as usize] += times;
        for frame in &mut self.frames {
            let value = match frame.columns.as_slice() {
                // The code of a single column serves as it is.
                [column] => self.codes[*column],
                columns => {
                    let key: Vec<u32> = columns.iter().map(|column| self.codes[*column]).collect();
                    match frame.index.get(key.as_slice()) {
                        Some(value) => *value,
                        None => {
                            let value = frame.values.len() as u32;
                            frame.values.push(key.as_slice().into());
                            frame.index.insert(key.into(), value);
                            value
                        }
                    }
                }
            };
            *frame.counts.entry(u64::from(site) << 32 | u64::from(value)).or_default() += times;
        }
        Ok(())
    }

    /// Puts everything in the one order that does not depend on the order of the rows.
    fn finish(mut self) -> Result<Sample, EstimateError> {
        if self.sites.is_empty() {
            return Err(EstimateError::NoRows);
        }
        self.site_index = FxHashMap::default();
        let ranks: Vec<Vec<u32>> = self.columns.iter_mut().map(Column::sort).collect();
        for site in &mut self.sites {
            for (code, column) in site.iter_mut().zip(&self.site_columns) {
                *code = ranks[*column][*code as usize];
            }
        }
        let mut order: Vec<u32> = (0..self.sites.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.sites[*a as usize].cmp(&self.sites[*b as usize]));
        let mut moved = vec![0u32; order.len()];
        order.iter().enumerate().for_each(|(new, old)| moved[*old as usize] = new as u32);
        let sites = order.iter().map(|old| std::mem::take(&mut self.sites[*old as usize])).collect();
        let rows = order.iter().map(|old| self.rows[*old as usize]).collect();
        for frame in &mut self.frames {
            frame.sort(&ranks, &self.columns, &moved);
        }
        let sample = Sample {
            columns: self.columns,
            site_columns: self.site_columns,
            sites,
            rows,
            frames: self.frames,
            question: self.question,
        };
        sample.check_levels()?;
        Ok(sample)
    }
}

impl Column {
    fn code(&mut self, cell: &[u8], line: u64, question: &Question) -> Result<u32, EstimateError> {
        if let Some(text) = self.texts.get(self.last as usize)
            && text.as_bytes() == cell
        {
            return Ok(self.last);
        }
        if let Some(code) = self.index.get(cell) {
            self.last = *code;
            return Ok(*code);
        }
        let text = std::str::from_utf8(cell).map_err(|_| EstimateError::NotText { line })?;
        let (state, number) = self.understand(text, line, question)?;
        let code = self.texts.len() as u32;
        self.texts.push(text.into());
        self.index.insert(cell.into(), code);
        self.states.push(state);
        self.numbers.push(number);
        self.last = code;
        Ok(code)
    }

    fn understand(&self, text: &str, line: u64, question: &Question) -> Result<(State, Option<Number>), EstimateError> {
        let column = || self.name.clone();
        let found = || text.to_owned();
        let blank = text.trim().is_empty();
        let mut number = None;
        for &role in &self.roles {
            if blank {
                return Err(EstimateError::Blank { line, column: column(), role });
            }
            let fits = |number: &Number| match role {
                Role::Count => number.float >= 0.0 && number.float.fract() == 0.0 && number.float < 1e15,
                Role::Population => number.float > 0.0,
                _ => number.float >= 0.0,
            };
            match role {
                Role::Population if text.trim().eq_ignore_ascii_case("inf") => {}
                Role::Weight | Role::Population | Role::Count => {
                    let read = Number::parse(text).filter(fits);
                    let bad = || EstimateError::BadNumber { line, column: column(), found: found(), role };
                    number = Some(read.ok_or_else(bad)?);
                }
                Role::Stratum | Role::Cluster | Role::Round | Role::Margin | Role::Group => {}
            }
        }
        let is_in = |list: &[String]| list.iter().any(|value| value == text.trim());
        let state = match () {
            () if is_in(&question.dont_know) => State::DontKnow,
            () if blank || is_in(&question.missing) => State::Missing,
            () => State::Answer,
        };
        if state == State::Answer && self.numeric {
            let read = match &self.scores {
                Some(points) => points.iter().find(|(grade, _)| grade == text.trim()).map(|(_, number)| *number),
                None => Number::parse(text),
            };
            let error = || match self.scores {
                Some(_) => EstimateError::NoPoints { line, column: column(), found: found() },
                None => EstimateError::NotANumber { line, column: column(), found: found() },
            };
            number = Some(read.ok_or_else(error)?);
        }
        Ok((state, number))
    }

    /// Sorts the texts; the new code of each old one.
    fn sort(&mut self) -> Vec<u32> {
        self.index = FxHashMap::default();
        let mut order: Vec<u32> = (0..self.texts.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.texts[*a as usize].cmp(&self.texts[*b as usize]));
        let mut moved = vec![0u32; order.len()];
        order.iter().enumerate().for_each(|(new, old)| moved[*old as usize] = new as u32);
        self.texts = order.iter().map(|old| std::mem::take(&mut self.texts[*old as usize])).collect();
        self.numbers = order.iter().map(|old| self.numbers[*old as usize]).collect();
        self.states = order.iter().map(|old| self.states[*old as usize]).collect();
        moved
    }
}

impl Frame {
    fn sort(&mut self, ranks: &[Vec<u32>], columns: &[Column], moved: &[u32]) {
        self.index = FxHashMap::default();
        let values: Vec<Box<[u32]>> = match self.columns.as_slice() {
            [column] => (0..columns[*column].texts.len() as u32).map(|code| [code].into()).collect(),
            _ => std::mem::take(&mut self.values),
        };
        let mut ranked: Vec<Box<[u32]>> = values;
        for value in &mut ranked {
            for (code, column) in value.iter_mut().zip(&self.columns) {
                *code = ranks[*column][*code as usize];
            }
        }
        let mut order: Vec<u32> = (0..ranked.len() as u32).collect();
        order.sort_unstable_by(|a, b| ranked[*a as usize].cmp(&ranked[*b as usize]));
        let mut new = vec![0u32; order.len()];
        order.iter().enumerate().for_each(|(at, old)| new[*old as usize] = at as u32);
        self.values = order.iter().map(|old| std::mem::take(&mut ranked[*old as usize])).collect();
        let counts = std::mem::take(&mut self.counts);
        let cells = counts.into_iter().map(|(key, count)| Cell {
            site: moved[(key >> 32) as usize],
            value: new[key as u32 as usize],
            count,
        });
        self.cells = cells.collect();
        self.cells.sort_unstable_by_key(|cell| (cell.site, cell.value));
    }
}

impl Sample {
    /// A level that nobody chose is a share of 0; one that is misspelt must not be.
    fn check_levels(&self) -> Result<(), EstimateError> {
        let known = |column: usize, level: &String| {
            let column = &self.columns[column];
            column.texts.iter().any(|text| text.trim() == level)
                || column.scores.iter().flatten().any(|(grade, _)| grade == level)
        };
        let unknown = |column: usize, level: &String| EstimateError::UnknownLevel {
            column: self.columns[column].name.clone(),
            found: level.clone(),
            known: self.columns[column].texts.iter().map(|text| text.to_string()).collect(),
        };
        let question = &self.question;
        let asked = question.asked.iter().filter_map(|asked| match asked {
            Asked::Proportion(column, Some(levels)) | Asked::Total(column, Some(levels)) => Some((column, levels)),
            _ => None,
        });
        let only = question.only.iter().map(|(column, levels)| (column, levels));
        let rounds = question.rounds.iter().map(|rounds| (&rounds.column, &rounds.order));
        for (name, levels) in asked.chain(only).chain(rounds) {
            let column = self.column(name);
            if let Some(level) = levels.iter().find(|level| !known(column, level)) {
                return Err(unknown(column, level));
            }
        }
        Ok(())
    }
}
