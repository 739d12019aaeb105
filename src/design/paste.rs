//! A table out of a spreadsheet: pasted (cells between tabs) or a CSV file, with what its columns hold.

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Not used.
    Other,
    Id,
    /// The name in a language, by its tag.
    Label(String),
    Group,
    Population,
    Target,
    Weight,
}

/// The rows of a table, all as long as its head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// What the first row called the columns; empty where it holds data.
    pub head: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

/// Words by which a head is known, as they are or as a part of it. The first that fits.
const KNOWN: &[(&str, &[&str])] = &[
    ("id", &["编号", "代码", "编码", "序号", "id", "code", "no"]),
    ("population", &["人口", "人数", "总数", "户数", "规模", "population", "people", "size", "total"]),
    ("target", &["目标", "样本", "配额", "份数", "target", "sample", "quota"]),
    ("weight", &["权重", "weight"]),
    ("group", &["类别", "分类", "分组", "类型", "所属", "class", "group", "category"]),
    ("en", &["英文", "英语", "english"]),
    (
        "label",
        &[
            "名称",
            "单位",
            "对象",
            "部门",
            "社区",
            "街道",
            "地区",
            "区县",
            "片区",
            "乡镇",
            "姓名",
            "label",
            "name",
            "unit",
            "stratum",
            "district",
            "community",
        ],
    ),
];

impl Pasted {
    /// Reads what was pasted or the text of a CSV file. Which columns there are is guessed; the person corrects it.
    /// `languages`: of the plan, the first one first.
    pub fn read(text: &str, languages: &[&str]) -> Pasted {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        let between = ['\t', ',', ';', '，'].into_iter().find(|mark| first.contains(*mark)).unwrap_or('\t');
        // A Chinese comma is no single byte, and stands in no quotes.
        let (text, between) =
            if between == '，' { (text.replace('，', "\t"), b'\t') } else { (text.to_owned(), between as u8) };
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(between).from_reader(text.as_bytes());
        let mut rows: Vec<Vec<String>> = reader
            .records()
            .filter_map(Result::ok)
            .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>())
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        rows.iter_mut().for_each(|row| row.resize(width, String::new()));
        let mut head = Vec::new();
        let numbers = |row: &[String]| row.iter().any(|cell| whole(cell).is_some());
        let known = |row: &[String]| row.iter().filter(|cell| named(cell).is_some()).count();
        // A head has names of columns and no numbers; one row alone is data unless it has nothing else.
        if rows.first().is_some_and(|row| known(row) > 0 && !numbers(row) && (rows.len() > 1) && !looks_like_data(row))
        {
            head = rows.remove(0);
        }
        let columns = recognise(&head, &rows, width, languages);
        Pasted { head, columns, rows }
    }

    /// The cells of a row that a column holds.
    pub fn cell<'a>(&self, row: &'a [String], wanted: &Column) -> Option<&'a str> {
        let at = self.columns.iter().position(|column| column == wanted)?;
        row.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// The name of a row in each language, the plan's order.
    pub fn labels<'a>(&'a self, row: &'a [String]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.columns.iter().zip(row).filter_map(|(column, cell)| match column {
            Column::Label(tag) if !cell.is_empty() => Some((tag.as_str(), cell.as_str())),
            _ => None,
        })
    }
}

/// Names such as 市规划和自然资源局 hold words of a head: a head's cells are short.
fn looks_like_data(row: &[String]) -> bool {
    row.iter().any(|cell| cell.chars().count() > 16)
        || (row.len() == 1 && row[0].chars().count() > 4 && !row[0].is_ascii())
}

fn named(cell: &str) -> Option<&'static str> {
    let cell = cell.to_lowercase();
    let fits = |word: &&str| {
        if word.is_ascii() {
            cell.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == *word)
        } else {
            cell.contains(*word)
        }
    };
    KNOWN.iter().find(|(_, words)| words.iter().any(fits)).map(|(name, _)| *name)
}

/// A whole number as people and spreadsheets write it: `12,345`, `１２３`, `12 345`, `300人`.
pub fn whole(cell: &str) -> Option<u64> {
    let mut digits = String::new();
    for c in cell.trim().trim_end_matches(['人', '户', '份']).chars() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.push(char::from_u32(c as u32 - '０' as u32 + '0' as u32)?),
            ',' | '，' | ' ' | '\u{a0}' if !digits.is_empty() => {}
            _ => return None,
        }
    }
    digits.parse().ok()
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

fn recognise(head: &[String], rows: &[Vec<String>], width: usize, languages: &[&str]) -> Vec<Column> {
    let first = languages.first().copied().unwrap_or("zh");
    let english = languages.iter().find(|tag| tag.starts_with("en")).copied();
    let mut columns = vec![Column::Other; width];
    let free = |columns: &[Column], column: &Column| !columns.contains(column);
    for at in 0..width {
        let cells = || rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.is_empty());
        let numeric = cells().next().is_some() && cells().all(|cell| whole(cell).is_some());
        let by_head = head.get(at).and_then(|cell| named(cell));
        let label = || match english {
            // In the other language, where the plan has it.
            Some(english) if english != first && !cells().any(is_chinese) && first.starts_with("zh") => {
                Column::Label(english.to_owned())
            }
            _ => Column::Label(first.to_owned()),
        };
        let guess = match by_head {
            Some("id") => Column::Id,
            Some("population") if numeric => Column::Population,
            Some("target") if numeric => Column::Target,
            Some("weight") => Column::Weight,
            Some("group") if !numeric => Column::Group,
            Some("en") => Column::Label(english.unwrap_or(first).to_owned()),
            Some("label") if !numeric => label(),
            _ if numeric && head.is_empty() => match free(&columns, &Column::Population) {
                true => Column::Population,
                false => Column::Target,
            },
            _ if !numeric && head.is_empty() => label(),
            _ => Column::Other,
        };
        // Words that repeat are a class, where each name is taken already.
        let guess = match guess {
            guess if free(&columns, &guess) => guess,
            Column::Label(_) if free(&columns, &Column::Group) => Column::Group,
            _ => Column::Other,
        };
        columns[at] = guess;
    }
    // A table of names in the other language only: they are the names.
    let is_label = |column: &Column| matches!(column, Column::Label(_));
    if columns.iter().any(is_label) && free(&columns, &Column::Label(first.to_owned())) {
        let at = columns.iter().position(is_label).unwrap_or(0);
        columns[at] = Column::Label(first.to_owned());
    }
    columns
}
