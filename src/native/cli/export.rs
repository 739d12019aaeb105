use super::demo::day;
use super::intake::Intake;
use super::round::check_round;
use super::{Context, Exit, Failure, FileError, Lang, Told, findings};
use crate::export::{
    Book, DataSet, Keep, RoundTold, SavError, SavNotes, Study, WorkbookError, codebook, ddi, publish, workbook,
    write_csv, write_parquet, write_sav,
};
use crate::ledger::{Account, Ledger};
use crate::native::files::{self, Access};
use crate::plan::{pick, prose};
use crate::report::suggestions;
use crate::scores::{Counted, Scored, scored};
use crate::tally::{KnowledgeQuestion, combined, knowledge};
use clap::{Args, ValueEnum};
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Two tables: `records` has one row for each record that counts and a column for each item; `grades` one row for each grade
/// that was asked for. A missing answer is never a value: the reason (not asked, blank, refused, don't know) stands in a column
/// of its own, or is a code below zero that is declared missing. Ids of records, people's own words, places and names of photos
/// stay inside unless --with names them. See docs/exports.md. Exit code 1 when something was refused, kept apart, not opened or
/// missing; what counts is written all the same.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    intake: Intake,
    /// What to write
    #[arg(long, value_enum)]
    format: Kind,
    /// New file; with csv and parquet a new folder
    #[arg(long, value_name = "FILE|FOLDER")]
    out: PathBuf,
    /// Id of the round; by default all rounds, and with xlsx the last that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// What else may leave the office, with commas between
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    with: Vec<With>,
    /// sav, ddi: which table
    #[arg(long, value_enum, default_value_t)]
    data: Which,
    /// xlsx: for publication, without records and people's words, and with small counts withheld
    #[arg(long)]
    publish: bool,
    /// xlsx, published: decimal places, halves rounded up
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=12))]
    places: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// One workbook for Excel, WPS, LibreOffice: results, classes, distribution, suggestions, codebook, records
    Xlsx,
    /// A folder with records.csv, grades.csv and codebook.csv
    Csv,
    /// A folder of Parquet files, divided by round and stratum, for DuckDB, Spark, pandas, Arrow
    Parquet,
    /// One SPSS file with labels and declared missing values, also for PSPP, R, Stata
    Sav,
    /// Metadata for archives and catalogues: DDI-Codebook 2.5 (XML); no counts of answers
    Ddi,
    /// The published numbers as JSON, for `minping recompute`
    Published,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum With {
    /// Ids of records, to put quality flags beside them
    Ids,
    /// What people wrote or hid in texts, barcodes, calculations
    Words,
    /// Places on the Earth
    Places,
    /// Names of photos, drawings and recordings
    Attachments,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Which {
    /// One row for each record
    #[default]
    Records,
    /// One row for each grade
    Grades,
}

/// Why nothing is written.
#[derive(Debug)]
enum ExportError {
    Sealed(u64),
    NoRecord,
    /// Records are no published data.
    NotForPublication,
    Exists(PathBuf),
    Sav(SavError),
    Workbook(WorkbookError),
    Io(io::Error),
}

impl Export {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.publish && matches!(self.format, Kind::Csv | Kind::Parquet | Kind::Sav) {
            return Err(Failure::told(Exit::Usage, ExportError::NotForPublication));
        }
        let refused = |error| Failure::told(Exit::Refused, error);
        let is_empty = |path: &Path| path.read_dir().is_ok_and(|mut entries| entries.next().is_none());
        let folder = matches!(self.format, Kind::Csv | Kind::Parquet);
        if self.out.exists() && !(folder && is_empty(&self.out)) {
            return Err(refused(ExportError::Exists(self.out)));
        }
        let opened = self.intake.office.read()?;
        check_round(&opened.plan, self.round.as_deref())?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        if account.balance.waiting > 0 {
            return Err(refused(ExportError::Sealed(account.balance.waiting)));
        }
        let writer = Writer { command: &self, ledger: &taking.ledger, account: &account, language: context.lang };
        let notes = writer.write().map_err(|error| match error {
            ExportError::Io(cause) => Failure::from(FileError::new("create", &self.out, cause)),
            error => refused(error),
        })?;
        tell_notes(&notes, context.lang);
        context.say(&self.out.display().to_string())?;
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

struct Writer<'a> {
    command: &'a Export,
    ledger: &'a Ledger,
    account: &'a Account<'a>,
    language: Lang,
}

impl Writer<'_> {
    fn write(&self) -> Result<SavNotes, ExportError> {
        let (out, plan) = (&self.command.out, self.ledger.codebook().plan());
        let day = day::write(day::of(SystemTime::now()));
        let mut notes = SavNotes::default();
        match self.command.format {
            Kind::Csv => files::create_folder(out, |folder| self.csv(folder))?,
            Kind::Parquet => files::create_folder(out, |folder| self.parquet(folder))?,
            Kind::Sav => {
                let data = self.data(self.command.data);
                let title = prose::plain(pick(&plan.title, self.language.tag(), ""));
                notes = files::create_with(out, Access::Owner, |file| {
                    write_sav(plan, &data, &title, &day, self.language, file)
                })
                .map_err(|error| match error {
                    SavError::Io(cause) => ExportError::Io(cause),
                    error => ExportError::Sav(error),
                })?;
            }
            Kind::Ddi => {
                let software = concat!("minping ", env!("CARGO_PKG_VERSION"));
                let text = ddi(self.ledger.codebook(), &self.data(self.command.data), Study { day: &day, software });
                self.file(out, text.as_bytes(), Access::Usual)?;
            }
            Kind::Published => {
                let rounds = self.rounds(true)?;
                let text = publish(self.ledger.codebook(), &rounds, self.command.places, self.language);
                self.file(out, text.as_bytes(), Access::Usual)?;
            }
            Kind::Xlsx => {
                let bytes = self.workbook(&day)?;
                let access = if self.command.publish { Access::Usual } else { Access::Owner };
                self.file(out, &bytes, access)?;
            }
        }
        Ok(notes)
    }

    fn file(&self, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
        files::create_with(path, access, |file| file.write_all(bytes))
    }

    fn data(&self, which: Which) -> DataSet<'_> {
        let with = |what| self.command.with.contains(&what);
        let keep = Keep {
            ids: with(With::Ids),
            words: with(With::Words),
            places: with(With::Places),
            attachments: with(With::Attachments),
        };
        let codebook = self.ledger.codebook();
        let data = match which {
            Which::Records => DataSet::records(codebook, self.account, keep),
            Which::Grades => DataSet::grades(codebook, self.account, keep),
        };
        data.of_round(codebook, self.command.round.as_deref())
    }

    fn codebook(&self, folder: &Path, sets: &[&DataSet<'_>]) -> Result<(), ExportError> {
        let table = codebook(self.ledger.codebook().plan(), sets, self.language);
        Ok(self.file(&folder.join("codebook.csv"), table.to_csv().as_bytes(), Access::Owner)?)
    }

    fn csv(&self, folder: &Path) -> Result<(), ExportError> {
        let (records, grades) = (self.data(Which::Records), self.data(Which::Grades));
        for data in [&records, &grades] {
            let path = folder.join(data.name).with_extension("csv");
            files::create_with(&path, Access::Owner, |file| write_csv(data, file))?;
        }
        self.codebook(folder, &[&records, &grades])
    }

    fn parquet(&self, folder: &Path) -> Result<(), ExportError> {
        let (records, grades) = (self.data(Which::Records), self.data(Which::Grades));
        for data in [&records, &grades] {
            let open = |place: &crate::export::Place| {
                let path = folder.join(place.as_str());
                std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
                owned(&path)
            };
            write_parquet(data, open, |file| file.sync_all())?;
        }
        self.codebook(folder, &[&records, &grades])
    }

    /// Results and knowledge of the wanted rounds that have a record, as published or as they are.
    fn rounds(&self, published: bool) -> Result<Vec<RoundTold>, ExportError> {
        let codebook = self.ledger.codebook();
        let plan = codebook.plan();
        let counted = self.account.counted.iter();
        let all = Counted::of_rows(codebook.clone(), counted.clone().map(|(_, row)| *row));
        let wanted = plan.rounds.iter().filter(|round| self.command.round.as_ref().is_none_or(|id| *id == round.id));
        let made = wanted.filter_map(|round| scored(&all, &round.id));
        let has_records = |made: &Scored| made.results.records != Some(0) || made.results.screened_out != Some(0);
        let made = made.filter(has_records);
        let smallest = plan.privacy.smallest_cell;
        let made: Vec<_> = made
            .map(|found| {
                let known = knowledge(codebook, counted.clone().map(|(id, row)| (*id, *row)), &found.results.round);
                let known = known.filter(|known| known.questions.iter().any(KnowledgeQuestion::is_asked));
                let rows = counted.clone().map(|(id, row)| (*id, *row));
                let whole = combined(codebook, rows, &found.results);
                if !published {
                    return RoundTold { scored: found, known, combined: whole };
                }
                let scored = found.published(smallest);
                let combined = whole.map(|whole| whole.published(&plan.parts, &scored.results, smallest));
                RoundTold { scored, known: known.map(|known| known.published(smallest)), combined }
            })
            .collect();
        if made.is_empty() { Err(ExportError::NoRecord) } else { Ok(made) }
    }

    fn workbook(&self, day: &str) -> Result<Vec<u8>, ExportError> {
        let codebook_of = self.ledger.codebook();
        let plan = codebook_of.plan();
        let publish = self.command.publish;
        let mut rounds = self.rounds(publish)?;
        let RoundTold { scored: found, known, .. } = rounds.pop().ok_or(ExportError::NoRecord)?;
        let data = self.data(Which::Records).of_round(codebook_of, Some(&found.results.round));
        let said = if publish { Vec::new() } else { suggestions(self.ledger, self.account, &found.results.round) };
        let book = Book {
            plan,
            scored: &found,
            knowledge: known.as_ref(),
            suggestions: &said,
            codebook: &codebook(plan, &[&data], self.language),
            data: (!publish).then_some(&data),
            published: publish,
            places: self.command.places,
            day,
            language: self.language,
        };
        workbook(&book).map_err(ExportError::Workbook)
    }
}

/// A new file that only its owner reads.
fn owned(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn tell_notes(notes: &SavNotes, lang: Lang) {
    let zh = lang == Lang::Zh;
    if let Some((from, to)) = notes.renamed.first() {
        let count = notes.renamed.len();
        match zh {
            true => eprintln!("minping: {count} 个变量换了 SPSS 可用的名称，例如 {from} → {to}；顺序与编码本一致"),
            false => eprintln!(
                "minping: {count} variables have names that SPSS takes, such as {to} for {from}; in the order of the codebook"
            ),
        }
    }
    let lists = [
        (&notes.labels_cut, "标签过长，已截短", "labels cut to what SPSS takes"),
        (&notes.texts_cut, "文字过长，截至 32767 字节", "texts cut at 32,767 bytes"),
    ];
    for (names, in_chinese, in_english) in lists.into_iter().filter(|(names, ..)| !names.is_empty()) {
        eprintln!("minping: {}: {}", if zh { in_chinese } else { in_english }, names.join(", "));
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> ExportError {
        ExportError::Io(error)
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to write them")
            }
            ExportError::NoRecord => f.write_str("no record counts in any of these rounds, so there is nothing to write"),
            ExportError::NotForPublication => f.write_str(
                "--publish: these files hold records of single persons, which are not published; choose --format xlsx or published",
            ),
            ExportError::Exists(path) => write!(f, "{}: is there already; choose another name", path.display()),
            ExportError::Sav(error) => error.fmt(f),
            ExportError::Workbook(error) => error.fmt(f),
            ExportError::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ExportError {}

impl Told for ExportError {
    fn zh(&self) -> String {
        match self {
            ExportError::Sealed(count) => {
                format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件再导出")
            }
            ExportError::NoRecord => "这些轮次都没有计入的答卷，无可导出".to_owned(),
            ExportError::NotForPublication => {
                "--publish：这些文件里是各人的答卷，不公布；请选择 --format xlsx 或 published".to_owned()
            }
            ExportError::Exists(path) => format!("{}：已经存在；请换一个名字", path.display()),
            ExportError::Sav(error) => error.zh(),
            ExportError::Workbook(error) => error.zh(),
            ExportError::Io(error) => error.to_string(),
        }
    }
}
