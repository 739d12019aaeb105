use std::fmt;

/// Why there is no estimate at all.
#[derive(Debug)]
pub enum EstimateError {
    /// The question contradicts itself.
    Invalid {
        what: &'static str,
        zh: &'static str,
    },
    /// The table cannot be read on.
    Read(csv::Error),
    Empty,
    NoRows,
    DuplicateColumn(String),
    UnknownColumn {
        found: String,
        known: Vec<String>,
    },
    /// Not UTF-8 at this line.
    NotText {
        line: u64,
    },
    Ragged {
        line: u64,
        cells: u64,
        columns: u64,
    },
    Blank {
        line: u64,
        column: String,
        role: Role,
    },
    NotANumber {
        line: u64,
        column: String,
        found: String,
    },
    /// A number of a kind that its role does not take.
    BadNumber {
        line: u64,
        column: String,
        found: String,
        role: Role,
    },
    NoPoints {
        line: u64,
        column: String,
        found: String,
    },
    UnknownLevel {
        column: String,
        found: String,
        known: Vec<String>,
    },
    ClusterInTwoStrata {
        cluster: String,
        strata: [String; 2],
    },
    SharedClusters {
        cluster: String,
    },
    PopulationVaries {
        unit: String,
        column: String,
    },
    PopulationMixed {
        column: String,
    },
    PopulationTooSmall {
        unit: String,
        population: f64,
        drawn: u64,
    },
    LonelyUnit {
        unit: String,
    },
    /// A category of the totals that nobody in the sample has.
    EmptyCategory {
        columns: Vec<String>,
        category: Vec<String>,
    },
    /// A category of the sample that the totals do not name (or name with 0).
    UnknownCategory {
        columns: Vec<String>,
        category: Vec<String>,
    },
    DuplicateCategory {
        columns: Vec<String>,
        category: Vec<String>,
    },
    BadTotal {
        columns: Vec<String>,
        category: Vec<String>,
        found: f64,
    },
    DifferentTotals {
        first: f64,
        other: f64,
        columns: Vec<String>,
    },
    NotConverged {
        rounds: u32,
        error: f64,
    },
    TooManyPairs {
        groups: usize,
    },
    BadOutcome {
        column: String,
        found: String,
    },
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Stratum,
    Cluster,
    Weight,
    Population,
    Count,
    Round,
    Margin,
    Group,
}

impl Role {
    fn en(self) -> &'static str {
        match self {
            Role::Stratum => "stratum",
            Role::Cluster => "cluster",
            Role::Weight => "weight",
            Role::Population => "population size",
            Role::Count => "count",
            Role::Round => "round",
            Role::Margin => "category of the known totals",
            Role::Group => "group",
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Role::Stratum => "层",
            Role::Cluster => "群",
            Role::Weight => "权数",
            Role::Population => "总体单位数",
            Role::Count => "份数",
            Role::Round => "轮次",
            Role::Margin => "已知总数的类别",
            Role::Group => "群体",
        }
    }

    fn takes(self) -> [&'static str; 2] {
        match self {
            Role::Count => ["a whole number from 0", "须为 0 或正整数"],
            Role::Population => ["a number above 0, or Inf", "须为大于 0 的数，或 Inf"],
            _ => ["a number from 0", "须为不小于 0 的数"],
        }
    }
}

impl fmt::Display for EstimateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use EstimateError::*;
        match self {
            Invalid { what, .. } => f.write_str(what),
            Read(_) => f.write_str("cannot read the table"),
            Empty => f.write_str("the table is empty; its first line must name the columns"),
            NoRows => f.write_str("the table has no rows under its first line"),
            DuplicateColumn(name) => write!(f, "two columns are named `{name}`; rename one"),
            UnknownColumn { found, known } => {
                write!(f, "the table has no column `{found}`; it has {}", list(known, ", "))
            }
            NotText { line } => write!(
                f,
                "line {line}: this is no UTF-8 text; if a spreadsheet saved it as GBK, give --encoding gbk, or save it as `CSV UTF-8`"
            ),
            Ragged { line, cells, columns } => {
                write!(f, "line {line}: {cells} cells under {columns} columns; quote cells that hold a comma")
            }
            Blank { line, column, role } => {
                write!(f, "line {line}, column `{column}`: the {} is blank; every row must have one", role.en())
            }
            NotANumber { line, column, found } => write!(
                f,
                "line {line}, column `{column}`: `{found}` is no number; if it means no answer, give --missing {found}"
            ),
            BadNumber { line, column, found, role } => {
                write!(
                    f,
                    "line {line}, column `{column}`: `{found}` cannot be a {}; it takes {}",
                    role.en(),
                    role.takes()[0]
                )
            }
            NoPoints { line, column, found } => write!(
                f,
                "line {line}, column `{column}`: --score gives no points for `{found}`; add it, or give --missing {found}"
            ),
            UnknownLevel { column, found, known } => {
                write!(f, "column `{column}` never holds `{found}`; it holds {}", list(known, ", "))
            }
            ClusterInTwoStrata { cluster, strata: [a, b] } => write!(
                f,
                "cluster `{cluster}` lies in the strata `{a}` and `{b}`; if its number begins anew in each stratum, give --nest"
            ),
            SharedClusters { cluster } => write!(
                f,
                "cluster `{cluster}` is in more than one round; say with --rounds shared that it is the same one, or with --rounds independent that it was drawn anew"
            ),
            PopulationVaries { unit, column } => {
                write!(f, "column `{column}` has more than one value within `{unit}`; a population has one size")
            }
            PopulationMixed { column } => write!(
                f,
                "column `{column}` has values above 1 and below 1; give sizes everywhere, or fractions everywhere"
            ),
            PopulationTooSmall { unit, population, drawn } => {
                write!(f, "`{unit}`: {drawn} units were drawn from a population of {population}; correct --fpc")
            }
            LonelyUnit { unit } => write!(
                f,
                "`{unit}` has a single sampled unit; join it to another, or choose --lonely adjust, certainty or average"
            ),
            EmptyCategory { columns, category } => write!(
                f,
                "nobody in the sample has {}, and its known total is above 0; join it to another category",
                pairs(columns, category)
            ),
            UnknownCategory { columns, category } => {
                write!(
                    f,
                    "the sample has {}, and the known totals give it nobody; add its total",
                    pairs(columns, category)
                )
            }
            DuplicateCategory { columns, category } => {
                write!(f, "the known totals name {} twice", pairs(columns, category))
            }
            BadTotal { columns, category, found } => {
                write!(f, "the known total of {} is {found}; it must be 0 or more", pairs(columns, category))
            }
            DifferentTotals { first, other, columns } => write!(
                f,
                "the known totals of {} add up to {other}, those before to {first}; they must agree to a relative 1e-9",
                list(columns, ", ")
            ),
            NotConverged { rounds, error } => write!(
                f,
                "raking did not converge in {rounds} rounds (largest relative error {error:e}); join small categories"
            ),
            TooManyPairs { groups } => {
                write!(f, "{groups} groups of --by make too many pairs for --difference; compare at most 1000")
            }
            BadOutcome { column, found } => write!(
                f,
                "column `{column}`: `{found}` is no outcome; they are I, P, R, NC, O, UH, UO and NE; map others with --codes {found}=NC"
            ),
        }
    }
}

impl std::error::Error for EstimateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            EstimateError::Read(error) => Some(error),
            _ => None,
        }
    }
}

impl EstimateError {
    /// The same for a clerk who reads Chinese.
    pub fn zh(&self) -> String {
        use EstimateError::*;
        match self {
            Invalid { zh, .. } => (*zh).to_owned(),
            Read(error) => format!("无法读取此表：{error}"),
            Empty => "表是空的；第一行须为列名".to_owned(),
            NoRows => "表的第一行之下没有数据".to_owned(),
            DuplicateColumn(name) => format!("有两列都叫 `{name}`；请改名"),
            UnknownColumn { found, known } => format!("表里没有 `{found}` 这一列；有 {}", list(known, "、")),
            NotText { line } => {
                format!(
                    "第 {line} 行：不是 UTF-8 文本；若是电子表格存成的 GBK，请加 --encoding gbk，或另存为“CSV UTF-8”"
                )
            }
            Ragged { line, cells, columns } => {
                format!("第 {line} 行：有 {cells} 格，应为 {columns} 列；含逗号的格子请加引号")
            }
            Blank { line, column, role } => {
                format!("第 {line} 行 `{column}` 列：{}是空的；每行都要有", role.zh())
            }
            NotANumber { line, column, found } => {
                format!("第 {line} 行 `{column}` 列：`{found}` 不是数；若表示没有回答，请加 --missing {found}")
            }
            BadNumber { line, column, found, role } => {
                format!("第 {line} 行 `{column}` 列：`{found}` 不能作{}；{}", role.zh(), role.takes()[1])
            }
            NoPoints { line, column, found } => {
                format!("第 {line} 行 `{column}` 列：--score 没有给 `{found}` 分值；请补上，或加 --missing {found}")
            }
            UnknownLevel { column, found, known } => {
                format!("`{column}` 列没有出现过 `{found}`；有 {}", list(known, "、"))
            }
            ClusterInTwoStrata { cluster, strata: [a, b] } => {
                format!("群 `{cluster}` 同时在层 `{a}` 和 `{b}` 中；若各层的群号各自编排，请加 --nest")
            }
            SharedClusters { cluster } => format!(
                "群 `{cluster}` 出现在多个轮次；若是同一个群请加 --rounds shared，若是重新抽取的请加 --rounds independent"
            ),
            PopulationVaries { unit, column } => format!("`{unit}` 内 `{column}` 列有不同的值；一个总体只有一个大小"),
            PopulationMixed { column } => {
                format!("`{column}` 列既有大于 1 的值也有小于 1 的值；请统一用总体大小或抽样比")
            }
            PopulationTooSmall { unit, population, drawn } => {
                format!("`{unit}`：总体只有 {population} 个，却抽了 {drawn} 个；请更正 --fpc")
            }
            LonelyUnit { unit } => {
                format!("`{unit}` 只抽到一个单位；请并入别的层，或选择 --lonely adjust、certainty 或 average")
            }
            EmptyCategory { columns, category } => {
                format!("样本中没有 {}，而其已知总数大于 0；请与别的类别合并", pairs(columns, category))
            }
            UnknownCategory { columns, category } => {
                format!("样本中有 {}，而已知总数里没有；请补上", pairs(columns, category))
            }
            DuplicateCategory { columns, category } => format!("已知总数里 {} 出现了两次", pairs(columns, category)),
            BadTotal { columns, category, found } => {
                format!("{} 的已知总数是 {found}；须为 0 或正数", pairs(columns, category))
            }
            DifferentTotals { first, other, columns } => {
                format!("{} 的已知总数合计 {other}，前面的合计 {first}；两者相对差须在 1e-9 以内", list(columns, "、"))
            }
            NotConverged { rounds, error } => {
                format!("迭代 {rounds} 轮后耙平仍未收敛（最大相对误差 {error:e}）；请合并小类别")
            }
            TooManyPairs { groups } => format!("--by 有 {groups} 组，两两比较太多；--difference 最多比较 1000 组"),
            BadOutcome { column, found } => format!(
                "`{column}` 列：`{found}` 不是结果代码；代码为 I、P、R、NC、O、UH、UO、NE；其他写法请用 --codes {found}=NC 对应"
            ),
        }
    }
}

/// The first of a long list.
fn list(names: &[String], between: &str) -> String {
    const SHOWN: usize = 30;
    let mut text = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between);
    if names.len() > SHOWN {
        text.push_str(&format!(" … ({})", names.len()));
    }
    text
}

fn pairs(columns: &[String], values: &[String]) -> String {
    columns.iter().zip(values).map(|(column, value)| format!("{column} = `{value}`")).collect::<Vec<_>>().join(", ")
}
