use calamine::{Data, DataRef, Reader, Xlsx};
use std::fmt;
use std::io::{Cursor, Read, copy, sink};

/// Most bytes of a workbook's file.
pub const LONGEST: usize = 32 << 20;
/// Most bytes of what is in it, unpacked: a file of some kB can hold gigabytes.
const MOST_UNPACKED: u64 = 128 << 20;
/// Most filled cells.
const MOST_CELLS: usize = 2_000_000;
/// Most sheets, rows and columns of a sheet that are looked at.
const MOST_SHEETS: usize = 200;
const MOST_ROWS: u32 = 400_000;
const MOST_COLUMNS: u32 = 1_000;

/// Why a file is not read as a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// An older or other kind of workbook: which.
    OtherKind(&'static str),
    /// No workbook, or a damaged one: what the reader says.
    Unreadable(String),
    /// Locked with a password.
    Locked,
    /// More than this program takes in: of what.
    TooLarge(&'static str),
    /// What the questionnaire should go into is no plan: why.
    NotAPlan(String),
    /// A workbook without a sheet of questions; the sheets that it has.
    NoSurvey(Vec<String>),
}

impl ImportError {
    /// What was found and what to do, in Chinese for a `zh` tag and in English for any other.
    pub fn told(&self, language: &str) -> String {
        let zh = language.starts_with("zh");
        match self {
            ImportError::OtherKind(kind) if zh => format!("这是 {kind} 文件；请在电子表格软件中另存为 .xlsx 再试"),
            ImportError::OtherKind(kind) => {
                format!("this is a file of the kind {kind}; save it as .xlsx and try again")
            }
            ImportError::Unreadable(why) if zh => format!("不是可读的 .xlsx 工作簿（{why}）；请重新另存为 .xlsx"),
            ImportError::Unreadable(why) => {
                format!("this is no .xlsx workbook that can be read ({why}); save it anew as .xlsx")
            }
            ImportError::Locked if zh => "工作簿有密码；请去掉密码后再试".to_owned(),
            ImportError::Locked => "the workbook has a password; remove it and try again".to_owned(),
            ImportError::TooLarge(what) if zh => {
                let what = match *what {
                    "bytes" => "文件超过 32 MB",
                    "unpacked bytes" => "解压后超过 128 MB",
                    "sheets" => "工作表超过 200 张",
                    "rows" => "一张表超过 400000 行",
                    _ => "单元格超过 2000000 个",
                };
                format!("工作簿太大：{what}；请去掉与问卷无关的内容")
            }
            ImportError::TooLarge(what) => {
                let most = match *what {
                    "bytes" | "unpacked bytes" => {
                        if *what == "bytes" {
                            "32 MB"
                        } else {
                            "128 MB unpacked"
                        }
                    }
                    "sheets" => "200 sheets",
                    "rows" => "400,000 rows in a sheet",
                    _ => "2,000,000 cells",
                };
                format!("the workbook is too large: more than {most}; remove what the form does not need")
            }
            ImportError::NotAPlan(why) if zh => format!("要放入的文件不是方案（{why}）；请选择方案的 JSON 文件"),
            ImportError::NotAPlan(why) => {
                format!("what it should go into is no plan ({why}); name the JSON file of a plan")
            }
            ImportError::NoSurvey(sheets) if zh => {
                format!("没有名为 `survey` 的工作表（现有：{}）；请把题目放在 `survey` 表中", sheets.join("、"))
            }
            ImportError::NoSurvey(sheets) => {
                format!("there is no sheet `survey` (there are: {}); put the questions into one", sheets.join(", "))
            }
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told("en"))
    }
}

impl std::error::Error for ImportError {}

/// A workbook as texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Workbook {
    pub sheets: Vec<Grid>,
}

/// One sheet: its filled cells in the order of rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub name: String,
    /// Row numbers as spreadsheets show them, from 1.
    pub rows: Vec<(u32, Vec<Filled>)>,
}

/// A cell with something in it.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub column: u32,
    pub text: String,
    /// Where the spreadsheet has an error such as `#REF!`.
    pub error: bool,
}

impl Workbook {
    /// Reads the texts of all sheets.
    pub fn parse(bytes: &[u8]) -> Result<Workbook, ImportError> {
        if bytes.len() > LONGEST {
            return Err(ImportError::TooLarge("bytes"));
        }
        weigh(bytes)?;
        let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
        let names = file.sheet_names();
        if names.len() > MOST_SHEETS {
            return Err(ImportError::TooLarge("sheets"));
        }
        let (mut workbook, mut cells) = (Workbook::default(), 0);
        for name in names {
            let mut grid = Grid { name: name.clone(), rows: Vec::new() };
            // A sheet of another kind, such as a chart, has no cells.
            if let Ok(mut reader) = file.worksheet_cells_reader(&name) {
                while let Some(cell) = reader.next_cell().map_err(unreadable)? {
                    let (row, column) = cell.get_position();
                    let Some((text, error)) = text_of(cell.get_value()) else { continue };
                    cells += 1;
                    if cells > MOST_CELLS {
                        return Err(ImportError::TooLarge("cells"));
                    }
                    if row >= MOST_ROWS {
                        return Err(ImportError::TooLarge("rows"));
                    }
                    if column >= MOST_COLUMNS {
                        continue;
                    }
                    let filled = Filled { column, text, error };
                    match grid.rows.last_mut() {
                        Some((last, filled_cells)) if *last == row + 1 => filled_cells.push(filled),
                        _ => grid.rows.push((row + 1, vec![filled])),
                    }
                }
            }
            // A file may give its rows in any order, and a row in parts.
            grid.rows.sort_by_key(|(row, _)| *row);
            grid.rows.dedup_by(|later, earlier| {
                let same = later.0 == earlier.0;
                if same {
                    earlier.1.append(&mut later.1);
                }
                same
            });
            workbook.sheets.push(grid);
        }
        Ok(workbook)
    }
}

/// Unpacks everything once and throws it away: what a packed file says of its own size need not be true, and the reader
/// of workbooks takes it all in.
fn weigh(bytes: &[u8]) -> Result<(), ImportError> {
    match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            // Workbooks with a password are kept in the container of the old kind.
            let marks: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let locked = bytes.windows(marks.len()).any(|window| window == marks);
            return Err(if locked { ImportError::Locked } else { ImportError::OtherKind(".xls") });
        }
        [b'P', b'K', ..] => {}
        _ => return Err(ImportError::Unreadable("not a packed file".to_owned())),
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(unreadable)?;
        if entry.name().is_ok_and(|name| name == "mimetype") {
            return Err(ImportError::OtherKind(".ods"));
        }
        let unpacked = copy(&mut entry.take(left + 1), &mut sink()).map_err(unreadable)?;
        left = left.checked_sub(unpacked).ok_or(ImportError::TooLarge("unpacked bytes"))?;
    }
    Ok(())
}

fn unreadable(error: impl fmt::Display) -> ImportError {
    let why: String = error.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    ImportError::Unreadable(why)
}

/// The text of a cell as pyxform reads it: whole numbers without a point, `TRUE` and `FALSE`, days and times in ISO 8601.
/// The flag says that the spreadsheet has an error there.
fn text_of(value: &DataRef) -> Option<(String, bool)> {
    let text = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Error(error) => return Some((error.to_string(), true)),
        DataRef::DateTime(moment) if moment.is_duration() || moment.as_f64() < 0.0 => {
            Data::from(DataRef::DateTime(*moment)).to_string()
        }
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let time = format!("{hour:02}:{minute:02}:{second:02}");
            match (moment.as_f64() < 1.0, moment.as_f64().fract() == 0.0) {
                (true, _) => time,
                (false, true) => date,
                (false, false) => [date, "T".to_owned(), time].concat(),
            }
        }
    };
    (!text.trim().is_empty()).then_some((text, false))
}
