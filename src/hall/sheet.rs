use crate::plan::{Item, ItemType, Order, Plan, Text};

/// What a mark of a slip is, besides the choices: nothing entered yet, left blank by the rater, not readable as one answer.
pub const NONE: char = '-';
pub const BLANK: char = '0';
pub const INVALID: char = 'x';

/// Keys of the choices, in their order: the number keys, then letters. `x` is taken.
const KEYS: &[u8] = b"123456789abcdefghijklmnopqrstuvwyz";

/// The paper ballot of a questionnaire as a list of marks to enter, in the order of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub fields: Vec<Field>,
    /// Names of questions that are on paper and cannot be entered so: words, numbers, several choices.
    pub left_out: Vec<String>,
}

/// One mark on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name of the item.
    pub item: String,
    /// What is graded, in a matrix.
    pub unit: Option<String>,
    pub indicator: Option<String>,
    /// In the plan's languages: of what, and what is asked about it; the second may be empty.
    pub label: Text,
    pub aspect: Text,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub name: String,
    pub label: Text,
    /// An answer such as "don't know", which is no grade.
    pub missing: bool,
}

/// Why ballots of a questionnaire cannot be entered from paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSheet {
    UnknownQuestionnaire,
    /// Each rater is asked about other units: the name of the item.
    Subset(String),
    /// Nothing in it can be entered by number keys.
    Nothing,
    /// More choices than keys: the name of the item.
    TooManyChoices(String),
}

impl Field {
    /// The key of a choice by its place.
    pub fn key(place: usize) -> char {
        KEYS.get(place).map_or(NONE, |key| char::from(*key))
    }

    /// The choice that a mark stands for.
    pub fn choice(&self, mark: char) -> Option<&Choice> {
        let place = KEYS.iter().position(|key| char::from(*key) == mark)?;
        self.choices.get(place)
    }

    /// The mark of the first answer that is no grade: what `?` enters.
    pub fn dont_know(&self) -> Option<char> {
        self.choices.iter().position(|choice| choice.missing).map(Field::key)
    }

    /// Whether this key enters a mark here.
    pub fn takes(&self, mark: char) -> bool {
        matches!(mark, BLANK | INVALID) || self.choice(mark).is_some()
    }
}

impl Sheet {
    pub fn of(plan: &Plan, questionnaire: &str) -> Result<Sheet, NoSheet> {
        let found = plan.questionnaire(questionnaire).ok_or(NoSheet::UnknownQuestionnaire)?;
        let mut sheet = Sheet { fields: Vec::new(), left_out: Vec::new() };
        sheet.walk(plan, &found.items)?;
        match sheet.fields.iter().find(|field| field.choices.len() > KEYS.len()) {
            Some(field) => Err(NoSheet::TooManyChoices(field.item.clone())),
            None if sheet.fields.is_empty() => Err(NoSheet::Nothing),
            None => Ok(sheet),
        }
    }

    fn walk(&mut self, plan: &Plan, items: &[Item]) -> Result<(), NoSheet> {
        for item in items {
            match item.kind {
                ItemType::Group => self.walk(plan, &item.items)?,
                ItemType::Grade => {
                    let Some(choices) = grades(plan, item) else { continue };
                    self.fields.push(Field {
                        item: item.name.clone(),
                        unit: None,
                        indicator: None,
                        label: item.label.clone(),
                        aspect: Text::new(),
                        choices,
                    });
                }
                ItemType::GradeMatrix => {
                    if item.subset.is_some() {
                        return Err(NoSheet::Subset(item.name.clone()));
                    }
                    self.matrix(plan, item);
                }
                ItemType::SelectOne if item.choice_filter.is_none() => {
                    let list = item.choices.as_deref().and_then(|id| plan.choice_list(id));
                    let Some(list) = list else { continue };
                    let choices = list.choices.iter().map(|choice| Choice {
                        name: choice.name.clone(),
                        label: choice.label.clone(),
                        missing: false,
                    });
                    self.fields.push(Field {
                        item: item.name.clone(),
                        unit: None,
                        indicator: None,
                        label: item.label.clone(),
                        aspect: Text::new(),
                        choices: choices.collect(),
                    });
                }
                ItemType::Note | ItemType::Calculate | ItemType::Hidden => {}
                _ => self.left_out.push(item.name.clone()),
            }
        }
        Ok(())
    }

    fn matrix(&mut self, plan: &Plan, item: &Item) {
        let Some(choices) = grades(plan, item) else { return };
        let units = plan.units.iter().filter(|unit| item.units.is_empty() || item.units.contains(&unit.id));
        let (leaves, columns) = (plan.leaf_indicators(), plan.columns_of(item));
        let indicators: Vec<_> = leaves.iter().filter(|(leaf, _)| columns.contains(&leaf.id)).collect();
        for unit in units {
            for (indicator, _) in &indicators {
                self.fields.push(Field {
                    item: item.name.clone(),
                    unit: Some(unit.id.clone()),
                    indicator: Some(indicator.id.clone()),
                    label: unit.label.clone(),
                    aspect: if indicators.len() > 1 { indicator.label.clone() } else { Text::new() },
                    choices: choices.clone(),
                });
            }
        }
    }

    /// Whether what people hold is printed in the order of the plan: the screens of phones may not be.
    pub fn is_in_random_order(plan: &Plan, questionnaire: &str) -> bool {
        fn any(items: &[Item]) -> bool {
            items.iter().any(|item| item.order == Some(Order::Random) || any(&item.items))
        }
        plan.questionnaire(questionnaire).is_some_and(|found| found.order.is_some() || any(&found.items))
    }
}

fn grades(plan: &Plan, item: &Item) -> Option<Vec<Choice>> {
    let scale = plan.scale(item.scale.as_deref()?)?;
    let grades = scale.grades.iter().map(|grade| Choice {
        name: grade.name.clone(),
        label: grade.label.clone(),
        missing: false,
    });
    let missing = scale.missing.iter().map(|answer| Choice {
        name: answer.name.clone(),
        label: answer.label.clone(),
        missing: true,
    });
    Some(grades.chain(missing).collect())
}
