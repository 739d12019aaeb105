use super::intake::Intake;
use super::records;
use super::{Cell, Column, Context, Exit, Failure, Format, Lang, Table, findings};
use crate::ledger::{Explain, Standing, Taken};
use clap::Args;
use std::path::PathBuf;

/// Exit code 1 when something was refused, kept apart, not opened or missing; all the rest is shown all the same.
#[derive(Args)]
pub struct Open {
    #[command(flatten)]
    intake: Intake,
    /// Also write the records that count to this new file, as its name ends: .json or .csv
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Open {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let writing = self.records.map(records::Target::new).transpose()?;
        let opened = self.intake.office.read()?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        let mut table = Table::new(&[
            Column::new("file", "文件", "file"),
            Column::new("found", "结果", "found"),
            Column::new("device", "设备", "device"),
            Column::new("seq", "序号", "number"),
            Column::new("round", "轮次", "round"),
            Column::new("records", "答卷", "records"),
            Column::new("advice", "说明", "what to do"),
        ]);
        let zh = context.lang == Lang::Zh;
        let say = |what: &dyn Explain| if zh { what.explain().zh } else { what.explain().en };
        for file in &taking.files {
            let path = Cell::text(file.path.display().to_string());
            match &file.found {
                Err(error) => {
                    let row = [path, Cell::text(error.code()), Cell::None, Cell::None, Cell::None, Cell::None];
                    table.push(row.into_iter().chain([Cell::text(say(error))]).collect());
                }
                Ok((digest, taken)) => {
                    let kept = &taking.ledger.batches()[digest];
                    let (found, advice) = match kept.standing() {
                        Standing::Quarantined(reason) => (reason.code(), Cell::text(say(reason))),
                        Standing::Admitted if *taken == Taken::Known => ("again", Cell::None),
                        Standing::Admitted => ("admitted", Cell::None),
                    };
                    table.push(vec![
                        path,
                        Cell::text(found),
                        Cell::text(device_name(&opened.roster, &kept.head().device, kept.head().seq)),
                        Cell::Number(kept.head().seq.to_string()),
                        Cell::text(kept.head().round.clone()),
                        Cell::count(kept.len()),
                        advice,
                    ]);
                }
            }
        }
        context.show(&table, self.format)?;
        if let Some(target) = writing {
            target.write(&taking.ledger, &account)?;
        }
        Ok(findings::tell(&taking, &account, context))
    }
}

/// What the roster calls the device, or the beginning of its thumbprint. A resident's key is nobody's name.
fn device_name(roster: &Option<crate::batch::Roster>, device: &crate::plan::Digest, seq: u64) -> String {
    if seq == 0 {
        return "-".to_owned();
    }
    let entry = roster.as_ref().and_then(|roster| roster.entry(device));
    entry.map_or_else(|| device.short().to_owned(), |entry| entry.name.clone())
}
