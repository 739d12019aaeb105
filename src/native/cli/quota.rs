use super::intake::Intake;
use super::round::check_round;
use super::{Context, Exit, Failure, FileError, Format, Told, findings};
use crate::batch::{quotas_file, sign_quotas};
use crate::ledger::Filled;
use crate::native::crypto::Native;
use crate::native::files::{self, Access};
use crate::report::quotas_table;
use clap::Args;
use pollster::block_on;
use std::fmt;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// Counts complete records by the cells of the plan's quotas. `--out` and `--app` sign what devices may be told of it: they
/// fetch it from beside the plan, or open it as a file. Exit code as of `tally`.
#[derive(Args)]
pub struct Quota {
    #[command(flatten)]
    intake: Intake,
    /// Id of the round; by default every round of the plan
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// Write the signed standing to this file, such as `county.minping-quotas`; needs --keys
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Put the signed standing beside the plan in the folder of the app; needs --keys
    #[arg(long, value_name = "FOLDER")]
    app: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Why quotas are not told.
#[derive(Debug)]
enum QuotaError {
    Sealed(u64),
    NoQuotas,
    NoKeys,
    OtherOffice(PathBuf),
    /// The plan does not lie in the app's folder.
    NotHere(PathBuf),
}

impl Quota {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let signs = self.out.is_some() || self.app.is_some();
        if signs && self.intake.office.keys.is_none() {
            return Err(Failure::told(Exit::Usage, QuotaError::NoKeys));
        }
        let opened = self.intake.office.read()?;
        let plan = &opened.plan;
        check_round(plan, self.round.as_deref())?;
        if plan.cells().is_empty() {
            return Err(Failure::told(Exit::Refused, QuotaError::NoQuotas));
        }
        let files = self.files(&opened.reference)?;
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        if account.balance.waiting > 0 {
            return Err(Failure::told(Exit::Refused, QuotaError::Sealed(account.balance.waiting)));
        }
        let filled = Filled::of(taking.ledger.codebook(), account.counted.iter().copied());
        let wanted = |at: &usize| self.round.as_ref().is_none_or(|id| plan.rounds[*at].id == *id);
        let rounds: Vec<usize> = (0..plan.rounds.len()).filter(wanted).collect();
        if let Some(secrets) = opened.secrets.as_ref().filter(|_| signs) {
            if !plan.keys.as_ref().is_some_and(|keys| keys.sign.contains(&secrets.sign_public)) {
                let keys = self.intake.office.keys.clone().unwrap_or_default();
                return Err(Failure::told(Exit::Refused, QuotaError::OtherOffice(keys)));
            }
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            let quotas = taking.ledger.quotas(&account, now);
            let text = block_on(sign_quotas(&Native, &secrets.sign, &secrets.sign_public, &quotas));
            let text = text.map_err(|error| Failure::told(Exit::Trouble, error))? + "\n";
            for path in files {
                files::replace(&path, text.as_bytes(), Access::Usual)?;
                aside!("minping: {}", path.display());
            }
        }
        context.show(&quotas_table(plan, &filled, &rounds, context.lang), self.format)?;
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }

    /// Where the standing goes.
    fn files(&self, reference: &crate::session::PlanRef) -> Result<Vec<PathBuf>, Failure> {
        let mut files: Vec<PathBuf> = self.out.iter().cloned().collect();
        if let Some(app) = &self.app {
            let file = quotas_file(reference);
            let plan = app.join(&file).with_extension("json");
            match plan.symlink_metadata() {
                Ok(_) => files.push(app.join(file)),
                Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                    return Err(Failure::told(Exit::Refused, QuotaError::NotHere(plan)));
                }
                Err(cause) => return Err(FileError::new("read", &plan, cause).into()),
            }
        }
        Ok(files)
    }
}

impl fmt::Display for QuotaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QuotaError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to count them")
            }
            QuotaError::NoQuotas => f.write_str(
                "the plan has no `quotas`, and no rater group or stratum has a `target`; write some, see docs/questionnaire.md",
            ),
            QuotaError::NoKeys => f.write_str("--out and --app sign the standing; give the office's key file with --keys"),
            QuotaError::OtherOffice(path) => write!(
                f,
                "{}: the plan does not name these keys, so no device would believe their signature; use the key file with which the plan was published",
                path.display()
            ),
            QuotaError::NotHere(path) => write!(
                f,
                "{}: the plan does not lie beside this app; publish it there with `minping plan publish`, or write the standing with --out",
                path.display()
            ),
        }
    }
}

impl std::error::Error for QuotaError {}

impl Told for QuotaError {
    fn zh(&self) -> String {
        match self {
            QuotaError::Sealed(count) => format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件再计数"),
            QuotaError::NoQuotas => {
                "方案没有 `quotas`，群体和地点也没有写 `target`；写法见 docs/questionnaire.md".to_owned()
            }
            QuotaError::NoKeys => "--out 和 --app 要给配额进度签名；请用 --keys 给出办公室的密钥文件".to_owned(),
            QuotaError::OtherOffice(path) => {
                format!("{}：方案没有列出这些密钥，签了名设备也不认可；请使用发布方案时的密钥文件", path.display())
            }
            QuotaError::NotHere(path) => format!(
                "{}：方案不在此应用旁边；请先用 `minping plan publish` 发布到那里，或用 --out 写成文件",
                path.display()
            ),
        }
    }
}
