//! Suggestions and notes as the commands take them in.

use super::told::SuggestionsError;
use crate::native::cli::findings;
use crate::native::cli::intake::{Intake, Opened, Taking};
use crate::native::cli::office::read_plan;
use crate::native::cli::rectify::now;
use crate::native::cli::round::check_round;
use crate::native::cli::{Context, Exit, Failure, Lang, read_text};
use crate::native::files::{self, Access};
use crate::plan::{Digest, Plan};
use crate::suggestions::{Filter, NoteStep, Notes, Said, Shown, Standings, gather};
use clap::Args;
use std::path::{Path, PathBuf};

/// A file that stays as it is when it is there already.
#[derive(Args)]
pub struct New {
    /// File to make, `….minping-suggestions`
    notes: PathBuf,
    /// The plan that it is of
    #[arg(long, value_name = "FILE")]
    plan: PathBuf,
}

/// The union: no note is lost, none is doubled.
#[derive(Args)]
pub struct MergeCopies {
    /// File of notes
    notes: PathBuf,
    /// Other copies of it
    #[arg(required = true, value_name = "COPY")]
    copies: Vec<PathBuf>,
}

/// Texts of batches, and which of them.
#[derive(Args)]
pub struct Texts {
    #[command(flatten)]
    pub intake: Intake,
    /// Id of the round; by default every round
    #[arg(long, value_name = "ROUND")]
    pub round: Option<String>,
    /// Texts in which all these words stand
    #[arg(long, value_name = "WORDS", default_value = "")]
    search: String,
    /// Texts with this tag
    #[arg(long, value_name = "TAG", default_value = "")]
    tagged: String,
    /// Texts assigned to the unit of this id
    #[arg(long, value_name = "UNIT", default_value = "")]
    of_unit: String,
    /// Texts assigned to the indicator of this id
    #[arg(long, value_name = "INDICATOR", default_value = "")]
    of_indicator: String,
    /// Answers to the item of this name
    #[arg(long, value_name = "ITEM", default_value = "")]
    of_item: String,
    /// By what was decided
    #[arg(long, value_enum, default_value_t)]
    shown: Shown,
    /// Texts whose ids begin so; may be given several times
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    id: Vec<String>,
}

/// What lies open for a command.
pub struct Desk {
    opened: Opened,
    taking: Taking,
    pub said: Vec<Said>,
    pub notes: Notes,
    pub standings: Standings,
    filter: Filter,
    ids: Vec<String>,
}

/// A file of notes of this plan.
pub fn read_notes(path: &Path, plan: &Plan) -> Result<Notes, Failure> {
    let notes = parse(path)?;
    match notes.plan() == plan.id {
        true => Ok(notes),
        false => Err(SuggestionsError::OtherPlan(notes.plan().to_owned(), plan.id.clone()).refused()),
    }
}

fn parse(path: &Path) -> Result<Notes, Failure> {
    Notes::parse(&read_text(path)?).map_err(|error| SuggestionsError::Notes(path.to_owned(), error).refused())
}

/// Puts notes in their place, with what another program wrote there meanwhile.
fn save(path: &Path, notes: &mut Notes) -> Result<(), Failure> {
    let there = parse(path)?;
    notes.merge(&there).map_err(|error| SuggestionsError::Notes(path.to_owned(), error).refused())?;
    Ok(files::replace(path, notes.to_json().as_bytes(), Access::Usual)?)
}

impl New {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (plan, _) = read_plan(&self.plan)?;
        files::create(&self.notes, Notes::new(&plan.id).to_json().as_bytes(), Access::Usual)?;
        context.say(&self.notes.display().to_string())?;
        Ok(Exit::Done)
    }
}

impl MergeCopies {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut notes = parse(&self.notes)?;
        // All are read before anything is written.
        let copies = self.copies.iter().map(|path| parse(path)).collect::<Result<Vec<_>, _>>()?;
        let (mut added, mut known) = (0, 0);
        for (path, copy) in self.copies.iter().zip(&copies) {
            let merged = notes.merge(copy).map_err(|error| SuggestionsError::Notes(path.clone(), error).refused())?;
            (added, known) = (added + merged.0, known + merged.1);
        }
        save(&self.notes, &mut notes)?;
        context.say(&match context.lang {
            Lang::Zh => format!("{}：新增 {added} 条，原有 {known} 条", self.notes.display()),
            Lang::En => format!("{}: {added} notes added, {known} were there", self.notes.display()),
        })?;
        Ok(Exit::Done)
    }
}

impl Texts {
    /// Opens the batches, and the notes where there are any.
    pub fn open(self, notes: Option<&Path>, context: &Context) -> Result<Desk, Failure> {
        let opened = self.intake.office.read()?;
        check_round(&opened.plan, self.round.as_deref())?;
        let notes = match notes {
            Some(path) => read_notes(path, &opened.plan)?,
            None => Notes::new(&opened.plan.id),
        };
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        if account.balance.waiting > 0 {
            return Err(SuggestionsError::Sealed(account.balance.waiting).refused());
        }
        let said = gather(&taking.ledger, &account, self.round.as_deref());
        drop(account);
        let standings = notes.standings();
        let filter = Filter {
            search: self.search,
            tag: self.tagged,
            unit: self.of_unit,
            indicator: self.of_indicator,
            item: self.of_item,
            shown: self.shown,
        };
        Ok(Desk { opened, taking, said, notes, standings, filter, ids: self.id })
    }

    /// Whether anything was said about which texts.
    pub fn chooses(&self) -> bool {
        let texts = [&self.search, &self.tagged, &self.of_unit, &self.of_indicator, &self.of_item];
        !self.id.is_empty() || self.shown != Shown::All || texts.iter().any(|text| !text.is_empty())
    }
}

impl Desk {
    pub fn plan(&self) -> &Plan {
        &self.opened.plan
    }

    /// The texts that were asked for.
    ///
    /// # Errors
    /// An id that no text has, or several.
    pub fn wanted(&self) -> Result<Vec<&Said>, Failure> {
        for id in &self.ids {
            let with = self.said.iter().filter(|said| said.id.as_str().starts_with(id.as_str())).count();
            if with != 1 || id.len() < 4 {
                return Err(SuggestionsError::UnknownId(id.clone(), with).refused());
            }
        }
        let named = |said: &Said| self.ids.is_empty() || self.ids.iter().any(|id| said.id.as_str().starts_with(id));
        let fits = |said: &&Said| named(said) && self.filter.fits(said, self.standings.get(&said.id));
        Ok(self.said.iter().filter(fits).collect())
    }

    /// Writes notes, one after the other.
    pub fn write(&mut self, path: &Path, by: &str, all: Vec<(Vec<Digest>, NoteStep)>) -> Result<(), Failure> {
        for (of, step) in all {
            let made = self.notes.make(by, now()?, of, step);
            self.notes.take(made.ok_or_else(|| SuggestionsError::NothingSaid.refused())?);
        }
        save(path, &mut self.notes)
    }

    /// Says what became of the batches.
    pub fn tell(&self, context: &Context) -> Exit {
        findings::tell(&self.taking, &self.taking.ledger.account(), self.opened.roster.as_ref(), context)
    }
}
