//! `minping hall …`: the signed protocol of a ballot in a hall 现场测评. The ballot itself is held in `office.html`.

mod check;
mod show;

use super::office::{OfficeFileError, read_published_plan};
use super::{Context, Exit, Failure, Told, read_text};
use crate::batch::ProtocolError;
use crate::hall::{Protocol, ProtocolFault};
use crate::native::crypto::Native;
use crate::plan::Plan;
use crate::session::PlanRef;
use clap::Subcommand;
use pollster::block_on;
use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum HallCommand {
    /// Check the signature of a protocol and, with the batches, count them again 核对报告单
    Verify(check::Verify),
    /// Show a protocol, or write it as a paper to print and sign 查看报告单
    Show(show::Show),
}

impl HallCommand {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            HallCommand::Verify(command) => command.run(context),
            HallCommand::Show(command) => command.run(context),
        }
    }
}

/// What is wrong with a protocol's file.
#[derive(Debug)]
pub(super) enum HallError {
    File {
        path: PathBuf,
        fault: ProtocolFault,
    },
    OtherPlan {
        path: PathBuf,
        found: PlanRef,
    },
    /// There is another file of that name.
    Exists(PathBuf),
    /// Batches without the keys to open them.
    Sealed(u64),
}

impl fmt::Display for HallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HallError::File { path, fault } => {
                write!(f, "{}: ", path.display())?;
                match fault {
                    ProtocolFault::Signed(error) => error.fmt(f),
                    ProtocolFault::Content => f.write_str(
                        "signed, but not the members of a protocol of version 1; ask the office for its own copy",
                    ),
                    ProtocolFault::Newer(version) => write!(
                        f,
                        "a protocol of format version {version}; this Minping knows version 1: update it and try again"
                    ),
                }
            }
            HallError::OtherPlan { path, found } => write!(
                f,
                "{}: the protocol is of plan `{}` version {} ({}); give the plan file with which the ballot was held",
                path.display(),
                found.id,
                found.version,
                found.digest.short()
            ),
            HallError::Exists(path) => {
                write!(f, "{}: there is a file of this name; choose another name with --html", path.display())
            }
            HallError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to count them again")
            }
        }
    }
}

impl std::error::Error for HallError {}

impl Told for HallError {
    fn zh(&self) -> String {
        match self {
            HallError::File { path, fault } => {
                let fault = match fault {
                    ProtocolFault::Signed(error) => match error {
                        ProtocolError::NotAProtocol => {
                            "不是现场测评的报告单；请选择结束投票时保存的 `.minping-protocol` 文件".to_owned()
                        }
                        ProtocolError::WrongKind(kind) => {
                            format!("这是另一种文件（`{kind}`）；请选择 `.minping-protocol` 文件")
                        }
                        ProtocolError::BadSignature => {
                            "报告单的签名不符，内容被改动；请使用办公室自己的那一份".to_owned()
                        }
                        ProtocolError::WrongKey => {
                            "报告单不是由方案所列的密钥签名；请给出当时使用的方案文件".to_owned()
                        }
                        ProtocolError::BadContent(what) => {
                            format!("报告单不能使用（{what}）；请使用办公室自己的那一份")
                        }
                        ProtocolError::Crypto(error) => error.zh(),
                    },
                    ProtocolFault::Content => "签名有效，但不是第 1 版的报告单；请向办公室索取原件".to_owned(),
                    ProtocolFault::Newer(version) => {
                        format!("这是第 {version} 版的报告单，本程序只认识第 1 版；请更新后再试")
                    }
                };
                format!("{}：{fault}", path.display())
            }
            HallError::OtherPlan { path, found } => format!(
                "{}：报告单属于方案 `{}` 版本 {}（{}）；请给出当时使用的方案文件",
                path.display(),
                found.id,
                found.version,
                found.digest.short()
            ),
            HallError::Exists(path) => format!("{}：已有同名文件；请用 --html 另选一个名称", path.display()),
            HallError::Sealed(count) => format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件再核对"),
        }
    }
}

/// The protocol of a file, verified with the plan's keys, and the plan.
fn read(path: &Path, plan: &Path) -> Result<(Protocol, Plan, PlanRef), Failure> {
    let (plan, reference) = read_published_plan(plan)?;
    let Some(keys) = &plan.keys else {
        return Err(OfficeFileError::Unpublished { path: path.to_owned() }.into());
    };
    let text = read_text(path)?;
    let verified = block_on(Protocol::verify(&Native, &text, &keys.sign));
    let protocol =
        verified.map_err(|fault| Failure::told(Exit::Refused, HallError::File { path: path.to_owned(), fault }))?;
    if protocol.ballot.plan != reference {
        let found = protocol.ballot.plan.clone();
        return Err(Failure::told(Exit::Refused, HallError::OtherPlan { path: path.to_owned(), found }));
    }
    Ok((protocol, plan, reference))
}
