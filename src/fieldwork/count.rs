use super::days::whole_day;
use super::device::devices;
use super::{Arrivals, Days, DeviceLine, Residents};
use crate::batch::Roster;
use crate::ledger::{Account, Kept, Ledger};
use crate::plan::{Digest, Mode, Plan};
use crate::rectification::Day;
use crate::session::Disposition;
use crate::tally::Fraction;
use std::collections::{BTreeMap, HashMap};

/// Records by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub complete: u64,
    pub partial: u64,
    pub screened_out: u64,
}

impl Count {
    pub fn add(&mut self, disposition: Disposition) {
        match disposition {
            Disposition::Complete => self.complete += 1,
            Disposition::Partial => self.partial += 1,
            Disposition::ScreenedOut => self.screened_out += 1,
        }
    }

    pub fn all(&self) -> u64 {
        self.complete + self.partial + self.screened_out
    }
}

/// One part of the round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub count: Count,
    /// How many complete records the plan wants; None: it does not say.
    pub target: Option<u64>,
    /// How many people there are; None: the plan does not say.
    pub population: Option<u64>,
}

impl Line {
    /// Complete records of those that are wanted; above 1 where there are more. None: without a target.
    pub fn reached(&self) -> Option<Fraction> {
        self.target.filter(|target| *target > 0).map(|target| self.share(target))
    }

    /// Complete records of the people that there are. None: the plan does not say how many.
    pub fn of_population(&self) -> Option<Fraction> {
        self.population.filter(|all| *all > 0).map(|all| self.share(all))
    }

    fn share(&self, of: u64) -> Fraction {
        Fraction::new(self.count.complete.into(), of.into())
    }

    /// How many complete records are missing.
    pub fn missing(&self) -> Option<u64> {
        self.target.map(|target| target.saturating_sub(self.count.complete))
    }
}

/// One round as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Fieldwork {
    /// The round's place in the plan.
    pub round: usize,
    /// All of it. Its target is the sum over the strata where each has one, else over the rater groups, else none.
    pub whole: Line,
    /// In the order of the plan, by place; last, without a place, what has no stratum, where there is any. Empty: the plan has none.
    pub strata: Vec<(Option<usize>, Line)>,
    /// Likewise; without groups that are not asked in this round and have no record.
    pub groups: Vec<(Option<usize>, Line)>,
    /// By place in [`Plan::cells`]: those that somebody asked in this round can be in, or is.
    pub cells: Vec<(usize, Line)>,
    /// Modes in which somebody is asked in this round, or was.
    pub modes: Vec<(Mode, Line)>,
    pub days: Days,
    pub devices: Vec<DeviceLine>,
    pub residents: Residents,
    /// Records in batches of the round that do not count: sealed, kept apart, contradicting, unfit or left out.
    pub uncounted: u64,
}

/// What has to come each day from today on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub missing: u64,
    /// Days that are left, today among them; 0: the round is over.
    pub days: u64,
    /// Complete records for each of them, rounded up; None: there is no day left.
    pub each_day: Option<u64>,
    /// How many there would be at the end of today at an even pace; None: the round has not begun.
    pub even: Option<u64>,
}

impl Fieldwork {
    /// Counts a round by its place in the plan. `account` is the ledger's own. `item`: name of an item whose answer says on which
    /// day a record counts; without it the day of arrival does.
    ///
    /// None: the plan has no such round.
    pub fn of(
        ledger: &Ledger,
        account: &Account<'_>,
        roster: Option<&Roster>,
        arrivals: &Arrivals,
        item: Option<&str>,
        round: usize,
    ) -> Option<Fieldwork> {
        let codebook = ledger.codebook();
        let plan = codebook.plan();
        let id = &plan.rounds.get(round)?.id;
        let carriers = carriers(ledger, arrivals);
        let cells = plan.cells();
        let mut made = Fieldwork::empty(plan, round, cells.len());
        let mut by_day: BTreeMap<Option<Day>, Count> = BTreeMap::new();
        let mut by_device: BTreeMap<Option<&Digest>, Count> = BTreeMap::new();
        for (record, row) in account.counted.iter().filter(|(_, row)| usize::from(row.domain.round) == round) {
            let (device, arrived) = carriers.get(record).copied().unwrap_or_default();
            made.whole.count.add(row.disposition);
            put(&mut made.strata, row.domain.stratum.map(usize::from), row.disposition);
            put(&mut made.groups, row.domain.rater_group.map(usize::from), row.disposition);
            put(&mut made.modes, row.domain.mode, row.disposition);
            if row.disposition == Disposition::Complete {
                for cell in codebook.cells_of(record, row) {
                    put(&mut made.cells, cell, row.disposition);
                }
            }
            let day = match item {
                Some(item) => row.others().0.get(item).and_then(whole_day),
                None => arrived,
            };
            by_day.entry(day).or_default().add(row.disposition);
            by_device.entry(device).or_default().add(row.disposition);
        }
        // Who is not asked in this round is missing from none of it.
        made.cells
            .retain(|(at, line)| line.count.all() > 0 || cells.get(*at).is_some_and(|cell| plan.asks_cell(id, cell)));
        made.groups.retain(|(at, line)| {
            let group = at.and_then(|at| plan.rater_groups.get(at));
            let counts = line.count.all() > 0 && !plan.rater_groups.is_empty();
            counts || group.is_some_and(|group| plan.asks_group(id, &group.id))
        });
        // In a plan without strata nobody lacks one.
        made.strata.retain(|(at, line)| at.is_some() || (line.count.all() > 0 && !plan.strata.is_empty()));
        made.modes.retain(|(mode, line)| line.count.all() > 0 || plan.asks_by(*mode, id, None, None));
        made.whole.target = total(&made.strata).or_else(|| total(&made.groups));
        made.days = Days::of(by_day, plan.rounds.get(round)?);
        (made.devices, made.residents) = devices(ledger, account, roster, arrivals, id, &by_device);
        made.uncounted = uncounted(ledger, account, id);
        Some(made)
    }

    /// Every line that the plan has, with its target and nothing in it.
    fn empty(plan: &Plan, round: usize, cells: usize) -> Fieldwork {
        let line = |target: Option<u32>, population| Line {
            count: Count::default(),
            target: target.filter(|target| *target > 0).map(u64::from),
            population,
        };
        let strata = plan.strata.iter().map(|stratum| line(stratum.target, stratum.population));
        let groups = plan.rater_groups.iter().map(|group| line(group.target, group.population));
        let targets = plan.cells().into_iter().map(|cell| line(Some(cell.target), None));
        debug_assert_eq!(targets.len(), cells);
        Fieldwork {
            round,
            whole: Line::default(),
            strata: strata.enumerate().map(|(at, line)| (Some(at), line)).chain([(None, Line::default())]).collect(),
            groups: groups.enumerate().map(|(at, line)| (Some(at), line)).chain([(None, Line::default())]).collect(),
            cells: targets.enumerate().collect(),
            modes: Mode::ALL.into_iter().map(|mode| (mode, Line::default())).collect(),
            days: Days::default(),
            devices: Vec::new(),
            residents: Residents::default(),
            uncounted: 0,
        }
    }

    /// What has to come from `today` on until the round closes; None: without a target, or without a last day.
    pub fn pace(&self, plan: &Plan, today: Day) -> Option<Pace> {
        let (target, missing) = (self.whole.target?, self.whole.missing()?);
        let round = plan.rounds.get(self.round)?;
        let closes = round.closes.as_deref().and_then(Day::parse)?;
        let days = u64::try_from(closes.0 - today.0 + 1).unwrap_or(0);
        let opens = round.opens.as_deref().and_then(Day::parse).filter(|opens| opens.0 <= closes.0);
        let even = opens.filter(|opens| opens.0 <= today.0).map(|opens| {
            let (all, gone) = (closes.0 - opens.0 + 1, today.0.min(closes.0) - opens.0 + 1);
            (u128::from(target) * gone.unsigned_abs() as u128 / all.unsigned_abs().max(1) as u128) as u64
        });
        Some(Pace { missing, days, each_day: (days > 0).then(|| missing.div_ceil(days.max(1))), even })
    }
}

/// Adds to the line of a key; one that no line has is none of the plan's, and cannot be: a record with it does not fit.
fn put<K: PartialEq>(lines: &mut [(K, Line)], key: K, disposition: Disposition) {
    if let Some((_, line)) = lines.iter_mut().find(|(known, _)| *known == key) {
        line.count.add(disposition);
    }
}

/// The sum of the targets, where each part that has a name has one.
fn total(lines: &[(Option<usize>, Line)]) -> Option<u64> {
    let mut named = lines.iter().filter(|(at, _)| at.is_some()).peekable();
    named.peek()?;
    named.map(|(_, line)| line.target).sum()
}

/// Of each record the canvasser's device that is named first, and the day on which it first arrived.
fn carriers<'a>(ledger: &'a Ledger, arrivals: &Arrivals) -> HashMap<&'a str, (Option<&'a Digest>, Option<Day>)> {
    let mut carriers: HashMap<&str, (Option<&Digest>, Option<Day>)> = HashMap::new();
    for (record, batch) in ledger.carried() {
        let device = batch.link.is_none().then_some(&batch.device);
        let day = arrivals.day(&batch.digest);
        let found = carriers.entry(record).or_insert((device, day));
        found.1 = [found.1, day].into_iter().flatten().min();
    }
    carriers
}

/// Records in batches of a round less those that count; a record that came several times is there as often, and counts.
fn uncounted(ledger: &Ledger, account: &Account<'_>, round: &str) -> u64 {
    let of_round = ledger.batches().values().filter(|kept| kept.head().round == round);
    let all: usize = of_round.map(Kept::len).sum();
    let counts = |record: &str| account.counted.binary_search_by_key(&record, |(known, _)| known).is_ok();
    let counted = ledger.carried().filter(|(record, batch)| batch.round == round && counts(record)).count();
    all.saturating_sub(counted) as u64
}
