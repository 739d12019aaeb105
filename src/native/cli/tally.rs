use super::earlier::read_rounds;
use super::intake::Intake;
use super::round::check_round;
use super::{Context, Exit, Failure, Format, Told, findings};
use crate::ledger::Row;
use crate::plan::Plan;
use crate::report::{
    By, Shape, changes_note, changes_table, combined_note, combined_table, knowledge_note, knowledge_table,
    pairs_table, results_note, results_table, scores_notes,
};
use crate::scores::{Counted, Scored, changes, scored};
use crate::tally::{Combined, Knowledge, combined, knowledge, results as tally_results};
use clap::Args;
use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

/// Exit code 1 when something was refused, kept apart, not opened or missing; what counts is shown all the same.
#[derive(Args)]
pub struct Tally {
    #[command(flatten)]
    intake: Intake,
    /// Id of the round; by default every round that has a record
    #[arg(long, value_name = "ROUND")]
    round: Option<String>,
    /// One row for each
    #[arg(long, value_enum, default_value_t)]
    by: By,
    /// Instead: what changed since this earlier round, with intervals; without --round, in the last round with a record
    #[arg(long, value_name = "ROUND", conflicts_with = "by")]
    since: Option<String>,
    /// Numbers of earlier rounds as CSV (`minping earlier`), so that --since may name one of them
    #[arg(long, value_name = "FILE.csv", requires = "since")]
    earlier: Option<PathBuf>,
    /// Only records of this stratum (area); not for publication
    #[arg(long, value_name = "STRATUM")]
    stratum: Option<String>,
    /// Withhold what the plan's smallest cell forbids to publish
    #[arg(long)]
    publish: bool,
    /// Decimal places, halves rounded up
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=12))]
    places: u32,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Why there is no table.
#[derive(Debug)]
enum TallyError {
    Sealed(u64),
    GroupsArePrivate,
    StrataArePrivate,
    UnknownStratum {
        found: String,
        known: Vec<String>,
    },
    NothingToKnow,
    /// They stand sealed in the plan.
    RightSealed,
    NoParts,
    /// `--since` names the round that is shown, or no later one has a record.
    OneRound(String),
}

impl fmt::Display for TallyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TallyError::Sealed(count) => {
                write!(f, "{count} records are sealed; give the office's key file with --keys to count them")
            }
            TallyError::NothingToKnow => {
                f.write_str("--by question: no item of the plan has right answers; choose --by unit or --by indicator")
            }
            TallyError::RightSealed => {
                f.write_str("--by question: the plan's right answers are sealed; give the office's key file with --keys")
            }
            TallyError::NoParts => f.write_str(
                "--by part: the plan has no `parts`, so there is no combined score; choose --by unit or --by indicator",
            ),
            TallyError::OneRound(round) => {
                write!(f, "--since {round}: there is no other round with a record to compare with it; name it with --round")
            }
            TallyError::StrataArePrivate => f.write_str(
                "--publish leaves out results of one stratum, which could be subtracted from those of all; leave out --stratum",
            ),
            TallyError::UnknownStratum { found, known } if known.is_empty() => {
                write!(f, "--stratum {found}: the plan has no strata; leave it out")
            }
            TallyError::UnknownStratum { found, known } => {
                write!(f, "--stratum: the plan has no stratum `{found}`; choose one of {}", known.join(", "))
            }
            TallyError::GroupsArePrivate => f.write_str(
                "--publish leaves out results by rater group, which could be subtracted from each other; choose --by unit or --by indicator",
            ),
        }
    }
}

impl std::error::Error for TallyError {}

impl Told for TallyError {
    fn zh(&self) -> String {
        match self {
            TallyError::Sealed(count) => format!("{count} 份答卷是加密的；请用 --keys 给出办公室的密钥文件再计票"),
            TallyError::NothingToKnow => {
                "--by question：方案里没有写明正确答案的题目；请选择 --by unit 或 --by indicator".to_owned()
            }
            TallyError::RightSealed => {
                "--by question：方案里的正确答案是加密的；请用 --keys 给出办公室的密钥文件".to_owned()
            }
            TallyError::NoParts => {
                "--by part：方案没有 `parts`，因此没有综合得分；请选择 --by unit 或 --by indicator".to_owned()
            }
            TallyError::OneRound(round) => {
                format!("--since {round}：没有另一个有答卷的轮次可与它比较；请用 --round 指明")
            }
            TallyError::StrataArePrivate => {
                "--publish 不公布单个抽样层的结果，因为与全体相减可以得出不公布的数；请去掉 --stratum".to_owned()
            }
            TallyError::UnknownStratum { found, known } if known.is_empty() => {
                format!("--stratum {found}：方案没有抽样层；请去掉此选项")
            }
            TallyError::UnknownStratum { found, known } => {
                format!("--stratum：方案里没有抽样层 `{found}`；请从 {} 中选择", known.join("、"))
            }
            TallyError::GroupsArePrivate => {
                "--publish 不公布分群体的结果，因为由它们相减可以得出不公布的数；请选择 --by unit 或 --by indicator"
                    .to_owned()
            }
        }
    }
}

/// The place of a stratum in the plan.
fn stratum_of(plan: &Plan, id: &str) -> Result<u16, Failure> {
    let found = plan.strata.iter().position(|stratum| stratum.id == id);
    found.map(|at| at as u16).ok_or_else(|| {
        let known = plan.strata.iter().map(|stratum| stratum.id.clone()).collect();
        Failure::told(Exit::Refused, TallyError::UnknownStratum { found: id.to_owned(), known })
    })
}

impl Tally {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        if self.publish && self.by == By::Group {
            return Err(Failure::told(Exit::Usage, TallyError::GroupsArePrivate));
        }
        if self.publish && self.stratum.is_some() {
            return Err(Failure::told(Exit::Usage, TallyError::StrataArePrivate));
        }
        let opened = self.intake.office.read()?;
        let plan = &opened.plan;
        let stratum = self.stratum.as_deref().map(|id| stratum_of(plan, id)).transpose()?;
        check_round(plan, self.round.as_deref())?;
        let imported = self.earlier.as_ref().map(|path| read_rounds(path, plan, None)).transpose()?.unwrap_or_default();
        let imported = imported.into_iter().find(|earlier| self.since.as_ref() == Some(&earlier.round));
        if imported.is_none() {
            check_round(plan, self.since.as_deref())?;
        }
        let taking = opened.take_in(&self.intake.office.plan, &self.intake.files, context, |_, _, _| Ok(()))?;
        let account = taking.ledger.account();
        if account.balance.waiting > 0 {
            return Err(Failure::told(Exit::Refused, TallyError::Sealed(account.balance.waiting)));
        }
        let wanted = |row: &Row| stratum.is_none_or(|at| row.domain.stratum == Some(at));
        let rows = account.counted.iter().map(|(_, row)| *row).filter(|row| wanted(row));
        let counted = Counted::of_rows(taking.ledger.codebook().clone(), rows);
        let with_records: BTreeSet<u16> = counted.tally().domains().keys().map(|domain| domain.round).collect();
        let made = |round: &str| {
            let made = scored(&counted, round);
            made.map(|made| if self.publish { made.published(plan.privacy.smallest_cell) } else { made })
        };
        let mut shown = Vec::new();
        for (at, round) in plan.rounds.iter().enumerate() {
            let wanted = match &self.round {
                Some(id) => *id == round.id,
                None => with_records.contains(&(at as u16)),
            };
            if wanted && let Some(made) = made(&round.id) {
                shown.push(made);
            }
        }
        let for_people = self.format == Format::Table;
        if let Some(earlier) = &self.since {
            let later = shown.pop().filter(|later| later.results.round != *earlier);
            let counted = made(earlier).filter(|made| made.results.records != Some(0) || imported.is_none());
            let before = later.as_ref().and_then(|later| counted.or_else(|| Some(imported.as_ref()?.beside(later))));
            let (Some(before), Some(after)) = (before, later) else {
                return Err(Failure::told(Exit::Usage, TallyError::OneRound(earlier.clone())));
            };
            let found = changes(&before, &after);
            context.show(&changes_table(plan, &found, self.places, for_people, context.lang), self.format)?;
            for round in [&before, &after].into_iter().filter(|round| !round.imported) {
                aside!("minping: {}", results_note(plan, &round.results, context.lang));
            }
            aside!("minping: {}", changes_note(plan, &found, context.lang));
            return Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context));
        }
        let codebook = taking.ledger.codebook();
        let known = plan.rounds.iter().enumerate().filter(|(at, round)| match &self.round {
            Some(id) => *id == round.id,
            None => with_records.contains(&(*at as u16)),
        });
        let known: Vec<Knowledge> = known
            .filter_map(|(_, round)| {
                knowledge(
                    codebook,
                    account.counted.iter().map(|(id, row)| (*id, *row)).filter(|(_, row)| wanted(row)),
                    &round.id,
                )
            })
            .map(|known| if self.publish { known.published(plan.privacy.smallest_cell) } else { known })
            .collect();
        if self.by == By::Question {
            if known.is_empty() && shown.iter().any(|round| round.results.records != Some(0)) {
                let sealed = !plan.right_answers.is_empty();
                let error = if sealed { TallyError::RightSealed } else { TallyError::NothingToKnow };
                return Err(Failure::told(Exit::Refused, error));
            }
            let table = knowledge_table(plan, &known, self.places, !self.publish, for_people, context.lang);
            context.show(&table, self.format)?;
            return Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context));
        }
        if self.by == By::Part {
            if plan.parts.is_empty() {
                return Err(Failure::told(Exit::Refused, TallyError::NoParts));
            }
            let rows = || account.counted.iter().map(|(id, row)| (*id, *row)).filter(|(_, row)| wanted(row));
            let of_all = |round: &Scored| tally_results(counted.tally(), &round.results.round);
            let made = shown.iter().filter_map(|round| {
                let made = combined(codebook, rows(), &of_all(round)?)?;
                Some(match self.publish {
                    true => made.published(&plan.parts, &round.results, plan.privacy.smallest_cell),
                    false => made,
                })
            });
            let made: Vec<Combined> = made.collect();
            let pairs: Vec<(&Combined, &Scored)> = made.iter().zip(&shown).collect();
            context.show(&combined_table(plan, &pairs, self.places, for_people, context.lang), self.format)?;
            aside!("minping: {}", combined_note(plan, context.lang));
            return Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context));
        }
        if self.by == By::Pair {
            context.show(&pairs_table(plan, &shown, self.places, for_people, context.lang), self.format)?;
            self.notes(plan, &shown, context);
            return Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context));
        }
        let shape = Shape { by: self.by, publish: self.publish, places: self.places, for_people };
        context.show(&results_table(plan, &shown, &shape, context.lang), self.format)?;
        self.notes(plan, &shown, context);
        for round in &known {
            aside!("minping: {}", knowledge_note(plan, round, self.places, context.lang));
        }
        Ok(findings::tell(&taking, &account, opened.roster.as_ref(), context))
    }

    fn notes(&self, plan: &Plan, shown: &[Scored], context: &Context) {
        for round in shown {
            aside!("minping: {}", results_note(plan, &round.results, context.lang));
            for note in scores_notes(round, context.lang) {
                aside!("minping: {note}");
            }
        }
    }
}
