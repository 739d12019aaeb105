use crate::plan::{Problem, Severity};

/// What a finding means for the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The plan cannot be run before this is mended: in the workbook, or in the plan.
    Error,
    /// Something of the form is not in the plan.
    Lost,
    /// Something is in the plan in another way.
    Changed,
    /// Someone should look.
    Note,
}

impl Weight {
    /// Every weight, the gravest first.
    pub const ALL: [Weight; 4] = [Weight::Error, Weight::Lost, Weight::Changed, Weight::Note];

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Weight::Error => "error",
            Weight::Lost => "lost",
            Weight::Changed => "changed",
            Weight::Note => "note",
        }
    }

    /// What people call it.
    pub fn label(self, language: &str) -> &'static str {
        let (zh, en) = match self {
            Weight::Error => ("须改正", "to mend"),
            Weight::Lost => ("未转入", "not carried over"),
            Weight::Changed => ("有改动", "changed"),
            Weight::Note => ("提示", "note"),
        };
        if language.starts_with("zh") { zh } else { en }
    }
}

/// Where in a workbook something was found. Rows of the same kind are gathered into one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub weight: Weight,
    /// The name for programs; stays the same over versions. A problem of the plan has the name of its code.
    pub code: &'static str,
    /// Empty: the workbook as a whole.
    pub sheet: String,
    /// As spreadsheets number them, from 1. Empty: the column or sheet as a whole.
    pub rows: Vec<u32>,
    /// The header as it is written. Empty: the row as a whole.
    pub column: String,
    words: Said,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Own(Code, Vec<String>),
    Plan(Box<Problem>),
}

impl Finding {
    pub(super) fn new(code: Code, sheet: &str, row: Option<u32>, column: &str, arguments: Vec<String>) -> Finding {
        Finding {
            weight: code.weight(),
            code: code.name(),
            sheet: sheet.to_owned(),
            rows: row.into_iter().collect(),
            column: column.to_owned(),
            words: Said::Own(code, arguments),
        }
    }

    /// A problem of the plan, at the place in the workbook that it comes from.
    pub(super) fn of_plan(problem: Problem, sheet: &str, row: Option<u32>, column: &str) -> Finding {
        Finding {
            weight: if problem.severity() == Severity::Error { Weight::Error } else { Weight::Note },
            code: problem.code.name(),
            sheet: sheet.to_owned(),
            rows: row.into_iter().collect(),
            column: column.to_owned(),
            words: Said::Plan(Box::new(problem)),
        }
    }

    /// Whether the other differs only in its rows.
    pub(super) fn is_same_but_for_rows(&self, other: &Finding) -> bool {
        self.code == other.code
            && self.sheet == other.sheet
            && self.column == other.column
            && !self.rows.is_empty()
            && !other.rows.is_empty()
            && match (&self.words, &other.words) {
                (Said::Own(_, own), Said::Own(_, others)) => own == others,
                (Said::Plan(own), Said::Plan(others)) => own.arguments == others.arguments,
                _ => false,
            }
    }

    /// What was found, in Chinese for a `zh` tag and in English for any other.
    pub fn found(&self, language: &str) -> String {
        match &self.words {
            Said::Own(code, arguments) => fill(code.words(language).0, arguments),
            Said::Plan(problem) => problem.found(language),
        }
    }

    /// What to do about it.
    pub fn advice(&self, language: &str) -> String {
        match &self.words {
            Said::Own(code, arguments) => fill(code.words(language).1, arguments),
            Said::Plan(problem) => problem.advice(language),
        }
    }

    /// Where it is, for people: sheet, rows and column. Empty: nowhere in particular.
    pub fn place(&self, language: &str) -> String {
        let zh = language.starts_with("zh");
        let mut parts: Vec<String> = Vec::new();
        if !self.sheet.is_empty() {
            parts.push(self.sheet.clone());
        }
        if let Some(rows) = listed(&self.rows) {
            parts.push(match (zh, self.rows.len()) {
                (true, _) => format!("第 {rows} 行"),
                (false, 1) => format!("row {rows}"),
                (false, _) => format!("rows {rows}"),
            });
        }
        if !self.column.is_empty() {
            parts.push(format!("`{}`", self.column));
        }
        parts.join(if zh { "，" } else { ", " })
    }
}

/// Rows for people: `2–4, 9`, cut where nobody reads on.
fn listed(rows: &[u32]) -> Option<String> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row || *last == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let shown: Vec<String> = runs
        .iter()
        .take(12)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
        .collect();
    let more = if runs.len() > 12 { " …" } else { "" };
    (!rows.is_empty()).then(|| shown.join(", ") + more)
}

/// Puts arguments where `{0}`, `{1}` … stand.
fn fill(words: &str, arguments: &[String]) -> String {
    let mut text = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}').and_then(|(index, then)| Some((arguments.get(index.parse::<usize>().ok()?)?, then)))
        {
            Some((argument, then)) => {
                text.push_str(argument);
                rest = then;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

macro_rules! codes {
    ($($variant:ident $weight:ident $name:literal {
        $found:literal $advice:literal
        $found_zh:literal $advice_zh:literal
    })*) => {
        /// What can be found in a workbook besides the problems of the plan that it makes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        // Only the program writes workbooks.
        #[cfg_attr(not(feature = "cli"), allow(dead_code))]
        pub(super) enum Code { $(#[doc = $found] $variant,)* }

        impl Code {
            fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            fn weight(self) -> Weight {
                match self { $(Code::$variant => Weight::$weight,)* }
            }

            fn words(self, language: &str) -> (&'static str, &'static str) {
                let zh = language.starts_with("zh");
                match self { $(Code::$variant => if zh { ($found_zh, $advice_zh) } else { ($found, $advice) },)* }
            }
        }
    };
}

codes! {
    // The workbook.
    SheetNotRead Note "sheet-not-read" {
        "this sheet is not read" "nothing to do, if it holds only remarks"
        "此工作表没有读取" "如果只是说明，不用处理"
    }
    SheetNotCarried Lost "sheet-not-carried" {
        "this sheet is for ODK's servers and is not carried over" "nothing to do, if the form works without it"
        "此工作表供 ODK 服务器使用，没有转入" "如果问卷不靠它，不用处理"
    }
    CellError Lost "cell-error" {
        "the spreadsheet shows the error `{0}` in this cell" "mend the formula, or write the value"
        "表格在此单元格显示错误 `{0}`" "请修正公式，或直接写值"
    }
    RepeatedColumn Lost "repeated-column" {
        "a column before it has the same meaning; this one is not read" "keep one of the two"
        "前面已有同义的列，此列没有读取" "请只留一列"
    }
    UnknownColumn Lost "column-not-known" {
        "no program knows a column of this name; it is not carried over" "correct its name; nothing to do, if it is a remark"
        "没有程序认识此列名，没有转入" "请改正列名；如果只是备注，不用处理"
    }
    ColumnForOdk Lost "column-for-odk" {
        "this column steers ODK's own programs or servers and is not carried over" "nothing to do, if the questions work without it"
        "此列只供 ODK 自己的程序或服务器使用，没有转入" "如果题目不靠它，不用处理"
    }
    TooMany Note "too-many" {
        "{0} more findings are not listed" "mend those that are, and import again"
        "另有 {0} 条没有列出" "请先处理已列出的，再重新导入"
    }
    TooManyRows Error "too-many-rows" {
        "the sheet has more than {0} rows; the rest is not read" "split the form"
        "此表超过 {0} 行，其余没有读取" "请拆分问卷"
    }
    BadMembers Error "bad-members" {
        "this is no JSON object: {0}" "correct it, or empty the cell"
        "不是 JSON 对象：{0}" "请改正，或清空此单元格"
    }

    NoParent Error "no-parent" {
        "no indicator `{0}` stands before this one" "correct the name, or put that one first"
        "前面没有指标 `{0}`" "请改正名称，或把它放到前面"
    }

    // Plans as workbooks.
    TypeOnlyHere Note "type-only-here" {
        "ODK's programs ask the type `{0}` as choices, without units, weights and subsets" "nothing to do; here it comes back as it was"
        "ODK 的程序把题型 `{0}` 当作单选题，没有对象、权重和抽取" "不用处理；再转入时与原来相同"
    }
    QuotasOnlyHere Note "quotas-only-here" {
        "ODK's programs know no quotas: a form made of this workbook screens nobody out" "nothing to do; they stand in the sheet `plan` as JSON, and here they come back as they were"
        "ODK 的程序没有配额：用此工作簿做的表不会筛出任何人" "不用处理；配额以 JSON 写在 `plan` 表，再转入时与原来相同"
    }
    MembersOnlyHere Note "members-only-here" {
        "no column of ODK can say {0}; it stands in `minping` as JSON" "nothing to do"
        "ODK 没有能表示 {0} 的列，以 JSON 写在 `minping` 列" "不用处理"
    }

    // Settings.
    SettingForOdk Lost "setting-for-odk" {
        "the setting `{0}` steers ODK's own programs or servers and is not carried over" "nothing to do, if the form works without it"
        "设置 `{0}` 只供 ODK 自己的程序或服务器使用，没有转入" "如果问卷不靠它，不用处理"
    }
    InstanceName Lost "instance-name" {
        "records have no names here: they would tell one person from another" "nothing to do"
        "答卷在此没有名称：名称会把人区分开来" "不用处理"
    }
    IdMade Changed "id-made" {
        "the plan is called `{1}` after `{0}`: ids have lower-case letters, digits and `-` only" "give another with `--id`, if you like"
        "方案 id 由 `{0}` 改为 `{1}`：只能用小写字母、数字和 `-`" "可用 `--id` 另行指定"
    }
    RoundMade Note "round-made" {
        "the plan gets one round, `1`: a workbook of ODK knows none" "name the rounds of the evaluation in the plan, or in a sheet `rounds`"
        "方案只设一轮 `1`：ODK 工作簿没有轮次" "请在方案中或在 `rounds` 工作表中写明各轮"
    }
    LanguageAssumed Note "language-assumed" {
        "columns without a language are taken as `{0}`" "say it with `--language`, or in `default_language` of the settings"
        "未注明语言的列按 `{0}` 处理" "请用 `--language` 或设置中的 `default_language` 写明"
    }
    LanguageNamed Changed "language-named" {
        "the language `{0}` is written without its tag and taken as `{1}`" "write `{0} ({1})`, or the right tag"
        "语言 `{0}` 没有写标签，按 `{1}` 处理" "请写成 `{0} ({1})`，或写正确的标签"
    }
    LanguageUnknown Changed "language-unknown" {
        "the language `{0}` has no tag that is known here; it is called `{1}`" "write `{0} (…)` with its BCP 47 tag"
        "不认识语言 `{0}` 的标签，暂称 `{1}`" "请写成 `{0} (…)`，括号中是 BCP 47 标签"
    }

    // Questions.
    NoType Lost "no-type" {
        "this row has no type and is not carried over" "write one, or empty the row"
        "此行没有题型，没有转入" "请写题型，或清空此行"
    }
    UnknownType Lost "unknown-type" {
        "no program knows the type `{0}`; the row is not carried over" "correct it"
        "没有程序认识题型 `{0}`，此行没有转入" "请改正"
    }
    TypeNotCarried Lost "type-not-carried" {
        "questions of the type `{0}` are not carried over" "ask in another way, or leave it out; where expressions refer to it, it counts as unanswered"
        "没有转入 `{0}` 类型的题目" "请换一种问法或删去；表达式用到它时按未作答处理"
    }
    Metadata Lost "metadata" {
        "`{0}` is not recorded: a plan promises that a record holds no device, no canvasser and no time" "nothing to do; where expressions refer to it, it is empty"
        "不记录 `{0}`：方案承诺答卷中没有设备、访问员和时间" "不用处理；表达式用到它时为空"
    }
    TodayAsked Changed "today-asked" {
        "`${{0}}` became `today()`: the day is asked in conditions, and not recorded" "nothing to do"
        "`${{0}}` 改为 `today()`：条件中可以用当天日期，但不记录" "不用处理"
    }
    RepeatNotCarried Lost "repeat-not-carried" {
        "the questions of this repeat are asked once" "nothing to do, if once is enough"
        "此重复组的题目只问一次" "如果一次就够，不用处理"
    }
    NoName Changed "no-name" {
        "this row has no name and is called `{0}`" "give it one"
        "此行没有名称，暂称 `{0}`" "请写名称"
    }
    Renamed Changed "renamed" {
        "the name `{0}` is used before; this one is called `{1}`" "give each its own name"
        "名称 `{0}` 前面用过，此处改为 `{1}`" "请各用各的名称"
    }
    BadlyNamed Changed "badly-named" {
        "`{0}` cannot be a name here; it is called `{1}`" "begin with a letter or `_`, go on with letters, digits, `_`, `-`, `.`"
        "`{0}` 不能作名称，改为 `{1}`" "请以字母或 `_` 开头，后接字母、数字、`_`、`-`、`.`"
    }
    LabelFromName Changed "label-from-name" {
        "there is no label; the name `{0}` stands in for it" "write one: it is what people read"
        "没有标签，暂用名称 `{0}`" "请写标签，这是人们看到的文字"
    }
    TextStandsIn Changed "text-stands-in" {
        "there is no text in `{0}`; that in `{1}` stands in" "translate it"
        "缺少 `{0}` 文本，暂用 `{1}` 的" "请翻译"
    }
    GroupDissolved Changed "group-dissolved" {
        "a group without a label makes no section; its questions stand where it stood" "give it a label, to make it a section"
        "没有标签的分组不成为一节，其中的题目留在原处" "要成为一节，请写标签"
    }
    NotClosed Error "not-closed" {
        "this `{0}` has no `end`" "add it"
        "此 `{0}` 没有 `end`" "请补上"
    }
    NotOpened Error "not-opened" {
        "there is no `begin` for this `{0}`" "remove it, or add the `begin`"
        "此 `{0}` 没有对应的 `begin`" "请删去，或补上 `begin`"
    }
    TooDeep Changed "too-deep" {
        "groups are nested more than {0} deep; this one makes no section" "flatten them"
        "分组嵌套超过 {0} 层，此组不成为一节" "请减少嵌套"
    }
    Disabled Note "disabled" {
        "this row is switched off and is not carried over" "nothing to do"
        "此行已停用，没有转入" "不用处理"
    }
    NotATruth Changed "not-a-truth" {
        "`{0}` is neither yes nor no; it is taken as no" "write `yes` or `no`"
        "`{0}` 既不是 yes 也不是 no，按 no 处理" "请写 `yes` 或 `no`"
    }
    RequiredExpression Changed "required-expression" {
        "whether this is required cannot depend on other answers; it is not required" "write `yes`, or split the question in two with `relevant`"
        "是否必答不能取决于其他答案，按不必答处理" "请写 `yes`，或用 `relevant` 拆成两题"
    }
    OwnWords Lost "own-words" {
        "the app has its own words for this, in the reader's language; these are not carried over" "nothing to do"
        "应用对此有自己的提示语，随读者语言显示；这里的文字没有转入" "不用处理"
    }
    GuidanceHint Lost "guidance-hint" {
        "guidance for interviewers is not carried over" "put what has to be seen into `hint`"
        "给访问员的指导没有转入" "必须看到的内容请写入 `hint`"
    }
    MediaNotCarried Lost "media-not-carried" {
        "the file `{0}` is not in a workbook and is not carried over" "give pictures beside the workbook (`--media FOLDER`); say in words what sound or video says"
        "文件 `{0}` 不在工作簿中，没有转入" "请另外给出图片（`--media 文件夹`）；声音和视频请改用文字说明"
    }
    PictureMissing Lost "picture-missing" {
        "the picture `{0}` is not in the folder, so the label has none" "put the file into the folder under this very name, and import again"
        "文件夹里没有图片 `{0}`，标签没有图片" "请把同名文件放进文件夹后重新转入"
    }
    PictureTooLarge Lost "picture-too-large" {
        "the picture `{0}` is larger than {1} kB and is not carried over: it travels inside the plan" "make it smaller (about 800 dots wide), and import again"
        "图片 `{0}` 超过 {1} kB，没有转入：图片随方案传送" "请缩小（宽约 800 点）后重新转入"
    }
    PictureOtherKind Lost "picture-other-kind" {
        "the file `{0}` is no PNG, JPEG or WebP picture and is not carried over" "save it as one of them, and import again"
        "文件 `{0}` 不是 PNG、JPEG 或 WebP 图片，没有转入" "请另存为其中一种后重新转入"
    }
    PictureOfLanguage Lost "picture-of-language" {
        "the picture `{0}` of another language is not carried over" "a label has one picture for all languages: use one without words"
        "另一种语言的图片 `{0}` 没有转入" "一个标签的图片各语言共用：请用没有文字的图片"
    }
    AppearanceNotCarried Lost "appearance-not-carried" {
        "the appearance `{0}` has no effect here and is not carried over" "nothing to do: the app shows the question its own way"
        "外观 `{0}` 在此无效，没有转入" "不用处理：应用按自己的方式显示"
    }
    ParameterNotCarried Lost "parameter-not-carried" {
        "the parameter `{0}` is not carried over" "nothing to do, if the question works without it"
        "参数 `{0}` 没有转入" "如果题目不靠它，不用处理"
    }
    MemberNotCarried Lost "member-not-carried" {
        "`{0}` does not apply to `{1}` here and is not carried over" "look whether the question works without it"
        "`{0}` 在此不适用于 `{1}`，没有转入" "请看题目没有它行不行"
    }
    LastSaved Lost "last-saved" {
        "`${last-saved#…}` asks for the answers of another person's form: there are none here; it is not carried over" "write a default of its own"
        "`${last-saved#…}` 要取上一份答卷的答案，这里没有，未转入" "请另写默认值"
    }
    ReferenceTidied Changed "reference-tidied" {
        "spaces within `${…}` were taken out" "nothing to do"
        "`${…}` 中的空格已去掉" "不用处理"
    }
    HtmlInText Changed "html-in-text" {
        "the text has HTML, which is shown as it stands" "take the marks out"
        "文字中有 HTML 标记，会原样显示" "请去掉标记"
    }

    // Choices.
    NoListName Lost "no-list-name" {
        "this choice belongs to no list and is not carried over" "write the name of its list"
        "此选项不属于任何列表，没有转入" "请写列表名"
    }
    NoSuchList Error "no-such-list" {
        "there is no list `{0}` in the sheet `choices`" "add it, or correct the name"
        "`choices` 表中没有列表 `{0}`" "请补上，或改正名称"
    }
    FileList Lost "file-list" {
        "the choices lie in the file `{0}`, which is not in the workbook" "copy them into the sheet `choices`"
        "选项在文件 `{0}` 中，不在工作簿里" "请复制到 `choices` 表中"
    }
    ChoiceRenamed Changed "choice-renamed" {
        "the choice `{0}` has spaces in its name and is called `{1}`" "write names without spaces; expressions may have to follow"
        "选项 `{0}` 的名称含空格，改为 `{1}`" "名称请勿含空格；表达式可能也要改"
    }
    RepeatedChoice Lost "repeated-choice" {
        "the list has the choice `{0}` before; this one is not carried over" "give each choice its own name"
        "列表中已有选项 `{0}`，此处没有转入" "请各用各的名称"
    }
    ChoiceNoName Lost "choice-no-name" {
        "this choice has no name and is not carried over" "give it one"
        "此选项没有名称，没有转入" "请写名称"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_shown_in_runs() {
        assert_eq!(listed(&[2, 3, 4, 9]).unwrap(), "2–4, 9");
        assert_eq!(listed(&[7]).unwrap(), "7");
        assert_eq!(listed(&[]), None);
        assert!(listed(&(0..40).map(|x| x * 2).collect::<Vec<u32>>()).unwrap().ends_with('…'));
    }

    #[test]
    fn words_keep_braces_that_stand_for_themselves() {
        assert_eq!(fill("`${{0}}` and `${…}`", &["x".to_owned()]), "`${x}` and `${…}`");
    }
}
