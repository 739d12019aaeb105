use super::{Settings, Sheet};
use crate::ledger::FIRST_GRADE;
use crate::plan::{Item, ItemType, Scale};
use std::collections::BTreeMap;

/// Graded questions that are asked one after the other on one scale: a matrix, or all single grades of a scale.
#[derive(Clone, Debug)]
struct List<'a> {
    scale: &'a Scale,
    items: Vec<&'a Item>,
    /// Their questions in the order in which they are shown; `None`: it differs from interview to interview.
    shown: Option<Vec<usize>>,
}

/// How a person used a list of equal questions: of the list that looks most alike.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// Grades given, over all lists.
    pub grades: u32,
    /// Largest share of one grade in a list that is long enough; `None`: no list is.
    pub same: Option<f64>,
    /// Longest run of equal grades, in the order in which they were asked.
    pub run: u32,
    /// Grades in the list with that run.
    pub run_of: u32,
    /// Smallest standard deviation (n − 1) of the grades' places on the scale, best = 1, in a list that is long enough.
    pub variability: Option<f64>,
    /// Every list that is long enough has one grade only.
    pub alike: bool,
    /// Mean grade in per cent of its scale's range, over all grades.
    pub mean: Option<f64>,
}

/// One [`Line`] for each case.
pub(super) fn lines(sheet: &Sheet<'_>, settings: &Settings) -> Vec<Line> {
    let lists = lists(sheet);
    sheet.cases.iter().map(|case| line(sheet, &lists, case.id, &case.row.codes, settings)).collect()
}

fn lists<'a>(sheet: &Sheet<'a>) -> Vec<List<'a>> {
    let plan = sheet.codebook.plan();
    let mut lists = Vec::new();
    let mut singles: BTreeMap<&str, List<'a>> = BTreeMap::new();
    let mut waiting: Vec<&Item> = sheet.asked().items.iter().rev().collect();
    while let Some(item) = waiting.pop() {
        waiting.extend(item.items.iter().rev());
        let Some(scale) = item.scale.as_deref().and_then(|id| plan.scales.iter().find(|scale| scale.id == id)) else {
            continue;
        };
        match item.kind {
            ItemType::GradeMatrix => {
                let fixed = item.order.is_none() && item.subset.is_none();
                let shown = fixed.then(|| sheet.codebook.shown(sheet.questionnaire, item, ""));
                lists.push(List { scale, items: vec![item], shown });
            }
            ItemType::Grade => {
                let list =
                    singles.entry(&scale.id).or_insert(List { scale, items: Vec::new(), shown: Some(Vec::new()) });
                list.items.push(item);
                list.shown.get_or_insert_default().extend(sheet.codebook.shown(sheet.questionnaire, item, ""));
            }
            _ => {}
        }
    }
    lists.extend(singles.into_values());
    lists
}

fn line(sheet: &Sheet<'_>, lists: &[List<'_>], id: &str, codes: &[u8], settings: &Settings) -> Line {
    let mut line = Line::default();
    let mut points = 0.0;
    let (mut judged, mut alike) = (0, 0);
    for list in lists {
        let drawn: Vec<usize>;
        let shown = match &list.shown {
            Some(shown) => shown,
            None => {
                let items = list.items.iter();
                drawn = items.flat_map(|item| sheet.codebook.shown(sheet.questionnaire, item, id)).collect();
                &drawn
            }
        };
        let grade = |question: &usize| {
            let place = codes[*question].checked_sub(FIRST_GRADE)? as usize;
            (place < list.scale.grades.len()).then_some(place)
        };
        let grades: Vec<usize> = shown.iter().filter_map(grade).collect();
        line.grades += grades.len() as u32;
        let (lowest, highest) = range(list.scale);
        points += grades
            .iter()
            .map(|place| {
                let own = list.scale.grades[*place].score.millionths() as f64;
                if highest > lowest { 100.0 * (own - lowest) / (highest - lowest) } else { 0.0 }
            })
            .sum::<f64>();
        let run = longest_run(&grades);
        if run > line.run {
            (line.run, line.run_of) = (run, grades.len() as u32);
        }
        if grades.len() as u32 >= settings.fewest_grades.max(2) {
            let most =
                (0..list.scale.grades.len()).map(|place| grades.iter().filter(|own| **own == place).count()).max();
            let same = most.unwrap_or(0) as f64 / grades.len() as f64;
            judged += 1;
            alike += u32::from(same == 1.0);
            line.same = Some(line.same.map_or(same, |before| before.max(same)));
            let spread = deviation(&grades);
            line.variability = Some(line.variability.map_or(spread, |before| before.min(spread)));
        }
    }
    line.alike = judged > 0 && alike == judged;
    line.mean = (line.grades > 0).then(|| points / f64::from(line.grades));
    line
}

fn range(scale: &Scale) -> (f64, f64) {
    let scores = scale.grades.iter().map(|grade| grade.score.millionths() as f64);
    scores.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), score| (low.min(score), high.max(score)))
}

fn longest_run(grades: &[usize]) -> u32 {
    let (mut longest, mut run) = (0, 0);
    for (at, grade) in grades.iter().enumerate() {
        run = if at > 0 && grades[at - 1] == *grade { run + 1 } else { 1 };
        longest = longest.max(run);
    }
    longest
}

/// With n − 1, from whole sums: equal grades give exactly 0.
fn deviation(grades: &[usize]) -> f64 {
    let n = grades.len() as u64;
    let sum: u64 = grades.iter().map(|grade| *grade as u64).sum();
    let squares: u64 = grades.iter().map(|grade| (*grade * *grade) as u64).sum();
    ((n * squares - sum * sum) as f64 / (n * (n - 1)) as f64).sqrt()
}
