//! Arguments with a small grammar of their own.
use super::source::{self, Encoding, TotalsError};
use super::{Failure, Number};
use crate::estimate::{Margin, Outcome};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// How an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongForm(pub &'static str);

impl fmt::Display for WrongForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "write it as {}", self.0)
    }
}

impl std::error::Error for WrongForm {}

/// Two parts around the first of a sign, both not blank.
fn split<'t>(text: &'t str, sign: &str, form: &'static str) -> Result<(&'t str, &'t str), WrongForm> {
    let (before, after) = text.split_once(sign).ok_or(WrongForm(form))?;
    let (before, after) = (before.trim(), after.trim());
    if before.is_empty() || after.is_empty() { Err(WrongForm(form)) } else { Ok((before, after)) }
}

fn names(text: &str, sign: char) -> Vec<String> {
    text.split(sign).map(|name| name.trim().to_owned()).collect()
}

/// `name:number,name:number`; the last colon counts, for names may hold one.
fn numbers(text: &str, form: &'static str) -> Result<Vec<(String, Number)>, WrongForm> {
    let items = text.split(',').map(|item| {
        let (name, number) = item.rsplit_once(':').ok_or(WrongForm(form))?;
        Ok((name.trim().to_owned(), Number::parse(number).ok_or(WrongForm(form))?))
    });
    items.collect()
}

/// `NAME=ITEM:NUMBER,…`
#[derive(Clone, Debug)]
pub struct Listed {
    pub name: String,
    pub items: Vec<(String, Number)>,
}

impl FromStr for Listed {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Listed, WrongForm> {
        let form = "NAME=ITEM:NUMBER,ITEM:NUMBER, such as q1=满意:100,不满意:0";
        let (name, items) = split(text, "=", form)?;
        Ok(Listed { name: name.to_owned(), items: numbers(items, form)? })
    }
}

/// `NAME:NUMBER,NAME:NUMBER`
#[derive(Clone, Debug)]
pub struct Items(pub Vec<(String, Number)>);

impl FromStr for Items {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Items, WrongForm> {
        numbers(text, "NAME:NUMBER,NAME:NUMBER").map(Items)
    }
}

/// `COLUMN` or `COLUMN=VALUE|VALUE`
#[derive(Clone, Debug)]
pub struct Levels {
    pub column: String,
    pub levels: Option<Vec<String>>,
}

impl FromStr for Levels {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Levels, WrongForm> {
        if !text.contains('=') {
            return Ok(Levels { column: text.trim().to_owned(), levels: None });
        }
        let (column, levels) = split(text, "=", "COLUMN or COLUMN=VALUE|VALUE")?;
        Ok(Levels { column: column.to_owned(), levels: Some(names(levels, '|')) })
    }
}

/// `COLUMN=VALUE|VALUE`
#[derive(Clone, Debug)]
pub struct Filter {
    pub column: String,
    pub values: Vec<String>,
}

impl FromStr for Filter {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Filter, WrongForm> {
        let (column, values) = split(text, "=", "COLUMN=VALUE|VALUE")?;
        Ok(Filter { column: column.to_owned(), values: names(values, '|') })
    }
}

/// `Y/X`
#[derive(Clone, Debug)]
pub struct Ratio(pub String, pub String);

impl FromStr for Ratio {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Ratio, WrongForm> {
        let (y, x) = split(text, "/", "Y/X, two columns")?;
        Ok(Ratio(y.to_owned(), x.to_owned()))
    }
}

/// `COLUMN:P`
#[derive(Clone, Debug)]
pub struct Quantile {
    pub column: String,
    pub p: f64,
}

impl FromStr for Quantile {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Quantile, WrongForm> {
        let form = "COLUMN:P, such as income:0.5";
        let (column, p) = text.rsplit_once(':').ok_or(WrongForm(form))?;
        let p = Number::parse(p).ok_or(WrongForm(form))?.float;
        Ok(Quantile { column: column.trim().to_owned(), p })
    }
}

/// `COLUMN` or `COLUMN=ROUND,ROUND`
#[derive(Clone, Debug)]
pub struct Change {
    pub column: String,
    pub order: Vec<String>,
}

impl FromStr for Change {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Change, WrongForm> {
        if !text.contains('=') {
            return Ok(Change { column: text.trim().to_owned(), order: Vec::new() });
        }
        let (column, order) = split(text, "=", "COLUMN or COLUMN=ROUND,ROUND")?;
        Ok(Change { column: column.to_owned(), order: names(order, ',') })
    }
}

/// `TEXT=OUTCOME,TEXT=OUTCOME`
#[derive(Clone, Debug)]
pub struct Codes(pub Vec<(String, Outcome)>);

impl FromStr for Codes {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Codes, WrongForm> {
        let form = "TEXT=OUTCOME,TEXT=OUTCOME with I, P, R, NC, O, UH, UO or NE";
        let codes = text.split(',').map(|code| {
            let (text, outcome) = code.rsplit_once('=').ok_or(WrongForm(form))?;
            Ok((text.trim().to_owned(), Outcome::read(outcome.trim()).ok_or(WrongForm(form))?))
        });
        codes.collect::<Result<Vec<_>, _>>().map(Codes)
    }
}

/// A number from 0 to 1.
pub fn share(text: &str) -> Result<Number, WrongForm> {
    let number = Number::parse(text).filter(|number| (0.0..=1.0).contains(&number.float));
    number.ok_or(WrongForm("a number from 0 to 1"))
}

/// `COLUMN,COLUMN=TOTALS`: a file, or `VALUE:TOTAL,…` with `VALUE+VALUE` for several columns.
#[derive(Clone, Debug)]
pub struct Totals {
    pub columns: Vec<String>,
    given: Given,
}

#[derive(Clone, Debug)]
enum Given {
    File(PathBuf),
    Inline(Vec<(Vec<String>, Number)>),
}

impl FromStr for Totals {
    type Err = WrongForm;
    fn from_str(text: &str) -> Result<Totals, WrongForm> {
        let form = "COLUMN=FILE.csv or COLUMN=VALUE:TOTAL,VALUE:TOTAL (several columns: sex,age=F+young:120,…)";
        let (columns, totals) = split(text, "=", form)?;
        let columns = names(columns, ',');
        if totals.to_ascii_lowercase().ends_with(".csv") {
            return Ok(Totals { columns, given: Given::File(totals.into()) });
        }
        let items = numbers(totals, form)?.into_iter().map(|(category, total)| {
            // A value may hold the sign where one column needs none.
            let category = if columns.len() == 1 { vec![category] } else { names(&category, '+') };
            if category.len() == columns.len() { Ok((category, total)) } else { Err(WrongForm(form)) }
        });
        let items = items.collect::<Result<Vec<_>, _>>()?;
        Ok(Totals { columns, given: Given::Inline(items) })
    }
}

impl Totals {
    pub fn read(&self, encoding: Option<Encoding>) -> Result<Margin, Failure> {
        let columns = self.columns.clone();
        let path = match &self.given {
            Given::Inline(totals) => return Ok(Margin { columns, totals: totals.clone() }),
            Given::File(path) => path,
        };
        let file = path.display().to_string();
        let bad = |cause| TotalsError::Table { file: file.clone(), cause };
        let mut reader = csv::Reader::from_reader(source::open(path, encoding)?);
        let head: Vec<String> = reader.headers().map_err(bad)?.iter().map(|name| name.trim().to_owned()).collect();
        let places: Option<Vec<usize>> =
            columns.iter().map(|column| head.iter().position(|name| name == column)).collect();
        let wrong = || TotalsError::Columns { file: file.clone(), wanted: columns.clone(), found: head.clone() };
        let places = places.filter(|_| head.len() == columns.len() + 1).ok_or_else(wrong)?;
        let total_at = (0..head.len()).find(|at| !places.contains(at)).ok_or_else(wrong)?;
        let mut totals = Vec::new();
        for record in reader.records() {
            let record = record.map_err(bad)?;
            let line = record.position().map_or(0, csv::Position::line);
            let found = record[total_at].to_owned();
            let total = Number::parse(&found);
            let total = total.ok_or_else(|| TotalsError::NotANumber { file: file.clone(), line, found })?;
            totals.push((places.iter().map(|at| record[*at].trim().to_owned()).collect(), total));
        }
        Ok(Margin { columns, totals })
    }
}
