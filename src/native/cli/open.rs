use super::intake::Intake;
use super::{Cell, Column, Context, Exit, Failure, Format, Lang, Table, findings};
use super::{attachments, records};
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
    /// Also write photos, drawings and recordings to this folder; the records name them
    #[arg(long, value_name = "FOLDER")]
    attachments: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Open {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let writing = self.records.map(records::Target::new).transpose()?;
        let opened = self.intake.office.read()?;
        let mut folder = self.attachments.map(attachments::Folder::open).transpose()?;
        let taking = opened.take_in_and_look(
            &self.intake.office.plan,
            &self.intake.files,
            context,
            |_, _, _| Ok(()),
            |record| folder.as_mut().map_or(Ok(()), |folder| folder.keep(record)),
        )?;
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
        // Programs match on the code; people read words.
        let found = |code: &'static str| if zh && self.format == Format::Table { in_chinese(code) } else { code };
        for file in &taking.files {
            let path = Cell::text(file.path.display().to_string());
            match &file.found {
                Err(error) => {
                    let row = [path, Cell::text(found(error.code())), Cell::None, Cell::None, Cell::None, Cell::None];
                    table.push(row.into_iter().chain([Cell::text(say(error))]).collect());
                }
                Ok((digest, taken)) => {
                    let kept = &taking.ledger.batches()[digest];
                    let counts = taking.ledger.counts(digest);
                    let (code, advice) = match kept.standing() {
                        _ if counts != (*kept.standing() == Standing::Admitted) => {
                            let decided = taking.ledger.decided_of_batch(digest).map(|decision| &decision.reason);
                            let code = if counts { "admitted_by_decision" } else { "kept_apart_by_decision" };
                            (code, decided.map_or(Cell::None, Cell::text))
                        }
                        Standing::Quarantined(reason) => (reason.code(), Cell::text(say(reason))),
                        Standing::Admitted if *taken == Taken::Known => ("again", Cell::None),
                        Standing::Admitted => ("admitted", Cell::None),
                    };
                    table.push(vec![
                        path,
                        Cell::text(found(code)),
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
        if let Some(folder) = folder {
            folder.tell(context);
        }
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }
}

fn in_chinese(code: &'static str) -> &'static str {
    match code {
        "admitted" => "接收",
        "again" => "重复",
        "admitted_by_decision" => "决定计入",
        "kept_apart_by_decision" => "决定不计入",
        "unknown_device" => "隔离：设备不明",
        "revoked_device" => "隔离：设备已吊销",
        "other_plan_version" => "隔离：方案版本不同",
        "other_plan" => "隔离：别的方案",
        "unknown_round" => "隔离：轮次不明",
        "bad_link" => "隔离：链接无效",
        "not_a_batch" | "wrong_kind" => "不是批次",
        "bad_signature" => "签名不符",
        "bad_content" => "内容无效",
        "newer_version" => "版本太新",
        other => other,
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
