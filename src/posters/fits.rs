use super::told::said;
use super::{Place, Run};
use crate::language::Language;
use crate::plan::{Plan, Questionnaire};

/// Why nobody could answer what a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The questionnaire is not asked in the round; the rounds in which it is.
    Round(Vec<String>),
    /// It is not asked in this way.
    Mode,
    /// The people of this stratum are not asked so: the place, and the stratum's id.
    Stratum(String, String),
    /// The questionnaire is not for this rater group: the place, and the group's id.
    Group(String, String),
    /// The plan weighs its groups, and here none is named: the place.
    NoGroup(String),
}

/// The questionnaires that a run may be of.
pub fn askable<'a>(plan: &'a Plan, run: &'a Run) -> impl Iterator<Item = &'a Questionnaire> {
    let modes = |asked: &Questionnaire| plan.modes_of(asked, None).contains(&run.mode);
    plan.questionnaires.iter().filter(move |asked| asked.is_for_round(&run.round) && modes(asked))
}

/// Everything because of which some of these links would open nothing, each once.
pub fn misfits(plan: &Plan, run: &Run, places: &[Place]) -> Vec<Misfit> {
    let mut found = Vec::new();
    let asked = plan.questionnaire(&run.questionnaire);
    if let Some(asked) = asked {
        if !asked.is_for_round(&run.round) {
            found.push(Misfit::Round(asked.rounds.clone()));
        }
        if !plan.modes_of(asked, None).contains(&run.mode) {
            found.push(Misfit::Mode);
        }
    }
    let weighted = plan.rater_groups.iter().any(|group| group.weight.is_some());
    for place in places {
        let stratum = place.stratum.as_ref().or(run.stratum.as_ref());
        let group = place.group.as_ref().or(run.group.as_ref());
        if let Some(id) = stratum.filter(|id| plan.stratum(id).is_some_and(|stratum| !stratum.takes(run.mode))) {
            found.push(Misfit::Stratum(place.name.clone(), id.clone()));
        }
        match group {
            Some(id) if asked.is_some_and(|asked| !asked.is_for_group(id)) => {
                found.push(Misfit::Group(place.name.clone(), id.clone()));
            }
            None if weighted => found.push(Misfit::NoGroup(place.name.clone())),
            _ => {}
        }
    }
    found
}

impl Misfit {
    pub fn told(&self, plan: &Plan, run: &Run, language: Language) -> String {
        let zh = language == Language::Zh;
        let mode = super::told::mode_words(run.mode).of(language);
        let place = |name: &str| match (name.is_empty(), zh) {
            (true, _) => String::new(),
            (false, true) => format!("“{name}”："),
            (false, false) => format!("`{name}`: "),
        };
        let stratum = |id: &str| {
            plan.stratum(id).map_or_else(|| id.to_owned(), |stratum| said(plan, &stratum.label, language.tag()))
        };
        let group = |id: &str| {
            let group = plan.rater_groups.iter().find(|group| group.id == id);
            group.map_or_else(|| id.to_owned(), |group| said(plan, &group.label, language.tag()))
        };
        match self {
            Misfit::Round(rounds) if zh => {
                format!("问卷 `{}` 这一轮不用，只用于：{}；请选择其中一轮", run.questionnaire, rounds.join("、"))
            }
            Misfit::Round(rounds) => format!(
                "the questionnaire `{}` is asked in other rounds only: {}; choose one of them",
                run.questionnaire,
                rounds.join(", ")
            ),
            Misfit::Mode if zh => format!("问卷 `{}` 不用于“{mode}”；扫了码也答不了", run.questionnaire),
            Misfit::Mode => {
                format!("the questionnaire `{}` is not answered {mode}: a code would open nothing", run.questionnaire)
            }
            Misfit::Stratum(name, id) if zh => {
                format!("{}{}（{id}）在方案里不采用“{mode}”；请去掉，或改方案", place(name), stratum(id))
            }
            Misfit::Stratum(name, id) => format!(
                "{}the people of {} ({id}) do not answer {mode} in this plan; leave it out, or change the plan",
                place(name),
                stratum(id)
            ),
            Misfit::Group(name, id) if zh => {
                format!("{}问卷 `{}` 不问{}（{id}）；请换人群", place(name), run.questionnaire, group(id))
            }
            Misfit::Group(name, id) => format!(
                "{}the questionnaire `{}` is not for {} ({id}); choose another rater group",
                place(name),
                run.questionnaire,
                group(id)
            ),
            Misfit::NoGroup(name) if zh => {
                format!("{}方案对人群加权，不写人群的答卷计不了；请选人群，或在清单里写明", place(name))
            }
            Misfit::NoGroup(name) => format!(
                "{}the plan weighs its rater groups, so an answer without one cannot be counted; choose one, or write one in the line",
                place(name)
            ),
        }
    }
}
