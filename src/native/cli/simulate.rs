//! `minping simulate …`: a round without people, to try the way from plan to report, and to see whether intervals hold.
mod handing;
mod round;
mod trial;

pub use round::{Conditions, write_round};

use super::round::check_round;
use super::{Context, Exit, Failure, Told};
use crate::batch::{CryptoError, SealRightError, plan_digest};
use crate::ledger::Explain;
use crate::native::crypto::Native;
use crate::plan::{self, LoadError, Plan};
use crate::session::PlanRef;
use crate::simulate::CoverageError;
use clap::Subcommand;
use pollster::block_on;
use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum Simulate {
    /// A round with sealed, signed batches, and what is true beside them 模拟一轮
    Round(Box<round::SimulateRound>),
    /// How often the intervals of the tally hold the truth 区间覆盖率
    Coverage(trial::SimulateCoverage),
}

impl Simulate {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Simulate::Round(command) => command.run(context),
            Simulate::Coverage(command) => command.run(context),
        }
    }
}

/// Why nothing is simulated.
#[derive(Debug)]
enum SimulateError {
    Plan {
        path: PathBuf,
        error: LoadError,
    },
    Published(PathBuf),
    NotEmpty(PathBuf),
    Engine(CoverageError),
    /// Its right answers cannot be sealed.
    Right(SealRightError),
    Crypto(CryptoError),
}

/// A plan that is not published: simulated answers must never fit a real round.
fn read_unpublished(path: &Path) -> Result<Plan, Failure> {
    let text = super::read_text(path)?;
    let refused = |error| Failure::told(Exit::Refused, error);
    let plan = plan::load(&text).map_err(|error| refused(SimulateError::Plan { path: path.to_owned(), error }))?;
    match plan.keys {
        Some(_) => Err(refused(SimulateError::Published(path.to_owned()))),
        None => Ok(plan),
    }
}

fn reference_of(plan: &Plan, text: &str) -> Result<PlanRef, Failure> {
    let digest = block_on(plan_digest(&Native, text.as_bytes())).map_err(crypto)?;
    Ok(PlanRef { id: plan.id.clone(), version: plan.version.clone(), digest })
}

fn crypto(error: CryptoError) -> Failure {
    Failure::told(Exit::Trouble, SimulateError::Crypto(error))
}

fn engine(error: CoverageError) -> Failure {
    Failure::told(Exit::Refused, SimulateError::Engine(error))
}

/// The round that is meant: the one named, or else the plan's first.
fn round_of(plan: &Plan, named: Option<String>) -> Result<String, Failure> {
    check_round(plan, named.as_deref())?;
    // The first in which something is graded: there is nothing to tally in the others.
    Ok(named.or_else(|| plan.graded_round().map(|round| round.id.clone())).unwrap_or_default())
}

/// A number from 0 to below 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..1.0).contains(&share) => Ok(share),
        _ => Err("a share is a number from 0 to below 1, such as 0.3".to_owned()),
    }
}

impl fmt::Display for SimulateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SimulateError::Plan { path, error } => write!(f, "{}: {error}", path.display()),
            SimulateError::Published(path) => write!(
                f,
                "{}: this plan is published; give the plan as it was before, so that simulated answers fit no real round",
                path.display()
            ),
            SimulateError::NotEmpty(path) => {
                write!(f, "{}: there is something here already; choose another folder", path.display())
            }
            SimulateError::Engine(error) => error.fmt(f),
            SimulateError::Right(error) => error.fmt(f),
            SimulateError::Crypto(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SimulateError {}

impl Told for SimulateError {
    fn zh(&self) -> String {
        match self {
            SimulateError::Plan { path, error } => format!("{}：\n{}", path.display(), error.zh()),
            SimulateError::Published(path) => {
                format!("{}：此方案已发布；请给出发布之前的方案，使模拟的答卷不可能混入真实的一轮", path.display())
            }
            SimulateError::NotEmpty(path) => format!("{}：这里已有内容；请另选文件夹", path.display()),
            SimulateError::Engine(CoverageError::Nobody(_)) => {
                "方案的问卷没有一份适用于任何人群和方式；请在 `questionnaires` 中补充".to_owned()
            }
            SimulateError::Engine(error) => format!("方案不能模拟：{error}"),
            SimulateError::Right(error) => error.explain().zh,
            SimulateError::Crypto(error) => error.zh(),
        }
    }
}
