//! `minping backcheck …`: records to ask again, and the comparison of both answers.
use super::intake::Intake;
use super::quality::{QualityError, holder_name, sheets};
use super::{Context, Exit, Failure, FileError, Format, Lang, Told, findings};
use crate::plan::Plan;
use crate::quality::{CompareError, Settings, Sheet, Size, compare, draw_backcheck, is_question};
use crate::report::{Answers, Drawn, answers_table, drawn_table};
use clap::{Args, Subcommand};
use std::fmt;
use std::fs::File;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum BackcheckCommand {
    /// Draw a random sample of records to ask again, of each interviewer or device 抽取回访样本
    Draw(Box<DrawBackcheck>),
    /// Compare the second answers with the first 比较两次回答
    Compare(Box<CompareAnswers>),
}

impl BackcheckCommand {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            BackcheckCommand::Draw(command) => command.run(context),
            BackcheckCommand::Compare(command) => command.run(context),
        }
    }
}

/// The same seed and records give the same sample. docs/quality.md says how it is drawn.
#[derive(Args)]
pub struct DrawBackcheck {
    #[command(flatten)]
    intake: Intake,
    #[command(flatten)]
    of: Of,
    /// Share of each interviewer's records, rounded up
    #[arg(long, value_name = "SHARE", default_value_t = 0.1, value_parser = share, conflicts_with = "count")]
    share: f64,
    /// Number of records of each round and questionnaire, divided among the interviewers
    #[arg(long, value_name = "N")]
    count: Option<u32>,
    /// Decides the sample; drawn and told when it is not given
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Items whose answers are in the list, such as a telephone number that was given for this
    #[arg(long, value_name = "ITEM,…", value_delimiter = ',')]
    with: Vec<String>,
    /// Questions to ask again, as empty columns to fill in: `item` or `item/unit/indicator`
    #[arg(long, value_name = "QUESTION,…", value_delimiter = ',')]
    ask: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The answers of the second interview are a CSV table with the column `id` and one for each question that was asked again;
/// other columns are passed over. An empty cell was not asked again.
#[derive(Args)]
pub struct CompareAnswers {
    #[command(flatten)]
    intake: Intake,
    #[command(flatten)]
    of: Of,
    /// The second answers
    #[arg(long, value_name = "FILE.csv")]
    answers: PathBuf,
    /// Which table
    #[arg(long, value_enum, default_value_t)]
    show: Answers,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Which records.
#[derive(Args)]
pub struct Of {
    /// Id of the round
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Id of the questionnaire
    #[arg(long, value_name = "QUESTIONNAIRE")]
    questionnaire: Option<String>,
    /// Item that names the interviewer; without it, devices are told apart
    #[arg(long, value_name = "ITEM")]
    interviewer: Option<String>,
}

fn share(text: &str) -> Result<f64, NoShare> {
    text.parse().ok().filter(|share| *share > 0.0 && *share <= 1.0).ok_or(NoShare)
}

/// An argument that is no share.
#[derive(Debug)]
struct NoShare;

impl fmt::Display for NoShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("give a number above 0 and up to 1, such as 0.1")
    }
}

impl std::error::Error for NoShare {}

/// Why nothing is drawn or compared.
#[derive(Debug)]
enum BackcheckError {
    NoRecords,
    Several(Vec<String>),
    NoQuestion { option: &'static str, found: String },
    NoSeed,
    Answers(PathBuf, CompareError),
}

impl fmt::Display for BackcheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackcheckError::NoRecords => f.write_str("no record counts here; there is nothing to ask again"),
            BackcheckError::Several(found) => write!(
                f,
                "the records are of several rounds or questionnaires ({}); choose one with --round and --questionnaire",
                found.join(", ")
            ),
            BackcheckError::NoQuestion { option, found } => {
                write!(f, "{option}: `{found}` is no question; name it `item`, in a matrix `item/unit/indicator`")
            }
            BackcheckError::NoSeed => f.write_str("the system gives no random number; give one with --seed"),
            BackcheckError::Answers(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for BackcheckError {}

impl Told for BackcheckError {
    fn zh(&self) -> String {
        match self {
            BackcheckError::NoRecords => "这里没有计入的答卷，无从回访".to_owned(),
            BackcheckError::Several(found) => {
                format!("答卷属于多个轮次或问卷（{}）；请用 --round 和 --questionnaire 选定一个", found.join("、"))
            }
            BackcheckError::NoQuestion { option, found } => {
                format!("{option}：`{found}` 不是题目；请写 `题目`，矩阵题写 `题目/单位/指标`")
            }
            BackcheckError::NoSeed => "系统不给随机数；请用 --seed 给出一个".to_owned(),
            BackcheckError::Answers(path, error) => format!("{}：{}", path.display(), error.zh()),
        }
    }
}

fn refused(error: BackcheckError) -> Failure {
    Failure::told(Exit::Refused, error)
}

impl Of {
    fn settings(&self) -> Settings {
        Settings { interviewer: self.interviewer.clone(), ..Settings::default() }
    }

    fn wanted<'a>(&self, plan: &Plan, mut sheets: Vec<Sheet<'a>>) -> Result<Vec<Sheet<'a>>, Failure> {
        let id = |sheet: &Sheet<'_>| plan.questionnaires[sheet.questionnaire].id.clone();
        if let Some(found) = &self.questionnaire {
            let known: Vec<String> = sheets.iter().map(id).collect();
            sheets.retain(|sheet| id(sheet) == *found);
            if sheets.is_empty() && !known.is_empty() {
                let error = QualityError::UnknownQuestionnaire { found: found.clone(), known };
                return Err(Failure::told(Exit::Refused, error));
            }
        }
        if sheets.is_empty() { Err(refused(BackcheckError::NoRecords)) } else { Ok(sheets) }
    }
}

impl DrawBackcheck {
    fn run(self, context: &Context) -> Result<Exit, Failure> {
        let opened = self.intake.office.read()?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        let found = sheets(&taking.ledger, &account, self.of.round.as_deref(), &self.of.settings())?;
        let found = self.of.wanted(&opened.plan, found)?;
        for (option, names) in [("--with", &self.with), ("--ask", &self.ask)] {
            let unknown = names.iter().find(|name| !found.iter().any(|sheet| is_question(sheet, name)));
            if let Some(name) = unknown {
                return Err(refused(BackcheckError::NoQuestion { option, found: name.clone() }));
            }
        }
        let seed = match self.seed {
            Some(seed) => seed,
            // Short enough to be read out and typed again.
            None => u64::from(getrandom::u32().map_err(|_| refused(BackcheckError::NoSeed))?),
        };
        let size = self.count.map_or(Size::Share(self.share), Size::Total);
        let cases: Vec<Vec<u32>> = found.iter().map(|sheet| draw_backcheck(sheet, size, seed)).collect();
        let drawn: Vec<Drawn> = found.iter().zip(&cases).map(|(sheet, cases)| Drawn { sheet, cases }).collect();
        let name = holder_name(opened.roster.as_ref());
        let table = drawn_table(&opened.plan, &drawn, &self.with, &self.ask, &name);
        let table = if self.format == Format::Table { table.without_empty_columns() } else { table };
        context.show(&table, self.format)?;
        let number: usize = cases.iter().map(Vec::len).sum();
        let all: usize = found.iter().map(|sheet| sheet.cases.len()).sum();
        match context.lang {
            Lang::Zh => aside!("minping: 从 {all} 份答卷中抽取 {number} 份；种子 --seed {seed}"),
            Lang::En => aside!("minping: {number} of {all} records drawn; --seed {seed}"),
        }
        if opened.plan.privacy.anonymous {
            match context.lang {
                Lang::Zh => aside!(
                    "minping: 方案承诺匿名：答卷里没有人名、电话和地址；只能回访另行同意并留下联系方式的人，回访结果不得与答卷一起公布"
                ),
                Lang::En => aside!(
                    "minping: the plan promises anonymity: records hold no name, telephone or address; ask again only those who agreed and left a way to reach them apart from the record"
                ),
            }
        }
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

impl CompareAnswers {
    fn run(self, context: &Context) -> Result<Exit, Failure> {
        let file = File::open(&self.answers).map_err(|cause| FileError::new("read", &self.answers, cause))?;
        let opened = self.intake.office.read()?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        let found = sheets(&taking.ledger, &account, self.of.round.as_deref(), &self.of.settings())?;
        let found = self.of.wanted(&opened.plan, found)?;
        let [sheet] = &found[..] else {
            let plan = &opened.plan;
            let name = |sheet: &Sheet| {
                [&plan.rounds[sheet.round].id, "/", &plan.questionnaires[sheet.questionnaire].id].concat()
            };
            return Err(refused(BackcheckError::Several(found.iter().map(name).collect())));
        };
        let compared =
            compare(sheet, file).map_err(|error| refused(BackcheckError::Answers(self.answers.clone(), error)))?;
        let name = holder_name(opened.roster.as_ref());
        let for_people = self.format == Format::Table;
        let table = answers_table(sheet, &compared, self.show, &name, for_people, context.lang);
        context.show(&table, self.format)?;
        let (answers, differ) = compared.holders.values().fold((0, 0), |(n, d), own| (n + own.0, d + own.1));
        let passed = compared.passed_over.join(", ");
        match context.lang {
            Lang::Zh => aside!(
                "minping: 回访 {} 份，比较答案 {answers} 个，不同 {differ} 个；未读的列：{passed}",
                compared.records
            ),
            Lang::En => aside!(
                "minping: {} records asked again; {answers} answers compared, {differ} differ; columns passed over: {passed}",
                compared.records
            ),
        }
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}
