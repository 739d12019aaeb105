use super::effect::{Contrast, Correlation, contrasts, correlation};
use super::gap::{Gap, gaps};
use super::list::{Line, lines};
use super::pace::{Burst, bursts, median, paces};
use super::unit::{UnitGrades, unit_grades};
use super::{Absent, Check, Match, Matcher, Matches, Measure, Settings, Sheet};
use crate::session::Disposition;

/// The checks of one sheet, but for the comparison of pairs, which takes long: [`Inspection::matcher`] does that, and
/// [`Inspection::finish`] takes what it found.
#[derive(Clone, Debug)]
pub struct Inspection<'a> {
    sheet: Sheet<'a>,
    settings: Settings,
    lines: Vec<Line>,
    gaps: Vec<Gap>,
    paces: Vec<Option<f64>>,
    /// Places of the cases that are compared with each other: all but those with one grade for everything, which are alike
    /// without having been copied.
    compared: Vec<u32>,
}

/// What was found in the records of one questionnaire in one round. Nothing is left out of any result because of it.
#[derive(Clone, Debug)]
pub struct Findings<'a> {
    pub sheet: Sheet<'a>,
    pub settings: Settings,
    /// One for each case.
    pub lines: Vec<Line>,
    pub gaps: Vec<Gap>,
    /// Seconds for an answer.
    pub paces: Vec<Option<f64>>,
    /// Highest match of each case with another; partners are places of cases.
    pub matches: Vec<Option<Match>>,
    /// Over all pairs, where they were compared.
    pub pairs: Option<PairFindings>,
    pub bursts: Vec<Burst>,
    pub units: Vec<UnitGrades>,
    pub contrasts: Vec<Contrast>,
    pub correlations: Vec<Correlation>,
    /// In order of check and subject.
    pub flags: Vec<Flag>,
    /// Checks that say nothing here, and why.
    pub absent: Vec<(Check, Absent)>,
}

/// What the comparison of all pairs found.
#[derive(Clone, Debug, PartialEq)]
pub struct PairFindings {
    /// Records that were compared, and those that were not since they have one grade for everything.
    pub records: u32,
    pub left_out: u32,
    /// Pairs with enough common answers.
    pub judged: u64,
    pub above: u64,
    /// Share of equal answers over all pairs; `None`: no pair was judged.
    pub mean: Option<f64>,
    /// Records by their highest match: twenty steps of 5 %, the last with 100 %.
    pub distribution: [u32; 20],
    /// The highest pairs: first and second case, equal answers, answers that both gave.
    pub listed: Vec<(u32, u32, u32, u32)>,
}

/// Something for a person to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    pub check: Check,
    pub subject: Subject,
    /// As [`Check::value`] says.
    pub value: f64,
    /// What the value rests on: grades, questions, answers, records.
    pub n: u32,
}

/// What a flag is about. Numbers are places in the sheet or the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Record(u32),
    /// The record, and the one that it resembles most.
    Pair(u32, u32),
    Holder(u32),
    /// One holder by one measure.
    Contrast(u32, Measure),
    /// All holders by one measure.
    Holders(Measure),
    Unit(u16),
    /// All holders.
    Everyone,
}

impl Subject {
    /// The record that it is about.
    pub fn record(self) -> Option<u32> {
        match self {
            Subject::Record(at) | Subject::Pair(at, _) => Some(at),
            _ => None,
        }
    }
}

impl<'a> Inspection<'a> {
    pub fn new(sheet: Sheet<'a>, settings: Settings) -> Inspection<'a> {
        let lines = lines(&sheet, &settings);
        let gaps = gaps(&sheet);
        let paces = paces(&sheet);
        let compared = (0..sheet.cases.len() as u32).filter(|at| !lines[*at as usize].alike).collect();
        Inspection { sheet, settings, lines, gaps, paces, compared }
    }

    pub fn sheet(&self) -> &Sheet<'a> {
        &self.sheet
    }

    /// Compares the pairs; `None`: there is nothing to compare.
    pub fn matcher(&self) -> Option<Matcher> {
        let columns = self.sheet.columns.len();
        if self.compared.len() < 2 || columns < self.settings.fewest_common as usize {
            return None;
        }
        let rows = self.compared.iter().flat_map(|at| self.sheet.row(*at as usize));
        let values: Vec<u16> = rows.copied().collect();
        let Settings { matched, fewest_common, listed_pairs, .. } = self.settings;
        Some(Matcher::new(&values, columns, matched, fewest_common, listed_pairs))
    }

    /// Draws the conclusions. `matches`: what [`Inspection::matcher`] found in all rows.
    pub fn finish(self, matches: Option<Matches>) -> Findings<'a> {
        let Inspection { sheet, settings, lines, gaps, paces, compared } = self;
        let mut highest = vec![None; sheet.cases.len()];
        let pairs = matches.map(|matches| {
            let case = |row: u32| compared[row as usize];
            for (row, found) in matches.highest.iter().enumerate() {
                highest[case(row as u32) as usize] = found.map(|found| Match { partner: case(found.partner), ..found });
            }
            let mut distribution = [0; 20];
            for found in highest.iter().flatten() {
                // In whole numbers: 85 % is in the step that begins with it.
                distribution[(found.equal as usize * 20 / found.both as usize).min(19)] += 1;
            }
            let pairs = matches.pairs();
            let listed =
                pairs.iter().map(|pair| (case(pair.first), case(pair.with.partner), pair.with.equal, pair.with.both));
            PairFindings {
                records: compared.len() as u32,
                left_out: (sheet.cases.len() - compared.len()) as u32,
                judged: matches.judged,
                above: matches.above,
                mean: (matches.sums.1 > 0).then(|| matches.sums.0 as f64 / matches.sums.1 as f64),
                distribution,
                listed: listed.collect(),
            }
        });
        let mut findings = Findings {
            bursts: bursts(&sheet, &settings),
            units: unit_grades(&sheet, &settings),
            sheet,
            settings,
            lines,
            gaps,
            paces,
            matches: highest,
            pairs,
            contrasts: Vec::new(),
            correlations: Vec::new(),
            flags: Vec::new(),
            absent: Vec::new(),
        };
        findings.compare_holders();
        findings.flag();
        findings
    }
}

impl Findings<'_> {
    /// The number of a case by which holders are compared. Of interviews that were broken off only the grades are.
    pub fn measured(&self, measure: Measure, case: usize) -> Option<f64> {
        let whole = self.sheet.cases[case].row.disposition == Disposition::Complete;
        match measure {
            Measure::Grade => self.lines[case].mean,
            Measure::Same => self.lines[case].same,
            Measure::DontKnow => self.gaps[case].dont_know_share().filter(|_| whole),
            Measure::Unanswered => self.gaps[case].unanswered_share().filter(|_| whole),
            Measure::Match => self.matches[case].map(|found| found.share()),
            Measure::Pace => self.paces[case],
        }
    }

    fn compare_holders(&mut self) {
        let of = |measure: Measure| -> Vec<(u32, f64)> {
            let numbers = self.sheet.cases.iter().enumerate();
            numbers.filter_map(|(at, case)| Some((case.holder?, self.measured(measure, at)?))).collect()
        };
        let values = Measure::ALL.map(|measure| (measure, of(measure)));
        self.contrasts = contrasts(&values, &self.settings);
        self.correlations =
            values.iter().filter_map(|(measure, values)| correlation(*measure, values, &self.settings)).collect();
    }

    fn flag(&mut self) {
        let mut flags = Vec::new();
        let mut raise = |check, subject, value, n| flags.push(Flag { check, subject, value, n });
        let set = &self.settings;
        let middle = median(self.paces.iter().flatten().copied());
        for (at, case) in self.sheet.cases.iter().enumerate() {
            let subject = Subject::Record(at as u32);
            let (line, gap) = (&self.lines[at], &self.gaps[at]);
            if let Some(same) = line.same.filter(|same| *same >= set.same_share) {
                raise(Check::SameGrades, subject, same, line.grades);
            } else if line.run >= set.longest_run && 2 * line.run >= line.run_of {
                raise(Check::LongestRun, subject, f64::from(line.run), line.run_of);
            } else if let Some(spread) = line.variability.filter(|spread| *spread <= set.variability) {
                raise(Check::Variability, subject, spread, line.grades);
            }
            if case.row.disposition == Disposition::Complete {
                if let Some(share) = gap.unanswered_share().filter(|share| *share >= set.unanswered && *share > 0.0) {
                    raise(Check::Unanswered, subject, share, gap.asked);
                }
                if let Some(share) = gap.dont_know_share().filter(|share| *share >= set.dont_know && *share > 0.0) {
                    raise(Check::DontKnow, subject, share, gap.asked);
                }
            }
            if let Some((pace, middle)) = self.paces[at].zip(middle).filter(|(pace, middle)| *pace < set.speed * middle)
            {
                let answers = self.sheet.row(at).iter().filter(|value| **value != 0).count();
                raise(Check::Speed, subject, pace / middle, answers as u32);
            }
            if let Some(hour) = case.span.hour() {
                let (first, last) = (f64::from(set.hours.0), f64::from(set.hours.1));
                if hour < first || hour >= last {
                    raise(Check::Hour, subject, hour, 1);
                }
            }
            if let Some(found) = self.matches[at]
                && u64::from(found.equal) * 10_000 >= (set.matched * 1e4).round() as u64 * u64::from(found.both)
            {
                raise(Check::NearDuplicate, Subject::Pair(at as u32, found.partner), found.share(), found.both);
            }
        }
        for burst in &self.bursts {
            raise(Check::Burst, Subject::Holder(burst.holder), f64::from(burst.records), burst.cases.len() as u32);
        }
        for contrast in &self.contrasts {
            if let Some(p) = contrast.p.filter(|p| *p < set.significance && contrast.is_odd()) {
                raise(Check::Interviewer, Subject::Contrast(contrast.holder, contrast.measure), p, contrast.records);
            }
        }
        for found in &self.correlations {
            if found.interval.map_or(found.value, |(low, _)| low) > set.correlation {
                raise(Check::Correlation, Subject::Holders(found.measure), found.value, found.records);
            }
        }
        for unit in self.units.iter().filter(|unit| unit.uniform > 0) {
            raise(Check::UniformUnit, Subject::Unit(unit.unit), unit.share.unwrap_or(1.0), unit.raters);
        }
        let mut records = vec![0u32; self.sheet.holders.len()];
        self.sheet.cases.iter().filter_map(|case| case.holder).for_each(|holder| records[holder as usize] += 1);
        let equal = records.windows(2).all(|two| two[0] == two[1]);
        if records.len() >= 3 && equal && records[0] >= set.fewest_records {
            raise(Check::EqualShares, Subject::Everyone, f64::from(records[0]), records.len() as u32);
        }
        flags.sort_by_key(|flag| (flag.check, flag.subject));
        self.flags = flags;
        self.say_what_is_absent(&records);
    }

    fn say_what_is_absent(&mut self, records: &[u32]) {
        let mut absent = |checks: &[Check], why: Absent, when: bool| {
            if when {
                self.absent.extend(checks.iter().map(|check| (*check, why)));
            }
        };
        let lists = self.lines.iter().any(|line| line.same.is_some());
        absent(&[Check::SameGrades, Check::LongestRun, Check::Variability], Absent::NoLists, !lists);
        let asked = self.gaps.iter().any(|gap| gap.asked > 0);
        absent(&[Check::Unanswered, Check::DontKnow], Absent::NothingAsked, !asked);
        absent(&[Check::Speed], Absent::NoTimes, self.paces.iter().all(Option::is_none));
        let ends = self.sheet.cases.iter().any(|case| case.span.end.is_some());
        absent(&[Check::Burst, Check::Hour], Absent::NoTimes, !ends);
        let none = self.sheet.holders.is_empty();
        absent(&[Check::Burst], Absent::NoHolders, ends && none);
        let few = (self.sheet.columns.len() as u32) < self.settings.fewest_common;
        absent(&[Check::NearDuplicate], Absent::FewQuestions, few);
        absent(&[Check::NearDuplicate], Absent::FewRecords, !few && self.pairs.is_none());
        absent(&[Check::Interviewer, Check::Correlation, Check::EqualShares], Absent::NoHolders, none);
        let enough = records.iter().filter(|records| **records >= self.settings.fewest_records).count();
        absent(&[Check::Interviewer, Check::Correlation], Absent::FewHolders, !none && enough < 2);
        absent(&[Check::EqualShares], Absent::FewHolders, !none && records.len() < 3);
        absent(&[Check::UniformUnit], Absent::FewRaters, self.units.iter().all(|unit| unit.judged == 0));
    }
}
