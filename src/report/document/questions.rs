use super::suggestions::within;
use super::{Document, pair};
use crate::plan::{Item, OTHER, Text};
use crate::tally::{Answered, Chosen, Estimate, Fraction, Said};
use maud::{Markup, html};

/// Of a longer list only the choices that were made most are told.
const MOST_CHOICES: usize = 30;

impl Document<'_> {
    /// How the questions were answered that grade nothing.
    pub(super) fn other_questions(&self) -> Markup {
        let found = |question: &Answered| {
            let questionnaire = self.plan.questionnaire(&question.questionnaire)?;
            Some(&find(&questionnaire.items, &questionnaire.title, &question.item)?.0.label)
        };
        let labels: Vec<&Text> = self.answered.iter().filter_map(found).collect();
        let several = self.plan.questionnaires.len() > 1;
        let mut before = None;
        html! {
            @for question in &self.answered {
                @let questionnaire = self.plan.questionnaire(&question.questionnaire);
                @if several && before.replace(&question.questionnaire) != Some(&question.questionnaire) {
                    h3 { (questionnaire.map_or_else(|| question.questionnaire.clone(), |known| self.text(&known.title))) }
                }
                @if let Some((item, section)) = questionnaire.and_then(|known| find(&known.items, &known.title, &question.item)) {
                    @let alike = labels.iter().filter(|label| ***label == item.label).count() > 1;
                    (self.answers(question, item, &if alike { within(section, &item.label) } else { item.label.clone() }))
                }
            }
        }
    }

    fn answers(&self, question: &Answered, item: &Item, label: &Text) -> Markup {
        html! {
            table {
                caption { (self.text(label)) " (n = " (self.count(question.n)) ")" }
                @match &question.said {
                    Said::Chosen(choices) => {
                        thead { tr {
                            th scope="col" { (self.say(pair("选项", "Choice"))) }
                            th.bar aria-hidden="true" {}
                            th.number scope="col" { (self.say(pair("人数", "Answers"))) }
                            th.number scope="col" { (self.say(pair("占作答者", "Of those who answered"))) }
                        } }
                        tbody { @for one in most(choices) { tr {
                            @let share = share(one.count, question.n);
                            th scope="row" { (self.choice(item, &one.choice)) }
                            td.bar { (self.bar(&share, 1.0)) }
                            td.number { (self.count(one.count)) }
                            td.number { (self.percent(&share)) }
                        } } }
                    }
                    Said::Ranked(choices) => {
                        thead { tr {
                            th scope="col" { (self.say(pair("选项", "Choice"))) }
                            th.number scope="col" { (self.say(pair("排在第一", "Put first"))) }
                            th.number scope="col" { (self.say(pair("平均名次", "Mean place"))) }
                        } }
                        tbody { @for one in choices { tr {
                            th scope="row" { (self.choice(item, &one.choice)) }
                            td.number { (self.count(one.first)) }
                            td.number { (self.score(&one.place)) }
                        } } }
                    }
                    Said::Number { mean, least, greatest } => {
                        thead { tr {
                            th.number scope="col" { (self.say(pair("平均", "Mean"))) }
                            th.number scope="col" { (self.say(pair("最小", "Least"))) }
                            th.number scope="col" { (self.say(pair("最大", "Greatest"))) }
                        } }
                        tbody { tr {
                            td.number { (self.score(mean)) }
                            @for bound in [least, greatest] {
                                td.number { (bound.map_or_else(|| self.say(super::NONE).to_owned(), |bound| bound.to_text())) }
                            }
                        } }
                    }
                }
            }
        }
    }

    fn choice(&self, item: &Item, name: &str) -> String {
        if let Some(other) = item.other.as_ref().filter(|_| name == OTHER) {
            return self.text(other);
        }
        let list = item.choices.as_deref().and_then(|id| self.plan.choice_list(id));
        let choice = list.and_then(|list| list.choices.iter().find(|choice| choice.name == name));
        choice.map_or_else(|| name.to_owned(), |choice| self.text(&choice.label))
    }
}

/// All choices of a short list, in its order; of a long one those that were made most.
fn most(choices: &[Chosen]) -> Vec<&Chosen> {
    let mut shown: Vec<&Chosen> = choices.iter().collect();
    if shown.len() > MOST_CHOICES {
        shown.retain(|one| one.count != Some(0));
        shown.sort_by_key(|one| std::cmp::Reverse(one.count));
        shown.truncate(MOST_CHOICES);
    }
    shown
}

fn share(count: Option<u64>, n: Option<u64>) -> Estimate {
    match (count, n) {
        (Some(count), Some(n)) if n > 0 => Ok(Fraction::new(count.into(), n.into())),
        _ => Err(crate::tally::Undefined::Withheld),
    }
}

/// The item of this name, and the heading that it stands under.
fn find<'a>(items: &'a [Item], section: &'a Text, name: &str) -> Option<(&'a Item, &'a Text)> {
    items
        .iter()
        .find_map(|item| if item.name == name { Some((item, section)) } else { find(&item.items, &item.label, name) })
}
