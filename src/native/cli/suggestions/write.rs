//! Commands that write notes.

use super::desk::{Desk, Texts};
use super::told::SuggestionsError;
use crate::native::cli::{Context, Exit, Failure, Lang, read_text};
use crate::plan::{Digest, Indicator};
use crate::suggestions::{Kind, NoteStep, Notes, Said, find};
use clap::Args;
use std::path::PathBuf;

/// Where notes are written, by whom, and about which texts.
#[derive(Args)]
pub struct Writer {
    #[command(flatten)]
    texts: Texts,
    /// File of notes
    #[arg(long, value_name = "FILE")]
    notes: PathBuf,
    /// Who decides: name or post
    #[arg(long, value_name = "NAME")]
    by: String,
}

#[derive(Args)]
pub struct Tag {
    #[command(flatten)]
    writer: Writer,
    /// Tag to add; may be given several times
    #[arg(long, value_name = "TAG")]
    add: Vec<String>,
    /// Tag to remove; likewise
    #[arg(long, value_name = "TAG")]
    remove: Vec<String>,
}

/// What is not given stays as it was.
#[derive(Args)]
pub struct Assign {
    #[command(flatten)]
    writer: Writer,
    /// Id of the unit
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Id of the indicator
    #[arg(long, value_name = "INDICATOR")]
    indicator: Option<String>,
    /// Takes the unit away that was given before
    #[arg(long, conflicts_with = "unit")]
    no_unit: bool,
    /// Takes the indicator away that was given before
    #[arg(long, conflicts_with = "indicator")]
    no_indicator: bool,
}

/// Wherever the words stand in the texts that are chosen.
#[derive(Args)]
pub struct Mask {
    #[command(flatten)]
    writer: Writer,
    /// Words as they stand in the text
    #[arg(long)]
    words: String,
    /// What they are
    #[arg(long, value_enum, default_value = "name")]
    kind: Kind,
}

/// Wherever the words stand in the texts that are chosen.
#[derive(Args)]
pub struct Lift {
    #[command(flatten)]
    writer: Writer,
    /// Words as they stand in the text
    #[arg(long)]
    words: String,
}

/// Only what was looked at: `minping suggestions list` with the same choice shows each text masked, and says the code for
/// --seen. Another text among them, or a mask that changed since, needs another look.
#[derive(Args)]
pub struct Release {
    #[command(flatten)]
    writer: Writer,
    /// Code that `list` said for exactly these texts as they are masked now
    #[arg(long, value_name = "CODE", allow_hyphen_values = true)]
    seen: String,
}

#[derive(Args)]
pub struct Withhold {
    #[command(flatten)]
    writer: Writer,
}

/// One answer to all texts that are chosen. It is published with those that are released; an answer given before is replaced.
#[derive(Args)]
#[group(id = "said", required = true, args = ["text", "text_file", "take_back"])]
pub struct Answer {
    #[command(flatten)]
    writer: Writer,
    /// The answer
    #[arg(long)]
    text: Option<String>,
    /// File with the answer: text in UTF-8
    #[arg(long, value_name = "FILE", conflicts_with = "text")]
    text_file: Option<PathBuf>,
    /// Takes the answer back that was given before
    #[arg(long, conflicts_with_all = ["text", "text_file"])]
    take_back: bool,
}

impl Writer {
    /// Writes what `make` says about the texts that were chosen.
    fn write(
        self,
        context: &Context,
        make: impl FnOnce(&Desk, &[&Said]) -> Result<Vec<(Vec<Digest>, NoteStep)>, Failure>,
    ) -> Result<Exit, Failure> {
        if !self.texts.chooses() {
            return Err(SuggestionsError::NoneChosen.refused());
        }
        let mut desk = self.texts.open(Some(&self.notes), context)?;
        let wanted = desk.wanted()?;
        if wanted.is_empty() {
            return Err(SuggestionsError::NoneChosen.refused());
        }
        let number = wanted.len();
        let made = make(&desk, &wanted)?;
        if made.is_empty() {
            return Err(SuggestionsError::NothingSaid.refused());
        }
        desk.write(&self.notes, &self.by, made)?;
        context.say(&match context.lang {
            Lang::Zh => format!("{}：{number} 条意见", self.notes.display()),
            Lang::En => format!("{}: {number} texts", self.notes.display()),
        })?;
        Ok(Exit::Done)
    }
}

fn ids(wanted: &[&Said]) -> Vec<Digest> {
    wanted.iter().map(|said| said.id.clone()).collect()
}

/// Where words stand in a text, in characters.
fn places(text: &str, words: &str) -> Vec<(usize, usize)> {
    let length = words.chars().count();
    let begin = |(at, _): (usize, &str)| text[..at].chars().count();
    text.match_indices(words).map(begin).map(|from| (from, from + length)).collect()
}

/// One note for each place, since a place is of one text.
fn each_place(
    wanted: &[&Said],
    words: &str,
    step: impl Fn(usize, usize) -> NoteStep,
) -> Result<Vec<(Vec<Digest>, NoteStep)>, Failure> {
    let found = wanted.iter().filter(|_| !words.is_empty()).flat_map(|said| {
        let step = &step;
        places(&said.text, words).into_iter().map(move |(from, to)| (vec![said.id.clone()], step(from, to)))
    });
    let found: Vec<_> = found.collect();
    match found.is_empty() {
        true => Err(SuggestionsError::NotThere(words.to_owned()).refused()),
        false => Ok(found),
    }
}

impl Tag {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (add, remove) = (self.add, self.remove);
        self.writer.write(context, |_, wanted| {
            let added = add.into_iter().map(NoteStep::Tagged);
            Ok(added.chain(remove.into_iter().map(NoteStep::Untagged)).map(|step| (ids(wanted), step)).collect())
        })
    }
}

impl Assign {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (unit, indicator) = (self.unit, self.indicator);
        self.writer.write(context, |desk, wanted| {
            if let Some(id) = unit.as_ref().filter(|id| desk.plan().unit(id).is_none()) {
                return Err(SuggestionsError::UnknownUnit(id.clone()).refused());
            }
            let mut waiting: Vec<&Indicator> = desk.plan().indicators.iter().collect();
            let mut known = Vec::new();
            while let Some(indicator) = waiting.pop() {
                known.push(&indicator.id);
                waiting.extend(&indicator.indicators);
            }
            if let Some(id) = indicator.as_ref().filter(|id| !known.contains(id)) {
                return Err(SuggestionsError::UnknownIndicator(id.clone()).refused());
            }
            let away = |no: bool| no.then(String::new);
            let (unit, indicator) =
                (unit.or_else(|| away(self.no_unit)), indicator.or_else(|| away(self.no_indicator)));
            Ok(vec![(ids(wanted), NoteStep::Assigned { unit, indicator })])
        })
    }
}

impl Mask {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (words, kind) = (self.words, self.kind);
        self.writer
            .write(context, |_, wanted| each_place(wanted, &words, |from, to| NoteStep::Masked { from, to, kind }))
    }
}

impl Lift {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let words = self.words;
        self.writer.write(context, |_, wanted| each_place(wanted, &words, |from, to| NoteStep::Lifted { from, to }))
    }
}

impl Release {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        self.writer.write(context, |desk, wanted| match Notes::seen(wanted, &desk.standings) == self.seen {
            true => Ok(vec![Notes::release(wanted, &desk.standings)]),
            false => Err(SuggestionsError::NotSeen.refused()),
        })
    }
}

impl Answer {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let text = match (self.text, &self.text_file) {
            (Some(text), _) => text,
            (None, Some(path)) => read_text(path)?,
            (None, None) => String::new(),
        };
        let text = text.trim_start_matches('\u{feff}').trim().to_owned();
        if text.is_empty() && !self.take_back {
            return Err(SuggestionsError::NothingSaid.refused());
        }
        let names = find(&text).len();
        let exit = self.writer.write(context, |_, wanted| Ok(vec![(ids(wanted), NoteStep::Answered(text))]))?;
        if names > 0 {
            match context.lang {
                Lang::Zh => aside!("minping: 答复照写的样子公布，其中有 {names} 处像姓名或号码；请再看一遍"),
                Lang::En => aside!(
                    "minping: an answer is published as it stands; {names} places in it look like a name or a number: look at it once more"
                ),
            }
        }
        Ok(exit)
    }
}

impl Withhold {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        self.writer.write(context, |_, wanted| Ok(vec![(ids(wanted), NoteStep::Withheld)]))
    }
}
