use super::Counted;
use crate::carry::carry;
use crate::plan::{Decimal, Indicator, Item, Plan, Text};
use std::collections::{BTreeMap, BTreeSet};

/// How one grade was asked for: what has to be the same where two rounds are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskedAs {
    /// Texts of the item and of the indicator, language by language.
    pub wording: Vec<(String, String)>,
    /// Names of the grades with their points, and whether they count as satisfied.
    pub grades: Vec<(String, Decimal, bool)>,
}

carry!(struct AskedAs { wording, grades });

/// By unit and indicator: how they were asked in the questionnaires that have a record in the round.
pub(super) fn asked(counted: &Counted<'_>, round: u16) -> BTreeMap<(String, String), BTreeSet<AskedAs>> {
    let codebook = counted.tally().codebook();
    let plan = codebook.plan();
    let used = counted.tally().domains().iter().filter(|(domain, counts)| domain.round == round && counts.records > 0);
    let used: BTreeSet<usize> = used.map(|(domain, _)| domain.questionnaire as usize).collect();
    let mut asked: BTreeMap<(String, String), BTreeSet<AskedAs>> = BTreeMap::new();
    for questionnaire in used {
        let mut wordings: BTreeMap<(&str, u16), Vec<(String, String)>> = BTreeMap::new();
        for question in &codebook.instruments()[questionnaire].questions {
            let leaf = &codebook.leaves()[question.indicator as usize];
            let wording = wordings.entry((&question.item, question.indicator)).or_insert_with(|| {
                let item = find(&plan.questionnaires[questionnaire].items, &question.item);
                let indicator = indicator(&plan.indicators, leaf);
                let texts = [item.map(|item| &item.label), item.and_then(|item| item.hint.as_ref())];
                let named = [indicator.map(|one| &one.label), indicator.and_then(|one| one.description.as_ref())];
                texts.into_iter().chain(named).flatten().flat_map(lines).collect()
            });
            let grades = plan.scales[question.scale as usize].grades.iter();
            let grades = grades.map(|grade| (grade.name.clone(), grade.score, grade.satisfied)).collect();
            let unit = unit(plan, question.unit);
            let known = asked.entry((unit, leaf.clone())).or_default();
            known.insert(AskedAs { wording: wording.clone(), grades });
        }
    }
    asked
}

fn unit(plan: &Plan, at: u16) -> String {
    plan.units[at as usize].id.clone()
}

fn lines(text: &Text) -> impl Iterator<Item = (String, String)> {
    text.iter().map(|(language, words)| (language.clone(), words.clone()))
}

fn find<'a>(items: &'a [Item], name: &str) -> Option<&'a Item> {
    items.iter().find_map(|item| if item.name == name { Some(item) } else { find(&item.items, name) })
}

fn indicator<'a>(list: &'a [Indicator], id: &str) -> Option<&'a Indicator> {
    list.iter().find_map(|one| if one.id == id { Some(one) } else { indicator(&one.indicators, id) })
}
