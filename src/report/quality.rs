//! What the checks of quality found, as tables: for people, spreadsheets and programs.

use super::{Cell, Column, Table, cell_name};
use crate::language::Language;
use crate::plan::{Plan, Text, pick};
use crate::quality::{Absent, Check, Findings, Flag, Measure, Quota, Settings, Subject, met_exactly};

/// Which table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum View {
    /// One row for each check: how many flags, its threshold, source and limits
    #[default]
    Summary,
    /// One row for each flag
    Flags,
    /// One row for each record, with all its figures
    Records,
    /// One row for each interviewer or device and measure
    Interviewers,
    /// How much of the variance lies between interviewers
    Effects,
    /// Records by their highest match with another
    Matches,
    /// The pairs that match most
    Pairs,
    /// One row for each unit
    Units,
    /// Targets of the plan and records
    Quotas,
}

/// Findings of all rounds and questionnaires, and what is needed to name things.
pub struct QualityReport<'a> {
    pub plan: &'a Plan,
    pub settings: &'a Settings,
    pub findings: &'a [Findings<'a>],
    pub quotas: &'a [Quota],
    /// What the office calls a device, by its thumbprint.
    pub holder_name: &'a dyn Fn(&str) -> String,
    /// Decimal places for people; programs get all digits.
    pub for_people: bool,
}

const ROUND: Column = Column::new("round", "轮次", "round");
const QUESTIONNAIRE: Column = Column::new("questionnaire", "问卷", "questionnaire");
const RECORD: Column = Column::new("record", "答卷", "record");
const HOLDER: Column = Column::new("interviewer", "设备/调查员", "device or interviewer");
const N: Column = Column::new("n", "依据", "n");

impl QualityReport<'_> {
    /// The table of a view.
    pub fn table(&self, view: View, language: Language) -> Table {
        let table = match view {
            View::Summary => self.summary(language),
            View::Flags => self.flags(language),
            View::Records => self.records(),
            View::Interviewers => self.interviewers(language),
            View::Effects => self.effects(language),
            View::Matches => self.matches(),
            View::Pairs => self.pairs(),
            View::Units => self.units(language),
            View::Quotas => self.quota_table(language),
        };
        if self.for_people { table.without_empty_columns() } else { table }
    }

    /// One line for each round and questionnaire: what was looked at.
    pub fn notes(&self, language: Language) -> Vec<String> {
        let note = |found: &Findings<'_>| {
            let flagged = self.flagged_records(found);
            let (records, devices) = (found.sheet.cases.len(), found.sheet.holders.len());
            let [round, questionnaire] = self.place(found);
            let mut note = match language {
                Language::Zh => format!(
                    "{round}/{questionnaire}：检查答卷 {records} 份，设备或调查员 {devices} 个；有提示的答卷 {flagged} 份。提示供人核实，不剔除任何答卷"
                ),
                Language::En => format!(
                    "{round}/{questionnaire}: {records} records of {devices} devices or interviewers; {flagged} records have a flag. Flags are for people to look into; nothing is excluded"
                ),
            };
            if let Some(pairs) = &found.pairs
                && let Some(mean) = pairs.mean
            {
                let (mean, judged) = (format!("{mean:.3}"), pairs.judged);
                note.push_str(&match language {
                    Language::Zh => format!("。比较了 {judged} 对，平均相同比例 {mean}"),
                    Language::En => format!(". {judged} pairs compared, mean match {mean}"),
                });
                if pairs.mean.is_some_and(|mean| mean >= found.settings.matched - 0.15) {
                    note.push_str(match language {
                        Language::Zh => "：答案本来就很相近，“两份几乎相同”的提示在这里没有多少意义",
                        Language::En => ": records are much alike anyway, so a near duplicate says little here",
                    });
                }
            }
            note
        };
        self.findings.iter().map(note).collect()
    }

    /// Records with a flag of their own.
    pub fn flagged_records(&self, found: &Findings<'_>) -> usize {
        let mut records: Vec<u32> = found.flags.iter().filter_map(|flag| flag.subject.record()).collect();
        records.sort_unstable();
        records.dedup();
        records.len()
    }

    fn place(&self, found: &Findings<'_>) -> [String; 2] {
        let (round, questionnaire) = (found.sheet.round, found.sheet.questionnaire);
        [self.plan.rounds[round].id.clone(), self.plan.questionnaires[questionnaire].id.clone()]
    }

    fn start(&self, found: &Findings<'_>) -> Vec<Cell> {
        self.place(found).map(Cell::Text).into()
    }

    fn decimal(&self, value: f64, places: usize) -> String {
        match self.for_people {
            true => format!("{value:.places$}"),
            false => value.to_string(),
        }
    }

    fn number(&self, value: Option<f64>) -> Cell {
        value.map_or(Cell::None, |value| Cell::Number(self.decimal(value, 3)))
    }

    fn holder(&self, found: &Findings<'_>, holder: Option<u32>) -> Cell {
        holder.map_or(Cell::None, |at| Cell::Text((self.holder_name)(&found.sheet.holders[at as usize])))
    }

    fn said(&self, text: &Text, language: Language) -> String {
        pick(text, language.tag(), self.plan.languages.first().map_or("", String::as_str)).to_owned()
    }

    fn summary(&self, language: Language) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            Column::new("check", "检查", "check"),
            Column::new("name", "名称", "what"),
            Column::new("flags", "提示", "flags"),
            Column::new("judged", "可判断", "judged"),
            Column::new("threshold", "门槛", "threshold"),
            Column::new("source", "来源", "source"),
            Column::new("limits", "局限", "limits"),
            Column::new("note", "说明", "note"),
        ]);
        for found in self.findings {
            for check in Check::ALL {
                let absent = found.absent.iter().find(|(absent, _)| *absent == check).map(|(_, why)| *why);
                let (flags, judged, absent) = match check {
                    Check::NeatQuotas => match met_exactly(self.quotas, found.sheet.round, self.settings) {
                        Some((met, all)) => {
                            (usize::from(f64::from(met) >= self.settings.neat * f64::from(all)), all as usize, None)
                        }
                        None => (0, 0, Some(Absent::NoTargets)),
                    },
                    _ => (found.flags.iter().filter(|flag| flag.check == check).count(), judged(found, check), absent),
                };
                let mut row = self.start(found);
                row.extend([
                    Cell::text(check.code()),
                    Cell::text(check.name().of(language)),
                    // What cannot be told is no 0.
                    if absent.is_some() { Cell::None } else { Cell::count(flags) },
                    if absent.is_some() { Cell::None } else { Cell::count(judged) },
                    Cell::Number(check.threshold(self.settings).to_string()),
                    Cell::text(check.source()),
                    Cell::text(check.limits().of(language)),
                    absent.map_or(Cell::None, |why| Cell::text(why.words().of(language))),
                ]);
                table.push(row);
            }
        }
        table
    }

    fn flags(&self, language: Language) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            Column::new("check", "检查", "check"),
            Column::new("name", "名称", "what"),
            RECORD,
            Column::new("with", "与", "with"),
            HOLDER,
            Column::new("unit", "单位", "unit"),
            Column::new("measure", "指标", "measure"),
            Column::new("value", "数值", "value"),
            Column::new("threshold", "门槛", "threshold"),
            N,
        ]);
        for found in self.findings {
            for flag in &found.flags {
                let mut row = self.start(found);
                row.extend([Cell::text(flag.check.code()), Cell::text(flag.check.name().of(language))]);
                row.extend(self.subject(found, flag, language));
                row.extend([
                    self.number(Some(flag.value)),
                    Cell::Number(flag.check.threshold(&found.settings).to_string()),
                    Cell::Number(flag.n.to_string()),
                ]);
                table.push(row);
            }
        }
        for round in 0..self.plan.rounds.len() {
            let met = met_exactly(self.quotas, round, self.settings);
            let Some((met, all)) = met.filter(|(met, all)| f64::from(*met) >= self.settings.neat * f64::from(*all))
            else {
                continue;
            };
            let check = Check::NeatQuotas;
            let mut row = vec![Cell::text(&self.plan.rounds[round].id), Cell::None];
            row.extend([Cell::text(check.code()), Cell::text(check.name().of(language))]);
            row.extend([Cell::None, Cell::None, Cell::None, Cell::None, Cell::None]);
            row.extend([
                self.number(Some(f64::from(met) / f64::from(all))),
                Cell::Number(check.threshold(self.settings).to_string()),
                Cell::Number(all.to_string()),
            ]);
            table.push(row);
        }
        table
    }

    /// Record, the other record, holder, unit and measure.
    fn subject(&self, found: &Findings<'_>, flag: &Flag, language: Language) -> [Cell; 5] {
        let cases = &found.sheet.cases;
        let record = |at: u32| Cell::text(cases[at as usize].id);
        let of_record = |at: u32| self.holder(found, cases[at as usize].holder);
        let measure = |measure: Measure| Cell::text(measure.name().of(language));
        match flag.subject {
            Subject::Record(at) => [record(at), Cell::None, of_record(at), Cell::None, Cell::None],
            Subject::Pair(at, other) => [record(at), record(other), of_record(at), Cell::None, Cell::None],
            Subject::Holder(at) => [Cell::None, Cell::None, self.holder(found, Some(at)), Cell::None, Cell::None],
            Subject::Contrast(at, by) => {
                [Cell::None, Cell::None, self.holder(found, Some(at)), Cell::None, measure(by)]
            }
            Subject::Holders(by) => [Cell::None, Cell::None, Cell::None, Cell::None, measure(by)],
            Subject::Unit(at) => {
                let label = self.said(&self.plan.units[at as usize].label, language);
                [Cell::None, Cell::None, Cell::None, Cell::Text(label), Cell::None]
            }
            Subject::Everyone => [Cell::None, Cell::None, Cell::None, Cell::None, Cell::None],
        }
    }

    fn records(&self) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            RECORD,
            HOLDER,
            Column::new("grades", "评价数", "grades"),
            Column::new("same_grades", "同一等级比例", "share of one grade"),
            Column::new("longest_run", "最长连续", "longest run"),
            Column::new("variability", "标准差", "variability"),
            Column::new("grade", "平均评价%", "mean grade %"),
            Column::new("asked", "问过", "asked"),
            Column::new("unanswered", "漏答拒答", "unanswered"),
            Column::new("dont_know", "不了解", "don't know"),
            Column::new("pace", "每答秒数", "seconds per answer"),
            Column::new("match", "最高相同比例", "highest match"),
            Column::new("with", "与", "with"),
            Column::new("flags", "提示", "flags"),
        ]);
        for found in self.findings {
            let mut own = vec![0usize; found.sheet.cases.len()];
            found.flags.iter().filter_map(|flag| flag.subject.record()).for_each(|at| own[at as usize] += 1);
            for (at, case) in found.sheet.cases.iter().enumerate() {
                let (line, gap) = (&found.lines[at], &found.gaps[at]);
                let mut row = self.start(found);
                row.extend([
                    Cell::text(case.id),
                    self.holder(found, case.holder),
                    Cell::Number(line.grades.to_string()),
                    self.number(line.same),
                    if line.grades > 0 { Cell::Number(line.run.to_string()) } else { Cell::None },
                    self.number(line.variability),
                    self.number(line.mean),
                    Cell::Number(gap.asked.to_string()),
                    if gap.asked > 0 { Cell::Number(gap.unanswered.to_string()) } else { Cell::None },
                    if gap.asked > 0 { Cell::Number(gap.dont_know.to_string()) } else { Cell::None },
                    self.number(found.paces[at]),
                    self.number(found.matches[at].map(|found| found.share())),
                    found.matches[at]
                        .map_or(Cell::None, |other| Cell::text(found.sheet.cases[other.partner as usize].id)),
                    Cell::count(own[at]),
                ]);
                table.push(row);
            }
        }
        table
    }

    fn interviewers(&self, language: Language) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            HOLDER,
            Column::new("measure", "指标", "measure"),
            Column::new("records", "答卷", "records"),
            Column::new("mean", "平均", "mean"),
            Column::new("others", "其他人平均", "mean of the others"),
            Column::new("p", "p（Holm）", "p (Holm)"),
        ]);
        for found in self.findings {
            let mut contrasts: Vec<_> = found.contrasts.iter().collect();
            contrasts.sort_by_key(|contrast| (contrast.holder, contrast.measure));
            for contrast in contrasts {
                let mut row = self.start(found);
                row.extend([
                    self.holder(found, Some(contrast.holder)),
                    Cell::text(contrast.measure.name().of(language)),
                    Cell::Number(contrast.records.to_string()),
                    self.number(Some(contrast.mean)),
                    self.number(Some(contrast.others)),
                    self.number(contrast.p),
                ]);
                table.push(row);
            }
        }
        table
    }

    fn effects(&self, language: Language) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            Column::new("measure", "指标", "measure"),
            Column::new("interviewers", "设备/调查员", "devices or interviewers"),
            Column::new("records", "答卷", "records"),
            Column::new("icc", "组内相关系数", "intraclass correlation"),
            Column::new("low", "下限", "low"),
            Column::new("high", "上限", "high"),
            Column::new("deff", "设计效应", "deff"),
        ]);
        for found in self.findings {
            for effect in &found.correlations {
                let mut row = self.start(found);
                row.extend([
                    Cell::text(effect.measure.name().of(language)),
                    Cell::Number(effect.holders.to_string()),
                    Cell::Number(effect.records.to_string()),
                    self.number(Some(effect.value)),
                    self.number(effect.interval.map(|(low, _)| low)),
                    self.number(effect.interval.map(|(_, high)| high)),
                    self.number(Some(effect.deff)),
                ]);
                table.push(row);
            }
        }
        table
    }

    fn matches(&self) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            Column::new("from", "相同比例自", "match from"),
            Column::new("to", "至（不含；末行含）", "to below; the last row: to"),
            Column::new("records", "答卷", "records"),
        ]);
        for found in self.findings {
            for (step, records) in found.pairs.iter().flat_map(|pairs| pairs.distribution.iter().enumerate()) {
                let mut row = self.start(found);
                let edge = |step: usize| Cell::Number(format!("{:.2}", step as f64 / 20.0));
                row.extend([edge(step), edge(step + 1), Cell::Number(records.to_string())]);
                table.push(row);
            }
        }
        table
    }

    fn pairs(&self) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            RECORD,
            Column::new("with", "与", "with"),
            HOLDER,
            Column::new("with_interviewer", "另一份的设备/调查员", "device or interviewer of the other"),
            Column::new("equal", "相同答案", "equal answers"),
            Column::new("both", "共同答案", "answers of both"),
            Column::new("match", "相同比例", "match"),
        ]);
        for found in self.findings {
            for (first, second, equal, both) in found.pairs.iter().flat_map(|pairs| &pairs.listed) {
                let case = |at: &u32| &found.sheet.cases[*at as usize];
                let mut row = self.start(found);
                row.extend([
                    Cell::text(case(first).id),
                    Cell::text(case(second).id),
                    self.holder(found, case(first).holder),
                    self.holder(found, case(second).holder),
                    Cell::Number(equal.to_string()),
                    Cell::Number(both.to_string()),
                    self.number(Some(f64::from(*equal) / f64::from(*both))),
                ]);
                table.push(row);
            }
        }
        table
    }

    fn units(&self, language: Language) -> Table {
        let mut table = Table::new(&[
            ROUND,
            QUESTIONNAIRE,
            Column::new("unit", "单位编号", "unit id"),
            Column::new("unit_label", "单位", "unit"),
            Column::new("raters", "评价人数", "raters"),
            Column::new("judged", "可判断题数", "questions judged"),
            Column::new("uniform", "完全一致题数", "graded alike"),
            Column::new("share", "同一等级最大比例", "largest share of one grade"),
        ]);
        for found in self.findings {
            for unit in &found.units {
                let planned = &self.plan.units[unit.unit as usize];
                let mut row = self.start(found);
                row.extend([
                    Cell::text(&planned.id),
                    Cell::Text(self.said(&planned.label, language)),
                    Cell::Number(unit.raters.to_string()),
                    Cell::Number(unit.judged.to_string()),
                    if unit.judged > 0 { Cell::Number(unit.uniform.to_string()) } else { Cell::None },
                    self.number(unit.share),
                ]);
                table.push(row);
            }
        }
        table
    }

    fn quota_table(&self, language: Language) -> Table {
        let mut table = Table::new(&[
            ROUND,
            Column::new("quota", "配额", "quota"),
            Column::new("cell", "格", "cell"),
            Column::new("label", "名称", "name"),
            Column::new("target", "目标", "target"),
            Column::new("records", "答卷", "records"),
        ]);
        let cells = self.plan.cells();
        for quota in self.quotas {
            let cell = &cells[quota.cell];
            table.push(vec![
                Cell::text(&self.plan.rounds[quota.round].id),
                Cell::text(cell.quota),
                Cell::count(cell.number),
                Cell::Text(cell_name(self.plan, cell, language.tag())),
                Cell::Number(quota.target.to_string()),
                Cell::Number(quota.records.to_string()),
            ]);
        }
        table
    }
}

/// How many of its subjects a check could judge.
fn judged(found: &Findings<'_>, check: Check) -> usize {
    let cases = &found.sheet.cases;
    match check {
        Check::SameGrades | Check::Variability => found.lines.iter().filter(|line| line.same.is_some()).count(),
        Check::LongestRun => found.lines.iter().filter(|line| line.grades > 0).count(),
        Check::Unanswered | Check::DontKnow => {
            (0..cases.len()).filter(|at| found.measured(Measure::Unanswered, *at).is_some()).count()
        }
        Check::Speed => found.paces.iter().flatten().count(),
        Check::Burst => cases.iter().filter(|case| case.holder.is_some() && case.span.end.is_some()).count(),
        Check::Hour => cases.iter().filter(|case| case.span.end.is_some()).count(),
        Check::NearDuplicate => found.matches.iter().flatten().count(),
        Check::Interviewer => found.contrasts.iter().filter(|contrast| contrast.p.is_some()).count(),
        Check::Correlation => found.correlations.len(),
        Check::UniformUnit => found.units.iter().filter(|unit| unit.judged > 0).count(),
        Check::NeatQuotas => 0,
        Check::EqualShares => found.sheet.holders.len(),
    }
}
