use super::intake::Intake;
use super::{Context, Exit, Failure, Format, Lang, Told, findings, read_text};
use crate::batch::{SentError, SentList};
use crate::ledger::{Comparison, Found};
use crate::report::{empty_sent_table, sent_table};
use clap::Args;
use std::fmt;
use std::path::PathBuf;

/// Compares what a device says that it sent with the batches that are here: what is the same, missing, or more. The list is a
/// file that the tablet saves on the page of its outbox. Exit code 1 when something is missing, more, different, kept apart, or still
/// on the device, of this or of another evaluation.
#[derive(Args)]
pub struct Sent {
    #[command(flatten)]
    intake: Intake,
    /// The device's list (`*.minping-sent`); may be given several times
    #[arg(long, value_name = "FILE", required = true)]
    list: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug)]
struct NoList(PathBuf, SentError);

impl Sent {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let mut lists = Vec::new();
        for path in &self.list {
            let list = SentList::parse(&read_text(path)?);
            lists.push(list.map_err(|error| Failure::told(Exit::Refused, NoList(path.clone(), error)))?);
        }
        let opened = self.intake.office.read()?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let mut table = empty_sent_table();
        let (mut complete, mut sums) = (true, Vec::new());
        for list in &lists {
            let compared = taking.ledger.compare(list);
            let entry = list.device.as_ref().zip(opened.roster.as_ref()).and_then(|(id, roster)| roster.entry(id));
            let name = match (entry, &list.device) {
                (Some(entry), _) => entry.name.clone(),
                (None, Some(device)) => device.short().to_owned(),
                (None, None) => context.lang.pick(super::Words { zh: "没有设备卡", en: "no card" }).to_owned(),
            };
            sent_table(&compared, &name, context.lang, &mut table);
            complete &= compared.is_complete();
            sums.push((name, compared));
        }
        context.show(&table, self.format)?;
        sums.iter().for_each(|(name, compared)| aside!("minping: {}", sum(name, compared, context.lang)));
        // Sealed records are no matter here: batches are compared, not answers.
        let found = findings::tell(&taking, &taking.ledger.account(), opened.roster.as_ref(), context);
        Ok(match found {
            Exit::Done if !complete => Exit::Refused,
            found => found,
        })
    }
}

fn sum(name: &str, compared: &Comparison, lang: Lang) -> String {
    let (same, apart, missing) =
        (compared.count(Found::Equal), compared.count(Found::Apart), compared.count(Found::Missing));
    let (different, versions) = (compared.count(Found::Different), compared.count(Found::OtherVersion));
    let (extra, left) = (compared.extra.len(), compared.left());
    let (elsewhere, others) = (compared.of_other_plans, compared.left_of_other_plans);
    match lang {
        Lang::Zh => format!(
            "{name}：一致 {same}、隔离 {apart}、缺 {missing}、不同 {different}、属于另一版 {versions}、多出 {extra}；设备上还有 {left} 份没有打包或没有完成；别的方案：批次 {elsewhere} 个没有核对，设备上还有 {others} 份没有交"
        ),
        Lang::En => format!(
            "{name}: the same {same}, kept apart {apart}, missing {missing}, different {different}, of another version {versions}, more {extra}; still on the device {left}; of other plans: batches not compared {elsewhere}, interviews still on the device {others}"
        ),
    }
}

impl fmt::Display for NoList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.display(), self.1)
    }
}

impl std::error::Error for NoList {}

impl Told for NoList {
    fn zh(&self) -> String {
        let path = self.0.display();
        match &self.1 {
            SentError::NotAList(_) => format!("{path}：不是“已交清单”；请在平板的“交付与去向”页重新存一份"),
            SentError::Newer(v) => format!("{path}：清单版本 {v} 比本程序新；请更新程序"),
        }
    }
}
