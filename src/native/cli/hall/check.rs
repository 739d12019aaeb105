use super::{HallError, read};
use crate::batch::link_token;
use crate::hall::{mark_of, ways};
use crate::native::cli::intake::Office;
use crate::native::cli::{Context, Exit, Failure, Lang};
use crate::plan::Digest;
use crate::report::{local_time, way_words};
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Without batches, the signature alone is checked. With them, the same batches are counted again: exit code 1 when a number
/// comes out otherwise, a counted batch is not there, or one came after the ballot was closed.
#[derive(Args)]
pub struct Verify {
    /// The protocol (`.minping-protocol`)
    protocol: PathBuf,
    /// Batch files, and folders that hold them (`*.minping`)
    #[arg(value_name = "FILE|FOLDER")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    office: Office,
}

impl Verify {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let (protocol, ..) = read(&self.protocol, &self.office.plan)?;
        let zh = context.lang == Lang::Zh;
        let closed = local_time(&protocol.closed);
        context.say(&match zh {
            true => format!("签名有效：{}，结束于 {closed}，有效票 {}", protocol.ballot.name, protocol.total.valid()),
            false => format!(
                "the signature holds: {}, closed {closed}, {} valid ballots",
                protocol.ballot.name,
                protocol.total.valid()
            ),
        })?;
        if self.files.is_empty() {
            context.say(match zh {
                true => "未给出批次，没有重新计票",
                false => "no batches were given: nothing was counted again",
            })?;
            return Ok(Exit::Done);
        }
        let opened = self.office.read()?;
        let mut marks: BTreeMap<Digest, String> = BTreeMap::new();
        let taking = opened.take_in(&self.office.plan, &self.files, context, |_, digest, text| {
            if let Some(token) = link_token(text) {
                marks.insert(digest.clone(), mark_of(&token).to_owned());
            }
            Ok(())
        })?;
        let ways = ways(&taking.ledger, &protocol.ballot, |digest| marks.get(digest).map(String::as_str));
        let found = protocol.recount(&taking.ledger, &ways);
        if found.sealed > 0 {
            return Err(Failure::told(Exit::Refused, HallError::Sealed(found.sealed)));
        }
        for digest in &found.missing {
            context.say(&match zh {
                true => format!("报告单计入的批次 {} 不在这里", digest.short()),
                false => format!("batch {} was counted in the protocol and is not here", digest.short()),
            })?;
        }
        for (digest, way) in &found.late {
            let way = way_words(*way).of(context.lang);
            context.say(&match zh {
                true => format!("批次 {}（{way}）在结束之后才到，报告单没有计入", digest.short()),
                false => format!("batch {} ({way}) came after closing and is not in the protocol", digest.short()),
            })?;
        }
        for name in &found.differs {
            context.say(&match zh {
                true => format!("重新计票后 `{name}` 与报告单不同"),
                false => format!("counted again, `{name}` is not what the protocol says"),
            })?;
        }
        if !found.agrees() {
            return Ok(Exit::Refused);
        }
        let batches = protocol.batches.len();
        context.say(&match zh {
            true => format!("已由 {batches} 个批次重新计票，票数和结果与报告单一致"),
            false => format!("{batches} batches were counted again: ballots and results are those of the protocol"),
        })?;
        Ok(Exit::Done)
    }
}
