use crate::import::{Finding, ImportError, Imported, LONGEST, MediaFile, Options, Weight, read};
use crate::native::cli::{
    Cell, Column, Context, Exit, Failure, FileError, Format, Lang, Table, Told, Words, read_text,
};
use crate::native::files::{Access, create};
use clap::Args;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Makes a plan of an XLSForm workbook (.xlsx of ODK, Kobo, SurveyCTO), and says what could not be carried over.
///
/// The plan goes to --out, or to standard output. A workbook does not say who asks, why, and what becomes of the answers:
/// give them here, or write them into the plan; until then `minping plan check` names them. docs/xlsform.md lists what is
/// carried over, and the sheets and columns of our own (units, scales, indicators …).
///
/// Ends with 0 when a plan was written, also where something is left to mend in it; 1 when the workbook cannot be read, 3
/// when a file cannot.
#[derive(Args)]
pub struct Import {
    /// The workbook (.xlsx)
    file: PathBuf,
    /// The plan file to make; one that is there is left alone. Without it the plan goes to standard output and what was
    /// found to standard error
    #[arg(long, short)]
    out: Option<PathBuf>,
    /// Who asks: `TEXT`, or `en=TEXT` for each language
    #[arg(long, value_name = "TEXT")]
    asker: Vec<String>,
    /// Why: one or two sentences for the first screen
    #[arg(long, value_name = "TEXT")]
    purpose: Vec<String>,
    /// What becomes of the answers, read before the first question
    #[arg(long, value_name = "TEXT")]
    notice: Vec<String>,
    /// The plan's id; by default after the settings' form_id
    #[arg(long)]
    id: Option<String>,
    /// Language tag of columns that name none, such as `zh`
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// A plan that gets the questionnaire and its lists; those with the same ids are replaced. The file itself is not changed
    #[arg(long, value_name = "PLAN")]
    into: Option<PathBuf>,
    /// The folder with the pictures that labels name (PNG, JPEG, WebP; at most 100 kB each, 1 MB in all): they are put into
    /// the plan
    #[arg(long, value_name = "FOLDER")]
    media: Option<PathBuf>,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: [Column; 7] = [
    Column::new("weight", "程度", "weight"),
    Column::new("code", "代码", "code"),
    Column::new("sheet", "工作表", "sheet"),
    Column::new("rows", "行", "rows"),
    Column::new("column", "列", "column"),
    Column::new("found", "发现", "found"),
    Column::new("advice", "怎么办", "what to do"),
];

impl Import {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let bytes = read_bytes(&self.file)?;
        let name = self.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let options = Options {
            name,
            id: self.id,
            language: self.language,
            asker: texts(self.asker),
            purpose: texts(self.purpose),
            notice: texts(self.notice),
            into: self.into.as_deref().map(read_text).transpose()?,
            media: self.media.as_deref().map(read_folder).transpose()?,
        };
        let Imported { plan, findings } = read(&bytes, &options)
            .map_err(|error| Failure::told(Exit::Refused, Refused { path: self.file.clone(), error }))?;
        let shown = match self.format {
            Format::Table => describe(&self.file, &findings, context.lang),
            Format::Csv => table(&findings, context.lang).to_csv(),
            Format::Json => table(&findings, context.lang).to_json(),
        };
        match &self.out {
            Some(path) => {
                create(path, plan.as_bytes(), Access::Usual)?;
                context.print(&shown)?;
            }
            None => {
                aside!("{}", shown.trim_end());
                context.print(&plan)?;
            }
        }
        Ok(Exit::Done)
    }
}

/// More of a file than a picture may have says that it is too large.
const MOST_OF_FILE: u64 = 200_000;

/// The files of a folder, without those in folders of it.
fn read_folder(folder: &Path) -> Result<Vec<MediaFile>, FileError> {
    let failed = |cause| FileError::new("read", folder, cause);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| path.is_file()) {
            files.push(MediaFile { name: name.to_owned(), bytes: read_at_most(&path, MOST_OF_FILE)? });
        }
    }
    Ok(files)
}

/// A workbook of any size is not taken into memory.
fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    read_at_most(path, LONGEST as u64 + 1)
}

fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(|cause| FileError::new("read", path, cause))?;
    Ok(bytes)
}

/// `en=Text` is a text in English; without a tag it is one in the first language.
fn texts(arguments: Vec<String>) -> Vec<(Option<String>, String)> {
    let split = |argument: String| match argument.split_once('=') {
        Some((tag, text))
            if (2..=12).contains(&tag.len())
                && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && tag.split('-').next().is_some_and(|language| language.len() <= 3) =>
        {
            (Some(tag.to_owned()), text.to_owned())
        }
        _ => (None, argument),
    };
    arguments.into_iter().map(split).collect()
}

fn table(findings: &[Finding], lang: Lang) -> Table {
    let mut table = Table::new(&COLUMNS);
    for finding in findings {
        let rows: Vec<String> = finding.rows.iter().map(u32::to_string).collect();
        table.push(vec![
            Cell::text(finding.weight.name()),
            Cell::text(finding.code),
            Cell::text(&finding.sheet),
            Cell::text(rows.join(" ")),
            Cell::text(&finding.column),
            Cell::text(finding.found(lang.tag())),
            Cell::text(finding.advice(lang.tag())),
        ]);
    }
    table
}

/// What people read: the file and how much was found, then each finding under its place.
pub(super) fn describe(path: &Path, findings: &[Finding], lang: Lang) -> String {
    let mut counts = Vec::new();
    for weight in Weight::ALL {
        let number = findings.iter().filter(|finding| finding.weight == weight).count();
        if number > 0 {
            counts.push(format!("{} {number}", weight.label(lang.tag())));
        }
    }
    let verdict = match counts.is_empty() {
        true => lang.pick(Words { zh: "全部转入", en: "all carried over" }).to_owned(),
        false => counts.join(lang.pick(Words { zh: "，", en: ", " })),
    };
    let mut text = format!("{}: {verdict}\n", path.display());
    for finding in findings {
        let tag = lang.tag();
        let place = finding.place(tag);
        for line in [
            format!("  {} {} {place}", finding.weight.label(tag), finding.code),
            format!("      {}", finding.found(tag)),
            format!("      → {}", finding.advice(tag)),
        ] {
            // A workbook's own words must not break the lines, nor reach the terminal as commands.
            text.extend(line.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }));
            text.push('\n');
        }
    }
    text
}

/// A workbook that is not taken, and its file.
#[derive(Debug)]
struct Refused {
    path: PathBuf,
    error: ImportError,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for Refused {}

impl Told for Refused {
    fn zh(&self) -> String {
        format!("{}：{}", self.path.display(), self.error.told("zh"))
    }
}
