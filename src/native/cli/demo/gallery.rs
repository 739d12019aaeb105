//! The gallery: a page on which a newcomer finds every ready plan, tries it as a resident or a canvasser, and reads the
//! report of a simulated round. Files beside the app, made by the demo; `plans/index.json` tells the app that they are there.

mod page;

use super::super::intake::Office;
use super::super::office::Passphrase;
use super::super::simulate::{Conditions, write_round};
use super::super::{Context, Failure, FileError, Lang};
use super::day;
use super::office::{DemoOffice, ReadyLink, ReadyPlan};
use super::ready::{READY, Ready};
use crate::native::files::{self, Access};
use crate::native::publish::name_gallery;
use crate::plan::load;
use crate::report::{Asked, Part, document};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub const LANGUAGES: [Lang; 2] = [Lang::Zh, Lang::En];

/// Where it lies, relative to the app's pages; the first language's page is `index.html`.
const FOLDER: &str = "gallery";

/// People interviewed for each report: enough for intervals, and one small cell here or there.
const RECORDS: u32 = 240;

/// Everything that is shown. Holds no secret: those are asked of the office again where a report is made.
pub struct Gallery {
    folder: PathBuf,
    /// Simulated rounds, by plan: what a report was made of can be looked at.
    rounds: PathBuf,
    cards: Vec<Card>,
}

/// One plan of the gallery.
struct Card {
    ready: ReadyPlan,
    /// Rater group and address, for each group that is asked by link.
    links: Vec<(Option<String>, String)>,
}

impl Card {
    fn id(&self) -> &str {
        &self.ready.plan.id
    }

    fn is_of(&self, ready: &Ready) -> bool {
        load(ready.text).is_ok_and(|plan| plan.id == self.id())
    }

    /// The report's file: another plan or another office has another name.
    fn report(&self, language: Lang) -> String {
        [self.id(), ".", self.ready.published.listed.digest.short(), ".", language.tag(), ".html"].concat()
    }
}

impl Gallery {
    /// Writes the page and tells the app of it; reports come with [`Gallery::make_reports`].
    pub fn open(app: &Path, data: &Path, plans: Vec<ReadyPlan>, links: &[ReadyLink]) -> Result<Gallery, Failure> {
        let cards = plans.into_iter().enumerate().map(|(index, ready)| {
            let own = links.iter().filter(|link| link.plan == index);
            Card { ready, links: own.map(|link| (link.rater_group.clone(), link.url.clone())).collect() }
        });
        let gallery = Gallery { folder: app.join(FOLDER), rounds: data.join(FOLDER), cards: cards.collect() };
        for folder in [&gallery.folder, &gallery.rounds] {
            fs::create_dir_all(folder).map_err(|cause| FileError::new("create", folder, cause))?;
        }
        gallery.write_pages()?;
        name_gallery(app, &[FOLDER, "/"].concat())?;
        Ok(gallery)
    }

    fn write_pages(&self) -> Result<(), Failure> {
        for language in LANGUAGES {
            let there = |card: &Card| self.folder.join(card.report(language)).is_file();
            let text = page::page(&self.cards, language, &there);
            files::replace(&self.folder.join(page::file(language)), text.as_bytes(), Access::Usual)?;
        }
        Ok(())
    }

    /// Simulates a round of each plan whose report is not there yet, reports it in both languages, and links the reports on the
    /// pages one by one. One that cannot be made does not stop the others: `told` hears why.
    pub fn make_reports(&self, office: &DemoOffice, told: impl Fn(Failure)) {
        for (at, card) in self.cards.iter().enumerate() {
            if LANGUAGES.iter().any(|language| !self.folder.join(card.report(*language)).is_file()) {
                let made = self.make_report(office, card, at as u64 + 1).and_then(|()| self.write_pages());
                made.unwrap_or_else(&told);
            }
        }
    }

    fn make_report(&self, office: &DemoOffice, card: &Card, seed: u64) -> Result<(), Failure> {
        let context = Context { lang: Lang::En };
        let folder = self.rounds.join(card.id());
        // Of an earlier start that was stopped half way, or of an earlier build.
        match fs::remove_dir_all(&folder) {
            Err(cause) if folder.exists() => return Err(FileError::new("remove", &folder, cause).into()),
            _ => {}
        }
        let ready = READY.iter().find(|ready| card.is_of(ready)).expect("each card is of a ready plan");
        let plan = load(ready.text).expect("a test loads every ready plan");
        let conditions = Conditions {
            round: None,
            records: RECORDS,
            population: None,
            devices: 4,
            nonresponse: 0.3,
            bias: 0.0,
            careless: 0.05,
            coached: 0.0,
            cheaters: 1,
            gaps: 1,
            duplicates: 1,
            seed,
        };
        write_round(plan, &office.secrets, &folder, &conditions, &context)?;
        let files = Office {
            plan: folder.join("plan.json"),
            keys: Some(office.keys.clone()),
            passphrase: Passphrase { passphrase_file: Some(office.passphrase.clone()) },
            roster: Some(folder.join("devices.minping-roster")),
            decisions: None,
        };
        let taking = files.read()?.take_in(&files.plan, &[folder.join("batches")], &context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        let day = day::write(day::of(SystemTime::now()));
        for language in LANGUAGES {
            let asked = Asked { round: None, published: false, part: Part::Whole, remarks: "", day: &day, language };
            let text = document(&taking.ledger, &account, asked).expect("the round has records");
            files::replace(&self.folder.join(card.report(language)), text.as_bytes(), Access::Usual)?;
        }
        Ok(())
    }
}
