use super::*;
use crate::ledger::tests::{admit, batch, grid, link, plan as small_plan, record, reference};
use crate::ledger::{Codebook, Ledger, Row};
use crate::plan::{Plan, Unit};
use crate::session::{Answer, Disposition, MissingReason, Record};
use std::collections::BTreeSet;

mod backchecks;
mod cheaters;
mod figures;
mod holders;
mod pairs;

/// Grades of the scale, best first; then "don't know".
const GRADES: [&str; 5] = ["满意", "比较满意", "不太满意", "不满意", "不了解"];

/// A plan with as many units, three indicators each, in one matrix `m`; then closed questions.
fn plan(units: usize) -> Plan {
    let mut plan = small_plan();
    let unit = |at: usize| Unit { id: format!("u{at}"), group: None, ..plan.units[0].clone() };
    plan.units = (1..=units).map(unit).collect();
    plan.unit_groups.clear();
    plan
}

fn codebook(plan: &Plan) -> Codebook {
    Codebook::new(plan, &reference(), &crate::expression::Plain).unwrap()
}

/// Grades of the matrix, row by row; a place beyond the scale is blank.
fn rated(plan: &Plan, id: &str, places: &[usize]) -> Record {
    let leaves: Vec<String> = plan.leaf_indicators().into_iter().map(|(leaf, _)| leaf.id.clone()).collect();
    let mut made = record(id);
    let cells = plan.units.iter().flat_map(|unit| leaves.iter().map(move |leaf| (unit.id.as_str(), leaf.as_str())));
    let given: Vec<(&str, &str, &str)> =
        cells.zip(places).filter_map(|((unit, leaf), place)| Some((unit, leaf, *GRADES.get(*place)?))).collect();
    if !given.is_empty() {
        made.answers.insert("m".into(), grid(&given));
    }
    made
}

/// Packed records with the devices that held the interviews.
struct Round {
    codebook: Codebook,
    records: Vec<(String, Row, Option<String>)>,
}

impl Round {
    fn new(plan: &Plan, records: impl IntoIterator<Item = (Record, Option<&'static str>)>) -> Round {
        let codebook = codebook(plan);
        let pack = |(record, device): (Record, Option<&str>)| {
            (record.id.clone(), codebook.pack(&record).unwrap(), device.map(str::to_owned))
        };
        let records = records.into_iter().map(pack).collect();
        Round { codebook, records }
    }

    fn sheet(&self, settings: &Settings) -> Sheet<'_> {
        let records = self.records.iter().map(|(id, row, device)| (id.as_str(), row, device.as_deref()));
        let mut sheets = Sheet::of(&self.codebook, records, settings);
        assert_eq!(sheets.len(), 1, "one round and one questionnaire");
        sheets.remove(0)
    }

    fn inspect(&self, settings: &Settings) -> Findings<'_> {
        let inspection = Inspection::new(self.sheet(settings), settings.clone());
        let matches = inspection.matcher().map(|matcher| {
            let mut matches = matcher.begin();
            matcher.compare(0..matcher.rows(), &mut matches);
            matches
        });
        inspection.finish(matches)
    }
}

/// Ids of the records that a check flags.
fn flagged<'a>(found: &'a Findings<'_>, check: Check) -> BTreeSet<&'a str> {
    let flags = found.flags.iter().filter(|flag| flag.check == check);
    flags.filter_map(|flag| flag.subject.record()).map(|at| found.sheet.cases[at as usize].id).collect()
}

/// SplitMix64: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 += 1;
        (((crate::expression::draw(42, self.0) >> 32) * limit as u64) >> 32) as usize
    }
}

/// Who has what opinion: some units are better than others, some people are milder than others.
fn honest(random: &mut Random, units: usize) -> Vec<usize> {
    let mildness = random.below(3);
    let opinion = |random: &mut Random, unit: usize| match random.below(12) + mildness + unit % 3 {
        0..=4 => 0,
        5..=8 => 1,
        9..=11 => 2,
        12..=13 => 4,
        _ => 3,
    };
    (0..units * 3).map(|cell| opinion(random, cell / 3)).collect()
}
