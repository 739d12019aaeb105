use std::fmt;

/// The longest name of a round, in characters.
pub(super) const LONGEST: usize = 60;

/// Why a table of earlier rounds is not taken.
#[derive(Debug)]
pub enum EarlierError {
    NotATable(csv::Error),
    NoColumn(&'static str),
    /// Two columns are the same.
    Twice(String),
    /// Neither scores nor rates.
    NoNumbers,
    NoRows,
    /// What is wrong in which lines, at most 50 of them.
    Faults(Vec<(u64, Fault)>),
}

/// What is wrong with one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Empty, too long, or with control characters.
    Round,
    UnknownUnit(String),
    UnknownIndicator(String),
    /// One that is made of others.
    NotALeaf(String),
    /// The indicator is not for this unit.
    NotAsked(String),
    NoNumber {
        column: &'static str,
        found: String,
    },
    OutOfRange {
        column: &'static str,
        found: String,
        low: String,
        high: String,
    },
    /// No number at all.
    Empty,
    /// A row of `minping estimate` that is neither a mean nor an index.
    OtherKind(String),
    /// An error without the number that it is of.
    Alone(&'static str),
    /// The same round, unit and indicator as this line.
    Twice(u64),
}

impl fmt::Display for EarlierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EarlierError::NotATable(cause) => {
                write!(f, "this is no CSV table in UTF-8 ({cause}); save it as `CSV UTF-8`")
            }
            EarlierError::NoColumn(name) => {
                write!(f, "the column `{name}` is missing; see docs/earlier.md for the columns")
            }
            EarlierError::Twice(name) => write!(f, "the column `{name}` is there twice; leave one"),
            EarlierError::NoNumbers => f.write_str("there is neither a column `score` nor `rate`; give one of them"),
            EarlierError::NoRows => f.write_str("the table has no rows; give one for each unit, or unit and indicator"),
            EarlierError::Faults(faults) => {
                for (at, (line, fault)) in faults.iter().enumerate() {
                    let between = if at == 0 { "" } else { "\n" };
                    write!(f, "{between}line {line}: {fault}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for EarlierError {}

impl EarlierError {
    /// As `Display`, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            EarlierError::NotATable(cause) => format!("不是 UTF-8 的 CSV 表格（{cause}）；请另存为“CSV UTF-8”"),
            EarlierError::NoColumn(name) => format!("缺少 `{name}` 一栏；各栏见 docs/earlier.md"),
            EarlierError::Twice(name) => format!("`{name}` 一栏出现两次；请只留一个"),
            EarlierError::NoNumbers => "既没有 `score`（得分）一栏，也没有 `rate`（满意率）；请给出其中之一".to_owned(),
            EarlierError::NoRows => "表格里没有数据行；每个对象、或对象的每个指标写一行".to_owned(),
            EarlierError::Faults(faults) => {
                let lines = faults.iter().map(|(line, fault)| format!("第 {line} 行：{}", fault.zh()));
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Round => write!(
                f,
                "the name of the round is empty, longer than {LONGEST} characters, or holds control characters"
            ),
            Fault::UnknownUnit(name) => {
                write!(f, "the plan has no unit `{name}`, or several of this name; give its id")
            }
            Fault::UnknownIndicator(name) => {
                write!(
                    f,
                    "the plan has no indicator `{name}`, or several of this name; give its id, or nothing for the index"
                )
            }
            Fault::NotALeaf(name) => write!(f, "the indicator `{name}` is made of others; give these"),
            Fault::NotAsked(name) => write!(f, "the indicator `{name}` is not asked of this unit"),
            Fault::NoNumber { column, found } => {
                write!(f, "`{column}` is `{found}`, which is no number; write such as 82.5")
            }
            Fault::OutOfRange { column, found, low, high } => {
                write!(f, "`{column}` is {found}, and can be {low} to {high} by the plan; is it on another scale?")
            }
            Fault::Empty => f.write_str("neither score nor rate; leave the line out where there is no number"),
            Fault::OtherKind(kind) => {
                write!(f, "a row of the kind `{kind}`; leave only means (`minping estimate --mean` or `--score`)")
            }
            Fault::Alone(column) => write!(f, "`{column}` without the number that it is of"),
            Fault::Twice(line) => write!(f, "the same round, unit and indicator as in line {line}; leave one"),
        }
    }
}

impl Fault {
    fn zh(&self) -> String {
        match self {
            Fault::Round => format!("轮次的名称为空、超过 {LONGEST} 字或含有控制字符"),
            Fault::UnknownUnit(name) => format!("方案里没有测评对象“{name}”，或有几个同名；请写编号"),
            Fault::UnknownIndicator(name) => format!("方案里没有指标“{name}”，或有几个同名；请写编号，综合指数则留空"),
            Fault::NotALeaf(name) => format!("指标“{name}”由下级指标组成；请写下级指标"),
            Fault::NotAsked(name) => format!("这个对象不问指标“{name}”"),
            Fault::NoNumber { column, found } => format!("`{column}` 是“{found}”，不是数；请写成 82.5 这样"),
            Fault::OutOfRange { column, found, low, high } => {
                format!("`{column}` 是 {found}，按方案只能在 {low} 到 {high} 之间；是否用了另一种量表？")
            }
            Fault::Empty => "既没有得分也没有满意率；没有数的行请去掉".to_owned(),
            Fault::OtherKind(kind) => {
                format!("这一行的种类是 `{kind}`；请只留均值（`minping estimate --mean` 或 `--score`）")
            }
            Fault::Alone(column) => format!("有 `{column}` 而没有它所属的数"),
            Fault::Twice(line) => format!("与第 {line} 行的轮次、对象和指标相同；请只留一行"),
        }
    }
}
