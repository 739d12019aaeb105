use super::demo::day;
use super::intake::Intake;
use super::round::check_round;
use super::{Context, Exit, Failure, FileError, Lang, Told, findings};
use crate::export::{Keep, NotMade, Order, SavError, SavNotes, Which, write_parquet};
use crate::language::Language;
use crate::native::files::{self, Access};
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

/// Why nothing is written.
#[derive(Debug)]
enum ExportError {
    Sealed(u64),
    NotMade(NotMade),
    /// Records are no published data.
    NotForPublication,
    Exists(PathBuf),
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
        let with = |what| self.with.contains(&what);
        let day = day::write(day::of(SystemTime::now()));
        let order = Order {
            ledger: &taking.ledger,
            account: &account,
            round: self.round.as_deref(),
            keep: Keep {
                ids: with(With::Ids),
                words: with(With::Words),
                places: with(With::Places),
                attachments: with(With::Attachments),
            },
            published: self.publish,
            places: self.places,
            day: &day,
            language: context.lang,
        };
        let notes = self.write(&order).map_err(|error| match error {
            ExportError::Io(cause) => Failure::from(FileError::new("create", &self.out, cause)),
            error => refused(error),
        })?;
        tell_notes(&notes, context.lang);
        context.say(&self.out.display().to_string())?;
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

impl Export {
    fn write(&self, order: &Order<'_>) -> Result<SavNotes, ExportError> {
        let out = &self.out;
        match self.format {
            Kind::Csv => files::create_folder(out, |folder| {
                order.csv(|name, write| files::create_with(&folder.join(name), Access::Owner, |file| write(file)))
            })?,
            Kind::Parquet => files::create_folder(out, |folder| parquet(order, folder))?,
            Kind::Sav => {
                let written = files::create_with(out, Access::Owner, |file| order.sav(self.data, file));
                return written.map_err(|error| match error {
                    SavError::Io(cause) => ExportError::Io(cause),
                    error => ExportError::NotMade(NotMade::Sav(error)),
                });
            }
            Kind::Ddi => self.file(order.ddi(self.data).as_bytes(), Access::Usual)?,
            Kind::Published => self.file(order.published()?.as_bytes(), Access::Usual)?,
            Kind::Xlsx => {
                self.file(&order.workbook()?, if self.publish { Access::Usual } else { Access::Owner })?;
            }
        }
        Ok(SavNotes::default())
    }

    fn file(&self, bytes: &[u8], access: Access) -> io::Result<()> {
        files::create_with(&self.out, access, |file| file.write_all(bytes))
    }
}

fn parquet(order: &Order<'_>, folder: &Path) -> io::Result<()> {
    let (records, grades) = (order.data(Which::Records), order.data(Which::Grades));
    for data in [&records, &grades] {
        let open = |place: &crate::export::Place| {
            let path = folder.join(place.as_str());
            std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
            owned(&path)
        };
        write_parquet(data, open, |file| file.sync_all())?;
    }
    let codebook = order.codebook(&[&records, &grades]).to_csv();
    files::create_with(&folder.join("codebook.csv"), Access::Owner, |file| file.write_all(codebook.as_bytes()))
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
            true => aside!("minping: {count} 个变量换了 SPSS 可用的名称，例如 {from} → {to}；顺序与编码本一致"),
            false => aside!(
                "minping: {count} variables have names that SPSS takes, such as {to} for {from}; in the order of the codebook"
            ),
        }
    }
    let lists = [
        (&notes.labels_cut, "标签过长，已截短", "labels cut to what SPSS takes"),
        (&notes.texts_cut, "文字过长，截至 32767 字节", "texts cut at 32,767 bytes"),
    ];
    for (names, in_chinese, in_english) in lists.into_iter().filter(|(names, ..)| !names.is_empty()) {
        aside!("minping: {}: {}", if zh { in_chinese } else { in_english }, names.join(", "));
    }
}

impl From<NotMade> for ExportError {
    fn from(why: NotMade) -> ExportError {
        ExportError::NotMade(why)
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
            ExportError::NotMade(why) => f.write_str(&why.told(Language::En)),
            ExportError::NotForPublication => f.write_str(
                "--publish: these files hold records of single persons, which are not published; choose --format xlsx or published",
            ),
            ExportError::Exists(path) => write!(f, "{}: is there already; choose another name", path.display()),
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
            ExportError::NotMade(why) => why.told(Language::Zh),
            ExportError::NotForPublication => {
                "--publish：这些文件里是各人的答卷，不公布；请选择 --format xlsx 或 published".to_owned()
            }
            ExportError::Exists(path) => format!("{}：已经存在；请换一个名字", path.display()),
            ExportError::Io(error) => error.to_string(),
        }
    }
}
